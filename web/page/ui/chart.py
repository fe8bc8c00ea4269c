"""The loss chart: decides which curves, kept runs and axis are shown; lossplot.js draws them."""
import spec as specs
from pyscript import ffi
from pyscript.js_modules.page import lossplot
from ui import compare, dom

LOSS_NAMES = {"categorical_cross_entropy": "loss: cross-entropy", "mse": "loss: mean squared error"}

_shown = {"for": None, "kept": None}


def create():
    """Builds the chart anew, in the colours of the present theme; keeps its curves."""
    lossplot.create(dom.el("loss-chart"), dom.el("loss-readout"), dom.el("loss-said"))


def render(state):
    """Shows the chosen axis and the kept runs that can stand beside the present one."""
    now = (state["revision"], [run["mark"] for run in state["kept"]])
    if now == _shown["for"]:
        return
    _shown["for"] = now
    spec = state["spec"]
    is_log = spec["chart"] == "log"
    dom.el("chart-log").checked = is_log
    dom.el("chart-linear").checked = not is_log
    lossplot.setAxis(is_log, LOSS_NAMES[specs.loss_of(spec)])
    drawn = [run for run in state["kept"] if compare.is_comparable(spec, run["spec"])]
    marks = [run["mark"] for run in drawn]
    if marks != _shown["kept"]:
        _shown["kept"] = marks
        lossplot.keep(ffi.to_js([_curves(run) for run in drawn]))


def draw(arrays, state):
    """Shows the curves of a frame and the epoch with the lowest validation loss."""
    if "history" in arrays:
        best = float(state["best_epoch"])  # a whole number from 2**31 on would arrive in JavaScript as another
        lossplot.show(arrays["history"], best, state["best_loss"])


def clear():
    """An empty chart, for a network that has not been evaluated."""
    lossplot.clear()


def fit():
    """Takes up the size of its box."""
    lossplot.fit()


def _curves(run):
    curves = run["curves"]
    return {"mark": run["mark"], "dash": compare.DASHES[run["mark"]],
            "epochs": curves.epochs, "train": curves.train, "validation": curves.validation}
