"""Reads a typed or pasted matrix: one row a line, or a nested Python list. As data, never evaluated."""
import kinds
from exhibits import literal

MOST = literal.MOST  # characters: 144 numbers need far fewer
LIST = ["[", "(", "array(", "np.array(", "numpy.array("]  # what a nested list begins with
ROUNDED = "Numbers with more than 4 decimals were rounded to 4, so that every product can be printed in full."
HOW = "Write one row a line, such as 1 2 3, or a list such as [[1, 2, 3], [4, 5, 6]]."


def read(text):
    """[rows, columns, entries] as kinds.Matrix has it, and a remark or ""; ValueError with a sentence."""
    if len(text) > MOST:
        raise ValueError(too_long(len(text)))
    if not text.replace(";", "").strip():
        raise ValueError("There is nothing to read. " + HOW)
    rows = _rows_of_list(text) if any(text.strip().startswith(sign) for sign in LIST) else _rows_of_lines(text)
    if len(rows) > kinds.MOST_SIDE:
        raise ValueError("That has %d rows; up to %d fit." % (len(rows), kinds.MOST_SIDE))
    for i, row in enumerate(rows):
        if len(row) > kinds.MOST_SIDE:
            raise ValueError("Row %d has %d numbers; up to %d columns fit." % (i, len(row), kinds.MOST_SIDE))
        if not row:
            raise ValueError("Row %d is empty. %s" % (i, HOW))
        if len(row) != len(rows[0]):
            raise ValueError("Row %d has %s, row 0 has %d: all rows of a matrix are equally long."
                             % (i, "1 number" if len(row) == 1 else "%d numbers" % len(row), len(rows[0])))
    rounded, out = False, []
    for i, row in enumerate(rows):
        out.append([])
        for j, value in enumerate(row):
            try:
                entry, cut = kinds.ten_thousandths(value)
            except ValueError as error:
                raise ValueError("Row %d, column %d %s." % (i, j, error))
            out[-1].append(entry)
            rounded = rounded or cut
    return [len(out), len(out[0]), out], ROUNDED if rounded else ""


def too_long(count):
    return ("That is %s characters long; up to %s are read here, and 12 rows of 12 numbers need far fewer."
            % (literal.grouped(count), literal.grouped(MOST)))


def _rows_of_list(text):
    value, _ = literal.read(text.replace("−", "-"))
    if not isinstance(value, (list, tuple)):
        raise ValueError("That is one number and no matrix: write [[%s]] for one row of one." % text.strip()[:20])
    if not value:
        raise ValueError("The list is empty. " + HOW)
    if not any(isinstance(row, (list, tuple)) for row in value):
        value = [value]  # a flat list is one row
    for i, row in enumerate(value):
        if not isinstance(row, (list, tuple)):
            raise ValueError("Row %d is a single value and no list, other rows are lists: all rows are equally long." % i)
        for j, entry in enumerate(row):
            if isinstance(entry, (list, tuple)):
                raise ValueError("Row %d, column %d is a list itself: a matrix has two levels of brackets, this has more."
                                 % (i, j))
            if isinstance(entry, (bool, str)) or entry is None:
                raise ValueError("Row %d, column %d is %s, which is not a number." % (i, j, kinds.shorten(repr(entry))))
    return value


def _rows_of_lines(text):
    lines = [line for line in text.replace(";", "\n").replace("\r", "\n").split("\n") if line.strip()]
    return [[_number(word, i) for word in line.replace(",", " ").replace("\t", " ").split()] for i, line in enumerate(lines)]


def _number(word, row):
    plain = word.replace("−", "-")
    try:
        return float(plain) if all(c in "0123456789.+-eE" for c in plain) else _special(plain)
    except ValueError:
        raise ValueError("Row %d has '%s', which is not a number. %s" % (row, kinds.shorten(word), HOW))


def _special(word):
    if word.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return float("nan")  # refused with its place
    raise ValueError(word)
