"""Kinds of values that a link can hold: each reads its text or says what is wrong with it, and writes it again.

`read` raises ValueError with the rest of a sentence that begins with the text itself. Plain Python in
the MicroPython subset.
"""

HIDDEN_ACTIVATIONS = ["relu", "tanh", "sigmoid", "leaky_relu", "gelu", "swish", "linear"]
MOST_DROPOUT = 0.95
MOST_LAYERS = 8
MOST_NEURONS = 1024
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
        if not is_digits(text) or not self.low <= int(text) <= self.high:
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
        if len(parts) != self.count or not all(is_digits(part) for part in parts):
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
        if len(pieces) not in (1, 3) or not all(is_digits(piece) for piece in numbers) or int(pieces[0]) < 1:
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
        if not is_digits(neurons) or not 1 <= int(neurons) <= MOST_NEURONS:
            raise ValueError("has a layer '%s' whose neurons are not 1 to %d" % (shorten(part), MOST_NEURONS))
        if activation not in HIDDEN_ACTIVATIONS:
            raise ValueError("has a layer '%s' whose activation is not one of %s"
                             % (shorten(part), ", ".join(HIDDEN_ACTIVATIONS)))
        return [int(neurons), activation, Real(0, MOST_DROPOUT).read(dropout) if dash else None]

    def write(self, value):
        return ",".join("%d-%s" % (neurons, activation) + ("" if dropout is None else "-" + number(dropout))
                        for neurons, activation, dropout in value)


def is_digits(text):
    """Whether a text is a whole number in the digits 0 to 9, and not absurdly long."""
    return 0 < len(text) < 12 and all(c in "0123456789" for c in text)


def shorten(text):
    """A stranger's text, short enough for a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"


def number(value):
    """A number in as few characters as say it: 32, 0.01, 1e-05."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else "%.10g" % value
