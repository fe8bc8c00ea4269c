"""Draws a nested list: a row, a table or sheets where it has a shape, boxes inside boxes where it has none."""
from exhibits import nesting
from ui.markup import Markup, join

MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, MOST_BOXES = 12, 8, 4, 160
DEEPEST = 6  # boxes inside boxes; what lies deeper is a number of items


def picture(value, found, plain):
    """HTML of a value. `plain` leaves out the axes and marks, which would give the shape away."""
    if found.shape is None:
        return _Boxes(found, plain).draw(value)
    if not found.shape:
        return Markup('<div class="arrays-row">%s</div>') % _cell("div", value, ())
    if not found.items:
        return _Boxes(found, plain).draw(value)
    outer = found.shape[:-3]
    for _ in outer:
        value = value[0]
    path, shape = (0,) * len(outer), found.shape[len(outer):]
    block = _sheets(value, path, shape, plain) if len(shape) == 3 else _table(value, path, shape, plain, len(outer))
    return block + (_note_on_outer(outer, path) if outer and not plain else "")


def note(found):
    """What the picture leaves out, in words."""
    shape = found.shape
    if not shape:
        return ""
    most = ([MOST_SHEETS, MOST_ROWS, MOST_COLUMNS] if len(shape) > 2 else [MOST_ROWS, MOST_COLUMNS])[-len(shape):]
    cut = [axis for axis, limit in zip(range(len(shape) - len(most), len(shape)), most) if shape[axis] > limit]
    return ("Drawn are the first %s." % ", ".join(
        "%d of %d on axis %d" % (most[axis - len(shape)], shape[axis], axis) for axis in cut)) if cut else ""


def _note_on_outer(outer, path):
    blocks = 1
    for length in outer:
        blocks *= length
    return (Markup('<p class="hint">The block at %s, the first of %s: the axes 0 to %d are too many to draw.</p>')
            % (nesting.name_of(path), " × ".join(str(length) for length in outer), len(outer) - 1))


def axis(number, length, what, arrow):
    """The mark of an axis in the colour that its number has in the shape."""
    return (Markup('<span class="arrays-axis"><span class="dim d%d">axis %d</span> %s %d %s%s</span>')
            % (number % 4, number, arrow, length, what, "" if length == 1 else "s"))


def _sheets(value, path, shape, plain):
    first = len(path)
    sheets = join(
        Markup('<div class="arrays-sheet">%s%s</div>') % (
            "" if plain else Markup('<p class="arrays-name">%s</p>') % nesting.name_of(path + (i,)),
            _table(value[i], path + (i,), shape[1:], plain, first + 1, marks=False))
        for i in range(min(shape[0], MOST_SHEETS)))
    head = "" if plain else Markup('<p class="arrays-axes">%s%s%s</p>') % (
        axis(first, shape[0], "sheet", "→"), axis(first + 1, shape[1], "row", "↓"), axis(first + 2, shape[2], "column", "→"))
    return head + Markup('<div class="arrays-sheets">%s</div>') % sheets


def _table(value, path, shape, plain, first, marks=True):
    """A vector or a matrix; `first` is the number of its first axis."""
    rows = [value] if len(shape) == 1 else value[:MOST_ROWS]
    columns = min(shape[-1], MOST_COLUMNS)
    out = []
    if marks and not plain:
        top = axis(first + len(shape) - 1, shape[-1], "item" if len(shape) == 1 else "column", "→")
        if len(shape) == 2:
            top = axis(first, shape[0], "row", "↓") + top
        out.append(Markup('<p class="arrays-axes">%s</p>') % top)
    out.append(Markup('<table class="matrix">'))
    if not plain:
        out.append(Markup("<thead><tr>%s%s</tr></thead>") % (
            Markup("<td></td>") if len(shape) == 2 else "", join(Markup('<th scope="col">%d</th>') % j for j in range(columns))))
    out.append(Markup("<tbody>"))
    for i, row in enumerate(rows):
        here = path + (i,) if len(shape) == 2 else path
        out.append(Markup("<tr>%s%s%s</tr>") % (
            Markup('<th scope="row">%d</th>') % i if len(shape) == 2 and not plain else "",
            join(_cell("td", row[j], here + (j,)) for j in range(columns)),
            Markup('<td class="arrays-more">…</td>') if shape[-1] > columns else ""))
    out.append(Markup("</tbody></table>"))
    if len(shape) == 2 and shape[0] > MOST_ROWS:
        out.append(Markup('<p class="arrays-more">⋮</p>'))
    return join(out)


def _cell(tag, value, path):
    at = "-".join(str(index) for index in path)
    return (Markup('<%s class="arrays-cell" id="arrays-cell-%s" data-do="arrays_pick" data-at="%s" tabindex="-1" title="%s">%s</%s>')
            % (tag, at, at, full_text(value), short_text(value), tag))


def full_text(value):
    """An item as Python writes it, cut where it is very long."""
    text = repr(value) if isinstance(value, str) else str(value).replace("-", "−")
    return text if len(text) <= 200 else text[:200] + "…"


def short_text(value):
    """An item in the few characters that a cell has room for."""
    text = full_text(value)
    return text if len(text) <= 9 else text[:8] + "…"


class _Boxes:
    """Boxes inside boxes, up to so many in all; the place that differs is always drawn, and marked."""

    def __init__(self, found, plain):
        self.found, self.plain, self.left = found, plain, MOST_BOXES

    def draw(self, value):
        return Markup('<div class="arrays-boxes">%s</div>') % self._box(value, ())

    def _box(self, value, path):
        self.left -= 1
        leaf = not nesting.is_list(value)
        name = Markup('<span class="arrays-name">%s</span>') % nesting.name_of(path[-1:] if leaf else path)
        if leaf:
            return Markup('<div class="arrays-leaf%s">%s%s%s</div>') % (self._mark(path), name, _cell("div", value, path), self._label(path, -1))
        stacked = any(nesting.is_list(item) for item in value)
        inside = join(self._items(value, path)) if len(path) < DEEPEST else "…"
        return Markup('<div class="arrays-box%s"><p>%s%s</p><div class="%s">%s</div></div>') % (
            self._mark(path), name, self._label(path, len(value)), "arrays-stack" if stacked else "arrays-line",
            inside or Markup('<span class="hint">empty</span>'))

    def _items(self, value, path):
        """The first items, and of those after them the one on the way to the place that differs."""
        place, depth = self.found.place, len(path)
        missed = 0
        for i, item in enumerate(value):
            wanted = place[:depth + 1] == path + (i,)
            if wanted or (i < MOST_COLUMNS and self.left > 0):
                if missed:
                    yield Markup('<span class="hint">… %d more</span>') % missed
                missed = 0
                yield self._box(item, path + (i,))
            else:
                missed += 1
        if missed:
            yield Markup('<span class="hint">… %d more</span>') % missed

    def _mark(self, path):
        return " fault" if self.found.fault and not self.plain and path == self.found.place else ""

    def _label(self, path, count):
        if self.plain or not self.found.fault or path not in (self.found.place, self.found.model):
            return ""
        return Markup('<b>%s</b>') % ("a single item" if count < 0 else nesting.items_text(count))
