// The loss chart on uPlot. What uPlot asks for while it draws (ranges, labels, marks, the readout) is
// answered here and never in Python: MicroPython must not be called back in the middle of a call of its own.
// Python decides what is shown: curves, kept runs, the kind of axis, the words for the loss.

import uPlot from './uplot/uPlot.esm.js';
import { palette } from './paint.js';

const MONO = 'ui-monospace, Menlo, Consolas, monospace';
const SANS = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, system-ui, sans-serif';
const HINT = 'Values: point at the chart, or focus it and use ← →';
// A run left alone for an hour has 30 million epochs: beyond the largest step the axis would have no numbers.
const EPOCH_STEPS = Array.from({ length: 15 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
const LEAST_STEP = 50, OF_A_DIGIT = 9;   // pixels between two epochs on the axis, so that their numbers stay apart
const NAME = 'Loss by epoch, train and validation. The arrow keys read the values.';
const PAGE_STEP = 10;
const LEAST = 1e-12, GREATEST = 1e15, DECADES = 1e12;   // ends of the loss axis, and how much of it a logarithmic one shows

const none = { epochs: [], train: [], validation: [] };
let plot = null, box = null, readout = null, said = null;
let shown = none, best = null, kept = [], log = false, unit = 'loss';
let marked = null;   // the epoch that the arrow keys have reached, or null where the pointer leads

const rgb = (name, alpha = 1) => `rgb(${palette(name)} / ${alpha})`.replaceAll(',', ' ');
const last = (list) => list[list.length - 1];
const text = (loss) => !Number.isFinite(loss) ? '–' : loss >= 1e5 ? loss.toExponential(2) : loss >= 0.1 ? loss.toFixed(3)
  : loss >= 0.001 ? loss.toFixed(4) : loss > 0 ? loss.toExponential(2) : '0';
const tick = (value) => value == null ? '' : value >= 1e5 || (value > 0 && value < 1e-3)
  ? value.toExponential(1).replace('.0e', 'e').replace('e+', 'e') : String(+value.toPrecision(3));

// ---- axes

/** The smallest of 1, 2, 2.5, 5 × 10^k that is at least (or, downwards, the largest that is at most) the value. */
function round(value, up, digits = [1, 2, 5, 10]) {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9), lead = value / power;
  return power * (up ? digits.find((digit) => digit >= lead - 1e-9) ?? 10 : digits.findLast((digit) => digit <= lead + 1e-9) ?? 1);
}

/** The last epoch on view: a kept run that is far ahead is cut off, so that the present one has a third of the width. */
function lastEpoch() {
  const now = last(shown.epochs) ?? 0, longest = Math.max(0, ...kept.map(({ epochs }) => last(epochs)));
  return Math.max(1, now, now ? Math.min(longest, 3 * now) : longest);
}

/** How many points of a run are on view. */
const count = (epochs) => nearest(epochs, lastEpoch()) + 1;

/** Least positive and greatest loss of everything on view. */
function extremes() {
  let low = Infinity, high = 0;
  for (const { epochs, train, validation } of [shown, ...kept]) {
    const end = count(epochs);
    for (const losses of [train, validation]) for (let i = 0; i < end; i++) {
      const loss = losses[i];
      if (loss > 0 && loss < low) low = loss;
      if (loss > high && loss < Infinity) high = loss;
    }
  }
  if (!(high > 0)) return [0.1, 1];
  high = Math.min(Math.max(high, LEAST), GREATEST);   // uPlot knows no ticks further out and would look for them for ever
  return [Math.min(Math.max(low, LEAST, high / DECADES), high), high];
}

// Each plot keeps to its own of these: uPlot draws once more after a plot has been replaced by one of the other kind,
// and a logarithmic axis from 0 would have ticks without end.
function linearRange() {
  const [, high] = extremes(), step = round(high / 4, true, [1, 2, 2.5, 5, 10]);
  return [0, step * Math.ceil(high / step - 1e-9)];
}

function logRange() {
  const [low, high] = extremes();
  return [round(Math.min(low, high / 2), false), round(high, true)];
}

/** The ticks of a logarithmic axis that get a line and a number: powers of ten, over a short range also 2 and 5. */
function onLog(u, ticks) {
  const { min, max } = u.scales.y, digits = max / min > 30 ? [1] : [1, 2, 5];
  return ticks.map((value) => digits.includes(Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))) ? value : null);
}

const epochRange = () => [0, lastEpoch()];

// ---- marks, drawn in the canvas's own pixels

const place = (u, epoch, loss) => [u.valToPos(epoch, 'x', true), u.valToPos(loss, 'y', true)];

