"""The dot product as NumPy computes it: the product's shape and entries, or the words in which NumPy refuses it."""
import numpy as np

MOST_SIDE = 12


def answer(question, session):
    """Of {"a": rows, "b": rows, "transposed": ["b"]}: {"product": …, "plain": …}, the second without any transpose.

    Each is {"shape": [m, p], "values": rows} or {"refused": NumPy's own error}; {"error": sentence} for a question
    that holds no two matrices.
    """
    try:
        a, b = (_matrix(question, name) for name in ("a", "b"))
    except ValueError as error:
        return {"error": str(error)}
    transposed = question.get("transposed") or []
    return {"product": _product(a.T if "a" in transposed else a, b.T if "b" in transposed else b), "plain": _product(a, b)}


def _product(left, right):
    try:
        product = np.matmul(left, right)  # (m, n) @ (n, p) = (m, p)
    except ValueError as error:
        return {"refused": "ValueError: %s" % error}
    return {"shape": list(product.shape), "values": product.tolist()}


def _matrix(question, name):
    """One matrix of the question as float64, (rows, columns); ValueError with a sentence where it is none."""
    rows = question.get(name) if isinstance(question, dict) else None
    try:
        matrix = np.array(rows, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        matrix = np.array(None, dtype=object)
    if matrix.ndim != 2 or not 1 <= min(matrix.shape) <= max(matrix.shape) <= MOST_SIDE:
        raise ValueError("%s is no matrix of 1 to %d rows of equally many numbers." % (name.upper(), MOST_SIDE))
    if not np.abs(matrix).max() <= 1e100:
        raise ValueError("%s has a number too large to be multiplied." % name.upper())
    return matrix
