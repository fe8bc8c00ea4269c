"""A pass carries a batch forward through the layers, or the loss's gradient back through them.

This is the hot path: it checks nothing and allocates nothing. x (batch, n_inputs) and targets (batch,
n_outputs) are C-ordered and of the network's dtype, `buffers` are those for as many rows. A training that
diverges meets infinities here, so callers silence NumPy's warnings around a pass.
"""

import numpy as np

from .activations import LINEAR


def forward(operations, x, buffers, rng=None):
    """Fill every layer's z and a and return the last a; `rng` switches dropout on."""
    _forward(operations, x, buffers, buffers.last.activation, rng)
    return buffers.last.a


def loss_of(operations, x, targets, loss, buffers, rng=None):
    """Return the mean loss and fill its gradient: the last d_z where the loss is fused, else the last d_a."""
    last = buffers.last
    if loss.fused_with is last.activation:
        _forward(operations, x, buffers, LINEAR, rng)
        return loss.measure(operations, last.z, targets, last.a, last.d_z)
    _forward(operations, x, buffers, last.activation, rng)
    return loss.measure(operations, last.a, targets, buffers.probabilities, last.d_a)


def step(operations, x, targets, loss, buffers, rng=None):
    """Return the mean loss and fill all gradients: one pass forward and one back."""
    value = loss_of(operations, x, targets, loss, buffers, rng)
    last = buffers.last
    _backward(operations, last, None if loss.fused_with is last.activation else last.activation)
    for work in buffers.hidden_backwards:
        if rng is not None and work.mask is not None:
            np.multiply(work.d_a, work.mask, out=work.d_a)
        _backward(operations, work, work.activation)
    return value


def _forward(operations, x, buffers, last_activation, rng):
    """Fill each z and a; a fused loss asks for a linear last layer and fills that a itself."""
    dense_forward = operations.dense_forward
    for work in buffers.hidden:
        work.x = x
        dense_forward(x, work.weights, work.biases, work.activation, work.z, work.a)
        x = work.a if rng is None or work.mask is None else work.drop(rng)
    last = buffers.last
    last.x = x
    a = last.z if last_activation is LINEAR else last.a
    dense_forward(x, last.weights, last.biases, last_activation, last.z, a)


def _backward(operations, w, activation):
    operations.dense_backward(
        w.x, w.weights, activation, w.z, w.a, w.d_a, w.d_z, w.d_weights, w.d_biases, w.d_x
    )
