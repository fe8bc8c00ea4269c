"""Work is a generator that is done step by step, so that the page is answered in between, and may be dropped."""
import asyncio

# Kinds of tasks: a spec is taken up; updates are asked for one by one; the loss is measured; something else is looked at;
# the run is written down, of which nothing is shown.
BUILD, STEP, MEASURE, LOOK, KEEP = "build", "step", "measure", "look", "keep"


class Work:
    """The steps of a generator; `words` say what it is at, where it yields any, and `result` is what it returned."""

    def __init__(self, steps, words=""):
        self.steps, self.words, self.result = steps, words, None

    def step(self):
        """Does one step; True once all are done."""
        try:
            self.words = next(self.steps) or self.words
        except StopIteration as end:
            self.result = end.value
            return True
        return False

    def drop(self):
        """Leaves the rest undone."""
        self.steps.close()


class Task(Work):
    """Work that a command asks for.

    The command is answered when it is done and shown, or after `patience` seconds, when the page has been told what
    takes so long. `dropped` tells whoever is at it to stop; `revision` is the page's number for the spec that it takes up.
    """

    def __init__(self, kind, steps, patience, revision=None):
        super().__init__(steps)
        self.kind, self.patience, self.revision, self.dropped = kind, patience, revision, False
        self.answered = asyncio.get_running_loop().create_future()

    def answer(self):
        """Lets the command return."""
        if not self.answered.done():
            self.answered.set_result(None)

    def refuse(self, error):
        """Lets the command fail; False where it has been answered already."""
        if self.answered.done():
            return False
        self.answered.set_exception(error)
        return True

    def drop(self):
        """Leaves the rest undone, and lets the command return."""
        self.dropped = True
        self.answer()
