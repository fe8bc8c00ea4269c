"""Python's own signs in the place of those that word processors and other keyboards write, in a list that is read as data.

Inside of quotes nothing changes. Every character keeps its place, so that a refusal names the right column. Plain
Python in the MicroPython subset.
"""
from characters import BLANKS, DASHES, DOUBLE_QUOTES, INVISIBLE, SINGLE_QUOTES, digit, narrow

KEPT_BLANKS = " \t\r\n"
ARABIC_COMMA = "\u060c"
MINUS, QUOTES, OTHERS = "minus signs", "quotes", "characters of another width or script"


def plain(text):
    """The text's characters as Python writes them, as a list, and a list of at most one remark on what was replaced."""
    chars = list(text)
    if len(text.encode()) == len(chars):
        return chars, []  # ASCII throughout
    told, at = [], 0
    while at < len(chars):
        char = chars[at]
        if char in "'\"":
            at = _end_of_text(chars, at, char)
        elif char > "\x7f":
            if (char in DOUBLE_QUOTES or char in SINGLE_QUOTES) and _is_closed(chars, at):
                at = _replace_quotes(chars, at)
                _note(told, QUOTES)
            else:
                _replace(chars, at, told)
        at += 1
    return chars, ["Read as Python writes them: %s." % " and ".join(told)] if told else []


def _replace(chars, at, told):
    """One character outside of quotes."""
    char = chars[at]
    if char in DASHES:
        chars[at] = "-"
        _note(told, MINUS)
    elif char in BLANKS or char in INVISIBLE:
        chars[at] = char if char in KEPT_BLANKS else " "
    else:
        chars[at] = "," if char == ARABIC_COMMA else narrow(digit(char))
        if chars[at] != char:
            _note(told, OTHERS)


def _end_of_text(chars, at, quote):
    """Where a text in Python's own quotes ends."""
    at += 1
    while at < len(chars) and chars[at] != quote:
        at += 2 if chars[at] == "\\" else 1
    return at


def _closing(chars, at):
    """Where a text in typographic quotes ends: at the next quote of its kind in the same line; None where there is none."""
    family = DOUBLE_QUOTES if chars[at] in DOUBLE_QUOTES else SINGLE_QUOTES
    for end in range(at + 1, len(chars)):
        if chars[end] == "\n":
            return None
        if chars[end] in family:
            return end
    return None


def _is_closed(chars, at):
    return _closing(chars, at) is not None


def _replace_quotes(chars, at):
    """Puts Python's own quotes around a text, the kind that it does not hold; where it ends."""
    end = _closing(chars, at)
    own = "'" if '"' in chars[at + 1:end] or (chars[at] in SINGLE_QUOTES and "'" not in chars[at + 1:end]) else '"'
    chars[at] = chars[end] = own
    return end


def _note(told, words):
    if words not in told:
        told.append(words)
