"""Parity with scikit-learn's MLPs from the same weights and batch order: losses and weights over 20 updates.

scikit-learn's initial weights are those it has after training with a rate too small to change them. Its
conventions: `alpha` is divided by the batch size; its squared loss is half of ours, so its rate is twice ours
for SGD and its epsilon half of ours for Adam; `loss_curve_` is the mean over an epoch of batch losses with
their penalty.
"""

import warnings

import numpy as np
import pytest

from nncore import SGD, Adam, Dense, Momentum, Network, Training, from_arrays, split

pytest.importorskip("sklearn")
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

BATCH, EPOCHS, ROWS = 16, 4, 80  # 5 batches an epoch, 20 updates
ACTIVATIONS = {"identity": "linear", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu"}


def sklearn_fit(kind, x, y, epochs, **options):
    fixed = {"hidden_layer_sizes": (7, 5), "batch_size": BATCH, "shuffle": False, "random_state": 3, "tol": 0}
    model = kind(**fixed, max_iter=epochs, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(x, y)


def flat(model):
    pairs = zip(model.coefs_, model.intercepts_)
    return np.concatenate([np.ravel(values) for pair in pairs for values in pair])


def compare(kind, data, last, sklearn_options, optimizer, loss_factor=1.0):
    """Assert that both go the same way; `loss_factor` is how many times ours is scikit-learn's loss."""
    x = data.train.x
    y = data.train.y[:, 0] if data.train.labels is None else data.train.labels
    hidden = ACTIVATIONS[sklearn_options.get("activation", "relu")]
    start = sklearn_fit(kind, x, y, 1, **{**sklearn_options, "learning_rate_init": 1e-300})
    theirs = sklearn_fit(kind, x, y, EPOCHS, **sklearn_options)
    sizes = [x.shape[1], 7, 5, theirs.n_outputs_]
    layers = [Dense(a, b, name) for a, b, name in zip(sizes, sizes[1:], (hidden, hidden, last))]
    network = Network(layers, seed=1, dtype=np.float64)
    network.parameters = flat(start)
    l2 = loss_factor * sklearn_options.get("alpha", 0.0) / BATCH
    training = Training(
        network, data, optimizer=optimizer, batch_size=BATCH, epochs=EPOCHS, l2=l2, shuffle=False
    )
    sums = np.zeros(EPOCHS)
    for event in training.events():
        if event.kind == "batch":
            sums[event.epoch - 1] += len(event.rows) * (event.loss + event.penalty)
    assert np.abs(flat(theirs) - flat(start)).max() > 1e-3
    np.testing.assert_allclose(network.parameters, flat(theirs), rtol=0, atol=1e-6)
    np.testing.assert_allclose(sums / len(x), loss_factor * np.array(theirs.loss_curve_), rtol=0, atol=1e-6)


def classes(n_classes, rows=ROWS):
    rng = np.random.RandomState(5)
    dataset = from_arrays(rng.randn(rows + 4, 6), np.arange(rows + 4) % n_classes)
    return split(dataset, (rows, 2, 2))


def numbers():
    rng = np.random.RandomState(6)
    x = rng.randn(ROWS + 4, 6)
    return split(from_arrays(x, np.sin(x[:, 0]) + 0.3 * x[:, 1]), (ROWS, 2, 2))


STEPS = {
    "sgd": ({"solver": "sgd", "momentum": 0.0}, lambda rate: SGD(rate)),
    "momentum": (
        {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False},
        lambda rate: Momentum(rate, momentum=0.9),
    ),
}


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("n_classes", "last"), [(3, "softmax"), (2, "sigmoid")])
def test_classifier_with_sgd(activation, step, n_classes, last):
    options, optimizer = STEPS[step]
    options = {**options, "activation": activation, "learning_rate_init": 0.1, "alpha": 0.05}
    compare(MLPClassifier, classes(n_classes), last, options, optimizer(0.1))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("n_classes", "last"), [(3, "softmax"), (2, "sigmoid")])
def test_classifier_with_adam(activation, n_classes, last):
    options = {"solver": "adam", "activation": activation, "learning_rate_init": 0.01, "alpha": 0.05}
    compare(MLPClassifier, classes(n_classes), last, options, Adam(0.01))


@pytest.mark.parametrize("step", STEPS)
def test_classifier_with_a_partial_last_batch(step):
    options, optimizer = STEPS[step]
    options = {**options, "learning_rate_init": 0.1, "alpha": 0.0}
    compare(MLPClassifier, classes(3, rows=70), "softmax", options, optimizer(0.1))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("step", STEPS)
def test_regressor_with_sgd(activation, step):
    options, optimizer = STEPS[step]
    options = {**options, "activation": activation, "learning_rate_init": 0.02, "alpha": 0.05}
    compare(MLPRegressor, numbers(), "linear", options, optimizer(0.01), loss_factor=2.0)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_regressor_with_adam(activation):
    options = {
        "solver": "adam",
        "activation": activation,
        "learning_rate_init": 0.01,
        "alpha": 0.05,
        "epsilon": 1e-8,
    }
    compare(MLPRegressor, numbers(), "linear", options, Adam(0.01, epsilon=2e-8), loss_factor=2.0)


def test_r2_is_that_of_scikit_learn():
    from sklearn.metrics import r2_score

    from nncore.metrics import r2

    rng = np.random.RandomState(1)
    targets, outputs = rng.randn(20, 3) * [1, 5, 0.1], rng.randn(20, 3)
    expected = r2_score(targets, outputs, multioutput="variance_weighted")
    assert r2(outputs, targets) == pytest.approx(expected, rel=1e-12)
