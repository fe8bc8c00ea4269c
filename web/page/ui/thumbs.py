"""Small pictures of the data sets, drawn before the engine can load any data."""
import math
from ui.markup import Markup, join

DIGIT = ["00011000", "00111100", "01100110", "00000110", "00011100", "00000110", "01100110", "00111100"]
COUNT = 54


class Dice:
    """A small generator of its own (Park and Miller's), so that the pictures are the same everywhere."""

    def __init__(self, seed):
        self.at = seed

    def uniform(self):
        self.at = self.at * 16807 % 2147483647
        return self.at / 2147483647

    def normal(self):
        return math.sqrt(-2 * math.log(self.uniform())) * math.cos(2 * math.pi * self.uniform())


_drawn = {}


def svg(name):
    """The picture of one data set as SVG text; drawn once."""
    if name not in _drawn:
        marks = _digit() if name == "digits" else _dots(name)
        _drawn[name] = Markup('<svg viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true">') + marks + Markup("</svg>")
    return _drawn[name]


def _digit():
    return join(Markup('<rect class="pixel" x="%.2f" y="%.2f" width="0.23" height="0.23"/>') % (x * 0.24 - 0.96, y * 0.24 - 0.96)
                   for y in range(8) for x in range(8) if DIGIT[y][x] == "1")


def _dots(name):
    dice, out = Dice(7 + 3 * len(name)), []
    for i in range(COUNT):
        x, y, label = _point(name, i, dice)
        out.append(Markup('<circle class="c%d" cx="%.2f" cy="%.2f" r="0.085"/>')
                   % (label, x + 0.05 * dice.normal(), -y - 0.05 * dice.normal()))
    return join(out)


def _point(name, i, dice):
    """(x, y, class) of dot number i."""
    half, third = i % 2, i % 3
    angle = 2 * math.pi * dice.uniform()
    u, v = 2 * dice.uniform() - 1, 2 * dice.uniform() - 1
    if name == "circle":
        radius = 0.85 if half else 0.4 * dice.uniform()
        return radius * math.cos(angle), radius * math.sin(angle), half
    if name == "xor":
        return 0.8 * u + (0.1 if u > 0 else -0.1), 0.8 * v + (0.1 if v > 0 else -0.1), int(u * v > 0)
    if name == "gauss":
        centre = -0.45 if half else 0.45
        return centre + 0.2 * dice.normal(), centre + 0.2 * dice.normal(), half
    if name == "spiral":
        radius = 0.08 + 0.87 * dice.uniform()
        turn = 2.0944 * third + 3.7 * radius
        return radius * math.sin(turn), radius * math.cos(turn), third
    if name == "moons":
        across, up = 0.62 * math.cos(angle / 2), 0.8 * math.sin(angle / 2) - 0.25
        return (across - 0.3, up, 0) if not half else (0.3 - across, -up, 1)
    if name in ("line", "sine", "plane", "diabetes", "breast_cancer"):
        return _number(name, u, v, dice)
    spread = 0.13 if name == "iris" else 0.16
    centres = [(-0.65, -0.6), (0.1, 0.1), (0.5, 0.5)] if name == "iris" else [(-0.5, 0.5), (0.05, -0.45), (0.6, 0.35)]
    return centres[third][0] + spread * dice.normal(), centres[third][1] + spread * dice.normal(), third


def _number(name, u, v, dice):
    """Points of the data sets whose answer is a number, and of two overlapping clouds."""
    if name == "breast_cancer":
        half = int(u > 0.2)
        return (-0.35, 0.35)[half] + 0.28 * dice.normal(), (-0.3, 0.3)[half] + 0.28 * dice.normal(), half
    if name == "plane":
        return 0.95 * u, 0.95 * v, int(0.6 * u - 0.4 * v < 0)
    height = {"line": 0.7 * u + 0.1, "sine": 0.8 * math.sin(math.pi * u), "diabetes": 0.5 * u + 0.3 * dice.normal()}[name]
    return u, height + 0.05 * dice.normal(), 0
