"""The plane as a grid of points, coarser where a network is wide: each point costs a product with every weight."""
import numpy as np
from protocol import HALF, MAP_SIDE

SIDES = [MAP_SIDE, MAP_SIDE // 2, MAP_SIDE // 4, MAP_SIDE // 8]  # pixels, the finest first
QUICK = 500_000_000  # products of a weight and an input that a map painted in passing may take: some 50 ms

_kept = {}  # the points by their side


def quick_side(network):
    """Pixels of the finest map's side that is painted in passing; where the network rests, finer ones follow."""
    for side in SIDES:
        if side * side * network.parameters.size <= QUICK:
            return side
    return SIDES[-1]


def finer(side):
    """The next finer side, or None after the finest."""
    return SIDES[SIDES.index(side) - 1] if side != SIDES[0] else None


def points(side):
    """The middles of a map's pixels, line after line from its top: (side², 2)."""
    if side not in _kept:
        edge = HALF * (2 * (np.arange(side, dtype=np.float32) + 0.5) / side - 1)
        x0, x1 = np.meshgrid(edge, -edge)
        _kept[side] = np.stack([x0.ravel(), x1.ravel()], axis=1)
    return _kept[side]
