"""One neuron on view: draws what the state says and hands a person's doings back to it."""
import asyncio
import json
import js
import kinds
import math
import spec as specs
from exhibits import neuron_data, neuron_page, neuron_words as words
from exhibits.neuron_walk import PAUSE, Walk
from pyscript import ffi
from pyscript.js_modules import lazy
from ui import actions, dom, state as states

KEYS = ["neuron-data", "neuron-weight", "neuron-bias", "neuron-activation", "neuron-rate"]
KNOB_STEP = 0.05  # an arrow key's step in the bowl
LEAP = 50  # steps at once where nothing shall move
FEW = 20  # up to this many points the table follows at once
SETTLED = 300  # milliseconds without a change, after which the engine checks and the result is read out

now = {
    "lab": None, "plots": None, "walk": None,
    "drawn": None,  # the spec's values that were last taken up
    "told": None,  # loss, gradient, answers and slopes of the point on view
    "best": None, "safe_rate": None,  # of the data, once the engine has said them
    "undo": [],  # earlier values of neuron-data
    "numbers": None,  # the timer of a long table
    "timer": None,  # of the check
}


def open(lab, host):
    host.innerHTML = neuron_page.html()
    now["lab"] = lab
    now["walk"] = Walk(ask, moved, stopped)
    host.addEventListener("keydown", ffi.create_proxy(key))
    dom.el("neuron-plot").addEventListener("blur", ffi.create_proxy(lambda event: now["plots"] and now["plots"].leave()))
    asyncio.create_task(_load())


async def _load():
    """Fetches the pictures' module; the rest of the exhibit waits for it."""
    plots = await lazy.module("./exhibits/neuron.js")
    plots.start(ffi.create_proxy(lambda x, y: pick(x, y)), ffi.create_proxy(drag), ffi.create_proxy(point_at))
    now["plots"] = plots
    render(now["lab"].state)


def recolour():
    if now["plots"]:
        now["plots"].redraw()


# ---- drawing

def render(state):
    """Takes up what is new in the spec; a walk goes on only while nothing else moves its neuron."""
    if not now["plots"]:
        return
    spec = state["spec"]
    wanted = [spec[key] for key in KEYS] + [state["engine"]]
    if wanted == now["drawn"]:
        return
    old, now["drawn"] = now["drawn"], wanted
    walk, at = now["walk"], [spec["neuron-weight"], spec["neuron-bias"]]
    data_too = old is None or [old[0], old[3]] != [wanted[0], wanted[3]]
    if data_too:
        now["plots"].setData(json.dumps(points()), spec["neuron-activation"])
        now["best"] = now["safe_rate"] = None
    if data_too or [old[1], old[2]] != at and at != walk.at:
        walk.begin(at)
        now["plots"].forgetWalk()
    elif old[4] != wanted[4]:  # with another rate a walk that has ended may go on
        walk.ended = ""
    show_choices(spec)
    draw()


def show_choices(spec):
    """The controls, as the spec has them."""
    data = spec["neuron-data"]
    own = data not in [name for name, _, _, _ in neuron_data.SETS]
    dom.el("neuron-data-" + ("own" if own else data)).checked = True
    dom.el("neuron-activation-" + spec["neuron-activation"]).checked = True
    dom.text("neuron-set-said", neuron_data.said_of(data) + " Click on the plot to add or remove points.")
    dom.el("neuron-undo").disabled = not now["undo"]
    dom.el("neuron-clear").disabled = not points()
    fill("neuron-rate", spec["neuron-rate"])
    dom.set_value("neuron-rate-slider", "%.2f" % (math.log(spec["neuron-rate"]) / math.log(10)))


def fill(id, value):
    """A number into its field, unless a person is typing there; what was wrong with it before is gone then."""
    dom.set_value(id, kinds.number(value))
    if js.document.activeElement.id != id:
        dom.set_attribute(id, "aria-invalid", None)


def draw():
    """Everything that depends on where the neuron stands."""
    state, walk = now["lab"].state, now["walk"]
    spec, (weight, bias) = state["spec"], now["walk"].at
    now["told"] = told = json.loads(now["plots"].show(weight, bias, spec["neuron-rate"]))
    for name, value in (("weight", weight), ("bias", bias)):
        fill("neuron-" + name, round(value, 4))
        dom.set_value("neuron-%s-slider" % name, kinds.number(max(-3, min(3, value))))
    for name, slope in (("weight", told["dWeight"]), ("bias", told["dBias"])):
        dom.text("neuron-slope-" + name, words.signed(slope, 2) if points() else "–")
    z, a = words.formula(spec["neuron-activation"], weight, bias)
    dom.text("neuron-z", z)
    dom.text("neuron-a", a)
    dom.text("neuron-loss", words.short(told["loss"]) if points() else "–")
    show_words(words.landscape(spec["neuron-activation"], told, len(points())), "neuron-land")
    show_walk()
    if len(points()) <= FEW:
        show_numbers()
    elif now["numbers"] is None:  # a long table follows ten times a second, so that a knob turns smoothly
        now["numbers"] = js.setTimeout(ffi.create_proxy(lambda *_: show_numbers()), 100)
    if walk.playing:
        dom.text("neuron-checked", "nncore in the engine (one Dense(1, 1), float64, SGD) takes each step.")
    else:
        settle()


