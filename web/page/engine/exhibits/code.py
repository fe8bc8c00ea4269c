"""The layer of the lab's network for the layer editor: its sizes, its batch, and the class of the notes run on them."""
import numpy as np
from exhibits import notes_class
from spec import INIT_SEED

from engine import layer_run

MOST_ROWS = 32


def answer(question, session):
    """For {"layer": 1 …}: what there is to know of that layer, and how the notes' class compares with nncore's.

    With "batch" the answer is what `layer_run.run` takes, to be handed to the workshop. The session is only read.
    """
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
    if question.get("batch"):
        return batch
    return {"layer": number, "layers": len(layers), "rows": len(rows), "n_inputs": batch["n_inputs"],
            "n_neurons": batch["n_neurons"], "seed": batch["seed"], "finite": bool(finite),
            "result": layer_run.run(notes_class.SOURCE, batch)}
