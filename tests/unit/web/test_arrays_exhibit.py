"""Nested lists: read as data and nothing else, arranged as NumPy finds them, guesses answered by what they show."""
import ast
import random

import numpy as np
import pytest
from engine.exhibits import arrays as in_engine
from exhibits import arrays_guess, literal, nesting


@pytest.mark.parametrize("text", [
    "5", "-1.5e-3", "[1, 2.5, .5, 5., 1_000, 0x1F, 0b11, +7]", "[[1, 2], (3, 4,), [],]", "(1,)", "()", "(1)",
    "['a', \"b'c\", 'x\\n\\'y\\\\']", "[True, False, None]", " \n\t[\n1 ,\n2\n]\n", "1e308", "1e999", "[" * 99 + "]" * 99, str(10 ** 300),
])
def test_data_are_read_as_python_reads_them(text):
    value, remarks = literal.read(text)
    assert (value, remarks) == (ast.literal_eval(text.strip()), [])
    assert repr(value) == repr(ast.literal_eval(text.strip()))


def test_random_nests_are_read_as_written():
    dice = random.Random(1)

    def nest(depth):
        if depth == 0 or dice.random() < 0.3:
            return dice.choice([dice.randrange(-999, 999), dice.random() * 10 ** dice.randrange(-300, 300), "a'b\"", True, None, "é\n"])
        items = [nest(depth - 1) for _ in range(dice.randrange(4))]
        return tuple(items) if dice.random() < 0.3 else items

    for _ in range(500):
        value = nest(5)
        assert literal.read(repr(value))[0] == value


def test_numpys_own_print_is_read():
    array = np.array([[1.5, np.nan], [-np.inf, 0]], np.float32)
    value, remarks = literal.read(repr(array))
    np.testing.assert_array_equal(np.array(value), array)
    assert remarks == ["dtype=float32 was left out: NumPy chooses the type by the items."]
    assert literal.read("np.array([1, 2])")[0] == literal.read("[numpy.array(1), array(2)]")[0] == [1, 2]


@pytest.mark.parametrize("text, sentence", [
    ("", "There is nothing to read yet"),
    ("__import__('os')", "'__import__(' at line 1, column 1 calls code. Only data are read here"),
    ("[i for i in range(3)]", "'i' at line 1, column 2 is a name, and names belong to code. Only data"),
    ("a + b", "'a' at line 1, column 1 is a name"),
    ("[1,\n 2 + 3]", "The + at line 2, column 4 asks for a computation"),
    ("[1, 2][0]", "The [ at line 1, column 7 begins a second list, or picks from the first"),
    ("x = [1]", "'x =' at line 1, column 1 gives data a name. Paste only what stands to the right"),
    ("[1, 2", "The [ at line 1, column 1 is never closed"),
    ("[1, (2]", "The ] at line 1, column 7 closes nothing: the ( at line 1, column 5 is open"),
    ("[[1 2]\n [3 4]]", "The 2 at line 1, column 5 has no comma before it"),
    ("1, 2", "Several values need [ ] around them"),
    ("[1] # one", "The comment at line 1, column 5 begins with #"),
    ("{1: 2}", "The { at line 1, column 1 begins a dict or a set"),
    ("[1, ...]", "stands for values that were left out"),
    ("007", "begins with 0, which Python refuses"),
    ("[1,,2]", "The comma at line 1, column 4 has no value before it"),
    ("'abc", "The text at line 1, column 1 begins with ' but has no ' at its end"),
    ("['a\nb']", "has no ' at its end"),
    ("f'x'", "marks a special kind of text"),
    ("2j", "is a complex number"),
    ("[null]", "True, False, None, inf and nan"),
    ("'%s' % 1", "The % at line 1, column 6"),
    ("“a", "is a typographic quote with none to end it"),
    ("9" * 500, "has 500 characters; up to 400 are read"),
    ("[" * 10_000, "The [ at line 1, column 101 is inside 100 others"),
    ("np.array(" * 2000, "is inside 100 others"),
    ("7" * 10_000_000, "10,000,000 characters long; up to 20,000 are read"),
])
def test_everything_else_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValueError) as caught:
        literal.read(text)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 300
    assert in_engine.answer({"text": text}, None) == {"error": str(caught.value)}


def test_no_text_does_worse_than_a_sentence():
    dice = random.Random(2)
    alphabet = "[](),.+-eE_0179 '\"\\#%xabnTrueinf\n=é\x00"
    for _ in range(5000):
        text = "".join(dice.choices(alphabet, k=dice.randrange(30)))
        try:
            value = literal.read(text)[0]
        except ValueError as error:
            assert str(error).endswith((".", ")."))
            continue
        nesting.arrangement(value)
        in_engine.answer({"text": text}, None)


