"""A dense layer joins every neuron to every neuron before it: z = x @ weights + biases, a = activation(z)."""

from operator import attrgetter

import numpy as np

from . import activations, checks, initializers


def _view(name):
    """Return a property that reads the view `_name` and, when assigned to, copies values into it."""

    def read(layer):
        return getattr(layer, "_" + name)

    def write(layer, values):
        view = read(layer)
        view[...] = checks.same_shape(values, name, view.shape, view.dtype)

    return property(read, write)


class Dense:
    """n_neurons neurons, each with n_inputs weights and one bias, and an activation.

    weights (n_inputs, n_neurons), biases (1, n_neurons) and their gradients d_weights, d_biases are views: of
    the layer's own small vectors, or of a network's flat vectors once the layer belongs to one. Assigning to
    them copies the values in. Without a seed the weights come from NumPy's global stream, so that
    `np.random.seed` repeats them. `dropout` is the fraction of the outputs that a network sets to zero, at
    random, while it trains.
    """

    def __init__(
        self,
        n_inputs,
        n_neurons,
        activation="linear",
        initializer="he",
        *,
        dropout=0.0,
        seed=None,
        dtype=np.float64,
    ):
        self._set_up(n_inputs, n_neurons, activation, initializer, dropout, dtype)
        self.initialize(np.random if seed is None else np.random.RandomState(checks.seed(seed)))

    @classmethod
    def undrawn(
        cls, n_inputs, n_neurons, activation="linear", initializer="he", *, dropout=0.0, dtype=np.float64
    ):
        """Return a layer whose weights are still zero, for a network that draws them, or takes them over, itself."""
        layer = cls.__new__(cls)
        layer._set_up(n_inputs, n_neurons, activation, initializer, dropout, dtype)
        return layer

    def _set_up(self, n_inputs, n_neurons, activation, initializer, dropout, dtype):
        self._n_inputs = checks.count(n_inputs, "n_inputs")
        self._n_neurons = checks.count(n_neurons, "n_neurons")
        self._activation = activations.get(activation)
        self._initializer = initializers.get(initializer)
        self._dropout = checks.fraction(dropout, "dropout")
        self._owner = None
        dtype = checks.float_type(dtype)
        self._bind(np.zeros(self.size, dtype), np.zeros(self.size, dtype))

    weights = _view("weights")
    biases = _view("biases")
    d_weights = _view("d_weights")
    d_biases = _view("d_biases")
    n_inputs = property(attrgetter("_n_inputs"))
    n_neurons = property(attrgetter("_n_neurons"))
    activation = property(attrgetter("_activation"))
    initializer = property(attrgetter("_initializer"))
    dtype = property(lambda self: self._weights.dtype)

    @property
    def dropout(self):
        """The fraction of the outputs dropped in training; may be changed at any time, but not on the last layer."""
        return self._dropout

    @dropout.setter
    def dropout(self, value):
        value = checks.fraction(value, "dropout")
        if self._owner is not None:
            self._owner._dropout_changes(self, value)
        self._dropout = value

    @property
    def size(self):
        """The number of parameters: n_inputs · n_neurons weights and n_neurons biases."""
        return (self._n_inputs + 1) * self._n_neurons

    def initialize(self, rng):
        """Draw new weights in place from rng, a `RandomState` or `np.random`; the biases become zero."""
        self._weights[...] = self._initializer.draw(rng, self._n_inputs, self._n_neurons)
        self._biases[...] = 0.0

    def forward(self, x):
        """Return activation(x @ weights + biases), (batch, n_neurons), for x (batch, n_inputs)."""
        x = checks.inputs(x, self._weights, self.dtype)
        z = x @ self._weights + self._biases  # (batch, n_inputs) @ (n_inputs, n_neurons) + (1, n_neurons)
        a = np.empty_like(z)
        self._activation.forward(z, a)
        return a

    def to_dict(self):
        """Return what the layer is, without its parameters, in types that JSON knows."""
        return {
            "n_inputs": self._n_inputs,
            "n_neurons": self._n_neurons,
            "activation": self._activation.name,
            "initializer": self._initializer.name,
            "scale": self._initializer.scale,
            "dropout": self._dropout,
        }

    @staticmethod
    def from_dict(description, what="the layer"):
        """Return a new layer as described by `to_dict`, its weights drawn from seed 0."""
        checks.keys(
            description, ("n_inputs", "n_neurons", "activation", "initializer", "scale", "dropout"), what
        )
        options = dict(description)
        initializer = initializers.Initializer(options.pop("initializer"), options.pop("scale"))
        return Dense(**options, initializer=initializer, seed=0)

    def _bind(self, parameters, gradients):
        """Make these flat vectors (size,) the layer's storage: weights row by row, then biases."""
        n_weights = self._n_inputs * self._n_neurons
        shape = (self._n_inputs, self._n_neurons)
        self._flat_weights = parameters[:n_weights]
        self._flat_d_weights = gradients[:n_weights]
        self._weights = self._flat_weights.reshape(shape)
        self._d_weights = self._flat_d_weights.reshape(shape)
        self._biases = parameters[n_weights:].reshape(1, self._n_neurons)
        self._d_biases = gradients[n_weights:].reshape(1, self._n_neurons)

    def _move(self, owner, parameters, gradients):
        """Take the present numbers along into the storage of a network."""
        weights, biases = self._weights, self._biases
        self._bind(parameters, gradients)
        self._weights[...], self._biases[...] = weights, biases
        self._owner = owner

    def __repr__(self):
        extra = f", dropout={self._dropout:g}" if self._dropout else ""
        return (
            f"{type(self).__name__}({self._n_inputs}, {self._n_neurons}, {self._activation.name!r}{extra}): "
            f"weights {self._weights.shape}, biases {self._biases.shape}, {self.size:,} parameters"
        )


class Layer_Dense(Dense):
    """The dense layer as it is first learned: linear, weights 0.01 · randn, biases zero.

    After `np.random.seed(s)` it holds the same numbers as the ten-line class written by hand.
    """

    def __init__(self, n_inputs, n_neurons, seed=None):
        super().__init__(n_inputs, n_neurons, "linear", "small", seed=seed)

    def forward(self, inputs):
        """Return inputs @ weights + biases; shapes that disagree meet NumPy's own error."""
        return inputs @ self.weights + self.biases
