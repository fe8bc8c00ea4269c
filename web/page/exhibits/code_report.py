"""What comes out of the box, read as a stranger's: types, shapes and sizes are checked, and nothing else is kept.

A report is text and bytes: see engine/layer_run.py. The class that ran in the box can have written both.
"""
import json

NAMES = ["weights", "biases", "output"]
MOST_DIMENSIONS = 32
MOST_NUMBER = 2 ** 31
SENTENCE, PAPER = 500, 10000  # characters: of a sentence, of what was printed or a traceback
MOST_TEXT = 200000  # of the whole text: JSON may write a character as twelve
BYTES = 8  # of a float64


class Unreadable(Exception):
    """The report is none."""


def shapes(rows, n_inputs, n_neurons):
    """The shape of each array that is compared, by its name, for a batch of so many rows."""
    return {"weights": [n_inputs, n_neurons], "biases": [1, n_neurons], "output": [rows, n_neurons]}


def read(text, n_bytes, wanted):
    """The report as {"told": dict, "arrays": [[name, shape]]}; Unreadable where it is not what a run gives.

    `n_bytes` is how many bytes came with it; `wanted` are the shapes of nncore's arrays by their names.
    """
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        raise Unreadable("the text is too long")
    try:
        found = json.loads(text)
    except Exception:
        raise Unreadable("the text is not JSON")
    if not isinstance(found, dict):
        raise Unreadable("the text holds no report")
    arrays = _arrays(found.get("arrays"))
    numbers = sum(_product(shape) for name, shape in arrays if shape == wanted[name])
    if n_bytes != BYTES * numbers:
        raise Unreadable("%s bytes came for %d numbers" % (n_bytes, numbers))
    told = {"error": _error(found.get("error")), "unfit": _words(found.get("unfit"), SENTENCE),
            "printed": _words(found.get("printed"), PAPER), "cut": found.get("cut") is True}
    return {"told": told, "arrays": arrays}


def _words(value, most):
    if not isinstance(value, str):
        raise Unreadable("where a sentence belongs stands something else")
    return value[:most]


def _error(value):
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Unreadable("the error is none")
    return {"sentence": _words(value.get("sentence"), SENTENCE), "traceback": _words(value.get("traceback"), PAPER),
            "line": value.get("line") if _is_count(value.get("line")) else None}


def _arrays(value):
    """The names and shapes, in the order of NAMES and each once."""
    if not isinstance(value, list) or len(value) > len(NAMES):
        raise Unreadable("the arrays are not listed")
    for entry in value:
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], str) or not _is_shape(entry[1]):
            raise Unreadable("an array is not described by its name and shape")
    if [name for name, _ in value] != NAMES[:len(value)]:
        raise Unreadable("the arrays are not weights, biases and output")
    return value


def _is_shape(value):
    return isinstance(value, list) and len(value) <= MOST_DIMENSIONS and all(_is_count(each) for each in value)


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_NUMBER


def _product(shape):
    product = 1
    for size in shape:
        product *= size
    return product
