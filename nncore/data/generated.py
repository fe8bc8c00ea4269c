"""Generated data: small made-up problems in one or two dimensions, each the simplest of its kind, drawn from
a seed.

Every point has its clean place and its own noise, drawn from two streams of the same seed: turning the noise
up moves the points without drawing new ones, and asking for more points keeps the first ones. Coordinates
stay near ±1.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .. import checks
from .dataset import Dataset

DEFAULT_POINTS = 300
DEFAULT_NOISE = 0.2
TURN = 2 * np.pi


def _circle(u, labels, n_classes):
    """A disc of radius 0.5 inside a ring from 0.7 to 1, each filled evenly."""
    inner = np.where(labels == 0, 0.0, 0.7)
    outer = np.where(labels == 0, 0.5, 1.0)
    radius = np.sqrt(inner**2 + u[:, 0] * (outer**2 - inner**2))
    return _polar(radius, TURN * u[:, 1])


def _xor(u, labels, n_classes):
    """Class 0 where the signs of the coordinates differ, class 1 where they agree; the axes are left free."""
    size = 0.08 + 0.92 * u
    side = np.where(np.arange(len(u)) // 2 % 2 == 0, 1.0, -1.0)
    return np.column_stack([side * size[:, 0], np.where(labels == 1, side, -side) * size[:, 1]])


def _gauss(u, labels, n_classes):
    """Two round clouds about (0.5, 0.5) and (-0.5, -0.5), by the Box-Muller transform."""
    radius = 0.15 * np.sqrt(-2 * np.log(1 - u[:, 0]))
    return _polar(radius, TURN * u[:, 1]) + np.where(labels == 0, 0.5, -0.5)[:, np.newaxis]


def _spiral(u, labels, n_classes):
    """As many arms as classes, each one turn long from near the middle outwards."""
    radius = 0.1 + 0.9 * u[:, 0]
    return _polar(radius, TURN * (radius + labels / n_classes))


def _moons(u, labels, n_classes):
    """Two half circles, each reaching into the other."""
    angle = np.pi * u[:, 0]
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    lower = np.column_stack([0.5 - np.cos(angle), 0.25 - np.sin(angle)])
    return np.where(labels[:, np.newaxis] == 0, upper, lower) / 1.5


def _polar(radius, angle):
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


@dataclass(frozen=True, eq=False)
class Clusters:
    """Points (n, 2), classes in turn; `place(u, labels, n_classes)` puts uniform u (n, 2) in their places."""

    name: str
    place: Callable
    spread: float  # standard deviation at noise 1
    question: str
    least: int = 2
    most: int = 2
    usual: int = 2

    def make(self, points, noise, seed, classes):
        n_classes = self._n_classes(classes)
        positions, shifts, noise = _streams(points, noise, seed)
        labels = np.arange(len(positions)) % n_classes
        x = self.place(positions, labels, n_classes) + noise * self.spread * shifts
        names = tuple(f"class {i}" for i in range(n_classes))
        return Dataset(self.name, "classify", x, labels, ("x1", "x2"), names, self.question, generated=True)

    def _n_classes(self, classes):
        if classes is None:
            return self.usual
        if self.least == self.most:
            raise ValueError(f"{self.name} always has {self.most} classes: leave classes out")
        if not self.least <= checks.count(classes, "classes") <= self.most:
            raise ValueError(f"classes is {classes}: {self.name} takes {self.least} to {self.most}")
        return classes


@dataclass(frozen=True, eq=False)
class Curve:
    """Points x (n, n_features), even over -1 to 1, with a number each; `height(x)` is it without noise."""

    name: str
    height: Callable
    n_features: int
    spread: float
    question: str

    def make(self, points, noise, seed, classes):
        if classes is not None:
            raise ValueError(f"{self.name} has no classes, a number is predicted: leave classes out")
        positions, shifts, noise = _streams(points, noise, seed)
        x = 2 * positions[:, : self.n_features] - 1
        y = self.height(x) + noise * self.spread * shifts[:, 0]
        names = tuple(f"x{i + 1}" for i in range(self.n_features))
        return Dataset(
            self.name, "regress", x, y[:, np.newaxis], names, question=self.question, generated=True
        )


def _streams(points, noise, seed):
    """Return uniform positions and normal shifts, each (n, 2), and the noise, all checked."""
    points = checks.count(DEFAULT_POINTS if points is None else points, "points")
    noise = checks.not_negative(DEFAULT_NOISE if noise is None else noise, "noise")
    if noise > 1:
        raise ValueError(f"noise is {noise:g}: a number from 0 to 1 is needed")
    seed = checks.seed(seed)
    positions = np.random.RandomState([seed, 0]).random_sample((points, 2))
    shifts = np.random.RandomState([seed, 1]).randn(points, 2)
    return positions, shifts, noise


GENERATED = {
    source.name: source
    for source in (
        Clusters("circle", _circle, 0.3, "Is a point inside the disc or on the ring around it?"),
        Clusters("xor", _xor, 0.3, "Do the two coordinates of a point have the same sign?"),
        Clusters("gauss", _gauss, 0.5, "Which of two clouds does a point belong to?"),
        Clusters("spiral", _spiral, 0.15, "Which arm of the spiral does a point lie on?", 2, 5, 3),
        Clusters("moons", _moons, 0.3, "Which of two interlocking half moons does a point lie on?"),
        Curve(
            "line",
            lambda x: 0.7 * x[:, 0] + 0.2,
            1,
            0.5,
            "Which y belongs to an x, where y = 0.7 x + 0.2 and noise?",
        ),
        Curve(
            "sine",
            lambda x: 0.8 * np.sin(np.pi * x[:, 0]),
            1,
            0.5,
            "Which y belongs to an x, where y = 0.8 sin(π x) and noise?",
        ),
        Curve(
            "plane",
            lambda x: 0.6 * x[:, 0] - 0.4 * x[:, 1] + 0.1,
            2,
            0.5,
            "Which height belongs to a point, where the ground is the plane 0.6 x1 - 0.4 x2 + 0.1 and noise?",
        ),
    )
}
