"""The kernel's arrays are checked before it is let into them, and the kernel itself before it is trusted."""
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from engine import kernel
from engine.kernel import safety, selftest
from engine.kernel.library import Refused
from nncore import Dense, Network
from nncore.activations import Activation
from nncore.operations import NUMPY


def buffers(*names, dtype="float32"):
    layers = [Dense(3 + i, 4 + i, name) for i, name in enumerate(names or ("relu", "linear", "softmax"))]
    return Network(layers, seed=1, dtype=dtype).buffers(5)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("names", [["relu"], ["linear"], ["linear", "linear"], ["tanh", "linear", "sigmoid"]])
def test_the_buffers_of_a_network_pass(names, dtype):
    safety.check(buffers(*names, dtype=dtype))


def test_those_of_dropout_pass_too():
    safety.check(Network([Dense(2, 3, "relu", dropout=0.5), Dense(3, 1)], seed=1).buffers(4))


BAD = {
    "another shape": (lambda work: work.z[:4], "layer 2: z is float32"),
    "another type": (lambda work: work.z.astype("float64"), "layer 2: z is float64"),
    "the other byte order": (lambda work: work.z.astype(">f4"), "layer 2: z is >f4"),
    "whole numbers": (lambda work: work.z.astype("int32"), "layer 2: z is int32"),
    "gaps": (lambda work: np.zeros((5, 10), "f")[:, ::2], "layer 2: z does not lie in memory in one"),
    "columns first": (lambda work: np.zeros((5, 5), "f", order="F"), "layer 2: z does not lie"),
    "not to be written": (lambda work: np.broadcast_to(np.zeros((), "f"), (5, 5)), "layer 2: z does not lie"),
    "an odd address": (lambda work: np.zeros(101, "i1")[1:].view("f").reshape(5, 5), "layer 2: z does not lie"),
    "a list": (lambda work: work.z.tolist(), "layer 2: z is list"),
    "shared with another": (lambda work: work.d_a, "layer 2: (z and layer 2: d_a|d_a and layer 2: z) share memory"),
}


@pytest.mark.parametrize("bad", BAD)
def test_an_array_that_does_not_fit_is_refused_by_name(bad):
    found = buffers("tanh", "relu", "softmax")
    assert found[1].z.shape == (5, 5)
    make, words = BAD[bad]
    found[1].z = make(found[1])
    with pytest.raises(ValueError, match=words):
        safety.check(found)


def test_overlaps_of_layers_are_refused():
    found = buffers("tanh", "tanh")
    both = np.zeros(45, "f")
    found[0].a, found[1].a = both[:20].reshape(5, 4), both[19:44].reshape(5, 5)
    with pytest.raises(ValueError, match="layer 1: a and layer 2: a share memory"):
        safety.check(found)
    found = buffers("tanh", "tanh")
    found[1].d_x = found[1].d_x.copy()
    with pytest.raises(ValueError, match="layer 2: d_x is not the d_a of the layer before"):
        safety.check(found)


def test_an_activation_of_one_s_own_is_refused():
    own = Activation("relu", "", "", lambda z, a: None, lambda z, a, d_a, d_z: None)
    network = Network([Dense(2, 2, own)], seed=1, operations=replace(NUMPY, check=safety.check))
    with pytest.raises(ValueError, match="layer 1 has the activation .*: the kernel knows linear, relu"):
        network.forward([[1, 2]])


def test_flat_vectors_must_be_apart_and_of_one_size():
    vectors = {name: np.zeros(7) for name in "ab"}
    safety.check_flat(vectors, 7, np.float64)
    with pytest.raises(ValueError, match="a is float64 .7,.: .* .8,. is needed"):
        safety.check_flat(vectors, 8, np.float64)
    with pytest.raises(ValueError, match="a and b share memory"):
        safety.check_flat({"a": vectors["a"], "b": vectors["a"]}, 7, np.float64)


def product(a, b, out):
    np.matmul(a, b, out=out)


def test_the_self_test_finds_nothing_in_numpy_itself():
    selftest.run(SimpleNamespace(matmul=product, operations=NUMPY))


def spoilt(name, place, by):
    """NumPy's operations, one of which changes one array a little."""
    def operation(*arguments):
        result = getattr(NUMPY, name)(*arguments)
        if arguments[place] is not None:
            arguments[place][...] *= by
        return result

    return replace(NUMPY, **{name: operation})


@pytest.mark.parametrize("name, place", [("dense_forward", 4), ("dense_backward", 7), ("dense_backward", 8), ("dense_backward", 9),
                                         ("squared_error", 2), ("softmax_cross_entropy", 3), ("sigmoid_cross_entropy", 3),
                                         ("penalty", 1), ("sgd", 0), ("momentum", 2), ("rmsprop", 2), ("adam", 3)])
def test_the_self_test_notices_a_kernel_that_is_a_little_off(name, place):
    with pytest.raises(Refused, match="its updates with .* are not NumPy's"):
        selftest.run(SimpleNamespace(matmul=product, operations=spoilt(name, place, 1.001)))


def test_the_self_test_notices_products_that_are_rounded_otherwise_or_written_too_far():
    def otherwise(a, b, out):
        np.matmul(a, b, out=out)
        out[:1, :1] += np.spacing(out[:1, :1])

    def too_far(a, b, out):
        np.matmul(a, b, out=out)
        if out.base is not None:
            out.base[8 + out.size] = 0

    for wrong in (otherwise, too_far):
        with pytest.raises(Refused, match=r"its product \(1, 1\) @ \(1, 1\) in float32 is not NumPy's"):
            selftest.run(SimpleNamespace(matmul=wrong, operations=NUMPY))


@pytest.mark.skipif(sys.platform == "emscripten", reason="the kernel runs there")
def test_where_the_kernel_cannot_run_numpy_does_and_the_reason_is_told():
    engine = kernel.choose("auto")
    assert engine.operations is NUMPY and engine.words == "no SIMD kernel: it runs in a browser only"
    assert kernel.choose("numpy") == (NUMPY, "no SIMD kernel: the link says engine=numpy")
