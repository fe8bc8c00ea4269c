"""A table is a person's own data as text: comma-separated values, one sample a line."""

from pathlib import Path

import numpy as np

from .. import checks
from .dataset import TASKS, Dataset

MOST_CLASSES = 10  # whole numbers with at most so many different values are taken for classes


def load_csv(text_or_path, target=-1, task=None):
    """Return the Dataset in a CSV text or file (a text has a line break in it; anything else is a path).

    Values are separated by commas, semicolons or tabs. A first line without any number is the header.
    `target` is the column to predict, by number (-1: the last) or name, or None to reconstruct all columns. A
    target of words makes classes; so do whole numbers with at most 10 different values that repeat; other
    numbers are to be regressed. `task` overrides that. Raises ValueError naming line and column for ragged,
    missing and non-numeric cells.
    """
    if task is not None:
        checks.choice(task, dict.fromkeys(TASKS), "task")
    header, rows = _read(text_or_path)
    width = len(header)
    if target is None:
        task = "reconstruct" if task is None else task
        if task != "reconstruct":
            raise ValueError(
                f"no target column was given, so there is nothing to {task}: name the target column"
            )
        x = _numbers(rows, range(width), header)
        return Dataset("table", task, x, None, header, question=_given_back(header))
    position = _position(target, header)
    if width < 2:
        raise ValueError(
            f"the table has the single column {header[0]}: at least one more is needed to predict it from"
        )
    features = [i for i in range(width) if i != position]
    feature_names = tuple(header[i] for i in features)
    x = _numbers(rows, features, header)
    cells = [_filled(cells, line, position, header) for line, cells in rows]
    numbers = _all_numbers(cells)
    like_classes = numbers is None or _look_like_classes(numbers)
    if task is None:
        task = "classify" if like_classes else "regress"
    question = f"What is {header[position]}, from {', '.join(feature_names)}?"
    if task == "regress":
        y = _numbers(rows, [position], header)
        return Dataset("table", task, x, y, feature_names, question=question)
    if task == "reconstruct" and not like_classes:
        return Dataset("table", task, x, None, feature_names, question=_given_back(feature_names))
    names = sorted(set(cells), key=(lambda cell: (float(cell), cell)) if numbers is not None else None)
    if len(names) < 2:
        raise ValueError(
            f"every row has {names[0]} in column {header[position]}: at least two classes are needed"
        )
    labels = [names.index(cell) for cell in cells]
    return Dataset("table", "classify", x, labels, feature_names, names, question).for_task(task)


def _given_back(names):
    return f"Can {', '.join(names)} be given back after passing through fewer neurons?"


def _read(text_or_path):
    """Return the column names and a list of (line number, cells)."""
    import csv  # imported here, for it delays the start of a page that has no table

    text = str(text_or_path)
    if "\n" not in text and "\r" not in text:
        text = Path(text_or_path).read_text(encoding="utf-8-sig")
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise ValueError("the table is empty: at least one line of numbers is needed")
    reader = csv.reader(lines, delimiter=max(",;\t", key=first.count), skipinitialspace=True)
    rows = [
        (reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))
    ]
    width = len(rows[0][1])
    for line, cells in rows:
        if len(cells) != width:
            raise ValueError(
                f"line {line} has {len(cells)} cells but line {rows[0][0]} has {width}: every line needs "
                "the same number"
            )
    if any(_is_number(cell) for cell in rows[0][1]):
        return tuple(f"column {i + 1}" for i in range(width)), rows
    header = tuple(cell or f"column {i + 1}" for i, cell in enumerate(rows[0][1]))
    if len(rows) == 1:
        raise ValueError(f"the table has the header {', '.join(header)} and no line of numbers below it")
    return header, rows[1:]


def _position(target, header):
    if isinstance(target, str):
        if target not in header:
            raise ValueError(f"there is no column {target!r}; the columns are {', '.join(header)}")
        return header.index(target)
    if isinstance(target, bool) or not isinstance(target, int) or not -len(header) <= target < len(header):
        raise ValueError(
            f"target is {target!r}: a column name or a number from {-len(header)} to {len(header) - 1} is "
            "needed"
        )
    return target % len(header)


def _numbers(rows, columns, header):
    return np.array([[_number(cells, line, column, header) for column in columns] for line, cells in rows])


def _number(cells, line, column, header):
    cell = _filled(cells, line, column, header)
    if not _is_number(cell):
        raise ValueError(f"line {line}, column {header[column]} is {cell!r}: a finite number is needed")
    return float(cell)


def _filled(cells, line, column, header):
    if not cells[column]:
        raise ValueError(f"line {line}, column {header[column]} is missing: fill the cell or remove the line")
    return cells[column]


def _is_number(cell):
    try:
        return bool(np.isfinite(float(cell)))
    except ValueError:
        return False


def _all_numbers(cells):
    return np.array([float(cell) for cell in cells]) if all(map(_is_number, cells)) else None


def _look_like_classes(numbers):
    different = len(np.unique(numbers))
    return (
        bool(np.all(numbers == np.floor(numbers)))
        and different <= MOST_CLASSES
        and 2 * different <= len(numbers)
    )
