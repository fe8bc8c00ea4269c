// Working memory: one stretch of it, which Python hands over once (`prepare`) and nobody else uses. What each part is
// for is said where it is used.

export const PANEL: i32 = 256;   // rows of the product's panel
export const WIDTH: i32 = 32;    // bytes of one of its rows: two vectors
export const POWERS: i32 = 32;   // numbers of double precision in the table of exp

export let panel: usize = 0;    // PANEL rows
export let edge: usize = 0;     // 4 rows
export let powers: usize = 0;

/** Bytes that `take` needs. */
export const SIZE: i32 = (PANEL + 4) * WIDTH + POWERS * 8 + 16;

export function take(address: usize): void {
  panel = (address + 15) & ~15;   // vectors that lie on multiples of 16 are read quicker
  edge = panel + PANEL * WIDTH;
  powers = edge + 4 * WIDTH;
}
