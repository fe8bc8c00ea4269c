"""A gradient check compares backpropagation with the slope measured by moving each parameter a little."""

import numpy as np

from . import checks, losses, passes, targets

STEP = 1e-4


def check(network, loss, x, y, *, l1=0.0, l2=0.0, dropout_seed=None):
    """Return the largest relative error between backpropagated and measured gradients over all parameters.

    Works on a float64 copy. Each error is relative to the larger of the two slopes, or to a thousandth of the
    largest gradient where both are smaller. `dropout_seed` switches dropout on, with the same masks for every
    measurement. A parameter that stands on a kink (relu at 0, l1 at weight 0) has no slope, and shows a large
    error.
    """
    objective = _Objective(network, loss, x, y, l1, l2, dropout_seed)
    gradients = objective.gradients()
    measured = np.array([objective.slope(i) for i in range(gradients.size)])
    floor = 1e-3 * np.abs(gradients).max()
    size = np.maximum(np.maximum(np.abs(gradients), np.abs(measured)), floor)
    return float(np.max(np.abs(gradients - measured) / np.where(size == 0, 1.0, size)))


def numerical_gradient(network, loss, x, y, index, *, l1=0.0, l2=0.0, dropout_seed=None):
    """Return the measured slope of the loss (and penalty) by the parameter of this index."""
    return _Objective(network, loss, x, y, l1, l2, dropout_seed).slope(_place(network, index))


def slopes(network, loss, x, y, index):
    """Return (backpropagated, measured) slope of the loss by the parameter of this index, both in float64."""
    index = _place(network, index)
    objective = _Objective(network, loss, x, y, 0.0, 0.0, None)
    return float(objective.gradients()[index]), objective.slope(index)


def _place(network, index):
    if not 0 <= checks.count(index, "index", minimum=0) < network.parameters.size:
        raise ValueError(f"index is {index}: the network has parameters 0 to {network.parameters.size - 1}")
    return index


class _Objective:
    """Loss and penalty of a float64 copy of a network on fixed data, as a function of its parameters."""

    def __init__(self, network, loss, x, y, l1, l2, dropout_seed):
        self.network = network.copy(dtype=np.float64)
        self.loss = losses.get(loss)
        self.x = self.network._inputs(x)
        self.y = targets.encode(y, network.n_outputs, self.loss, len(self.x))
        self.l1, self.l2 = checks.not_negative(l1, "l1"), checks.not_negative(l2, "l2")
        self.dropout_seed = None if dropout_seed is None else checks.seed(dropout_seed, "dropout_seed")

    def gradients(self):
        """Return the backpropagated gradients (n_parameters,)."""
        self.network.loss_and_gradients(self.x, self.y, self.loss, self._rng())
        self.network.add_penalty(self.l1, self.l2)
        return self.network.gradients.copy()

    def slope(self, index):
        """Return the five-point central difference (f(-2h) - 8 f(-h) + 8 f(h) - f(2h)) / 12h."""
        parameters = self.network.parameters
        kept = parameters[index]
        total = 0.0
        for steps, factor in ((-2, 1.0), (-1, -8.0), (1, 8.0), (2, -1.0)):
            parameters[index] = kept + steps * STEP
            total += factor * self._value()
        parameters[index] = kept
        return float(total / (12 * STEP))

    def _value(self):
        network = self.network
        buffers = network.buffers(len(self.x))
        loss = passes.loss_of(network.operations, self.x, self.y, self.loss, buffers, self._rng())
        return loss + network.add_penalty(self.l1, self.l2)

    def _rng(self):
        return None if self.dropout_seed is None else np.random.Generator(np.random.PCG64(self.dropout_seed))
