"""Reads a nested Python list as data: numbers, texts, True, False, None, lists and tuples, and nothing else.

Nothing is ever evaluated: what is not data is refused with its line and column. It walks through the text with
a stack of its own, so that a thousand brackets inside one another overflow nothing. What a word processor or another
keyboard made of Python's own signs is read as these and told (typography.py). Plain Python in the MicroPython subset,
since the page, the worker and the tests all read with it.
"""
from exhibits import typography

MOST = 20000  # characters
DEEPEST = 100  # brackets inside one another; NumPy's arrays end at 64 dimensions
MOST_OF_NUMBER = 400  # characters of one number: 1e308 written out has 309

WORDS = {"True": True, "False": False, "None": None, "nan": float("nan"), "inf": float("inf")}
MODULES = ("np.", "numpy.")
CLOSING = {"[": "]", "(": ")"}
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", "'": "'", '"': '"'}
OPERATORS = "+-*/@%<>=!&|^~"
ONLY_DATA = ("Only data are read here and nothing is run: numbers, texts in quotes, True, False, None, "
             "lists in [ ] and tuples in ( ).")


def read(text):
    """The value that a text writes down, and a list of remarks; ValueError with a sentence where it is not data."""
    if len(text) > MOST:
        raise ValueError(too_long(len(text)))
    chars, remarks = typography.plain(text)
    return _Reader(chars, remarks).value()


def too_long(count):
    """The sentence for a text of so many characters."""
    return ("That is %s characters long; up to %s are read here. Cut it down to its first rows: they have the "
            "same structure." % (grouped(count), grouped(MOST)))


def grouped(count):
    """A whole number with commas between its thousands."""
    digits, groups = str(count), []
    while len(digits) > 3:
        groups.append(digits[-3:])
        digits = digits[:-3]
    return ",".join([digits] + groups[::-1])


class _Open:
    """A bracket that is still open: `[`, `(`, or the `(` of np.array(…), which counts as no list."""

    def __init__(self, bracket, at, call=False):
        self.bracket, self.at, self.call = bracket, at, call
        self.items, self.comma = [], False


