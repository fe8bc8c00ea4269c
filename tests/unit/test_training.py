"""The training loop: events, batches, averages, changes under way, and what it refuses."""

import numpy as np
import pytest

from nncore import (
    SGD,
    Adam,
    Dense,
    Network,
    Training,
    from_arrays,
    load_dataset,
    split,
    train,
)


def circle_network(**options):
    return Network([Dense(2, 5, "tanh", **options), Dense(5, 2, "softmax")], seed=3, dtype=np.float64)


def circle_split():
    return split(load_dataset("circle", points=50))  # 30 rows to train on


def kinds(events):
    return [event.kind for event in events]


def test_order_of_events():
    events = train(circle_network(), circle_split(), epochs=2, batch_size=10)
    assert kinds(events) == ["epoch", *["batch"] * 3, "epoch", *["batch"] * 3, "epoch", "stop"]


def test_batches_take_every_row_once_an_epoch_the_last_one_smaller():
    training = Training(circle_network(), circle_split(), epochs=2, batch_size=8)
    batches = [event for event in training.events() if event.kind == "batch"]
    first, second = batches[:4], batches[4:]
    for epoch in (first, second):
        assert [len(event.rows) for event in epoch] == [8, 8, 8, 6]
        assert sorted(np.concatenate([event.rows for event in epoch])) == list(range(30))
    assert not np.array_equal(first[0].rows, second[0].rows)
    assert [(e.epoch, e.batch, e.batches, e.update) for e in batches[3:5]] == [(1, 4, 4, 4), (2, 1, 4, 5)]


def test_each_update_is_the_mean_over_its_own_rows_the_partial_batch_included():
    data, network = circle_split(), circle_network()
    twin = network.copy()
    for event in Training(network, data, batch_size=8, epochs=2, optimizer=SGD(0.3)).events():
        if event.kind == "batch":
            x, y = data.train.x[event.rows], data.train.y[event.rows]
            loss = twin.loss_and_gradients(x, y, "categorical_cross_entropy")
            assert event.loss == pytest.approx(loss, rel=1e-12)
            twin.parameters -= 0.3 * twin.gradients
            np.testing.assert_allclose(network.parameters, twin.parameters, rtol=1e-12, atol=1e-15)


def test_without_shuffling_the_order_of_the_split_is_kept():
    events = train(circle_network(), circle_split(), epochs=2, batch_size=8, shuffle=False)
    rows = np.concatenate([event.rows for event in events if event.kind == "batch"])
    np.testing.assert_array_equal(rows, np.tile(np.arange(30), 2))


def test_epoch_events_measure_the_whole_parts_without_dropout_and_penalty():
    data, network = circle_split(), circle_network(dropout=0.5)
    twin = network.copy()
    for event in Training(network, data, epochs=3, l2=0.5).events():
        if event.kind == "epoch":
            twin.parameters = network.parameters
            for part, measured in ((data.train, event.train_loss), (data.validation, event.validation_loss)):
                loss = twin.loss_and_gradients(part.x, part.y, "categorical_cross_entropy")
                assert measured == pytest.approx(loss, rel=1e-12)
            right = twin.predict_classes(data.train.x) == data.train.labels
            assert event.train_score == pytest.approx(right.mean())


def test_attributes_follow_the_events():
    training = Training(circle_network(), circle_split(), batch_size=8)
    assert (training.epoch, training.batch, training.batches, training.updates) == (0, 0, 4, 0)
    events = training.events()
    next(events)
    for _ in range(6):
        event = next(events)
    assert event.kind == "batch"
    assert (training.epoch, training.batch, training.batches, training.updates) == (1, 1, 4, 5)
    np.testing.assert_array_equal(training.rows, event.rows)
    np.testing.assert_array_equal(training.network.buffers(len(training.rows))[0].x, training.split.train.x[event.rows])
    assert [entry.epoch for entry in training.history] == [0, 1]


