"""The batch: both ways give the numbers of plain NumPy, times are measured soundly, sentences follow the numbers."""
import json

import numpy as np
import pytest

from engine.exhibits import answer
from engine.exhibits import batch as engine
from exhibits import batch_words as words


def ask(**question):
    """The answer as the page gets it: through JSON, which refuses what is not finite."""
    return json.loads(answer("batch", json.dumps(question), None))


def test_the_rows_written_out_are_what_numpy_finds_both_ways():
    found = ask(do="layer", x=words.X, w=words.W, b=words.B)
    by_hand = [words.product(row) for row in words.X]
    np.testing.assert_allclose(found["loop"], by_hand, atol=1e-6)
    np.testing.assert_allclose(found["product"], np.array(words.X) @ words.W + words.B, atol=1e-6)
    assert found["difference"] < 1e-6 and len(words.X) == words.SHOWN
    np.testing.assert_allclose(by_hand, np.array(words.X) @ words.W + words.B, atol=1e-12)  # exact with two decimals


def test_the_terms_of_a_row_add_up_as_printed():
    for i, row in enumerate(words.X):
        sum_, result = words.terms(i).split(" = ")[1:]
        assert eval(sum_.replace("·", "*").replace("−", "-")) == pytest.approx(float(result.replace("−", "-")), abs=1e-9)
        assert float(result.replace("−", "-")) == words.product(row)[0]


@pytest.mark.parametrize("rows, inputs, neurons", [(1, 1, 1), (32, 64, 64), (256, 784, 10), (1024, 8, 8)])
def test_both_ways_agree_on_random_layers(rows, inputs, neurons):
    x, weights, biases = engine.random_layer(rows, inputs, neurons)
    exact = x.astype(float) @ weights.astype(float) + biases
    np.testing.assert_allclose(engine.one_by_one(x, weights, biases), exact, atol=2e-3)
    found = ask(do="compare", rows=rows, inputs=inputs, neurons=neurons)
    apart = np.abs(engine.one_by_one(x, weights, biases) - engine.at_once(x, weights, biases))
    assert found == {"difference": float(apart.max()), "differing": int((apart > 0).sum()), "numbers": rows * neurons}
    said = words.compared(found, rows, inputs, neurons)
    assert ("to the last bit" in said) == (found["difference"] == 0)


class Clock:
    """A clock that ticks as a browser's does, and a run that takes a set time on it."""

    def __init__(self, takes, tick=1e-4):
        self.now, self.takes, self.tick, self.runs = 0.0, takes, tick, 0

    def run(self):
        self.runs += 1
        self.now += self.takes

    def __call__(self):
        return self.now // self.tick * self.tick


@pytest.mark.parametrize("takes", [1e-6, 1e-5, 3.3e-4, 0.01, 0.2])
def test_a_coarse_clock_still_gives_the_time(takes):
    clock = Clock(takes)
    seconds, readings = engine.measure(clock.run, (), clock)
    assert seconds == pytest.approx(takes, rel=0.05)
    assert 3 <= readings <= engine.MOST_SAMPLES
    assert clock.now < 0.25 + 4 * takes


def test_a_run_that_was_held_up_once_does_not_spoil_the_measurement():
    clock = Clock(1e-6)
    run = clock.run

    def held_up():
        run()
        if clock.now > engine.WARM_UP and not clock.late:
            clock.late, clock.now = True, clock.now + 0.05
    clock.late = False
    seconds, _ = engine.measure(held_up, (), clock)
    assert clock.late and seconds == pytest.approx(1e-6, rel=0.05)


def test_times_are_measured():
    for way in engine.WAYS:
        found = ask(do="time", rows=4, inputs=8, neurons=8, way=way)
        assert found["seconds"] > 0 and found["samples"] >= 3


@pytest.mark.parametrize("question", [
    {}, {"do": "no"}, {"do": ["time"]}, {"do": "time"}, {"do": "time", "rows": 4, "inputs": 8, "neurons": 8, "way": "slow"},
    {"do": "compare", "rows": 0, "inputs": 8, "neurons": 8}, {"do": "compare", "rows": 1025, "inputs": 8, "neurons": 8},
    {"do": "compare", "rows": 4, "inputs": "8", "neurons": 8}, {"do": "compare", "rows": 4, "inputs": 8, "neurons": True},
    {"do": "compare", "rows": 4, "inputs": 1e308, "neurons": 8}, {"do": "layer"},
    {"do": "layer", "x": [[1, 2], [3]], "w": [[1]], "b": [[1]]}, {"do": "layer", "x": [[1, 2]], "w": [[1]], "b": [[1]]},
    {"do": "layer", "x": [[1]], "w": [[1]], "b": [[1, 2]]}, {"do": "layer", "x": [["1"]], "w": [[1]], "b": [[1]]},
    {"do": "layer", "x": [[1e308]], "w": [[1]], "b": [[1]]}, {"do": "layer", "x": "x" * 1000, "w": [], "b": None}])
def test_bad_questions_get_a_sentence(question):
    assert list(ask(**question)) == ["error"]
    assert len(ask(**question)["error"]) > 20


@pytest.mark.parametrize("question", [None, 1, "x", [], [{}]])
def test_what_is_no_question_gets_a_sentence(question):
    assert list(engine.answer(question, None)) == ["error"]


@pytest.mark.parametrize("seconds, text", [
    (1.5, "1.50 s"), (0.99996, "1.00 s"), (1.9e-3, "1.90 ms"), (9.996e-3, "10.0 ms"), (0.0999, "99.9 ms"), (0.09996, "100 ms"),
    (9.9996e-4, "1.00 ms"), (5e-5, "50.0 µs"), (3e-7, "300 ns"), (4.56e-8, "45.6 ns")])
def test_durations_have_three_digits(seconds, text):
    assert words.duration(seconds) == text


@pytest.mark.parametrize("loop, one, end", [
    (1.9e-3, 5e-5, "1.90 ms one by one, 50.0 µs as one product: 38 times as fast."), (2.2e-3, 1e-3, ": 2.2 times as fast."),
    (1e-3, 1e-3, ": no gain."), (1e-3, 2e-3, ": slower, 2.0 times as long.")])
def test_the_sentence_says_what_was_found(loop, one, end):
    said = words.found(256, 64, 64, loop, one)
    assert said.startswith("256 rows through a layer (64, 64): ") and said.endswith(end)
    assert words.found(1, 8, 8, None, one) == "1 row through a layer (8, 8): not measured yet."


def test_the_whole_is_summed_up_only_once_all_is_measured():
    gain = [(rows, {"loop": 4e-6 * rows, "product": 4e-6 + 1e-8 * rows}) for rows in words.SIZES]
    assert words.overall(gain[:-1] + [(1024, {"loop": 1})]) == ""
    assert "pays them once" in words.overall(gain)
    assert "the gain is smaller" in words.overall([(rows, {"loop": 2e-4 * rows, "product": 2e-4 * rows}) for rows in words.SIZES])
