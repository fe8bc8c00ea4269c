"""Where real data come from: a file made at build time, else scikit-learn, else an error that helps."""

import sys

import numpy as np
import pytest

from nncore import load_dataset
from nncore.data import REAL, real


def test_a_file_gives_the_same_as_scikit_learn(tmp_path, monkeypatch):
    pytest.importorskip("sklearn")
    monkeypatch.setattr(real, "SETS", tmp_path)
    for name in REAL:
        direct = load_dataset(name)
        np.savez(tmp_path / f"{name}.npz", **real.from_scikit_learn(name))
        stored = load_dataset(name)
        np.testing.assert_array_equal(stored.x, direct.x)
        np.testing.assert_array_equal(stored.y, direct.y)
        assert stored.feature_names == direct.feature_names and stored.class_names == direct.class_names


def test_the_file_is_preferred(tmp_path, monkeypatch):
    monkeypatch.setattr(real, "SETS", tmp_path)
    np.savez(
        tmp_path / "iris.npz",
        x=np.ones((2, 1)),
        y=np.array([0, 1]),
        feature_names=np.array(["size"]),
        class_names=np.array(["a", "b"]),
    )
    assert load_dataset("iris").feature_names == ("size",)


def test_without_either_the_error_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(real, "SETS", tmp_path)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(RuntimeError, match="pip install scikit-learn"):
        load_dataset("wine")


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="unknown real data set 'circle'; the known ones are digits"):
        real.from_scikit_learn("circle")
