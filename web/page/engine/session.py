"""A session: one spec turned into data, network and training run, and moved on a step at a time.

It knows nothing of workers or pages, so that a test in any Python drives the same code as the page.
"""
import datasets
import shapes
from protocol import FAILED, FINISHED, PAUSED, READY
from spec import DATA_SEED, INIT_SEED, SHUFFLE_SEED, SPLIT_SEED

from nncore import Dense, Network, Training, evaluate, load_dataset, split
from nncore.initializers import Initializer
from nncore.optimizers import make as make_optimizer

# A change of any of these means other data or another network; all else is taken up by the run under way.
STARTS_OVER = ["task", "data", "points", "noise", "split", "layers", "init", "scale", "loss", "dropout", "seeds"]

# … of which these leave the data as they are.
KEEPS_DATA = ["layers", "init", "scale", "loss", "dropout"]


def build_data(spec):
    """The three-way split of the spec's data set."""
    about = datasets.find(spec["data"])
    seeds = spec["seeds"]
    if about.generated:
        data = load_dataset(spec["data"], points=spec["points"], noise=spec["noise"], seed=seeds[DATA_SEED])
    else:
        data = load_dataset(spec["data"])
    return split(data, shapes.split_counts(spec), seed=seeds[SPLIT_SEED], standardize=about.standardize)


def build_network(spec, dtype="float32"):
    """The spec's network with its initial weights."""
    initializer = Initializer(spec["init"], spec["scale"]) if spec["init"] == "small" else spec["init"]
    *hidden, output = shapes.dense_layers(spec)
    layers = [Dense(*sizes, initializer, dropout=spec["dropout"]) for sizes in hidden] + [Dense(*output, initializer)]
    return Network(layers, seed=spec["seeds"][INIT_SEED], dtype=dtype)


class Session:
    """The run of one spec: `step_batch`, `step_epoch`, `advance` and `reset` move it, the rest tells of it.

    `state` is one of protocol's; `message` says why a run ended; `dirty` names the parts of a frame
    that have changed since they were last shown.
    """

    def __init__(self, spec):
        self.spec = None
        self.dirty = set()
        self.configure(spec)

    @property
    def is_flat(self):
        """Whether the data are points of the plane."""
        return datasets.find(self.spec["data"]).flat

    def configure(self, spec):
        """Takes up a spec; True where that meant starting over with initial weights."""
        before, self.spec = self.spec, spec
        if before is None or any(before[key] != spec[key] for key in STARTS_OVER):
            self._start_over(data_too=before is None or any(
                before[key] != spec[key] for key in STARTS_OVER if key not in KEEPS_DATA))
            return True
        self._adjust(before)
        return False

    def reset(self):
        """Back to the same initial weights, and to the beginning of the same order of batches."""
        self._start_over(data_too=False)

    def _start_over(self, data_too):
        spec = self.spec
        if data_too:
            self.parts = build_data(spec)
        self.network = build_network(spec)
        self.training = Training(
            self.network, self.parts, loss=spec["loss"], optimizer=make_optimizer(spec["opt"], spec["lr"]),
            batch_size=shapes.batch_size(spec), l1=spec["l1"], l2=spec["l2"],
            shuffle=spec["shuffle"] == "1", shuffle_seed=spec["seeds"][SHUFFLE_SEED])
        self.events = self.training.events()
        self.state, self.message, self.test = READY, "", ""
        self.epoch = self.batch = 0
        self.history = []  # evaluated points, as (epochs as a fraction, event)
        self._take(next(self.events))
        self.dirty = {"points", "history", "weights", "rows", "pictures", "confusion"}

    def _adjust(self, before):
        """Hands changed choices to the run under way, which keeps its weights."""
        spec, training = self.spec, self.training
        if before["opt"] != spec["opt"]:
            training.optimizer = make_optimizer(spec["opt"], spec["lr"])
        training.optimizer.learning_rate = spec["lr"]
        training.batch_size = shapes.batch_size(spec)
        training.l1, training.l2 = spec["l1"], spec["l2"]
        training.shuffle = spec["shuffle"] == "1"

    def advance(self):
        """One update, and the epoch's evaluation after its last batch; False where the run has ended."""
        if self.state in (FINISHED, FAILED):
            self.events = self.training.events()  # goes on from the weights there are
            self.message = ""
        self.state = PAUSED
        event = next(self.events)
        self._take(event)
        if event.kind == "batch" and event.batch == event.batches:
            self._take(next(self.events))
        return self.state == PAUSED

    def step_batch(self):
        """One update, followed by an evaluation, so that its effect is seen."""
        if self.advance():
            self.evaluate_now()

    def step_epoch(self):
        """Updates up to the end of the epoch."""
        finished = self.training.epoch
        while self.advance() and self.training.epoch == finished:
            pass

    def evaluate_now(self):
        """Evaluates the weights of the moment where the last evaluation is older than they are."""
        if self.history[-1][1].updates != self.training.updates:
            self._add(self.training.current())

    def open_test(self):
        """Evaluates on the test rows, for the first and only honest time."""
        loss, score = evaluate(self.network, self.parts.test, self.spec["loss"], task=self.spec["task"])
        self.test = "Test: loss %.3f, accuracy %.1f %%" % (loss, 100 * score)
        self.test_loss, self.test_score = loss, score

    def _take(self, event):
        if event.kind == "batch":
            self.epoch, self.batch = event.epoch, event.batch
            self.dirty |= {"weights", "rows", "pictures"}
        elif event.kind == "epoch":
            self._add(event)
            self.dirty |= {"confusion"}
        else:
            self.state = FAILED if event.reason == "diverged" else FINISHED
            self.message = event.message
            if self.state == FAILED:  # the weights are back at the end of the last epoch that went well
                self.epoch = self.training.epoch
                self.batch = self.training.batches if self.epoch else 0
            self.dirty |= {"weights", "pictures", "confusion"}

    def _add(self, event):
        """Adds an evaluated point; one inside an epoch gives way to the next."""
        batches = self.training.batches
        at = event.epoch if self.batch in (0, batches) else self.epoch - 1 + self.batch / batches
        if self.history and self.history[-1][0] != int(self.history[-1][0]):
            self.history.pop()
        self.history.append((at, event))
        self.dirty |= {"history"}
