"""Wide layers: what takes long is done in slices, what is asked for comes first, and only what is seen is computed."""
import asyncio
import sys

import numpy as np
import pytest

import spec as specs
from engine import desk as desks
from engine import frames, pictures, plane
from engine import trainer as trainers
from engine.columns import EVERY, columns
from engine.service import Service
from engine.session import LONG_UPDATE, Session
from nncore.stepwise import finish
from protocol import BUILDING, FAILED, FINISHED, MAP_SIDE, MOST_WEIGHTS, PALETTE, PAUSED, READY, TRAINING

GREY = [(128, 128, 128)] * len(PALETTE)
COLOURS = ";".join("%d,%d,%d" % (10 * k, 20 * k, 255 - 20 * k) for k in range(len(PALETTE)))
WIDE = "data=spiral&layers=350-relu,350-relu&engine=numpy"  # so wide that its map is coarse at first

alone = pytest.mark.skipif(sys.platform == "emscripten", reason="there the event loop runs already")


def session(link):
    spec, problems = specs.parse(link)
    assert problems == []
    return Session(spec)


class Page:
    """A service and the frames that it pushed; `hold` is awaited with each, `steps` counts those of the desk."""

    def __init__(self, monkeypatch, slice=0.0, first=0.0):
        self.frames, self.told = [], asyncio.Event()
        for module in (desks, trainers):  # one step a slice, so that none depends on the clock
            monkeypatch.setattr(module, "SLICE", slice)
        monkeypatch.setattr(desks, "FIRST", first)
        self.service = Service(self.push)
        self.revision = 0

    async def push(self, frame):
        self.frames.append(frame)
        self.told.set()

    async def configure(self, link):
        self.revision += 1
        await self.service.configure(link, self.revision)

    async def until(self, is_so):
        """Waits for a frame of which that is true, from now on; returns it."""
        seen = len(self.frames)
        while not any(map(is_so, self.frames[seen:])):
            self.told.clear()
            await asyncio.wait_for(self.told.wait(), 60)
        return next(frame for frame in self.frames[seen:] if is_so(frame))

    async def rest(self):
        """Waits until there is nothing left to do."""
        while self.service.desk.loop:
            await self.service.desk.loop


def has_map(side):
    return lambda frame: any(p["key"] == "map" and p["width"] == side for p in frame.get("pictures", []))


def visit(monkeypatch, story, **options):
    async def run():
        page = Page(monkeypatch, **options)
        await story(page)
        await page.rest()
        return page

    return asyncio.run(run())


@alone
def test_numbers_go_ahead_of_the_pictures_and_the_page_is_told_what_is_drawn(monkeypatch):
    async def story(page):
        await page.service.set_palette(COLOURS)
        await page.configure(WIDE)

    shown = [frame for frame in visit(monkeypatch, story).frames if frame["state"] != BUILDING]
    assert shown[0]["state"] == READY and "weights" in shown[0] and "pictures" not in shown[0]
    assert shown[0]["doing"] == "Drawing the map"
    assert [frame["doing"] for frame in shown][-1] == ""
    assert sum("confusion" in frame for frame in shown) == 1


@alone
def test_small_networks_are_shown_in_one_frame(monkeypatch):
    async def story(page):
        await page.service.set_palette(COLOURS)
        await page.configure("data=spiral&engine=numpy")
        await page.service.step_batch()

    page = visit(monkeypatch, story, slice=10.0, first=10.0)
    ready, stepped = page.frames
    assert ready["state"] == READY and stepped["state"] == PAUSED and stepped["updates"] == 1
    assert {"weights", "history", "pictures", "confusion"} <= set(ready) & set(stepped)


@alone
def test_a_pause_is_answered_before_the_pictures_are_finished(monkeypatch):
    async def story(page):
        await page.service.set_palette(COLOURS)
        await page.configure(WIDE)
        steps = count_steps(monkeypatch)
        await page.until(lambda frame: frame["doing"] == "Drawing the map in more detail")
        seen = len(page.frames)
        before = steps["plane"]
        await page.service.pause()
        answer = page.frames[seen]
        assert answer["state"] == READY and "pictures" not in answer
        assert steps["plane"] - before < len(page.service.session.network.chunks(MAP_SIDE**2))

    visit(monkeypatch, story)


