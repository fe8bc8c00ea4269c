"""Turns a session's present state into the frame that the page draws: see protocol.FRAME.

Its numbers are there at once. Its parts, the pictures, the answers and the matrices of the coming batch, are work:
they are computed in steps, which whoever has others to answer may interrupt or drop.
"""
import numpy as np
from protocol import MAP_SIDE, has_tiles

import shapes
from engine import answers, inside, pictures
from nncore import diagnostics
from nncore.stepwise import finish


def frame(session, painter, pictures_too=True, calm=True):
    """The whole frame as a dict, with only what has changed since the last; marks it as shown."""
    message = numbers(session)
    for name, _, steps in parts(session, painter, MAP_SIDE, calm) if pictures_too else []:
        message.update(finish(steps))
        session.dirty.discard(name)
    return message


def numbers(session):
    """What a frame always has, and the history, parameters, rows and points where they changed; marks these as shown."""
    dirty, training, now = session.dirty, session.training, session.now
    message = {
        "state": session.state, "message": session.message, "doing": "",
        "epoch": session.epoch, "batch": session.batch, "batches": training.batches, "updates": training.updates,
        "train_loss": now.train_loss, "train_score": now.train_score,
        "validation_loss": now.validation_loss, "validation_score": now.validation_score,
        "test": session.test, "changed": session.changed, "resumed": session.resumed, "engine": session.engine.words,
    }
    if "history" in dirty:
        message.update(history(session))
    if "weights" in dirty:
        message.update(parameters(session.network))
    if "rows" in dirty:
        message["rows"] = rows_taken(session)
    if "points" in dirty and session.data.raw.shape[1] <= 2:
        message["points"] = answers.points(session)
    dirty -= {"history", "weights", "rows", "points"}
    return message


def parts(session, painter, side, calm=True):
    """The parts that have changed, as [(name among the session's dirty ones, what the page says meanwhile, steps)],
    where the steps are a generator that returns the frame's fields.

    Maps have side × side pixels. Not `calm` is a run at full speed, which is not held up for large matrices.
    """
    found = []
    if painter is not None and "pictures" in session.dirty:
        words = "Drawing the map" if session.is_flat else "Drawing the neurons"
        found.append(("pictures", words, _pictures(session, painter, side)))
    if painter is not None and "answers" in session.dirty:
        found.append(("answers", "Asking the network for its answers", answers.answers(session, painter)))
    if "inside" in session.dirty and session.look and (calm or not inside.is_large(session.spec, session.look)):
        found.append(("inside", "Computing the coming batch", _inside(session)))
    return found


def finer_map(session, painter, side):
    """The part of a frame that has nothing but the maps once more, with side × side pixels."""
    return "pictures", "Drawing the map in more detail", _map(session, painter, side)


def _map(session, painter, side):
    spec, network = session.spec, session.network
    drawn = yield from painter.plane_pictures(network, session.data, spec["task"], session.focus, side)
    return {"pictures": drawn}


def _pictures(session, painter, side):
    drawn = yield from pictures.painting(painter, session, side)
    return {"pictures": drawn, "sample": sample_sentence(session)}


def _inside(session):
    return {"inside": (yield from inside.frame(session, session.look))}


def history(session):
    """The loss curves and what they tell: both cost the same however long the run is."""
    epochs = session.training.history
    best = epochs.best or session.now  # nothing is on record where the very first loss is not finite
    since = diagnostics.memorising_since(epochs)
    return {
        "history": session.curves(),
        "best_epoch": best.epoch, "best_loss": best.validation_loss,
        "memorising": -1 if since is None else since, "plateau": diagnostics.is_on_plateau(epochs),
    }


def parameters(network):
    """All biases, the weights of the layers drawn as tiles, and the count of different neurons in each layer."""
    tiled = [layer.weights.ravel() for layer in network.layers if has_tiles(layer.n_neurons)]
    return {
        "biases": np.concatenate([layer.biases[0] for layer in network.layers]),
        "weights": np.concatenate(tiled) if tiled else np.zeros(0, dtype=np.float32),
        "distinct": np.array([diagnostics.distinct_neurons(layer) for layer in network.layers], dtype=np.int32),
    }


def rows_taken(session):
    """One byte a training row: 1 where the last batch took it."""
    taken = np.zeros(len(session.parts.train.x), dtype=np.uint8)
    if session.batch:
        taken[session.training.rows] = 1
    return taken


def sample_sentence(session):
    """Names the row whose activations the tiles show; empty where each tile shows the whole plane."""
    if not pictures.shows_sample(session.spec):
        return ""
    _, index = pictures.sample_row(session)
    labels = session.parts.train.labels
    kind = "" if labels is None or session.spec["task"] == "reconstruct" else (
        " (%s)" % shapes.class_names(session.spec)[int(labels[index])])
    return "Squares: weights, and the activations of training row %d%s" % (index, kind)
