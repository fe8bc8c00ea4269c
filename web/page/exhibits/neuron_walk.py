"""Gradient descent on one neuron, step by step: nncore in the engine takes the steps, the page shows them one by one."""
import asyncio

STEPS_AT_ONCE = 40  # asked of the engine in one go
SLOW_STEPS = 30  # so many are shown one by one, later ones by fives
PAUSE = 0.12  # seconds between two pictures
MOST = 5000  # steps of one walk


class Walk:
    """A walk from `start`; `at` is where it is. `moved()` is called after each step shown, `stopped()` at its end."""

    def __init__(self, ask, moved, stopped):
        self.ask, self.moved, self.stopped = ask, moved, stopped
        self.at = [0.0, 0.0]
        self.task = None
        self.begin([0.0, 0.0])

    def begin(self, at):
        """Another point, set by hand: the next step starts a walk from there."""
        self.pause()
        self.at, self.start = at, at
        self.count, self.ended, self.playing = 0, "", False

    def pause(self):
        """Stays where it is."""
        self.playing = False
        if self.task:
            self.task.cancel()
            self.task = None

    def go(self, steps, delay):
        """Takes so many steps and shows each, or all at once where there is no delay."""
        self.pause()
        self.playing = delay is not None
        self.task = asyncio.create_task(self._go(steps, delay))

    async def _go(self, steps, delay):
        while steps > 0 and self.count < MOST:
            rows, ended = await self._steps(min(steps, STEPS_AT_ONCE))
            steps -= len(rows)
            if not rows and not ended:  # the engine has no answer
                break
            while rows:
                together = 1 if delay is None or self.count < SLOW_STEPS else min(5, len(rows))
                for row in rows[:together]:
                    self.count += 1
                    self.at = row[:2]
                    self.moved(self.at, False)
                rows = rows[together:]
                if delay is not None:
                    self.moved(self.at, True)
                    await asyncio.sleep(delay)
                    if not self.playing:  # `moved` has ended it
                        rows, steps, ended = [], 0, ""
            if ended:
                self.ended = ended
                break
        self.playing, self.task = False, None
        self.stopped()

    async def _steps(self, count):
        """The next steps as nncore takes them, without the point where they begin; and why they ended early."""
        answer = await self.ask(self.at, count)
        return (answer["walk"][1:], answer["ended"]) if answer else ([], "")
