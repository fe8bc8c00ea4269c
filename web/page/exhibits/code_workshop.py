"""The workshop: an engine of its own for a person's class, started on the first run and thrown away when it hangs.

Each run has a number. What comes from a run that was stopped, or from one before it, has an old number and is
dropped: a call to a worker that was ended never settles, so nothing may wait for it.
"""
import asyncio
import js
import json
from pyscript import ffi, workers
from ui.engine import START_LIMIT, last_line

RUN_LIMIT = 5  # seconds for the class; the start of the engine does not count


class Workshop:
    """`say(phase)` hears "starting" and "running", `done(result)` the result of the run, or {"stopped": sentence}."""

    def __init__(self, say, done):
        self.say, self.done = say, done
        self.engines = 0  # counts them: each has a name of its own
        self.tag = self.worker = None
        self.starting = False
        self.number = 0  # of the present run
        self.busy = False

    def run(self, source, get_batch):
        """Begins a run; `get_batch()` is awaited for the batch as JSON."""
        self.number += 1
        self.busy = True
        asyncio.create_task(self._run(self.number, source, get_batch))

    def stop(self, sentence):
        """Ends the run under way, and with it the engine, which may be in a loop without end."""
        self.number += 1
        self.busy = False
        if self.worker:
            self._throw_away()
            sentence += " The engine it ran in was ended and the lab's own run is untouched. Run starts a new one."
        self.done({"stopped": sentence})

    async def _run(self, number, source, get_batch):
        try:
            await self._start(number)
            batch = await get_batch() if number == self.number else None
            if number != self.number:
                return
            if not batch:
                self.stop("The lab's engine did not hand over the batch.")
                return
            self.say("running")
            self._watch(number)
            text = await self.worker.run(source, batch)
        except Exception as error:
            if number == self.number:
                reason = last_line(str(error.args[-1]) if error.args else repr(error))
                self.stop("The engine of the class broke down: %s." % reason[:300])
            return
        if number == self.number:
            self.busy = False
            self.done(json.loads(text))

    def _watch(self, number):
        """Stops the run when its time is over."""
        def late(*_):
            if self.busy and number == self.number:
                self.stop("Stopped after %d seconds: the class had not finished. A loop without end is the usual "
                          "cause." % RUN_LIMIT)
        js.setTimeout(ffi.create_proxy(late), RUN_LIMIT * 1000)

    async def _start(self, number):
        """Starts an engine where there is none, or waits for the one that is starting."""
        if not self.worker:
            self.say("starting")
        while self.starting and number == self.number:
            await asyncio.sleep(0.05)
        if self.worker or number != self.number:
            return
        self.starting = True
        try:
            self.engines += 1
            self._add_tag("workshop-%d" % self.engines)
            worker = await asyncio.wait_for(self._named("workshop-%d" % self.engines), START_LIMIT)
            error = await worker.start_error()
            if error:
                raise RuntimeError(last_line(error))
            self.worker = worker
        finally:
            self.starting = False

    async def _named(self, name):
        return await workers[name]

    def _add_tag(self, name):
        self.tag = js.document.createElement("script")
        for key, value in (("type", "py"), ("worker", ""), ("name", name), ("src", "./workshop.py"),
                           ("config", "./worker.json")):
            self.tag.setAttribute(key, value)
        js.document.body.append(self.tag)

    def _throw_away(self):
        self.tag.xworker.terminate()
        self.tag.remove()
        self.tag = self.worker = None
