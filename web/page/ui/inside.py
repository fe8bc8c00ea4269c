"""Inside the layer: the coming batch's matrices, one stage at a time, the cell inspector, and the lens that walks the stages."""
import asyncio
import js
import json
import looks
import shapes
import spec as specs
import stages
from pyscript import ffi
from pyscript.js_modules.page import inspector, links, matrices
from ui import dom, state as states
from ui.state import merged
from ui.markup import Markup, join

PASSES = [("forward", "Forward"), ("loss", "Loss"), ("backward", "Backward"), ("update", "Update")]
OF_WEIGHTS = ["w", "b", "dw", "db", "grad", "step", "w_next", "b_step", "b_next"]  # matrices of which a cell is one parameter
INVITATION = "What the next batch does to the network, in single steps: forward, loss, backward, update."

_drawn = {"spec": None, "layout": None, "cell": None, "look": "", "said": "", "seen": False, "lens": False, "rows": 0}


def set_up(lab):
    """Listens to clicks and keys on the tables, and to whether they are on the screen."""
    def pick(key, row, column):
        cell = "%s.%d.%d" % (key, row, column) if key else ""
        if cell != lab.state["spec"]["cell"]:
            lab.show(states.edit(lab.state, "cell", cell), "replace")

    def seen(on):
        _drawn["seen"] = bool(on)
        tell(lab)

    matrices.watch(dom.el("inside-lines"), ffi.create_proxy(pick), ffi.create_proxy(seen))


def tell(lab, anew=False):
    """Tells the engine what is on view, where that has changed or the engine is a new one; nothing while nobody can see it."""
    spec = lab.state["spec"]
    text = "" if not (_drawn["seen"] or lab.state["lens"]) else "%s %d %s %d" % (
        spec["pass"], spec["layer"], spec["cell"] or "-", spec["digits"])
    if text != _drawn["look"] or (anew and text):
        _drawn["look"] = text
        lab.engine.send("look_inside", text)


def render(lab):
    """Shows the stage that the spec names; True where its tables are new and still empty."""
    state = lab.state
    spec = state["spec"]
    new_lens = state["lens"] != _drawn["lens"]
    if spec is _drawn["spec"] and not new_lens:
        return False  # a frame of numbers, twenty times a second, changes nothing here
    _drawn["spec"], _drawn["lens"] = spec, state["lens"]
    _render_lens(state)
    tell(lab)
    layout = (state["revision"], spec["pass"], spec["layer"], spec["digits"])
    new = layout != _drawn["layout"]
    if new:
        _drawn["layout"] = layout
        _drawn["cell"] = None
        _render_head(spec)
        inspector.begin()
        matrices.layOut(json.dumps(_description(spec)))
        _drawn["rows"] = shapes.batch_size(spec)
    if spec["cell"] != _drawn["cell"]:
        _drawn["cell"] = spec["cell"]
        _pick(spec)
    return new or new_lens  # the lens has words for what is on view already


def draw(arrays, state):
    """The newest numbers, where they are of the stage that is on view."""
    found = arrays.get("inside")
    if not found or found.name != state["spec"]["pass"] or found.layer != state["spec"]["layer"]:
        return
    if found.count != _drawn["rows"]:  # the last batch of an epoch may be smaller: titles and divisors say so
        _drawn["rows"] = found.count
        matrices.retitle(json.dumps(stages.lines(state["spec"], found.name, found.layer, found.count)))
    matrices.fill(found.matrices, found.count)
    dom.text("inside-hint", _hint(state, found.count))
    if state["lens"]:
        dom.text("lens-words", found.sentence)
    cell = found.cell if js.Object.hasOwn(found, "cell") and state["spec"]["cell"] else None
    if not state["spec"]["cell"] or cell and "%s.%d.%d" % (cell.key, cell.row, cell.column) == state["spec"]["cell"]:
        inspector.show(cell)
        if not state["playing"] and cell and cell.says != _drawn["said"]:
            _drawn["said"] = cell.says
            dom.text("inside-said", cell.says)


def recolour():
    """Draws the miniatures in the colours of another theme."""
    matrices.recolour()


def _description(spec):
    """What matrices.js lays out."""
    layer, name = spec["layer"], spec["pass"]
    return {"lines": stages.lines(spec, name, layer),
            "labels": {"i": shapes.input_names(spec)} if layer == 1 else {},
            "decimals": looks.decimals(spec)}


def _render_head(spec):
    count = len(shapes.dense_layers(spec))
    dom.html("inside-layers", join(
        Markup('<button type="button" id="inside-layer-%d" data-do="inside_layer" data-layer="%d" aria-pressed="%s"%s>Layer %d</button>') % (
            k, k, "true" if k == spec["layer"] else "false",
            Markup(' disabled title="The loss is taken from the last layer\'s outputs"') if spec["pass"] == "loss" and k < count else "", k)
        for k in range(1, count + 1)))
    dom.html("inside-passes", join(
        Markup('<button type="button" id="inside-%s" data-do="inside_pass" data-pass="%s" aria-pressed="%s">%s</button>') % (
            name, name, "true" if name == spec["pass"] else "false", words) for name, words in PASSES)
        + Markup('<a id="inside-code" href="#%s">Code</a>') % specs.write(specs.changed(
            specs.changed(spec, "view", "code"), "code-layer", spec["layer"])))
    dom.set_value("digits", str(spec["digits"]))
    dom.text("digits-value", str(spec["digits"]))


