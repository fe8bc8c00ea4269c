"""Light and dark: the system's choice until the button says otherwise; the choice is kept in this browser."""
import js
from pyscript.js_modules.page import choice_store, paint
from ui import chart, dom

KEY = "nncore-theme"
NOT_KEPT = "For this visit only: this browser lets the page keep nothing"


def restore():
    """Takes up an earlier choice."""
    kept = choice_store.get(KEY)
    if kept in ("light", "dark"):
        choose(kept)


def choose(theme):
    """Sets a theme, for the browser's own frame around the page too: index.html gives it the system's choice."""
    js.document.documentElement.dataset.theme = theme
    colour = js.getComputedStyle(js.document.body).backgroundColor
    for meta in js.document.querySelectorAll('meta[name="theme-color"]'):
        meta.content = colour


def switch(lab):
    """To the other theme."""
    chosen = js.document.documentElement.getAttribute("data-theme")
    dark = chosen == "dark" if chosen else js.matchMedia("(prefers-color-scheme: dark)").matches
    other = "light" if dark else "dark"
    choose(other)
    if not choice_store.put(KEY, other):
        dom.set_attribute("theme", "title", NOT_KEPT)
    changed(lab)


def changed(lab):
    """Draws again what is drawn in the theme's colours."""
    paint.forgetColours()
    chart.create()
    lab.recolour()
    lab.engine.send_palette()
    lab.draw_arrays()
