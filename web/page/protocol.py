"""Every message between the page and the engine, named once. Both sides import this file.

Page to engine: the exported functions below, called as `await engine.play()`. A call that fails rejects
with the traceback, whose last line is the sentence to show. Arguments are plain numbers and text only:
bytes from MicroPython never arrive.

Engine to page: one call, `on_frame(frame)`. The page answers when it has drawn, and until then the
engine trains on without sending another. A frame is an object with the fields below; arrays are flat
typed arrays (structured clone copies those almost for nothing), and a field that did not change since
the last frame is absent.
"""

STARTING = [
    "start_error",  # () -> text of what went wrong while the engine loaded, or None; always there
    "alive",  # () -> True, at once: asked again and again, see lifeline.js
    "versions",  # () -> "Python 3.13.2, NumPy 2.2.5"
]
COMMANDS = [
    "configure",  # (link, revision) take up a spec, given as a link's hash
    "checkpoint",  # () -> [Uint8Array to be given to `resume`, epoch, updates] of the run as it is after what was asked for
                   # before; nothing where there is no run, or one whose numbers are not finite: what was kept before is the
                   # last that is sound. To be asked for every few seconds, less often where it is large; training goes on undisturbed
    "resume",  # (link, revision, Uint8Array from `checkpoint`) in place of `configure`: take up a spec and the run kept of
               # it, from where the same numbers follow. Settings that were changed since are taken up too; where the bytes
               # are of another run or can't be used it is `configure`, and the frames say so
    "play",  # ()
    "pause",  # ()
    "step_batch",  # ()
    "step_epoch",  # ()
    "reset",  # () back to the same initial weights
    "open_test",  # () evaluate on the test rows
    "restore_best",  # () back to the weights with the lowest validation loss
    "set_parameter",  # (place, value) a weight "2.0.3" or bias "2.b.3", layers from 1, neurons from 0
    "pack_weights",  # () -> the present weights and biases as text for a link
    "set_focus",  # (column, neuron) show that neuron's answer in the large map; -1 for the network's
    "look_inside",  # ("pass layer cell digits", such as "forward 1 z.2.3 4", "-" for no cell) or "" for nothing
    "check_gradient",  # (layer, key, row, column) -> a sentence; the key of a matrix of weights or biases, see stages.KEYS
    "exhibit",  # (name, question as JSON, bytes of float64 numbers that go with it, or none) -> the answer of
                # engine/exhibits/<name>.py as JSON
    "set_palette",  # (colours as "r,g,b;…" in the order of PALETTE)
]

# Where the engine paints, it paints in the page's own colours.
PALETTE = ["neg", "zero", "pos", "ink", "map", "class-0", "class-1", "class-2", "class-3", "class-4"]

# States of the run, as shown in #status[data-state]. BUILDING while a run is being built that has no numbers yet; an
# engine that starts, or fails to, is the page's own matter.
READY, TRAINING, PAUSED, FINISHED, FAILED = "ready", "training", "paused", "finished", "failed"
BUILDING = "starting"

# What became of a run that was to be put back.
PUT_BACK, OTHER_RUN, UNUSABLE = "put back", "other run", "unusable"

