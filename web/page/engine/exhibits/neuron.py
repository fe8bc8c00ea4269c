"""One neuron on a line of data: its loss, its gradients and the steps of gradient descent, all by nncore.

The neuron is a Network of one Dense(1, 1) in float64, trained on all points at once with plain SGD.
"""
import math

import numpy as np
from nncore import SGD, Dense, Network

NAMES = ["linear", "relu", "sigmoid", "tanh"]
MOST_POINTS = 60
MOST_STEPS = 200  # of one question: some milliseconds of work
LIMIT = 100  # a weight or bias beyond it counts as gone astray
LEAST_GRADIENT = 5e-5  # a gradient that is printed as 0.0000 is called the end of the walk


def answer(question, session):
    """From {points: [[x, y], …], activation, weight, bias, rate, steps} to the walk of so many steps.

    {walk: [[weight, bias, loss, d_weight, d_bias], …], ended: "", "arrived" or "diverged",
    best: [weight, bias, loss] or None, safe_rate: number or None}: the first row of the walk is the point
    given; `best` (the least squares) and `safe_rate` (a learning rate below it goes down) are those of a
    linear neuron, None for others and where there is no single lowest point. {error: sentence} for a
    question that can't be answered.
    """
    try:
        points, activation, weight, bias, rate, steps = _checked(question)
    except ValueError as error:
        return {"error": str(error)}
    x, y = points[:, :1], points[:, 1:]
    layer = Dense(1, 1, activation)
    network = Network([layer], dtype="float64")
    network.parameters = [weight, bias]
    walk, ended = _walk(network, SGD(rate), x, y, steps)
    best, safe_rate = _least_squares(x, y) if activation == "linear" else (None, None)
    return {"walk": walk, "ended": ended, "best": best, "safe_rate": safe_rate}


def _walk(network, optimizer, x, y, steps):
    """The rows of the walk, and why it ended before its last step."""
    walk = [_row(network, x, y)]
    for _ in range(steps):
        if max(abs(walk[-1][3]), abs(walk[-1][4])) < LEAST_GRADIENT:
            return walk, "arrived"
        optimizer.update(network.parameters, network.gradients)
        if not np.isfinite(network.parameters).all() or np.abs(network.parameters).max() > LIMIT:
            return walk, "diverged"
        walk.append(_row(network, x, y))
    return walk, ""


def _row(network, x, y):
    """Where the neuron stands, its loss, and the gradient of that loss."""
    loss = network.loss_and_gradients(x, y, "mse")
    return [float(number) for number in (*network.parameters, loss, *network.gradients)]


def _least_squares(x, y):
    """The lowest point of a linear neuron's bowl, and the rate above which steps climb out of it.

    The loss has the constant second derivatives 2/n · AᵀA with A = [x 1]; steps shrink the distance to the
    lowest point as long as the rate is below 2 over their largest eigenvalue.
    """
    inputs = np.hstack([x, np.ones_like(x)])  # (n, 2)
    curvature = 2 / len(x) * inputs.T @ inputs  # (2, 2)
    safe_rate = float(2 / np.linalg.eigvalsh(curvature)[-1])
    solution, _, rank, _ = np.linalg.lstsq(inputs, y)
    if rank < 2:
        return None, safe_rate
    loss = float(np.mean((inputs @ solution - y) ** 2))
    return [float(solution[0, 0]), float(solution[1, 0]), loss], safe_rate


def _checked(question):
    """The question's parts; ValueError with a sentence where one can't be used."""
    if not isinstance(question, dict):
        raise ValueError("the question is no dict of points, activation, weight, bias, rate and steps")
    points = question.get("points")
    if not isinstance(points, list) or not 1 <= len(points) <= MOST_POINTS:
        raise ValueError("points must be a list of 1 to %d pairs of numbers" % MOST_POINTS)
    if not all(isinstance(point, list) and len(point) == 2 and all(map(_is_number, point)) for point in points):
        raise ValueError("each point must be a pair [x, y] of finite numbers of at most %d" % LIMIT)
    activation = question.get("activation")
    if not isinstance(activation, str) or activation not in NAMES:
        raise ValueError("the activation must be one of " + ", ".join(NAMES))
    for name in ("weight", "bias", "rate"):
        if not _is_number(question.get(name)):
            raise ValueError("%s must be a finite number of at most %d" % (name, LIMIT))
    rate, steps = question["rate"], question.get("steps")
    if rate <= 0:
        raise ValueError("the learning rate must be above 0")
    if not isinstance(steps, int) or isinstance(steps, bool) or not 0 <= steps <= MOST_STEPS:
        raise ValueError("steps must be a whole number from 0 to %d" % MOST_STEPS)
    return np.array(points, float), activation, question["weight"], question["bias"], rate, steps


def _is_number(value):
    """Whether it is a finite number within the limit, and no bool."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and abs(value) <= LIMIT
