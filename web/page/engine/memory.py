"""What a network needs of the browser's memory, and whether there is as much: asked before it is built.

WebAssembly's memory can only grow, up to what the browser allows it: 4 GB at most, on a phone far less. Nobody tells how
much that is, so room is asked for and given back; untouched, it costs nothing.
"""
import gc

import numpy as np
import shapes
from spec import dropouts

from engine.session import chunk
from nncore.optimizers import OPTIMIZERS

MB = 1_000_000
WORTH_ASKING = 16 * MB  # below this the question costs more than it saves
PIECE = 256 * MB  # of what is asked for: no array of a 32-bit Python is larger than 2 GB
NUMBER = 4  # bytes of a float32
# Vectors as long as all parameters: parameters and gradients, those of the best and of the last finite epoch, the
# optimizer's scratch; and where one looks at the coming update, copies of these, gradients with and without penalty,
# the next parameters and how they differ.
VECTORS, LOOKED_AT = 5, 10
# Copies of the moments: the run's own, those before and after the coming update.
MOMENTS = 3
OF_NEURON = 4  # numbers of a neuron and row that a step keeps: z, a and their gradients
OF_LARGEST = 10  # numbers of a weight of the largest layer: while drawn in float64, penalized, looked at, found by index
OF_ENTRY = 12  # numbers of an entry of the data: as read, split, shuffled, in either precision


def needed(spec):
    """Bytes that the run of a spec takes at most, while it is built, trained and looked at."""
    layers, parameters = shapes.dense_layers(spec), shapes.parameter_count(spec)
    vectors = VECTORS + LOOKED_AT + MOMENTS * OPTIMIZERS[spec["opt"]].n_moments
    of_neuron = OF_NEURON + (2 if any(dropouts(spec)) else 0)  # the mask, and what it leaves
    neurons = sum(n_neurons for _, n_neurons, _ in layers)
    rows = 2 * shapes.batch_size(spec) + 2 * chunk(parameters)  # the run's and the copy's; whole chunks and what is left over
    entries = shapes.row_count(spec) * (layers[0][0] + layers[-1][1])
    largest = max(n_inputs * n_neurons for n_inputs, n_neurons, _ in layers)
    return NUMBER * (vectors * parameters + OF_LARGEST * largest + of_neuron * rows * neurons + OF_ENTRY * entries)


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
        pieces = [np.empty(min(PIECE, size - start), np.uint8) for start in range(0, size, PIECE)]
    except MemoryError:
        return False
    return bool(pieces)


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
