// A NumPy array as CPython holds it in memory on a 32-bit platform: the fields of the object that the kernels read.
//
// Nothing is copied: a transposed or sliced view is an object of its own with other strides on the same numbers.
// Strides are in bytes and may be negative. engine/kernel/library.py makes sure that the fields are where we look.

const DATA = 8, SHAPE = 16, STRIDES = 20, DTYPE = 28;   // of the array object
const TYPE_NUMBER = 16, FLOAT32 = 11;   // of its dtype object, and NumPy's own number for float32

@inline export function data(array: usize): usize { return load<usize>(array + DATA); }
@inline export function length(array: usize): i32 { return load<i32>(load<usize>(array + SHAPE)); }
@inline export function columns(array: usize): i32 { return load<i32>(load<usize>(array + SHAPE) + 4); }
@inline export function rowStride(array: usize): i32 { return load<i32>(load<usize>(array + STRIDES)); }
@inline export function columnStride(array: usize): i32 { return load<i32>(load<usize>(array + STRIDES) + 4); }

/** Whether its numbers are float32; the kernels exist for these and for float64. */
@inline export function isSingle(array: usize): bool {
  return load<i32>(load<usize>(array + DTYPE) + TYPE_NUMBER) == FLOAT32;
}
