"""A checkpoint is all that decides how a training goes on, as plain numbers, texts and arrays: written down at any
moment and put back, it leads to the same numbers, bit for bit, as if there had been no interruption.

What is put back may come from a damaged file or from a stranger: all of it is checked before anything is changed.
"""

import numpy as np

from . import checks
from .history import History

VERSION = 1
MOST = 2**53  # epochs and updates: whole numbers up to here are exact as float64, too
SHUFFLE_WORDS = 624  # of 32 bits: the state of a Mersenne Twister
DROPOUT_WORDS = 6  # of 64 bits: PCG64's state and increment, high and low, whether half a word is left, that half
NUMBERS = ["epoch", "batch", "updates", "batch_size", "measured", "optimizer_updates", "shuffle_at"]
VECTORS = ["parameters", "best_parameters", "last_finite"]


def moment_names(optimizer):
    """Return the keys of an optimizer's moments."""
    return [f"moment_{i}" for i in range(1, optimizer.n_moments + 1)]


def keys(optimizer):
    """Return all keys of the state of a training with such an optimizer."""
    texts = ["network", "loss", "optimizer"]
    arrays = ["order", "rows", "shuffle_words", "dropout_words", "losses", "history"]
    return ["version", *texts, "split", "is_judged", *NUMBERS, *VECTORS, *moment_names(optimizer), *arrays]


def state_of(training):
    """Return the state as `Training.state` does, with the training's own arrays, not copies; ValueError where the next
    update would end the run, for its numbers are no longer finite."""
    network, optimizer, updating = training.network, training.optimizer, training._updating
    _, shuffle_words, shuffle_at, _, _ = training._shuffle_rng.get_state()
    state = {
        "version": VERSION,
        "network": network.architecture,
        "loss": training.loss.name,
        "optimizer": type(optimizer).__name__,
        "split": _fingerprint(training.split),
        "epoch": training.epoch,
        "batch": training.batch,
        "updates": training.updates,
        "batch_size": updating.size if training._is_open else 0,
        "is_judged": training._is_judged,
        "order": updating.order,
        "rows": training.rows,
        "shuffle_words": shuffle_words,
        "shuffle_at": int(shuffle_at),
        "dropout_words": _dropout_words(updating.rng_before or training._dropout_rng.bit_generator.state),
        "losses": np.array(training._losses),
        "history": training.history.table,
        "measured": training.history.measured,
        "parameters": network.parameters,
        "best_parameters": training.best_parameters,
        "last_finite": training._last_finite,
        "optimizer_updates": optimizer.updates,
    }
    moments = optimizer.moments or [np.empty(0, network.dtype)] * optimizer.n_moments  # before the first update: none
    state.update(zip(moment_names(optimizer), moments))
    _check_numbers(state, optimizer)
    return state


def put_back(training, state):
    """Give a training the state of another of the same making; ValueError, and no change, where it does not fit."""
    clean = _checked(training, state)
    network, optimizer, updating = training.network, training.optimizer, training._updating
    moments = [clean[name] for name in moment_names(optimizer)]
    if any(moment.size == 0 for moment in moments):
        optimizer.reset()
    else:
        optimizer.ready(network.parameters)
        for mine, given in zip(optimizer.moments, moments):
            mine[...] = given
        optimizer.updates = clean["optimizer_updates"]
    network.parameters[...] = clean["parameters"]
    training.best_parameters[...] = clean["best_parameters"]
    training._last_finite[...] = clean["last_finite"]
    training.history = clean["history"]
    training.epoch, training.batch, training.updates = clean["epoch"], clean["batch"], clean["updates"]
    training._losses = tuple(clean["losses"].tolist())
    training._is_open, training._is_judged = clean["batch_size"] > 0, clean["is_judged"]
    training._prepared = None
    training.rows = clean["rows"]
    if training._is_open:
        updating.open(clean["order"], clean["batch_size"])
    else:
        updating.order = clean["order"]
    training._shuffle_rng.set_state(("MT19937", clean["shuffle_words"], clean["shuffle_at"]))
    training._dropout_rng.bit_generator.state = _dropout_state(clean["dropout_words"])


