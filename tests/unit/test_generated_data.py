"""Generated data: ranges, balance, noise and seeds."""

import numpy as np
import pytest

from nncore import load_dataset
from nncore.data import GENERATED

CLASSES = ["circle", "xor", "gauss", "spiral", "moons"]
CURVES = ["line", "sine", "plane"]


@pytest.mark.parametrize("name", GENERATED)
def test_shapes_and_range(name):
    dataset = load_dataset(name)
    assert dataset.x.shape == (300, 1 if name in ("line", "sine") else 2)
    assert np.abs(dataset.x).max() < 1.3 and np.abs(dataset.x).max() > 0.8
    assert dataset.generated and dataset.question.endswith("?") and dataset.image_shape is None
    assert dataset.targets().shape == (300, dataset.n_outputs)


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_balanced(name):
    dataset = load_dataset(name, points=302)
    assert np.ptp(np.bincount(dataset.y)) <= 1
    assert dataset.task == "classify" and dataset.n_outputs == len(dataset.class_names)


@pytest.mark.parametrize("name", CURVES)
def test_curves_are_regressed(name):
    dataset = load_dataset(name)
    assert dataset.task == "regress" and dataset.y.shape == (300, 1) and dataset.class_names == ()


@pytest.mark.parametrize("name", GENERATED)
def test_the_same_seed_draws_the_same_and_another_does_not(name):
    first, again, other = load_dataset(name, seed=4), load_dataset(name, seed=4), load_dataset(name, seed=5)
    np.testing.assert_array_equal(first.x, again.x)
    np.testing.assert_array_equal(first.y, again.y)
    assert not np.array_equal(first.x, other.x)


@pytest.mark.parametrize("name", GENERATED)
def test_noise_moves_the_points_without_drawing_new_ones(name):
    clean, half, full = (load_dataset(name, noise=noise) for noise in (0, 0.5, 1))

    def everything(dataset):
        return np.column_stack([dataset.x, dataset.y])

    np.testing.assert_allclose(
        everything(full) - everything(clean), 2 * (everything(half) - everything(clean)), atol=1e-12
    )
    assert not np.allclose(everything(full), everything(clean))


@pytest.mark.parametrize("name", GENERATED)
def test_more_points_keep_the_first_ones(name):
    few, many = load_dataset(name, points=30), load_dataset(name, points=50)
    np.testing.assert_allclose(many.x[:30], few.x, rtol=1e-14)
    np.testing.assert_allclose(many.y[:30], few.y, rtol=1e-14)


def test_clean_places_are_as_described():
    circle, xor, line, plane = (load_dataset(name, noise=0) for name in ("circle", "xor", "line", "plane"))
    radius = np.hypot(*circle.x.T)
    assert (radius[circle.y == 0] <= 0.5).all() and (radius[circle.y == 1] >= 0.7).all()
    assert ((xor.x.prod(axis=1) > 0) == (xor.y == 1)).all()
    np.testing.assert_allclose(line.y, 0.7 * line.x + 0.2)
    np.testing.assert_allclose(plane.y[:, 0], plane.x @ [0.6, -0.4] + 0.1)


def test_spiral_has_two_to_five_arms():
    assert load_dataset("spiral").n_outputs == 3
    assert [load_dataset("spiral", classes=n).n_outputs for n in (2, 5)] == [2, 5]


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("spirals", {}, "unknown data set 'spirals'; the known ones are circle, .*diabetes"),
        ("spiral", {"classes": 6}, "classes is 6: spiral takes 2 to 5"),
        ("spiral", {"classes": 2.5}, "classes is 2.5: a whole number"),
        ("circle", {"classes": 2}, "circle always has 2 classes: leave classes out"),
        ("line", {"classes": 2}, "line has no classes"),
        ("circle", {"points": 0}, "points is 0: a whole number of 1 or more"),
        ("circle", {"noise": 1.5}, "noise is 1.5: a number from 0 to 1"),
        ("circle", {"noise": -0.1}, "noise is -0.1"),
        ("circle", {"seed": -1}, "seed is -1"),
        ("circle", {"task": "regress"}, "circle cannot regress: it can classify or reconstruct"),
        ("circle", {"task": "sort"}, "unknown task 'sort'"),
        ("digits", {"points": 10}, "digits is real data and has no points to choose"),
        ("iris", {"noise": 0.5}, "iris is real data and has no noise to choose"),
        ("wine", {"classes": 2}, "wine is real data and has no classes to choose"),
    ],
)
def test_bad_options_are_refused(name, options, message):
    with pytest.raises(ValueError, match=message):
        load_dataset(name, **options)


def test_any_data_set_can_be_reconstructed_and_keeps_its_labels():
    spiral = load_dataset("spiral")
    mapped = load_dataset("spiral", task="reconstruct")
    assert mapped.y is None and mapped.n_outputs == 2
    np.testing.assert_array_equal(mapped.targets(), mapped.x)
    np.testing.assert_array_equal(mapped.labels, spiral.y)
