"""The sentences under an explained cell: the formula it comes from, with the numbers in it, or where it was taken from."""
import numpy as np
import shapes
import spec as specs
import stages

from engine import steps
from engine.written import MINUS, significant
from nncore.activations import GELU_CUBE, GELU_SCALE, LEAK

MOST_TERMS = 12  # of a sum in one sentence


def lines(it):
    """What there is to say about the cell, as a list of sentences."""
    return [line for line in SENTENCES[it.key](it) if line]


# ---- forward

def _x(it):
    row, column = (it.column, it.row) if it.key == "xt" else (it.row, it.column)
    if it.layer > 1:
        dropped = stages.dropout_of(it.session.spec, it.layer - 1)
        return ["Output of neuron %d of layer %d for row %d of the batch%s." % (
            column, it.layer - 1, row, ", after dropout" if dropped else "")]
    session, at = it.session, int(it.r.rows[row])
    parts = session.parts
    found = ["Row %d of the batch is training row %d. Input %s%s." % (
        row, at, shapes.input_names(session.spec)[column], ": " + feature(it, at, column) if session.data.features else "")]
    if parts.mean is not None:
        mean, scale, value = float(parts.mean[column]), float(parts.scale[column]), float(parts.train.x[at, column])
        found.append("Standardised: (%s − %s) / %s = %s, with the mean and the deviation of the training rows." % (
            significant(value * scale + mean, it.digits + 1), _bracket(mean, it.digits + 1), significant(scale, it.digits + 1), it.decimals(value)))
    return found


def feature(it, at, column):
    """A feature of the point, such as x·y."""
    session = it.session
    x, y = session.data.raw[session.parts.train.rows[at]][:2]
    word, d = session.data.features[column], it.decimals
    forms = {"x": "the point's x, %s" % d(x), "y": "the point's y, %s" % d(y), "x2": "x² = %s²" % d.factor(x), "y2": "y² = %s²" % d.factor(y),
             "xy": "x·y = %s · %s" % (d(x), d.factor(y)), "sinx": "sin(π · %s)" % d(x), "siny": "sin(π · %s)" % d(y)}
    return forms[word]


def _w(it):
    i, j = (it.column, it.row) if it.key == "wt" else (it.row, it.column)
    return ["The weight with which neuron %d of layer %d takes %s." % (j, it.layer, _source(it, i))]


def _b(it):
    return ["The bias of neuron %d of layer %d: it is added whatever comes in." % (it.column, it.layer)]


def _z(it):
    work = it.r.buffers[it.index]
    return ["Row %d of %s meets column %d of W%d%s: neuron %d of layer %d." % (
        it.row, it.names["x"], it.column, it.layer, "" if it.layer > 1 else ", training row %d" % it.r.rows[it.row], it.column, it.layer),
        "Then %s: %s" % (work.activation.name, activation(it, work))]


def _a(it):
    return [activation(it, it.r.buffers[it.index])]


def activation(it, work):
    """A = f(Z) with the numbers in it."""
    z, a, d = float(work.z[it.row, it.column]), float(work.a[it.row, it.column]), it.decimals
    name = "A%d[%d, %d]" % (it.layer, it.row, it.column)
    kind = work.activation.name
    if kind == "softmax":
        return name + " = " + softmax(it, work)
    forms = {
        "linear": "%s" % d(z), "relu": "max(0, %s)" % d(z), "leaky_relu": "max(%s, %s · %s)" % (d(z), LEAK, d.factor(z)),
        "sigmoid": "1 / (1 + e^(−%s))" % d.factor(z), "tanh": "tanh(%s)" % d(z), "swish": "%s / (1 + e^(−%s))" % (d(z), d.factor(z)),
        "gelu": "%s/2 · (1 + tanh(%.4f · (%s + %s · %s³)))" % (d(z), GELU_SCALE, d(z), GELU_CUBE, d.factor(z)),
    }
    return "%s = %s = %s" % (name, forms[kind], d(a)) if kind != "linear" else "%s = Z%d[%d, %d] = %s" % (name, it.layer, it.row, it.column, d(a))


def softmax(it, work):
    """e^z over the sum of the row's, the largest z taken from each so that nothing overflows."""
    row, d = work.z[it.row].astype(np.float64), it.decimals
    powers = np.exp(row - row.max())
    units = [d.units(value) for value in powers]
    count = len(units)
    written = " + ".join(d.write(value) for value in units) if count <= MOST_TERMS else "the sum of %d such" % count
    top, below = units[it.column], sum(units)
    return ("e^(%s − %s) / (%s) = %s / %s = %s. The row's largest Z, %s, is taken from each: that changes nothing and keeps e^Z small."
            % (d(row[it.column]), d.factor(row.max()), written, d.write(top), d.write(below), d(work.a[it.row, it.column]), d(row.max())))


def _mask(it):
    rate = stages.dropout_of(it.session.spec, it.layer)
    return ["Dropout %g: a random share of the outputs is set to 0, the others are multiplied by 1 / (1 − %g) = %s." % (
        rate, rate, it.decimals(1 / (1 - rate)))]


def _dropped(it):
    work, at = it.r.buffers[it.index], (it.row, it.column)
    return ["%s · mask %s = %s" % (it.decimals(work.a[at]), it.decimals(work.mask[at]), it.decimals(it.value))]


# ---- loss

def _y(it):
    spec = it.session.spec
    if spec["task"] == "classify":
        names = shapes.class_names(spec)
        true = int(np.argmax(it.r.y[it.row]))
        return ["Training row %d is of class %d (%s): 1 in that column, 0 in all others." % (it.r.rows[it.row], true, names[true])]
    if spec["task"] == "reconstruct":
        return ["What the network shall give back: input %s of training row %d." % (shapes.input_names(spec)[it.column], it.r.rows[it.row])]
    scaled = it.session.parts.target_mean is not None
    return ["The number to be predicted for training row %d%s." % (it.r.rows[it.row], ", standardised with the training rows' mean and deviation" if scaled else "")]


