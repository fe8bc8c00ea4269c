"""The commands that wait for the engine, in order: newer ones take the place of what they make pointless."""

REPLACED = ["configure", "set_focus", "look_inside"]  # a newer one says it all
STEPS = ["step_batch", "step_epoch"]
OVERTAKEN = {"configure": STEPS, "pause": STEPS + ["play"]}  # what waits was asked for before the person changed course

LATE = 150  # milliseconds after which the page says what the engine is at
WORDS = {"configure": "Taking up the setting", "play": "Beginning to train", "pause": "Pausing",
         "step_batch": "Taking one batch", "step_epoch": "Taking one epoch", "reset": "Going back to the first weights",
         "open_test": "Measuring the loss on the test set", "restore_best": "Going back to the best weights",
         "set_parameter": "Measuring the loss", "set_focus": "Drawing the map",
         "look_inside": "Computing the coming batch", "set_palette": "Drawing the map",
         "resume": "Putting the run back"}


class Waiting:
    """Commands as (name, arguments), the next one first."""

    def __init__(self):
        self.entries = []

    def add(self, command, arguments):
        """Puts a command last, and takes away those that it overtakes."""
        overtaken = OVERTAKEN.get(command, [])
        self.entries = [entry for entry in self.entries
                        if entry[0] not in overtaken and not _replaces(command, arguments, entry)]
        self.entries.append((command, arguments))

    def next(self):
        """Takes the command away that has waited longest."""
        return self.entries.pop(0)

    def clear(self):
        """Takes all of them away, and returns them."""
        entries, self.entries = self.entries, []
        return entries

    def has(self, command):
        """Whether such a command waits."""
        return any(entry[0] == command for entry in self.entries)


def _replaces(command, arguments, entry):
    """Whether a command says once more what one that waits says: a setting, or the number of the same place."""
    if command != entry[0]:
        return False
    return command in REPLACED or (command == "set_parameter" and arguments[0] == entry[1][0])


def words(command, milliseconds):
    """What the status says while the engine has been at a command for so long."""
    return WORDS.get(command, "") if milliseconds > LATE else ""
