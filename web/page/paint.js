// Drawing loops that must run many times a second over hundreds of elements. MicroPython pays about
// 20 µs each time it crosses to JavaScript, so these few loops are JavaScript; what to draw, and when,
// is decided in Python. Nothing here keeps a value of the model.

const SVG = 'http://www.w3.org/2000/svg';
const MINUS = '−';
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// Colours of the present theme, looked up once: asking for a computed style in every frame is slow.
const tokens = new Map();
const token = (name) => {
  if (!tokens.has(name)) {
    const probe = document.createElement('i');
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    tokens.set(name, getComputedStyle(probe).color);
    probe.remove();
  }
  return tokens.get(name);
};
let emptyRows = { key: '', canvas: null };

/** To be called when the theme has changed. */
export function forgetColours() { tokens.clear(); emptyRows = { key: '', canvas: null }; }

/** The present theme's colours of the named tokens as "r,g,b;r,g,b". */
export const palette = (names) => names.split(' ').map((name) => token(name).match(/\d+/g).slice(0, 3).join(',')).join(';');

/** Pixels (Uint8 RGBA) onto a canvas of that many pixels. */
export function image(canvas, bytes, width, height) {
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.byteLength), width, height), 0, 0);
}

/** All pictures of a frame, each onto the canvas that has its key as id. */
export function pictures(list) {
  for (const { key, rgba, width, height } of list) {
    const canvas = document.getElementById(key);
    if (canvas) image(canvas, rgba, width, height);
  }
}

/** The paths from column to column: a link for each weight where the later column says so, else a band by way of the weights' picture. */
export function layOutLinks(svg, stage) {
  const side = parseFloat(getComputedStyle(stage).getPropertyValue('--picture'));
  for (const canvas of $$('.between canvas', stage)) {   // a weight matrix in its own proportions
    const scale = Math.min(side / canvas.width, 1.25 * side / canvas.height);
    canvas.style.width = `${Math.max(12, canvas.width * scale)}px`;
    canvas.style.height = `${Math.max(12, canvas.height * scale)}px`;
  }
  const home = stage.getBoundingClientRect(), dx = stage.scrollLeft - home.left, dy = stage.scrollTop - home.top;
  const box = (node) => { const r = node.getBoundingClientRect(); return { left: r.left + dx, right: r.right + dx, top: r.top + dy, bottom: r.bottom + dy, y: (r.top + r.bottom) / 2 + dy }; };
  const columns = $$('.column', stage), paths = [];
  const add = (name, d) => { const path = document.createElementNS(SVG, 'path'); path.setAttribute('class', name); path.setAttribute('d', d); paths.push(path); };
  const band = (a, b) => {
    const middle = (a.right + b.left) / 2;
    add('band', `M${a.right},${a.top} C${middle},${a.top} ${middle},${b.top} ${b.left},${b.top} L${b.left},${b.bottom} C${middle},${b.bottom} ${middle},${a.bottom} ${a.right},${a.bottom}Z`);
  };
  const whole = (column) => { const parts = $$('.tile, .strip .frame', column).map(box), plugs = $$('.bias', column).map(box), all = [...parts, ...plugs]; return { left: Math.min(...all.map((p) => p.left)), right: Math.max(...parts.map((p) => p.right)), top: Math.min(...parts.map((p) => p.top)), bottom: Math.max(...parts.map((p) => p.bottom)) }; };
  columns.slice(1).forEach((column, k) => {
    const before = columns[k];
    if (column.dataset.linked) {
      const from = $$('.tile', before).map(box), to = $$('.bias', column).map(box);
      for (const a of from) for (const b of to) {
        const bend = (b.left - a.right) / 2;
        add('link', `M${a.right},${a.y} C${a.right + bend},${a.y} ${b.left - bend},${b.y} ${b.left},${b.y}`);
      }
    } else {
      const picture = box(column.previousElementSibling.querySelector('.frame'));
      band(whole(before), picture);
      band(picture, whole(column));
    }
  });
  svg.style.width = `${stage.scrollWidth}px`;
  svg.replaceChildren(...paths);
}

/** Widths, colours and dashes of the links from the weights, in the order in which they were laid out. */
export function weighLinks(svg, weights) {
  const links = svg.getElementsByClassName('link'), thin = clamp(svg.clientWidth / 640, 0.6, 1.15);
  if (links.length !== weights.length) return;
  weights.forEach((w, i) => {
    const size = Math.abs(w), path = links[i];
    const name = w < 0 ? 'link neg' : 'link pos', width = ((0.7 + 2 * Math.min(size, 3)) * thin).toFixed(1);
    if (path.className.baseVal !== name) path.className.baseVal = name;
    if (path.dataset.width === width) return;
    path.dataset.width = width;
    path.style.strokeWidth = `${width}px`;
    path.style.strokeOpacity = (0.3 + 0.42 * Math.min(size, 1)).toFixed(2);
  });
}

