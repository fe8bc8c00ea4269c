"""Commands that wait for the engine: a newer setting or a pause overtakes what was asked for before it."""
from ui.waiting import LATE, WORDS, Waiting, words

import protocol


def names(waiting):
    return [entry[0] for entry in waiting.entries]


def filled(*entries):
    waiting = Waiting()
    for command, *arguments in entries:
        waiting.add(command, tuple(arguments))
    return waiting


def test_a_newer_setting_takes_the_place_of_the_older_and_of_steps():
    waiting = filled(("step_batch",), ("configure", "a", 1), ("step_epoch",), ("step_batch",), ("open_test",), ("configure", "b", 2))
    assert waiting.entries == [("open_test", ()), ("configure", ("b", 2))]


def test_steps_after_a_setting_wait_for_it():
    assert names(filled(("configure", "a", 1), ("step_batch",), ("step_batch",))) == ["configure", "step_batch", "step_batch"]


def test_a_pause_overtakes_steps_and_play_but_nothing_else():
    assert names(filled(("play",), ("step_epoch",), ("reset",), ("pause",))) == ["reset", "pause"]


def test_numbers_of_the_same_place_replace_each_other():
    waiting = filled(("set_parameter", "1.0.0", 1), ("set_parameter", "1.0.1", 2), ("set_parameter", "1.0.0", 3))
    assert [arguments for _, arguments in waiting.entries] == [("1.0.1", 2), ("1.0.0", 3)]


def test_they_leave_in_order():
    waiting = filled(("reset",), ("play",))
    assert waiting.has("play") and waiting.next() == ("reset", ()) and waiting.clear() == [("play", ())]
    assert not waiting.has("play")


def test_only_what_takes_long_has_words():
    assert words("step_batch", LATE) == "" and words("step_batch", LATE + 1) == "Taking one batch"
    assert set(WORDS) <= set(protocol.COMMANDS)
