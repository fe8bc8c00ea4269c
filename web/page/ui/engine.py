"""The page's end of the wire to the worker: starts it, watches over it, sends commands in order, and tells of its end."""
import asyncio
import js
import json
import time
from protocol import PALETTE
from pyscript import PyWorker, ffi
from pyscript.js_modules.page import lazy, lifeline, paint, support
from ui import waiting

CONFIG = "./worker.json"
CHECKED = ["worker.py", "pyodide/interpreter.mjs"]  # what the worker loads without a word where it is not to be had
START_LIMIT = 90  # seconds: a slow phone on a slow line needs most of it
LONG = ["exhibit", "check_gradient", "pack_weights"]  # at these the engine answers nothing else
NO_WORKERS = ("The engine can't start, for this browser has no %s. Networks can be built here, their shapes read and links "
              "shared; training and all numbers need another browser, or one that is newer.")


class Engine:
    """Commands wait for the engine and run one after another; `failed(sentence, command)` hears of those that went wrong,
    `late(words)` of those that take long, with "" when they are done, and `lost(why)` that the engine has ended, after
    which it may be started again. What waits meanwhile stays."""

    def __init__(self, on_frame, failed, late, lost):
        self.on_frame = ffi.create_proxy(on_frame)
        self.lost = ffi.create_proxy(lambda why: self._lost(lost, why))
        self.failed, self.late = failed, late
        self.thread = None  # the worker itself; `worker` is what it exports, once it is there
        self.worker = None
        self.lifeline = None
        self.waiting = waiting.Waiting()
        self.sending = None  # the name of the command that the engine is at,
        self.since = 0  # and the time in milliseconds since when
        self.is_watched = False

    # ---- its life

    async def start(self, progress):
        """Waits for a worker; returns its versions. Raises RuntimeError with a sentence where none can start."""
        if support.lacking():
            raise RuntimeError(NO_WORKERS % support.lacking())
        ticking = asyncio.create_task(self._tick(progress))
        try:
            worker = await asyncio.wait_for(self._exported(), START_LIMIT)
            error = await worker.start_error()
            if error:
                raise RuntimeError("The engine could not start: %s." % last_line(error))
            worker.on_frame = self.on_frame
            versions = await worker.versions()
        except asyncio.TimeoutError:
            self._end_thread()
            raise RuntimeError("The engine has not started within %d seconds: the browser may be too old or out of memory."
                               % START_LIMIT)
        except RuntimeError:
            self._end_thread()
            raise
        except Exception as error:
            self._end_thread()
            words = reason(error)
            raise RuntimeError(js.site.told(words) or "The engine could not start: %s." % words)
        finally:
            ticking.cancel()
        self.worker = worker
        self.lifeline = lifeline.watch(self.thread, worker.alive, self.lost)
        return versions

    async def _exported(self):
        """Starts the worker, only now: started beside the page, Pyodide would take the processor from it."""
        await lazy.checked(ffi.to_js(CHECKED))
        config = json.loads(await lazy.text(CONFIG))
        place = js.URL.new(CONFIG, js.document.baseURI).href
        options = {"type": "pyodide", "version": js.URL.new(config["interpreter"], place).href, "async": True}
        self.thread = PyWorker("./worker.py", config=config, configURL=place, **options)
        await self.thread.ready
        return self.thread.sync

    def _end_thread(self):
        if self.thread:
            self.thread.terminate()
            self.thread = None

    async def _tick(self, progress):
        """The browser tells nothing of a worker's start, so the bar follows the time that it usually takes."""
        began = time.ticks_ms()
        while True:
            seconds = time.ticks_diff(time.ticks_ms(), began) / 1000
            progress(seconds)
            await asyncio.sleep(0.2)

    def _lost(self, lost, why):
        """The worker has ended: what it was at is not answered any more."""
        self.worker = self.thread = self.lifeline = None
        lost(why)

    def warmed_up(self):
        """It has given numbers, and silence is less to be expected from now on."""
        if self.lifeline:
            self.lifeline.warmedUp()

    # ---- commands

    def send(self, command, *arguments):
        """Sends a command after those before it, but for those that it makes pointless: see ui/waiting.py."""
        self.waiting.add(command, arguments)
        self.flush()

    async def ask(self, command, *arguments):
        """What a command returns, or None where the engine is not there, ends meanwhile, or the command went wrong."""
        return await self._call(command, arguments) if self.worker else None

    async def ask_exhibit(self, name, question):
        """The answer of an exhibit's part in the engine, from one dict to another; None as above."""
        answer = await self.ask("exhibit", name, json.dumps(question))
        return json.loads(answer) if answer else None

    async def _call(self, command, arguments):
        line = self.lifeline
        try:
            return await line.held(getattr(self.worker, command)(*arguments), command in LONG)
        except Exception as error:
            if line is self.lifeline:  # else it is the end of the engine, which is told by itself
                self.failed(reason(error), command)

    def send_palette(self):
        """Tells the engine the colours of the present theme."""
        self.send("set_palette", paint.palette(" ".join(PALETTE)))

    def flush(self):
        """Sends what waits, once the worker is there."""
        if self.worker and not self.sending:
            self.sending, self.since = self.waiting.entries[0][0], time.ticks_ms()
            asyncio.create_task(self._drain())
            if not self.is_watched:
                self.is_watched = True
                asyncio.create_task(self._watch())

    async def _watch(self):
        """Tells of a command that takes long, as long as there are commands."""
        said = ""
        while self.sending:
            words = waiting.words(self.sending, time.ticks_diff(time.ticks_ms(), self.since))
            if words != said:
                said = words
                self.late(words)
            await asyncio.sleep(0.05)
        self.is_watched = False
        if said:
            self.late("")

    async def _drain(self):
        while self.waiting.entries and self.worker:
            command, arguments = self.waiting.next()
            self.sending, self.since = command, time.ticks_ms()
            await self._call(command, arguments)
        self.sending = None

    def awaits(self, command):
        """Whether a command is still on its way, so that what the engine says may be older than it."""
        return self.sending == command or self.waiting.has(command)


def reason(error):
    """An error that came from the engine or the browser, in its last words."""
    return last_line(str(error.args[-1]) if error.args else repr(error))


def last_line(traceback):
    """The sentence at the end of a traceback, without the name of the error before it."""
    lines = [line for line in traceback.strip().split("\n") if line.strip()]
    line = lines[-1] if lines else "an unknown error"
    name, colon, sentence = line.partition(": ")
    return sentence if colon and name.endswith("Error") else line
