// A plan is all that a run of updates needs to know, so that a hundred small batches cost one call from Python.
//
// engine/kernel/plan.py writes it down once: whole numbers of 32 bits (addresses, sizes, codes), then the same eleven
// of each layer, and beside it numbers of double precision, which it fills in anew for each run. The constants here
// say where each stands; the order is that of FIELDS, OF_LAYER and NUMBERS there.

import * as activations from './activations';
import { affine, gradients } from './layer';
import * as losses from './losses';
import * as optimizers from './optimizers';

const SINGLE = 0, LAYERS = 1, X = 2, Y = 3, INPUTS = 4, OUTPUTS = 5, ROWS = 6, BATCH = 7, LOSS = 8, FUSED = 9,
  OPTIMIZER = 10, COUNT = 11, PARAMETERS = 12, GRADIENTS = 13, MOMENT = 14, SECOND = 15, LOCKED = 16, PLACES = 17,
  KEPT = 18, PROBABILITIES = 19, FIRST_LAYER = 20;
const W = 0, B = 1, Z = 2, A = 3, DZ = 4, DA = 5, DW = 6, DB = 7, N = 8, P = 9, CODE = 10, OF_LAYER = 11;
// the last four change during a run; of the last two Python reads what came out
const RATE = 0, L1 = 1, L2 = 2, FIRST_DECAY = 3, SECOND_DECAY = 4, EPSILON = 5,
  FIRST_POWER = 6, SECOND_POWER = 7, TOLD_LOSS = 8, TOLD_PENALTY = 9;
const MSE = 0, CATEGORICAL = 1, SGD = 0, MOMENTUM = 1, RMSPROP = 2;   // codes

@inline function field(plan: usize, n: i32): i32 { return load<i32>(plan + 4 * n); }
@inline function at(plan: usize, n: i32): usize { return load<usize>(plan + 4 * n); }
@inline function number(numbers: usize, n: i32): f64 { return load<f64>(numbers + 8 * n); }

/** Does `count` updates from batch `first` on; returns how many were done before the loss was no longer finite. */
export function run(plan: usize, numbers: usize, first: i32, count: i32): i32 {
  return field(plan, SINGLE) ? updates<f32>(plan, numbers, first, count) : updates<f64>(plan, numbers, first, count);
}

function updates<T>(plan: usize, numbers: usize, first: i32, count: i32): i32 {
  const batch = field(plan, BATCH), rows = field(plan, ROWS);
  const inputs = field(plan, INPUTS), outputs = field(plan, OUTPUTS);
  for (let done = 0; done < count; done++) {
    const start = (first + done) * batch, m = min(batch, rows - start);   // the last batch may be smaller
    const x = at(plan, X) + start * inputs * sizeof<T>(), y = at(plan, Y) + start * outputs * sizeof<T>();
    const loss = passes<T>(plan, m, x, y), penalty = penalties<T>(plan, numbers);
    if (!isFinite<f64>(loss + penalty)) return done;
    store<f64>(numbers + 8 * TOLD_LOSS, loss);
    store<f64>(numbers + 8 * TOLD_PENALTY, penalty);
    update<T>(plan, numbers);
  }
  return count;
}

/** One pass forward and one back, m rows at x and y: returns the mean loss and fills all gradients. */
function passes<T>(plan: usize, m: i32, x: usize, y: usize): f64 {
  const layers = field(plan, LAYERS), fused = field(plan, FUSED) != 0, item = sizeof<T>() as i32;
  let layer = plan + 4 * FIRST_LAYER, input = x;
  for (let k = 0; k < layers; k++, layer += 4 * OF_LAYER) {
    const n = field(layer, N), p = field(layer, P), z = at(layer, Z), a = at(layer, A);
    affine<T>(m, n, p, input, n * item, item, at(layer, W), at(layer, B), z);
    if (!fused || k < layers - 1) activations.forward<T>(field(layer, CODE), m, p, z, a);
    input = a;
  }
  layer -= 4 * OF_LAYER;
  const loss = measure<T>(plan, layer, m, y);
  for (let k = layers - 1; k >= 0; k--, layer -= 4 * OF_LAYER) {
    const n = field(layer, N), p = field(layer, P), dz = at(layer, DZ), before = layer - 4 * OF_LAYER;
    if (!fused || k < layers - 1) {
      activations.backward<T>(field(layer, CODE), m, p, at(layer, Z), at(layer, A), at(layer, DA), dz);
    }
    let from = x, dx: usize = 0;   // of the first layer nobody asks for d_x
    if (k) { from = at(before, A); dx = at(before, DA); }
    gradients<T>(m, n, p, from, n * item, item, at(layer, W), dz, at(layer, DW), at(layer, DB), dx);
  }
  return loss;
}

