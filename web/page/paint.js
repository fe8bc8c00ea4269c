// Drawing loops that must run many times a second over hundreds of elements. MicroPython pays about
// 20 µs each time it crosses to JavaScript, so these few loops are JavaScript; what to draw, and when,
// is decided in Python. Nothing here keeps a value of the model.

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// Colours of the present theme, looked up once: asking for a computed style in every frame is slow.
const tokens = new Map();
export const token = (name) => {
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

// Where text on the scale must turn dark (dark theme) or white (light theme) to keep 4.5:1, by sign.
export function tint(node, value) {
  const m = clamp(Math.abs(value), 0, 1);
  node.classList.add('heat');
  node.classList.toggle('neg', value < 0);
  node.classList.toggle('pos', value >= 0);
  node.classList.toggle('mid', m > (value < 0 ? 0.565 : 0.665));
  node.classList.toggle('high', m > 0.95);
  node.style.setProperty('--m', `${(m * 100).toFixed(0)}%`);
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
