"""An export is a network as a script of its own, to be read and run wherever there is NumPy."""

NUMBERS_A_LINE = 6

HEAD = '''"""A neural network, {architecture}: predict turns (batch, {n_inputs}) into (batch, {n_outputs})."""

import numpy as np
'''

PREDICT = '''def predict(x):
    """Return the outputs (batch, {n_outputs}) for x (batch, {n_inputs})."""
    a = np.asarray(x, dtype=np.{dtype})
    for weights, biases, activation in LAYERS:
        a = activation(a @ weights + biases)
    return a
'''


def to_python(network):
    """Return the text of a Python script with the weights and a function predict(x); it needs NumPy only."""
    facts = {
        "architecture": network.architecture,
        "n_inputs": network.n_inputs,
        "n_outputs": network.n_outputs,
        "dtype": network.dtype.name,
    }
    used = {layer.activation.name: layer.activation for layer in network.layers}
    parts = [HEAD.format(**facts)]
    parts += [f"def {name}(z):\n    return {activation.expression}\n" for name, activation in used.items()]
    for i, layer in enumerate(network.layers, start=1):
        parts.append(_array(f"W{i}", layer.weights) + _array(f"b{i}", layer.biases))
    rows = "".join(
        f"    (W{i}, b{i}, {layer.activation.name}),\n" for i, layer in enumerate(network.layers, start=1)
    )
    parts += [f"LAYERS = [\n{rows}]\n", PREDICT.format(**facts)]
    return "\n\n".join(parts)


def _array(name, values):
    """Return the assignment of an array, each number in the fewest digits that give it back exactly."""
    numbers = [str(value) for value in values.ravel()]
    lines = [", ".join(numbers[i : i + NUMBERS_A_LINE]) for i in range(0, len(numbers), NUMBERS_A_LINE)]
    body = ",\n    ".join(lines)
    return f"{name} = np.array([\n    {body},\n], dtype=np.{values.dtype.name}).reshape{values.shape}\n"
