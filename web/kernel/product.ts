// The matrix product C (m, p) = A (m, n) @ B (n, p): A and B have any strides, the rows of C are contiguous.
//
// Blocks of 4 rows by two vectors of columns (8 numbers of float32, 4 of float64) stay in registers while k runs.
// Each number of C is summed over k in order, multiplied and added apart, as NumPy's own loop does: the results are
// the same, bit for bit. B is copied a panel of at most PANEL rows and two vectors of columns at a time, so that the
// inner loop reads it in a row whatever B's strides are; columns beyond p are zero there, and blocks at C's edge are
// done in a place of their own.

import { edge, PANEL, panel, WIDTH } from './scratch';

/** a0, a1, b0, b1: strides of A and B in bytes; c0: bytes of a row of C. */
export function product<T>(
  m: i32, n: i32, p: i32, A: usize, a0: i32, a1: i32, B: usize, b0: i32, b1: i32, C: usize, c0: i32
): void {
  const wide = WIDTH / sizeof<T>() as i32;   // columns of a block
  let k = 0;
  do {   // once even where n is 0: the product is zero then
    const depth = min(PANEL, n - k);
    for (let j = 0; j < p; j += wide) {
      const columns = min(wide, p - j), c = C + j * sizeof<T>();
      pack<T>(B + k * b0 + j * b1, b0, b1, depth, columns, wide);
      let i = 0, a = A + k * a1;
      for (; i + 4 <= m; i += 4, a += 4 * a0) four<T>(a, a0, a1, depth, c + i * c0, c0, columns, wide, k == 0);
      for (; i < m; i++, a += a0) one<T>(a, a1, depth, c + i * c0, columns, wide, k == 0);
    }
    k += PANEL;
  } while (k < n);
}

/** Copies `depth` rows of B, `columns` numbers of each, into the panel. */
function pack<T>(B: usize, b0: i32, b1: i32, depth: i32, columns: i32, wide: i32): void {
  const item = sizeof<T>() as i32;
  let to = panel, k = 0;
  if (columns == wide && b1 == item) {   // rows that are contiguous
    for (; k < depth; k++, to += WIDTH, B += b0) {
      v128.store(to, v128.load(B));
      v128.store(to, v128.load(B, 16), 16);
    }
    return;
  }
  if (columns == wide && b0 == item) {   // columns that are: a transposed matrix
    const square = 16 / item;
    for (; k + square <= depth; k += square, to += square * WIDTH, B += 16) transpose<T>(B, b1, to);
  }
  for (; k < depth; k++, to += WIDTH, B += b0) {
    let from = B;
    for (let j = 0; j < columns; j++, from += b1) store<T>(to + j * item, load<T>(from));
    for (let j = columns; j < wide; j++) store<T>(to + j * item, 0 as T);
  }
}

/** Writes a vector's worth of rows of the panel at `to` from as much of B's contiguous columns. */
@inline function transpose<T>(B: usize, b1: i32, to: usize): void {
  for (let half = 0; half < 2; half++, to += 16) {
    const a = v128.load(B), b = v128.load(B + b1);
    if (sizeof<T>() == 8) {
      v128.store(to, i64x2.shuffle(a, b, 0, 2));
      v128.store(to + WIDTH, i64x2.shuffle(a, b, 1, 3));
      B += 2 * b1;
    } else {
      const c = v128.load(B + 2 * b1), d = v128.load(B + 3 * b1);
      const ab = i32x4.shuffle(a, b, 0, 4, 1, 5), cd = i32x4.shuffle(c, d, 0, 4, 1, 5);   // a0 b0 a1 b1, c0 d0 c1 d1
      const AB = i32x4.shuffle(a, b, 2, 6, 3, 7), CD = i32x4.shuffle(c, d, 2, 6, 3, 7);   // a2 b2 a3 b3, c2 d2 c3 d3
      v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
      v128.store(to + WIDTH, i64x2.shuffle(ab, cd, 1, 3));
      v128.store(to + 2 * WIDTH, i64x2.shuffle(AB, CD, 0, 2));
      v128.store(to + 3 * WIDTH, i64x2.shuffle(AB, CD, 1, 3));
      B += 4 * b1;
    }
  }
}

