"""Tries the loaded kernel out against NumPy before it is trusted: every kind of kernel, on a few thousand numbers."""
import time
from dataclasses import replace

import numpy as np

from engine.kernel.library import Refused
from nncore import Dense, Network
from nncore.losses import get as get_loss
from nncore.operations import NUMPY
from nncore.optimizers import make
from nncore.updates import Updates

CLOSE = {np.float32: 2e-6, np.float64: 1e-13}  # of the largest number
# (m, n) @ (n, p): edges of the kernel's blocks of 4 rows and 8 or 4 columns, and of its panels of 256
SHAPES = [(1, 1, 1), (4, 3, 8), (5, 7, 9), (13, 2, 3), (3, 260, 17), (8, 513, 4), (0, 3, 2), (3, 0, 2), (3, 2, 0)]
VIEWS = 3  # of a matrix: as it is, transposed, every second row and third column backwards
GUARD = 8  # numbers before and after an array that must stay as they are
# Activations of a network's layers, its loss, the optimizers: together, all there are
RUNS = [(["relu", "leaky_relu", "tanh", "gelu", "softmax"], "categorical_cross_entropy", ["sgd", "adam"]),
        (["softmax", "swish", "sigmoid", "linear"], "mse", ["momentum"]),
        (["tanh", "sigmoid"], "binary_cross_entropy", ["rmsprop"])]
WIDTHS = [5, 9, 4, 7, 6, 3]
ROWS, BATCH = 7, 4  # so that the last batch is smaller
SPEED_SIDE = 128  # of the matrices by which the speed is measured


def run(kernel):
    """Raises Refused, naming it, where the kernel does anything else than NumPy."""
    speed(kernel, times=1, rounds=1)  # so that the browser begins to compile it for speed, meanwhile
    random = np.random.RandomState(1)
    numbers = random.randn(2 * 3 * max(max(m * n, n * p) for m, n, p in SHAPES))
    for dtype in (np.float32, np.float64):
        for i, shape in enumerate(SHAPES):
            for view in range(VIEWS):
                products(kernel, numbers, *shape, view, (view + i) % VIEWS, dtype)
        for names, loss, optimizers in RUNS if dtype is np.float32 else RUNS[:1]:
            training(kernel, random, names, get_loss(loss), optimizers, dtype)


def products(kernel, numbers, m, n, p, view_of_a, view_of_b, dtype):
    """A product must be NumPy's bit for bit, and leave what lies around it alone."""
    a, b = _matrix(numbers, m, n, view_of_a, dtype), _matrix(-numbers, n, p, view_of_b, dtype)
    guarded = np.full(m * p + 2 * GUARD, 7, dtype)
    out = guarded[GUARD:GUARD + m * p].reshape(m, p)
    kernel.matmul(a, b, out)
    same = np.array_equal(out, np.matmul(a, b)) and (guarded[:GUARD] == 7).all() and (guarded[GUARD + m * p:] == 7).all()
    if not same:
        raise Refused("its product (%d, %d) @ (%d, %d) in %s is not NumPy's" % (m, n, n, p, dtype.__name__))


def _matrix(numbers, rows, columns, view, dtype):
    size = rows * columns
    if view == 0:
        return numbers[:size].astype(dtype).reshape(rows, columns)
    if view == 1:
        return numbers[:size].astype(dtype).reshape(columns, rows).T
    return numbers[:6 * size].astype(dtype).reshape(2 * rows, 3 * columns)[::-2, ::-3]


def training(kernel, random, names, loss, optimizers, dtype):
    """Penalised updates of a network with a lock, call by call and as a plan, must come to what NumPy comes to."""
    x = random.randn(ROWS, WIDTHS[0]).astype(dtype)
    y = np.eye(WIDTHS[len(names)], dtype=dtype)[random.randint(0, 3, ROWS)]
    networks = [Network([Dense(*layer, "zeros") for layer in zip(WIDTHS, WIDTHS[1:], names)], dtype=dtype, operations=operations)
                for operations in (NUMPY, replace(kernel.operations, plan=None), kernel.operations)]
    start = random.randn(networks[0].parameters.size) * 0.5
    for name in optimizers:
        right = None
        for network in networks:
            network.parameters[...] = start
            network.locked = np.arange(start.size) == 4
            updates, optimizer = Updates(network, x, y), make(name, 0.01)
            updates.open(np.arange(ROWS), BATCH)
            done = updates.run(0, len(updates.bounds), loss, optimizer, 0.001, 0.01, None)
            result = np.concatenate([network.parameters, network.gradients, *optimizer.moments, done])
            right = result if right is None else right
            if not np.abs(result - right).max() < CLOSE[dtype] * np.abs(right).max():
                raise Refused("its updates with %s and %s in %s are not NumPy's" % (name, ", ".join(names), dtype.__name__))


def speed(kernel, times=8, rounds=3):
    """Billions of operations a second in products of float32; 0 where the clock is too coarse to tell."""
    a = np.ones((SPEED_SIDE, SPEED_SIDE), np.float32)
    out = np.empty_like(a)
    best = 0.0
    for _ in range(rounds):
        begun = time.perf_counter()
        for _ in range(times):
            kernel.matmul(a, a, out)
        seconds = time.perf_counter() - begun
        if seconds > 5e-4:
            best = max(best, 2 * SPEED_SIDE**3 * times / seconds / 1e9)
    return best
