"""The few ways in which the page touches its document: by id, and only where something changes."""
import js
from ui.markup import Markup

_shown = {}  # id -> the content it was last given


def el(id):
    """The element with that id."""
    return js.document.getElementById(id)


def text(id, value):
    """Shows plain text."""
    node = el(id)
    if node.textContent != value:
        node.textContent = value


def fill(node, content):
    """Gives an element its content: Markup becomes HTML, and this is the only place where anything does; all else is text."""
    if isinstance(content, Markup):
        node.innerHTML = content.text
    else:
        node.textContent = content


def html(id, content):
    """Shows HTML of our own making; True where it is new. The focus stays on the control with the same id."""
    if _shown.get(id) == content:
        return False
    focused = js.document.activeElement
    focused_id = focused.id if focused else ""
    node = el(id)
    fill(node, content)
    _shown[id] = content
    if focused_id and focused_id != id:
        again = el(focused_id)
        if again and node.contains(again):
            again.focus()
    return True


def set_attribute(id, name, value):
    """Sets an attribute, or removes it where the value is None."""
    node = el(id)
    if value is None:
        node.removeAttribute(name)
    elif node.getAttribute(name) != value:
        node.setAttribute(name, value)


def hide(id, hidden):
    """Takes an element out of the page, or puts it back."""
    el(id).hidden = hidden


def set_value(id, value):
    """A control's value, unless a person is typing in it."""
    node = el(id)
    if node.value != value and not (js.document.activeElement and js.document.activeElement.id == id
                                    and node.type in ("text", "number")):
        node.value = value

