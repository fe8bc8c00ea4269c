"""What the neurons of some columns say, in slices: a wide network has no room, and nobody the time, for all of them."""
import numpy as np

EVERY = slice(None)


def columns(network, x, wanted):
    """The activations of x (rows, n_inputs), without dropout, as {column: (rows, neurons)}, in steps.

    `wanted` is {column: which of its neurons}, EVERY or a list of them; column 0 are the inputs, from 1 on the
    layers. Only these are kept. A generator that yields after each pass of some rows.
    """
    x = np.asarray(x, dtype=network.dtype)
    found = {0: x[:, wanted[0]]} if 0 in wanted else {}
    parts = {column: [] for column in wanted if column}
    for _, buffers in network.passing(x):
        for column, kept in parts.items():
            kept.append(buffers[column - 1].a[:, wanted[column]].copy())
        yield
    for column, kept in parts.items():
        found[column] = kept[0] if len(kept) == 1 else np.concatenate(kept)
    return found


def outputs(network, x):
    """What the network answers for x (rows, n_inputs), as `predict` does, in steps."""
    last = len(network.layers)
    found = yield from columns(network, x, {last: EVERY})
    return found[last]
