"""The spec: every choice that makes a run, as one dict; its defaults, its checks and its form as a link.

One typed table, FIELDS, drives the reading and the writing of links. A value that can't be used is
replaced by the default, and a sentence says so. Plain Python in the MicroPython subset, since the
page and the worker both import it. Dicts are unordered there: order lives in FIELDS.
"""
import datasets
import looks
import shapes
import typed
from characters import unquote
from kinds import MOST_DROPOUT, MOST_SEED, Choice, Layers, Locks, Packed, Real, Whole, WholeList, Words, shorten

VERSION = "1"
DROPOUT = Real(0, MOST_DROPOUT)
SPEEDS = ["1", "2", "4", "8", "15", "30", "100", "0"]  # batches a second; 0 = as fast as it can
HIDEABLE = ["task", "data", "points", "noise", "classes", "features", "standardize", "split", "batch", "shuffle",
            "optimizer", "learning-rate", "regularization", "stopping", "seeds", "init", "layers", "neurons",
            "activation", "dropout", "speed", "reset", "new-weights", "test", "compare", "share"]

FIELDS = [  # key, type, default as it would stand in a link
    ("task", Choice(datasets.TASKS), "classify"),
    ("data", Choice(datasets.NAMES), "spiral"),
    ("points", Whole(30, 2000), "300"),
    ("noise", Real(0, 1), "0.1"),
    ("classes", Whole(2, datasets.MOST_ARMS), "3"),
    ("features", Words(datasets.FEATURE_NAMES, least=1), "x,y"),
    ("standardize", Choice(["auto", "0", "1"]), "auto"),
    ("split", WholeList(3, 1, 98, total=100), "60-20-20"),
    ("layers", Layers(), "10-relu,8-relu"),
    ("init", Choice(["small", "xavier", "he", "zeros", "constant"]), "he"),
    ("scale", Real(0, 10), "0.01"),
    ("loss", Choice(["auto", "categorical_cross_entropy", "mse"]), "auto"),
    ("opt", Choice(["sgd", "momentum", "rmsprop", "adam"]), "adam"),
    ("lr", Real(0, 1000, open=True), "0.02"),
    ("schedule", Choice(["constant", "step", "cosine"]), "constant"),
    ("batch", Whole(1, 2000), "32"),
    ("l1", Real(0, 10), "0"),
    ("l2", Real(0, 10), "0"),
    ("dropout", DROPOUT, "0"),
    ("shuffle", Choice(["0", "1"]), "1"),
    ("epochs", Whole(0, 1000000), "0"),  # 0: no limit
    ("patience", Whole(0, 1000000), "0"),  # 0: no early stopping
    ("seeds", WholeList(4, 0, MOST_SEED), "1-1-1-1"),
    ("lock", Locks(), ""),
    ("speed", Choice(SPEEDS), "0"),
    ("engine", Choice(["auto", "numpy"]), "auto"),  # auto: the SIMD kernel where it runs
    ("chart", Choice(["linear", "log"]), "linear"),
    ("labels", Choice(["0", "1"]), "0"),  # whether the map of a reconstruction's code is coloured by class
    ("hide", Words(HIDEABLE), ""),
    ("weights", Packed(), ""),
] + looks.FIELDS

# What is looked at, not what is computed: the engine is not told of a change.
LOOKS = [key for key, _, _ in looks.FIELDS]

# Written into a link only where they differ from their default, which means "as usual" or "off".
QUIET = ["classes", "features", "standardize", "schedule", "epochs", "patience", "lock", "speed", "engine", "chart", "labels",
         "hide", "weights"] + LOOKS

QUIET_DEFAULTS = {key: kind.write(kind.read(text)) for key, kind, text in FIELDS if key in QUIET}

# Weights in a link belong to one network on one kind of data: a change of one of these drops them.
DROP_WEIGHTS = ["task", "data", "classes", "features", "layers", "init", "scale", "seeds"]

# Defaults of some tasks that differ from those above.
DATA_OF_TASK = {"classify": "spiral", "regress": "sine", "reconstruct": "digits"}
LAYERS_OF_TASK = {"classify": "10-relu,8-relu", "regress": "8-tanh,8-tanh", "reconstruct": "32-tanh,2-linear,32-tanh"}

# Seeds stand in the link in this order.
DATA_SEED, SPLIT_SEED, INIT_SEED, SHUFFLE_SEED = 0, 1, 2, 3


def defaults():
    """A new spec in which every field has its default."""
    return {key: kind.read(text) for key, kind, text in FIELDS}


def parse(link):
    """The spec of a link's hash (with or without the '#'), and sentences on what was mended and what could not be used."""
    texts, is_plain = _pairs(link)
    spec, wrong = _values(texts)
    problems = []
    if wrong or not is_plain:
        import complaints  # few links need these two
        import mending
        kinds_of = {key: kind for key, kind, _ in FIELDS}
        texts, problems = mending.mend(link, kinds_of)
        spec, wrong = _values(texts)
        problems += [complaints.complaint(spec, each, texts, kinds_of) for each in wrong]
    if texts.get("v", VERSION) != VERSION:
        problems.insert(0, "This link is of version %s; this page reads version %s and used what it knows."
                        % (shorten(texts["v"]), VERSION))
    _fit_defaults(spec, texts)
    spec, more = settle(spec)
    return spec, problems + more


