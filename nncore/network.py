"""A network is a chain of dense layers whose parameters live in one flat vector."""

import numpy as np

from . import activations, checks, losses, passes, storage, summary
from . import targets as targets_module
from .buffers import Shelf
from .checks import Checked
from .layers import Dense
from .metrics import classes_of
from .operations import NUMPY
from .stepwise import finish

CHUNK = 1024  # rows that `predict` and evaluation pass at a time


class Network:
    """Dense layers in a row: each takes in what the one before gives out.

    `parameters` and `gradients` (n_parameters,) hold every layer's weights row by row, then its biases, layer
    after layer; the layers' own arrays are views of them. With a seed the weights are drawn anew, in order,
    from one stream; without, the layers keep theirs. The layers given now belong to this network. Raises
    ValueError where neighbours do not fit, and then changes nothing.

    `chunk` is how many rows are passed at a time where nothing is learned. It may be lowered, where a network is so
    wide that its buffers for 1,024 rows are too large or others can't wait for the pass; a mean loss over several
    chunks then differs in its last place.
    """

    chunk = Checked(checks.count)

    def __init__(self, layers, seed=None, dtype=np.float32, operations=NUMPY):
        layers = tuple(layers)
        _check_chain(layers)
        dtype = checks.float_type(dtype)
        seed = None if seed is None else checks.seed(seed)
        size = sum(layer.size for layer in layers)
        self.layers, self.chunk = layers, CHUNK
        self._parameters, self._gradients = np.zeros(size, dtype), np.zeros(size, dtype)
        self.operations = operations
        start = 0
        for layer in layers:
            end = start + layer.size
            layer._move(self, self._parameters[start:end], self._gradients[start:end])
            start = end
        self._locked_at = None  # positions of the locked parameters, None where all are free
        self._scratch = np.zeros(max(layer.weights.size for layer in layers), dtype)
        if seed is not None:
            self.initialize(seed)

    @property
    def n_inputs(self):
        """Columns of x."""
        return self.layers[0].n_inputs

    @property
    def n_outputs(self):
        """Neurons of the last layer."""
        return self.layers[-1].n_neurons

    @property
    def is_deep(self):
        """Whether there are two or more dense layers."""
        return len(self.layers) > 1

    @property
    def dtype(self):
        """The type of all its numbers, float32 or float64."""
        return self._parameters.dtype

    @property
    def operations(self):
        """The table of kernels that it computes with; another one may be assigned, and gets buffers of its own."""
        return self._operations

    @operations.setter
    def operations(self, operations):
        self._operations = operations
        self._batch_buffers = Shelf(self.layers, operations.check)
        self._watch_buffers = Shelf(self.layers, operations.check)  # apart: looking on leaves a batch's numbers

    @property
    def parameters(self):
        """All weights and biases, (n_parameters,); assigning copies values in."""
        return self._parameters

    @parameters.setter
    def parameters(self, values):
        self._parameters[...] = checks.same_shape(values, "parameters", self._parameters.shape, self.dtype)

    @property
    def locked(self):
        """Which parameters training leaves alone, (n_parameters,) of bool; assign such a vector, or None to free all."""
        mask = np.zeros(self._parameters.size, bool)
        if self._locked_at is not None:
            mask[self._locked_at] = True
        return mask

    @locked.setter
    def locked(self, mask):
        if mask is not None:
            mask = np.asarray(mask)
            if mask.dtype != bool or mask.shape != self._parameters.shape:
                raise ValueError(
                    f"locked is {mask.dtype} {mask.shape} but must be bool {self._parameters.shape}: "
                    "one True or False a parameter"
                )
        self._locked_at = np.flatnonzero(mask) if mask is not None and mask.any() else None

    def places(self, i):
        """Return where layer i's weights (n_inputs, n_neurons) and biases (1, n_neurons) stand in `parameters`."""
        layer, start = self.layers[i], sum(layer.size for layer in self.layers[:i])
        middle, end = start + layer.weights.size, start + layer.size
        return np.arange(start, middle).reshape(layer.weights.shape), np.arange(middle, end).reshape(1, -1)

    @property
    def gradients(self):
        """The loss's derivative by each parameter, (n_parameters,), as the last backward pass left it."""
        return self._gradients

    def initialize(self, seed):
        """Draw all weights anew in place, layer after layer, and set the biases to zero."""
        finish(self.initializing(seed))

    def initializing(self, seed):
        """Do what `initialize` does in steps, a layer each."""
        rng = np.random.RandomState(checks.seed(seed))
        for layer in self.layers:
            layer.initialize(rng)
            yield

    def forward(self, x):
        """Return the outputs (batch, n_outputs) for x (batch, n_inputs); `buffers` holds all layers'."""
        x = self._inputs(x)
        return self._outputs(x, self.buffers(len(x))).copy()

    def predict(self, x):
        """Return the outputs as `forward` does, passing the rows of one of `chunks` at a time."""
        x = self._inputs(x)
        outputs = np.empty((len(x), self.n_outputs), self.dtype)
        for rows, buffers in self.passing(x):
            outputs[rows] = buffers.last.a
        return outputs

    def passing(self, x):
        """Pass x (n, n_inputs) forward in steps: a generator of (rows, buffers), of which buffers hold every layer's
        numbers for x[rows] until the next step."""
        x = self._inputs(x)
        for rows in self.chunks(len(x)):
            buffers = self._watch_buffers.get(rows.stop - rows.start)
            self._outputs(x[rows], buffers)
            yield rows, buffers

    def chunks(self, n_rows):
        """Return slices of so many rows, each of at most `chunk` rows to be passed at once."""
        return [slice(start, min(start + self.chunk, n_rows)) for start in range(0, n_rows, self.chunk)]

    def predict_classes(self, x):
        """Return one label a row: the largest output, or whether the one sigmoid output is above 0.5."""
        if self.n_outputs == 1 and self.layers[-1].activation is not activations.SIGMOID:
            raise ValueError(
                f"the only output is {self.layers[-1].activation.name}: classes need two or more outputs, "
                "or one sigmoid output"
            )
        return classes_of(self.predict(x))

    def loss_and_gradients(self, x, targets, loss, rng=None):
        """Return the mean loss over the batch and fill `gradients` with that of the mean.

        x (batch, n_inputs); targets (batch, n_outputs), or one label or number a row; `rng`, a numpy
        Generator, switches dropout on.
        """
        loss = losses.get(loss)
        x = self._inputs(x)
        targets = targets_module.encode(targets, self.n_outputs, loss, len(x), self.dtype)
        with np.errstate(all="ignore"):
            return passes.step(self.operations, x, targets, loss, self.buffers(len(x)), rng)

    def add_penalty(self, l1, l2):
        """Return l1 · Σ|w| + l2/2 · Σw² over all weights, not biases, and add its gradient to `gradients`."""
        penalty = self.operations.penalty
        value = 0.0
        for layer in self.layers:
            weights = layer._flat_weights
            value += penalty(weights, layer._flat_d_weights, l1, l2, self._scratch[: weights.size])
        return value

    def buffers(self, n_rows):
        """Return the working arrays of `forward` and training for batches of n_rows; a few sizes are kept.

        They hold the last such batch, unless operations with a plan of their own trained on it; `predict` and
        evaluation work elsewhere.
        """
        return self._batch_buffers.get(n_rows)

    def summary(self):
        """Return a table of the layers with their shapes and parameter counts."""
        return summary.table(self.layers)

    def copy(self, dtype=None):
        """Return an independent network of the same layers and numbers, in another dtype if one is given."""
        dtype = self.dtype if dtype is None else checks.float_type(dtype)
        layers = [
            Dense.undrawn(
                layer.n_inputs,
                layer.n_neurons,
                layer.activation,
                layer.initializer,
                dropout=layer.dropout,
                dtype=dtype,
            )
            for layer in self.layers
        ]
        twin = Network(layers, dtype=dtype, operations=self.operations)
        twin._parameters[...] = self._parameters
        twin.chunk = self.chunk
        return twin

    def to_dict(self):
        """Return the network, parameters included, in types that JSON knows."""
        return {**self._description(), "parameters": self._parameters.tolist()}

    @staticmethod
    def from_dict(description):
        """Return the network that `to_dict` described; missing and unknown keys are refused."""
        checks.keys(description, ("dtype", "layers", "parameters"), "the network")
        if not isinstance(description["layers"], (list, tuple)):
            raise ValueError(f"layers is {description['layers']!r}: a list of layers is needed")
        numbered = enumerate(description["layers"], start=1)
        layers = [Dense.from_dict(layer, f"layer {i}") for i, layer in numbered]
        network = Network(layers, dtype=description["dtype"])
        network.parameters = description["parameters"]
        return network

    def save(self, path):
        """Write the network to a file of exactly this name, in NumPy's npz format."""
        storage.write(path, self._description(), self._parameters)

    @staticmethod
    def load(path):
        """Return the network in a saved file; ValueError where the file is truncated or not one of nncore."""
        description, parameters = storage.read(path)
        checks.keys(description, ("dtype", "layers"), f"the description in {path}")
        return Network.from_dict({**description, "parameters": parameters})

    def load_weights(self, path):
        """Take over the parameters of a saved network of the same architecture; any other is refused."""
        other = Network.load(path)
        if other.architecture != self.architecture:
            raise ValueError(
                f"{path} holds a network {other.architecture} but this one is {self.architecture}: "
                "layers, sizes and activations must agree"
            )
        self._parameters[...] = other._parameters

    @property
    def architecture(self):
        """Sizes and activations in one line, as in `64 → 64 relu → 10 softmax`."""
        sizes = [f"{layer.n_neurons} {layer.activation.name}" for layer in self.layers]
        return " → ".join([str(self.n_inputs), *sizes])

    def __repr__(self):
        return f"Network({self.architecture}, {self._parameters.size:,} parameters, {self.dtype})"

    def _dropout_changes(self, layer, value):
        """Make room for a layer's other dropout; refuse one on the last layer."""
        if value and layer is self.layers[-1]:
            raise ValueError(_dropout_on_last(len(self.layers), value))
        self._batch_buffers.clear()
        self._watch_buffers.clear()

    def _outputs(self, x, buffers):
        """Return the last layer's a, which stays valid until the next pass."""
        with np.errstate(all="ignore"):
            return passes.forward(self.operations, x, buffers)

    def _description(self):
        return {"dtype": self.dtype.name, "layers": [layer.to_dict() for layer in self.layers]}

    def _inputs(self, x):
        return checks.inputs(x, self.layers[0].weights, self.dtype, weights_name="W1")


def _check_chain(layers):
    """Refuse what is no chain of free dense layers."""
    if not layers:
        raise ValueError("the network has no layers: at least one Dense is needed")
    for i, layer in enumerate(layers, start=1):
        if not isinstance(layer, Dense):
            raise ValueError(f"layer {i} is {layer!r}: a Dense is needed")
        if layer._owner is not None or layer in layers[: i - 1]:
            raise ValueError(
                f"layer {i} already belongs to a network: make a new Dense, or copy that network"
            )
        if i > 1 and layer.n_inputs != layers[i - 2].n_neurons:
            raise ValueError(
                f"layer {i} takes {layer.n_inputs} inputs but layer {i - 1} has {layers[i - 2].n_neurons} "
                f"neurons: n_inputs of layer {i} must equal n_neurons of layer {i - 1}"
            )
    if layers[-1].dropout:
        raise ValueError(_dropout_on_last(len(layers), layers[-1].dropout))


def _dropout_on_last(n, value):
    return (
        f"layer {n} is the last and has dropout {value:g}: dropout belongs on hidden layers, for it would "
        "delete answers here"
    )
