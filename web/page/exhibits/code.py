"""Layer code: the notes' Layer_Dense, to be edited and run, beside nncore's Dense on the same seed and batch."""
import asyncio
import js
import json
import spec as specs
from exhibits import code_results as results, notes_class
from exhibits.code_page import PAGE
from exhibits.code_runs import Runs
from pyscript import ffi
from pyscript.js_modules.page import lazy
from ui import dom, share_panel, state as states
from ui.markup import Markup, join

MOST_IN_LINK = 2000  # characters: see spec.FIELDS

_now = {
    "lab": None, "editor": None, "runs": None,
    "text": "",  # as it stands in the editor
    "linked": "",  # the text that came with the link
    "revision": 0, "frame": None,  # of the spec on view, and the last frame before it
    "drawn": None,  # what the numbers were last drawn from
    "facts": None,  # the engine's answer on the layer
    "asked": None,  # what it was asked for
    "result": None,  # of the last run of the person's class, or None
    "running": "",  # the text of the run under way
    "ran": None,  # the text, revision and layer of the run that has a result
}


def open(lab, host):
    """Fills the exhibit's element; the editor itself is fetched while that is on view."""
    dom.fill(host, PAGE)
    _now["lab"], _now["revision"] = lab, lab.state["revision"]
    _now["text"] = notes_class.SOURCE
    asyncio.create_task(_mount(lab))


async def _mount(lab):
    try:
        module = await lazy.module("./exhibits/code_editor.js")
        box = await lazy.module("./exhibits/code_box.js")
        source = dense_source(await lazy.text("./nncore/layers.py"))
    except Exception as error:
        lab.on_error("The editor could not be loaded: %s. Reload the page to try again." % error)
        return
    _now["runs"] = Runs(box.open(), compare, phase, finished)
    _now["editor"] = module.mount(dom.el("code-editor"), _now["text"], "Your class Layer_Dense, Python", "  ", ffi.create_proxy(edited))
    module.mount(dom.el("code-theirs"), source, "nncore's class Dense, Python, read only", "    ", None)
    dom.text("code-theirs-hint", "From nncore/layers.py of this very build, %d lines; its comparison uses activation linear and "
                                 "initializer small." % len(source.split("\n")))
    js.document.documentElement.dataset.editor = "there"
    buttons()
    warm()


def warm():
    """Has Python start in the box as soon as a class can be run on view, for who presses Run shall not wait for it."""
    if _now["runs"] and _now["facts"] and _now["lab"].state["spec"]["view"] == "code":
        _now["runs"].prepare()


def dense_source(text):
    """The class Dense out of the text of nncore's layers.py."""
    start = text.index("class Dense")
    return text[start:].split("\n\n\n")[0] + "\n"


def render(state):
    """Takes up a class that came with a link, and asks the engine about the layer that is chosen."""
    spec = state["spec"]
    if spec["code-text"] and spec["code-text"] != _now["linked"]:
        _now["linked"] = _now["text"] = spec["code-text"]
        if _now["editor"]:
            _now["editor"].put(_now["text"])
        dom.text("code-status", "This class came with the link. It runs when you press Run, in a Python of its own in this "
                                "tab, and not before. To leave the editor by keyboard: Escape, then Tab.")
    words = state.get("shared_code", "")
    dom.text("code-copy-words", words or "Copy link with the code")
    if state["revision"] != _now["revision"]:
        _now["revision"], _now["frame"] = state["revision"], state["run"]
    asked = (state["revision"], spec["code-layer"])
    knows = state["run"] is not None and state["run"] is not _now["frame"]  # the engine has taken up this spec
    if knows and asked != _now["asked"]:
        _now["asked"] = asked
        asyncio.create_task(_ask(_now["lab"], asked))
    if state["engine"] == "failed":
        dom.html("code-arrays", Markup('<p class="hint">The engine did not start, so nothing can be compared.</p>'))
    draw()


def attend(attended):
    """Takes note of whether the exhibit is on view."""
    if _now["runs"]:
        _now["runs"].attend(attended)
        warm()


def recolour():
    """Everything here is coloured by style sheets."""


async def _ask(lab, asked):
    """The layer's sizes, and the class of the notes run on them by the lab's own engine."""
    answer = await lab.engine.ask_exhibit("code", {"layer": asked[1]})
    if answer and asked == _now["asked"]:
        _now["facts"] = answer
        draw()
        warm()


async def get_batch():
    """The batch and sizes of the layer as JSON, which goes to the box as it is."""
    lab = _now["lab"]
    return await lab.engine.ask("exhibit", "code", json.dumps({"layer": lab.state["spec"]["code-layer"], "take": True}))


async def compare(question, numbers):
    """What the lab's engine says of the numbers that came out of the box."""
    answer = await _now["lab"].engine.ask("exhibit", "code", question, numbers)
    return json.loads(answer) if answer else None


# ---- drawing

def draw():
    """The layers to choose from and the comparison: of the last run, or of the notes' class where there was none."""
    facts = _now["facts"]
    buttons()
    if facts and "error" in facts:
        dom.html("code-arrays", Markup('<p class="hint">%s</p>') % facts["error"])
    elif facts:
        draw_numbers(facts)


