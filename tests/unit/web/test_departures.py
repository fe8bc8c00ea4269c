"""A run knows whether its link alone would give its numbers: what was changed on the way is told, and what is not is not."""
import numpy as np
import pytest

import spec as specs
from engine.departures import longest_wait
from engine.session import Session
from engine.trainer import Trainer
from nncore.events import EpochEvent
from nncore.history import History
from protocol import FAILED, FINISHED

LINK = "data=iris&layers=6-tanh&batch=25"
OTHER = {  # key: (another value, how it is called)
    "lr": (0.1, "learning rate"), "opt": ("sgd", "optimizer"), "batch": (10, "batch size"), "l1": (0.01, "L1"), "l2": (0.01, "L2"),
    "dropout": (0.3, "dropout"), "layers": ([[6, "tanh", 0.3]], "dropout"), "lock": (["1"], "locks"), "shuffle": ("0", "shuffling"),
    "schedule": ("cosine", "schedule"),
}


def session(link):
    spec, problems = specs.parse(link)
    assert problems == []
    return Session(spec)


def change(run, key, value):
    run.configure(specs.changed(run.spec, key, value))


def begun(link=LINK, epochs=2):
    run = session(link)
    for _ in range(epochs):
        run.step_epoch()
    return run


def is_what_its_link_gives(run):
    """Whether the link of the moment, begun anew, comes to the same numbers after as many updates."""
    other = Session(specs.parse(specs.write(run.spec))[0])
    while other.training.updates < run.training.updates and other.advance():
        pass
    return other.network.parameters.tobytes() == run.network.parameters.tobytes()


@pytest.mark.parametrize("key", OTHER)
def test_a_setting_counts_once_updates_were_done_with_another(key):
    value, name = OTHER[key]
    run = session(LINK)
    change(run, key, value)
    assert run.changed == ""  # the link of now has had it from the first update on
    run.step_epoch()
    assert run.changed == "" and is_what_its_link_gives(run)

    run = begun()
    former = run.spec[key]
    change(run, key, value)
    assert run.changed == name + " at epoch 2" and not is_what_its_link_gives(run)
    change(run, key, former)
    if key == "opt":
        assert run.changed == "optimizer at epoch 2"  # its moments are gone
    else:
        assert run.changed == "" and is_what_its_link_gives(run)
    change(run, key, value)
    run.step_batch()
    change(run, key, former)
    assert run.changed == name + " at epoch 2"
    run.reset()
    assert run.changed == ""


def test_an_optimizer_without_moments_can_be_taken_back():
    run = begun(LINK + "&opt=sgd")
    change(run, "opt", "adam")
    change(run, "opt", "sgd")
    assert run.changed == ""
    run.step_epoch()
    assert is_what_its_link_gives(run)


@pytest.mark.parametrize("key, value", [("speed", "4"), ("chart", "log"), ("labels", "1"), ("hide", ["seeds"]), ("view", "dot"),
                                        ("batch", 90), ("epochs", 50), ("patience", 40)])
def test_what_decides_no_number_does_not_count(key, value):
    run = begun("data=iris&layers=6-tanh&batch=2000")  # more than the 90 rows that there are
    change(run, key, value)
    assert run.changed == ""
    run.step_epoch()
    assert is_what_its_link_gives(run)


def test_several_changes_are_told_in_order_and_each_once():
    run = begun()
    change(run, "lr", 0.1)
    run.step_epoch()
    change(run, "l2", 0.1)
    change(run, "lr", 0.2)
    for rate in np.linspace(0.01, 1, 500):
        change(run, "lr", rate)
        run.advance()
    assert run.changed == "learning rate at epoch 2, L2 at epoch 3"


def test_weights_set_by_hand_count_at_once():
    run = session(LINK)
    run.set_parameter("1.0.0", float(run.network.layers[0].weights[0, 0]))
    assert run.changed == ""  # it is what it was
    run.set_parameter("1.0.0", 0.5)
    assert run.changed == "weights by hand at epoch 0"
    run.reset()
    assert run.changed == ""


def test_going_back_to_the_best_weights_counts_where_they_are_others():
    run = begun(epochs=1)
    run.restore_best()
    assert run.training.best_epoch == 1 and run.changed == ""
    run.step_batch()
    run.restore_best()
    assert run.changed == "back to the best weights at epoch 2"


def test_an_end_of_its_own_does_not_count():
    for link, state in [("data=wine&layers=8-relu&lr=0.2&patience=2", FINISHED), ("data=iris&layers=4-tanh&epochs=3", FINISHED),
                        ("data=line&points=300&layers=&opt=sgd&lr=1000&batch=5", FAILED)]:
        run = session(link)
        while run.advance():
            pass
        assert run.state == state and run.changed == ""
    change(run, "lr", 0.01)  # after the divergence; the order of rows goes on from where it was
    assert run.training.updates == 0 and run.changed == "learning rate at epoch 0"


def test_epochs_count_where_the_link_s_run_would_have_ended_or_they_lower_the_rate():
    run = begun(epochs=4)
    change(run, "epochs", 4)
    assert run.changed == ""
    change(run, "epochs", 3)
    assert run.changed == "epochs at epoch 4"
    change(run, "epochs", 9)
    assert run.changed == ""
    run = begun(LINK + "&schedule=cosine&epochs=20")
    change(run, "epochs", 40)
    assert run.changed == "epochs at epoch 2"
    run = begun(LINK + "&schedule=cosine")
    change(run, "epochs", 100)  # over which it falls anyway
    assert run.changed == ""


def test_patience_counts_where_it_would_have_ended_the_run_or_has():
    run = session("data=wine&layers=8-relu&lr=0.2&patience=3")
    while run.advance():
        pass
    change(run, "patience", 30)
    assert run.changed.startswith("patience at epoch")
    run = session("data=wine&layers=8-relu&lr=0.2")
    while longest_wait(run.training.history) < 3:
        run.step_epoch()
    change(run, "patience", 30)
    assert run.changed == ""
    change(run, "patience", 2)
    assert run.changed.startswith("patience at epoch")


def test_the_longest_wait_is_the_patience_that_would_have_ended_the_run():
    def history(best_epochs):
        return History(EpochEvent(i, i, 1.0, 0.5, 1.0, 0.5, best) for i, best in enumerate(best_epochs))

    assert longest_wait(History()) == longest_wait(history([0])) == longest_wait(history([0, 1, 2])) == 0
    assert longest_wait(history([0, 1, 1, 1])) == 2
    assert longest_wait(history([0, 1, 1, 1, 4, 4])) == 2


def test_other_weights_or_data_begin_anew():
    run = begun()
    change(run, "lr", 0.1)
    change(run, "layers", [[5, "tanh", None]])
    assert run.changed == ""


@pytest.mark.parametrize("speed", ["0", "100", "8"])
def test_the_pace_of_a_run_decides_none_of_its_numbers(speed):
    run = session("data=moons&points=60&layers=4-tanh&batch=20&speed=" + speed)
    trainer = Trainer(run)
    while run.training.updates < 120:
        trainer.go_on(trainer.pace())
    assert run.changed == "" and is_what_its_link_gives(run)
