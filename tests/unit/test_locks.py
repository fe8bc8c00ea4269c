"""Locked parameters stay as they are, whatever the optimizer remembers; dropout may change between updates."""

import numpy as np
import pytest

from nncore import Dense, Network, Training, load_dataset, optimizers, split


def run(network, optimizer, epochs, **options):
    parts = split(load_dataset("moons", points=60), seed=1)
    training = Training(network, parts, optimizer=optimizers.make(optimizer, 0.05), batch_size=8, epochs=epochs, **options)
    for _ in training.events():
        pass
    return training


def make_network():
    return Network([Dense(2, 5, "tanh"), Dense(5, 2, "softmax")], seed=1)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_locked_parameters_stay_and_the_others_move(optimizer):
    network = make_network()
    run(network, optimizer, 2)  # so that the moments are not zero
    weights, biases = network.places(0)
    mask = np.zeros(network.parameters.size, bool)
    mask[weights[1, 3]] = mask[biases[0, 2]] = True
    before = network.parameters.copy()
    network.locked = mask
    run(network, optimizer, 2, l1=0.01, l2=0.1)
    changed = network.parameters != before
    assert not changed[mask].any()
    assert changed[~mask].all()


def test_a_lock_that_begins_while_training_beats_the_momentum():
    network = make_network()
    parts = split(load_dataset("moons", points=60), seed=1)
    training = Training(network, parts, optimizer=optimizers.make("momentum", 0.1), batch_size=8)
    events = training.events()
    for _ in range(6):
        next(events)
    network.locked = np.ones(network.parameters.size, bool)
    before = network.parameters.copy()
    for _ in range(6):
        next(events)
    assert np.array_equal(network.parameters, before)
    network.locked = None
    assert not network.locked.any()
    for _ in range(2):
        next(events)
    assert not np.array_equal(network.parameters, before)


def test_places_are_those_of_the_flat_vector():
    network = make_network()
    for i, layer in enumerate(network.layers):
        weights, biases = network.places(i)
        assert np.array_equal(network.parameters[weights], layer.weights)
        assert np.array_equal(network.parameters[biases], layer.biases)


@pytest.mark.parametrize("mask", [np.zeros(3, bool), np.zeros(27), "all"])
def test_a_mask_of_another_kind_is_refused_and_changes_nothing(mask):
    network = make_network()
    network.locked = np.ones(network.parameters.size, bool)
    with pytest.raises(ValueError, match=r"must be bool \(27,\)"):
        network.locked = mask
    assert network.locked.all()


def test_dropout_may_be_switched_on_and_off():
    network = make_network()
    x = np.ones((4, 2))
    rng = np.random.Generator(np.random.PCG64(1))
    labels = [0, 1, 0, 1]
    plain = network.loss_and_gradients(x, labels, "categorical_cross_entropy", rng=rng)
    network.layers[0].dropout = 0.8
    dropped = network.loss_and_gradients(x, labels, "categorical_cross_entropy", rng=rng)
    network.layers[0].dropout = 0.0
    again = network.loss_and_gradients(x, labels, "categorical_cross_entropy", rng=rng)
    assert plain == again != dropped
    with pytest.raises(ValueError, match="dropout belongs on hidden layers"):
        network.layers[1].dropout = 0.5
    assert network.layers[1].dropout == 0