def show_walk():
    """The walk's buttons and what there is to say of it."""
    state, walk, told = now["lab"].state, now["walk"], now["told"]
    ready = state["engine"] == "ready"
    dom.text("neuron-play-words", "Pause" if walk.playing else "%d steps" % LEAP if is_still() else "Walk")
    dom.set_attribute("neuron-play-icon", "href", "#i-pause" if walk.playing else "#i-play")
    for id in ("neuron-step", "neuron-play"):
        dom.el(id).disabled = not ready or not points()
    dom.el("neuron-reset").disabled = not walk.count
    if ready or not points():
        show_words(words.walk_words(walk.count, walk.ended, told, state["spec"]["neuron-rate"], now["safe_rate"]),
                   "neuron-walked")
    else:
        show_words(("Steps are taken by nncore in the engine, which is loading NumPy …" if state["engine"] == "starting" else
                    "The engine did not start, so no steps can be taken; all else works.", False), "neuron-walked")


def show_words(said, id):
    """A sentence; a warning has a mark of its own."""
    dom.text(id, said[0])
    dom.el(id).classList.toggle("strong", said[1])


def show_numbers():
    """The table and the formulas, which add up as printed."""
    now["numbers"] = None
    spec, told, (weight, bias) = now["lab"].state["spec"], now["told"], now["walk"].at
    is_linear = spec["neuron-activation"] == "linear"
    table = words.rows(points(), told)
    total, d_bias, d_weight = words.sums(table)
    dom.html("neuron-table", table_html(table, is_linear))
    dom.text("neuron-slope-said", words.SLOPES[spec["neuron-activation"]])
    dom.text("neuron-rounding", words.rounding_note(table, told))
    formulas = [("neuron-loss-formula", words.loss_formula(total, len(table))),
                ("neuron-dw", words.gradient_formula("w", d_weight, len(table), is_linear)),
                ("neuron-db", words.gradient_formula("b", d_bias, len(table), is_linear)),
                ("neuron-next-w", words.step_formula("w", weight, spec["neuron-rate"], 2 * d_weight / len(table))),
                ("neuron-next-b", words.step_formula("b", bias, spec["neuron-rate"], 2 * d_bias / len(table))),
                ] if table else [(id, ("", "")) for id in ("neuron-loss-formula", "neuron-dw", "neuron-db", "neuron-next-w",
                                                         "neuron-next-b")]
    for id, (formula, result) in formulas:
        dom.html(id, "%s<b>%s</b>" % (formula, result))


def table_html(table, is_linear):
    """The points with everything that the loss and the gradient are made of."""
    if not table:
        return "<tbody><tr><td>No points.</td></tr></tbody>"
    heads = ["", "x", "y", "ŷ", "r = ŷ − y", "r²"] + ([] if is_linear else ["r·f′(z)"]) + [
        "r·x" if is_linear else "r·f′(z)·x", ""]
    out = "<thead><tr>" + "".join('<th scope="col">%s</th>' % head for head in heads[:-1]) + "<td></td></tr></thead><tbody>"
    for i in range(len(table)):
        x, y, a, residual, square, part, part_x = table[i]
        cells = [words.printed(x, 2), words.printed(y, 2), words.printed(a), words.signed(residual), words.printed(square)]
        cells += ([] if is_linear else [words.signed(part)]) + [words.signed(part_x)]
        out += '<tr><th scope="row">%d</th><td>%s</td>' % (i, "</td><td>".join(cells))
        out += ('<td><button class="neuron-remove" id="neuron-remove-%d" type="button" data-do="neuron_remove" data-at="%d" '
                'aria-label="Remove point %d: %s">×</button></td></tr>' % (i, i, i, neuron_data.place(x, y)))
    square, part, part_x = words.sums(table)
    sums = ["", "", "", words.signed(part) if is_linear else "", words.printed(square)]
    sums += ([] if is_linear else [words.signed(part)]) + [words.signed(part_x)]
    return out + '</tbody><tfoot><tr><th scope="row">Σ</th><td>%s</td><td></td></tr></tfoot>' % "</td><td>".join(sums)


# ---- the engine

async def ask(at, steps):
    """What nncore says of the neuron at a point, and of so many steps from there; None where it can't."""
    spec, lab = now["lab"].state["spec"], now["lab"]
    if not points():
        return None
    text = await lab.engine.ask("exhibit", "neuron", json.dumps({
        "points": points(), "activation": spec["neuron-activation"], "weight": at[0], "bias": at[1],
        "rate": spec["neuron-rate"], "steps": steps}))
    answer = json.loads(text) if text else None
    if answer and "error" in answer:
        lab.on_error(answer["error"])
        return None
    return answer


def settle():
    """Once nothing has moved for a moment: reads the result out and has nncore check it."""
    if now["timer"] is not None:
        js.clearTimeout(now["timer"])
    now["timer"] = js.setTimeout(ffi.create_proxy(lambda *_: asyncio.create_task(check())), SETTLED)


