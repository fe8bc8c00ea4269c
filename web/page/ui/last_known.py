"""The run as last known: the engine writes it down again and again, so that its end costs a moment and not the run."""
import asyncio
import time

LEAST_GAP = 1000  # milliseconds from one writing down to the next,
SHARE = 20  # … and so many times as long as one takes


class LastKnown:
    """`packed` holds the newest bytes, as the engine gave them, of the run of `link`, or is None; `epoch` and `updates`
    say how far that run was. `kept()` hears of each writing down."""

    def __init__(self, engine, kept):
        self.engine, self.kept = engine, kept
        self.forget()
        self._gap = LEAST_GAP
        self._is_changed = self._is_at_it = False

    def take(self, packed, link, epoch, updates):
        """A run in the engine's own bytes."""
        self.packed, self.link, self.epoch, self.updates = packed, link, epoch, updates

    def forget(self):
        """The run is given up."""
        self.take(None, "", 0, 0)

    def changed(self, get_link):
        """Takes note that the run has moved; `get_link()` gives its link when it is written down, None where there is
        none."""
        self._is_changed = True
        if not self._is_at_it:
            self._is_at_it = True
            asyncio.create_task(self._keep(get_link))

    async def _keep(self, get_link):
        while self._is_changed:
            self._is_changed = False
            await self._write_down(get_link)
            await asyncio.sleep(self._gap / 1000)
        self._is_at_it = False

    async def _write_down(self, get_link):
        link, began = get_link(), time.ticks_ms()
        answer = await self.engine.ask("checkpoint") if link else None
        if answer and get_link() == link:
            packed, epoch, updates = answer
            self.take(packed, link, epoch, updates)
            self._gap = max(LEAST_GAP, SHARE * time.ticks_diff(time.ticks_ms(), began))
            self.kept()
