"""Paints what a network computes as RGBA pixels in the page's own colours.

One diverging scale serves all numbers: −1 and below, 0, +1 and above, never normalised per picture;
negative areas are hatched where a picture has the pixels for it, so that colour is not the only sign.
"""
import numpy as np
from protocol import MAP_SIDE, PALETTE, TILE_SIDE, has_links, has_tiles, mosaic_size, strip_columns, weights_stride

import datasets
import shapes
from engine.columns import EVERY, columns
from engine.plane import points
from nncore.stepwise import finish

STEPS = 256  # shades on either side of 0
HATCH_PERIOD, HATCH_WIDTH = 6, 2  # pixels of a tile
FINE = 20  # pixels of the smallest side that is hatched


class Painter:
    """Holds the palette's look-up tables; paints one network at a time."""

    def __init__(self, palette):
        """palette: one (r, g, b) for each name of PALETTE, 0 to 255."""
        colours = dict(zip(PALETTE, np.asarray(palette, dtype=np.float32), strict=True))
        self.classes = np.stack([colours[name] for name in PALETTE if name.startswith("class-")])
        self.base = colours["map"]
        t = np.linspace(-1, 1, 2 * STEPS + 1, dtype=np.float32)[:, None]
        shades = colours["zero"] + np.abs(t) * (np.where(t < 0, colours["neg"], colours["pos"]) - colours["zero"])
        hatched = np.where(t < -0.02, shades + 0.28 * (colours["ink"] - shades), shades)
        self.table = _opaque(np.stack([shades, hatched]))  # (plain or hatched, shade, rgba)

        self._stripes = {}  # by the picture's side

    def stripes(self, side):
        """Which pixels of a square picture are hatched where they are negative, as `heat` takes it: (side, side), or
        0 for none, where it has not the pixels for it."""
        if side < FINE:
            return 0
        if side not in self._stripes:
            self._stripes[side] = _stripes(side, side / TILE_SIDE)
        return self._stripes[side]

    def heat(self, values, hatch=0):
        """Pixels (…, 4) of values (…) on the diverging scale."""
        shade = ((np.clip(values, -1, 1) + 1) * STEPS).astype(np.intp)
        return self.table[hatch, shade]

    def plane_pictures(self, network, data, task, focus=None, side=MAP_SIDE):
        """The large map of side × side pixels and one map a neuron that has a tile, for a network that reads points
        of the plane; in steps.

        The large map shows what the network answers, or one neuron where `focus` is (column, neuron).
        """
        last = len(network.layers)
        widths = [network.n_inputs] + [layer.n_neurons for layer in network.layers]
        wanted = {column: EVERY for column, width in enumerate(widths) if has_tiles(width) or column == last}
        if focus and focus[0] not in wanted:
            wanted[focus[0]] = [focus[1]]
        found = yield from columns(network, data.inputs(points(side)), wanted)
        if focus:
            column = found[focus[0]]
            values = column[:, focus[1] if wanted[focus[0]] is EVERY else 0].reshape(side, side)
            large = self.heat(values, self.stripes(side))
        elif task == "classify":
            large = self.decision_map(found[last])
        else:
            large = self.heat(data.in_units(found[last])[:, 0].reshape(side, side), self.stripes(side))
        pictures = [_picture("map", large)]
        step = max(1, side // TILE_SIDE)
        for column, values in sorted(found.items()):
            if has_tiles(widths[column]):
                cube = values.reshape(side, side, -1)[::step, ::step]  # (up to TILE_SIDE, the same, neurons)
                hatch = self.stripes(len(cube))
                pictures += [_picture("tile-%d-%d" % (column, j), self.heat(cube[:, :, j], hatch))
                             for j in range(cube.shape[2])]
        return pictures

    def decision_map(self, probabilities):
        """Pixels (side, side, 4): the classes' colours mixed by probability, stronger where surer."""
        n_classes = probabilities.shape[1]
        mixed = probabilities @ self.classes[:n_classes]  # (pixels, 3)
        surer = (probabilities.max(axis=1, keepdims=True) - 1 / n_classes) / (1 - 1 / n_classes)
        strength = 0.12 + 0.34 * np.clip(surer, 0, 1)
        side = round(len(probabilities) ** 0.5)
        return _opaque(self.base + strength * (mixed - self.base)).reshape(side, side, 4)

    def sample_pictures(self, network, row, flat, side):
        """The activations of one row (1, n_inputs): a pixel a neuron, as tiles or, in wide columns, as a strip; in
        steps."""
        pictures, last = [], len(network.layers)
        found = yield from columns(network, row, {column: EVERY for column in range(last + 1)})
        for column, values in sorted(found.items()):
            pixels = self.heat(values[0])  # (neurons, 4)
            if not has_tiles(len(pixels)):
                width = side if column == 0 and side else strip_columns(len(pixels))
                height = -(-len(pixels) // width)
                strip = np.zeros((height * width, 4), dtype=np.uint8)  # what is left over stays transparent
                strip[:len(pixels)] = pixels
                pictures.append(_picture("strip-%d" % column, strip.reshape(height, width, 4)))
            elif not flat:
                pictures += [_picture("tile-%d-%d" % (column, j), pixels[j].reshape(1, 1, 4))
                             for j in range(len(pixels))]
        return pictures

    def weight_pictures(self, network, side):
        """The weights between two columns where they are too many for links: a pixel each, every so many-th of them
        where they are more than a picture's pixels, or, where the inputs are the pixels of a picture, a picture for
        each neuron; in steps."""
        pictures = []
        for k, layer in enumerate(network.layers):
            if has_links(layer.n_inputs, layer.n_neurons):
                continue
            if side and k == 0:
                pixels = self.mosaic(layer.weights, side)
            else:
                down, across = weights_stride(layer.n_inputs), weights_stride(layer.n_neurons)
                pixels = self.heat(layer.weights[::down, ::across])
            pictures.append(_picture("weights-%d" % (k + 1), pixels))
            yield
        return pictures

    def mosaic(self, weights, side):
        """Weights (side², neurons) as small pictures side by side, with a transparent line between."""
        neurons, across = weights.shape[1], strip_columns(weights.shape[1])
        width, height = mosaic_size(side, neurons)
        down = -(-neurons // across)
        pixels = np.zeros((down * across, side + 1, side + 1, 4), dtype=np.uint8)
        pixels[:neurons, :side, :side] = self.heat(weights.T).reshape(neurons, side, side, 4)
        rows = pixels.reshape(down, across, side + 1, side + 1, 4).swapaxes(1, 2)
        return rows.reshape(down * (side + 1), across * (side + 1), 4)[:height, :width]

    def row_picture(self, key, values, side):
        """One row (n_inputs,) as a picture: side × side where it is one, else a strip."""
        return _picture(key, self.heat(values.reshape(-1, side) if side else values[None, :]))


def paint(painter, session):
    """All pictures that the page has a place for, as dicts of key, width, height and rgba, as fine as they get."""
    return finish(painting(painter, session, MAP_SIDE))


def painting(painter, session, side):
    """Does what `paint` does in steps, with maps of side × side pixels."""
    about, task = datasets.find(session.spec["data"]), session.spec["task"]
    pictures = []
    if about.flat:
        pictures += yield from painter.plane_pictures(session.network, session.data, task, session.focus, side)
    if shows_sample(session.spec):
        yield
        pictures += yield from painter.sample_pictures(session.network, sample_row(session)[0], about.flat, about.side)
    return pictures + (yield from painter.weight_pictures(session.network, about.side))


def shows_sample(spec):
    """Whether some neurons show the activations of one row, since there is no map or no room for it."""
    wide = any(not has_tiles(n) for layer in shapes.dense_layers(spec) for n in layer[:2])
    return wide or not datasets.find(spec["data"]).flat


def sample_row(session):
    """The row whose activations the tiles show, the first of the last batch: (1, n_inputs), and its index."""
    rows = session.training.rows if session.batch else []
    index = int(rows[0]) if len(rows) else 0
    return session.parts.train.x[index:index + 1], index


def _stripes(side, zoom):
    """1 in the diagonal stripes of a square picture, else 0: (side, side)."""
    across = np.arange(side)
    period, width = round(HATCH_PERIOD * zoom), round(HATCH_WIDTH * zoom)
    return ((across[:, None] + across) % period < width).astype(np.intp)


def _opaque(colours):
    """Colours (…, 3) as RGBA bytes (…, 4)."""
    rgba = np.full(colours.shape[:-1] + (4,), 255, dtype=np.uint8)
    rgba[..., :3] = np.clip(np.rint(colours), 0, 255)
    return rgba


def _picture(key, pixels):
    height, width = pixels.shape[:2]
    return {"key": key, "width": width, "height": height, "rgba": np.ascontiguousarray(pixels).reshape(-1)}
