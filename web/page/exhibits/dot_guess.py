"""Predict first: whether a guessed shape or value is right, and what a wrong one tells of how it was found.

A wrong guess never gets the answer, but the step that went wrong. Pure Python in the MicroPython subset.
"""
import kinds
import typed
from characters import DASHES, digit, narrow
from exhibits.dot_scene import DIGITS

NO_PRODUCT = ("none", "no", "no product", "error")


def judge_shape(scene, text):
    """Whether a guess such as `2, 4` or `none` is the product's shape, and a sentence."""
    (m, n), (k, p) = scene.shape(0), scene.shape(1)
    left, right = scene.label(0), scene.label(1)
    numbers = whole_numbers(text)
    if text.strip().lower() in NO_PRODUCT:
        if not scene.agree:
            return True, "Right: %s has %d columns and %s has %d rows, so there is no product." % (left, n, right, k)
        return False, ("There is a product: compare the two inner numbers, the columns of %s and the rows of %s."
                       % (left, right))
    if numbers is None:
        return False, "Write two whole numbers, rows and columns, such as 3, 5; or none if there is no product."
    if not scene.agree:
        return False, ("Compare the two inner numbers first: the columns of %s and the rows of %s. "
                       "Does each entry of a row meet a partner?" % (left, right))
    if len(numbers) == 3 or len(numbers) == 4:
        return False, ("A matrix has two numbers, rows and columns; you wrote %d. The inner ones are used up in the sums."
                       % len(numbers))
    if len(numbers) != 2:
        return False, "A matrix has two numbers, rows and columns; you wrote %d." % len(numbers)
    guess = tuple(numbers)
    if guess == (m, p):
        return True, "Right: (%d, %d) @ (%d, %d) → (%d, %d). The outer numbers stay, the inner %d is used up in the sums." % (
            m, n, k, p, m, p, n)
    if guess == (n, n):
        return False, ("These are the inner dimensions. They have to agree, and then they are used up in the sums: "
                       "the outer two stay.")
    if guess == (p, m):
        return False, "The two numbers are right but swapped: rows come from %s, columns from %s." % (left, right)
    if guess == (m, n):
        return False, "That is the shape of %s itself. Columns of the result come from %s." % (left, right)
    if guess == (n, p):
        return False, "That is the shape of %s itself. Rows of the result come from %s." % (right, left)
    if guess in ((m * k, n * p), (m + k, n + p)):
        return False, "Shapes are neither multiplied nor added: each outer number is taken over as it is."
    if guess[0] == m:
        return False, "The rows are right. For the columns, count the columns of %s." % right
    if guess[1] == p:
        return False, "The columns are right. For the rows, count the rows of %s." % left
    return False, "One row for each row of %s, one column for each column of %s." % (left, right)


def judge_cell(scene, i, j, text):
    """Whether a guess is the value of that cell, and a sentence; the guess may be rounded to two decimals."""
    try:
        guess, places = _value(text)
    except ValueError as error:
        two_readings = str(error)
        return False, "'%s' %s." % (kinds.shorten(text), two_readings) if two_readings else "Write one number, such as 1.5 or −3."
    products = scene.products(i, j)
    value = sum(products)
    if _same(guess, value, places):
        exact = guess == value
        return True, "Right%s: %s." % ("" if exact else ", rounded; in full it is " + scene.exact(value), _adds_up(scene, i, j))
    return False, _diagnose(scene, i, j, guess, places, products, value)


def _adds_up(scene, i, j):
    return "%s[%d, %d] = %s" % (scene.names[2], i, j, scene.exact(scene.result[i][j]))


def _diagnose(scene, i, j, guess, places, products, value):
    """What a wrong value was probably made of: the likeliest mistake whose outcome it is."""
    n, left, right = scene.n, scene.label(0), scene.label(1)
    row, column = scene.left[i], scene.columns[j]

    def is_it(candidate):
        return candidate != value and _same(guess, candidate, places)

    if is_it(-value):
        return "The size is right, the sign is not: minus times plus is minus, minus times minus is plus."
    for k in range(n):
        if n > 1 and is_it(products[k]):
            return "That is one product alone, %s · %s. The cell is the sum of all %d products." % (
                scene.left_text(i, k), _factor(scene.right_text(k, j)), n)
    if is_it(sum(abs(product) for product in products)):
        return "A sign got lost: a product with one negative factor is negative."
    for k in range(n):
        if is_it(value - 2 * products[k]):
            return "One product has the wrong sign: look at %s · %s." % (scene.left_text(i, k), _factor(scene.right_text(k, j)))
    for k in range(n):
        if n > 1 and is_it(value - products[k]):
            return "One product is missing in the sum: %s · %s." % (scene.left_text(i, k), _factor(scene.right_text(k, j)))
    entry = 10 ** DIGITS  # from an entry's unit to that of a product
    if is_it((sum(row) + sum(column)) * entry):
        return "That is the sum of all entries. Multiply in pairs first: first with first, second with second."
    if is_it(sum(row) * sum(column)):
        return "That is the sum of the row times the sum of the column. Multiply in pairs first, then add."
    if i < scene.p and j < scene.m and is_it(scene.result[j][i]):
        return "That is the value at row %d, column %d: row and column are swapped." % (j, i)
    if scene.m == scene.p and is_it(sum(a[i] * b for a, b in zip(scene.left, scene.right[j]))):
        return "You took column %d of %s and row %d of %s. It is the row of %s with the column of %s." % (
            i, left, j, right, left, right)
    if i < scene.inner and j < n and is_it(row[j] * scene.right[i][j]):
        return "That multiplies the two entries at the same place, NumPy's A * B. A @ B takes a whole row and a whole column."
    for r in range(scene.m):
        for c in range(scene.p):
            if (r, c) != (i, j) and is_it(scene.result[r][c]):
                return "That is the value at row %d, column %d. Asked for is row %d of %s with column %d of %s." % (
                    r, c, i, left, j, right)
    if is_it(value * 10) or is_it(value * 100) or _same(guess * 10, value, 0) or _same(guess * 100, value, 0):
        return "The digits are right, the decimal point is not."
    return "Not yet. Take row %d of %s and column %d of %s, multiply in pairs, %s." % (
        i, left, j, right, "and add the %d products" % n if n > 1 else "one product in all")


def _factor(text):
    return "(%s)" % text if text[0] == "−" else text


def _same(guess, value, places):
    """Whether the guess is the value, or the value rounded to the guess's own decimals, two at least."""
    if guess == value:
        return True
    unit = 10 ** (2 * DIGITS - places)
    return places >= 2 and abs(guess - value) * 2 <= unit


def _value(text):
    """A typed number in hundred-millionths, and its count of decimals; ValueError where it is none, with words where it may be two."""
    plain = typed.plain(text)
    whole, _, decimals = (plain or "").lstrip("-").partition(".")
    digits = whole + decimals
    if not digits or len(digits) > 20 or len(decimals) > 2 * DIGITS or not all(c in "0123456789" for c in digits):
        raise ValueError()
    value = int(digits) * 10 ** (2 * DIGITS - len(decimals))
    return (-value if plain[0] == "-" else value), len(decimals)


def whole_numbers(text):
    """The whole numbers in a text such as `(2, 4)`, `2 x 4` or `2-4`; None where it holds anything else."""
    plain = [narrow(digit(char)) for char in text.lower()]
    words = "".join(" " if char in "()[],;x×*·-،" or char in DASHES else char for char in plain).split()
    return [int(word) for word in words] if words and all(kinds.is_digits(word) for word in words) else None
