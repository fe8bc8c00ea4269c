"""What a network needs of the browser's memory, and whether there is as much: asked before it is built.

WebAssembly's memory can only grow, up to what the browser allows it: 4 GB at most, on a phone far less. Nobody tells how
much that is, so room is asked for and given back; untouched, it costs nothing.
"""
import gc

import numpy as np
import shapes
from spec import dropouts

from nncore.optimizers import OPTIMIZERS

MB = 1_000_000
WORTH_ASKING = 64 * MB  # below this the question costs more than it saves
NUMBER = 4  # bytes of a float32
# Vectors as long as all parameters: parameters and gradients, those of the best and of the last finite epoch, the
# optimizer's scratch; as many again, with the moments, are copied where one looks at the coming update.
VECTORS, LOOKED_AT = 5, 6
OF_NEURON = 4  # numbers of a neuron and row that a training step keeps: z, a and their gradients
WEIGHTS_DRAWN = 16  # bytes of a weight while its layer's are drawn, in float64


def needed(spec):
    """Bytes that the run of a spec takes at most, while it is built, trained and looked at."""
    layers, parameters = shapes.dense_layers(spec), shapes.parameter_count(spec)
    vectors = VECTORS + LOOKED_AT + 3 * OPTIMIZERS[spec["opt"]].n_moments  # its own, the copy's, the copy's after a step
    rows = shapes.batch_size(spec)
    dropped = 2 if any(dropouts(spec)) else 0
    neurons = sum(n_neurons for _, n_neurons, _ in layers)
    data = 6 * shapes.row_count(spec) * (layers[0][0] + layers[-1][1])  # as read, split, shuffled
    largest = max(n_inputs * n_neurons for n_inputs, n_neurons, _ in layers)
    numbers = vectors * parameters + 2 * (OF_NEURON + dropped) * rows * neurons + data  # a step's own, the copy's
    return NUMBER * numbers + WEIGHTS_DRAWN * largest


def refusal(spec, has_room=None):
    """Why memory can't hold the run of a spec, in a sentence that says what to do; "" where it can."""
    wanted = needed(spec)
    if wanted < WORTH_ASKING:
        return ""
    gc.collect()  # networks are rings of objects: those of former runs are still there
    has_room = has_room or _has_room
    if has_room(wanted):
        return ""
    return ("%s would need about %s of memory; this browser has %s for it. Take fewer neurons or layers, or smaller "
            "batches; closing other tabs may help too." % (_what(spec), _size(wanted), _size(_room(wanted, has_room))))


def out_of_memory():
    """What to say where memory ran out after all."""
    return ("The browser has no more memory for this network. Take fewer neurons or layers, or smaller batches; closing "
            "other tabs may help too.")


def _has_room(size):
    """Whether so many bytes can be had."""
    try:
        np.empty(size, np.uint8)
    except MemoryError:
        return False
    return True


def _room(most, has_room):
    """Bytes that can be had, to within a hundredth of `most`, which can't."""
    low, high = 0, most
    while high - low > most // 100:
        middle = (low + high) // 2
        if has_room(middle):
            low = middle
        else:
            high = middle
    return low


def _what(spec):
    return "A network of {:,} weights and biases, trained on batches of {:,} rows,".format(
        shapes.parameter_count(spec), shapes.batch_size(spec))


def _size(size):
    return "%.1f GB" % (size / 1e9) if size >= 1e9 else "%d MB" % (size // MB)
