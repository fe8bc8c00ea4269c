"""Links of TensorFlow Playground, read where they mean the same here; one sentence tells what has no counterpart.

Its keys, defaults and arithmetic (src/state.ts, dataset.ts, nn.ts): 500 points of coordinates up to 6, 1,200 for a
regression; plain gradient descent on squared errors; weights even between -0.5 and 0.5; the rows are shuffled once.

- Regularization: its update is w -= rate / batch · (Σ gradients + λ · w), or sign(w) for L1. The gradients here are means
  over the batch and the penalty adds l2 · w, or l1 · sign(w): the same for l1 or l2 = λ / batch.
- Noise, 0 to 50: half the width of an even distribution, in percent, over the data's radius; here the share of a
  normal distribution's width. The one that moves the points as far, by standard deviation, is taken.
- One tanh output of targets ±1 is two softmax outputs here: its squared error is twice theirs.

Plain Python in the MicroPython subset.
"""
import kinds

DEFAULTS = {  # of what is taken over
    "activation": "tanh", "regularization": "none", "batchSize": "10", "dataset": "circle", "regDataset": "reg-plane",
    "learningRate": "0.03", "regularizationRate": "0", "noise": "0", "networkShape": "4,2", "percTrainData": "50",
    "problem": "classification", "initZero": "false", "x": "true", "y": "true", "xTimesY": "false", "xSquared": "false",
    "ySquared": "false", "sinX": "false", "sinY": "false",
}
OTHERS = ["seed", "showTestData", "discretize", "cosX", "cosY", "collectStats", "tutorial", "hideText"]
HIDES = "_hide"  # what a key ends with that takes a control out of the page
CLASSIFIED = ["circle", "xor", "gauss", "spiral"]
FEATURES = [("x", "x"), ("y", "y"), ("xSquared", "x2"), ("ySquared", "y2"), ("xTimesY", "xy"), ("sinX", "sinx"),
            ("sinY", "siny")]
HIDDEN = {
    "resetButton": "reset", "learningRate": "learning-rate", "activation": "activation", "regularization": "regularization",
    "regularizationRate": "regularization", "problem": "task", "dataset": "data", "percTrainData": "split", "noise": "noise",
    "batchSize": "batch", "numHiddenLayers": "layers",
}
LEAST = 2  # keys of its own that make a link one of its links
DEVIATION = "0.289"  # of its initial weights, which are even between -0.5 and 0.5


def is_key(key):
    """Whether the Playground has that key."""
    return key in DEFAULTS or key in OTHERS or key.endswith(HIDES)


def read(texts, given):
    """The texts of a link's settings and what is to be said, where the link is the Playground's; else `texts` and "".

    `texts` are of keys that this page has (`noise` it shares), `given` of the Playground's.
    """
    if len(given) < LEAST or any(key not in ("v", "noise") for key in texts):
        return texts, ""
    had = dict(DEFAULTS)
    had.update({key: value for key, value in texts.items() if key == "noise"})
    had.update({key: value for key, value in given.items() if value})
    had["networkShape"] = given.get("networkShape", DEFAULTS["networkShape"])  # empty: no hidden layer
    missing = ["coordinates go from −1 to 1 here, not from −6 to 6"]
    out = _run(had)
    out.update(_data(had, given, missing))
    _note_others(had, missing)
    hidden = [key[:-len(HIDES)] for key in sorted(given) if key.endswith(HIDES) and given[key] == "true"]
    hidden = [HIDDEN[name] for name in hidden if name in HIDDEN]
    if hidden:
        out["hide"] = ",".join(hidden)
    return out, ("This is a link of TensorFlow Playground; what means the same was taken over. Not the same: %s."
                 % "; ".join(missing))


def _run(had):
    """How its network is built and trained, in this page's words."""
    batch, rate = _number(had["batchSize"], 10), _number(had["regularizationRate"], 0)
    penalty = kinds.number(rate / batch) if batch >= 1 and rate >= 0 else "0"
    kind = had["regularization"]
    shape = [size for size in had["networkShape"].split(",") if size]
    return {
        "layers": ",".join("%s-%s" % (size, had["activation"]) for size in shape), "opt": "sgd", "lr": had["learningRate"],
        "batch": had["batchSize"], "loss": "mse", "shuffle": "0", "l1": penalty if kind == "L1" else "0",
        "l2": penalty if kind == "L2" else "0", "init": "zeros" if had["initZero"] == "true" else "small", "scale": DEVIATION,
    }


def _data(had, given, missing):
    """Its data and features, in this page's words."""
    regresses = had["problem"] == "regression"
    name = "plane" if regresses else had["dataset"]
    noise = max(0, min(50, _number(had["noise"], 0))) / 100
    out = {"task": "regress" if regresses else "classify", "data": name, "points": "1200" if regresses else "500",
           "noise": kinds.number(round(_spread(name, noise), 2))}
    if name == "spiral":
        out["classes"] = "2"
    if regresses:
        missing.append("the plane has another slope here" if had["regDataset"] == "reg-plane" else
                       "%s is not here, a plane takes its place" % kinds.shorten(had["regDataset"]))
    else:
        missing.append("its one tanh output is two softmax outputs here")
    train = _number(had["percTrainData"], 50)
    if 1 <= train <= 98 and train == int(train):
        validation = (100 - int(train)) // 2
        out["split"] = "%d-%d-%d" % (int(train), 100 - int(train) - validation, validation)
    missing.append("its test data are split into validation and test here")
    features = [own for theirs, own in FEATURES if had[theirs] != "false"]
    if features:
        out["features"] = ",".join(features)
    else:
        missing.append("a network without any input is not possible here")
    if "sinx" in features or "siny" in features:
        missing.append("sin(X) is sin πx here")
    return out


def _spread(name, noise):
    """The noise here with the same standard deviation over the data's size as its share `noise`, of 0 to 0.5."""
    if name == "gauss":  # its centres are at 2, ours at 0.5; its variance goes from 0.5 to 4, ours is 0.15² + (0.5 noise)²
        return max(0, (0.5 + 7 * noise) / 16 - 0.0225) ** 0.5 / 0.5
    if name == "plane":  # the same share of the heights' own deviation, which is 0.416 here
        return noise * 0.416 / 0.5
    even = 3 ** -0.5  # the standard deviation of an even distribution from -1 to 1
    return noise * even / (5 * 0.15) if name == "spiral" else noise * even / 0.3


def _note_others(had, missing):
    """What else it has that this page has not."""
    seed = had.get("seed")
    if seed:
        missing.append("its seed %s draws other points and weights than any seed here" % kinds.shorten(seed))
    for key, words in (("cosX", "cos(X₁) is not here"), ("cosY", "cos(X₂) is not here"),
                       ("showTestData", "test data stay sealed until you open them"),
                       ("discretize", "the map shows shares, not classes")):
        if had.get(key) == "true":
            missing.append(words)


def _number(text, otherwise):
    return float(text) if kinds.is_real(text) else otherwise
