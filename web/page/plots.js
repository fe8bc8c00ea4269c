// Draws answers onto canvases: points of the plane, the network's line, true against predicted numbers, the code.
// Loops over many points are JavaScript for the reason given in paint.js; what to show is decided in Python.
import { token } from './paint.js';

const FONT = 'ui-monospace, Menlo, Consolas, monospace';
const MINUS = '−';
const MARKS = 5;   // shapes that tell classes apart; more classes are written as their digit
const TRAIN = 0, VALIDATION = 1;
const PLAIN = ['ink-2', 'accent', 'ink'];   // colours of training, validation and test rows where no class counts

// ---- canvases

/** The canvas's pen, scaled so that 1 is a CSS pixel, on an empty canvas; null where it is not on view. */
function pen(canvas) {
  const wide = canvas.clientWidth, high = canvas.clientHeight, scale = Math.max(2, devicePixelRatio);
  if (!wide || !high) return null;
  const width = Math.round(wide * scale), height = Math.round(high * scale), g = canvas.getContext('2d');
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, wide, high);
  return Object.assign(g, { wide, high, zoom: scale });
}

export function clear(canvas) { canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height); }

// ---- marks

const shapes = [
  (g, x, y, r) => g.arc(x, y, r, 0, 7),
  (g, x, y, r) => { g.moveTo(x, y - 1.25 * r); g.lineTo(x + 1.15 * r, y + 0.85 * r); g.lineTo(x - 1.15 * r, y + 0.85 * r); g.closePath(); },
  (g, x, y, r) => g.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r),
  (g, x, y, r) => { g.moveTo(x, y - 1.35 * r); g.lineTo(x + 1.15 * r, y); g.lineTo(x, y + 1.35 * r); g.lineTo(x - 1.15 * r, y); g.closePath(); },
  (g, x, y, r) => {
    for (let i = 0; i < 10; i++) {
      const angle = i * Math.PI / 5, far = i % 2 ? 0.75 * r : 1.65 * r;
      g.lineTo(x + far * Math.sin(angle), y - far * Math.cos(angle));
    }
    g.closePath();
  },
];

/** One mark: filled for a training row, hollow for validation, hollow and crossed for test. */
function mark(g, x, y, r, shape, part, colour, paper) {
  g.beginPath();
  shapes[shape](g, x, y, r);
  g.fillStyle = part === TRAIN ? colour : paper;
  g.strokeStyle = part === TRAIN ? paper : colour;
  g.lineWidth = part === TRAIN ? 1 : 1.5;
  g.fill(); g.stroke();
  if (part > VALIDATION) cross(g, x, y, r, colour);
}

function cross(g, x, y, r, colour) {
  const far = 1.6 * r;
  g.beginPath();
  g.moveTo(x - far, y - far); g.lineTo(x + far, y + far); g.moveTo(x - far, y + far); g.lineTo(x + far, y - far);
  g.strokeStyle = colour; g.lineWidth = 1.2; g.stroke();
}

/** A mark that shows a number by the colour of the ±1 scale: a disc for training, a ring for validation. */
function valueMark(g, x, y, r, part, value, colours) {
  const [low, zero, high, ink, paper] = colours, size = Math.min(1, Math.abs(value)), end = value < 0 ? low : high;
  const rgb = zero.map((from, i) => Math.round(from + size * (end[i] - from))).join(',');
  const disc = (radius, fill) => { g.beginPath(); g.arc(x, y, radius, 0, 7); g.fillStyle = fill; g.fill(); };
  disc(r + 1.2, ink);
  disc(r, `rgb(${rgb})`);
  if (part !== TRAIN) { disc(0.55 * r, ink); disc(0.55 * r - 0.8, paper); }
  if (part > VALIDATION) cross(g, x, y, r, ink);
}

const rgbOf = (name) => token(name).match(/\d+/g).slice(0, 3).map(Number);

/** A mark drawn once and copied to each of many rows; `draw(g, middle)` draws it. */
function stamp(zoom, half, draw) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2 * half * zoom, height: 2 * half * zoom });
  const g = canvas.getContext('2d');
  g.scale(zoom, zoom);
  draw(g, half);
  return (to, x, y) => to.drawImage(canvas, x - half, y - half, 2 * half, 2 * half);
}

// ---- the plane

/** All points of the plane from -half to +half. `look`: by "classes" (mark and colour), by "values" on the ±1 scale, or "plain". */
export function planePoints(canvas, points, look, half) {
  const g = pen(canvas);
  if (!g) return;
  const { x, labels, values, parts } = points, r = (labels.length > 400 ? 2.6 : 3.3) * g.wide / 300;
  const across = (v) => (v / half + 1) / 2 * g.wide, up = (v) => (1 - v / half) / 2 * g.high, paper = token('card');
  const scale = [...['neg', 'zero', 'pos'].map(rgbOf), token('ink'), paper];
  const colours = shapes.map((_, c) => token(`class-${c}`)), plainColours = PLAIN.map(token);
  for (let i = 0; i < labels.length; i++) {
    const px = across(x[2 * i]), py = up(x[2 * i + 1]);
    if (look === 'values') valueMark(g, px, py, 1.25 * r, parts[i], values[i], scale);
    else if (look === 'plain') mark(g, px, py, r, 0, parts[i], plainColours[parts[i]], paper);
    else mark(g, px, py, r, labels[i], parts[i], colours[labels[i]], paper);
  }
}

