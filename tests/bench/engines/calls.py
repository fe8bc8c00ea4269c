"""What the yardsticks share: flat parameters, and for each batch a list of calls that is written down beforehand, so
that Python has little more to do than to make them."""

import numpy as np


class Calls:
    """An engine that only makes calls; a subclass makes its arrays and says the calls of one batch in `_calls`."""

    def __init__(self, workload, parameters):
        self.first = parameters
        self.parameters, self.gradients, self.scratch = (np.zeros_like(parameters) for _ in range(3))
        sizes = workload["sizes"]
        self.layers, self.d_layers = _layers(self.parameters, sizes), _layers(self.gradients, sizes)

    def _write(self, x, y, n):
        """Write down the calls of all batches of n rows."""
        self.batches = [self._calls(x[start : start + n], y[start : start + n]) for start in range(0, len(x), n)]

    def _calls(self, x, y):
        """Return [(function, arguments), …] of one update from x (batch, n_inputs) and y (batch, n_outputs)."""
        raise NotImplementedError

    def reset(self):
        """Put the first weights back."""
        self.parameters[...] = self.first

    def run(self, epochs):
        """Train for some epochs."""
        for _ in range(epochs):
            for calls in self.batches:
                for function, arguments in calls:
                    function(*arguments)

    def weights(self):
        """Return the parameters."""
        return self.parameters


def _layers(flat, sizes):
    """Return [(weights (n_inputs, n_neurons), biases (n_neurons,)), …], views of the flat vector."""
    layers, start = [], 0
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        middle, end = start + fan_in * fan_out, start + (fan_in + 1) * fan_out
        layers.append((flat[start:middle].reshape(fan_in, fan_out), flat[middle:end]))
        start = end
    return layers
