"""The batch on view: draws what the state says, lets the rows light up one after another, and has both ways timed."""
import asyncio
import json
import js
from exhibits import batch_page, batch_words as words
from exhibits.batch_timing import SETTLED, Timing
from pyscript.js_modules.page import lazy, paint
from ui import dom, state as states
from ui.markup import Markup

KEYS = ["batch-rows", "batch-inputs", "batch-neurons", "batch-step"]
PAUSE = 0.6  # seconds a row

now = {"lab": None, "chart": None, "timing": None, "drawn": None, "playing": None, "step": 0, "paused": False,
       "layer": None, "compared": None, "checked": None}


def open(lab, host):
    dom.fill(host, batch_page.html())
    now["lab"] = lab
    now["timing"] = Timing(ask, show_times)
    for way in ("loop", "one"):
        for name, values in (("x", words.X), ("w", words.W), ("b", words.B), ("z", [words.product(row) for row in words.X])):
            for i in range(len(values)):
                for j in range(len(values[i])):
                    paint.tint(dom.el("batch-%s-%s-%d-%d" % (way, name, i, j)), values[i][j])
    asyncio.create_task(_load())


async def _load():
    """Fetches the chart's module; all else is there already."""
    try:
        now["chart"] = await lazy.module("./exhibits/batch.js")
    except Exception as error:
        now["lab"].on_error("The chart of this view could not be loaded: %s. Reload the page to try again." % error)
        return
    now["chart"].watch()
    show_times()


def recolour():
    if now["chart"]:
        show_times()


# ---- drawing

def render(state):
    """Takes up what is new in the spec."""
    spec = state["spec"]
    wanted = [spec[key] for key in KEYS] + [state["engine"]]
    if wanted == now["drawn"]:
        return
    old, now["drawn"] = now["drawn"], wanted
    rows = int(spec["batch-rows"])
    if not now["playing"]:
        now["step"] = min(spec["batch-step"], rows)
    dom.el("batch-rows").value = str(words.SIZES.index(rows))
    dom.set_attribute("batch-rows", "aria-valuetext", words.plural(rows, "row"))
    dom.text("batch-rows-value", words.plural(rows, "row"))
    dom.text("batch-loop-steps", words.plural(rows, "product"))
    for name in ("inputs", "neurons"):
        dom.el("batch-" + name).value = spec["batch-" + name]
    show_rows(rows)
    show_step(rows)
    layer = size(spec)
    if state["engine"] == "ready" and (layer != now["timing"].layer or old is None):
        if state["playing"]:
            now["timing"].stop()
            now["timing"].layer, now["timing"].times = layer, {}
        else:
            now["timing"].start(layer[0], layer[1])
    if state["engine"] == "ready" and now["compared"] != [rows] + layer:
        now["compared"] = [rows] + layer
        asyncio.create_task(compare(rows, layer[0], layer[1]))
    show_times()


def size(spec):
    return [int(spec["batch-inputs"]), int(spec["batch-neurons"])]


def show_rows(rows):
    """The shapes, and as many rows as the batch has, up to those that are written out."""
    more = "⋮ %s more row%s" % (words.thousands(rows - words.SHOWN), "" if rows - words.SHOWN == 1 else "s") if rows > words.SHOWN else ""
    for id, count in (("fewest", 1), ("now", rows), ("most", words.SIZES[-1])):
        dom.text("batch-ledger-" + id, words.ledger(count))
    for way in ("loop", "one"):
        for name, shape in (("x", "(%d, 3)" % rows), ("w", "(3, 2)"), ("b", "(1, 2)"), ("z", "(%d, 2)" % rows)):
            dom.text("batch-%s-%s-shape" % (way, name), shape)
        for i in range(words.SHOWN):
            for name in ("x", "z"):
                dom.el("batch-%s-%s-%d" % (way, name, i)).classList.toggle("off", i >= rows)
        dom.text("batch-%s-more" % way, more)
        dom.text("batch-%s-zmore" % way, more)


def show_step(rows):
    """How far the loop has come: its present row is marked, the rows after it have no result yet."""
    step, shown = now["step"], min(rows, words.SHOWN)
    for i in range(words.SHOWN):
        here = i == step - 1
        for j in range(3):
            dom.el("batch-loop-x-%d-%d" % (i, j)).classList.toggle("in-row", here)
        for j in range(2):
            dom.el("batch-loop-z-%d-%d" % (i, j)).classList.toggle("picked", here)
        dom.el("batch-loop-z-%d" % i).classList.toggle("waiting", i >= step)
    dom.text("batch-loop-count", "product %s of %s" % (words.thousands(step), words.thousands(rows)))
    dom.text("batch-one-count", "product 1 of 1")
    said = ("Press Next row: each row needs a product of its own." if step == 0 else words.terms(step - 1) if step <= shown else
            "Rows %d to %s go the same way, one product each." % (words.SHOWN, words.thousands(rows - 1)))
    dom.text("batch-loop-said", said)
    dom.el("batch-next").disabled = step >= rows
    dom.el("batch-again").disabled = step == 0
    dom.text("batch-play-words", "Pause" if now["playing"] else "Play")
    dom.set_attribute("batch-play-icon", "href", "#i-pause" if now["playing"] else "#i-play")


