"""Checks turn what a person hands in into clean arrays and numbers, or refuse it with a helpful sentence."""

import math
import operator

import numpy as np

from .nesting import cell, why_not_numeric, why_ragged


def numeric(value, name, dtype=np.float64):
    """Return `value` as a C-ordered array of finite numbers; ragged, non-numeric and NaN are refused."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(why_ragged(value, name)) from None
    if array.dtype.kind not in "biuf":
        raise ValueError(why_not_numeric(value if isinstance(value, (list, tuple)) else array, name))
    with np.errstate(over="ignore"):
        clean = np.asarray(array, dtype=dtype, order="C")
    finite = np.isfinite(clean)
    if not finite.all():
        place = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise ValueError(
            f"{cell(name, place)} is {array[place]}: every value must be finite in {np.dtype(dtype).name}; "
            "remove or replace it"
        )
    return clean


def matrix(value, name, *, columns=None, rows=None, dtype=np.float64):
    """Return `value` as a (rows, columns) array of finite numbers with at least one row and one column."""
    array = numeric(value, name, dtype)
    if array.ndim != 2:
        raise ValueError(
            f"{name} has shape {array.shape} with {array.ndim} dimensions but a matrix of 2 is needed: "
            "one row per sample, as in [[1, 2], [3, 4]]"
        )
    if 0 in array.shape:
        raise ValueError(f"{name} is {array.shape}: at least one row and one column are needed")
    if columns is not None and array.shape[1] != columns:
        raise ValueError(
            f"{name} is {array.shape}: it has {array.shape[1]} columns where {columns} are needed"
        )
    if rows is not None and array.shape[0] != rows:
        raise ValueError(f"{name} is {array.shape}: it has {array.shape[0]} rows where {rows} are needed")
    return array


def inputs(value, weights, dtype, name="X", weights_name="W"):
    """Return the rows handed to a layer as a matrix that fits `weights` (n_inputs, n_neurons)."""
    array = matrix(value, name, dtype=dtype)
    if array.shape[1] != weights.shape[0]:
        raise ValueError(
            f"{name} is {array.shape} but {weights_name} is {weights.shape}: the {array.shape[1]} columns "
            f"of {name} must equal the {weights.shape[0]} rows of {weights_name}"
        )
    return array


def same_shape(value, name, shape, dtype=np.float64):
    """Return `value` as an array of finite numbers with exactly this shape."""
    array = numeric(value, name, dtype)
    if array.shape != shape:
        raise ValueError(f"{name} must be {shape} but what was given is {array.shape}")
    return array


def labels(value, n_classes, name="labels"):
    """Return class labels as an (n,) array of integers from 0 to n_classes - 1."""
    array = numeric(value, name)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(
            f"{name} have shape {array.shape}: one whole number per row is needed, as in [0, 2, 1]"
        )
    wrong = np.flatnonzero((array != np.floor(array)) | (array < 0) | (array >= n_classes))
    if wrong.size:
        row = int(wrong[0])
        raise ValueError(
            f"{name} hold {array[row]:g} in row {row}: with {n_classes} classes only the whole numbers "
            f"from 0 to {n_classes - 1} are labels"
        )
    return array.astype(np.intp)


def count(value, name, minimum=1):
    """Return a whole number of at least `minimum`."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, (bool, np.bool_)) or number < minimum:
        raise ValueError(f"{name} is {value!r}: a whole number of {minimum} or more is needed")
    return number


def seed(value, name="seed"):
    """Return a seed that `np.random.RandomState` takes: a whole number from 0 to 2**32 - 1."""
    number = count(value, name, minimum=0)
    if number >= 2**32:
        raise ValueError(f"{name} is {number}: a whole number from 0 to {2 ** 32 - 1} is needed")
    return number


def number(value, name):
    """Return a finite number as a float."""
    if isinstance(value, (bool, str)) or not hasattr(value, "__float__") or not math.isfinite(value):
        raise ValueError(f"{name} is {value!r}: a finite number is needed")
    return float(value)


def positive(value, name):
    """Return a finite number above 0."""
    result = number(value, name)
    if result <= 0:
        raise ValueError(f"{name} is {value!r}: a number above 0 is needed")
    return result


def not_negative(value, name):
    """Return a finite number of 0 or more."""
    result = number(value, name)
    if result < 0:
        raise ValueError(f"{name} is {value!r}: a number of 0 or more is needed")
    return result


def fraction(value, name):
    """Return a number from 0 up to, but without, 1."""
    result = not_negative(value, name)
    if result >= 1:
        raise ValueError(f"{name} is {value!r}: a number from 0 up to, but without, 1 is needed")
    return result


def float_type(dtype):
    """Return float32 or float64 as a NumPy dtype."""
    try:
        result = np.dtype(dtype)
    except TypeError:
        result = None
    if result not in (np.float32, np.float64):
        raise ValueError(f"dtype is {dtype!r}: float32 or float64 is needed")
    return result


def choice(name, table, kind):
    """Return the entry of a registry, or refuse an unknown name and list the known ones."""
    if not isinstance(name, str) or name not in table:
        raise ValueError(f"unknown {kind} {name!r}; the known ones are {', '.join(table)}")
    return table[name]


def keys(given, needed, what):
    """Refuse a dict that lacks a key or has one too many."""
    if not isinstance(given, dict):
        raise ValueError(f"{what} is a {type(given).__name__}: a dict is needed")
    missing = [key for key in needed if key not in given]
    unknown = [key for key in given if key not in needed]
    if missing or unknown:
        raise ValueError(
            f"{what} needs exactly the keys {', '.join(needed)}; missing: {', '.join(missing) or 'none'}; "
            f"unknown: {', '.join(map(str, unknown)) or 'none'}"
        )


class Checked:
    """An attribute whose every new value passes a check first; `_name` holds it, for quick reading."""

    def __init__(self, check, *, optional=False):
        self.check = check
        self.optional = optional

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, "_" + self.name)

    def __set__(self, instance, value):
        if not (self.optional and value is None):
            value = self.check(value, self.name)
        setattr(instance, "_" + self.name, value)
