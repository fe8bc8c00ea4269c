"""Work in steps is a generator: it yields wherever others may be let in, and what it returns is the result.

Who has time calls `finish`; who must answer others meanwhile asks for a step at a time, and may drop the rest.
"""


def finish(steps):
    """Do all the steps of such a generator and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
