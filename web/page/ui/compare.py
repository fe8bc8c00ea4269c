"""Comparing runs: keeps a run's curves beside the present one, so that one choice at a time can be changed.

Pure functions of the page's state. A kept run is a dict: `mark` (its letter), `spec`, `curves` (the arrays
of protocol's `history`), `best_epoch`, `best_loss`, `last_epoch`, `last_loss`. Kept runs live in the page
only, never in a link. Those of another task, data set or loss stay in the table but off the chart: their
losses mean something else.
"""
import shapes
import kinds
import spec as specs
from ui.state import merged, with_spec

MARKS = "ABCDE"  # as many runs as can be kept
# The dashes of their validation curves.
DASHES = {"A": [6, 3], "B": [2, 2], "C": [10, 3, 2, 3], "D": [1, 3], "E": [14, 4]}
SEEDS = ["data seed", "split seed", "weight seed", "shuffle seed"]
OF_THE_VIEW = ["speed", "engine", "chart", "labels", "hide"] + specs.LOOKS  # choices that leave the run as it is


def can_keep(state):
    """Whether there is a trained run to keep, and room for it."""
    run = state["run"]
    return bool(run and run["updates"]) and len(state["kept"]) < len(MARKS)


def keep(state, curves):
    """Keeps the present run under the first free letter; the same curves are kept once only."""
    if not can_keep(state) or any(run["curves"] == curves for run in state["kept"]):
        return state
    taken = [run["mark"] for run in state["kept"]]
    mark = [letter for letter in MARKS if letter not in taken][0]
    run = {"mark": mark, "spec": state["spec"], "curves": curves,
           "best_epoch": state["best_epoch"], "best_loss": state["best_loss"],
           "last_epoch": state["run"]["epoch"], "last_loss": state["run"]["validation_loss"]}
    return merged(state, {"kept": sorted(state["kept"] + [run], key=lambda run: run["mark"])})


def remove(state, mark):
    """Forgets a kept run."""
    return merged(state, {"kept": [run for run in state["kept"] if run["mark"] != mark]})


def take_settings(state, mark):
    """The spec of a kept run, with its seeds; the look of the page stays."""
    spec = dict([run["spec"] for run in state["kept"] if run["mark"] == mark][0])
    spec.update({key: state["spec"][key] for key in OF_THE_VIEW})
    return with_spec(state, spec)


def is_comparable(spec, other):
    """Whether the losses of two specs measure the same thing."""
    measured_alike = spec["task"] == "classify" or specs.standardizes(spec) == specs.standardizes(other)
    return (all(spec[key] == other[key] for key in ("task", "data"))
            and specs.loss_of(spec) == specs.loss_of(other) and measured_alike
            and len(shapes.class_names(spec)) == len(shapes.class_names(other)))


def differences(spec, other):
    """What `other` does differently from `spec`, in a few words: `lr 0.1`, `tanh,tanh`, `weight seed 2`."""
    return ", ".join(_different_words(spec, other)) or "same settings"


def _different_words(spec, other):
    words = []
    for key, kind, _ in specs.FIELDS:
        if key in OF_THE_VIEW or spec[key] == other[key]:
            continue
        if key == "layers":
            words += _layer_words(spec["layers"], other["layers"])
        elif key == "seeds":
            words += ["%s %d" % (name, seed)
                      for name, old, seed in zip(SEEDS, spec["seeds"], other["seeds"]) if old != seed]
        elif key in WORDS:
            words.append(WORDS[key](other[key]))
        else:
            words.append(key + " " + kind.write(other[key]))
    return words


WORDS = {
    "task": str, "data": str, "opt": str,
    "points": lambda points: "%d points" % points,
    "classes": lambda classes: "%d classes" % classes,
    "features": lambda names: "features " + ",".join(names),
    "standardize": {"auto": "standardised as usual", "0": "not standardised", "1": "standardised"}.get,
    "loss": {"auto": "usual loss", "mse": "squared error", "categorical_cross_entropy": "cross-entropy"}.get,
    "schedule": lambda name: name + " rate",
    "shuffle": {"0": "not shuffled", "1": "shuffled"}.get,
    "epochs": lambda epochs: "%d epochs" % epochs if epochs else "no epoch limit",
    "patience": lambda epochs: "patience %d" % epochs if epochs else "no early stopping",
    "weights": lambda packed: "weights of a link" if packed else "weights of the seed",
    "lock": lambda locks: "locked " + ",".join(locks) if locks else "nothing locked",
}


def _layer_words(layers, other):
    """The other's activations, sizes or dropouts where only these differ, else its layers as in a link."""
    if not other:
        return ["no hidden layer"]
    parts = [[layer[k] for layer in layers] != [layer[k] for layer in other] for k in range(3)]
    if len(layers) != len(other) or parts[0] and parts[1]:
        return [kinds.Layers().write(other)]
    dropouts = ["–" if layer[2] is None else kinds.number(layer[2]) for layer in other]
    words = [",".join(str(layer[0]) for layer in other) + " neurons", ",".join(layer[1] for layer in other),
             "dropouts " + ",".join(dropouts)]
    return [words[k] for k in range(3) if parts[k]]
