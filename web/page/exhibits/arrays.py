"""Arrays: a typed list, drawn as boxes, named in the notes' words, and as NumPy sees it."""
import asyncio
from exhibits import (arrays_drawing as drawing, arrays_facts as facts, arrays_guess as guesses, arrays_page as page,
                      literal, nesting)
from pyscript import ffi
from ui import dom, state as states
from ui.markup import Markup

MOST_IN_LINK = 500  # characters: see spec.FIELDS

_now = {
    "long": None,  # a text that is too long for the link, and then stands here alone
    "read": None,  # the text that was read last
    "value": None, "found": None,  # of the last text that could be read
    "good": None,  # that text
    "answered": False,  # whether its shape was guessed, or given up
    "typing": False,  # whether the text is being typed: all of it is one step for the back button
    "numpy": None,  # (text, answer) of NumPy's last answer
    "asked": None,  # the text that NumPy was last asked about
}
_drawn = {}  # what was last drawn, by part


def open(lab, host):
    """Fills the exhibit's element."""
    dom.fill(host, page.PAGE)
    host.addEventListener("input", ffi.create_proxy(lambda event: typed(lab, event)))
    host.addEventListener("keydown", ffi.create_proxy(walk))
    _now["lab"] = lab


def render(state):
    """Draws what the text says; a text that can't be read leaves the last one on view."""
    spec = state["spec"]
    if spec["arrays-text"]:
        _now["long"] = None
    text = spec["arrays-text"] if _now["long"] is None else _now["long"]
    if text != _now["read"]:
        _now["read"] = text
        take_up(text)
    hidden = spec["arrays-predict"] == "1" and not _now["answered"]
    dom.el("arrays-predict").checked = spec["arrays-predict"] == "1"
    dom.hide("arrays-ask", not hidden)
    if _now["found"]:
        draw(hidden)
        ask(_now["lab"], _now["good"])


def recolour():
    """Everything here is coloured by style sheets."""


def take_up(text):
    """Reads a text; says what is wrong with it, or makes it the one on view."""
    node = dom.el("arrays-text")
    if node.value != text:
        node.value = text
    try:
        value, remarks = literal.read(text)
    except ValueError as error:
        complain(str(error))
        return
    complain("")
    _now.update({"value": value, "found": nesting.arrangement(value), "good": text, "answered": False})
    remarks = remarks + (["Longer than %d characters: this list does not stand in the link." % MOST_IN_LINK]
                         if len(text) > MOST_IN_LINK else [])
    dom.text("arrays-remark", " ".join(remarks))
    dom.text("arrays-verdict", "")
    dom.el("arrays-guess").value = ""


def complain(sentence):
    """Shows what is wrong with the text, or that nothing is."""
    dom.text("arrays-message", sentence)
    dom.set_attribute("arrays-text", "aria-invalid", "true" if sentence else None)
    dom.text("arrays-stale", "the last list that could be read" if sentence and _now["found"] else "")


def draw(hidden):
    """Draws the picture and the facts, where they are new."""
    now = (_now["good"], hidden)
    if now != _drawn.get("picture"):
        _drawn["picture"] = now
        left_out = "" if hidden else drawing.note(_now["found"])
        dom.html("arrays-picture", drawing.picture(_now["value"], _now["found"], hidden)
                 + (Markup('<p class="hint">%s</p>') % left_out if left_out else ""))
        first = dom.el("arrays-picture").querySelector(".arrays-cell")
        if first:
            first.tabIndex = 0
        dom.text("arrays-readout", "Choose an item to see its index.")
        dom.html("arrays-facts", facts.rows(_now["value"], _now["found"], hidden))
    engine, answer = _now["lab"].state["engine"], _now["numpy"]
    now = (_now["good"], hidden, engine, answer is not None and answer[0] == _now["good"])
    if now != _drawn.get("numpy"):
        _drawn["numpy"] = now
        dom.html("arrays-numpy", facts.numpy(answer[1] if now[3] else None, engine, hidden))


# ---- NumPy

