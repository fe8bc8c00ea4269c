// The links between neurons and the bias plugs: laid out, weighed by the newest numbers, lit and read out where a
// person points, marked where they are locked. It moves twenty times a second, hence JavaScript: MicroPython pays
// about 20 µs for each element. A frame only writes; the layout is read when the network changes.
//
// A place names what is meant: a neuron "2.3", a weight "2.0.3" (from neuron 0), a bias "2.b.3", a layer "2".

import { tint } from './paint.js';

const SVG = 'http://www.w3.org/2000/svg';
const MINUS = '−';
const MOST_PLATES = 12;   // more numbers at once would hide the network
const $ = (id) => document.getElementById(id);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

let layers = {};          // by number: where the layer's numbers stand in the flat arrays
let links = [];           // { place, layer, neuron, at, a, b, path, twin, width, sign }
let plugs = [];           // { place, at, node, words }
let plates = [];          // what is read out at the moment: { link, node, long, text }
let newest = { weights: [], biases: [] };
let locks = new Set();
let wide = 0;             // pixels of the whole diagram
let pointed = '', focused = '', chosen = '', followed = '';   // places; chosen is the one that the editor is open for,
// followed the one whose number is explained below the diagram

// ---- numbers

/** The number at a place, or undefined while the engine has not told it. */
export function valueAt(place) {
  const [number, from, neuron] = place.split('.'), layer = layers[number];
  if (!layer) return undefined;
  return from === 'b' ? newest.biases[layer.biases + Number(neuron)]
    : newest.weights[layer.weights + Number(from) * layer.neurons + Number(neuron)];
}

/** With its sign and two decimals; a number read out alone gets more where it is small. */
function short(value, alone) {
  const size = Math.abs(value), decimals = alone && size < 0.095 && value !== 0 ? 4 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
  return `${value === 0 || (!alone && size < 0.005) ? '' : value < 0 ? MINUS : '+'}${size.toFixed(decimals)}`;
}

const isLocked = (place) => locks.has(place) || locks.has(place.split('.')[0]);

// ---- where the links run

/** The paths from column to column: a link for each weight where the later column says so, else a band by way of the weights' picture. */
export function layOut(svg, stage) {
  const side = parseFloat(getComputedStyle(stage).getPropertyValue('--picture'));
  for (const canvas of $$('.between canvas', stage)) {   // a weight matrix in its own proportions
    const scale = Math.min(side / canvas.width, 1.25 * side / canvas.height);
    canvas.style.width = `${Math.max(12, canvas.width * scale)}px`;
    canvas.style.height = `${Math.max(12, canvas.height * scale)}px`;
  }
  const home = stage.getBoundingClientRect(), dx = stage.scrollLeft - home.left, dy = stage.scrollTop - home.top;
  const box = (node) => { const r = node.getBoundingClientRect(); return { left: r.left + dx, right: r.right + dx, top: r.top + dy, bottom: r.bottom + dy, y: (r.top + r.bottom) / 2 + dy }; };
  const whole = (column) => { const parts = $$('.tile, .strip .frame', column).map(box), all = [...parts, ...$$('.bias', column).map(box)]; return { left: Math.min(...all.map((p) => p.left)), right: Math.max(...parts.map((p) => p.right)), top: Math.min(...parts.map((p) => p.top)), bottom: Math.max(...parts.map((p) => p.bottom)) }; };
  const columns = $$('.column', stage), bands = [];
  layers = {}; links = [];
  columns.slice(1).forEach((column, k) => {
    const { layer, inputs, neurons, biasesAt, weightsAt, linked } = column.dataset;
    layers[layer] = { inputs: Number(inputs), neurons: Number(neurons), biases: Number(biasesAt), weights: Number(weightsAt) };
    if (linked) {
      const from = $$('.tile', columns[k]).map(box), to = $$('.bias', column).map(box);
      from.forEach((a, i) => to.forEach((b, j) => links.push(link(layers[layer], layer, i, j, a, b))));
    } else {
      const picture = box(column.previousElementSibling.querySelector('.frame'));
      bands.push(band(whole(columns[k]), picture), band(picture, whole(column)));
    }
  });
  plugs = $$('.bias', stage).map((node) => ({ place: node.dataset.place, at: Number(node.dataset.at), node, words: node.lastChild }));
  wide = stage.scrollWidth;
  svg.style.width = `${wide}px`;
  const marks = document.createElementNS(SVG, 'g');
  marks.id = 'lock-marks';
  svg.replaceChildren(...bands, ...links.map((each) => each.path), marks, ...links.map((each) => each.twin));
  if (!stage.querySelector('.tile[tabindex="0"]')) stage.querySelector('button.tile')?.setAttribute('tabindex', '0');
  markLocks();
  choose(chosen);
  stage.dataset.stale = 'yes';
}