def test_the_penalty_is_told_and_acts():
    free, held = circle_network(), circle_network()
    list(train(free, circle_split(), epochs=20))
    before = held.copy()
    for event in train(held, circle_split(), epochs=20, l1=0.01, l2=0.3):
        if event.kind == "batch":
            weights = np.concatenate([layer.weights.ravel() for layer in before.layers])
            expected = 0.01 * np.abs(weights).sum() + 0.15 * (weights**2).sum()
            assert event.penalty == pytest.approx(expected, rel=1e-12)
            before.parameters = held.parameters
    assert np.abs(held.parameters).sum() < 0.6 * np.abs(free.parameters).sum()


def test_dropout_acts_while_training_only():
    plain, dropping = circle_network(), circle_network(dropout=0.5)
    list(train(plain, circle_split(), epochs=1))
    list(train(dropping, circle_split(), epochs=1))
    assert not np.allclose(plain.parameters, dropping.parameters)
    x = circle_split().test.x
    np.testing.assert_array_equal(dropping.forward(x), dropping.forward(x))


def test_changes_between_events_act_from_the_next_batch_on():
    network = circle_network()
    training = Training(network, circle_split(), batch_size=10, optimizer=SGD(0.1))
    events = training.events()
    next(events), next(events)
    before = network.parameters.copy()
    training.optimizer = SGD(1e-300)
    next(events)
    np.testing.assert_array_equal(network.parameters, before)
    training.optimizer = Adam(0.01)
    training.l1 = 0.1
    assert next(events).penalty > 0
    assert not np.array_equal(network.parameters, before)


def test_a_new_batch_size_acts_from_the_next_epoch_on():
    training = Training(circle_network(), circle_split(), batch_size=10, epochs=2)
    sizes = []
    for event in training.events():
        if event.kind == "batch":
            training.batch_size = 15
            sizes.append(len(event.rows))
    assert sizes == [10, 10, 10, 15, 15]


def test_a_batch_larger_than_the_training_part_is_the_whole_of_it():
    assert kinds(train(circle_network(), circle_split(), batch_size=1000, epochs=1)).count("batch") == 1


@pytest.mark.parametrize("left_after", [2, 4, 5])
def test_a_new_generator_goes_on_where_another_was_left(left_after):
    whole, halved = circle_network(), circle_network()
    list(train(whole, circle_split(), epochs=3, batch_size=8))
    training = Training(halved, circle_split(), epochs=3, batch_size=8)
    events = training.events()
    for _ in range(left_after):
        next(events)
    events.close()
    list(training.events())
    np.testing.assert_array_equal(halved.parameters, whole.parameters)


def test_more_epochs_go_on_after_the_stop():
    training = Training(circle_network(), circle_split(), epochs=1)
    assert list(training.events())[-1].reason == "epochs"
    training.epochs = 2
    assert list(training.events())[-1].epoch == 2 and len(training.history) == 3


def test_current_measures_the_weights_of_this_moment():
    training = Training(circle_network(), circle_split(), epochs=1)
    before = training.current()
    training.network.parameters = np.zeros(training.network.parameters.size)
    now = training.current()
    assert now.train_loss == pytest.approx(np.log(2)) and now.train_loss != before.train_loss


def test_warnings_are_not_silenced_outside_the_step():
    settings = np.geterr()
    for _ in train(circle_network(), circle_split(), epochs=1):
        assert np.geterr() == settings


def test_two_classes_can_be_one_sigmoid_output():
    network = Network([Dense(2, 8, "tanh"), Dense(8, 1, "sigmoid")], seed=1)
    training = Training(network, split(load_dataset("circle")), epochs=60, optimizer=Adam(0.02))
    list(training.events())
    assert training.loss.name == "binary_cross_entropy" and training.history[-1].validation_score > 0.95


