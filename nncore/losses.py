"""A loss says in one number how far a network's outputs are from the targets: training makes it small.

Each loss is one frozen object, registered under its public name. The cross-entropies work on logits, the
numbers before softmax or sigmoid: computed together the two are stable and their gradient is (probabilities -
targets). When the last activation is the one a loss is fused with, the loss takes that layer's z; after any
other activation the outputs themselves are the logits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import checks
from .activations import SIGMOID, SOFTMAX, Activation
from .operations import NUMPY


@dataclass(frozen=True, eq=False, repr=False)
class Loss:
    """`measure(operations, outputs, targets, probabilities, d_outputs)` returns the mean loss and fills the
    arrays.

    All arrays are (batch, n_outputs). `fused_with` is the activation whose z is taken as outputs, or None.
    `per_row(outputs, targets)` returns the loss of each row, (batch,): `measure` gives their mean.
    """

    name: str
    formula: str
    fused_with: Activation | None
    measure: Callable
    per_row: Callable

    def __call__(self, outputs, targets):
        """Return the mean loss of outputs (logits for cross-entropies); all arrays are (batch, n_outputs)."""
        outputs = checks.matrix(outputs, "outputs")
        targets = checks.same_shape(targets, "targets", outputs.shape)
        return self.measure(NUMPY, outputs, targets, np.empty_like(outputs), np.empty_like(outputs))

    def __repr__(self):
        return f"Loss({self.name!r}: {self.formula})"


def _mse(operations, outputs, targets, probabilities, d_outputs):
    return operations.squared_error(outputs, targets, d_outputs)


def _binary(operations, outputs, targets, probabilities, d_outputs):
    return operations.sigmoid_cross_entropy(outputs, targets, probabilities, d_outputs)


def _categorical(operations, outputs, targets, probabilities, d_outputs):
    return operations.softmax_cross_entropy(outputs, targets, probabilities, d_outputs)


def _mse_rows(outputs, targets):
    return np.square(outputs - targets).mean(axis=1)


def _binary_rows(logits, targets):
    return (np.logaddexp(logits, 0.0) - logits * targets).mean(axis=1)


def _categorical_rows(logits, targets):
    s = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(s).sum(axis=1)) - (targets * s).sum(axis=1)


MSE = Loss("mse", "mean of (a - y)² over batch and outputs", None, _mse, _mse_rows)
BINARY_CROSS_ENTROPY = Loss(
    "binary_cross_entropy",
    "mean of -(y·log p + (1 - y)·log(1 - p)) over batch and outputs",
    SIGMOID,
    _binary,
    _binary_rows,
)
CATEGORICAL_CROSS_ENTROPY = Loss(
    "categorical_cross_entropy", "mean over the batch of -Σ y·log p", SOFTMAX, _categorical, _categorical_rows
)

LOSSES = {loss.name: loss for loss in (MSE, BINARY_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY)}


def get(loss):
    """Return the loss of this name; a Loss is returned as it is."""
    return loss if isinstance(loss, Loss) else checks.choice(loss, LOSSES, "loss")


def default_for(activation, task):
    """Return what suits the last activation: a cross-entropy for softmax and classifying sigmoids."""
    if activation is SOFTMAX:
        return CATEGORICAL_CROSS_ENTROPY
    if activation is SIGMOID and task == "classify":
        return BINARY_CROSS_ENTROPY
    return MSE