/** Four rows of one block of C: begun (`first`) or carried on with the panel's rows. */
function four<T>(
  A: usize, a0: i32, a1: i32, depth: i32, C: usize, c0: i32, columns: i32, wide: i32, first: bool
): void {
  const whole = columns == wide, to = whole ? C : edge, step = whole ? c0 : WIDTH;
  if (!whole && !first) for (let r = 0; r < 4; r++) memory.copy(edge + WIDTH * r, C + r * c0, columns * sizeof<T>());
  let x0 = v128.splat<T>(0 as T), y0 = x0, x1 = x0, y1 = x0, x2 = x0, y2 = x0, x3 = x0, y3 = x0;
  if (!first) {
    x0 = v128.load(to); y0 = v128.load(to, 16);
    x1 = v128.load(to + step); y1 = v128.load(to + step, 16);
    x2 = v128.load(to + 2 * step); y2 = v128.load(to + 2 * step, 16);
    x3 = v128.load(to + 3 * step); y3 = v128.load(to + 3 * step, 16);
  }
  if (depth > 0) {   // V8 makes a quicker loop of one that it knows to run: 55 in place of 45 GFLOP/s
    let from = panel, A1 = A + a0, A2 = A1 + a0, A3 = A2 + a0;
    for (let k = 0; k < depth; k++, from += WIDTH) {
      const x = v128.load(from), y = v128.load(from, 16);
      let a = v128.load_splat<T>(A);
      x0 = v128.add<T>(x0, v128.mul<T>(a, x)); y0 = v128.add<T>(y0, v128.mul<T>(a, y));
      a = v128.load_splat<T>(A1);
      x1 = v128.add<T>(x1, v128.mul<T>(a, x)); y1 = v128.add<T>(y1, v128.mul<T>(a, y));
      a = v128.load_splat<T>(A2);
      x2 = v128.add<T>(x2, v128.mul<T>(a, x)); y2 = v128.add<T>(y2, v128.mul<T>(a, y));
      a = v128.load_splat<T>(A3);
      x3 = v128.add<T>(x3, v128.mul<T>(a, x)); y3 = v128.add<T>(y3, v128.mul<T>(a, y));
      A += a1; A1 += a1; A2 += a1; A3 += a1;
    }
  }
  v128.store(to, x0); v128.store(to, y0, 16);
  v128.store(to + step, x1); v128.store(to + step, y1, 16);
  v128.store(to + 2 * step, x2); v128.store(to + 2 * step, y2, 16);
  v128.store(to + 3 * step, x3); v128.store(to + 3 * step, y3, 16);
  if (!whole) for (let r = 0; r < 4; r++) memory.copy(C + r * c0, edge + WIDTH * r, columns * sizeof<T>());
}

/** One row of one block, where fewer than four are left. */
function one<T>(A: usize, a1: i32, depth: i32, C: usize, columns: i32, wide: i32, first: bool): void {
  const whole = columns == wide, to = whole ? C : edge;
  if (!whole && !first) memory.copy(edge, C, columns * sizeof<T>());
  let x0 = v128.splat<T>(0 as T), y0 = x0;
  if (!first) { x0 = v128.load(to); y0 = v128.load(to, 16); }
  for (let k = 0, from = panel; k < depth; k++, from += WIDTH, A += a1) {
    const a = v128.load_splat<T>(A);
    x0 = v128.add<T>(x0, v128.mul<T>(a, v128.load(from)));
    y0 = v128.add<T>(y0, v128.mul<T>(a, v128.load(from, 16)));
  }
  v128.store(to, x0); v128.store(to, y0, 16);
  if (!whole) memory.copy(C, edge, columns * sizeof<T>());
}
