"""The lab: wires the state, the drawing and the engine together."""
import asyncio
import js
import json
import looks
import protocol
import spec as specs
from pyscript import ffi
from pyscript.js_modules.page import address, offline
from ui import (accidents, actions, chart, compare_table, data_card, inside, network_card, notices, output_card, run_bar,
                share_panel, state as states, theme, views, weight_editor)
from ui.accidents import Accidents
from ui.engine import Engine
from ui.last_known import LastKnown
from ui.resuming import Resuming
from ui.state import merged, new_state

NUMBERS = ["state", "message", "epoch", "batch", "batches", "updates", "train_loss", "train_score",
           "validation_loss", "validation_score", "test", "rate", "engine"]
OF_HISTORY = ["best_epoch", "best_loss", "memorising", "plateau"]
ARRAYS = ["history", "biases", "weights", "distinct", "rows", "pictures", "points", "inside",
          "confusion", "mistakes", "curve", "scatter", "pairs", "again", "code"]
ADVICE = "Try again starts it once more; what you set up is in the address bar."
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
        self.engine = Engine(self.on_frame, self.on_error, self.on_late, self.on_lost)
        self.resuming = Resuming(self)
        self.last_known = LastKnown(self.engine, lambda: self.resuming.keep())
        self.accidents = Accidents()

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
            address.put("#" + text, link == "push")

    def configure(self, old, text):
        """Hands the new spec to the engine; what belongs to other data is dropped."""
        if any(old["spec"][key] != self.state["spec"][key] for key in ("task", "data", "classes", "features")):
            self.forget_run(self.state)
        self.engine.send("configure", text, self.state["revision"])

    def forget_run(self, state):
        """Goes on with that state, without what is known of a run, so that nothing of it is drawn with another."""
        self.arrays = {"rows": None}
        self.state = merged(state, {"run": None, "best_epoch": None, "best_loss": None, "sample": "", "detail": ""})
        chart.clear()
        output_card.forget()

    # ---- drawing

    def render(self):
        """Draws the whole state; arrays are drawn again only where their place is new."""
        state = self.state
        spec = state["spec"]
        views.render(self)
        run_bar.render(state)
        share_panel.render(state)
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
        self.engine.warmed_up()
        moved = has(frame, "history") or has(frame, "weights")
        run = numbers(frame, NUMBERS)
        run["changed"] = frame.changed if has(frame, "changed") else ""
        run["resumed"] = frame.resumed if has(frame, "resumed") else ""
        changes = {"run": run, "doing": frame.doing}
        if self.accidents.untold is not None:
            changes["restarted"] = accidents.restarted(self.accidents, run)
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
        if moved:
            self.last_known.changed(self.link_of_run)

    def link_of_run(self):
        """The link of the run on show, None where there is none."""
        has_run = self.state["run"] and not self.engine.awaits("configure")
        return specs.write(self.state["spec"]) if has_run else None

    def refuse(self, sentence):
        """Goes back to the spec that there is a run of, for the engine can't have the one asked for; says why."""
        if self.accepted is None:
            self.show(merged(self.state, {"messages": [sentence], "refused": True, "playing": False, "doing": ""}))
        else:
            self.show(merged(states.with_spec(self.state, self.accepted), {"messages": [sentence], "doing": ""}), "replace")

    def on_late(self, words):
        """Says what the engine is at, where a command takes long; "" when it is done."""
        self.show(merged(self.state, {"late": words}))

    def on_error(self, sentence, command=""):
        """Shows what went wrong, with a command of the engine's or beside it; nothing of the state is lost."""
        playing = self.state["playing"] and command != "play"
        self.show(merged(self.state, {"messages": [sentence], "playing": playing}))

    # ---- starting

    def progress(self, seconds):
        """Shows how far the engine's start should be."""
        words = ("Starting the engine again" if self.accidents.why else
                 "Starting Python in your browser" if seconds < 3 else "Loading NumPy and nncore" if seconds < 8
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
        opened_with = js.location.hash
        await self.start_engine()
        offline.keep(ffi.create_proxy(lambda *_: self.show(merged(self.state, {"newer": True}))))
        await self.resuming.look(opened_with)

    async def start_engine(self):
        """Starts the engine and gives it the run and all that waits; says so where it can't start."""
        try:
            versions = await self.engine.start(self.progress)
        except Exception as error:
            self.show(merged(self.state, {"engine": "failed", "engine_text": "The engine did not start", "playing": False,
                                          "messages": ["%s %s" % (error, ADVICE)]}))
            return
        self.accidents.started()
        self.state = merged(self.state, {"engine": "ready", "engine_text": versions})
        waiting = self.engine.waiting.clear()
        self.engine.send_palette()
        self.take_up_run()
        for command, arguments in waiting:
            if command not in ("configure", "resume"):
                self.engine.send(command, *arguments)
        if self.accidents.why:
            self.accidents.untold = self.state["run"]["updates"] if self.state["run"] else 0
            if self.state["playing"]:
                self.engine.send("play")
        inside.tell(self, anew=True)
        self.render()

    def take_up_run(self):
        """Gives the engine the present spec, with the run as last known where there is one."""
        link, revision = specs.write(self.state["spec"]), self.state["revision"]
        if self.last_known.packed:
            self.engine.send("resume", link, revision, self.last_known.packed)
        else:
            self.engine.send("configure", link, revision)

    def take_over(self, state):
        """Takes up a state whose run the engine is given as last known, in place of the one that it has."""
        self.forget_run(state)
        self.address(specs.write(state["spec"]), "push")
        self.take_up_run()
        self.render()

    # ---- accidents

    def on_lost(self, why):
        """The engine has ended: starts it again, unless it ends again and again."""
        if self.accidents.ended(why):
            self.show(accidents.restarting(self.state))
            asyncio.create_task(self.start_engine())
        else:
            self.show(accidents.left(self.state, self.accidents, self.last_known))

    def retry(self):
        """Starts the engine once more, for the person says so."""
        self.accidents.forgiven()
        self.show(merged(accidents.restarting(self.state), {"messages": []}))
        asyncio.create_task(self.start_engine())

    def use_newer(self):
        """Opens the newer version of the page, once the run is kept."""
        async def work():
            await self.resuming.keep_now()
            await offline.useNewer()
        asyncio.create_task(work())

    def load_view(self):
        """Tries to open the view once more."""
        views.load(self)


def numbers(frame, names):
    """Plain values of a frame as a dict. By way of JSON: a whole number beyond 32 bits, such as the loss 2e32 of a
    run that goes astray, would otherwise arrive as another number."""
    values = json.loads(js.JSON.stringify(frame, ffi.to_js(names)))
    return {name: float("nan") if values[name] is None else values[name] for name in names}


def has(frame, name):
    """Whether a frame came with that field."""
    return js.Object.hasOwn(frame, name)

