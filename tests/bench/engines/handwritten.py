"""The yardstick: the same training step written out by hand for NumPy, as fast as it goes.

float32, every array made once, one flat parameter vector, no loss worked out; the calls of each batch are written
down beforehand. Runs wherever NumPy does, in Pyodide and natively.
"""

import numpy as np

from .calls import Calls


def open(workload, parameters, x, y):
    """Return the engine for one workload, a dict; the arrays are those of workloads.arrays."""
    return Engine(workload, parameters, x, y)


class Engine(Calls):
    """The arrays of one batch, and the NumPy calls that work in them."""

    def __init__(self, workload, parameters, x, y):
        super().__init__(workload, parameters)
        self.rate, self.relu = np.float32(workload["rate"]), workload["hidden"] == "relu"
        sizes, n = workload["sizes"], workload["batch"]
        self.a, self.d_z = ([np.zeros((n, size), np.float32) for size in sizes[1:]] for _ in range(2))
        slope_type = bool if self.relu else np.float32
        self.slopes = [np.zeros((n, size), slope_type) for size in sizes[1:]]
        self.column = np.zeros((n, 1), np.float32)
        self._write(x, y, n)

    def _calls(self, x, y):
        a, d_z, last = self.a, self.d_z, len(self.a) - 1
        calls = []
        for i, (w, b) in enumerate(self.layers):
            calls.append((np.matmul, (a[i - 1] if i else x, w, a[i])))
            calls.append((np.add, (a[i], b, a[i])))
            if not self.relu:
                calls.append((np.tanh, (a[i], a[i])))
            elif i < last:
                calls.append((np.maximum, (a[i], np.float32(0), a[i])))
        calls += self._softmax_slope(y) if self.relu else self._squared_slope(y)
        for i in range(last, -1, -1):
            d_w, d_b = self.d_layers[i]
            calls.append((np.matmul, ((a[i - 1] if i else x).T, d_z[i], d_w)))
            calls.append((np.add.reduce, (d_z[i], 0, None, d_b)))
            if i:
                calls.append((np.matmul, (d_z[i], self.layers[i][0].T, d_z[i - 1])))
                calls += self._activation_slope(i - 1)
        calls.append((np.multiply, (self.gradients, self.rate, self.scratch)))
        calls.append((np.subtract, (self.parameters, self.scratch, self.parameters)))
        return calls

    def _softmax_slope(self, y):
        """d_z = (softmax(a) - y) / batch; a is lost."""
        a, d_z, column = self.a[-1], self.d_z[-1], self.column
        return [
            (np.maximum.reduce, (a, 1, None, column, True)),
            (np.subtract, (a, column, a)),
            (np.exp, (a, a)),
            (np.add.reduce, (a, 1, None, column, True)),
            (np.divide, (a, column, a)),
            (np.subtract, (a, y, d_z)),
            (np.multiply, (d_z, np.float32(1 / len(y)), d_z)),
        ]

    def _squared_slope(self, y):
        """d_z = 2 (a - y) / size, times the activation's slope."""
        a, d_z = self.a[-1], self.d_z[-1]
        return [
            (np.subtract, (a, y, d_z)),
            (np.multiply, (d_z, np.float32(2 / y.size), d_z)),
            *self._activation_slope(len(self.a) - 1),
        ]

    def _activation_slope(self, i):
        """Turns the gradient by a layer's outputs into that by its sums, in place."""
        a, d_z, slope = self.a[i], self.d_z[i], self.slopes[i]
        if self.relu:
            return [(np.greater, (a, np.float32(0), slope)), (np.multiply, (d_z, slope, d_z))]
        return [
            (np.multiply, (a, a, slope)),
            (np.subtract, (np.float32(1), slope, slope)),
            (np.multiply, (d_z, slope, d_z)),
        ]
