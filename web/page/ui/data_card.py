"""The Data and Training cards: what is learned from what, how it is split, and how it is trained."""
import datasets
import math
import shapes
import spec as specs
from pyscript.js_modules import paint
from ui import dom, thumbs
from ui.state import batch_sizes, data_of

OPTIMIZERS = [("sgd", "SGD"), ("momentum", "Momentum"), ("rmsprop", "RMSProp"), ("adam", "Adam")]


def set_up():
    """What never changes: the pictures of the data sets and the optimizers' names."""
    dom.html("thumbs", "".join(
        '<button type="button" role="radio" id="data-%s" data-do="choose_data" data-name="%s">%s%s</button>'
        % (data.name, data.name, thumbs.svg(data.name), data.label) for data in datasets.DATASETS))
    dom.html("optimizer", "".join('<option value="%s">%s</option>' % pair for pair in OPTIMIZERS))


def render(state):
    """Shows the spec's data and training choices."""
    spec, data = state["spec"], data_of(state)
    for each in datasets.DATASETS:
        chosen = each.name == data.name
        dom.set_attribute("data-" + each.name, "aria-checked", "true" if chosen else "false")
        dom.set_attribute("data-" + each.name, "tabindex", "0" if chosen else "-1")
    dom.text("data-facts", "%d rows%s" % (
        shapes.row_count(spec), " · %d classes" % len(shapes.class_names(spec)) if spec["task"] == "classify" else ""))
    dom.html("said", said(spec))
    for id in ("points", "noise"):
        dom.el(id).parentElement.hidden = not data.generated
    dom.set_value("points", str(spec["points"]))
    dom.text("points-value", str(spec["points"]))
    dom.set_value("noise", specs.number(spec["noise"]))
    dom.text("noise-value", "%.2f" % spec["noise"])
    _render_split(spec)
    _render_training(state)


def said(spec):
    """One sentence on what is predicted from what, and another where the numbers are not those measured."""
    data = datasets.find(spec["data"])
    text = datasets.RECONSTRUCTION[data.name] if spec["task"] == "reconstruct" else data.said
    if specs.standardizes(spec):
        text += " Each feature is shifted and scaled to mean 0 and deviation 1 over the training rows."
    return text.replace("{classes}", str(spec["classes"]))


def _render_split(spec):
    train, validation, test = spec["split"]
    rows = shapes.split_counts(spec)
    dom.text("split-value", "%d / %d / %d %%" % (train, validation, test))
    for id, count in zip(("train-rows", "validation-rows", "test-rows"), rows):
        dom.text(id, str(count))
    style = dom.el("split-bar").style
    style.setProperty("--a", "%d%%" % train)
    style.setProperty("--b", "%d%%" % (train + validation))
    _slider("split-a", 5, train + validation - 5, train, "%d %%: %d rows to train on" % (train, rows[0]))
    _slider("split-b", train + 5, 95, train + validation,
            "%d %%: %d rows to validate, %d to test" % (train + validation, rows[1], rows[2]))


def _slider(id, low, high, now, words):
    for name, value in (("aria-valuemin", low), ("aria-valuemax", high), ("aria-valuenow", now)):
        dom.set_attribute(id, name, str(value))
    dom.set_attribute(id, "aria-valuetext", words)


def _render_training(state):
    spec, size = state["spec"], shapes.batch_size(state["spec"])
    rows, (count, last) = shapes.split_counts(spec)[0], shapes.batches(spec)
    sizes = batch_sizes(state)
    slider = dom.el("batch-size")
    slider.max = str(len(sizes) - 1)
    stop = min(range(len(sizes)), key=lambda i: abs(math.log(sizes[i] / size)))
    dom.set_value("batch-size", str(stop))
    dom.set_attribute("batch-size", "aria-valuetext", "%d rows" % size)
    dom.text("batch-size-value", "%d%s" % (size, " (all)" if size == rows else ""))
    parts = "%d rows ÷ %d = %d %s an epoch" % (rows, size, count, "update" if count == 1 else "updates")
    dom.text("batch-hint", parts + (", the last of %d." % last if last != size else "."))
    dom.set_value("optimizer", spec["opt"])
    dom.set_value("learning-rate", specs.number(spec["lr"]))
    dom.set_value("learning-rate-slider", "%.1f" % max(-4, min(0, math.log(spec["lr"]) / math.log(10))))
    dom.set_attribute("learning-rate-slider", "aria-valuetext", specs.number(spec["lr"]))
    dom.set_attribute("learning-rate", "aria-invalid", "true" if state["field_error"] == "learning-rate" else None)


def render_batch_title(state):
    """Says how many rows the last batch took, as far as there is one."""
    run, rows = state["run"], shapes.split_counts(state["spec"])[0]
    count, last = shapes.batches(state["spec"])
    batch = run["batch"] if run else 0
    if batch:
        taken = last if batch == count else shapes.batch_size(state["spec"])
        title, value = "Rows in batch %d" % batch, "%d of %d" % (taken, rows)
    else:
        title, value = "Rows in a batch", "%d of %d" % (shapes.batch_size(state["spec"]), rows)
    node = dom.el("rows-title")
    if node.firstChild.nodeValue != title + " ":
        node.firstChild.nodeValue = title + " "
    dom.text("rows-value", value)


def draw(arrays, state):
    """Marks the rows of the last batch among those to train on."""
    paint.rows(dom.el("rows-taken"), arrays.get("rows"), shapes.split_counts(state["spec"])[0])
