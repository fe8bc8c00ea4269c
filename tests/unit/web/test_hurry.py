"""A run at full speed comes to the same as one taken step by step, in slices of time and with frames that it can afford."""
import asyncio
import sys

import numpy as np
import pytest

import spec as specs
from engine import pace
from engine import trainer as trainers
from engine.pace import Budget
from engine.service import Service
from engine.session import Session
from engine.trainer import SLICE, Trainer
from protocol import FAILED, FINISHED, PAUSED


def session(link):
    spec, problems = specs.parse(link)
    assert problems == []
    return Session(spec)


def place(run):
    return run.state, run.message, run.epoch, run.batch, run.training.updates


def same(one, other):
    assert place(one) == place(other)
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)
    np.testing.assert_array_equal(one.training.rows, other.training.rows)
    assert (one.at, one.now) == (other.at, other.now)
    assert one.training.history == other.training.history


@pytest.mark.parametrize("most", [2, 3, 7, 1000])
def test_many_updates_at_once_come_to_what_single_ones_do(most):
    quick, slow = session("data=iris&layers=8-tanh"), session("data=iris&layers=8-tanh")
    while quick.epoch < 5 or quick.batch < 3:
        assert quick.advance(most)
        while slow.training.updates < quick.training.updates:
            assert slow.advance()
        same(quick, slow)
    assert list(quick.curves()["epochs"]) == [0, 1, 2, 3, 4, 5]
    quick.advance(2)
    assert place(quick)[2:] == (6, 2, 17) and "rows" in quick.dirty


@pytest.mark.parametrize("link, state", [("data=iris&layers=8-tanh&epochs=7", FINISHED),
                                         ("data=iris&layers=8-tanh&opt=sgd&lr=3&patience=2", FINISHED),
                                         ("data=wine&layers=16-relu&opt=sgd&lr=1&l2=10", FAILED)])
def test_a_run_ends_in_a_hurry_as_it_does_step_by_step(link, state):
    quick, slow = session(link), session(link)
    while quick.advance(1000):
        pass
    while slow.advance():
        pass
    assert quick.state == state and quick.message
    same(quick, slow)
    assert quick.advance(2) or state == FINISHED  # and goes on


def test_a_hurried_run_is_measured_less_often_and_then_steps_one_by_one_again():
    run = session("data=iris&layers=8-tanh")
    while run.epoch < 40 or run.batch < 3:
        assert run.advance(1, hurried=True)
    assert list(run.curves()["epochs"])[-3:] == [34, 36, 38] or list(run.curves()["epochs"])[-1] == 40
    updates = run.training.updates
    run.step_batch()
    assert run.training.updates == updates + 1
    run.step_epoch()
    assert run.training.updates == updates + 3 and run.state == PAUSED


class Clock:
    """Time that passes with each update, and is told in steps of `grain`."""

    def __init__(self, grain):
        self.now, self.grain = 100.0, grain

    def perf_counter(self):
        return np.floor(self.now / self.grain) * self.grain


@pytest.mark.parametrize("grain", [1e-9, 1e-4, 1e-3])
@pytest.mark.parametrize("cost", [2e-6, 5e-5, 1e-3, 4e-3])
def test_a_slice_ends_in_time_whatever_an_update_costs(monkeypatch, cost, grain):
    clock, trainer = Clock(grain), Trainer(session("data=circle&layers=2-tanh&points=30&batch=1"))
    trainer.session.training.evaluate_each = 1
    monkeypatch.setattr(trainers, "time", clock)
    trainer.rate.restart()
    advance, calls = trainer.session.training.advance, []

    def slowly(most):
        done = advance(most)
        calls.append(done)
        clock.now += cost * done
        return done

    monkeypatch.setattr(trainer.session.training, "advance", slowly)
    for _ in range(3):
        begun, calls[:] = clock.now, []
        assert trainer.slice()
        assert 0.8 * SLICE - grain <= clock.now - begun <= 1.5 * SLICE
        assert calls[0] == 1  # for it is not known yet what an update costs


def test_frames_cost_no_more_than_their_share(monkeypatch):
    clock, budget = Clock(1e-9), Budget(0.1)
    monkeypatch.setattr(pace, "time", clock)
    assert budget.allows(clock.now)
    spent, begun = 0.0, clock.now
    for cost in [0.02] * 20 + [0.06] * 20 + [0.001] * 20:
        while not budget.allows(clock.now):
            clock.now += 0.001
        clock.now += cost
        spent += cost
        budget.spent(cost)
    while not budget.allows(clock.now):
        clock.now += 0.001
    assert 0.08 < spent / (clock.now - begun) <= 0.105


@pytest.mark.skipif(sys.platform == "emscripten", reason="there the event loop runs already")
def test_at_full_speed_the_page_is_told_of_every_frame_s_engine():
    told = []

    async def push(frame):
        told.append(frame)

    async def run():
        service = Service(push)
        await service.configure("data=iris&layers=4-tanh&engine=numpy&epochs=3", 1)
        await service.play()
        await service.desk.loop

    asyncio.run(run())
    assert told[-1]["state"] == FINISHED and told[-1]["epoch"] == 3 and told[-1]["updates"] == 9
    assert {frame["engine"] for frame in told} == {"no SIMD kernel: the link says engine=numpy"}
