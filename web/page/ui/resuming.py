"""Runs outlive the page: the run as last known is kept in this browser, and offered again when its link is opened.

It is offered for its own link alone, or where the page is opened without any, so that it is never mixed with what
somebody else sent. While it is offered nothing is kept in its place. Where the browser keeps nothing, the page works
without.
"""
import asyncio
import js
import json
import math
import time
import spec as specs
from pyscript import ffi
from pyscript.js_modules.page import run_store
from ui import dom
from ui.state import merged, with_spec

DAY = 86400000  # milliseconds
GAP = 5000  # milliseconds from one keeping to the next
SLOWEST = 1000000  # bytes in as many milliseconds: a large run is kept less often
OFFER = "Your run of %s is kept in this browser: it had come to epoch %d, %d updates."
NUMBERS = ["best_epoch", "best_loss", "last_epoch", "last_loss"]


class Resuming:
    """`lab` is the page; `offered` the kept run, a record of run_store.js, as long as it is offered."""

    def __init__(self, lab):
        self.lab = lab
        self.offered = None
        self.is_ready = False  # whether it has been looked for a kept run, and there is nothing to be spared
        self._kept = None  # the bytes that were kept last,
        self._at = None  # and when
        self._waits = False  # whether it is waited for the next time

    async def look(self, opened_with):
        """Offers the run that is kept for the link which the page was opened with, if any."""
        run_store.beforeLeaving(ffi.create_proxy(lambda *_: self.keep(at_once=True)))
        try:
            link = opened_with.lstrip("#")
            found = await run_store.get(run_key(self.lab.state["spec"]) if link else "")
        except Exception:
            return  # nothing is kept here, and nothing will be
        run = self.lab.state["run"]
        if found and found.updates and not (run and run["updates"]):
            self.offered = found
            offer = OFFER % (day_of(found.when), found.epoch, found.updates)
            self.lab.show(merged(self.lab.state, {"resume": offer}))
        else:
            self.is_ready = True

    def keep(self, at_once=False):
        """Keeps the run as last known, every few seconds at most."""
        if not self._is_due():
            return
        gap = GAP + self.lab.last_known.packed.length * 1000 // SLOWEST
        wait = 0 if at_once or self._at is None else gap - time.ticks_diff(time.ticks_ms(), self._at)
        if wait <= 0:
            asyncio.create_task(self.keep_now())
        elif not self._waits:
            self._waits = True
            asyncio.create_task(self._keep_after(wait))

    async def keep_now(self):
        """Keeps the run as last known; settles when the browser has it."""
        if self._is_due():
            known = self.lab.last_known
            self._kept, self._at = known.packed, time.ticks_ms()
            await self._put(known)

    async def _keep_after(self, wait):
        await asyncio.sleep(wait / 1000)
        self._waits = False
        self.keep()

    def _is_due(self):
        known = self.lab.last_known
        return self.is_ready and known.packed is not None and known.packed is not self._kept and known.updates > 0

    async def _put(self, known):
        spec, _ = specs.parse(known.link)
        kept = self.lab.state["kept"]
        written = [{key: run[key] for key in NUMBERS + ["mark"]} for run in kept]
        for n in range(len(kept)):
            written[n]["link"] = specs.write(kept[n]["spec"])
        curves = ffi.to_js([run["curves"] for run in kept])
        try:
            await run_store.put(run_key(spec), known.link, known.epoch, known.updates, known.packed, json.dumps(written), curves)
        except Exception:
            self.is_ready = False  # refused, or no room: it is not tried again and again

    def go_on(self):
        """The person takes the offer."""
        found, self.offered = self.offered, None
        self.is_ready = True
        lab, (spec, _) = self.lab, specs.parse(found.link)
        state = merged(with_spec(lab.state, spec), {"resume": "", "kept": _kept_runs(found), "messages": []})
        lab.last_known.take(found.packed, found.link, found.epoch, found.updates)
        revision = state["revision"] + 1  # whatever differs: the run is another one
        lab.take_over(merged(state, {"revision": revision}))

    def forget(self):
        """The person does not want it."""
        found, self.offered = self.offered, None
        self.is_ready = True
        self.lab.show(merged(self.lab.state, {"resume": ""}))
        dom.el("play").focus()
        asyncio.create_task(_remove(found.key))


async def _remove(key):
    try:
        await run_store.remove(key)
    except Exception:
        pass  # it can't be read either


def day_of(when):
    """The day of a time in milliseconds, as people say it."""
    midnight = js.Date.new().setHours(0, 0, 0, 0)
    days = max(0, math.ceil((midnight - when) / DAY))
    return "today" if not days else "yesterday" if days == 1 else "%d days ago" % days


def run_key(spec):
    """The link of a run without what is merely looked at."""
    plain = specs.defaults()
    return specs.write({key: plain[key] if key in specs.LOOKS else spec[key] for key, _, _ in specs.FIELDS})


def _kept_runs(found):
    """The runs to compare with that were kept beside it; none where what was kept of them is not what it should be."""
    try:
        written, runs = json.loads(found.kept), []
        for n in range(len(written)):
            run = {key: float(written[n][key]) for key in NUMBERS}
            run["mark"], run["curves"] = "ABCDE"[n], found.curves[n]
            run["spec"], _ = specs.parse(written[n]["link"])
            for key in ("best_epoch", "last_epoch"):
                run[key] = int(run[key])
            runs.append(run)
        return runs
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return []
