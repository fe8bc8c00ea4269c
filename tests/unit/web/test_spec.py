"""The spec and its link: what is written is read back, what is unusable is named and replaced, and nothing crashes."""
import random

import pytest

import shapes
import spec as specs


def test_defaults_survive_a_link():
    assert specs.parse(specs.write(specs.defaults())) == (specs.defaults(), [])


def test_an_empty_link_is_the_default():
    for link in ("", "#"):
        assert specs.parse(link) == (specs.defaults(), [])


@pytest.mark.parametrize("link, key, value", [
    ("data=digits", "data", "digits"),
    ("layers=64-relu,10-tanh", "layers", [[64, "relu", None], [10, "tanh", None]]),
    ("layers=3-leaky_relu", "layers", [[3, "leaky_relu", None]]),
    ("layers=64-relu%2C10-tanh", "layers", [[64, "relu", None], [10, "tanh", None]]),  # as some programs write it
    ("layers=64-relu-0.2,10-tanh-0", "layers", [[64, "relu", 0.2], [10, "tanh", 0.0]]),
    ("layers=", "layers", []),
    ("features=xy,x", "features", ["x", "xy"]),  # in the table's order
    ("lock=1,2.0.3,1.b.7", "lock", ["1", "2.0.3", "1.b.7"]),
    ("hide=test,seeds", "hide", ["seeds", "test"]),
    ("split=50-25-25", "split", [50, 25, 25]),
    ("seeds=1-2-3-4294967295", "seeds", [1, 2, 3, 4294967295]),
    ("lr=1e-05", "lr", 1e-05),
    ("lr=0.0123456789", "lr", 0.0123456789),
    ("batch=1", "batch", 1),
    ("shuffle=0", "shuffle", "0"),
])
def test_values_are_read_and_written_back(link, key, value):
    spec, problems = specs.parse("#v=1&" + link)
    assert problems == []
    assert spec[key] == value
    assert specs.parse(specs.write(spec)) == (spec, [])


@pytest.mark.parametrize("link, complaint", [
    ("lr=abc", "lr=abc is not a number above 0 and at most 1000; 0.02 is used instead."),
    ("lr=0", "lr=0 is not a number above 0"),
    ("lr=nan", "lr=nan is not a number"),
    ("lr=inf", "lr=inf is not a number"),
    ("noise=-1", "noise=-1 is not a number from 0 to 1; 0.1 is used instead."),
    ("batch=0", "batch=0 is not a whole number from 1 to 2000; 32 is used instead."),
    ("batch=1.5", "batch=1.5 is not a whole number"),
    ("batch=٣", "batch=٣ is not a whole number"),  # a digit, but not one of 0 to 9
    ("points=99999999999999999999", "is not a whole number from 30 to 2000"),
    ("layers=0-relu", "layers=0-relu has a layer '0-relu' whose neurons are not 1 to 1024"),
    ("layers=8", "layers=8 has a layer '8' whose activation is not one of relu, tanh"),
    ("layers=8-softmax", "activation is not one of relu"),
    ("layers=" + ",".join(["8-relu"] * 9), "has 9 hidden layers; 8 at most fit"),
    ("split=60-20-30", "split=60-20-30 adds up to 110, not to 100"),
    ("split=80-20", "split=80-20 is not 3 whole numbers joined by dashes"),
    ("split=100-0-0", "split=100-0-0 has a number outside 1 to 98"),
    ("seeds=1-1-1-4294967296", "has a number outside 0 to 4294967295"),
    ("data=mnist", "data=mnist is not one of circle, xor"),
    ("opt=lion", "opt=lion is not one of sgd, momentum, rmsprop, adam; adam is used instead."),
    ("layers=8-relu-1", "layers=8-relu-1 is not a number from 0 to 0.95"),
    ("features=z", "features=z has 'z', which is not one of x, y, x2"),
    ("features=", "features= names none of x, y"),
    ("lock=0", "has '0', which is no layer such as 2"),
    ("lock=9", "lock=9 names what the network does not have; none is used instead."),
    ("lock=1.b.10", "lock=1.b.10 names what the network does not have"),
    ("weights=a b", "is no packed weights"),
    ("weights=<b>", "is no packed weights"),
    ("hide=everything", "has 'everything', which is not one of task"),
    ("loss=hinge", "loss=hinge is not one of auto"),
    ("nonsense", "'nonsense' is not key=value and was ignored."),
    ("v=2", "This link is of version 2; this page reads version 1"),
])
def test_unusable_values_are_named_and_replaced(link, complaint):
    spec, problems = specs.parse(link)
    assert spec == specs.defaults()
    assert len(problems) == 1
    assert complaint in problems[0]


