"""Mends a link that programs changed on its way: chat and mail programs, word processors, Markdown, other scripts.

Only what is sure is mended: a value that reads as it stands is never touched, and a person's own text (kinds.Text) is
taken as it is, whatever surrounds it. Imported only for a link that does not read as it stands. Plain Python in the
MicroPython subset.
"""
import entities
import kinds
import mended_values as values
import nearest
import playground
from characters import (BLANKS, DASHES, INVISIBLE, left_stripped, lower, narrow, right_stripped, unquote,
                        without)

VERSION_KEY = "v"
ADDRESS, QUERY, KEYS = "a whole address", "? in place of #", "signs around a name"
SEPARATORS = "other signs between the settings"
KEY_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SCHEMES = ["http://", "https://", "file://", "www."]
BEFORE_A_KEY, BEHIND_A_KEY = "?#/!;,&|([<{>\"'`“”‘’„«*~", "\"'`“”‘’)]>*_-"
WRAPPERS = BLANKS + INVISIBLE + "\"'`“”‘’„«»‹›<>()[]{}*_\\"
MOST_DECODED = 3  # how many times too often a link is taken to be encoded
MOST_SHOWN = 4  # mended values, or parts that are no pairs, that a sentence names
MOST_PAIRS = 200  # a link of this page has about fifty
MOST_MENDED = {True: 200000, False: 5000}  # characters of a value, of packed weights and of others


def mend(link, kinds_of):
    """The texts of a link's settings by their keys, and sentences on what was done and what was not understood.

    `kinds_of` has the kind of each key.
    """
    work = _Mending(kinds_of)
    work.waiting = work.unwrapped(link).split("&")
    while work.waiting and work.taken < MOST_PAIRS:
        work.take(work.waiting.pop(0))
        work.taken += 1
    return work.result()