class _Reader:
    """One walk through a text."""

    def __init__(self, chars, remarks):
        self.chars = chars  # a list: MicroPython counts a text's characters anew for each index
        self.at = 0
        self.remarks = remarks

    # ---- the walk

    def value(self):
        """The whole text's value and the remarks."""
        stack = []
        while True:
            found, value = self._begin(stack)
            while found:  # a value is complete: a comma, a closing bracket, or the end
                self._skip_space()
                if not stack:
                    if self.at < len(self.chars):
                        self._refuse_more(value)
                    return value, self.remarks
                top = stack[-1]
                top.items.append(value)
                if self._peek() == ",":
                    self.at += 1
                    top.comma = True
                    found = False
                else:
                    value = self._close(stack)

    def _begin(self, stack):
        """Takes up an opening bracket (False, None), or a complete value (True, value)."""
        self._skip_space()
        char = self._peek()
        if char in ("[", "("):
            self._open(stack, _Open(char, self.at))
            return False, None
        if char in ("]", ")") and stack and (stack[-1].comma or not stack[-1].items):
            return True, self._close(stack)
        if char == "":
            if stack:
                self._refuse_unclosed(stack)
            raise ValueError("There is nothing to read yet. Type a list, such as [1, 2, 3].")
        if char in "'\"":
            return True, self._text(char)
        if char in "+-":
            return True, self._signed(char)
        if _is_digit(char) or char == ".":
            return True, self._number()
        if _is_letter(char):
            return self._word(stack)
        return self._refuse_symbol(char)

    def _open(self, stack, bracket):
        if len(stack) >= DEEPEST:
            self._fail(self.at, "the " + bracket.bracket, "is inside %d others. That many dimensions are not read here, "
                                                          "and NumPy's own arrays end at 64." % DEEPEST)
        stack.append(bracket)
        self.at += 1

    def _close(self, stack):
        """The value of the innermost open bracket, which ends here."""
        char, top = self._peek(), stack[-1]
        if char == "":
            self._refuse_unclosed(stack)
        if char != CLOSING[top.bracket]:
            if char in ("]", ")"):
                self._fail(self.at, "the " + char, "closes nothing: the %s at %s is open, and needs a %s first."
                           % (top.bracket, self.place(top.at), CLOSING[top.bracket]))
            self._refuse_after_value(char)
        self.at += 1
        stack.pop()
        if top.call:
            if len(top.items) != 1:
                self._fail(top.at, "the ( of np.array", "needs one list inside.")
            return top.items[0]
        if top.bracket == "(":
            return top.items[0] if len(top.items) == 1 and not top.comma else tuple(top.items)
        return top.items

    # ---- numbers, texts, words

    def _signed(self, sign):
        start = self.at
        self.at += 1
        char = self._peek()
        if _is_digit(char) or char == ".":
            value = self._number()
        else:
            word = self._peek_word()
            if _without_module(word) not in ("inf", "nan"):
                self._fail(start, "the " + sign, "has no number right after it. " + ONLY_DATA)
            self.at += len(word)
            value = WORDS[_without_module(word)]
        return -value if sign == "-" else value

    def _number(self):
        start = self.at
        token = self._run()
        if token[-1] in "eE" and self._peek() in ("+", "-") and token[:2] not in ("0x", "0X"):
            self.at += 1
            token += self.chars[self.at - 1] + self._run()
        if token.startswith("..."):
            self._fail(start, "the ...", "stands for values that were left out; they have to be written.")
        if len(token) > MOST_OF_NUMBER:
            self._fail(start, "the number", "has %d characters; up to %d are read." % (len(token), MOST_OF_NUMBER))
        value = number(token)
        if value is None:
            self._fail(start, "'%s'" % shorten(token), _why_no_number(token))
        return value

    def _text(self, quote):
        start = self.at
        self.at += 1
        out = []
        while True:
            char = self._peek()
            if char in ("", "\n"):
                self._fail(start, "the text", "begins with %s but has no %s at its end." % (quote, quote))
            self.at += 1
            if char == quote:
                return "".join(out)
            if char == "\\":
                char = self._peek()
                if char not in ESCAPES or char == "":
                    self._fail(self.at - 1, "the \\" + char, "is no sign that is read here; \\n, \\t, \\\\ and quotes are.")
                self.at += 1
                char = ESCAPES[char]
            out.append(char)

    def _word(self, stack):
        start, word = self.at, self._peek_word()
        after = start + len(word)
        while after < len(self.chars) and self.chars[after] in " \t\n\r":
            after += 1
        follows = self.chars[after] if after < len(self.chars) else ""
        if _without_module(word) == "array" and follows == "(":
            self.at = after
            self._open(stack, _Open("(", after, call=True))
            return False, None
        if _without_module(word) in WORDS and (word in WORDS or word[-3:] in ("nan", "inf")):
            self.at += len(word)
            return True, WORDS[_without_module(word)]
        if word == "dtype" and follows == "=" and stack and stack[-1].call and stack[-1].items:
            return self._skip_dtype(stack, after + 1)
        self._refuse_word(word, follows)

    def _skip_dtype(self, stack, at):
        """Leaves out the dtype=… of np.array(…): NumPy is to choose by itself."""
        self.at = at
        self._skip_space()
        start = self.at
        if self._peek() in ("'", '"'):
            self._text(self._peek())
        else:
            self.at += len(self._peek_word())
        name = "".join(self.chars[start:self.at])
        self.remarks.append("dtype=%s was left out: NumPy chooses the type by the items." % shorten(name))
        self._skip_space()
        return True, self._close(stack)

    # ---- refusals

    def _refuse_word(self, word, follows):
        said = "'%s'" % shorten(word)
        if follows == "=":
            said, why = "'%s ='" % shorten(word), "gives data a name. Paste only what stands to the right of the = sign."
        elif follows in ("'", '"') and word.lower() in ("r", "b", "f", "u", "rb", "br", "fr", "rf"):
            said, why = "the %s before the quote" % word, "marks a special kind of text. Leave it out."
        elif follows == "(":
            said, why = "'%s('" % shorten(word), "calls code. " + ONLY_DATA
        elif word.lower() in ("true", "false", "none", "null", "infinity"):
            why = "is not written so in Python, which has True, False, None, inf and nan."
        else:
            why = "is a name, and names belong to code. " + ONLY_DATA + " A text needs quotes around it."
        self._fail(self.at, said, why)

    def _refuse_symbol(self, char):
        said = "the " + char
        if char == "#":
            said, why = "the comment", "begins with #. Comments are not read; take it out."
        elif char == "{":
            why = "begins a dict or a set, which have no rows and columns. Lists are written in [ ]."
        elif char == ",":
            said, why = "the comma", "has no value before it."
        elif char in ("]", ")"):
            why = "closes nothing."
        elif char in "“”„‘’":
            why = "is a typographic quote with none to end it. Python's own are ' and \"."
        else:
            why = "is no data. " + ONLY_DATA
        self._fail(self.at, said, why)

    def _refuse_after_value(self, char):
        """Where a comma or a closing bracket should stand, there is something else."""
        if char in OPERATORS:
            self._fail(self.at, "the " + char, "asks for a computation. Write its result: only data are read here, "
                                               "nothing is run.")
        if _is_letter(char):
            self._fail(self.at, "'%s'" % shorten(self._peek_word()), "follows a value, as in code. " + ONLY_DATA)
        if char in "'\"[(." or _is_digit(char):
            self._fail(self.at, "the " + char, "has no comma before it. NumPy prints its arrays without commas, but a "
                                               "list needs them.")
        self._refuse_symbol(char)

    def _refuse_more(self, value):
        """After the whole value there is more."""
        char = self._peek()
        if char == ",":
            self._fail(self.at, "the comma", "stands outside of all brackets. Several values need [ ] around them.")
        if char in ("[", "(") and isinstance(value, (list, tuple)):
            self._fail(self.at, "the " + char, "begins a second list, or picks from the first. Put a comma between "
                                               "two lists and [ ] around both.")
        self._refuse_after_value(char)

    def _refuse_unclosed(self, stack):
        top, count = stack[-1], len(stack)
        more = "" if count == 1 else " It is the innermost of %d that are open." % count
        self._fail(top.at, "the " + top.bracket, "is never closed: a %s is missing.%s" % (CLOSING[top.bracket], more))

    def _fail(self, at, what, why):
        """Raises the sentence on what stands at that character."""
        sentence = "%s at %s %s" % (what, self.place(at), why)
        raise ValueError(sentence[0].upper() + sentence[1:])

    def place(self, at):
        """A character's line and column, both from 1."""
        line = column = 1
        for char in self.chars[:at]:
            column += 1
            if char == "\n":
                line, column = line + 1, 1
        return "line %d, column %d" % (line, column)

    # ---- characters

    def _peek(self):
        return self.chars[self.at] if self.at < len(self.chars) else ""

    def _skip_space(self):
        while self.at < len(self.chars) and self.chars[self.at] in " \t\n\r\u00a0\ufeff":
            self.at += 1

    def _run(self):
        """Takes letters, digits, dots and underscores."""
        start = self.at
        while self.at < len(self.chars) and (_is_digit(self.chars[self.at]) or _is_letter(self.chars[self.at])
                                             or self.chars[self.at] == "."):
            self.at += 1
        return "".join(self.chars[start:self.at])

    def _peek_word(self):
        start = self.at
        word = self._run()
        self.at = start
        return word


