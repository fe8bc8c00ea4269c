"""A metric tells a person how good a network is, where the loss tells the optimizer."""

import numpy as np

from . import checks


def classes_of(outputs):
    """Return the class (n,) each row of outputs or targets names: the largest, or above 0.5 if alone."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > 0.5).astype(np.intp)
    return outputs.argmax(axis=1)


def accuracy(outputs, targets):
    """Return the fraction of rows whose class is right; outputs and targets are (n, n_outputs)."""
    return float(np.mean(classes_of(outputs) == classes_of(targets)))


def r2(outputs, targets):
    """Return R² = 1 - Σ(y - a)² / Σ(y - ȳ)², the sums over all columns and ȳ the mean of each: 1 is perfect,
    0 as good as the mean. Constant targets give 1 when they are met exactly and else 0."""
    outputs = outputs.astype(np.float64)
    targets = targets.astype(np.float64)
    left_over = float(np.sum((targets - outputs) ** 2))
    spread = float(np.sum((targets - targets.mean(axis=0)) ** 2))
    if spread == 0.0:
        return 1.0 if left_over == 0.0 else 0.0
    return 1.0 - left_over / spread


def mean_absolute_error(outputs, targets):
    """Return the mean of |outputs - targets| over rows and columns, in the targets' own unit."""
    return float(np.mean(np.abs(outputs - targets)))


def confusion_matrix(labels, predicted, n_classes):
    """Return counts (n_classes, n_classes): the row is the true class, the column the predicted one."""
    labels = checks.labels(labels, n_classes, "labels")
    predicted = checks.labels(predicted, n_classes, "predicted labels")
    if labels.shape != predicted.shape:
        raise ValueError(
            f"there are {len(labels)} labels but {len(predicted)} predictions: one of each a row is needed"
        )
    pairs = labels * n_classes + predicted
    return np.bincount(pairs, minlength=n_classes * n_classes).reshape(n_classes, n_classes)


SCORES = {"classify": accuracy, "regress": r2, "reconstruct": r2}


def score_of(task):
    """Return the score of a task: accuracy for classify, R² for regress and reconstruct."""
    return checks.choice(task, SCORES, "task")
