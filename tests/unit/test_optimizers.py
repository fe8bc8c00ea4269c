"""Optimizers: two steps of each by hand, changes of rate, and forgetting."""

import numpy as np
import pytest

from nncore import SGD, Adam, Momentum, RMSProp
from nncore.optimizers import OPTIMIZERS, make

G1, G2 = 2.0, -1.0


def after_two(optimizer):
    """Return the parameter after gradients 2 and -1, from 1."""
    parameters = np.array([1.0])
    for gradient in (G1, G2):
        optimizer.update(parameters, np.array([gradient]))
    return parameters[0]


def test_sgd_by_hand():
    # 1 - 0.1 · 2 = 0.8;  0.8 + 0.1 · 1 = 0.9
    assert after_two(SGD(0.1)) == pytest.approx(0.9, rel=1e-14)


def test_momentum_by_hand():
    # v = -0.2, p = 0.8;  v = 0.5 · -0.2 + 0.1 = 0, p = 0.8
    assert after_two(Momentum(0.1, momentum=0.5)) == pytest.approx(0.8, rel=1e-14)


def test_rmsprop_by_hand():
    # s = 0.5 · 4 = 2, p = 1 - 0.1 · 2/√2;  s = 0.5 · 2 + 0.5 · 1 = 1.5, p += 0.1 · 1/√1.5
    expected = 1 - 0.2 / np.sqrt(2) + 0.1 / np.sqrt(1.5)
    assert after_two(RMSProp(0.1, decay=0.5, epsilon=1e-300)) == pytest.approx(expected, rel=1e-14)


def test_adam_by_hand():
    # t = 1: m = 0.5 · 2 = 1, s = 0.25 · 4 = 1, step 0.1 · √0.25 / 0.5 = 0.1: p = 1 - 0.1 · 1/1 = 0.9
    # t = 2: m = 0.5 - 0.5 = 0, so nothing moves
    assert after_two(Adam(0.1, beta1=0.5, beta2=0.75, epsilon=1e-300)) == pytest.approx(0.9, rel=1e-14)


def test_epsilon_is_added_to_the_root():
    parameters = np.array([1.0])
    RMSProp(1.0, decay=0.0, epsilon=2.0).update(parameters, np.array([2.0]))
    assert parameters[0] == 1 - 2 / (2 + 2)
    parameters = np.array([1.0])
    # step 1 · √(1 - 0.75) / (1 - 0) = 0.5, m = 2, √s = √(0.25 · 4) = 1: p = 1 - 0.5 · 2 / (1 + 3)
    Adam(1.0, beta1=0.0, beta2=0.75, epsilon=3.0).update(parameters, np.array([2.0]))
    assert parameters[0] == pytest.approx(0.75, rel=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_reset_forgets(name):
    used = make(name, 0.1)
    after_two(used)
    used.reset()
    assert after_two(used) == after_two(make(name, 0.1))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_another_vector_starts_afresh(name):
    used = make(name, 0.1)
    used.update(np.ones(3), np.ones(3))
    assert after_two(used) == after_two(make(name, 0.1))


def test_the_rate_may_be_changed_between_updates():
    optimizer = SGD(0.1)
    parameters = np.array([1.0])
    optimizer.update(parameters, np.array([1.0]))
    optimizer.learning_rate = 0.5
    optimizer.update(parameters, np.array([1.0]))
    assert parameters[0] == pytest.approx(0.4, rel=1e-14)


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf"), "0.1", True, None])
def test_a_bad_rate_is_refused_and_changes_nothing(rate):
    optimizer = SGD(0.25)
    with pytest.raises(ValueError, match="learning_rate is .*needed"):
        optimizer.learning_rate = rate
    assert optimizer.learning_rate == 0.25


def test_make_gives_each_its_own_default_rate():
    assert [make(name).learning_rate for name in OPTIMIZERS] == [0.1, 0.01, 0.001, 0.001]
    with pytest.raises(ValueError, match="'adamw'; the known ones are sgd, momentum, rmsprop, adam"):
        make("adamw")


def test_repr():
    assert repr(Adam(0.01)) == "Adam(learning_rate=0.01)"
