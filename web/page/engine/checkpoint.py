"""A run written down as bytes, and put back: the engine may end at any moment, and a run must not be lost with it.

The bytes are a short head (MAGIC, version, length of the JSON), JSON, the run's link, arrays as they lie in memory, and a
checksum of it all. They may have been kept for long, or come from anywhere: what is read is believed of nothing.
"""
import json
import struct
import zlib

import numpy as np
import shapes
import spec as specs
from protocol import FAILED, FINISHED, PAUSED, READY

from engine import departures
from engine.session import is_other_run
from nncore.checkpoint import DROPOUT_WORDS, NUMBERS, SHUFFLE_WORDS, VECTORS, moment_names
from nncore.history import NAMES, History
from nncore.optimizers import OPTIMIZERS

MAGIC, VERSION = b"nncore\r\n", 1  # line ends as a program that takes the bytes for text would change them
HEAD, CHECKSUM = struct.Struct("<8sII"), struct.Struct("<I")
MOST_JSON = 65_536  # bytes
MOST_BRACKETS = 64  # of its JSON: what is nested deeper than the stack would end the engine itself, with no exception
MOST_TEXT = 2_000  # characters of a sentence
TEXTS = ["network", "loss", "optimizer"]
PLAIN = ["version", "split", "is_judged"] + NUMBERS + TEXTS  # what stands in the JSON of a training's state
# Its arrays, all in the order of bytes of the web, with numbers of a type that is never read from the bytes
TYPES = {"order": "<u4", "rows": "<u4", "shuffle_words": "<u4", "dropout_words": "<u8", "losses": "<f8", "history": "<f8",
         "now": "<f8"}
FLOAT = "<f4"  # of all vectors of parameters
OF_RUN = ["state", "message", "test", "epoch", "batch", "at", "is_edited", "focus", "evaluate_each", "is_begun", "notes"]


class OtherRun(ValueError):
    """The bytes are sound, but of a run that begins with other weights or data than the spec's."""


def pack(session):
    """The session's run as bytes; ValueError where its numbers are not finite, so that it is about to end."""
    pieces = _pieces(session)
    return b"".join(pieces + [CHECKSUM.pack(_checksum(pieces))])


def packing(session):
    """Does what `pack` does in steps, a piece each; the run must not be moved between them."""
    pieces, number = _pieces(session), 0
    for piece in pieces:
        number = zlib.crc32(piece, number)
        yield
    return b"".join(pieces + [CHECKSUM.pack(number)])


def restoring(session, spec, saved):
    """Puts a run that `pack` wrote down in the place of the session's, in steps; then `spec` is taken up.

    Raises ValueError, in a sentence, where the bytes are damaged, and OtherRun where they are of a run that other initial
    weights or data belong to than to `spec`'s; the session is then as it was.
    """
    link, numbers, run, arrays = read(saved)
    own, problems = specs.parse(link)
    if problems:
        raise ValueError("its link can't be read: %s" % problems[0])
    if is_other_run(own, spec):
        raise OtherRun("it is of another run than the link")
    _check_sizes(own, arrays)
    place = _read_run(own, run, numbers, arrays.pop("now"))
    yield from session.taking_up(own, {**numbers, **arrays}, place)
    if own != spec:
        yield from session.configuring(spec)


def read(saved):
    """(link, numbers of the training, those of the session, arrays) in some bytes; ValueError where they are damaged.

    The arrays are views of the bytes.
    """
    saved = memoryview(saved).cast("B")
    if len(saved) < HEAD.size + CHECKSUM.size:
        raise ValueError("it is cut off")
    magic, version, length = HEAD.unpack_from(saved)
    if magic != MAGIC:
        raise ValueError("it is nothing that this page wrote")
    if version != VERSION:
        raise ValueError("it is of version %d, and this page reads version %d" % (version, VERSION))
    end = len(saved) - CHECKSUM.size
    if CHECKSUM.unpack_from(saved, end)[0] != zlib.crc32(saved[:end]):
        raise ValueError("it is damaged or cut off")
    if length > min(MOST_JSON, end - HEAD.size):
        raise ValueError("its description is longer than it may be")
    about = _parse(saved[HEAD.size:HEAD.size + length])
    _check_keys(about, ["link", "counts", "same", "numbers", "run"])
    start = HEAD.size + length
    link_end = start + _whole(about["link"], end - start)
    link = _text(saved[start:link_end])
    numbers = about["numbers"]
    _check_keys(numbers, PLAIN)
    return link, numbers, about["run"], _read_arrays(saved[link_end:end], about["counts"], about["same"], numbers["optimizer"])


# ---- writing

def _pieces(session):
    """All that the bytes consist of but for the checksum, none of it copied where it is large."""
    training = session.training
    state = training.state(copy=False)
    now = np.array([getattr(session.now, name) for name in NAMES], "<f8")
    if not np.isfinite(now).all():
        raise ValueError("the loss is not finite: there is nothing to go on from")
    state["now"] = now
    same = _repeated(state)
    names = [name for name in _names(training.optimizer) if name not in same]
    arrays = [np.ascontiguousarray(state[name], TYPES.get(name, FLOAT)).reshape(-1) for name in names]
    link = specs.write(session.spec).encode()
    notes = session.departures
    about = {
        "link": len(link), "counts": {name: array.size for name, array in zip(names, arrays)}, "same": same,
        "numbers": {key: state[key] for key in PLAIN},
        "run": {"state": session.state, "message": session.message[:MOST_TEXT], "test": session.test,
                "epoch": session.epoch, "batch": session.batch, "at": float(session.at), "is_edited": session.is_edited,
                "focus": session.focus, "evaluate_each": training.evaluate_each,
                "is_begun": notes.is_begun, "notes": notes.notes},
    }
    text = json.dumps(about).encode()
    return [HEAD.pack(MAGIC, VERSION, len(text)), text, link, *arrays]


