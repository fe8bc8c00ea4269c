"""What the exhibit says of a product in words: of the cell looked at, of shapes that disagree, of a layer's weights."""
from exhibits.dot_scene import DIGITS, shown


def title(scene, walk):
    """What is being computed, as NumPy would pick it out of the result: C[0, 1], C[0, :], C[:, 1], C."""
    return scene.names[2] + {"cell": "[%d, %d]" % (walk.i, walk.j), "row": "[%d, :]" % walk.i,
                             "column": "[:, %d]" % walk.j, "outer": ""}[walk.view]


def heading(scene, walk):
    """One sentence on what the present view takes the product for."""
    left, right = scene.label(0), scene.label(1)
    if walk.view == "cell":
        return "Row %d of %s meets column %d of %s: multiply in pairs, add the %s." % (
            walk.i, left, walk.j, right, "%d products" % scene.n if scene.n > 1 else "one product there is")
    if walk.view == "row":
        return "Row %d of the result is a mixture of the rows of %s; row %d of %s says how much of each." % (
            walk.i, right, walk.i, left)
    if walk.view == "column":
        return "Column %d of the result is a mixture of the columns of %s; column %d of %s says how much of each." % (
            walk.j, left, walk.j, right)
    return "Each column of %s times the row of %s with the same number is a whole matrix; the sum of these %d is the result." % (
        left, right, scene.n)


def spoken(scene, walk):
    """The state of the walk for a screen reader: `row 0, column 1: 8.5 = 2 · 1 + (−1) · (−0.5) + 3 · 2`."""
    if walk.view == "cell":
        if not walk.k:
            return "row %d, column %d: nothing multiplied yet" % (walk.i, walk.j)
        so_far = "" if walk.complete else " after %d of %d products" % (walk.k, scene.n)
        value = scene.exact(sum(scene.products(walk.i, walk.j)[:walk.k]))
        return "row %d, column %d%s: %s = %s" % (walk.i, walk.j, so_far, value, sum_of_products(scene, walk.i, walk.j, walk.k))
    if walk.view == "outer":
        return "%d of %d outer products added" % (walk.k, scene.n)
    values = scene.result[walk.i] if walk.view == "row" else [row[walk.j] for row in scene.result]
    name = "row %d" % walk.i if walk.view == "row" else "column %d" % walk.j
    if not walk.complete:
        return "%s: %d of %d terms added" % (name, walk.k, scene.n)
    return "%s: %s" % (name, ", ".join(scene.exact(value) for value in values))


def sum_of_products(scene, i, j, count):
    """`2 · 1 + (−1) · (−0.5) + 3 · 2`."""
    terms = []
    for k in range(count):
        first = scene.left_text(i, k)
        terms.append("%s · %s" % (bracketed(first) if k else first, bracketed(scene.right_text(k, j))))
    return " + ".join(terms)


def bracketed(text):
    """A factor after another sign: (−1)."""
    return "(%s)" % text if text[0] == "−" else text


def disagreement(scene):
    """Why there is no product."""
    left, right, more = scene.label(0), scene.label(1), scene.n - scene.inner
    return "%s has %s and %s has %s. A row meets a column entry by entry: in each %s, %s would find no partner." % (
        left, plural(scene.n, "column"), right, plural(scene.inner, "row"),
        "row of " + left if more > 0 else "column of " + right, plural(abs(more), "entry", "entries"))


def plural(count, one, many=None):
    return "%d %s" % (count, one if count == 1 else many or one + "s")


def remedy(scene, sides):
    """What transposing these sides gives: `Bᵀ: (3, 4) @ (4, 5) → (3, 5)`."""
    (m, n), (k, p) = scene.shape(0), scene.shape(1)
    if 0 in sides:
        m, n = n, m
    if 1 in sides:
        k, p = p, k
    return "(%d, %d) @ (%d, %d) → (%d, %d)" % (m, n, k, p, m, p)


def rounding(scene):
    """How the result's table is rounded, if it is."""
    if scene.result_places == sum(scene.places):
        return ""
    return " The table of %s shows %d decimals; the sums written out above are exact." % (scene.names[2], scene.result_places)


def agreement(scene, answer):
    """Whether NumPy's product is the page's: both are shown if not."""
    if answer is None:
        return "NumPy is still loading; the numbers here are the page's own, in exact decimals."
    if answer.get("error"):
        return answer["error"]
    product = answer["product"]
    if product.get("refused"):
        return "NumPy refuses what the page multiplied: %s" % product["refused"]
    worst, where = 0.0, (0, 0)
    for i, row in enumerate(scene.result):
        for j, value in enumerate(row):
            difference = abs(product["values"][i][j] - value / 10 ** (2 * DIGITS))
            if difference > worst:
                worst, where = difference, (i, j)
    count = plural(scene.m * scene.p, "entry", "entries")
    if worst <= 1e-9 * max(1.0, scene.result_scale / 10 ** (2 * DIGITS)):
        exactly = ("exactly" if worst == 0 else
                   "up to %.0e: float64 keeps decimals such as 0.1 only nearly, the page counts in exact decimals" % worst)
        return "NumPy computed %s too: %s, the same %s." % (scene.code(), count, exactly)
    i, j = where
    return "NumPy differs at row %d, column %d: it has %r, the page has %s." % (
        i, j, product["values"][i][j], shown(scene.result[i][j], 2 * DIGITS))
