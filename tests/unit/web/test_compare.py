"""A kept run is named by what differs, and only losses that mean the same are drawn together."""
import pytest

import spec as specs
from ui import compare
from ui.state import merged, new_state


def trained(link="", updates=10):
    """A state as after some updates of that link's run."""
    run = {"state": "paused", "updates": updates, "epoch": 3, "validation_loss": 0.4}
    return merged(new_state(link), {"run": run, "best_epoch": 2, "best_loss": 0.3})


@pytest.mark.parametrize("present, other, words", [
    ("", "", "same settings"),
    ("lr=0.02", "lr=0.1", "lr 0.1"),
    ("opt=adam", "opt=sgd", "sgd"),
    ("layers=8-relu,8-relu", "layers=8-tanh,8-tanh", "tanh,tanh"),
    ("layers=8-relu,8-relu", "layers=16-relu,4-relu", "16,4 neurons"),
    ("layers=8-relu", "layers=16-tanh", "16-tanh"),
    ("layers=8-relu", "layers=8-relu,8-relu", "8-relu,8-relu"),
    ("layers=8-relu", "layers=", "no hidden layer"),
    ("layers=8-relu,8-relu", "layers=8-relu,8-relu-0.5", "dropouts –,0.5"),
    ("layers=8-relu", "layers=8-tanh-0.5", "tanh, dropouts 0.5"),
    ("seeds=1-1-1-1", "seeds=1-1-2-1", "weight seed 2"),
    ("seeds=1-1-1-1", "seeds=4-1-1-5", "data seed 4, shuffle seed 5"),
    ("l2=0&dropout=0", "l2=0.01&dropout=0.2", "l2 0.01, dropout 0.2"),
    ("points=300&noise=0.1", "points=60&noise=0.3", "60 points, noise 0.3"),
    ("epochs=50&patience=5", "", "no epoch limit, no early stopping"),
    ("shuffle=1&schedule=constant", "shuffle=0&schedule=cosine", "cosine rate, not shuffled"),
    ("features=x,y", "features=x,y,x2", "features x,y,x2"),
    ("", "lock=1", "locked 1"),
    ("data=iris&standardize=auto", "data=iris&standardize=0", "not standardised"),
    ("chart=linear&speed=0", "chart=log&speed=4&hide=share", "same settings"),  # only looks different
])
def test_a_run_is_named_by_what_it_does_differently(present, other, words):
    assert compare.differences(specs.parse(present)[0], specs.parse(other)[0]) == words


def test_every_field_that_makes_a_run_is_named():
    other = specs.parse("task=reconstruct&data=iris&points=31&noise=0.9&classes=4&features=x2&standardize=1"
                        "&split=50-30-20&layers=3-gelu&init=small&scale=2&loss=mse&opt=sgd&lr=3&schedule=step"
                        "&batch=9&l1=1&l2=2&dropout=0.5&shuffle=0&epochs=9&patience=9&seeds=2-3-4-5&lock=1")[0]
    other = specs.changed(other, "weights", "AAAA")
    named = compare._different_words(specs.defaults(), other)
    fields = [key for key, _, _ in specs.FIELDS if key not in compare.OF_THE_VIEW]
    assert len(named) == len(fields) + 3  # the four seeds are named one by one


def test_runs_are_kept_up_to_five_and_the_same_curves_once():
    state = trained()
    assert not compare.can_keep(trained(updates=0))
    curves = object()
    state = compare.keep(compare.keep(state, curves), curves)
    assert [run["mark"] for run in state["kept"]] == ["A"]
    for _ in range(7):
        state = compare.keep(state, object())
    assert [run["mark"] for run in state["kept"]] == list("ABCDE")
    state = compare.remove(state, "B")
    newest = object()
    state = compare.keep(state, newest)
    assert [run["mark"] for run in state["kept"] if run["curves"] is newest] == ["B"]  # it was free again
    assert (state["kept"][1]["best_loss"], state["kept"][1]["last_loss"]) == (0.3, 0.4)


def test_taking_settings_brings_back_the_spec_with_its_seeds_but_not_its_look():
    state = compare.keep(trained("lr=0.5&layers=4-tanh&seeds=1-2-3-4&chart=linear"), object())
    present = merged(state, {"spec": specs.parse("lr=0.1&layers=9-relu&seeds=5-5-5-5&chart=log")[0]})
    taken = compare.take_settings(present, "A")
    assert taken["revision"] > present["revision"]
    assert compare.differences(state["spec"], taken["spec"]) == "same settings"
    assert taken["spec"]["chart"] == "log"


@pytest.mark.parametrize("other, comparable", [
    ("data=circle&points=60&lr=1", True), ("data=circle&seeds=9-9-9-9", True),
    ("data=moons", False), ("data=circle&loss=mse", False),
])
def test_only_losses_of_the_same_kind_are_drawn_together(other, comparable):
    assert compare.is_comparable(specs.parse("data=circle")[0], specs.parse(other)[0]) is comparable


@pytest.mark.parametrize("present, other, comparable", [
    ("classes=3", "classes=4", False),  # the loss of a guess grows with the number of classes
    ("data=iris&standardize=0", "data=iris&standardize=1", True),
    ("data=diabetes&standardize=0", "data=diabetes&standardize=1", False),  # its answers are in other units
])
def test_what_changes_the_unit_of_the_loss_keeps_runs_apart(present, other, comparable):
    assert compare.is_comparable(specs.parse(present)[0], specs.parse(other)[0]) is comparable
