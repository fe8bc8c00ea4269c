"""The layer as it stands in the course notes runs unchanged and gives the same numbers as nncore."""

import numpy as np
import pytest

from nncore import Dense, Layer_Dense, Network

NOTES = """
class Layer_Dense:
  
  def __init__(self,n_inputs,n_neurons):
    # Initialize weights and biases
    self.weights = np.random.randn(n_inputs,n_neurons) * 0.01
    self.biases = np.zeros((1,n_neurons))
  
  def forward(self,inputs):
    # Calculate output values from inputs, weights and biases
    return inputs@(self.weights) + self.biases
"""


@pytest.fixture
def notes():
    """Return the class of the notes."""
    namespace = {"np": np}
    exec(NOTES, namespace)
    return namespace["Layer_Dense"]


X = np.random.RandomState(1).randn(5, 4)


def test_the_same_global_seed_gives_the_same_numbers(notes):
    np.random.seed(0)
    theirs = [notes(4, 3), notes(3, 2)]
    np.random.seed(0)
    ours = [Layer_Dense(4, 3), Layer_Dense(3, 2)]
    for their, our in zip(theirs, ours):
        np.testing.assert_array_equal(our.weights, their.weights)
        np.testing.assert_array_equal(our.biases, their.biases)
    expected = theirs[1].forward(theirs[0].forward(X))
    np.testing.assert_array_equal(ours[1].forward(ours[0].forward(X)), expected)


def test_a_dense_without_a_seed_draws_from_the_same_stream(notes):
    np.random.seed(3)
    theirs = notes(4, 3)
    np.random.seed(3)
    np.testing.assert_array_equal(Dense(4, 3, initializer="small").weights, theirs.weights)


def test_a_seed_of_its_own_equals_the_global_seed(notes):
    np.random.seed(5)
    np.testing.assert_array_equal(Layer_Dense(4, 3, seed=5).weights, notes(4, 3).weights)


def test_a_network_draws_its_layers_in_the_order_of_the_notes(notes):
    np.random.seed(11)
    theirs = [notes(4, 3), notes(3, 2)]
    layers = [Dense(4, 3, initializer="small"), Dense(3, 2, initializer="small")]
    network = Network(layers, seed=11, dtype=np.float64)
    np.testing.assert_array_equal(network.forward(X), theirs[1].forward(theirs[0].forward(X)))


def test_disagreeing_shapes_meet_the_same_error(notes):
    for layer in (notes(4, 3), Layer_Dense(4, 3, seed=1)):
        with pytest.raises(ValueError, match="matmul"):
            layer.forward(np.ones((2, 5)))
