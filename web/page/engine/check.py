"""The numerical check of one gradient, live: backpropagation against finite differences, told in a sentence."""
from engine.written import significant

BIASES = ("b", "db", "b_step", "b_next")


def sentence(rehearsal, layer, key, row, column):
    """How the gradient of one weight or bias compares with the slope measured by moving it a little."""
    weights, biases = rehearsal.network.places(layer - 1)
    bias = key in BIASES
    index = int((biases if bias else weights)[row, column])
    own, measured = rehearsal.check(index)
    name = "%s%d[%d, %d]" % ("b" if bias else "W", layer, row, column)
    size = max(abs(own), abs(measured))
    apart = abs(own - measured) / size if size else 0.0
    verdict = ("Both are 0 to nine decimals." if size < 1e-9 else
               "They agree: the relative difference is %s." % significant(apart, 2) if apart < 1e-6 else
               "They differ by %s of their size. On a kink, such as relu at Z = 0, there is no one slope, and this is what one sees."
               % significant(apart, 2))
    dropout = any(layer.dropout for layer in rehearsal.network.layers)
    return ("%s moved by ±0.0001 and ±0.0002 in float64%s: the loss changes by %s for each 1. Backpropagation says %s. %s" % (
        name, ", without dropout" if dropout else "", significant(measured, 9), significant(own, 9), verdict))
