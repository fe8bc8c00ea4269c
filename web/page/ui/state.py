"""The page's whole state in one dict, and the pure steps from one state to the next."""
import datasets
import looks
import protocol
import shapes
import kinds
import spec as specs
import typed


def new_state(link):
    """The state on opening a link."""
    spec, problems = specs.parse(link)
    return {
        "spec": spec,
        "revision": 1,  # counts the specs given to the engine, to tell frames of an earlier one
        "engine": "starting",  # starting, ready or failed
        "engine_text": "",
        "progress": 0.02,
        "restarted": "",  # why the engine had to be started again, and what became of the run
        "resume": "",  # the offer to go on with a run that is kept
        "newer": False,  # whether a newer version of the page is offered
        "run": None,  # the numbers of the last frame: see take_frame
        "doing": "",  # what the engine computes after the last frame, in words
        "late": "",  # what it is at, where a command takes long
        "refused": False,  # whether memory can't hold the spec's run, and there is none
        "playing": False,
        "messages": problems,  # sentences for #message
        "field_error": None,  # (id, sentence) of a control that holds something unusable
        "lens": False,  # whether the coming batch is walked through stage by stage
        "editor": "",  # the place that the weight editor is open for: a neuron 2.3, a weight 2.0.3, a bias 2.b.3
        "editor_error": None,  # (id, sentence) of its field that holds something unusable
        "shared": "", "shared_weights": "",  # what the two share buttons confirm
        "sharing": None,  # what more there is to say of the link last shared: see share.py
        "sample": "",
        "focus": None,  # (column, neuron) of the tile that has the pointer or the focus
        "detail": "",  # what the validation rows' scores say
        "best_epoch": None, "best_loss": None,
        "memorising": -1, "plateau": False,
        "kept": [],  # runs to compare with: see compare.py
    }


def with_spec(state, spec):
    """Another spec: the engine is told, and numbers of the old one are no longer shown where it starts over."""
    spec, problems = specs.settle(looks.within(spec))
    revision = state["revision"] + (1 if specs.differ(state["spec"], spec) else 0)
    refused = state["refused"] and revision == state["revision"]
    return merged(state, {"spec": spec, "revision": revision, "messages": problems, "field_error": None, "refused": refused,
                          "sharing": None, "editor": state["editor"] if is_place(spec, state["editor"]) else "", "editor_error": None})


def merged(state, changes):
    """A copy of the state with some entries changed."""
    copy = dict(state)
    copy.update(changes)
    return copy


def edit(state, key, value):
    """One field of the spec changed."""
    return with_spec(state, specs.changed(state["spec"], key, value))


def type_field(state, key, text, control):
    """One field changed to what a person typed; where it can't be used the spec stays and a sentence says why."""
    try:
        return edit(state, key, specs.read_field(key, text))
    except ValueError as error:
        sentence = "'%s' %s; %s stays as it was." % (kinds.shorten(text.strip()), error, NAMES[key])
        return merged(state, {"messages": [sentence], "field_error": control})


NAMES = {"lr": "the learning rate", "l1": "L1", "l2": "L2", "epochs": "the epoch limit", "patience": "the patience",
         "scale": "the scale of the initial weights", "points": "the number of points", "noise": "the noise",
         "classes": "the number of arms", "opt": "the optimizer", "schedule": "the schedule", "init": "the initial weights"}


def choose_data(state, name):
    """Another data set; the network keeps its hidden layers, its inputs and outputs follow the data."""
    return edit(state, "data", name)


def choose_task(state, task):
    """Another task, on the same data where they allow it; to and from a reconstruction the hidden layers change too."""
    old = state["spec"]
    if task == old["task"]:
        return state
    spec = specs.changed(specs.changed(old, "task", task), "loss", "auto")
    if task not in datasets.find(spec["data"]).tasks:
        spec["data"] = specs.DATA_OF_TASK[task]
    if "reconstruct" in (task, old["task"]):
        spec["layers"] = specs.read_field("layers", specs.LAYERS_OF_TASK[task])
        spec["lock"] = []
    return with_spec(state, spec)


def toggle_feature(state, name):
    """One feature more or less; the last one stays."""
    features = state["spec"]["features"]
    chosen = [each for each in datasets.FEATURE_NAMES if (each in features) != (each == name)]
    if not chosen:
        return merged(state, {"messages": ["The network needs one feature at least; add another before you take this one."]})
    return edit(state, "features", chosen)


