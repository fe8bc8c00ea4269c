// The chart of the batch: time a row against the batch size, for one at a time and for one product, both axes
// logarithmic. JavaScript because it is drawn on a canvas anew after each of many small measurements.

import { paint as shared } from '../page.js';
import { axes, dot, frame, line, words } from './canvas.js';

const { token } = shared;

const $ = (id) => document.getElementById(id);
let last = ['[]', 1];

/** Draws again when its room changes. */
export function watch() { new ResizeObserver(() => draw(...last)).observe($('batch-chart')); }

const micro = (power) => power >= 3 ? `${10 ** (power - 3)} ms` : power >= 0 ? `${10 ** power} µs` : `${10 ** (power + 3)} ns`;

/** Draws [[rows, seconds of the loop or null, seconds of the product or null], …] and marks the chosen batch size. */
export function draw(json, chosen) {
  last = [json, chosen];
  const canvas = $('batch-chart');
  if (!canvas.clientWidth) return;
  const all = JSON.parse(json), series = [1, 2].map((column) => all.filter((row) => row[column] !== null).map((row) => [Math.log2(row[0]), Math.log10(1e6 * row[column] / row[0])]));
  const heights = series.flat().map(([, y]) => y), low = heights.length ? Math.floor(Math.min(...heights)) : -1, high = heights.length ? Math.max(Math.ceil(Math.max(...heights)), low + 1) : 2;
  const f = frame(canvas, [-0.3, 10.3], [low - 0.05, high + 0.05], 52);
  axes(f, [0, 2, 4, 6, 8, 10], [], true, (power) => String(2 ** power));
  axes(f, [], Array.from({ length: high - low + 1 }, (_, i) => low + i), true, micro);
  const at = f.px(Math.log2(chosen));
  line(f, [[at, f.top], [at, f.bottom]], token('accent'), 1.5, [3, 3]);
  series.forEach((points, i) => {
    const colour = token('ink'), places = points.map(([x, y]) => [f.px(x), f.py(y)]);
    line(f, places, colour, 2, i ? [] : [5, 3]);
    for (const [x, y] of places) dot(f, x, y, x === at ? 6 : 4, x === at ? token('accent') : i ? colour : token('card'), colour, 2);
  });
  words(f, 'rows in the batch →', f.right - 6, f.bottom - 9, token('ink'), 'right');
}