async def check():
    """Compares the page's numbers with nncore's at the same point."""
    now["timer"] = None
    at, told, drawn = now["walk"].at, now["told"], now["drawn"]
    if points():
        dom.text("neuron-spoken", "Weight %s, bias %s: loss %s; its slope is %s over the weight and %s over the bias." % (
            words.printed(at[0], 2), words.printed(at[1], 2), words.short(told["loss"]), words.signed(told["dWeight"]),
            words.signed(told["dBias"])))
    answer = await ask(at, 0)
    if now["drawn"] != drawn or now["walk"].at != at:
        return
    if not answer:
        dom.text("neuron-checked", "")
        return
    _, _, loss, d_weight, d_bias = answer["walk"][0]
    apart = max(abs(loss - told["loss"]), abs(d_weight - told["dWeight"]), abs(d_bias - told["dBias"]))
    dom.text("neuron-checked", "nncore in the engine (one Dense(1, 1), float64) finds the same loss and gradient; "
             "largest difference %s." % ("0" if apart == 0 else ("%.0e" % apart).replace("e-0", "e-").replace("-", "−")))
    dom.set_attribute("neuron-checked", "data-apart", repr(apart))
    now["safe_rate"], best = answer["safe_rate"], answer["best"]
    if best != now["best"]:
        now["best"] = best
        now["plots"].setBest(json.dumps(best))
    dom.el("neuron-best-key").classList.toggle("off", best is None)
    show_walk()


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
        draw()
    else:
        walk.playing = False


def stopped():
    """The walk's end: where it stands goes into the link."""
    commit("push" if now["lab"].state["spec"]["view"] == "neuron" else "replace")
    draw()


def commit(link):
    """The neuron's place into the spec."""
    lab, (weight, bias) = now["lab"], now["walk"].at
    spec = specs.changed(specs.changed(lab.state["spec"], "neuron-weight", weight), "neuron-bias", bias)
    lab.show(states.with_spec(lab.state, spec), link)


def drag(weight, bias, done):
    """The point in the bowl follows the pointer."""
    now["walk"].begin([float(weight), float(bias)])
    now["plots"].forgetWalk()
    draw()
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

def points():
    return neuron_data.points_of(now["lab"].state["spec"]["neuron-data"])


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
    new, said = neuron_data.toggled(points(), float(x), float(y))
    set_points(new, said)
    dom.text("neuron-readout", said)


def point_at(x, y):
    """Says what a click would do."""
    there = [float(x), float(y)] in points()
    dom.text("neuron-readout", "%s: click to %s" % (neuron_data.place(x, y), "remove this point" if there else "add a point"))


def remove(lab, button):
    x, y = points()[int(button.dataset.at)]
    pick(x, y)
    dom.el("neuron-remove-%d" % min(int(button.dataset.at), len(points()) - 1) if points() else "neuron-plot").focus()


def undo(lab, button):
    """Back to the points before."""
    earlier = now["undo"].pop()
    stay()
    lab.show(states.edit(lab.state, "neuron-data", earlier))
    now["drawn"] = None
    render(lab.state)


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
        there = [x, y] in points()
        dom.text("neuron-readout", "%s: Enter %s" % (neuron_data.place(x, y), "removes this point" if there else "adds a point"))
    elif event.key in ("Enter", " "):
        event.preventDefault()
        x, y = json.loads(plots.step(0, 0))
        pick(x, y)
    elif event.key in ("Delete", "Backspace") and points():
        event.preventDefault()
        x, y = points()[-1]
        pick(x, y)
    elif event.key == "Escape":
        plots.leave()
        dom.text("neuron-readout", "")


# ---- buttons and controls

def is_still():
    """Whether the person wants nothing to move by itself."""
    return js.matchMedia("(prefers-reduced-motion: reduce)").matches


def play(lab, button):
    walk = now["walk"]
    if walk.playing:
        walk.pause()
        stopped()
    elif is_still():
        walk.go(LEAP, None)
    else:
        walk.go(100000, PAUSE)
        show_walk()


def back_to_start(lab, button):
    now["walk"].begin(now["walk"].start)
    now["plots"].forgetWalk()
    commit("push")
    draw()


def entered(key, control, take):
    """Reads what was typed; a sentence where it can't be used."""
    lab = now["lab"]
    try:
        value = specs.read_field(key, control.value.replace("−", "-"))
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
    set_points(list(points()) if control.value == "own" else control.value)


ACTIONS = {
    "neuron_step": lambda lab, button: now["walk"].go(1, None), "neuron_play": play, "neuron_reset": back_to_start,
    "neuron_remove": remove, "neuron_undo": undo,
    "neuron_clear": lambda lab, button: set_points([], "All points removed."),
}
SETTERS = {
    "neuron_weight": set_knob("weight"), "neuron_bias": set_knob("bias"), "neuron_rate": set_rate,
    "neuron_rate_log": set_rate_log, "neuron_activation": set_activation, "neuron_data": set_data,
}
