"""Saving, loading and dicts: what comes back is what went in, and what is damaged or foreign is refused."""

import json

import numpy as np
import pytest

from nncore import Dense, Initializer, Network


@pytest.fixture
def network():
    layers = [Dense(3, 4, "gelu", Initializer("small", 0.3), dropout=0.2), Dense(4, 2, "softmax")]
    return Network(layers, seed=3)


X = np.random.RandomState(1).randn(6, 3)


def same(one, other):
    return one.to_dict() == other.to_dict() and np.array_equal(one.forward(X), other.forward(X))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_file_round_trip(network, tmp_path, dtype):
    network = network.copy(dtype)
    network.save(tmp_path / "model.npz")
    loaded = Network.load(tmp_path / "model.npz")
    assert same(loaded, network) and loaded.dtype == dtype


def test_the_file_gets_exactly_the_name_given(network, tmp_path):
    network.save(tmp_path / "model")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_dict_round_trip_through_json(network):
    assert same(Network.from_dict(json.loads(json.dumps(network.to_dict()))), network)


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.98])
def test_a_truncated_file_is_refused_and_changes_nothing(network, tmp_path, kept):
    path = tmp_path / "model.npz"
    network.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole))])
    before = network.parameters.copy()
    for attempt in (Network.load, network.load_weights):
        with pytest.raises(ValueError, match="model.npz is no complete file of nncore"):
            attempt(path)
    np.testing.assert_array_equal(network.parameters, before)


def test_a_damaged_number_is_noticed(network, tmp_path):
    path = tmp_path / "model.npz"
    network.save(path)
    data = bytearray(path.read_bytes())
    at = bytes(data).index(network.parameters[:4].tobytes())
    data[at] ^= 255
    path.write_bytes(data)
    with pytest.raises(ValueError, match="is no complete file of nncore"):
        Network.load(path)


def test_a_foreign_file_is_refused(tmp_path):
    text, array, archive = tmp_path / "notes.txt", tmp_path / "x.npy", tmp_path / "other.npz"
    text.write_text("hello")
    np.save(array, np.ones(3))
    np.savez(archive, weights=np.ones(3))
    for path in (text, array):
        with pytest.raises(ValueError, match=f"{path.name} is no complete file of nncore"):
            Network.load(path)
    with pytest.raises(ValueError, match="other.npz is no file of nncore: it holds weights"):
        Network.load(archive)
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "missing.npz")


def test_a_pickle_is_never_opened(tmp_path):
    path = tmp_path / "trap.npz"
    np.savez(path, nncore=np.array([{}], dtype=object), parameters=np.ones(3))
    with pytest.raises(ValueError, match="is no complete file of nncore"):
        Network.load(path)


def test_a_description_of_something_else_is_refused(tmp_path):
    path = tmp_path / "list.npz"
    np.savez(path, nncore=np.array("[1, 2]"), parameters=np.ones(3))
    with pytest.raises(ValueError, match="list.npz is a list: a dict is needed"):
        Network.load(path)


@pytest.mark.parametrize(("width", "name"), [(5, "gelu"), (4, "relu")])
def test_another_architecture_is_refused_with_both_named(network, tmp_path, width, name):
    path = tmp_path / "other.npz"
    Network([Dense(3, width, name), Dense(width, 2, "softmax")], seed=1).save(path)
    before = network.parameters.copy()
    both = f"3 → {width} {name} → 2 softmax but this one is 3 → 4 gelu → 2 softmax"
    with pytest.raises(ValueError, match=both):
        network.load_weights(path)
    np.testing.assert_array_equal(network.parameters, before)


def test_weights_of_the_same_architecture_are_taken_over(network, tmp_path):
    path = tmp_path / "twin.npz"
    twin = network.copy()
    twin.initialize(99)
    twin.save(path)
    vector = network.parameters
    network.load_weights(path)
    assert network.parameters is vector
    np.testing.assert_array_equal(vector, twin.parameters)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.pop("dtype"), "missing: dtype"),
        (lambda d: d.update(colour=1), "unknown: colour"),
        (lambda d: d["layers"][1].pop("dropout"), "layer 2 needs exactly the keys .*missing: dropout"),
        (lambda d: d["layers"][1].update(activation="relus"), "unknown activation 'relus'"),
        (lambda d: d.update(layers=3), "layers is 3: a list of layers is needed"),
        (lambda d: d["parameters"].pop(), r"parameters must be \(26,\) but what was given is \(25,\)"),
        (lambda d: d["parameters"].__setitem__(2, None), r"parameters\[2\] is None"),
    ],
)
def test_a_wrong_dict_is_refused(network, change, message):
    description = network.to_dict()
    change(description)
    with pytest.raises(ValueError, match=message):
        Network.from_dict(description)


def test_loading_leaves_the_global_stream_alone(network, tmp_path):
    network.save(tmp_path / "model.npz")
    np.random.seed(7)
    expected = np.random.rand()
    np.random.seed(7)
    Network.load(tmp_path / "model.npz").copy()
    assert np.random.rand() == expected
