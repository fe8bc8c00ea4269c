"""Shape inference agrees with what nncore then builds."""
import numpy as np
import pytest

import shapes
import spec as specs
from engine.session import Session

LINKS = [
    "data=digits&layers=64-relu,64-relu",
    "data=iris&layers=&batch=1000",
    "data=circle&layers=1-tanh&points=30&split=33-33-34&batch=7",
    "data=wine&layers=13-gelu,5-swish,4-linear&split=1-1-98",
    "data=spiral&points=101&split=37-14-49&classes=5&features=x,y,xy,sinx",
    "data=sine", "data=diabetes&layers=", "task=reconstruct&data=iris", "task=reconstruct&data=spiral&layers=3-tanh",
]


@pytest.mark.parametrize("link", LINKS)
def test_shapes_are_those_of_the_network(link):
    spec, problems = specs.parse(link)
    assert problems == []
    session = Session(specs.changed(spec, "engine", "numpy"))  # which leaves a batch's arrays to be read
    parts = [session.parts.train, session.parts.validation, session.parts.test]
    assert shapes.split_counts(spec) == [len(part.x) for part in parts]
    assert shapes.parameter_count(spec) == session.network.parameters.size
    count, last = shapes.batches(spec)
    assert count == session.training.batches

    session.step_batch()
    first = session.network.buffers(len(session.training.rows))
    rows = shapes.ledger(spec)
    assert len(rows) == len(session.network.layers)
    for line, layer, work in zip(rows, session.network.layers, first.layers, strict=True):
        assert line["x"][1:] == work.x.shape
        assert line["w"][1:] == layer.weights.shape
        assert line["b"][1:] == layer.biases.shape
        assert line["z"][1:] == work.z.shape == line["a"][1:] == work.a.shape
        assert line["activation"] == layer.activation.name
    session.step_epoch()
    assert len(session.training.rows) == last


def test_names_run_from_x_to_the_last_a():
    rows = shapes.ledger(specs.parse("data=iris&layers=8-tanh")[0])
    assert [(line["x"][0], line["w"][0], line["b"][0], line["z"][0], line["a"][0]) for line in rows] == [
        ("X", "W1", "b1", "Z1", "A1"), ("A1", "W2", "b2", "Z2", "A2")]


def test_parts_add_up_for_every_split():
    for train in range(1, 98, 7):
        for validation in range(1, 99 - train, 5):
            spec = specs.changed(specs.defaults(), "split", [train, validation, 100 - train - validation])
            counts = shapes.split_counts(spec)
            assert sum(counts) == 300
            assert np.abs(np.array(counts) - 3 * np.array(spec["split"])).max() <= 1
