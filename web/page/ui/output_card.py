"""The Output card: the answer at every point of the plane or the confusion matrix, and the loss."""
import shapes
from protocol import HALF
from pyscript.js_modules import paint
from ui import chart, dom
from ui.state import data_of

CLASS_MARKS = "●▲■◆★"


def render(state):
    """Shows the output that suits the task and the data set, with its legend."""
    data, task = data_of(state), state["spec"]["task"]
    names = shapes.class_names(state["spec"])
    dom.hide("map-block", not data.flat)
    dom.hide("confusion-block", data.flat or task != "classify")
    if data.flat:
        dom.text("output-facts", "The answer at every point")
        dom.html("classes", "".join('<li><i class="ink-c%d">%s</i>%s</li>' % (c, CLASS_MARKS[c], name)
                                    for c, name in enumerate(names)) + '<li class="note">hollow: validation</li>')
    elif task == "classify":
        dom.text("output-facts", "Confusion matrix, validation rows")
        dom.html("confusion", _table(names))
        dom.text("confusion-hint", "Each row is a true class, each column a predicted one; the shade is the share of "
                                   "the row. What is right stands on the diagonal.")


def draw(arrays, state):
    """Draws what came of the loss curves and of the network's answers."""
    if "history" in arrays:
        chart.draw(arrays["history"])
    if "points" in arrays and data_of(state).flat:
        points = arrays["points"]
        paint.points(dom.el("points-layer"), points.x, points.labels, points.parts, HALF)
    if "confusion" in arrays and not data_of(state).flat:
        paint.showConfusion(dom.el("confusion"), arrays["confusion"], len(shapes.class_names(state["spec"])))


def render_notice(state):
    """Says under the chart what the curves tell."""
    words, strong = _notice(state, state["run"])
    dom.text("notice", words)
    dom.el("notice").classList.toggle("strong", strong)


def _table(classes):
    wide = " wide" if len(classes[0]) > 1 else ""
    head = "".join('<th scope="col" title="predicted %s">%s</th>' % (name, name) for name in classes)
    body = "".join(
        '<tr><th scope="row" title="true %s">%s</th>%s</tr>' % (name, name, "".join(
            '<td data-cell%s></td>' % (' class="right"' if i == j else "") for j in range(len(classes))))
        for i, name in enumerate(classes))
    return '<caption>predicted class</caption><thead><tr><td class="corner%s"></td>%s</tr></thead><tbody>%s</tbody>' % (wide, head, body)


def _notice(state, run):
    """What the curves say in plain words; True where it is worth a second look."""
    if not run:
        return "The loss of both sets will be drawn here, epoch by epoch.", False
    if run["updates"] == 0:
        return "Press play: the loss of both sets is drawn here, epoch by epoch.", False
    best, epoch = state["best_epoch"], run["epoch"]
    if best is not None and epoch - best >= 10 and run["validation_loss"] > 1.05 * state["best_loss"]:
        return ("Validation was best at epoch %d, with a loss of %.3f. Since then only training improves: "
                "the first sign of memorising." % (best, state["best_loss"])), True
    if best is not None and best > 0:
        return "Validation has been best at epoch %d, with a loss of %.3f." % (best, state["best_loss"]), False
    return "Both curves should fall. A rising dashed line means that the network memorises.", False
