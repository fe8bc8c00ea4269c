"""Runs a session inside the worker: answers the page's commands, trains in slices, pushes frames.

Slices of a few milliseconds keep the worker answering; a frame is only built once the page has drawn
the one before, so a slow page slows no training and no queue grows.
"""
import asyncio
import time
import traceback

import numpy as np
import spec as specs
from protocol import FAILED, FINISHED, TRAINING

from engine import check, exhibits, frames
from engine.inside import Look
from engine.pictures import Painter
from engine.session import Session, pack

SLICE = 0.010  # seconds of training between two looks at the page's calls
FRAME_GAP = 0.045  # least seconds between two frames while training
PICTURE_GAP = 0.12  # least seconds between two frames with pictures while training at full speed
FRAME_SHARE, PICTURE_SHARE = 0.05, 0.10  # of the time that frames without and with pictures may cost then
SHOW_EACH = 12  # up to this many batches a second, every batch is evaluated and shown
GENTLE_START = 40  # batches a second at the beginning of a run on a map; one more after each update,
GENTLE_UPDATES = 1000  # up to here: about three seconds


class Service:
    """`push(frame_dict)` is awaited for each frame; all other methods are the page's commands."""

    def __init__(self, push):
        self.push = push
        self.session = None
        self.revision = 0  # the page's number for its spec, echoed in each frame
        self.painter = None
        self.playing = False
        self.loop = None
        self.pushing = None
        self.shown_at = self.painted_at = 0.0
        self.frames, self.pictures = Budget(FRAME_SHARE), Budget(PICTURE_SHARE)
        self.rate = Rate()

    # ---- commands

    async def configure(self, link, revision):
        self.revision = revision
        new, _ = specs.parse(link)
        if self.session is None:
            self.session = Session(new)
        elif self.session.configure(new):
            self.playing = False
        await self.show()

    async def set_palette(self, text):
        self.painter = Painter([[float(part) for part in colour.split(",")] for colour in text.split(";")])
        if self.session:
            self.session.dirty.add("pictures")
            await self.show()

    async def play(self):
        if self.loop and not self.playing:
            await self.loop  # a run that is ending must not find itself playing again
        if not self.playing:
            self.playing = True
            self.rate.restart()
            self.loop = asyncio.ensure_future(self._train())

    async def pause(self):
        self.playing = False
        if self.loop:
            await self.loop

    async def step_batch(self):
        await self.pause()
        self.session.step_batch()
        await self.show()

    async def step_epoch(self):
        await self.pause()
        self.session.step_epoch()
        await self.show()

    async def reset(self):
        await self.pause()
        self.session.reset()
        await self.show()

    async def open_test(self):
        self.session.open_test()
        await self.show()

    async def restore_best(self):
        await self.pause()
        self.session.restore_best()
        await self.show()

    async def set_parameter(self, place, value):
        self.session.set_parameter(place, float(value))
        await self.show()

    async def look_inside(self, text):
        self.session.set_look(Look(text) if text else None)
        await self.show()

    async def check_gradient(self, layer, key, row, column):
        return check.sentence(self.session.rehearsal(), int(layer), key, int(row), int(column))

    async def exhibit(self, name, question, numbers=None):
        if numbers is not None:
            numbers = np.frombuffer(numbers.to_py(), dtype="<f8")
        return exhibits.answer(name, question, self.session, numbers)

    async def pack_weights(self):
        return pack(self.session.network)

    async def set_focus(self, column, neuron):
        self.session.set_focus(int(column), int(neuron))
        await self.show()

    # ---- training

    async def _train(self):
        """Trains until paused or ended; an error reaches the page as a message, since nobody awaits this task."""
        try:
            while self.playing:
                pace = self._pace()
                self.playing = self._slow_step(pace) if pace else self._slice()
                begun = time.perf_counter()
                budget = self._show_when_due(pace)
                await self._rest(pace)
                if budget and not pace:
                    budget.spent(time.perf_counter() - begun)  # the frame was built, and sent while resting
            self.session.evaluate_now()
        except Exception:
            self.playing = False
            self.session.state, self.session.message = FAILED, traceback.format_exc()
        await self.show()

    def _pace(self):
        """Batches a second at the moment, 0 for as fast as it can: a run on a map gathers speed, to be seen."""
        updates = self.session.training.updates
        if not self.speed and self.session.is_flat and updates < GENTLE_UPDATES:
            return GENTLE_START + updates
        return self.speed

    @property
    def speed(self):
        """Batches a second as chosen, 0 for as fast as it can."""
        return int(self.session.spec["speed"])

    async def _rest(self, pace):
        """Lets the page's calls in; at a slow pace until the next batch is due, or playing ends."""
        due = time.perf_counter() + (1 / pace if pace else 0)
        await asyncio.sleep(0)
        while self.playing and time.perf_counter() < due:
            await asyncio.sleep(min(0.02, max(0, due - time.perf_counter())))

    def _slow_step(self, pace):
        going = self.session.advance()
        if going and pace <= SHOW_EACH:
            self.session.evaluate_now()
        return going

    def _slice(self):
        """Trains for a SLICE of time, in runs of updates that grow while they fit; False where the run has ended."""
        training = self.session.training
        before, now = training.updates, time.perf_counter()
        end, most, going = now + SLICE, 1, True
        while going and most > 0:
            begun, updates = now, training.updates
            going = self.session.advance(most, hurried=True)
            now = time.perf_counter()
            done, taken = max(1, training.updates - updates), now - begun
            most = int(min(2 * most, done * (end - now) / taken)) if taken else 2 * most  # the clock may be coarse
        self.rate.add(max(0, training.updates - before) * training.batch_size)
        return going

    # ---- frames

    def _show_when_due(self, pace):
        """Sends a frame if one is due; returns the Budget that it is paid from, else None."""
        now = time.perf_counter()
        if self.pushing is not None and not self.pushing.done():
            return None
        pictures_too = self.speed > 0 or now - self.painted_at >= PICTURE_GAP and (pace or self.pictures.allows(now))
        if now - self.shown_at < FRAME_GAP or not (pace or pictures_too or self.frames.allows(now)):
            return None
        self.pushing = asyncio.ensure_future(self.push(self._frame(pictures_too, calm=self.speed > 0)))
        return self.pictures if pictures_too else self.frames

    async def show(self):
        """Sends everything that has changed, after the frame under way."""
        if self.pushing is not None and not self.pushing.done():
            await self.pushing
        self.pushing = asyncio.ensure_future(self.push(self._frame(True)))
        await self.pushing

    def _frame(self, pictures_too, calm=True):
        frame = frames.frame(self.session, self.painter, pictures_too, calm)
        frame["revision"] = self.revision
        if self.playing and frame["state"] not in (FINISHED, FAILED):
            frame["state"] = TRAINING
        frame["rate"] = self.rate.value() if self.playing and not self.speed else 0
        self.shown_at = time.perf_counter()
        if pictures_too:
            self.painted_at = self.shown_at
        return frame


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
