"""Kinds of values that a link can hold: each reads its text or says what is wrong with it, and writes it again.

`read` raises ValueError with the rest of a sentence that begins with the text itself. Plain Python in
the MicroPython subset.
"""

HIDDEN_ACTIVATIONS = ["relu", "tanh", "sigmoid", "leaky_relu", "gelu", "swish", "linear"]
MOST_DROPOUT = 0.95
MOST_ENTRY = 1000  # in size, of a matrix of the exhibits
MOST_LAYERS = 8
MOST_NEURONS = 1024
MOST_PACKED = 4000000  # characters
MOST_SEED = 4294967295  # NumPy's seeds are 32 bits wide
MOST_SIDE = 12  # rows or columns of a matrix of the exhibits


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
        value = float(text) if is_real(text) else None
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


class Cell:
    """One cell of a matrix, as `key.row.column` with one of the keys; empty for none."""

    def __init__(self, keys):
        self.keys = keys

    def read(self, text):
        parts = text.split(".")
        if text and (len(parts) != 3 or parts[0] not in self.keys or not is_digits(parts[1]) or not is_digits(parts[2])):
            raise ValueError("is no cell such as z.2.3, with one of " + ", ".join(self.keys))
        return "%s.%d.%d" % (parts[0], int(parts[1]), int(parts[2])) if text else ""

    def write(self, value):
        return value


class Packed:
    """The network's weights and biases, packed by the engine into letters, digits, - and _; empty for the seed's own."""

    def read(self, text):
        if len(text) > MOST_PACKED or not all(c.isalpha() and c < "{" or c in "0123456789-_" for c in text):
            raise ValueError("is no packed weights, which are letters, digits, - and _")
        return text

    def write(self, value):
        return value


class Points:
    """A set of points by its name, or one's own `x,y` joined by semicolons; `none` for no point at all.

    Coordinates are rounded to two decimals and go from -half to half.
    """

    def __init__(self, names, half, most):
        self.names, self.half, self.most = names, half, most

    def read(self, text):
        if text in self.names:
            return text
        if len(text) > 24 * self.most:
            raise ValueError("is longer than the %d points that fit" % self.most)
        parts = [] if text == "none" else text.split(";")
        if len(parts) > self.most:
            raise ValueError("has %d points; %d at most fit" % (len(parts), self.most))
        return [self._point(part) for part in parts]

    def _point(self, part):
        try:
            point = [round(Real(-self.half, self.half).read(each), 2) + 0.0 for each in part.split(",")]
        except ValueError:
            point = []
        if len(point) != 2:
            raise ValueError("has '%s', which is no point x,y with numbers from %s to %s, and no name of %s"
                             % (shorten(part), number(-self.half), number(self.half), ", ".join(self.names)))
        return point

    def write(self, value):
        if value in self.names:
            return value
        return ";".join("%s,%s" % (number(x), number(y)) for x, y in value) or "none"


class Text:
    """A person's own text, up to `most` characters; in a link all but letters, digits and a few marks stands as %XX."""

    PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.,()[]"

    def __init__(self, most):
        self.most = most
        self.last = ("", "")  # the text last written and how: a link is written far more often than the text changes

    def read(self, text):
        if len(text) > self.most:
            raise ValueError("is a text of more than %d characters" % self.most)
        return text

    def write(self, value):
        if self.last[0] != value:
            written = "".join(char if char in self.PLAIN else "".join("%%%02X" % byte for byte in char.encode())
                              for char in value)
            self.last = (value, written)
        return self.last[1]


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


class Matrix:
    """A matrix of the exhibits: its shape alone, `2x3`, where a seed gives the entries, or its rows, `1,2,3/4,5,-0.5`.

    As a value: [rows, columns, entries], entries None or a list of rows in whole ten-thousandths, so that products
    and sums of them are exact.
    """

    def read(self, text):
        rows, times, columns = text.partition("x")
        if times:
            if not all(is_digits(side) and 1 <= int(side) <= MOST_SIDE for side in (rows, columns)):
                raise ValueError("is no shape from 1x1 to %dx%d" % (MOST_SIDE, MOST_SIDE))
            return [int(rows), int(columns), None]
        entries = [[self._entry(word) for word in row.split(",")] for row in text.split("/")]
        if any(len(row) != len(entries[0]) for row in entries):
            raise ValueError("has rows of different lengths")
        if max(len(entries), len(entries[0])) > MOST_SIDE:
            raise ValueError("has more than %d rows or columns" % MOST_SIDE)
        return [len(entries), len(entries[0]), entries]

    def _entry(self, word):
        if not is_real(word):
            raise ValueError("has '%s', which is not a number" % shorten(word))
        entry, rounded = ten_thousandths(float(word))
        if rounded:
            raise ValueError("has '%s', which has more than 4 decimals" % shorten(word))
        return entry

    def write(self, value):
        rows, columns, entries = value
        if entries is None:
            return "%dx%d" % (rows, columns)
        return "/".join(",".join(decimal(entry, 4) for entry in row) for row in entries)


def ten_thousandths(value):
    """A number as whole ten-thousandths, and whether it had to be rounded; ValueError with the rest of a sentence."""
    if not -MOST_ENTRY <= value <= MOST_ENTRY:
        raise ValueError("has %s, which is not from %d to %d" % (shorten(str(value)), -MOST_ENTRY, MOST_ENTRY))
    entry = int(round(value * 10000))
    return entry, abs(value * 10000 - entry) > 1e-6


def decimal(value, digits, places=None, minus="-"):
    """value / 10 ** digits: in full and as short as can be, or with so many places, rounded half away from zero."""
    size = abs(value)
    if places is None:
        places = digits
        while places and size % 10 == 0:
            size, places = size // 10, places - 1
    elif places < digits:
        unit = 10 ** (digits - places)
        size = (2 * size + unit) // (2 * unit)
    else:
        size *= 10 ** (places - digits)
    text = str(size)
    if places:
        text = "0" * max(0, places + 1 - len(text)) + text
        text = text[:-places] + "." + text[-places:]
    return (minus if value < 0 and size else "") + text


def is_digits(text):
    """Whether a text is a whole number in the digits 0 to 9, and not absurdly long."""
    return 0 < len(text) < 12 and all(c in "0123456789" for c in text)


def is_real(text):
    """Whether a text is a number in the form -12.5e-3, the only one that all Pythons read alike (1_000, nan, ٣ are not)."""
    mantissa, e, exponent = text.replace("E", "e").partition("e")
    whole, _, fraction = _unsigned(mantissa).partition(".")
    exponent = _unsigned(exponent)
    return (whole + fraction != "" and all(c in "0123456789" for c in whole + fraction + exponent)
            and (exponent != "" or not e))


def _unsigned(text):
    return text[1:] if text[:1] in ("+", "-") else text


def shorten(text):
    """A stranger's text, short enough for a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"


def number(value):
    """A number in as few characters as say it: 32, 0.01, 1e-05."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else "%.10g" % value
