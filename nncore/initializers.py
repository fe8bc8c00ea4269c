"""An initializer draws the first weights of a layer: random, so that neurons differ, and of a fitting size.

Biases start at zero always. Draws come from `np.random.RandomState`, whose stream NumPy has frozen for good
(NEP 19).
"""

from dataclasses import dataclass

import numpy as np

from . import checks


def _small(rng, n_inputs, n_neurons, scale):
    return rng.randn(n_inputs, n_neurons) * scale


def _xavier(rng, n_inputs, n_neurons, scale):
    """Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010)."""
    return rng.randn(n_inputs, n_neurons) * np.sqrt(2.0 / (n_inputs + n_neurons))


def _he(rng, n_inputs, n_neurons, scale):
    """He et al., "Delving Deep into Rectifiers" (2015)."""
    return rng.randn(n_inputs, n_neurons) * np.sqrt(2.0 / n_inputs)


def _zeros(rng, n_inputs, n_neurons, scale):
    return np.zeros((n_inputs, n_neurons))


def _constant(rng, n_inputs, n_neurons, scale):
    return np.full((n_inputs, n_neurons), scale)


INITIALIZERS = {"small": _small, "xavier": _xavier, "he": _he, "zeros": _zeros, "constant": _constant}
DEFAULT_SCALES = {"small": 0.01, "constant": 0.1}


@dataclass(frozen=True)
class Initializer:
    """How weights are drawn: its name and, for small and constant, the scale (default 0.01 and 0.1)."""

    name: str
    scale: float | None = None

    def __post_init__(self):
        checks.choice(self.name, INITIALIZERS, "initializer")
        if self.name not in DEFAULT_SCALES:
            if self.scale is not None:
                raise ValueError(
                    f"{self.name} takes no scale but {self.scale!r} was given: only "
                    f"{' and '.join(DEFAULT_SCALES)} take one"
                )
            return
        scale = DEFAULT_SCALES[self.name] if self.scale is None else checks.number(self.scale, "scale")
        object.__setattr__(self, "scale", scale)

    def draw(self, rng, n_inputs, n_neurons):
        """Return weights (n_inputs, n_neurons) in float64, drawn with rng.randn where chance is needed."""
        return INITIALIZERS[self.name](rng, n_inputs, n_neurons, self.scale)


def get(initializer):
    """Return the initializer of this name with its default scale; an Initializer is returned as it is."""
    return initializer if isinstance(initializer, Initializer) else Initializer(initializer)
