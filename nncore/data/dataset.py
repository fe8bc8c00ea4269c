"""A data set is a table of samples, what is to be predicted from them, and the words to talk about both."""

from dataclasses import dataclass, replace

import numpy as np

from .. import checks
from ..targets import is_one_hot, one_hot

TASKS = ("classify", "regress", "reconstruct")


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Samples x (n, n_features) with what belongs to them; the arrays are read-only.

    y holds labels (n,) for classify, numbers (n, k) for regress, and is None for reconstruct, where x itself
    is to be given back. `labels` (n,) are kept for reconstruct too, where they are known, so that a map can
    be coloured after training. `image_shape` is (rows, columns) where a sample is a picture. `question` says
    what is predicted.
    """

    name: str
    task: str
    x: np.ndarray
    y: np.ndarray | None
    feature_names: tuple
    class_names: tuple = ()
    question: str = ""
    image_shape: tuple | None = None
    generated: bool = False
    labels: np.ndarray | None = None

    def __post_init__(self):
        checks.choice(self.task, dict.fromkeys(TASKS), "task")
        x = checks.matrix(self.x, "x").copy()
        if len(self.feature_names) != x.shape[1]:
            raise ValueError(
                f"there are {len(self.feature_names)} feature names for {x.shape[1]} columns of x"
            )
        y, labels = self.y, self.labels
        if self.task == "classify":
            y = labels = checks.labels(y, len(self.class_names))
        elif self.task == "regress":
            y = checks.matrix(y, "y", rows=len(x)).copy()
        elif y is not None:
            raise ValueError(
                "a data set to reconstruct has no y: its targets are x itself; known labels go to `labels`"
            )
        if labels is not None:
            labels = checks.labels(labels, len(self.class_names))
            if len(labels) != len(x):
                raise ValueError(
                    f"there are {len(labels)} labels for {len(x)} rows of x: one a row is needed"
                )
        for name, value in (("x", x), ("y", labels if self.task == "classify" else y), ("labels", labels)):
            if value is not None:
                value.setflags(write=False)
            object.__setattr__(self, name, value)
        object.__setattr__(self, "feature_names", tuple(self.feature_names))
        object.__setattr__(self, "class_names", tuple(self.class_names))

    @property
    def n_features(self):
        """Columns of x: what the first layer takes in."""
        return self.x.shape[1]

    @property
    def n_outputs(self):
        """Columns of the targets: one a class, a number, or a feature to be given back."""
        return len(self.class_names) if self.task == "classify" else self.targets().shape[1]

    def targets(self):
        """Return what outputs are compared with, (n, n_outputs): one-hot classes, numbers, or x itself."""
        if self.task == "classify":
            return one_hot(self.y, len(self.class_names))
        return self.x if self.task == "reconstruct" else self.y

    def for_task(self, task):
        """Return this data set for another task: its own, or reconstruct, which suits every data set."""
        checks.choice(task, dict.fromkeys(TASKS), "task")
        if task == self.task:
            return self
        if task != "reconstruct":
            raise ValueError(f"{self.name} cannot {task}: it can {self.task} or reconstruct")
        question = (
            f"Can the {self.n_features} numbers of a sample be given back after passing through fewer"
            " neurons?"
        )
        return replace(self, task=task, y=None, question=question)

    def __len__(self):
        return len(self.x)

    def __repr__(self):
        return f"Dataset({self.name!r}, {self.task}, x {self.x.shape}, targets {(len(self), self.n_outputs)})"


def from_arrays(x, y=None, *, task=None, n_classes=None, name="own data"):
    """Return a Dataset of a person's own arrays.

    y None: reconstruct. Whole-number labels (n,): classify, with n_classes or as many as the largest label
    asks for. Numbers (n,) or (n, k): regress. `task` overrides the guess; a one-hot matrix is taken as labels
    when classifying.
    """
    x = checks.matrix(x, "x")
    feature_names = tuple(f"x{i + 1}" for i in range(x.shape[1]))
    if y is None:
        return Dataset(name, "reconstruct", x, None, feature_names)
    y = checks.numeric(y, "y")
    if y.ndim not in (1, 2) or len(y) != len(x):
        raise ValueError(
            f"y is {y.shape} but x is {x.shape}: one row of y is needed for each of the {len(x)} rows of x"
        )
    if task is None:
        task = "classify" if y.ndim == 1 and np.all(y == np.floor(y)) else "regress"
    if task == "classify":
        if y.ndim == 2 and y.shape[1] > 1:
            if not is_one_hot(y):
                raise ValueError(
                    "y is a matrix but not one-hot: to classify, each row needs a single 1 and else zeros, "
                    "or give one label a row"
                )
            n_classes, y = y.shape[1], y.argmax(axis=1)
        y = y.ravel()
        n_classes = n_classes or max(2, int(y.max()) + 1)
        return Dataset(name, task, x, y, feature_names, tuple(str(i) for i in range(n_classes)))
    return Dataset(name, task, x, y.reshape(len(x), -1), feature_names)
