"""Compares the numbers of a class Layer_Dense with those of nncore's Dense, cell by cell.

This is done by the lab's own engine and never where the class runs: the class says what its numbers are, and not
whether they are right.
"""
import numpy as np

from engine import layer_run
from nncore import Dense

SHOWN_ROWS, SHOWN_COLUMNS = 5, 6  # of each array


def compared(batch, found):
    """The comparison as a dict for JSON: "arrays", and "unfit" for those whose shape is another one.

    `batch` is as in layer_run.run; `found` has an array, or only the shape of one, for each name as far as the class
    came.
    """
    dense = Dense(batch["n_inputs"], batch["n_neurons"], "linear", "small", seed=batch["seed"])
    wanted = {"weights": dense.weights, "biases": dense.biases, "output": dense.forward(np.array(batch["x"], float))}
    arrays = [_compared(name, values, wanted[name]) for name, values in found.items()]
    return {"arrays": arrays, "unfit": " ".join(_shape_words(entry) for entry in arrays if "yours" not in entry)}


def of_source(source, batch):
    """The comparison of a class that is run right here, with what it told: of the notes' own, and of no person's."""
    told, found = layer_run.run(source, batch)
    result = compared(batch, found)
    return {**told, **result, "unfit": told["unfit"] or result["unfit"]}


def of_report(batch, shapes, numbers):
    """The comparison of what came out of the box: [name, shape] of each array, and the numbers, flat, of all that fit."""
    wanted = layer_run.shapes(batch)
    found, start = {}, 0
    for name, shape in shapes:
        found[name] = tuple(shape)
        if found[name] == wanted[name]:
            end = start + int(np.prod(shape))
            found[name], start = numbers[start:end].reshape(shape), end
    return compared(batch, found)


def _shape_words(entry):
    """What a wrong shape may come from."""
    name, shape, wanted = entry["name"], tuple(entry["shape"]), tuple(entry["wanted_shape"])
    sentence = "%s has the shape %s, but nncore's has %s." % (name, shape, wanted)
    if name == "weights" and shape == wanted[::-1]:
        sentence += " It is turned over: (n_neurons, n_inputs) in place of (n_inputs, n_neurons)."
    return sentence


def _compared(name, values, wanted):
    """One array of both, in the window that is shown, and how far they are from each other."""
    shape = values if isinstance(values, tuple) else values.shape
    entry = {"name": name, "shape": list(shape), "wanted_shape": list(wanted.shape), "size": int(wanted.size),
             "theirs": _window(wanted)}
    if shape != wanted.shape:
        return entry
    same = (values == wanted) | (np.isnan(values) & np.isnan(wanted))
    with np.errstate(all="ignore"):
        distance = np.where(same, 0.0, np.abs(values - wanted))
    distance[np.isnan(distance)] = np.inf
    entry.update({"yours": _window(values), "same": _window(same.astype(float)), "equal": int(same.sum())})
    if not same.all():
        at = np.unravel_index(np.argmax(distance), distance.shape)
        entry.update({"largest": _number(distance[at]), "at": [int(index) for index in at],
                      "pair": [_number(values[at]), _number(wanted[at])]})
    return entry


def _window(array):
    return [[_number(value) for value in row[:SHOWN_COLUMNS]] for row in array[:SHOWN_ROWS]]


def _number(value):
    """A number that JSON knows, or its name."""
    return float(value) if np.isfinite(value) else str(float(value))
