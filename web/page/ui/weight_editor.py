"""The weight editor: a panel beside the diagram in which weights and biases are read, set and locked."""
import kinds
import looks
import shapes
import typed
from pyscript.js_modules.page import fields, links
from ui import dom, state as states
from ui.markup import Markup, join

MOST = 1000000.0  # a larger weight helps nobody and soon overflows
LOCK = Markup('<svg class="when-locked" aria-hidden="true"><use href="#i-lock"/></svg>'
        '<svg class="when-free" aria-hidden="true"><use href="#i-unlock"/></svg>')
# Its keyboard has all signs: the one for decimal numbers has no minus on iOS.
ROW = Markup('<div class="editor-row" data-place="%(place)s">'
       '<label for="value-%(id)s">%(name)s<span class="hidden"> %(words)s</span></label>'
       '<input id="value-%(id)s" type="text" inputmode="text" autocomplete="off" spellcheck="false" placeholder="…" '
       'data-set="parameter" data-place="%(place)s" aria-describedby="editor-message">'
       '<input type="range" min="-3" max="3" step="0.01" id="slider-%(id)s" data-set="parameter" data-place="%(place)s" '
       'aria-label="%(name)s, slider from −3 to 3">'
       '<button type="button" class="lock" id="lock-%(id)s" data-do="lock" data-lock="%(place)s" aria-pressed="false" '
       'aria-label="Lock %(name)s: training leaves it alone">') + LOCK + Markup('<span>training leaves it alone</span></button></div>')


def watch():
    """Has the diagram's links and the panel follow pointer and focus."""
    links.watch(dom.el("stage"), dom.el("editor"))
    fields.watch(dom.el("stage"), dom.el("editor"))


def render(state):
    """Shows the panel for the place that is edited, or no panel."""
    place, spec = state["editor"], state["spec"]
    dom.hide("editor", not place)
    if place:
        pieces, listed = place.split("."), places(spec, place)
        single = len(listed) == 1 and len(pieces) == 3
        dom.text("editor-title", name_of(listed[0]) if single else "Neuron %s of layer %s" % (pieces[1], pieces[0]))
        dom.text("editor-words", words_of(spec, listed[0]) if single else _count(spec, pieces))
        dom.el("editor").classList.toggle("single", single)
        dom.html("editor-rows", join(_row(spec, each) for each in listed))
        wrong, sentence = state["editor_error"] or ("", "")
        dom.text("editor-message", sentence)
        for each in listed:
            id = "value-" + each.replace(".", "-")
            dom.set_attribute(id, "aria-invalid", "true" if id == wrong else None)
        links.showLocks(",".join(spec["lock"]))
    links.choose(place)
    fields.open(place, looks.decimals(spec))


def draw(arrays, state):
    """Fills in the newest numbers."""
    if "weights" in arrays:
        fields.fill()


def places(spec, place):
    """What the panel lists: for a neuron `2.3` its bias and each weight that leads to it, else the place itself."""
    pieces = place.split(".")
    if len(pieces) == 3:
        return [place]
    layer, neuron = pieces
    n_inputs = shapes.dense_layers(spec)[int(layer) - 1][0]
    return ["%s.b.%s" % (layer, neuron)] + ["%s.%d.%s" % (layer, i, neuron) for i in range(n_inputs)]


def name_of(place):
    """As NumPy would write it: W2[0, 3], or b2[0, 3] of the one row of biases."""
    layer, row, neuron = place.split(".")
    return "b%s[0, %s]" % (layer, neuron) if row == "b" else "W%s[%s, %s]" % (layer, row, neuron)


def words_of(spec, place):
    """`weight from neuron 0 to neuron 3 of layer 2`, for those who hear it."""
    layer, row, neuron = place.split(".")
    if row == "b":
        return "bias of neuron %s of layer %s" % (neuron, layer)
    source = "input " + shapes.input_names(spec)[int(row)] if layer == "1" else "neuron " + row
    return "weight from %s to neuron %s of layer %s" % (source, neuron, layer)


def _count(spec, pieces):
    n_inputs, _, activation = shapes.dense_layers(spec)[int(pieces[0]) - 1]
    return "%s · bias and %d %s" % (activation, n_inputs, "weight" if n_inputs == 1 else "weights")


def _row(spec, place):
    return ROW % {"place": place, "id": place.replace(".", "-"), "name": name_of(place),
                  "words": words_of(spec, place)}


# ---- what a person does

def open_at(lab, spot):
    """Opens the panel for a neuron's tile, a link or a bias plug."""
    lab.show(states.open_editor(lab.state, spot.dataset.place))
    fields.enter()


def close(lab, button):
    """Closes the panel; the focus returns to the neuron."""
    pieces = lab.state["editor"].split(".")
    fields.forgetTyped()
    leave(lab, button)
    tile = dom.el("neuron-%s-%s" % (pieces[0], pieces[-1]))
    if tile:
        tile.focus()


def leave(lab, spot):
    """Closes the panel without moving the focus: someone went on with something else."""
    if lab.state["editor"]:
        lab.show(states.close_editor(lab.state))


def set_parameter(lab, control, link):
    """Gives the engine a number from the panel; what is no number stays in its field, and a sentence says why."""
    place = control.dataset.place
    try:
        value = typed.read(kinds.Real(-MOST, MOST), control.value)
    except ValueError as error:
        sentence = "'%s' %s; %s stays as it was." % (kinds.shorten(control.value.strip()), error, name_of(place))
        lab.show(states.merged(lab.state, {"editor_error": (control.id, sentence)}))
        return
    control.dataset.typed = ""
    lab.show(states.merged(lab.state, {"editor_error": None}))
    lab.engine.send("set_parameter", place, value)


def lock(lab, button):
    """Locks or unlocks a weight, a bias or a whole layer."""
    lab.show(states.toggle_lock(lab.state, button.dataset.lock))


def key(lab, event):
    """Escape closes the panel, arrow keys walk the neurons or the panel's fields; True where it was one of these."""
    target, name = event.target, event.key
    if name == "Escape" and lab.state["editor"]:
        close(lab, target)
    elif name.startswith("Arrow") and target.classList.contains("tile"):
        _walk(target, name)
    elif name in ("ArrowUp", "ArrowDown") and target.id.startswith("value-"):
        row = target.parentElement
        other = row.nextElementSibling if name == "ArrowDown" else row.previousElementSibling
        if other:
            other.querySelector("input").select()
    else:
        return False
    event.preventDefault()
    return True


def _walk(tile, name):
    """From a neuron to the next above, below, left or right; strips have none."""
    k, j = [int(part) for part in tile.dataset.place.split(".")]
    count = tile.parentElement.parentElement.children.length
    if name in ("ArrowUp", "ArrowDown"):
        other = dom.el("neuron-%d-%d" % (k, j + (1 if name == "ArrowDown" else -1)))
    else:
        other = None
        by, last = (1 if name == "ArrowRight" else -1), kinds.MOST_LAYERS + 1
        while not other and 1 <= k + by <= last:
            k += by
            first = dom.el("neuron-%d-0" % k)
            if first:
                there = first.parentElement.parentElement.children.length
                other = dom.el("neuron-%d-%d" % (k, round(j * (there - 1) / max(1, count - 1))))
    if other:
        other.focus()