function curve(u, epochs, losses) {
  const path = new Path2D();
  for (let i = 0, end = Math.min(epochs.length, count(epochs) + 1); i < end; i++) path.lineTo(...place(u, epochs[i], losses[i]));
  return path;
}

function label(u, words, x, y, colour, font, align = 'left') {
  const { ctx } = u;
  ctx.font = `${11 * uPlot.pxRatio}px ${font}`;
  ctx.textAlign = align; ctx.textBaseline = 'middle';
  ctx.strokeStyle = rgb('card'); ctx.lineWidth = 3 * uPlot.pxRatio; ctx.lineJoin = 'round';   // keeps it off the lines
  ctx.strokeText(words, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(words, x, y);
}

function dot(u, epoch, loss, colour, hollow) {
  const { ctx } = u, r = uPlot.pxRatio;
  ctx.beginPath();
  ctx.arc(...place(u, epoch, loss), (hollow ? 4 : 3) * r, 0, 7);
  ctx.fillStyle = hollow ? rgb('card') : colour;
  ctx.strokeStyle = hollow ? colour : rgb('card'); ctx.lineWidth = (hollow ? 2 : 1) * r;
  ctx.fill(); ctx.stroke();
}

/** Kept runs lie under the present one: thin and grey, the letter at the end of the validation curve. */
function drawKept(u) {
  const { ctx } = u, r = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath(); ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height); ctx.clip();
  for (const { dash, epochs, train, validation } of kept) {
    ctx.lineWidth = 1.25 * r; ctx.strokeStyle = rgb('ink-2', 0.4);
    ctx.setLineDash([]);
    ctx.stroke(curve(u, epochs, train));
    ctx.strokeStyle = rgb('ink-2', 0.95);
    ctx.setLineDash(dash.map((length) => length * r));
    ctx.stroke(curve(u, epochs, validation));
  }
  ctx.restore();
}

function drawMarks(u) {
  const { ctx } = u, r = uPlot.pxRatio, { left, top, width, height } = u.bbox, accent = rgb('accent');
  ctx.save();
  label(u, unit, 2 * r, 7 * r, rgb('ink-2'), SANS);
  label(u, 'epoch', 2 * r, top + height + 12 * r, rgb('ink-2'), SANS);
  const ends = kept.map(({ mark, epochs, validation }) => [mark, ...place(u, epochs[count(epochs) - 1], validation[count(epochs) - 1])]).sort((a, b) => a[2] - b[2]);
  ends.reduce((above, [mark, x, y]) => {
    const at = Math.max(y, above + 11 * r);
    label(u, mark, x + 3 * r, at, rgb('ink-2'), SANS);
    return at;
  }, -Infinity);
  if (best && best.epoch > 0) {
    const [x] = place(u, best.epoch, best.loss), words = `best: epoch ${best.epoch}`;
    ctx.beginPath(); ctx.moveTo(x, top - 2 * r); ctx.lineTo(x, top + height);
    ctx.setLineDash([2 * r, 3 * r]); ctx.lineWidth = r; ctx.strokeStyle = accent; ctx.stroke(); ctx.setLineDash([]);
    const room = x + 96 * r < left + width;
    label(u, words, x + (room ? 6 : -6) * r, top + 5 * r, accent, SANS, room ? 'left' : 'right');
    dot(u, best.epoch, best.loss, accent, true);
  }
  if (shown.epochs.length) {
    dot(u, last(shown.epochs), last(shown.train), rgb('ink'), false);
    if (!best || best.epoch !== last(shown.epochs)) dot(u, last(shown.epochs), last(shown.validation), accent, false);
  }
  ctx.restore();
}

// ---- reading values

/** Index of the shown point nearest to an epoch. */
function nearest(epochs, epoch) {
  let low = 0, high = epochs.length - 1;
  while (high - low > 1) { const middle = (low + high) >> 1; if (epochs[middle] <= epoch) low = middle; else high = middle; }
  return epoch - epochs[low] <= epochs[high] - epoch ? low : high;
}

function sentence(index) {
  const { epochs, train, validation } = shown, epoch = epochs[index];
  const others = kept.filter((run) => epoch <= last(run.epochs))
    .map((run) => `, ${run.mark} ${text(run.validation[nearest(run.epochs, epoch)])}`);
  return `epoch ${+epoch.toFixed(2)}: train ${text(train[index])}, validation ${text(validation[index])}${others.join('')}`;
}

