"""Activations: values known by heart, stability, and the registry."""

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS, LINEAR, RELU, get

Z = np.array([[-2.0, -0.5, 0.5], [1.0, 2.0, 3.0]])


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("linear", -1.5, -1.5),
        ("relu", -1.5, 0.0),
        ("relu", 1.5, 1.5),
        ("leaky_relu", -2.0, -0.02),
        ("leaky_relu", 2.0, 2.0),
        ("sigmoid", 0.0, 0.5),
        ("sigmoid", np.log(3.0), 0.75),
        ("tanh", np.log(3.0), 0.8),
        ("gelu", 0.0, 0.0),
        ("gelu", 1.0, 0.8411919906),  # the tanh form, Hendrycks & Gimpel (2016)
        ("swish", np.log(3.0), 0.75 * np.log(3.0)),
    ],
)
def test_known_values(name, z, expected):
    assert get(name)([z])[0] == pytest.approx(expected, abs=1e-9)


def test_softmax_rows_are_probabilities_in_known_proportions():
    probabilities = get("softmax")(np.log([[1.0, 2.0, 1.0], [3.0, 1.0, 1.0]]))
    np.testing.assert_allclose(probabilities, [[0.25, 0.5, 0.25], [0.6, 0.2, 0.2]], rtol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_inputs_stay_finite_without_a_warning(name, dtype):
    z = np.array([[-1e4, 0.0, 1e4]], dtype)
    a, d_z = np.empty_like(z), np.empty_like(z)
    get(name).forward(z, a)
    get(name).backward(z, a, np.ones_like(z), d_z)
    assert np.isfinite(a).all() and np.isfinite(d_z).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_expression_is_the_same_function(name):
    shown = eval(get(name).expression, {"np": np, "z": Z})
    np.testing.assert_allclose(shown, get(name)(Z), rtol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_inputs_are_left_as_they_are(name):
    z = Z.copy()
    activation = get(name)
    a = activation(z)
    d_a, d_z = np.ones_like(z), np.empty_like(z)
    kept_a = a.copy()
    activation.backward(z, a, d_a, d_z)
    np.testing.assert_array_equal(z, Z)
    np.testing.assert_array_equal(a, kept_a)
    np.testing.assert_array_equal(d_a, 1.0)


def test_linear_works_in_one_shared_array():
    z = Z.copy()
    LINEAR.forward(z, z)
    LINEAR.backward(z, z, z, z)
    np.testing.assert_array_equal(z, Z)


def test_an_unknown_activation_is_refused_and_the_known_ones_are_listed():
    with pytest.raises(
        ValueError, match="unknown activation 'rleu'; the known ones are linear, relu, .*swish"
    ):
        get("rleu")


def test_get_returns_an_activation_as_it_is():
    assert get(RELU) is RELU


def test_repr_tells_name_and_formula():
    assert repr(RELU) == "Activation('relu': a = max(z, 0))"
