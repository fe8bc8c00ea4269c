"""Checks the arrays that the kernel is let into: it writes wherever it is told, and a wrong size would be memory lost.

This happens once, when a network's buffers are made, and when a plan is; a call of the kernel checks nothing.
"""
import numpy as np

from nncore.activations import ACTIVATIONS, LINEAR


def check(buffers):
    """Refuses, by ValueError, Buffers of nncore that the kernel must not work in."""
    dtype, n_rows, before = buffers.last.z.dtype, buffers.n_rows, None
    if dtype not in (np.float32, np.float64) or not dtype.isnative:
        raise ValueError("the buffers hold %s: the kernel knows float32 and float64" % dtype)
    arrays = {"probabilities": _sound(buffers.probabilities, "probabilities", buffers.last.z.shape, dtype)}
    for i, work in enumerate(buffers, start=1):
        if ACTIVATIONS.get(work.activation.name) is not work.activation:
            raise ValueError("layer %d has the activation %r: the kernel knows %s"
                             % (i, work.activation, ", ".join(ACTIVATIONS)))
        n_inputs = before.z.shape[1] if before else work.weights.shape[0]
        n_neurons = work.biases.shape[-1]
        weights, row, rows = (n_inputs, n_neurons), (1, n_neurons), (n_rows, n_neurons)
        for name, shape in (("weights", weights), ("d_weights", weights), ("biases", row), ("d_biases", row),
                            ("z", rows), ("d_z", rows), ("a", rows), ("d_a", rows), ("dropped", rows)):
            array = getattr(work, name)
            if array is not None and not (work.activation is LINEAR and _is_shared(work, name)):
                arrays["layer %d: %s" % (i, name)] = _sound(array, "layer %d: %s" % (i, name), shape, dtype)
        if work.d_x is not (before.d_a if before else None):
            raise ValueError("layer %d: d_x is not the d_a of the layer before" % i)
        before = work
    apart(arrays)


def _is_shared(work, name):
    """Whether that array is the other one of a linear layer's pair, which may be one array."""
    return (name == "a" and work.a is work.z) or (name == "d_a" and work.d_a is work.d_z)


def check_flat(arrays, size, dtype):
    """Refuses flat vectors that are not (size,) of that dtype, or not apart from one another."""
    apart({name: _sound(array, name, (size,), dtype) for name, array in arrays.items()})


def check_rows(x, y, n_inputs, n_outputs, dtype):
    """Refuses x and y that are not (n, n_inputs) and (n, n_outputs) of that dtype."""
    _sound(x, "x", (len(x), n_inputs), dtype)
    _sound(y, "y", (len(x), n_outputs), dtype)


def _sound(array, name, shape, dtype):
    """The array, if it is of that shape and dtype and lies in memory in one piece."""
    if not isinstance(array, np.ndarray) or array.dtype != dtype or array.shape != shape:
        raise ValueError("%s is %s %s: %s %s is needed"
                         % (name, getattr(array, "dtype", type(array).__name__), np.shape(array), dtype, shape))
    flags = array.flags
    if not (flags.c_contiguous and flags.aligned and flags.writeable):
        raise ValueError("%s does not lie in memory in one aligned, writeable piece" % name)
    return array


def apart(arrays):
    """Refuses arrays of which two share memory; each lies in one piece."""
    pieces = sorted((address(array), address(array) + array.nbytes, name) for name, array in arrays.items())
    for (_, end, one), (start, _, other) in zip(pieces, pieces[1:]):
        if start < end:
            raise ValueError("%s and %s share memory" % (one, other))


def address(array):
    """Where an array's numbers begin."""
    return array.__array_interface__["data"][0]
