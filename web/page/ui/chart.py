"""The loss chart: train and validation by epoch, drawn by uPlot in the page's own colours."""
import js
import json
from pyscript.js_modules import paint
from pyscript.js_modules.uplot import default as uPlot
from ui import dom

EPOCH_STEPS = [step * 10 ** power for power in range(7) for step in (1, 2, 5)]  # whole epochs only

# uPlot's own rule for the ends of the loss axis: a callback into Python would be called while it is drawing.
FROM_ZERO = {"min": {"hard": 0, "soft": 0, "mode": 1, "pad": 0}, "max": {"pad": 0.08}}

_chart = {"plot": None, "data": None}


def create():
    """Builds the chart anew, in the colours of the present theme; keeps its curves."""
    box = dom.el("loss-chart")
    box.replaceChildren()
    ink, quiet, line, accent = ["rgb(%s)" % colour for colour in paint.palette("ink ink-2 line accent").split(";")]
    axis = {"stroke": quiet, "grid": {"stroke": line, "width": 1}, "ticks": {"show": False}, "gap": 4,
            "font": "11px ui-monospace, Menlo, Consolas, monospace"}
    options = {
        "width": max(200, box.clientWidth), "height": max(150, box.clientHeight),
        "padding": [8, 10, 0, 0],
        "legend": {"show": False},
        "cursor": {"drag": {"x": False, "y": False}, "points": {"size": 7}},
        "scales": {"x": {"time": False}, "y": {"range": FROM_ZERO}},
        "axes": [_with(axis, {"size": 24, "incrs": EPOCH_STEPS}), _with(axis, {"size": 46})],
        "series": [
            {},
            {"label": "train", "stroke": ink, "width": 2.25},
            {"label": "validation", "stroke": accent, "width": 2.25, "dash": [5, 3]},
        ],
    }
    _chart["plot"] = uPlot.new(js.JSON.parse(json.dumps(options)), _chart["data"] or js.JSON.parse("[[], [], []]"), box)


def draw(history):
    """Shows the curves of a frame: the typed arrays go straight to uPlot."""
    _chart["data"] = js.Array.of(history.epochs, history.train, history.validation)
    _chart["plot"].setData(_chart["data"])
    if history.epochs.length == 1:  # uPlot gives a single point a scale of its own
        _chart["plot"].setScale("x", js.JSON.parse('{"min": 0, "max": 1}'))


def clear():
    """An empty chart, for a network that has not been evaluated."""
    _chart["data"] = None
    _chart["plot"].setData(js.JSON.parse("[[], [], []]"))


def fit():
    """Takes up the size of its box."""
    box = dom.el("loss-chart")
    if _chart["plot"] and box.clientWidth and box.clientHeight:
        _chart["plot"].setSize(js.JSON.parse('{"width": %d, "height": %d}' % (box.clientWidth, box.clientHeight)))


def _with(base, more):
    copy = dict(base)
    copy.update(more)
    return copy
