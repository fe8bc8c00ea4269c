"""The contestants are the engines of the table, in its order, and where each of them runs."""

from dataclasses import dataclass, field

from .site import peer_versions
from .workloads import WORKLOADS

ALL, SMALL = tuple(WORKLOADS), ("W1",)
IN_BROWSER, NATIVE = "in the browser", "natively, one thread"
OUR_KERNEL = "nncore kernel"


@dataclass(frozen=True)
class Contestant:
    """An engine: `module` is a file of engines/, JavaScript in the browser and Python natively.

    `needs` names what may not be there: "peers", "playground" or "torch".
    """

    key: str
    title: str
    place: str
    module: str
    options: dict = field(default_factory=dict)
    workloads: tuple = ALL
    needs: str | None = None


def _python(key, title, module, operations=None):
    return Contestant(key, title, IN_BROWSER, "pyodide", {"module": module, "operations": operations})


def _tensorflow(backend, api, title):
    version = peer_versions()["@tensorflow/tfjs"]
    return Contestant(f"tfjs {backend} {api}", f"TensorFlow.js {version} {backend}, {title}", IN_BROWSER,
                      "tfjs", {"backend": backend, "api": api}, needs="peers")


def _peer(key, title, module):
    return Contestant(key, f"{title} {peer_versions()[key]}", IN_BROWSER, module, needs="peers")


OPTIMIZER, BY_HAND = "optimizer API", "gradients by hand, explicit transposes"

CONTESTANTS = (
    _python(OUR_KERNEL, "**nncore, SIMD kernel** (`train`)", "nncore_train", "kernel"),
    _python("kernel calls", "the same kernel's calls in a plain loop", "kernel_calls", "kernel"),
    _python("nncore numpy", "nncore, NumPy (`train`)", "nncore_train", "numpy"),
    _python("handwritten", "NumPy by hand", "handwritten"),
    _tensorflow("cpu", "optimizer", OPTIMIZER),
    _tensorflow("cpu", "by hand", BY_HAND),
    _tensorflow("wasm", "optimizer", OPTIMIZER),
    _tensorflow("wasm", "by hand", BY_HAND),
    _peer("convnetjs", "ConvNetJS", "convnet"),
    Contestant("brain.js", f"brain.js {peer_versions()['brain.js']} (updates after every row)", IN_BROWSER,
               "brain", workloads=SMALL, needs="peers"),
    Contestant("playground", "TensorFlow Playground's engine", IN_BROWSER,
               "playground", workloads=SMALL, needs="playground"),
    Contestant("graph", "JavaScript by hand, neurons and links as objects", IN_BROWSER,
               "graph", workloads=SMALL),
    Contestant("loops", "JavaScript by hand, typed arrays", IN_BROWSER, "loops"),
    Contestant("native nncore", "nncore, NumPy (`train`)", NATIVE, "nncore_train"),
    Contestant("native handwritten", "NumPy by hand", NATIVE, "handwritten"),
    Contestant("native torch", "PyTorch eager", NATIVE, "torch_eager", needs="torch"),
)
