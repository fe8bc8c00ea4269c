"""Metrics by hand."""

import numpy as np
import pytest

from nncore.metrics import accuracy, confusion_matrix, mean_absolute_error, r2, score_of


def test_accuracy_takes_the_largest_output():
    outputs = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1], [0.1, 0.2, 0.7], [0.9, 0.0, 0.1]])
    targets = np.eye(3)[[1, 0, 0, 0]]
    assert accuracy(outputs, targets) == 0.75


def test_accuracy_of_one_output_is_a_threshold_at_one_half():
    assert accuracy(np.array([[0.4], [0.6], [0.51], [0.5]]), np.array([[0.0], [1.0], [0.0], [0.0]])) == 0.75


def test_r2_by_hand():
    # column means 2 and 0: spread 1 + 1 + 4 + 4 = 10; left over 1 + 0 + 0 + 1 = 2
    targets = np.array([[1.0, 2.0], [3.0, -2.0]])
    assert r2(np.array([[2.0, 2.0], [3.0, -1.0]]), targets) == pytest.approx(0.8)
    assert r2(targets, targets) == 1.0
    assert r2(np.array([[2.0, 0.0], [2.0, 0.0]]), targets) == 0.0


def test_r2_of_constant_targets():
    targets = np.ones((3, 1))
    assert r2(targets, targets) == 1.0
    assert r2(targets + 0.1, targets) == 0.0


def test_mean_absolute_error_by_hand():
    assert mean_absolute_error(np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]])) == 1.5


def test_confusion_matrix_has_true_rows_and_predicted_columns():
    matrix = confusion_matrix([0, 0, 1, 2], [0, 1, 1, 1], 3)
    np.testing.assert_array_equal(matrix, [[1, 1, 0], [0, 1, 0], [0, 1, 0]])


@pytest.mark.parametrize(
    ("labels", "predicted", "message"),
    [([0, 3], [0, 0], "labels hold 3 in row 1"), ([0], [0, 1], "1 labels but 2 predictions")],
)
def test_confusion_matrix_refuses(labels, predicted, message):
    with pytest.raises(ValueError, match=message):
        confusion_matrix(labels, predicted, 3)


def test_scores_by_task():
    assert score_of("classify") is accuracy
    assert score_of("regress") is score_of("reconstruct") is r2
    with pytest.raises(
        ValueError, match="unknown task 'sort'; the known ones are classify, regress, reconstruct"
    ):
        score_of("sort")
