"""The words for a list: whether it is an array, its shape and dimensions, and what NumPy answers."""
from exhibits import arrays_drawing as drawing, nesting
from ui.markup import Markup, join

NARROW = "whole numbers of 32 bits each, as in this browser; on most computers int64"

TYPES = [  # how a dtype begins, and what that means
    ("int32", NARROW), ("int", "whole numbers of %s bits each"), ("uint", "whole numbers of %s bits each, none below 0"),
    ("float", "numbers of %s bits each"), ("bool", "True or False"),
    ("<U", "texts of up to %s characters: a number among them became a text"),
    ("object", "any objects of Python, with which NumPy cannot compute fast"),
]


def rows(value, found, hidden):
    """The table of terms, as HTML; what would give the shape away stays hidden until it was guessed."""
    is_list, shape = nesting.is_list(value), found.shape
    unknown = Markup('<span class="hint">guess first</span>')
    lines = [("List", "yes, a collection of " + nesting.items_text(len(value)) if is_list and not hidden
              else "yes" if is_list else "no, there are no brackets")]
    if hidden:
        lines += [(term, unknown) for term in ("Array", "Shape", "Dimensions", "Name")]
    elif shape is None:
        lines += [("Array", "no: " + found.fault), ("Shape", "none"), ("Dimensions", "none: the brackets do not agree"),
                  ("Name", "a ragged list")]
    else:
        count = len(shape)
        lines += [
            ("Array", "yes, its lists agree on every level" if count > 1 else "yes"),
            ("Shape", shape_chips(shape)),
            ("Dimensions", "%d%s" % (count, ", one for each bracket before the first item" if count else "")),
            ("Name", nesting.kind_of(count) + (" (every array is a tensor, too)" if 0 < count < 3 else "")),
        ]
    types = nesting.types_of(value)
    named = ", ".join("%d %s" % (count, name) for name, count in types) or "none"
    lines.append(("Items", named + (": of several types" if len(types) > 1 else "")))
    return join(Markup("<tr><th scope=\"row\">%s</th><td>%s</td></tr>") % (term, text)
                   for term, text in lines)


def shape_chips(shape):
    """A shape whose numbers have their axes' colours."""
    if len(shape) > 8:
        return Markup('<span class="arrays-shape">%s</span>') % nesting.shape_text(shape)
    chips = [Markup('<span class="dim d%d">%d</span>') % (axis % 4, length) for axis, length in enumerate(shape)]
    return Markup('<span class="arrays-shape">(%s%s)</span>') % (Markup(", ").join(chips), "," if len(shape) == 1 else "")


def numpy(answer, engine, hidden):
    """NumPy's answer as HTML, or what it waits for."""
    if engine == "failed":
        return Markup('<p class="hint">The engine did not start, so NumPy cannot be asked.</p>')
    if answer is None:
        return Markup('<p class="hint">%s</p>') % ("Asking NumPy …" if engine == "ready" else "NumPy is still loading …")
    if hidden:
        return Markup('<p class="hint">Shown after your guess.</p>')
    if "error" in answer:
        return Markup('<pre class="arrays-error">%s</pre>') % answer["error"]
    lines = [
        ("shape", nesting.shape_text(answer["shape"])), ("ndim", str(answer["ndim"])),
        ("dtype", "%s: %s" % (answer["dtype"], type_words(answer["dtype"]))), ("size", nesting.items_text(answer["size"])),
        ("nbytes", "%d × %d bytes = %d bytes" % (answer["size"], answer["itemsize"], answer["bytes"])),
    ]
    return (Markup('<table class="arrays-facts">%s</table><pre class="arrays-printed">%s</pre>') % (
        join(Markup("<tr><th scope=\"row\"><code>%s</code></th><td>%s</td></tr>") % (name, text) for name, text in lines),
        answer["printed"].replace("-", "−")))


def type_words(dtype):
    """What a dtype means."""
    for start, words in TYPES:
        if dtype.startswith(start):
            return words % dtype[len(start):] if "%s" in words else words
    return "a type of NumPy's"


def index_words(path, value, found):
    """One item: its index in the list and in the array, in words too."""
    text = drawing.full_text(value)
    if not path:
        return "A number alone has no index: %s." % text
    name = "a%s = %s" % (nesting.name_of(path), text)
    if found.shape is None:
        return name
    axes = ["column %d" % path[-1] if len(path) > 1 else "item %d" % path[-1]]
    axes += ["row %d" % path[-2]] if len(path) > 1 else []
    axes += ["sheet %d" % path[-3]] if len(path) > 2 else []
    index = ", ".join(str(each) for each in path)
    return "a[%s] = %s: %s. In the list: %s" % (index, text, ", ".join(reversed(axes)), name.split(" ")[0])