def _checked(training, state):
    """Return the state as arrays and numbers that fit the training, or refuse it."""
    try:
        given = {key: _unwrapped(value) for key, value in dict(state).items()}
    except (TypeError, ValueError):
        raise ValueError(f"the state is a {type(state).__name__}: a dict such as state() returns is needed") from None
    if training._updating.rng_before is not None:
        raise ValueError("an update is under way in steps: finish or close it before a state is put back")
    _check_making(training, given)
    optimizer, n = training.optimizer, len(training._x)
    checks.keys(given, keys(optimizer), "the state")
    clean = {key: _whole(given, key) for key in NUMBERS}
    if not isinstance(given["is_judged"], (bool, np.bool_)):
        raise ValueError(f"the state's is_judged is {given['is_judged']!r}: True or False is needed")
    clean["is_judged"] = bool(given["is_judged"])
    size, dtype = training.network.parameters.size, training.network.dtype
    for name in VECTORS:
        clean[name] = _array(given, name, dtype, (size,))
    has_moments = clean["optimizer_updates"] > 0
    for name in moment_names(optimizer):
        is_empty = np.shape(given[name]) == (0,) and not has_moments
        clean[name] = _array(given, name, dtype, (0,) if is_empty else (size,))
    clean["losses"] = _array(given, "losses", np.dtype(np.float64), (2,))
    _check_numbers(clean, optimizer)
    clean["shuffle_words"] = _array(given, "shuffle_words", np.dtype(np.uint32), (SHUFFLE_WORDS,)).copy()
    clean["dropout_words"] = _array(given, "dropout_words", np.dtype(np.uint64), (DROPOUT_WORDS,)).copy()
    clean["order"], clean["rows"] = _rows(given, "order", n), _rows(given, "rows", n)
    clean["history"] = History.from_table(given["history"], clean["measured"], keep=training.history.keep)
    _check_random(clean)
    _check_place(clean, n)
    return clean


def _unwrapped(value):
    """Return the number or text in an array of no dimension, as np.load makes it of either; all else as it is."""
    return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value


def _check_making(training, given):
    """Refuse the state of another network, loss, optimizer or split."""
    version = checks.count(given.get("version"), "the state's version", 0)
    if version != VERSION:
        raise ValueError(f"the state is of version {version}: version {VERSION} is needed")
    mine = {
        "network": training.network.architecture,
        "loss": training.loss.name,
        "optimizer": type(training.optimizer).__name__,
    }
    for key, needed in mine.items():
        value = given.get(key)
        if not isinstance(value, str) or value != needed:
            raise ValueError(f"the state is of the {key} {value!r:.200} but this training has {needed!r}")
    if checks.count(given.get("split"), "the state's split", 0) != _fingerprint(training.split):
        raise ValueError(
            f"the state is of another split: the same data set of {len(training.split.dataset)} rows, split by the"
            " same seed, is needed"
        )


def _fingerprint(split):
    """Return a number that tells the rows of the three parts from others; their values may differ in the last digit
    from machine to machine, and do not count."""
    import zlib  # imported here, for it delays the start of a page that needs none

    number = 0
    for part in (split.train, split.validation, split.test):
        number = zlib.crc32(part.rows.astype("<i8").tobytes(), number)
    return number


def _whole(given, key):
    number = checks.count(given[key], f"the state's {key}", 0)
    if number > MOST:
        raise ValueError(f"the state's {key} is {number}: a whole number up to 2**53 is needed")
    return number


