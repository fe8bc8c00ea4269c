"""Reads a typed or pasted matrix: one row a line, or a nested Python list. As data, never evaluated."""
import kinds
import typed
from characters import BLANKS, left_stripped, narrow, stripped
from exhibits import literal

MOST = literal.MOST  # characters: 144 numbers need far fewer
LIST = ["[", "(", "array(", "np.array(", "numpy.array("]  # what a nested list begins with
LINE_ENDS = ";\r\u2028\u2029\uff1b"  # besides \n
COMMAS = ",\uff0c\u060c"
TABS_AND_COMMAS = "The commas were read as decimal commas, since tabs set the numbers apart."
ROUNDED = "Numbers with more than 4 decimals were rounded to 4, so that every product can be printed in full."
HOW = "Write one row a line, such as 1 2 3, or a list such as [[1, 2, 3], [4, 5, 6]]."


def read(text):
    """[rows, columns, entries] as kinds.Matrix has it, and a remark or ""; ValueError with a sentence."""
    if len(text) > MOST:
        raise ValueError(too_long(len(text)))
    if not text.replace(";", "").strip():
        raise ValueError("There is nothing to read. " + HOW)
    beginning = "".join(narrow(char) for char in text.strip()[:20])
    is_list = any(beginning.startswith(sign) for sign in LIST)
    rows, remarks = _rows_of_list(text) if is_list else _rows_of_lines(text)
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
    return [len(out), len(out[0]), out], " ".join(remarks + ([ROUNDED] if rounded else []))


def too_long(count):
    return ("That is %s characters long; up to %s are read here, and 12 rows of 12 numbers need far fewer."
            % (literal.grouped(count), literal.grouped(MOST)))


def _rows_of_list(text):
    value, remarks = literal.read(text)
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
    return value, remarks


def _rows_of_lines(text):
    text = "".join("\n" if char in LINE_ENDS else "," if char in COMMAS else char for char in text)
    lines = [line for line in text.split("\n") if stripped(line, BLANKS)]
    has_decimal_commas = all(_is_of_tabs(line) for line in lines) and "," in text
    rows = [line.split("\t") if has_decimal_commas else _words(line, i) for i, line in enumerate(lines)]
    rows = [[_number(word, i) for word in row if stripped(word, BLANKS)] for i, row in enumerate(rows)]
    return rows, [TABS_AND_COMMAS] if has_decimal_commas else []


def _is_of_tabs(line):
    """Whether tabs set the numbers of a line apart, as in what is copied from a table: then commas are decimal ones."""
    cells = [stripped(cell, BLANKS) for cell in line.split("\t")]
    return len(cells) > 1 and all(cell[-1:] != "," and cell.count(",") < 2 and not any(blank in cell for blank in BLANKS)
                                  for cell in cells)


def _words(line, row):
    """What blanks or commas set apart; where it might be either, the commas are asked about."""
    line = "".join(" " if char in BLANKS else char for char in line).strip(" ")
    words = line.split()
    is_separated = any(word[0] == "," or word[-1] == "," for word in words)
    if len(words) > 1 and not is_separated and "," in line:
        raise ValueError("Row %d has '%s': is that one number or several? Write a decimal point, or blanks alone between "
                         "the numbers." % (row, kinds.shorten(next(word for word in words if "," in word))))
    return line.replace(",", " ").split()


def _number(word, row):
    if left_stripped(word.lower(), "+-−") in ("nan", "inf", "infinity"):
        return float("nan")  # refused with its place
    try:
        plain = typed.plain(word)
    except ValueError as error:
        raise ValueError("Row %d has '%s', which %s." % (row, kinds.shorten(word), error))
    if plain is None:
        raise ValueError("Row %d has '%s', which is not a number. %s" % (row, kinds.shorten(word), HOW))
    return float(plain)
