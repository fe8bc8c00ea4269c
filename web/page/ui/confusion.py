"""The confusion matrix of the validation rows, each class's recall, and the surest mistakes."""
import shapes
from protocol import MOST_MISTAKES
from pyscript.js_modules.page import tables
from ui import dom
from ui.state import data_of
from ui.markup import Markup, join

HINT = ("Each row is a true class, each column a predicted one; the shade is the share of the row. What is right "
        "stands on the diagonal; its share, the recall, in the last column.")


def render(state):
    """Makes the places for counts and mistakes; True where they are new and still empty."""
    data = data_of(state)
    new = dom.html("confusion", _table(shapes.class_names(state["spec"])))
    dom.text("confusion-hint", HINT)
    dom.el("mistakes").classList.toggle("pictures", bool(data.side))
    return dom.html("mistakes", _places(data.side)) or new


def draw(arrays, state):
    """Shows what came of counts and mistakes."""
    if "confusion" in arrays:
        tables.confusion(dom.el("confusion"), arrays["confusion"], len(shapes.class_names(state["spec"])))
    if "mistakes" in arrays:
        found = arrays["mistakes"]
        tables.mistakes(dom.el("mistakes"), found)
        dom.text("mistakes-note", "the surest first" if found.length else "none among the validation rows")


def _table(classes):
    """A row for each true class, a column for each predicted one, and the recall."""
    wide = " wide" if len(classes[0]) > 1 else ""
    head = join(Markup('<th scope="col" title="predicted %s">%s</th>') % (name, name) for name in classes)
    body = join(
        Markup('<tr><th scope="row" title="true %s">%s</th>%s<td class="recall" data-recall></td></tr>')
        % (name, name, join(Markup('<td data-cell%s></td>') % (Markup(' class="right"') if i == j else "")
                               for j in range(len(classes))))
        for i, name in enumerate(classes))
    return (Markup('<caption>predicted class</caption><thead><tr><td class="corner%s"></td>%s'
            '<th scope="col" class="recall" title="Of the rows of this class, the share that is predicted right">'
            'recall</th></tr></thead><tbody>%s</tbody>') % (wide, head, body))


def _places(side):
    """A place for each mistake, so that nothing moves when there are more or fewer."""
    answers = Markup('<span class="answers"><span class="hidden">true </span><b class="truth"></b> → '
               '<span class="hidden">predicted </span><b class="answer"></b></span>')
    sureness = Markup('<span class="probability"></span>')
    if side:
        place = Markup('<canvas width="%d" height="%d" role="img"></canvas><span class="words">%s %s</span>') % (
            side, side, answers, sureness)
    else:
        place = Markup('<span class="words"><span class="row"></span> · %s %s</span>') % (sureness, answers)
    return (Markup('<li class="none" aria-hidden="true">%s</li>') % place) * MOST_MISTAKES
