"""The numbers of one neuron as they are printed: a table and formulas that add up as they stand. No drawing here."""

DIGITS = 4  # decimals of all computed numbers; given points have two

# each activation's formula over z, and what its slope does to a point's pull
FORMULAS = {"linear": "z", "relu": "max(z, 0)", "sigmoid": "1 / (1 + e⁻ᶻ)", "tanh": "tanh(z)"}
SLOPES = {
    "linear": "Without an activation the slope of ŷ over z is 1 everywhere: every point pulls at full strength.",
    "relu": "With relu each pull is multiplied by its slope f′(z): 1 where z is above 0, else 0. A point on the flat side does not pull.",
    "sigmoid": "With a sigmoid each pull is multiplied by its slope f′(z) = ŷ·(1 − ŷ), at most 0.25: where the curve is flat, a point hardly pulls.",
    "tanh": "With tanh each pull is multiplied by its slope f′(z) = 1 − ŷ², at most 1: where the curve is flat, a point hardly pulls.",
}
ORDER = ["linear", "relu", "sigmoid", "tanh"]


def printed(value, digits=DIGITS):
    """A number with fixed decimals, a real minus sign and no −0."""
    text = "%.*f" % (digits, value)
    return text.replace("-", "−") if float(text) else text.lstrip("-")


def signed(value, digits=DIGITS):
    """A number with its sign, also above 0."""
    return ("+" if float("%.*f" % (digits, value)) > 0 else "") + printed(value, digits)


def enclosed(text):
    """A number in brackets where it is negative, as a factor is written."""
    return "(" + text + ")" if text.startswith("−") else text


def rounded(value):
    """The number that `printed` shows."""
    return float("%.*f" % (DIGITS, value)) + 0.0


def rows(points, told):
    """For each point [x, y, a, r, r², r·s, r·s·x], each number computed from those before it as they are printed."""
    out = []
    for i in range(len(points)):
        x, y = points[i]
        a = rounded(told["answers"][i])
        residual = rounded(a - y)
        part = rounded(residual * rounded(told["slopes"][i]))
        out.append([x, y, a, residual, rounded(residual * residual), part, rounded(part * x)])
    return out


def sums(table):
    """The sums of the last three columns, of printed numbers."""
    return [rounded(sum(row[column] for row in table)) for column in (4, 5, 6)]


def loss_formula(total, count):
    """The loss as the mean of the printed squares; (formula, its result)."""
    result = rounded(total / count)
    return ("L = Σ r² / n = %s / %d = " % (printed(total), count), printed(result))


def gradient_formula(name, total, count, is_linear):
    """The derivative by "w" or "b" from a printed sum; (formula, its result)."""
    terms = ("r" if is_linear else "r·f′(z)") + ("·x" if name == "w" else "")
    return ("∂L/∂%s = 2/n · Σ %s = 2/%d · %s = " % (name, terms, count, enclosed(printed(total))),
            signed(2 * total / count))


def step_formula(name, value, rate, gradient):
    """The next value from the printed ones: value − rate · gradient; (formula, its result)."""
    value, gradient = rounded(value), rounded(gradient)
    return ("%s ← %s − %s · %s = " % (name, printed(value), plain(rate), enclosed(printed(gradient))),
            printed(value - rate * gradient))


def plain(value):
    """A number in as few characters as say it."""
    return ("%.6g" % value).replace("-", "−")


def rounding_note(table, told):
    """Says how the numbers are rounded, and where that shows."""
    note = "All computed numbers are rounded to %d decimals and go on as printed, so that each can be checked by hand." % DIGITS
    if table and rounded(sums(table)[0] / len(table)) != rounded(told["loss"]):
        note += " Unrounded, the loss is %s." % printed(told["loss"], DIGITS + 2)
    return note


def formula(activation, weight, bias):
    """The neuron with its numbers in it: two lines, z and what the activation makes of it."""
    z = "z = %s · x %s %s" % (printed(weight, 2), "−" if bias < 0 else "+", printed(abs(bias), 2))
    return z, "ŷ = " + FORMULAS[activation]


def landscape(activation, told, count):
    """What the picture of the loss shows with this activation, at this point: (words, whether they are a warning)."""
    if count == 0:
        return "Without points there is no loss.", False
    flat = len([slope for slope in told["slopes"] if slope < 0.01])
    if activation == "linear":
        return ("A bowl: without an activation the loss is a square of weight and bias, with one lowest point. "
                "Downhill leads there from anywhere."), False
    if activation == "relu":
        if flat == count:
            return ("Dead: z is at or below 0 for every point, so relu answers 0 everywhere and its slope is 0. Both "
                    "gradients are exactly 0, and no step moves it."), True
        return ("No bowl any more: relu cuts it. %d of %d points lie where relu answers 0; they add nothing to the "
                "gradient. Where all do, the loss is a flat floor." % (flat, count)), False
    name = "σ′" if activation == "sigmoid" else "tanh′"
    if 2 * flat > count:
        return ("Saturated: for %d of %d points the curve is nearly flat (%s below 0.01), so they hardly pull. Out here "
                "the loss is a plateau, and steps are tiny." % (flat, count, name)), True
    return ("No bowl any more: it is steep in the middle and flattens to plateaus far out, where the curve is nearly "
            "flat (%s near 0). Now: %d of %d points." % (name, flat, count)), False


def walk_words(count, ended, told, rate, safe_rate):
    """Where the walk stands: (words, whether they are a warning)."""
    gradient = "the gradient is (%s, %s)" % (signed(told["dWeight"]), signed(told["dBias"]))
    if ended == "diverged":
        words = ("Diverged after %d step%s: each step jumps over the valley and lands higher, loss %s. The next one would "
                 "leave −100 to 100, so the walk stops here." % (count, "" if count == 1 else "s", short(told["loss"])))
        return words + (" For these points a learning rate below %s goes down." % plain_down(safe_rate) if safe_rate else
                        " Try a smaller learning rate."), True
    if ended == "arrived":
        flat = told["dWeight"] == 0 and told["dBias"] == 0
        return ("%s: the gradient is %s, so there is nowhere to step." % (
            "No step taken" if count == 0 else "Arrived after %d steps" % count,
            "exactly 0" if flat else "0 to 4 decimals")), flat
    if count == 0:
        return "A step goes against the gradient, learning rate times as far.", False
    return "Step %d: loss %s, %s." % (count, short(told["loss"]), gradient), False


def short(value):
    """A loss in few characters, however large."""
    return printed(value) if value < 1000 else ("%.3g" % value).replace("e+0", "e").replace("e+", "e")


def plain_down(value):
    """Two decimals, rounded down: a rate below it is below the limit."""
    return "%.2f" % (int(value * 100) / 100)
