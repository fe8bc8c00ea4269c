"""The small layer that a batch is shown on, and the sentences on what was measured. No drawing here."""

SIZES = [2 ** power for power in range(11)]
SHOWN = 5  # rows of a batch that are written out
# One decimal each, so that all products and sums are exact with two.
X = [[0.5, -0.4, 0.9], [-0.7, 0.2, 0.3], [0.1, 0.8, -0.5], [-0.3, -0.6, 0.4], [0.6, 0.9, -0.2]]
W = [[0.8, -0.5], [0.3, 0.7], [-0.6, 0.4]]
B = [[0.1, -0.2]]


def product(row):
    """One row through the small layer: row @ W + b, by hand."""
    return [round(sum(row[k] * W[k][j] for k in range(3)) + B[0][j], 2) for j in range(2)]


def printed(value, digits):
    """A number with fixed decimals and a real minus sign."""
    return ("%.*f" % (digits, value)).replace("-", "−")


def terms(i):
    """Row i's first result with every product, as it adds up."""
    parts = " + ".join("%s·%s" % (enclosed(X[i][k]), enclosed(W[k][0])) for k in range(3))
    return "Z[%d, 0] = %s + %s = %s" % (i, parts, enclosed(B[0][0]), printed(product(X[i])[0], 2))


def enclosed(value):
    """A factor with one decimal, in brackets where it is negative."""
    return ("(%s)" if value < 0 else "%s") % printed(value, 1)


def plural(count, word):
    """A count with its word."""
    return "%s %s%s" % (thousands(count), word, "" if count == 1 else "s")


def thousands(count):
    return "%d,%03d" % (count // 1000, count % 1000) if count >= 1000 else "%d" % count


def duration(seconds):
    """A time with three digits, in the unit that suits it."""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        value = seconds / size
        if value >= 0.9995 or unit == "ns":
            return "%.*f %s" % (0 if value >= 99.95 else 1 if value >= 9.995 else 2, value, unit)


def ledger(rows):
    """The shapes of one product for so many rows."""
    return "X (%s, 3) @ W (3, 2) + b (1, 2) → Z (%s, 2)" % (rows, rows)


def ratio(loop, one):
    """How many times as fast, in two digits."""
    times = loop / one
    return "%.0f" % times if times >= 10 else "%.1f" % times if times >= 1 else "%.2f" % times


def found(rows, inputs, neurons, loop, one):
    """What was measured for one batch size, in a sentence."""
    layer = "%s through a layer (%d, %d)" % (plural(rows, "row"), inputs, neurons)
    if loop is None or one is None:
        return layer + ": not measured yet."
    times = loop / one
    said = "%s: %s one by one, %s as one product" % (layer, duration(loop), duration(one))
    if times >= 1.15:
        return said + ": %s times as fast." % ratio(loop, one)
    return said + (": no gain." if times > 0.87 else ": slower, %s times as long." % ratio(one, loop))


def overall(measured):
    """What all sizes together say: where the gain comes from, as far as these numbers show it."""
    both = [(rows, times["loop"] / rows, times["product"] / rows) for rows, times in measured if len(times) == 2]
    if len(both) < len(SIZES):
        return ""
    first, last = both[0], both[-1]
    words = "The time a row, from a batch of 1 to one of %s: from %s to %s as one product, from %s to %s one by one. " % (
        thousands(last[0]), duration(first[2]), duration(last[2]), duration(first[1]), duration(last[1]))
    if last[1] / last[2] >= 4:
        return words + ("Each call of NumPy costs the same few microseconds however little it computes: one product pays "
                        "them once, the loop once a row.")
    return words + ("In a layer this large the arithmetic itself takes most of the time, and both ways do the same "
                    "arithmetic: so the gain is smaller here, on one processor core.")


def compared(answer, rows, inputs, neurons):
    """How far the two ways' numbers lie apart, as the engine found."""
    numbers = plural(answer["numbers"], "number")
    where = "X (%d, %d) @ W (%d, %d), float32: " % (rows, inputs, inputs, neurons)
    if answer["difference"] == 0:
        return where + "all %s are the same, to the last bit." % numbers
    return where + ("%s of %s differ in the last digit, by %s at most: the sums are added up in another order, and each "
                    "addition rounds." % (thousands(answer["differing"]), numbers,
                                          ("%.1e" % answer["difference"]).replace("e-0", "e-").replace("-", "−")))
