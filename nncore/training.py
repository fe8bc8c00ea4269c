"""Training changes a network's parameters, batch by batch, so that its loss gets small, and tells each step.

A script, a test and a page share this one loop: a generator that does a batch of work whenever the next event
is asked for.
"""

from dataclasses import replace
from math import isfinite

import numpy as np

from . import checkpoint, checks, metrics, schedules
from .checks import Checked
from .data import Dataset, Split
from .data import split as split_dataset
from .evaluation import arrays_for, choose_loss, measuring, own_data
from .events import BatchEvent, EpochEvent, StopEvent
from .history import History
from .optimizers import SGD, Optimizer
from .stepwise import finish
from .updates import Updates


def _optimizer(value, name):
    if not isinstance(value, Optimizer):
        raise ValueError(f"{name} is {value!r}: an optimizer such as SGD(0.1) is needed")
    return value


class Training:
    """One run of a network on a split; `events()` performs it.

    Between events `optimizer`, `l1`, `l2`, `patience` and `epochs` may be changed and act from the next batch
    on, `batch_size`, `shuffle`, `schedule` and `period` from the next epoch on. `epochs` None trains without end, `patience` None never stops
    early. `schedule` lowers the learning rate over `period` epochs (None: over `epochs`, or 100 where these have
    no end). Only every `evaluate_each`-th epoch, and the last one, is measured and ends with an EpochEvent.
    Attributes to read: epoch (finished ones), batch (of this epoch, from 1), batches, updates, rows
    (of the training part, in the last batch), history (a History: EpochEvents, [0] from
    before training), best_epoch, best_parameters. Raises ValueError where split, loss and network do not fit,
    and then changes nothing.
    `keep` is how many EpochEvents the history holds on to: with the default, every one of a run that is measured
    10,000 times or less; beyond that as many, thinned so that the curves keep their shape. Each takes 56 bytes. None
    keeps all, without end; the least is 100. What is known of the whole run (best_epoch, early stopping,
    nncore.diagnostics) does not depend on it.
    """

    optimizer = Checked(_optimizer)
    batch_size = Checked(checks.count)
    epochs = Checked(checks.count, optional=True)
    patience = Checked(checks.count, optional=True)
    l1 = Checked(checks.not_negative)
    l2 = Checked(checks.not_negative)
    schedule = Checked(lambda value, name: schedules.get(value))
    period = Checked(checks.count, optional=True)
    evaluate_each = Checked(checks.count)

    def __init__(
        self,
        network,
        split,
        *,
        loss=None,
        optimizer=None,
        epochs=None,
        batch_size=32,
        l1=0.0,
        l2=0.0,
        shuffle=True,
        shuffle_seed=1,
        patience=None,
        restore_best=True,
        schedule="constant",
        period=None,
        evaluate_each=1,
        keep=10_000,
    ):
        task = split.dataset.task
        self.network, self.split = network, split
        self.loss = choose_loss(network, loss, task)
        self.optimizer = SGD(0.1) if optimizer is None else optimizer
        self.epochs, self.batch_size, self.patience = epochs, batch_size, patience
        self.l1, self.l2 = l1, l2
        self.schedule, self.period, self.evaluate_each = schedule, period, evaluate_each
        self.shuffle, self.restores_best = bool(shuffle), bool(restore_best)
        self._score = metrics.score_of(task)
        self._x, self._y = arrays_for(network, split.train, self.loss)
        self._validation = arrays_for(network, split.validation, self.loss)
        checks.numeric(network.parameters, "network.parameters", network.dtype)

        shuffle_seed = checks.seed(shuffle_seed, "shuffle_seed")
        self._shuffle_rng = np.random.RandomState(shuffle_seed)
        self._dropout_rng = np.random.Generator(np.random.PCG64(shuffle_seed))
        self._updating = Updates(network, self._x, self._y)
        self._is_open = False  # whether an epoch is under way
        self._is_judged = True  # whether the last measured epoch has been looked at for early stopping

        self.epoch = self.batch = self.updates = 0
        self.rows = self._updating.order[:0]
        self._losses = 0.0, 0.0  # loss and penalty of the last update
        self.history = History(keep=keep)
        self.best_parameters = network.parameters.copy()
        self._last_finite = network.parameters.copy()
        self._prepared = None  # the next event, where it has been measured already

    @property
    def best_epoch(self):
        """The epoch with the lowest validation loss so far, 0 before any was measured."""
        return self.history.best.epoch if self.history else 0

    @property
    def batches(self):
        """Batches in an epoch, the last of which may be smaller."""
        return len(self._updating.bounds) if self._is_open else -(-len(self._x) // self._batch_size)

    def events(self, batches=True):
        """Yield BatchEvents, unless not `batches`, and EpochEvents, first that of epoch 0, and at the end a StopEvent.

        A generator made after another was left goes on where that one stopped.
        """
        if not self.history:
            yield (event := self._close_epoch())
            if event.kind == "stop":
                return
        while True:
            if self._may_go_on():
                done = self._run(1) if batches else self.advance(self.batches)
                if not done:
                    yield self._stop_diverged()
                    return
                if batches:
                    yield self._batch_event()
            elif self._is_open:
                self.epoch += 1
                yield (event := self._close_epoch())
                if event.kind == "stop":
                    return
            elif self._is_patience_over():
                yield self._stop_early()
                return
            else:
                yield StopEvent("epochs", f"all {self._epochs} epochs are done", self.epoch, self.updates)
                return

    def advance(self, most):
        """Do up to `most` updates without events, as fast as can be, and return how many were done.

        They end where the next event is due: after an epoch that is measured, where patience is over, and where
        the loss is no longer finite. `events()` goes on from there.
        """
        done = 0
        while done < most and self._may_go_on():
            wanted = min(most - done, len(self._updating.bounds) - self.batch)
            got = self._run(wanted)
            done += got
            if got < wanted:
                break
        return done

    def advancing(self):
        """Do what `advance(1)` does in steps: a generator that yields between the layers of the update, for networks
        with which one takes long. Nothing has changed where the rest is dropped."""
        if not self._may_go_on():
            return 0
        optimizer = self._ready_optimizer()
        done, *losses = yield from self._updating.stepping(
            self.batch, self.loss, optimizer, self._l1, self._l2, self._dropout_rng
        )
        return self._count(done, losses)

    @property
    def is_due(self):
        """Whether the next event is an epoch's, so that a measurement comes before any update."""
        at_end = self._is_open and self.batch == self.batches
        return not self.history or at_end and self.measures(self.epoch + 1)

    def measuring(self):
        """Measure in steps what `current()` tells: a generator that yields after some rows and returns the event."""
        train = yield from measuring(self.network, self._x, self._y, self.loss, self._score)
        validation = yield from measuring(self.network, *self._validation, self.loss, self._score)
        return EpochEvent(self.epoch, self.updates, *train, *validation, self.best_epoch)

    def preparing(self):
        """Measure in steps what the next event of `events()` tells, if that is an epoch's, which then need not: a
        generator that yields after some rows. To be called when nothing else comes between the two."""
        if self.is_due:
            self._prepared = yield from self.measuring()

    def measures(self, epoch):
        """Whether that epoch, counted from 1, ends with a measurement and an EpochEvent."""
        return epoch % self._evaluate_each == 0 or epoch == self._epochs

    def upcoming(self):
        """Return which rows of the training part the next batch will take; nothing is drawn or changed."""
        if self._is_open and self.batch < self.batches:
            return self._rows_of(self.batch)
        state = self._shuffle_rng.get_state()
        order = self._next_order()
        self._shuffle_rng.set_state(state)
        return order[: self._batch_size]

    def upcoming_factor(self):
        """Return what the schedule makes of the learning rate for the next batch."""
        is_over = self._is_open and self.batch == self.batches
        return self._factor(self.epoch + 1 if is_over else self.epoch)

    def current(self):
        """Return an EpochEvent for the weights as they are at this moment."""
        return finish(self.measuring())

    def restore_best(self):
        """Put the parameters back to those of the best epoch."""
        self.network.parameters[...] = self.best_parameters

    def state(self, copy=True):
        """Return all that decides how this run goes on, at any moment between two events or updates.

        It is a dict of numbers, texts and arrays, so that np.savez(file, **state) writes it down and np.load(file,
        allow_pickle=False) reads it. The parameters, the best and the last finite ones and each moment of the optimizer
        are (n_parameters,); the order of the open epoch (n_rows,), the rows of the last batch (batch,), the history
        (n_points, 7), the random generators' states some 2.5 KB. Without `copy` the arrays are the run's own, to be
        written down before it goes on. An update under way in steps is not part of it. Raises ValueError where weights
        or losses are no longer finite, so that the run is about to end as diverged.

        The settings (learning rate, batch size, schedule, locks, dropout …) are not part of it: `restore` is for a
        Training that was made with the same.
        """
        state = checkpoint.state_of(self)
        if copy:
            state = {key: value.copy() if isinstance(value, np.ndarray) else value for key, value in state.items()}
        return state

    def restore(self, state):
        """Go on from a `state()`: from here on the numbers are, bit for bit, those of the run that it was taken from.

        This Training must have been made like that one, of the same split; other seeds do not matter. `state` is a dict, or what np.load gives of
        one. Raises ValueError, and changes nothing, where it is damaged or of another network, loss, optimizer or
        split.
        """
        checkpoint.put_back(self, state)

    def __repr__(self):
        return (
            f"Training({self.network.architecture} on {self.split.dataset.name}, {self.loss.name}, "
            f"{self.optimizer!r}, batch_size={self.batch_size}): epoch {self.epoch}, update {self.updates}"
        )

    def _rows_of(self, batch):
        start, stop = self._updating.bounds[batch]
        return self._updating.order[start:stop]

    def _next_order(self):
        """Return the order of the rows in the next epoch: shuffled, unless it is to stay that of the one before."""
        order = self._updating.order
        if self.shuffle:
            order = np.arange(len(order))
            self._shuffle_rng.shuffle(order)  # what permutation() draws, in less time
        return order

    def _factor(self, epoch):
        return self._schedule.factor(epoch, self._period or self._epochs or 100)

    def _open_epoch(self):
        """Lay out the rows in the order of the next epoch."""
        self._updating.open(self._next_order(), self._batch_size)
        self.batch = 0
        self._is_open = self._is_judged = True

    def _may_go_on(self):
        """Open the next epoch where the last batch of one is done; False where an event has to come first."""
        if self._is_open and self.batch == self.batches:
            if self.measures(self.epoch + 1):
                return False
            self.epoch += 1
            self._is_open = False
        if not self._is_open:
            if not self.history or self._is_patience_over():
                return False
            if self._epochs is not None and self.epoch >= self._epochs:
                return False
            self._open_epoch()
        return True

    def _is_patience_over(self):
        """Whether the epoch just measured is the last that early stopping allows."""
        late = self._patience is not None and self.epoch - self.best_epoch >= self._patience
        return late and not self._is_judged

    def _run(self, count):
        """Do `count` updates of the open epoch, fewer where the loss is not finite; return how many were done."""
        optimizer = self._ready_optimizer()
        done, *losses = self._updating.run(
            self.batch, count, self.loss, optimizer, self._l1, self._l2, self._dropout_rng
        )
        return self._count(done, losses)

    def _ready_optimizer(self):
        """Return the optimizer with what the schedule makes of its learning rate now."""
        self._optimizer.factor = self._factor(self.epoch)
        return self._optimizer

    def _count(self, done, losses):
        """Take note of so many updates and of the last one's losses; return how many."""
        if done:
            self.batch += done
            self.updates += done
            self.rows = self._rows_of(self.batch - 1)
            self._losses = losses
        return done

    def _batch_event(self):
        """Return the event of the last update."""
        return BatchEvent(self.epoch + 1, self.batch, self.batches, self.updates, self.rows, *self._losses)

    def _close_epoch(self):
        """Measure the weights, remember them where they are the best, and return the event."""
        self._is_open = False
        event, self._prepared = self._prepared or self.current(), None
        event = replace(event, epoch=self.epoch)  # one prepared was measured before the epoch was counted
        measured = isfinite(event.train_loss) and isfinite(event.validation_loss)
        if not (measured and np.isfinite(self.network.parameters).all()):
            return self._stop_diverged()
        self._last_finite[...] = self.network.parameters
        if self.history.improves(event):
            self.best_parameters[...] = self.network.parameters
            event = replace(event, best_epoch=self.epoch)
        self.history.add(event)
        self._is_judged = False
        return event

    def _stop_early(self):
        self._is_judged = True
        message = (
            f"the validation loss has not fallen below that of epoch {self.best_epoch} for {self._patience}"
            " epochs"
        )
        if self.restores_best:
            self.restore_best()
            message += "; the weights are back to those of that epoch"
        return StopEvent("early stopping", message, self.epoch, self.updates)

    def _stop_diverged(self):
        """Put the parameters back to the last finite epoch and say what happened."""
        at, rate = self.updates + 1, self._optimizer.learning_rate
        self.network.parameters[...] = self._last_finite
        self._optimizer.reset()
        self._is_open = False
        self.batch = 0
        self.epoch = self.history[-1].epoch if self.history else 0
        self.updates = self.history[-1].updates if self.history else 0
        message = (
            f"The loss was not finite at update {at}, with a learning rate of {rate:g}. The weights are back"
            f" to those after epoch {self.epoch}. Try a learning rate of {rate / 10:g}, or standardise the"
            " data."
        )
        return StopEvent("diverged", message, self.epoch, at)


def train(network, data, y=None, *, split=None, split_seed=None, standardize=False, batch_events=True, **options):
    """Train a network and return the generator of its events; what does not fit is refused at once.

    `data` is a Split; or a Dataset, or x (n, n_inputs) with y (labels or targets; None: give x back), which
    are split here in the proportions `split` (60, 20, 20) with `split_seed` 1. Without `batch_events` only
    epochs are told, which is faster where batches are small. The options are those of Training.
    """
    if isinstance(data, Split):
        if y is not None or split is not None or split_seed is not None or standardize:
            raise ValueError("the data are a Split already: leave y, split, split_seed and standardize out")
        return Training(network, data, **options).events(batch_events)
    if isinstance(data, Dataset):
        if y is not None:
            raise ValueError(f"the data set {data.name} has its own targets: leave y out")
    else:
        data = own_data(network, data, y, options.get("loss"))
    parts = (60, 20, 20) if split is None else split
    seed = 1 if split_seed is None else split_seed
    return Training(
        network, split_dataset(data, parts, seed=seed, standardize=standardize), **options
    ).events(batch_events)
