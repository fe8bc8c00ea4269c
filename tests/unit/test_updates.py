"""Updates that are planned come to what the loop comes to, whatever changes between two runs of them."""

from dataclasses import replace

import numpy as np
import pytest

from nncore import SGD, Adam, Dense, Momentum, Network, RMSProp, Training, losses, passes, split
from nncore.data import from_arrays
from nncore.operations import NUMPY

STEPS = {
    "sgd": lambda o, moments, p, g, t: NUMPY.sgd(p, g, o.rate, np.empty_like(p)),
    "momentum": lambda o, moments, p, g, t: NUMPY.momentum(p, g, *moments, o.rate, o.momentum, np.empty_like(p)),
    "rmsprop": lambda o, moments, p, g, t: NUMPY.rmsprop(
        p, g, *moments, o.rate, o.decay, o.epsilon, np.empty_like(p)),
    "adam": lambda o, moments, p, g, t: NUMPY.adam(
        p, g, *moments, o.rate * (1 - o.beta2**t) ** 0.5 / (1 - o.beta1**t), o.beta1, o.beta2, o.epsilon,
        np.empty_like(p)),
}


class HeldPlan:
    """A plan in NumPy that holds on to every array and object it was made from, as one of addresses would."""

    made = 0

    def __init__(self, network, loss, optimizer, x, y, size):
        type(self).made += 1
        self.network, self.loss, self.optimizer, self.moments = network, loss, optimizer, optimizer.moments
        self.x, self.y, self.size, self.locked = x, y, size, np.flatnonzero(network.locked)
        self.buffers = {n: network.buffers(n) for n in (len(x) % size or size, size)}

    @np.errstate(all="ignore")
    def run(self, first, count, l1, l2):
        told = 0.0, 0.0
        parameters, gradients = self.network.parameters, self.network.gradients
        for done in range(count):
            rows = slice((first + done) * self.size, (first + done + 1) * self.size)
            x, y = self.x[rows], self.y[rows]
            loss = passes.step(NUMPY, x, y, self.loss, self.buffers[len(x)])
            penalty = self.network.add_penalty(l1, l2)
            if not np.isfinite(loss + penalty):
                return done, *told
            told, kept = (loss, penalty), parameters[self.locked]
            STEPS[self.optimizer.name](
                self.optimizer, self.moments, parameters, gradients, self.optimizer.updates + done + 1)
            parameters[self.locked] = kept
        return count, *told


def plan(network, *arguments):
    return None if any(layer.dropout for layer in network.layers) else HeldPlan(network, *arguments)


PLANNED = replace(NUMPY, plan=plan)


def training(operations, **options):
    random = np.random.RandomState(0)
    data = from_arrays(random.randn(50, 3), random.randint(0, 3, 50), task="classify")
    layers = [Dense(3, 6, "tanh"), Dense(6, 5, "relu"), Dense(5, 3, "softmax")]
    network = Network(layers, seed=2, dtype="float64", operations=operations)
    return Training(network, split(data, (80, 10, 10)), batch_size=16, **{"optimizer": Adam(0.02), **options})


def lock(run, places):
    run.network.locked = None if places is None else np.isin(np.arange(run.network.parameters.size), places)


