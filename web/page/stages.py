"""The stages of one update, and which matrices each shows: what "Inside the layer" lays out, before any number is known.

A stage is a pass and a layer, such as ("backward", 2). `lines` lists the lines of one, each with a title and
its parts: a part is a sign such as "@", or a matrix with a key that the engine knows it by, its name, its size
and the axes along its rows and columns: "n" the batch's rows, "i" the layer's inputs, "j" its neurons, "1" a
single one. One that is `under` stands below the matrix before it, as biases stand below their weights. Matrices that
share an axis scroll and light up together. Plain Python in the MicroPython subset.
"""
import shapes

PASSES = ["forward", "loss", "backward", "update"]
KEYS = ["x", "w", "b", "z", "a", "mask", "dropped", "y", "losses", "da", "slope", "dz", "xt", "dw", "db", "wt", "dx",
        "grad", "step", "w_next", "b_step", "b_next"]


def stages(spec):
    """All stages of one update in their order; the update moves all layers at once and is one stage."""
    count = len(shapes.dense_layers(spec))
    forward = [("forward", k) for k in range(1, count + 1)]
    backward = [("backward", k) for k in range(count, 0, -1)]
    return forward + [("loss", count)] + backward + [("update", 1)]


def lines(spec, name, layer, rows=None):
    """The lines of a stage as dicts {title, parts}; `rows` in the batch, where it is not a full one."""
    n_inputs, n_neurons, activation = shapes.dense_layers(spec)[layer - 1]
    names = _Names(spec, layer)
    sizes = {"n": rows or shapes.batch_size(spec), "i": n_inputs, "j": n_neurons, "1": 1}

    def matrix(key, row_axis, column_axis, note="", under=False):
        return {"key": key, "name": names.of(key), "rows": sizes[row_axis], "columns": sizes[column_axis],
                "axes": row_axis + column_axis, "note": note, "under": under}

    return {"forward": _forward, "loss": _loss, "backward": _backward, "update": _update}[name](
        spec, layer, activation, names, sizes, matrix)


def size_of(spec, name, layer, key):
    """(rows, columns) of a stage's matrix, or None where it has no such."""
    for line in lines(spec, name, layer):
        for part in line["parts"]:
            if part.get("key") == key:
                return part["rows"], part["columns"]
    return None


def is_fused(spec):
    """Whether softmax and cross-entropy are taken together, so that the output layer's dZ comes in one step."""
    loss = spec["loss"]
    return spec["task"] == "classify" and loss in ("auto", "categorical_cross_entropy")


def sign(text, word=""):
    """A part that is no matrix: a sign, a word, or a word below its sign."""
    return {"sign": text, "word": word}


class _Names:
    """How the matrices of a layer are written."""

    def __init__(self, spec, layer):
        self.layer = layer
        self.before = "X" if layer == 1 else "A%d" % (layer - 1)
        self.input = self.before + (" dropped" if layer > 1 and dropout_of(spec, layer - 1) else "")

    def of(self, key):
        k = self.layer
        if key in ("x", "xt", "dx"):
            return {"x": self.input, "xt": self.input + "ᵀ", "dx": "d" + self.before}[key]
        written = {"w": "W%d", "b": "b%d", "z": "Z%d", "a": "A%d", "mask": "mask%d", "dropped": "A%d dropped", "da": "dA%d",
                   "slope": "slope%d", "dz": "dZ%d", "dw": "dW%d", "grad": "dW%d", "db": "db%d", "wt": "W%dᵀ", "step": "ΔW%d",
                   "w_next": "W%d next", "b_step": "Δb%d", "b_next": "b%d next"}
        return {"y": "Y", "losses": "loss"}.get(key) or written[key] % k


def _forward(spec, layer, activation, names, sizes, matrix):
    parts = [matrix("x", "n", "i"), sign("@"), matrix("w", "i", "j"), sign("+"),
             matrix("b", "1", "j", "added to every row", under=True),
             sign("="), matrix("z", "n", "j"), sign("→", activation), matrix("a", "n", "j")]
    title = ("%s has %s and W%d has %s: they agree, so each row of %s meets each column of W%d. What is left: %s and %s."
             % (names.input, counted(sizes["i"], "column"), layer, counted(sizes["i"], "row"), names.input, layer,
                counted(sizes["n"], "row"), counted(sizes["j"], "column")))
    rate = dropout_of(spec, layer)
    dropout = {"title": "Dropout %g, while training: a random share of A%d is set to 0, and the rest grows by 1 / (1 − %g) to make up for it."
                        % (rate, layer, rate),
               "parts": [matrix("a", "n", "j"), sign("·", "each"), matrix("mask", "n", "j"), sign("="), matrix("dropped", "n", "j")]}
    return [{"title": title, "parts": parts}] + ([dropout] if rate else [])


def counted(count, word):
    """How many of them there are: 1 row, 32 rows."""
    return "%d %s%s" % (count, word, "" if count == 1 else "s")


