"""The dot product's exhibit: exact decimals, steps, typed matrices, guesses, and what NumPy answers. NumPy is the measure."""
import json
import random
from decimal import Decimal

import numpy as np
import pytest

import kinds
import spec as specs
from engine import exhibits
from exhibits import dot_guess, dot_text, dot_words
from exhibits.dot_scene import Scene, resized
from exhibits.dot_walk import Walk, change_view


def spec_of(link=""):
    spec, problems = specs.parse("#v=1&view=dot&" + link)
    assert problems == []
    return spec


def scene_of(link=""):
    return Scene(spec_of(link))


def walk_of(link=""):
    spec = spec_of(link)
    return Walk(Scene(spec), spec)


def ask(question):
    return json.loads(exhibits.answer("dot", json.dumps(question), None))


def floats(rows):
    return np.array(rows) / 10000


# ---- the matrices of a link

@pytest.mark.parametrize("text", ["2x3", "12x12", "1x1", "1,2,3/4,5,-0.5", "0.0001", "-1000,1000"])
def test_a_matrix_in_a_link_is_read_and_written_back(text):
    assert kinds.Matrix().write(kinds.Matrix().read(text)) == text


@pytest.mark.parametrize("text, complaint", [
    ("13x1", "is no shape from 1x1 to 12x12"), ("0x3", "is no shape"), ("x", "is no shape"), ("", "has '', which is not a number"),
    ("1,2/3", "has rows of different lengths"), ("1,a", "has 'a', which is not a number"), ("nan", "has 'nan', which is not a number"),
    ("1e308", "has 1e+308, which is not from -1000 to 1000"), ("0.00001", "has '0.00001', which has more than 4 decimals"),
    (",".join(["1"] * 13), "has more than 12 rows or columns"), ("[[1]]", "has '[[1]]', which is not a number"),
])
def test_an_unusable_matrix_in_a_link_is_named(text, complaint):
    with pytest.raises(ValueError, match="(?s)^" + complaint.replace("[", r"\[").replace("]", r"\]").replace("+", r"\+")):
        kinds.Matrix().read(text)


@pytest.mark.parametrize("value, digits, places, text", [
    (12345, 4, None, "1.2345"), (-500, 4, None, "-0.05"), (0, 4, None, "0"), (20000, 4, 1, "2.0"), (-14999, 4, 2, "-1.50"),
    (-4, 4, 2, "0.00"), (5, 0, None, "5"), (1, 8, 8, "0.00000001")])
def test_decimals_are_written_exactly(value, digits, places, text):
    assert kinds.decimal(value, digits, places) == text


# ---- the numbers add up as printed

def random_link(dice):
    m, n, p = (dice.randint(1, 12) for _ in range(3))
    places = dice.randint(0, 4)
    def matrix(rows, columns):
        return "/".join(",".join(f"{dice.uniform(-1000, 1000):.{places}f}" for _ in range(columns)) for _ in range(rows))
    return f"dot-a={matrix(m, n)}&dot-b={matrix(n, p)}"


def test_printed_products_add_up_to_the_printed_value_and_numpy_agrees():
    dice = random.Random(4)
    for _ in range(40):
        scene = scene_of(random_link(dice))
        exact = np.matmul(floats(scene.left), floats(scene.right))
        for _ in range(5):
            i, j = dice.randrange(scene.m), dice.randrange(scene.p)
            factors = [(Decimal(scene.left_text(i, k).replace("−", "-")), Decimal(scene.right_text(k, j).replace("−", "-")))
                       for k in range(scene.n)]
            products = [Decimal(scene.exact(product).replace("−", "-")) for product in scene.products(i, j)]
            assert products == [a * b for a, b in factors]
            printed = Decimal(scene.exact(scene.result[i][j]).replace("−", "-"))
            assert sum(products) == printed
            assert float(printed) == pytest.approx(exact[i, j], rel=1e-9, abs=1e-9)


def test_a_matrix_grows_and_shrinks_without_touching_the_rest():
    spec = spec_of("dot-a=2x3&dot-seed=7")
    before = Scene(spec).left
    spec["dot-a"] = resized(spec, "a", 4, 5)
    assert [row[:3] for row in Scene(spec).left[:2]] == before
    spec = spec_of()
    spec["dot-b"] = resized(spec, "b", 4, 2)
    assert [row[:2] for row in spec["dot-b"][2][:3]] == [row[:2] for row in scene_of().right]
    assert len(spec["dot-b"][2]) == 4


