"""A session: one spec turned into data, network and training run, and moved on a step at a time.

It knows nothing of workers or pages, so that a test in any Python drives the same code as the page.
"""
import base64
import zlib

import datasets
import numpy as np
import shapes
from protocol import FAILED, FINISHED, PAUSED, READY
from spec import INIT_SEED, SHUFFLE_SEED, dropouts, loss_of

from engine import kernel
from engine.data import Data
from nncore import Dense, Network, Training, evaluate
from nncore.initializers import Initializer
from nncore.optimizers import make as make_optimizer
from nncore.rehearsal import Rehearsal

MOST_POINTS = 2000  # of each loss curve: more than the chart has pixels

# The parts of a frame that are sent only where they have changed.
EVERYTHING = ["points", "history", "weights", "rows", "pictures", "answers", "inside"]

# A change of one of these means other data …
OF_DATA = ["task", "data", "points", "noise", "classes", "features", "standardize", "split", "seeds"]
# … of one of these another network. All else is taken up by the run under way. Of a layer only its size and
# activation count here, its dropout may change.
OF_NETWORK = ["init", "scale", "loss", "weights", "engine"]


def build_network(spec, operations, dtype="float32"):
    """The spec's network with its initial weights, computing with these operations of nncore."""
    takes_scale = spec["init"] in ("small", "constant")
    initializer = Initializer(spec["init"], spec["scale"]) if takes_scale else spec["init"]
    layers = [Dense(*sizes, initializer) for sizes in shapes.dense_layers(spec)]
    for layer, dropout in zip(layers, dropouts(spec)):
        layer.dropout = dropout
    return Network(layers, seed=spec["seeds"][INIT_SEED], dtype=dtype, operations=operations)


def pack(network):
    """A network's parameters as text that can stand in a link: float32, compressed."""
    numbers = network.parameters.astype("<f4").tobytes()
    return base64.urlsafe_b64encode(zlib.compress(numbers, 9)).decode().rstrip("=")


