"""Runs a class Layer_Dense from its source, and compares its numbers with those of nncore's Dense, cell by cell.

The source is a person's own Python, and running it as it stands is what this is for. It happens in the workshop,
a worker of its own in the person's own tab, which has nothing of the lab's run and can be thrown away at any time.
The trainer runs only the class of the notes.
"""
import contextlib
import io
import linecache
import traceback

import numpy as np

from nncore import Dense

NAME = "your class"  # how its source is called in tracebacks
MOST_PRINTED = 10000  # characters
SHOWN_ROWS, SHOWN_COLUMNS = 5, 6  # of each array


class Unfit(Exception):
    """What the class gives cannot be compared; the text is the sentence to show."""


class _Paper(io.TextIOBase):
    """Takes what is printed, up to a limit."""

    def __init__(self):
        self.parts, self.left, self.cut = [], MOST_PRINTED, False

    def write(self, text):
        if len(text) > self.left:
            self.cut = True
        self.parts.append(text[:self.left])
        self.left -= min(self.left, len(text))
        return len(text)


def run(source, batch):
    """The comparison as a dict for JSON. `batch` holds x (rows of n_inputs numbers), n_inputs, n_neurons and seed.

    "error" tells what went wrong in the class, "unfit" what of it cannot be compared, "arrays" what can.
    """
    x, sizes, seed = np.array(batch["x"], float), (batch["n_inputs"], batch["n_neurons"]), batch["seed"]
    dense = Dense(*sizes, "linear", "small", seed=seed)
    wanted = {"weights": dense.weights.copy(), "biases": dense.biases.copy(), "output": dense.forward(x)}
    paper = _Paper()
    result = {"error": None, "unfit": "", "arrays": []}
    found = {}
    with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
        try:
            _take_numbers(_layer_class(source), x, sizes, seed, found)
        except Unfit as unfit:
            result["unfit"] = str(unfit)
        except BaseException as error:  # SystemExit too: whatever the class raises is for its writer to see
            result["error"] = explain(error)
    result["printed"], result["cut"] = "".join(paper.parts), paper.cut
    for name, values in found.items():
        result["arrays"].append(_compared(name, values, wanted[name]))
    if not result["unfit"]:
        result["unfit"] = " ".join(_shape_words(name, values.shape, wanted[name].shape, sizes)
                                   for name, values in found.items() if values.shape != wanted[name].shape)
    return result


def _layer_class(source):
    linecache.cache[NAME] = (len(source), None, source.splitlines(True), NAME)  # so that tracebacks quote the lines
    namespace = {"np": np, "__name__": "__main__"}
    exec(compile(source, NAME, "exec", dont_inherit=True), namespace)
    layer_class = namespace.get("Layer_Dense")
    if not isinstance(layer_class, type):
        raise Unfit("There is no class Layer_Dense in it: the class is looked up by this name.")
    return layer_class


def _take_numbers(layer_class, x, sizes, seed, found):
    """Fills in weights, biases and output, as far as it comes."""
    np.random.seed(seed)
    layer = layer_class(*sizes)
    for name in ("weights", "biases"):
        if not hasattr(layer, name):
            raise Unfit("The layer has no %s after __init__: set self.%s there." % (name, name))
        found[name] = _array(getattr(layer, name), "self." + name)
    output = layer.forward(x.copy())
    if output is None:
        raise Unfit("forward returned None: a return is missing, or nothing stands behind it.")
    found["output"] = _array(output, "what forward returned")


def _array(value, what):
    try:
        return np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise Unfit("%s is a %s, which is no array of numbers." % (what, type(value).__name__)) from None


def _shape_words(name, shape, wanted, sizes):
    """What a wrong shape may come from."""
    sentence = "%s has the shape %s, but nncore's has %s." % (name, shape, wanted)
    if name == "weights" and shape == wanted[::-1]:
        sentence += " It is turned over: (n_neurons, n_inputs) in place of (n_inputs, n_neurons)."
    return sentence


def _compared(name, values, wanted):
    """One array of both, in the window that is shown, and how far they are from each other."""
    entry = {"name": name, "shape": list(values.shape), "wanted_shape": list(wanted.shape), "size": int(wanted.size),
             "theirs": _window(wanted)}
    if values.shape != wanted.shape:
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


def explain(error):
    """An error of the class: its last line with the line number in the source, and the traceback from there on."""
    frames = error.__traceback__
    while frames and frames.tb_frame.f_code.co_filename != NAME:
        frames = frames.tb_next
    if isinstance(error, SyntaxError):
        line = error.lineno if error.filename == NAME else None
    else:
        lines = [at for frame, at in traceback.walk_tb(frames) if frame.f_code.co_filename == NAME]
        line = lines[-1] if lines else None
    text = "".join(traceback.TracebackException(type(error), error, frames).format())
    last = text.strip().splitlines()[-1] if text.strip() else type(error).__name__
    return {"sentence": last[:500], "line": line, "traceback": text[-MOST_PRINTED:]}