@alone
def test_a_pause_drops_the_update_under_way(monkeypatch):
    width = 300
    link = f"data=digits&layers={','.join([f'{width}-relu'] * 3)}&batch=300&engine=numpy"

    async def story(page):
        await page.configure(link)
        await page.rest()
        session = page.service.session
        assert session.network.parameters.size * 300 > LONG_UPDATE
        await page.service.play()
        await page.until(lambda frame: frame["state"] == TRAINING and frame["updates"] > 0)
        while not page.service.desk.trainer.under_way:
            await asyncio.sleep(0)
        updates, weights = session.training.updates, session.network.parameters.copy()
        await page.service.pause()
        assert page.frames[-1]["state"] == PAUSED and page.frames[-1]["updates"] == updates
        await page.rest()
        np.testing.assert_array_equal(session.network.parameters, weights)
        assert session.now.updates == updates

    visit(monkeypatch, story)


def count_steps(monkeypatch):
    counted = {"plane": 0}
    plane_pictures = pictures.Painter.plane_pictures

    def counting(*arguments):
        steps = plane_pictures(*arguments)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value
            counted["plane"] += 1
            yield

    monkeypatch.setattr(pictures.Painter, "plane_pictures", counting)
    return counted


@alone
def test_a_newer_setting_drops_the_steps_that_wait_and_the_one_under_way(monkeypatch):
    async def story(page):
        await page.configure("data=iris&layers=8-tanh&engine=numpy")
        steps = [asyncio.ensure_future(page.service.step_epoch()) for _ in range(4)]
        await asyncio.sleep(0)
        await page.configure("data=iris&layers=8-tanh&engine=numpy&lr=0.5")
        await asyncio.gather(*steps)  # they are answered, too
        await page.rest()
        assert page.service.session.training.updates < 4 * 3
        assert page.service.session.spec["lr"] == 0.5
        assert page.frames[-1]["revision"] == 2

    visit(monkeypatch, story)


@alone
def test_a_newer_setting_drops_the_run_that_is_being_built(monkeypatch):
    async def story(page):
        await page.configure("data=iris&layers=8-tanh&engine=numpy")
        await page.service.step_batch()
        await page.rest()
        session, weights = page.service.session, page.service.session.network.parameters.copy()
        wide = asyncio.ensure_future(page.configure("data=iris&layers=" + ",".join(["256-relu"] * 6) + "&engine=numpy"))
        while not page.service.desk.current:
            await asyncio.sleep(0)
        await page.configure("data=iris&layers=8-tanh&engine=numpy")
        await wide
        await page.rest()
        assert session.training.updates == 1
        np.testing.assert_array_equal(session.network.parameters, weights)
        assert not any(frame["revision"] == 2 and "updates" in frame for frame in page.frames)
        assert page.frames[-1]["revision"] == 3 and page.frames[-1]["updates"] == 1

    visit(monkeypatch, story)


@alone
def test_a_run_under_way_is_not_ready_until_its_first_numbers_are_there(monkeypatch):
    monkeypatch.setattr("engine.service.PATIENCE", 0.0)

    async def story(page):
        await page.configure("data=digits&layers=64-relu&engine=numpy")
        await page.configure("data=digits&layers=512-relu,512-relu&engine=numpy")

    frames_of_wide = [frame for frame in visit(monkeypatch, story).frames if frame["revision"] == 2]
    first = next(i for i, frame in enumerate(frames_of_wide) if frame["state"] == READY)
    assert first > 0
    assert all(frame["state"] == BUILDING and frame["doing"] for frame in frames_of_wide[:first])
    assert "Measuring the loss" in [frame["doing"] for frame in frames_of_wide[:first]]


@alone
def test_play_during_a_build_begins_when_it_is_done(monkeypatch):
    monkeypatch.setattr("engine.service.PATIENCE", 0.0)

    async def story(page):
        await page.configure("data=iris&layers=128-relu,128-relu&epochs=2&engine=numpy")
        await page.service.play()
        await page.rest()
        assert page.frames[-1]["epoch"] == 2 and page.frames[-1]["updates"] == 6

    visit(monkeypatch, story)


@alone
def test_maps_of_wide_networks_get_finer_while_nothing_is_asked_for(monkeypatch):
    sides = []

    async def story(page):
        await page.service.set_palette(COLOURS)
        await page.configure(WIDE)

    for frame in visit(monkeypatch, story).frames:
        sides += [picture["width"] for picture in frame.get("pictures", []) if picture["key"] == "map"]
    assert sides == [40, 80]


