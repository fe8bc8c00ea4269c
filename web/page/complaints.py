"""What is said of a setting that can't be used, however it is read. Plain Python in the MicroPython subset."""
import kinds
import mended_values as values
import nearest
import typed

MOST_OF_WORDS = 2000  # characters of a list of words
MOST_TOLD = 4  # unknown words


def complaint(spec, wrong, texts, kinds_of):
    """The sentence on a setting that does not read, for which `spec` has the default.

    `wrong` is its key, its default in words and what is wrong. Of a list of words the spec gets those that do read.
    """
    key, default, error = wrong
    kind, text = kinds_of[key], texts[key]
    if isinstance(kind, kinds.Words) and len(text) <= MOST_OF_WORDS:
        given = values.words(text, kind.words)
        unknown = [word for word in given if word not in kind.words]
        known = [word for word in kind.words if word in given]
        if unknown and len(known) >= kind.least:
            spec[key] = known
            return "%s=%s %s" % (key, kinds.shorten(text), _ignored(key, unknown, kind.words))
    if isinstance(kind, (kinds.Real, kinds.Whole)):
        error = _two_readings(text) or error
    sentence = "%s=%s %s; %s is used instead." % (key, kinds.shorten(text), error, default or "none")
    better = nearest.better_key(key, text, kinds_of)
    return sentence + " Do you mean %s=%s?" % (better, kinds.shorten(text)) if better else sentence


def _two_readings(text):
    """What is said of a number that may be two, such as 1,000; "" for others."""
    try:
        typed.plain(text)
    except ValueError as error:
        return str(error)
    return ""


def _ignored(key, unknown, names):
    """What is said of unknown words: the nearest names, or all that there are."""
    words = " and ".join("'%s'" % kinds.shorten(word) for word in unknown[:MOST_TOLD])
    verb = "is" if len(unknown) == 1 else "are"
    meant = [nearest.to_hide(word, names) for word in unknown[:MOST_TOLD]] if key == "hide" else []
    near = [name for name in names if any(name in each for each in meant)]
    if near:
        return "has %s, which can't be hidden and %s ignored; do you mean %s?" % (words, verb, ", ".join(near))
    return "has %s, which %s not one of %s and %s ignored." % (words, verb, ", ".join(names), verb)
