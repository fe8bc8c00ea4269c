"""Networks: one flat vector, shapes that must fit, and what a person reads."""

import numpy as np
import pytest

from nncore import Dense, Network
from nncore.operations import NUMPY


def deep(**options):
    return Network([Dense(2, 3, "relu"), Dense(3, 2, "softmax")], seed=1, **options)


def test_parameters_are_one_vector_weights_first_then_biases():
    network = deep(dtype=np.float64)
    network.parameters = np.arange(17)
    first, second = network.layers
    np.testing.assert_array_equal(first.weights, [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(first.biases, [[6, 7, 8]])
    np.testing.assert_array_equal(second.weights, [[9, 10], [11, 12], [13, 14]])
    np.testing.assert_array_equal(second.biases, [[15, 16]])
    second.biases[0, 1] = -1
    assert network.parameters[-1] == -1


def test_gradients_are_one_vector_too():
    network = deep()
    network.loss_and_gradients([[1.0, 2.0]], [0], "categorical_cross_entropy")
    joined = [part.ravel() for layer in network.layers for part in (layer.d_weights, layer.d_biases)]
    np.testing.assert_array_equal(network.gradients, np.concatenate(joined))
    assert network.gradients.any()


def test_without_a_seed_the_layers_keep_their_numbers():
    first, second = Dense(2, 3, seed=4), Dense(3, 1, seed=5)
    weights, biases = first.weights.copy(), [[1.0, 2.0, 3.0]]
    first.biases = biases
    network = Network([first, second], dtype=np.float64)
    np.testing.assert_array_equal(network.layers[0].weights, weights)
    np.testing.assert_array_equal(network.layers[0].biases, biases)
    assert np.shares_memory(first.weights, network.parameters)


def test_initialize_draws_anew_in_place():
    network = deep()
    vector, start = network.parameters, network.parameters.copy()
    network.layers[0].biases = [[1, 1, 1]]
    network.initialize(2)
    assert network.parameters is vector and not np.array_equal(vector, start)
    network.initialize(1)
    np.testing.assert_array_equal(vector, start)


def test_layers_that_do_not_fit_are_refused_and_left_alone():
    first, second = Dense(2, 3, seed=1), Dense(4, 1, seed=1)
    vector = first.weights
    with pytest.raises(
        ValueError, match="layer 2 takes 4 inputs but layer 1 has 3 neurons: n_inputs of layer 2"
    ):
        Network([first, second], seed=9)
    assert first.weights is vector
    Network([first, Dense(3, 1)], seed=1)


def test_a_layer_belongs_to_one_network():
    layer = Dense(2, 2, seed=1)
    with pytest.raises(ValueError, match="layer 2 already belongs to a network"):
        Network([layer, layer])
    Network([layer])
    with pytest.raises(ValueError, match="layer 1 already belongs to a network"):
        Network([layer])


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "the network has no layers"),
        ([3], "layer 1 is 3: a Dense is needed"),
        ([Dense(2, 1, seed=1, dropout=0.5)], "layer 1 is the last and has dropout 0.5"),
    ],
)
def test_what_is_no_chain_of_layers_is_refused(layers, message):
    with pytest.raises(ValueError, match=message):
        Network(layers)


@pytest.mark.parametrize("method", ["forward", "predict", "predict_classes"])
@pytest.mark.parametrize(
    ("x", "message"),
    [
        (
            np.ones((4, 3)),
            r"X is \(4, 3\) but W1 is \(2, 3\): the 3 columns of X must equal the 2 rows of W1",
        ),
        ([[1, 2], [3]], "X is ragged"),
        ([[1, "b"]], r"X\[0\]\[1\] is 'b'"),
        ([[1, np.nan]], r"X\[0\]\[1\] is nan"),
        ([1, 2], r"X has shape \(2,\)"),
    ],
)
def test_bad_inputs_are_refused(method, x, message):
    with pytest.raises(ValueError, match=message):
        getattr(deep(), method)(x)