@alone
def test_what_was_painted_while_training_gets_finer_once_that_has_ended(monkeypatch):
    monkeypatch.setattr(desks, "PICTURE_GAP", 0.0)
    monkeypatch.setattr(desks, "FRAME_GAP", 0.0)

    async def story(page):
        await page.service.set_palette(COLOURS)
        await page.configure(WIDE + "&batch=180&epochs=2")
        await page.service.play()

    page = visit(monkeypatch, story)
    assert page.frames[-1]["state"] == FINISHED
    assert [p["width"] for frame in page.frames for p in frame.get("pictures", []) if p["key"] == "map"][-1] == MAP_SIDE


@alone
def test_what_memory_cannot_hold_is_refused_before_it_is_tried_and_the_run_stands(monkeypatch):
    async def story(page):
        await page.configure("data=iris&layers=8-tanh&engine=numpy")
        await page.service.step_batch()
        monkeypatch.setattr("engine.memory._has_room", lambda size: size <= 200_000_000)
        built = []
        monkeypatch.setattr("engine.session.building_network", lambda *given: built.append(given))
        await page.configure("data=iris&layers=" + ",".join(["1024-relu"] * 8) + "&engine=numpy")
        assert not built
        assert page.frames[-1]["revision"] == 2
        refused = page.frames[-1]["refused"]
        assert "7,355,395 weights and biases" in refused and "this browser has 199 MB" in refused and "fewer neurons" in refused
        assert page.service.session.training.updates == 1
        await page.service.step_batch()
        assert page.service.session.training.updates == 2 and page.frames[-1]["revision"] == 1

    visit(monkeypatch, story)


@alone
def test_without_any_run_a_step_says_why(monkeypatch):
    monkeypatch.setattr("engine.memory._has_room", lambda size: False)

    async def story(page):
        await page.configure("data=iris&layers=" + ",".join(["1024-relu"] * 4) + "&engine=numpy")
        assert page.frames[-1]["state"] == FAILED
        with pytest.raises(ValueError, match="There is no run: a network of"):
            await page.service.step_batch()
        with pytest.raises(ValueError, match="There is no run"):
            await page.service.play()
        await page.service.set_focus(0, 0)  # is no mistake of the person's
        await page.configure("data=iris&layers=8-tanh&engine=numpy")
        await page.service.step_batch()
        assert page.frames[-1]["updates"] == 1

    visit(monkeypatch, story)


@alone
@pytest.mark.parametrize("where", ["engine.session.building_network", "engine.answers.outputs"])
def test_memory_that_runs_out_reaches_the_page_as_a_sentence(monkeypatch, where):
    def out_of_memory(*_):
        raise MemoryError
        yield

    async def story(page):
        await page.service.set_palette(COLOURS)
        await page.configure("data=iris&layers=8-tanh&engine=numpy")
        await page.rest()
        monkeypatch.setattr(where, out_of_memory)
        if where.startswith("engine.session"):
            with pytest.raises(ValueError, match="no more memory for this network. Take fewer"):
                await page.configure("data=iris&layers=9-tanh&engine=numpy")
            assert len(page.service.session.network.layers[0].biases[0]) == 8
        else:
            await page.service.play()
            await page.until(lambda frame: "no more memory" in frame["message"])
            assert page.frames[-1]["state"] == FAILED

    visit(monkeypatch, story)


def test_only_neurons_that_have_a_place_are_painted():
    run, painter = session("data=spiral&layers=300-relu,4-tanh"), pictures.Painter(GREY)
    keys = {picture["key"] for picture in pictures.paint(painter, run)}
    assert {key for key in keys if key.startswith("tile")} == {
        *("tile-0-%d" % j for j in range(2)), *("tile-2-%d" % j for j in range(4)), *("tile-3-%d" % j for j in range(3))}
    found = finish(columns(run.network, plane.points(40), {0: EVERY, 2: [1]}))
    assert set(found) == {0, 2} and found[2].shape == (1600, 1)
    np.testing.assert_allclose(found[2][:, 0], hidden(run.network, plane.points(40), 2)[:, 1], rtol=1e-4, atol=1e-6)


def hidden(network, x, column):
    for layer in network.layers[:column]:
        x = layer.forward(x)
    return x


