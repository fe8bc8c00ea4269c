"""Export: the script runs with nothing but NumPy and predicts the same."""

import numpy as np
import pytest

from nncore import Dense, Network
from nncore.activations import ACTIVATIONS
from nncore.export import to_python


def run(script):
    """Execute a script in a namespace of its own and return it."""
    namespace = {"__name__": "exported"}
    exec(compile(script, "exported", "exec"), namespace)
    return namespace


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_script_predicts_the_same(name, dtype):
    network = Network([Dense(3, 7, name), Dense(7, 5, "relu"), Dense(5, 2, name)], seed=2, dtype=dtype)
    network.layers[0].biases = np.linspace(-1, 1, 7).reshape(1, 7)
    x = np.random.RandomState(4).randn(9, 3)
    outputs = run(to_python(network))["predict"](x)
    assert outputs.dtype == dtype
    np.testing.assert_allclose(
        outputs, network.predict(x), rtol=2e-5 if dtype == np.float32 else 1e-12, atol=1e-7
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_number_comes_back_exactly(dtype):
    network = Network([Dense(30, 20, "tanh"), Dense(20, 3)], seed=5, dtype=dtype)
    exported = run(to_python(network))
    for i, layer in enumerate(network.layers, start=1):
        np.testing.assert_array_equal(exported[f"W{i}"], layer.weights)
        np.testing.assert_array_equal(exported[f"b{i}"], layer.biases)
        assert exported[f"W{i}"].dtype == dtype


def test_it_reads_well():
    script = to_python(Network([Dense(2, 3, "relu"), Dense(3, 2, "softmax")], seed=1))
    assert script.startswith(
        '"""A neural network, 2 → 3 relu → 2 softmax: predict turns (batch, 2) into (batch, 2).'
    )
    assert "import nncore" not in script and max(map(len, script.splitlines())) <= 140
