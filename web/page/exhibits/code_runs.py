"""Runs of a person's class in the box, each in a Python of its own, and how each of them ended.

Each run has a number. What comes from a run that was stopped, or from one before it, has an old number and is dropped.
"""
import asyncio
import js
import json
from exhibits import code_report
from ui.engine import START_LIMIT, reason as words_of

RUN_LIMIT = 5  # seconds for the class; the start of Python does not count
MEMORY_LIMIT = ". A class may take 1 GB of memory"  # the sentence's own full stop follows
ENDED = "%s The Python it ran in was ended and the lab's own run is untouched. Run starts a new one."
BROKEN = "The class broke the Python that it ran in, or ended it; the lab's own run is untouched. Run starts a new one."


class Runs:
    """`say(phase)` hears "starting" and "running", `done(result)` the comparison of the run, or {"stopped": sentence}.

    `box` is that of code_box.js; `compare(question, numbers)` is awaited for the engine's comparison.
    """

    def __init__(self, box, compare, say, done):
        self.box, self.compare, self.say, self.done = box, compare, say, done
        self.number = 0  # of the present run
        self.busy = False
        self.prepared = False
        self.attended = True

    def prepare(self):
        """Has a Python wait for the next run; where it can't, that run says why."""
        if not self.prepared:
            self.prepared = True
            asyncio.create_task(self._prepare())

    async def _prepare(self):
        try:
            await self.box.prepare()
        except Exception:
            self.prepared = False  # the run asks for it again, and tells

    def attend(self, attended):
        """Whether the exhibit is on view: while it is not, nothing waits in the box."""
        self.attended = attended
        if not attended and not self.busy:
            self._empty()

    def _empty(self):
        self.prepared = False
        self.box.close()

    def _go_on(self):
        """After a run: a clean Python for the next one, or none where nobody is looking."""
        self.busy = self.prepared = False
        if self.attended:
            self.prepare()
        else:
            self._empty()

    def run(self, source, get_batch):
        """Begins a run; `get_batch()` is awaited for the batch as JSON."""
        self.number += 1
        self.busy = True
        asyncio.create_task(self._run(self.number, source, get_batch))

    def stop(self, sentence):
        """Ends the run under way, and with it its Python, which may be in a loop without end."""
        self._end(ENDED % sentence)

    def _end(self, told):
        self.number += 1
        self.box.end()
        self._go_on()
        self.done({"stopped": told})

    async def _run(self, number, source, get_batch):
        self.say("starting")
        try:
            await asyncio.wait_for(self._ready(), START_LIMIT)
            batch = await get_batch() if number == self.number else None
            if number != self.number:
                return
            if not batch:
                self.stop("The lab's engine did not hand over the batch.")
                return
            self.say("running")
            answer = await self.box.run(source, batch, RUN_LIMIT * 1000)
            if number == self.number:
                await self._take(number, batch, answer)
        except asyncio.TimeoutError:
            if number == self.number:
                self.stop("Python in the box has not started within %d seconds." % START_LIMIT)
        except Exception as error:
            if number == self.number:
                self.stop("The box broke down: %s." % reason(error))

    async def _ready(self):
        await self.box.prepare()

    async def _take(self, number, batch, answer):
        """Makes a comparison, or a sentence, of what came out of the box."""
        if _has(answer, "late"):
            self.stop("Stopped after %d seconds: the class had not finished. A loop without end is the usual cause." % RUN_LIMIT)
        elif _has(answer, "broken") or not _has(answer, "text") or not _has(answer, "bytes"):
            self._end(BROKEN)
        else:
            await self._compare(number, batch, answer)

    async def _compare(self, number, batch, answer):
        sizes = js.JSON.parse(batch)  # by the browser: a wide layer's batch has half a megabyte
        wanted = code_report.shapes(sizes.x.length, sizes.n_inputs, sizes.n_neurons)
        try:
            report = code_report.read(answer.text, answer.bytes.length, wanted)
        except code_report.Unreadable as error:
            self.stop("What the class left behind is no result: %s." % error)
            return
        told = report["told"]
        question = '{"batch": %s, "arrays": %s}' % (batch, json.dumps(report["arrays"]))
        result = await self.compare(question, answer.bytes)
        if number != self.number:
            return
        if result is None:
            self.stop("The lab's engine did not compare the numbers.")
            return
        if told["error"] and "MemoryError" in told["error"]["sentence"].split(":")[0]:
            told["error"]["sentence"] += MEMORY_LIMIT
        told["arrays"], told["unfit"] = result["arrays"], told["unfit"] or result["unfit"]
        self._go_on()
        self.done(told)


def reason(error):
    """An error of the box in one sentence."""
    return words_of(error)[:300]


def _has(answer, name):
    return getattr(answer, name, None) is not None
