"""A plan hands the kernel a whole run of updates at once: all that it needs to know is written down beforehand.

With small batches the calls from Python would cost more than the arithmetic.
"""
import numpy as np

from engine.kernel.safety import address, check, check_flat, check_rows
from nncore.losses import LOSSES
from nncore.optimizers import OPTIMIZERS

# What stands where in a plan, as web/kernel/plan.ts reads it: whole numbers of 32 bits, …
FIELDS = ["single", "layers", "x", "y", "inputs", "outputs", "rows", "batch", "loss", "fused", "optimizer", "count",
          "parameters", "gradients", "moment", "second", "locked", "places", "kept", "probabilities"]
# … these for each layer, of which the arrays stand as addresses, …
OF_LAYER = ["weights", "biases", "z", "a", "d_z", "d_a", "d_weights", "d_biases"]  # then n_inputs, n_neurons, code
# … and numbers of double precision: filled in for each run are "rate", "l1", "l2", the two decays, epsilon and the
# decays' powers; the last two come back.
FILLED, LOSS, PENALTY, NUMBERS = 8, 8, 9, 10
# Codes
LOSS_CODES = ["mse", "categorical_cross_entropy", "binary_cross_entropy"]
OPTIMIZER_CODES = ["sgd", "momentum", "rmsprop", "adam"]

# Each optimizer's two decays and its epsilon
DECAYS = {
    "sgd": lambda optimizer: (0.0, 0.0, 0.0),
    "momentum": lambda optimizer: (optimizer.momentum, 0.0, 0.0),
    "rmsprop": lambda optimizer: (optimizer.decay, 0.0, optimizer.epsilon),
    "adam": lambda optimizer: (optimizer.beta1, optimizer.beta2, optimizer.epsilon),
}


class Planner:
    """Makes plans: the `plan` of nncore's Operations."""

    def __init__(self, run, activations):
        """run: the kernel's built-in; activations: those of nncore in the order of their codes."""
        self.run, self.activations = run, activations

    def __call__(self, network, loss, optimizer, x, y, batch_size):
        """A Plan, or None for what the kernel cannot do by itself: dropout, and losses and optimizers of others."""
        known = LOSSES.get(loss.name) is loss and OPTIMIZERS.get(optimizer.name) is type(optimizer)
        if not known or any(layer.dropout for layer in network.layers):
            return None
        return Plan(self, network, loss, optimizer, x, y, batch_size)


class Plan:
    """Updates of one network by one optimizer on x (n, n_inputs) and y (n, n_outputs), in batches of one size."""

    def __init__(self, planner, network, loss, optimizer, x, y, batch_size):
        buffers, parameters, gradients = network.buffers(batch_size), network.parameters, network.gradients
        moments = optimizer.moments
        places = np.flatnonzero(network.locked).astype(np.uint32)
        kept = np.zeros(len(places), network.dtype)
        check(buffers)
        check_rows(x, y, network.n_inputs, network.n_outputs, network.dtype)
        check_flat({"parameters": parameters, "gradients": gradients,
                    **{"moment %d" % i: moment for i, moment in enumerate(moments, start=1)}},
                   sum(layer.size for layer in network.layers), network.dtype)
        moment, second, *_ = [*map(address, moments), 0, 0]
        fields = {
            "single": network.dtype == np.float32, "layers": len(buffers), "x": address(x), "y": address(y),
            "inputs": network.n_inputs, "outputs": network.n_outputs, "rows": len(x), "batch": batch_size,
            "loss": LOSS_CODES.index(loss.name), "fused": loss.fused_with is buffers.last.activation,
            "optimizer": OPTIMIZER_CODES.index(optimizer.name), "count": parameters.size,
            "parameters": address(parameters), "gradients": address(gradients), "moment": moment, "second": second,
            "locked": len(places), "places": address(places), "kept": address(kept),
            "probabilities": address(buffers.probabilities),
        }
        numbers = [fields[name] for name in FIELDS]
        for work in buffers:
            numbers += [address(getattr(work, name)) for name in OF_LAYER]
            numbers += [*work.weights.shape, planner.activations.index(work.activation)]
        self._run = planner.run
        self._fields, self._numbers = np.array(numbers, np.uint32), np.zeros(NUMBERS)
        self._optimizer, self._decays = optimizer, DECAYS[optimizer.name]
        self._batches = -(-len(x) // batch_size)
        self._keep = x, y, buffers, parameters, gradients, moments, places, kept  # the fields hold their addresses

    def run(self, first, count, l1, l2):
        """Does `count` updates from batch `first` on; how many before the loss was not finite, loss and penalty."""
        if first < 0 or first + count > self._batches:
            raise IndexError("batches %d to %d of %d" % (first, first + count - 1, self._batches))
        optimizer, numbers = self._optimizer, self._numbers
        one, two, epsilon = self._decays(optimizer)
        updates = optimizer.updates
        numbers[:FILLED] = optimizer.rate, l1, l2, one, two, epsilon, one**updates, two**updates
        done = self._run(self._fields, numbers, first, count)
        return done, float(numbers[LOSS]), float(numbers[PENALTY])
