"""The spec: every choice that makes a run, as one dict; its defaults, its checks and its form as a link.

One typed table, FIELDS, drives the reading and the writing of links. A value that can't be used is
replaced by the default, and a sentence says so. Plain Python in the MicroPython subset, since the
page and the worker both import it. Dicts are unordered there: order lives in FIELDS.
"""
import datasets
import shapes

VERSION = "1"
HIDDEN_ACTIVATIONS = ["relu", "tanh", "sigmoid", "leaky_relu", "gelu", "swish", "linear"]
MOST_LAYERS = 8
MOST_NEURONS = 512
MOST_PACKED = 4000000  # characters
MOST_SEED = 4294967295  # NumPy's seeds are 32 bits wide


class Choice:
    """One word of a list."""

    def __init__(self, words):
        self.words = words

    def read(self, text):
        if text not in self.words:
            raise ValueError("is not one of " + ", ".join(self.words))
        return text

    def write(self, value):
        return value


class Whole:
    """A whole number from `low` to `high`."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def read(self, text):
        if not _is_digits(text) or not self.low <= int(text) <= self.high:
            raise ValueError("is not a whole number from %d to %d" % (self.low, self.high))
        return int(text)

    def write(self, value):
        return str(value)


class Real:
    """A number from `low` to `high`; where `open` is true, `low` itself is excluded."""

    def __init__(self, low, high, open=False):
        self.low, self.high, self.open = low, high, open

    def read(self, text):
        try:
            value = float(text)
        except ValueError:
            value = None
        if value is None or not self.low <= value <= self.high or (self.open and value == self.low):
            above = "above %s and at most %s" if self.open else "from %s to %s"
            raise ValueError("is not a number " + above % (number(self.low), number(self.high)))
        return value

    def write(self, value):
        return number(value)


class WholeList:
    """A fixed count of whole numbers, joined by dashes."""

    def __init__(self, count, low, high, total=None):
        self.count, self.low, self.high, self.total = count, low, high, total

    def read(self, text):
        parts = text.split("-")
        if len(parts) != self.count or not all(_is_digits(part) for part in parts):
            raise ValueError("is not %d whole numbers joined by dashes" % self.count)
        values = [int(part) for part in parts]
        if not all(self.low <= value <= self.high for value in values):
            raise ValueError("has a number outside %d to %d" % (self.low, self.high))
        if self.total is not None and sum(values) != self.total:
            raise ValueError("adds up to %d, not to %d" % (sum(values), self.total))
        return values

    def write(self, value):
        return "-".join(str(part) for part in value)


class Words:
    """Some words of a list, joined by commas, in the list's order; at least `least` of them."""

    def __init__(self, words, least=0):
        self.words, self.least = words, least

    def read(self, text):
        given = text.split(",") if text else []
        for word in given:
            if word not in self.words:
                raise ValueError("has '%s', which is not one of %s" % (shorten(word), ", ".join(self.words)))
        if len(given) < self.least:
            raise ValueError("names none of " + ", ".join(self.words))
        return [word for word in self.words if word in given]

    def write(self, value):
        return ",".join(value)


class Locks:
    """What training leaves alone, joined by commas: a layer `2`, a weight `2.0.3` (from 0 to neuron 3), a bias `2.b.3`."""

    def read(self, text):
        return [self._lock(part) for part in text.split(",")] if text else []

    def _lock(self, part):
        pieces = part.split(".")
        numbers = [piece for i, piece in enumerate(pieces) if not (i == 1 and piece == "b")]
        if len(pieces) not in (1, 3) or not all(_is_digits(piece) for piece in numbers) or int(pieces[0]) < 1:
            raise ValueError("has '%s', which is no layer such as 2, weight such as 2.0.3 or bias such as 2.b.3"
                             % shorten(part))
        return ".".join(piece if piece == "b" else str(int(piece)) for piece in pieces)

    def write(self, value):
        return ",".join(value)


class Packed:
    """The network's weights and biases, packed by the engine into letters, digits, - and _; empty for the seed's own."""

    def read(self, text):
        if len(text) > MOST_PACKED or not all(c.isalpha() and c < "{" or c in "0123456789-_" for c in text):
            raise ValueError("is no packed weights, which are letters, digits, - and _")
        return text

    def write(self, value):
        return value


