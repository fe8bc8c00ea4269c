"""The table of kept runs: the present one above up to five others, each named by what it does differently."""
from ui import dom
from ui.compare import DASHES, MARKS, can_keep, differences, is_comparable
from ui.run_bar import loss_text
from ui.markup import Markup, join

HINT = "Keep this run, change one thing, reset and play: with the same seeds the two curves can be compared."
FULL = "%d runs are kept. Remove one to keep another." % len(MARKS)
OTHER = "Not drawn: the loss of another task or data set means something else."

_drawn = {"for": None}


def render(state):
    """Shows the kept runs; their names follow the present spec."""
    kept, best = state["kept"], state["best_loss"]
    dom.el("keep-run").disabled = not can_keep(state)
    dom.hide("kept-table", not kept)
    dom.text("this-best", "–" if best is None else loss_text(best))
    dom.text("this-epoch", "" if best is None else "epoch %d" % state["best_epoch"])
    dom.text("this-last", loss_text(state["run"]["validation_loss"]) if state["run"] else "–")
    dom.text("this-last-epoch", "epoch %d" % state["run"]["epoch"] if state["run"] else "")
    now = (state["revision"], [run["mark"] for run in kept])
    if now == _drawn["for"]:
        return
    _drawn["for"] = now
    spec = state["spec"]
    dom.html("kept-rows", join(_row(run, differences(spec, run["spec"]), is_comparable(spec, run["spec"]))
                                  for run in kept))
    hidden = [run for run in kept if not is_comparable(spec, run["spec"])]
    dom.text("compare-hint", FULL if len(kept) == len(MARKS) else OTHER if hidden else HINT)


def _row(run, name, is_drawn):
    mark, name = run["mark"], name
    return (Markup('<tr%s><th scope="row"><div class="who"><b>%s</b> <span class="name">%s%s</span></div>'
            '<svg viewBox="0 0 28 6" aria-hidden="true"><path stroke-dasharray="%s" d="M0 3h28"/></svg></th>'
            '<td>%s<small>epoch %d</small></td><td>%s<small>epoch %d</small></td><td class="does">'
            '<button class="button" type="button" id="use-%s" data-do="take_settings" data-mark="%s" '
            'title="Take its settings" aria-label="Take the settings of run %s: %s">Use</button>'
            '<button class="button" type="button" id="remove-%s" data-do="remove_run" data-mark="%s" '
            'title="Remove" aria-label="Remove run %s: %s">×</button></td></tr>')
            % ("" if is_drawn else Markup(' class="off"'), mark, name, "" if is_drawn else Markup(" <em>(not drawn)</em>"),
               " ".join(str(length) for length in DASHES[mark]),
               loss_text(run["best_loss"]), run["best_epoch"], loss_text(run["last_loss"]), run["last_epoch"],
               mark, mark, mark, name, mark, mark, mark, name))
