"""Entry of the worker: imports the engine and exports its commands, or the reason why it could not start.

Kept tiny and guarded, since an error in a worker's entry reaches the page badly or not at all.
"""
import traceback

service = error = None
try:
    import sys

    import js
    import numpy
    from engine.service import Service
    from pyodide.ffi import to_js
    from pyscript import sync

    async def push(frame):
        await sync.on_frame(to_js(frame, dict_converter=js.Object.fromEntries))

    service = Service(push)
except Exception:
    error = traceback.format_exc()


def start_error():
    return error


def versions():
    return "Python %s, NumPy %s" % (sys.version.split()[0], numpy.__version__)


if service:
    configure, play, pause = service.configure, service.play, service.pause
    step_batch, step_epoch, reset = service.step_batch, service.step_epoch, service.reset
    open_test, set_speed, set_palette = service.open_test, service.set_speed, service.set_palette
    __export__ = ["start_error", "versions", "configure", "play", "pause", "step_batch", "step_epoch", "reset",
                  "open_test", "set_speed", "set_palette"]
else:
    __export__ = ["start_error"]