/** Follows the cursor: with the arrow keys their epoch counts, else the point under the pointer. */
function read(u) {
  const index = marked !== null && shown.epochs.length ? nearest(shown.epochs, marked) : u.cursor.left >= 0 ? u.cursor.idx : null;
  const words = index == null || index >= shown.epochs.length ? HINT : sentence(index);
  if (readout.textContent !== words) readout.textContent = words;
}

function showMarked() {
  const index = nearest(shown.epochs, marked);
  plot.setCursor({ left: plot.valToPos(shown.epochs[index], 'x'), top: plot.valToPos(shown.validation[index], 'y') });
}

function leave() {
  marked = null;
  plot.setCursor({ left: -10, top: -10 });
}

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: PAGE_STEP, PageDown: -PAGE_STEP, Home: -Infinity, End: Infinity };

function key(event) {
  if (event.key === 'Escape' && marked !== null) leave();
  if (!(event.key in STEPS) || !shown.epochs.length || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const end = shown.epochs.length - 1, now = marked === null ? end : nearest(shown.epochs, marked);
  const next = marked === null && event.key !== 'Home' ? end : Math.min(end, Math.max(0, now + STEPS[event.key]));
  marked = shown.epochs[next];
  showMarked();
  said.textContent = sentence(next);   // spoken for keys only: while training the line above changes many times a second
}

// ---- what Python calls

const describe = (words) => { if (box.ariaLabel !== words) box.ariaLabel = words; };
const data = () => [shown.epochs, shown.train, shown.validation];

/** Builds the chart in the colours of the present theme; keeps what it shows. */
export function create(place, readoutLine, saidLine) {
  if (!box) {
    place.addEventListener('keydown', key);
    place.addEventListener('blur', () => plot && leave());
    place.addEventListener('pointermove', () => { marked = null; });
  }
  [box, readout, said] = [place, readoutLine, saidLine];
  plot?.destroy();
  const quiet = rgb('ink-2'), accent = rgb('accent'), gap = rgb('accent', 0.13);
  const axis = { stroke: quiet, grid: { stroke: rgb('line'), width: 1 }, ticks: { show: false }, gap: 4, font: `11px ${MONO}` };
  plot = new uPlot({
    width: Math.max(200, box.clientWidth), height: Math.max(150, box.clientHeight),
    padding: [18, 16, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 }, y: false },
    scales: { x: { time: false, range: epochRange }, y: log ? { range: logRange, distr: 3 } : { range: linearRange } },
    axes: [
      { ...axis, size: 24, incrs: EPOCH_STEPS, values: (_, ticks) => ticks.map(String), space: (_, which, least, most) => Math.max(LEAST_STEP, OF_A_DIGIT * String(Math.round(most)).length) },
      { ...axis, size: 44, space: 26, values: (_, ticks) => ticks.map(tick), ...(log && { filter: onLog, grid: { ...axis.grid, filter: onLog } }) },
    ],
    bands: [{ series: [2, 1], fill: gap, dir: -1 }, { series: [1, 2], fill: gap, dir: -1 }],
    series: [
      {},
      { label: 'train', stroke: rgb('ink'), width: 2.25, points: { show: false } },
      { label: 'validation', stroke: accent, width: 2.25, dash: [5, 3].map((length) => length * uPlot.pxRatio), points: { show: false } },
    ],
    hooks: { drawAxes: [drawKept], draw: [drawMarks], setCursor: [read] },
  }, data(), box);
  read(plot);
}

/** Shows the curves of a frame, whose typed arrays go straight to uPlot, and where the validation loss was lowest. */
export function show(history, bestEpoch, bestLoss) {
  shown = history;
  best = { epoch: bestEpoch, loss: bestLoss };
  plot.setData(data());
  describe(`${NAME} Lowest validation loss: ${text(bestLoss)} at epoch ${bestEpoch}.`);
  if (marked !== null) showMarked();
}

/** An empty chart, for a network that has not been evaluated. */
export function clear() {
  [shown, best, marked] = [none, null, null];
  plot.setData(data());
  describe(NAME);
}

/** Kept runs to draw beneath: each {mark, dash, epochs, train, validation}. */
export function keep(runs) {
  kept = runs;
  plot.setData(data());
}

/** The kind of the loss axis and the words above it. */
export function setAxis(isLog, words) {
  if (isLog === log && words === unit) return;
  [log, unit] = [isLog, words];
  if (plot) create(box, readout, said);
}

/** Takes up the size of its box. */
export function fit() {
  if (plot && box.clientWidth && box.clientHeight) plot.setSize({ width: box.clientWidth, height: box.clientHeight });
}
