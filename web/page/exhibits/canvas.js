// What the pictures of exhibits share: a sharp canvas with axes, and lines, dots and words on it.

import { paint as shared } from '../page.js';

const { token } = shared;

export const MONO = '11px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace';
const MARGIN = { left: 30, right: 10, top: 10, bottom: 22 };

/** A canvas cleared and scaled to its box, with functions from numbers to its pixels. `x` and `y` are [least, greatest]. */
export function frame(canvas, x, y, leftMargin = MARGIN.left) {
  const scale = Math.max(2, devicePixelRatio), width = canvas.clientWidth, height = canvas.clientHeight;
  const g = canvas.getContext('2d'), pixels = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = MONO;
  const left = leftMargin, right = width - MARGIN.right, top = MARGIN.top, bottom = height - MARGIN.bottom;
  return {
    g, left, right, top, bottom, scale, width, height,
    px: (value) => left + (right - left) * (value - x[0]) / (x[1] - x[0]),
    py: (value) => bottom - (bottom - top) * (value - y[0]) / (y[1] - y[0]),
    toX: (pixel) => x[0] + (x[1] - x[0]) * (pixel - left) / (right - left),
    toY: (pixel) => y[0] + (y[1] - y[0]) * (bottom - pixel) / (bottom - top),
  };
}

export function line(f, points, colour, width = 1, dash = []) {
  const { g } = f;
  g.beginPath();
  for (const [x, y] of points) g.lineTo(x, y);
  g.strokeStyle = colour; g.lineWidth = width; g.lineJoin = 'round';
  g.setLineDash(dash); g.stroke(); g.setLineDash([]);
}

export function dot(f, x, y, radius, fill, ring = token('card'), width = 1.5) {
  const { g } = f;
  g.beginPath(); g.arc(x, y, radius, 0, 7);
  g.fillStyle = fill; g.fill();
  g.strokeStyle = ring; g.lineWidth = width; g.stroke();
}

/** Words with a rim of the card's colour, which keeps them legible over lines. */
export function words(f, text, x, y, colour = token('ink-2'), align = 'center', baseline = 'middle') {
  const { g } = f;
  g.textAlign = align; g.textBaseline = baseline;
  g.strokeStyle = token('card'); g.lineWidth = 4; g.lineJoin = 'round';
  g.strokeText(text, x, y);
  g.fillStyle = colour; g.fillText(text, x, y);
}

/** Numbers along the lower and the left edge, and a line for each where `grid` is true. */
export function axes(f, xs, ys, grid, show = (value) => minus(String(value))) {
  for (const value of xs) {
    const x = f.px(value);
    if (grid) line(f, [[x, f.top], [x, f.bottom]], token('line'), value === 0 ? 2 : 1);
    words(f, show(value), x, f.bottom + 5, token('ink-2'), 'center', 'top');
  }
  for (const value of ys) {
    const y = f.py(value);
    if (grid) line(f, [[f.left, y], [f.right, y]], token('line'), value === 0 ? 2 : 1);
    words(f, show(value), f.left - 5, y, token('ink-2'), 'right');
  }
}

export function clip(f, draw) {
  f.g.save();
  f.g.beginPath(); f.g.rect(f.left, f.top, f.right - f.left, f.bottom - f.top); f.g.clip();
  draw();
  f.g.restore();
}

/** A number with a real minus sign. */
export const minus = (text) => text.replace('-', '−');
export const signed = (value, digits = 2) => { const text = Math.abs(value).toFixed(digits); return (Number(text) === 0 ? '' : value < 0 ? '−' : '+') + text; };
