"""A history stays bounded, keeps the shape of its curves, and knows its facts as a scan of everything would."""

import numpy as np
import pytest

from nncore import Dense, EpochEvent, History, Network, Training, diagnostics, load_dataset, split
from nncore.history import NEWEST

PLATEAU = 20  # epochs that is_on_plateau looks back


def random_events(seed, count, gaps=(1,)):
    """EpochEvents of a run whose losses wander, stand still, repeat themselves and sometimes leap."""
    rng = np.random.RandomState(seed)
    epochs = np.concatenate([[0], np.cumsum(rng.choice(gaps, count - 1))]).tolist()
    calm = rng.rand(count) < rng.rand()
    losses = np.exp(np.cumsum(np.where(calm, 0.0, rng.normal(rng.normal(0, 0.003), 0.02, (2, count))), axis=1))
    losses *= np.where(rng.rand(2, count) < 0.001, rng.choice([0.3, 4.0], (2, count)), 1)
    losses = np.round(losses, 4)  # so that some are equal
    return [
        EpochEvent(epoch, 3 * epoch, train, 0.5, validation, 0.25, 0)
        for epoch, (train, validation) in zip(epochs, losses.T.tolist())
    ]


class Scan:
    """The facts found by looking through all events, as the diagnostics once did: what a History is held against."""

    def __init__(self, events):
        self.best = min(events, key=lambda event: event.validation_loss)
        self.memorising = diagnostics.memorising_since(list(events))
        self.plateau = diagnostics.is_on_plateau(list(events))


def agrees(history, events):
    scan = Scan(events)
    assert history.best == scan.best and history[0] == events[0] and history[-1] == events[-1]
    assert diagnostics.memorising_since(history) == scan.memorising
    assert diagnostics.is_on_plateau(history) is scan.plateau
    return scan


def test_facts_equal_a_scan_at_every_moment_of_many_runs():
    seen = {"memorising": 0, "plateau": 0, "neither": 0}
    for seed in range(40):
        events = random_events(seed, 400, gaps=(1, 2, 5) if seed % 2 else (1,))
        everything, bounded = History(), History(keep=100)
        for count, event in enumerate(events, 1):
            everything.add(event)
            bounded.add(event)
            if count % 7 == 0 or count < 30:
                scan = agrees(everything, events[:count])
                agrees(bounded, events[:count])
                seen["memorising"] += scan.memorising is not None
                seen["plateau"] += scan.plateau
                seen["neither"] += scan.memorising is None and not scan.plateau
        assert list(everything) == events
    assert min(seen.values()) > 50  # each has been met often


@pytest.mark.parametrize("keep", [100, 101, 2000])
def test_facts_and_bounds_after_a_hundred_thousand_points(keep):
    events = random_events(7, 100_000, gaps=(1, 10))
    history, most = History(keep=keep), 0
    for event in events:
        history.add(event)
        most = max(most, len(history))
    agrees(history, events)
    assert most == keep and history.measured == len(events)
    assert history[-NEWEST:] == events[-NEWEST:]
    assert np.all(np.diff(history.column("epoch")) > 0)


def test_the_shape_of_the_curves_is_kept():
    events = random_events(3, 50_000)
    history = History(events, keep=2000)
    assert set(history[::50]) <= set(events)  # thinned, but never averaged
    kept = history.column("epoch")
    for name in ("train_loss", "validation_loss"):
        everything, thinned = np.array([getattr(event, name) for event in events]), history.column(name)
        for start in range(0, 49_152, 1024):  # whole buckets, whose extremes all stay
            of_all, of_kept = everything[start : start + 1024], thinned[(kept >= start) & (kept < start + 1024)]
            if start:  # the first point stands beside its bucket
                assert (of_all.min(), of_all.max()) == (of_kept.min(), of_kept.max())
    gaps = np.diff(kept)
    assert gaps.max() < 1024  # the beginning is told as finely as the end


