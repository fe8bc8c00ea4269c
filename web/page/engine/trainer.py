"""Trains a session for a slice of time: in runs of updates that grow while they fit, or batch by batch at a chosen pace."""
import time

from engine.pace import Rate
from engine.work import Work

SLICE = 0.010  # seconds of work between two looks at the page's calls
SHOW_EACH = 12  # up to this many batches a second, every batch is evaluated and shown
GENTLE_START = 40  # batches a second at the beginning of a run on a map; one more after each update,
GENTLE_UPDATES = 1000  # up to here: about three seconds


class Trainer:
    """Moves a session on; `under_way` is the Work that did not fit into the last slice, which the next goes on with."""

    def __init__(self, session):
        self.session = session
        self.under_way = None
        self.rate = Rate()

    @property
    def speed(self):
        """Batches a second as chosen, 0 for as fast as it can."""
        return int(self.session.spec["speed"])

    def pace(self):
        """Batches a second at the moment, 0 for as fast as it can: a run on a map gathers speed, to be seen."""
        updates = self.session.training.updates
        if not self.speed and self.session.is_flat and updates < GENTLE_UPDATES:
            return GENTLE_START + updates
        return self.speed

    def interrupt(self):
        """Drops the update under way, which the weights of the moment do not fit any more or nobody waits for."""
        if self.under_way:
            self.under_way.drop()
            self.under_way = None

    def go_on(self, pace):
        """Trains for a SLICE at most; False where the run has ended."""
        return self.one_batch(pace) if pace else self.slice()

    def one_batch(self, pace):
        """Trains by one batch, or by as much of it as a slice has room for; False where the run has ended."""
        end = time.perf_counter() + SLICE
        work = self.under_way or Work(self._shown() if pace <= SHOW_EACH else self.session.advancing())
        self.under_way = None if self._is_done(work, end) else work
        return bool(self.under_way or work.result)

    def slice(self):
        """Trains for a SLICE of time, in runs of updates that grow while they fit; False where the run has ended."""
        training = self.session.training
        before, now = training.updates, time.perf_counter()
        end, most, going = now + SLICE, 1, True
        while going and most > 0:
            begun, updates, left_over = now, training.updates, self.under_way
            work, self.under_way = left_over or Work(self.session.advancing(most, hurried=True)), None
            if not self._is_done(work, end):
                self.under_way = work
                break
            going, now = work.result, time.perf_counter()
            done, taken = max(1, training.updates - updates), now - begun
            if left_over:
                most = int(now < end)  # it does not tell what a whole run takes
            else:
                most = int(min(2 * most, done * (end - now) / taken)) if taken else 2 * most  # the clock may be coarse
        self.rate.add(max(0, training.updates - before) * training.batch_size)
        return going

    def _shown(self):
        """One batch and its evaluation, in steps."""
        going = yield from self.session.advancing()
        if going:
            yield from self.session.evaluating()
        return going

    def _is_done(self, work, end):
        """Does the work's steps until that time; whether all are done."""
        while not work.step():
            if time.perf_counter() >= end:
                return False
        return True