@pytest.mark.parametrize(
    ("values", "message"),
    [(np.zeros(3), r"parameters must be \(17,\) but what was given is \(3,\)"), ([np.inf] * 17, "is inf")],
)
def test_bad_parameters_are_refused_and_change_nothing(values, message):
    network = deep()
    before = network.parameters.copy()
    with pytest.raises(ValueError, match=message):
        network.parameters = values
    np.testing.assert_array_equal(network.parameters, before)


@pytest.mark.parametrize(
    ("targets", "loss", "message"),
    [
        ([0, 2], "categorical_cross_entropy", "y hold 2 in row 1"),
        ([[1.0, 0.0]], "mse", r"y is \(1, 2\): it has 1 rows where 2"),
        ([0, 1], "hinge", "unknown loss 'hinge'"),
    ],
)
def test_bad_targets_are_refused_and_change_nothing(targets, loss, message):
    network = deep()
    with pytest.raises(ValueError, match=message):
        network.loss_and_gradients(np.ones((2, 2)), targets, loss)
    assert not network.gradients.any()


def test_forward_gives_fresh_arrays():
    network = deep()
    first = network.forward([[1.0, 2.0]])
    kept = first.copy()
    network.forward([[5.0, -2.0]])
    np.testing.assert_array_equal(first, kept)


def test_predict_agrees_with_forward_over_several_chunks():
    network = deep(dtype=np.float64)
    x = np.random.RandomState(2).randn(2500, 2)
    np.testing.assert_allclose(network.predict(x), network.forward(x), rtol=1e-13)


def test_predict_classes():
    network = Network([Dense(1, 1, "sigmoid", "constant")], dtype=np.float64)
    assert network.predict_classes([[-1.0], [2.0]]).tolist() == [0, 1]
    several = Network([Dense(1, 3, initializer="zeros")])
    several.layers[0].biases = [[0, 2, 1]]
    assert several.predict_classes([[5.0]]).tolist() == [1]
    with pytest.raises(ValueError, match="the only output is linear: classes need two or more outputs"):
        Network([Dense(1, 1, seed=1)]).predict_classes([[1.0]])


def test_gradients_are_those_of_the_mean():
    network = deep(dtype=np.float64)
    x, y = np.random.RandomState(3).randn(5, 2), [0, 1, 1, 0, 1]
    single = []
    for i in range(5):
        network.loss_and_gradients(x[i : i + 1], y[i : i + 1], "categorical_cross_entropy")
        single.append(network.gradients.copy())
    network.loss_and_gradients(x, y, "categorical_cross_entropy")
    np.testing.assert_allclose(network.gradients, np.mean(single, axis=0), rtol=1e-12, atol=1e-15)


def test_deep_begins_at_two_layers():
    assert deep().is_deep and not Network([Dense(2, 1, seed=1)]).is_deep


def test_summary():
    assert (
        deep().summary()
        == "layer  weights  biases  activation  parameters\n"
        "1      (2, 3)   (1, 3)  relu                 9\n"
        "2      (3, 2)   (1, 2)  softmax              8\n"
        "total                                       17\n"
        "deep: 2 dense layers"
    )
    assert Network([Dense(2, 1, seed=1)]).summary().endswith("not deep: 1 dense layer, deep begins at 2")


def test_repr():
    assert repr(deep()) == "Network(2 → 3 relu → 2 softmax, 17 parameters, float32)"


def test_copy_is_independent():
    network = deep()
    twin = network.copy(dtype=np.float64)
    np.testing.assert_array_equal(twin.parameters, network.parameters.astype(np.float64))
    twin.parameters[...] = 0
    assert network.parameters.any()


def test_another_table_of_operations_is_used():
    from dataclasses import replace

    calls = []

    def counting(*arrays):
        calls.append(len(arrays))
        NUMPY.dense_forward(*arrays)

    network = deep(operations=replace(NUMPY, dense_forward=counting))
    network.forward([[1.0, 2.0]])
    network.loss_and_gradients([[1.0, 2.0]], [0], "categorical_cross_entropy")
    assert len(calls) == 4
