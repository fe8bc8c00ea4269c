"""The two matrices of a product and all that follows from them, in exact decimal numbers.

Entries are whole ten-thousandths and products whole hundred-millionths, so that what is printed adds up as
printed. Pure Python in the MicroPython subset.
"""
import kinds

DIGITS = 4  # decimals of an entry; a product of two has twice as many
MOST_IN_TABLE = 4  # decimals that the result's table shows


class Scene:
    """What the spec says of the matrices: as stored, as multiplied, their product, how each is written."""

    def __init__(self, spec):
        self.layer = spec["dot-layer"]
        self.names = ("A", "B", "C") if self.layer == "0" else ("X", "W", "Z")
        self.turned = ("a" in spec["dot-transposed"], "b" in spec["dot-transposed"])
        self.stored = [entries(spec["dot-" + which], spec["dot-seed"], which) for which in "ab"]
        self.left, self.right = [transposed(rows) if turn else rows for rows, turn in zip(self.stored, self.turned)]
        self.m, self.n = len(self.left), len(self.left[0])
        self.inner, self.p = len(self.right), len(self.right[0])
        self.agree = self.n == self.inner
        self.unlocked = spec["dot-unlock"] == "1" or not self.agree
        self.places = (places_of(self.left), places_of(self.right))
        self.columns = transposed(self.right)
        self.result = [[sum(self.products(i, j)) for j in range(self.p)] for i in range(self.m)] if self.agree else None
        self.result_places = min(sum(self.places), MOST_IN_TABLE)
        self.scale = max(largest(self.left), largest(self.right)) or 1
        self.result_scale = (largest(self.result) if self.agree else 0) or 1

    def products(self, i, j):
        """The products of row i with column j, in hundred-millionths."""
        row, column = self.left[i], self.columns[j]
        return [row[k] * column[k] for k in range(self.n)]

    def label(self, side):
        """A, or Aᵀ where it is transposed."""
        return self.names[side] + ("ᵀ" if self.turned[side] else "")

    def code(self):
        """The product as NumPy writes it: A.T @ B."""
        return " @ ".join(self.names[side] + (".T" if self.turned[side] else "") for side in (0, 1))

    def shape(self, side):
        """Rows and columns of the left (0) or the right (1) matrix as multiplied."""
        return (self.inner, self.p) if side else (self.m, self.n)

    def left_text(self, i, k):
        """An entry of the left matrix, as short as can be."""
        return shown(self.left[i][k], DIGITS)

    def right_text(self, k, j):
        return shown(self.right[k][j], DIGITS)

    def exact(self, value):
        """A product or a sum of products in full, with as many decimals as any of this product's."""
        return shown(value, 2 * DIGITS, sum(self.places))

    def mends(self):
        """Of an impossible product: which transposes make it possible, each as a list of sides."""
        (m, n), (k, p) = self.shape(0), self.shape(1)
        return [sides for sides, fits in (([0], m == k), ([1], n == p)) if fits] or ([[0, 1]] if m == p else [])


def entries(matrix, seed, which):
    """The rows of a matrix; where only its shape is given, entries that follow from the seed."""
    rows, columns, typed = matrix
    return typed or [[pattern(seed, which, i, j) for j in range(columns)] for i in range(rows)]


def pattern(seed, which, i, j):
    """An entry that nobody typed: a small whole number on the left, halves on the right; by its place, so that it
    stays when the matrix grows."""
    mixed = (seed * 7919 + i * 1299709 + j * 15485863 + (104729 if which == "a" else 0)) & 0xFFFFFFFF
    for _ in range(2):
        mixed = ((mixed ^ (mixed >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    number = (mixed >> 12) % 9 - 4
    return number * (10000 if which == "a" else 5000)


def transposed(rows):
    return [[row[j] for row in rows] for j in range(len(rows[0]))]


def resized(spec, which, rows, columns):
    """The matrix with so many rows and columns: entries at the edge go, or are added by the seed."""
    _, _, typed = spec["dot-" + which]
    if typed:
        seed = spec["dot-seed"]
        typed = [[typed[i][j] if i < len(typed) and j < len(typed[0]) else pattern(seed, which, i, j)
                  for j in range(columns)] for i in range(rows)]
    return [rows, columns, typed]


def places_of(rows):
    """The decimals that the entries need."""
    for places in range(DIGITS):
        unit = 10 ** (DIGITS - places)
        if all(entry % unit == 0 for row in rows for entry in row):
            return places
    return DIGITS


def largest(rows):
    return max(max(abs(entry) for entry in row) for row in rows)


def shown(value, digits, places=None):
    """A decimal number as it is printed: with a real minus sign."""
    return kinds.decimal(value, digits, places, "−")