def test_no_part_of_a_split_is_left_empty():
    spec, problems = specs.parse("points=30&split=98-1-1")
    assert (spec["points"], spec["split"]) == (30, [60, 20, 20])
    assert problems == ["split=98-1-1 leaves a part of the 30 rows empty; 60-20-20 is used instead."]


def test_data_and_task_choose_what_is_not_named():
    assert specs.parse("data=diabetes")[0]["task"] == "regress"
    assert specs.parse("task=reconstruct")[0]["data"] == "digits"
    assert specs.parse("task=reconstruct&data=iris")[0]["layers"][1] == [2, "linear", None]
    spec, problems = specs.parse("task=regress&data=digits")
    assert (spec["task"], problems) == (
        "classify", ["task=regress does not go with data=digits; classify is used instead."])
    spec, problems = specs.parse("task=regress&loss=categorical_cross_entropy")
    assert (spec["loss"], problems) == (
        "auto", ["loss=categorical_cross_entropy needs classes; auto is used instead."])


def test_dropout_of_a_layer_is_its_own_or_the_one_for_all():
    assert specs.dropouts(specs.parse("layers=8-relu-0.25,4-tanh&dropout=0.1")[0]) == [0.25, 0.1]


def test_unknown_keys_are_ignored_and_the_first_of_a_repeated_key_counts():
    spec, problems = specs.parse("#v=1&utm_source=mail&batch=8&batch=16")
    assert (spec["batch"], problems) == (8, [])


def test_long_nonsense_is_cut_short_in_the_sentence():
    _, problems = specs.parse("data=" + "x" * 5000)
    assert len(problems[0]) < 200


def test_weights_go_with_the_network_they_belong_to():
    spec, problems = specs.parse("weights=abc-_9")
    assert (spec["weights"], problems) == ("abc-_9", [])
    assert specs.changed(spec, "lr", 1.0)["weights"] == "abc-_9"
    assert specs.changed(spec, "layers", [])["weights"] == ""
    assert specs.with_seed(spec, specs.INIT_SEED, 2)["weights"] == ""


def test_changing_a_copy_leaves_the_spec_alone():
    spec = specs.defaults()
    other = specs.with_seed(specs.changed(spec, "batch", 7), specs.INIT_SEED, 9)
    assert (other["batch"], other["seeds"]) == (7, [1, 1, 9, 1])
    assert spec == specs.defaults()


def test_quiet_fields_stand_in_a_link_only_where_they_differ():
    spec = specs.defaults()
    named = {pair.split("=")[0] for pair in specs.write(spec).split("&")}
    assert not named & set(specs.QUIET)
    other = specs.changed(spec, "arrays-text", "[1]")
    assert set(specs.write(other).split("&")) - set(specs.write(spec).split("&")) == {"arrays-text=[1]"}


def test_no_link_crashes_and_every_spec_read_can_be_written():
    dice = random.Random(1)
    keys = [key for key, _, _ in specs.FIELDS] + ["v", "zz", ""]
    alphabet = "0123456789-.,=&%#eE+ abcrelutanhsgdNaN∞\x00'\"<>"
    values = ["1", "0", "-1", "1e999", "nan", "60-20-20", "8-relu,8-tanh-0.5", "digits", "sine", "reconstruct", "regress", "1,2.b.3", "x,xy", "--", ",", "", "%", "%zz", "9" * 400]
    for _ in range(2000):
        pairs = []
        for _ in range(dice.randrange(6)):
            value = dice.choice(values) if dice.random() < 0.6 else "".join(dice.choices(alphabet, k=dice.randrange(30)))
            pairs.append(dice.choice(keys) + "=" + value)
        spec, problems = specs.parse("#" + "&".join(pairs))
        assert specs.parse(specs.write(spec)) == (spec, []), pairs
        assert all(isinstance(problem, str) for problem in problems)
        assert min(shapes.split_counts(spec)) > 0