/** The loss, and its gradient: in the last layer's d_z where it is fused with its activation, else in d_a. */
function measure<T>(plan: usize, layer: usize, m: i32, y: usize): f64 {
  const fused = field(plan, FUSED) != 0, p = field(layer, P), kind = field(plan, LOSS);
  const out = at(layer, fused ? Z : A), slope = at(layer, fused ? DZ : DA);
  const probabilities = fused ? at(layer, A) : at(plan, PROBABILITIES);
  if (kind == MSE) return losses.squaredError<T>(m * p, out, y, slope);
  return kind == CATEGORICAL ? losses.softmaxCrossEntropy<T>(m, p, out, y, probabilities, slope)
    : losses.sigmoidCrossEntropy<T>(m * p, out, y, probabilities, slope);
}

function penalties<T>(plan: usize, numbers: usize): f64 {
  const l1 = number(numbers, L1), l2 = number(numbers, L2);
  let total = 0.0;
  if (l1 == 0.0 && l2 == 0.0) return total;
  for (let k = 0, layer = plan + 4 * FIRST_LAYER; k < field(plan, LAYERS); k++, layer += 4 * OF_LAYER) {
    total += optimizers.penalty<T>(field(layer, N) * field(layer, P), at(layer, W), at(layer, DW), l1, l2);
  }
  return total;
}

/** The optimizer's step, after which the locked parameters get their numbers back. */
function update<T>(plan: usize, numbers: usize): void {
  const parameters = at(plan, PARAMETERS), places = at(plan, PLACES), kept = at(plan, KEPT);
  const locked = field(plan, LOCKED);
  for (let i = 0; i < locked; i++) {
    store<T>(kept + i * sizeof<T>(), load<T>(parameters + at(places, i) * sizeof<T>()));
  }
  step<T>(plan, numbers, parameters);
  for (let i = 0; i < locked; i++) {
    store<T>(parameters + at(places, i) * sizeof<T>(), load<T>(kept + i * sizeof<T>()));
  }
}

function step<T>(plan: usize, numbers: usize, p: usize): void {
  const kind = field(plan, OPTIMIZER), count = field(plan, COUNT), g = at(plan, GRADIENTS);
  const moment = at(plan, MOMENT), second = at(plan, SECOND);
  const rate = number(numbers, RATE), epsilon = number(numbers, EPSILON);
  const one = number(numbers, FIRST_DECAY), two = number(numbers, SECOND_DECAY);
  if (kind == SGD) optimizers.sgd<T>(count, p, g, rate);
  else if (kind == MOMENTUM) optimizers.momentum<T>(count, p, g, moment, rate, one);
  else if (kind == RMSPROP) optimizers.rmsprop<T>(count, p, g, moment, rate, one, epsilon);
  else {
    // Adam corrects its step for moments that began at 0: the powers are the decays to the number of updates
    const onePower = number(numbers, FIRST_POWER) * one, twoPower = number(numbers, SECOND_POWER) * two;
    store<f64>(numbers + 8 * FIRST_POWER, onePower);
    store<f64>(numbers + 8 * SECOND_POWER, twoPower);
    const corrected = rate * sqrt(1.0 - twoPower) / (1.0 - onePower);
    optimizers.adam<T>(count, p, g, moment, second, corrected, one, two, epsilon);
  }
}