class Layers:
    """The hidden layers, `neurons-activation` joined by commas; nothing at all for no hidden layer.

    A third part is the layer's own dropout, as in `64-relu-0.2`; without it the field `dropout` counts.
    """

    def read(self, text):
        layers = [self._layer(part) for part in text.split(",")] if text else []
        if len(layers) > MOST_LAYERS:
            raise ValueError("has %d hidden layers; %d at most fit" % (len(layers), MOST_LAYERS))
        return layers

    def _layer(self, part):
        neurons, _, rest = part.partition("-")
        activation, dash, dropout = rest.partition("-")
        if not _is_digits(neurons) or not 1 <= int(neurons) <= MOST_NEURONS:
            raise ValueError("has a layer '%s' whose neurons are not 1 to %d" % (shorten(part), MOST_NEURONS))
        if activation not in HIDDEN_ACTIVATIONS:
            raise ValueError("has a layer '%s' whose activation is not one of %s"
                             % (shorten(part), ", ".join(HIDDEN_ACTIVATIONS)))
        return [int(neurons), activation, DROPOUT.read(dropout) if dash else None]

    def write(self, value):
        return ",".join("%d-%s" % (neurons, activation) + ("" if dropout is None else "-" + number(dropout))
                        for neurons, activation, dropout in value)


DROPOUT = Real(0, 0.95)
SPEEDS = ["1", "2", "4", "8", "15", "30", "100", "0"]  # batches a second; 0 = as fast as it can
HIDEABLE = ["task", "data", "points", "noise", "classes", "features", "standardize", "split", "batch", "shuffle",
            "optimizer", "learning-rate", "regularization", "stopping", "seeds", "init", "layers", "neurons",
            "activation", "dropout", "speed", "reset", "new-weights", "test", "compare", "share"]

FIELDS = [  # key, type, default as it would stand in a link
    ("task", Choice(datasets.TASKS), "classify"),
    ("data", Choice(datasets.NAMES), "spiral"),
    ("points", Whole(30, 2000), "300"),
    ("noise", Real(0, 1), "0.1"),
    ("classes", Whole(2, datasets.MOST_ARMS), "3"),
    ("features", Words(datasets.FEATURE_NAMES, least=1), "x,y"),
    ("standardize", Choice(["auto", "0", "1"]), "auto"),
    ("split", WholeList(3, 1, 98, total=100), "60-20-20"),
    ("layers", Layers(), "10-relu,8-relu"),
    ("init", Choice(["small", "xavier", "he", "zeros", "constant"]), "he"),
    ("scale", Real(0, 10), "0.01"),
    ("loss", Choice(["auto", "categorical_cross_entropy", "mse"]), "auto"),
    ("opt", Choice(["sgd", "momentum", "rmsprop", "adam"]), "adam"),
    ("lr", Real(0, 1000, open=True), "0.02"),
    ("schedule", Choice(["constant", "step", "cosine"]), "constant"),
    ("batch", Whole(1, 2000), "32"),
    ("l1", Real(0, 10), "0"),
    ("l2", Real(0, 10), "0"),
    ("dropout", DROPOUT, "0"),
    ("shuffle", Choice(["0", "1"]), "1"),
    ("epochs", Whole(0, 1000000), "0"),  # 0: no limit
    ("patience", Whole(0, 1000000), "0"),  # 0: no early stopping
    ("seeds", WholeList(4, 0, MOST_SEED), "1-1-1-1"),
    ("lock", Locks(), ""),
    ("speed", Choice(SPEEDS), "0"),
    ("chart", Choice(["linear", "log"]), "linear"),
    ("labels", Choice(["0", "1"]), "0"),  # whether the map of a reconstruction's code is coloured by class
    ("hide", Words(HIDEABLE), ""),
    ("weights", Packed(), ""),
    ("view", Choice(["lab"]), "lab"),
]

# Written into a link only where they differ from their default, which means "as usual" or "off".
QUIET = ["classes", "features", "standardize", "schedule", "epochs", "patience", "lock", "speed", "chart", "labels",
         "hide", "weights", "view"]

# Weights in a link belong to one network on one kind of data: a change of one of these drops them.
DROP_WEIGHTS = ["task", "data", "classes", "features", "layers", "init", "scale", "seeds"]

# Defaults of some tasks that differ from those above.
DATA_OF_TASK = {"classify": "spiral", "regress": "sine", "reconstruct": "digits"}
LAYERS_OF_TASK = {"classify": "10-relu,8-relu", "regress": "8-tanh,8-tanh", "reconstruct": "32-tanh,2-linear,32-tanh"}

# Seeds stand in the link in this order.
DATA_SEED, SPLIT_SEED, INIT_SEED, SHUFFLE_SEED = 0, 1, 2, 3


def defaults():
    """A new spec in which every field has its default."""
    return {key: kind.read(text) for key, kind, text in FIELDS}


def parse(link):
    """The spec of a link's hash (with or without the '#'), and sentences on what could not be used."""
    spec, problems = defaults(), []
    given = _pairs(link, problems)
    version = given.get("v", VERSION)
    if version != VERSION and given:
        problems.append("This link is of version %s; this page reads version %s and used what it knows."
                        % (shorten(version), VERSION))
    for key, kind, default in FIELDS:
        if key in given:
            try:
                spec[key] = kind.read(given[key])
            except ValueError as error:
                problems.append("%s=%s %s; %s is used instead."
                                % (key, shorten(given[key]), error, default or "none"))
    _fit_defaults(spec, given)
    spec, more = settle(spec)
    return spec, problems + more


