"""The layer editor's engine side: a class run from its source, compared cell by cell, and every way to get it wrong."""
import ast
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import spec as specs
from engine import exhibits, layer_compare, layer_run
from engine.session import Session
from exhibits import code_report, notes_class

PAGE = Path(notes_class.__file__).parents[1]
X = np.random.RandomState(3).randn(7, 2)
BATCH = {"x": X.tolist(), "n_inputs": 2, "n_neurons": 3, "seed": 5}


def layer(init="", forward="return inputs @ self.weights + self.biases"):
    """The class with another line at the end of __init__ (line 5) and another forward (line 7)."""
    return (f"class Layer_Dense:\n  def __init__(self, n_inputs, n_neurons):\n"
            f"    self.weights = np.random.randn(n_inputs, n_neurons) * 0.01\n    self.biases = np.zeros((1, n_neurons))\n"
            f"    {init}\n  def forward(self, inputs):\n    {forward}\n")


def run(source, batch=BATCH):
    """The result, once it has been through all that lies between a class and the page."""
    text, numbers = layer_run.run_in_box(source, json.dumps(batch))
    report = code_report.read(text, len(numbers), code_report.shapes(*np.shape(batch["x"]), batch["n_neurons"]))
    question = json.dumps({"batch": batch, "arrays": report["arrays"]})
    compared = json.loads(exhibits.answer("code", question, None, np.frombuffer(numbers)))
    told = report["told"]
    return {**told, **compared, "unfit": told["unfit"] or compared["unfit"]}


def array(result, name):
    return next(entry for entry in result["arrays"] if entry["name"] == name)


@pytest.mark.skipif(sys.platform == "emscripten", reason="needs the source tree")
def test_the_class_is_that_of_the_notes_to_the_letter():
    tree = ast.parse((PAGE.parents[1] / "tests/unit/test_notes.py").read_text(encoding="utf-8"))
    notes = next(node.value.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "NOTES")
    assert notes_class.SOURCE == notes.removeprefix("\n")


def test_the_notes_class_equals_nncores_in_every_cell():
    result = run(notes_class.SOURCE)
    assert (result["error"], result["unfit"], result["printed"]) == (None, "", "")
    np.random.seed(5)
    weights = np.random.randn(2, 3) * 0.01
    for name, wanted in (("weights", weights), ("biases", np.zeros((1, 3))), ("output", X @ weights)):
        entry = array(result, name)
        assert entry["equal"] == entry["size"] == wanted.size
        assert entry["yours"] == entry["theirs"] == wanted[:layer_compare.SHOWN_ROWS, :layer_compare.SHOWN_COLUMNS].tolist()
        assert "largest" not in entry


def test_cells_that_differ_are_counted_and_the_largest_difference_is_placed():
    result = run(layer("self.weights[1, 2] += 0.5; self.weights[0, 0] += 0.1"))
    weights = array(result, "weights")
    assert (weights["equal"], weights["at"]) == (4, [1, 2])
    assert weights["largest"] == pytest.approx(0.5)
    assert weights["same"] == [[0, 1, 1], [1, 1, 0]]
    assert array(result, "output")["equal"] == 7


def test_what_is_not_finite_is_told_by_name():
    result = run(layer("self.weights[0] = np.nan; self.biases[0, 0] = -np.inf"))
    assert array(result, "weights")["yours"][0] == ["nan"] * 3
    assert array(result, "weights")["largest"] == "inf"
    assert array(result, "biases")["pair"] == ["-inf", 0.0]


@pytest.mark.parametrize("source, sentence, line", [
    ("class Layer_Dense:\n  def f(self:\n    pass", "SyntaxError: ", 2),
    ("x = 1\ny = missing", "NameError: name 'missing' is not defined", 2),
    (layer(forward="return self.deeper(inputs)\n  def deeper(self, inputs):\n    return 1 / 0"), "ZeroDivisionError: division by zero", 9),
    (layer("import no_such_module"), "ModuleNotFoundError: No module named 'no_such_module'", 5),
    (layer(forward="return inputs @ self.weights.T"), "ValueError: matmul: ", 7),
    (layer("raise SystemExit('bye')"), "SystemExit: bye", 5),
    (layer("exit()"), "", 5),
    (layer("raise KeyboardInterrupt"), "KeyboardInterrupt", 5),
    (layer(forward="return self.forward(inputs)"), "RecursionError: ", 7),
    (layer("raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})()"), "Odd: <exception str() failed>", 5),
    ("class Layer_Dense:\n  def __init__(self): pass", "TypeError: ", None),
    ("x = '\0'", "", None),
])
def test_errors_of_the_class_are_sentences_with_its_line(source, sentence, line):
    error = run(source)["error"]
    assert sentence in error["sentence"]
    assert error["line"] == line
    assert "layer_run" not in error["traceback"] or line is None


def test_tracebacks_quote_the_line():
    assert "return inputs @ missing" in run(layer(forward="return inputs @ missing"))["error"]["traceback"]


@pytest.mark.parametrize("source, sentence", [
    ("", "There is no class Layer_Dense in it"),
    ("Layer_Dense = 5", "There is no class Layer_Dense in it"),
    (layer("del self.weights"), "The layer has no weights after __init__"),
    (layer("self.biases = 'none'"), "self.biases is a str, which is no array of numbers."),
    (layer("self.weights = [[1, 2], [3]]"), "self.weights is a list, which is no array of numbers."),
    (layer("self.weights = self.weights.T", "return inputs @ self.weights.T"),
     "weights has the shape (3, 2), but nncore's has (2, 3). It is turned over"),
    (layer("self.biases = np.zeros(n_neurons)"), "biases has the shape (3,), but nncore's has (1, 3)."),
    (layer(forward="inputs @ self.weights"), "forward returned None: a return is missing"),
    (layer(forward="return 5"), "output has the shape (), but nncore's has (7, 3)."),
    (layer(forward="return np.zeros((0, 3))"), "output has the shape (0, 3)"),
])
def test_what_cannot_be_compared_gets_a_sentence(source, sentence):
    result = run(source)
    assert result["error"] is None
    assert sentence in result["unfit"]


