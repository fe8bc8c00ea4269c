"""The page's end of the wire to the worker: starts it, watches over its start, sends commands in order."""
import asyncio
import js
import json
import time
from protocol import PALETTE
from pyscript import PyWorker, ffi
from pyscript.js_modules.page import lazy, paint

CONFIG = "./worker.json"
START_LIMIT = 90  # seconds: a slow phone on a slow line needs most of it


class Engine:
    """Commands wait for the engine and run one after another; `failed(sentence)` hears of those that went wrong."""

    def __init__(self, on_frame, failed):
        self.on_frame = ffi.create_proxy(on_frame)
        self.failed = failed
        self.thread = None  # the worker itself; `worker` is what it exports, once it is there
        self.worker = None
        self.queue = []
        self.sending = None  # the name of the command that the engine is at

    async def start(self, progress):
        """Waits for the worker; returns its versions. Raises RuntimeError with a sentence where it can't start."""
        ticking = asyncio.create_task(self._tick(progress))
        try:
            worker = await asyncio.wait_for(self._exported(), START_LIMIT)
        except asyncio.TimeoutError:
            raise RuntimeError("The engine has not started within %d seconds. Reload the page to try again; if that "
                               "does not help, the browser may be too old or out of memory." % START_LIMIT)
        finally:
            ticking.cancel()
        error = await worker.start_error()
        if error:
            raise RuntimeError("The engine could not start: %s. Reload the page to try again." % last_line(error))
        worker.on_frame = self.on_frame
        versions = await worker.versions()
        self.worker = worker
        return versions

    async def _exported(self):
        """Starts the worker, only now: started beside the page, Pyodide would take the processor from it."""
        config = json.loads(await lazy.text(CONFIG))
        place = js.URL.new(CONFIG, js.document.baseURI).href
        options = {"type": "pyodide", "version": js.URL.new(config["interpreter"], place).href, "async": True}
        self.thread = PyWorker("./worker.py", config=config, configURL=place, **options)
        await self.thread.ready
        return self.thread.sync

    async def _tick(self, progress):
        """The browser tells nothing of a worker's start, so the bar follows the time that it usually takes."""
        began = time.ticks_ms()
        while True:
            seconds = time.ticks_diff(time.ticks_ms(), began) / 1000
            progress(seconds)
            await asyncio.sleep(0.2)

    def send(self, command, *arguments):
        """Sends a command after those before it. A newer `configure`, focus, or number for a place replaces one that waits."""
        said = arguments[:1] if command == "set_parameter" else ()
        if command in ("configure", "set_focus", "set_parameter", "look_inside"):
            self.queue = [entry for entry in self.queue if entry[0] != command or entry[1][:len(said)] != said]
        self.queue.append((command, arguments))
        self.flush()

    async def ask(self, command, *arguments):
        """What a command returns, or None where the engine is not there or the command went wrong."""
        try:
            return await getattr(self.worker, command)(*arguments) if self.worker else None
        except Exception as error:
            self.failed(last_line(str(error.args[-1]) if error.args else repr(error)))

    async def ask_exhibit(self, name, question):
        """The answer of an exhibit's part in the engine, from one dict to another; None as above."""
        answer = await self.ask("exhibit", name, json.dumps(question))
        return json.loads(answer) if answer else None

    def send_palette(self):
        """Tells the engine the colours of the present theme."""
        self.send("set_palette", paint.palette(" ".join(PALETTE)))

    def flush(self):
        """Sends what waits, once the worker is there."""
        if self.worker and not self.sending:
            self.sending = self.queue[0][0]
            asyncio.create_task(self._drain())

    async def _drain(self):
        while self.queue:
            command, arguments = self.queue.pop(0)
            self.sending = command
            try:
                await getattr(self.worker, command)(*arguments)
            except Exception as error:
                self.failed(last_line(str(error.args[-1]) if error.args else repr(error)))
        self.sending = None

    def awaits(self, command):
        """Whether a command is still on its way, so that what the engine says may be older than it."""
        return self.sending == command or any(entry[0] == command for entry in self.queue)


def last_line(traceback):
    """The sentence at the end of a traceback, without the name of the error before it."""
    lines = [line for line in traceback.strip().split("\n") if line.strip()]
    line = lines[-1] if lines else "an unknown error"
    name, colon, sentence = line.partition(": ")
    return sentence if colon and name.endswith("Error") else line
