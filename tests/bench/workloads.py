"""The workloads are what every engine trains: a network, its first weights and its batches, alike for all.

The inputs are normal numbers and the answers those of a random linear rule, one in ten of them replaced, so that
no network ever has nothing left to learn. Each run begins at the same weights and takes the same batches in the
same order, with plain SGD.
"""

from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class Workload:
    """A network of `sizes` and how it is trained; `rows` is a multiple of `batch`.

    `hidden` is the activation of the hidden layers; the last has `output`, with which `loss` is "mse" for tanh
    and "softmax cross-entropy" for softmax.
    """

    name: str
    sizes: tuple
    hidden: str
    output: str
    loss: str
    batch: int
    rows: int
    rate: float

    @property
    def title(self):
        """The workload in a few words, as in `W3 64-64-10 relu, batch 32`."""
        return f"{self.name} {'-'.join(map(str, self.sizes))} {self.hidden}, batch {self.batch}"

    def to_dict(self):
        """Return what an engine is told, fit for JSON."""
        return asdict(self)


CROSS_ENTROPY = "softmax cross-entropy"
WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload("W1", (2, 4, 2, 1), "tanh", "tanh", "mse", 10, 500, 0.01),
        Workload("W2", (2, 64, 64, 3), "relu", "softmax", CROSS_ENTROPY, 32, 608, 0.01),
        Workload("W3", (64, 64, 10), "relu", "softmax", CROSS_ENTROPY, 32, 1792, 0.01),
        Workload("W4", (784, 128, 10), "relu", "softmax", CROSS_ENTROPY, 128, 1280, 0.01),
    )
}


def arrays(workload):
    """Return (parameters (n,), x (rows, n_inputs), y (rows, n_outputs)), float32.

    The parameters are every layer's weights (n_inputs, n_neurons) row by row, then its biases, layer after layer.
    y is one-hot, or ±1 where there is one output.
    """
    rng = np.random.RandomState(0)
    n_inputs, n_outputs = workload.sizes[0], workload.sizes[-1]
    parameters = []
    for fan_in, fan_out in zip(workload.sizes, workload.sizes[1:]):
        parameters += [rng.standard_normal(fan_in * fan_out) * np.sqrt(2 / fan_in), np.zeros(fan_out)]
    x = rng.standard_normal((workload.rows, n_inputs))
    labels = (x @ rng.standard_normal((n_inputs, max(n_outputs, 2)))).argmax(axis=1)
    replaced = rng.random_sample(workload.rows) < 0.1
    labels[replaced] = rng.randint(max(n_outputs, 2), size=replaced.sum())
    y = np.eye(n_outputs)[labels] if n_outputs > 1 else 2.0 * labels[:, None] - 1.0
    return tuple(array.astype(np.float32) for array in (np.concatenate(parameters), x, y))


def reference(workload, epochs):
    """Return the parameters after some epochs, in float64 and with the formulas as they stand in books."""
    parameters, x, y = (array.astype(float) for array in arrays(workload))
    ends = np.cumsum([size for i, o in zip(workload.sizes, workload.sizes[1:]) for size in (i * o, o)])
    pieces = np.split(parameters, ends[:-1])  # views: to change them is to change the parameters
    layers = [(w.reshape(-1, len(b)), b) for w, b in zip(pieces[::2], pieces[1::2])]
    for start in list(range(0, workload.rows, workload.batch)) * epochs:
        target = y[start : start + workload.batch]
        a = [x[start : start + workload.batch]]
        for w, b in layers:
            z = a[-1] @ w + b
            a.append(np.maximum(z, 0) if workload.hidden == "relu" else np.tanh(z))
        if workload.loss == "mse":
            d_z = 2 * (a[-1] - target) / target.size * (1 - a[-1] ** 2)
        else:
            shares = np.exp(z - z.max(axis=1, keepdims=True))
            d_z = (shares / shares.sum(axis=1, keepdims=True) - target) / len(target)
        for i in reversed(range(len(layers))):
            w, b = layers[i]
            d_a = d_z @ w.T
            w -= workload.rate * a[i].T @ d_z
            b -= workload.rate * d_z.sum(axis=0)
            d_z = d_a * (a[i] > 0 if workload.hidden == "relu" else 1 - a[i] ** 2)
    return parameters


def deviation(workload, parameters, epochs=2):
    """Return how far parameters are from the reference: the largest difference over the largest weight."""
    right = reference(workload, epochs)
    return float(np.abs(np.asarray(parameters, float) - right).max() / np.abs(right).max())
