"""A schedule's factors are those of its formula, and training takes its steps with them."""

import numpy as np
import pytest

from nncore import SGD, Dense, Network, Training, load_dataset, schedules, split


def factors(name, period, epochs):
    schedule = schedules.get(name)
    return [schedule.factor(epoch, period) for epoch in range(epochs)]


def test_constant_is_one():
    assert factors("constant", 10, 20) == [1.0] * 20


def test_step_halves_after_each_quarter_and_then_stays():
    assert factors("step", 8, 12) == [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.0625, 0.0625, 0.0625, 0.0625]


def test_cosine_falls_from_one_to_a_hundredth_and_stays():
    values = factors("cosine", 10, 13)
    assert values[0] == 1.0
    assert values[5] == pytest.approx(0.505)  # halfway between 1 and 0.01
    assert values[10:] == pytest.approx([0.01] * 3)
    assert all(a > b for a, b in zip(values[:10], values[1:11]))


def test_unknown_schedule_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="'linear'.*constant, step, cosine|constant.*step.*cosine"):
        schedules.get("linear")


def one_epoch_change(epoch, schedule, epochs):
    """How far one epoch of one full batch moves the weights, the training having come to `epoch`."""
    parts = split(load_dataset("line", points=30), (10, 10, 10))
    network = Network([Dense(1, 1)], seed=1, dtype="float64")
    training = Training(network, parts, optimizer=SGD(0.1), batch_size=30, schedule=schedule, epochs=epochs)
    events = training.events()
    next(events)
    while training.epoch < epoch:
        next(events)
    before = network.parameters.copy()
    next(events)
    return network.parameters - before, network.gradients.copy()


def test_training_takes_its_steps_with_the_factor():
    for epoch, factor in ((0, 1.0), (3, 0.5), (7, 0.125)):
        change, gradients = one_epoch_change(epoch, "step", 8)
        assert change == pytest.approx(-0.1 * factor * gradients, rel=1e-12)


def test_the_schedule_may_change_while_training_and_leaves_the_learning_rate_alone():
    parts = split(load_dataset("line", points=30), (10, 10, 10))
    training = Training(Network([Dense(1, 1)], seed=1), parts, optimizer=SGD(0.1), schedule="cosine", period=4)
    for event in training.events():
        if event.kind == "epoch" and event.epoch == 6:
            break
    assert training.optimizer.factor == pytest.approx(0.01)
    assert training.optimizer.learning_rate == 0.1
    training.schedule = "constant"
    next(training.events())
    assert training.optimizer.factor == 1.0
    assert np.isfinite(training.network.parameters).all()
