// Colours and lights the cells of the three matrices, and lets numbers travel from row and column to the result.
// JavaScript because three matrices of 12 by 12 have 432 cells, each painted anew at every step.
import { paint as shared } from '../page.js';

const { tint } = shared;

const still = matchMedia('(prefers-reduced-motion: reduce)');
const cells = (name) => document.querySelectorAll(`#dot-${name} tbody tr`);

/** Colours whatever carries a number of its own scale in data-v. */
export function colour(id) {
  for (const node of document.querySelectorAll(`#${id} [data-v]`)) tint(node, Number(node.dataset.v));
}

/** Lights one operand: its row or column (-1 for none), and one cell of it. */
function light(name, { row, column, at }) {
  cells(name).forEach((line, i) => [...line.cells].slice(1).forEach((cell, j) => {
    cell.classList.toggle('in-row', row === i);
    cell.classList.toggle('in-column', column === j);
    cell.classList.toggle('picked', at !== null && at[0] === i && at[1] === j);
  }));
  heads(name, row, column);
}

function heads(name, row, column) {
  document.querySelectorAll(`#dot-${name} th[data-row]`).forEach((head) => head.classList.toggle('on', Number(head.dataset.row) === row));
  document.querySelectorAll(`#dot-${name} th[data-column]`).forEach((head) => head.classList.toggle('on', Number(head.dataset.column) === column));
}

/** The result: for each cell its text, its value on the scale, its state (known, partial, asked, empty), its words. */
function fill({ states, texts, values, row, column, labels }) {
  cells('c').forEach((line, i) => [...line.cells].slice(1).forEach((cell, j) => {
    const state = states[i][j], text = state === 'known' || state === 'partial' ? texts[i][j] : state === 'asked' ? '?' : '';
    if (cell.textContent !== text) cell.textContent = text;
    if (text && state !== 'asked') tint(cell, values[i][j]);
    else cell.className = '';
    for (const name of ['partial', 'asked', 'empty']) cell.classList.toggle(name, state === name);
    cell.classList.toggle('picked', (row < 0 || row === i) && (column < 0 || column === j) && !(row < 0 && column < 0));
    const words = state === 'known' ? `${text} = ${labels(i, j)}` : state === 'partial' ? `${text} so far` : state === 'asked' ? 'to be guessed' : 'not computed yet';
    cell.setAttribute('aria-label', `row ${i}, column ${j}: ${words}`);
  }));
  heads('c', row, column);
}

/** Paints one step, told as JSON. */
export function paint(json) {
  const { a, b, c, left, right } = JSON.parse(json);
  light('a', a);
  light('b', b);
  if (!c) return;
  const factor = (text) => (text.startsWith('−') ? `(${text})` : text);
  const labels = (i, j) => left[i].map((text, k) => `${k ? factor(text) : text} · ${factor(right[k][j])}`).join(' + ');
  fill({ ...c, labels });
}

/** Numbers travel from one cell to another: `ids` are pairs "from to", joined by commas. */
export function fly(ids, milliseconds) {
  if (still.matches || !ids || document.hidden || !Element.prototype.animate) return;
  for (const pair of ids.split(',')) {
    const [from, to] = pair.split(' ').map((id) => document.getElementById(id));
    if (!from || !to) continue;
    const start = from.getBoundingClientRect(), end = to.getBoundingClientRect();
    const span = Object.assign(document.createElement('span'), { className: `${from.className} dot-ghost`, textContent: from.textContent });
    span.setAttribute('aria-hidden', 'true');
    span.style.setProperty('--m', from.style.getPropertyValue('--m'));
    for (const [name, value] of [['left', start.left], ['top', start.top], ['width', start.width], ['height', start.height]]) span.style[name] = `${value}px`;
    document.body.append(span);
    const by = `translate(${end.left - start.left + (end.width - start.width) / 2}px, ${end.top - start.top}px)`;
    span.animate([{ transform: 'none', opacity: 1 }, { transform: by, opacity: 0.9, offset: 0.85 }, { transform: by, opacity: 0 }],
      { duration: milliseconds, easing: 'cubic-bezier(.4, 0, .2, 1)' }).finished.finally(() => span.remove());
  }
}
