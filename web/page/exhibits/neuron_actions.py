"""What a person can do with one neuron: turn its knobs, drag it, move its points, let it walk."""
import asyncio
import json
import kinds
import spec as specs
from exhibits import neuron_data, neuron_page, neuron_view as view
from exhibits.neuron_view import LEAP, now
from exhibits.neuron_walk import PAUSE, Walk
from pyscript import ffi
from pyscript.js_modules.page import lazy
from ui import actions, dom, state as states

KNOB_STEP = 0.05  # an arrow key's step in the bowl


def open(lab, host):
    dom.fill(host, neuron_page.html())
    now["lab"] = lab
    now["walk"] = Walk(view.ask, moved, stopped)
    host.addEventListener("keydown", ffi.create_proxy(key))
    host.addEventListener("focusin", ffi.create_proxy(view.show_whole))
    host.addEventListener("focusout", ffi.create_proxy(view.show_short))
    dom.el("neuron-plot").addEventListener("blur", ffi.create_proxy(lambda event: now["plots"] and now["plots"].leave()))
    asyncio.create_task(_load())


async def _load():
    """Fetches the pictures' module; the rest of the exhibit waits for it."""
    try:
        plots = await lazy.module("./exhibits/neuron.js")
    except Exception as error:
        now["lab"].on_error("The pictures of this view could not be loaded: %s. Reload the page to try again." % error)
        return
    plots.start(ffi.create_proxy(lambda x, y: pick(x, y)), ffi.create_proxy(drag), ffi.create_proxy(point_at))
    now["plots"] = plots
    view.render(now["lab"].state)


# ---- walking and dragging: the neuron moves without the spec, which takes it up at the end

def moved(at, drawn):
    """A step of the walk: into the trail, and drawn."""
    plots, walk = now["plots"], now["walk"]
    if walk.count == 1:
        plots.forgetWalk()
        plots.walk(walk.start[0], walk.start[1])
    if not drawn:
        plots.walk(at[0], at[1])
    elif now["lab"].state["spec"]["view"] == "neuron":
        view.draw()
    else:
        walk.playing = False


def stopped():
    """The walk's end: where it stands goes into the link."""
    commit("push" if now["lab"].state["spec"]["view"] == "neuron" else "replace")
    view.draw()


def commit(link):
    """The neuron's place into the spec."""
    lab, (weight, bias) = now["lab"], now["walk"].at
    spec = specs.changed(specs.changed(lab.state["spec"], "neuron-weight", weight), "neuron-bias", bias)
    lab.show(states.with_spec(lab.state, spec), link)


def drag(weight, bias, done):
    """The point in the bowl follows the pointer."""
    now["walk"].begin([float(weight), float(bias)])
    now["plots"].forgetWalk()
    view.draw()
    if done:
        commit("push")


def turn(name, value, link):
    """One knob to a value."""
    lab = now["lab"]
    now["walk"].pause()
    weight, bias = now["walk"].at
    at = [value, bias] if name == "weight" else [weight, value]
    spec = specs.changed(specs.changed(lab.state["spec"], "neuron-weight", at[0]), "neuron-bias", at[1])
    lab.show(states.with_spec(lab.state, spec), link)


# ---- points

def set_points(value, said=""):
    """Other points; undo leads back."""
    lab = now["lab"]
    old = lab.state["spec"]["neuron-data"]
    if value == old:
        return
    now["undo"] = (now["undo"] + [old])[-50:]
    stay()
    lab.show(states.edit(lab.state, "neuron-data", value))
    if said:
        dom.text("neuron-readout", said)


def stay():
    """Leaves a walk's present place in the spec before something else changes."""
    now["walk"].pause()
    lab = now["lab"]
    spec = lab.state["spec"]
    if [spec["neuron-weight"], spec["neuron-bias"]] != now["walk"].at:
        commit("replace")


def pick(x, y):
    """Adds a point, or removes the one there."""
    new, said = neuron_data.toggled(view.points(), float(x), float(y))
    set_points(new, said)
    dom.text("neuron-readout", said)


def point_at(x, y):
    """Says what a click would do."""
    there = [float(x), float(y)] in view.points()
    dom.text("neuron-readout", "%s: click to %s" % (neuron_data.place(x, y), "remove this point" if there else "add a point"))


