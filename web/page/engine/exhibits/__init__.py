"""The engine's part in the exhibits: each module here has `answer(question, session)`,
from one dict to another.

They are imported when first asked, since most visits need none.
"""
import importlib
import json

NAMES = ["dot", "batch", "neuron", "arrays", "code"]


def answer(name, question, session, numbers=None):
    """The answer of an exhibit's module; question and answer as JSON, which knows no numbers that are not finite.

    `numbers` are float64, flat, that go with a question of many.
    """
    if name not in NAMES:
        raise ValueError("%r is no exhibit of the engine's: it has %s" % (name, ", ".join(NAMES)))
    module = importlib.import_module("engine.exhibits." + name)
    asked = [json.loads(question), session] if numbers is None else [json.loads(question), session, numbers]
    return json.dumps(module.answer(*asked), allow_nan=False)
