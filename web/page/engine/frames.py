"""Turns a session's present state into the frame that the page draws: see protocol.FRAME."""
import numpy as np
import shapes
from protocol import has_links, has_tiles

import datasets
from engine import pictures
from nncore.metrics import confusion_matrix

MOST_POINTS = 1500  # of each loss curve: more than the chart has pixels


def frame(session, painter, pictures_too=True):
    """The frame as a dict, with only what has changed since the last; marks it as shown."""
    dirty, training, now = session.dirty, session.training, session.history[-1][1]
    message = {
        "state": session.state, "message": session.message,
        "epoch": session.epoch, "batch": session.batch, "batches": training.batches, "updates": training.updates,
        "train_loss": now.train_loss, "train_score": now.train_score,
        "validation_loss": now.validation_loss, "validation_score": now.validation_score,
        "test": session.test,
    }
    if "history" in dirty:
        message["history"] = history(session.history)
        message["best_epoch"], message["best_loss"] = best(session.history)
    if "weights" in dirty:
        message["biases"] = np.concatenate([layer.biases[0] for layer in session.network.layers])
        linked = [layer.weights.ravel() for layer in session.network.layers
                  if has_links(layer.n_inputs, layer.n_neurons)]
        message["weights"] = np.concatenate(linked) if linked else np.zeros(0, dtype=np.float32)
    if "rows" in dirty:
        message["rows"] = rows_taken(session)
    if "points" in dirty and datasets.find(session.spec["data"]).flat:
        message["points"] = points(session.parts)
    if pictures_too and "pictures" in dirty and painter is not None:
        message["pictures"] = pictures.paint(painter, session)
        message["sample"] = sample_sentence(session)
        dirty.discard("pictures")
    if "confusion" in dirty:
        message["confusion"] = confusion(session)
    dirty -= {"history", "weights", "rows", "points", "confusion"}
    return message


def best(evaluated):
    """The epoch of the lowest validation loss so far, and that loss."""
    event = min((event for _, event in evaluated), key=lambda event: event.validation_loss)
    return event.epoch, event.validation_loss


def history(evaluated):
    """The loss curves; thinned evenly once they are longer than MOST_POINTS, the newest point always kept."""
    stride = -(-len(evaluated) // MOST_POINTS)
    kept = evaluated[:-1:stride] + evaluated[-1:]
    return {
        "epochs": np.array([at for at, _ in kept]),
        "train": np.array([event.train_loss for _, event in kept]),
        "validation": np.array([event.validation_loss for _, event in kept]),
    }


def rows_taken(session):
    """One byte a training row: 1 where the last batch took it."""
    taken = np.zeros(len(session.parts.train.x), dtype=np.uint8)
    if session.batch:
        taken[session.training.rows] = 1
    return taken


def points(parts):
    """The training and validation points of the plane; the test points stay sealed."""
    shown = [parts.train, parts.validation]
    return {
        "x": np.concatenate([part.x for part in shown]).astype(np.float32).reshape(-1),
        "labels": np.concatenate([part.labels for part in shown]).astype(np.uint8),
        "parts": np.repeat(np.arange(2, dtype=np.uint8), [len(part.x) for part in shown]),
    }


def confusion(session):
    """Validation rows counted by true class (row) and predicted class (column), flat."""
    part, classes = session.parts.validation, len(datasets.find(session.spec["data"]).classes)
    predicted = session.network.predict(part.x).argmax(axis=1)
    return confusion_matrix(part.labels, predicted, classes).astype(np.int32).reshape(-1)


def sample_sentence(session):
    """Names the row whose activations the tiles show; empty where each tile shows the whole plane."""
    about = datasets.find(session.spec["data"])
    wide = any(not has_tiles(n) for layer in shapes.dense_layers(session.spec) for n in layer[:2])
    if about.flat and not wide:
        return ""
    _, index, label = pictures.sample_row(session)
    return "Squares: weights, and the activations of training row %d (%s)" % (index, about.classes[label])