/** What moves above the points of the plane: rings around the rows of the batch, and where a reconstruction puts each point. */
export function planeOverlay(canvas, points, taken, again, half) {
  const g = pen(canvas);
  if (!g || !points) return;
  const across = (v) => (v / half + 1) / 2 * g.wide, up = (v) => (1 - v / half) / 2 * g.high;
  if (again && again.x.length === points.x.length) {
    for (const [part, colour] of [[TRAIN, token('ink')], [VALIDATION, token('accent')]]) {
      g.strokeStyle = g.fillStyle = colour;
      g.lineWidth = 0.8; g.globalAlpha = 0.55;
      g.beginPath();
      const each = (draw) => points.parts.forEach((p, i) => (p === TRAIN) === (part === TRAIN) && draw(2 * i));
      each((i) => { g.moveTo(across(points.x[i]), up(points.x[i + 1])); g.lineTo(across(again.x[i]), up(again.x[i + 1])); });
      g.stroke();
      g.globalAlpha = 1;
      g.beginPath();
      each((i) => g.rect(across(again.x[i]) - 1.5, up(again.x[i + 1]) - 1.5, 3, 3));
      g.fill();
    }
  }
  if (taken) rings(g, points.x, taken, across, up, 5.5 * g.wide / 300);
}

function rings(g, x, taken, across, up, r) {
  for (const [width, colour] of [[3, token('card')], [1.3, token('ink')]]) {
    g.lineWidth = width; g.strokeStyle = colour;
    g.beginPath();
    for (let i = taken.indexOf(1); i >= 0; i = taken.indexOf(1, i + 1)) {
      const px = across(x[2 * i]), py = up(x[2 * i + 1]);
      g.moveTo(px + r, py); g.arc(px, py, r, 0, 7);
    }
    g.stroke();
  }
}

// ---- axes

/** About `count` round numbers from low to high, and the step between them. */
function ticks(low, high, count) {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return { step, values: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step) };
}

/** From where to where an axis goes that shows all these numbers: whole steps, so that it does not tremble. */
function range(numbers, offset, stride) {
  let low = Infinity, high = -Infinity;
  for (let i = offset; i < numbers.length; i += stride) { low = Math.min(low, numbers[i]); high = Math.max(high, numbers[i]); }
  if (!(high > low)) { low = (Number.isFinite(low) ? low : 0) - 0.5; high = low + 1; }
  const { step } = ticks(low, high, 4);
  return [Math.floor(low / step + 0.02) * step - 0.1 * step, Math.ceil(high / step - 0.02) * step + 0.1 * step];
}

const said = (value, step) => {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return (value < -1e-12 ? MINUS : '') + Math.abs(value).toFixed(Math.min(digits, 6));
};

/** Frame, ticks and names of two axes; returns the pen with `across` and `up`, from numbers to pixels. */
function axes(canvas, [left, right], [bottom, top], xName, yName) {
  const g = pen(canvas);
  if (!g) return null;
  const box = { left: 40, right: g.wide - 8, top: 20, bottom: g.high - 34 };
  const across = (v) => box.left + (v - left) / (right - left) * (box.right - box.left);
  const up = (v) => box.bottom - (v - bottom) / (top - bottom) * (box.bottom - box.top);
  g.font = `11px ${FONT}`;
  g.lineWidth = 1; g.strokeStyle = token('line'); g.fillStyle = token('ink-2');
  const xs = ticks(left, right, 5), ys = ticks(bottom, top, 5);
  g.beginPath();
  for (const v of xs.values) { g.moveTo(across(v), box.top); g.lineTo(across(v), box.bottom); }
  for (const v of ys.values) { g.moveTo(box.left, up(v)); g.lineTo(box.right, up(v)); }
  g.stroke();
  g.textAlign = 'center'; g.textBaseline = 'top';
  for (const v of xs.values) g.fillText(said(v, xs.step), across(v), box.bottom + 5);
  g.textAlign = 'right'; g.textBaseline = 'middle';
  for (const v of ys.values) g.fillText(said(v, ys.step), box.left - 5, up(v));
  g.fillStyle = token('ink');
  g.textBaseline = 'alphabetic'; g.textAlign = 'center';
  g.fillText(xName, (box.left + box.right) / 2, g.high - 3);
  g.textAlign = 'left';
  g.fillText(yName, 4, 11);
  return Object.assign(g, { across, up, box });
}

