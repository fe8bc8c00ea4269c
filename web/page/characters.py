"""Characters that keyboards, word processors and chat programs put in the place of plain ones.

Minus signs, digits of other scripts, full-width forms, blanks and marks that nobody sees. Plain Python in the
MicroPython subset, whose `isdigit`, `lower` and `strip` know ASCII only: hence the tables.
"""

# Hyphens, dashes, and the minus that the page prints.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
BLANKS = (" \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
          "\u205f\u3000")
INVISIBLE = ("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0e"
             "\ufe0f\ufeff")
DOUBLE_QUOTES = "\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u00b4`"

# The zero of each script's ten digits: Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil,
# Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian, full-width.
ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040,
         0x17E0, 0x1810, 0xFF10)
FIRST_WIDE, LAST_WIDE, TO_ASCII = 0xFF01, 0xFF5E, 0xFEE0  # full-width ! to ~ lie in the order of ASCII


def digit(char):
    """The digit 0 to 9 that stands for a digit of any script; any other character stays itself."""
    code = ord(char)
    if code >= ZEROS[0]:
        for zero in ZEROS:
            if zero <= code < zero + 10:
                return chr(48 + code - zero)
    return char


def narrow(char):
    """The ASCII character that a full-width one stands for; any other stays itself."""
    return chr(ord(char) - TO_ASCII) if FIRST_WIDE <= ord(char) <= LAST_WIDE else char


def lower(text):
    """A text with the letters A to Z in lower case, and all others untouched: everywhere alike."""
    return "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in text)


def stripped(text, characters):
    """A text without these characters at its ends. MicroPython's own `strip` takes single bytes of them."""
    return left_stripped(right_stripped(text, characters), characters)


def left_stripped(text, characters):
    """A text without these characters at its beginning."""
    chars = list(text)  # MicroPython counts a text's characters anew for each index
    at = 0
    while at < len(chars) and chars[at] in characters:
        at += 1
    return text[at:]


def right_stripped(text, characters):
    """A text without these characters at its end."""
    chars = list(text)
    end = len(chars)
    while end and chars[end - 1] in characters:
        end -= 1
    return text[:end]


def without(text, characters):
    """A text without any of these characters."""
    return "".join(char for char in text if char not in characters)


def unquote(text):
    """Undoes %XX, as browsers and other programs write it into links; a text that is no UTF-8 then stays as it is."""
    parts = text.split("%")
    try:
        out = [parts[0].encode()]
        for part in parts[1:]:
            is_code = len(part) > 1 and all(c in "0123456789abcdefABCDEF" for c in part[:2])
            out.append(bytes([int(part[:2], 16)]) + part[2:].encode() if is_code else b"%" + part.encode())
        return b"".join(out).decode()
    except ValueError:
        return text
