// The numbers in the weight editor: filled in from each frame, unless someone is typing or dragging, and the
// place where the editor stands. A neuron of a wide layer has hundreds of fields, hence JavaScript.
//
// A field shows as many decimals as the tables. The one that has the focus shows the whole number, so that nothing
// is lost by entering it again, and the pointer over any other reads it out.

import { middleOf, tileOf, valueAt } from './links.js';

const GAP = 12, EDGE = 8;   // pixels to what is edited, to the card's edge
const $ = (id) => document.getElementById(id);
const clamp = (value, low, high) => Math.min(Math.max(low, high), Math.max(low, value));

let fields = [];      // { place, text, slider, shown, behind }
let decimals = 2;     // of the tables
let chosen = '';      // the place that the editor is open for
let touched = false;  // whether a finger was used last

/** Listens for what the editor must know: typing, fingers, and a diagram that is scrolled. */
export function watch(stage, editor) {
  editor.addEventListener('input', ({ target }) => { if (target.type === 'text') target.dataset.typed = 'yes'; });
  editor.addEventListener('focusin', ({ target }) => { if (rewrite(target, short, exact)) target.select(); });
  editor.addEventListener('focusout', ({ target }) => rewrite(target, exact, short));
  editor.addEventListener('pointerover', ({ target }) => {
    const field = fieldOf(target);
    if (field) target.title = `The whole number is ${exact(field.shown)}`;
  });
  document.addEventListener('pointerdown', (event) => { touched = event.pointerType === 'touch'; });
  stage.addEventListener('scroll', place, { passive: true });
}

/** The field of a text input whose number is known. */
const fieldOf = (input) => fields.find((field) => field.text === input && field.shown !== undefined);

/** Writes a field's number in another form, where it stands there in the one form and nothing has been typed; true then. */
function rewrite(input, from, to) {
  const field = fieldOf(input);
  if (!field || input.dataset.typed || input.value !== from(field.shown)) return false;
  input.value = to(field.shown);
  return true;
}

/** Takes up the editor's rows, which are for this place, '' when it is closed, and the tables' decimals. */
export function open(at, places) {
  if (at !== chosen) forgetTyped();
  chosen = at;
  decimals = places;
  fields = at ? [...$('editor-rows').children].map((row) => ({
    place: row.dataset.place, text: row.querySelector('input[type="text"]'), slider: row.querySelector('input[type="range"]'),
    shown: undefined, behind: true,
  })) : [];
  fill();
  place();
}

/** As few digits as say a 32-bit number exactly. */
function exact(value) {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/** As many decimals as in the tables, fewer where they say the number exactly. With the keyboard's minus: it may be copied. */
function short(value) {
  const whole = exact(value), rounded = value.toFixed(decimals);
  if (whole.length <= rounded.length) return whole;
  return Number(rounded) === 0 ? rounded.replace('-', '') : rounded;
}

/** The numbers as they are now, but never under someone's fingers. */
export function fill() {
  for (const field of fields) {
    const value = valueAt(field.place), { text, slider } = field;
    if (value === undefined || (value === field.shown && !field.behind)) continue;
    const typed = Boolean(text.dataset.typed), dragged = slider.matches(':active');
    field.shown = value;
    field.behind = typed || dragged;
    if (!dragged) slider.value = value;
    if (typed) continue;
    const focused = document.activeElement === text;
    text.value = focused ? exact(value) : short(value);
    if (focused) text.select();   // so that typing replaces it
  }
}

/** Drops what was typed but not entered: the fields show the present numbers again. */
export function forgetTyped() {
  for (const field of fields) { delete field.text.dataset.typed; field.behind = true; }
  fill();
}

/** Moves the focus to the first field, or, where that would call up a screen's keyboard, to the editor itself. */
export function enter() {
  const editor = $('editor'), first = touched ? null : fields[0]?.text;
  (first ?? editor).focus({ preventScroll: true });
  first?.select();
  editor.scrollIntoView({ block: 'nearest' });
}

/** Puts the editor beside what it edits and inside the card. */
export function place() {
  const editor = $('editor');
  if (!editor.offsetParent) return;   // closed, or another view is open: it is placed when the diagram is laid out again
  const card = editor.offsetParent.getBoundingClientRect(), stage = $('stage').getBoundingClientRect();
  const width = editor.offsetWidth, height = editor.offsetHeight;
  const middle = middleOf(chosen), neuron = tileOf(chosen)?.parentElement.getBoundingClientRect();
  let left = card.left, top = stage.top;
  if (middle) {
    const y = stage.top + middle.y;
    left = stage.left - $('stage').scrollLeft + middle.x - width / 2;
    top = y + 20 + height < stage.bottom ? y + 20 : y - 20 - height;
  } else if (neuron) {
    const right = neuron.right + GAP, fits = right + width + EDGE < card.right, before = neuron.left - GAP - width;
    const beside = fits || before > card.left;
    left = fits ? right : beside ? before : (neuron.left + neuron.right - width) / 2;
    top = beside ? (neuron.top + neuron.bottom - height) / 2 : neuron.bottom + GAP;
  }
  editor.style.left = `${clamp(left, card.left + EDGE, card.right - EDGE - width) - card.left}px`;
  editor.style.top = `${clamp(top, stage.top, card.bottom - EDGE - height) - card.top}px`;
}
