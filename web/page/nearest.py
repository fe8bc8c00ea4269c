"""Names that were mistyped or guessed: the nearest ones that there are.

Plain Python in the MicroPython subset.
"""
import kinds
from characters import lower, without

# Keys of other versions of this page, and what other sites add to addresses: no word about them.
SILENT = [
    "guide", "row", "rows", "embed", "type", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "gad", "msclkid",
    "yclid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "oly_enc_id",
    "oly_anon_id", "vero_id", "_ga", "_gl", "_hsenc", "_hsmi", "ref", "ref_src", "ref_url", "source", "src", "si",
    "spm", "share", "s_kwcid", "wickedid", "srsltid",
]
SILENT_BEGINNINGS = ["utm_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "gad_", ":~:"]

GUESSES = {  # what people call a setting elsewhere, without - and _
    "learningrate": "lr", "learning": "lr", "rate": "lr", "eta": "lr", "alpha": "lr", "stepsize": "lr",
    "epoch": "epochs", "maxepochs": "epochs", "nepochs": "epochs", "batchsize": "batch", "minibatch": "batch",
    "optimizer": "opt", "optimiser": "opt", "solver": "opt", "dataset": "data", "network": "layers",
    "hidden": "layers", "hiddenlayers": "layers", "hiddenlayersizes": "layers", "networkshape": "layers",
    "neurons": "layers", "units": "layers", "activation": "layers", "activations": "layers", "initializer": "init",
    "initialiser": "init", "initialization": "init", "initialweights": "init", "regularization": "l2",
    "regularisation": "l2", "regularizationrate": "l2", "weightdecay": "l2", "problem": "task", "objective": "loss",
    "criterion": "loss", "randomstate": "seeds", "samples": "points", "nsamples": "points", "size": "points",
    "arms": "classes", "nclasses": "classes", "earlystopping": "patience", "percentage": "split",
    "perctraindata": "split", "validationsplit": "split", "testsize": "split", "standardise": "standardize",
    "normalize": "standardize", "decimals": "digits", "page": "view", "tab": "view", "exhibit": "view",
    "locks": "lock", "freeze": "lock", "inputs": "features", "fps": "speed",
}
GUESSES_TO_HIDE = {
    "lr": ["learning-rate"], "rate": ["learning-rate"], "schedule": ["learning-rate"],
    "training": ["optimizer", "learning-rate", "batch", "regularization", "stopping"], "opt": ["optimizer"],
    "l1": ["regularization"], "l2": ["regularization"], "epochs": ["stopping"], "patience": ["stopping"],
    "earlystopping": ["stopping"], "weights": ["new-weights", "init"], "reseed": ["new-weights"], "scale": ["init"],
    "network": ["layers", "neurons", "activation"], "hidden": ["layers"], "units": ["neurons"], "tasks": ["task"],
    "dataset": ["data"], "arms": ["classes"], "inputs": ["features"], "testset": ["test"], "sharing": ["share"],
    "link": ["share"], "controls": ["speed", "reset"], "settings": ["data", "points", "noise", "split", "batch"],
    "normalize": ["standardize"], "runs": ["compare"], "random": ["seeds"],
}
MOST_TOLD = 4
MOST_LOOKED_AT = 12  # of the unknown keys of a link: comparing takes time


def is_silent(key):
    """Whether a key that means nothing here is left without a word."""
    return key in SILENT or any(key.startswith(beginning) for beginning in SILENT_BEGINNINGS)


def mistyped(unknown, keys):
    """At most one sentence on unknown keys: those that look like a setting's, with the one that may be meant."""
    told, meant = [], []
    for key in unknown[:MOST_LOOKED_AT]:
        found = setting(key, keys)
        if found and "'%s'" % kinds.shorten(key) not in told:
            told.append("'%s'" % kinds.shorten(key))
            meant.append(found)
    if not told:
        return []
    few = told[:MOST_TOLD]
    return ["%s %s of this page; do you mean %s?%s" % (
        ", ".join(few), "is no setting" if len(few) == 1 else "are no settings", ", ".join(meant[:MOST_TOLD]),
        "" if len(told) == len(few) else " So are %d more." % (len(told) - len(few)))]


def setting(key, keys):
    """The setting that an unknown key is likely to mean, or None."""
    guess = GUESSES.get(_bare(key))
    if guess:
        return guess
    near = _nearest(key, keys)
    if near:
        return near
    near = _nearest(_bare(key), sorted(GUESSES))
    return GUESSES[near] if near else None


def to_hide(word, names):
    """Names that may be meant by a word of `hide`: those guessed for it, or the nearest one."""
    for guess in (_bare(word), _bare(word) + "s", _bare(word)[:-1]):
        if guess in GUESSES_TO_HIDE:
            return GUESSES_TO_HIDE[guess]
    near = _nearest(lower(word), names) or [name for name in names if len(word) > 3 and _bare(name) == _bare(word)][:1]
    return [near] if isinstance(near, str) else near


def better_key(key, text, kinds_of):
    """The plural of a key, where its kind reads the text that this one's does not: layers for layer=8-relu; or None."""
    kind = kinds_of.get(key + "s")
    try:
        return key + "s" if kind and kind.read(text) else None
    except ValueError:
        return None


def _bare(word):
    return without(lower(word), "-_ ")


def _nearest(word, names):
    """The name that differs in few letters, fewer the shorter it is; the one alone that is nearest, or None."""
    word = lower(word)
    most = 2 if len(word) > 5 else 1 if len(word) > 2 else 0
    if not 0 < most or len(word) > 30:
        return None
    best, at = None, most + 1
    for name in names:
        away = distance(word, name, most)
        if away < at:
            best, at = name, away
    return best


def distance(one, other, most):
    """How many letters must be changed, added, left out or swapped with their neighbour; `most` + 1 for more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i in range(len(one)):
        earlier, before, row = before, row, [i + 1]
        for j in range(len(other)):
            least = min(before[j + 1] + 1, row[j] + 1, before[j] + (one[i] != other[j]))
            if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
                least = min(least, earlier[j - 1] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]
