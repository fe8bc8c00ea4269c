"""Notices: what the loss curves tell, in plain words, and what helps where a run went wrong."""
import protocol
import kinds
from ui import dom
from ui.run_bar import loss_text

PLATEAU_EPOCHS = 20  # nncore's diagnostics look this far back
# nncore's words around the learning rate that failed.
RATE_BEFORE, RATE_AFTER = "with a learning rate of ", ". The weights"

# Kinds of notice spoken since the run began: each is spoken once, however often it comes and goes.
_announced = []


def render(state):
    """Says under the chart what the curves tell, and beside the message what would help."""
    kind, words = notice(state)
    dom.text("notice-words", words)
    dom.el("notice").classList.toggle("strong", kind in ("memorising", "plateau", "failed"))
    dom.set_attribute("notice", "data-kind", kind)
    dom.el("restore-best").disabled = not _is_past_best(state)
    if kind in ("none", "start", "restored"):
        _announced.clear()
    if kind in ("memorising", "plateau", "restored") and kind not in _announced:
        _announced.append(kind)
        dom.text("notice-said", words)
    rate = failed_rate(state)
    dom.hide("smaller-rate", rate is None)
    dom.hide("retry", state["engine"] != "failed")
    dom.hide("remedies", rate is None and state["engine"] != "failed")
    if rate is not None:
        dom.text("smaller-rate", "Use a learning rate of " + kinds.number(rate / 10))


def notice(state):
    """The kind of notice, and its words."""
    run, best, lowest = state["run"], state["best_epoch"], state["best_loss"]
    if not run or best is None:
        return "none", "The loss of both sets will be drawn here, epoch by epoch."
    if run["state"] == protocol.FAILED:
        return "failed", ("The loss stopped being a finite number, so training stopped. "
                          "The message at the top says what helps.")
    if run["updates"] == 0:
        return "start", ("Press play: the loss of both sets is drawn here, epoch by epoch. "
                         "Both curves should fall.")
    at_best = "Validation was best at epoch %d, with a loss of %s" % (best, loss_text(lowest))
    if state["memorising"] >= 0 and not _is_past_best(state):
        return "restored", ("Back at the weights of epoch %d, with a validation loss of %s. "
                            "Play trains on from here." % (best, loss_text(lowest)))
    if state["memorising"] >= 0:
        return "memorising", ("Memorising since epoch %d: only the training loss still falls. "
                              "Validation rose from %s to %s."
                              % (state["memorising"], loss_text(lowest), loss_text(run["validation_loss"])))
    if state["plateau"]:
        return "plateau", ("The loss has hardly moved for %d epochs: it stands at %s. %s"
                           % (PLATEAU_EPOCHS, loss_text(run["train_loss"]), hint(state["spec"])))
    if run["state"] == protocol.FINISHED:
        return "finished", "%s %s." % (_with_full_stop(run["message"]), at_best)
    if best > 0:
        return "best", at_best + ". A dashed line that rises means that the network memorises."
    return "none", "Both curves should fall. A dashed line that rises means that the network memorises."


def hint(spec):
    """What may move a loss that stands still."""
    if spec["init"] in ("zeros", "constant"):
        return "All neurons of a layer began alike: start from Xavier or He weights."
    if spec["init"] == "small" and spec["layers"]:
        return ("Weights of scale %s let little through: start from Xavier or He weights."
                % kinds.number(spec["scale"]))
    if spec["lr"] < 0.001:
        return "A learning rate of %s is small: try a larger one." % kinds.number(spec["lr"])
    if spec["lr"] >= 0.1:
        return "A learning rate of %s is large: try a smaller one." % kinds.number(spec["lr"])
    return "Try another learning rate, more neurons, or other weights."


def failed_rate(state):
    """The learning rate with which the run diverged, as long as it is the one chosen; else None."""
    run = state["run"]
    if not run or run["state"] != protocol.FAILED or RATE_BEFORE not in run["message"]:
        return None
    rate = float(run["message"].split(RATE_BEFORE)[1].split(RATE_AFTER)[0])
    return rate if abs(rate - state["spec"]["lr"]) <= 1e-5 * rate else None  # the message has six digits


def _is_past_best(state):
    """Whether there are better weights to go back to."""
    run = state["run"]
    return bool(run and state["best_loss"] is not None and run["validation_loss"] > state["best_loss"])


def _with_full_stop(sentence):
    return sentence if sentence.endswith(".") else sentence + "."
