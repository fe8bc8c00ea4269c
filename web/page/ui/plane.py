"""The map of the plane: what the network answers at every point, the points, and a neuron's own map."""
import shapes
from protocol import HALF, TRAINING
from pyscript.js_modules.page import plots
from ui import dom
from ui.state import data_of
from ui.markup import Markup, join

CLASS_MARKS = "●▲■◆★"
SLOW = 15  # batches a second up to which the rows of each batch are ringed: beyond, the eye can't follow
PARTS = Markup('<li class="note">%s: train</li><li class="note">%s: validation</li>'
         '<li class="note">crossed: test, once opened</li><li class="note">ringed: last batch</li>')

_kept = {}  # points, rows and again as they came last, and whether rings were drawn


def legend(state):
    """HTML of the legend under the map."""
    spec = state["spec"]
    if spec["task"] == "classify":
        names = shapes.class_names(spec)
        return join(Markup('<li><i class="ink-c%d">%s</i>%s</li>') % (c, CLASS_MARKS[c], name)
                       for c, name in enumerate(names)) + PARTS % ('filled', 'hollow')
    if spec["task"] == "regress":
        return (Markup('<li class="scale"><em>−1</em><i></i><em>+1</em></li>'
                '<li>%s, of the map and of each point</li>') % data_of(state).answer) + PARTS % ("disc", "ring")
    return Markup("<li>■ where the network puts a point, joined to where it is</li>") + PARTS % ("filled", "hollow")


def look(spec):
    """How points are drawn: a reconstruction's own their class only when asked."""
    if spec["task"] == "regress":
        return "values"
    return "classes" if spec["task"] == "classify" or spec["labels"] == "1" else "plain"


def focus(state):
    """(column, neuron) whose own map is on view, or None: the network's answer."""
    at = state["focus"]
    return at if at and data_of(state).flat and shapes.has_neuron(state["spec"], at[0], at[1]) else None


def title(state):
    """What the map shows, in a few words."""
    at, spec = focus(state), state["spec"]
    if at:
        column, neuron = at
        if column == 0:
            return "Input %s" % shapes.input_names(spec)[neuron]
        last = column == len(shapes.dense_layers(spec))
        if last and spec["task"] == "classify":
            return "Output neuron %d: probability of %s" % (neuron, shapes.class_names(spec)[neuron])
        return "Neuron %d of layer %d%s" % (neuron, column, ", the output" if last else "")
    return {"classify": "The answer at every point", "regress": "The answer at every point",
            "reconstruct": "Where each point is put"}[spec["task"]]


def render_words(state):
    """The map's frame and its text alternative; a reconstruction has a map only of single neurons."""
    at = focus(state)
    dom.el("map-frame").classList.toggle("of-neuron", at is not None)
    dom.el("map-frame").classList.toggle("no-map", at is None and state["spec"]["task"] == "reconstruct")
    what = "one neuron's value at every point of the plane" if at else {
        "classify": "the class that the network predicts at every point of the plane",
        "regress": "the number that the network predicts at every point of the plane",
        "reconstruct": "each point and where the network puts it"}[state["spec"]["task"]]
    dom.set_attribute("map", "aria-label",
                      "%s: %s, with the data points. %s" % (title(state), what, state["detail"]))


def draw(arrays, state):
    """Draws new points, and what moves above them."""
    keep(arrays)
    if "points" in arrays:
        plots.planePoints(dom.el("points-layer"), arrays["points"], look(state["spec"]), HALF)
    if overlay_is_due(arrays, state):
        plots.planeOverlay(dom.el("rings-layer"), _kept.get("points"), rings(), _kept.get("again"), HALF)


# ---- the rows of the batch, which the plot of one feature rings too

def keep(arrays):
    """Holds on to what the overlay is drawn from, since a frame has only what changed."""
    for name in ("points", "rows", "again", "curve"):
        if name in arrays:
            _kept[name] = arrays[name]


def overlay_is_due(arrays, state):
    """Whether what moves above the points must be drawn again."""
    run = state["run"]
    ringed = bool(run) and (run["state"] != TRAINING or 0 < int(state["spec"]["speed"]) <= SLOW)
    turned = ringed != _kept.get("ringed")
    _kept["ringed"] = ringed
    moved = any(name in arrays for name in ("points", "again", "curve"))
    return turned or moved or (ringed and "rows" in arrays)


def rings():
    """Which training rows to ring, or None."""
    return _kept.get("rows") if _kept.get("ringed") else None


def kept(name):
    """What came last under that name, or None."""
    return _kept.get(name)


def forget():
    """Drops the points of another data set."""
    _kept.clear()
    plots.clear(dom.el("points-layer"))
    plots.clear(dom.el("rings-layer"))
    plots.clear(dom.el("map"))
