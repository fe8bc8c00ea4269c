"""One neuron: the engine's walk is plain calculus, the page's own loss is the engine's, and printed numbers add up."""
import json
import math
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.exhibits import answer
from engine.exhibits import neuron as engine
from exhibits import neuron_data, neuron_words as words
from kinds import Points

PAGE = Path(__file__).parents[3] / "web" / "page"
KIND = Points([name for name, *_ in neuron_data.SETS], 2, neuron_data.MOST)
SLOPES = {"linear": (lambda z: z, lambda z: np.ones_like(z)), "relu": (lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0)),
          "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
          "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2)}


def question(activation="linear", name="rising", **changes):
    return {"points": neuron_data.points_of(name), "activation": activation, "weight": -0.5, "bias": 0.25, "rate": 0.1,
            "steps": 0, **changes}


def ask(**changes):
    """The answer as the page gets it: through JSON, which refuses what is not finite."""
    return json.loads(answer("neuron", json.dumps(question(**changes)), None))


def by_hand(points, activation, weight, bias):
    """Loss and gradient by the formulas of a textbook."""
    x, y = np.array(points).T
    f, slope = SLOPES[activation]
    z = weight * x + bias
    pull = 2 * (f(z) - y) * slope(z) / len(x)
    return [np.mean((f(z) - y) ** 2), np.sum(pull * x), np.sum(pull)]


@pytest.mark.parametrize("activation", engine.NAMES)
@pytest.mark.parametrize("name", [name for name, *_ in neuron_data.SETS])
def test_loss_gradient_and_steps_are_those_of_a_textbook(activation, name):
    walk = ask(activation=activation, name=name, steps=5)["walk"]
    weight, bias = -0.5, 0.25
    assert len(walk) == 6
    for row in walk:
        loss, d_weight, d_bias = by_hand(neuron_data.points_of(name), activation, weight, bias)
        np.testing.assert_allclose(row, [weight, bias, loss, d_weight, d_bias], rtol=1e-12, atol=1e-15)
        weight, bias = weight - 0.1 * d_weight, bias - 0.1 * d_bias


def test_the_walk_arrives_at_the_least_squares():
    found = ask(steps=200)
    assert found["ended"] == "arrived"
    x, y = np.array(neuron_data.points_of("rising")).T
    np.testing.assert_allclose(found["best"][:2], np.polyfit(x, y, 1), rtol=1e-9)
    np.testing.assert_allclose(found["walk"][-1][:2], found["best"][:2], atol=1e-4)


def test_the_rate_that_is_called_safe_is_the_limit():
    safe = ask()["safe_rate"]
    losses = [row[2] for row in ask(rate=0.97 * safe, steps=100)["walk"]]
    assert losses == sorted(losses, reverse=True) and ask(rate=0.97 * safe, steps=200)["ended"] != "diverged"
    assert ask(rate=1.05 * safe, steps=200)["ended"] == "diverged"
    assert float(words.plain_down(safe)) <= safe < float(words.plain_down(safe)) + 0.01


@pytest.mark.parametrize("rate", [1, 5, 100])
def test_a_walk_that_diverges_stops_on_finite_numbers(rate):
    found = ask(name="outlier", rate=rate, steps=200)
    assert found["ended"] == "diverged"
    assert all(abs(number) <= engine.LIMIT for row in found["walk"] for number in row[:2])
    assert all(math.isfinite(number) for row in found["walk"] for number in row)


def test_a_dead_relu_has_no_gradient_and_takes_no_step():
    found = ask(activation="relu", bias=-5, weight=0, steps=10)
    assert found["ended"] == "arrived" and len(found["walk"]) == 1 and found["walk"][0][3:] == [0, 0]
    told = {"slopes": [0] * 10, "loss": 1, "dWeight": 0, "dBias": 0}
    said, warns = words.landscape("relu", told, 10)
    assert said.startswith("Dead") and warns
    assert not words.landscape("relu", {**told, "slopes": [0] * 9 + [1]}, 10)[1]


def test_points_in_one_column_have_a_valley_and_no_lowest_point():
    found = ask(points=[[1, 0], [1, 1]])
    assert found["best"] is None and found["safe_rate"] > 0


@pytest.mark.parametrize("changes", [
    {"points": []}, {"points": "many"}, {"points": [[1]]}, {"points": [[1, "2"]]}, {"points": [[1, True]]}, {"points": [[1e308, 0]]},
    {"points": [[0, 0]] * 61}, {"points": [[[[1]]]]}, {"activation": "softmax"}, {"activation": ["relu"]}, {"activation": None},
    {"weight": "w"}, {"weight": 1e308}, {"bias": None}, {"rate": 0}, {"rate": -1}, {"rate": 1e9}, {"steps": 1.5}, {"steps": -1},
    {"steps": 10 ** 9}, {"steps": True}])
def test_bad_questions_get_a_sentence(changes):
    assert list(ask(**changes)) == ["error"]
    assert len(ask(**changes)["error"]) > 20


@pytest.mark.parametrize("given", [None, 3, "text", [], [[[]]], {}])
def test_what_is_no_question_gets_a_sentence(given):
    assert list(engine.answer(given, None)) == ["error"]


