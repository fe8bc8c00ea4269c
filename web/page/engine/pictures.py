"""Paints what a network computes as RGBA pixels in the page's own colours.

One diverging scale serves all numbers: −1 and below, 0, +1 and above, never normalised per picture;
negative areas are hatched where a picture has the pixels for it, so that colour is not the only sign.
"""
import numpy as np
from protocol import HALF, MAP_SIDE, PALETTE, TILE_SIDE, has_links, has_tiles, mosaic_size, strip_columns

import datasets
import shapes

STEPS = 256  # shades on either side of 0
HATCH_PERIOD, HATCH_WIDTH = 6, 2  # pixels of a tile


class Painter:
    """Holds the palette's look-up tables and the grid of the plane; paints one network at a time."""

    def __init__(self, palette):
        """palette: one (r, g, b) for each name of PALETTE, 0 to 255."""
        colours = dict(zip(PALETTE, np.asarray(palette, dtype=np.float32), strict=True))
        self.classes = np.stack([colours[name] for name in PALETTE if name.startswith("class-")])
        self.base = colours["map"]
        t = np.linspace(-1, 1, 2 * STEPS + 1, dtype=np.float32)[:, None]
        shades = colours["zero"] + np.abs(t) * (np.where(t < 0, colours["neg"], colours["pos"]) - colours["zero"])
        hatched = np.where(t < -0.02, shades + 0.28 * (colours["ink"] - shades), shades)
        self.table = _opaque(np.stack([shades, hatched]))  # (plain or hatched, shade, rgba)

        edge = HALF * (2 * (np.arange(MAP_SIDE, dtype=np.float32) + 0.5) / MAP_SIDE - 1)
        x0, x1 = np.meshgrid(edge, -edge)  # the picture's first line is the plane's top
        self.plane = np.stack([x0.ravel(), x1.ravel()], axis=1)  # (MAP_SIDE², 2)
        self.hatch = _stripes(TILE_SIDE, 1)
        self.wide_hatch = _stripes(MAP_SIDE, MAP_SIDE // TILE_SIDE)

    def heat(self, values, hatch=0):
        """Pixels (…, 4) of values (…) on the diverging scale."""
        shade = ((np.clip(values, -1, 1) + 1) * STEPS).astype(np.intp)
        return self.table[hatch, shade]

    def plane_pictures(self, network, data, task, focus=None):
        """The large map and one map a neuron, for a network that reads points of the plane.

        The large map shows what the network answers, or one neuron where `focus` is (column, neuron).
        """
        step = MAP_SIDE // TILE_SIDE
        columns = activations(network, data.inputs(self.plane))
        if focus:
            values = columns[focus[0]][:, focus[1]].reshape(MAP_SIDE, MAP_SIDE)
            large = self.heat(values, self.wide_hatch)
        elif task == "classify":
            large = self.decision_map(columns[-1])
        else:
            large = self.heat(data.in_units(columns[-1])[:, 0].reshape(MAP_SIDE, MAP_SIDE), self.wide_hatch)
        pictures = [_picture("map", large)]
        for k, values in enumerate(columns):
            if has_tiles(values.shape[1]):
                cube = values.reshape(MAP_SIDE, MAP_SIDE, -1)[::step, ::step]  # (TILE_SIDE, TILE_SIDE, neurons)
                pictures += [_picture("tile-%d-%d" % (k, j), self.heat(cube[:, :, j], self.hatch))
                             for j in range(cube.shape[2])]
        return pictures

    def decision_map(self, probabilities):
        """Pixels (MAP_SIDE, MAP_SIDE, 4): the classes' colours mixed by probability, stronger where surer."""
        n_classes = probabilities.shape[1]
        mixed = probabilities @ self.classes[:n_classes]  # (pixels, 3)
        surer = (probabilities.max(axis=1, keepdims=True) - 1 / n_classes) / (1 - 1 / n_classes)
        strength = 0.12 + 0.34 * np.clip(surer, 0, 1)
        return _opaque(self.base + strength * (mixed - self.base)).reshape(MAP_SIDE, MAP_SIDE, 4)

    def sample_pictures(self, network, row, flat, side):
        """The activations of one row (1, n_inputs): a pixel a neuron, as tiles or, in wide columns, as a strip."""
        pictures = []
        for k, values in enumerate(activations(network, row)):
            pixels = self.heat(values[0])  # (neurons, 4)
            if not has_tiles(len(pixels)):
                width = side if k == 0 and side else strip_columns(len(pixels))
                height = -(-len(pixels) // width)
                strip = np.zeros((height * width, 4), dtype=np.uint8)  # what is left over stays transparent
                strip[:len(pixels)] = pixels
                pictures.append(_picture("strip-%d" % k, strip.reshape(height, width, 4)))
            elif not flat:
                pictures += [_picture("tile-%d-%d" % (k, j), pixels[j].reshape(1, 1, 4)) for j in range(len(pixels))]
        return pictures

    def weight_pictures(self, network, side):
        """The weights between two columns where they are too many for links: a pixel each, or, where the inputs
        are the pixels of a picture, a picture for each neuron."""
        return [_picture("weights-%d" % (k + 1), self.mosaic(layer.weights, side) if side and k == 0
                         else self.heat(layer.weights))
                for k, layer in enumerate(network.layers) if not has_links(layer.n_inputs, layer.n_neurons)]

    def mosaic(self, weights, side):
        """Weights (side², neurons) as small pictures side by side, with a transparent line between."""
        neurons, across = weights.shape[1], strip_columns(weights.shape[1])
        width, height = mosaic_size(side, neurons)
        pixels = np.zeros((height, width, 4), dtype=np.uint8)
        for j in range(neurons):
            top, left = (j // across) * (side + 1), (j % across) * (side + 1)
            pixels[top:top + side, left:left + side] = self.heat(weights[:, j].reshape(-1, side))
        return pixels

    def row_picture(self, key, values, side):
        """One row (n_inputs,) as a picture: side × side where it is one, else a strip."""
        return _picture(key, self.heat(values.reshape(-1, side) if side else values[None, :]))


def paint(painter, session):
    """All pictures that the page has a place for, as dicts of key, width, height and rgba."""
    about, task = datasets.find(session.spec["data"]), session.spec["task"]
    pictures = []
    if about.flat:
        pictures += painter.plane_pictures(session.network, session.data, task, session.focus)
    if shows_sample(session.spec):
        pictures += painter.sample_pictures(session.network, sample_row(session)[0], about.flat, about.side)
    return pictures + painter.weight_pictures(session.network, about.side)


def shows_sample(spec):
    """Whether some neurons show the activations of one row, since there is no map or no room for it."""
    wide = any(not has_tiles(n) for layer in shapes.dense_layers(spec) for n in layer[:2])
    return wide or not datasets.find(spec["data"]).flat


def sample_row(session):
    """The row whose activations the tiles show, the first of the last batch: (1, n_inputs), and its index."""
    rows = session.training.rows if session.batch else []
    index = int(rows[0]) if len(rows) else 0
    return session.parts.train.x[index:index + 1], index


def activations(network, x):
    """The inputs and each layer's activations for x (rows, n_inputs), without dropout."""
    columns = [np.asarray(x, dtype=network.dtype)]
    for layer in network.layers:
        columns.append(layer.forward(columns[-1]))
    return columns


def _stripes(side, zoom):
    """1 in the diagonal stripes of a square picture, else 0: (side, side)."""
    across = np.arange(side)
    return (((across[:, None] + across) % (HATCH_PERIOD * zoom)) < HATCH_WIDTH * zoom).astype(np.intp)


def _opaque(colours):
    """Colours (…, 3) as RGBA bytes (…, 4)."""
    rgba = np.full(colours.shape[:-1] + (4,), 255, dtype=np.uint8)
    rgba[..., :3] = np.clip(np.rint(colours), 0, 255)
    return rgba


def _picture(key, pixels):
    height, width = pixels.shape[:2]
    return {"key": key, "width": width, "height": height, "rgba": np.ascontiguousarray(pixels).reshape(-1)}
