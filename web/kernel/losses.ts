// The losses: each returns the mean and fills the gradient, as nncore/operations.py defines them. All arrays are
// contiguous; sums are in double precision.

import { exp, log, sigmoid, softmax } from './maths';

/** Mean of (outputs - targets)² over `count` numbers. */
export function squaredError<T>(count: i32, outputs: usize, targets: usize, gradient: usize): f64 {
  const size = <usize>count * sizeof<T>(), scale = (2.0 / <f64>count) as T;
  let total = 0.0;
  for (let i: usize = 0; i < size; i += sizeof<T>()) {
    const difference = (load<T>(outputs + i) - load<T>(targets + i)) as T;
    total += <f64>difference * <f64>difference;
    store<T>(gradient + i, (difference * scale) as T);
  }
  return total / <f64>count;
}

/** Mean over the rows of -Σ targets · log softmax(logits): log Σ eˢ - Σ targets · s, s = logits - largest. */
export function softmaxCrossEntropy<T>(
  rows: i32, columns: i32, logits: usize, targets: usize, probabilities: usize, gradient: usize
): f64 {
  const row = <usize>columns * sizeof<T>(), share = (1.0 / <f64>rows) as T;
  let total = 0.0;
  for (let i = 0; i < rows; i++) {
    const sum = <f64>softmax<T>(columns, logits, probabilities);
    let top = load<T>(logits), picked = 0.0;
    for (let j: usize = sizeof<T>(); j < row; j += sizeof<T>()) top = max<T>(top, load<T>(logits + j));
    for (let j: usize = 0; j < row; j += sizeof<T>()) {
      const y = load<T>(targets + j);
      picked += <f64>y * (<f64>load<T>(logits + j) - <f64>top);
      store<T>(gradient + j, ((((load<T>(probabilities + j) - y) as T) * share) as T));
    }
    total += log(sum) - picked;
    logits += row; targets += row; probabilities += row; gradient += row;
  }
  return total / <f64>rows;
}

/** Mean over `count` numbers of log(1 + eˡ) - l · target, as max(l, 0) + log(1 + e^-|l|) - l · target. */
export function sigmoidCrossEntropy<T>(
  count: i32, logits: usize, targets: usize, probabilities: usize, gradient: usize
): f64 {
  const size = <usize>count * sizeof<T>(), share = (1.0 / <f64>count) as T;
  let total = 0.0;
  for (let i: usize = 0; i < size; i += sizeof<T>()) {
    const l = <f64>load<T>(logits + i), y = load<T>(targets + i), p = sigmoid(l) as T;
    total += max<f64>(l, 0.0) + log(1.0 + exp(-abs(l))) - l * <f64>y;
    store<T>(probabilities + i, p);
    store<T>(gradient + i, ((p - y) * share) as T);
  }
  return total / <f64>count;
}