def _render_lens(state):
    spec = state["spec"]
    walk, on = stages.stages(spec), state["lens"]
    at = _position(spec, walk)
    dom.el("lens").classList.toggle("on", on)
    dom.text("lens-title", "Step %d of %d: %s" % (at + 1, len(walk), title(*walk[at])) if on else "One batch under the lens")
    if not on:
        dom.text("lens-words", INVITATION)
    dom.text("lens-next-words", "Start" if not on else "Take this step" if at == len(walk) - 1 else "Next")
    dom.el("lens-previous").disabled = not on or at == 0
    dom.hide("lens-close", not on)
    links.stage(walk[at][0] if on else "", spec["layer"])


def title(name, layer):
    """A stage in words."""
    return {"forward": "forward through layer %d", "loss": "the loss", "backward": "backward through layer %d",
            "update": "the update"}[name].replace("%d", str(layer))


def _position(spec, walk):
    """Which stage of the walk is on view; the update is one for all layers."""
    stage = (spec["pass"], 1 if spec["pass"] == "update" else spec["layer"])
    return walk.index(stage) if stage in walk else 0


def _pick(spec):
    """Lights the cell and, in the diagram, the neuron or the weight that it belongs to."""
    if not spec["cell"]:
        matrices.pick("", 0, 0, False)
        inspector.show(None)
        links.follow("")
        dom.hide("check-gradient", True)
        dom.text("checked", "")
        return
    key, row, column = spec["cell"].split(".")
    matrices.pick(key, int(row), int(column), True)
    layer = spec["layer"]
    of_weight = key in ("w", "dw", "grad", "step", "w_next")
    place = "%d.%s.%s" % (layer, row, column) if of_weight else "%d.%s.%s" % (layer, column, row) if key == "wt" else (
        "" if key in ("x", "xt", "dx", "losses") else "%d.%s" % (layer, column))
    links.follow(place)
    dom.hide("check-gradient", key not in OF_WEIGHTS)
    dom.text("checked", "")


def _hint(state, count):
    return ("The %d rows are those of the next batch, with the weights as they are now: One batch does exactly this. Rows and columns "
            "count from 0, as in NumPy; the tables show %d decimals. Click a cell to see what it is made of, or walk with the arrow "
            "keys and press Enter; Escape closes it." % (count, looks.decimals(state["spec"])))


# ---- what a person can do

def look_at(state, name, layer):
    """Another stage; the ledger shows the half to which it belongs."""
    spec = dict(state["spec"])
    count = len(shapes.dense_layers(spec))
    spec["pass"], spec["layer"], spec["cell"] = name, count if name == "loss" else min(layer, count), ""
    spec["ledger"] = "backward" if name in ("backward", "update") else "forward"
    return states.with_spec(state, spec)


def choose_pass(lab, button):
    lab.show(look_at(lab.state, button.dataset["pass"], lab.state["spec"]["layer"]))


def choose_layer(lab, button):
    """From the card's own buttons, or a line of the ledger."""
    spec = lab.state["spec"]
    lab.show(look_at(lab.state, "forward" if spec["pass"] == "loss" else spec["pass"], int(button.dataset.layer)))


def step_lens(by):
    """A button that walks to the next stage or the one before; from the last one it takes the step."""
    def run(lab, button):
        state = lab.state
        if not state["lens"]:
            lab.show(look_at(merged(state, {"lens": True}), "forward", 1))
            return
        walk = stages.stages(state["spec"])
        at = _position(state["spec"], walk) + by
        if at == len(walk):
            lab.engine.send("step_batch")
            at = 0
        lab.show(look_at(merged(state, {"playing": False}), *walk[max(0, at)]))
    return run


def close_lens(lab, button):
    lab.show(merged(lab.state, {"lens": False}))
    dom.el("lens-next").focus()


def check_gradient(lab, button):
    """Compares one gradient with finite differences, in the engine."""
    spec = lab.state["spec"]
    key, row, column = spec["cell"].split(".")

    async def work():
        dom.text("checked", "Measuring …")
        sentence = await lab.engine.ask("check_gradient", spec["layer"], key, int(row), int(column))
        dom.text("checked", sentence or "")
    asyncio.create_task(work())


def set_digits(lab, control, link):
    lab.show(states.edit(lab.state, "digits", int(control.value)), link)


def choose_ledger(lab, button):
    lab.show(states.edit(lab.state, "ledger", button.dataset.half))
