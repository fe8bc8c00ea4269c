// The matrices of "Inside the layer" as real tables, each a window on an array that may have hundreds of columns: only
// the cells in view exist, and matrices that share an axis scroll and light up together. JavaScript, since a thousand
// cells follow every scroll and every batch, and MicroPython pays about 20 µs for each. What is laid out, and what a
// cell means, comes from Python (stages.py, engine/explain.py).
//
// Axes: n the batch's rows, i the layer's inputs, j its neurons, 1 a single row or column.

import { tint, token } from './paint.js';

const MINUS = '−', ROW = 30, SPACE = 2, HEAD = 22;   // pixels: a row with its space, between cells, the column heads
const CAPTION_PAD = 24, MAP_ROOM = 52, GAP = 8;   // before a caption, of the miniature after it, between a line's parts
const MOST_ROWS = 6, STACKED_ROWS = 4, LEAST_COLUMNS = 3, MINI = 44, MINI_HIGH = 28;
const clamp = (value, low, high) => Math.min(Math.max(low, high), Math.max(low, value));

let host = null, say = () => {};
let windows = [];                    // one for each matrix that is laid out
let axes = { n: 0, i: 0, j: 0, 1: 0 };   // the first index in view along each
let labels = {};                     // names along an axis, where its indices have names
let decimals = 2, width = 0, bar = 0, description = '';   // pixels of the lines, and of a scroll bar
let data = {};                       // the newest numbers by key, flat
let newest = { matrices: {}, count: 0 };   // as they came
let picked = null;                   // { key, row, column }
let due = false;

// ---- what Python calls

/** Takes up the place for the matrices; `pick(key, row, column)` hears which cell was chosen, key "" for none. */
export function watch(element, pick, seen) {
  host = element; say = pick;
  host.addEventListener('click', ({ target }) => { const cell = target.closest('td'); if (windowOf(cell)) choose(cell); });
  host.addEventListener('keydown', key);
  host.addEventListener('focusin', ({ target }) => { if (windowOf(target)) rove(target); });
  new ResizeObserver(() => { if (description && Math.abs(host.clientWidth - width) > 4) resize(); }).observe(host);
  new IntersectionObserver((entries) => seen(entries.at(-1).isIntersecting), { rootMargin: '200px' }).observe(host.parentElement);
}

/** Lays out the lines of a stage: JSON of { lines, labels, decimals }; what was in view along an axis of the same length stays. */
export function layOut(json) {
  description = json;
  const wanted = JSON.parse(json), before = windows;
  labels = wanted.labels; decimals = wanted.decimals;
  letter = 0.456 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const focused = document.activeElement, had = windowOf(focused) ? { name: windowOf(focused).name, ...at(focused) } : null;
  windows = [];
  host.replaceChildren(...wanted.lines.map(line));
  share();
  for (const axis of 'nij') {
    const length = (list) => list.flatMap((w) => [[w.axes[0], w.rows], [w.axes[1], w.columns]]).find(([name]) => name === axis)?.[1];
    if (length(windows) !== length(before)) axes[axis] = 0;
  }
  data = {}; newest = { matrices: {}, count: 0 };
  render();
  if (had) { const again = windows.find((w) => w.name === had.name); if (again) focusAt(again, had.row, had.column); }
}

/** Lays all out for another width, with the same numbers. */
function resize() {
  const { matrices, count } = newest;
  layOut(description);
  if (count) fill(matrices, count);
}

/** Other words for the same lines: JSON of them, for a batch of another number of rows. */
export function retitle(json) {
  const lines = JSON.parse(json), words = lines.flatMap(({ parts }) => parts.filter((part) => part.sign && part.word));
  host.querySelectorAll('.why').forEach((node, k) => put(node, lines[k].title));
  host.querySelectorAll('.operator span').forEach((node, k) => put(node, words[k].word));
}

/** The newest numbers: an object of flat arrays by key. A smaller last batch makes the batch's axis shorter. */
export function fill(matrices, count) {
  newest = { matrices, count };
  data = matrices;
  for (const w of windows) {
    w.rows = w.axes[0] === 'n' ? count : w.rows; w.columns = w.axes[1] === 'n' ? count : w.columns;
    if (data[w.key] && data[w.key].length !== w.rows * w.columns) { data = {}; break; }   // of a network that has been changed since
  }
  for (const w of windows) { size(w); w.picture = null; }
  draw();
}

