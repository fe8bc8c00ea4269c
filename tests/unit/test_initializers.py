"""Initializers: the right size of the draws, and refusal of what makes no sense."""

import numpy as np
import pytest

from nncore.initializers import Initializer, get


@pytest.mark.parametrize(
    ("name", "factor"), [("small", 0.01), ("xavier", np.sqrt(2 / 500)), ("he", np.sqrt(2 / 300))]
)
def test_draws_are_the_stream_of_the_seed_times_a_factor(name, factor):
    weights = get(name).draw(np.random.RandomState(3), 300, 200)
    np.testing.assert_array_equal(weights, np.random.RandomState(3).randn(300, 200) * factor)


def test_zeros_and_constant_need_no_chance():
    assert (get("zeros").draw(None, 2, 3) == np.zeros((2, 3))).all()
    assert (get("constant").draw(None, 2, 3) == np.full((2, 3), 0.1)).all()


def test_a_scale_is_taken():
    small = Initializer("small", 0.5).draw(np.random.RandomState(1), 2, 3)
    np.testing.assert_array_equal(small, np.random.RandomState(1).randn(2, 3) * 0.5)
    assert Initializer("constant", -2.0).draw(None, 1, 1) == -2.0


def test_a_scale_where_none_is_taken_is_refused():
    with pytest.raises(
        ValueError, match="he takes no scale but 0.5 was given: only small and constant take one"
    ):
        Initializer("he", 0.5)


@pytest.mark.parametrize("scale", ["0.1", float("nan")])
def test_a_scale_that_is_no_number_is_refused(scale):
    with pytest.raises(ValueError, match="scale is .*: a finite number is needed"):
        Initializer("small", scale)


def test_an_unknown_initializer_is_refused_and_the_known_ones_are_listed():
    with pytest.raises(ValueError, match="'glorot'; the known ones are small, xavier, he, zeros, constant"):
        get("glorot")
