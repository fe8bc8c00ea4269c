"""The overhead's yardstick: the SIMD kernel called by hand, one call after another, in a plain loop.

The same calls that `train` would make, with all arrays made once and nothing around them: no events, no checks, no
evaluation. What `train` is faster by comes from its plans, which hand the kernel many updates in one call.
"""

import numpy as np

from nncore.activations import LINEAR, RELU, TANH

from .calls import Calls


def open(workload, parameters, x, y, operations):
    """Return the engine for one workload, a dict; the arrays are those of workloads.arrays."""
    return Engine(workload, parameters, x, y, operations)


class Engine(Calls):
    """The arrays of one batch, and the kernel's calls that work in them."""

    def __init__(self, workload, parameters, x, y, operations):
        super().__init__(workload, parameters)
        self.operations, self.rate, self.fused = operations, workload["rate"], workload["loss"] != "mse"
        sizes, n = workload["sizes"], workload["batch"]
        hidden = RELU if workload["hidden"] == "relu" else TANH
        self.activations = [hidden] * (len(sizes) - 2) + [LINEAR if self.fused else TANH]
        self.z, self.a, self.d_a, self.d_z = ([np.zeros((n, size), np.float32) for size in sizes[1:]] for _ in range(4))
        self._write(x, y, n)

    def _calls(self, x, y):
        kernel, z, a, d_a, d_z = self.operations, self.z, self.a, self.d_a, self.d_z
        inputs, last = [x, *a], len(self.layers) - 1
        calls = [(kernel.dense_forward, (inputs[i], w, b[None], self.activations[i], z[i], a[i]))
                 for i, (w, b) in enumerate(self.layers)]
        if self.fused:
            calls.append((kernel.softmax_cross_entropy, (z[last], y, a[last], d_z[last])))
        else:
            calls.append((kernel.squared_error, (a[last], y, d_a[last])))
        for i in range(last, -1, -1):
            d_w, d_b = self.d_layers[i]
            activation = None if self.fused and i == last else self.activations[i]
            calls.append((kernel.dense_backward, (inputs[i], self.layers[i][0], activation, z[i], a[i], d_a[i], d_z[i],
                                                  d_w, d_b[None], d_a[i - 1] if i else None)))
        calls.append((kernel.sgd, (self.parameters, self.gradients, self.rate, self.scratch)))
        return calls
