"""Buffers: made once per batch size, shared where a layer is linear, and no allocation in a step."""

import tracemalloc

import numpy as np
import pytest

from nncore import (
    Adam,
    Dense,
    Network,
    evaluate,
    load_dataset,
    losses,
    passes,
    split,
    train,
)


def test_one_set_per_batch_size():
    network = Network([Dense(2, 3, "relu"), Dense(3, 1)], seed=1)
    four = network.buffers(4)
    assert network.buffers(4) is four and network.buffers(5) is not four
    assert [work.z.shape for work in four.layers] == [(4, 3), (4, 1)]


def test_only_a_handful_is_kept():
    network = Network([Dense(2, 1)], seed=1)
    first, second = network.buffers(1), network.buffers(2)
    for n_rows in range(3, 9):
        network.buffers(1)
        network.buffers(n_rows)
    network.buffers(9)
    assert network.buffers(1) is first and network.buffers(2) is not second


def test_looking_on_leaves_the_numbers_of_a_batch():
    network = Network([Dense(2, 3, "relu"), Dense(3, 2, "softmax")], seed=1)
    data = split(load_dataset("circle", points=160))
    assert len(data.validation) == 32
    events = train(network, data, batch_size=32)
    next(events)
    rows = next(events).rows
    batch = network.buffers(32)
    seen = batch[0].z.copy()
    network.predict(data.validation.x)
    evaluate(network, data.validation)
    np.testing.assert_array_equal(batch[0].z, seen)
    np.testing.assert_array_equal(batch[0].x, data.train.x[rows].astype(np.float32))


def test_a_linear_layer_shares_its_arrays():
    linear, relu = Network([Dense(2, 2), Dense(2, 2, "relu")], seed=1).buffers(3).layers
    assert linear.a is linear.z and linear.d_a is linear.d_z
    assert not np.shares_memory(relu.a, relu.z)


def test_a_batch_of_no_rows_is_refused():
    with pytest.raises(ValueError, match="n_rows is 0: a whole number of 1 or more"):
        Network([Dense(2, 1)], seed=1).buffers(0)


@pytest.mark.parametrize("hidden", ["linear", "relu", "leaky_relu", "sigmoid", "tanh"])
@pytest.mark.parametrize(
    ("last", "loss"),
    [("softmax", "categorical_cross_entropy"), ("sigmoid", "binary_cross_entropy"), ("tanh", "mse")],
)
def test_a_step_allocates_no_array(hidden, last, loss):
    """The smallest array here takes 80,000 bytes; NumPy's own loops borrow about 42,000 for any batch."""
    network = Network([Dense(8, 16, hidden, dropout=0.5), Dense(16, 8, hidden), Dense(8, 4, last)], seed=1)
    x = np.random.RandomState(1).rand(5000, 8).astype(np.float32)
    y = np.eye(4, dtype=np.float32)[np.arange(5000) % 4]
    optimizer, buffers, loss = Adam(), network.buffers(5000), losses.get(loss)
    rng = np.random.Generator(np.random.PCG64(1))

    def step():
        passes.step(network.operations, x, y, loss, buffers, rng)
        network.add_penalty(0.1, 0.1)
        optimizer.update(network.parameters, network.gradients)

    step()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        step()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - before < 60_000


def test_dropout_keeps_the_expected_sum_and_drops_the_stated_share():
    network = Network([Dense(4, 100, "relu", dropout=0.3), Dense(100, 1)], seed=1)
    network.layers[0].biases = np.ones((1, 100))
    buffers = network.buffers(1000)
    x = np.zeros((1000, 4), np.float32)
    passes.forward(network.operations, x, buffers, np.random.Generator(np.random.PCG64(1)))
    dropped = buffers[0].dropped
    # 100,000 draws: the standard error of the share is √(0.3 · 0.7 / 1e5) = 0.0015
    assert np.mean(dropped == 0) == pytest.approx(0.3, abs=0.006)
    np.testing.assert_allclose(dropped[dropped != 0], 1 / 0.7, rtol=1e-6)


def test_without_a_generator_nothing_is_dropped():
    network = Network([Dense(4, 100, "relu", dropout=0.9), Dense(100, 1)], seed=1)
    plain = Network([Dense(4, 100, "relu"), Dense(100, 1)], seed=1)
    x = np.random.RandomState(1).randn(5, 4)
    np.testing.assert_array_equal(network.forward(x), plain.forward(x))
