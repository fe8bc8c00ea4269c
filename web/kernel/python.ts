// What the built-ins use of CPython: numbers in, numbers out. Pyodide's linker finds these functions by their names;
// web/bundle/kernel.py lets no others in.

@external("env", "PyLong_FromLong") declare function PyLong_FromLong(value: i32): usize;
@external("env", "PyLong_AsLong") declare function PyLong_AsLong(object: usize): i32;
@external("env", "PyFloat_AsDouble") declare function PyFloat_AsDouble(object: usize): f64;
@external("env", "PyFloat_FromDouble") declare function PyFloat_FromDouble(value: f64): usize;

/** The n-th argument of a call, an object's address. */
@inline export function object(args: usize, n: i32): usize { return load<usize>(args + 4 * n); }
/** The n-th argument, a float. */
@inline export function real(args: usize, n: i32): f64 { return PyFloat_AsDouble(object(args, n)); }
/** The n-th argument, a whole number that fits into 32 bits. */
@inline export function whole(args: usize, n: i32): i32 { return PyLong_AsLong(object(args, n)); }

@inline export function asFloat(value: f64): usize { return PyFloat_FromDouble(value); }
@inline export function asInt(value: i32): usize { return PyLong_FromLong(value); }
/** What a built-in returns that has nothing to say: 0, for None belongs to Python. */
@inline export function nothing(): usize { return PyLong_FromLong(0); }
