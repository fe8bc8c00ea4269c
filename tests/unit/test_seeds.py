"""The same spec gives the same bits, and each seed decides its own matter alone."""

import numpy as np
import pytest

from nncore import Adam, Dense, Network, load_dataset, split, train

CIRCLE_ROWS = [3, 2, 9, 6, 4, 1]
LINE_Y = [-0.2756478336791146, 0.15274197034147996]
LINE_X = [-0.7312715117751976, 0.5275492379532281]


def run(data_seed=1, split_seed=1, init_seed=1, shuffle_seed=1):
    """Return everything the seeds decide, and the weights that come of it."""
    dataset = load_dataset("moons", points=60, seed=data_seed)
    parts = split(dataset, seed=split_seed)
    network = Network([Dense(2, 8, "relu", dropout=0.2), Dense(8, 2, "softmax")], seed=init_seed)
    start = network.parameters.copy()
    events = list(train(network, parts, epochs=3, optimizer=Adam(0.01), shuffle_seed=shuffle_seed))
    order = np.concatenate([event.rows for event in events if event.kind == "batch"])
    return {
        "data": dataset.x,
        "split": parts.train.rows,
        "init": start,
        "shuffle": order,
        "weights": network.parameters,
    }


def test_the_same_spec_twice_gives_bit_identical_weights():
    np.random.seed(1)
    first = run()
    np.random.seed(2)
    again = run()
    assert first["weights"].tobytes() == again["weights"].tobytes()


@pytest.mark.parametrize("changed", ["data", "split", "init", "shuffle"])
def test_a_seed_changes_its_own_matter_and_leaves_the_others(changed):
    first, other = run(), run(**{f"{changed}_seed": 2})
    for matter in ("data", "split", "init", "shuffle"):
        assert np.array_equal(first[matter], other[matter]) == (matter != changed), matter
    assert not np.array_equal(first["weights"], other["weights"])


def test_the_shuffle_seed_decides_the_dropout_masks():
    def weights(shuffle_seed):
        network = Network([Dense(2, 8, "relu", dropout=0.5), Dense(8, 2, "softmax")], seed=1)
        parts = split(load_dataset("moons", points=60))
        list(train(network, parts, epochs=1, shuffle=False, shuffle_seed=shuffle_seed))
        return network.parameters

    assert np.array_equal(weights(1), weights(1)) and not np.array_equal(weights(1), weights(2))


def test_the_global_stream_is_left_alone():
    layers = [Dense(2, 8, "relu", dropout=0.2, seed=1), Dense(8, 2, "softmax", seed=2)]
    np.random.seed(7)
    expected = np.random.rand()
    np.random.seed(7)
    list(train(Network(layers, seed=1), load_dataset("moons", points=60), epochs=1))
    assert np.random.rand() == expected


def test_the_streams_are_numpys_frozen_ones():
    """The first numbers of each seed, as written down once: links shall show the same in ten years."""
    network = Network([Dense(1, 2, initializer="small"), Dense(2, 1)], seed=1, dtype=np.float64)
    np.testing.assert_allclose(
        network.layers[0].weights, [[0.016243453636632417, -0.006117564136500754]], rtol=1e-15
    )
    assert split(load_dataset("circle", points=10)).train.rows.tolist() == CIRCLE_ROWS
    line = load_dataset("line", points=2, noise=1)
    np.testing.assert_allclose(line.x[:, 0], LINE_X, rtol=1e-15)
    np.testing.assert_allclose(line.y[:, 0], LINE_Y, rtol=1e-14)
