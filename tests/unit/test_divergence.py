"""Divergence is an event with its cause, and leaves finite parameters behind."""

import numpy as np
import pytest

from nncore import (
    SGD,
    Adam,
    Dense,
    Momentum,
    Network,
    RMSProp,
    Training,
    load_dataset,
    split,
)


def diverging(optimizer, hidden="relu", dtype=np.float32):
    network = Network([Dense(1, 16, hidden), Dense(16, 1)], seed=1, dtype=dtype)
    return Training(network, split(load_dataset("sine")), optimizer=optimizer, epochs=200)


def run(training):
    """Return the last event, and the weights after each finite epoch."""
    weights = []
    for event in training.events():
        if event.kind == "epoch":
            weights.append(training.network.parameters.copy())
    return event, weights


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("optimizer", [SGD(10), Momentum(5), RMSProp(1e200), Adam(1e200)], ids=repr)
def test_the_weights_go_back_to_the_last_finite_epoch(optimizer, dtype):
    training = diverging(optimizer, dtype=dtype)
    stop, weights = run(training)
    assert stop.reason == "diverged"
    assert np.isfinite(training.network.parameters).all()
    np.testing.assert_array_equal(training.network.parameters, weights[-1])
    assert (training.epoch, training.updates) == (len(weights) - 1, training.history[-1].updates)


def test_the_message_names_update_rate_and_a_way_out():
    stop, weights = run(diverging(SGD(10)))
    assert (
        stop.message
        == f"The loss was not finite at update {stop.updates}, with a learning rate of 10. The weights are"
        f" back to those after epoch {len(weights) - 1}. Try a learning rate of 1, or standardise the"
        " data."
    )


def test_infinite_weights_behind_a_finite_loss_are_found():
    """A saturated tanh hides infinite weights from the loss."""
    training = diverging(SGD(0.1), hidden="tanh")
    for event in training.events():
        if event.kind == "batch" and event.epoch == 3 and event.batch == event.batches:
            training.network.layers[0].weights[...] = np.inf
    assert event.reason == "diverged" and training.epoch == 2
    assert np.isfinite(training.network.parameters).all()


def test_training_can_go_on_with_a_smaller_rate():
    training = diverging(SGD(10))
    run(training)
    start = training.current().train_loss
    training.optimizer.learning_rate = 0.02
    training.epochs = training.epoch + 20
    stop, _ = run(training)
    assert stop.reason == "epochs" and training.history[-1].train_loss < start


def test_the_optimizer_forgets_the_moments_that_led_there():
    training = diverging(Momentum(5))
    run(training)
    assert training.batch == 0
    start = training.network.parameters.copy()
    training.epochs = training.epoch + 1
    training.optimizer.learning_rate = 1e-30
    run(training)
    np.testing.assert_allclose(training.network.parameters, start, rtol=1e-6)


def test_weights_that_overflow_at_once_are_told_before_training():
    training = diverging(SGD(0.1))
    training.network.parameters = np.full(training.network.parameters.size, 3e38)
    training = Training(training.network, training.split)
    events = list(training.events())
    assert [event.kind for event in events] == ["stop"] and events[0].reason == "diverged"
    assert np.isfinite(training.network.parameters).all()