def _fit_defaults(spec, given):
    """Gives what the link does not name the default that suits what it names."""
    if "task" in given and "data" not in given:
        spec["data"] = DATA_OF_TASK[spec["task"]]
    elif "task" not in given:
        spec["task"] = datasets.find(spec["data"]).tasks[0]
    if "layers" not in given:
        spec["layers"] = Layers().read(LAYERS_OF_TASK[spec["task"]])


def settle(spec):
    """The spec with what does not go together mended, and sentences on each mending."""
    problems, spec = [], dict(spec)

    def mend(key, value, reason):
        kind = next(kind for name, kind, _ in FIELDS if name == key)
        problems.append("%s=%s %s; %s is used instead."
                        % (key, kind.write(spec[key]), reason, kind.write(value) or "none"))
        spec[key] = value

    data = datasets.find(spec["data"])
    if spec["task"] not in data.tasks:
        mend("task", data.tasks[0], "does not go with data=" + data.name)
    if spec["loss"] == "categorical_cross_entropy" and spec["task"] != "classify":
        mend("loss", "auto", "needs classes")
    if min(shapes.split_counts(spec)) == 0:
        mend("split", [60, 20, 20], "leaves a part of the %d rows empty" % shapes.row_count(spec))
    layers = shapes.dense_layers(spec)
    kept = [lock for lock in spec["lock"] if _fits(lock, layers)]
    if kept != spec["lock"]:
        mend("lock", kept, "names what the network does not have")
    return spec, problems


def _fits(lock, layers):
    """Whether there is such a layer, weight or bias."""
    pieces = lock.split(".")
    if int(pieces[0]) > len(layers):
        return False
    n_inputs, n_neurons, _ = layers[int(pieces[0]) - 1]
    return len(pieces) == 1 or (int(pieces[2]) < n_neurons and (pieces[1] == "b" or int(pieces[1]) < n_inputs))


def dropouts(spec):
    """The dropout of each hidden layer: its own, or the field's."""
    return [spec["dropout"] if dropout is None else dropout for _, _, dropout in spec["layers"]]


def standardizes(spec):
    """Whether the features are standardised: as said, or as suits the data set."""
    return datasets.find(spec["data"]).standardize if spec["standardize"] == "auto" else spec["standardize"] == "1"


def loss_of(spec):
    """The loss's name in nncore: as said, or as suits the task."""
    if spec["loss"] != "auto":
        return spec["loss"]
    return "categorical_cross_entropy" if spec["task"] == "classify" else "mse"


def write(spec):
    """The spec as a link's hash, without the '#'. Most defaults are written too: they may change, a link must not."""
    pairs = [(key, kind.write(spec[key]), default) for key, kind, default in FIELDS]
    return "&".join(["v=" + VERSION] + [key + "=" + value for key, value, default in pairs
                                        if key not in QUIET or value != default])


def changed(spec, key, value):
    """A copy of the spec with one field changed; weights that came with a link go where they no longer belong."""
    copy = dict(spec)
    if key in DROP_WEIGHTS:
        copy["weights"] = ""
    copy[key] = value
    return copy


def with_seed(spec, which, seed):
    """A copy of the spec with one of the four seeds changed."""
    seeds = list(spec["seeds"])
    seeds[which] = seed
    return changed(spec, "seeds", seeds)


def read_field(key, text):
    """The value that a person typed for one field; ValueError with the rest of a sentence if it can't be used."""
    for name, kind, _ in FIELDS:
        if name == key:
            return kind.read(text.strip())
    raise KeyError(key)


def _pairs(link, problems):
    """The link's `key=value` pairs as a dict of text; the first of a repeated key counts."""
    found = {}
    for pair in link.lstrip("#").split("&"):
        if not pair:
            continue
        key, equals, value = pair.partition("=")
        if not equals:
            problems.append("'%s' is not key=value and was ignored." % shorten(pair))
        elif key not in found:
            found[key] = _unquote(value)
    return found


def _unquote(text):
    """Undoes %XX for ASCII, as some programs write it into links; anything else stays as it is."""
    parts = text.split("%")
    out = parts[0]
    for part in parts[1:]:
        code = part[:2]
        if len(code) == 2 and all(c in "0123456789abcdefABCDEF" for c in code) and int(code, 16) < 128:
            out += chr(int(code, 16)) + part[2:]
        else:
            out += "%" + part
    return out


def _is_digits(text):
    return 0 < len(text) < 12 and all(c in "0123456789" for c in text)


def shorten(text):
    """A stranger's text, short enough for a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"


def number(value):
    """A number in as few characters as say it: 32, 0.01, 1e-05."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else "%.10g" % value
