"""The layer of the lab's network for the layer editor: its sizes, its batch, and a class's numbers beside nncore's."""
import numpy as np
from exhibits import notes_class
from spec import INIT_SEED

from engine import layer_compare

MOST_ROWS = 32


def answer(question, session, numbers=None):
    """For {"layer": 1 …}: what there is to know of that layer, and how the notes' class compares with nncore's.

    With "take" the answer is the batch that a class is to be run on. With "batch", such a batch, "arrays", the names
    and shapes that a run on it gave, and their `numbers`, flat float64, it is the comparison of these with nncore's.
    The session is only read.
    """
    if "batch" in question:
        return layer_compare.of_report(question["batch"], question["arrays"], np.asarray(numbers))
    if session is None:
        return {"error": "The engine has no network yet."}
    layers = session.network.layers
    number = question.get("layer")
    number = min(max(number, 1), len(layers)) if isinstance(number, int) else 1
    rows = session.parts.train.x[:MOST_ROWS]
    for layer in layers[:number - 1]:
        rows = layer.forward(rows)
    rows = np.asarray(rows, float)  # (up to 32, n_inputs)
    finite = np.isfinite(rows).all()
    batch = {"x": np.where(np.isfinite(rows), rows, 0.0).tolist(), "n_inputs": rows.shape[1],
             "n_neurons": layers[number - 1].n_neurons, "seed": session.spec["seeds"][INIT_SEED]}
    if question.get("take"):
        return batch
    return {"layer": number, "layers": len(layers), "rows": len(rows), "n_inputs": batch["n_inputs"],
            "n_neurons": batch["n_neurons"], "seed": batch["seed"], "finite": bool(finite),
            "result": layer_compare.of_source(notes_class.SOURCE, batch)}
