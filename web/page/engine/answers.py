"""What the network answers, put the way that suits the task: a matrix of classes, a line, a scatter, or pairs."""
import datasets
import numpy as np
import shapes
from protocol import HALF, MOST_MISTAKES, MOST_PAIRS

from engine.columns import EVERY, columns, outputs
from nncore.metrics import confusion_matrix, mean_absolute_error

CURVE_POINTS = 121


def answers(session, painter):
    """The fields of a frame that show the answers, and `detail`, a sentence with their scores; in steps."""
    return {"classify": classes, "regress": numbers, "reconstruct": reconstructions}[session.spec["task"]](session, painter)


def shown_parts(session):
    """The parts whose points are on view: the test rows only once their set has been opened."""
    parts = [session.parts.train, session.parts.validation]
    return parts + [session.parts.test] if session.test else parts


def points(session):
    """The rows as points of a plane: their coordinates, or their one feature and the number that belongs to it."""
    data, parts = session.data, shown_parts(session)
    rows = np.concatenate([part.rows for part in parts])
    targets = session.data.in_units(np.concatenate([part.y for part in parts]))[:, 0]
    raw = data.raw[rows]
    return {
        "x": (np.column_stack([raw[:, 0], targets]) if raw.shape[1] == 1 else raw[:, :2]).astype(np.float32).reshape(-1),
        "labels": np.zeros(len(rows), np.uint8) if data.labels is None else data.labels[rows].astype(np.uint8),
        "values": targets.astype(np.float32),
        "parts": np.repeat(np.arange(len(parts), dtype=np.uint8), [len(part.x) for part in parts]),
    }


def classes(session, painter):
    """The confusion matrix of the validation rows and the mistakes that the network is surest of; in steps."""
    part, names = session.parts.validation, shapes.class_names(session.spec)
    answered = yield from outputs(session.network, part.x)
    predicted = answered.argmax(axis=1)
    sureness = answered.max(axis=1)
    wrong = np.flatnonzero(predicted != part.labels)
    wrong = wrong[np.argsort(-sureness[wrong], kind="stable")][:MOST_MISTAKES]
    side = datasets.find(session.spec["data"]).side
    return {
        "confusion": confusion_matrix(part.labels, predicted, len(names)).astype(np.int32).reshape(-1),
        "mistakes": [{
            "row": int(part.rows[i]), "truth": names[part.labels[i]], "answer": names[predicted[i]],
            "probability": float(sureness[i]),
            "picture": painter.row_picture("", part.x[i], side) if side else None,
        } for i in wrong],
        "detail": "%d of %d validation rows wrong" % (np.count_nonzero(predicted != part.labels), len(part.x)),
    }


def numbers(session, painter):
    """The network's line over one feature, or predicted against true numbers; the mean absolute error in their unit; in
    steps."""
    part, data = session.parts.validation, session.data
    true, predicted = data.in_units(part.y), data.in_units((yield from outputs(session.network, part.x)))
    error = mean_absolute_error(predicted, true)
    typical = mean_absolute_error(np.broadcast_to(data.in_units(session.parts.train.y).mean(axis=0), true.shape), true)
    fields = {"detail": "Off by %.3g on average; always saying the mean is off by %.3g" % (error, typical)}
    if data.raw.shape[1] == 1:
        x = np.linspace(-HALF, HALF, CURVE_POINTS)[:, None]
        y = data.in_units((yield from outputs(session.network, data.inputs(x))))
        fields["curve"] = {"x": x[:, 0].astype(np.float32), "y": y[:, 0].astype(np.float32)}
    elif data.raw.shape[1] > 2:
        fields["scatter"] = _pairs_of_numbers(true[:, 0], predicted[:, 0], np.ones(len(true), np.uint8), None)
    return fields


def reconstructions(session, painter):
    """Some validation rows beside what the network makes of them, and the code that it puts them into; in
    steps."""
    part, network = session.parts.validation, session.network
    again = yield from outputs(network, part.x)
    error = float(np.mean((again - part.x) ** 2))
    mean = float(np.mean((part.x - session.parts.train.x.mean(axis=0)) ** 2))
    side = datasets.find(session.spec["data"]).side
    fields = {"detail": "Mean squared error %.4f; always giving back the mean row has %.4f" % (error, mean)}
    if session.is_flat:
        shown = yield from outputs(network, np.concatenate([p.x for p in shown_parts(session)]))
        fields["again"] = {"x": session.data.raw_inputs(shown).astype(np.float32).reshape(-1)}
    else:
        fields["pairs"] = [{
            "row": int(part.rows[i]),
            "original": painter.row_picture("", part.x[i], side),
            "again": painter.row_picture("", again[i], side),
        } for i in range(min(MOST_PAIRS, len(part.x)))]
    layer = shapes.code_layer(session.spec)
    if layer is not None:
        parts = [session.parts.train, part]
        found = yield from columns(network, np.concatenate([p.x for p in parts]), {layer + 1: EVERY})
        code = found[layer + 1]
        which = np.repeat(np.arange(2, dtype=np.uint8), [len(p.x) for p in parts])
        labels = session.data.labels[np.concatenate([p.rows for p in parts])]
        fields["code"] = _pairs_of_numbers(code[:, 0], code[:, 1], which, labels)
    return fields


def _pairs_of_numbers(across, up, parts, labels):
    return {
        "x": np.column_stack([across, up]).astype(np.float32).reshape(-1),
        "labels": np.zeros(len(across), np.uint8) if labels is None else labels.astype(np.uint8),
        "parts": parts,
    }
