"""Targets are what the outputs of a network are compared with: here labels and numbers become that matrix."""

import numpy as np

from . import checks
from .losses import BINARY_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY, MSE


def one_hot(labels, n_classes):
    """Return (n, n_classes) with a 1 in the column of each label and 0 elsewhere."""
    matrix = np.zeros((len(labels), n_classes))
    matrix[np.arange(len(labels)), checks.labels(labels, n_classes)] = 1.0
    return matrix


def is_one_hot(matrix):
    """Return whether each row of matrix (n, k) holds a single 1 and else zeros."""
    return bool(np.all((matrix == 0) | (matrix == 1)) and np.all(matrix.sum(axis=1) == 1))


def encode(y, n_outputs, loss, n_rows, dtype=np.float64):
    """Return y as the (n_rows, n_outputs) matrix that `loss` compares outputs with.

    y is such a matrix already, or one number a row: a label where the loss is a cross-entropy or there are
    several outputs, else the value of the only output. Raises ValueError for labels out of range, for other
    shapes, and for numbers that are no probabilities where a cross-entropy needs them.
    """
    array = checks.numeric(y, "y")
    if array.ndim == 1:
        array = _from_one_dimension(array, n_outputs, loss)
    array = checks.matrix(array, "y", columns=n_outputs, rows=n_rows, dtype=dtype)
    if loss is not MSE:
        _check_probabilities(array, loss)
    return array


def of_part(part, n_outputs, loss, dtype=np.float64):
    """Return the targets of a part; two classes become one column where the network has one output."""
    two_classes = part.task == "classify" and part.y.shape[1] == 2
    y = part.labels if two_classes and n_outputs == 1 else part.y
    return encode(y, n_outputs, loss, len(part.x), dtype)


def _from_one_dimension(array, n_outputs, loss):
    if n_outputs > 1:
        return one_hot(checks.labels(array, n_outputs, "y"), n_outputs)
    if loss is BINARY_CROSS_ENTROPY:
        array = checks.labels(array, 2, "y")
    return array[:, np.newaxis]


def _check_probabilities(array, loss):
    if loss is CATEGORICAL_CROSS_ENTROPY and array.shape[1] == 1:
        raise ValueError(
            f"{loss.name} with one output has nothing to learn, its probability is always 1: use two "
            "outputs, or one sigmoid output with binary_cross_entropy"
        )
    wrong = np.argwhere((array < 0) | (array > 1))
    if len(wrong):
        row, column = wrong[0].tolist()
        raise ValueError(
            f"y[{row}][{column}] is {array[row, column]:g}: {loss.name} needs targets from 0 to 1; "
            "for other numbers use mse"
        )
    if loss is CATEGORICAL_CROSS_ENTROPY:
        sums = array.sum(axis=1, dtype=np.float64)
        wrong = np.flatnonzero(np.abs(sums - 1) > 1e-5)
        if len(wrong):
            row = int(wrong[0])
            raise ValueError(
                f"the targets in row {row} of y add up to {sums[row]:g}: {loss.name} needs probabilities "
                "that add up to 1, or one label a row"
            )