def draw_numbers(facts):
    """Everything below the editors, where it is new: this is called for every frame of the lab's run."""
    own = _now["result"] if _now["ran"] and _now["ran"][1:] == _now["asked"] else None
    fresh = own is not None and _now["ran"][0] == _now["text"]
    old = _now["drawn"]
    if old and old[0] is facts and old[1] is own and old[2] == fresh:
        return
    _now["drawn"] = (facts, own, fresh)
    dom.html("code-layers", join(Markup('<button type="button" id="code-layer-%d" data-do="code_layer" data-layer="%d" aria-pressed="%s">Layer %d</button>')
                                    % (i, i, "true" if i == facts["layer"] else "false", i) for i in range(1, facts["layers"] + 1)))
    dom.text("code-facts", "Layer_Dense(%d, %d) on %d row%s of the training part%s, seed %d%s" % (
        facts["n_inputs"], facts["n_neurons"], facts["rows"], "" if facts["rows"] == 1 else "s",
        " as layer %d hands them on" % (facts["layer"] - 1) if facts["layer"] > 1 else "", facts["seed"],
        "." if facts["finite"] else "; what was not finite is 0."))
    if dom.html("code-arrays", results.tables(own or facts["result"])):
        results.tint(dom.el("code-arrays"))
    if not own:
        legend = "These are the numbers of the notes' class as it stands there. Run yours to see its own."
    else:
        legend = ("These are the numbers of your class." if fresh else
                  "These are the numbers of your last run; the text has changed since.")
    dom.text("code-legend", legend + " A cell with = is nncore's to the last bit; in a dashed one your number stands above "
                                     "nncore's, struck through. Four decimals are shown, all are compared.")


def buttons():
    """Which buttons can be pressed."""
    busy = _now["runs"] is not None and _now["runs"].busy
    ready = _now["editor"] is not None and _now["facts"] is not None
    dom.el("code-run").disabled = busy or not ready
    dom.el("code-stop").disabled = not busy
    dom.el("code-restore").disabled = _now["text"] == notes_class.SOURCE


def phase(name):
    """Says what the box is doing."""
    dom.text("code-status", "Starting a Python of its own for your class …" if name == "starting" else "Running …")


def finished(result):
    """Shows what a run gave."""
    if _now["editor"]:
        _now["editor"].mark(0)
    stopped, error = result.get("stopped"), result.get("error")
    if stopped:
        sentence = stopped
        dom.text("code-status", "")
    else:
        sentence = error["sentence"] + (" (line %d)" % error["line"] if error["line"] else "") if error else result["unfit"]
        all_equal = len(result["arrays"]) == 3 and all(entry.get("equal") == entry["size"] for entry in result["arrays"])
        dom.text("code-status", "" if sentence else "It ran: all cells equal nncore's." if all_equal else "It ran: some cells differ from nncore's.")
        _now["result"] = result
        _now["ran"] = (_now["running"],) + _now["asked"]
        if error and error["line"]:
            _now["editor"].mark(error["line"])
    dom.text("code-error", sentence)
    dom.hide("code-trace", not error)
    dom.text("code-traceback", error["traceback"] if error else "")
    printed = result.get("printed", "")
    dom.hide("code-printed", not printed)
    dom.text("code-paper", printed + ("\n… cut off after 10,000 characters" if result.get("cut") else ""))
    draw()


# ---- what a person does

def edited(text):
    """The text was changed; a link that carried another goes on without it."""
    _now["text"] = text
    warm()
    lab = _now["lab"]
    if lab.state["spec"]["code-text"] not in ("", text):
        _now["linked"] = ""
        lab.show(states.edit(lab.state, "code-text", ""), "replace")
    draw()


def run(lab, button):
    _now["running"] = _now["text"]
    dom.text("code-error", "")
    _now["runs"].run(_now["text"], get_batch)
    buttons()
    dom.el("code-stop").focus()


def stop(lab, button):
    _now["runs"].stop("Stopped.")
    dom.el("code-run").focus()


def restore(lab, button):
    """The class of the notes again; undo in the editor brings the edited one back."""
    _now["editor"].put(notes_class.SOURCE)
    dom.text("code-error", "")
    dom.text("code-status", "The class of the notes is back; undo in the editor brings yours back.")
    dom.el("code-run").focus()


def copy_link(lab, button):
    """Copies a link that carries the class, where it is short enough."""
    text = _now["text"]
    if len(text) > MOST_IN_LINK:
        dom.text("code-status", "The class has %d characters; a link carries %d at most." % (len(text), MOST_IN_LINK))
        return
    share_panel.share_class(lab, text)


def choose_layer(lab, button):
    lab.show(states.edit(lab.state, "code-layer", int(button.dataset.layer)))


ACTIONS = {"code_run": run, "code_stop": stop, "code_restore": restore, "code_copy": copy_link, "code_layer": choose_layer}
SETTERS = {}
