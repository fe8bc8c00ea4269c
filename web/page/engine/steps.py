"""The sentences on a parameter's update: its gradient, the optimizer's step with its numbers, its next value."""
import numpy as np

from engine.written import power, significant


BIASES = ("b", "db", "b_step", "b_next")  # keys of matrices of biases; all others are of weights


def place(rehearsal, layer, key, row, column):
    """Where a weight or bias stands among all parameters, and how it is written: W2[0, 3]."""
    weights, biases = rehearsal.network.places(layer - 1)
    bias = key in BIASES
    return int((biases if bias else weights)[row, column]), "%s%d[%d, %d]" % ("b" if bias else "W", layer, row, column)


def _place(it):
    return place(it.r, it.layer, it.key, it.row, it.column)


def gradient(it):
    """What the optimizer is given: the slope of the loss, and of the penalty where there is one."""
    at, name = _place(it)
    plain, both = float(it.r.gradients[at]), float(it.r.penalized[at])
    if plain == both:
        return ["The slope of the loss by %s, from the backward pass." % name]
    return ["The slope of the loss by %s, %s, and that of the penalty, %s." % (name, significant(plain, it.digits), significant(both - plain, it.digits))]


def step(it):
    """How the optimizer makes its step of it."""
    at, name = _place(it)
    return _rule(it, at, "Δ" + name)


def following(it):
    """The next value, and the step that leads there."""
    at, name = _place(it)
    d, before, after = it.decimals, float(it.r.parameters[at]), float(it.r.next_parameters[at])
    moved = after - before
    units = [d.units(before), d.units(moved)]
    if None in units:
        return ["%s next = %s" % (name, d(after))]
    printed = sum(units)
    words = "" if printed == d.units(after) else " as printed; %s when rounded once" % d(after)
    return ["%s next = %s + Δ%s = %s + %s = %s%s" % (name, name, name, d(before), d.factor(moved), d.write(printed), words)] + _rule(it, at, "Δ" + name)


def _rule(it, at, name):
    """The optimizer's step for one parameter, with its numbers, in digits that count: a sentence for each part of it."""
    r, optimizer = it.r, it.r.next_optimizer
    if r.network.locked[at]:
        return ["%s = 0: it is locked, training leaves it alone." % name]

    def plain(value):
        return significant(float(value), it.digits)

    def s(value):
        text = plain(value)
        return "(%s)" % text if text.startswith("−") else text

    g, moved, rate = r.penalized[at], r.next_parameters[at] - r.parameters[at], optimizer.rate
    kind = optimizer.name
    if kind == "sgd":
        return ["%s = −lr · gradient = −%s · %s = %s" % (name, s(rate), s(g), plain(moved))]
    after = [moment[at] for moment in optimizer.moments]
    before = [moment[at] for moment in r.optimizer.moments] or [0.0] * len(after)
    if kind == "momentum":
        return ["%s = %s · last step − lr · gradient = %s · %s − %s · %s = %s" % (
            name, optimizer.momentum, optimizer.momentum, s(before[0]), s(rate), s(g), plain(moved))]
    if kind == "rmsprop":
        keep = optimizer.decay
        return ["s = %s · %s + %.3g · %s² = %s: the usual square of the gradient" % (keep, s(before[0]), 1 - keep, s(g), plain(after[0])),
                "%s = −lr · gradient / (√s + ε) = −%s · %s / %s = %s" % (
                    name, s(rate), s(g), s(np.sqrt(after[0]) + optimizer.epsilon), plain(moved))]
    one, two, t = optimizer.beta1, optimizer.beta2, optimizer.updates
    size = rate * (1 - two ** t) ** 0.5 / (1 - one ** t)
    return ["m = %s · %s + %.3g · %s = %s: the mean of the last gradients" % (one, s(before[0]), 1 - one, s(g), plain(after[0])),
            "s = %s · %s + %.3g · %s² = %s: the mean of their squares" % (two, s(before[1]), 1 - two, s(g), plain(after[1])),
            "lr′ = lr · √(1 − %s%s) / (1 − %s%s) = %s · √(1 − %s%s) / (1 − %s%s) = %s: m and s start at 0, and this makes up for it" % (
                (two, power(t), one, power(t), plain(rate)) + (two, power(t), one, power(t), plain(size))),
            "%s = −lr′ · m / (√s + ε) = −%s · %s / %s = %s" % (
                name, s(size), s(after[0]), s(np.sqrt(after[1]) + optimizer.epsilon), plain(moved))]
