"""Updates carry the parameters through runs of batches, as fast as the operations can: the hot path of training."""

from math import isfinite

import numpy as np

from . import passes


def update(network, optimizer, parameters, gradients):
    """Let the optimizer change all parameters, flat vectors (n_parameters,), but the network's locked ones."""
    locked = network._locked_at
    if locked is None:
        optimizer.update(parameters, gradients, network.operations)
    else:
        kept = parameters[locked]
        optimizer.update(parameters, gradients, network.operations)
        parameters[locked] = kept


class Updates:
    """A network's updates on x (n, n_inputs) and y (n, n_outputs), epoch by epoch.

    `open` lays the rows out in the order of an epoch, and `run` works off its batches. `order` (n,) are the rows
    in that order, `bounds` the (start, stop) of each batch among them, `size` the rows in a batch, but perhaps the
    last. `rng_before` is the dropout's state before the update that is under way in steps, None between updates.
    """

    def __init__(self, network, x, y):
        self.network = network
        self.order, self.bounds = np.arange(len(x)), []
        self._x, self._y = x, y
        self._x_epoch, self._y_epoch = np.empty_like(x), np.empty_like(y)
        self._batches = []  # (x, y) of each batch: views of the epoch's copies
        self.size = 0
        self.rng_before = None
        self._planned = None  # (what the plan was made from, plan)

    def open(self, order, size):
        """Gather the rows into one contiguous copy in this order, of which the batches of `size` are views."""
        self.order = order
        # mode="clip" lets take() write into `out` directly; the indices are in range anyway
        np.take(self._x, order, axis=0, out=self._x_epoch, mode="clip")
        np.take(self._y, order, axis=0, out=self._y_epoch, mode="clip")
        n = len(order)
        size = min(size, n)
        if size != self.size:
            self.size = size
            self.bounds = [(start, min(start + size, n)) for start in range(0, n, size)]
            self._batches = [(self._x_epoch[a:b], self._y_epoch[a:b]) for a, b in self.bounds]

    def run(self, first, count, loss, optimizer, l1, l2, rng):
        """Do `count` updates from batch `first` on, fewer where the loss is not finite.

        Returns how many were done, and loss and penalty of the last. Where the operations can plan a run of
        updates it is one call, else a loop. `rng` is that of the dropout.
        """
        plan = self._plan(loss, optimizer)
        if plan is None:
            return self._loop(first, count, loss, optimizer, l1, l2, rng)
        done, value, penalty = plan.run(first, count, l1, l2)
        optimizer.updates += done
        return done, value, penalty

    def stepping(self, batch, loss, optimizer, l1, l2, rng):
        """Do one update in steps: a generator that yields between the layers and returns what `run` does.

        Nothing has changed where the rest is dropped: the parameters move in the last step, and the dropout's random
        numbers are given back.
        """
        network, (x, y) = self.network, self._batches[batch]
        self.rng_before, is_done = rng.bit_generator.state, False
        try:
            steps = passes.stepping(network.operations, x, y, loss, network.buffers(len(x)), rng)
            while not is_done:
                with np.errstate(all="ignore"):
                    try:
                        next(steps)
                    except StopIteration as end:
                        value, is_done = end.value, True
                if not is_done:
                    yield
        finally:
            if not is_done:
                rng.bit_generator.state = self.rng_before
            self.rng_before = None
        with np.errstate(all="ignore"):
            penalty = network.add_penalty(l1, l2) if l1 or l2 else 0.0
            if not isfinite(value + penalty):
                return 0, 0.0, 0.0
            update(network, optimizer, network._parameters, network._gradients)
        return 1, value, penalty

    def _loop(self, first, count, loss, optimizer, l1, l2, rng):
        network = self.network
        operations, parameters, gradients = network.operations, network._parameters, network._gradients
        value = penalty = 0.0
        with np.errstate(all="ignore"):
            for done, (x, y) in enumerate(self._batches[first : first + count]):
                now = passes.step(operations, x, y, loss, network.buffers(len(x)), rng)
                extra = network.add_penalty(l1, l2) if l1 or l2 else 0.0
                if not isfinite(now + extra):
                    return done, value, penalty
                value, penalty = now, extra
                update(network, optimizer, parameters, gradients)
        return count, value, penalty

    def _plan(self, loss, optimizer):
        """Return the operations' plan, or None; made anew as soon as an array or object that it holds is another.

        Numbers, such as the learning rate, are not held: a plan reads them in each run.
        """
        network = self.network
        if network.operations.plan is None:
            return None
        optimizer.ready(network._parameters)
        buffers = network.buffers(self.size)  # other ones after a change of dropout, too
        key = (network.operations, buffers, loss, optimizer, optimizer.moments, network._locked_at)
        if self._planned is None or any(a is not b for a, b in zip(key, self._planned[0])):
            plan = network.operations.plan(network, loss, optimizer, self._x_epoch, self._y_epoch, self.size)
            self._planned = key, plan
        return self._planned[1]
