"""What makes a run another than the one that its link alone would give: what was changed on the way, and at which epoch.

A link holds the settings of the moment. Its run uses them from the first update on; one whose settings or weights were
changed after some updates has other numbers.
"""
import zlib

import numpy as np
import shapes
from spec import dropouts

from nncore.optimizers import OPTIMIZERS

CONSTANT = "constant"  # the schedule that asks for no number of epochs
WEIGHTS, BEST = "weights by hand", "back to the best weights"
SETTINGS = ["learning rate", "optimizer", "batch size", "L1", "L2", "dropout", "locks", "shuffling", "schedule", "epochs",
            "patience"]
ALL = SETTINGS + [WEIGHTS, BEST]
TEXT = 200  # characters that a former value has at most


class Departures:
    """`is_begun` tells whether any update was done since the initial weights; before that a setting changes nothing.

    `notes` are lists [what, epoch, former], in order: `former` is the setting, as text, that would undo the change, None
    once an update was done with another, or where nothing undoes it.
    """

    def __init__(self, is_begun=False, notes=()):
        self.is_begun = is_begun
        self.notes = [list(note) for note in notes]

    def words(self):
        """What was changed and when, as in "learning rate at epoch 5, weights by hand at epoch 7"; "" for nothing."""
        return ", ".join("%s at epoch %d" % (what, epoch) for what, epoch, _ in self.notes)

    def settings_change(self, before, after, epoch, history):
        """Takes note of another spec, where it gives a run other numbers that has come to that epoch."""
        if not self.is_begun:
            return
        scheduled = CONSTANT not in (before["schedule"], after["schedule"])
        waited = longest_wait(history)
        old, new = (_influences(spec, epoch, scheduled, waited) for spec in (before, after))
        for what in SETTINGS:
            if old[what] != new[what]:
                forgets = what == "optimizer" and OPTIMIZERS[before["opt"]].n_moments  # they do not come back
                self._note(what, epoch, None if forgets else old[what], new[what])

    def weights_change(self, what, epoch):
        """Takes note of weights that no update made."""
        self._note(what, epoch, None, None)

    def updated(self):
        """Takes note of updates: what was changed before them stays changed."""
        self.is_begun = True
        for note in self.notes:
            note[2] = None

    def _note(self, what, epoch, former, value):
        known = next((note for note in self.notes if note[0] == what), None)
        if known is None:
            self.notes.append([what, epoch, former])
        elif value is not None and known[2] == value:
            self.notes.remove(known)  # set back, and no update done meanwhile


def _influences(spec, epoch, scheduled, waited):
    """Each setting in the form in which it decides the numbers of a run, as text: the same form, the same numbers."""
    if scheduled:
        epochs = spec["epochs"] or 100  # over which the learning rate falls
    else:
        epochs = "fewer" if 0 < spec["epochs"] < epoch else ""  # the link's run would have ended before
    values = [spec["lr"], spec["opt"], shapes.batch_size(spec), spec["l1"], spec["l2"], dropouts(spec),
              zlib.crc32(",".join(spec["lock"]).encode()), spec["shuffle"], spec["schedule"], epochs,
              spec["patience"] if 0 < spec["patience"] <= waited else ""]  # it would have ended the run, or has
    return dict(zip(SETTINGS, map(str, values)))


def longest_wait(history):
    """The most epochs that a run has had to wait for a lower validation loss: a smaller patience would have ended it."""
    if not history:
        return 0
    best = np.unique(history.column("best_epoch"))
    return int(max(history[-1].epoch - best[-1], *(np.diff(best) - 1), 0))