/** Lights a cell and what it is made of; key "" lights nothing. */
export function pick(key, row, column, bring) {
  picked = key ? { key, row, column } : null;
  if (picked && bring) for (const w of windows.filter((each) => each.key === key)) intoView(w, row, column);
  draw();
}

// ---- laying out

const copies = (node, count) => Array.from({ length: count }, () => node.cloneNode(true));

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

let letter = 7.3;   // pixels of one in a cell
const pixels = () => Math.max(40, Math.ceil(letter * (decimals + 3)) + 5);   // of a cell's width
const headWidth = (w) => 10 + 0.96 * letter * Math.max(...[w.rows - 1].map((last) => String(last).length), ...(labels[w.axes[0]] ?? []).map((name) => name.length));

const told = (w) => `(${w.rows}, ${w.columns})${w.note ? ` ${w.note}` : ''}`;

/** A line: its title, and its matrices and signs side by side; one that is `under` stands below the one before it. */
function line({ title, parts }) {
  const made = parts.map((part) => (part.key ? matrix(part) : sign(part)));
  const under = parts.findIndex((part) => part.under);
  if (under > 0) {
    const pile = made.slice(under - 2, under + 1);   // a matrix, a sign, the matrix under it
    pile[0].window.most = STACKED_ROWS;
    made.splice(under - 2, 3, element('div', { class: 'stacked' }, ...pile));
  }
  const row = element('div', { class: parts.every((part) => part.sign || part.rows === 1) ? 'product flat' : 'product' }, ...made);
  return element('section', { class: 'line' }, element('p', { class: 'why' }, title), ...(parts.length ? [row] : []));
}

function sign({ sign: text, word }) {
  const node = element('div', { class: 'operator' });
  if (text) node.append(element('b', {}, text));
  if (word) node.append(element('span', {}, word));
  return node;
}

/** The empty table of one matrix in its window. */
function matrix({ key, name, rows, columns, axes: along, note }) {
  const table = element('table', { class: 'matrix', role: 'grid' });
  const scroller = element('div', { class: 'window' }, element('div', { class: 'sizer' }, table));
  const caption = element('p', { class: 'caption' }, element('b', {}, name), ' ', element('span', {}, told({ rows, columns, note })));
  const mini = element('canvas', { class: 'mini-map', 'aria-hidden': 'true', hidden: '', title: 'Where the window is: click to go elsewhere' });
  const part = element('p', { class: 'hint part' });
  const node = element('figure', { class: 'framed' }, element('div', { class: 'caption-row' }, caption, mini), scroller, part);
  const w = { key, name, rows, columns, axes: along, note, node, table, scroller, caption, mini, part, most: MOST_ROWS, set: [0, 0], picture: null, tab: [0, 0] };
  node.window = w;
  scroller.addEventListener('scroll', () => scrolled(w), { passive: true });
  mini.addEventListener('pointerdown', (event) => { mini.setPointerCapture(event.pointerId); jump(w, event); });
  mini.addEventListener('pointermove', (event) => { if (event.buttons) jump(w, event); });
  windows.push(w);
  return node;
}

/** Shares each line's width among its windows, a column at a time. All is measured before anything is changed, while the
 *  tables are still empty: captions and signs have their widths, and the rest is columns. */
