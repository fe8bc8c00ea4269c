"""A session moves as the page's buttons say, and its frames hold what the page draws."""
import numpy as np
import pytest

import spec as specs
from engine import answers, frames, pictures
from engine import session as sessions
from engine.session import Session, pack
from nncore import diagnostics
from nncore.stepwise import finish
from protocol import FAILED, FINISHED, MAP_SIDE, PALETTE, PAUSED, READY

GREY = [(128, 128, 128)] * len(PALETTE)


def session(link):
    spec, problems = specs.parse(link)
    assert problems == []
    return Session(spec)


def losses(run):
    return run.now.train_loss, run.now.validation_loss


def test_steps_and_reset():
    run = session("data=iris&layers=8-tanh")
    at_start = losses(run)
    assert (run.state, run.epoch, run.batch) == (READY, 0, 0)
    run.step_batch()
    after_one = losses(run)
    assert (run.state, run.epoch, run.batch, run.training.updates) == (PAUSED, 1, 1, 1)
    assert run.at == pytest.approx(1 / 3)  # a third of the first epoch
    run.step_epoch()
    assert (run.epoch, run.batch, run.training.updates) == (1, 3, 3)
    assert list(run.curves()["epochs"]) == [0, 1]  # the point inside the epoch has given way
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
    assert run.configure(specs.changed(run.spec, "layers", [[8, "relu", None]]))
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
    wide = frames.frame(session("data=digits&layers=64-relu,4-relu"), painter)
    assert len(wide["weights"]) == 64 * 4 + 4 * 10  # a wide layer's own are a picture


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
    picture = next(p for p in pictures.paint(painter, run) if p["key"] == "map")
    pixels = picture["rgba"].reshape(MAP_SIDE, MAP_SIDE, 4).astype(int)
    inner_wins = pixels[:, :, 0] > pixels[:, :, 2]
    assert inner_wins[MAP_SIDE // 2, MAP_SIDE // 2] and not inner_wins[2, 2]
    x = np.array([[0.9, 0.9], [0.0, 0.0]])
    assert run.network.predict(x).argmax(axis=1).tolist() == [1, 0]


def test_the_curves_stay_bounded_and_keep_their_ends_and_extremes(monkeypatch):
    monkeypatch.setattr(sessions, "MOST_POINTS", 150)
    run, told, most = session("data=circle&layers=1-tanh&points=30&batch=32"), [], 0
    told.append(run.now)
    while run.training.epoch < 1001:
        run.step_epoch()
        told.append(run.now)
        most = max(most, len(run.curves()["epochs"]))
    frame = frames.history(run)
    curves = frame["history"]
    assert 100 < most <= 150 and len(run.training.history) <= 150
    assert curves["epochs"][0] == 0 and curves["epochs"][-1] == 1001
    assert np.all(np.diff(curves["epochs"]) > 0)
    for name in ("train", "validation"):
        losses = [getattr(event, name + "_loss") for event in told]
        assert (curves[name].min(), curves[name].max()) == (min(losses), max(losses))
        assert (curves[name][0], curves[name][-1]) == (losses[0], losses[-1])
    best = min(told, key=lambda event: event.validation_loss)
    assert (frame["best_epoch"], frame["best_loss"]) == (best.epoch, best.validation_loss)
    assert frame["memorising"] == (-1 if (since := diagnostics.memorising_since(told)) is None else since)
    assert frame["plateau"] is diagnostics.is_on_plateau(told)


def test_an_evaluation_within_an_epoch_gives_way_to_the_next():
    run = session("data=iris&layers=8-tanh")
    run.step_epoch()
    run.step_batch()
    assert run.curves()["epochs"] == pytest.approx([0, 1, 4 / 3])
    first = run.curves()["train"][-1]
    run.set_parameter("1.0.0", 3.0)  # at the same moment
    assert run.curves()["epochs"] == pytest.approx([0, 1, 4 / 3]) and run.curves()["train"][-1] != first
    run.step_batch()
    assert run.curves()["epochs"] == pytest.approx([0, 1, 5 / 3])
    run.step_batch()
    assert run.curves()["epochs"] == pytest.approx([0, 1, 2])
    assert run.curves()["train"][-1] == run.training.history[-1].train_loss == run.now.train_loss


def test_the_best_epoch_that_is_told_is_the_one_to_go_back_to():
    run = session("data=circle&points=150&noise=0.4&split=40-40-20&layers=10-relu,10-relu,10-relu&lr=0.01&batch=10")
    for _ in range(60):
        run.step_epoch()
    told = frames.history(run)
    assert told["memorising"] >= 0 and told["best_epoch"] == run.training.best_epoch < 60
    run.restore_best()
    again = frames.history(run)
    assert run.now.validation_loss == pytest.approx(told["best_loss"])
    assert (again["best_epoch"], again["memorising"]) == (told["best_epoch"], told["memorising"])
    assert again["history"]["epochs"][-1] == 60 and again["history"]["validation"][-1] == run.now.validation_loss
    run.set_parameter("1.0.0", 9.0)  # weights that no epoch has left: "go back" does not know them
    assert frames.history(run)["best_epoch"] == told["best_epoch"]


def test_a_first_loss_that_is_not_finite_has_a_frame_too():
    run = session("data=sine&layers=&opt=sgd")
    run.network.parameters[...] = 3e38
    spec = specs.changed(run.spec, "weights", pack(run.network))
    run = Session(spec)
    assert run.state == FAILED and len(run.training.history) == 0
    frame = frames.frame(run, pictures.Painter(GREY))
    assert frame["best_epoch"] == 0 and len(frame["history"]["epochs"]) == 1


def test_confusion_counts_the_validation_rows():
    run = session("data=digits&layers=32-relu&lr=0.005")
    for _ in range(5):
        run.step_epoch()
    counts = finish(answers.classes(run, pictures.Painter(GREY)))["confusion"].reshape(10, 10)
    assert counts.sum() == 360
    assert np.trace(counts) / 360 == pytest.approx(run.now.validation_score)


@pytest.mark.parametrize("link, fields", [
    ("data=sine", {"curve", "points"}), ("data=plane", {"points"}), ("data=diabetes", {"scatter"}),
    ("task=reconstruct&data=digits", {"pairs", "code"}), ("task=reconstruct&data=iris&layers=3-tanh", {"pairs"}),
    ("task=reconstruct&data=spiral", {"points", "again", "code"}),
    ("data=digits&layers=16-relu", {"confusion", "mistakes"}), ("data=moons", {"confusion", "mistakes", "points"}),
])
def test_each_task_has_its_own_answers(link, fields):
    run = session(link)
    run.step_epoch()
    got = set(frames.frame(run, pictures.Painter(GREY)))
    assert got & {"curve", "points", "scatter", "pairs", "again", "code", "confusion", "mistakes"} == fields


def test_the_code_of_the_digits_tells_them_apart_though_no_label_was_seen():
    run = session("task=reconstruct&data=digits")  # the default network, whose code are two numbers
    for _ in range(60):
        run.step_epoch()
    code = finish(answers.reconstructions(run, pictures.Painter(GREY)))["code"]
    points, train = code["x"].reshape(-1, 2), code["parts"] == 0
    distances = ((points[~train][:, None] - points[train]) ** 2).sum(axis=2)
    nearest = code["labels"][train][distances.argmin(axis=1)]
    assert np.mean(nearest == code["labels"][~train]) >= 0.6


def test_a_reconstruction_of_the_plane_tells_where_it_puts_each_point():
    run = session("task=reconstruct&data=spiral&layers=&standardize=1&opt=adam&lr=0.05")
    for _ in range(100):
        run.step_epoch()
    again = finish(answers.reconstructions(run, pictures.Painter(GREY)))["again"]["x"]
    assert again == pytest.approx(answers.points(run)["x"], abs=1e-2)  # nothing is lost without a narrow layer


def test_a_focus_is_kept_while_there_is_such_a_neuron():
    run = session("data=circle&layers=4-tanh")
    painter = pictures.Painter([(10 * k, 20 * k, 255 - 20 * k) for k in range(len(PALETTE))])

    def large():
        return next(p["rgba"] for p in pictures.paint(painter, run) if p["key"] == "map")

    answer = large()
    run.set_focus(1, 3)
    assert not np.array_equal(large(), answer)
    run.reset()
    assert run.focus == (1, 3)
    run.configure(specs.changed(run.spec, "layers", [[3, "tanh", None]]))
    assert run.focus is None
    run.set_focus(9, 0)
    assert run.focus is None


def test_mistakes_are_mistakes_and_the_surest_come_first():
    run = session("data=digits&layers=16-relu")
    for _ in range(3):
        run.step_epoch()
    mistakes = finish(answers.classes(run, pictures.Painter(GREY)))["mistakes"]
    sureness = [mistake["probability"] for mistake in mistakes]
    assert mistakes and sureness == sorted(sureness, reverse=True)
    part = run.parts.validation
    for mistake in mistakes:
        at = list(part.rows).index(mistake["row"])
        outputs = run.network.predict(part.x[at:at + 1])[0]
        assert str(part.labels[at]) == mistake["truth"] != mistake["answer"] == str(outputs.argmax())
        assert outputs.max() == pytest.approx(mistake["probability"], abs=1e-5)


def test_the_curve_is_the_networks_line_in_the_datas_own_units():
    run = session("data=line&layers=&opt=sgd&lr=0.1&noise=0")
    for _ in range(200):
        run.step_epoch()
    curve = finish(answers.numbers(run, pictures.Painter(GREY)))["curve"]
    assert curve["y"] == pytest.approx(0.7 * curve["x"] + 0.2, abs=1e-3)


def test_features_and_standardisation_reach_the_network_and_the_map():
    run = session("data=circle&features=x2,y2&standardize=1&layers=")
    for _ in range(60):
        run.step_epoch()
    assert run.network.n_inputs == 2
    assert run.parts.train.x.mean(axis=0) == pytest.approx([0, 0], abs=1e-9)
    assert run.now.validation_score >= 0.9  # a straight line in x², y² is a circle in x, y
    assert run.network.predict(run.data.inputs(np.array([[0.0, 0.0], [0.9, 0.0]]))).argmax(axis=1).tolist() == [0, 1]


def test_test_points_stay_hidden_until_the_test_set_is_opened():
    run = session("data=circle")
    assert set(answers.points(run)["parts"]) == {0, 1}
    run.open_test()
    assert set(answers.points(run)["parts"]) == {0, 1, 2}
    assert run.test.startswith("Test: loss")


def test_locked_weights_stay_and_edited_ones_are_taken():
    run = session("data=circle&layers=4-tanh&lock=1,2.0.1,2.b.0&opt=momentum&l2=0.1")
    first, second = run.network.layers
    before = run.network.parameters.copy()
    run.set_parameter("2.0.1", 0.25)
    run.set_parameter("1.b.2", -1.5)
    for _ in range(5):
        run.step_epoch()
    weights, biases = run.network.places(0)
    kept = before.copy()
    kept[biases[0, 2]] = -1.5
    assert np.array_equal(run.network.parameters[weights], kept[weights])
    assert np.array_equal(run.network.parameters[biases], kept[biases])
    assert second.weights[0, 1] == 0.25 and second.biases[0, 0] == 0
    assert second.weights[1, 1] != before[run.network.places(1)[0][1, 1]]
    with pytest.raises(ValueError, match="finite"):
        run.set_parameter("1.0.0", float("nan"))


def test_limits_of_epochs_and_patience_end_the_run():
    run = session("data=iris&epochs=3")
    while run.advance():
        pass
    assert (run.state, run.training.epoch) == (FINISHED, 3)
    assert run.message == "All 3 epochs are done"
    run = session("data=wine&layers=32-relu,32-relu&lr=0.05&patience=5")
    while run.advance():
        pass
    assert run.state == FINISHED and "best" not in run.message.lower()[:3]
    assert run.training.epoch - run.training.best_epoch >= 5
    assert np.array_equal(run.network.parameters, run.training.best_parameters)


def test_dropout_may_change_while_training():
    run = session("data=digits&layers=16-relu")
    run.step_epoch()
    weights = run.network.parameters.copy()
    assert not run.configure(specs.changed(run.spec, "layers", [[16, "relu", 0.5]]))
    assert np.array_equal(run.network.parameters, weights)
    assert run.network.layers[0].dropout == 0.5
    run.step_epoch()


def test_the_default_learns_the_spiral():
    run = Session(specs.defaults())
    best = 0
    while run.training.epoch < 60:
        run.step_epoch()
        best = max(best, run.now.validation_score)
    assert best >= 0.95


def test_weights_travel_in_a_link():
    run = session("data=iris&layers=5-tanh")
    for _ in range(3):
        run.step_epoch()
    link = specs.write(specs.changed(run.spec, "weights", pack(run.network)))
    other = session(link)
    assert other.message == ""
    assert np.array_equal(other.network.parameters, run.network.parameters)
    assert losses(other) == losses(run)
    other.step_epoch()
    other.reset()
    assert np.array_equal(other.network.parameters, run.network.parameters)


@pytest.mark.parametrize("damage", [lambda text: text[:-8], lambda text: "A" + text, lambda text: "AAAA"])
def test_damaged_weights_in_a_link_are_named_and_left_out(damage):
    run = session("data=iris&layers=5-tanh")
    initial = run.network.parameters.copy()
    run.step_epoch()
    other = Session(specs.changed(run.spec, "weights", damage(pack(run.network))))
    assert other.message.startswith("The weights in this link are damaged or of another network (this one has 43 numbers)")
    assert np.array_equal(other.network.parameters, initial)
