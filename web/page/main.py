"""Entry of the page: wires the state, the drawing and the engine together."""
import asyncio
import js
import protocol
import shapes
import spec as specs
from pyscript.js_modules import paint
from ui import actions, chart, data_card, dom, network_card, output_card, run_bar, theme
from ui.engine import Engine
from ui.state import data_of, merged, new_state

NUMBERS = ["state", "message", "epoch", "batch", "batches", "updates", "train_loss", "train_score",
           "validation_loss", "validation_score", "test", "rate"]


class Lab:
    """Holds the one state and the last arrays on show; `show` is the only way from one state to the next."""

    def __init__(self):
        self.state = new_state(js.location.hash)
        self.arrays = {}  # the newest history, biases, weights, rows, pictures, points, confusion
        self.drawn = None  # what the cards of the spec were last drawn for
        self.engine = Engine(self.on_frame, self.on_error)

    # ---- from one state to the next

    def show(self, state, link="push"):
        """Takes up a state and draws it; a new spec goes to the engine and into the address bar."""
        old, self.state = self.state, state
        if state["revision"] != old["revision"]:
            self.configure(old, link)
        self.render()

    def configure(self, old, link):
        """Hands the new spec to the engine; `link` tells how it reaches the address bar: push, replace or not at all."""
        text = specs.write(self.state["spec"])
        if link and "#" + text != js.location.hash:
            if link == "push":
                js.history.pushState(None, "", "#" + text)
            else:
                js.history.replaceState(None, "", "#" + text)
        if old["spec"]["data"] != self.state["spec"]["data"]:
            self.forget()
        self.engine.send("configure", text, self.state["revision"])

    def forget(self):
        """Drops what belongs to another data set, so that nothing of it is drawn with this one."""
        self.arrays = {}
        self.state = merged(self.state, {"run": None, "best_epoch": None, "sample": ""})
        chart.clear()

    # ---- drawing

    def render(self):
        """Draws the whole state; arrays are drawn again only where their place is new."""
        state = self.state
        run_bar.render(state)
        data_card.render_batch_title(state)
        output_card.render_notice(state)
        of_spec = (state["revision"], state["field_error"], state["sample"])
        if of_spec != self.drawn:  # a frame of numbers, twenty times a second, changes nothing here
            self.drawn = of_spec
            data_card.render(state)
            output_card.render(state)
            if network_card.render(state):
                self.draw_arrays(lay_out=True)

    def draw_arrays(self, lay_out=False):
        """Draws the newest arrays; all of them fit the present spec, or are not there."""
        arrays, state = self.arrays, self.state
        if lay_out:
            network_card.lay_out()
        if "weights" in arrays:
            paint.weighLinks(dom.el("links"), arrays["weights"])
            paint.showBiases(arrays["biases"])
        if "pictures" in arrays:
            paint.pictures(arrays["pictures"])
        if "points" in arrays and data_of(state).flat:
            output_card.draw_points(arrays["points"])
        if "confusion" in arrays and not data_of(state).flat:
            output_card.draw_confusion(arrays["confusion"], len(data_of(state).classes))
        data_card.draw_rows(arrays.get("rows"), shapes.split_counts(state["spec"])[0])

    # ---- what the engine says

    def on_frame(self, frame):
        """Draws a frame, unless it is of a spec that has been changed since."""
        if frame.revision != self.state["revision"]:
            return
        state = merged(self.state, {"run": {name: getattr(frame, name) for name in NUMBERS}})
        if state["playing"] and frame.state != protocol.TRAINING:
            state["playing"] = False
        self.draw_frame(frame, state)
        self.show(state)

    def draw_frame(self, frame, state):
        """Draws the arrays that came with a frame and keeps them for the next drawing from scratch."""
        got = {}
        for name in ("history", "biases", "weights", "rows", "pictures", "points", "confusion"):
            if js.Object.hasOwn(frame, name):
                got[name] = getattr(frame, name)
        self.arrays.update(got)
        if "history" in got:
            chart.draw(got["history"])
            state["best_epoch"], state["best_loss"] = frame.best_epoch, frame.best_loss
        if "weights" in got:
            paint.weighLinks(dom.el("links"), got["weights"])
            paint.showBiases(got["biases"])
        if "pictures" in got:
            paint.pictures(got["pictures"])
            state["sample"] = frame.sample
        if "points" in got:
            output_card.draw_points(got["points"])
        if "confusion" in got and not data_of(state).flat:
            output_card.draw_confusion(got["confusion"], len(data_of(state).classes))
        if "rows" in got:
            data_card.draw_rows(got["rows"], shapes.split_counts(state["spec"])[0])

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
        chart.create()
        self.render()
        actions.listen(self)
        js.document.documentElement.dataset.page = "alive"
        try:
            versions = await self.engine.start(self.progress)
        except Exception as error:
            self.state = merged(self.state, {"engine": "failed", "engine_text": "The engine did not start"})
            self.on_error(str(error))
            return
        self.state = merged(self.state, {"engine": "ready", "engine_text": versions})
        waiting = self.engine.queue
        self.engine.queue = []
        self.engine.send_palette()
        self.engine.send("configure", specs.write(self.state["spec"]), self.state["revision"])
        for command, arguments in waiting:
            if command != "configure":
                self.engine.send(command, *arguments)
        self.render()


asyncio.create_task(Lab().start())
