"""A nested list is an array only if lists at the same depth have the same length: here is told where not."""

import numpy as np


def why_ragged(value, name, place=()):
    """Return the sentence that names the first two neighbours whose lengths disagree, None if none do."""
    lengths = [len(item) if isinstance(item, (list, tuple, np.ndarray)) else None for item in value]
    for i, length in enumerate(lengths):
        if length != lengths[0]:
            first, other = cell(name, (*place, 0)), cell(name, (*place, i))
            return (
                f"{name} is ragged: {first} has {_values(lengths[0])} but {other} has {_values(length)}; "
                "every row needs the same number"
            )
    for i, item in enumerate(value):
        found = why_ragged(item, name, (*place, i)) if lengths[i] else None
        if found:
            return found
    return None if place else f"{name} is no regular array of numbers"


def why_not_numeric(value, name, place=()):
    """Return the sentence that names the first entry that is no number, None if all are."""
    items = value.tolist() if isinstance(value, np.ndarray) else value
    if isinstance(items, (list, tuple)):
        for i, item in enumerate(items):
            found = why_not_numeric(item, name, (*place, i))
            if found:
                return found
    elif not isinstance(items, (bool, int, float, np.integer, np.floating)):
        return f"{cell(name, place)} is {items!r}: only real numbers can be calculated with"
    return None if place else f"{name} holds numbers that fit no array of real numbers"


def cell(name, place):
    """Return how Python writes the entry at this place, as in X[0][2]."""
    return name + "".join(f"[{i}]" for i in place)


def _values(length):
    return "a single value" if length is None else f"{length} values"
