"""Backpropagation against measured slopes, in float64: every activation, loss, regulariser, and dropout.

A slope exists only off the kinks (relu at 0, l1 at weight 0). The seeds below keep every z and weight further
from zero than the measurement moves them: `off_the_kinks_seed` looks for the first such one.
"""

import numpy as np
import pytest

from nncore import Dense, Network, gradcheck
from nncore.activations import ACTIVATIONS, Activation
from nncore.losses import LOSSES

REGULARISERS = {"none": (0, 0), "l1": (0.01, 0), "l2": (0, 0.02), "both": (0.01, 0.02)}
LIMIT = 1e-6
MARGIN = 20 * gradcheck.STEP


def case(seed, hidden, last, dropout=0.0):
    """Return a 3-5-4-3 network with biases off zero, x (6, 3), and y (6, 3) that suits every loss."""
    rng = np.random.RandomState(seed)
    layers = [Dense(3, 5, hidden, dropout=dropout), Dense(5, 4, hidden, dropout=dropout), Dense(4, 3, last)]
    network = Network(layers, seed=seed, dtype=np.float64)
    for layer in network.layers:
        layer.biases = rng.uniform(0.05, 0.4, layer.biases.shape)
    return network, rng.randn(6, 3), np.eye(3)[rng.randint(0, 3, 6)]


def off_the_kinks(network, x):
    """Whether all weights, and all z of a piecewise linear activation, stay clear of zero."""
    network.forward(x)
    works = network.buffers(len(x)).layers
    bent = [np.abs(w.z).min() > MARGIN for w in works if w.activation.name in ("relu", "leaky_relu")]
    return all(bent) and all(np.abs(layer.weights).min() > MARGIN for layer in network.layers)


def off_the_kinks_seed(hidden, last):
    """Return the first seed whose case has no kink nearby."""
    return next(seed for seed in range(200) if off_the_kinks(*case(seed, hidden, last)[:2]))


SEED = {name: (off_the_kinks_seed(name, "linear"), off_the_kinks_seed("tanh", name)) for name in ACTIVATIONS}


@pytest.mark.parametrize("regulariser", REGULARISERS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ACTIVATIONS)
class TestEveryCombination:
    def test_as_hidden(self, name, loss, regulariser):
        network, x, y = case(SEED[name][0], name, "linear")
        assert error(network, x, y, loss, regulariser) < LIMIT

    def test_as_output(self, name, loss, regulariser):
        network, x, y = case(SEED[name][1], "tanh", name)
        assert error(network, x, y, loss, regulariser) < LIMIT


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ["linear", "tanh", "sigmoid", "softmax", "gelu", "swish"])
def test_with_dropout(name, loss):
    network, x, y = case(SEED[name][0], name, "linear", dropout=0.4)
    with_masks = error(network, x, y, loss, "both", dropout_seed=5)
    assert with_masks < LIMIT
    network.loss_and_gradients(x, y, loss)
    without = network.gradients.copy()
    network.loss_and_gradients(x, y, loss, np.random.Generator(np.random.PCG64(5)))
    assert not np.allclose(network.gradients, without)


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
def test_with_dropout_and_kinks(name):
    """With relu the dropped inputs decide each z, so one hidden layer keeps the z of `off_the_kinks`."""
    seed = SEED[name][0]
    network = Network([Dense(3, 5, name, dropout=0.4), Dense(5, 3)], seed=seed, dtype=np.float64)
    network.layers[0].biases = np.full((1, 5), 0.1)
    _, x, y = case(seed, name, "linear")
    assert off_the_kinks(network, x)
    assert error(network, x, y, "mse", "both", dropout_seed=3) < LIMIT


def error(network, x, y, loss, regulariser, dropout_seed=None):
    l1, l2 = REGULARISERS[regulariser]
    return gradcheck.check(network, loss, x, y, l1=l1, l2=l2, dropout_seed=dropout_seed)


def test_a_wrong_derivative_is_found():
    tanh = ACTIVATIONS["tanh"]

    def one_percent_off(z, a, d_a, d_z):
        tanh.backward(z, a, d_a, d_z)
        d_z *= 1.01

    wrong = Activation("wrong", "", "", tanh.forward, one_percent_off)
    _, x, y = case(0, "tanh", "linear")
    ACTIVATIONS["wrong"] = wrong
    try:
        network = Network([Dense(3, 4, "wrong"), Dense(4, 3)], seed=1, dtype=np.float64)
        assert 5e-3 < gradcheck.check(network, "mse", x, y) < 2e-2
    finally:
        del ACTIVATIONS["wrong"]


def test_the_network_is_left_as_it_is():
    network, x, y = case(SEED["tanh"][0], "tanh", "linear")
    before, gradients = network.parameters.copy(), network.gradients.copy()
    gradcheck.check(network, "mse", x, y)
    np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(network.gradients, gradients)


def test_a_float32_network_is_checked_in_float64():
    network = Network([Dense(3, 4, "tanh"), Dense(4, 3, "softmax")], seed=1)
    _, x, y = case(0, "tanh", "linear")
    assert gradcheck.check(network, "categorical_cross_entropy", x, y.argmax(axis=1)) < LIMIT


def test_the_slope_of_one_parameter_by_hand():
    # a = w x + b with w = 2, b = 0, x = 3, y = 1: loss (6 - 1)² = 25, by w: 2 · 5 · 3 = 30, by b: 10
    network = Network([Dense(1, 1, initializer="zeros")], dtype=np.float64)
    network.parameters = [2.0, 0.0]
    slopes = [gradcheck.numerical_gradient(network, "mse", [[3.0]], [[1.0]], i) for i in (0, 1)]
    assert slopes == pytest.approx([30.0, 10.0], rel=1e-9)
    with pytest.raises(ValueError, match="index is 2: the network has parameters 0 to 1"):
        gradcheck.numerical_gradient(network, "mse", [[3.0]], [[1.0]], 2)
