// The optimizers' updates and the penalty on flat vectors of `count` numbers, with the operations in the order of
// nncore/operations.py, so that the numbers are NumPy's own. Each loop is written twice: for whole vectors of 16
// bytes, and for the few numbers that are left.

/** p -= rate · g */
export function sgd<T>(count: i32, p: usize, g: usize, rate: f64): void {
  const end = p + <usize>count * sizeof<T>(), r = v128.splat<T>(rate as T);
  for (; p + 16 <= end; p += 16, g += 16) {
    v128.store(p, v128.sub<T>(v128.load(p), v128.mul<T>(v128.load(g), r)));
  }
  for (; p < end; p += sizeof<T>(), g += sizeof<T>()) {
    store<T>(p, (load<T>(p) - ((load<T>(g) * (rate as T)) as T)) as T);
  }
}

/** v = keep · v - rate · g;  p += v */
export function momentum<T>(count: i32, p: usize, g: usize, v: usize, rate: f64, keep: f64): void {
  const end = p + <usize>count * sizeof<T>(), r = v128.splat<T>(rate as T), k = v128.splat<T>(keep as T);
  for (; p + 16 <= end; p += 16, g += 16, v += 16) {
    const next = v128.sub<T>(v128.mul<T>(v128.load(v), k), v128.mul<T>(v128.load(g), r));
    v128.store(v, next);
    v128.store(p, v128.add<T>(v128.load(p), next));
  }
  for (; p < end; p += sizeof<T>(), g += sizeof<T>(), v += sizeof<T>()) {
    const next = (((load<T>(v) * (keep as T)) as T) - ((load<T>(g) * (rate as T)) as T)) as T;
    store<T>(v, next);
    store<T>(p, (load<T>(p) + next) as T);
  }
}

/** keep · s + (1 - keep) · g², of one number */
@inline function blend<T>(square: T, slope: T, keep: f64): T {
  return (((square * (keep as T)) as T) + ((((slope * slope) as T) * ((1.0 - keep) as T)) as T)) as T;
}

/** rate · step / (√s + epsilon), of one number */
@inline function scaled<T>(step: T, square: T, rate: f64, epsilon: f64): T {
  return (((step / ((sqrt<T>(square) + (epsilon as T)) as T)) as T) * (rate as T)) as T;
}

/** s = decay · s + (1 - decay) · g²;  p -= rate · g / (√s + epsilon) */
export function rmsprop<T>(
  count: i32, p: usize, g: usize, s: usize, rate: f64, decay: f64, epsilon: f64
): void {
  const end = p + <usize>count * sizeof<T>(), r = v128.splat<T>(rate as T), e = v128.splat<T>(epsilon as T);
  const d = v128.splat<T>(decay as T), other = v128.splat<T>((1.0 - decay) as T);
  for (; p + 16 <= end; p += 16, g += 16, s += 16) {
    const slope = v128.load(g), fresh = v128.mul<T>(v128.mul<T>(slope, slope), other);
    const square = v128.add<T>(v128.mul<T>(v128.load(s), d), fresh);
    const step = v128.div<T>(slope, v128.add<T>(v128.sqrt<T>(square), e));
    v128.store(s, square);
    v128.store(p, v128.sub<T>(v128.load(p), v128.mul<T>(step, r)));
  }
  for (; p < end; p += sizeof<T>(), g += sizeof<T>(), s += sizeof<T>()) {
    const slope = load<T>(g), square = blend<T>(load<T>(s), slope, decay);
    store<T>(s, square);
    store<T>(p, (load<T>(p) - scaled<T>(slope, square, rate, epsilon)) as T);
  }
}

/** m = one · m + (1 - one) · g;  s = two · s + (1 - two) · g²;  p -= rate · m / (√s + epsilon) */
export function adam<T>(
  count: i32, p: usize, g: usize, m: usize, s: usize, rate: f64, one: f64, two: f64, epsilon: f64
): void {
  const end = p + <usize>count * sizeof<T>(), r = v128.splat<T>(rate as T), e = v128.splat<T>(epsilon as T);
  const b1 = v128.splat<T>(one as T), c1 = v128.splat<T>((1.0 - one) as T);
  const b2 = v128.splat<T>(two as T), c2 = v128.splat<T>((1.0 - two) as T);
  for (; p + 16 <= end; p += 16, g += 16, m += 16, s += 16) {
    const slope = v128.load(g), mean = v128.add<T>(v128.mul<T>(v128.load(m), b1), v128.mul<T>(slope, c1));
    const fresh = v128.mul<T>(v128.mul<T>(slope, slope), c2);
    const square = v128.add<T>(v128.mul<T>(v128.load(s), b2), fresh);
    const step = v128.div<T>(mean, v128.add<T>(v128.sqrt<T>(square), e));
    v128.store(m, mean);
    v128.store(s, square);
    v128.store(p, v128.sub<T>(v128.load(p), v128.mul<T>(step, r)));
  }
  for (; p < end; p += sizeof<T>(), g += sizeof<T>(), m += sizeof<T>(), s += sizeof<T>()) {
    const slope = load<T>(g), square = blend<T>(load<T>(s), slope, two);
    const mean = (((load<T>(m) * (one as T)) as T) + ((slope * ((1.0 - one) as T)) as T)) as T;
    store<T>(m, mean);
    store<T>(s, square);
    store<T>(p, (load<T>(p) - scaled<T>(mean, square, rate, epsilon)) as T);
  }
}

/** Returns l1 · Σ|w| + l2/2 · Σw² and adds its gradient to that of the weights. */
export function penalty<T>(count: i32, w: usize, g: usize, l1: f64, l2: f64): f64 {
  let sizes = 0.0, squares = 0.0;
  for (const end = w + <usize>count * sizeof<T>(); w < end; w += sizeof<T>(), g += sizeof<T>()) {
    const value = load<T>(w), sign = (value > (0 as T) ? 1 : value < (0 as T) ? -1 : 0) as T;
    squares += <f64>value * <f64>value;
    sizes += abs<f64>(<f64>value);
    let slope = load<T>(g);
    if (l2 != 0.0) slope = (slope + ((value * (l2 as T)) as T)) as T;
    if (l1 != 0.0) slope = (slope + ((sign * (l1 as T)) as T)) as T;
    store<T>(g, slope);
  }
  return l1 * sizes + 0.5 * l2 * squares;
}
