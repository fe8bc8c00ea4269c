"""Early stopping: the best epoch is known, its weights come back, and patience is counted from it."""

import numpy as np
import pytest

from nncore import Adam, Dense, Network, Training, load_dataset, split


def overfitting(**options):
    """Return a Training of a wide network on few noisy points, whose validation loss soon rises."""
    network = Network([Dense(2, 64, "tanh"), Dense(64, 2, "softmax")], seed=1)
    data = split(load_dataset("moons", points=60, noise=1, seed=2))
    return Training(network, data, optimizer=Adam(0.05), **options)


def run(training):
    """Return the last event, the validation losses, and the weights after each epoch."""
    weights = []
    for event in training.events():
        if event.kind == "epoch":
            weights.append(training.network.parameters.copy())
    return event, [entry.validation_loss for entry in training.history], weights


def test_the_best_weights_come_back_after_patience_epochs():
    training = overfitting(epochs=500, patience=7)
    stop, losses, weights = run(training)
    best = int(np.argmin(losses))
    assert stop.reason == "early stopping" and f"epoch {best} for 7 epochs" in stop.message
    assert training.best_epoch == best and stop.epoch == best + 7 == len(losses) - 1
    np.testing.assert_array_equal(training.network.parameters, weights[best])
    assert not np.array_equal(weights[best], weights[-1])
    assert training.current().validation_loss == losses[best]


def test_the_last_weights_stay_where_that_is_wanted():
    training = overfitting(epochs=500, patience=7, restore_best=False)
    _, losses, weights = run(training)
    np.testing.assert_array_equal(training.network.parameters, weights[-1])
    training.restore_best()
    np.testing.assert_array_equal(training.network.parameters, weights[int(np.argmin(losses))])


def test_without_patience_training_goes_on():
    training = overfitting(epochs=60)
    stop, losses, weights = run(training)
    assert stop.reason == "epochs" and len(losses) == 61 and training.best_epoch == int(np.argmin(losses))
    np.testing.assert_array_equal(training.network.parameters, weights[-1])


def test_patience_may_be_set_under_way():
    training = overfitting(epochs=500)
    for event in training.events():
        if event.kind == "epoch" and event.epoch == training.best_epoch + 20:
            training.patience = 5
    assert event.reason == "early stopping"


@pytest.mark.parametrize("epochs", [10, 60])
def test_every_epoch_event_names_the_best_so_far(epochs):
    training = overfitting(epochs=epochs)
    run(training)
    losses = [entry.validation_loss for entry in training.history]
    assert [entry.best_epoch for entry in training.history] == [
        int(np.argmin(losses[: i + 1])) for i in range(len(losses))
    ]