/** Where a weight's link has its middle, in the stage's own pixels; undefined where no link is drawn. */
export function middleOf(place) {
  const found = links.find((each) => each.place === place);
  return found && along(found, 0.5);
}

function path(name, d) {
  const node = document.createElementNS(SVG, 'path');
  node.setAttribute('class', name);
  node.setAttribute('d', d);
  return node;
}

function band(a, b) {
  const middle = (a.right + b.left) / 2;
  return path('band', `M${a.right},${a.top} C${middle},${a.top} ${middle},${b.top} ${b.left},${b.top} L${b.left},${b.bottom} C${middle},${b.bottom} ${middle},${a.bottom} ${a.right},${a.bottom}Z`);
}

/** A weight's link, and its invisible wider twin that catches the pointer. */
function link(layer, number, i, j, a, b) {
  const bend = (b.left - a.right) / 2, place = `${number}.${i}.${j}`;
  const d = `M${a.right},${a.y} C${a.right + bend},${a.y} ${b.left - bend},${b.y} ${b.left},${b.y}`;
  const twin = path('catch', d);
  Object.assign(twin.dataset, { do: 'open_editor', place });
  return { place, layer: number, neuron: String(j), at: layer.weights + i * layer.neurons + j, path: path('link', d), twin,
    a: { x: a.right, y: a.y }, b: { x: b.left, y: b.y }, width: '', sign: '' };
}

/** The point at the share t of a link's way. */
function along({ a, b }, t) {
  const s = 1 - t, middle = (a.x + b.x) / 2;
  return { x: s * s * s * a.x + 3 * s * t * middle + t * t * t * b.x, y: (s * s * s + 3 * s * s * t) * a.y + (3 * s * t * t + t * t * t) * b.y };
}

// ---- a frame's numbers

/** Widths, colours and dashes of the links, the bias plugs, and every number that is read out or edited. */
export function show(weights, biases, distinct) {
  const expected = Object.values(layers).reduce((sum, layer) => sum + (Number.isNaN(layer.weights) ? 0 : layer.inputs * layer.neurons), 0);
  if (weights.length !== expected) return;   // of a network that has been changed since
  newest = { weights, biases };
  const thin = clamp(wide / 640, 0.6, 1.15);
  for (const each of links) {
    const w = weights[each.at], size = Math.abs(w);
    const sign = w < 0 ? 'neg' : 'pos', width = ((0.7 + 2 * Math.min(size, 3)) * thin).toFixed(1);
    if (each.sign !== sign) { each.path.classList.remove('neg', 'pos'); each.path.classList.add(each.sign = sign); }
    if (each.width === width) continue;
    each.width = width;
    each.path.style.strokeWidth = `${width}px`;
    each.path.style.strokeOpacity = (0.3 + 0.42 * Math.min(size, 1)).toFixed(2);
  }
  for (const plug of plugs) {
    const value = biases[plug.at], text = short(value, false);
    if (plug.words.data !== text) { plug.words.data = text; tint(plug.node, value); }
  }
  readOut();
  distinct.forEach((count, index) => showDistinct(index + 1, count));
}

/** How many neurons of a hidden layer differ: equal ones compute the same and learn the same for ever. */
function showDistinct(number, count) {
  const line = $(`distinct-${number}`);
  if (!line) return;
  const total = layers[number].neurons, text = count < total ? `${count} of ${total} distinct` : `${count} distinct`;
  if (line.textContent === text) return;
  line.textContent = text;
  line.classList.toggle('fewer', count < total);
}

// ---- pointing

/** Listens to pointer and focus over the diagram and the editor. */
export function watch(stage, editor) {
  const placeOf = (target) => target.closest?.('[data-place]')?.dataset.place || '';
  stage.addEventListener('pointerover', (event) => point(placeOf(event.target).replace('.b.', '.')));
  stage.addEventListener('pointerleave', () => point(''));
  stage.addEventListener('focusin', ({ target }) => {
    if (target.matches('.tile')) rove(target);
    focus(target.matches('.tile, .bias') && target.matches(':focus-visible') ? placeOf(target).replace('.b.', '.') : '');
  });
  editor.addEventListener('focusin', ({ target }) => focus(placeOf(target)));
  for (const part of [stage, editor]) part.addEventListener('focusout', () => focus(''));
}

/** Takes up which place the editor is open for, '' while it is closed: it stays lit. */
export function choose(place) {
  chosen = place;
  for (const tile of $$('#columns .tile.chosen')) tile.classList.remove('chosen');
  tileOf(place)?.classList.add('chosen');
  light();
}