def random_cases(count):
    dice = random.Random(1)
    for _ in range(count):
        points = [[round(dice.uniform(-2, 2), 2), round(dice.uniform(-2, 2), 2)] for _ in range(dice.randrange(1, 61))]
        yield points, dice.choice(engine.NAMES), dice.uniform(-4, 4), dice.uniform(-4, 4)


@pytest.mark.skipif(sys.platform == "emscripten", reason="starts Node")
def test_the_page_computes_what_nncore_computes():
    """The same neurons through the page's own JavaScript: loss, gradient, bowl."""
    cases = list(random_cases(100))
    script = """
const { measure, field } = await import(process.argv[1]);
const out = JSON.parse(process.argv[2]).map(([points, activation, weight, bias]) => {
  const { loss, dWeight, dBias } = measure(points, activation, weight, bias);
  return [loss, dWeight, dBias, ...field(points, activation, 3, 3)];
});
console.log(JSON.stringify(out));
"""
    module = PAGE / "exhibits" / "neuron_loss.js"
    result = subprocess.run([shutil.which("node"), "--input-type=module", "-e", script, module.as_uri(), json.dumps(cases)],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    corners = [(weight, bias) for bias in (3, 0, -3) for weight in (-3, 0, 3)]
    for (points, activation, weight, bias), page in zip(cases, json.loads(result.stdout), strict=True):
        case = {"points": points, "activation": activation}
        np.testing.assert_allclose(page[:3], ask(**case, weight=weight, bias=bias)["walk"][0][2:], rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(page[3:], [ask(**case, weight=w, bias=b)["walk"][0][2] for w, b in corners], rtol=1e-10)


def number(text):
    return float(text.replace("−", "-").replace("+", ""))


def test_printed_numbers_add_up_as_printed():
    for points, activation, weight, bias in random_cases(200):
        f, slope = SLOPES[activation]
        z = weight * np.array(points)[:, 0] + bias
        told = {"answers": f(z).tolist(), "slopes": slope(z).tolist(), "loss": by_hand(points, activation, weight, bias)[0]}
        table = words.rows(points, told)
        for x, y, a, residual, square, part, part_x in table:
            a, residual, square = (number(words.printed(value)) for value in (a, residual, square))
            assert abs(a - y - residual) < 1e-9
            assert abs(residual ** 2 - square) < 0.5001e-4
            assert abs(part * x - part_x) < 0.5001e-4
        total, d_bias, d_weight = words.sums(table)
        assert abs(sum(number(words.printed(row[4])) for row in table) - total) < 1e-9
        formula, result = words.loss_formula(total, len(table))
        assert f"{words.printed(total)} / {len(table)}" in formula and abs(total / len(table) - number(result)) < 0.5001e-4
        assert ("Unrounded" in words.rounding_note(table, told)) == (words.printed(told["loss"]) != result)
        _, weight_slope, bias_slope = by_hand(points, activation, weight, bias)
        for name, sum_, exact in (("w", d_weight, weight_slope), ("b", d_bias, bias_slope)):
            _, shown = words.gradient_formula(name, sum_, len(table), activation == "linear")
            assert abs(number(shown) - exact) < 1.5e-3  # roundings of 60 points at most, times 2
            _, after = words.step_formula(name, weight, 0.1, number(shown))
            assert abs(words.rounded(weight) - 0.1 * number(shown) - number(after)) < 0.5001e-4


def test_numbers_have_real_signs_and_no_negative_zero():
    assert words.printed(-0.00001) == "0.0000" and words.printed(-1.5) == "−1.5000"
    assert words.signed(0.00001) == "0.0000" and words.signed(2) == "+2.0000" and words.signed(-2, 1) == "−2.0"
    assert words.enclosed("−1") == "(−1)" and words.enclosed("1") == "1"
    assert words.formula("relu", -0.5, -0.25) == ("z = −0.50 · x − 0.25", "ŷ = max(z, 0)")


def test_points_of_a_link():
    assert KIND.read("rising") == "rising" and KIND.write("rising") == "rising"
    assert KIND.read("0.5,1;-1.234,0.25") == [[0.5, 1], [-1.23, 0.25]]
    assert KIND.write([[0.5, 1.0], [-1.23, 0.25]]) == "0.5,1;-1.23,0.25"
    assert KIND.read("none") == [] and KIND.write([]) == "none"
    for text in ("", "1", "1,2,3", "a,b", "nan,0", "2.5,0", "1,1e308", "1,1;", "[[1,2]]", "1,1;" * 60 + "1,1", "[" * 10000, "9" * 100000):
        with pytest.raises(ValueError, match="points|point"):
            KIND.read(text)


def test_a_click_adds_and_removes():
    points, said = neuron_data.toggled([[0.5, 1.0]], -1.0, 0.25)
    assert points == [[0.5, 1.0], [-1.0, 0.25]] and said == "Point x −1.00, y 0.25 added, 2 in all."
    assert neuron_data.toggled(points, 0.5, 1.0) == ([[-1.0, 0.25]], "Point x 0.50, y 1.00 removed, 1 left.")
    assert neuron_data.toggled([[1, 1], [1, 1]], 1, 1)[0] == [[1, 1]]
    full = [[0.01 * i, 0.0] for i in range(60)]
    assert neuron_data.toggled(full, 1.9, 1.9)[0] is full
    for _, _, said, points in neuron_data.SETS:
        assert KIND.read(KIND.write(points)) == points and said.endswith(".")