function share() {
  const narrow = matchMedia('(max-width: 759px)').matches, cell = pixels() + SPACE;   // narrow: one below the other
  const probe = element('div', { class: 'window probe' });
  host.append(probe);
  width = host.clientWidth; bar = probe.offsetWidth - probe.clientWidth;
  for (const w of windows) w.named = CAPTION_PAD + w.caption.offsetWidth;
  const rows = [...host.querySelectorAll('.product')].map((row) => {
    const piles = [...row.children].map((part) => windows.filter((w) => part.contains(w.node))).filter((pile) => pile.length);
    const signs = [...row.children].filter((part) => part.className === 'operator').reduce((sum, part) => sum + part.offsetWidth, 0);
    return { piles, room: row.clientWidth - GAP * (row.children.length - 1) - signs - 2 };
  });
  probe.remove();
  for (const { piles, room } of rows) {
    const heads = Math.max(...piles.map(([w]) => headWidth(w)));
    const most = narrow ? Math.max(LEAST_COLUMNS, Math.floor((width - heads - SPACE) / cell)) : LEAST_COLUMNS;
    for (const [w] of piles) w.across = Math.min(w.columns, most);
    let left = room - piles.reduce((sum, pile) => sum + pileWidth(pile, pile[0].across), 0);
    const together = [...new Set(piles.map(([w]) => w.axes[1]))].map((axis) => piles.filter(([w]) => w.axes[1] === axis));   // show the same columns
    for (let grew = !narrow; grew;) {
      grew = false;
      for (const group of together) {
        const cost = group.reduce((sum, pile) => sum + pileWidth(pile, pile[0].across + 1) - pileWidth(pile, pile[0].across), 0);
        if (group[0][0].across < group[0][0].columns && cost <= left) { for (const [w] of group) w.across += 1; left -= cost; grew = true; }
      }
    }
    for (const [first, ...below] of piles) for (const w of below) w.across = first.across;
  }
}

/** How wide windows one above the other are with so many columns in view: as their tables, or as a caption with its miniature. */
const pileWidth = (pile, across) => Math.max(...pile.flatMap((w) => [
  headWidth(w) + across * (pixels() + SPACE) + SPACE + (w.rows > w.most ? bar : 0),
  w.named + (w.rows > w.most || w.columns > across ? MAP_ROOM : 0)]));

/** Makes the cells that fit into a window, and gives it the extent of the whole matrix. */
function size(w) {
  w.down = Math.min(w.rows, w.most);
  const cell = pixels(), heads = headWidth(w), made = `${w.rows} ${w.columns} ${w.across} ${w.down} ${cell} ${heads}`;
  if (w.made === made) return;
  w.made = made;
  w.caption.lastChild.textContent = told(w);
  w.table.setAttribute('aria-label', `${w.name}, ${w.rows} row${w.rows === 1 ? '' : 's'}, ${w.columns} column${w.columns === 1 ? '' : 's'}`);
  w.table.setAttribute('aria-rowcount', w.rows + 1);
  w.table.setAttribute('aria-colcount', w.columns + 1);
  const inner = heads + w.across * (cell + SPACE) + SPACE, high = HEAD + w.down * ROW + SPACE;
  w.table.style.width = `${inner}px`;
  const focused = w.table.contains(document.activeElement) ? place(document.activeElement) : null;
  const head = element('thead', {}, element('tr', { 'aria-rowindex': '1' })), body = element('tbody'), row = element('tr');
  const name = element('th', { scope: 'col' }), entry = element('td', { tabindex: '-1' });
  entry.textContent = '…';
  head.firstChild.append(element('td', { class: 'corner' }), ...copies(name, w.across));
  row.append(element('th', { scope: 'row' }), ...copies(entry, w.across));
  body.append(...copies(row, w.down));
  w.table.replaceChildren(head, body);
  const [corner, ...names] = head.firstChild.cells;
  corner.style.width = `${heads}px`;
  w.heads = names;
  w.lines = [...body.rows].map(({ cells: [name, ...cells] }) => ({ head: name, cells }));
  w.top = w.left = null;
  const sizer = w.scroller.firstChild;
  sizer.style.width = `${inner + (w.columns - w.across) * (cell + SPACE)}px`;
  sizer.style.height = `${high + (w.rows - w.down) * ROW}px`;
  w.scroller.style.width = `${inner + (w.rows > w.down ? bar : 0)}px`;         // a scroll bar has room of its own,
  w.scroller.style.height = `${high + (w.columns > w.across ? bar : 0)}px`;   // where the browser gives it any
  w.mini.hidden = w.rows === w.down && w.columns === w.across;
  w.tab = [Math.min(w.tab[0], w.down - 1), Math.min(w.tab[1], w.across - 1)];
  w.lines[w.tab[0]].cells[w.tab[1]].tabIndex = 0;
  if (focused) w.lines[Math.min(focused[0], w.down - 1)].cells[Math.min(focused[1], w.across - 1)].focus({ preventScroll: true });
}

// ---- what is in view