@pytest.mark.parametrize("text", ["5", "[]", "[[], []]", "[1, 2, 3]", "[[1, 2, 3], [4, 5, 6]]", "[[[1], [2]]]", "(('a', 'b'),)",
                                  "[" * 60 + "1" + "]" * 60, "[[[[1, 2]]], [[[3, 4]]]]"])
def test_shapes_are_numpys(text):
    value, _ = literal.read(text)
    found, array = nesting.arrangement(value), np.array(value)
    assert (found.shape, found.items, found.fault) == (array.shape, array.size, "")
    answer = in_engine.answer({"text": text}, None)
    assert (answer["shape"], answer["ndim"], answer["size"]) == (list(array.shape), array.ndim, array.size)
    assert (answer["dtype"], answer["bytes"]) == (str(array.dtype), array.nbytes)


@pytest.mark.parametrize("text, fault, agreed", [
    ("[[1, 2], [3, 4, 5]]", "row 1 has 3 items, row 0 has 2", (2,)),
    ("[[[1, 2], [3, 4]], [[5, 6], [7, 8, 9]]]", "[1][1] has 3 items, [0][0] has 2", (2, 2)),
    ("[[[1], [2]], [[3]]]", "row 1 has 1 item, row 0 has 2", (2,)),
    ("[1, [2]]", "[1] is a list of 1 item, [0] is a single item", (2,)),
    ("[[1], []]", "row 1 has 0 items, row 0 has 1", (2,)),
    ("[[1, 2], 3]", "[1] is a single item, [0] is a list of 2 items", (2,)),
])
def test_what_is_ragged_is_named_and_numpy_refuses_it_too(text, fault, agreed):
    found = nesting.arrangement(literal.read(text)[0])
    assert (found.shape, found.fault, found.agreed) == (None, fault, agreed)
    error = in_engine.answer({"text": text}, None)["error"]
    assert error.startswith("ValueError: setting an array element with a sequence")
    assert str(agreed) in error


def test_more_dimensions_than_numpy_has_meet_its_own_words():
    answer = in_engine.answer({"text": "[" * 70 + "]" * 70}, None)
    assert "maximum number of dimension" in answer["error"]


def test_types_are_counted_in_order():
    assert nesting.types_of([[1, "a"], [2.5, None], [True, 3]]) == [
        ("int", 2), ("str", 1), ("float", 1), ("None", 1), ("bool", 1)]


@pytest.mark.parametrize("text, guess, right, words", [
    ("[[1, 2, 3], [4, 5, 6]]", "(2, 3)", True, "2 items in the outer list"),
    ("[[1, 2, 3], [4, 5, 6]]", "2,3", True, "Right"),
    ("[[1, 2, 3], [4, 5, 6]]", "(3, 2)", False, "order swapped"),
    ("[[1, 2, 3], [4, 5, 6]]", "2", False, "counts the brackets"),
    ("[[1, 2, 3], [4, 5, 6]]", "6", False, "counts all items together"),
    ("[[1, 2, 3], [4, 5, 6]]", "(2, 4)", False, "wrong at axis 1"),
    ("[[1, 2, 3], [4, 5, 6]]", "(1, 2, 3)", False, "has 3 numbers, but 2 brackets open"),
    ("[[1, 2, 3], [4, 5, 6]]", "none", False, "There is a shape"),
    ("[1, 2, 3]", "(1, 3)", False, "is a matrix"),
    ("5", "()", True, "0 dimensions"),
    ("[[1], [2, 3]]", "none", True, "row 1 has 2 items, row 0 has 1"),
    ("[[1], [2, 3]]", "(2, 1)", False, "There is no shape here"),
])
def test_a_guess_is_answered_by_what_it_shows(text, guess, right, words):
    judged = arrays_guess.judge(arrays_guess.read(guess), nesting.arrangement(literal.read(text)[0]))
    assert judged[0] is right
    assert words in judged[1]


@pytest.mark.parametrize("guess", ["", "abc", "(2.5, 3)", "(-1, 2)", "[" * 500, "(True, 2)", "((2, 3), 4)"])
def test_no_guess_at_all_gets_a_sentence(guess):
    with pytest.raises(ValueError, match=r"Write the shape as \(2, 3\)"):
        arrays_guess.read(guess)
