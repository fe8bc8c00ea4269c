// One dense layer's step forward and back, on addresses: what both the built-ins and the plan are made of.

import { product } from './product';

/** z = x @ w + b: x (m, n) has any strides x0, x1; w (n, p), b (1, p) and z (m, p) are contiguous. */
export function affine<T>(
  m: i32, n: i32, p: i32, x: usize, x0: i32, x1: i32, w: usize, b: usize, z: usize
): void {
  const row = p * sizeof<T>() as i32;
  product<T>(m, n, p, x, x0, x1, w, row, sizeof<T>() as i32, z, row);
  for (let i = 0; i < m; i++) {
    const end = z + row;
    let from = b;
    for (; z + 16 <= end; z += 16, from += 16) v128.store(z, v128.add<T>(v128.load(z), v128.load(from)));
    for (; z < end; z += sizeof<T>(), from += sizeof<T>()) store<T>(z, (load<T>(z) + load<T>(from)) as T);
  }
}

/** From d_z (m, p): dw = xᵀ @ dz, db = the sum of its rows, and, unless dx is 0, dx = dz @ wᵀ. */
export function gradients<T>(
  m: i32, n: i32, p: i32, x: usize, x0: i32, x1: i32, w: usize, dz: usize, dw: usize, db: usize, dx: usize
): void {
  const item = sizeof<T>() as i32, row = p * item;
  product<T>(n, m, p, x, x1, x0, dz, row, item, dw, row);
  sumRows<T>(m, p, dz, db);
  if (dx) product<T>(m, p, n, dz, row, item, w, item, row, dx, n * item);
}

/** The rows added one after another, as NumPy does. */
function sumRows<T>(m: i32, p: i32, from: usize, total: usize): void {
  const row = <usize>p * sizeof<T>();
  memory.fill(total, 0, row);
  for (let i = 0; i < m; i++) {
    const end = from + row;
    let to = total;
    for (; from + 16 <= end; from += 16, to += 16) v128.store(to, v128.add<T>(v128.load(to), v128.load(from)));
    for (; from < end; from += sizeof<T>(), to += sizeof<T>()) store<T>(to, (load<T>(to) + load<T>(from)) as T);
  }
}
