"""Opens a Python engine inside Pyodide from what JavaScript has: JSON and buffers."""

import importlib
import json

import numpy as np

from nncore.operations import NUMPY


def open_engine(module, operations, description, *buffers):
    """Return the engine of a module on the workload; `operations` "kernel" means the page's, else nncore's own."""
    workload = json.loads(description)
    parameters, x, y = (np.frombuffer(buffer, np.float32) for buffer in buffers)
    sizes = workload["sizes"]
    x, y = x.reshape(-1, sizes[0]), y.reshape(-1, sizes[-1])
    options = {"operations": _kernel()} if operations == "kernel" else {}
    return importlib.import_module(f".{module}", __package__).open(workload, parameters, x, y, **options)


def _kernel():
    """Return the SIMD kernel's operations; RuntimeError with the page's words where it is refused."""
    from engine import kernel

    engine = kernel.choose("auto")
    if engine.operations is NUMPY:
        raise RuntimeError(engine.words)
    return engine.operations
