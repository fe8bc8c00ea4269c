"""A training written down and put back goes on as if nothing had happened; what does not fit is refused, and changes nothing."""

import io

import numpy as np
import pytest

from nncore import Dense, Network, Training, load_dataset, optimizers, split
from nncore.history import NAMES, History

CASES = {
    "plain": {},
    "dropout": {"dropout": 0.3},
    "dropout in float64": {"dropout": 0.3, "dtype": "float64"},
    "locked": {"locked": True},
    "penalised": {"l1": 0.001, "l2": 0.01},
    "cosine": {"schedule": "cosine", "period": 7},
    "step": {"schedule": "step", "epochs": 9},
    "unshuffled": {"shuffle": False},
    "batches of 7": {"batch_size": 7},
    "one batch": {"batch_size": 500},
    "batches of 1": {"batch_size": 1},
    "patience": {"patience": 2, "learning_rate": 0.3},
    "seldom measured": {"evaluate_each": 4},
    "diverges": {"learning_rate": 1e20, "task": "regress"},
    "short history": {"keep": 100, "batch_size": 60},
}


def training(optimizer="adam", *, dropout=0.0, dtype="float32", locked=False, learning_rate=0.02, task="classify", **options):
    data = load_dataset("moons" if task == "classify" else "sine", points=90, noise=0.2, seed=3)
    last = Dense(6, 2, "softmax") if task == "classify" else Dense(6, 1)
    layers = [Dense(data.n_features, 6, "tanh", dropout=dropout), last]
    network = Network(layers, seed=4, dtype=dtype)
    if locked:
        network.locked = np.arange(network.parameters.size) % 5 == 2
    chosen = optimizers.make(optimizer, learning_rate)
    return Training(network, split(data, seed=5), optimizer=chosen, shuffle_seed=6, **options)


def through_a_file(state):
    """The state as np.load gives it back."""
    file = io.BytesIO()
    np.savez(file, **state)
    file.seek(0)
    return np.load(file, allow_pickle=False)


def told(run, events, most):
    """What the next events tell, to the last bit; a run that has ended is asked to go on."""
    lines = []
    for _ in range(most):
        event = next(events, None)
        if event is None:
            events = run.events()
            continue
        kind = type(event).__slots__
        lines.append([getattr(event, name) if name != "rows" else event.rows.tolist() for name in kind])
    return lines


def same(one, other):
    assert one.epoch == other.epoch and one.batch == other.batch and one.updates == other.updates
    assert one.network.parameters.tobytes() == other.network.parameters.tobytes()
    assert one.best_parameters.tobytes() == other.best_parameters.tobytes()
    assert one.history == other.history and one.history.best == other.history.best
    assert one.history.measured == other.history.measured
    assert one.best_epoch == other.best_epoch
    for mine, its in zip(one.optimizer.moments, other.optimizer.moments, strict=True):
        assert mine.tobytes() == its.tobytes()
    assert one.upcoming().tolist() == other.upcoming().tolist()


@pytest.mark.parametrize("optimizer", optimizers.OPTIMIZERS)
@pytest.mark.parametrize("case", CASES)
def test_it_goes_on_bit_for_bit_from_any_moment(case, optimizer):
    random = np.random.RandomState(len(case) + len(optimizer))
    for done in [0, *random.randint(1, 60, 3)]:
        first = training(optimizer, **CASES[case])
        events = first.events()
        told(first, events, done)
        second = training(optimizer, **CASES[case])
        second.restore(through_a_file(first.state()))
        same(first, second)
        events = first.events()  # goes on where the one before stopped
        assert told(first, events, 35) == told(second, second.events(), 35)
        same(first, second)


def test_a_long_run_s_thinned_history_goes_on_being_thinned_alike():
    first = training(keep=100, batch_size=60, epochs=400)
    for event in first.events(batches=False):
        if event.epoch == 271:
            second = training(keep=100, batch_size=60, epochs=400)
            second.restore(first.state())
    list(second.events(batches=False))
    assert first.history.measured == 401 and len(first.history) < 100
    same(first, second)


