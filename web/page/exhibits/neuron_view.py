"""One neuron on view: draws what the state says, and has nncore in the engine check it."""
import asyncio
import json
import js
import kinds
import math
from exhibits import neuron_data, neuron_page, neuron_words as words
from pyscript import ffi
from ui import dom
from ui.markup import Markup

KEYS = ["neuron-data", "neuron-weight", "neuron-bias", "neuron-activation", "neuron-rate"]
FIELDS = ["neuron-weight", "neuron-bias"]  # of what a walk's place is made of
LEAP = 50  # steps at once where nothing shall move
FEW = 20  # up to this many points the table follows at once
SETTLED = 300  # milliseconds without a change, after which the engine checks and the result is read out

now = {
    "lab": None, "plots": None, "walk": None,
    "drawn": None,  # the spec's values that were last taken up
    "told_at": None,  # for which weight and bias
    "told": None,  # loss, gradient, answers and slopes of the point on view
    "best": None, "safe_rate": None,  # of the data, once the engine has said them
    "undo": [],  # earlier values of neuron-data
    "numbers": None,  # the timer of a long table
    "timer": None,  # of the check
}


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


def fill(id, value, decimals=None):
    """A number into its field, unless a person is typing there; what was wrong with it before is gone then.

    With so many decimals, and then the whole number is read out by the pointer.
    """
    whole = kinds.number(value)
    shown = whole if decimals is None else kinds.number(round(value, decimals))
    dom.set_value(id, shown)
    dom.set_attribute(id, "title", None if shown == whole else "The whole number is " + whole)
    if js.document.activeElement.id != id:
        dom.set_attribute(id, "aria-invalid", None)


def draw():
    """Everything that depends on where the neuron stands."""
    state, walk = now["lab"].state, now["walk"]
    spec, (weight, bias) = state["spec"], now["walk"].at
    now["told"] = told = json.loads(now["plots"].show(weight, bias, spec["neuron-rate"]))
    now["told_at"] = [weight, bias]
    for name, value in (("weight", weight), ("bias", bias)):
        fill("neuron-" + name, value, words.DIGITS)
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
    dom.html("neuron-table", neuron_page.table(table, is_linear))
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
        dom.html(id, Markup("%s<b>%s</b>") % (formula, result))


def points():
    """The points on view, [[x, y], …]."""
    return neuron_data.points_of(now["lab"].state["spec"]["neuron-data"])


def is_still():
    """Whether the person wants nothing to move by itself."""
    return js.matchMedia("(prefers-reduced-motion: reduce)").matches


def show_whole(event):
    """The knob's field that gets the focus shows its whole number, so that nothing is lost by entering it again."""
    field = event.target
    if field.id in FIELDS and field.value == short_form(field.id):
        field.value = kinds.number(now["walk"].at[FIELDS.index(field.id)])
        field.select()


def show_short(event):
    """The field that loses the focus shows as many decimals as the table again, unless what stands there can't be used."""
    field = event.target
    if field.id in FIELDS and not field.getAttribute("aria-invalid"):
        field.value = short_form(field.id)


def short_form(id):
    """A knob's number with as many decimals as the table."""
    return kinds.number(round(now["walk"].at[FIELDS.index(id)], words.DIGITS))


# ---- the engine

async def ask(at, steps):
    """What nncore says of the neuron at a point, and of so many steps from there; None where it can't."""
    spec, lab = now["lab"].state["spec"], now["lab"]
    if not points():
        return None
    answer = await lab.engine.ask_exhibit("neuron", {
        "points": points(), "activation": spec["neuron-activation"], "weight": at[0], "bias": at[1],
        "rate": spec["neuron-rate"], "steps": steps})
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
    if now["told_at"] != at:  # the walk has gone on and is drawn presently
        settle()
        return
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
    dom.text("neuron-checked", "nncore in the engine (one Dense(1, 1), float64) finds %s loss and gradient; "
             "largest difference %s." % ("the same" if apart < 1e-9 * max(1, abs(loss)) else "another",
                                         "0" if apart == 0 else ("%.0e" % apart).replace("e-0", "e-").replace("-", "−")))
    dom.set_attribute("neuron-checked", "data-apart", repr(apart))
    now["safe_rate"], best = answer["safe_rate"], answer["best"]
    if best != now["best"]:
        now["best"] = best
        now["plots"].setBest(json.dumps(best))
    dom.el("neuron-best-key").classList.toggle("off", best is None)
    show_walk()
