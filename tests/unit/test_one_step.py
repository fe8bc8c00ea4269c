"""One training step of a 2-2-1 network worked by hand, each number exact in binary or compared to 1e-15.

x  = [1  2]    W1 = [0.5  -1 ]   b1 = [0  0.5]    W2 = [ 2]   b2 = [0.5]    y = [2]
     [2 -1]         [0.5  0.5]                         [-1]                     [2]
"""

import numpy as np
import pytest

from nncore import SGD, Dense, Network

X = np.array([[1.0, 2.0], [2.0, -1.0]])
Y = np.array([[2.0], [2.0]])


@pytest.fixture
def network():
    network = Network([Dense(2, 2, "relu"), Dense(2, 1)], seed=1, dtype=np.float64)
    network.layers[0].weights = [[0.5, -1.0], [0.5, 0.5]]
    network.layers[0].biases = [[0.0, 0.5]]
    network.layers[1].weights = [[2.0], [-1.0]]
    network.layers[1].biases = [[0.5]]
    return network


def test_forward(network):
    # z1 = x W1 + b1: 1·0.5 + 2·0.5 = 1.5    1·-1 + 2·0.5 + 0.5 = 0.5
    #                 2·0.5 - 1·0.5 = 0.5    2·-1 - 1·0.5 + 0.5 = -2
    # a1 = relu(z1);  z2 = a1 W2 + b2: 1.5·2 - 0.5 + 0.5 = 3,  0.5·2 - 0 + 0.5 = 1.5
    outputs = network.forward(X)
    hidden = network.buffers(2)[0]
    np.testing.assert_array_equal(hidden.z, [[1.5, 0.5], [0.5, -2.0]])
    np.testing.assert_array_equal(hidden.a, [[1.5, 0.5], [0.5, 0.0]])
    np.testing.assert_array_equal(outputs, [[3.0], [1.5]])


def test_loss_and_gradients(network):
    # loss = ((3 - 2)² + (1.5 - 2)²) / 2 = (1 + 0.25) / 2 = 0.625
    assert network.loss_and_gradients(X, Y, "mse") == 0.625
    # d_z2 = 2 (a2 - y) / 2 = [1, -0.5];  d_b2 = 1 - 0.5 = 0.5
    # d_W2 = a1ᵀ d_z2 = [1.5·1 - 0.5·0.5, 0.5·1 - 0] = [1.25, 0.5]
    last = network.layers[1]
    np.testing.assert_array_equal(last.d_weights, [[1.25], [0.5]])
    np.testing.assert_array_equal(last.d_biases, [[0.5]])
    # d_a1 = d_z2 W2ᵀ = [2 -1; -1 0.5], of which relu passes where z1 > 0: d_z1 = [2 -1; -1 0]
    # d_W1 = xᵀ d_z1: [1·2 - 2·1, 1·-1 + 0] = [0, -1];  [2·2 + 1·1, 2·-1 + 0] = [5, -2];  d_b1 = [1, -1]
    first = network.layers[0]
    np.testing.assert_array_equal(first.d_weights, [[0.0, -1.0], [5.0, -2.0]])
    np.testing.assert_array_equal(first.d_biases, [[1.0, -1.0]])


def test_penalty(network):
    # Σ|w| = 0.5 + 1 + 0.5 + 0.5 + 2 + 1 = 5.5;  Σw² = 0.25 + 1 + 0.25 + 0.25 + 4 + 1 = 6.75
    # 0.5 · 5.5 + 0.25/2 · 6.75 = 2.75 + 0.84375; added to d_W2: 0.5·[1, -1] + 0.25·[2, -1] = [1, -0.75]
    network.loss_and_gradients(X, Y, "mse")
    assert network.add_penalty(0.5, 0.25) == 3.59375
    np.testing.assert_array_equal(network.layers[1].d_weights, [[2.25], [-0.25]])
    np.testing.assert_array_equal(network.layers[1].d_biases, [[0.5]])


def test_update(network):
    # p - 0.1 g
    network.loss_and_gradients(X, Y, "mse")
    SGD(0.1).update(network.parameters, network.gradients)
    np.testing.assert_allclose(network.layers[0].weights, [[0.5, -0.9], [0.0, 0.7]], atol=1e-15)
    np.testing.assert_allclose(network.layers[0].biases, [[-0.1, 0.6]], atol=1e-15)
    np.testing.assert_allclose(network.layers[1].weights, [[1.875], [-1.05]], atol=1e-15)
    np.testing.assert_allclose(network.layers[1].biases, [[0.45]], atol=1e-15)