def test_prints_are_kept_up_to_a_limit():
    result = run(layer("print('one'); import sys; print('two', file=sys.stderr)"))
    assert (result["printed"], result["cut"]) == ("one\ntwo\n", False)
    result = run(layer("for i in range(5000): print('many')"))
    assert (len(result["printed"]), result["cut"]) == (layer_run.MOST_PRINTED, True)


def test_the_class_gets_a_copy_of_the_batch():
    assert array(run(layer(forward="inputs *= 0; return inputs @ self.weights")), "output")["equal"] == 0
    assert run(notes_class.SOURCE) == run(notes_class.SOURCE)


def test_the_engine_tells_of_each_layer_and_leaves_the_run_alone():
    session = Session(specs.parse("#v=1&data=iris&layers=5-tanh,4-relu&seeds=1-1-9-1")[0])
    session.step_epoch()
    before = session.network.parameters.copy(), list(session.training.history), session.now
    inputs = [4, 5, 4]
    for number, n_inputs in enumerate(inputs, 1):
        answer = json.loads(exhibits.answer("code", json.dumps({"layer": number}), session))
        batch = json.loads(exhibits.answer("code", json.dumps({"layer": number, "take": True}), session))
        assert (answer["layer"], answer["layers"], answer["n_inputs"], answer["rows"], answer["seed"]) == (number, 3, n_inputs, 32, 9)
        assert np.shape(batch["x"]) == (32, n_inputs)
        assert all(entry["equal"] == entry["size"] for entry in answer["result"]["arrays"])
    np.testing.assert_array_equal(batch["x"], session.network.layers[1].forward(
        session.network.layers[0].forward(session.parts.train.x[:32])))
    np.testing.assert_array_equal(session.network.parameters, before[0])
    assert (list(session.training.history), session.now) == before[1:]


@pytest.mark.parametrize("question", [{}, {"layer": 99}, {"layer": -1}, {"layer": "two"}, {"layer": None}])
def test_any_question_is_answered_with_a_layer_that_there_is(question):
    session = Session(specs.parse("#v=1&data=circle&layers=3-tanh")[0])
    assert json.loads(exhibits.answer("code", json.dumps(question), session))["layer"] in (1, 2)
    assert "error" in json.loads(exhibits.answer("code", json.dumps(question), None))


def test_the_engine_finds_in_the_notes_class_what_the_box_would():
    assert layer_compare.of_source(notes_class.SOURCE, BATCH) == run(notes_class.SOURCE)


REPORT = {"error": None, "unfit": "", "printed": "", "cut": False, "arrays": [["weights", [2, 3]], ["biases", [1, 3]]]}
WANTED = code_report.shapes(*X.shape, BATCH["n_neurons"])


def test_a_report_is_taken_as_it_is_meant():
    assert code_report.read(json.dumps(REPORT), 9 * 8, WANTED) == {
        "told": {"error": None, "unfit": "", "printed": "", "cut": False}, "arrays": REPORT["arrays"]}


def test_of_a_report_only_what_belongs_there_is_kept():
    more = {**REPORT, "verdict": "all equal", "cut": 1, "printed": "x" * 20000,
            "error": {"sentence": "s" * 900, "traceback": "t", "line": True, "html": "<b>"}}
    told = code_report.read(json.dumps(more), 9 * 8, WANTED)["told"]
    assert told == {"error": {"sentence": "s" * 500, "traceback": "t", "line": None}, "unfit": "", "printed": "x" * 10000,
                    "cut": False}


@pytest.mark.parametrize("change", [
    {"error": "text"}, {"error": {"sentence": 5, "traceback": ""}}, {"unfit": ["<b>"]}, {"printed": None},
    {"arrays": None}, {"arrays": [["weights"]]}, {"arrays": [["other", [2, 3]]]}, {"arrays": [["biases", [1, 3]]]},
    {"arrays": [["weights", [2, 3]]] * 2}, {"arrays": [["weights", [2, 3.0]]]}, {"arrays": [["weights", [True, 3]]]},
    {"arrays": [["weights", [-2, -3]]]}, {"arrays": [["weights", "23"]]}, {"arrays": [["weights", [2 ** 31]]]},
    {"arrays": [["weights", [1] * 40]]}, {"arrays": [["weights", [2, 3]]] * 4}, {"arrays": {"weights": [2, 3]}},
])
def test_what_is_no_report_is_refused(change):
    with pytest.raises(code_report.Unreadable):
        code_report.read(json.dumps({**REPORT, **change}), 9 * 8, WANTED)


@pytest.mark.parametrize("text, n_bytes", [
    ("", 72), ("[" * 500, 72), ("null", 72), ("[]", 72), ('"report"', 72), (json.dumps(REPORT), 71), (json.dumps(REPORT), 0),
    (json.dumps(REPORT), 2 ** 31), (" " * 200001, 72), (None, 72), ({"error": None}, 72),
])
def test_no_text_and_no_number_of_bytes_surprises_the_reading(text, n_bytes):
    with pytest.raises(code_report.Unreadable):
        code_report.read(text, n_bytes, WANTED)