const first = (w, side) => clamp(axes[w.axes[side]], 0, side ? w.columns - w.across : w.rows - w.down);
const place = (cell) => [cell.parentElement.sectionRowIndex, cell.cellIndex - 1];   // of a cell among those that exist
const windowOf = (node) => (node?.matches?.('.window td:not(.corner)') ? node.closest('figure')?.window : null);
const at = (cell) => { const w = windowOf(cell), [row, column] = place(cell); return { row: first(w, 0) + row, column: first(w, 1) + column }; };

function scrolled(w) {
  const top = w.scroller.scrollTop, left = w.scroller.scrollLeft;
  if (Math.abs(w.set[0] - top) < 1 && Math.abs(w.set[1] - left) < 1) return;   // it was put there by another window
  w.set = [top, left];
  move(w, Math.round(top / ROW), Math.round(left / (pixels() + SPACE)));
}

/** Moves the view so that a window begins at that row and column, and with it all that share an axis. */
function move(w, row, column) {
  if (w.axes[0] !== '1') axes[w.axes[0]] = clamp(row, 0, w.rows - w.down);
  if (w.axes[1] !== '1') axes[w.axes[1]] = clamp(column, 0, w.columns - w.across);
  draw();
}

function intoView(w, row, column) {
  const top = first(w, 0), left = first(w, 1);
  move(w, row < top ? row : row >= top + w.down ? row - w.down + 1 : top, column < left ? column : column >= left + w.across ? column - w.across + 1 : left);
}

function jump(w, event) {
  const box = w.mini.getBoundingClientRect();
  move(w, Math.round((event.clientY - box.top) / box.height * w.rows - w.down / 2), Math.round((event.clientX - box.left) / box.width * w.columns - w.across / 2));
}

/** Draws at the next frame, once for all that has changed. */
function draw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; render(); });
}

function render() {
  for (const w of windows) size(w);
  for (const w of windows) {
    const top = first(w, 0), left = first(w, 1), offset = [top * ROW, left * (pixels() + SPACE)];
    if (Math.round(w.set[0] / ROW) !== top || Math.round(w.set[1] / (pixels() + SPACE)) !== left) {
      w.set = offset;
      w.scroller.scrollTop = offset[0]; w.scroller.scrollLeft = offset[1];
    }
    cells(w, top, left);
    put(w.part, [extent('rows', top, w.down, w.rows), extent('columns', left, w.across, w.columns)].filter(Boolean).join(', '));
    if (!w.mini.hidden) miniature(w, top, left);
  }
}

function cells(w, top, left) {
  const values = data[w.key], lit = lights(w);
  if (w.top !== top) w.lines.forEach(({ head }, r) => { put(head, label(w, 0, top + r)); head.parentElement.setAttribute('aria-rowindex', top + r + 2); });
  if (w.left !== left) {
    w.heads.forEach((head, c) => put(head, label(w, 1, left + c)));
    for (const { cells: row } of w.lines) row.forEach((cell, c) => cell.setAttribute('aria-colindex', left + c + 2));
  }
  w.top = top; w.left = left;
  w.heads.forEach((head, c) => head.classList.toggle('on', lit.column === left + c));
  w.lines.forEach(({ head, cells: row }, r) => {
    const index = top + r;
    head.classList.toggle('on', lit.row === index);
    row.forEach((cell, c) => {
      const column = left + c, value = values?.[index * w.columns + column];
      if (cell.value !== value) {
        cell.value = value;
        cell.textContent = value === undefined ? '…' : written(value, decimals);
        tint(cell, value || 0);
      }
      const chosen = lit.row === index && lit.column === column;
      const mark = chosen ? (lit.own ? 'picked' : 'met') : lit.column === undefined && lit.row === index ? 'in-row'
        : lit.row === undefined && lit.column === column ? 'in-column' : '';
      if ((cell.mark ?? '') !== mark) {
        for (const name of ['picked', 'met', 'in-row', 'in-column']) cell.classList.toggle(name, name === mark);
        cell.mark = mark;
        cell.setAttribute('aria-selected', String(mark === 'picked'));
      }
    });
  });
}

const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const extent = (what, from, shown, all) => (shown === all ? '' : `${what} ${from}–${from + shown - 1} of ${all}`);
const label = (w, side, index) => labels[w.axes[side]]?.[index] ?? String(index);

