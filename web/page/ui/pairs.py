"""Originals beside reconstructions: some validation rows, and what the network makes of them."""
from protocol import MOST_PAIRS
from pyscript.js_modules.page import tables
from ui import dom
from ui.state import data_of
from ui.markup import Markup, join


def render(state):
    """Makes a place for each picture; True where they are new and still empty."""
    data = data_of(state)
    dom.el("pairs").classList.toggle("strips", not data.side)
    return dom.html("pairs", _pictures(data.side) if data.side else _strips(data.n_features))


def draw(arrays):
    """Shows the pictures that came."""
    if "pairs" in arrays:
        tables.pairs(dom.el("pairs"), arrays["pairs"])


def _pictures(side):
    """Originals in one line, what became of each below it."""
    return Markup("<caption>Validation rows</caption><tbody>%s</tbody>") % join(
        Markup('<tr><th scope="row">%s</th>%s</tr>')
        % (said, (Markup("<td>%s</td>") % _canvas(kind, side, side)) * MOST_PAIRS)
        for kind, said in (("original", "given"), ("again", "rebuilt")))


def _strips(n_features):
    """A line a row, a square a feature; twice, side by side."""
    line = Markup("<tr><td>%s</td><td>%s</td></tr>") % tuple(_canvas(kind, n_features, 1) for kind in ("original", "again"))
    return (Markup('<caption>Validation rows, a square a feature</caption><thead><tr><th scope="col">given</th>'
            '<th scope="col">rebuilt</th></tr></thead><tbody>%s</tbody>') % (line * MOST_PAIRS))


def _canvas(kind, width, height):
    return Markup('<canvas class="%s" width="%d" height="%d" role="img"></canvas>') % (kind, width, height)
