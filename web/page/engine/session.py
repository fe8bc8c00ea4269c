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
from engine.departures import BEST, WEIGHTS, Departures
from nncore import Dense, Network, Training
from nncore.evaluation import evaluating
from nncore.initializers import Initializer
from nncore.network import CHUNK
from nncore.optimizers import make as make_optimizer
from nncore.rehearsal import Rehearsal
from nncore.stepwise import finish

MOST_POINTS = 2000  # of each loss curve: more than the chart has pixels

# The parts of a frame that are sent only where they have changed.
EVERYTHING = ["points", "history", "weights", "rows", "pictures", "answers", "inside"]

# Products of a weight and an input that one pass over some rows may take, some 10 ms of arithmetic: where a network is
# wide, fewer rows go through it at a time, but so many at least.
PASS, LEAST_CHUNK = 100_000_000, 16
LONG_UPDATE = 50_000_000  # such products, beyond which an update is done layer by layer, so that a pause finds a gap

# A change of one of these means other data …
OF_DATA = ["task", "data", "points", "noise", "classes", "features", "standardize", "split", "seeds"]
# … of one of these another network. All else is taken up by the run under way. Of a layer only its size and
# activation count here, its dropout may change.
OF_NETWORK = ["init", "scale", "loss", "weights", "engine"]


def build_network(spec, operations, dtype="float32"):
    """The spec's network with its initial weights, computing with these operations of nncore."""
    return finish(building_network(spec, operations, dtype))


def building_network(spec, operations, dtype="float32"):
    """Does what `build_network` does in steps, a layer's weights each."""
    network = undrawn_network(spec, operations, dtype)
    yield from network.initializing(spec["seeds"][INIT_SEED])
    return network


def undrawn_network(spec, operations, dtype="float32"):
    """The spec's network, all of whose weights are still zero."""
    takes_scale = spec["init"] in ("small", "constant")
    initializer = Initializer(spec["init"], spec["scale"]) if takes_scale else spec["init"]
    layers = [Dense.undrawn(*sizes, initializer, dtype=dtype) for sizes in shapes.dense_layers(spec)]
    for layer, dropout in zip(layers, dropouts(spec)):
        layer.dropout = dropout
    network = Network(layers, dtype=dtype, operations=operations)
    network.chunk = chunk(network.parameters.size)
    return network