def test_a_disagreement_is_named_and_mended_by_a_transpose():
    scene = scene_of("dot-a=3x4&dot-b=5x2")
    assert (scene.agree, scene.result, scene.unlocked) == (False, None, True)
    assert dot_words.disagreement(scene) == ("A has 4 columns and B has 5 rows. A row meets a column entry by entry: "
                                             "in each column of B, 1 entry would find no partner.")
    assert scene.mends() == []
    assert scene_of("dot-a=4x2&dot-b=4x3").mends() == [[0]]
    assert scene_of("dot-a=2x3&dot-b=4x2").mends() == [[0, 1]]
    mended = scene_of("dot-a=4x2&dot-b=4x3&dot-transposed=a")
    assert (mended.agree, mended.label(0), mended.code(), mended.shape(0)) == (True, "Aᵀ", "A.T @ B", (2, 4))


# ---- steps

def test_every_view_steps_through_to_the_whole_result():
    for view, steps in (("cell", 2 * 4 * 3), ("row", 2 * 3), ("column", 4 * 3), ("outer", 3)):
        walk = walk_of(f"dot-view={view}&dot-at=0-0-0&dot-filled=0")
        taken = 0
        while not walk.at_end:
            walk.term()
            taken += 1
        assert taken == steps
        assert all(walk.knows(i, j) for i in range(2) for j in range(4))
        walk.term()
        walk.next()
        assert walk.at_end


def test_next_previous_end_and_clear():
    walk = walk_of("dot-at=0-0-0&dot-filled=0")
    walk.next()
    assert (walk.i, walk.j, walk.k, walk.filled) == (0, 0, 3, 1)
    walk.next()
    walk.previous()
    assert (walk.j, walk.filled) == (0, 2)  # what is known stays known
    walk.end()
    assert (walk.i, walk.j, walk.filled) == (1, 3, 8)
    walk.clear()
    assert (walk.i, walk.j, walk.k, walk.filled) == (0, 0, 0, 0)


def test_a_place_outside_the_product_is_brought_inside():
    walk = walk_of("dot-a=1x2&dot-b=2x1&dot-at=12-12-12&dot-filled=144")
    assert (walk.i, walk.j, walk.k, walk.filled) == (0, 0, 2, 1)


def test_another_view_keeps_the_place_and_a_whole_result():
    spec = spec_of("dot-at=1-2-3&dot-filled=8")
    fields = change_view(spec, Scene(spec), "row")
    assert (fields["dot-at"], fields["dot-filled"]) == ([1, 2, 3], 2)
    spec.update(fields)
    assert change_view(spec, Scene(spec), "outer")["dot-at"] == [1, 2, 1]


def test_what_is_to_be_guessed():
    assert walk_of("dot-predict=shape&dot-view=row").asks == "shape"
    walk = walk_of("dot-predict=cells&dot-at=0-0-0&dot-filled=0")
    assert (walk.asks, walk.knows(0, 0)) == ("cell", False)
    walk.go(walk.unit, 3)
    assert (walk.asks, walk.knows(0, 0), walk.knows(0, 1)) == ("", True, False)
    walk.next()
    assert (walk.asks, walk.j, walk.k) == ("cell", 1, 0)


def test_a_step_is_read_out():
    scene, walk = scene_of(), walk_of("dot-at=0-1-3")
    assert dot_words.spoken(scene, walk) == "row 0, column 1: 8.5 = 2 · 1 + (−1) · (−0.5) + 3 · 2"
    assert dot_words.spoken(scene, walk_of("dot-view=row&dot-at=0-0-3")) == "row 0: −5.0, 8.5, −2.5, 7.0"


# ---- typed matrices

@pytest.mark.parametrize("text", ["1 2 3\n4 5 -0.5", "1, 2, 3\n4, 5, −0.5\n", "[[1, 2, 3], [4, 5, -0.5]]", "((1,2,3),(4,5,-.5),)",
                                  "1\t2\t3;4\t5\t-5e-1", "np.array([[1, 2, 3], [4, 5, -0.5]])", "\r\n1 2 3\r\n4 5 -0.5"])
def test_a_matrix_is_read_from_lines_or_a_list(text):
    assert dot_text.read(text) == ([2, 3, [[10000, 20000, 30000], [40000, 50000, -5000]]], "")


