"""The exhibit "Dot product": row against column, cell by cell; what it consists of, for ui/views.py."""

FILES = ["exhibits/dot.css", "exhibits/literal.py", "exhibits/dot_scene.py", "exhibits/dot_walk.py", "exhibits/dot_text.py",
         "exhibits/dot_guess.py", "exhibits/dot_words.py", "exhibits/dot_tables.py", "exhibits/dot_panel.py",
         "exhibits/dot_controls.py", "exhibits/dot_page.py", "exhibits/dot_actions.py"]
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
