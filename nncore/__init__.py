"""nncore: dense neural networks in plain NumPy, to be read as much as to be run."""

from . import activations, diagnostics, export, gradcheck, initializers, losses, metrics, optimizers, schedules
from .data import Dataset, from_arrays, load_csv, load_dataset, split
from .evaluation import evaluate
from .events import BatchEvent, EpochEvent, StopEvent
from .history import History
from .initializers import Initializer
from .layers import Dense, Layer_Dense
from .network import Network
from .optimizers import SGD, Adam, Momentum, RMSProp
from .training import Training, train

__all__ = [
    "SGD",
    "Adam",
    "BatchEvent",
    "Dataset",
    "Dense",
    "EpochEvent",
    "History",
    "Initializer",
    "Layer_Dense",
    "Momentum",
    "Network",
    "RMSProp",
    "StopEvent",
    "Training",
    "activations",
    "diagnostics",
    "evaluate",
    "export",
    "from_arrays",
    "gradcheck",
    "initializers",
    "load_csv",
    "load_dataset",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "split",
    "train",
]