def show_times():
    """The measurements so far: chart, sentence, table."""
    lab, timing = now["lab"], now["timing"]
    state, spec = lab.state, lab.state["spec"]
    rows, (inputs, neurons) = int(spec["batch-rows"]), size(spec)
    measured = [(count, timing.times.get(count, {})) for count in words.SIZES]
    chosen = timing.times.get(rows, {})
    dom.text("batch-found", words.found(rows, inputs, neurons, chosen.get("loop"), chosen.get("product")))
    dom.text("batch-overall", words.overall(measured))
    dom.text("batch-progress", progress(state))
    dom.el("batch-measure").disabled = state["engine"] != "ready"
    dom.text("batch-measure-words", "Stop" if timing.task else "Measure again" if timing.times else "Measure")
    dom.html("batch-table", table(measured, rows))
    if now["chart"]:
        now["chart"].draw(json.dumps([[count, times.get("loop"), times.get("product")] for count, times in measured]), rows)


def progress(state):
    """What the measuring is at."""
    timing = now["timing"]
    if state["engine"] != "ready":
        return "NumPy is still loading; then both ways are measured." if state["engine"] == "starting" else \
            "The engine did not start, so nothing can be measured."
    paused = "The lab's training was paused, so that it does not disturb the clock. " if now["paused"] else ""
    if timing.task:
        return paused + "Measuring %s … %d of %d" % (timing.now, timing.done, 2 * len(words.SIZES))
    if state["playing"]:
        return "The lab is training, which would disturb the clock: Measure pauses it first."
    return paused + ("Measured." if timing.done == 2 * len(words.SIZES) else "Stopped.")


def table(measured, chosen):
    """The numbers of the chart."""
    out = Markup('<thead><tr><th scope="col">rows</th><th scope="col">one at a time</th><th scope="col">one product</th>'
           '<th scope="col">times as fast</th></tr></thead><tbody>')
    for rows, times in measured:
        loop, one = times.get("loop"), times.get("product")
        cells = [words.duration(loop) if loop else "–", words.duration(one) if one else "–",
                 words.ratio(loop, one) if loop and one else "–"]
        out += Markup('<tr%s><th scope="row">%s</th><td>%s</td></tr>') % (
            Markup(' class="on"') if rows == chosen else "", words.thousands(rows), Markup("</td><td>").join(cells))
    return out + Markup("</tbody>")


# ---- the engine

async def ask(question):
    """An answer of the engine's, or None where it has none; nothing is measured behind another view's back."""
    if question["do"] == "time" and now["lab"].state["spec"]["view"] != "batch":
        return None
    answer = await now["lab"].engine.ask_exhibit("batch", question)
    if answer and "error" in answer:
        now["lab"].on_error(answer["error"])
        return None
    return answer


async def compare(rows, inputs, neurons):
    """Has the engine compare the two ways: on the numbers written out, and on a layer of the size that is timed."""
    await asyncio.sleep(SETTLED)
    if now["compared"] != [rows, inputs, neurons]:
        return
    small = await ask({"do": "layer", "x": words.X, "w": words.W, "b": words.B})
    large = await ask({"do": "compare", "rows": rows, "inputs": inputs, "neurons": neurons})
    if small and large and now["compared"] == [rows, inputs, neurons]:
        apart = "the same" if small["difference"] == 0 else "apart by %.0e at most" % small["difference"]
        dom.text("batch-checked", "Checked by NumPy. The rows above: %s both ways. %s" % (
            apart, words.compared(large, rows, inputs, neurons)))


# ---- what a person does

def set_step(step, link="replace"):
    lab = now["lab"]
    now["step"] = step
    lab.show(states.edit(lab.state, "batch-step", step), link)


def next_row(lab, button):
    stop()
    step = now["step"] + 1
    rows = int(lab.state["spec"]["batch-rows"])
    set_step(rows if step > words.SHOWN else step, "push")
    speak()


def speak():
    step = now["step"]
    if 0 < step <= words.SHOWN:
        dom.text("batch-spoken", "Row %d: %s" % (step - 1, ", ".join(words.printed(value, 2) for value in words.product(words.X[step - 1]))))


def stop():
    if now["playing"]:
        now["playing"].cancel()
        now["playing"] = None


def play(lab, button):
    """Lights up one row after another; without motion all of them at once."""
    rows = int(lab.state["spec"]["batch-rows"])
    if now["playing"]:
        stop()
        set_step(now["step"])
        show_step(rows)
    elif js.matchMedia("(prefers-reduced-motion: reduce)").matches:
        set_step(rows, "push")
    else:
        now["playing"] = asyncio.create_task(_play(rows, 0 if now["step"] >= rows else now["step"]))
        show_step(rows)


async def _play(rows, step):
    """From row to row of those written out; the rest at once, for they look alike."""
    while step < rows:
        step = step + 1 if step < words.SHOWN else rows
        now["step"] = step
        show_step(rows)
        await asyncio.sleep(PAUSE)
    now["playing"] = None
    set_step(rows)
    show_step(rows)


def again(lab, button):
    stop()
    set_step(0, "push")
    show_step(int(lab.state["spec"]["batch-rows"]))


def measure(lab, button):
    """Measures anew, or stops; a training run is paused first, since both need the one engine."""
    timing = now["timing"]
    if timing.task:
        timing.stop()
        show_times()
        return
    now["paused"] = lab.state["playing"]
    if lab.state["playing"]:
        lab.engine.send("pause")
        lab.show(states.merged(lab.state, {"playing": False}))
    inputs, neurons = size(lab.state["spec"])
    timing.start(inputs, neurons)


def set_rows(lab, control, link):
    stop()
    lab.show(states.edit(lab.state, "batch-rows", str(words.SIZES[int(control.value)])), link)


def set_size(key):
    def run(lab, control, link):
        now["paused"] = False
        lab.show(states.edit(lab.state, key, control.value), link)
    return run


ACTIONS = {"batch_next": next_row, "batch_play": play, "batch_again": again, "batch_measure": measure}
SETTERS = {"batch_rows": set_rows, "batch_inputs": set_size("batch-inputs"), "batch_neurons": set_size("batch-neurons")}
