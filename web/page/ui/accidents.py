"""The engine's end, by whatever accident: it is started again and the run put back as last known. Where it ends again
and again, it is left at that, with a way out."""
import time
from protocol import PUT_BACK, UNUSABLE
from ui.state import merged

IN_A_ROW = 3
WELL = 30000  # milliseconds that an engine has to live for the one before it to be forgotten

AGAIN = "The engine stopped (%s) and was started again. %s"
WHERE = "Your run goes on from epoch %d, after %d updates, with the same numbers as without the accident."
AT_BEGINNING = "Your run had only begun: it begins again, with the same numbers."
ANEW = "Your run begins anew."
NOTHING_LOST = "Nothing was lost."
LEFT = ("The engine stopped %d times in a row (the last time: %s), so it is left at that. Your settings are in the address bar%s. "
        "Fewer or smaller layers may help where memory is short; Try again starts it once more.")
RUN_KEPT = ", and the run is kept as it was at epoch %d"


class Accidents:
    """Counts the engine's ends; `started` and `ended` are told by the lab."""

    def __init__(self):
        self.count = 0
        self.why = ""  # it ended last; "" where it never has
        self.untold = None  # how many updates the run had that was lost, until it is told what became of it
        self._since = None  # when it was last started, in milliseconds

    def started(self):
        self._since = time.ticks_ms()

    def ended(self, why):
        """Takes note of an end; whether the engine should be started again."""
        if self._since is not None and time.ticks_diff(time.ticks_ms(), self._since) > WELL:
            self.count = 0
        self.count += 1
        self.why = why
        return self.count < IN_A_ROW

    def forgiven(self):
        """The person tries again."""
        self.count = 0


def restarting(state):
    """The state while the engine is started again."""
    return merged(state, {"engine": "starting", "engine_text": "Starting the engine again …", "doing": "", "late": "",
                          "restarted": ""})


def restarted(accidents, run):
    """The sentence on it, from the first numbers that the engine gives again."""
    had, accidents.untold = accidents.untold, None
    return AGAIN % (accidents.why, _what_became_of_it(had, run))


def _what_became_of_it(had, run):
    """Of a run that had so many updates."""
    if run["resumed"] == UNUSABLE:
        return ANEW
    if run["resumed"] == PUT_BACK and run["updates"]:
        return WHERE % (run["epoch"], run["updates"])
    return AT_BEGINNING if had else NOTHING_LOST


def left(state, accidents, last_known):
    """The state where it is not started any more."""
    kept = RUN_KEPT % last_known.epoch if last_known.packed else ""
    sentence = LEFT % (accidents.count, accidents.why, kept)
    return merged(state, {"engine": "failed", "engine_text": "The engine stopped", "playing": False, "restarted": "",
                          "messages": [sentence]})