def write_field(spec, key):
    """The value of one field as a link has it."""
    return next(kind for name, kind, _ in FIELDS if name == key).write(spec[key])


def link_of(hash, search):
    """The link that an address holds: its hash, or its query where that alone has settings, since someone wrote ? for #."""
    known = [key for key, _, _ in FIELDS] + ["v"]
    found = [pair for pair in search.lstrip("?").split("&") if pair.partition("=")[0] in known]
    return search if len(found) > 1 and not hash.lstrip("#") else hash


def _values(texts):
    """The spec with the values that the texts stand for, and (key, default, what is wrong) of those that don't read."""
    spec, wrong = defaults(), []
    for key, kind, default in FIELDS:
        if key in texts:
            try:
                spec[key] = kind.read(texts[key])
            except ValueError as error:
                wrong.append((key, default, str(error)))
    return spec, wrong


def _fit_defaults(spec, given):
    """Gives what the link does not name the default that suits what it names."""
    if "task" in given and "data" not in given:
        spec["data"] = DATA_OF_TASK[spec["task"]]
    elif "task" not in given:
        spec["task"] = datasets.find(spec["data"]).tasks[0]
    if "layers" not in given:
        spec["layers"] = Layers().read(LAYERS_OF_TASK[spec["task"]])


def settle(spec):
    """The spec with what does not go together mended, and sentences on each mending."""
    problems, spec = [], dict(spec)

    def mend(key, value, reason):
        kind = next(kind for name, kind, _ in FIELDS if name == key)
        problems.append("%s=%s %s; %s is used instead."
                        % (key, kind.write(spec[key]), reason, kind.write(value) or "none"))
        spec[key] = value

    data = datasets.find(spec["data"])
    if spec["task"] not in data.tasks:
        mend("task", data.tasks[0], "does not go with data=" + data.name)
    if spec["loss"] == "categorical_cross_entropy" and spec["task"] != "classify":
        mend("loss", "auto", "needs classes")
    if min(shapes.split_counts(spec)) == 0:
        mend("split", [60, 20, 20], "leaves a part of the %d rows empty" % shapes.row_count(spec))
    layers = shapes.dense_layers(spec)
    kept = [lock for lock in spec["lock"] if _fits(lock, layers)]
    if kept != spec["lock"]:
        mend("lock", kept, "names what the network does not have")
    if spec["layer"] > len(layers):
        mend("layer", len(layers), "is more than the network has")
    if spec["cell"] and not looks.has_cell(spec, spec["cell"]):
        mend("cell", "", "is not among the matrices of that stage")
    return spec, problems


def _fits(lock, layers):
    """Whether there is such a layer, weight or bias."""
    pieces = lock.split(".")
    if int(pieces[0]) > len(layers):
        return False
    n_inputs, n_neurons, _ = layers[int(pieces[0]) - 1]
    return len(pieces) == 1 or (int(pieces[2]) < n_neurons and (pieces[1] == "b" or int(pieces[1]) < n_inputs))


def dropouts(spec):
    """The dropout of each hidden layer: its own, or the field's."""
    return [spec["dropout"] if dropout is None else dropout for _, _, dropout in spec["layers"]]


def standardizes(spec):
    """Whether the features are standardised: as said, or as suits the data set."""
    return datasets.find(spec["data"]).standardize if spec["standardize"] == "auto" else spec["standardize"] == "1"


def loss_of(spec):
    """The loss's name in nncore: as said, or as suits the task."""
    if spec["loss"] != "auto":
        return spec["loss"]
    return "categorical_cross_entropy" if spec["task"] == "classify" else "mse"


def write(spec):
    """The spec as a link's hash, without the '#'. Most defaults are written too: they may change, a link must not."""
    pairs = [(key, kind.write(spec[key])) for key, kind, _ in FIELDS]
    return "&".join(["v=" + VERSION] + [key + "=" + value for key, value in pairs if value != QUIET_DEFAULTS.get(key)])


def differ(one, other):
    """Whether two specs are two runs, and not two looks at the same."""
    return any(one[key] != other[key] for key, _, _ in FIELDS if key not in LOOKS)


def changed(spec, key, value):
    """A copy of the spec with one field changed; weights that came with a link go where they no longer belong."""
    copy = dict(spec)
    if key in DROP_WEIGHTS:
        copy["weights"] = ""
    copy[key] = value
    return copy


def with_seed(spec, which, seed):
    """A copy of the spec with one of the four seeds changed."""
    seeds = list(spec["seeds"])
    seeds[which] = seed
    return changed(spec, "seeds", seeds)


def read_field(key, text):
    """The value that a person typed for one field; ValueError with the rest of a sentence if it can't be used."""
    for name, kind, _ in FIELDS:
        if name == key:
            return typed.read(kind, text)
    raise KeyError(key)


def _pairs(link):
    """The link's `key=value` pairs as a dict of text, the first of a repeated key, and whether there is nothing else in it."""
    found, is_plain = {}, link[:1] != "?"
    known = [key for key, _, _ in FIELDS] + ["v"]
    for pair in link.lstrip("#").split("&"):
        key, _, value = pair.partition("=")
        if key in known and key not in found:
            found[key] = unquote(value)
        elif pair and key not in known:
            is_plain = False
    return found, is_plain and found.get("v", VERSION) == VERSION