def chunk(parameters):
    """Rows that are passed at a time through a network of so many weights and biases where nothing is learned."""
    return max(LEAST_CHUNK, min(CHUNK, PASS // parameters // LEAST_CHUNK * LEAST_CHUNK))


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


def _new_training(spec, network, data):
    """The spec's run at its beginning."""
    training = Training(
        network, data.parts, loss=loss_of(spec), optimizer=make_optimizer(spec["opt"], spec["lr"]),
        shuffle_seed=spec["seeds"][SHUFFLE_SEED], keep=MOST_POINTS)
    _take_settings(spec, training)
    return training


def _needs_other_data(one, other):
    return any(one[key] != other[key] for key in OF_DATA)


def is_other_run(one, other):
    """Whether two specs begin with other initial weights, or other data."""
    return (_needs_other_data(one, other) or any(one[key] != other[key] for key in OF_NETWORK)
            or shapes.dense_layers(one) != shapes.dense_layers(other))


def _take_settings(spec, training):
    """Gives a run whatever may change while it goes on."""
    network = training.network
    training.batch_size = shapes.batch_size(spec)
    training.l1, training.l2 = spec["l1"], spec["l2"]
    training.shuffle, training.schedule = spec["shuffle"] == "1", spec["schedule"]
    training.epochs, training.patience = spec["epochs"] or None, spec["patience"] or None
    for layer, dropout in zip(network.layers, dropouts(spec)):
        if layer.dropout != dropout:
            layer.dropout = dropout
    network.locked = _locked(spec, network) if spec["lock"] else None


def _locked(spec, network):
    """The spec's locks as nncore's mask over all parameters, (n_parameters,)."""
    mask = np.zeros(network.parameters.size, bool)
    for lock in spec["lock"]:
        pieces = lock.split(".")
        weights, biases = network.places(int(pieces[0]) - 1)
        if len(pieces) == 1:
            mask[weights] = mask[biases] = True
        elif pieces[1] == "b":
            mask[biases[0, int(pieces[2])]] = True
        else:
            mask[weights[int(pieces[1]), int(pieces[2])]] = True
    return mask


class Session:
    """The run of one spec: `step_batch`, `step_epoch`, `advance` and `reset` move it, the rest tells of it.

    Each of those has a twin that does the same in steps (`stepping_batch`, `advancing` …), a generator that yields
    wherever the page may be answered: None, or words on what comes next. What is dropped half-way has changed nothing
    but by whole updates. Without a spec it waits for `configuring`.

    `state` is one of protocol's; `message` says why a run ended; `now` is the newest evaluation, an EpochEvent, and
    `at` when it was taken, in epochs; `dirty` names the parts of a frame that have changed since they were last
    shown; `engine` is what computes.
    """

    def __init__(self, spec=None):
        self.spec = None
        self.dirty = set()
        self.is_edited = False  # whether the weights were changed, by hand or by going back, since they were measured
        self.focus = None  # (column, neuron) whose answer the large map shows instead of the network's
        self.resumed = ""  # what became of a run that was to be put back: one of protocol's words
        self.look = None  # what of the coming update is on view: an engine.inside.Look
        self._rehearsal = None
        if spec:
            self.configure(spec)

    @property
    def changed(self):
        """What was changed on the way and when, so that the link alone gives other numbers; "" where it gives the same."""
        return self.departures.words()

    @property
    def is_flat(self):
        """Whether the data are points of the plane."""
        return datasets.find(self.spec["data"]).flat

    def starts_over(self, spec):
        """Whether that spec needs initial weights, or data, other than those of the run under way."""
        return self.spec is None or is_other_run(self.spec, spec)

    def _needs_data(self, spec):
        return self.spec is None or _needs_other_data(self.spec, spec)

    def configure(self, spec):
        """Takes up a spec; True where that meant starting over with initial weights."""
        return finish(self.configuring(spec))

    def configuring(self, spec):
        """Does what `configure` does in steps; until the last the former run stands as it was."""
        if self.starts_over(spec):
            yield from self._starting_over(spec, self._needs_data(spec))
            return True
        self._adjust(spec)
        return False

    def reset(self):
        """Back to the same initial weights, and to the beginning of the same order of batches."""
        finish(self.resetting())

    def resetting(self):
        """Does what `reset` does in steps."""
        yield from self._starting_over(self.spec, data_too=False)

    def _starting_over(self, spec, data_too):
        """Builds all that is new beside what there is, and puts it in its place once its first numbers are known."""
        yield "Making the data" if data_too else None
        data = Data(spec) if data_too else self.data
        engine = kernel.choose(spec["engine"])
        yield "Drawing the initial weights"
        network = yield from building_network(spec, engine.operations)
        problem = unpack(spec["weights"], network) if spec["weights"] else ""
        training = _new_training(spec, network, data)
        events = training.events(batches=False)
        yield "Measuring the loss"
        yield from training.preparing()
        event = next(events)

        self._put(spec, data, engine, training, events)
        if self.focus and not shapes.has_neuron(spec, *self.focus):
            self.focus = None
        self.state, self.message, self.test = READY, problem, ""
        self.departures = Departures()
        self.epoch = self.batch = 0
        self._take(event)
        if self.is_edited:  # the loss was infinite before any update
            self._evaluated(training.current())
        self._everything()

    def taking_up(self, spec, state, place):
        """Puts a run that was written down in the place of the one there is, in steps: see engine/checkpoint.py.

        `state` is that of its training, `place` the attributes of the session. Raises ValueError where the state does
        not fit the spec; the run before then stands as it was.
        """
        data_too = self._needs_data(spec)
        yield "Making the data" if data_too else None
        data = Data(spec) if data_too else self.data
        engine = kernel.choose(spec["engine"])
        yield "Putting the run back"
        training = _new_training(spec, undrawn_network(spec, engine.operations), data)
        yield
        training.restore(state)

        self._put(spec, data, engine, training, training.events(batches=False))
        training.evaluate_each = place["evaluate_each"]
        self.state, self.message, self.test = place["state"], place["message"], place["test"]
        self.epoch, self.batch, self.now, self.at = place["epoch"], place["batch"], place["now"], place["at"]
        self.is_edited, self.focus, self.departures = place["is_edited"], place["focus"], place["departures"]
        self._everything()

    def _put(self, spec, data, engine, training, events):
        """Takes up all that was built for a run."""
        self.spec, self.data, self.parts, self.engine = spec, data, data.parts, engine
        self.network, self.training, self.events = training.network, training, events

    def _adjust(self, spec):
        """Hands changed choices to the run under way, which keeps its weights."""
        before, self.spec, training = self.spec, spec, self.training
        self.departures.settings_change(before, spec, self.epoch, training.history)
        if before["opt"] != spec["opt"]:
            training.optimizer = make_optimizer(spec["opt"], spec["lr"])
        training.optimizer.learning_rate = spec["lr"]
        _take_settings(spec, training)
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

    def set_parameter(self, place, value):
        """Sets one weight `2.0.3` or bias `2.b.3` by hand; the loss of the moment is measured anew."""
        finish(self.setting_parameter(place, value))

    def setting_parameter(self, place, value):
        """Does what `set_parameter` does in steps."""
        number, row, column = place.split(".")
        layer = self.network.layers[int(number) - 1]
        array, at = (layer.biases, 0) if row == "b" else (layer.weights, int(row))
        if not np.isfinite(value):
            raise ValueError("%r is no weight: a finite number is needed" % value)
        before = array[at, int(column)]
        array[at, int(column)] = value
        if array[at, int(column)] != before:
            self.departures.weights_change(WEIGHTS, self.epoch)
        yield from self._edited()

    def set_focus(self, column, neuron):
        """Shows one neuron's answer in the large map; the network's own again for column -1."""
        self.focus = (column, neuron) if shapes.has_neuron(self.spec, column, neuron) else None
        self.dirty |= {"pictures"}

    def restore_best(self):
        """Puts back the weights with which the validation loss was lowest."""
        finish(self.restoring_best())

    def restoring_best(self):
        """Does what `restore_best` does in steps."""
        if not np.array_equal(self.network.parameters, self.training.best_parameters):
            self.departures.weights_change(BEST, self.epoch)
        self.training.restore_best()
        yield from self._edited()

    def _edited(self):
        """Measures weights that are others than those of the last update, in steps."""
        self.is_edited = True
        self._moved()
        yield from self.evaluating()

    @property
    def is_unmeasured(self):
        """Whether the last evaluation is of other weights than those of the moment, or the epoch's own is due."""
        return self.is_edited or self.training.is_due or self.now.updates != self.training.updates

    def advance(self, most=1, hurried=False):
        """Does up to `most` updates at once, see `advancing`."""
        return finish(self.advancing(most, hurried))

    def advancing(self, most=1, hurried=False):
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
        done = yield from self._updating(most)
        if not done:  # the last epoch may have ended unmeasured, in a hurry
            yield from self._taking()
            done = (yield from self._updating(most)) if self.state == PAUSED else 0
        at_end = training.batch == training.batches and training.measures(self.epoch)
        if self.state == PAUSED and (done < most or at_end):
            yield from self._taking()
        return self.state == PAUSED

    def _updating(self, most):
        """Up to `most` updates, each of them layer by layer where it takes long; returns how many were done."""
        training, done = self.training, 0
        if training.batch_size * self.network.parameters.size < LONG_UPDATE:
            done = training.advance(most)
            self._note_updates(done)
            return done
        while done < most and (yield from training.advancing()):
            done += 1
            self._note_updates(done)
            yield
            if training.batch == training.batches and training.measures(self.epoch):
                break  # the next update would find an evaluation due, and count as none
        return done

    def _note_updates(self, done):
        if done:
            self.departures.updated()
            self.epoch, self.batch = self.training.epoch + 1, self.training.batch
            self._moved()
            self.dirty |= {"rows"}

    def step_batch(self):
        """One update, followed by an evaluation, so that its effect is seen."""
        finish(self.stepping_batch())

    def stepping_batch(self):
        """Does what `step_batch` does in steps."""
        yield "Taking one batch"
        if (yield from self.advancing()):
            yield from self.evaluating()

    def step_epoch(self):
        """Updates up to the end of the epoch."""
        finish(self.stepping_epoch())

    def stepping_epoch(self):
        """Does what `step_epoch` does in steps."""
        yield "Taking one epoch"
        finished = self.training.epoch
        while (yield from self.advancing(self.training.batches)) and self.training.epoch == finished:
            pass

    def evaluating(self):
        """Evaluates the weights of the moment, in steps, where the last evaluation is older than they are."""
        training = self.training
        if training.is_due:
            yield from self._taking()
        elif self.is_unmeasured:
            yield "Measuring the loss"
            self._evaluated((yield from training.measuring()))

    def open_test(self):
        """Evaluates on the test rows, for the first and only honest time."""
        finish(self.opening_test())

    def opening_test(self):
        """Does what `open_test` does in steps."""
        yield "Measuring the loss on the test set"
        loss, score = yield from evaluating(self.network, self.parts.test, loss_of(self.spec), self.spec["task"])
        written = "accuracy %.1f %%" % (100 * score) if self.spec["task"] == "classify" else "R² %.3f" % score
        self.test = "Test: loss %.3f, %s" % (loss, written)
        self.dirty |= {"points", "answers"}

    def _taking(self):
        """Takes the run's next event, which may have to be measured, in steps."""
        yield "Measuring the loss"
        yield from self.training.preparing()
        self._take(next(self.events))
        if self.is_edited:
            self._evaluated((yield from self.training.measuring()))

    def _take(self, event):
        if event.kind == "epoch":
            self._evaluated(event)
        else:
            self.state = FAILED if event.reason == "diverged" else FINISHED
            self.message = event.message[0].upper() + event.message[1:]
            if self.state == FAILED:  # the weights are back at the end of the last epoch that went well
                self.epoch = self.training.epoch
                self.batch = self.training.batches if self.epoch else 0
            self._moved()
            self.is_edited = event.reason != "epochs"  # else the weights are back to those of an earlier epoch

    def _evaluated(self, event):
        """Takes note of an evaluation: of the end of an epoch, of a moment within one, or of weights set by hand."""
        batches = self.training.batches
        self.at = event.epoch if self.batch in (0, batches) else self.epoch - 1 + self.batch / batches
        self.now = event
        self.is_edited = False
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