def _array(given, key, dtype, shape):
    """Return an array of exactly this type (in either order of bytes) and shape."""
    array = given[key]
    if not isinstance(array, np.ndarray):
        raise ValueError(f"the state's {key} is a {type(array).__name__}: an array of {dtype} {shape} is needed")
    if array.dtype.newbyteorder("=") != dtype or array.shape != shape:
        raise ValueError(f"the state's {key} is {array.dtype} {array.shape}: {dtype} {shape} is needed")
    return np.asarray(array, dtype)


def _rows(given, key, n):
    """Return different rows of the training part's n."""
    rows = given[key]
    if not isinstance(rows, np.ndarray) or rows.dtype.kind not in "iu" or rows.ndim != 1:
        raise ValueError(f"the state's {key} is no vector of whole numbers: row numbers of the training part are needed")
    if rows.size and (rows.min() < 0 or rows.max() >= n or np.bincount(rows.astype(np.intp)).max() > 1):
        raise ValueError(f"the state's {key} must name rows from 0 to {n - 1}, each at most once")
    return rows.astype(np.intp)


def _check_numbers(state, optimizer):
    """Refuse parameters and losses that are not finite, and moments that are no numbers. An infinite moment may be: a
    squared gradient that float32 can't hold, by which the optimizer then divides."""
    for name in [*VECTORS, "losses"]:
        if not np.isfinite(state[name]).all():
            raise ValueError(f"the {name} are not all finite: where a run ends that way there is nothing to go on from")
    for name in moment_names(optimizer):
        if np.isnan(state[name]).any():
            raise ValueError(f"the optimizer's {name} is not a number everywhere: there is nothing to go on from")


def _check_random(clean):
    """Refuse states that the generators of random numbers never have, and which they would not survive."""
    if clean["shuffle_at"] > SHUFFLE_WORDS:
        raise ValueError(
            f"the state's shuffle_at is {clean['shuffle_at']}: a place from 0 to {SHUFFLE_WORDS} is needed"
        )
    if not clean["shuffle_words"].any():
        raise ValueError("the state's shuffle_words are all zero, which gives nothing but zeros")
    _, _, _, increment, has_half, half = clean["dropout_words"].tolist()
    if increment % 2 == 0 or has_half > 1 or half >= 2**32:
        raise ValueError("the state's dropout_words are none that PCG64 can have")


def _check_place(clean, n):
    """Refuse an epoch, batch or count of updates that no run comes to."""
    size, batch, history = clean["batch_size"], clean["batch"], clean["history"]
    if len(clean["order"]) != n:
        raise ValueError(f"the state's order has {len(clean['order'])} rows but the training part has {n}")
    if size > n:
        raise ValueError(f"the state's batch_size is {size} but the training part has {n} rows")
    most = -(-n // size) if size else n
    if batch > most:
        raise ValueError(f"the state's batch is {batch} but the epoch has {most} batches at most")
    last = history[-1] if history else None
    if (last.epoch > clean["epoch"] or last.updates > clean["updates"]) if last else clean["updates"]:
        raise ValueError(
            f"the state is at epoch {clean['epoch']}, update {clean['updates']}, but its history ends with"
            f" {'epoch %d, update %d' % (last.epoch, last.updates) if last else 'nothing'}"
        )
    if not history and (size or clean["epoch"]):
        raise ValueError("the state is within an epoch, but its history does not begin: epoch 0 must be measured first")


def _dropout_words(state):
    """Return PCG64's state as 64-bit words: state and increment, high and low, whether half a word is left, that half."""
    inner, low = state["state"], 2**64 - 1
    words = [inner["state"] >> 64, inner["state"] & low, inner["inc"] >> 64, inner["inc"] & low]
    return np.array([*words, state["has_uint32"], state["uinteger"]], np.uint64)


def _dropout_state(words):
    high, low, inc_high, inc_low, has_half, half = words.tolist()
    inner = {"state": high << 64 | low, "inc": inc_high << 64 | inc_low}
    return {"bit_generator": "PCG64", "state": inner, "has_uint32": has_half, "uinteger": half}