def test_more_decimals_are_rounded_and_it_is_said():
    matrix, remark = dot_text.read("0.49671 1")
    assert matrix == [1, 2, [[4967, 10000]]]
    assert "rounded to 4" in remark


@pytest.mark.parametrize("text, complaint", [
    ("", "There is nothing to read."), ("   \n ", "There is nothing to read."), ("[]", "The list is empty."), ("[[]]", "Row 0 is empty."),
    ("1 2\n3", "Row 1 has 1 number, row 0 has 2: all rows"), ("[[1,2],[3]]", "Row 1 has 1 number, row 0 has 2"),
    ("[[1],2]", "Row 1 is a single value and no list"), ("[[[1]]]", "Row 0, column 0 is a list itself"),
    ("hello", "Row 0 has 'hello', which is not a number."), ("1 nan", "Row 0, column 1 has nan, which is not from -1000 to 1000."),
    ("[[inf]]", "Row 0, column 0 has inf, which is not from"), ("1e308", "Row 0, column 0 has 1e+308, which is not from -1000"),
    ("[[%s]]" % ("9" * 300), "Row 0, column 0 has 9999"), ("[['1']]", "Row 0, column 0 is '1', which is not a number"),
    ("[[True]]", "Row 0, column 0 is True"), ("[[None]]", "Row 0, column 0 is None"), ("(5)", "That is one number and no matrix"),
    ("[" * 10000, "The [ at line 1, column 101 "), ("1 " * 20000, "That is 40,000 characters long; up to 20,000"), (";\n", "There is nothing to read."),
    ("1 " * 13, "Row 0 has 13 numbers; up to 12"), ("1\n" * 13, "That has 13 rows; up to 12 fit."),
    ("__import__('os').system('ls')", "Row 0 has '__import__('os').system('ls')', which is"), ("[[open('x')]]", "'open(' at line 1, column 3"),
    ("[lambda: 1]", "'lambda'"), ("[[1, 2], [3, 4]", "The [ at line 1, column 1 is never closed"),
])
def test_what_is_no_matrix_gets_a_sentence(text, complaint):
    with pytest.raises(ValueError) as error:
        dot_text.read(text)
    assert str(error.value).startswith(complaint), str(error.value)
    assert len(str(error.value)) < 300


def test_no_typed_text_raises_anything_but_a_sentence():
    dice = random.Random(2)
    for _ in range(3000):
        text = "".join(dice.choices("0123456789.,;-+eE[]() \n\t'\"nainfTrue_x#%∞−", k=dice.randrange(40)))
        try:
            rows, columns, entries = dot_text.read(text)[0]
        except ValueError:
            continue
        assert rows == len(entries) and all(len(row) == columns for row in entries)


# ---- guesses

@pytest.mark.parametrize("text, right, words", [
    ("2, 4", True, "The outer numbers stay"), ("(2,4)", True, "Right"), ("2x4", True, "Right"), ("2 4", True, "Right"),
    ("3, 3", False, "inner dimensions"), ("4,2", False, "swapped"), ("2 3", False, "shape of A itself"), ("3 4", False, "shape of B itself"),
    ("2,3,4", False, "you wrote 3"), ("8", False, "you wrote 1"), ("none", False, "There is a product"), ("6, 12", False, "neither multiplied nor added"),
    ("2, 9", False, "The rows are right"), ("9, 4", False, "The columns are right"), ("7 7", False, "One row for each row of A"),
    ("big", False, "Write two whole numbers"), ("", False, "Write two whole numbers"), ("9" * 400, False, "Write two whole numbers"),
])
def test_a_guessed_shape_is_judged(text, right, words):
    judged, sentence = dot_guess.judge_shape(scene_of(), text)
    assert (judged, words in sentence) == (right, True), sentence
    assert right or "(2, 4)" not in sentence  # a wrong guess does not get the answer


def test_a_guessed_shape_where_there_is_no_product():
    scene = scene_of("dot-a=3x4&dot-b=5x2")
    assert dot_guess.judge_shape(scene, "none")[0]
    judged, sentence = dot_guess.judge_shape(scene, "3, 2")
    assert (judged, "Compare the two inner numbers" in sentence) == (False, True)


