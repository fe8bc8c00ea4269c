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


def dense_layers(spec):
    """Each dense layer as (n_inputs, n_neurons, activation), the output layer last."""
    data = datasets.find(spec["data"])
    layers, n_inputs = [], data.n_features
    for neurons, activation in spec["layers"] + [[len(data.classes), "softmax"]]:
        layers.append((n_inputs, neurons, activation))
        n_inputs = neurons
    return layers


def parameter_count(spec):
    """Weights and biases of the whole network."""
    return sum((n_inputs + 1) * n_neurons for n_inputs, n_neurons, _ in dense_layers(spec))


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
