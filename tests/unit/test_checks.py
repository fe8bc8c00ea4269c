"""Checks: each kind of bad input gets a sentence that names what was given and what is needed."""

import numpy as np
import pytest

from nncore import checks


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            [[1, 2], [3]],
            r"X is ragged: X\[0\] has 2 values but X\[1\] has 1 values; every row needs the same",
        ),
        ([[1, 2], 3], r"X is ragged: X\[0\] has 2 values but X\[1\] has a single value"),
        ([[[1], [2]], [[3], [4, 5]]], r"X is ragged: X\[1\]\[0\] has 1 values but X\[1\]\[1\] has 2 values"),
        ([[1, 2], [3, "four"]], r"X\[1\]\[1\] is 'four': only real numbers"),
        ([[1, None]], r"X\[0\]\[1\] is None: only real numbers"),
        ("abc", r"X is 'abc': only real numbers"),
        ([[1, 2j]], r"X\[0\]\[1\] is 2j: only real numbers"),
        (np.array([["a"]]), r"X\[0\]\[0\] is 'a'"),
        ([[1.0, 2.0], [np.nan, 1.0]], r"X\[1\]\[0\] is nan: every value must be finite"),
        ([[1.0, -np.inf]], r"X\[0\]\[1\] is -inf: every value must be finite"),
        ([1, 2, 3], r"X has shape \(3,\) with 1 dimensions but a matrix of 2 is needed"),
        (np.zeros((0, 3)), r"X is \(0, 3\): at least one row and one column"),
    ],
)
def test_what_is_no_matrix_is_refused(value, message):
    with pytest.raises(ValueError, match=message):
        checks.matrix(value, "X")


def test_a_number_too_large_for_float32_is_refused():
    with pytest.raises(ValueError, match=r"X\[0\]\[0\] is 1e\+300: every value must be finite in float32"):
        checks.matrix([[1e300]], "X", dtype=np.float32)


def test_a_matrix_is_made_of_what_numbers_there_are():
    made = checks.matrix([[1, True], [2.5, np.float32(3)]], "X", dtype=np.float32)
    assert made.dtype == np.float32 and made.tolist() == [[1.0, 1.0], [2.5, 3.0]]


def test_the_rows_become_contiguous():
    assert checks.matrix(np.ones((3, 2)).T, "X").flags.c_contiguous


def test_disagreeing_shapes_name_both_and_the_two_numbers():
    with pytest.raises(ValueError) as refusal:
        checks.inputs(np.ones((32, 3)), np.ones((2, 64)), np.float64)
    assert (
        str(refusal.value) == "X is (32, 3) but W is (2, 64): the 3 columns of X must equal the 2 rows of W"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([0, 1, 3], "labels hold 3 in row 2: with 3 classes only the whole numbers from 0 to 2"),
        ([0, -1], "labels hold -1 in row 1"),
        ([0.5], "labels hold 0.5 in row 0"),
        ([[0, 1]], r"labels have shape \(1, 2\): one whole number per row"),
        ([], r"labels have shape \(0,\)"),
        (["a"], r"labels\[0\] is 'a'"),
    ],
)
def test_bad_labels_are_refused(value, message):
    with pytest.raises(ValueError, match=message):
        checks.labels(value, 3)


@pytest.mark.parametrize("value", [0, -1, 2.0, "3", True, None])
def test_a_count_is_a_whole_number_from_one_on(value):
    with pytest.raises(ValueError, match="rows is .*: a whole number of 1 or more is needed"):
        checks.count(value, "rows")
    assert checks.count(np.int64(3), "rows") == 3


@pytest.mark.parametrize("value", [-1, 2**32, 1.5, None])
def test_a_seed_fits_the_generator(value):
    with pytest.raises(ValueError, match="seed is .*: a whole number"):
        checks.seed(value)
    assert checks.seed(2**32 - 1) == 2**32 - 1


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (checks.positive, 0.0, "a number above 0"),
        (checks.not_negative, -1e-9, "a number of 0 or more"),
        (checks.fraction, 1.0, "from 0 up to, but without, 1"),
        (checks.number, np.inf, "a finite number"),
        (checks.number, "1", "a finite number"),
    ],
)
def test_numbers_out_of_range_are_refused(check, value, message):
    with pytest.raises(ValueError, match=message):
        check(value, "rate")


def test_dtype_is_float32_or_float64():
    assert checks.float_type("float32") == np.float32
    for wrong in ("int64", "float16", "cow"):
        with pytest.raises(ValueError, match="float32 or float64 is needed"):
            checks.float_type(wrong)


def test_keys_names_missing_and_unknown():
    with pytest.raises(ValueError, match="missing: b; unknown: c"):
        checks.keys({"a": 1, "c": 2}, ("a", "b"), "the thing")
    with pytest.raises(ValueError, match="the thing is a list: a dict is needed"):
        checks.keys([], ("a",), "the thing")
