"""Quality on real data, on the test part, from one fixed spec each."""

import numpy as np
import pytest

from nncore import Adam, Dense, Network, Training, evaluate, split


def trained(network, data, **options):
    """Train with early stopping and return the network's (loss, score) on the test part."""
    training = Training(network, data, patience=20, **options)
    last = list(training.events())[-1]
    assert last.reason in ("early stopping", "epochs")
    training.restore_best()
    return evaluate(network, data.test)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_digits_are_recognised(real_data, seed):
    network = Network([Dense(64, 64, "relu"), Dense(64, 10, "softmax")], seed=seed)
    _, accuracy = trained(network, split(real_data("digits"), seed=seed), epochs=100)
    assert accuracy >= 0.95


def test_digits_with_dropout_and_adam(real_data):
    layers = [Dense(64, 96, "relu", dropout=0.2), Dense(96, 10, "softmax")]
    _, accuracy = trained(
        Network(layers, seed=1), split(real_data("digits")), epochs=60, optimizer=Adam(0.003)
    )
    assert accuracy >= 0.95


@pytest.mark.parametrize(("name", "least"), [("iris", 0.85), ("wine", 0.9), ("breast_cancer", 0.93)])
def test_measurements_are_classified(real_data, name, least):
    dataset = real_data(name)
    layers = [Dense(dataset.n_features, 16, "tanh"), Dense(16, dataset.n_outputs, "softmax")]
    _, accuracy = trained(Network(layers, seed=1), split(dataset, standardize=True), epochs=100)
    assert accuracy >= least


def test_diabetes_is_regressed(real_data):
    """R² of at least 0.40; linear least squares reaches 0.4 to 0.5 on such parts."""
    network = Network([Dense(10, 16, "tanh"), Dense(16, 1)], seed=1)
    data = split(real_data("diabetes"), standardize=True)
    _, score = trained(network, data, epochs=200, optimizer=Adam(0.003), l2=0.01)
    assert score >= 0.40


def test_digits_are_given_back_through_half_as_many_neurons(real_data):
    """R² of at least 0.90, where the mean picture gives 0; the labels are never seen."""
    network = Network([Dense(64, 32, "tanh"), Dense(32, 64)], seed=1)
    data = split(real_data("digits", task="reconstruct"))
    loss, score = trained(network, data, epochs=40, optimizer=Adam(0.003))
    assert score >= 0.90
    assert loss < 0.1 * np.mean((data.test.y - data.train.y.mean(axis=0)) ** 2)
