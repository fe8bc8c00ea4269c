"""Splits: exact sizes, no row twice, equal mixes of classes, and standardising by the training part alone."""

import numpy as np
import pytest

from nncore import from_arrays, load_dataset, split


@pytest.mark.parametrize(
    ("n", "parts", "sizes"),
    [
        (10, (60, 20, 20), (6, 2, 2)),
        (7, (60, 20, 20), (4, 2, 1)),  # boundaries 4.2 and 5.6 round to 4 and 6
        (5, (1, 1, 1), (2, 1, 2)),  # boundaries 5/3 and 10/3 round to 2 and 3
        (6, (1, 2, 1), (2, 3, 1)),  # 1.5 and 4.5: a half is rounded up
        (300, (100, 50, 150), (100, 50, 150)),  # counts
        (10, (0.5, 0.25, 0.25), (5, 3, 2)),  # boundaries 5 and 7.5
    ],
)
def test_sizes(n, parts, sizes):
    made = split(from_arrays(np.arange(n).reshape(n, 1)), parts)
    assert (len(made.train), len(made.validation), len(made.test)) == sizes


def test_every_row_is_in_one_part_with_its_target():
    dataset = load_dataset("spiral", points=97)
    made = split(dataset)
    rows = np.concatenate([part.rows for part in (made.train, made.validation, made.test)])
    assert sorted(rows) == list(range(97))
    for part in (made.train, made.validation, made.test):
        np.testing.assert_array_equal(part.x, dataset.x[part.rows])
        np.testing.assert_array_equal(part.y, dataset.targets()[part.rows])
        np.testing.assert_array_equal(part.labels, dataset.labels[part.rows])


def test_every_part_has_the_same_mix_of_classes():
    labels = np.repeat([0, 1, 2], [100, 50, 10])
    dataset = from_arrays(np.arange(160.0).reshape(160, 1), labels)
    for seed in range(20):
        made = split(dataset, seed=seed)
        for part, share in ((made.train, 0.6), (made.validation, 0.2), (made.test, 0.2)):
            counts = np.bincount(part.labels, minlength=3)
            assert np.abs(counts - share * np.array([100, 50, 10])).max() <= 1
    assert np.ptp([np.bincount(split(dataset, seed=s, stratify=False).test.labels)[0] for s in range(20)]) > 4


def test_rows_are_in_random_order():
    made = split(load_dataset("circle"))
    for part in (made.train, made.validation, made.test):
        assert (np.diff(part.rows) < 0).any()
        assert (part.labels[:-1] == part.labels[1:]).any()


def test_the_seed_decides():
    dataset = load_dataset("circle")
    rows = [split(dataset, seed=seed).train.rows for seed in (1, 1, 2)]
    np.testing.assert_array_equal(rows[0], rows[1])
    assert not np.array_equal(rows[0], rows[2])


def test_standardising_is_fitted_on_the_training_part_alone():
    rng = np.random.RandomState(1)
    x = np.column_stack([rng.randn(50) * 7 + 3, np.full(50, 0.1)])
    dataset = from_arrays(x, rng.randn(50) * 100 + 20)
    made = split(dataset, standardize=True)
    rows = made.train.rows
    np.testing.assert_allclose(made.mean, x[rows].mean(axis=0))
    assert made.scale[1] == 1.0 and made.scale[0] == pytest.approx(x[rows, 0].std())
    np.testing.assert_allclose(made.train.x.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(made.train.x[:, 0].std(), 1)
    for part in (made.train, made.validation, made.test):
        np.testing.assert_allclose(part.x * made.scale + made.mean, x[part.rows])
        np.testing.assert_allclose(part.y * made.target_scale + made.target_mean, dataset.y[part.rows])


def test_labels_are_not_standardised_and_a_reconstruction_follows_its_x():
    made = split(load_dataset("circle"), standardize=True)
    assert made.target_mean is None and set(np.unique(made.train.y)) == {0.0, 1.0}
    mapped = split(load_dataset("circle", task="reconstruct"), standardize=True)
    np.testing.assert_array_equal(mapped.test.y, mapped.test.x)


@pytest.mark.parametrize(
    ("n", "parts", "message"),
    [
        (3, (98, 1, 1), "the validation part would be empty: 3 rows in proportions 98-1-1 give 3-0-0"),
        (10, (80, 20, 0), "the test part would be empty: 10 rows in proportions 80-20-0 give 8-2-0"),
        (10, (0, 50, 50), "the training part would be empty"),
        (10, (60, 40), "three numbers of 0 or more are needed"),
        (10, (60, -20, 60), "three numbers of 0 or more are needed"),
        (10, (0, 0, 0), "three numbers of 0 or more are needed"),
        (10, ("a", 1, 1), r"parts\[0\] is 'a'"),
    ],
)
def test_an_empty_or_senseless_split_is_refused(n, parts, message):
    with pytest.raises(ValueError, match=message):
        split(from_arrays(np.arange(n).reshape(n, 1)), parts)


def test_repr():
    made = split(load_dataset("circle"))
    assert repr(made) == "Split('circle', 180 / 60 / 60 rows)"
    assert repr(made.test) == "Part(classify, x (60, 2), y (60, 2))"
