"""Dense layers: their numbers, their views, their checks."""

import numpy as np
import pytest

from nncore import Dense, Initializer, Layer_Dense


def test_forward_is_the_activation_of_the_product():
    layer = Dense(2, 3, "relu", seed=1)
    layer.weights = [[1, 2, -3], [4, -5, 6]]
    layer.biases = [[0.5, 0, 1]]
    # [1 1] W + b = [5.5, -3, 4]
    np.testing.assert_array_equal(layer.forward([[1, 1]]), [[5.5, 0, 4]])


def test_shapes_sizes_and_start():
    layer = Dense(4, 3, seed=2)
    assert layer.weights.shape == layer.d_weights.shape == (4, 3)
    assert layer.biases.shape == layer.d_biases.shape == (1, 3)
    assert layer.size == 15
    assert (layer.biases == 0).all() and (layer.weights != 0).all()


def test_assigning_copies_into_the_same_view():
    layer = Dense(2, 2, seed=1)
    view = layer.weights
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    layer.weights = values
    values[0, 0] = 99
    assert layer.weights is view and view[0, 0] == 1.0


@pytest.mark.parametrize("values", [[[1.0, 2.0]], [[1, 2], [3]], [[1, 2], [3, np.nan]], [["a", 1], [2, 3]]])
def test_assigning_what_fits_not_is_refused_and_changes_nothing(values):
    layer = Dense(2, 2, seed=1)
    before = layer.weights.copy()
    with pytest.raises(ValueError, match="weights"):
        layer.weights = values
    np.testing.assert_array_equal(layer.weights, before)


def test_mismatched_input_names_both_shapes_and_numbers():
    with pytest.raises(ValueError) as refusal:
        Dense(2, 64, seed=1).forward(np.ones((32, 3)))
    assert "X is (32, 3) but W is (2, 64): the 3 columns of X must equal the 2 rows of W" == str(
        refusal.value
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_inputs": 0}, "n_inputs is 0"),
        ({"n_neurons": 2.5}, "n_neurons is 2.5"),
        ({"activation": "relus"}, "unknown activation 'relus'; the known ones are linear"),
        ({"initializer": "hex"}, "unknown initializer 'hex'"),
        ({"dropout": 1.0}, "dropout is 1.0"),
        ({"seed": -1}, "seed is -1"),
        ({"dtype": "int32"}, "dtype is 'int32'"),
    ],
)
def test_bad_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Dense(**{"n_inputs": 2, "n_neurons": 3, "seed": 1, **options})


def test_a_seed_leaves_the_global_stream_alone():
    np.random.seed(7)
    expected = np.random.rand()
    np.random.seed(7)
    Dense(5, 5, seed=1)
    Layer_Dense(5, 5, seed=1)
    assert np.random.rand() == expected


def test_dict_round_trip():
    layer = Dense(3, 2, "tanh", Initializer("small", 0.5), dropout=0.25, seed=1)
    twin = Dense.from_dict(layer.to_dict())
    assert twin.to_dict() == layer.to_dict()
    with pytest.raises(ValueError, match="missing: n_inputs"):
        Dense.from_dict({"n_neurons": 2})


def test_repr():
    assert (
        repr(Dense(2, 3, "relu", seed=1))
        == "Dense(2, 3, 'relu'): weights (2, 3), biases (1, 3), 9 parameters"
    )
