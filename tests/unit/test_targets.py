"""Targets: labels and numbers become the matrix a loss compares with, or are refused."""

import numpy as np
import pytest

from nncore.losses import get
from nncore.targets import encode, one_hot

MSE, BINARY, CATEGORICAL = get("mse"), get("binary_cross_entropy"), get("categorical_cross_entropy")


def test_one_hot():
    np.testing.assert_array_equal(one_hot(np.array([2, 0]), 3), [[0, 0, 1], [1, 0, 0]])


@pytest.mark.parametrize("loss", [MSE, BINARY, CATEGORICAL])
def test_labels_become_one_hot_rows(loss):
    np.testing.assert_array_equal(encode([1, 0], 2, loss, 2), [[0, 1], [1, 0]])


def test_one_number_a_row_suits_one_output():
    np.testing.assert_array_equal(encode([1, 0], 1, BINARY, 2), [[1], [0]])
    np.testing.assert_array_equal(encode([1.5, -2], 1, MSE, 2), [[1.5], [-2]])


@pytest.mark.parametrize(
    ("y", "n_outputs", "loss", "message"),
    [
        ([0, 3, 1], 3, CATEGORICAL, "y hold 3 in row 1: with 3 classes only the whole numbers from 0 to 2"),
        ([0, 2, 1], 1, BINARY, "y hold 2 in row 1: with 2 classes"),
        ([0, 1], 3, CATEGORICAL, r"y is \(2, 3\): it has 2 rows where 3 are needed"),
        ([[1.0, 0.0]] * 3, 3, CATEGORICAL, r"y is \(3, 2\): it has 2 columns where 3 are needed"),
        ([[0.5, 0.2, 0.2]] * 3, 3, CATEGORICAL, "the targets in row 0 of y add up to 0.9"),
        (
            [[1.5, -0.5, 0.0]] * 3,
            3,
            CATEGORICAL,
            r"y\[0\]\[0\] is 1.5: categorical_cross_entropy needs targets",
        ),
        (
            [[0.0], [2.0], [1.0]],
            1,
            BINARY,
            r"y\[1\]\[0\] is 2: binary_cross_entropy needs targets from 0 to 1",
        ),
        ([[1.0]] * 3, 1, CATEGORICAL, "with one output has nothing to learn"),
        ([[1, 2], [3], [4]], 2, MSE, "y is ragged"),
        ([1.0, np.nan, 2.0], 1, MSE, r"y\[1\] is nan"),
    ],
)
def test_what_fits_not_is_refused(y, n_outputs, loss, message):
    with pytest.raises(ValueError, match=message):
        encode(y, n_outputs, loss, 3)
