"""What a run needs of memory: counted before it is built, and not less than it takes."""
import sys
import tracemalloc

import pytest

import spec as specs
from engine import inside, memory
from engine.session import Session


def spec(link):
    return specs.parse(link)[0]


EIGHT = "layers=" + ",".join(["1024-relu"] * 8)


@pytest.mark.parametrize("link", ["data=digits&layers=512-relu,512-relu", "data=spiral&layers=600-relu,600-relu&opt=sgd",
                                  "data=digits&layers=256-relu,256-relu&batch=1078&dropout=0.2&l2=0.1",
                                  "task=reconstruct&data=digits&layers=512-tanh,2-linear,512-tanh&opt=momentum"])
def test_a_run_takes_no_more_than_was_counted(link):
    Session(spec(link + "&layers=2-relu"))  # what is loaded once for all
    tracemalloc.start()
    run = Session(spec(link))
    run.step_batch()
    run.set_look(inside.Look("update 1 - 4"))
    for _ in inside.frame(run, run.look):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < memory.needed(run.spec) < 6 * peak


def test_small_networks_are_not_asked_about():
    def never(size):
        raise AssertionError

    assert memory.refusal(spec("data=digits&layers=64-relu,64-relu"), never) == ""


def test_a_refusal_says_what_was_asked_what_it_takes_what_there_is_and_what_helps():
    asked = spec("data=digits&" + EIGHT)
    assert memory.refusal(asked, lambda size: True) == ""
    words = memory.refusal(asked, lambda size: size <= 300_000_000)
    assert words.startswith("A network of 7,424,010 weights and biases, trained on batches of 32 rows, would need about ")
    assert " MB for it. Take fewer neurons or layers, or smaller batches" in words
    have = int(words.split("this browser has ")[1].split(" MB")[0])
    assert 280 <= have <= 300


def test_more_is_counted_for_what_takes_more():
    base = memory.needed(spec("data=digits&" + EIGHT + "&opt=sgd"))
    for more in ("&opt=adam", "&opt=sgd&batch=1078", "&opt=sgd&dropout=0.5"):
        assert memory.needed(spec("data=digits&" + EIGHT + more)) > base
    assert memory.needed(spec("data=digits&" + EIGHT + "&batch=1078")) < 2_000_000_000


def test_room_is_asked_for_and_given_back(monkeypatch):
    tracemalloc.start()
    assert memory._has_room(300_000_000)
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak >= 300_000_000 > 10 * now
    if sys.platform != "emscripten":  # where it would leave the tests to come with all memory there is
        monkeypatch.setattr(memory, "PIECE", 2**70)  # so much in one piece is had nowhere
        assert not memory._has_room(2**62)
