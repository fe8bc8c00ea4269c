"""A history is what was measured in the course of a run: a bounded record, and exact facts that cost the same however
long the run is.
"""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from . import checks
from .events import EpochEvent

NAMES = [field.name for field in fields(EpochEvent)]
EPOCH = NAMES.index("epoch")
WHOLE = [field.name for field in fields(EpochEvent) if field.type is int]
LEAST = 100  # points that a history can be asked to keep
NEWEST = 32  # points that are never thinned, so that what happens now is told exactly
PER_BUCKET = 4  # points that stand for a bucket: lowest and highest loss, training and validation
FIRST_ROOM = 64  # points before the record grows for the first time


def points_to_keep(value, name):
    """Return how many points a history is to keep: None for all, else a whole number of LEAST or more."""
    return None if value is None else checks.count(value, name, LEAST)


class History(Sequence):
    """The EpochEvents of a run in their order, as a sequence: [0] the first, [-1] the newest.

    Up to `keep` of them are kept (None: all), each as a row of 56 bytes in an array that doubles as it grows; an
    event is made from its row when it is asked for. A longer run is told more coarsely: its epochs are taken in equal
    buckets of 1, 2, 4, 8 …, of which only the points of lowest and highest training and validation loss stay, beside
    the first point of all and the newest NEWEST. So no extreme is lost, and each stands at its own epoch. `best` (the
    first EpochEvent of lowest validation loss, None before any) and `measured` (how many were added) are exact
    whatever was thinned. To add an event costs the same on average however many came before it. Raises ValueError
    where `keep` is below LEAST.
    """

    def __init__(self, events=(), *, keep=None):
        self.keep = points_to_keep(keep, "keep")
        self.best = None
        self.measured = 0
        self._count = 0
        self._rows = np.empty((FIRST_ROOM, len(NAMES)))  # float64 holds whole numbers up to 2**53 exactly
        for event in events:
            self.add(event)

    @classmethod
    def from_table(cls, table, measured, *, keep=None):
        """Return the History whose `table` this was, when `measured` events had been added.

        Raises ValueError where `table` is no (n, 7) array of float64 that a run could have left.
        """
        history = cls(keep=keep)
        table = _sound_table(table)
        if history.keep is not None and len(table) > history.keep:
            raise ValueError(f"the history has {len(table)} points but is to keep {history.keep}")
        history.measured = checks.count(measured, "measured", len(table))
        history._count = len(table)
        history._rows = np.empty((max(FIRST_ROOM, len(table)), len(NAMES)))
        history._rows[: len(table)] = table
        if len(table):
            history.best = history[int(table[:, NAMES.index("validation_loss")].argmin())]  # no thinning takes it away
        elif measured:
            raise ValueError(f"the history is empty but {measured} points were measured")
        return history

    @property
    def table(self):
        """What is kept as an array, (len(self), 7): a row for each event, a column for each of its numbers. It is the
        history's own, and changes with it."""
        return self._rows[: self._count]

    def add(self, event):
        """Take in the newest EpochEvent; raises ValueError, and changes nothing, where its epoch is not a later one."""
        newest = self._rows[self._count - 1, EPOCH] if self._count else -1
        if event.epoch <= newest:
            raise ValueError(
                f"the event is of epoch {event.epoch} but the history has come to epoch {newest:.0f}: "
                "each must be of a later epoch than the one before"
            )
        if self._count == self.keep:
            self._thin()
        if self._count == len(self._rows):
            self._grow()
        self._rows[self._count] = [getattr(event, name) for name in NAMES]
        self._count += 1
        self.measured += 1
        if self.improves(event):
            self.best = event

    def improves(self, event):
        """Whether an event's validation loss is below that of all before it."""
        return self.best is None or event.validation_loss < self.best.validation_loss

    def column(self, name):
        """Return one of the numbers of all points that are kept, such as "train_loss", as a new (len(self),) array."""
        return self._rows[: self._count, NAMES.index(name)].copy()

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [_event(row) for row in self._rows[: self._count][index].tolist()]
        return _event(self._rows[range(self._count)[index]].tolist())

    def __eq__(self, other):
        if not isinstance(other, (History, list)):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other))

    __hash__ = None  # it changes

    def __repr__(self):
        if not self._count:
            return "History(nothing measured)"
        return (
            f"History({self._count} of {self.measured} points up to epoch {self[-1].epoch}, "
            f"best at epoch {self.best.epoch})"
        )

    def _grow(self):
        room = 2 * len(self._rows)
        rows = np.empty((room if self.keep is None else min(room, self.keep), len(NAMES)))
        rows[: self._count] = self._rows
        self._rows = rows

    def _thin(self):
        """Merge neighbours until half of the record is free."""
        old = self._rows[1 : self._count - NEWEST]
        epochs = old[:, EPOCH]
        most = (self.keep - NEWEST) // (2 * PER_BUCKET) - 1
        width = 1
        while epochs[-1] // width - epochs[0] // width >= most:
            width *= 2  # so that new buckets are made of whole old ones
        kept = _extremes(old, epochs // width)
        newest = self._rows[self._count - NEWEST : self._count].copy()
        end = 1 + len(kept)
        self._rows[1:end] = kept
        self._rows[end : end + NEWEST] = newest
        self._count = end + NEWEST


def _extremes(rows, buckets):
    """Return the rows (n, 7) that hold the lowest or highest loss of their bucket; `buckets` (n,) never fall."""
    starts = np.flatnonzero(np.diff(buckets, prepend=-1))
    ends = np.append(starts[1:], len(rows)) - 1
    stays = np.zeros(len(rows), bool)
    for name in ("train_loss", "validation_loss"):
        order = np.lexsort((rows[:, NAMES.index(name)], buckets))  # stable: of equal ones the first is the lowest
        stays[order[starts]] = stays[order[ends]] = True
    return rows[stays]


def _sound_table(table):
    """Return a table of events if a run could have left it."""
    if not isinstance(table, np.ndarray) or table.dtype.newbyteorder("=") != np.float64 or table.ndim != 2:
        raise ValueError("the history is no matrix of float64: one row for each measured epoch is needed")
    if table.shape[1] != len(NAMES):
        raise ValueError(f"the history is {table.shape}: the columns {', '.join(NAMES)} are needed")
    whole = table[:, [NAMES.index(name) for name in WHOLE]]
    if not np.isfinite(table).all() or (whole < 0).any() or (whole != np.floor(whole)).any() or (whole > 2**53).any():
        raise ValueError("the history holds what is no epoch, count or finite loss")
    epochs, updates, best = whole.T
    if (np.diff(epochs) <= 0).any() or (np.diff(updates) < 0).any() or (best > epochs).any():
        raise ValueError("the history must go from epoch to epoch, each later than the one before")
    return table


def _event(numbers):
    return EpochEvent(**{name: int(n) if name in WHOLE else n for name, n in zip(NAMES, numbers)})
