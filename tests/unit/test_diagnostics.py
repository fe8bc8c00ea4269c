"""What is wrong with a run is named, and only then."""

import pytest

from nncore import Dense, EpochEvent, Initializer, diagnostics


def history(*losses):
    """EpochEvents with these (training, validation) losses."""
    return [EpochEvent(epoch, epoch, train, 0.0, validation, 0.0, 0) for epoch, (train, validation) in enumerate(losses)]


@pytest.mark.parametrize("initializer, distinct", [("he", 6), ("zeros", 1), (Initializer("constant", 0.3), 1)])
def test_distinct_neurons(initializer, distinct):
    assert diagnostics.distinct_neurons(Dense(3, 6, initializer=initializer, seed=1)) == distinct


def test_a_bias_alone_makes_neurons_distinct():
    layer = Dense(3, 6, initializer="zeros", seed=1)
    layer.biases = [[0, 0, 1, 1, 2, 0]]
    assert diagnostics.distinct_neurons(layer) == 3


def test_plateau_is_a_high_loss_that_stands_still():
    still = [(0.693, 0.7)] * 25
    assert diagnostics.is_on_plateau(history(*still))
    assert not diagnostics.is_on_plateau(history(*still[:15]))  # too early to tell
    assert not diagnostics.is_on_plateau(history(*[(0.693 - 0.01 * i, 0.7) for i in range(25)]))  # it falls
    assert not diagnostics.is_on_plateau(history((0.7, 0.7), *[(0.01, 0.02)] * 25))  # it has learnt


def test_memorising_needs_a_rising_validation_and_a_falling_training_loss():
    falling = [(1 - 0.02 * i, 1 - 0.02 * i) for i in range(11)]
    apart = [(0.8 - 0.02 * i, 0.8 + 0.02 * i) for i in range(1, 21)]
    assert diagnostics.memorising_since(history(*falling, *apart)) == 10
    assert diagnostics.memorising_since(history(*falling, *apart[:10])) is None  # not for long enough
    assert diagnostics.memorising_since(history(*falling)) is None
    both_rise = [(0.8 + 0.02 * i, 0.8 + 0.02 * i) for i in range(1, 21)]
    assert diagnostics.memorising_since(history(*falling, *both_rise)) is None  # that is another trouble
    assert diagnostics.memorising_since([]) is None
