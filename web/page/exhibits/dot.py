"""The exhibit "Dot product": row against column, cell by cell; what it consists of, for ui/views.py."""

FILES = ["exhibits/dot.css", "exhibits/literal.py"] + ["exhibits/dot_%s.py" % name for name in (
    "scene", "walk", "text", "guess", "words", "tables", "panel", "controls", "page", "steps", "edit", "predict", "actions")]
ACTIONS, SETTERS = {}, {}  # filled in by open: the modules of FILES are there only then


def open(lab, host):
    from exhibits import dot_actions, dot_page
    ACTIONS.update(dot_actions.ACTIONS)
    SETTERS.update(dot_actions.SETTERS)
    dot_page.open(lab, host, dot_actions.key)


def render(state):
    from exhibits import dot_page
    dot_page.render(state)


def recolour():
    """Nothing here is drawn on a canvas: every colour follows the theme by itself."""
