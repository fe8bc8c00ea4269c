"""Measures both ways for all batch sizes: many small questions to the engine, so that it keeps answering others."""
import asyncio
from exhibits import batch_words as words

SETTLED = 0.3  # seconds without another choice before the measuring begins


class Timing:
    """`times[rows]` is {"loop": seconds, "product": seconds}, as far as measured; `changed()` is called after each."""

    def __init__(self, ask, changed):
        self.ask, self.changed = ask, changed
        self.layer, self.times, self.task = None, {}, None
        self.now = ""  # what is being measured

    @property
    def done(self):
        return sum(len(self.times.get(rows, {})) for rows in words.SIZES)

    def start(self, inputs, neurons):
        """Measures a layer of that size from the beginning."""
        self.stop()
        self.layer, self.times, self.now = [inputs, neurons], {}, "both ways"
        self.task = asyncio.create_task(self._measure(inputs, neurons))

    def stop(self):
        if self.task:
            self.task.cancel()
            self.task = None
        self.now = ""

    async def _measure(self, inputs, neurons):
        await asyncio.sleep(SETTLED)
        for rows in words.SIZES:
            for way, said in (("loop", "one at a time"), ("product", "as one product")):
                self.now = "%s, %s" % (words.plural(rows, "row"), said)
                self.changed()
                answer = await self.ask({"do": "time", "rows": rows, "inputs": inputs, "neurons": neurons, "way": way})
                if not answer:
                    self.stop_here()
                    return
                self.times.setdefault(rows, {})[way] = answer["seconds"]
                await asyncio.sleep(0.01)  # the engine's other calls come in between
        self.stop_here()

    def stop_here(self):
        """The end, told from inside the task, which must not cancel itself."""
        self.task, self.now = None, ""
        self.changed()
