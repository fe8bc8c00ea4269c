"""A split keeps three parts of the data apart: one to learn from, one to watch, one sealed until the end."""

from dataclasses import dataclass

import numpy as np

from .. import checks
from .dataset import Dataset

NAMES = ("training", "validation", "test")


@dataclass(frozen=True, eq=False, repr=False)
class Part:
    """Some rows of a data set: x (n, n_features), targets y (n, n_outputs), labels (n,) or None."""

    task: str
    x: np.ndarray
    y: np.ndarray
    labels: np.ndarray | None
    rows: np.ndarray

    def __len__(self):
        return len(self.x)

    def __repr__(self):
        return f"Part({self.task}, x {self.x.shape}, y {self.y.shape})"


@dataclass(frozen=True, eq=False, repr=False)
class Split:
    """The three parts, the data set they come from, and how columns were standardised: (value - mean) /
    scale.

    mean and scale (n_features,), target_mean and target_scale (n_outputs,) are None where nothing was
    standardised.
    """

    dataset: Dataset
    train: Part
    validation: Part
    test: Part
    mean: np.ndarray | None = None
    scale: np.ndarray | None = None
    target_mean: np.ndarray | None = None
    target_scale: np.ndarray | None = None

    def __repr__(self):
        return (
            f"Split({self.dataset.name!r}, {len(self.train)} / {len(self.validation)} / {len(self.test)}"
            " rows)"
        )


def split(dataset, parts=(60, 20, 20), *, seed=1, standardize=False, stratify=True):
    """Return the rows of a data set as a Split into training, validation and test parts, each in random
    order.

    `parts` are three proportions of any sum. `stratify` gives every part the same mix of classes.
    `standardize` brings each feature, and each number to be regressed, to mean 0 and deviation 1 over the
    training part. The same seed gives the same split. Raises ValueError where a part would be empty.
    """
    rng = np.random.RandomState(checks.seed(seed, "the split's seed"))
    first, second = _boundaries(len(dataset), parts)
    order = rng.permutation(len(dataset))
    if stratify and dataset.task == "classify":
        order = _spread_classes(order, dataset.labels)
    train, validation, test = (
        rng.permutation(rows) for rows in (order[:first], order[first:second], order[second:])
    )

    x, y = dataset.x, dataset.targets()
    mean = scale = target_mean = target_scale = None
    if standardize:
        mean, scale = _mean_and_scale(x[train])
        x = (x - mean) / scale
        if dataset.task == "reconstruct":
            y = x
        elif dataset.task == "regress":
            target_mean, target_scale = _mean_and_scale(y[train])
            y = (y - target_mean) / target_scale

    def part(rows):
        labels = None if dataset.labels is None else dataset.labels[rows]
        return Part(dataset.task, x[rows], y[rows], labels, rows)

    return Split(dataset, part(train), part(validation), part(test), mean, scale, target_mean, target_scale)


def _boundaries(n, parts):
    """Return where the validation and the test part begin: n times the cumulative share, rounded half up."""
    shares = checks.numeric(parts, "parts")
    if shares.shape != (3,) or (shares < 0).any() or shares.sum() == 0:
        raise ValueError(
            f"parts is {parts!r}: three numbers of 0 or more are needed, for training, validation and test"
        )
    if (shares == np.floor(shares)).all():
        a, b, c = (int(share) for share in shares)  # Python's integers: exact, and the same everywhere
        first, second = ((2 * n * cumulative + a + b + c) // (2 * (a + b + c)) for cumulative in (a, a + b))
    else:
        first, second = (
            int(n * cumulative / shares.sum() + 0.5) for cumulative in np.cumsum(shares)[:2].tolist()
        )
    sizes = (first, second - first, n - second)
    for name, size in zip(NAMES, sizes):
        if size == 0:
            raise ValueError(
                f"the {name} part would be empty: {n} rows in proportions "
                f"{'-'.join(f'{share:g}' for share in shares)} give {'-'.join(map(str, sizes))}; "
                "use more rows or other proportions"
            )
    return first, second


def _spread_classes(order, labels):
    """Return the shuffled rows so that every stretch of them holds the classes in equal measure.

    The j-th of a class's k rows stands at (j + 1/2) / k of the whole; rows are sorted by that place.
    """
    place = np.empty(len(order))
    for label in np.unique(labels):
        members = np.flatnonzero(labels[order] == label)
        place[members] = (np.arange(len(members)) + 0.5) / len(members)
    return order[np.argsort(place, kind="stable")]


def _mean_and_scale(columns):
    scale = columns.std(axis=0)
    scale[columns.max(axis=0) == columns.min(axis=0)] = 1.0  # rounding makes std miss zero
    return columns.mean(axis=0), scale
