// The activations and their derivatives, cell by cell, as nncore/activations.py defines them; softmax row by row.

import { sigmoid, softmax, tanh } from './maths';

// Their codes: the order in which engine/kernel/library.py hands over nncore's activation objects.
const LINEAR = 0, RELU = 1, LEAKY_RELU = 2, SIGMOID = 3, TANH = 4, SOFTMAX = 5, GELU = 6, SWISH = 7;
const LEAK: f64 = 0.01, GELU_SCALE: f64 = 0.7978845608028654, GELU_CUBE: f64 = 0.044715;

@inline function bend(z: f64): f64 { return tanh(z * (GELU_SCALE + GELU_SCALE * GELU_CUBE * z * z)); }

/** a = activation(z); both are (rows, columns) and contiguous, and may be one array where it is linear. */
export function forward<T>(code: i32, rows: i32, columns: i32, z: usize, a: usize): void {
  const size = <usize>(rows * columns) * sizeof<T>(), end = z + size;
  if (code == LINEAR) {
    if (a != z) memory.copy(a, z, size);
    return;
  }
  if (code == SOFTMAX) {
    const row = <usize>columns * sizeof<T>();
    for (; z < end; z += row, a += row) softmax<T>(columns, z, a);
    return;
  }
  if (code == RELU) {
    const zero = v128.splat<T>(0 as T);
    for (; z + 16 <= end; z += 16, a += 16) v128.store(a, v128.max<T>(v128.load(z), zero));
    for (; z < end; z += sizeof<T>(), a += sizeof<T>()) store<T>(a, max<T>(load<T>(z), 0 as T));
    return;
  }
  if (code == LEAKY_RELU) {
    for (; z < end; z += sizeof<T>(), a += sizeof<T>()) {
      store<T>(a, max<T>(load<T>(z) * (LEAK as T), load<T>(z)));
    }
    return;
  }
  for (; z < end; z += sizeof<T>(), a += sizeof<T>()) {
    const x = <f64>load<T>(z);
    let y: f64;
    if (code == TANH) y = tanh(x);
    else if (code == SIGMOID) y = sigmoid(x);
    else if (code == GELU) y = 0.5 * x * (1.0 + bend(x));
    else y = x * sigmoid(x);   // SWISH
    store<T>(a, y as T);
  }
}

/** d_z from d_a; all are (rows, columns) and contiguous. */
export function backward<T>(code: i32, rows: i32, columns: i32, z: usize, a: usize, da: usize, dz: usize): void {
  const size = <usize>(rows * columns) * sizeof<T>(), end = z + size;
  if (code == LINEAR) {
    if (dz != da) memory.copy(dz, da, size);
    return;
  }
  if (code == SOFTMAX) {
    const row = <usize>columns * sizeof<T>();
    for (; z < end; z += row, a += row, da += row, dz += row) softmaxBack<T>(columns, a, da, dz);
    return;
  }
  if (code == RELU) {   // where a is above 0 the slope is 1
    const zero = v128.splat<T>(0 as T);
    for (; z + 16 <= end; z += 16, a += 16, da += 16, dz += 16) {
      v128.store(dz, v128.and(v128.load(da), v128.gt<T>(v128.load(a), zero)));
    }
    for (; z < end; z += sizeof<T>(), a += sizeof<T>(), da += sizeof<T>(), dz += sizeof<T>()) {
      store<T>(dz, load<T>(a) > (0 as T) ? load<T>(da) : 0 as T);
    }
    return;
  }
  for (; z < end; z += sizeof<T>(), a += sizeof<T>(), da += sizeof<T>(), dz += sizeof<T>()) {
    const x = <f64>load<T>(z), y = <f64>load<T>(a);
    let slope: f64;
    if (code == TANH) slope = 1.0 - y * y;
    else if (code == SIGMOID) slope = y * (1.0 - y);
    else if (code == LEAKY_RELU) slope = x > 0.0 ? 1.0 : x < 0.0 ? LEAK : 0.5 * (1.0 + LEAK);
    else if (code == GELU) slope = geluSlope(x, y);
    else slope = 1.0 - (1.0 - sigmoid(x)) * (1.0 - y);   // SWISH
    store<T>(dz, (slope * <f64>load<T>(da)) as T);
  }
}

@inline function geluSlope(z: f64, a: f64): f64 {
  return 1.0 - (0.5 - 0.5 * bend(z)) * (1.0 - 2.0 * GELU_SCALE * a * (1.0 + 3.0 * GELU_CUBE * z * z));
}

/** d_z = a (d_a - Σ a d_a), the sum over the row. */
function softmaxBack<T>(columns: i32, a: usize, da: usize, dz: usize): void {
  const row = <usize>columns * sizeof<T>();
  let total = 0.0;
  for (let j: usize = 0; j < row; j += sizeof<T>()) total += <f64>load<T>(a + j) * <f64>load<T>(da + j);
  for (let j: usize = 0; j < row; j += sizeof<T>()) {
    store<T>(dz + j, (<f64>load<T>(a + j) * (<f64>load<T>(da + j) - total)) as T);
  }
}