def unpack(text, network):
    """Gives a network the parameters packed in a link; a sentence where they can't be used, and then no change."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        most = 4 * network.parameters.size + 4
        numbers = np.frombuffer(zlib.decompressobj().decompress(packed, most), dtype="<f4")  # never more than fits
        if numbers.size != network.parameters.size or not np.isfinite(numbers).all():
            raise ValueError
    except (ValueError, zlib.error):
        return ("The weights in this link are damaged or of another network (this one has %d numbers); the seed's own "
                "are used instead." % network.parameters.size)
    network.parameters = numbers
    return ""


def spacing(epoch):
    """Epochs from one evaluation to the next in a hurried run that has come so far."""
    return 1 if epoch < 30 else 2 if epoch < 100 else 5 if epoch < 300 else 10


class Session:
    """The run of one spec: `step_batch`, `step_epoch`, `advance` and `reset` move it, the rest tells of it.

    `state` is one of protocol's; `message` says why a run ended; `now` is the newest evaluation, an EpochEvent, and
    `at` when it was taken, in epochs; `dirty` names the parts of a frame that have changed since they were last
    shown; `engine` is what computes.
    """

    def __init__(self, spec):
        self.spec = None
        self.dirty = set()
        self.focus = None  # (column, neuron) whose answer the large map shows instead of the network's
        self.look = None  # what of the coming update is on view: an engine.inside.Look
        self._rehearsal = None
        self.configure(spec)

    @property
    def is_flat(self):
        """Whether the data are points of the plane."""
        return datasets.find(self.spec["data"]).flat

    def configure(self, spec):
        """Takes up a spec; True where that meant starting over with initial weights."""
        before, self.spec = self.spec, spec
        other_data = before is None or any(before[key] != spec[key] for key in OF_DATA)
        if (other_data or any(before[key] != spec[key] for key in OF_NETWORK)
                or shapes.dense_layers(before) != shapes.dense_layers(spec)):
            self._start_over(other_data)
            return True
        self._adjust(before)
        return False

    def reset(self):
        """Back to the same initial weights, and to the beginning of the same order of batches."""
        self._start_over(data_too=False)

    def _start_over(self, data_too):
        spec = self.spec
        if data_too:
            self.data = Data(spec)
            self.parts = self.data.parts
        self.engine = kernel.choose(spec["engine"])
        self.network = build_network(spec, self.engine.operations)
        problem = unpack(spec["weights"], self.network) if spec["weights"] else ""
        if self.focus and not shapes.has_neuron(spec, *self.focus):
            self.focus = None
        self.training = Training(
            self.network, self.parts, loss=loss_of(spec), optimizer=make_optimizer(spec["opt"], spec["lr"]),
            shuffle_seed=spec["seeds"][SHUFFLE_SEED], keep=MOST_POINTS)
        self._take_settings()
        self.events = self.training.events(batches=False)
        self.state, self.message, self.test = READY, problem, ""
        self.epoch = self.batch = 0
        self._take(next(self.events))
        self._everything()

    def _adjust(self, before):
        """Hands changed choices to the run under way, which keeps its weights."""
        spec, training = self.spec, self.training
        if before["opt"] != spec["opt"]:
            training.optimizer = make_optimizer(spec["opt"], spec["lr"])
        training.optimizer.learning_rate = spec["lr"]
        self._take_settings()
        self._everything()  # the page drops frames of the spec before, with all that they bring

    def _everything(self):
        """Marks all parts as changed."""
        self.dirty, self._rehearsal = set(EVERYTHING), None
        if self.look and not self.look.fits(self.spec):
            self.look = None

    def _moved(self):
        """Marks what changes with the weights."""
        self.dirty |= {"weights", "pictures", "inside"}
        self._rehearsal = None

    def rehearsal(self):
        """The coming update, computed on copies; the same one until something changes."""
        if self._rehearsal is None:
            self._rehearsal = Rehearsal(self.training)
        return self._rehearsal

    def set_look(self, look):
        """Takes up what of the coming update is on view, None for nothing."""
        self.look = look if look and look.fits(self.spec) else None
        self.dirty |= {"inside"}

    def _take_settings(self):
        """Gives the run whatever may change while it goes on."""
        spec, training = self.spec, self.training
        training.batch_size = shapes.batch_size(spec)
        training.l1, training.l2 = spec["l1"], spec["l2"]
        training.shuffle, training.schedule = spec["shuffle"] == "1", spec["schedule"]
        training.epochs, training.patience = spec["epochs"] or None, spec["patience"] or None
        for layer, dropout in zip(self.network.layers, dropouts(spec)):
            if layer.dropout != dropout:
                layer.dropout = dropout
        self.network.locked = self._locked()

    def _locked(self):
        """The spec's locks as nncore's mask over all parameters, (n_parameters,)."""
        mask = np.zeros(self.network.parameters.size, bool)
        for lock in self.spec["lock"]:
            pieces = lock.split(".")
            weights, biases = self.network.places(int(pieces[0]) - 1)
            if len(pieces) == 1:
                mask[weights] = mask[biases] = True
            elif pieces[1] == "b":
                mask[biases[0, int(pieces[2])]] = True
            else:
                mask[weights[int(pieces[1]), int(pieces[2])]] = True
        return mask

    def set_parameter(self, place, value):
        """Sets one weight `2.0.3` or bias `2.b.3` by hand; the loss of the moment is measured anew."""
        number, row, column = place.split(".")
        layer = self.network.layers[int(number) - 1]
        array, at = (layer.biases, 0) if row == "b" else (layer.weights, int(row))
        if not np.isfinite(value):
            raise ValueError("%r is no weight: a finite number is needed" % value)
        array[at, int(column)] = value
        self._evaluated(self.training.current())
        self._moved()

    def set_focus(self, column, neuron):
        """Shows one neuron's answer in the large map; the network's own again for column -1."""
        self.focus = (column, neuron) if shapes.has_neuron(self.spec, column, neuron) else None
        self.dirty |= {"pictures"}

    def restore_best(self):
        """Puts back the weights with which the validation loss was lowest."""
        self.training.restore_best()
        self._evaluated(self.training.current())
        self._moved()

    def advance(self, most=1, hurried=False):
        """Up to `most` updates, and the epoch's evaluation after its last batch; False where the run has ended.

        They stop after an evaluation. A hurried run is evaluated less often the longer it is: the curves have no
        room for more.
        """
        training = self.training
        training.evaluate_each = spacing(training.epoch) if hurried and not self.spec["patience"] else 1
        if self.state in (FINISHED, FAILED):
            self.events = training.events(batches=False)  # goes on from the weights there are
            self.message = ""
        self.state = PAUSED
        done = training.advance(most)
        if not done:  # the last epoch may have ended unmeasured, in a hurry
            self._take(next(self.events))
            done = training.advance(most) if self.state == PAUSED else 0
        if done:
            self.epoch, self.batch = training.epoch + 1, training.batch
            self._moved()
            self.dirty |= {"rows"}
        at_end = training.batch == training.batches and training.measures(self.epoch)
        if self.state == PAUSED and (done < most or at_end):
            self._take(next(self.events))
        return self.state == PAUSED

    def step_batch(self):
        """One update, followed by an evaluation, so that its effect is seen."""
        if self.advance():
            self.evaluate_now()

    def step_epoch(self):
        """Updates up to the end of the epoch."""
        finished = self.training.epoch
        while self.advance(self.training.batches) and self.training.epoch == finished:
            pass

    def evaluate_now(self):
        """Evaluates the weights of the moment where the last evaluation is older than they are."""
        if self.now.updates != self.training.updates:
            self._evaluated(self.training.current())

    def open_test(self):
        """Evaluates on the test rows, for the first and only honest time."""
        loss, score = evaluate(self.network, self.parts.test, loss_of(self.spec), task=self.spec["task"])
        written = "accuracy %.1f %%" % (100 * score) if self.spec["task"] == "classify" else "R² %.3f" % score
        self.test = "Test: loss %.3f, %s" % (loss, written)
        self.dirty |= {"points", "answers"}

    def _take(self, event):
        if event.kind == "epoch":
            self._evaluated(event)
        else:
            self.state = FAILED if event.reason == "diverged" else FINISHED
            self.message = event.message[0].upper() + event.message[1:]
            if self.state == FAILED:  # the weights are back at the end of the last epoch that went well
                self.epoch = self.training.epoch
                self.batch = self.training.batches if self.epoch else 0
            if event.reason != "epochs":
                self._evaluated(self.training.current())
            self._moved()

    def _evaluated(self, event):
        """Takes note of an evaluation: of the end of an epoch, of a moment within one, or of weights set by hand."""
        batches = self.training.batches
        self.at = event.epoch if self.batch in (0, batches) else self.epoch - 1 + self.batch / batches
        self.now = event
        self.dirty |= {"history", "answers"}

    def curves(self):
        """The loss curves: what training has kept of the epochs before, then the newest evaluation.

        Returns {"epochs", "train", "validation"}, arrays (n,) of up to MOST_POINTS + 1 numbers. An evaluation within
        an epoch gives way to the next.
        """
        history = self.training.history
        epochs = history.column("epoch")
        before = np.searchsorted(epochs, self.at)  # the points that lie before it
        names = {"epochs": "epoch", "train": "train_loss", "validation": "validation_loss"}
        newest = {"epochs": self.at, "train": self.now.train_loss, "validation": self.now.validation_loss}
        return {key: np.append(history.column(name)[:before], newest[key]) for key, name in names.items()}
