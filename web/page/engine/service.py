"""The page's commands, and what each of them means for the work at the desk.

None waits for long: what takes time goes on after the command has been answered.
"""
import numpy as np
import spec as specs
from protocol import OTHER_RUN, PUT_BACK, UNUSABLE

from engine import check, checkpoint, exhibits, memory
from engine.desk import Desk
from engine.inside import Look
from engine.pictures import Painter
from engine.session import Session, pack
from engine.work import BUILD, KEEP, LOOK, MEASURE, STEP

PATIENCE = 0.080  # seconds until a command is answered that is not done
AT_ONCE = 0.010  # … and one that needs nothing done: the rest may follow
FOR_EVER = float("inf")  # for a command whose answer is what it is for
NO_RUN = "There is no run: %s"
NOT_RESUMED = "The run as it was kept could not be put back: %s."
ANEW = " It begins anew."
NO_ROOM = "The browser has no memory to keep the run as it is now: it goes on, but an accident would lose it."


class Service:
    """`push(frame_dict)` is awaited for each frame; all other methods are the page's commands."""

    def __init__(self, push):
        self.session = Session()
        self.desk = Desk(push, self.session)
        self.refused = ""  # why there is no run

    # ---- what the run is to be

    async def configure(self, link, revision):
        """Steps that wait were asked for the spec before, and a run that is being built is of it: both are dropped."""
        spec, _ = specs.parse(link)
        self.desk.clear(BUILD, STEP)
        await self._take_up(spec, self.session.configuring(spec), revision, self.session.starts_over(spec))

    async def resume(self, link, revision, saved):
        """Takes up a spec as `configure` does, and with it the run that `checkpoint` wrote down."""
        spec, _ = specs.parse(link)
        self.desk.clear(BUILD, STEP)
        steps = self._resuming(spec, saved.to_py() if saved else b"")
        await self._take_up(spec, steps, revision, is_other=True)

    async def _take_up(self, spec, steps, revision, is_other):
        """Does the steps that lead to a spec, unless it is another run and memory can't hold it."""
        if is_other:
            self.refused = memory.refusal(spec)
            if self.refused:
                await self.desk.refuse(self.refused, revision)
                return
            self.desk.playing = False
            self.desk.clear(MEASURE)
        await self.desk.do(BUILD, steps, PATIENCE, revision)

    def _resuming(self, spec, saved):
        """Puts the run back; where that is not possible, the spec is taken up without it, and a sentence says why."""
        try:
            yield from checkpoint.restoring(self.session, spec, saved)
            self.session.resumed = PUT_BACK
        except checkpoint.OtherRun:
            yield from self.session.configuring(spec)
            self.session.resumed = OTHER_RUN
        except ValueError as error:
            self.session.resumed = UNUSABLE
            is_anew = yield from self.session.configuring(spec)
            said = NOT_RESUMED % error + (ANEW if is_anew else "")
            self.session.message = " ".join(filter(None, [said, self.session.message if is_anew else ""]))

    async def reset(self):
        self.desk.playing = False
        self.desk.clear(STEP)
        if not self.desk.is_building():  # what is built has the initial weights anyway
            self.desk.clear(MEASURE)
            await self._do(BUILD, self.session.resetting(), revision=self.desk.revision)

    # ---- moving it

    async def play(self):
        self._check()
        if not self.desk.playing:
            self.desk.playing = True
            self.desk.trainer.rate.restart()
            self.desk.wake()

    async def pause(self):
        self.desk.playing = False
        self.desk.clear(STEP)
        if self.session.spec and not self.desk.is_building():
            await self._do(MEASURE, self.session.evaluating(), AT_ONCE)

    async def step_batch(self):
        self.desk.playing = False
        self.desk.trainer.interrupt()
        await self._do(STEP, self.session.stepping_batch())

    async def step_epoch(self):
        self.desk.playing = False
        self.desk.trainer.interrupt()
        await self._do(STEP, self.session.stepping_epoch())

    async def open_test(self):
        await self._do(MEASURE, self.session.opening_test())

    async def restore_best(self):
        self.desk.playing = False
        self.desk.clear(STEP)
        await self._do(MEASURE, self._changing(self.session.restoring_best()))

    async def set_parameter(self, place, value):
        await self._do(MEASURE, self._changing(self.session.setting_parameter(place, float(value))))

    def _changing(self, steps):
        """Changes weights, in steps; an update under way does not fit them any more."""
        self.desk.trainer.interrupt()
        yield from steps

    # ---- looking at it

    async def set_palette(self, text):
        self.desk.painter = Painter([[float(part) for part in colour.split(",")] for colour in text.split(";")])
        if self.session.spec:
            self.session.dirty.add("pictures")
            await self._do(LOOK, iter(()))

    async def look_inside(self, text):
        await self.desk.do(LOOK, self._looking(self.session.set_look, Look(text) if text else None), PATIENCE)

    async def set_focus(self, column, neuron):
        await self.desk.do(LOOK, self._looking(self.session.set_focus, int(column), int(neuron)), PATIENCE)

    def _looking(self, change, *arguments):
        """Changes what is looked at, in the turn of its task: a run may have to be built first."""
        change(*arguments)
        yield

    # ---- questions

    async def check_gradient(self, layer, key, row, column):
        self._check()
        return check.sentence(self.session.rehearsal(), int(layer), key, int(row), int(column))

    async def exhibit(self, name, question, numbers=None):
        if numbers is not None:
            numbers = np.frombuffer(numbers.to_py(), dtype="<f8")
        return exhibits.answer(name, question, self.session if self.session.spec else None, numbers)

    async def checkpoint(self):
        """(bytes, epoch, updates) of the run, in its turn after what was asked for before; None where there is nothing to
        go on from."""
        if self.desk.is_stuck:
            return None
        return await self.desk.do(KEEP, self._keeping(), FOR_EVER)

    def _keeping(self):
        """Writes the run down, in steps; an update under way is not part of it, and goes on."""
        epoch, updates = self.session.epoch, self.session.training.updates
        try:
            return (yield from checkpoint.packing(self.session)), epoch, updates
        except MemoryError:
            raise ValueError(NO_ROOM) from None
        except ValueError:  # its numbers are not finite: the next update says so
            return None

    async def pack_weights(self):
        self._check()
        return pack(self.session.network)

    # ---- on the way to the desk

    def _check(self):
        """Refuses, by ValueError, what needs a run where there is none."""
        if self.refused and not self.session.spec:
            raise ValueError(NO_RUN % (self.refused[0].lower() + self.refused[1:]))

    async def _do(self, kind, steps, patience=PATIENCE, revision=None):
        self._check()
        await self.desk.do(kind, steps, patience, revision)
