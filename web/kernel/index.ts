// The built-ins: CPython itself calls each as `f(self, args, nargs)` (METH_FASTCALL). They have the signatures of
// nncore/operations.py, read NumPy's array objects and write into their memory. They check nothing: the arrays were
// checked once, when a network's buffers were made (engine/kernel/safety.py).

import * as activations from './activations';
import { columns, columnStride, data, isSingle, length, rowStride } from './arrays';
import { affine, gradients } from './layer';
import * as losses from './losses';
import * as optimizers from './optimizers';
import { prepareMaths } from './maths';
import * as plans from './plan';
import { product } from './product';
import { asFloat, asInt, nothing, object, real, whole } from './python';
import * as scratch from './scratch';

// ---- setting up

const ACTIVATIONS = 8;
let codes: usize = 0;   // addresses of the activation objects, in the order of their codes, then that of None

/** scratch_size(): how much working memory `prepare` needs, in bytes. */
export function scratch_size(self: usize, args: usize, nargs: i32): usize { return asInt(scratch.SIZE); }

/** prepare(scratch, objects): an array to work in, and one with the addresses of eight activations and None. */
export function prepare(self: usize, args: usize, nargs: i32): usize {
  scratch.take(data(object(args, 0)));
  prepareMaths();
  codes = data(object(args, 1));
  return nothing();
}

/** The code of an activation object; -1 for None. */
function codeOf(activation: usize): i32 {
  for (let code = 0; code < ACTIVATIONS; code++) if (load<usize>(codes + 4 * code) == activation) return code;
  return -1;
}

function isNone(object: usize): bool { return object == load<usize>(codes + 4 * ACTIVATIONS); }

// ---- products and layers

/** matmul(a, b, out) */
export function matmul(self: usize, args: usize, nargs: i32): usize {
  const a = object(args, 0), b = object(args, 1), out = object(args, 2);
  if (isSingle(out)) multiply<f32>(a, b, out); else multiply<f64>(a, b, out);
  return nothing();
}

function multiply<T>(a: usize, b: usize, out: usize): void {
  product<T>(length(a), columns(a), columns(b), data(a), rowStride(a), columnStride(a),
    data(b), rowStride(b), columnStride(b), data(out), columns(out) * sizeof<T>() as i32);
}

/** dense_forward(x, weights, biases, activation, z, a) */
export function dense_forward(self: usize, args: usize, nargs: i32): usize {
  if (isSingle(object(args, 4))) forward<f32>(args); else forward<f64>(args);
  return nothing();
}

function forward<T>(args: usize): void {
  const x = object(args, 0), z = object(args, 4), m = length(z), p = columns(z);
  affine<T>(m, columns(x), p, data(x), rowStride(x), columnStride(x),
    data(object(args, 1)), data(object(args, 2)), data(z));
  activations.forward<T>(codeOf(object(args, 3)), m, p, data(z), data(object(args, 5)));
}

/** dense_backward(x, weights, activation, z, a, d_a, d_z, d_weights, d_biases, d_x) */
export function dense_backward(self: usize, args: usize, nargs: i32): usize {
  if (isSingle(object(args, 6))) backward<f32>(args); else backward<f64>(args);
  return nothing();
}

function backward<T>(args: usize): void {
  const x = object(args, 0), d_z = object(args, 6), d_x = object(args, 9), code = codeOf(object(args, 2));
  const m = length(d_z), p = columns(d_z), dz = data(d_z);
  if (code >= 0) {   // else a fused loss has filled d_z
    activations.backward<T>(code, m, p, data(object(args, 3)), data(object(args, 4)), data(object(args, 5)), dz);
  }
  gradients<T>(m, columns(x), p, data(x), rowStride(x), columnStride(x), data(object(args, 1)),
    dz, data(object(args, 7)), data(object(args, 8)), isNone(d_x) ? 0 : data(d_x));
}

/** run(plan, numbers, first, count): see plan.ts */
export function run(self: usize, args: usize, nargs: i32): usize {
  return asInt(plans.run(data(object(args, 0)), data(object(args, 1)), whole(args, 2), whole(args, 3)));
}

// ---- losses

