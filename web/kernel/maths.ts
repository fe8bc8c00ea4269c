// exp, log and tanh in double precision, and exp and softmax as NumPy has them in single.
//
// A table would be static data, and static data would lie in the middle of Python's memory. So there are polynomials
// after range reduction, with errors within a few units in the last place, and the one table that there is, is
// computed into working memory.

import { POWERS, powers } from './scratch';

const LN2: f64 = 0.6931471805599453;
const LOG2E: f64 = 1.4426950408889634;
// ln(2) in two parts: a whole number times the first is exact, so that what is left of x is, too
const LN2_HIGH: f64 = 6.93147180369123816490e-01, LN2_LOW: f64 = 1.90821492927058770002e-10;
const HUGE: f64 = 709.782712893384, TINY: f64 = -745.2;   // beyond, e^x is infinite or 0
const SQRT2: f64 = 1.4142135623730951;

/** e^r - 1 for |r| <= ln(2)/2: its Taylor series, whose next term is below the last place. */
@inline function small(r: f64): f64 {
  return r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0
    + r * (1.0 / 5040.0 + r * (1.0 / 40320.0 + r * (1.0 / 362880.0 + r * (1.0 / 3628800.0
    + r * (1.0 / 39916800.0 + r * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0
    + r * (1.0 / 87178291200.0))))))))))))));
}

/** 2^n for -1022 <= n <= 1023: n is the exponent of the number's own form. */
@inline function power(n: f64): f64 { return reinterpret<f64>((<i64>n + 1023) << 52); }

export function exp(x: f64): f64 {
  if (x != x) return x;   // not a number
  if (x > HUGE) return Infinity;
  if (x < TINY) return 0.0;
  const n = nearest(x * LOG2E), r = (x - n * LN2_HIGH) - n * LN2_LOW, e = 1.0 + small(r);
  if (n < -1000.0) return e * power(n + 600.0) * power(-600.0);   // a result below the normal numbers
  return n > 1023.0 ? e * 2.0 * power(1023.0) : e * power(n);
}

export function tanh(x: f64): f64 {
  const size = abs(x);
  if (size > 22.0) return x > 0.0 ? 1.0 : -1.0;
  const e = size < 0.17 ? small(2.0 * size) : exp(2.0 * size) - 1.0;   // without cancellation near 0
  return copysign<f64>(e / (e + 2.0), x);
}

@inline export function sigmoid(x: f64): f64 { return 0.5 + 0.5 * tanh(0.5 * x); }

/** The natural logarithm of a normal number above 0: x = m · 2^n, log x = log m + n · log 2. */
export function log(x: f64): f64 {
  if (!(x < Infinity)) return x;   // infinite, or not a number
  const bits = reinterpret<i64>(x);
  let n = <f64>((bits >> 52) - 1023), m = reinterpret<f64>((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
  if (m > SQRT2) { m *= 0.5; n += 1.0; }
  const f = (m - 1.0) / (m + 1.0), s = f * f;   // log m = 2 · artanh f
  const series = f * 2.0 * (1.0 + s * (1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0
    + s * (1.0 / 11.0 + s * (1.0 / 13.0 + s * (1.0 / 15.0 + s * (1.0 / 17.0 + s * (1.0 / 19.0
    + s * (1.0 / 21.0)))))))))));
  return n * LN2_HIGH + (series + n * LN2_LOW);
}

// ---- as NumPy has them, bit for bit in float32

// 2^r in powers of r, with the 32 of the table in them
const C1: f64 = 0.6931471806916203 / 32.0, C2: f64 = 0.2402284522445722 / 1024.0,
  C3: f64 = 0.05550361559341535 / 32768.0;

/** Fills the table of 2^(i/32). */
export function prepareMaths(): void {
  for (let i = 0; i < POWERS; i++) store<f64>(powers + 8 * i, exp(<f64>i / <f64>POWERS * LN2));
}

/**
 * e^x in float32, the way of the C library that NumPy calls: x = (k/32 + r/32) · ln 2, so e^x = 2^(k/32) · 2^(r/32),
 * the second by a polynomial of third degree. Source: Arm's optimized routines, expf, whose coefficients these are.
 */
function exp32(x: f32): f32 {
  if (x != x) return x;
  if (x > 88.72283) return Infinity as f32;
  if (x < -103.97207) return 0;
  const z = LOG2E * <f64>POWERS * <f64>x, k = nearest(z), r = z - k, n = <i64>k;
  const s = reinterpret<f64>(load<i64>(powers + 8 * (<usize>n & (POWERS - 1))) + ((n >> 5) << 52));   // 2^(k/32)
  const high = C3 * r + C2, low = C1 * r + 1.0;
  return ((high * (r * r) + low) * s) as f32;
}

@inline function expOf<T>(x: T): T { return sizeof<T>() == 4 ? exp32(x as f32) as T : exp(x as f64) as T; }

/**
 * a = e^z / Σ e^z of one row of `columns` numbers, the largest z taken from each, which cannot overflow. Returns
 * the sum; its rounding is that of NumPy.
 */
export function softmax<T>(columns: i32, z: usize, a: usize): T {
  const row = <usize>columns * sizeof<T>();
  let top = load<T>(z);
  for (let j: usize = sizeof<T>(); j < row; j += sizeof<T>()) top = max<T>(top, load<T>(z + j));
  for (let j: usize = 0; j < row; j += sizeof<T>()) store<T>(a + j, expOf<T>((load<T>(z + j) - top) as T));
  const total = sum<T>(columns, a);
  for (let j: usize = 0; j < row; j += sizeof<T>()) store<T>(a + j, (load<T>(a + j) / total) as T);
  return total;
}

/** The sum of `count` numbers in NumPy's order: eight sums side by side, beyond 128 numbers the halves' sums. */
function sum<T>(count: i32, a: usize): T {
  const item = sizeof<T>() as i32;
  if (count > 128) {
    const half = (count >> 1) & ~7;
    return (sum<T>(half, a) + sum<T>(count - half, a + half * item)) as T;
  }
  let total = 0 as T, i = 0;
  if (count >= 8) {
    let s0 = load<T>(a), s1 = load<T>(a + item), s2 = load<T>(a + 2 * item), s3 = load<T>(a + 3 * item);
    let s4 = load<T>(a + 4 * item), s5 = load<T>(a + 5 * item), s6 = load<T>(a + 6 * item), s7 = load<T>(a + 7 * item);
    for (i = 8; i + 8 <= count; i += 8) {
      const b = a + i * item;
      s0 = (s0 + load<T>(b)) as T; s1 = (s1 + load<T>(b + item)) as T;
      s2 = (s2 + load<T>(b + 2 * item)) as T; s3 = (s3 + load<T>(b + 3 * item)) as T;
      s4 = (s4 + load<T>(b + 4 * item)) as T; s5 = (s5 + load<T>(b + 5 * item)) as T;
      s6 = (s6 + load<T>(b + 6 * item)) as T; s7 = (s7 + load<T>(b + 7 * item)) as T;
    }
    total = ((((s0 + s1) as T) + ((s2 + s3) as T)) as T + (((s4 + s5) as T) + ((s6 + s7) as T)) as T) as T;
  }
  for (; i < count; i++) total = (total + load<T>(a + i * item)) as T;
  return total;
}