def _names(optimizer):
    """The arrays in their order."""
    return VECTORS + moment_names(optimizer) + list(TYPES)


def _repeated(state):
    """Vectors that are, bit for bit, one before them, as {name: that one}: after a measured epoch all three are one."""
    same = {}
    for i, name in enumerate(VECTORS):
        for other in VECTORS[:i]:
            if other not in same and np.array_equal(state[name].view(np.uint32), state[other].view(np.uint32)):
                same[name] = other
                break
    return same


def _checksum(pieces):
    number = 0
    for piece in pieces:
        number = zlib.crc32(piece, number)
    return number


# ---- reading

def _parse(piece):
    text = _text(piece)
    outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])  # of strings
    if outside.count("[") + outside.count("{") > MOST_BRACKETS:
        raise ValueError("its description is nested deeper than any that this page wrote")
    try:
        return json.loads(text, parse_constant=_refuse)
    except ValueError:
        raise ValueError("its description can't be read") from None


def _refuse(constant):
    raise ValueError("%s is no number of JSON" % constant)


def _text(piece):
    try:
        return bytes(piece).decode()
    except UnicodeDecodeError:
        raise ValueError("its texts can't be read") from None


def _check_keys(given, needed):
    if not isinstance(given, dict) or set(given) != set(needed):
        raise ValueError("its description lacks something, or has too much")


def _whole(value, most, least=0):
    if type(value) is not int or not least <= value <= most:
        raise ValueError("a number in its description is none from %d to %d" % (least, most))
    return value


def _flag(value):
    if type(value) is not bool:
        raise ValueError("its description has something else where yes or no is needed")
    return value


def _sentence(value, most=MOST_TEXT):
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("a text in its description is none, or too long")
    return value


def _read_arrays(saved, counts, same, optimizer):
    kind = next((kind for kind in OPTIMIZERS.values() if kind.__name__ == optimizer), None)
    if kind is None:
        raise ValueError("its optimizer is unknown")
    names = _names(kind)
    if not isinstance(same, dict) or any(name not in VECTORS or other not in VECTORS[:VECTORS.index(name)]
                                         for name, other in same.items()):
        raise ValueError("its description refers to what is not there")
    _check_keys(counts, [name for name in names if name not in same])
    arrays, start = {}, 0
    for name in names:
        if name in same:
            arrays[name] = arrays[same[name]]
            continue
        dtype = np.dtype(TYPES.get(name, FLOAT))
        room = (len(saved) - start) // dtype.itemsize
        arrays[name] = np.frombuffer(saved, dtype, _whole(counts[name], room), start)
        start += arrays[name].nbytes
    if start != len(saved):
        raise ValueError("it is %d bytes longer than its description says" % (len(saved) - start))
    if arrays["history"].size % len(NAMES):
        raise ValueError("its history is cut off")
    arrays["history"] = arrays["history"].reshape(-1, len(NAMES))
    return arrays


def _check_sizes(spec, arrays):
    """Refuses arrays that are not of the spec's network and data, before anything is built for them."""
    parameters, rows = shapes.parameter_count(spec), shapes.split_counts(spec)[0]
    right = {"order": [rows], "rows": range(rows + 1), "shuffle_words": [SHUFFLE_WORDS], "dropout_words": [DROPOUT_WORDS],
             "losses": [2], "now": [len(NAMES)]}
    for name, array in arrays.items():
        if name == "history":
            continue
        moments = [parameters] if name in VECTORS else [0, parameters]
        if array.size not in right.get(name, moments):
            raise ValueError("its %s is of %d numbers, which does not fit the link" % (name, array.size))


def _read_run(spec, run, numbers, now):
    """The session's own part, checked, as its `taking_up` wants it."""
    _check_keys(run, OF_RUN)
    if run["state"] not in (READY, PAUSED, FINISHED, FAILED):
        raise ValueError("its state is none that a run has")
    finished = _whole(numbers["epoch"], 2**53)
    epoch = _whole(run["epoch"], finished + 1, finished)
    at = run["at"]
    if type(at) is not float or not 0 <= at <= epoch:
        raise ValueError("its last evaluation is of no epoch that it had")
    focus = run["focus"]
    if focus is not None:
        if not isinstance(focus, list) or len(focus) != 2:
            raise ValueError("its neuron on view is none")
        focus = tuple(_whole(part, 1_000_000) for part in focus)
        if not shapes.has_neuron(spec, *focus):
            raise ValueError("its neuron on view is none of the network")
    return {
        "state": run["state"], "message": _sentence(run["message"]), "test": _sentence(run["test"]),
        "epoch": epoch, "batch": _whole(run["batch"], shapes.split_counts(spec)[0]), "at": at,
        "is_edited": _flag(run["is_edited"]), "focus": focus, "now": History.from_table(now.reshape(1, -1), 1)[0],
        "evaluate_each": _whole(run["evaluate_each"], 1_000_000, 1),
        "departures": departures.Departures(_flag(run["is_begun"]), _read_notes(run["notes"])),
    }


def _read_notes(notes):
    if not isinstance(notes, list) or len(notes) > len(departures.ALL):
        raise ValueError("its list of changes is none")
    for note in notes:
        if not isinstance(note, list) or len(note) != 3 or note[0] not in departures.ALL:
            raise ValueError("it names a change that there is not")
        _whole(note[1], 2**53)
        if note[2] is not None:
            _sentence(note[2], departures.TEXT)
    return notes