def number(token):
    """The number that Python reads in a token, or None."""
    plain = token.lower()
    base = {"0x": 16, "0o": 8, "0b": 2}.get(plain[:2])
    digits = "0123456789abcdef"[:base or 10]
    for i, char in enumerate(plain):
        if char == "_" and not (0 < i < len(plain) - 1 and plain[i - 1] in digits and plain[i + 1] in digits):
            return None
    plain = plain.replace("_", "")
    if base:
        return int(plain[2:], base) if _all_in(plain[2:], digits) else None
    if _all_in(plain, digits):
        return int(plain) if plain[0] != "0" or int(plain) == 0 else None
    mantissa, e, exponent = plain.partition("e")
    whole, _, fraction = mantissa.partition(".")
    if exponent[:1] in ("+", "-"):
        exponent = exponent[1:]
    if not _all_in(whole + fraction, digits) or (e and not _all_in(exponent, digits)):
        return None
    return float(plain)


def _why_no_number(token):
    if token[-1] in "jJ" and number(token[:-1]) is not None:
        return "is a complex number; they are not read here."
    if _all_in(token, "0123456789"):
        return "begins with 0, which Python refuses for a whole number. Leave out the leading 0."
    return "is no number."


def shorten(text):
    """A stranger's text, short enough for a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"


def _without_module(word):
    for module in MODULES:
        if word.startswith(module):
            return word[len(module):]
    return word


def _is_digit(char):
    return char != "" and char in "0123456789"


def _is_letter(char):
    return char != "" and (char == "_" or char.isalpha() or (char > "\x7f" and char not in "“”„‘’…−×÷·≤≥≠\u00a0\ufeff"))


def _all_in(text, allowed):
    return text != "" and all(char in allowed for char in text)
