"""The Data and Training cards: what is learned from what, how it is split, and how it is trained."""
import datasets
import math
import shapes
import kinds
import spec as specs
from pyscript.js_modules.page import paint
from ui import dom, thumbs
from ui.state import batch_sizes, data_of
from ui.markup import Markup, join

OPTIMIZERS = [("sgd", "SGD"), ("momentum", "Momentum"), ("rmsprop", "RMSProp"), ("adam", "Adam")]
SCHEDULES = [("constant", "constant"), ("step", "step"), ("cosine", "cosine")]
SEEDS = ["data", "split", "weights", "shuffle"]
TYPED = ["lr", "l1", "l2", "epochs", "patience"]  # fields of numbers that are typed, and their controls
CONTROLS = {"lr": "learning-rate", "l1": "l1", "l2": "l2", "epochs": "epochs", "patience": "patience"}


def set_up():
    """What never changes: the names of tasks, optimizers, schedules, features and seeds."""
    dom.html("tasks", join(
        Markup('<button type="button" role="radio" id="task-%s" data-do="choose_task" data-name="%s">%s</button>')
        % (task, task, task[0].upper() + task[1:]) for task in datasets.TASKS))
    for id, pairs in (("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)):
        dom.html(id, join(Markup('<option value="%s">%s</option>') % pair for pair in pairs))
    dom.html("feature-list", join(
        Markup('<button type="button" id="feature-%s" data-do="toggle_feature" data-name="%s">%s</button>') % (name, name, written)
        for name, written in datasets.FEATURES))
    dom.html("seed-list", join(
        Markup('<label for="seed-%d">%s<input id="seed-%d" type="text" inputmode="numeric" autocomplete="off" data-set="seed" '
        'data-which="%d"></label>') % (which, name, which, which) for which, name in enumerate(SEEDS)))


def render(state):
    """Shows the spec's data and training choices."""
    spec, data = state["spec"], data_of(state)
    for task in datasets.TASKS:
        _radio("task-" + task, task == spec["task"])
    dom.html("thumbs", join(
        Markup('<button type="button" role="radio" id="data-%s" data-do="choose_data" data-name="%s">%s%s</button>')
        % (each.name, each.name, thumbs.svg(each.name), each.label) for each in datasets.of_task(spec["task"])))
    for each in datasets.of_task(spec["task"]):
        _radio("data-" + each.name, each.name == data.name)
    dom.text("data-facts", "%d rows%s" % (
        shapes.row_count(spec), " · %d classes" % len(shapes.class_names(spec)) if spec["task"] == "classify" else ""))
    dom.html("said", Markup(said(spec)))
    for id in ("points", "noise"):
        dom.el(id).parentElement.hidden = not data.generated
    dom.set_value("points", str(spec["points"]))
    dom.text("points-value", str(spec["points"]))
    dom.set_value("noise", kinds.number(spec["noise"]))
    dom.text("noise-value", "%.2f" % spec["noise"])
    dom.el("classes-count").parentElement.hidden = data.name != "spiral"
    dom.set_value("classes-count", str(spec["classes"]))
    dom.text("classes-value", str(spec["classes"]))
    dom.hide("features", not shapes.uses_features(spec))
    for name in datasets.FEATURE_NAMES:
        dom.set_attribute("feature-" + name, "aria-pressed", "true" if name in spec["features"] else "false")
    dom.el("standardize").checked = specs.standardizes(spec)
    _render_split(spec)
    _render_training(state)


def _radio(id, chosen):
    """One of a group of which the chosen one alone is a tab stop."""
    dom.set_attribute(id, "aria-checked", "true" if chosen else "false")
    dom.set_attribute(id, "tabindex", "0" if chosen else "-1")


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
    dom.set_value("schedule", spec["schedule"])
    dom.el("shuffle").checked = spec["shuffle"] == "1"
    dom.set_value("learning-rate-slider", "%.1f" % max(-4, min(0, math.log(spec["lr"]) / math.log(10))))
    dom.set_attribute("learning-rate-slider", "aria-valuetext", kinds.number(spec["lr"]))
    for field in TYPED:
        _typed(CONTROLS[field], kinds.number(spec[field]), state)
    for which in range(len(SEEDS)):
        _typed("seed-%d" % which, str(spec["seeds"][which]), state)


def _typed(id, value, state):
    """A text field, marked where what stands in it can't be used."""
    dom.set_value(id, value)
    dom.set_attribute(id, "aria-invalid", "true" if state["field_error"] == id else None)


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
    if "rows" in arrays:
        paint.rows(dom.el("rows-taken"), arrays["rows"], shapes.split_counts(state["spec"])[0])
