"""HTML's ways to write a character (&amp; &#38; &#x26;) and JSON's (\\u0026), which stay in links that programs copied."""
from characters import INVISIBLE, lower

ENTITIES = "HTML's &amp; for &"
CHARACTERS = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0", "shy": "\u00ad", "ndash": "–", "mdash": "—",
    "minus": "−", "hyphen": "-", "zwnj": "\u200c", "zwj": "\u200d", "equals": "=", "num": "#", "comma": ",", "lsquo": "‘",
    "rsquo": "’", "ldquo": "“", "rdquo": "”", "hellip": "…", "lpar": "(", "rpar": ")", "period": ".",
}
ESCAPES = [("\\u0026", "&"), ("\\u003d", "="), ("\\u003D", "=")]
LONGEST = 10  # characters of an entity between & and ;
AT_AN_END = "<>\"'‘’“”….()\u00a0" + INVISIBLE  # what around a link is no part of it


def replaced(text, note):
    """The text with each entity's character in its place; `note` hears of it. At the very end they are left out, for
    there they are what stood behind the link."""
    for written, char in ESCAPES:
        if written in text:
            text = text.replace(written, char)
            note(ENTITIES)
    while text.endswith(";"):
        start = text.rfind("&")
        char = _character(text[start + 1:-1]) if start >= 0 else ""
        if not char or char not in AT_AN_END:
            break
        text = text[:start]
        note(ENTITIES)
    parts = text.split("&")
    out = [parts[0]]  # a list: MicroPython frees nothing until an event is done, and sums of long texts would fill its memory
    for part in parts[1:]:
        rest = part
        char = ""
        while True:  # &amp;amp; too
            name, end, after = rest.partition(";")
            found = _character(name) if end and len(name) <= LONGEST else ""
            if not found or (char and char != "&"):
                break
            char, rest = found, after
            note(ENTITIES)
        out += [char or "&", rest]
    return "".join(out)


def _character(name):
    """The character of an entity, or "" where there is none of that name."""
    if name[:1] != "#":
        return CHARACTERS.get(lower(name), "")
    is_hex = name[1:2] in ("x", "X")
    digits, base = (name[2:], 16) if is_hex else (name[1:], 10)
    if not 0 < len(digits) < 7 or not all(char in "0123456789abcdefABCDEF"[:22 if is_hex else 10] for char in digits):
        return ""
    code = int(digits, base)
    return chr(code) if 32 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""