def _loss(spec, layer, activation, names, sizes, matrix):
    parts = [matrix("a", "n", "j", "outputs"), sign("", "against"), matrix("y", "n", "j", "targets"), sign("→"),
             matrix("losses", "n", "1", "of each row")]
    if is_fused(spec):
        title = "Cross-entropy: the loss of a row is −log of the probability that its true class was given. The batch's loss is their mean."
    elif spec["loss"] == "categorical_cross_entropy":
        title = "Cross-entropy of each row; the batch's loss is their mean."
    else:
        title = "Squared error: the loss of a row is the mean of (A − Y)² over its outputs. The batch's loss is the mean over the rows."
    return [{"title": title, "parts": parts}]


def _backward(spec, layer, activation, names, sizes, matrix):
    k, before, n = layer, names.before, sizes["n"]
    last = layer == len(spec["layers"]) + 1
    if last and is_fused(spec):
        first = {"title": "How the loss changes with each Z%d: softmax and cross-entropy together give (A%d − Y) / %d." % (k, k, n),
                 "parts": [matrix("a", "n", "j"), sign("−"), matrix("y", "n", "j"), sign("=", "÷ %d" % n), matrix("dz", "n", "j")]}
    elif activation == "softmax":
        first = {"title": "How the loss changes with each A%d, and through softmax, which ties a row's outputs together, with each Z%d." % (k, k),
                 "parts": [matrix("da", "n", "j"), sign("→", "softmax"), matrix("dz", "n", "j")]}
    else:
        came = ("The squared error gives dA%d = 2 (A%d − Y) / %d." % (k, k, n * sizes["j"]) if last
                else "dA%d has come back from layer %d%s." % (k, k + 1, ", through its dropout" if dropout_of(spec, k) else ""))
        first = {"title": came + " Times the slope of %s at each Z%d, cell by cell, it gives dZ%d." % (activation, k, k),
                 "parts": [matrix("da", "n", "j"), sign("·", "each"), matrix("slope", "n", "j", "of " + activation), sign("="),
                           matrix("dz", "n", "j")]}
    second = {"title": "dW%d has the shape of W%d, one slope for each weight: %s (%d, %d) @ dZ%d (%d, %d), a sum over %s. "
                       "b%d was added to every row, so db%d adds up the rows of dZ%d."
                       % (k, k, names.of("xt"), sizes["i"], n, k, n, sizes["j"], counted(n, "row"), k, k, k),
              "parts": [matrix("xt", "i", "n"), sign("@"), matrix("dz", "n", "j"), sign("Σ", "its rows added up"),
                        matrix("db", "1", "j", under=True), sign("="), matrix("dw", "i", "j")]}
    if layer == 1:
        third = {"title": "No dX: nothing before the first layer can learn, so training leaves that product out.", "parts": []}
    else:
        third = {"title": "d%s has the shape of %s: dZ%d (%d, %d) @ %s (%d, %d). It goes back to layer %d: how the loss changes with each of its outputs."
                          % (before, before, k, n, sizes["j"], names.of("wt"), sizes["j"], sizes["i"], k - 1),
                 "parts": [matrix("dz", "n", "j"), sign("@"), matrix("wt", "j", "i"), sign("="), matrix("dx", "n", "i")]}
    return [first, second, third]


def _update(spec, layer, activation, names, sizes, matrix):
    rule = {"sgd": "SGD", "momentum": "momentum", "rmsprop": "RMSProp", "adam": "Adam"}[spec["opt"]]
    title = {"sgd": "SGD steps against the gradient: ΔW = −lr · dW.",
             "momentum": "Momentum keeps nine tenths of its last step: ΔW = 0.9 · last ΔW − lr · dW.",
             "rmsprop": "RMSProp divides each gradient by its usual size: ΔW = −lr · dW / (√s + ε).",
             "adam": "Adam steps along the mean of the last gradients, divided by their usual size: ΔW = −lr′ · m / (√s + ε)."}[spec["opt"]]
    with_penalty = "with L1, L2" if spec["l1"] or spec["l2"] else ""
    return [{"title": title, "parts": [matrix("grad", "i", "j", with_penalty), sign("→", rule), matrix("step", "i", "j")]},
            {"title": "The next value of each weight is its value plus its step.",
             "parts": [matrix("w", "i", "j"), sign("+"), matrix("step", "i", "j"), sign("="), matrix("w_next", "i", "j")]},
            {"title": "And so for the biases.",
             "parts": [matrix("db", "1", "j"), sign("→", rule), matrix("b_step", "1", "j"), sign("+"), matrix("b", "1", "j"), sign("="),
                       matrix("b_next", "1", "j")]}]


def dropout_of(spec, layer):
    """The dropout on a layer's outputs; the output layer has none."""
    if layer > len(spec["layers"]):
        return 0
    own = spec["layers"][layer - 1][2]
    return spec["dropout"] if own is None else own
