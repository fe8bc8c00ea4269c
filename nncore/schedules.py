"""A schedule makes the learning rate smaller as the epochs go by, so that a run begins boldly and ends carefully."""

import math
from dataclasses import dataclass
from typing import Callable

from . import checks


@dataclass(frozen=True)
class Schedule:
    """A factor on the learning rate for each epoch, counted from 0, of a run planned for `period` epochs."""

    name: str
    formula: str
    factor: Callable[[int, int], float]

    def __repr__(self):
        return f"Schedule({self.name!r}: {self.formula})"


def _step(epoch, period):
    return 0.5 ** min(4, 4 * epoch // period)


def _cosine(epoch, period):
    """Source: Loshchilov & Hutter, "SGDR" (2017), one cycle; a hundredth is kept, so that training never stalls."""
    return 0.01 + 0.99 * (1 + math.cos(math.pi * min(1.0, epoch / period))) / 2


SCHEDULES = {
    schedule.name: schedule
    for schedule in (
        Schedule("constant", "the same in every epoch", lambda epoch, period: 1.0),
        Schedule("step", "halved after each quarter of the period", _step),
        Schedule("cosine", "from 1 to 0.01 along half a cosine over the period", _cosine),
    )
}


def get(name):
    """Return the schedule of this name; ValueError lists the known ones."""
    return name if isinstance(name, Schedule) else checks.choice(name, SCHEDULES, "schedule")