/** Which row and column of a window take part in the picked cell: those along the axes that the two have in common. */
function lights(w) {
  const source = picked && windows.find((each) => each.key === picked.key && each.node.closest('.line') === w.node.closest('.line'));
  if (!source) return {};
  const position = { [source.axes[0]]: picked.row, [source.axes[1]]: picked.column };
  return { row: position[w.axes[0]], column: position[w.axes[1]], own: w.key === picked.key };
}

/** With its sign and so many decimals; fewer where the number is long, and a power of ten where it is longer still. */
export function written(value, digits) {
  if (!Number.isFinite(value)) return String(value).replace('-', MINUS);
  const size = Math.abs(value), most = digits + 2;
  let text = size.toFixed(digits);
  for (let fewer = digits - 1; text.length > most && fewer >= 0; fewer--) text = size.toFixed(fewer);
  if (text.length > most) text = size.toExponential(Math.max(0, digits - 2)).replace('e+', 'e');
  return `${Number(text) === 0 ? '' : value < 0 ? MINUS : '+'}${text}`;
}

/** The whole matrix in small, and where the window is. */
function miniature(w, top, left) {
  const scale = Math.min(MINI / w.columns, MINI_HIGH / w.rows, 4), wide = clamp(Math.round(w.columns * scale), 8, MINI), high = clamp(Math.round(w.rows * scale), 8, MINI_HIGH);
  const canvas = w.mini, values = data[w.key];
  if (canvas.width !== 2 * wide || canvas.height !== 2 * high) { Object.assign(canvas, { width: 2 * wide, height: 2 * high }); canvas.style.width = `${wide}px`; canvas.style.height = `${high}px`; }
  const g = canvas.getContext('2d');
  if (values && !w.picture) w.picture = picture(values, w, 2 * wide, 2 * high);
  g.clearRect(0, 0, canvas.width, canvas.height);
  if (w.picture) g.putImageData(w.picture, 0, 0);
  g.strokeStyle = token('accent'); g.lineWidth = 3;
  const x = left / w.columns * canvas.width, y = top / w.rows * canvas.height;
  g.strokeRect(clamp(x, 1.5, canvas.width - 6), clamp(y, 1.5, canvas.height - 6), Math.max(3, w.across / w.columns * canvas.width - 3), Math.max(3, w.down / w.rows * canvas.height - 3));
}

function picture(values, w, wide, high) {
  const [neg, zero, pos] = ['neg', 'zero', 'pos'].map((name) => token(name).match(/\d+/g).map(Number)), image = new ImageData(wide, high);
  for (let y = 0, p = 0; y < high; y++) for (let x = 0; x < wide; x++, p += 4) {
    const value = values[Math.floor(y * w.rows / high) * w.columns + Math.floor(x * w.columns / wide)] || 0, m = Math.min(1, Math.abs(value)), end = value < 0 ? neg : pos;
    for (let k = 0; k < 3; k++) image.data[p + k] = zero[k] + (end[k] - zero[k]) * m;
    image.data[p + 3] = 255;
  }
  return image;
}

/** To be called when the theme has changed. */
export function recolour() { for (const w of windows) w.picture = null; draw(); }

// ---- choosing and walking

function choose(cell) {
  const w = windowOf(cell), { row, column } = at(cell);
  if (row < w.rows && column < w.columns) say(w.key, row, column);
}

/** Each table is one stop for the Tab key: the cell that was focused last. */
function rove(cell) {
  const w = windowOf(cell);
  w.lines[w.tab[0]].cells[w.tab[1]].tabIndex = -1;
  w.tab = place(cell);
  cell.tabIndex = 0;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-MOST_ROWS, 0], PageDown: [MOST_ROWS, 0], Home: [0, -Infinity], End: [0, Infinity] };

function key(event) {
  const cell = event.target, w = windowOf(cell);
  if (!w) return;
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(cell); return; }
  if (event.key === 'Escape') { say('', 0, 0); return; }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const { row, column } = at(cell), far = event.ctrlKey && Math.abs(step[1]) === Infinity ? step[1] : step[0];
  focusAt(w, row + far, column + step[1]);
}

function focusAt(w, row, column) {
  row = clamp(row, 0, w.rows - 1); column = clamp(column, 0, w.columns - 1);
  intoView(w, row, column);
  render();
  w.lines[row - first(w, 0)].cells[column - first(w, 1)].focus({ preventScroll: true });
}