@pytest.mark.parametrize("link, at, text, words", [  # rows of A: 2 −1 3 | 0 4 −2; columns of B: 0.5 3 −1 | 1 −0.5 2 | −1.5 1 0.5 | 2 0 1
    ("", (0, 1), "−8.5", "the sign is not"),
    ("", (0, 1), "6", "one product alone, 3 · 2"),
    ("", (0, 0), "7", "A sign got lost"),
    ("", (0, 1), "7.5", "wrong sign: look at −1 · (−0.5)"),
    ("", (0, 1), "2.5", "One product is missing in the sum: 3 · 2"),
    ("dot-a=1,2/3,4&dot-b=5,6/7,8", (0, 0), "15", "sum of all entries"),
    ("dot-a=1,2/3,4&dot-b=5,6/7,8", (0, 0), "36", "sum of the row times the sum of the column"),
    ("dot-a=1,2/3,4&dot-b=5,6/7,8", (0, 1), "43", "row and column are swapped"),
    ("dot-a=1,2/3,4&dot-b=5,6/7,8", (0, 0), "23", "You took column 0 of A and row 0 of B"),
    ("dot-a=1,2/3,4&dot-b=5,6/7,8", (1, 1), "32", "one product alone"),
    ("", (0, 1), "7", "That is the value at row 0, column 3"),
    ("", (0, 1), "85", "the decimal point is not"),
    ("", (0, 1), "123", "multiply in pairs, and add the 3 products"),
    ("", (0, 1), "much", "Write one number"), ("", (0, 1), "", "Write one number"), ("", (0, 1), "9" * 500, "Write one number"),
    ("", (0, 1), "1e3", "Write one number"), ("", (0, 1), "-", "Write one number"),
])
def test_a_wrong_value_is_told_what_went_wrong(link, at, text, words):
    scene = scene_of(link)
    judged, sentence = dot_guess.judge_cell(scene, *at, text)
    assert (judged, words in sentence) == (False, True), sentence
    assert scene.exact(scene.result[at[0]][at[1]]) not in sentence.replace(text, "")


def test_an_entrywise_product_is_recognised():
    judged, sentence = dot_guess.judge_cell(scene_of("dot-a=2,5/1,3&dot-b=7,1/4,2"), 0, 1, "5")
    assert (judged, "NumPy's A * B" in sentence) == (False, True), sentence


@pytest.mark.parametrize("text", ["8.5", "8.50", "+8.5", " 8.5 "])
def test_a_right_value_is_right(text):
    assert dot_guess.judge_cell(scene_of(), 0, 1, text) == (True, "Right: C[0, 1] = 8.5.")


def test_a_value_rounded_to_two_decimals_is_right_and_to_one_is_not():
    scene = scene_of("dot-a=0.333&dot-b=0.777")  # 0.258741
    assert dot_guess.judge_cell(scene, 0, 0, "0.26") == (True, "Right, rounded; in full it is 0.258741: C[0, 0] = 0.258741.")
    assert not dot_guess.judge_cell(scene, 0, 0, "0.3")[0]


# ---- the engine

def test_the_engine_multiplies_with_numpy():
    scene = scene_of("dot-transposed=b&dot-b=4x3")
    answer = ask({"a": floats(scene.stored[0]).tolist(), "b": floats(scene.stored[1]).tolist(), "transposed": ["b"]})
    assert answer["product"]["shape"] == [2, 4]
    assert np.allclose(answer["product"]["values"], floats(floats(scene.result)))
    assert answer["plain"]["refused"].startswith("ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0")
    assert "size 4 is different from 3" in answer["plain"]["refused"]
    assert dot_words.agreement(scene, answer).startswith("NumPy computed A @ B.T too: 8 entries, the same ")
    answer["product"]["values"][1][2] += 0.001
    assert dot_words.agreement(scene, answer).startswith("NumPy differs at row 1, column 2")


@pytest.mark.parametrize("question", [None, [], {}, {"a": [[1]]}, {"a": [[1, 2], [3]], "b": [[1]]}, {"a": [[[1]]], "b": [[1]]},
                                      {"a": [["x"]], "b": [[1]]}, {"a": [[1e308]], "b": [[1e308]]}, {"a": [[1]] * 13, "b": [[1]]},
                                      {"a": [], "b": []}, {"a": [[]], "b": [[1]]}, {"a": 1, "b": [[10 ** 400]]}])
def test_the_engine_answers_nonsense_with_a_sentence(question):
    assert ask(question)["error"].endswith(".")
