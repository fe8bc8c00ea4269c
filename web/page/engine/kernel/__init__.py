"""What a session's networks compute with: the SIMD kernel where it can be trusted, else NumPy, and why.

The kernel is WebAssembly that works in NumPy's own memory; web/kernel/README.md tells how. It is loaded and tested
against NumPy once, when first asked for: anything that goes wrong there means that NumPy is used.
"""
from typing import NamedTuple

from engine.kernel import selftest
from engine.kernel.library import Refused, load
from nncore.operations import NUMPY, Operations


class Engine(NamedTuple):
    """A table of operations for `Network(operations=…)`, and what the page says of it."""

    operations: Operations
    words: str


_found = None


def choose(name):
    """The engine of that name in the spec: "numpy", or "auto" for the kernel if that is possible."""
    global _found
    if name == "numpy":
        return Engine(NUMPY, "no SIMD kernel: the link says engine=numpy")
    if _found is None:
        _found = _find()
    return _found


def _find():
    try:
        kernel = load()
        selftest.run(kernel)
        speed = selftest.speed(kernel)
    except Refused as reason:
        return Engine(NUMPY, "no SIMD kernel: %s" % reason)
    except Exception as error:  # whatever it is, NumPy is there
        return Engine(NUMPY, "no SIMD kernel: %s: %s" % (type(error).__name__, error))
    return Engine(kernel.operations, "SIMD kernel" + (", %.0f GFLOP/s" % speed if speed else ""))
