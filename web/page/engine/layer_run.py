"""Runs a class Layer_Dense from its source and takes its numbers: weights, biases and output.

The source is a person's own Python, and running it as it stands is what this is for. It happens in the box
(exhibits/box), which has nothing to take and nothing to leave, and which gives back what is found here as text and
bytes: a claim that the lab's engine compares with nncore (layer_compare.py). By the engine itself only the class of
the notes is run. Needs NumPy alone, since the box gets this file as it stands.
"""
import contextlib
import io
import json
import linecache
import traceback

import numpy as np

NAME = "your class"  # how its source is called in tracebacks
MOST_PRINTED = 10000  # characters
MOST_SENTENCE = 500  # characters


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
    """What the class gave: a dict to tell, and the arrays by their names, as far as it came.

    `batch` holds x (rows of n_inputs numbers), n_inputs, n_neurons and seed. Of the dict, "error" tells what went
    wrong in the class, "unfit" what of it is no array of numbers, "printed" and "cut" what it printed.
    """
    paper, found = _Paper(), {}
    told = {"error": None, "unfit": ""}
    with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
        try:
            _take_numbers(_layer_class(source), batch, found)
        except Unfit as unfit:
            told["unfit"] = str(unfit)
        except BaseException as error:  # SystemExit too: whatever the class raises is for its writer to see
            told["error"] = explain(error)
    told["printed"], told["cut"] = "".join(paper.parts), paper.cut
    return told, found


def run_in_box(source, batch):
    """The same as text and bytes, which is all that leaves the box; `batch` is JSON too.

    The text has the dict and each array's name and shape, the bytes the numbers, float64, of those arrays that have
    the shape of nncore's: others differ anyway.
    """
    batch = json.loads(batch)
    wanted = shapes(batch)
    told, found = run(source, batch)
    told["arrays"] = [[name, list(values.shape)] for name, values in found.items()]
    fitting = [values.astype("<f8").tobytes() for name, values in found.items() if values.shape == wanted[name]]
    return [json.dumps(told), b"".join(fitting)]


def shapes(batch):
    """The shape of each array that is compared, by its name."""
    n_inputs, n_neurons = batch["n_inputs"], batch["n_neurons"]
    return {"weights": (n_inputs, n_neurons), "biases": (1, n_neurons), "output": (len(batch["x"]), n_neurons)}


def _layer_class(source):
    linecache.cache[NAME] = (len(source), None, source.splitlines(True), NAME)  # so that tracebacks quote the lines
    namespace = {"np": np, "__name__": "__main__"}
    exec(compile(source, NAME, "exec", dont_inherit=True), namespace)
    layer_class = namespace.get("Layer_Dense")
    if not isinstance(layer_class, type):
        raise Unfit("There is no class Layer_Dense in it: the class is looked up by this name.")
    return layer_class


def _take_numbers(layer_class, batch, found):
    """Fills in weights, biases and output, as far as it comes."""
    np.random.seed(batch["seed"])
    layer = layer_class(batch["n_inputs"], batch["n_neurons"])
    for name in ("weights", "biases"):
        if not hasattr(layer, name):
            raise Unfit("The layer has no %s after __init__: set self.%s there." % (name, name))
        found[name] = _array(getattr(layer, name), "self." + name)
    output = layer.forward(np.array(batch["x"], float))
    if output is None:
        raise Unfit("forward returned None: a return is missing, or nothing stands behind it.")
    found["output"] = _array(output, "what forward returned")


def _array(value, what):
    try:
        return np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise Unfit("%s is a %s, which is no array of numbers." % (what, type(value).__name__)) from None


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
    return {"sentence": last[:MOST_SENTENCE], "line": line, "traceback": text[-MOST_PRINTED:]}