def ask(lab, text):
    """Asks the engine about a text, once; what comes late is of another text and counts no more."""
    if lab.state["engine"] == "ready" and _now["asked"] != text:
        _now["asked"] = text
        asyncio.create_task(_ask(lab, text))


async def _ask(lab, text):
    answer = await lab.engine.ask_exhibit("arrays", {"text": text})
    if answer and _now["good"] == text:
        _now["numpy"] = (text, answer)
        render(lab.state)


# ---- what a person does

def typed(lab, event):
    """Takes up the text while it is typed. Its length comes first: ten million characters are not to be copied."""
    node = event.target
    if node.id != "arrays-text":
        return
    if node.textLength > literal.MOST:
        complain("That is longer than %s characters, and was cut off there. Its first rows are enough: they have the "
                 "same structure." % literal.grouped(literal.MOST))
        return
    link = "replace" if _now["typing"] else "push"
    _now["typing"] = True
    show_text(lab, node.value, link)


def show_text(lab, text, link):
    """Makes a text the one on view: in the link where it is short enough."""
    _now["long"] = text if len(text) > MOST_IN_LINK or not text else None
    _now["read"] = None
    lab.show(states.edit(lab.state, "arrays-text", "" if len(text) > MOST_IN_LINK else text), link)


def entered(lab, control, link):
    """The text is left: what is typed next is a new step."""
    _now["typing"] = False


def example(lab, button):
    _now["typing"] = False
    show_text(lab, page.EXAMPLES[int(button.dataset.which)][1], "push")


def predict(lab, control, link):
    _now["answered"] = False
    dom.text("arrays-verdict", "")
    lab.show(states.edit(lab.state, "arrays-predict", "1" if control.checked else "0"), link)


def check(lab, *_):
    """Judges the guess; once it is right, everything is shown."""
    try:
        right, sentence = guesses.judge(guesses.read(dom.el("arrays-guess").value[:200]), _now["found"])
    except ValueError as error:
        right, sentence = False, str(error)
    dom.text("arrays-verdict", sentence)
    dom.el("arrays-verdict").classList.toggle("right", right)
    if right:
        _now["answered"] = True
        lab.render()


def pick(lab, cell):
    """Tells of one item: its index, and what stands there."""
    path = tuple(int(part) for part in cell.dataset.at.split("-") if part)
    value = _now["value"]
    for index in path:
        value = value[index]
    for old in dom.el("arrays-picture").querySelectorAll(".picked"):
        old.classList.remove("picked")
        old.tabIndex = -1
    cell.classList.add("picked")
    cell.tabIndex = 0
    cell.focus()
    dom.text("arrays-readout", drawing.full_text(value) + ", whose index is shown after your guess" if _drawn["picture"][1]
             else facts.index_words(path, value, _now["found"]))


STEPS = {"ArrowLeft": (-1, -1), "ArrowRight": (-1, 1), "ArrowUp": (-2, -1), "ArrowDown": (-2, 1), "PageUp": (-3, -1),
         "PageDown": (-3, 1)}  # key: which axis from the end, which way


def walk(event):
    """Arrow keys walk the items; Enter in the guess checks it."""
    target = event.target
    if target.id == "arrays-guess" and event.key == "Enter":
        check(_now["lab"])
    if not target.classList.contains("arrays-cell"):
        return
    if event.key in ("Enter", " "):
        event.preventDefault()
        pick(_now["lab"], target)
    elif event.key in STEPS:
        event.preventDefault()
        axis, way = STEPS[event.key]
        path = [int(part) for part in target.dataset.at.split("-") if part]
        if -axis <= len(path):
            path[axis] += way
            other = dom.el("arrays-cell-" + "-".join(str(index) for index in path))
            if other:
                target.tabIndex = -1
                pick(_now["lab"], other)


ACTIONS = {"arrays_example": example, "arrays_check": check, "arrays_pick": pick}
SETTERS = {"arrays_text": entered, "arrays_predict": predict, "arrays_guess": lambda lab, control, link: None}
