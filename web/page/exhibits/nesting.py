"""How a list is arranged: its shape where every sublist has as many items as its neighbours, else the place that differs.

Level by level from the outside, without recursion, so that depth is no danger. Plain Python in the MicroPython subset.
"""

KINDS = ["a single number", "a vector", "a matrix"]  # by the number of dimensions; from 3 on a tensor
MOST_TYPES = 4


class Arrangement:
    """What there is to tell of one value.

    `shape` is a tuple, or None where the sublists differ; `agreed` are the outer dimensions that hold even then.
    `fault` is a sentence that names the first place that differs, `place` its index path (1, 2), and `model` the
    path of the item that it differs from.
    """

    def __init__(self, shape, agreed, items, fault="", place=(), model=()):
        self.shape, self.agreed, self.items = shape, agreed, items
        self.fault, self.place, self.model = fault, place, model


def is_list(value):
    """Whether a value holds others."""
    return isinstance(value, (list, tuple))


def arrangement(value):
    """The arrangement of a value as `literal.read` returns it."""
    shape, level = [], [value]
    while level and is_list(level[0]) or any(is_list(item) for item in level):
        counts = [len(item) if is_list(item) else -1 for item in level]
        odd = [i for i, count in enumerate(counts) if count != counts[0]]
        if odd:
            place, model = path_of(odd[0], shape), path_of(0, shape)
            return Arrangement(None, tuple(shape), count_items(value), _fault(place, counts[odd[0]], model, counts[0]),
                               place, model)
        shape.append(counts[0])
        level = [item for items in level for item in items]
    return Arrangement(tuple(shape), tuple(shape), len(level))


def path_of(index, shape):
    """The index path of the item with that number, counted row by row through such a shape."""
    path = []
    for length in reversed(shape):
        path.append(index % length)
        index //= length
    return tuple(reversed(path))


def name_of(path):
    """An index path as it is written in Python: [1][2]."""
    return "".join("[%d]" % index for index in path)


def kind_of(dimensions):
    """What an array of so many dimensions is called."""
    return KINDS[dimensions] if dimensions < len(KINDS) else "a tensor"


def shape_text(shape):
    """A shape as NumPy writes it: (), (3,), (2, 3)."""
    return "(%s%s)" % (", ".join(str(length) for length in shape), "," if len(shape) == 1 else "")


def items_text(count):
    """That many items, in words."""
    return "%d item%s" % (count, "" if count == 1 else "s")


def _fault(place, count, model, other):
    if count >= 0 and other >= 0:
        first, second = ("row " + str(path[0]) if len(path) == 1 else name_of(path) for path in (place, model))
        return "%s has %s, %s has %d" % (first, items_text(count), second, other)
    first, second = name_of(place), name_of(model)
    return "%s is %s, %s is %s" % (first, _described(count), second, _described(other))


def _described(count):
    return "a single item" if count < 0 else "a list of " + items_text(count)


def count_items(value):
    """How many items a value holds that are no lists."""
    waiting, count = [value], 0
    while waiting:
        item = waiting.pop()
        if is_list(item):
            waiting.extend(item)
        else:
            count += 1
    return count


def types_of(value):
    """The types of the items, each with its count, in the order of their first place: [("int", 5), ("str", 1)]."""
    waiting, names, counts = [value], [], {}
    while waiting:
        item = waiting.pop()
        if is_list(item):
            waiting.extend(reversed(item))
            continue
        name = "None" if item is None else type(item).__name__
        if name not in counts:
            names.append(name)
            counts[name] = 0
        counts[name] += 1
    return [(name, counts[name]) for name in names]
