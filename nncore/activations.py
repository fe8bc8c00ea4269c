"""An activation bends the output of a layer: without one, any stack of layers is a single straight line.

Each activation is one frozen object that holds a function and its derivative, registered under its public
name. z and a are (batch, n_neurons); d_a is the loss's gradient with respect to a, d_z the one with respect
to z. Every function writes into the array given last and, unless its docstring says so, allocates nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import checks
from .operations import sigmoid

LEAK = 0.01  # slope of leaky_relu below zero
GELU_SCALE = np.sqrt(2 / np.pi).item()
GELU_CUBE = 0.044715


@dataclass(frozen=True, eq=False, repr=False)
class Activation:
    """`forward(z, a)` fills a, `backward(z, a, d_a, d_z)` fills d_z, `expression` is NumPy source."""

    name: str
    formula: str
    expression: str
    forward: Callable
    backward: Callable

    def __call__(self, z):
        """Return the activation of z, an array of at least one dimension, as a fresh array."""
        z = np.atleast_1d(checks.numeric(z, "z"))
        a = np.empty_like(z)
        self.forward(z, a)
        return a

    def __repr__(self):
        return f"Activation({self.name!r}: {self.formula})"


def _linear(z, a):
    if a is not z:
        np.copyto(a, z)


def _linear_back(z, a, d_a, d_z):
    if d_z is not d_a:
        np.copyto(d_z, d_a)


def _relu(z, a):
    np.maximum(z, 0.0, out=a)


def _relu_back(z, a, d_a, d_z):
    np.sign(a, out=d_z)  # a is never negative, so its sign is the slope: 0 or 1
    np.multiply(d_z, d_a, out=d_z)


def _leaky_relu(z, a):
    np.multiply(z, LEAK, out=a)
    np.maximum(a, z, out=a)


def _leaky_relu_back(z, a, d_a, d_z):
    np.sign(z, out=d_z)  # -1 or 1
    np.multiply(d_z, (1.0 - LEAK) / 2, out=d_z)
    np.add(d_z, (1.0 + LEAK) / 2, out=d_z)  # LEAK or 1; half-way at z = 0
    np.multiply(d_z, d_a, out=d_z)


def _sigmoid_back(z, a, d_a, d_z):
    np.subtract(1.0, a, out=d_z)
    np.multiply(d_z, a, out=d_z)  # σ' = a (1 - a)
    np.multiply(d_z, d_a, out=d_z)


def _tanh(z, a):
    np.tanh(z, out=a)


def _tanh_back(z, a, d_a, d_z):
    np.multiply(a, a, out=d_z)
    np.subtract(1.0, d_z, out=d_z)  # tanh' = 1 - a²
    np.multiply(d_z, d_a, out=d_z)


def _softmax(z, a):
    """Subtracting each row's largest z changes nothing and cannot overflow; allocates one number a row."""
    np.subtract(z, np.maximum.reduce(z, axis=-1, keepdims=True), out=a)
    np.exp(a, out=a)
    np.divide(a, np.add.reduce(a, axis=-1, keepdims=True), out=a)


def _softmax_back(z, a, d_a, d_z):
    """d_z = a (d_a - Σ a d_a), the sum over each row; allocates one number a row."""
    np.multiply(d_a, a, out=d_z)
    np.subtract(d_a, np.add.reduce(d_z, axis=-1, keepdims=True), out=d_z)
    np.multiply(d_z, a, out=d_z)


def _gelu_angle(z, out):
    """tanh(√(2/π) (z + 0.044715 z³)), the bend inside gelu."""
    np.multiply(z, z, out=out)
    np.multiply(out, GELU_SCALE * GELU_CUBE, out=out)
    np.add(out, GELU_SCALE, out=out)
    np.multiply(out, z, out=out)
    np.tanh(out, out=out)


def _gelu(z, a):
    """The tanh form of Hendrycks & Gimpel, "Gaussian Error Linear Units" (2016)."""
    _gelu_angle(z, a)
    np.add(a, 1.0, out=a)
    np.multiply(a, z, out=a)
    np.multiply(a, 0.5, out=a)


def _gelu_back(z, a, d_a, d_z):
    """gelu' = 1 - (1 - s)(1 - q), s = (1 + tanh)/2, q = 2 a √(2/π) (1 + 3·0.044715 z²); allocates q."""
    q = np.multiply(z, z)
    np.multiply(q, 3 * GELU_CUBE, out=q)
    np.add(q, 1.0, out=q)
    np.multiply(q, a, out=q)
    np.multiply(q, -2 * GELU_SCALE, out=q)
    np.add(q, 1.0, out=q)  # 1 - q
    _gelu_angle(z, d_z)
    np.subtract(1.0, d_z, out=d_z)
    np.multiply(d_z, 0.5, out=d_z)  # 1 - s
    np.multiply(d_z, q, out=d_z)
    np.subtract(1.0, d_z, out=d_z)
    np.multiply(d_z, d_a, out=d_z)


def _swish(z, a):
    """z σ(z): Ramachandran et al., "Searching for Activation Functions" (2017)."""
    sigmoid(z, a)
    np.multiply(a, z, out=a)


def _swish_back(z, a, d_a, d_z):
    """swish' = 1 - (1 - σ)(1 - a); allocates 1 - a."""
    sigmoid(z, d_z)
    np.subtract(1.0, d_z, out=d_z)
    np.multiply(d_z, np.subtract(1.0, a), out=d_z)
    np.subtract(1.0, d_z, out=d_z)
    np.multiply(d_z, d_a, out=d_z)


LINEAR = Activation("linear", "a = z", "z", _linear, _linear_back)
RELU = Activation("relu", "a = max(z, 0)", "np.maximum(z, 0)", _relu, _relu_back)
LEAKY_RELU = Activation(
    "leaky_relu", f"a = max(z, {LEAK}·z)", f"np.maximum(z, {LEAK} * z)", _leaky_relu, _leaky_relu_back
)
SIGMOID = Activation("sigmoid", "a = 1 / (1 + e⁻ᶻ)", "0.5 + 0.5 * np.tanh(0.5 * z)", sigmoid, _sigmoid_back)
TANH = Activation("tanh", "a = tanh(z)", "np.tanh(z)", _tanh, _tanh_back)
SOFTMAX = Activation(
    "softmax",
    "a = eᶻ / Σ eᶻ, the sum over the row",
    "np.exp(z - z.max(axis=1, keepdims=True)) "
    "/ np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)",
    _softmax,
    _softmax_back,
)
GELU = Activation(
    "gelu",
    f"a = z/2 · (1 + tanh(√(2/π)·(z + {GELU_CUBE}·z³)))",
    f"0.5 * z * (1 + np.tanh({GELU_SCALE!r} * (z + {GELU_CUBE} * z ** 3)))",
    _gelu,
    _gelu_back,
)
SWISH = Activation("swish", "a = z / (1 + e⁻ᶻ)", "z * (0.5 + 0.5 * np.tanh(0.5 * z))", _swish, _swish_back)

ACTIVATIONS = {a.name: a for a in (LINEAR, RELU, LEAKY_RELU, SIGMOID, TANH, SOFTMAX, GELU, SWISH)}


def get(activation):
    """Return the activation of this name; an Activation is returned as it is."""
    if isinstance(activation, Activation):
        return activation
    return checks.choice(activation, ACTIVATIONS, "activation")
