"""A rehearsal is the next update of a training, done on copies: each number can be seen before it happens.

The training goes on as if nobody had looked: no weight, no moment and no random number is spent.
"""

from copy import deepcopy
from functools import cached_property

import numpy as np

from . import passes
from .activations import LINEAR
from .gradcheck import slopes
from .updates import update


class Rehearsal:
    """The next batch of a Training, taken through forward pass, loss, backward pass and update.

    Each stage is computed when first asked for, and belongs to the moment at which the Rehearsal was made.
    `rows` (batch,) are the batch's rows in the training part, `x` (batch, n_inputs), `y` (batch, n_outputs) its
    data, `parameters` (n_parameters,) those before the update.
    """

    def __init__(self, training):
        self.rows = training.upcoming()
        self.x, self.y = training._x[self.rows], training._y[self.rows]
        self.loss = training.loss
        self.network = training.network.copy()
        self.network.locked = training.network.locked
        self.parameters = self.network.parameters
        self.l1, self.l2 = training.l1, training.l2
        self.optimizer = deepcopy(training.optimizer)
        self.rng = deepcopy(training._dropout_rng)
        self.optimizer.factor = training.upcoming_factor()

    @property
    def is_fused(self):
        """Whether the loss takes the last layer's z, and gives that layer's d_z at once."""
        return self.loss.fused_with is self.network.layers[-1].activation

    @cached_property
    def _work(self):
        return self.network.buffers(len(self.rows))

    @cached_property
    def buffers(self):
        """The layers' arrays after the forward pass: x, z, a, and mask and dropped where there is dropout."""
        with np.errstate(all="ignore"):
            passes.loss_of(self.network.operations, self.x, self.y, self.loss, self._work, deepcopy(self.rng))
        return self._work

    @cached_property
    def losses(self):
        """The loss of each row, (batch,)."""
        last = self.buffers.last
        with np.errstate(all="ignore"):
            return self.loss.per_row(last.z if self.is_fused else last.a, self.y)

    @cached_property
    def gradients(self):
        """The gradient of the mean loss by each parameter, (n_parameters,), without penalty; fills the layers'
        d_z, d_a, d_weights and d_biases too.
        """
        with np.errstate(all="ignore"):
            passes.step(self.network.operations, self.x, self.y, self.loss, self._work, deepcopy(self.rng))
        return self.network.gradients.copy()

    @cached_property
    def penalized(self):
        """The gradient with that of the L1 and L2 penalty, (n_parameters,): what the optimizer is given."""
        network, plain = self.network, self.gradients
        if not (self.l1 or self.l2):
            return plain
        network.add_penalty(self.l1, self.l2)
        penalized = network.gradients.copy()
        network.gradients[...] = plain
        return penalized

    @cached_property
    def _done(self):
        """The optimizer after the update, and the parameters then."""
        optimizer, parameters = deepcopy(self.optimizer), self.parameters.copy()
        with np.errstate(all="ignore"):
            update(self.network, optimizer, parameters, self.penalized.copy())
        return optimizer, parameters

    @property
    def next_optimizer(self):
        """The optimizer with its moments after the update."""
        return self._done[0]

    @property
    def next_parameters(self):
        """All weights and biases after the update, (n_parameters,)."""
        return self._done[1]

    def slope_of_activation(self, i):
        """Return the derivative of layer i's activation at each z, (batch, n_neurons); softmax has no such."""
        work = self.buffers[i]
        slope = np.ones_like(work.z)
        if work.activation is not LINEAR:
            with np.errstate(all="ignore"):
                work.activation.backward(work.z, work.a, np.ones_like(work.z), slope)
        return slope

    def check(self, index):
        """Return (backpropagated, measured) gradient of the loss by one parameter, in float64 and without dropout
        and penalty."""
        return slopes(self.network, self.loss, self.x, self.y, index)

    def __repr__(self):
        return f"Rehearsal(of {len(self.rows)} rows through {self.network.architecture})"
