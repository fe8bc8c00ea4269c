"""Evaluation: loss and score by hand, over chunks, and of logits."""

import numpy as np
import pytest

from nncore import Dense, Network, evaluate, from_arrays, load_dataset, split


def part_of(x, y, **options):
    """Return a training part with rows in the order given."""
    made = split(from_arrays(x, y, **options), (len(x) - 2, 1, 1), stratify=False)
    return made.train


def test_regression_by_hand():
    # a = 2 x; the part's own y = 3 x, so differences are x
    x = np.arange(1.0, 8.0).reshape(7, 1)
    network = Network([Dense(1, 1, initializer="zeros")], dtype=np.float64)
    network.layers[0].weights = [[2.0]]
    part = part_of(x, 3 * x + 0.0)
    loss, score = evaluate(network, part)
    spread = 9 * np.sum((part.x - part.x.mean()) ** 2)
    assert loss == pytest.approx(np.mean(part.x**2))
    assert score == pytest.approx(1 - np.sum(part.x**2) / spread)


def test_chunks_are_weighed_by_their_rows():
    dataset = load_dataset("spiral", points=4000)
    network = Network([Dense(2, 4, "tanh"), Dense(4, 3, "softmax")], seed=1, dtype=np.float64)
    part = split(dataset).train
    assert len(part) == 2400
    loss, score = evaluate(network, part)
    assert loss == pytest.approx(
        network.loss_and_gradients(part.x, part.y, "categorical_cross_entropy"), rel=1e-12
    )
    assert score == pytest.approx(np.mean(network.predict_classes(part.x) == part.labels))


@pytest.mark.parametrize(
    ("n_outputs", "fused", "loss"),
    [(1, "sigmoid", "binary_cross_entropy"), (2, "softmax", "categorical_cross_entropy")],
)
def test_logits_score_like_the_probabilities_they_stand_for(n_outputs, fused, loss):
    part = split(load_dataset("circle")).train
    probabilities = Network([Dense(2, 4, "tanh"), Dense(4, n_outputs, fused)], seed=1)
    logits = Network([Dense(2, 4, "tanh"), Dense(4, n_outputs)], seed=1)
    assert evaluate(logits, part, loss) == evaluate(probabilities, part)
    assert 0.2 < evaluate(logits, part, loss)[1] < 0.8


def test_an_unknown_loss_and_a_wrong_part_are_refused():
    part = split(load_dataset("circle")).train
    network = Network([Dense(3, 2, "softmax")], seed=1)
    with pytest.raises(ValueError, match="the data have 2 features but the network takes 3 inputs"):
        evaluate(network, part)
    with pytest.raises(ValueError, match="unknown loss 'hinge'"):
        evaluate(network, part, "hinge")
