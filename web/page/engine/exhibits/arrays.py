"""What NumPy itself makes of a nested list: shape, type and bytes, or its own words where it makes no array of it."""
import numpy as np
from exhibits import literal

MOST_PRINTED = 400  # characters of the array as NumPy prints it


def answer(question, session):
    """NumPy's view of the list written in question["text"]; {"error": …} where that is not data or no array."""
    try:
        value, _ = literal.read(str(question.get("text", "")))
    except ValueError as error:
        return {"error": str(error)}
    try:
        array = np.array(value)
    except Exception as error:  # NumPy's words are the answer, whichever they are
        return {"error": "%s: %s" % (type(error).__name__, error)}
    printed = np.array2string(array, separator=", ", threshold=60, edgeitems=3, max_line_width=60)
    return {
        "shape": list(array.shape), "ndim": array.ndim, "dtype": str(array.dtype), "size": array.size,
        "itemsize": array.itemsize, "bytes": array.nbytes,
        "printed": printed if len(printed) <= MOST_PRINTED else printed[:MOST_PRINTED] + " …",
    }
