"""Where a product is being looked at, and every step from there: by product, by cell, row or column, to the end.

A place is (row, column, done): `done` of the n products of that cell (or terms of that row or column) are added
up. With it goes `filled`, how many cells (rows, columns) of the result are known. By outer products, only `done`
counts. Pure Python in the MicroPython subset.
"""


class Walk:
    """A place in one view of one product."""

    def __init__(self, scene, spec):
        self.scene = scene
        self.predicts = spec["dot-predict"]
        self.view = "cell" if self.predicts != "0" else spec["dot-view"]  # guesses go cell by cell
        i, j, k = spec["dot-at"]
        self.i, self.j, self.k = min(i, scene.m - 1), min(j, scene.p - 1), min(k, scene.n)
        self.units = {"cell": scene.m * scene.p, "row": scene.m, "column": scene.p, "outer": 1}[self.view]
        self.filled = min(spec["dot-filled"], self.units)
        self._settle()

    @property
    def unit(self):
        """The number of the cell, row or column looked at."""
        return {"cell": self.i * self.scene.p + self.j, "row": self.i, "column": self.j, "outer": 0}[self.view]

    @property
    def complete(self):
        """Whether all products of the unit looked at are added up."""
        return self.k >= self.scene.n

    @property
    def at_end(self):
        return self.complete and self.unit == self.units - 1

    @property
    def asks(self):
        """What is to be guessed now: "shape", "cell", or "" for nothing."""
        if self.predicts == "shape":
            return "shape"
        return "cell" if self.predicts == "cells" and not self.complete and self.scene.agree else ""

    def fields(self):
        """The fields of the spec in which the place stands."""
        return {"dot-at": [self.i, self.j, self.k], "dot-filled": self.filled}

    def knows(self, i, j):
        """Whether that cell of the result is complete and may be shown."""
        if self.view == "outer":
            return self.complete
        if self.predicts == "shape":
            return False
        return {"cell": i * self.scene.p + j, "row": i, "column": j}[self.view] < self.filled

    def on(self, i, j):
        """Whether the cell belongs to the unit looked at."""
        return self.view == "outer" or ((self.view == "column" or i == self.i) and (self.view == "row" or j == self.j))

    # ---- steps: each changes the place

    def go(self, unit, done):
        """To a unit with so many products done."""
        if self.view == "cell":
            self.i, self.j = unit // self.scene.p, unit % self.scene.p
        elif self.view == "row":
            self.i = unit
        elif self.view == "column":
            self.j = unit
        self.k = done
        self._settle()

    def term(self):
        """One product more."""
        if not self.complete:
            self.go(self.unit, self.k + 1)
        elif not self.at_end:
            self.go(self.unit + 1, 1)

    def next(self):
        """To the end of this unit, or of the next; where a value is to be guessed, to its question."""
        if not self.complete:
            self.go(self.unit, self.k + 1 if self.view == "outer" else self.scene.n)
        elif not self.at_end:
            self.go(self.unit + 1, 0 if self.predicts == "cells" else self.scene.n)

    def previous(self):
        """Back to the unit before; what is known stays known."""
        if self.view == "outer":
            self.k = max(0, self.k - 1)
        elif self.unit:
            self.go(self.unit - 1, self.scene.n)
        else:
            self.k = 0

    def end(self):
        self.go(self.units - 1, self.scene.n)

    def clear(self):
        """To the beginning, with nothing known."""
        self.filled = 0
        self.go(0, 0)

    def _settle(self):
        """What has been passed, or is complete, is known."""
        if self.view != "outer":
            self.filled = max(self.filled, self.unit + (1 if self.complete else 0))


def change_view(spec, scene, view):
    """The fields for another view of the same product, at the same place; a result that was complete stays so."""
    old = Walk(scene, spec)
    fields = dict(spec)
    fields["dot-view"] = view
    full = old.complete if old.view == "outer" else old.filled == old.units
    fields["dot-filled"] = 0
    fields["dot-at"] = [old.i, old.j, 12] if view != "outer" else [old.i, old.j, 1]
    new = Walk(scene, fields)
    if full and view != "outer":
        new.filled = new.units
    changed = new.fields()
    changed["dot-view"] = view
    return changed
