"""Draws the exhibit: what follows from the spec is computed once for each change and painted into its places."""
import asyncio
import json
from exhibits import dot_controls as controls, dot_panel as panel, dot_tables as tables, dot_words as words
from exhibits.dot_scene import DIGITS, Scene, shown
from exhibits.dot_walk import Walk
from pyscript import ffi
from pyscript.js_modules.page import lazy
from ui import dom

MATRICES = ["dot-a", "dot-b", "dot-seed", "dot-transposed", "dot-unlock", "dot-layer"]  # what a Scene follows from

_page = {"lab": None, "painter": None, "scene": None, "scene_of": None, "drawn": None, "asked": None, "answer": None,
         "playing": False, "note": "", "error": "", "feedback": "", "flights": "", "said_of": None}


def open(lab, host, key):
    """Fills the empty exhibit, and fetches what paints it."""
    dom.fill(host, controls.PAGE)
    host.addEventListener("keydown", ffi.create_proxy(lambda event: key(lab, event)))
    _page["lab"] = lab
    asyncio.create_task(_fetch_painter())


async def _fetch_painter():
    try:
        _page["painter"] = await lazy.module("./exhibits/dot.js")
    except Exception as error:
        _page["lab"].on_error("The colours of this view could not be loaded: %s. Reload the page to try again." % error)
        return
    again()


def scene_of(spec):
    """The matrices of the spec, and all that follows from them; computed once."""
    key = [spec[name] for name in MATRICES]
    if _page["scene_of"] != key:
        _page["scene_of"], _page["scene"] = key, Scene(spec)
    return _page["scene"]


def say(changes):
    """Changes what is told beside the product: note, error, feedback; or whether it plays."""
    _page.update(changes)
    _page["said_of"] = None


def told(name):
    return _page[name]


def again():
    """Draws once more, when something else than the spec has changed."""
    _page["drawn"] = None
    render(_page["lab"].state)


def render(state):
    """Draws what the spec says, where it is new."""
    spec = state["spec"]
    _forget_old_words([spec[name] for name in controls.KEYS if name != "dot-pace"])
    key = ([spec[name] for name in controls.KEYS], state["engine"],
           [_page[name] for name in ("playing", "note", "error", "feedback", "answer")])
    if spec["view"] != "dot" or _page["drawn"] == key:
        return
    _page["drawn"] = key
    scene = scene_of(spec)
    walk = Walk(scene, spec)
    _ask(scene, state)
    controls.render(spec, scene, walk, _page["playing"])
    dom.html("dot-shapes", panel.shapes(scene, walk))
    if scene.layer != "0":
        dom.html("dot-why-words", panel.why(scene, _page["answer"]))
    for name in ("note", "error", "feedback"):
        dom.text("dot-" + name, _page[name])
    dom.html("dot-panel", panel.html(scene, walk, _refused()))
    if dom.html("dot-tables", tables.html(scene, walk)):
        _size(scene)
    known = scene.agree and not walk.asks
    dom.text("dot-check", words.agreement(scene, _page["answer"]) + words.rounding(scene) if known else "")
    if known and (walk.complete or not _page["playing"]):
        dom.text("dot-said", words.spoken(scene, walk))
    _paint(scene, walk)


def _forget_old_words(fields):
    """What was said of another place or product goes, when a link or the back button leads away from it."""
    if _page["said_of"] is None:
        _page["said_of"] = fields
    elif _page["said_of"] != fields:
        _page.update({"said_of": fields, "note": "", "error": "", "feedback": ""})


def _paint(scene, walk):
    painter = _page["painter"]
    if painter:
        painter.paint(json.dumps(tables.picture(scene, walk)))
        painter.colour("dot-panel")
        painter.colour("dot-tables")
        if _page["flights"]:
            painter.fly(tables.flights(scene, walk), _page["flights"])
            _page["flights"] = ""


def _size(scene):
    """Cells as wide as there is room, but no narrower than their longest number; B's columns stand above the result's."""
    wide, high = scene.n + scene.p, scene.m + scene.inner
    result = [[shown(value, 2 * DIGITS, scene.result_places) for value in row] for row in scene.result or [[0]]]
    style = dom.el("dot-tables").style
    style.setProperty("--chars-a", str(_longest(scene, 0)))
    style.setProperty("--chars", str(max(_longest(scene, 1), _longest_of(result))))
    style.setProperty("--wide", str(wide))
    style.setProperty("--line", "%dpx" % (40 if high <= 6 else 32 if high <= 12 else 24))


def _longest(scene, side):
    rows = scene.right if side else scene.left
    return _longest_of([[shown(entry, DIGITS, scene.places[side]) for entry in row] for row in rows])


def _longest_of(rows):
    """Characters of the longest text of a table."""
    return max(max(len(text) for text in row) for row in rows)


# ---- what NumPy says

def _ask(scene, state):
    """Asks the engine for the same product, once for each pair of matrices."""
    question = json.dumps({"a": _floats(scene.stored[0]), "b": _floats(scene.stored[1]),
                           "transposed": [name for name, turned in zip("ab", scene.turned) if turned]})
    if state["engine"] == "ready" and question != _page["asked"]:
        _page["asked"], _page["answer"] = question, None
        asyncio.create_task(_hear(question))


async def _hear(question):
    text = await _page["lab"].engine.ask("exhibit", "dot", question)
    if question == _page["asked"]:
        if text is None:
            _page["asked"] = None
        else:
            _page["answer"] = json.loads(text)
            again()


def _refused():
    answer = _page["answer"]
    if not answer:
        return None
    return answer.get("error") or answer["product"].get("refused") or ""


def _floats(rows):
    return [[entry / 10000 for entry in row] for row in rows]
