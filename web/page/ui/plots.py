"""Plots with axes: the line over one feature, true against predicted numbers, the map of the code."""
import shapes
from protocol import HALF
from pyscript.js_modules.page import plots
from ui import dom, plane
from ui.state import data_of
from ui.markup import Markup, join

MOST_MARKS = 5  # more classes than marks are drawn as their digits
PARTS = Markup('<li class="note">● train</li><li class="note accent">○ validation</li>')


def kind(spec, data):
    """Which plot suits: "line", "scatter", "code", or None."""
    if spec["task"] == "regress" and not data.flat:
        return "line" if data.n_features == 1 else "scatter"
    return "code" if shapes.code_layer(spec) is not None else None


def legend(state):
    """HTML of the legend under the plot."""
    spec, data = state["spec"], data_of(state)
    which = kind(spec, data)
    if which == "line":
        return (Markup('<li><i class="stroke-line"></i>what the network answers</li>') + PARTS
                + Markup('<li class="note">crossed: test, once opened</li><li class="note">ringed: last batch</li>'))
    if which == "scatter":
        return (Markup('<li class="accent">○ a validation row</li>'
                '<li><i class="stroke-line dashed"></i>predicted = true: the nearer, the better</li>'))
    if which != "code":
        return ""
    if spec["labels"] == "0":
        return PARTS
    names = shapes.class_names(spec)
    if len(names) > MOST_MARKS:
        return Markup('<li class="note">each mark is its digit</li><li class="note"><b>bold</b>: validation</li>')
    marks = join(Markup('<li><i class="ink-c%d">%s</i>%s</li>') % (c, plane.CLASS_MARKS[c], name)
                    for c, name in enumerate(names))
    return marks + Markup('<li class="note">filled: training · hollow: validation</li>')


def title(state):
    """What the plot shows, in a few words."""
    spec, data = state["spec"], data_of(state)
    which = kind(spec, data)
    if which == "line":
        return "The answer to every x"
    if which == "scatter":
        return "Predicted against true, validation rows"
    return "Rows as the code has them"


def alternative(state):
    """What the plot shows, in words that do without it."""
    spec, data = state["spec"], data_of(state)
    which = kind(spec, data)
    train, validation, _ = shapes.split_counts(spec)
    if which == "line":
        return "%d training and %d validation points, and the network's line over x" % (train, validation)
    if which == "scatter":
        return "%d validation rows, the true %s across and the predicted one up" % (validation, data.answer)
    coloured = ", coloured by class" if spec["labels"] == "1" else ""
    return "%d training and %d validation rows at the two numbers that layer %d turns each into%s" % (
        train, validation, shapes.code_layer(spec) + 1, coloured)


def draw(arrays, state):
    """Draws what came of the plot's numbers."""
    spec, data = state["spec"], data_of(state)
    which = kind(spec, data)
    if which == "line":
        plane.keep(arrays)
        if "points" in arrays:
            plots.linePoints(dom.el("plot"), arrays["points"], HALF, "x", data.answer)
        if plane.overlay_is_due(arrays, state):
            plots.lineOverlay(dom.el("plot-line"), plane.kept("points"), plane.rings(), plane.kept("curve"))
    elif which == "scatter" and "scatter" in arrays:
        plots.scatter(dom.el("plot"), arrays["scatter"], data.answer)
    elif which == "code" and "code" in arrays:
        layer = shapes.code_layer(spec) + 1
        plots.code(dom.el("plot"), arrays["code"], spec["labels"] == "1", len(shapes.class_names(spec)),
                   "neuron 0 of layer %d" % layer, "neuron 1 of layer %d" % layer)


def forget():
    """Drops the numbers of another data set."""
    plots.clear(dom.el("plot"))
    plots.clear(dom.el("plot-line"))
