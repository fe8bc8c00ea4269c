"""One cell of a matrix explained: every product, the running sum, what comes of it, in numbers that add up as printed.

Each product is rounded to the chosen decimals, the rounded ones are added exactly, and a sentence says how the
sum as printed compares with the engine's own number.
"""
import numpy as np
import shapes
import stages

from engine import formulas
from engine.written import Decimals, significant


class Cell:
    """What is asked for, and the words for it."""

    def __init__(self, session, rehearsal, look, found):
        self.session, self.r, self.found = session, rehearsal, found
        self.key, self.row, self.column = look.cell
        self.layer, self.index, self.pass_name = look.layer, look.layer - 1, look.name
        self.digits = look.digits
        self.decimals = Decimals(look.digits)
        self.value = float(found[self.key][self.row, self.column])
        self.names = {part["key"]: part["name"] for line in stages.lines(session.spec, look.name, look.layer)
                      for part in line["parts"] if "key" in part}

    def name(self, key, row=None, column=None):
        """How NumPy would write the cell, as in Z1[2, 3]."""
        return "%s[%d, %d]" % (self.names[key], self.row if row is None else row, self.column if column is None else column)

    @property
    def title(self):
        return self.name(self.key)

    def layer_of(self, number):
        """(work, layer) of the layer of that number, from 1, after the backward pass."""
        self.r.gradients
        return self.r.buffers[number - 1], self.r.network.layers[number - 1]


def cell(session, rehearsal, look, found):
    """The explanation as protocol.FRAME has it."""
    it = Cell(session, rehearsal, look, found)
    message = {"key": it.key, "row": it.row, "column": it.column, "title": it.title, "value": it.value}
    message.update(SUMS[it.key](it) if it.key in SUMS and not is_given(it) else {})
    if "total" not in message:
        message["total"] = it.decimals(it.value)
    message["lines"] = formulas.lines(it)
    message["says"] = says(message)
    return message


def is_given(it):
    """Whether a dA comes from the loss, and is no sum of products."""
    return it.key == "da" and it.layer == len(it.r.network.layers)


def says(message):
    """What a screen reader is told: the sum in words where it is short."""
    start = "%s is %s" % (message["title"], message["total"])
    products = message.get("products", [])
    if 0 < len(products) <= 6:
        start += ": " + " + ".join("%s times %s" % pair for pair in zip(message["left"], message["right"]))
        start += " plus bias %s" % message["bias"] if message.get("bias") else ""
    elif products:
        start += ": the sum of %d products" % len(products)
        start += " and the bias %s" % message["bias"] if message.get("bias") else ""
    return ". ".join([start] + message["lines"][:1])


# ---- sums of products

def total(it, left, right, bias=None, named=None):
    """A row times a column, cell by cell: texts of the factors and the products, and their sum as printed."""
    decimals = it.decimals
    left, right = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    with np.errstate(all="ignore"):
        products = left * right
    units = [decimals.units(value) for value in products]
    summands = units + ([] if bias is None else [decimals.units(bias)])
    message = {
        "left": [decimals.factor(value) if n else decimals(value) for n, value in enumerate(left)],
        "right": [decimals.factor(value) for value in right],
        "left_values": left.astype(np.float32), "right_values": right.astype(np.float32),
        "named": named or [],
    }
    if None in summands:
        message["products"] = [significant(value, it.digits) for value in products]
        message["bias"] = "" if bias is None else significant(bias, it.digits)
        message["total"] = significant(it.value, it.digits)
        message["rounding"] = "Some of these numbers are too large for so many decimals, so they are written with powers of ten and rounded."
        message["bars"] = np.zeros(0)
        return message
    message["products"] = [decimals.write(value) for value in units]
    message["bias"] = "" if bias is None else decimals.write(summands[-1])
    message["bias_value"] = 0.0 if bias is None else float(bias)
    message["total"] = decimals.write(sum(summands))
    message["bars"] = np.array(summands, dtype=np.float64) / decimals.unit
    message["rounding"] = rounding(it, sum(summands), len(units))
    return message


def plain_sum(it, values):
    """A sum without factors."""
    message = total(it, values, np.ones(len(values)))
    message["right"], message["right_values"] = [], np.zeros(0, dtype=np.float32)
    return message


def rounding(it, units, count):
    """How the sum as printed compares with the number that the engine has."""
    own, kind = it.decimals.units(it.value), it.r.network.dtype.name
    what = "Each product is rounded to %d decimals, and they" % it.digits if count > 1 else "The product is rounded to %d decimals, and the numbers" % it.digits
    exact = significant(it.value, max(7, it.digits))
    if own is None:
        return "%s add up as printed. The engine's own number is %s." % (what, exact)
    if own == units:
        return "%s add up exactly as printed. The engine's own number, %s in %s, rounds to the same." % (what, exact, kind)
    return ("%s add up exactly as printed. The engine's own number is %s in %s, %s when rounded: it differs by %s, "
            "because the rounding of %d products adds up too."
            % (what, exact, kind, it.decimals.write(own), it.decimals.write(abs(own - units)), count))


def _z(it):
    work, layer = it.r.buffers[it.index], it.r.network.layers[it.index]
    return total(it, work.x[it.row], layer.weights[:, it.column], layer.biases[0, it.column], input_names(it))


def _dw(it):
    work, _ = it.layer_of(it.layer)
    message = total(it, work.x[:, it.row], work.d_z[:, it.column], named=["row %d" % n for n in range(len(work.x))])
    return message


def _db(it):
    work, _ = it.layer_of(it.layer)
    return plain_sum(it, work.d_z[:, it.column])


def _dx(it):
    work, layer = it.layer_of(it.layer)
    return total(it, work.d_z[it.row], layer.weights[it.column], named=["neuron %d" % j for j in range(layer.n_neurons)])


def _da(it):
    """What came back from the next layer: its dZ times its transposed weights, then through dropout."""
    work, layer = it.layer_of(it.layer + 1)
    mask = it.r.buffers[it.index].mask
    weights = layer.weights[it.column] if mask is None else layer.weights[it.column] * mask[it.row, it.column]
    return total(it, work.d_z[it.row], weights)




SUMS = {"z": _z, "dw": _dw, "db": _db, "dx": _dx, "da": _da}


def input_names(it):
    """What the layer takes in: features by name, else the neurons before."""
    if it.layer > 1:
        return ["a%d" % i for i in range(it.r.network.layers[it.index].n_inputs)]
    return list(shapes.input_names(it.session.spec))
