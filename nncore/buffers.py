"""Buffers are the arrays a training step works in, made once per batch size so that the step makes none."""

import numpy as np

from . import checks
from .activations import LINEAR

KEPT = 8  # batch sizes


class LayerBuffers:
    """All that the kernels need for one layer: its parameters, and the arrays of one batch.

    x (batch, n_inputs) is what last went in; z, a, d_z, d_a are (batch, n_neurons), and a linear layer has
    one array for z and a and one for d_z and d_a. `mask` (batch, n_neurons) exists with dropout only: 0 for
    an output that is dropped, 1 / (1 - dropout) for one that is kept; `dropped` is a times mask, which goes
    to the next layer.
    """

    __slots__ = (
        "activation",
        "weights",
        "biases",
        "d_weights",
        "d_biases",
        "x",
        "z",
        "a",
        "d_z",
        "d_a",
        "d_x",
        "dropout",
        "mask",
        "dropped",
    )

    def __init__(self, layer, n_rows, d_x):
        shape = (n_rows, layer.n_neurons)
        self.activation = layer.activation
        self.weights, self.biases = layer.weights, layer.biases
        self.d_weights, self.d_biases = layer.d_weights, layer.d_biases
        self.x = None
        self.d_x = d_x  # the d_a of the layer before
        self.z, self.d_z = np.zeros(shape, layer.dtype), np.zeros(shape, layer.dtype)
        linear = layer.activation is LINEAR
        self.a = self.z if linear else np.zeros(shape, layer.dtype)
        self.d_a = self.d_z if linear else np.zeros(shape, layer.dtype)
        self.dropout = layer.dropout
        self.mask = np.zeros(shape, layer.dtype) if layer.dropout else None
        self.dropped = np.zeros(shape, layer.dtype) if layer.dropout else None

    def drop(self, rng):
        """Return a with a random share of its entries zero and the rest scaled up, so that the expected sum
        stays.

        Source: Srivastava et al., "Dropout" (2014), in the inverted form.
        """
        mask = self.mask
        rng.random(out=mask, dtype=mask.dtype)
        np.add(mask, 1.0 - self.dropout, out=mask)
        np.floor(mask, out=mask)  # 1 where the random number was at least `dropout`, else 0
        np.multiply(mask, 1.0 / (1.0 - self.dropout), out=mask)
        np.multiply(self.a, mask, out=self.dropped)
        return self.dropped

    def __repr__(self):
        return f"LayerBuffers({self.activation.name}, z {self.z.shape})"


class Buffers:
    """The LayerBuffers of a network for n_rows; `probabilities` serves a loss that is not fused."""

    def __init__(self, layers, n_rows):
        works = []
        for layer in layers:
            works.append(LayerBuffers(layer, n_rows, works[-1].d_a if works else None))
        self.n_rows = n_rows
        self.layers = tuple(works)
        self.hidden = self.layers[:-1]
        self.hidden_backwards = self.hidden[::-1]
        self.last = works[-1]
        self.probabilities = np.zeros_like(self.last.z)

    def __len__(self):
        return len(self.layers)

    def __getitem__(self, i):
        return self.layers[i]

    def __repr__(self):
        return (
            f"Buffers({self.n_rows} rows:"
            f" {', '.join(f'{w.activation.name} {w.z.shape}' for w in self.layers)})"
        )


class Shelf:
    """The Buffers of a network for the last few batch sizes, made when first asked for.

    `check`, where operations have one, sees each of them before anything else does.
    """

    def __init__(self, layers, check=None):
        self._layers = layers
        self._check = check
        self._kept = {}

    def clear(self):
        """Forget all Buffers, because the layers have changed."""
        self._kept.clear()

    def get(self, n_rows):
        """Return the Buffers for n_rows; the ones used longest ago make room."""
        found = self._kept.pop(n_rows, None)
        if found is None:
            found = Buffers(self._layers, checks.count(n_rows, "n_rows"))
            if self._check is not None:
                self._check(found)
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[n_rows] = found  # the last entry is the one used last
        return found
