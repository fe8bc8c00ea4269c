"""An optimizer turns gradients into a change of parameters; it sees two flat vectors and never a layer."""

import numpy as np

from . import checks
from .checks import Checked
from .operations import NUMPY


class Optimizer:
    """What all share: a learning rate that may be changed at any time, and moments that can be forgotten.

    `factor` is what a schedule has made of the learning rate: a step is taken with learning_rate · factor.
    """

    name = ""
    n_moments = 0
    learning_rate = Checked(checks.positive)

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.factor = 1.0
        self.reset()

    def reset(self):
        """Forget all moments, as before the first update."""
        self.moments = ()
        self._scratch = np.empty(0)
        self.updates = 0

    def update(self, parameters, gradients, operations=NUMPY):
        """Change `parameters` in place by one step; both are flat vectors (n_parameters,) of one dtype."""
        self.ready(parameters)
        self.updates += 1
        self._apply(parameters, gradients, self.rate, operations)

    def ready(self, parameters):
        """Make the moments for parameters of this size and type, where there are none yet."""
        if self._scratch.shape != parameters.shape or self._scratch.dtype != parameters.dtype:
            self.reset()
            self._scratch = np.empty_like(parameters)
            self.moments = tuple(np.zeros_like(parameters) for _ in range(self.n_moments))

    @property
    def rate(self):
        """The learning rate of the present epoch: learning_rate · factor."""
        return self._learning_rate * self.factor

    def __repr__(self):
        return f"{type(self).__name__}(learning_rate={self.learning_rate:g})"


class SGD(Optimizer):
    """Stochastic gradient descent: p -= learning_rate · g."""

    name = "sgd"

    def __init__(self, learning_rate=0.1):
        super().__init__(learning_rate)

    def _apply(self, parameters, gradients, rate, operations):
        operations.sgd(parameters, gradients, rate, self._scratch)


class Momentum(Optimizer):
    """Gradient descent with a memory of its direction: v = momentum · v - learning_rate · g; p += v.

    Source: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
    """

    name = "momentum"
    n_moments = 1
    momentum = Checked(checks.fraction)

    def __init__(self, learning_rate=0.01, momentum=0.9):
        self.momentum = momentum
        super().__init__(learning_rate)

    def _apply(self, parameters, gradients, rate, operations):
        operations.momentum(parameters, gradients, *self.moments, rate, self._momentum, self._scratch)


class RMSProp(Optimizer):
    """Steps divided by the running size of each gradient: s = decay · s + (1 - decay) · g²; p -= lr · g / (√s
    + ε).

    Source: Tieleman & Hinton, "Neural Networks for Machine Learning", lecture 6e (2012).
    """

    name = "rmsprop"
    n_moments = 1
    decay = Checked(checks.fraction)
    epsilon = Checked(checks.positive)

    def __init__(self, learning_rate=0.001, decay=0.9, epsilon=1e-8):
        self.decay = decay
        self.epsilon = epsilon
        super().__init__(learning_rate)

    def _apply(self, parameters, gradients, rate, operations):
        operations.rmsprop(
            parameters, gradients, *self.moments, rate, self._decay, self._epsilon, self._scratch
        )


class Adam(Optimizer):
    """Momentum and RMSProp together, corrected for their start at zero.

    Source: Kingma & Ba, "Adam" (2015), the efficient form at the end of section 2: the correction is in the
    step size, learning_rate · √(1 - beta2ᵗ) / (1 - beta1ᵗ), and epsilon is added to the uncorrected root.
    """

    name = "adam"
    n_moments = 2
    beta1 = Checked(checks.fraction)
    beta2 = Checked(checks.fraction)
    epsilon = Checked(checks.positive)

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        super().__init__(learning_rate)

    def _apply(self, parameters, gradients, rate, operations):
        beta1, beta2 = self._beta1, self._beta2
        step_size = rate * (1 - beta2**self.updates) ** 0.5 / (1 - beta1**self.updates)
        operations.adam(
            parameters, gradients, *self.moments, step_size, beta1, beta2, self._epsilon, self._scratch
        )


OPTIMIZERS = {optimizer.name: optimizer for optimizer in (SGD, Momentum, RMSProp, Adam)}


def make(name, learning_rate=None):
    """Return a new optimizer of this name, with its own default learning rate where none is given."""
    kind = checks.choice(name, OPTIMIZERS, "optimizer")
    return kind() if learning_rate is None else kind(learning_rate)
