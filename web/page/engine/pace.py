"""How fast a run goes and how often it is shown: frames may cost a share of the time, and rows are counted."""
import time

import numpy as np


class Budget:
    """Spaces frames out so that they cost no more than a share of the time."""

    def __init__(self, share):
        self.share = share
        self.due = self.cost = 0.0

    def allows(self, now):
        """Whether the next frame is due."""
        return now >= self.due

    def spent(self, cost):
        """Takes note of the seconds that a frame has just cost; of a sudden long one only half counts."""
        self.cost = (self.cost + cost) / 2 if self.cost else cost
        self.due = time.perf_counter() + self.cost * (1 / self.share - 1)


class Rate:
    """Training rows a second over about the last second."""

    def __init__(self):
        self.restart()

    def restart(self):
        self.marks = [(time.perf_counter(), 0)]

    def add(self, rows):
        now = time.perf_counter()
        self.marks.append((now, self.marks[-1][1] + rows))
        while len(self.marks) > 2 and now - self.marks[1][0] > 1:
            self.marks.pop(0)

    def value(self):
        (start, before), (end, after) = self.marks[0], self.marks[-1]
        return float(np.round((after - before) / (end - start))) if end - start > 0.2 else 0.0