def remove(lab, button):
    x, y = view.points()[int(button.dataset.at)]
    pick(x, y)
    dom.el("neuron-remove-%d" % min(int(button.dataset.at), len(view.points()) - 1) if view.points() else "neuron-plot").focus()


def undo(lab, button):
    """Back to the points before."""
    earlier = now["undo"].pop()
    stay()
    lab.show(states.edit(lab.state, "neuron-data", earlier))
    now["drawn"] = None
    view.render(lab.state)


# ---- keys

def key(event):
    """Arrows move the crosshair among the data or the point in the bowl."""
    event.stopPropagation()  # the lab takes arrows on ids that begin with neuron- for a walk among its tiles
    by = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowDown": (0, -1), "ArrowUp": (0, 1)}.get(event.key)
    far = 5 if event.shiftKey else 1
    if event.target.id == "neuron-bowl" and by:
        event.preventDefault()
        name, at = ("weight", 0) if by[0] else ("bias", 1)
        value = round(now["walk"].at[at] + (by[0] + by[1]) * far * KNOB_STEP, 2)
        turn(name, max(-100, min(100, value)), actions.slide(now["lab"], "neuron-bowl"))
    elif event.target.id == "neuron-plot":
        plot_key(event, by, far)


def plot_key(event, by, far):
    plots = now["plots"]
    if by:
        event.preventDefault()
        x, y = json.loads(plots.step(by[0] * far, by[1] * far))
        there = [x, y] in view.points()
        dom.text("neuron-readout", "%s: Enter %s" % (neuron_data.place(x, y), "removes this point" if there else "adds a point"))
    elif event.key in ("Enter", " "):
        event.preventDefault()
        x, y = json.loads(plots.step(0, 0))
        pick(x, y)
    elif event.key in ("Delete", "Backspace") and view.points():
        event.preventDefault()
        x, y = view.points()[-1]
        pick(x, y)
    elif event.key == "Escape":
        plots.leave()
        dom.text("neuron-readout", "")


# ---- buttons and controls

def play(lab, button):
    walk = now["walk"]
    if walk.playing:
        walk.pause()
        stopped()
    elif view.is_still():
        walk.go(LEAP, None)
    else:
        walk.go(100000, PAUSE)
        view.show_walk()


def back_to_start(lab, button):
    now["walk"].begin(now["walk"].start)
    now["plots"].forgetWalk()
    commit("push")
    view.draw()


def entered(key, control, take):
    """Reads what was typed; a sentence where it can't be used."""
    lab = now["lab"]
    try:
        value = specs.read_field(key, control.value)
    except ValueError as error:
        control.setAttribute("aria-invalid", "true")
        sentence = "'%s' %s; the %s stays as it was." % (kinds.shorten(control.value.strip()), error, key.split("-")[1])
        lab.show(states.merged(lab.state, {"messages": [sentence]}))
        return
    control.removeAttribute("aria-invalid")
    take(value)


def set_knob(name):
    def run(lab, control, link):
        entered("neuron-" + name, control, lambda value: turn(name, value, link))
    return run


def set_rate(lab, control, link):
    def take(value):
        stay()
        lab.show(states.edit(lab.state, "neuron-rate", value), link)
    entered("neuron-rate", control, take)


def set_rate_log(lab, control, link):
    stay()
    lab.show(states.edit(lab.state, "neuron-rate", float("%.1e" % 10 ** float(control.value))), link)


def set_activation(lab, control, link):
    stay()
    lab.show(states.edit(lab.state, "neuron-activation", control.value))


def set_data(lab, control, link):
    set_points(list(view.points()) if control.value == "own" else control.value)


ACTIONS = {
    "neuron_step": lambda lab, button: now["walk"].go(1, None), "neuron_play": play, "neuron_reset": back_to_start,
    "neuron_remove": remove, "neuron_undo": undo,
    "neuron_clear": lambda lab, button: set_points([], "All points removed."),
}
SETTERS = {
    "neuron_weight": set_knob("weight"), "neuron_bias": set_knob("bias"), "neuron_rate": set_rate,
    "neuron_rate_log": set_rate_log, "neuron_activation": set_activation, "neuron_data": set_data,
}
