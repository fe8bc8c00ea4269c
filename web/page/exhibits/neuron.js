// The pictures of one neuron and the pointers on them: its line over the data with the residuals, the loss over
// (weight, bias), the loss over each of the two. JavaScript because dragging draws all of it sixty times a second
// on canvases; which numbers are shown, and what a click means, is decided in Python.

import { paint as shared } from '../page.js';
import { drawBowl, drawCurve, rangeFor } from './neuron_bowl.js';
import { axes, clip, dot, frame, line, MONO, signed, words } from './canvas.js';
import { ACTIVATIONS, measure } from './neuron_loss.js';

const { token } = shared;

const HALF = 2.2;      // the data are shown from −HALF to HALF
const GRID = 0.05;     // clicks fall on multiples of this
const NEAR = 14;       // pixels within which a click means the point that is there
const MOST_LABELS = 14, LEAST_ROOM = 24, ROOMY = 38;   // residuals are written beside up to so many points with so many pixels each
const $ = (id) => document.getElementById(id);
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

let points = [], activation = 'linear', best = null, trail = [], range = 3;
let at = { weight: 0, bias: 0, rate: 0.1, loss: 0, dWeight: 0, dBias: 0, answers: [], slopes: [] };
let cursor = null;     // [x, y] of the crosshair in the data
let plot = null, bowl = null, dragging = false;

/** Listens on the canvases: `pick(x, y)` for a click among the data, `move(weight, bias, done)` for the point dragged. */
export function start(pick, move, point) {
  const data = $('neuron-plot'), square = $('neuron-bowl');
  const place = (event) => [event.offsetX, event.offsetY];
  const onGrid = (value) => Math.round(clamp(value, -2, 2) / GRID) * GRID;
  data.addEventListener('pointermove', (event) => { const [x, y] = place(event); aim(onGrid(plot.toX(x)), onGrid(plot.toY(y)), x, y); point(...cursor); });
  data.addEventListener('pointerleave', () => { if (document.activeElement !== data) { cursor = null; drawPlot(); } });
  data.addEventListener('click', (event) => { const [x, y] = place(event); aim(onGrid(plot.toX(x)), onGrid(plot.toY(y)), x, y); pick(...cursor); });
  let due = false, to = null;
  const follow = (event) => {
    const [x, y] = place(event);
    to = [clamp(bowl.toX(x), -range, range), clamp(bowl.toY(y), -range, range)].map((value) => Math.round(value * 100) / 100);
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; if (dragging) move(...to, false); });
  };
  square.addEventListener('pointerdown', (event) => { if (event.button) return; dragging = true; square.setPointerCapture(event.pointerId); follow(event); });
  square.addEventListener('pointermove', (event) => { if (dragging) follow(event); });
  const drop = () => { if (dragging) { dragging = false; move(...to, true); } };
  square.addEventListener('pointerup', drop);
  square.addEventListener('pointercancel', drop);
  new ResizeObserver(redraw).observe($('neuron-plots'));
}

/** The crosshair at a place of the data, or on the point that is near those pixels. */
function aim(x, y, pixelX = plot.px(x), pixelY = plot.py(y)) {
  const near = points.filter(([px, py]) => Math.hypot(plot.px(px) - pixelX, plot.py(py) - pixelY) <= NEAR)
    .sort((a, b) => Math.hypot(plot.px(a[0]) - pixelX, plot.py(a[1]) - pixelY) - Math.hypot(plot.px(b[0]) - pixelX, plot.py(b[1]) - pixelY))[0];
  cursor = (near ?? [x, y]).map((value) => Number(value.toFixed(2)));
  drawPlot();
}

/** Moves the crosshair by so many steps of the grid, from the middle where there was none; answers where it is. */
export function step(dx, dy) {
  const [x, y] = cursor ?? [0, 0];
  cursor = [clamp(x + dx * GRID, -2, 2), clamp(y + dy * GRID, -2, 2)].map((value) => Number(value.toFixed(2)));
  drawPlot();
  return JSON.stringify(cursor);
}

/** No crosshair. */
export function leave() { cursor = null; drawPlot(); }

/** Takes up other points, [[x, y], …], or another activation. */
export function setData(json, name) { points = JSON.parse(json); activation = name; best = null; trail = []; }

/** The lowest point, [weight, bias], once it is known, or null. */
export function setBest(json) { best = JSON.parse(json); drawBowlNow(); }

/** Adds to the walk's trail, or begins a new one. */
export function walk(weight, bias) { trail.push([weight, bias]); }
export function forgetWalk() { trail = []; }