def _losses(it):
    work, d, name = it.r.buffers.last, it.decimals, specs.loss_of(it.session.spec)
    mean = "The batch's loss is the mean of %s: %s." % (stages.counted(len(it.r.rows), "row"), d(float(np.mean(it.r.losses, dtype=np.float64))))
    if name == "categorical_cross_entropy":
        true = int(np.argmax(it.r.y[it.row]))
        return ["loss[%d, 0] = −log(A%d[%d, %d]) = −log(%s) = %s: the probability given to the true class, %d." % (
            it.row, it.layer, it.row, true, d(work.a[it.row, true]), d(it.value), true), mean]
    differences = work.a[it.row].astype(np.float64) - it.r.y[it.row]
    count = len(differences)
    if count > MOST_TERMS:
        return ["loss[%d, 0] = the mean of %d squares (A − Y)² = %s." % (it.row, count, d(it.value)), mean]
    squares = " + ".join("%s²" % d.factor(value) for value in differences)
    return ["loss[%d, 0] = %s = %s: A − Y of the row, squared." % (it.row, squares if count == 1 else "(%s) / %d" % (squares, count), d(it.value)), mean]


# ---- backward

def _dz(it):
    work, d, at = it.layer_of(it.layer)[0], it.decimals, (it.row, it.column)
    last, n = it.layer == len(it.r.network.layers), len(it.r.rows)
    name = "dZ%d[%d, %d]" % (it.layer, it.row, it.column)
    if last and it.r.is_fused:
        return ["%s = (A%d − Y) / %d = (%s − %s) / %d = %s / %d = %s" % (
            (name, it.layer, n) + d.minus(work.a[at], it.r.y[at])[:2] + (n, d.minus(work.a[at], it.r.y[at])[2], n, d(it.value)))]
    if work.activation.name == "softmax":
        a, da = work.a[it.row].astype(np.float64), work.d_a[it.row].astype(np.float64)
        return ["%s = A · (dA − Σ A · dA) = %s · (%s − %s) = %s, the sum over the row." % (
            name, d(a[it.column]), d(da[it.column]), d.factor(float(a @ da)), d(it.value))]
    return ["%s = dA%d · slope of %s = %s · %s = %s" % (
        name, it.layer, work.activation.name, d(work.d_a[at]), d.factor(it.r.slope_of_activation(it.index)[at]), d(it.value))]


def _da(it):
    if it.layer < len(it.r.network.layers):
        return ["Row %d of dZ%d meets row %d of W%d, which is a column of W%dᵀ: what layer %d needs changed in this output." % (
            it.row, it.layer + 1, it.column, it.layer + 1, it.layer + 1, it.layer + 1)]
    work, d, at, size = it.r.buffers.last, it.decimals, (it.row, it.column), it.r.y.size
    a, y, difference = d.minus(work.a[at], it.r.y[at])
    return ["%s = 2 · (A − Y) / %d = 2 · (%s − %s) / %d = 2 · %s / %d = %s" % (
        it.title, size, a, y, size, "(%s)" % difference if difference.startswith(MINUS) else difference, size, d(it.value))]


def _slope(it):
    work, d = it.r.buffers[it.index], it.decimals
    z, a = float(work.z[it.row, it.column]), float(work.a[it.row, it.column])
    kind = work.activation.name
    forms = {
        "linear": "1, whatever Z is", "relu": "%d, for Z = %s is %s" % (z > 0, d(z), "above 0" if z > 0 else "not above 0"),
        "leaky_relu": "%s, for Z = %s" % (d(it.value), d(z)), "sigmoid": "A (1 − A) = %s · (1 − %s) = %s" % (d(a), d.factor(a), d(it.value)),
        "tanh": "1 − A² = 1 − %s² = %s" % (d.factor(a), d(it.value)), "gelu": "%s at Z = %s" % (d(it.value), d(z)),
        "swish": "%s at Z = %s" % (d(it.value), d(z)),
    }
    return ["The slope of %s there: %s." % (kind, forms[kind])]


def _dw(it):
    return ["Column %d of %s meets column %d of dZ%d, over %s: how the loss changes with W%d[%d, %d]." % (
        it.row, it.names["xt"].replace("ᵀ", ""), it.column, it.layer, stages.counted(len(it.r.rows), "row"), it.layer, it.row, it.column)]


def _db(it):
    return ["Column %d of dZ%d added up over %s: how the loss changes with b%d[0, %d]." % (
        it.column, it.layer, stages.counted(len(it.r.rows), "row"), it.layer, it.column)]


def _dx(it):
    return ["Row %d of dZ%d meets row %d of W%d, which is column %d of W%dᵀ." % (it.row, it.layer, it.column, it.layer, it.column, it.layer)]


def _source(it, i):
    return "input " + shapes.input_names(it.session.spec)[i] if it.layer == 1 else "the output of neuron %d of layer %d" % (i, it.layer - 1)


def _bracket(value, digits):
    text = significant(value, digits)
    return "(%s)" % text if text.startswith("−") else text


SENTENCES = {
    "x": _x, "xt": _x, "w": _w, "wt": _w, "b": _b, "z": _z, "a": _a, "mask": _mask, "dropped": _dropped, "y": _y, "losses": _losses,
    "dz": _dz, "da": _da, "slope": _slope, "dw": _dw, "db": _db, "dx": _dx, "grad": steps.gradient, "step": steps.step,
    "b_step": steps.step, "w_next": steps.following, "b_next": steps.following,
}