def test_a_state_is_of_its_moment_unless_it_is_not_copied():
    run = training()
    events = run.events()
    told(run, events, 5)
    state, its_own = run.state(), run.state(copy=False)
    kept = {key: np.copy(value) for key, value in state.items()}
    told(run, events, 20)
    assert all(np.array_equal(kept[key], state[key]) for key in kept)
    assert its_own["parameters"] is run.network.parameters
    assert {type(value) for value in state.values()} <= {int, str, bool, np.ndarray}
    assert not any(value.dtype.hasobject for value in state.values() if isinstance(value, np.ndarray))


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_an_update_under_way_is_not_part_of_it(dropout):
    run = training(dropout=dropout)
    told(run, run.events(), 2)  # so that it is within an epoch
    before = run.state()
    steps = run.advancing()
    for _ in range(2):
        next(steps)
        within = run.state()
        assert all(np.array_equal(within[key], before[key]) for key in before)
    with pytest.raises(ValueError, match="under way"):
        run.restore(before)
    steps.close()
    run.restore(before)
    again = training(dropout=dropout)
    again.restore(within)
    assert told(run, run.events(), 30) == told(again, again.events(), 30)


def test_what_is_put_back_is_the_run_s_own_copy():
    first = training()
    told(first, first.events(), 9)
    state = first.state()
    kept = {key: np.copy(value) for key, value in state.items()}
    second = training()
    second.restore(state)
    told(second, second.events(), 30)
    assert all(np.array_equal(kept[key], state[key]) for key in kept)


def test_weights_that_are_no_longer_finite_are_not_written_down():
    run = training("sgd")
    events = run.events()
    told(run, events, 5)
    run.network.parameters[3] = np.nan  # as one update of too high a rate leaves them
    with pytest.raises(ValueError, match="the parameters are not all finite"):
        run.state()
    assert next(event for event in events if event.kind == "stop").reason == "diverged"
    run.state()  # the weights are back at finite ones


def test_an_infinite_moment_is_carried_along():
    """A squared gradient beyond float32 stops that parameter, in the run and in what is put back."""
    first = training("rmsprop")
    told(first, first.events(), 5)
    first.optimizer.moments[0][3] = np.inf
    second = training("rmsprop")
    second.restore(first.state())
    assert told(first, first.events(), 20) == told(second, second.events(), 20)
    assert np.isinf(second.optimizer.moments[0][3])


def unlike(key, value):
    """The state with something else in one place."""
    return lambda state: state.update({key: value})


def altered(key, change):
    def damage(state):
        state[key] = state[key].copy()
        change(state[key])

    return damage


def put(at, value):
    return lambda array: array.__setitem__(at, value)