/** Shows the neuron with that weight and bias; answers with its loss, gradient, answers and slopes as JSON. */
export function show(weight, bias, rate) {
  at = { weight, bias, rate, ...(points.length ? measure(points, activation, weight, bias) : { loss: 0, dWeight: 0, dBias: 0, answers: [], slopes: [] }) };
  redraw();
  return JSON.stringify(at);
}

/** Draws everything anew, as after a change of the theme. */
export function redraw() {
  if (!$('neuron-plot').clientWidth) return;
  if (!dragging) range = rangeFor(activation, at.weight, at.bias);
  drawPlot();
  drawBowlNow();
  for (const name of ['weight', 'bias']) drawCurve($(`neuron-over-${name}`), points, activation, range, at, name);
}

function drawBowlNow() {
  bowl = drawBowl($('neuron-bowl'), points, activation, range, at, trail, best, token('card'));
}

function drawPlot() {
  const canvas = $('neuron-plot');
  plot = frame(canvas, [-HALF, HALF], [-HALF, HALF]);
  const f = plot, whole = [-2, -1, 0, 1, 2], [act] = ACTIVATIONS[activation], { weight, bias } = at, curve = [];
  axes(f, whole, whole, true);
  for (let i = 0; i <= 300; i++) { const x = HALF * (2 * i / 300 - 1); curve.push([f.px(x), f.py(act(weight * x + bias))]); }
  clip(f, () => {
    if (activation !== 'linear') line(f, [-HALF, HALF].map((x) => [f.px(x), f.py(weight * x + bias)]), token('ink-2'), 1.25, [2, 4]);
    else drawKnobs(f, weight, bias);
    points.forEach(([x, y], i) => {
      const a = at.answers[i], high = a > y;
      line(f, [[f.px(x), f.py(y)], [f.px(x), f.py(a)]], token(high ? 'pos' : 'neg'), 4, high ? [] : [6, 3]);
    });
    line(f, curve, token('ink'), 2.5);
    points.forEach(([x, y]) => dot(f, f.px(x), f.py(y), 5, token('ink')));
    if (cursor) {
      line(f, [[f.px(cursor[0]), f.top], [f.px(cursor[0]), f.bottom]], token('accent'), 1);
      line(f, [[f.left, f.py(cursor[1])], [f.right, f.py(cursor[1])]], token('accent'), 1);
      dot(f, f.px(cursor[0]), f.py(cursor[1]), 7, 'transparent', token('accent'), 2);
    }
  });
  const room = roomBetween(f), all = points.length <= MOST_LABELS && room >= LEAST_ROOM;
  if (room < ROOMY) f.g.font = MONO.replace('11px', '10px');
  points.forEach(([x, y], i) => {
    const a = at.answers[i], chosen = cursor && cursor[0] === x && cursor[1] === y;
    if (!all && !chosen) return;
    words(f, signed(a - y, room < ROOMY && !chosen ? 1 : 2), f.px(x), clamp(f.py(y) + (a > y ? 15 : -15), f.top + 8, f.bottom - 8), token('ink'));
  });
  f.g.font = MONO;
  if (activation === 'linear') nameKnobs(f, weight, bias);
  words(f, 'x →', f.right - 6, f.bottom - 9, token('ink'), 'right');
  words(f, '↑ y', f.left + 6, f.top + 9, token('ink'), 'left');
}

/** The least distance in pixels, from left to right, of two points at about the same height: labels need it. */
function roomBetween(f) {
  let least = 100;
  points.forEach(([x, y], i) => points.slice(i + 1).forEach(([otherX, otherY]) => {
    if (Math.abs(f.py(y) - f.py(otherY)) < 14) least = Math.min(least, Math.abs(f.px(x) - f.px(otherX)));
  }));
  return least;
}

/** Weight and bias where they can be seen: the line's height at x = 0, and its rise over one step of x. */
function drawKnobs(f, weight, bias) {
  const [x0, x1] = [f.px(0), f.px(1)], [y0, y1] = [f.py(bias), f.py(bias + weight)];
  line(f, [[x0, y0], [x1, y0], [x1, y1]], token('accent'), 1.5, [2, 2]);
  line(f, [[x0, f.py(0)], [x0, y0]], token('accent'), 2.5);
}

/** Their values, over all lines. */
function nameKnobs(f, weight, bias) {
  const [x0, x1] = [f.px(0), f.px(1)], [y0, y1] = [f.py(bias), f.py(bias + weight)];
  if (Math.abs(y1 - y0) > 14) words(f, `w ${signed(weight)}`, x1 + 5, (y0 + y1) / 2 + 12, token('accent'), 'left');
  if (Math.abs(y0 - f.py(0)) > 14) words(f, `b ${signed(bias)}`, x0 + 5, f.py(0) + (bias > 0 ? 11 : -11), token('accent'), 'left');
}
