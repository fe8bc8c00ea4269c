"""The exhibit "Dot product": row against column, cell by cell; what it consists of, for ui/views.py."""
from exhibits import dot_actions, dot_page
from exhibits.dot_actions import ACTIONS, SETTERS
from exhibits.dot_page import render


def open(lab, host):
    """Fills the element and connects it."""
    dot_page.open(lab, host, dot_actions.key)


def recolour():
    """Nothing here is drawn on a canvas: every colour follows the theme by itself."""