CHANGES = {
    "nothing": lambda run: None,
    "the learning rate": lambda run: setattr(run.optimizer, "learning_rate", 0.3),
    "a decay": lambda run: setattr(run.optimizer, "beta1", 0.5),
    "epsilon": lambda run: setattr(run.optimizer, "epsilon", 0.1),
    "forgotten moments": lambda run: run.optimizer.reset(),
    "an equal optimizer": lambda run: setattr(run, "optimizer", Adam(0.02)),
    "sgd": lambda run: setattr(run, "optimizer", SGD(0.5)),
    "momentum": lambda run: setattr(run, "optimizer", Momentum(0.1)),
    "rmsprop": lambda run: setattr(run, "optimizer", RMSProp(0.01)),
    "l1": lambda run: setattr(run, "l1", 0.01),
    "l2": lambda run: setattr(run, "l2", 0.1),
    "locks": lambda run: lock(run, [0, 5, 40]),
    "no locks": lambda run: (lock(run, [1]), run.advance(1), lock(run, None)),
    "dropout": lambda run: setattr(run.network.layers[0], "dropout", 0.5),
    "dropout for a while": lambda run: (setattr(run.network.layers[0], "dropout", 0.5), run.advance(1),
                                        setattr(run.network.layers[0], "dropout", 0.0)),
    "the batch size": lambda run: setattr(run, "batch_size", 7),
    "a batch of all rows": lambda run: setattr(run, "batch_size", 1000),
    "the loss": lambda run: setattr(run, "loss", losses.get("mse")),
    "the schedule": lambda run: (setattr(run, "schedule", "cosine"), setattr(run, "period", 3)),
    "the order": lambda run: setattr(run, "shuffle", False),
    "the parameters": lambda run: setattr(run.network, "parameters", run.network.parameters * 0.5),
    "other batch sizes passed meanwhile": lambda run: [run.network.forward(np.ones((n, 3))) for n in range(1, 17)],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_between_two_runs_reaches_the_plan(change):
    runs = [training(operations, evaluate_each=1000) for operations in (NUMPY, PLANNED)]
    for run in runs:
        next(run.events())
        assert run.advance(5) == 5  # into the second epoch of three batches
        CHANGES[change](run)
        assert run.advance(20) == 20
    loop, planned = runs
    np.testing.assert_array_equal(planned.network.parameters, loop.network.parameters)
    assert (planned.updates, planned.epoch, planned.batch, planned.optimizer.updates) == (
        loop.updates, loop.epoch, loop.batch, loop.optimizer.updates)
    np.testing.assert_array_equal(planned.rows, loop.rows)


def test_one_plan_serves_as_long_as_nothing_changes():
    run = training(PLANNED, evaluate_each=1000)
    next(run.events())
    run.advance(1)
    made = HeldPlan.made
    for rate in (0.1, 0.2, 0.3):
        run.optimizer.learning_rate = rate
        run.advance(20)
    assert HeldPlan.made == made


def test_operations_given_later_are_those_that_work():
    run = training(NUMPY, evaluate_each=1000)
    next(run.events())
    run.advance(2)
    made, run.network.operations = HeldPlan.made, PLANNED
    run.advance(2)
    assert HeldPlan.made == made + 1


@pytest.mark.parametrize("operations", [NUMPY, PLANNED], ids=["loop", "plan"])
def test_events_and_runs_without_them_come_to_the_same(operations):
    options = {"epochs": 40, "patience": 3, "optimizer": SGD(1.0)}
    told = training(operations, **options)
    stop = list(told.events())[-1]
    assert stop.reason == "early stopping"
    quiet = training(operations, **{**options, "optimizer": SGD(1.0)})
    events, seen = quiet.events(batches=False), []
    seen.append(next(events))
    while seen[-1].kind != "stop":
        assert quiet.advance(10**6) <= 3  # an epoch's batches, then an event is due
        seen.append(next(events))
    assert seen[-1] == stop and quiet.history == told.history
    np.testing.assert_array_equal(quiet.network.parameters, told.network.parameters)


@pytest.mark.parametrize("operations", [NUMPY, PLANNED], ids=["loop", "plan"])
def test_a_run_that_is_no_longer_finite_ends_before_the_update(operations):
    run = training(operations, optimizer=SGD(1e200), loss="mse", evaluate_each=1000, l2=10.0)
    events = run.events(batches=False)
    next(events)
    done = run.advance(100)
    assert 0 < done < 100 and run.updates == done
    stop = next(events)
    assert stop.reason == "diverged" and stop.updates == done + 1
    assert np.isfinite(run.network.parameters).all()


def test_new_buffers_are_checked_once_and_before_use():
    seen = []
    network = Network([Dense(2, 3, "relu"), Dense(3, 1)], seed=1, operations=replace(NUMPY, check=seen.append))
    network.forward([[1, 2]])
    network.forward([[3, 4]])
    network.predict([[3, 4]])
    assert [buffers.n_rows for buffers in seen] == [1, 1] and seen[0] is network.buffers(1)

    def refuse(buffers):
        raise ValueError("not these")

    network.operations = replace(NUMPY, check=refuse)
    with pytest.raises(ValueError, match="not these"):
        network.forward([[1, 2]])
