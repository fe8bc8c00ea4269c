"""The choices of what is looked at: the view, the stage and the cell of "Inside the layer", and the state of each exhibit.

They stand in the link like those of a run (spec.py), but the engine is told of none of them. Plain Python in the
MicroPython subset.
"""
import shapes
import stages
from kinds import MOST_LAYERS, Cell, Choice, Matrix, Points, Real, Text, Whole, WholeList, Words

VIEWS = ["lab", "dot", "batch", "neuron", "arrays", "code"]

FIELDS = [  # as in spec.py
    ("view", Choice(VIEWS), "lab"),
    ("ledger", Choice(["forward", "backward"]), "forward"),
    ("pass", Choice(stages.PASSES), "forward"),  # of "Inside the layer": the stage that is looked at,
    ("layer", Whole(1, MOST_LAYERS + 1), "1"),  # of this layer,
    ("cell", Cell(stages.KEYS), ""),  # the cell that is explained, such as z.2.3
    ("digits", Whole(2, 8), "4"),  # with so many decimals
    ("neuron-data", Points(["rising", "falling", "noisy", "outlier", "step"], 2, 60), "rising"),
    ("neuron-weight", Real(-100, 100), "-0.5"),
    ("neuron-bias", Real(-100, 100), "-0.5"),
    ("neuron-activation", Choice(["linear", "relu", "sigmoid", "tanh"]), "linear"),
    ("neuron-rate", Real(0, 100, open=True), "0.1"),
    ("batch-rows", Choice([str(2 ** power) for power in range(11)]), "32"),
    ("batch-inputs", Choice(["2", "8", "64", "256", "784"]), "8"),
    ("batch-neurons", Choice(["2", "8", "64", "256"]), "8"),
    ("batch-step", Whole(0, 1024), "2"),
    ("arrays-text", Text(500), "[[1, 2, 3],\n [4, 5, 6]]"),
    ("arrays-predict", Choice(["0", "1"]), "0"),
    ("code-layer", Whole(1, 9), "1"),
    ("code-text", Text(2000), ""),  # the class of the layer editor, where a link is asked to carry it
    ("dot-a", Matrix(), "2,-1,3/0,4,-2"),
    ("dot-b", Matrix(), "0.5,1,-1.5,2/3,-0.5,1,0/-1,2,0.5,1"),
    ("dot-seed", Whole(1, 9999), "1"),  # of the entries that nobody typed
    ("dot-transposed", Words(["a", "b"]), ""),
    ("dot-unlock", Choice(["0", "1"]), "0"),  # whether A's columns and B's rows have steppers of their own
    ("dot-layer", Choice(["0", "inputs", "neurons"]), "0"),  # whether it is a layer's X @ W, and what W's rows stand for
    ("dot-view", Choice(["cell", "row", "column", "outer"]), "cell"),
    ("dot-at", WholeList(3, 0, 12), "0-0-12"),  # row, column, and how many of its products are done
    ("dot-filled", Whole(0, 144), "1"),  # how many cells, rows or columns of the result are filled in
    ("dot-predict", Choice(["0", "shape", "cells"]), "0"),  # what has to be guessed
    ("dot-pace", Choice(["1", "2", "4", "8"]), "2"),  # products a second
]


def within(spec):
    """The spec with a look at "Inside the layer" that the network still has, as it is after a layer or a neuron went."""
    spec = dict(spec)
    spec["layer"] = min(spec["layer"], len(shapes.dense_layers(spec)))
    if spec["cell"] and not has_cell(spec, spec["cell"]):
        spec["cell"] = ""
    return spec


def decimals(spec):
    """Decimals of the tables and of a weight's field: gradients are small and get all, the others two less than the inspector."""
    return spec["digits"] if spec["pass"] in ("backward", "update") else max(2, spec["digits"] - 2)


def has_cell(spec, cell):
    """Whether the stage that is looked at has that cell."""
    key, row, column = cell.split(".")
    size = stages.size_of(spec, spec["pass"], spec["layer"], key)
    return size is not None and int(row) < size[0] and int(column) < size[1]
