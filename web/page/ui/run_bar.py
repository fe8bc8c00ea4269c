"""The run bar, the status line and the messages: what runs, how far it is, how well it does."""
import protocol
import shapes
from spec import SPEEDS
from ui import dom
from ui.markup import Markup, join

STATUS = {
    protocol.READY: "Ready",
    protocol.TRAINING: "Training",
    protocol.PAUSED: "Paused",
    protocol.FINISHED: "Finished",
    protocol.FAILED: "Stopped",
}
NEWER = "A newer version of this page is there. Your run is kept, and offered again when you have opened it."


def status(state):
    """The state for #status, and its words."""
    if state["engine"] != "ready":
        waiting = " Training begins as soon as it is there." if state["playing"] else ""
        return ("failed" if state["engine"] == "failed" else "starting"), state["engine_text"] + waiting
    run, busy = state["run"], state["doing"] or state["late"]
    if state["refused"]:
        return protocol.FAILED, "Too large for this browser's memory"
    if not run:
        return protocol.BUILDING, (busy + " …") if busy else "Loading the data"
    if busy:
        return run["state"], busy + " …"
    words = STATUS[run["state"]]
    if run["state"] == protocol.READY:
        words += ": %s, %s" % (state["engine_text"], run["engine"])
    elif run["state"] == protocol.TRAINING and run["rate"]:
        words += ": {:,} rows a second".format(int(run["rate"]))
    elif run["state"] == protocol.PAUSED:
        words += " in epoch %d" % run["epoch"]
    return run["state"], words


def render(state):
    """Shows everything that the run's numbers say."""
    name, words = status(state)
    dom.set_attribute("status", "data-state", name)
    dom.text("status", words)
    dom.set_attribute("status", "title", words)  # where there is no room for all of it
    dom.hide("engine-progress", state["engine"] != "starting")
    dom.el("engine-progress").value = state["progress"]
    _render_numbers(state)
    playing = state["playing"]
    dom.set_attribute("play", "aria-pressed", "true" if playing else "false")
    dom.set_attribute("play", "aria-label", "Pause" if playing else "Play")
    speed = int(state["spec"]["speed"])
    dom.set_value("speed", str(SPEEDS.index(state["spec"]["speed"])))
    words = "%d %s/s" % (speed, "batch" if speed == 1 else "batches") if speed else "full"
    dom.text("speed-value", words)
    dom.set_attribute("speed", "aria-valuetext", words.replace("/s", " a second"))
    _render_message(state)


def _render_message(state):
    """What went wrong, or what a run ended with; and beside either that the engine had to be started again."""
    said = [Markup("<p>%s</p>") % sentence for sentence in
            state["messages"] or ([state["run"]["message"]] if state["run"] else []) if sentence]
    if state["restarted"]:
        said.append(Markup('<p id="engine-restarted" data-kind="engine">%s</p>') % state["restarted"])
    dom.html("message", join(said))
    newer = NEWER if state["newer"] else ""
    for id, words in (("resume", state["resume"]), ("newer", newer)):
        dom.text(id + "-words", words)
        dom.hide(id, not words)
    dom.text("offer-said", " ".join(words for words in (state["resume"], newer) if words))  # what is shown only now may go unspoken


def _render_numbers(state):
    run = state["run"]
    dom.text("score-name", "Accuracy" if state["spec"]["task"] == "classify" else "R²")
    dom.text("epoch", str(run["epoch"] if run else 0))
    dom.text("batch", str(run["batch"] if run else 0))
    dom.text("batches", str(shapes.batches(state["spec"])[0]))
    dom.text("updates", str(run["updates"] if run else 0))
    dom.text("mini-epoch", str(run["epoch"] if run else 0))
    dom.text("mini-loss", loss_text(run["train_loss"]) if run else "–")
    for part in ("train", "validation"):
        loss, score = part + "-loss", part + "-score"
        dom.text(loss, loss_text(run[part + "_loss"]) if run else "–")
        dom.set_attribute(loss, "data-value", repr(run[part + "_loss"]) if run else None)
        dom.text(score, score_text(state["spec"]["task"], run[part + "_score"]) if run else "–")
        dom.set_attribute(score, "data-value", repr(run[part + "_score"]) if run else None)
    opened = run["test"] if run else ""
    dom.text("test-score", opened or "Test set: sealed")
    dom.el("open-test").parentElement.classList.toggle("open", bool(opened))
    dom.text("open-test-words", "Looked at: now spent" if opened else "Open the test set")
    dom.el("open-test").disabled = not run or bool(opened)


def score_text(task, score):
    """An accuracy per cent, or R²: 1 where every number is met, 0 and below where the mean would do as well."""
    if task == "classify":
        return "%.1f %%" % (100 * score)
    return ("%.3f" % score if score > -10 else "%.0f" % score).replace("-", "−")


def loss_text(loss):
    """A loss as a plain number of about four significant digits."""
    if loss >= 1e5:
        return "%.2e" % loss
    return "%.3f" % loss if loss >= 0.1 else "%.4f" % loss if loss >= 0.001 else "%.2e" % loss
