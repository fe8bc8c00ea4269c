"""Real data: shapes and facts that identify each set."""

import numpy as np
import pytest

from nncore.data import REAL

FACTS = {
    "digits": (1797, 64, "classify", 10),
    "iris": (150, 4, "classify", 3),
    "wine": (178, 13, "classify", 3),
    "breast_cancer": (569, 30, "classify", 2),
    "diabetes": (442, 10, "regress", 1),
}


@pytest.mark.parametrize("name", REAL)
def test_shapes(real_data, name):
    dataset = real_data(name)
    assert (*dataset.x.shape, dataset.task, dataset.n_outputs) == FACTS[name]
    assert len(dataset.feature_names) == dataset.n_features and not dataset.generated
    assert dataset.question.endswith("?")


def test_digits_are_pictures_of_brightness_from_0_to_1(real_data):
    digits = real_data("digits")
    assert digits.image_shape == (8, 8) and digits.class_names == tuple("0123456789")
    assert digits.x.min() == 0 and digits.x.max() == 1
    # the first picture is a zero: dark in the middle, bright around it
    picture = digits.x[0].reshape(8, 8)
    assert digits.y[0] == 0 and picture[3:5, 3:5].max() <= 0.1 and picture[3:5, 2].min() > 0.2


def test_measurements_are_in_their_own_units(real_data):
    assert real_data("iris").x[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    diabetes = real_data("diabetes")
    assert diabetes.feature_names[0] == "age" and 18 < diabetes.x[:, 0].min() < diabetes.x[:, 0].max() < 90
    assert (diabetes.y.min(), diabetes.y.max()) == (25, 346)


def test_digits_can_be_reconstructed_with_labels_kept_for_colour(real_data):
    digits = real_data("digits", task="reconstruct")
    assert digits.n_outputs == 64 and digits.y is None and np.bincount(digits.labels).size == 10
