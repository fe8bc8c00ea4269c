"""Predict first: what a learner's guess of a shape tells of how they read the brackets."""
from exhibits import literal, nesting, typography

NONE = ("none", "no", "no shape", "ragged")
HOW = "Write the shape as (2, 3), or none where there is no shape."


def read(text):
    """The guessed shape as a tuple, or None for no shape; ValueError with a sentence."""
    text = "".join(typography.plain(text)[0]).strip()
    if text.lower() in NONE:
        return None
    try:
        value, _ = literal.read(text if text[:1] in ("(", "[") else "(%s,)" % text.rstrip(","))
    except ValueError:
        raise ValueError("That is no shape. " + HOW)
    shape = tuple(value) if nesting.is_list(value) else (value,)
    if not all(isinstance(length, int) and not isinstance(length, bool) and length >= 0 for length in shape):
        raise ValueError("A shape is made of whole numbers. " + HOW)
    return shape


def judge(guess, found):
    """Whether a guess is right for an arrangement, and a sentence that says why or why not."""
    shape = found.shape
    if shape is None:
        if guess is None:
            return True, "Right: there is no shape, because %s." % found.fault
        return False, "There is no shape here: look for a sublist with another number of items than its neighbours."
    if guess is None:
        return False, "There is a shape: all sublists on one level have the same number of items."
    if guess == shape:
        return True, "Right: %s." % in_words(shape)
    return False, _hint(guess, shape)


def in_words(shape):
    """A shape read from the outside in."""
    if not shape:
        return "there is no bracket at all, so the shape is () and there are 0 dimensions"
    words = ["%s%s" % (nesting.items_text(shape[0]), " in the outer list")]
    words += ["%d in each list on level %d" % (length, level + 1) for level, length in enumerate(shape) if level]
    return ", ".join(words)


def _hint(guess, shape):
    size = 1
    for length in shape:
        size *= length
    written = nesting.shape_text(guess)
    if not shape:
        return "%s has %d dimension%s, but there is not one bracket: a number alone has the shape ()." % (
            written, len(guess), "" if len(guess) == 1 else "s")
    if len(guess) > 1 and guess == tuple(reversed(shape)):
        return "%s has the order swapped: the first number counts the items of the outermost list." % written
    if guess == (len(shape),):
        return ("%s counts the brackets: %d of them is the number of dimensions. The shape has one number for each: "
                "how many items the list on that level has." % (written, len(shape)))
    if guess == (size,):
        return "%s counts all items together. The shape has one number for each level of brackets." % written
    if len(shape) == 1 and len(guess) == 2 and 1 in guess:
        return "%s is a matrix. One level of brackets is a vector, whose shape has one number: (n,)." % written
    if len(guess) != len(shape):
        return ("%s has %d number%s, but %d bracket%s before the first item: the shape has one number for each."
                % (written, len(guess), "" if len(guess) == 1 else "s", len(shape),
                   " opens" if len(shape) == 1 else "s open"))
    axis = next(i for i, length in enumerate(shape) if guess[i] != length)
    return "%s is wrong at axis %d: count the items of %s once more." % (
        written, axis, "the outermost list" if axis == 0 else "one list on level %d" % (axis + 1))
