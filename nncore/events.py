"""An event tells what training has done since the one before; each prints as one readable line."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class BatchEvent:
    """One update of the parameters: the mean loss of its batch before it, and the penalty on the weights."""

    epoch: int  # from 1
    batch: int  # from 1
    batches: int  # in this epoch
    update: int  # since the beginning, from 1
    rows: np.ndarray  # rows of the training part that the batch took, (batch,)
    loss: float
    penalty: float
    kind = "batch"

    def __str__(self):
        penalty = f" + penalty {self.penalty:.6g}" if self.penalty else ""
        return f"epoch {self.epoch}, batch {self.batch} of {self.batches}: loss {self.loss:.6g}{penalty}"


@dataclass(frozen=True, slots=True)
class EpochEvent:
    """Loss and score on the training and validation part, with the weights as they are after this epoch."""

    epoch: int  # 0 is before training
    updates: int
    train_loss: float
    train_score: float
    validation_loss: float
    validation_score: float
    best_epoch: int  # the one with the smallest validation loss so far
    kind = "epoch"

    def __str__(self):
        return (
            f"epoch {self.epoch}: training loss {self.train_loss:.6g}, score {self.train_score:.4f}; "
            f"validation loss {self.validation_loss:.6g}, score {self.validation_score:.4f}; "
            f"best epoch {self.best_epoch}"
        )


@dataclass(frozen=True, slots=True)
class StopEvent:
    """Training has ended, and why: reason is "epochs", "early stopping" or "diverged"."""

    reason: str
    message: str
    epoch: int
    updates: int
    kind = "stop"

    def __str__(self):
        return f"stopped ({self.reason}): {self.message}"