FRAME = [
    # always there
    "revision",  # the one given with the last `configure`, so that the page can tell late frames
    "state",  # READY, TRAINING, PAUSED, FINISHED, FAILED, or BUILDING, which comes with "doing" alone
    "doing",  # what is being computed meanwhile, such as "Measuring the loss", or ""; more frames follow when it is done
    "refused",  # in place of all below: why the spec of that revision can't be had; the run before it stands
    "message",  # a sentence for #message, or ""
    "epoch", "batch", "batches", "updates",  # counted from 1; 0 before the first update
    "train_loss", "train_score", "validation_loss", "validation_score",
    "changed",  # "" while the link alone would give the same numbers, else what was changed on the way and when, such as
                # "learning rate at epoch 5, weights by hand at epoch 7"
    "resumed",  # what became of the run that was last given to `resume`: PUT_BACK, OTHER_RUN, UNUSABLE (the message says
                # why), "" where none was
    "test",  # "" while sealed, else the sentence with the test set's score
    "rate",  # training rows a second of late, 0 while not measured
    "engine",  # what computes: "SIMD kernel, 26 GFLOP/s", or why NumPy does
    "detail",  # a sentence with scores of the validation rows that suit the task, or ""
    # absent when unchanged
    "history",  # {epochs, train, validation}: Float64Arrays, evaluated losses
    "best_epoch", "best_loss",  # where the validation loss was lowest: these four come with the history
    "memorising", "plateau",  # epoch since which it learns by heart, or -1; whether the loss stands still
    "biases",  # Float32Array of all layers, one after another
    "weights",  # Float32Array of the layers that are drawn as tiles, one after another
    "distinct",  # Int32Array, how many different neurons each dense layer has
    "rows",  # Uint8Array, 1 for each training row that the last batch took
    "sample",  # sentence that names the row whose activations the tiles show, or ""
    "pictures",  # [{key, width, height, rgba}], keys "map", "tile-<column>-<neuron>", "strip-<column>", "weights-<layer>"
    "points",  # {x, labels, values, parts}: flat pairs of coordinates, class, number to be predicted,
    #            part 0 train 1 validation 2 test (only once opened); the training rows come first, in order
    # the answers: which of these there are depends on the task and the data
    "confusion",  # Int32Array classes × classes over the validation rows, row = true class
    "mistakes",  # [{row, truth, answer, probability, picture}] of the surest mistakes among the validation rows
    "curve",  # {x, y}: the network's line over one feature
    "scatter",  # {x, labels, parts}: true and predicted numbers of the validation rows, flat pairs
    "pairs",  # [{row, original, again}]: pictures of validation rows and of what the network makes of them
    "again",  # {x}: flat pairs, where a reconstruction puts each of the `points`, of the plane only
    "inside",  # {name, layer, count, rows, matrices {key: Float32Array}, sentence, cell}: the coming batch, see engine/inside.py
    "code",  # {x, labels, parts}: training and validation rows as the layer of two neurons has them, flat pairs
]

# The page draws a neuron as a tile of its own up to this many in a column, else the column as one strip.
MOST_TILES = 10
# Links are drawn one by one up to this many between two columns of tiles, else the weights as one picture.
MOST_LINKS = 100
# … whose sides have up to this many pixels, about as many as there is room for: of larger matrices every so many-th.
MOST_WEIGHTS = 128
MAP_SIDE = 80  # pixels of the decision map's side
TILE_SIDE = 40  # pixels of a tile's own map
MOST_MISTAKES = 8  # of the surest are shown
MOST_PAIRS = 8  # of originals and reconstructions are shown
HALF = 1.15  # the plane is shown from -HALF to +HALF


def has_tiles(neurons):
    """Whether a column of that many neurons is drawn as tiles."""
    return neurons <= MOST_TILES


def strip_columns(neurons):
    """Squares in a line of the strip that stands for that many neurons."""
    return 8 if neurons <= 64 else 16 if neurons <= 256 else 32


def mosaic_size(side, neurons):
    """Width and height in pixels of a first layer's weights drawn as one picture of side × side a neuron."""
    across = strip_columns(neurons)
    return across * (side + 1) - 1, -(-neurons // across) * (side + 1) - 1


def weights_stride(neurons):
    """Every so many-th row or column of a matrix of weights is drawn where there are that many."""
    return -(-neurons // MOST_WEIGHTS)


def has_links(n_inputs, n_neurons):
    """Whether the weights between two columns are drawn as links."""
    return has_tiles(n_inputs) and has_tiles(n_neurons) and n_inputs * n_neurons <= MOST_LINKS
