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
    from protocol import COMMANDS, STARTING
    from pyodide.ffi import to_js
    from pyscript import sync

    async def push(frame):
        await sync.on_frame(to_js(frame, dict_converter=js.Object.fromEntries))

    service = Service(push)
except Exception:
    error = traceback.format_exc()


def start_error():
    return error


def alive():
    return True


def versions():
    return "Python %s, NumPy %s" % (sys.version.split()[0], numpy.__version__)


__export__ = ["start_error"]
if service:
    globals().update({name: getattr(service, name) for name in COMMANDS})

    async def checkpoint():
        return to_js(await service.checkpoint())  # an Array with a Uint8Array: proxies of Python's own can't be sent

    __export__ = [*STARTING, *COMMANDS]
