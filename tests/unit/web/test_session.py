"""A session moves as the page's buttons say, and its frames hold what the page draws."""
import numpy as np
import pytest

import spec as specs
from engine import frames, pictures
from engine.session import Session
from protocol import FAILED, MAP_SIDE, PALETTE, PAUSED, READY

GREY = [(128, 128, 128)] * len(PALETTE)


def session(link):
    spec, problems = specs.parse(link)
    assert problems == []
    return Session(spec)


def losses(run):
    return run.history[-1][1].train_loss, run.history[-1][1].validation_loss


def test_steps_and_reset():
    run = session("data=iris&layers=8-tanh")
    at_start = losses(run)
    assert (run.state, run.epoch, run.batch) == (READY, 0, 0)
    run.step_batch()
    after_one = losses(run)
    assert (run.state, run.epoch, run.batch, run.training.updates) == (PAUSED, 1, 1, 1)
    assert run.history[-1][0] == pytest.approx(1 / 3)  # a third of the first epoch
    run.step_epoch()
    assert (run.epoch, run.batch, run.training.updates) == (1, 3, 3)
    assert [at for at, _ in run.history] == [0, 1]  # the point inside the epoch has given way
    run.step_epoch()
    assert (run.epoch, run.batch, run.training.updates) == (2, 3, 6)
    run.reset()
    assert (run.state, run.epoch, run.training.updates, losses(run)) == (READY, 0, 0, at_start)
    run.step_batch()
    assert losses(run) == after_one


def test_settings_of_training_keep_the_weights_and_others_start_over():
    run = session("data=iris&layers=8-tanh&opt=sgd")
    run.step_epoch()
    weights = run.network.parameters.copy()
    for key, value in (("lr", 0.5), ("opt", "adam"), ("batch", 10), ("l2", 0.1), ("shuffle", "0")):
        assert not run.configure(specs.changed(run.spec, key, value))
        assert np.array_equal(run.network.parameters, weights)
    run.step_epoch()
    assert run.training.updates == 3 + 9  # 90 rows in batches of 10
    assert run.configure(specs.changed(run.spec, "layers", [[8, "relu"]]))
    assert run.training.updates == 0


def test_each_seed_decides_its_own_part():
    base = specs.parse("data=circle&layers=4-tanh")[0]
    one = Session(base)

    def differs(which):
        other = Session(specs.with_seed(base, which, 2))
        return (not np.array_equal(np.sort(one.parts.dataset.x, axis=0), np.sort(other.parts.dataset.x, axis=0)),
                not np.array_equal(one.parts.train.rows, other.parts.train.rows),
                not np.array_equal(one.network.parameters, other.network.parameters))

    assert differs(specs.DATA_SEED)[0] and not differs(specs.DATA_SEED)[2]
    assert differs(specs.SPLIT_SEED) == (False, True, False)
    assert differs(specs.INIT_SEED) == (False, False, True)
    assert differs(specs.SHUFFLE_SEED) == (False, False, False)
    other = Session(specs.with_seed(base, specs.SHUFFLE_SEED, 2))
    one.step_batch()
    other.step_batch()
    assert not np.array_equal(one.training.rows, other.training.rows)


def test_divergence_stops_the_run_and_a_smaller_rate_goes_on():
    run = session("data=wine&layers=16-relu&opt=sgd&lr=1&l2=10")
    while run.advance():
        pass
    assert run.state == FAILED and "learning rate" in run.message
    assert np.isfinite(run.network.parameters).all()
    updates = run.training.updates
    run.configure(specs.changed(specs.changed(run.spec, "lr", 0.001), "l2", 0.0))
    run.step_batch()
    assert (run.state, run.message, run.training.updates) == (PAUSED, "", updates + 1)


def test_a_frame_holds_only_what_changed():
    run, painter = session("data=spiral"), pictures.Painter(GREY)
    first = frames.frame(run, painter)
    assert {"history", "biases", "weights", "rows", "points", "pictures"} <= set(first)
    assert not {"history", "weights", "points", "pictures"} & set(frames.frame(run, painter))
    run.step_batch()
    after = frames.frame(run, painter)
    assert "points" not in after and {"weights", "rows", "pictures", "history"} <= set(after)
    assert after["rows"].sum() == 32
    assert len(after["biases"]) == 10 + 8 + 3
    assert len(after["weights"]) == 2 * 10 + 10 * 8 + 8 * 3


def test_pictures_are_on_the_one_scale():
    colours = {"neg": (250, 0, 0), "zero": (100, 100, 100), "pos": (0, 0, 250), "ink": (0, 0, 0), "map": (255, 255, 255)}
    painter = pictures.Painter([colours.get(name, (0, 200, 0)) for name in PALETTE])
    assert painter.heat(np.array([-1.0, -7.0, 0.0, 1.0, 9.0])).tolist() == [
        [250, 0, 0, 255], [250, 0, 0, 255], [100, 100, 100, 255], [0, 0, 250, 255], [0, 0, 250, 255]]
    plain, hatched = painter.heat(np.array([-0.5])), painter.heat(np.array([-0.5]), np.array([1]))
    assert hatched.sum() < plain.sum()  # a negative value is darker in the stripes


def test_the_map_shows_what_the_network_predicts():
    run = session("data=circle")
    for _ in range(30):
        run.step_epoch()
    painter = pictures.Painter([(255, 0, 0) if name == "class-0" else (0, 0, 255) if name == "class-1" else (0, 0, 0)
                                for name in PALETTE])
    picture = next(p for p in painter.plane_pictures(run.network) if p["key"] == "map")
    pixels = picture["rgba"].reshape(MAP_SIDE, MAP_SIDE, 4).astype(int)
    inner_wins = pixels[:, :, 0] > pixels[:, :, 2]
    assert inner_wins[MAP_SIDE // 2, MAP_SIDE // 2] and not inner_wins[2, 2]
    x = np.array([[0.9, 0.9], [0.0, 0.0]])
    assert run.network.predict(x).argmax(axis=1).tolist() == [1, 0]


def test_long_histories_are_thinned_and_keep_the_newest_point():
    run = session("data=circle&layers=1-tanh&points=30&batch=32")
    while run.training.epoch < 3001:
        run.step_epoch()
    curves = frames.history(run.history)
    assert len(curves["epochs"]) <= frames.MOST_POINTS + 1
    assert curves["epochs"][0] == 0 and curves["epochs"][-1] == 3001
    assert np.all(np.diff(curves["epochs"]) > 0)


def test_confusion_counts_the_validation_rows():
    run = session("data=digits&layers=32-relu&lr=0.005")
    for _ in range(5):
        run.step_epoch()
    counts = frames.confusion(run).reshape(10, 10)
    assert counts.sum() == 360
    assert np.trace(counts) / 360 == pytest.approx(run.history[-1][1].validation_score)
