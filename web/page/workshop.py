"""Entry of the workshop: a worker of its own in which a person's own class runs, and which may be thrown away.

What runs here is the person's Python, by intent. It stays in this tab: the page's content policy lets nothing
out, and the lab's run lives in another worker. Kept tiny and guarded like worker.py, for the same reason.
"""
import traceback

error = None
try:
    import json

    from engine.layer_run import run as run_layer
except Exception:
    error = traceback.format_exc()


def start_error():
    return error


def run(source, batch):
    """Runs the class of that source on a batch given as JSON; the result as JSON."""
    return json.dumps(run_layer(source, json.loads(batch)))


__export__ = ["start_error", "run"]
