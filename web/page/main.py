"""Entry of the page: wires the state, the drawing and the engine together."""
import asyncio
import js
import protocol
import spec as specs
from ui import actions, chart, data_card, dom, network_card, output_card, run_bar, theme
from ui.engine import Engine
from ui.state import merged, new_state

NUMBERS = ["state", "message", "epoch", "batch", "batches", "updates", "train_loss", "train_score",
           "validation_loss", "validation_score", "test", "rate"]
OF_HISTORY = ["best_epoch", "best_loss", "memorising", "plateau"]
ARRAYS = ["history", "biases", "weights", "distinct", "rows", "pictures", "points",
          "confusion", "mistakes", "curve", "scatter", "pairs", "code"]
CARDS = [network_card, output_card, data_card]


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
        if any(old["spec"][key] != self.state["spec"][key] for key in ("task", "data", "classes", "features")):
            self.forget()
        self.engine.send("configure", text, self.state["revision"])

    def forget(self):
        """Drops what belongs to another data set, so that nothing of it is drawn with this one."""
        self.arrays = {}
        self.state = merged(self.state, {"run": None, "best_epoch": None, "sample": "", "detail": ""})
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
            js.document.documentElement.dataset.hide = " ".join(state["spec"]["hide"])
            data_card.render(state)
            output_card.render(state)
            if network_card.render(state):
                self.draw_arrays()

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
        changes = {"run": {name: getattr(frame, name) for name in NUMBERS}}
        if self.state["playing"] and frame.state != protocol.TRAINING:
            changes["playing"] = False
        if has(frame, "history"):
            changes.update({name: getattr(frame, name) for name in OF_HISTORY})
        if has(frame, "sample"):
            changes["sample"] = frame.sample
        if has(frame, "detail"):
            changes["detail"] = frame.detail
        arrays = {name: getattr(frame, name) for name in ARRAYS if has(frame, name)}
        self.arrays.update(arrays)
        self.show(merged(self.state, changes))
        for card in CARDS:
            card.draw(arrays, self.state)

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


def has(frame, name):
    """Whether a frame came with that field."""
    return js.Object.hasOwn(frame, name)


asyncio.create_task(Lab().start())
