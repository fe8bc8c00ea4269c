"""Data sets to learn from: generated ones, real ones, and a person's own table, all as a Dataset."""

from .. import checks
from .dataset import TASKS, Dataset, from_arrays
from .generated import GENERATED
from .partition import Part, Split, split
from .real import REAL
from .table import load_csv

NAMES = (*GENERATED, *REAL)


def load_dataset(name, *, points=None, noise=None, seed=1, classes=None, task=None):
    """Return the data set of this name.

    `points` (default 300), `noise` (0 clean to 1, default 0.2), `seed` and, for spiral, `classes` (2 to 5,
    default 3) shape generated data; real data take none of the first two and no classes. `task` is the data
    set's own unless "reconstruct" is asked for, which every data set can be used for.
    """
    source = checks.choice(name, {**GENERATED, **REAL}, "data set")
    if name in REAL:
        for option, value in (("points", points), ("noise", noise), ("classes", classes)):
            if value is not None:
                raise ValueError(f"{name} is real data and has no {option} to choose: leave {option} out")
        dataset = source.load()
    else:
        dataset = source.make(points, noise, seed, classes)
    return dataset if task is None else dataset.for_task(task)


__all__ = [
    "GENERATED",
    "NAMES",
    "REAL",
    "TASKS",
    "Dataset",
    "Part",
    "Split",
    "from_arrays",
    "load_csv",
    "load_dataset",
    "split",
]
