"""Loads kernel.wasm, a WebAssembly library, and makes Python built-ins of its functions.

CPython calls such a built-in directly, which costs a tenth of a microsecond; through ctypes it would be ten.
"""
import sys
from pathlib import Path

import numpy as np

from engine.kernel.plan import Planner
from engine.kernel.safety import check
from nncore.activations import GELU, LEAKY_RELU, LINEAR, RELU, SIGMOID, SOFTMAX, SWISH, TANH
from nncore.operations import Operations

FILE = Path(__file__).with_name("kernel.wasm")  # where the build puts it
# The codes of web/kernel/activations.ts are places in this list.
ACTIVATIONS = [LINEAR, RELU, LEAKY_RELU, SIGMOID, TANH, SOFTMAX, GELU, SWISH]
TABLE = ["dense_forward", "dense_backward", "squared_error", "softmax_cross_entropy", "sigmoid_cross_entropy", "penalty",
         "sgd", "momentum", "rmsprop", "adam"]
OTHERS = ["matmul", "run", "scratch_size", "prepare"]
METH_FASTCALL = 0x80
# The smallest module with a vector instruction: what a browser without SIMD takes for damaged.
WITH_SIMD = bytes([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11])

_kept = []  # what the built-ins work with, and never own: it must outlive them all


class Refused(Exception):
    """Why the kernel is not used, in words that follow a colon."""


class Kernel:
    """The loaded kernel: `operations` for a network, and `matmul(a, b, out)`, which has no checks at all."""

    def __init__(self, functions):
        self.matmul = functions["matmul"]
        self.operations = Operations("simd", *(functions[name] for name in TABLE),
                                     plan=Planner(functions["run"], ACTIVATIONS), check=check)


def load(file=FILE):
    """The Kernel in a file; raises Refused where this Python, browser or file is not what it was made for."""
    if sys.platform != "emscripten":
        raise Refused("it runs in a browser only")
    if not file.exists():
        raise Refused("%s was not delivered" % file.name)
    if not _validates(WITH_SIMD):
        raise Refused("SIMD is missing in this browser")
    if not _validates(file.read_bytes()):
        raise Refused("%s is damaged" % file.name)
    import ctypes

    _examine_arrays(ctypes)
    try:
        functions, definitions = _built_ins(ctypes, ctypes.CDLL(str(file.absolute())))
    except (OSError, AttributeError) as error:
        raise Refused("it cannot be loaded (%s)" % error)
    scratch = np.zeros(functions["scratch_size"](), np.uint8)
    objects = np.array([id(activation) for activation in [*ACTIVATIONS, None]], np.uintp)
    _kept.extend([definitions, scratch, objects])
    functions["prepare"](scratch, objects)
    return Kernel(functions)


def _validates(module):
    """Whether the browser knows every instruction of a WebAssembly module."""
    import js
    from pyodide.ffi import to_js

    return js.WebAssembly.validate(to_js(module))


def _built_ins(ctypes, library):
    """A built-in for each function of the library, and the definitions that must stay in memory as long as they."""
    class MethodDef(ctypes.Structure):
        _fields_ = [("name", ctypes.c_char_p), ("function", ctypes.c_void_p), ("flags", ctypes.c_int),
                    ("doc", ctypes.c_char_p)]

    make = ctypes.pythonapi.PyCMethod_New
    make.restype, make.argtypes = ctypes.py_object, [ctypes.c_void_p] * 4
    names = TABLE + OTHERS
    definitions = (MethodDef * len(names))()
    functions = {}
    for definition, name in zip(definitions, names, strict=True):
        address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
        definition.name, definition.function, definition.flags = name.encode(), address, METH_FASTCALL
        functions[name] = make(ctypes.addressof(definition), None, None, None)
    return functions, definitions


def _examine_arrays(ctypes):
    """Makes sure that array objects have their fields where web/kernel/arrays.ts reads them."""
    def word(address):
        return ctypes.c_uint32.from_address(address).value

    for dtype, number in ((np.float32, 11), (np.float64, 12)):
        array = np.zeros((5, 7), dtype)[1:4]
        place, item = id(array), array.itemsize
        known = (ctypes.sizeof(ctypes.c_void_p) == 4
                 and word(place + 8) == array.__array_interface__["data"][0] and word(place + 12) == array.ndim
                 and [word(word(place + 16) + at) for at in (0, 4)] == [3, 7]
                 and [word(word(place + 20) + at) for at in (0, 4)] == [7 * item, item]
                 and word(place + 28) == id(array.dtype) and word(id(array.dtype) + 16) == number)
        if not known:
            raise Refused("this Python keeps arrays in another form than it was made for")