/** squared_error(outputs, targets, d_outputs) */
export function squared_error(self: usize, args: usize, nargs: i32): usize {
  const outputs = object(args, 0), count = length(outputs) * columns(outputs);
  const a = data(outputs), y = data(object(args, 1)), slope = data(object(args, 2));
  return asFloat(isSingle(outputs) ? losses.squaredError<f32>(count, a, y, slope)
    : losses.squaredError<f64>(count, a, y, slope));
}

/** softmax_cross_entropy(logits, targets, probabilities, d_logits) */
export function softmax_cross_entropy(self: usize, args: usize, nargs: i32): usize {
  const logits = object(args, 0), m = length(logits), p = columns(logits), z = data(logits);
  const y = data(object(args, 1)), a = data(object(args, 2)), slope = data(object(args, 3));
  return asFloat(isSingle(logits) ? losses.softmaxCrossEntropy<f32>(m, p, z, y, a, slope)
    : losses.softmaxCrossEntropy<f64>(m, p, z, y, a, slope));
}

/** sigmoid_cross_entropy(logits, targets, probabilities, d_logits) */
export function sigmoid_cross_entropy(self: usize, args: usize, nargs: i32): usize {
  const logits = object(args, 0), count = length(logits) * columns(logits), z = data(logits);
  const y = data(object(args, 1)), a = data(object(args, 2)), slope = data(object(args, 3));
  return asFloat(isSingle(logits) ? losses.sigmoidCrossEntropy<f32>(count, z, y, a, slope)
    : losses.sigmoidCrossEntropy<f64>(count, z, y, a, slope));
}

// ---- penalty and optimizers: flat vectors; the NumPy kernels' scratch, the last argument of each, is not needed

/** penalty(weights, d_weights, l1, l2, scratch) */
export function penalty(self: usize, args: usize, nargs: i32): usize {
  const weights = object(args, 0), count = length(weights), w = data(weights), g = data(object(args, 1));
  const l1 = real(args, 2), l2 = real(args, 3);
  return asFloat(isSingle(weights) ? optimizers.penalty<f32>(count, w, g, l1, l2)
    : optimizers.penalty<f64>(count, w, g, l1, l2));
}

/** sgd(parameters, gradients, learning_rate, scratch) */
export function sgd(self: usize, args: usize, nargs: i32): usize {
  const parameters = object(args, 0), count = length(parameters), p = data(parameters);
  const g = data(object(args, 1)), rate = real(args, 2);
  if (isSingle(parameters)) optimizers.sgd<f32>(count, p, g, rate);
  else optimizers.sgd<f64>(count, p, g, rate);
  return nothing();
}

/** momentum(parameters, gradients, velocity, learning_rate, keep, scratch) */
export function momentum(self: usize, args: usize, nargs: i32): usize {
  const parameters = object(args, 0), count = length(parameters), p = data(parameters);
  const g = data(object(args, 1)), v = data(object(args, 2)), rate = real(args, 3), keep = real(args, 4);
  if (isSingle(parameters)) optimizers.momentum<f32>(count, p, g, v, rate, keep);
  else optimizers.momentum<f64>(count, p, g, v, rate, keep);
  return nothing();
}

/** rmsprop(parameters, gradients, squares, learning_rate, decay, epsilon, scratch) */
export function rmsprop(self: usize, args: usize, nargs: i32): usize {
  const parameters = object(args, 0), count = length(parameters), p = data(parameters);
  const g = data(object(args, 1)), s = data(object(args, 2));
  const rate = real(args, 3), decay = real(args, 4), epsilon = real(args, 5);
  if (isSingle(parameters)) optimizers.rmsprop<f32>(count, p, g, s, rate, decay, epsilon);
  else optimizers.rmsprop<f64>(count, p, g, s, rate, decay, epsilon);
  return nothing();
}

/** adam(parameters, gradients, means, squares, step_size, beta1, beta2, epsilon, scratch) */
export function adam(self: usize, args: usize, nargs: i32): usize {
  const parameters = object(args, 0), count = length(parameters), p = data(parameters);
  const g = data(object(args, 1)), m = data(object(args, 2)), s = data(object(args, 3));
  const rate = real(args, 4), one = real(args, 5), two = real(args, 6), epsilon = real(args, 7);
  if (isSingle(parameters)) optimizers.adam<f32>(count, p, g, m, s, rate, one, two, epsilon);
  else optimizers.adam<f64>(count, p, g, m, s, rate, one, two, epsilon);
  return nothing();
}
