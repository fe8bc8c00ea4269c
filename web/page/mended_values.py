"""The value of a setting that does not read as it stands, with what programs and typing did to it undone step by step.

Each step takes away one kind of change, and the first form that reads is taken. A value that is empty then is no
value. Plain Python in the MicroPython subset.
"""
import kinds
import typed
from characters import (BLANKS, DASHES, DOUBLE_QUOTES, INVISIBLE, SINGLE_QUOTES, lower, narrow, right_stripped, unquote,
                        without)
from entities import ENTITIES, replaced

ENCODED, MAIL, DASHED, WIDE = "encoded once too often", "mail's =3D for =", "typographic dashes", "full-width characters"
HIDDEN, SPACED, ESCAPED = "invisible characters", "blanks", "backslashes"
AROUND = "quotes, brackets or punctuation around it"
BEHIND, NUMBER, CASE, GARBLED = "words behind it", "a number's form", "upper case", "characters in another encoding"

PUNCTUATION = DOUBLE_QUOTES + SINGLE_QUOTES + "<>()[]{}.,;:!?…*_~|/\\^&#。、"
LISTS = ["[", "(", "{"]
CUTS = DOUBLE_QUOTES + "<>()[]{}|#?!;"  # none of what follows one of these belongs to a value
MISREAD_DASHES = ["â€“", "â€”", "â€‘", "âˆ’", "â€\x90"]  # UTF-8 that was read as Windows' own


def reads(kind, text):
    """Whether a text is a value of that kind."""
    try:
        kind.read(text)
    except ValueError:
        return False
    return True


def mended(kind, text, note):
    """The text in a form that reads, or None where there is none; `note` hears of each kind of change."""
    done, spaced = [], text
    for step in _steps(kind, text):
        text = step(text, done.append)
        if text == "":
            return None
        for form in [text] if isinstance(kind, kinds.Packed) else [text, lower(text)]:
            if reads(kind, form):
                _tell(done + ([CASE] if form != text else []), note)
                return form
        if step == _plain:
            spaced = text
    cut = None if isinstance(kind, (kinds.Packed, kinds.Words)) else _without_rest(kind, spaced)
    if cut is not None:
        _tell([BEHIND], note)
    return cut


def _tell(done, note):
    for words in done:
        note(words)


def tidy(text):
    """A value of which nothing is known, without what surely does not belong to it."""
    for step in (_plain, _unspaced, _unwrapped):
        text = step(text, _unheard)
    return text


def _unheard(words):
    """Where nobody is told what was changed."""


def words(text, known):
    """The words of a list, of which some are unknown, with whatever hides the known ones taken away."""
    out = []
    text = "".join("," if char in BLANKS or char in ";+|" else char for char in _plain(text, _unheard))
    for word in text.split(","):
        word = tidy(word)
        word = word if word in known else lower(word)
        if word and word not in out:
            out.append(word)
    return out


def _steps(kind, text):
    """What is undone, in this order. Of packed weights every letter counts: only what is around them goes."""
    if isinstance(kind, kinds.Packed):
        return [_unbroken, _ended]
    numbers = [_real] if isinstance(kind, kinds.Real) else [_whole] if isinstance(kind, kinds.Whole) else []
    if text[:1] in LISTS:
        numbers = []  # [1,2] is no 1.2
    early = [_same, _unentitled, _decoded, _without_mail, _plain]
    return early + numbers + [_unspaced] + numbers + [_unwrapped, _unescaped] + numbers


def _same(text, note):
    return text


def _unentitled(text, note):
    return replaced(text, note)


def _decoded(text, note):
    again = unquote(text)
    while again != text:
        note(ENCODED)
        text, again = again, unquote(again)
    return text


def _without_mail(text, note):
    if text[:2] not in ("3D", "3d"):
        return text
    note(MAIL)
    return text[2:]


def _plain(text, note):
    """ASCII in the place of what looks like it."""
    for misread in MISREAD_DASHES:
        if misread in text:
            text = text.replace(misread, "-")
            note(GARBLED)
    shown = without(text, INVISIBLE)
    if shown != text:
        note(HIDDEN)
    dashed = "".join("-" if char in DASHES else char for char in shown)
    if dashed != shown:
        note(DASHED)
    plain = "".join(narrow(char) for char in dashed)
    if plain != dashed:
        note(WIDE)
    return plain


def _unspaced(text, note):
    """No blanks within a value, where none of them belongs; + stands for one in some programs."""
    plain = without(text, BLANKS)
    if plain != text:
        note(SPACED)
    return plain


def _unwrapped(text, note):
    """No quotes, brackets or punctuation at the ends."""
    start, end = 0, len(text)
    marks = PUNCTUATION + BLANKS
    while start < end and text[start] in marks and not (text[start] in ".+" and text[start + 1:start + 2] in "0123456789"):
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    if end - start < len(text):
        note(AROUND)
    return text[start:end]


def _unescaped(text, note):
    plain = without(text, "\\+")
    if plain != text:
        note(ESCAPED if "\\" in text else SPACED)
    return plain


def _real(text, note):
    """A number's plain form, where it can be only one number."""
    return _number(text, False, note)


def _whole(text, note):
    return _number(text, True, note)


def _number(text, whole, note):
    """A number's plain form. Digits of other scripts come from no program that wrote a link."""
    try:
        plain = typed.plain(text, whole) if len(text.encode()) == len(text) else None
    except ValueError:
        plain = None
    if plain is None or plain == text:
        return text
    note(NUMBER)
    return plain


def _unbroken(text, note):
    """No line breaks, which a mail program puts into long lines."""
    plain = without(text, "\r\n" + INVISIBLE)
    if plain != text:
        note(SPACED)
    return plain


def _ended(text, note):
    """Nothing behind it."""
    plain = right_stripped(text, PUNCTUATION.replace("_", ""))
    if plain != text:
        note(AROUND)
    return plain


def _without_rest(kind, text):
    """What stands before the first bracket or quote, or before words, where that much reads; else None."""
    at = 0
    while at < len(text) and text[at] not in CUTS and text[at] not in BLANKS:
        at += 1
    rest = text[at:]
    if not 0 < at < len(text) or any(char in "0123456789" for char in rest):
        return None
    for form in (text[:at], right_stripped(text[:at], PUNCTUATION), lower(text[:at])):
        if form and reads(kind, form):
            return form
    return None
