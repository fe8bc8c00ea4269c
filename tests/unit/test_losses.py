"""Losses: values by hand, stability for large logits, gradients by formula, and the choice by activation."""

import numpy as np
import pytest

from nncore.activations import get as activation
from nncore.losses import LOSSES, default_for, get
from nncore.operations import NUMPY


def measured(name, outputs, targets):
    """Return (loss, gradient, probabilities)."""
    outputs, targets = np.array(outputs), np.array(targets)
    gradient, probabilities = np.empty_like(outputs), np.empty_like(outputs)
    return get(name).measure(NUMPY, outputs, targets, probabilities, gradient), gradient, probabilities


def test_mse_is_the_mean_over_batch_and_outputs():
    # differences 1, -2, 0, 3: squares 1 + 4 + 0 + 9 = 14, over 4 entries 3.5; gradient 2 · difference / 4
    loss, gradient, _ = measured("mse", [[2.0, 1.0], [0.0, 4.0]], [[1.0, 3.0], [0.0, 1.0]])
    assert loss == 3.5
    np.testing.assert_array_equal(gradient, [[0.5, -1.0], [0.0, 1.5]])


def test_categorical_cross_entropy_by_hand():
    # softmax(log 1, log 3) = (1/4, 3/4): losses log 4 and log(4/3), mean (log 16/3) / 2
    logits = np.log([[1.0, 3.0], [1.0, 3.0]])
    loss, gradient, probabilities = measured("categorical_cross_entropy", logits, [[1.0, 0.0], [0.0, 1.0]])
    assert loss == pytest.approx(np.log(16 / 3) / 2, rel=1e-14)
    np.testing.assert_allclose(probabilities, [[0.25, 0.75], [0.25, 0.75]], rtol=1e-14)
    np.testing.assert_allclose(gradient, [[-0.375, 0.375], [0.125, -0.125]], rtol=1e-14)


def test_binary_cross_entropy_by_hand():
    # sigmoid(log 3) = 3/4: target 1 costs log(4/3), target 0 costs log 4
    loss, gradient, probabilities = measured("binary_cross_entropy", [[np.log(3.0)]] * 2, [[1.0], [0.0]])
    assert loss == pytest.approx(np.log(16 / 3) / 2, rel=1e-14)
    np.testing.assert_allclose(probabilities, [[0.75], [0.75]], rtol=1e-14)
    np.testing.assert_allclose(gradient, [[-0.125], [0.375]], rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["binary_cross_entropy", "categorical_cross_entropy"])
def test_logits_of_ten_thousand_are_right_and_silent(name, dtype):
    right = np.array([[1e4, -1e4]], dtype)
    wrong = -right
    targets = np.array([[1.0, 0.0]], dtype)
    entries = {"binary_cross_entropy": 1e4, "categorical_cross_entropy": 2e4}
    assert get(name).measure(NUMPY, right, targets, np.empty_like(right), np.empty_like(right)) == 0.0
    assert (
        get(name).measure(NUMPY, wrong, targets, np.empty_like(right), np.empty_like(right)) == entries[name]
    )


def test_calling_a_loss_checks_shapes():
    assert get("mse")([[1.0]], [[3.0]]) == 4.0
    with pytest.raises(ValueError, match=r"targets must be \(1, 2\) but what was given is \(1, 1\)"):
        get("mse")([[1.0, 2.0]], [[3.0]])


@pytest.mark.parametrize(
    ("last", "task", "expected"),
    [
        ("softmax", "classify", "categorical_cross_entropy"),
        ("sigmoid", "classify", "binary_cross_entropy"),
        ("sigmoid", "reconstruct", "mse"),
        ("linear", "regress", "mse"),
        ("tanh", "classify", "mse"),
    ],
)
def test_the_default_suits_the_last_activation(last, task, expected):
    assert default_for(activation(last), task) is LOSSES[expected]


def test_an_unknown_loss_is_refused_and_the_known_ones_are_listed():
    with pytest.raises(
        ValueError, match="unknown loss 'cross'; the known ones are mse, binary_cross_entropy"
    ):
        get("cross")


def test_repr_tells_name_and_formula():
    assert repr(get("mse")) == "Loss('mse': mean of (a - y)² over batch and outputs)"
