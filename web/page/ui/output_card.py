"""The Output card: what the network answers, in the form that suits the task and the data."""
from pyscript import ffi
from pyscript.js_modules.page import tables
from ui import confusion, dom, pairs, plane, plots
from ui.state import data_of, merged

UNSEEN = "The network never saw the labels. "
NO_CODE = "For a map of the code, give a hidden layer 2 neurons: then each row becomes a point."

_said = {"of": None}  # what the words on the card were last written for


def listen(lab):
    """Shows the neuron large whose tile has the pointer or the focus, where there is a map."""
    def look(column, neuron):
        if data_of(lab.state).flat or lab.state["focus"]:
            lab.show(merged(lab.state, {"focus": (column, neuron) if column >= 0 else None}))
            lab.engine.send("set_focus", column, neuron)
    tables.watchTiles(ffi.create_proxy(look))


def forget():
    """Drops what belongs to another data set."""
    plane.forget()
    plots.forget()


def render(state):
    """Shows the places for the answers that suit task and data; True where they are new and still empty."""
    spec, data = state["spec"], data_of(state)
    matrix = spec["task"] == "classify" and not data.flat
    rebuilds, plot = spec["task"] == "reconstruct", plots.kind(spec, data)
    dom.hide("map-block", not data.flat)
    dom.hide("confusion-block", not matrix)
    dom.hide("pairs-block", not rebuilds or data.flat)
    dom.hide("plot-block", plot is None)
    dom.hide("code-block", not rebuilds)
    dom.el("plot-block").classList.toggle("square", plot == "scatter")
    dom.html("map-legend", plane.legend(state) if data.flat else "")
    dom.html("plot-legend", plots.legend(state))
    dom.hide("labels-switch", not data.flat and plot is None)
    dom.hide("plot-title", plot != "code")
    dom.el("labels").checked = spec["labels"] == "1"
    dom.text("code-hint", ("" if plot is None and not data.flat else UNSEEN) + ("" if plot else NO_CODE))
    new = confusion.render(state) if matrix else False
    if rebuilds and not data.flat:
        new = pairs.render(state) or new
    look = (plot, spec["labels"], data.flat)
    new, _said["look"] = new or look != _said.get("look"), look
    return new


def render_words(state):
    """The card's title, the line of scores and the text alternatives, where they have changed."""
    of = (state["revision"], state["detail"], state["focus"])
    if of == _said["of"]:
        return
    _said["of"] = of
    spec, data = state["spec"], data_of(state)
    at = plane.focus(state)
    dom.text("output-facts", title(state))
    dom.el("output-facts").classList.toggle("of-neuron", at is not None)
    dom.text("detail", state["detail"])
    dom.el("detail").classList.toggle("short", spec["task"] == "classify")
    if data.flat:
        plane.render_words(state)
    if plots.kind(spec, data):
        dom.set_attribute("plot", "aria-label",
                          "%s: %s. %s" % (plots.title(state), plots.alternative(state), state["detail"]))


def title(state):
    """What the card shows, in a few words."""
    spec, data = state["spec"], data_of(state)
    if data.flat:
        return plane.title(state)
    if spec["task"] == "reconstruct":
        return "Rows given, rows rebuilt"
    return "Confusion matrix, validation rows" if spec["task"] == "classify" else plots.title(state)


def draw(arrays, state):
    """Draws what came of the network's answers."""
    if data_of(state).flat:
        plane.draw(arrays, state)
    elif state["spec"]["task"] == "classify":
        confusion.draw(arrays, state)
    else:
        pairs.draw(arrays)
    plots.draw(arrays, state)