class _Mending:
    """One link: the texts found so far, and what was done to it."""

    def __init__(self, kinds_of):
        self.kinds_of = kinds_of
        self.exact = {}  # of keys that stand as they should: they go before those that were mended
        self.mended = {}
        self.foreign = {}  # of TensorFlow Playground's keys
        self.unknown = []  # other keys
        self.loose = []  # what is no pair
        self.done = []  # words on each kind of mending
        self.shown = []  # the values that were mended, as key=value
        self.waiting, self.taken = [], 0  # the pairs still to be taken up, and how many have been

    # ---- the whole

    def unwrapped(self, link):
        """The link's pairs, without what stands around all of them."""
        text = link.lstrip("#")
        if link[:1] == "?":
            text = link[1:]
            self.note(QUERY)
        for _ in range(MOST_DECODED):
            if "=" not in text and "%" in text and unquote(text) != text:
                text = unquote(text)
                self.note(values.ENCODED)
        text = entities.replaced(text, self.note)
        beginning = lower(left_stripped(text, WRAPPERS)[:8])
        if any(beginning.startswith(scheme) for scheme in SCHEMES):
            for mark in "#?":
                if mark in text:
                    self.note(ADDRESS)
                    return text.partition(mark)[2].lstrip("#?")
        return text

    def take(self, token):
        """One pair, or what stands in the place of one."""
        key, equals, value = token.partition("=")
        if not equals:
            key, equals, value = self.hidden_pair(token)
        if not equals:
            if left_stripped(token, WRAPPERS + ".,;:!?…"):
                self.loose.append(token)
            return
        if nearest.is_silent(key):
            return
        name = self.name(key)
        if name in self.kinds_of or name == VERSION_KEY:
            self.put(name, value, key)
        elif name is None:
            self.unknown.append(unquote(key))
        else:
            self.unknown.append(name)
            self.foreign[name] = self.foreign.get(name) or values.tidy(self.cut(unquote(value)))

    def hidden_pair(self, token):
        """A token's parts where its equals sign is encoded, or another sign stands for it."""
        text = token
        for _ in range(MOST_DECODED):
            text = unquote(text)
            if "=" in text:
                self.note(values.ENCODED)
                return text.partition("=")
        for equals in ("\uff1d", ":", "\uff1a"):
            key, found, value = text.partition(equals)
            if found and self.name(key):
                self.note(SEPARATORS)
                return key, "=", value
        return token, "", ""

    def put(self, key, value, written):
        """Takes up a setting's value, mended where it does not read; what follows it in the same pair waits for its turn.

        `written` is the key as it stands in the link.
        """
        texts = self.exact if key == written else self.mended
        kind = self.kinds_of.get(key) or _Version()
        text = unquote(value)
        too_long = len(text) > MOST_MENDED[isinstance(kind, kinds.Packed)]
        if not isinstance(kind, kinds.Text) and not too_long and not values.reads(kind, text):
            own = self.cut(value)
            text = self.cut(text) if own == value else unquote(own)
            mended = None if values.reads(kind, text) else values.mended(kind, text, self.note)
            if mended is not None:
                text = mended
                if key != VERSION_KEY and key not in texts:
                    self.shown.append("%s=%s" % (key, kinds.shorten(text)))
        if key not in texts:
            texts[key] = text
        if key != written:
            self.note(values.CASE if lower(written) == key else KEYS)

    def cut(self, value):
        """A value up to the next setting, which other signs than & join to it; that one waits for its turn."""
        at = value.find("=")
        while at >= 0:
            start = at
            while start and value[start - 1] in KEY_CHARACTERS:
                start -= 1
            if start and self.name(value[start:at]):
                before = right_stripped(value[:start], "&;,|?#+/" + BLANKS)
                self.note(SEPARATORS)
                self.waiting.insert(0, value[start:])
                return before
            at = value.find("=", at + 1)
        return value

    def name(self, key):
        """The setting that a key names once what does not belong to it is gone; None where there is none."""
        if self.is_known(key):
            return key
        text = key
        for _ in range(MOST_DECODED):
            text = unquote(text)
        text = "".join("-" if char in DASHES else narrow(char) for char in without(text, INVISIBLE + BLANKS + "\\+"))
        text = right_stripped(text, BEHIND_A_KEY)
        start = len(text)
        while start and text[start - 1] in KEY_CHARACTERS:
            start -= 1
        if start and text[start - 1] not in BEFORE_A_KEY:
            return None
        text = left_stripped(text[start:], "*_-")
        for form in (text, lower(text), lower(text).replace("_", "-")):
            if self.is_known(form):
                return form
        return None

    def is_known(self, key):
        return key in self.kinds_of or key == VERSION_KEY or playground.is_key(key)

    # ---- what came of it

    def note(self, words):
        if words not in self.done:
            self.done.append(words)

    def result(self):
        """The texts by their keys, and the sentences."""
        texts, said = dict(self.mended), []
        texts.update(self.exact)
        texts, translated = playground.read(texts, self.foreign)
        if translated:
            said.append(translated)
            self.unknown = [key for key in self.unknown if key not in self.foreign]
        if self.done and texts:
            shown = self.shown[:MOST_SHOWN] + (["…"] if len(self.shown) > MOST_SHOWN else [])
            said.append("This link was changed on its way here (%s) and was mended%s." % (
                ", ".join(self.done), ": " + ", ".join(shown) if shown else ""))
        if self.waiting:
            said.append("This link has too many parts; the first %d were read." % MOST_PAIRS)
        said += ["'%s' is not key=value and was ignored." % kinds.shorten(token) for token in self.loose[:MOST_SHOWN]]
        if len(self.loose) > MOST_SHOWN:
            said[-1] = said[-1][:-1] + ", nor are %d other parts." % (len(self.loose) - MOST_SHOWN)
        said += nearest.mistyped(self.unknown, sorted(self.kinds_of))
        if not any(key != VERSION_KEY for key in texts) and (self.loose or self.unknown):
            nothing = "Nothing of this link was understood, so the page begins with its usual settings."
            if said:
                said[-1] += " " + nothing
            else:
                said.append(nothing)
        return texts, said


class _Version:
    """The kind of the link's version, whatever it is."""

    def read(self, text):
        if not kinds.is_digits(text):
            raise ValueError("is no version")
        return text