// Where text on the scale must turn dark (dark theme) or white (light theme) to keep 4.5:1, by sign.
function tint(node, value) {
  const m = clamp(Math.abs(value), 0, 1);
  node.classList.add('heat');
  node.classList.toggle('neg', value < 0);
  node.classList.toggle('pos', value >= 0);
  node.classList.toggle('mid', m > (value < 0 ? 0.565 : 0.665));
  node.classList.toggle('high', m > 0.95);
  node.style.setProperty('--m', `${(m * 100).toFixed(0)}%`);
}

/** The bias plugs of all tiles: `biases` has every neuron of the network, a plug's data-at says which is its own. */
export function showBiases(biases) {
  for (const plug of document.querySelectorAll('#columns .bias')) {
    const value = biases[Number(plug.dataset.at)];
    if (value === undefined) continue;
    const size = Math.abs(value), zero = size < 0.005;
    const text = `${zero ? '' : value < 0 ? MINUS : '+'}${size.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0)}`;
    if (plug.textContent !== text) { plug.textContent = text; tint(plug, value); }
  }
}

/** Counts of a confusion matrix, shaded by their share of the row (the true class). */
export function showConfusion(table, counts, classes) {
  table.querySelectorAll('td[data-cell]').forEach((cell, i) => {
    const row = Math.floor(i / classes), total = counts.slice(row * classes, (row + 1) * classes).reduce((sum, n) => sum + n, 0);
    const shown = `${counts[i]} of ${total}`;
    if (cell.dataset.cell === shown) return;
    cell.dataset.cell = shown;
    cell.textContent = counts[i] || '·';
    cell.classList.toggle('empty', !counts[i]);
    tint(cell, total ? counts[i] / total : 0);
  });
}

/** Data points on the map: shape and colour tell the class, hollow ones are for validation. */
export function points(canvas, x, labels, parts, half) {
  const size = Math.round(canvas.clientWidth * Math.max(2, devicePixelRatio));
  if (!size) return;
  canvas.width = canvas.height = size;
  const g = canvas.getContext('2d'), unit = size / 300, r = labels.length > 400 ? 2.6 * unit : 3.3 * unit;
  const colours = [0, 1, 2].map((c) => token(`class-${c}`)), card = token('card');
  labels.forEach((label, i) => {
    const px = (x[2 * i] / half + 1) / 2 * size, py = (1 - x[2 * i + 1] / half) / 2 * size, hollow = parts[i] === 1;
    g.beginPath();
    if (label === 0) g.arc(px, py, r, 0, 7);
    else if (label === 1) { g.moveTo(px, py - 1.25 * r); g.lineTo(px + 1.15 * r, py + 0.85 * r); g.lineTo(px - 1.15 * r, py + 0.85 * r); g.closePath(); }
    else g.rect(px - 0.9 * r, py - 0.9 * r, 1.8 * r, 1.8 * r);
    g.fillStyle = hollow ? card : colours[label]; g.strokeStyle = hollow ? colours[label] : card;
    g.lineWidth = (hollow ? 1.5 : 1) * unit;
    g.fill(); g.stroke();
  });
}

/** A square for each training row, filled where the batch took it. `taken` may be null: none is. */
export function rows(canvas, taken, count) {
  const wide = canvas.clientWidth;
  if (!wide) return;
  const columns = count <= 180 ? 30 : count <= 600 ? 40 : 60, scale = Math.max(2, devicePixelRatio), cell = wide * scale / columns;
  const width = Math.round(wide * scale), height = Math.round(Math.ceil(count / columns) * cell), key = `${width} ${count}`;
  const square = (g, i) => g.roundRect((i % columns) * cell + 0.12 * cell, Math.floor(i / columns) * cell + 0.12 * cell, 0.76 * cell, 0.76 * cell, 0.18 * cell);
  if (emptyRows.key !== key) {   // the empty squares stay the same for a whole run: drawn once, then copied
    emptyRows = { key, canvas: Object.assign(document.createElement('canvas'), { width, height }) };
    const g = emptyRows.canvas.getContext('2d');
    g.strokeStyle = token('line-strong'); g.lineWidth = 0.7 * scale; g.globalAlpha = 0.55;
    g.beginPath();
    for (let i = 0; i < count; i++) square(g, i);
    g.stroke();
  }
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; canvas.style.height = `${height / scale}px`; }
  const g = canvas.getContext('2d');
  g.clearRect(0, 0, width, height);
  g.drawImage(emptyRows.canvas, 0, 0);
  if (!taken) return;
  g.fillStyle = token('ink');
  g.beginPath();
  for (let i = taken.indexOf(1); i >= 0; i = taken.indexOf(1, i + 1)) square(g, i);
  g.fill();
}
