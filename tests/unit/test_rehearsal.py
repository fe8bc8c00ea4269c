"""A rehearsal tells the next update in every number, and changes nothing by telling."""

import numpy as np
import pytest

from nncore import Dense, Network, Training, load_dataset, split
from nncore.activations import ACTIVATIONS
from nncore.optimizers import make
from nncore.rehearsal import Rehearsal

HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]


def training(*, task="classify", optimizer="adam", dropout=0.0, activation="tanh", **options):
    data = load_dataset("spiral", points=100, seed=3) if task == "classify" else load_dataset("sine", points=100, seed=3)
    last = Dense(5, 3, "softmax") if task == "classify" else Dense(5, 1)
    network = Network([Dense(data.n_features, 6, activation, dropout=dropout), Dense(6, 5, "relu"), last], seed=4)
    return Training(network, split(data, seed=2), optimizer=make(optimizer, 0.05), batch_size=16, shuffle_seed=5, **options)


@pytest.mark.parametrize("options", [
    {}, {"optimizer": "sgd", "task": "regress"}, {"optimizer": "momentum", "dropout": 0.5}, {"optimizer": "rmsprop", "l1": 0.01, "l2": 0.1},
    {"shuffle": False}, {"loss": "mse"}, {"schedule": "cosine", "period": 4}], ids=str)
def test_the_next_update_is_as_rehearsed(options):
    watched, alone = training(**options), training(**options)
    events, others = watched.events(), alone.events()
    next(events), next(others)
    for _ in range(9):  # beyond the first epoch of four batches
        rehearsal = Rehearsal(watched)
        expected, rows = rehearsal.next_parameters, rehearsal.rows
        loss = float(rehearsal.losses.mean())
        event = next(events)
        while event.kind != "batch":
            event = next(events)
        while next(others).kind != "batch":
            pass
        np.testing.assert_array_equal(event.rows, rows)
        np.testing.assert_allclose(watched.network.parameters, expected, rtol=1e-6, atol=1e-7)
        assert event.loss == pytest.approx(loss, rel=1e-5)
        np.testing.assert_array_equal(watched.network.parameters, alone.network.parameters)  # looking changed nothing


def test_locked_parameters_stay():
    run = training()
    mask = np.zeros(run.network.parameters.size, bool)
    mask[[0, 5]] = True
    run.network.locked = mask
    moved = Rehearsal(run).next_parameters != run.network.parameters
    assert not moved[mask].any() and moved[~mask].any()


@pytest.mark.parametrize("loss", ["mse", "categorical_cross_entropy"])
def test_stages_are_the_formulas(loss):
    run = training(loss=loss)
    r = Rehearsal(run)
    x = r.x
    for layer, work in zip(r.network.layers, r.buffers):
        np.testing.assert_allclose(work.z, x @ layer.weights + layer.biases, rtol=1e-5, atol=1e-6)
        x = work.a
    assert r.gradients.shape == run.network.parameters.shape
    first = r.buffers[0]
    np.testing.assert_allclose(first.d_weights, r.x.T @ first.d_z, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(first.d_z, first.d_a * r.slope_of_activation(0), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("activation", HIDDEN)
def test_slope_of_activation_is_the_derivative(activation):
    r = Rehearsal(training(activation=activation))
    z, h = r.buffers[0].z.astype(float), 1e-5
    function = ACTIVATIONS[activation]
    measured = (function(z + h) - function(z - h)) / (2 * h)
    np.testing.assert_allclose(r.slope_of_activation(0), measured, atol=1e-4)


def test_one_gradient_is_checked():
    r = Rehearsal(training())
    for index in (0, 20, 60):
        backpropagated, measured = r.check(index)
        assert backpropagated == pytest.approx(measured, rel=1e-6, abs=1e-9)
        assert r.gradients[index] == pytest.approx(measured, rel=1e-3, abs=1e-6)
    with pytest.raises(ValueError, match="index is 1000"):
        r.check(1000)


def test_penalty_is_kept_apart():
    r = Rehearsal(training(l2=0.5))
    weights, biases = r.network.places(0)
    np.testing.assert_allclose(r.penalized[weights], r.gradients[weights] + 0.5 * r.parameters[weights], rtol=1e-5)
    np.testing.assert_array_equal(r.penalized[biases], r.gradients[biases])


def test_rehearsing_an_epoch_that_is_over_names_the_next_one():
    run = training(optimizer="sgd")
    events = run.events()
    next(events)
    for _ in range(run.batches):
        next(events)
    assert run.batch == run.batches
    rows = Rehearsal(run).rows
    assert next(events).kind == "epoch"
    np.testing.assert_array_equal(next(events).rows, rows)
