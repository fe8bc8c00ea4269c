"""What "Inside the layer" shows: the matrices of one stage of the coming update, and one cell of them explained."""
import numpy as np
import shapes
import stages

from engine import explain, lens

LARGE = 20000  # numbers: more than these are sent only where nobody waits for training


class Look:
    """What of the coming update is on view: the stage, the cell that is explained, and with how many digits."""

    def __init__(self, text):
        """From the text of protocol's `look_inside`: pass, layer, cell (key.row.column or -), digits."""
        self.name, layer, cell, digits = text.split(" ")
        self.layer, self.digits = int(layer), int(digits)
        key, _, place = cell.partition(".")
        self.cell = (key, *(int(part) for part in place.split("."))) if place else None

    def fits(self, spec):
        """Whether the network has that layer."""
        return 1 <= self.layer <= len(shapes.dense_layers(spec))


def frame(session, look):
    """The frame's `inside`, in steps: see protocol.FRAME."""
    rehearsal = session.rehearsal()
    yield
    found = yield from arrays(session.spec, rehearsal, look.name, look.layer)
    message = {
        "name": look.name, "layer": look.layer, "count": len(rehearsal.rows),
        "rows": np.asarray(rehearsal.rows, dtype=np.int32),
        "matrices": {key: values.ravel() for key, values in found.items()},
        "sentence": lens.sentence(session, rehearsal, look),
    }
    if look.cell and look.cell[0] in found:
        key, row, column = look.cell
        rows, columns = found[key].shape
        if row < rows and column < columns:
            message["cell"] = explain.cell(session, rehearsal, look, found)
    return message


def is_large(spec, look):
    """Whether the stage has more numbers than can be sent many times a second."""
    parts = [part for line in stages.lines(spec, look.name, look.layer) for part in line["parts"]]
    return sum(part["rows"] * part["columns"] for part in parts if "key" in part) > LARGE


def arrays(spec, rehearsal, name, layer):
    """The matrices of a stage by their keys, each two-dimensional; those that the stage does not have are not computed. In
    steps, one a matrix."""
    keys = {part["key"] for line in stages.lines(spec, name, layer) for part in line["parts"] if "key" in part}
    found = {}
    for key in sorted(keys):
        found[key] = np.ascontiguousarray(MAKERS[key](rehearsal, layer - 1))
        yield
    return found


def _work(r, i):
    return r.buffers[i]


def _back(r, i):
    """The layer's buffers after the backward pass."""
    r.gradients
    return r.buffers[i]


def _of(vector, r, i, biases=False):
    """A layer's part of a vector of all parameters."""
    return vector[r.network.places(i)[1 if biases else 0]]


def _d_before(r, i):
    """dZ @ Wᵀ, before the dropout of the layer before acts on it."""
    work = _back(r, i)
    return work.d_z @ work.weights.T


MAKERS = {  # key of stages.py -> (rehearsal, index of the layer) -> matrix
    "x": lambda r, i: _work(r, i).x, "xt": lambda r, i: _work(r, i).x.T,
    "w": lambda r, i: _work(r, i).weights, "wt": lambda r, i: _work(r, i).weights.T, "b": lambda r, i: _work(r, i).biases,
    "z": lambda r, i: _work(r, i).z, "a": lambda r, i: _work(r, i).a,
    "mask": lambda r, i: _work(r, i).mask, "dropped": lambda r, i: _work(r, i).dropped,
    "y": lambda r, i: r.y, "losses": lambda r, i: r.losses[:, None],
    "da": lambda r, i: _back(r, i).d_a, "slope": lambda r, i: r.slope_of_activation(i), "dz": lambda r, i: _back(r, i).d_z,
    "dx": _d_before,
    "dw": lambda r, i: _of(r.gradients, r, i), "grad": lambda r, i: _of(r.penalized, r, i), "db": lambda r, i: _of(r.gradients, r, i, biases=True),
    "step": lambda r, i: _of(r.next_parameters - r.parameters, r, i),
    "b_step": lambda r, i: _of(r.next_parameters - r.parameters, r, i, biases=True),
    "w_next": lambda r, i: _of(r.next_parameters, r, i),
    "b_next": lambda r, i: _of(r.next_parameters, r, i, biases=True),
}
