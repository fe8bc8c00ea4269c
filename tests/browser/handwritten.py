"""The yardstick: the training step of a 64-64-10 network written out by hand for NumPy, as fast as it goes.

float32, every array made once, `out=` everywhere, one flat parameter vector; ReLU, softmax cross-entropy, SGD.
Runs wherever NumPy does; `rows_per_second(x, y)` is measured by the benchmarks in the browser and natively.
"""
import time

import numpy as np

INPUTS, HIDDEN, CLASSES, BATCH, RATE = 64, 64, 10, 32, 0.1


def make_step(seed=0):
    """A function of (x (BATCH, INPUTS), y one-hot (BATCH, CLASSES)) that does one update in place."""
    sizes = [(INPUTS, HIDDEN), (1, HIDDEN), (HIDDEN, CLASSES), (1, CLASSES)]
    ends = np.cumsum([rows * columns for rows, columns in sizes])
    parameters, gradients, scratch = (np.zeros(ends[-1], np.float32) for _ in range(3))
    w1, b1, w2, b2 = (part.reshape(size) for part, size in zip(np.split(parameters, ends[:-1]), sizes))
    d_w1, d_b1, d_w2, d_b2 = (part.reshape(size) for part, size in zip(np.split(gradients, ends[:-1]), sizes))
    rng = np.random.RandomState(seed)
    w1[...] = rng.standard_normal(w1.shape) * np.sqrt(2 / INPUTS)
    w2[...] = rng.standard_normal(w2.shape) * np.sqrt(2 / HIDDEN)
    a1, d_z1 = (np.zeros((BATCH, HIDDEN), np.float32) for _ in range(2))
    alive = np.zeros((BATCH, HIDDEN), bool)
    z2 = np.zeros((BATCH, CLASSES), np.float32)
    column = np.zeros((BATCH, 1), np.float32)

    def step(x, y):
        np.matmul(x, w1, out=a1)  # (BATCH, HIDDEN)
        np.add(a1, b1, out=a1)
        np.maximum(a1, 0, out=a1)
        np.matmul(a1, w2, out=z2)  # (BATCH, CLASSES)
        np.add(z2, b2, out=z2)
        np.max(z2, axis=1, keepdims=True, out=column)
        np.subtract(z2, column, out=z2)
        np.exp(z2, out=z2)
        np.sum(z2, axis=1, keepdims=True, out=column)
        np.divide(z2, column, out=z2)
        np.subtract(z2, y, out=z2)  # the gradient by z2, times BATCH
        np.multiply(z2, 1 / BATCH, out=z2)
        np.matmul(a1.T, z2, out=d_w2)
        np.sum(z2, axis=0, keepdims=True, out=d_b2)
        np.matmul(z2, w2.T, out=d_z1)
        np.greater(a1, 0, out=alive)
        np.multiply(d_z1, alive, out=d_z1)
        np.matmul(x.T, d_z1, out=d_w1)
        np.sum(d_z1, axis=0, keepdims=True, out=d_b1)
        np.multiply(gradients, RATE, out=scratch)
        np.subtract(parameters, scratch, out=parameters)

    return step


def rows_per_second(seconds=2.0):
    """Rows trained on a second, over at least that many seconds."""
    rng = np.random.RandomState(1)
    x = rng.random_sample((BATCH * 33, INPUTS)).astype(np.float32)
    y = np.eye(CLASSES, dtype=np.float32)[rng.randint(CLASSES, size=len(x))]
    step, rows = make_step(), 0
    step(x[:BATCH], y[:BATCH])
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for start in range(0, len(x), BATCH):
            step(x[start:start + BATCH], y[start:start + BATCH])
        rows += len(x)
    return rows / (time.perf_counter() - began)
