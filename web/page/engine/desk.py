"""The desk at which all work of the engine is done, one piece at a time and in slices of a few milliseconds.

Between two slices the page's calls come in. What was asked for comes first, then training, then what the weights of
the moment still lack: their loss, the pictures, finer pictures. A frame is only built once the page has drawn the one
before, so a slow page slows no training and no queue grows; where its parts take long, numbers go ahead of them.
"""
import asyncio
import time
import traceback

from protocol import BUILDING, FAILED, FINISHED, TRAINING

from engine import frames, memory, plane
from engine.pace import Budget
from engine.trainer import SLICE, Trainer
from engine.work import BUILD, KEEP, MEASURE, Task, Work

FIRST = 0.040  # seconds that a frame may wait for its parts; after these its numbers go ahead
FRAME_GAP = 0.045  # least seconds between two frames while training
PICTURE_GAP = 0.12  # least seconds between two frames with pictures while training at full speed
FRAME_SHARE, PICTURE_SHARE = 0.05, 0.10  # of the time that frames without and with pictures may cost then


class Desk:
    """Does the `tasks` that are put on it, and trains its session while it is `playing`.

    `push(frame_dict)` is awaited for each frame. `revision` is the page's number for the session's spec, which each
    frame echoes.
    """

    def __init__(self, push, session):
        self.push, self.session = push, session
        self.revision = 0
        self.painter = None
        self.playing = False
        self.tasks = []
        self.current = None  # the task whose steps it is at
        self.is_stuck = False  # whether the last work failed, and is not to be tried again unasked
        self.finer = None  # side of the map to paint when there is nothing else to do
        self.loop = None  # it at work
        self.pushing = None
        self.shown_at = self.painted_at = 0.0
        self.frames, self.pictures = Budget(FRAME_SHARE), Budget(PICTURE_SHARE)
        self.trainer = Trainer(session)

    # ---- what it is asked for

    async def do(self, kind, steps, patience, revision=None):
        """Returns when a task is done and shown, or has been told to take long; raises what goes wrong before.

        What it returns is the steps' result, None where they are not done.
        """
        task = Task(kind, steps, patience, revision)
        self.tasks.append(task)
        self.wake()
        await task.answered
        return task.result

    def wake(self):
        """Begins to work, where it does not yet."""
        self.is_stuck = False
        if self.loop is None:
            self.loop = asyncio.ensure_future(self._work())

    def clear(self, *kinds):
        """Drops the tasks of these kinds, the one under way too, and the unfinished part of the training."""
        for task in [*self.tasks, self.current]:
            if task and task.kind in kinds:
                task.drop()
        self.tasks = [task for task in self.tasks if not task.dropped]
        self.trainer.interrupt()

    def is_building(self):
        """Whether a run is about to be built, or is being."""
        return any(task and task.kind == BUILD and not task.dropped for task in [*self.tasks, self.current])

    def _is_wanted(self):
        """Whether somebody waits for what is more urgent than pictures. Writing the run down, which comes every few
        seconds, is not: a picture that takes longer would never be finished."""
        return any(task.kind != KEEP for task in self.tasks)

    async def refuse(self, sentence, revision):
        """Tells the page that the spec of that revision can't be had, and why."""
        await self._push({"revision": revision, "state": FAILED, "refused": sentence})

    # ---- working

    async def _work(self):
        try:
            while self.tasks or self.session.spec and await self._do_next():
                if self.tasks:
                    await self._do_task(self.tasks.pop(0))
        finally:
            self.loop = None

    async def _do_next(self):
        """Does a piece of what nobody had to ask for; False where there is nothing."""
        if self.is_stuck:
            return False
        try:
            if self.playing:
                await self._train()
            elif self.session.is_unmeasured:
                await self._do_task(Task(MEASURE, self.session.evaluating(), FIRST))
            elif parts := self._parts():
                await self._show(parts)
            elif self.finer:
                await self._show([frames.finer_map(self.session, self.painter, self.finer)], self.finer)
            else:
                return False
        except Exception as error:
            await self._fail(error)
        return True

    async def _do_task(self, task):
        """Does all steps of a task, and shows what has changed."""
        if task.kind != BUILD and not self.session.spec:
            task.answer()  # the run that it was meant for could not be built
            return
        self.current, began, told = task, time.perf_counter(), ""
        try:
            while not self._slice_of(task):
                await asyncio.sleep(0)
                if task.dropped:
                    task.steps.close()
                    return
                if time.perf_counter() - began > task.patience and told != task.words:
                    told = task.words
                    await self._tell(task)
                    task.answer()
            self.current = None
            if task.revision is not None:
                self.revision = task.revision
            if task.kind != KEEP:
                await self._show(self._parts(), task=task)
        except Exception as error:
            if isinstance(error, MemoryError):
                error = ValueError(memory.out_of_memory())
            if not task.refuse(error):
                await self._fail(error, task)
        finally:
            self.current = None
            task.answer()

    def _slice_of(self, work):
        """Does steps for a SLICE of time; whether all are done."""
        end = time.perf_counter() + SLICE
        while not work.step():
            if time.perf_counter() >= end:
                return False
        return True

    async def _fail(self, error, task=None):
        """Tells the page, in a frame, what went wrong where no command waits for an answer."""
        words = memory.out_of_memory() if isinstance(error, MemoryError) else str(error)
        if task and task.kind == BUILD:
            await self.refuse(words, task.revision)
            return
        expected = isinstance(error, (MemoryError, ValueError))
        self.playing, self.finer, self.is_stuck = False, None, True
        self.trainer.interrupt()
        self.session.state = FAILED
        self.session.message = words if expected else traceback.format_exc()
        await self._push(self._frame({}))

    # ---- training

    async def _train(self):
        """Trains for a slice, or by one batch at a slow pace, and shows it where that is due."""
        pace = self.trainer.pace()
        if not self.trainer.go_on(pace):
            self.playing = False
            await self._do_task(Task(MEASURE, self.session.evaluating(), FIRST))
            return
        begun = time.perf_counter()
        budget = await self._show_when_due(pace)
        await self._rest(pace)
        if budget and not pace:
            budget.spent(time.perf_counter() - begun)  # the frame was built, and sent while resting

    async def _rest(self, pace):
        """Lets the page's calls in; at a slow pace until the next batch is due, or something is asked for."""
        due = time.perf_counter() + (1 / pace if pace and not self.trainer.under_way else 0)
        await asyncio.sleep(0)
        while self.playing and not self.tasks and time.perf_counter() < due:
            await asyncio.sleep(min(0.02, max(0, due - time.perf_counter())))

    # ---- frames

    async def _show_when_due(self, pace):
        """Sends a frame if one is due; returns the Budget that it is paid from, else None."""
        now = time.perf_counter()
        if self.pushing is not None and not self.pushing.done():
            return None
        pictures_too = self.trainer.speed > 0 or now - self.painted_at >= PICTURE_GAP and (pace or self.pictures.allows(now))
        if now - self.shown_at < FRAME_GAP or not (pace or pictures_too or self.frames.allows(now)):
            return None
        fields, done = {}, set()
        for name, words, steps in self._parts(calm=self.trainer.speed > 0) if pictures_too else []:
            work = Work(steps, words)
            done.add(name)
            while not self._slice_of(work):
                await asyncio.sleep(0)
                if self._is_wanted() or not self.playing:
                    work.drop()
                    return None  # parts that are done stay due, too
            fields.update(work.result)
        if pictures_too:
            self.session.dirty -= done
            self._note_pictures(done, plane.quick_side(self.session.network))
        self.pushing = asyncio.ensure_future(self.push(self._frame(fields)))
        return self.pictures if pictures_too else self.frames

    def _parts(self, calm=True):
        """The frame's parts that have changed, with maps that are painted in passing."""
        return frames.parts(self.session, self.painter, plane.quick_side(self.session.network), calm)

    async def _show(self, parts, side=None, task=None):
        """Sends all that has changed: in one frame, or, where that takes long, the numbers first and then each part.

        `side` is that of the map among the parts, where it is not the quick one; `task` is answered with the first
        frame. What is asked for meanwhile comes first, and parts that are not done stay due.
        """
        side = side or plane.quick_side(self.session.network)
        began, playing, fields, told = time.perf_counter(), self.playing, {}, False
        for i, (name, words, steps) in enumerate(parts):
            work = Work(steps, words)
            while not self._slice_of(work):
                if not told and time.perf_counter() - began > FIRST:
                    await self._push(self._frame(fields, words))
                    fields, told = {}, True
                    if task:
                        task.answer()
                await asyncio.sleep(0)
                if self._is_wanted() or self.playing and not playing:
                    work.drop()
                    await self._push(self._frame(fields))
                    return
            fields.update(work.result)
            self.session.dirty.discard(name)
            self._note_pictures({name}, side)
            if told:
                rest = parts[i + 1:]
                await self._push(self._frame(fields, rest[0][1] if rest else ""))
                fields = {}
        if not told:
            await self._push(self._frame(fields))

    def _note_pictures(self, parts, side):
        """Notes which map to paint next, where maps of that side are among the parts just painted."""
        if "pictures" in parts:
            self.finer = plane.finer(side) if self.session.is_flat else None
            self.painted_at = time.perf_counter()

    async def _tell(self, task):
        """Tells the page what takes long. While a run is built there are no numbers yet."""
        if task.kind == BUILD:
            await self._push({"revision": task.revision, "state": BUILDING, "doing": task.words})
        else:
            await self._push(self._frame({}, task.words))

    def _frame(self, fields, doing=""):
        """A frame of the numbers of the moment and these parts."""
        frame = frames.numbers(self.session)
        frame.update(fields)
        frame["revision"], frame["doing"] = self.revision, doing
        if self.playing and frame["state"] not in (FINISHED, FAILED):
            frame["state"] = TRAINING
        frame["rate"] = self.trainer.rate.value() if self.playing and not self.trainer.speed else 0
        self.shown_at = time.perf_counter()
        return frame

    async def _push(self, frame):
        """Sends a frame after the one under way; returns when the page has drawn it."""
        while self.pushing is not None and not self.pushing.done():
            await self.pushing
        self.pushing = asyncio.ensure_future(self.push(frame))
        await self.pushing
