"""Work in steps comes to what the same work does at once, and leaves nothing behind where it is dropped."""

import numpy as np
import pytest

from nncore import Adam, Dense, Network, Training, evaluate, load_dataset, split
from nncore.diagnostics import distinct_neurons
from nncore.evaluation import evaluating
from nncore.network import CHUNK
from nncore.stepwise import finish

PARTS = split(load_dataset("iris"), (60, 20, 20), seed=1, standardize=True)


def network(dropout=0.0):
    return Network([Dense(4, 9, "tanh", dropout=dropout), Dense(9, 7, "relu"), Dense(7, 3, "softmax")], seed=1)


def training(dropout=0.0, **options):
    return Training(network(dropout), PARTS, optimizer=Adam(0.01), batch_size=20, **options)


def steps_of(generator):
    """How many steps there are, and the result."""
    count = 0
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return count, end.value
        count += 1


def test_evaluation_is_the_same_in_steps():
    net = network()
    assert steps_of(evaluating(net, PARTS.train)) == (1, evaluate(net, PARTS.train))
    net.chunk = 16
    count, (loss, score) = steps_of(evaluating(net, PARTS.train))
    assert count == 6  # 90 rows
    assert (loss, score) == evaluate(net, PARTS.train)
    net.chunk = CHUNK
    assert (loss, score) == pytest.approx(evaluate(net, PARTS.train), rel=1e-6)


def test_predictions_are_the_same_some_rows_at_a_time():
    net, x = network(), np.random.default_rng(1).normal(size=(50, 4))
    whole = net.predict(x)
    net.chunk = 16
    np.testing.assert_allclose(net.predict(x), whole, rtol=1e-5, atol=1e-7)
    assert [rows for rows, _ in net.passing(x)] == [slice(0, 16), slice(16, 32), slice(32, 48), slice(48, 50)]
    assert net.copy().chunk == 16
    with pytest.raises(ValueError, match="chunk"):
        net.chunk = 0


def test_weights_are_drawn_the_same_in_steps():
    one, other = network(), network()
    one.initialize(5)
    assert steps_of(other.initializing(5))[0] == 3
    np.testing.assert_array_equal(one.parameters, other.parameters)


@pytest.mark.parametrize("options", [{}, {"dropout": 0.3, "l2": 0.01}])
def test_updates_are_the_same_layer_by_layer(options):
    one, other = training(**options), training(**options)
    next(one.events()), next(other.events())
    for _ in range(4):
        assert one.advance(1) == 1
        assert steps_of(other.advancing()) == (4, 1)  # between three layers, forward and back
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    np.testing.assert_array_equal(one.rows, other.rows)
    assert (one.batch, one.updates, one.optimizer.updates) == (other.batch, other.updates, other.optimizer.updates)


@pytest.mark.parametrize("after", range(1, 5))
def test_an_update_that_is_dropped_has_changed_nothing(after):
    one, other = training(dropout=0.3), training(dropout=0.3)
    next(one.events()), next(other.events())
    dropped = other.advancing()
    for _ in range(after):
        next(dropped)
    dropped.close()
    assert other.updates == other.batch == other.optimizer.updates == 0
    one.advance(3), other.advance(3)
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)


def test_an_update_to_no_finite_loss_counts_as_none():
    run = training()
    events = run.events()
    next(events)
    run.network.layers[-1].biases[...] = np.nan
    before = run.network.parameters.copy()
    assert finish(run.advancing()) == 0 and run.updates == 0
    np.testing.assert_array_equal(run.network.parameters, before)


def test_an_epoch_that_was_measured_before_is_told_as_ever(monkeypatch):
    one, other = training(), training()
    ones, others = one.events(batches=False), other.events(batches=False)
    for _ in range(3):
        assert other.is_due
        assert steps_of(other.preparing())[0] == 2
        with monkeypatch.context() as patch:
            patch.setattr(Training, "measuring", lambda self: pytest.fail("it is measured already"))
            told = next(others)
        assert told == next(ones)
        assert not other.is_due
        other.advance(other.batches)
    assert one.best_epoch == other.best_epoch


def test_nothing_is_measured_where_an_update_comes_next():
    run = training()
    next(run.events())
    assert not run.is_due and steps_of(run.preparing())[0] == 0


def test_layers_without_weights_of_their_own_draw_nothing():
    net, state = network(), np.random.get_state()[1].copy()
    layer = Dense.undrawn(3, 2, "relu", "xavier", dropout=0.1, dtype="float32")
    assert not layer.weights.any() and layer.initializer.name == "xavier" and layer.dropout == 0.1
    net.copy()
    np.testing.assert_array_equal(np.random.get_state()[1], state)
    drawn = Network([Dense.undrawn(4, 9, "tanh"), Dense.undrawn(9, 3, "softmax")], seed=3)
    np.testing.assert_array_equal(drawn.parameters, Network([Dense(4, 9, "tanh"), Dense(9, 3, "softmax")], seed=3).parameters)


def test_equal_neurons_are_counted_once_though_their_first_weights_agree():
    layer = Dense(3, 4, seed=1)
    assert distinct_neurons(layer) == 4
    layer.weights[0] = 1.0
    assert distinct_neurons(layer) == 4
    layer.weights[:, 1] = layer.weights[:, 0]
    assert distinct_neurons(layer) == 3
