"""A pass carries a batch forward through the layers, or the loss's gradient back through them.

This is the hot path: it checks nothing and allocates nothing. x (batch, n_inputs) and targets (batch,
n_outputs) are C-ordered and of the network's dtype, `buffers` are those for as many rows. A training that
diverges meets infinities here, so callers silence NumPy's warnings around a pass.
"""

import numpy as np

from .activations import LINEAR


def forward(operations, x, buffers, rng=None):
    """Fill every layer's z and a and return the last a; `rng` switches dropout on."""
    for work in buffers.hidden:
        x = _through(operations, x, work, rng)
    _out(operations, x, buffers.last, buffers.last.activation)
    return buffers.last.a


def loss_of(operations, x, targets, loss, buffers, rng=None):
    """Return the mean loss and fill its gradient: the last d_z where the loss is fused, else the last d_a."""
    for work in buffers.hidden:
        x = _through(operations, x, work, rng)
    return _loss_after(operations, x, targets, loss, buffers)


def step(operations, x, targets, loss, buffers, rng=None):
    """Return the mean loss and fill all gradients: one pass forward and one back."""
    value = loss_of(operations, x, targets, loss, buffers, rng)
    _back_from_loss(operations, loss, buffers.last)
    for work in buffers.hidden_backwards:
        _back_through(operations, work, rng)
    return value


def stepping(operations, x, targets, loss, buffers, rng=None):
    """Do what `step` does in steps: a generator that yields between the layers and returns the mean loss."""
    for work in buffers.hidden:
        x = _through(operations, x, work, rng)
        yield
    value = _loss_after(operations, x, targets, loss, buffers)
    _back_from_loss(operations, loss, buffers.last)
    for work in buffers.hidden_backwards:
        yield
        _back_through(operations, work, rng)
    return value


def _through(operations, x, work, rng):
    """Fill a hidden layer's z and a, and return what goes on to the next."""
    work.x = x
    operations.dense_forward(x, work.weights, work.biases, work.activation, work.z, work.a)
    return work.a if rng is None or work.mask is None else work.drop(rng)


def _out(operations, x, last, activation):
    """Fill the last layer's z and a; a fused loss asks for a linear layer and fills that a itself."""
    last.x = x
    a = last.z if activation is LINEAR else last.a
    operations.dense_forward(x, last.weights, last.biases, activation, last.z, a)


def _loss_after(operations, x, targets, loss, buffers):
    """Return the mean loss, x being what the last layer takes in."""
    last = buffers.last
    if loss.fused_with is last.activation:
        _out(operations, x, last, LINEAR)
        return loss.measure(operations, last.z, targets, last.a, last.d_z)
    _out(operations, x, last, last.activation)
    return loss.measure(operations, last.a, targets, buffers.probabilities, last.d_a)


def _back_from_loss(operations, loss, last):
    _backward(operations, last, None if loss.fused_with is last.activation else last.activation)


def _back_through(operations, work, rng):
    if rng is not None and work.mask is not None:
        np.multiply(work.d_a, work.mask, out=work.d_a)
    _backward(operations, work, work.activation)


def _backward(operations, w, activation):
    operations.dense_backward(
        w.x, w.weights, activation, w.z, w.a, w.d_a, w.d_z, w.d_weights, w.d_biases, w.d_x
    )