def test_a_focused_neuron_of_a_wide_layer_has_a_map():
    run, painter = session("data=circle&layers=40-tanh&engine=numpy"), pictures.Painter([(k, 9 * k, 200) for k in range(10)])
    run.set_focus(1, 39)
    large = next(p["rgba"] for p in pictures.paint(painter, run) if p["key"] == "map").reshape(MAP_SIDE, MAP_SIDE, 4)
    values = hidden(run.network, run.data.inputs(plane.points(MAP_SIDE)), 1)[:, 39].reshape(MAP_SIDE, MAP_SIDE)
    np.testing.assert_array_equal(large, painter.heat(values, painter.stripes(MAP_SIDE)))


def test_coarse_maps_show_the_same_points_of_the_same_plane():
    run, painter = session("data=spiral"), pictures.Painter([(10 * k, 200 - 10 * k, 5 * k) for k in range(10)])

    def map_of(side):
        pixels = finish(painter.plane_pictures(run.network, run.data, "classify", None, side))[0]
        return pixels["rgba"].reshape(side, side, 4).astype(float)

    fine = map_of(80).reshape(40, 2, 40, 2, 4).mean(axis=(1, 3))
    assert np.abs(fine - map_of(40)).mean() < 3


def test_weights_are_drawn_no_larger_than_there_is_room_for():
    run, painter = session("data=spiral&layers=300-relu,20-relu,512-relu"), pictures.Painter(GREY)
    drawn = {picture["key"]: picture for picture in finish(painter.weight_pictures(run.network, None))}
    assert (drawn["weights-2"]["width"], drawn["weights-2"]["height"]) == (20, 100)
    assert max(max(picture["width"], picture["height"]) for picture in drawn.values()) <= MOST_WEIGHTS
    weights = run.network.layers[1].weights
    np.testing.assert_array_equal(drawn["weights-2"]["rgba"].reshape(100, 20, 4), painter.heat(weights[::3]))


def test_a_mosaic_has_each_neurons_weights_as_a_picture():
    painter = pictures.Painter([(k, 9 * k, 200) for k in range(10)])
    weights = np.random.default_rng(1).normal(size=(64, 70)).astype(np.float32)
    mosaic = painter.mosaic(weights, 8)
    assert mosaic.shape == (5 * 9 - 1, 16 * 9 - 1, 4)
    np.testing.assert_array_equal(mosaic[9:17, 9 * 3:9 * 3 + 8], painter.heat(weights[:, 19].reshape(8, 8)))
    assert not mosaic[8].any() and not mosaic[-8:, 6 * 9:].any()


def test_ordinary_networks_compute_in_the_same_chunks_as_ever():
    for link in ("data=spiral", "data=digits&layers=64-relu,64-relu", "data=digits&layers=128-relu,64-relu"):
        run = session(link)
        assert run.network.chunk == 1024 and plane.quick_side(run.network) == MAP_SIDE
        assert run.training.batch_size * run.network.parameters.size < LONG_UPDATE


def test_updates_layer_by_layer_come_to_what_whole_ones_do(monkeypatch):
    link = "data=iris&layers=16-tanh-0.3,8-relu&l2=0.01"
    whole, stepped = session(link), session(link)
    for _ in range(4):
        whole.step_epoch()
    monkeypatch.setattr("engine.session.LONG_UPDATE", 1)
    for _ in range(2):
        stepped.step_epoch()
    dropped = stepped.advancing(5)
    for _ in range(3):
        next(dropped)
    dropped.close()  # as if the page had paused in the middle of an update
    while stepped.training.epoch < 4:
        assert stepped.advance(2)
    np.testing.assert_array_equal(stepped.network.parameters, whole.network.parameters)
    assert stepped.now == whole.now and stepped.training.history == whole.training.history
    assert stepped.training.updates == whole.training.updates


def test_what_is_dropped_before_its_first_numbers_leaves_the_former_run():
    run = session("data=iris&layers=8-tanh")
    run.step_epoch()
    before = run.spec, run.network, run.training, run.now
    building = run.configuring(specs.parse("data=wine&layers=32-relu,32-relu")[0])
    for _ in range(4):
        next(building)
    building.close()
    assert (run.spec, run.network, run.training, run.now) == before
    assert frames.frame(run, pictures.Painter(GREY))["updates"] == 3
