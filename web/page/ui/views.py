"""The views of the page: the lab, and the exhibits, each of which is loaded when it is first opened.

An exhibit is a module of the folder exhibits/, named in FILES with all others that it needs there, and has

    open(lab, host)             fills the empty element `host`, once
    render(state)               draws what depends on the state: called after every change while it is on view
    recolour()                  draws again what is drawn in the theme's colours
    attend(attended)            hears that it comes on view or leaves it; only where it has something to end then
    ACTIONS, SETTERS            what its buttons (data-do) and controls (data-set) do: see ui/actions.py

Only one is on view at a time, and each keeps its own element, so that nothing of it is lost meanwhile.
"""
import asyncio
import js
import looks
import spec as specs
from pyscript import ffi
from pyscript.js_modules.page import lazy
from ui import actions, dom
from ui.engine import reason
from ui.markup import Markup, join

NAMES = {"lab": "Lab", "dot": "Dot product", "batch": "Batch", "neuron": "One neuron", "arrays": "Arrays",
         "code": "Layer code"}
FILES = {  # of each exhibit, in exhibits/; its style sheet has its name
    "dot": ["dot", "typography", "literal"] + ["dot_" + part for part in (
        "scene", "walk", "text", "guess", "words", "tables", "panel", "controls", "page", "steps", "edit", "predict", "actions")],
    "batch": ["batch", "batch_words", "batch_page", "batch_timing", "batch_view"],
    "neuron": ["neuron", "neuron_data", "neuron_words", "neuron_page", "neuron_walk", "neuron_view", "neuron_actions"],
    "arrays": ["arrays", "typography", "literal", "nesting", "arrays_guess", "arrays_drawing", "arrays_facts", "arrays_page"],
    "code": ["code", "nesting", "notes_class", "code_results", "code_report", "code_runs", "code_page"],
}
SCRIPTS = {  # that it imports once it is open, by their paths
    "dot": ["exhibits/dot.js"],
    "batch": ["exhibits/batch.js", "exhibits/canvas.js"],
    "neuron": ["exhibits/neuron.js", "exhibits/neuron_bowl.js", "exhibits/neuron_loss.js", "exhibits/canvas.js"],
    "code": ["exhibits/code_editor.js", "exhibits/code_box.js", "codemirror/codemirror.js"],
}
FAILED = Markup('<p class="failed" role="alert">This view could not be opened. %s</p><button class="button" type="button" '
                'data-do="load_view">Try again</button>')

ROOM = 60  # pixels before the present view's tab, where the tabs are wider than the screen

_modules = {}  # name -> its module, or None while it loads, or where it could not be loaded
_failed = []  # names of those that could not be loaded
_shown = {"view": None, "spec": None}


def render(lab):
    """Shows the view that the spec names, and links to the others that keep all else as it is."""
    state = lab.state
    view = state["spec"]["view"]
    if _shown["spec"] is not state["spec"]:  # a frame of numbers, twenty times a second, changes nothing here
        _shown["spec"] = state["spec"]
        here = specs.write(specs.changed(state["spec"], "view", "lab"))
        dom.html("tabs", join(_tab(name, here, view) for name in looks.VIEWS))
    if _shown["view"] != view:
        _shown["view"] = view
        js.document.documentElement.dataset.view = view
        tabs = dom.el("tabs")
        tabs.scrollLeft = dom.el("tab-" + view).offsetLeft - tabs.offsetLeft - ROOM
        for name in _modules:
            dom.hide("exhibit-" + name, name != view)
            if hasattr(_modules[name], "attend"):
                _modules[name].attend(name == view)
        if view != "lab" and (view not in _modules or view in _failed):
            load(lab)
    if _modules.get(view):
        _modules[view].render(state)


def recolour():
    """Tells what is drawn on canvases that the theme has changed."""
    for module in _modules.values():
        if module:
            module.recolour()


def _tab(name, here, view):
    return Markup('<a id="tab-%s" href="#%s&amp;view=%s"%s>%s</a>') % (
        name, here, name, Markup(' aria-current="page"') if name == view else "", NAMES[name])


def load(lab):
    """Fetches the files of the view that the spec names, and opens it; where that fails it is told there, with a button
    that tries again, and so does the next visit to the view."""
    name = lab.state["spec"]["view"]
    if name in _failed:
        _failed.remove(name)
    _modules[name] = None
    asyncio.create_task(_load(lab, name, _host(name)))


def _host(name):
    """The exhibit's element, empty, at once: it can be left again before a file of it is there."""
    host = dom.el("exhibit-" + name)
    if not host:
        host = js.document.createElement("div")
        host.id = "exhibit-" + name
        dom.el("exhibit").append(host)
    host.className = "loading"
    host.textContent = "Loading …"
    return host


async def _load(lab, name, host):
    try:
        module = await _fetch(name)
        host.className = ""
        host.textContent = ""
        module.open(lab, host)
    except Exception as error:
        words = reason(error)
        dom.fill(host, FAILED % (js.site.told(words) or words))
        _failed.append(name)
        return
    actions.ACTIONS.update(module.ACTIONS)
    actions.SETTERS.update(module.SETTERS)
    _modules[name] = module
    lab.render()


async def _fetch(name):
    """Fetches an exhibit's files, the Python modules into MicroPython's file system, and imports the exhibit."""
    paths = ["exhibits/%s.py" % each for each in FILES[name]]
    sheets = ["exhibits/%s.css" % name]
    texts = await lazy.files(ffi.to_js(paths), ffi.to_js(sheets), ffi.to_js(SCRIPTS.get(name, [])))
    for n in range(len(paths)):
        with open(paths[n], "w") as file:
            file.write(texts[n])
    return __import__("exhibits." + name, None, None, ["*"])
