"""The table of operations holds the few kernels a training step is made of, so that a faster set can replace
them.

`NUMPY` is the table in plain NumPy. Every kernel writes into arrays that were made beforehand, allocates at
most a few numbers, checks nothing (its callers do, once) and may meet infinities when a training diverges:
callers silence NumPy's warnings around a whole step. Another table with the same signatures is handed to
`Network(operations=…)`.

Shapes: x (batch, n_inputs) · weights (n_inputs, n_neurons) · biases (1, n_neurons) · z, a, d_z, d_a (batch,
n_neurons); the optimizers see flat vectors.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


def dense_forward(x, weights, biases, activation, z, a):
    """z = x @ weights + biases, a = activation(z); a linear layer may share one array for both."""
    np.matmul(x, weights, out=z)  # (batch, n_inputs) @ (n_inputs, n_neurons)
    np.add(z, biases, out=z)  # (1, n_neurons) is added to each row
    activation.forward(z, a)


def dense_backward(x, weights, activation, z, a, d_a, d_z, d_weights, d_biases, d_x):
    """Fill d_z, d_weights, d_biases and d_x from d_a.

    `activation` None means that a fused loss has filled d_z already; `d_x` None that no layer comes before.
    """
    if activation is not None:
        activation.backward(z, a, d_a, d_z)
    np.matmul(x.T, d_z, out=d_weights)  # (n_inputs, batch) @ (batch, n_neurons)
    np.add.reduce(d_z, axis=0, keepdims=True, out=d_biases)
    if d_x is not None:
        np.matmul(d_z, weights.T, out=d_x)  # (batch, n_neurons) @ (n_neurons, n_inputs)


def sigmoid(z, a):
    """a = 1 / (1 + e⁻ᶻ), written as (1 + tanh(z / 2)) / 2, which cannot overflow."""
    np.multiply(z, 0.5, out=a)
    np.tanh(a, out=a)
    np.multiply(a, 0.5, out=a)
    np.add(a, 0.5, out=a)


def squared_error(outputs, targets, d_outputs):
    """Return the mean of (outputs - targets)² over all entries; d_outputs = 2 (outputs - targets) / size."""
    size = outputs.size
    np.subtract(outputs, targets, out=d_outputs)
    loss = float(np.vdot(d_outputs, d_outputs)) / size
    np.multiply(d_outputs, 2.0 / size, out=d_outputs)
    return loss


def softmax_cross_entropy(logits, targets, probabilities, d_logits):
    """Return the mean over the batch of -Σ targets · log(softmax(logits)); d_logits = (softmax - targets) /
    batch.

    With s = logits - max: -log softmax = log Σ eˢ - s, both terms of which are without cancellation, so that
    the loss is right for logits of any size. Each row of targets sums to 1.
    """
    n_rows = len(logits)
    column = d_logits[:, :1]  # (batch, 1), borrowed until d_logits itself is due
    np.maximum.reduce(logits, axis=1, keepdims=True, out=column)
    np.subtract(logits, column, out=probabilities)  # s
    picked = float(np.vdot(targets, probabilities))  # Σ targets · s
    np.exp(probabilities, out=probabilities)
    np.add.reduce(probabilities, axis=1, keepdims=True, out=column)
    np.divide(probabilities, column, out=probabilities)
    np.log(column, out=column)
    loss = (float(np.add.reduce(column, axis=None)) - picked) / n_rows
    np.subtract(probabilities, targets, out=d_logits)
    np.multiply(d_logits, 1.0 / n_rows, out=d_logits)
    return loss


def sigmoid_cross_entropy(logits, targets, probabilities, d_logits):
    """Return the mean over all entries of log(1 + eˡ) - l·targets; d_logits = (sigmoid - targets) / size."""
    size = logits.size
    np.multiply(logits, targets, out=probabilities)
    np.logaddexp(logits, 0.0, out=d_logits)
    np.subtract(d_logits, probabilities, out=d_logits)  # per entry, so that large logits cancel exactly
    loss = float(np.add.reduce(d_logits, axis=None)) / size
    sigmoid(logits, probabilities)
    np.subtract(probabilities, targets, out=d_logits)
    np.multiply(d_logits, 1.0 / size, out=d_logits)
    return loss


def penalty(weights, d_weights, l1, l2, scratch):
    """Return l1 · Σ|w| + l2/2 · Σw² and add its gradient, l1 · sign(w) + l2 · w, to d_weights."""
    value = 0.0
    if l2:
        value += 0.5 * l2 * float(np.vdot(weights, weights))
        np.multiply(weights, l2, out=scratch)
        np.add(d_weights, scratch, out=d_weights)
    if l1:
        np.abs(weights, out=scratch)
        value += l1 * float(np.add.reduce(scratch, axis=None))
        np.sign(weights, out=scratch)
        np.multiply(scratch, l1, out=scratch)
        np.add(d_weights, scratch, out=d_weights)
    return value


def sgd(parameters, gradients, learning_rate, scratch):
    """p -= learning_rate · g"""
    np.multiply(gradients, learning_rate, out=scratch)
    np.subtract(parameters, scratch, out=parameters)


def momentum(parameters, gradients, velocity, learning_rate, keep, scratch):
    """v = keep · v - learning_rate · g;  p += v"""
    np.multiply(velocity, keep, out=velocity)
    np.multiply(gradients, learning_rate, out=scratch)
    np.subtract(velocity, scratch, out=velocity)
    np.add(parameters, velocity, out=parameters)


def rmsprop(parameters, gradients, squares, learning_rate, decay, epsilon, scratch):
    """s = decay · s + (1 - decay) · g²;  p -= learning_rate · g / (√s + epsilon)"""
    _blend_squares(squares, gradients, decay, scratch)
    np.sqrt(squares, out=scratch)
    np.add(scratch, epsilon, out=scratch)
    np.divide(gradients, scratch, out=scratch)
    np.multiply(scratch, learning_rate, out=scratch)
    np.subtract(parameters, scratch, out=parameters)


def adam(parameters, gradients, means, squares, step_size, beta1, beta2, epsilon, scratch):
    """m = beta1·m + (1 - beta1)·g;  s = beta2·s + (1 - beta2)·g²;  p -= step_size · m / (√s + epsilon)"""
    np.multiply(means, beta1, out=means)
    np.multiply(gradients, 1.0 - beta1, out=scratch)
    np.add(means, scratch, out=means)
    _blend_squares(squares, gradients, beta2, scratch)
    np.sqrt(squares, out=scratch)
    np.add(scratch, epsilon, out=scratch)
    np.divide(means, scratch, out=scratch)
    np.multiply(scratch, step_size, out=scratch)
    np.subtract(parameters, scratch, out=parameters)


def _blend_squares(squares, gradients, keep, scratch):
    np.multiply(squares, keep, out=squares)
    np.multiply(gradients, gradients, out=scratch)
    np.multiply(scratch, 1.0 - keep, out=scratch)
    np.add(squares, scratch, out=squares)


@dataclass(frozen=True, eq=False, repr=False)
class Operations:
    """One set of kernels; the functions above tell what each does.

    `plan`, where there is one, takes over the loop: plan(network, loss, optimizer, x, y, batch_size) returns an
    object whose run(first, count, l1, l2) does `count` updates from batch `first` of x and y on and returns (how
    many before the loss was no longer finite, loss, penalty); or None for what it cannot do. `check`, where there
    is one, is called once with all new Buffers and raises ValueError where the kernels must not work in them.
    """

    name: str
    dense_forward: Callable
    dense_backward: Callable
    squared_error: Callable
    softmax_cross_entropy: Callable
    sigmoid_cross_entropy: Callable
    penalty: Callable
    sgd: Callable
    momentum: Callable
    rmsprop: Callable
    adam: Callable
    plan: Callable | None = None
    check: Callable | None = None

    def __repr__(self):
        return f"Operations({self.name!r})"


NUMPY = Operations(
    "numpy",
    dense_forward,
    dense_backward,
    squared_error,
    softmax_cross_entropy,
    sigmoid_cross_entropy,
    penalty,
    sgd,
    momentum,
    rmsprop,
    adam,
)