/** Lights a place for as long as nothing else is pointed at; '' for none. */
export function follow(place) { if (place !== followed) { followed = place; light(); } }

/** Lights the layer that a stage of the update is in: its column, and the links into it; '' for no stage. */
export function stage(name, layer) {
  const mark = `${name} ${layer}`, shown = $('stage');
  if (shown.dataset.lens === mark && !shown.dataset.stale) return;
  shown.dataset.lens = mark;
  delete shown.dataset.stale;
  shown.classList.toggle('staged', Boolean(name));
  for (const column of $$('.column[data-layer]', shown)) column.classList.toggle('in-stage', name === 'update' || (Boolean(name) && column.dataset.layer === String(layer)));
  for (const each of links) each.path.classList.toggle('in-stage', name === 'update' || (Boolean(name) && name !== 'loss' && each.layer === String(layer)));
}

/** The tile of the neuron to which a place belongs. */
export function tileOf(place) {
  const parts = place.split('.');
  return $(`neuron-${parts[0]}-${parts.at(-1)}`);
}

function point(place) { if (place !== pointed) { pointed = place; light(); } }
function focus(place) { if (place !== focused) { focused = place; light(); } }

/** The diagram is one stop for the Tab key: the neuron that was focused last. */
function rove(tile) {
  for (const other of $$('#columns .tile[tabindex="0"]')) other.tabIndex = -1;
  tile.tabIndex = 0;
}

/** Brightens the links that are meant and reads out their weights. */
function light() {
  const place = pointed || focused || chosen || followed, parts = place.split('.');
  const meant = links.filter((each) => each.place === place || (parts.length === 2 && each.layer === parts[0] && each.neuron === parts[1]));
  for (const each of links) each.path.classList.toggle('lit', meant.includes(each));
  $('links').classList.toggle('some-lit', meant.length > 0);
  for (const plug of plugs) plug.node.classList.toggle('lit', plug.place === place);
  for (const tile of $$('#columns .tile.lit')) tile.classList.remove('lit');
  tileOf(place)?.classList.add('lit');
  const long = parts.length === 3, listed = !long && place === chosen;   // the editor lists them already
  plates = listed || meant.length > MOST_PLATES ? [] : meant.map((each) => ({ link: each, node: plate(), long, text: '' }));
  $('plates').replaceChildren(...plates.map((each) => each.node));
  for (const { link: each, node } of plates) {
    const { x, y } = along(each, long ? 0.5 : 0.32), half = long ? 78 : 32;
    node.style.left = `${clamp(x, Math.min(half, wide / 2), Math.max(wide - half, wide / 2))}px`;
    node.style.top = `${y}px`;
    node.classList.toggle('long', long);
    node.classList.toggle('locked', isLocked(each.place));
  }
  readOut();
}

function plate() {
  const node = document.createElement('p'), lock = document.createElementNS(SVG, 'svg'), use = document.createElementNS(SVG, 'use');
  node.className = 'plate';
  use.setAttribute('href', '#i-lock');
  lock.append(use);
  node.append(document.createElement('span'), lock);
  return node;
}

/** The numbers on the plates as they are now. */
function readOut() {
  for (const each of plates) {
    const value = newest.weights[each.link.at];
    if (value === undefined) continue;
    const [layer, i, j] = each.link.place.split('.'), text = each.long ? `W${layer}[${i}, ${j}] = ${short(value, true)}` : short(value, false);
    if (each.text !== text) { each.text = text; each.node.firstChild.textContent = text; }
  }
}

// ---- locks

/** Marks what training leaves alone: `text` are the places, joined by commas. */
export function showLocks(text) {
  locks = new Set(text ? text.split(',') : []);
  markLocks();
  light();
}

function markLocks() {
  $('lock-marks')?.replaceChildren(...links.filter((each) => isLocked(each.place)).map((each) => {
    const dot = document.createElementNS(SVG, 'circle'), { x, y } = along(each, 0.42);
    dot.setAttribute('cx', x); dot.setAttribute('cy', y); dot.setAttribute('r', locks.has(each.layer) ? 2.6 : 3.5);
    return dot;
  }));
  for (const plug of plugs) plug.node.classList.toggle('locked', isLocked(plug.place));
  for (const button of $$('[data-lock]')) {
    const place = button.dataset.lock, whole = place.includes('.') && locks.has(place.split('.')[0]);
    button.setAttribute('aria-pressed', String(isLocked(place)));
    button.disabled = whole;
    button.title = whole ? 'The whole layer is locked: unlock it at the head of its column.' : 'Training leaves alone what is locked.';
  }
  $('key').classList.toggle('no-locks', !locks.size);
}