class TestData:
    """What `train` takes: a split, a data set, or arrays."""

    def test_a_data_set_is_split_60_20_20_by_seed_1(self):
        ours, theirs = circle_network(), circle_network()
        dataset = load_dataset("circle", points=50)
        list(train(ours, dataset, epochs=2))
        list(train(theirs, split(dataset, (60, 20, 20), seed=1), epochs=2))
        np.testing.assert_array_equal(ours.parameters, theirs.parameters)

    def test_labels_one_hot_rows_and_numbers(self):
        circle, sine = load_dataset("circle"), load_dataset("sine")
        for y in (circle.y, circle.targets()):
            event = next(train(circle_network(), circle.x, y))
            assert event.train_score == pytest.approx(0.5, abs=0.5)
        line = Network([Dense(1, 1)], seed=1)
        list(train(line, sine.x, sine.y[:, 0], epochs=50))
        assert next(train(line, sine.x, sine.y)).validation_score > 0.3

    def test_no_targets_mean_reconstruct(self):
        network = Network([Dense(2, 2)], seed=1)
        last = [e for e in train(network, load_dataset("gauss").x, epochs=100) if e.kind == "epoch"][-1]
        assert last.validation_score > 0.99

    def test_a_split_takes_no_further_split(self):
        with pytest.raises(ValueError, match="the data are a Split already"):
            train(circle_network(), circle_split(), split=(1, 1, 1))
        with pytest.raises(ValueError, match="has its own targets"):
            train(circle_network(), load_dataset("circle"), [0, 1])


class TestRefusals:
    """Bad input is refused at the call, not at the first event, and changes nothing."""

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"batch_size": 0}, "batch_size is 0: a whole number of 1 or more is needed"),
            ({"batch_size": 2.5}, "batch_size is 2.5"),
            ({"epochs": 0}, "epochs is 0"),
            ({"patience": -1}, "patience is -1"),
            ({"l1": -0.1}, "l1 is -0.1"),
            ({"l2": float("nan")}, "l2 is nan"),
            ({"optimizer": "adam"}, "optimizer is 'adam': an optimizer such as SGD"),
            ({"loss": "hinge"}, "unknown loss 'hinge'; the known ones are mse"),
            ({"shuffle_seed": -1}, "shuffle_seed is -1"),
        ],
    )
    def test_options(self, options, message):
        network = circle_network()
        before = network.parameters.copy()
        with pytest.raises(ValueError, match=message):
            train(network, circle_split(), **options)
        np.testing.assert_array_equal(network.parameters, before)

    @pytest.mark.parametrize(
        ("layers", "message"),
        [
            ([(3, 2)], "the data have 2 features but the network takes 3 inputs"),
            ([(2, 3)], "the data have 2 targets a row but the network gives 3 outputs"),
        ],
    )
    def test_a_network_that_fits_not_the_data(self, layers, message):
        network = Network([Dense(*sizes, "softmax") for sizes in layers], seed=1)
        with pytest.raises(ValueError, match=message):
            train(network, circle_split())

    @pytest.mark.parametrize(
        ("x", "y", "message"),
        [
            ([[1, 2], [3]], [0, 1], "x is ragged"),
            ([[1, "b"], [1, 2]], [0, 1], r"x\[0\]\[1\] is 'b'"),
            (np.full((9, 2), np.inf), [0] * 9, r"x\[0\]\[0\] is inf"),
            (np.ones((9, 2)), [0, 1, 2] * 3, "labels hold 2 in row 2: with 2 classes"),
            (np.ones((9, 2)), [0, 1], r"y is \(2,\) but x is \(9, 2\)"),
            (np.ones((2, 2)), [0, 1], "the test part would be empty"),
        ],
    )
    def test_arrays(self, x, y, message):
        with pytest.raises(ValueError, match=message):
            train(circle_network(), x, y)

    def test_targets_that_suit_not_the_loss(self):
        network = Network([Dense(1, 1, "sigmoid")], seed=1)
        with pytest.raises(ValueError, match="binary_cross_entropy needs targets from 0 to 1"):
            train(network, load_dataset("line"), loss="binary_cross_entropy")

    def test_numbers_too_large_for_the_network(self):
        data = from_arrays([[1e39]] * 9, np.linspace(0, 1, 9))
        with pytest.raises(ValueError, match="every value must be finite in float32"):
            train(Network([Dense(1, 1)], seed=1), data)

    def test_a_network_that_holds_nan(self):
        network = circle_network()
        network.parameters[3] = np.nan
        with pytest.raises(ValueError, match=r"network.parameters\[3\] is nan"):
            train(network, circle_split())

    def test_a_change_under_way(self):
        training = Training(circle_network(), circle_split(), batch_size=16)
        with pytest.raises(ValueError, match="batch_size is 0"):
            training.batch_size = 0
        assert training.batch_size == 16


