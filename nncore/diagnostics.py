"""Diagnostics name what is wrong with a run: neurons that stay twins, a loss that stands still, learning by heart."""

from itertools import takewhile

import numpy as np

from .history import History


def distinct_neurons(layer):
    """Return how many neurons of a layer differ in their weights or bias: equal ones learn the same for ever."""
    if len(np.unique(layer.weights[0])) == layer.n_neurons:
        return layer.n_neurons  # which settles it without sorting a million numbers
    columns = np.concatenate([layer.weights, layer.biases])  # (n_inputs + 1, n_neurons)
    return len(np.unique(columns, axis=1).T)


def is_on_plateau(history, epochs=20, change=0.002):
    """Whether the training loss has moved by less than `change`, as a fraction, over the last `epochs` epochs,
    while it is still above half of what it was before training.

    `history` is a History or a list of EpochEvents, the first from before training. A History is read from its end
    and never as a whole.
    """
    if not history or (last := history[-1]).epoch < epochs:
        return False
    recent = takewhile(lambda event: event.epoch >= last.epoch - epochs, reversed(history))
    losses = [event.train_loss for event in recent]
    stands_still = max(losses) - min(losses) < change * max(losses)
    return stands_still and last.train_loss > 0.5 * history[0].train_loss


def memorising_since(history, patience=15, rise=0.1):
    """Return the epoch since which the network has been learning by heart, or None.

    That is the epoch of the lowest validation loss, once it lies `patience` epochs back, the validation loss is
    higher by the fraction `rise`, and the training loss has fallen all the same. `history` is a History, which
    knows its best epoch, or a list of EpochEvents, which is searched for it.
    """
    if not history:
        return None
    is_known = isinstance(history, History)
    best = history.best if is_known else min(history, key=lambda event: event.validation_loss)
    last = history[-1]
    late = last.epoch - best.epoch >= patience
    worse = last.validation_loss > (1 + rise) * best.validation_loss
    return best.epoch if late and worse and last.train_loss < best.train_loss else None