def test_what_a_point_costs_does_not_grow():
    """Counted in rows moved by thinning, over runs of two lengths."""

    class Counting(History):
        moved = 0

        def _thin(self):
            self.moved += len(self)
            super()._thin()

    short, long = Counting(random_events(1, 10_000), keep=500), Counting(random_events(1, 100_000), keep=500)
    assert 0 < long.moved / long.measured < 1.2 * short.moved / short.measured < 5


def test_diagnostics_read_no_more_of_a_long_history_than_of_a_short_one():
    class Watched(History):
        reads = 0

        def __getitem__(self, index):
            self.reads += 1
            return super().__getitem__(index)

    reads = []
    for count in (200, 20_000):
        history = Watched(random_events(2, count))
        diagnostics.is_on_plateau(history)
        diagnostics.memorising_since(history)
        reads.append(history.reads)
    assert reads[0] == reads[1] <= PLATEAU + 8


def test_a_history_is_a_sequence_of_events():
    events = random_events(5, 300)
    history = History(events)
    assert len(history) == 300 and bool(history) and not History()
    assert history == events == list(history) and history != events[:-1] and list(reversed(history)) == events[::-1]
    assert history[17] == events[17] and history[-3:] == events[-3:] and history[::-7] == events[::-7]
    assert type(history[1].epoch) is int and type(history[1].train_loss) is float
    assert events[9] in history and history.index(events[9]) == 9
    with pytest.raises(IndexError):
        history[300]
    assert repr(history) == f"History(300 of 300 points up to epoch 299, best at epoch {history.best.epoch})"
    assert repr(History()) == "History(nothing measured)"


def test_large_epochs_and_updates_are_exact():
    big = EpochEvent(10**10, 2**52 + 1, 1.0, 1.0, 0.5, 1.0, 10**9 + 7)
    history = History([EpochEvent(0, 0, 2.0, 0.0, 2.0, 0.0, 0), big], keep=100)
    for step in range(1, 500):
        history.add(EpochEvent(10**10 + 10 * step, 2**52 + 1 + step, 1.0, 1.0, 0.6, 1.0, 10**10))
    assert history.best == big and big in history
    assert (history[-1].epoch, history[-1].updates) == (10**10 + 4990, 2**52 + 500)


@pytest.mark.parametrize("keep", [0, 99, -1, 2.5, "all", True])
def test_too_few_points_are_refused(keep):
    with pytest.raises(ValueError, match="keep is .*: a whole number of 100 or more is needed"):
        History(keep=keep)
    parts = split(load_dataset("circle", points=50))
    with pytest.raises(ValueError, match="keep is .*: a whole number of 100 or more is needed"):
        Training(Network([Dense(2, 2, "softmax")], seed=1), parts, keep=keep)


def test_an_epoch_that_has_been_is_refused_and_changes_nothing():
    history = History(random_events(1, 5))
    before = list(history)
    with pytest.raises(ValueError, match="of epoch 4 but the history has come to epoch 4"):
        history.add(before[-1])
    assert history == before and history.measured == 5


def test_a_training_keeps_what_it_is_asked_to_and_trains_alike():
    parts = split(load_dataset("moons", points=60, noise=1, seed=2))
    runs = []
    for keep in (100, None):
        training = Training(Network([Dense(2, 8, "tanh"), Dense(8, 2, "softmax")], seed=1), parts, epochs=400, keep=keep)
        told = [event for event in training.events(batches=False) if event.kind == "epoch"]
        assert len(told) == 401
        runs.append((training, told))
    (bounded, told), (everything, told_too) = runs
    assert told == told_too == list(everything.history)
    assert len(bounded.history) <= 100 < len(everything.history)
    assert bounded.best_epoch == everything.best_epoch == told[-1].best_epoch
    np.testing.assert_array_equal(bounded.best_parameters, everything.best_parameters)
    agrees(bounded.history, told)


def test_by_default_every_epoch_of_an_ordinary_run_is_there():
    parts = split(load_dataset("circle", points=30))
    training = Training(Network([Dense(2, 2, "softmax")], seed=1), parts, epochs=3000)
    assert [event for event in training.events(batches=False) if event.kind == "epoch"] == training.history