def test_events_print_readable_lines():
    epoch, batch, *_, stop = train(circle_network(), circle_split(), epochs=1, batch_size=10, l2=0.1)
    assert str(epoch).startswith("epoch 0: training loss 0.") and str(epoch).endswith("best epoch 0")
    assert str(batch).startswith("epoch 1, batch 1 of 3: loss ") and " + penalty " in str(batch)
    assert str(stop) == "stopped (epochs): all 1 epochs are done"


def test_repr():
    assert (
        repr(Training(circle_network(), circle_split()))
        == "Training(2 → 5 tanh → 2 softmax on circle, categorical_cross_entropy, SGD(learning_rate=0.1), "
        "batch_size=32): epoch 0, update 0"
    )


def test_only_every_so_many_epochs_and_the_last_are_measured():
    def run(each):
        parts = split(load_dataset("moons", points=60), seed=1)
        network = Network([Dense(2, 4, "tanh"), Dense(4, 2, "softmax")], seed=1)
        training = Training(network, parts, batch_size=16, epochs=7, evaluate_each=each)
        epochs = [event.epoch for event in training.events() if event.kind == "epoch"]
        return network.parameters, epochs, [event.epoch for event in training.history]

    every, epochs, _ = run(1)
    assert epochs == list(range(8))
    sparse, epochs, history = run(3)
    assert epochs == history == [0, 3, 6, 7]
    assert np.array_equal(every, sparse)  # measuring changes nothing


def circle_training(**options):
    return Training(circle_network(), circle_split(), **options)


def test_advancing_without_events_gives_the_same_numbers():
    told, quick = circle_training(), circle_training()
    events, others = told.events(), quick.events()
    next(events), next(others)
    while told.updates < 10:
        next(events)
    done = 0
    while quick.updates < 10:
        done += quick.advance(10 - quick.updates)
        if quick.updates < 10:
            assert next(others).kind == "epoch"  # is due before the next update
    assert done == 10 and quick.batch == told.batch
    np.testing.assert_array_equal(quick.rows, told.rows)
    np.testing.assert_array_equal(quick.network.parameters, told.network.parameters)


def test_advancing_ends_with_the_epochs_and_where_the_loss_is_not_finite():
    limited = circle_training(epochs=1)
    events = limited.events()
    assert limited.advance(5) == 0  # the first event is due
    next(events)
    assert limited.advance(1000) == limited.batches
    assert [event.kind for event in events] == ["epoch", "stop"] and limited.advance(5) == 0
    wild = circle_training(batch_size=5)
    events = wild.events()
    next(events)
    assert wild.advance(2) == 2
    wild.network.parameters[0] = np.nan
    assert wild.advance(1000) == 0 and wild.updates == 2
    assert next(events).reason == "diverged"


def test_epochs_alone_are_told_on_request():
    kinds = [event.kind for event in train(circle_network(), circle_split(), epochs=2, batch_events=False)]
    assert kinds == ["epoch"] * 3 + ["stop"]
