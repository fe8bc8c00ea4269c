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


class Layers:
    """The hidden layers, `neurons-activation` joined by commas; nothing at all for no hidden layer."""

    def read(self, text):
        layers = [self._layer(part) for part in text.split(",")] if text else []
        if len(layers) > MOST_LAYERS:
            raise ValueError("has %d hidden layers; %d at most fit" % (len(layers), MOST_LAYERS))
        return layers

    def _layer(self, part):
        neurons, _, activation = part.partition("-")
        if not _is_digits(neurons) or not 1 <= int(neurons) <= MOST_NEURONS:
            raise ValueError("has a layer '%s' whose neurons are not 1 to %d" % (shorten(part), MOST_NEURONS))
        if activation not in HIDDEN_ACTIVATIONS:
            raise ValueError("has a layer '%s' whose activation is not one of %s"
                             % (shorten(part), ", ".join(HIDDEN_ACTIVATIONS)))
        return [int(neurons), activation]

    def write(self, value):
        return ",".join("%d-%s" % (neurons, activation) for neurons, activation in value)


FIELDS = [  # key, type, default as it would stand in a link
    ("task", Choice(["classify"]), "classify"),
    ("data", Choice(datasets.NAMES), "spiral"),
    ("points", Whole(30, 2000), "300"),
    ("noise", Real(0, 1), "0.1"),
    ("split", WholeList(3, 1, 98, total=100), "60-20-20"),
    ("layers", Layers(), "10-relu,8-relu"),
    ("init", Choice(["small", "xavier", "he", "zeros", "constant"]), "he"),
    ("scale", Real(0, 10), "0.01"),
    ("loss", Choice(["categorical_cross_entropy", "mse"]), "categorical_cross_entropy"),
    ("opt", Choice(["sgd", "momentum", "rmsprop", "adam"]), "adam"),
    ("lr", Real(0, 1000, open=True), "0.02"),
    ("batch", Whole(1, 2000), "32"),
    ("l1", Real(0, 10), "0"),
    ("l2", Real(0, 10), "0"),
    ("dropout", Real(0, 0.95), "0"),
    ("shuffle", Choice(["0", "1"]), "1"),
    ("seeds", WholeList(4, 0, MOST_SEED), "1-1-1-1"),
    ("view", Choice(["lab"]), "lab"),
]

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
    spec, more = settle(spec)
    return spec, problems + more


def settle(spec):
    """The spec with what does not go together mended, and sentences on it: no part of a split may be empty."""
    if min(shapes.split_counts(spec)) > 0:
        return spec, []
    split = WholeList(3, 0, 100).write(spec["split"])
    return changed(spec, "split", defaults()["split"]), [
        "split=%s leaves a part of the %d rows empty; 60-20-20 is used instead." % (split, shapes.row_count(spec))]


def write(spec):
    """The spec as a link's hash, without the '#'. Defaults are written too: they may change, a link must not."""
    return "&".join(["v=" + VERSION] + [key + "=" + kind.write(spec[key]) for key, kind, _ in FIELDS])


def changed(spec, key, value):
    """A copy of the spec with one field changed."""
    copy = dict(spec)
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
