// The cell inspector: writes out the sum behind one cell, and draws it as a running sum. All words and numbers are
// the engine's (engine/explain.py); a sum may have hundreds of products, hence JavaScript.

import { tint } from './paint.js';

const SVG = 'http://www.w3.org/2000/svg', MINUS = '−';
const MOST_BARS = 9, MOST_CHIPS = 1000;
const ROOM = 8;   // pixels between the box and a cell that would be under it
let tallest = 0, shown = '';
const $ = (id) => document.getElementById(id);

function span(text, name, value) {
  const node = document.createElement('span');
  node.textContent = text;
  if (name) node.className = name;
  if (value !== undefined) tint(node, value);
  return node;
}

/** A group that a line may break before and after, never inside. */
function group(...parts) {
  const node = document.createElement('span');
  node.className = 'term';
  node.append(...parts);
  return node;
}

/** Forgets the room that the cells of another stage took. */
export function begin() { tallest = 0; $('inspector').style.minHeight = ''; }

/** How many pixels of the window's top the run bar covers. */
function covered() {
  const bar = document.querySelector('.run');
  return getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight : 0;
}

/** The box keeps the height that its tallest cell took; what it grows by goes upwards, so that a cell stays where it was clicked. */
function reserve(isNew, change) {
  const box = $('inspector'), tables = $('inside-lines'), before = tables.getBoundingClientRect().top;
  box.style.setProperty('--run-bar', `${covered()}px`);
  change();
  const high = box.offsetHeight;
  if (high > tallest) { tallest = high; box.style.minHeight = `min(${high}px, var(--most))`; }
  const grown = tables.getBoundingClientRect().top - before;
  if (grown > 0 && before < innerHeight) scrollBy({ top: grown, behavior: 'instant' });
  if (!isNew || !tables.contains(document.activeElement)) return;
  const hidden = box.getBoundingClientRect().bottom + ROOM - document.activeElement.getBoundingClientRect().top;
  if (hidden > 0 && box.getBoundingClientRect().top >= 0) scrollBy({ top: -hidden, behavior: 'instant' });
}

const put = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };

/** Shows a cell as the engine explains it, or, without one, what could be done. */
export function show(cell) {
  const title = cell?.title ?? '', isNew = title !== shown;
  shown = title;
  reserve(isNew, () => write(cell));
}

function write(cell) {
  $('inspector').classList.toggle('none', !cell);
  if (!cell) return;
  const title = document.createElement('strong');
  title.textContent = cell.title;
  const { left = [], right = [], products = [], bias = '', total } = cell, parts = [title, ' = '];
  left.slice(0, MOST_CHIPS).forEach((factor, k) => {
    const chips = [span(factor, 'chip', cell.left_values[k])];
    if (right.length) chips.push(' · ', span(right[k], 'chip', cell.right_values[k]));
    parts.push(group(k ? '+ ' : '', ...chips), ' ');
  });
  if (left.length > MOST_CHIPS) parts.push(group(`+ … ${left.length - MOST_CHIPS} more`), ' ');
  if (bias) parts.push(group('+ ', span(bias.startsWith(MINUS) ? `(${bias})` : bias, 'chip', cell.bias_value)), ' ');
  parts.push(group(left.length ? '= ' : '', span(total, 'chip result', cell.value)));
  const long = left.length > 12;
  $('inspector').classList.toggle('long', long);
  $('sum').replaceChildren(...parts);
  put('steps', right.length && left.length + Boolean(bias) > 1 ? `= ${sum([...products, ...(bias ? [bias] : [])])} = ${total}` : '');
  $('formulas').replaceChildren(...cell.lines.map((text) => { const line = document.createElement('p'); line.textContent = text; return line; }));
  put('rounding', cell.rounding ?? '');
  waterfall(cell);
}

/** "−1.2737 − 0.1320 + 0.7000", from the printed summands. */
function sum(texts) {
  return texts.map((text, k) => (!k ? text : text.startsWith(MINUS) ? ` ${MINUS} ${text.slice(1)}` : ` + ${text}`)).join('');
}

/** The running sum as bars; of many summands the largest, and the others together. */
function waterfall({ bars = [], named = [], bias, total, title }) {
  const svg = $('waterfall');
  svg.toggleAttribute('hidden', bars.length < 2);
  if (bars.length < 2) { svg.replaceChildren(); return; }
  const names = [...bars].map((_, k) => (bias && k === bars.length - 1 ? 'b' : named[k] ?? String(k)));
  let steps = [...bars].map((value, k) => ({ value, name: names[k] }));
  if (steps.length > MOST_BARS) {
    const large = new Set([...steps].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_BARS - 1));
    const rest = steps.filter((step) => !large.has(step));
    steps = [...steps.filter((step) => large.has(step)), { value: rest.reduce((all, { value }) => all + value, 0), name: `${rest.length} more` }];
  }
  const digits = (total.split('.')[1] ?? '').length, longest = Math.max(...steps.map(({ value }) => Math.abs(value).toFixed(digits).length), total.length) + 1;
  const wide = 330, left = 64, room = wide - left - Math.max(66, 20 + 6.7 * longest), ends = [0];
  for (const { value } of steps) ends.push(ends.at(-1) + value);
  const low = Math.min(...ends), high = Math.max(...ends), X = (v) => left + room * (v - low) / (high - low || 1);
  const height = 20 * (steps.length + 1) + 4;
  svg.setAttribute('viewBox', `0 0 ${wide} ${height}`);
  svg.style.height = `${height}px`;
  const made = [draw('line', { class: 'zero', x1: X(0), x2: X(0), y1: 0, y2: height })];
  [...steps, { value: ends.at(-1), name: title.split('[')[0], total: true }].forEach((step, k) => {
    const from = step.total ? 0 : ends[k], to = step.total ? ends.at(-1) : ends[k + 1], a = Math.min(X(from), X(to)), w = Math.max(2, Math.abs(X(to) - X(from))), y = 2 + k * 20;
    made.push(draw('text', { class: 'axis end', x: left - 8, y: y + 12 }, step.name),
      draw('rect', { class: `bar ${step.value < 0 ? 'neg' : 'pos'}${step.total ? ' total' : ''}`, x: a, y, width: w, height: 15, rx: 2 }),
      draw('text', { class: 'axis value', x: wide, y: y + 12 }, `${step.value < 0 ? MINUS : '+'}${Math.abs(step.value).toFixed(digits)}`));
  });
  svg.replaceChildren(...made);
}

function draw(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}
