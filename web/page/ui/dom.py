"""The few ways in which the page touches its document: by id, and only where something changes."""
import js

_shown = {}  # id -> the HTML it was last given


def el(id):
    """The element with that id."""
    return js.document.getElementById(id)


def text(id, value):
    """Shows plain text."""
    node = el(id)
    if node.textContent != value:
        node.textContent = value


def html(id, value):
    """Shows HTML of our own making; True where it is new. The focus stays on the control with the same id."""
    if _shown.get(id) == value:
        return False
    focused = js.document.activeElement
    focused_id = focused.id if focused else ""
    node = el(id)
    node.innerHTML = value
    _shown[id] = value
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


def escape(value):
    """A stranger's text as HTML text."""
    return (value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            .replace('"', "&quot;").replace("'", "&#39;"))
