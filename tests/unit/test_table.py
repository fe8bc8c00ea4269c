"""A person's own table: what it becomes, and which cell is named where it is refused."""

import numpy as np
import pytest

from nncore import load_csv

FLOWERS = "length,width,kind\n1.5,2,rose\n3,4.5,lily\n5,6,rose\n"


def test_words_become_classes():
    dataset = load_csv(FLOWERS)
    assert dataset.task == "classify" and dataset.class_names == ("lily", "rose")
    assert dataset.feature_names == ("length", "width") and dataset.y.tolist() == [1, 0, 1]
    np.testing.assert_array_equal(dataset.x, [[1.5, 2], [3, 4.5], [5, 6]])
    assert dataset.question == "What is kind, from length, width?"


def test_numbers_are_regressed():
    dataset = load_csv("a,b\n1,0.5\n2,1.5\n")
    assert dataset.task == "regress" and dataset.y.tolist() == [[0.5], [1.5]]


def test_few_whole_numbers_that_repeat_are_classes():
    dataset = load_csv("1.5,10\n2,9\n3,10\n4,9\n")
    assert (
        dataset.task == "classify"
        and dataset.class_names == ("9", "10")
        and dataset.y.tolist() == [1, 0, 1, 0]
    )
    assert load_csv("1.5,10\n2,9\n3,10\n4,9\n", task="regress").y.tolist() == [[10], [9], [10], [9]]


@pytest.mark.parametrize(
    ("different", "times", "task"), [(10, 2, "classify"), (11, 2, "regress"), (3, 1, "regress")]
)
def test_many_or_single_whole_numbers_are_regressed(different, times, task):
    text = "".join(f"0.5,{value}\n" for value in list(range(different)) * times)
    assert load_csv(text).task == task


def test_header_is_optional_and_separators_vary():
    dataset = load_csv("1;2;x\n3;4;y\n")
    assert dataset.feature_names == ("column 1", "column 2") and dataset.class_names == ("x", "y")
    assert load_csv("1\t2\t0.5\n3\t4\t0.7\n").x.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(("target", "features"), [("length", ("width",)), (0, ("width",)), (-1, ("length",))])
def test_the_target_is_chosen_by_name_or_number(target, features):
    assert load_csv("length,width\n1.5,2.5\n3.5,4.5\n", target).feature_names == features


def test_all_columns_can_be_reconstructed():
    dataset = load_csv("a,b\n1,2\n3,4\n", target=None)
    assert dataset.task == "reconstruct" and dataset.x.shape == (2, 2)
    coloured = load_csv(FLOWERS, task="reconstruct")
    assert coloured.y is None and coloured.labels.tolist() == [1, 0, 1]
    plain = load_csv("a,b,c\n1,2,0.5\n3,4,0.7\n", task="reconstruct")
    assert plain.feature_names == ("a", "b") and plain.labels is None


def test_a_path_is_read(tmp_path):
    path = tmp_path / "flowers.csv"
    path.write_text("\ufeff" + FLOWERS, encoding="utf-8")
    assert load_csv(path).feature_names == load_csv(str(path)).feature_names == ("length", "width")


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("a,b\n1,2\n3\n", {}, "line 3 has 1 cells but line 1 has 2"),
        ("a,b\n1,2\n3,4,5\n", {}, "line 3 has 3 cells but line 1 has 2"),
        ("a,b\n1,2\n,4\n", {}, "line 3, column a is missing"),
        ("a,b\n1,2\n3,\n", {}, "line 3, column b is missing"),
        ("a,b\n1,2\nx,4\n", {}, "line 3, column a is 'x': a finite number is needed"),
        ("a,b\n1,2\nnan,4\n", {}, "line 3, column a is 'nan': a finite number is needed"),
        ("a,b\n1,0.5\n2,inf\n", {"task": "regress"}, "line 3, column b is 'inf'"),
        ("a,b\n1,x\n2,y\n", {"task": "regress"}, "line 2, column b is 'x'"),
        ("a,b\n1,x\n2,x\n", {}, "every row has x in column b: at least two classes"),
        ("\n", {}, "the table is empty"),
        ("a,b\n", {}, "has the header a, b and no line of numbers below it"),
        ("a\n1\n2\n", {}, "the table has the single column a"),
        ("a,b\n1,2\n", {"target": "c"}, "there is no column 'c'; the columns are a, b"),
        ("a,b\n1,2\n", {"target": 2}, "target is 2: a column name or a number from -2 to 1"),
        ("a,b\n1,2\n", {"target": None, "task": "classify"}, "nothing to classify: name the target column"),
        ("a,b\n1,2\n", {"task": "sort"}, "unknown task 'sort'"),
    ],
)
def test_a_bad_table_is_refused_with_the_place(text, options, message):
    with pytest.raises(ValueError, match=message):
        load_csv(text, **options)