def set_seed(state, which, text, control):
    """Another seed, as typed."""
    try:
        return with_spec(state, specs.with_seed(state["spec"], which, typed.read(kinds.Whole(0, kinds.MOST_SEED), text)))
    except ValueError as error:
        sentence = "The seed '%s' %s; it stays as it was." % (kinds.shorten(text.strip()), error)
        return merged(state, {"messages": [sentence], "field_error": control})


def add_layer(state):
    """One more hidden layer, a copy of the last."""
    layers = state["spec"]["layers"]
    last = layers[-1] if layers else [8, "tanh", None]
    return edit(state, "layers", layers + [list(last)]) if len(layers) < kinds.MOST_LAYERS else state


def remove_layer(state):
    """One hidden layer less."""
    layers = state["spec"]["layers"]
    return edit(state, "layers", layers[:-1]) if layers else state


def set_neurons(state, index, text, control):
    """Another number of neurons in a hidden layer, as typed."""
    try:
        neurons = typed.read(kinds.Whole(1, kinds.MOST_NEURONS), text)
    except ValueError as error:
        sentence = "'%s' neurons: that %s; the layer stays as it was." % (kinds.shorten(text.strip()), error)
        return merged(state, {"messages": [sentence], "field_error": control})
    return _with_layer(state, index, 0, neurons)


def set_activation(state, index, activation):
    """Another activation of a hidden layer."""
    return _with_layer(state, index, 1, activation)


def _with_layer(state, index, place, value):
    layers = [list(layer) for layer in state["spec"]["layers"]]
    layers[index][place] = value
    return edit(state, "layers", layers)


def set_dropout(state, index, text):
    """Another dropout of a hidden layer; the field's own value is not written for each layer again."""
    dropout = specs.DROPOUT.read(text)
    return _with_layer(state, index, 2, None if dropout == state["spec"]["dropout"] else dropout)


def is_place(spec, place):
    """Whether the network has that neuron `2.3`, weight `2.0.3` or bias `2.b.3`, in a layer drawn as tiles."""
    pieces, layers = place.split("."), shapes.dense_layers(spec)
    if len(pieces) < 2 or int(pieces[0]) > len(layers):
        return False
    n_inputs, n_neurons, _ = layers[int(pieces[0]) - 1]
    return (protocol.has_tiles(n_neurons) and int(pieces[-1]) < n_neurons
            and (len(pieces) == 2 or pieces[1] == "b" or int(pieces[1]) < n_inputs))


def open_editor(state, place):
    """The weight editor open for a neuron, a weight or a bias."""
    return merged(state, {"editor": place, "editor_error": None})


def close_editor(state):
    """No weight editor."""
    return merged(state, {"editor": "", "editor_error": None})


def toggle_lock(state, place):
    """Locks or unlocks a layer `2`, a weight `2.0.3` or a bias `2.b.3`; a locked layer needs no locks of its weights."""
    locks = state["spec"]["lock"]
    if place in locks:
        return edit(state, "lock", [lock for lock in locks if lock != place])
    return edit(state, "lock", [lock for lock in locks if lock.split(".")[0] != place] + [place])


def next_weights(state):
    """The next seed for the initial weights; all other seeds stay."""
    seed = state["spec"]["seeds"][specs.INIT_SEED]
    return with_spec(state, specs.with_seed(state["spec"], specs.INIT_SEED, (seed + 1) % (kinds.MOST_SEED + 1)))


def move_split(state, handle, percent):
    """Moves handle "a" (training ends) or "b" (validation ends) of the split bar; each part keeps 5 % at least."""
    train, validation, _ = state["spec"]["split"]
    a, b = train, train + validation
    if handle == "a":
        a = max(5, min(percent, b - 5))
    else:
        b = max(a + 5, min(percent, 95))
    return edit(state, "split", [a, b - a, 100 - b])


def batch_sizes(state):
    """The stops of the batch slider: powers of two below the number of training rows, and all of them."""
    rows = shapes.split_counts(state["spec"])[0]
    sizes, size = [], 1
    while size < rows:
        sizes.append(size)
        size *= 2
    return sizes + [rows]


def data_of(state):
    """The data set on view."""
    return datasets.find(state["spec"]["data"])
