"""nncore through its public `train`, in Pyodide or natively; its evaluations are part of what is measured."""

import numpy as np

from nncore import SGD, Dataset, Dense, Network, train
from nncore.data import Part, Split
from nncore.operations import NUMPY


def open(workload, parameters, x, y, operations=NUMPY):
    """Return the engine for one workload, a dict; the arrays are those of workloads.arrays."""
    return Engine(workload, parameters, x, y, operations)


class Engine:
    """A network and its split; `run` is one call of `train`, with the batches in the order of the rows."""

    def __init__(self, workload, parameters, x, y, operations):
        sizes = workload["sizes"]
        activations = [workload["hidden"]] * (len(sizes) - 2) + [workload["output"]]
        layers = [Dense(*size) for size in zip(sizes, sizes[1:], activations)]
        self.network = Network(layers, dtype=np.float32, operations=operations)
        self.first, self.workload = parameters, workload
        self.split = _split(workload, x, y)

    def reset(self):
        """Put the first weights back."""
        self.network.parameters = self.first

    def run(self, epochs):
        """Train for some epochs."""
        w = self.workload
        events = train(self.network, self.split, optimizer=SGD(w["rate"]), batch_size=w["batch"],
                       epochs=epochs, evaluate_each=epochs, shuffle=False, batch_events=False)
        *_, last = events
        if last.reason != "epochs":
            raise RuntimeError(f"training stopped early: {last.message}")

    def weights(self):
        """Return the parameters."""
        return self.network.parameters


def _split(workload, x, y):
    """Return a Split whose training part is all rows in their order and whose other parts are the first batch."""
    names = tuple(f"x{i}" for i in range(x.shape[1]))
    if workload["loss"] == "mse":
        dataset, labels = Dataset("bench", "regress", x, y, names), None
    else:
        labels = y.argmax(axis=1)
        dataset = Dataset("bench", "classify", x, labels, names, tuple(map(str, range(y.shape[1]))))

    def part(rows):
        return Part(dataset.task, x[rows], y[rows], None if labels is None else labels[rows], rows)

    few = np.arange(workload["batch"])
    return Split(dataset, part(np.arange(len(x))), part(few), part(few))
