"""The numerical check of one gradient, live: backpropagation against finite differences, told in a sentence."""
from engine.steps import place
from engine.written import significant


def sentence(rehearsal, layer, key, row, column):
    """How the gradient of one weight or bias compares with the slope measured by moving it a little."""
    index, name = place(rehearsal, layer, key, row, column)
    own, measured = rehearsal.check(index)
    size = max(abs(own), abs(measured))
    apart = abs(own - measured) / size if size else 0.0
    verdict = ("Both are 0 to nine decimals." if size < 1e-9 else
               "They agree: the relative difference is %s." % significant(apart, 2) if apart < 1e-6 else
               "They differ by %s of their size. On a kink, such as relu at Z = 0, there is no one slope, and this is what one sees."
               % significant(apart, 2))
    dropout = any(layer.dropout for layer in rehearsal.network.layers)
    return ("%s moved by ±0.0001 and ±0.0002 in float64%s: the loss changes by %s for each 1. Backpropagation says %s. %s" % (
        name, ", without dropout" if dropout else "", significant(measured, 9), significant(own, 9), verdict))
