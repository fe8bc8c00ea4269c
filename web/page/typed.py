"""Numbers as people type them and the page prints them: 0,01 and −3 and 1 000 and 2·10⁻³, each made plain for Python.

What is taken, wherever the page asks for one number:

- a sign: + or any dash; digits of any script; an exponent as e−3, E-3, ·10⁻³, ×10^-3 or 10^-3 alone; ½, ¼, ¾
- a decimal point or comma; groups of three digits set apart by blanks of any width, apostrophes, underscores,
  or by the one of point and comma that is not the decimal sign

A single point always is a decimal point, for so the page writes. A single comma with three digits behind it
(1,000) is thousands to some people and a fraction to others: for a whole number it means thousands, anywhere else it
is refused with both readings, and so is 1.000 where a whole number is asked for. What Python reads beyond this (nan,
inf, 0x10) is no number that a person types; both Pythons of this page read the rest alike. MicroPython subset.
"""
import kinds
from characters import BLANKS, DASHES, INVISIBLE, digit, narrow, without

LONGEST = 60  # characters
PLAIN = {"\u066b": ".", "\u066c": "'", "\u060c": ",", "\u2019": "'", "\u00b4": "'", "\u02bc": "'", "\u207a": "+",
         "\u22c5": "\u00b7", "\u2219": "\u00b7"}
SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
RAISED_MINUS = "\u207b"
TIMES = "\u00b7\u00d7*x"
FRACTIONS = {"\u00bd": ".5", "\u00bc": ".25", "\u00be": ".75"}


def read(kind, text):
    """The value of a kind that a person typed; ValueError with the rest of a sentence that begins with the text."""
    if isinstance(kind, kinds.Whole):
        return kind.read(plain(text, True) or text)
    if isinstance(kind, kinds.Real):
        return kind.read(plain(text, False) or text)
    return kind.read(text.strip())


def plain(text, whole=False):
    """The text of a number as Python reads it, or None where it is no number; ValueError where it can mean two.

    For a `whole` number a comma before three digits sets thousands apart.
    """
    text = _folded(text)
    if not text or len(text) > LONGEST:
        return None
    sign = ""
    if text[0] in "+-":
        sign, text = text[0].replace("+", ""), text[1:].strip(" ")
    if text and text[-1] in FRACTIONS:
        before = text[:-1].strip(" ")
        return sign + (before or "0") + FRACTIONS[text[-1]] if not before or kinds.is_digits(before) else None
    mantissa, exponent = _parts(text)
    if exponent is None or not mantissa:
        return None
    number = _decimal(mantissa, whole)
    if number is None:
        return None
    if whole and exponent:
        return _whole(number + "e" + exponent, sign)
    return sign + number + ("e" + exponent if exponent else "")


def _folded(text):
    """The text in ASCII as far as it can be, with single blanks, and ^ before what was raised."""
    out, raised = "", False
    for char in without(text[:4 * LONGEST], INVISIBLE):
        is_raised = char in SUPERSCRIPTS or char == RAISED_MINUS or (char == "\u207a")
        if is_raised and not raised:
            out += "^"
        raised = is_raised
        if char in SUPERSCRIPTS:
            out += str(SUPERSCRIPTS.index(char))
        elif char in DASHES or char == RAISED_MINUS:
            out += "-"
        elif char in BLANKS:
            out += "" if out[-1:] == " " else " "
        else:
            char = narrow(digit(char))
            out += PLAIN.get(char, char)
    return out.strip(" ").replace("**", "^")


def _parts(text):
    """Mantissa and exponent, "" where there is none; (…, None) where what looks like a power of ten is none."""
    for e in "eE":
        if e in text:
            mantissa, _, exponent = text.partition(e)
            return mantissa.strip(" "), _exponent(exponent)
    if "^" not in text:
        return text, ""
    before, _, exponent = text.partition("^")
    before = before.strip(" ")
    if before[-2:] != "10":
        return before, None
    mantissa = before[:-2].strip(" ")
    if not mantissa:
        return "1", _exponent(exponent)
    if mantissa[-1] not in TIMES:
        return mantissa, None
    return mantissa[:-1].strip(" "), _exponent(exponent)


def _exponent(text):
    """An exponent's sign and digits; None where it is none."""
    text = text.strip(" ")
    sign = "-" if text[:1] == "-" else ""
    digits = text[1:].strip(" ") if text[:1] in ("+", "-") else text
    return sign + digits if kinds.is_digits(digits) and len(digits) < 5 else None


def _decimal(text, whole):
    """Digits with at most a decimal point, out of a text with points, commas and groups; None where it is no number."""
    if not all(char in "0123456789.,' _" for char in text):
        return None
    points, commas = text.count("."), text.count(",")
    mark = ""
    if points and commas:
        mark = "." if text.rfind(".") > text.rfind(",") else ","
        if text.count(mark) > 1:
            return None
    elif points == 1 or commas == 1:
        mark = "." if points else ","
        if _may_be_thousands(text, mark) and (mark == "," or whole):
            if not whole or mark == ".":
                raise ValueError(_two_readings(text, mark))
            mark = ""
    integer, _, fraction = text.partition(mark) if mark else (text, "", "")
    integer = _ungrouped(integer)
    if integer is None or not (integer or fraction) or not all(char in "0123456789" for char in fraction):
        return None
    return (integer or "0") + ("." + (fraction or "0") if mark else "")


def _may_be_thousands(text, mark):
    """Whether one point or comma stands where it would set thousands apart: 1,000 but not 0,001 or 1234,567."""
    before, _, after = text.partition(mark)
    return kinds.is_digits(before) and len(before) <= 3 and before[0] != "0" and kinds.is_digits(after) and len(after) == 3


def _two_readings(text, mark):
    return "can mean %s or %s: write it without a %s%s" % (
        text.replace(mark, ""), text.replace(mark, "."), "comma" if mark == "," else "point",
        ", or with a point" if mark == "," else "")


def _ungrouped(text):
    """The digits of a whole number whose thousands may be set apart, all in the same way; None where they are not."""
    marks = [char for char in text if char not in "0123456789"]
    if not marks:
        return text
    groups = text.split(marks[0])
    if not all(len(group) == 3 for group in groups[1:]) or not 1 <= len(groups[0]) <= 3 or groups[0][0] == "0":
        return None
    return "".join(groups) if all(char in "0123456789" for char in "".join(groups)) else None


def _whole(text, sign):
    """A whole number that was written with an exponent, such as 1e3; None where it is not whole or too large."""
    value = float(text)
    return sign + str(int(value)) if value < 1e11 and value == int(value) else None
