"""The lab: wires the state, the drawing and the engine together."""
import asyncio
import js
import json
import looks
import protocol
import spec as specs
from pyscript import ffi
from pyscript.js_modules.page import offline
from ui import (actions, chart, compare_table, data_card, inside, network_card, notices, output_card, run_bar,
                state as states, theme, views, weight_editor)
from ui.engine import Engine
from ui.state import merged, new_state

NUMBERS = ["state", "message", "epoch", "batch", "batches", "updates", "train_loss", "train_score",
           "validation_loss", "validation_score", "test", "rate", "engine"]
OF_HISTORY = ["best_epoch", "best_loss", "memorising", "plateau"]
ARRAYS = ["history", "biases", "weights", "distinct", "rows", "pictures", "points", "inside",
          "confusion", "mistakes", "curve", "scatter", "pairs", "again", "code"]
CARDS = [network_card, weight_editor, output_card, chart, data_card, inside]


class Lab:
    """Holds the one state and the last arrays on show; `show` is the only way from one state to the next."""

    def __init__(self):
        self.state = new_state(specs.link_of(js.location.hash, js.location.search))
        self.arrays = {"rows": None}  # the newest of each name in ARRAYS
        self.drawn = None  # what the cards of the spec were last drawn for
        self.whole = False  # whether all cards are drawn: first come those that a person needs in order to begin
        self.ledger = None  # what the ledger was last drawn for
        self.sliding = None  # id of the slider that is being moved
        self.edited = None  # what the weight editor was last drawn for
        self.accepted = None  # the spec of the last run that the engine had numbers of
        self.engine = Engine(self.on_frame, self.on_error, self.on_late)

    # ---- from one state to the next

    def show(self, state, link="push"):
        """Takes up a state and draws it; a new spec goes to the engine and into the address bar."""
        old, self.state = self.state, state
        if state["spec"] is not old["spec"]:
            text = specs.write(state["spec"])
            self.address(text, link)
            if state["revision"] != old["revision"]:
                self.configure(old, text)
        self.render()

    def address(self, text, link):
        """Puts the spec's link into the address bar: as a new step for the back button, in place of the last, or not at all."""
        if link and "#" + text != js.location.hash:
            if link == "push":
                js.history.pushState(None, "", "#" + text)
            else:
                js.history.replaceState(None, "", "#" + text)

    def configure(self, old, text):
        """Hands the new spec to the engine; what belongs to other data is dropped."""
        if any(old["spec"][key] != self.state["spec"][key] for key in ("task", "data", "classes", "features")):
            self.forget()
        self.engine.send("configure", text, self.state["revision"])

    def forget(self):
        """Drops what belongs to another data set, so that nothing of it is drawn with this one."""
        self.arrays = {"rows": None}
        self.state = merged(self.state, {"run": None, "best_epoch": None, "best_loss": None, "sample": "", "detail": ""})
        chart.clear()
        output_card.forget()

    # ---- drawing

    def render(self):
        """Draws the whole state; arrays are drawn again only where their place is new."""
        state = self.state
        spec = state["spec"]
        views.render(self)
        run_bar.render(state)
        ledger = (state["revision"], spec["ledger"], spec["layer"])
        if ledger != self.ledger:
            self.ledger = ledger
            network_card.render_ledger(spec)
        of_spec = (state["revision"], state["field_error"], state["sample"])
        if of_spec != self.drawn:  # a frame of numbers, twenty times a second, changes nothing here
            self.drawn = of_spec
            js.document.documentElement.dataset.hide = " ".join(spec["hide"])
            data_card.render(state)
            new = output_card.render(state)
            if (network_card.render(state) or new) and self.whole:
                self.draw_arrays()
        if self.whole:
            self.render_rest(state)

    def render_rest(self, state):
        """Draws what nobody needs in order to begin."""
        data_card.render_batch_title(state)
        output_card.render_words(state)
        chart.render(state)
        notices.render(state)
        compare_table.render(state)
        if inside.render(self):
            inside.draw(self.arrays, state)
        edited = (state["revision"], state["editor"], state["editor_error"], looks.decimals(state["spec"]))
        if edited != self.edited:
            self.edited = edited
            weight_editor.render(state)

    def recolour(self):
        """Draws the view again in the colours of another theme."""
        views.recolour()
        inside.recolour()

    def draw_arrays(self):
        """Draws the newest arrays once more, where their places are new; all of them fit the present spec."""
        network_card.lay_out()
        for card in CARDS:
            card.draw(self.arrays, self.state)

    # ---- what the engine says

    def on_frame(self, frame):
        """Draws a frame, unless it is of a spec that has been changed since."""
        if frame.revision != self.state["revision"]:
            return
        if has(frame, "refused"):
            self.refuse(frame.refused)
            return
        if frame.state == protocol.BUILDING:  # there are no numbers yet
            self.show(merged(self.state, {"run": None, "doing": frame.doing}))
            return
        self.accepted = self.state["spec"]
        changes = {"run": numbers(frame, NUMBERS), "doing": frame.doing}
        if self.state["playing"] and frame.state != protocol.TRAINING and not self.engine.awaits("play"):
            changes["playing"] = False
        if has(frame, "history"):
            changes.update(numbers(frame, OF_HISTORY))
        if has(frame, "sample"):
            changes["sample"] = frame.sample
        if has(frame, "detail"):
            changes["detail"] = frame.detail
        arrays = {name: getattr(frame, name) for name in ARRAYS if has(frame, name)}
        self.arrays.update(arrays)
        self.show(merged(self.state, changes))
        for card in CARDS:
            card.draw(arrays, self.state)

    def refuse(self, sentence):
        """Goes back to the spec that there is a run of, for the engine can't have the one asked for; says why."""
        if self.accepted is None:
            self.show(merged(self.state, {"messages": [sentence], "refused": True, "playing": False, "doing": ""}))
        else:
            self.show(merged(states.with_spec(self.state, self.accepted), {"messages": [sentence], "doing": ""}), "replace")

    def on_late(self, words):
        """Says what the engine is at, where a command takes long; "" when it is done."""
        self.show(merged(self.state, {"late": words}))

    def on_error(self, sentence):
        """Shows what a command of the engine's complained of; nothing of the state is lost."""
        self.show(merged(self.state, {"messages": [sentence], "playing": False}))

    # ---- starting

    def progress(self, seconds):
        """Shows how far the engine's start should be."""
        words = ("Starting Python in your browser" if seconds < 3 else "Loading NumPy and nncore" if seconds < 8
                 else "Still loading, the first visit takes longest")
        self.state = merged(self.state, {"progress": min(0.95, seconds / (seconds + 1.6)), "engine_text": words + " …"})
        run_bar.render(self.state)

    async def start(self):
        """Draws the page at once, then waits for the engine."""
        theme.restore()
        data_card.set_up()
        network_card.set_up()
        self.render()
        actions.listen(self)
        js.document.documentElement.dataset.page = "alive"
        await asyncio.sleep(0.02)  # the browser paints; sleep(0) would come back before it can
        chart.create()
        inside.set_up(self)
        weight_editor.watch()
        output_card.listen(self)
        self.whole = True
        self.draw_arrays()
        self.render()
        try:
            versions = await self.engine.start(self.progress)
        except Exception as error:
            self.state = merged(self.state, {"engine": "failed", "engine_text": "The engine did not start"})
            self.on_error(str(error))
            return
        self.state = merged(self.state, {"engine": "ready", "engine_text": versions})
        waiting = self.engine.waiting.clear()
        self.engine.send_palette()
        self.engine.send("configure", specs.write(self.state["spec"]), self.state["revision"])
        for command, arguments in waiting:
            if command != "configure":
                self.engine.send(command, *arguments)
        self.render()
        offline.keep()


def numbers(frame, names):
    """Plain values of a frame as a dict. By way of JSON: a whole number beyond 32 bits, such as the loss 2e32 of a
    run that goes astray, would otherwise arrive as another number."""
    values = json.loads(js.JSON.stringify(frame, ffi.to_js(names)))
    return {name: float("nan") if values[name] is None else values[name] for name in names}


def has(frame, name):
    """Whether a frame came with that field."""
    return js.Object.hasOwn(frame, name)

