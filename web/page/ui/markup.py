"""HTML of the page's own making. It is the only thing that becomes HTML; whatever else is put into it is text.

    Markup('<td title="%s">%s</td>') % (name, value)

A value that is no Markup itself is escaped, wherever it comes from: nobody has to remember to. Attributes stand in double
quotes, so that the same escaping serves them.
"""


class Markup:
    """A piece of HTML: fills its places by %, adds up, repeats and joins; `text` is the HTML itself."""

    def __init__(self, text):
        self.text = text

    def __mod__(self, values):
        if isinstance(values, dict):
            return Markup(self.text % {key: _inside(value) for key, value in values.items()})
        if isinstance(values, tuple):
            return Markup(self.text % tuple([_inside(value) for value in values]))
        return Markup(self.text % _inside(values))

    def __add__(self, other):
        return Markup(self.text + html(other))

    def __radd__(self, other):
        return Markup(html(other) + self.text)

    def __mul__(self, count):
        return Markup(self.text * count)

    def __eq__(self, other):
        return isinstance(other, Markup) and self.text == other.text

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        raise TypeError("Markup was put into a text: put the text into Markup instead")

    def __repr__(self):
        return "Markup(%r)" % self.text

    def join(self, parts):
        """The parts with this between them; those that are no Markup are text."""
        return Markup(self.text.join([html(part) for part in parts]))


NOTHING = Markup("")


def join(parts):
    """The parts one after another; those that are no Markup are text."""
    return NOTHING.join(parts)


def html(value):
    """The HTML of a piece of Markup, or of a text."""
    return value.text if isinstance(value, Markup) else escape(value)


def _inside(value):
    """What is put into a place: numbers as they are, for a place may give them a form such as %.2f."""
    return value if isinstance(value, (int, float)) else html(value)


def escape(value):
    """Anything as text in HTML, between tags or in an attribute's double quotes."""
    text = value if isinstance(value, str) else str(value)
    if "&" in text:
        text = text.replace("&", "&amp;")
    for sign, name in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        if sign in text:
            text = text.replace(sign, name)
    return text