EPOCH, VALIDATION = NAMES.index("epoch"), NAMES.index("validation_loss")
DAMAGES = {
    "version": unlike("version", 2),
    "no version": lambda state: state.pop("version"),
    "a key too many": unlike("lambda", 1),
    "network": unlike("network", "2 → 7 tanh → 2 softmax"),
    "network as an array": unlike("network", np.array(["a", "b"])),
    "loss": unlike("loss", "mse"),
    "optimizer": unlike("optimizer", "SGD"),
    "split": unlike("split", 7),
    "split as text": unlike("split", "7"),
    "a negative epoch": unlike("epoch", -1),
    "an epoch before the history's": unlike("epoch", 0),
    "a huge epoch": unlike("epoch", 10**30),
    "half an update": unlike("updates", 1.5),
    "fewer updates than measured": unlike("updates", 1),
    "a batch beyond the epoch": unlike("batch", 3),
    "a huge batch size": unlike("batch_size", 10**6),
    "is_judged": unlike("is_judged", 1),
    "a parameter too few": lambda state: state.update(parameters=state["parameters"][:-1]),
    "parameters in float64": lambda state: state.update(parameters=state["parameters"].astype(float)),
    "parameters as a list": lambda state: state.update(parameters=state["parameters"].tolist()),
    "parameters as objects": lambda state: state.update(parameters=state["parameters"].astype(object)),
    "a parameter that is no number": altered("parameters", put(3, np.nan)),
    "an infinite best parameter": altered("best_parameters", put(3, np.inf)),
    "a last one that is no number": altered("last_finite", put(3, np.nan)),
    "a moment that is no number": altered("moment_1", put(3, np.nan)),
    "a moment too long": lambda state: state.update(moment_2=np.zeros(999, np.float32)),
    "no moments after updates": lambda state: state.update(moment_1=np.zeros(0, np.float32)),
    "an infinite loss": altered("losses", put(0, np.inf)),
    "a row twice": lambda state: state.update(order=np.zeros(54, int)),
    "an order that lacks a row": lambda state: state.update(order=np.arange(53)),
    "an order beyond the rows": lambda state: state.update(order=np.arange(54) + 1),
    "a negative row": altered("order", put(0, -1)),
    "an order of fractions": lambda state: state.update(order=np.arange(54.0)),
    "rows beyond the part": lambda state: state.update(rows=np.array([999])),
    "rows in a matrix": lambda state: state.update(rows=np.array([[1]])),
    "a place beyond the shuffle's words": unlike("shuffle_at", 625),
    "shuffle words of zero": altered("shuffle_words", put(slice(None), 0)),
    "shuffle words too few": lambda state: state.update(shuffle_words=state["shuffle_words"][1:]),
    "an even increment": altered("dropout_words", put(3, 2)),
    "half a word too large": altered("dropout_words", put(5, 2**32)),
    "a third half": altered("dropout_words", put(4, 2)),
    "history of six columns": lambda state: state.update(history=state["history"][:, 1:]),
    "history backwards": lambda state: state.update(history=state["history"][::-1]),
    "history of half epochs": altered("history", put((1, EPOCH), 0.5)),
    "history without a loss": altered("history", put((1, VALIDATION), np.nan)),
    "fewer measured than kept": unlike("measured", 1),
    "no history": lambda state: state.update(history=np.zeros((0, 7)), measured=0),
    "more history than is kept": lambda state: state.update(history=np.zeros((200, 7))),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_no_run_can_have_is_refused_and_changes_nothing(name):
    run, other = training(keep=150), training(keep=150)
    told(run, run.events(), 8)
    told(other, other.events(), 13)
    before, state = other.state(), run.state()
    DAMAGES[name](state)
    with pytest.raises(ValueError) as refusal:
        other.restore(state)
    assert len(str(refusal.value)) > 20
    after = other.state()
    assert all(np.array_equal(before[key], after[key]) for key in before)


def test_what_is_no_state_at_all_is_refused():
    for nonsense in (None, 5, "abc", [], {}, [1, 2], {"version": 1}, {1: 2}):
        with pytest.raises(ValueError):
            training().restore(nonsense)


def test_another_split_is_refused_though_it_has_the_same_shape():
    data = load_dataset("moons", points=90, noise=0.2, seed=3)
    network = Network([Dense(2, 6, "tanh"), Dense(6, 2, "softmax")], seed=4)
    other = Training(network, split(data, seed=55), optimizer=optimizers.make("adam"))
    with pytest.raises(ValueError, match="another split"):
        other.restore(training().state())


def test_a_history_comes_back_from_its_table():
    run = training(batch_size=60, epochs=20)
    list(run.events())
    again = History.from_table(run.history.table, run.history.measured)
    assert again == run.history and again.best == run.history.best and len(again) == 21
    assert len(History.from_table(np.zeros((0, 7)), 0)) == 0
    with pytest.raises(ValueError, match="is to keep 100"):
        History.from_table(np.arange(101.0)[:, None] * np.ones(7), 101, keep=100)
