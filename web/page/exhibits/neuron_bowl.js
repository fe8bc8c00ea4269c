// The loss over (weight, bias) as shaded steps with contour lines, with the present point, its gradient, the next
// step and the trail of the walk; and the loss over one of the two with its slope.

import { paint as shared } from '../page.js';
import { axes, clip, dot, frame, line, words } from './canvas.js';
import { field, loss } from './neuron_loss.js';

const { palette, token } = shared;

const SIDE = 81, BANDS = 16, LONGEST = 90;   // losses a side; shades; pixels of the longest gradient arrow
const shaded = { key: '', picture: null };

const mix = (low, high, part) => low.map((value, i) => value + (high[i] - value) * part);
const rgb = (name) => palette(name).split(',').map(Number);

/** How far the axes go: twice as far for each time that the point lies outside. */
export function rangeFor(activation, weight, bias) {
  let range = activation === 'linear' || activation === 'relu' ? 3 : 6;
  while (Math.max(Math.abs(weight), Math.abs(bias)) > range) range *= 2;
  return range;
}

/** The shaded square, kept until points, activation, range, size or theme change. Steps are even in √loss. */
function shade(points, activation, range, size, theme) {
  const key = JSON.stringify([points, activation, range, size, theme]);
  if (shaded.key === key) return shaded.picture;
  const values = field(points, activation, range, SIDE), least = Math.sqrt(Math.min(...values)), most = Math.sqrt(Math.max(...values));
  const picture = Object.assign(document.createElement('canvas'), { width: size, height: size }), g = picture.getContext('2d');
  const image = g.createImageData(size, size), bands = new Uint8Array(size * size), low = rgb('card'), high = rgb('line-strong'), edge = rgb('ink-2');
  for (let i = 0; i < bands.length; i++) {
    const x = (i % size) * (SIDE - 1) / (size - 1), y = Math.floor(i / size) * (SIDE - 1) / (size - 1);
    const x0 = Math.min(Math.floor(x), SIDE - 2), y0 = Math.min(Math.floor(y), SIDE - 2), u = x - x0, v = y - y0, at = y0 * SIDE + x0;
    const value = (1 - v) * ((1 - u) * values[at] + u * values[at + 1]) + v * ((1 - u) * values[at + SIDE] + u * values[at + SIDE + 1]);
    bands[i] = most > least ? Math.min(BANDS - 1, Math.floor(BANDS * (Math.sqrt(value) - least) / (most - least))) : 0;
  }
  for (let i = 0; i < bands.length; i++) {
    const border = (i % size && bands[i] !== bands[i - 1]) || (i >= size && bands[i] !== bands[i - size]);
    const flat = mix(low, high, 0.85 * bands[i] / (BANDS - 1)), colour = border ? mix(flat, edge, 0.4) : flat;
    image.data.set([...colour, 255], 4 * i);
  }
  g.putImageData(image, 0, 0);
  Object.assign(shaded, { key, picture });
  return picture;
}

function arrow(f, fromX, fromY, toX, toY) {
  const { g } = f, angle = Math.atan2(toY - fromY, toX - fromX);
  line(f, [[fromX, fromY], [toX, toY]], token('card'), 6);
  line(f, [[fromX, fromY], [toX, toY]], token('ink'), 3);
  g.beginPath();
  for (const turn of [0, 2.6, -2.6]) g.lineTo(toX + (turn ? 11 : 4) * Math.cos(angle + turn), toY + (turn ? 11 : 4) * Math.sin(angle + turn));
  g.closePath(); g.fillStyle = token('ink'); g.fill(); g.strokeStyle = token('card'); g.lineWidth = 1; g.stroke();
}

/** Draws the bowl; `at` holds weight, bias, rate, dWeight and dBias, `best` the lowest point or null. */
export function drawBowl(canvas, points, activation, range, at, trail, best, theme) {
  const f = frame(canvas, [-range, range], [-range, range]), size = Math.round(Math.min(480, f.right - f.left) * 1.5);
  if (points.length && size > 0) f.g.drawImage(shade(points, activation, range, size, theme), f.left, f.top, f.right - f.left, f.bottom - f.top);
  const ticks = [-range, -range / 2, 0, range / 2, range];
  axes(f, ticks, ticks, false);
  words(f, 'weight →', f.right - 8, f.bottom - 12, token('ink'), 'right');
  words(f, '↑ bias', f.left + 8, f.top + 12, token('ink'), 'left');
  clip(f, () => {
    line(f, [[f.px(0), f.top], [f.px(0), f.bottom]], token('line-strong'), 0.75);
    line(f, [[f.left, f.py(0)], [f.right, f.py(0)]], token('line-strong'), 0.75);
    if (best) {
      const x = f.px(best[0]), y = f.py(best[1]);
      for (const [colour, width] of [[token('card'), 5], [token('ink'), 2]]) {
        line(f, [[x - 6, y - 6], [x + 6, y + 6]], colour, width);
        line(f, [[x - 6, y + 6], [x + 6, y - 6]], colour, width);
      }
    }
    if (trail.length > 1) {
      const path = trail.map(([weight, bias]) => [f.px(weight), f.py(bias)]);
      line(f, path, token('card'), 4); line(f, path, token('accent'), 1.75);
      for (const [x, y] of path.slice(0, 120)) dot(f, x, y, 2.5, token('accent'), token('card'), 0.75);
    }
    const x = f.px(at.weight), y = f.py(at.bias), steep = Math.hypot(at.dWeight, at.dBias);
    if (steep > 0) {
      const length = LONGEST * steep / (steep + 1) + 8, nextX = f.px(at.weight - at.rate * at.dWeight), nextY = f.py(at.bias - at.rate * at.dBias);
      arrow(f, x, y, x + length * at.dWeight / steep, y - length * at.dBias / steep);
      line(f, [[x, y], [nextX, nextY]], token('accent'), 2, [4, 3]);
      dot(f, nextX, nextY, 5, token('card'), token('accent'), 2);
    }
    dot(f, x, y, 7, token('accent'), token('card'), 2);
  });
  f.g.strokeStyle = token('line-strong'); f.g.lineWidth = 1; f.g.strokeRect(f.left, f.top, f.right - f.left, f.bottom - f.top);
  return f;
}

/** Draws the loss over one of the two, the other held: `lossOf(value)`, the present value and the slope there. */
export function drawCurve(canvas, points, activation, range, at, name) {
  const lossOf = name === 'weight' ? (value) => loss(points, activation, value, at.bias) : (value) => loss(points, activation, at.weight, value);
  const slope = name === 'weight' ? at.dWeight : at.dBias, here = at[name], steps = 160, values = [];
  for (let i = 0; i <= steps; i++) values.push(points.length ? lossOf(range * (2 * i / steps - 1)) : 0);
  const top = 1.05 * Math.max(...values) || 1, f = frame(canvas, [-range, range], [0, top]);
  const tick = Number((top / 2).toPrecision(1));
  axes(f, [-range, 0, range], [0, tick], true);
  if (!points.length) return;
  clip(f, () => {
    line(f, values.map((value, i) => [f.px(range * (2 * i / steps - 1)), f.py(value)]), token('ink'), 2);
    const y = lossOf(here), reach = 0.3 * range;
    line(f, [[f.px(here - reach), f.py(y - slope * reach)], [f.px(here + reach), f.py(y + slope * reach)]], token('accent'), 2, [6, 3]);
    dot(f, f.px(here), f.py(y), 5.5, token('accent'), token('card'), 2);
  });
}