const within = (g) => { g.save(); g.beginPath(); g.rect(g.box.left, g.box.top, g.box.right - g.box.left, g.box.bottom - g.box.top); g.clip(); };

// ---- plots

/** Training rows solid, validation rows hollow in the accent, test rows crossed: one path for each part, which is quick. */
function plain(g, x, parts, r) {
  const paper = token('card'), colours = PLAIN.map(token), far = 1.6 * r;
  colours.forEach((colour, part) => {
    if (!parts.includes(part)) return;
    const each = (draw) => { for (let i = parts.indexOf(part); i >= 0; i = parts.indexOf(part, i + 1)) draw(g.across(x[2 * i]), g.up(x[2 * i + 1])); };
    g.beginPath();
    each((px, py) => { g.moveTo(px + r, py); g.arc(px, py, r, 0, 7); });
    g.fillStyle = part === TRAIN ? colour : paper; g.strokeStyle = colour; g.lineWidth = 1.5;
    g.fill();
    if (part === TRAIN) return;
    if (part > VALIDATION) each((px, py) => { g.moveTo(px - far, py - far); g.lineTo(px + far, py + far); g.moveTo(px - far, py + far); g.lineTo(px + far, py - far); });
    g.stroke();
  });
}

let line = null;   // where the plot of one feature has its axes, for the line above it

/** Points (one feature, the number that belongs to it) with their axes. */
export function linePoints(canvas, points, half, xName, yName) {
  line = axes(canvas, [-half, half], range(points.x, 1, 2), xName, yName);
  if (!line) return;
  within(line);
  plain(line, points.x, points.parts, points.parts.length > 400 ? 2.2 : 3);
  line.restore();
}

/** The network's line, and rings around the rows of the batch, above the points. */
export function lineOverlay(canvas, points, taken, curve) {
  const g = pen(canvas);
  if (!g || !line) return;
  Object.assign(g, { box: line.box, across: line.across, up: line.up });
  within(g);
  if (taken && points) rings(g, points.x, taken, g.across, g.up, 5.5);
  if (curve) {
    g.lineJoin = 'round';
    for (const [width, colour] of [[5, token('card')], [2.5, token('ink')]]) {
      g.beginPath();
      for (let i = 0; i < curve.x.length; i++) g.lineTo(g.across(curve.x[i]), g.up(curve.y[i]));
      g.lineWidth = width; g.strokeStyle = colour; g.stroke();
    }
  }
  g.restore();
}

/** True numbers across, predicted ones up, and the diagonal on which both are the same. */
export function scatter(canvas, pairs, name) {
  const ends = range(pairs.x, 0, 2), g = axes(canvas, ends, ends, `true ${name}`, `predicted ${name}`);
  if (!g) return;
  within(g);
  g.beginPath();
  g.moveTo(g.across(ends[0]), g.up(ends[0])); g.lineTo(g.across(ends[1]), g.up(ends[1]));
  g.setLineDash([6, 4]); g.lineWidth = 1.5; g.strokeStyle = token('line-strong'); g.stroke(); g.setLineDash([]);
  plain(g, pairs.x, pairs.parts, 3);
  g.restore();
}

/** The code of a reconstruction: a mark a row, coloured and shaped by class only when asked. */
export function code(canvas, pairs, coloured, classes, xName, yName) {
  const { x, labels, parts } = pairs, g = axes(canvas, range(x, 0, 2), range(x, 1, 2), xName, yName);
  if (!g) return;
  const r = labels.length > 400 ? 2.2 : 3;
  within(g);
  if (!coloured) plain(g, x, parts, r);
  else {
    const paper = token('card'), stamps = [TRAIN, VALIDATION].map((part) => Array.from({ length: classes }, (_, label) => {
      const colour = token(`class-${label % MARKS}`);
      return stamp(g.zoom, 8, (to, m) => (classes > MARKS ? glyph(to, m, label, part, colour, paper) : mark(to, m, m, r, label, part, colour, paper)));
    }));
    for (const part of [TRAIN, VALIDATION]) {
      for (let i = 0; i < labels.length; i++) if (parts[i] === part) stamps[part][labels[i]](g, g.across(x[2 * i]), g.up(x[2 * i + 1]));
    }
  }
  g.restore();
}

/** A class of many as its digit: light for a training row, bold on a disc for validation. */
function glyph(g, m, label, part, colour, paper) {
  g.textAlign = 'center'; g.textBaseline = 'middle';
  g.font = part === TRAIN ? `10px ${FONT}` : `bold 12px ${FONT}`;
  if (part !== TRAIN) { g.strokeStyle = paper; g.lineWidth = 3; g.strokeText(String(label), m, m + 0.5); }
  g.globalAlpha = part === TRAIN ? 0.75 : 1;
  g.fillStyle = colour;
  g.fillText(String(label), m, m + 0.5);
}
