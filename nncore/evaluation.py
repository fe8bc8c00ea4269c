"""Evaluation measures a network on data as it is now: no dropout, no penalty, nothing learned."""

import numpy as np

from . import checks, losses, metrics, passes, targets
from .activations import SIGMOID
from .data import from_arrays
from .stepwise import finish


def evaluate(network, part, loss=None, task=None):
    """Return (mean loss, score) of a network on a part of a split.

    `loss` is the one that suits the last activation unless given, `task` the part's own; the score is
    accuracy for classify and R² for regress and reconstruct.
    """
    return finish(evaluating(network, part, loss, task))


def evaluating(network, part, loss=None, task=None):
    """Do what `evaluate` does in steps: a generator that yields after each pass of some rows."""
    task = part.task if task is None else task
    loss = choose_loss(network, loss, task)
    x, y = arrays_for(network, part, loss)
    return (yield from measuring(network, x, y, loss, metrics.score_of(task)))


def choose_loss(network, loss, task):
    """Return the loss of this name, or where it is None the one that suits the network's last activation."""
    return losses.default_for(network.layers[-1].activation, task) if loss is None else losses.get(loss)


def arrays_for(network, part, loss):
    """Return a part's x (n, n_inputs) and targets (n, n_outputs) in the network's dtype, checked."""
    if part.x.shape[1] != network.n_inputs:
        raise ValueError(
            f"the data have {part.x.shape[1]} features but the network takes {network.n_inputs} inputs: "
            f"the first layer needs n_inputs = {part.x.shape[1]}"
        )
    two_classes = part.task == "classify" and part.y.shape[1] == 2
    if part.y.shape[1] != network.n_outputs and not (two_classes and network.n_outputs == 1):
        raise ValueError(
            f"the data have {part.y.shape[1]} targets a row but the network gives {network.n_outputs} "
            f"outputs: the last layer needs {part.y.shape[1]} neurons"
        )
    x = network._inputs(part.x)
    return x, targets.of_part(part, network.n_outputs, loss, network.dtype)


def measure(network, x, y, loss, score):
    """Return (mean loss, score) for arrays that are checked already, passing the rows of one of the network's `chunks`
    at a time.

    Where a cross-entropy is not fused, its probabilities are scored, not the logits.
    """
    return finish(measuring(network, x, y, loss, score))


def measuring(network, x, y, loss, score):
    """Do what `measure` does in steps: a generator that yields after each pass and returns the same numbers."""
    outputs = np.empty_like(y)
    total = 0.0
    for rows in network.chunks(len(x)):
        buffers = network._watch_buffers.get(rows.stop - rows.start)
        with np.errstate(all="ignore"):
            total += len(x[rows]) * passes.loss_of(network.operations, x[rows], y[rows], loss, buffers)
        apart = loss.fused_with not in (None, buffers.last.activation)
        outputs[rows] = buffers.probabilities if apart else buffers.last.a
        yield
    with np.errstate(all="ignore"):
        return total / len(x), score(outputs, y)


def own_data(network, x, y, loss):
    """Return the Dataset of a person's own arrays, its task being what the network and the loss suggest.

    Labels are meant where there are several outputs, or one that is sigmoid; one-hot rows where the loss is
    the categorical cross-entropy; no y gives x back; all else is to be regressed.
    """
    if y is None:
        return from_arrays(x)
    y = checks.numeric(y, "y")
    loss = choose_loss(network, loss, "classify")
    if y.ndim == 1 and network.n_outputs > 1:
        return from_arrays(x, y, task="classify", n_classes=network.n_outputs)
    if (
        y.ndim == 1
        and SIGMOID in (network.layers[-1].activation, loss.fused_with)
        and np.isin(y, (0, 1)).all()
    ):
        return from_arrays(x, y, task="classify", n_classes=2)
    one_hot = y.ndim == 2 and loss is losses.CATEGORICAL_CROSS_ENTROPY and targets.is_one_hot(y)
    return from_arrays(x, y, task="classify" if one_hot else "regress")
