"""One layer on a batch, one sample at a time and as one product: the same numbers, and the time of both.

Plain NumPy in float32, as the lab's own network computes.
"""
import math
import time

import numpy as np

MOST_ROWS, MOST_COLUMNS = 1024, 1024
WAYS = ["loop", "product"]
SAMPLE = 0.004  # seconds of one clock reading at least: a browser's clock ticks every 0.1 ms
WARM_UP = 0.03  # seconds, at least one run: the first ones fetch memory, and the browser is still compiling
BUDGET = 0.08  # seconds for one measurement, unless a single run takes longer
MOST_SAMPLES = 15


def one_by_one(x, weights, biases):
    """The layer applied to each row on its own, (rows, n_neurons): as many products as rows."""
    z = np.empty((len(x), weights.shape[1]), x.dtype)
    for i in range(len(x)):
        z[i] = x[i : i + 1] @ weights + biases  # (1, n_inputs) @ (n_inputs, n_neurons)
    return z


def at_once(x, weights, biases):
    """The layer applied to all rows, (rows, n_neurons): one product."""
    return x @ weights + biases  # (rows, n_inputs) @ (n_inputs, n_neurons)


def answer(question, session):
    """What the page asks, by the question's `do`:

    "layer" {x, w, b}: {loop, product, difference} of these small arrays.
    "compare" {rows, inputs, neurons}: {difference, differing, numbers}: the largest difference of the two ways
    on random numbers, and how many of the numbers differ at all.
    "time" {rows, inputs, neurons, way}: {seconds, samples}: the median time of one of WAYS.
    {error: sentence} for a question that can't be answered.
    """
    try:
        return _answer(question)
    except ValueError as error:
        return {"error": str(error)}


def _answer(question):
    if not isinstance(question, dict) or question.get("do") not in ("layer", "compare", "time"):
        raise ValueError("the question must be a dict whose do is layer, compare or time")
    if question["do"] == "layer":
        x, weights, biases = (_array(question, name) for name in "xwb")
        if x.shape[1] != weights.shape[0] or biases.shape != (1, weights.shape[1]):
            raise ValueError("x %s, w %s and b %s do not fit: the columns of x must equal the rows of w, and b must have "
                             "one row with w's columns" % (x.shape, weights.shape, biases.shape))
        loop, product = one_by_one(x, weights, biases), at_once(x, weights, biases)
        return {"loop": loop.tolist(), "product": product.tolist(), "difference": _difference(loop, product)}
    arrays = random_layer(*(_whole(question, name, most) for name, most in
                            (("rows", MOST_ROWS), ("inputs", MOST_COLUMNS), ("neurons", MOST_COLUMNS))))
    if question["do"] == "compare":
        loop, product = one_by_one(*arrays), at_once(*arrays)
        return {"difference": _difference(loop, product), "differing": int(np.sum(loop != product)), "numbers": loop.size}
    if question.get("way") not in WAYS:
        raise ValueError("way must be one of " + ", ".join(WAYS))
    seconds, samples = measure(one_by_one if question["way"] == "loop" else at_once, arrays)
    return {"seconds": seconds, "samples": samples}


def random_layer(rows, inputs, neurons):
    """x (rows, inputs), weights (inputs, neurons) and biases (1, neurons), the same at each call."""
    dice = np.random.default_rng(1)
    return (dice.standard_normal((rows, inputs), np.float32), dice.standard_normal((inputs, neurons), np.float32),
            dice.standard_normal((1, neurons), np.float32))


def measure(run, arrays, clock=time.perf_counter):
    """The median seconds of one run, and of how many clock readings; each reading spans enough runs to be read off."""
    began, together = clock(), 1
    while clock() - began < WARM_UP:
        run(*arrays)
    while True:
        readings = [_timed(run, arrays, together, clock) / together for _ in range(2)]
        if min(readings) * together >= SAMPLE:  # of two, since one may be long because something else was under way
            break
        together *= 2
    while len(readings) < MOST_SAMPLES and (len(readings) < 3 or clock() - began < BUDGET):
        readings.append(_timed(run, arrays, together, clock) / together)
    return float(np.median(readings)), len(readings)


def _timed(run, arrays, together, clock):
    start = clock()
    for _ in range(together):
        run(*arrays)
    return clock() - start


def _difference(one, other):
    return float(np.abs(one - other).max())


def _whole(question, name, most):
    value = question.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ValueError("%s must be a whole number from 1 to %d" % (name, most))
    return value


def _array(question, name):
    """A small matrix of the question's, (rows, columns) of float32."""
    rows = question.get(name)
    if (not isinstance(rows, list) or not 1 <= len(rows) <= 16
            or not all(isinstance(row, list) and 1 <= len(row) <= 16 and len(row) == len(rows[0]) for row in rows)
            or not all(type(value) in (int, float) and math.isfinite(value) and abs(value) <= 1e6 for row in rows for value in row)):
        raise ValueError("%s must be a list of 1 to 16 rows, each with the same 1 to 16 numbers up to a million" % name)
    return np.array(rows, np.float32)
