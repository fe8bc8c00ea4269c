"""Shape inference: what a spec's network looks like, row by row, without computing a single product.

Pure functions of a spec, in the MicroPython subset, so that the ledger is right before NumPy has loaded.
"""
import datasets


def row_count(spec):
    """Rows of the whole data set."""
    data = datasets.find(spec["data"])
    return spec["points"] if data.generated else data.rows


def split_counts(spec):
    """Rows to train on, to validate with, to test with: boundaries rounded half up, in whole numbers."""
    rows, edges, cumulative = row_count(spec), [0], 0
    for part in spec["split"]:
        cumulative += part
        edges.append((2 * rows * cumulative + 100) // 200)
    return [edges[k + 1] - edges[k] for k in range(3)]


def batch_size(spec):
    """Rows in a full batch: never more than there are to train on."""
    return min(spec["batch"], split_counts(spec)[0])


def batches(spec):
    """Updates an epoch, and rows of the last batch."""
    rows, size = split_counts(spec)[0], batch_size(spec)
    count = (rows + size - 1) // size
    return count, rows - (count - 1) * size


def uses_features(spec):
    """Whether the network is given chosen features of a point instead of the row itself."""
    return datasets.find(spec["data"]).flat and spec["task"] != "reconstruct"


def input_names(spec):
    """How the network's inputs are written, where they are few enough to be named."""
    if uses_features(spec):
        return [written for name, written in datasets.FEATURES if name in spec["features"]]
    n_features = datasets.find(spec["data"]).n_features
    return ["x", "y"][:n_features] if n_features <= 2 else ["x%d" % j for j in range(n_features)]


def class_names(spec):
    """The classes of the data set; a spiral has as many as it has arms."""
    data = datasets.find(spec["data"])
    return data.classes[:spec["classes"]] if data.name == "spiral" else data.classes


def output_layer(spec):
    """(n_neurons, activation) of the output layer, which the task decides."""
    if spec["task"] == "classify":
        return len(class_names(spec)), "softmax"
    return (1 if spec["task"] == "regress" else len(input_names(spec))), "linear"


def dense_layers(spec):
    """Each dense layer as (n_inputs, n_neurons, activation), the output layer last."""
    layers, n_inputs = [], len(input_names(spec))
    for neurons, activation in [layer[:2] for layer in spec["layers"]] + [output_layer(spec)]:
        layers.append((n_inputs, neurons, activation))
        n_inputs = neurons
    return layers


def has_neuron(spec, column, neuron):
    """Whether there is such a neuron; column 0 are the inputs, from 1 on the dense layers."""
    widths = [len(input_names(spec))] + [n_neurons for _, n_neurons, _ in dense_layers(spec)]
    return 0 <= column < len(widths) and 0 <= neuron < widths[column]


def code_layer(spec):
    """Index of the hidden layer of two neurons whose outputs are a reconstruction's code, or None."""
    narrow = [k for k, layer in enumerate(spec["layers"]) if layer[0] == 2]
    return narrow[0] if narrow and spec["task"] == "reconstruct" else None


def parameter_count(spec):
    """Weights and biases of the whole network."""
    return sum((n_inputs + 1) * n_neurons for n_inputs, n_neurons, _ in dense_layers(spec))


def backward_ledger(spec):
    """One row a layer, the last one first, as the gradients go: its arrays dW, xᵀ, dZ, db and, but for the first layer, dx, Wᵀ."""
    lines = []
    for line in ledger(spec)[::-1]:
        k, (before, rows, n_inputs), (_, _, n_neurons) = str(line["number"]), line["x"], line["w"]
        lines.append({
            "number": line["number"],
            "dw": ("dW" + k, n_inputs, n_neurons), "xt": (before + "ᵀ", n_inputs, rows), "dz": ("dZ" + k, rows, n_neurons),
            "db": ("db" + k, 1, n_neurons),
            "dx": None if k == "1" else ("d" + before, rows, n_inputs), "wt": ("W" + k + "ᵀ", n_neurons, n_inputs),
        })
    return lines


def ledger(spec):
    """One row a layer: its number, its arrays as (name, rows, columns) X, W, b, Z, A, and its activation."""
    rows, lines = batch_size(spec), []
    for index, (n_inputs, n_neurons, activation) in enumerate(dense_layers(spec)):
        k = str(index + 1)
        lines.append({
            "number": index + 1,
            "x": ("X" if index == 0 else "A" + str(index), rows, n_inputs),
            "w": ("W" + k, n_inputs, n_neurons),
            "b": ("b" + k, 1, n_neurons),
            "z": ("Z" + k, rows, n_neurons),
            "a": ("A" + k, rows, n_neurons),
            "activation": activation,
        })
    return lines
