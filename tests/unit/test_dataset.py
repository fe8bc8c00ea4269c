"""The Dataset object and a person's own arrays."""

import numpy as np
import pytest

from nncore import Dataset, from_arrays

X = np.arange(12.0).reshape(6, 2)


def test_whole_numbers_are_classes():
    dataset = from_arrays(X, [0, 1, 2, 0, 1, 2])
    assert dataset.task == "classify" and dataset.class_names == ("0", "1", "2")
    np.testing.assert_array_equal(dataset.targets()[:3], np.eye(3))


def test_one_hot_rows_are_classes_where_asked_for():
    np.testing.assert_array_equal(
        from_arrays(X, np.eye(3)[[0, 1, 2, 2, 1, 0]], task="classify").y, [0, 1, 2, 2, 1, 0]
    )


def test_other_numbers_are_regressed():
    dataset = from_arrays(X, [0.5, 1, 2, 3, 4, 5])
    assert dataset.task == "regress" and dataset.y.shape == (6, 1) and dataset.labels is None


def test_no_targets_mean_reconstruct():
    dataset = from_arrays(X)
    assert dataset.task == "reconstruct" and dataset.n_outputs == 2
    np.testing.assert_array_equal(dataset.targets(), X)


def test_the_arrays_are_copies_and_read_only():
    mine = X.copy()
    dataset = from_arrays(mine)
    mine[0, 0] = 99
    assert dataset.x[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        dataset.x[0, 0] = 1


@pytest.mark.parametrize(
    ("x", "y", "options", "message"),
    [
        ([[1, 2], [3]], [0, 1], {}, "x is ragged"),
        ([[1, np.nan]], [0], {}, r"x\[0\]\[1\] is nan"),
        ([[1, "b"]], [0], {}, r"x\[0\]\[1\] is 'b'"),
        (X, [0, 1], {}, r"y is \(2,\) but x is \(6, 2\): one row of y is needed for each of the 6 rows"),
        (X, [0, 1, 2, 3, 4, 5], {"n_classes": 3}, "labels hold 3 in row 3: with 3 classes"),
        (X, [0, 1, 0, -1, 0, 1], {}, "labels hold -1 in row 3"),
        (X, np.ones((6, 2)), {"task": "classify"}, "y is a matrix but not one-hot"),
        (X, [0.0, 1.5, 0, 0, 0, 0], {"task": "classify"}, "labels hold 1.5 in row 1"),
    ],
)
def test_bad_arrays_are_refused(x, y, options, message):
    with pytest.raises(ValueError, match=message):
        from_arrays(x, y, **options)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"task": "sort"}, "unknown task 'sort'"),
        ({"feature_names": ("a",)}, "there are 1 feature names for 2 columns"),
        ({"y": X}, "a data set to reconstruct has no y"),
        ({"labels": [0, 1], "class_names": ("a", "b")}, "there are 2 labels for 6 rows"),
    ],
)
def test_a_dataset_of_pieces_that_do_not_fit_is_refused(changes, message):
    pieces = {
        "name": "mine",
        "task": "reconstruct",
        "x": X,
        "y": None,
        "feature_names": ("a", "b"),
        **changes,
    }
    with pytest.raises(ValueError, match=message):
        Dataset(**pieces)


def test_repr_and_len():
    dataset = from_arrays(X, [0, 1, 2, 0, 1, 2])
    assert len(dataset) == 6
    assert repr(dataset) == "Dataset('own data', classify, x (6, 2), targets (6, 3))"
