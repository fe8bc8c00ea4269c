"""A run is written down as bytes and put back into a new session, and goes on bit for bit; bytes that are damaged are refused."""
import asyncio
import json
import struct
import sys
import tracemalloc
import zlib

import numpy as np
import pytest

import spec as specs
from engine import checkpoint, frames
from engine import desk as desks
from engine import session as sessions
from engine import trainer as trainers
from engine.service import Service
from engine.session import Session
from nncore.stepwise import finish
from protocol import FAILED, FINISHED, OTHER_RUN, PALETTE, PUT_BACK, READY, UNUSABLE

OPTIMIZERS = ["sgd", "momentum", "rmsprop", "adam"]
LINKS = {
    "flat": "data=moons&points=80&layers=6-tanh&batch=32",
    "digits": "data=digits&layers=12-relu&split=20-20-60&batch=100",
    "autoencoder": "task=reconstruct&data=iris&layers=3-tanh&batch=16",
    "dropout": "data=spiral&points=90&layers=12-relu,8-relu-0.4&dropout=0.2&batch=20",
    "locks": "data=circle&points=70&layers=5-tanh&lock=1,2.0.1,2.b.0&l2=0.01",
    "schedule": "data=iris&layers=6-tanh&schedule=cosine&epochs=9&batch=25",
    "patience": "data=wine&layers=8-relu&lr=0.2&patience=2&l1=0.001",
    "unshuffled": "data=sine&points=50&layers=6-tanh&shuffle=0&batch=7",
    "batches of one": "data=line&points=30&layers=&batch=1&lr=0.01",
    "one batch": "data=xor&points=40&layers=4-gelu&batch=2000",
    "diverging": "data=diabetes&layers=8-relu&lr=900&batch=90&standardize=0",
}


def spec(link):
    read, problems = specs.parse(link)
    assert problems == []
    return read


def session(link):
    return Session(spec(link))


def put_back(saved, link, into=None):
    into = into or Session()
    finish(checkpoint.restoring(into, spec(link), saved))
    return into


def moved(run, moves):
    """Moves a run, and tells what is seen after each: numbers, losses, weights."""
    told = []
    for kind, most in moves:
        if kind == "advance":
            run.advance(most)
        elif kind == "hurry":
            run.advance(most, hurried=True)
        elif kind == "batch":
            run.step_batch()
        else:
            run.step_epoch()
        told.append((seen(run), run.network.parameters.tobytes()))
    return told


def seen(run):
    return run.state, run.message, run.test, run.epoch, run.batch, run.training.updates, run.at, run.now, run.changed


def same(one, other):
    assert seen(one) == seen(other)
    mine, its = one.training.state(), other.training.state()
    assert mine.keys() == its.keys()
    for key in mine:
        assert np.array_equal(mine[key], its[key]), key
    for key, curve in one.curves().items():
        assert curve.tolist() == other.curves()[key].tolist()
    assert one.is_unmeasured == other.is_unmeasured and one.focus == other.focus


def sound(run):
    """The run, moved on by the update that ends it as diverged where its weights are no longer finite."""
    while not np.isfinite(run.network.parameters).all():
        run.advance()
    return run


def moves_of(random, count):
    kinds = ["advance", "advance", "hurry", "batch", "epoch"]
    return [(kinds[random.randint(len(kinds))], int(random.randint(1, 12))) for _ in range(count)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("name", LINKS)
def test_a_run_put_back_goes_on_bit_for_bit(name, optimizer):
    random = np.random.RandomState(100 * list(LINKS).index(name) + OPTIMIZERS.index(optimizer))
    link = LINKS[name] + "&opt=" + optimizer
    for killed in [0, *random.randint(1, 12, 2)]:
        run = session(link)
        moved(run, moves_of(random, killed))
        other = put_back(checkpoint.pack(sound(run)), link)
        same(run, other)
        moves = moves_of(random, 8)
        assert moved(run, moves) == moved(other, moves)
        same(sound(run), sound(other))


@pytest.mark.parametrize("link", ["data=iris&layers=6-tanh,5-tanh&dropout=0.3&batch=25", "data=iris&layers=6-tanh,5-tanh&batch=25&opt=sgd"])
def test_an_update_under_way_is_neither_kept_nor_disturbed(monkeypatch, link):
    """Written down between any two steps of updates that are done layer by layer, and of the measurements between them."""
    monkeypatch.setattr(sessions, "LONG_UPDATE", 1)
    undisturbed, run, kept = session(link), session(link), []
    assert undisturbed.advance(11)
    steps = run.advancing(11)
    while True:
        try:
            next(steps)
        except StopIteration:
            break
        kept.append((run.training.updates, checkpoint.pack(run)))
    same(run, undisturbed)
    assert len(kept) > 4 * run.training.updates
    for updates, saved in kept[::3]:
        other = put_back(saved, link)
        assert other.training.updates == updates
        while other.training.updates < run.training.updates:
            other.advance(1)
        finish(other.evaluating())  # the last was kept before the measurement that ends the epoch
        assert other.network.parameters.tobytes() == run.network.parameters.tobytes()
        assert other.training.history == run.training.history


def test_a_hurried_run_is_kept_with_the_measurements_that_it_leaves_out():
    link = "data=iris&layers=4-tanh"
    run = session(link)
    while run.epoch < 47 or run.batch < 2:
        run.advance(1, hurried=True)
    other = put_back(checkpoint.pack(run), link)
    while run.epoch < 120:
        assert run.advance(5, hurried=True) and other.advance(5, hurried=True)
    same(run, other)


def test_all_of_the_session_comes_back():
    link = "data=circle&layers=4-tanh"
    run = session(link)
    moved(run, [("epoch", 1), ("batch", 1)])
    run.open_test()
    run.set_focus(1, 3)
    run.set_parameter("1.0.2", 0.5)
    other = put_back(checkpoint.pack(run), link)
    same(run, other)
    assert other.test.startswith("Test: loss") and other.focus == (1, 3)
    assert other.changed == "weights by hand at epoch 2"
    run.restore_best()
    other.restore_best()
    same(run, other)
    one, again = frames.frame(run, None), frames.frame(other, None)
    for key in one:
        assert str(one[key]) == str(again[key]), key
    other.reset()
    assert other.changed == "" and other.state == READY


def test_a_run_that_ended_is_put_back_as_ended_and_goes_on():
    for link, state in [(LINKS["patience"], FINISHED), (LINKS["diverging"] + "&opt=sgd", FAILED), ("data=iris&epochs=2", FINISHED)]:
        run = session(link)
        while run.advance(50):
            pass
        assert run.state == state and run.message
        other = put_back(checkpoint.pack(run), link)
        same(run, other)
        moves = [("advance", 4), ("epoch", 1), ("advance", 9)]
        assert moved(run, moves) == moved(other, moves)


def test_what_is_no_longer_finite_is_not_written_down():
    run = session("data=iris&layers=4-tanh")
    run.step_batch()
    run.network.parameters[3] = np.nan
    with pytest.raises(ValueError, match="finite"):
        checkpoint.pack(run)


def test_vectors_that_are_one_are_written_once():
    run = session("data=digits&layers=64-relu,64-relu")
    parameters = 4 * run.network.parameters.size
    at_first = len(checkpoint.pack(run))
    assert parameters < at_first < 1.4 * parameters
    run.advance(3)
    assert 4 * parameters < len(checkpoint.pack(run)) < 4.4 * parameters
    run.step_epoch()  # the best epoch: the weights are the best and the last finite ones
    assert 3 * parameters < len(checkpoint.pack(run)) < 3.4 * parameters
    zeros = session("data=xor&layers=&init=zeros&opt=sgd&lr=0.1")
    zeros.network.parameters[0] = -0.0  # equal, but not the same
    other = put_back(checkpoint.pack(zeros), "data=xor&layers=&init=zeros&opt=sgd&lr=0.1")
    assert np.signbit(other.network.parameters[0]) and not np.signbit(other.training.best_parameters[0])


def test_a_setting_changed_since_is_taken_up_and_told():
    link = "data=iris&layers=4-tanh&lr=0.01"
    run = session(link)
    moved(run, [("epoch", 1), ("epoch", 1), ("batch", 1)])
    saved = checkpoint.pack(run)
    later = specs.changed(run.spec, "lr", 0.2)
    run.configure(later)
    other = put_back(saved, specs.write(later))
    assert other.changed == run.changed == "learning rate at epoch 3"
    assert moved(run, [("advance", 5)]) == moved(other, [("advance", 5)])


# ---- damaged bytes

LINK = "data=moons&points=40&layers=4-tanh&batch=10&dropout=0.2"


def kept(moves=(("advance", 30), ("batch", 1))):
    run = session(LINK)
    moved(run, moves)
    return checkpoint.pack(run)


def sealed(content):
    """Bytes with the right checksum, as only somebody who means to would make them."""
    return content + struct.pack("<I", zlib.crc32(content))


def with_description(saved, change):
    """The bytes with another description, sealed; `change` is given its dict, or returns another text."""
    magic, version, length = checkpoint.HEAD.unpack_from(saved)
    start = checkpoint.HEAD.size
    about = json.loads(saved[start:start + length])
    text = change(about)
    text = text if isinstance(text, bytes) else json.dumps(about).encode()
    return sealed(checkpoint.HEAD.pack(magic, version, len(text)) + text + saved[start + length:-4])


class Tried:
    """A session with a run of its own, into which damaged bytes are put."""

    def __init__(self):
        self.refused = self.accepted = 0
        self.begin()

    def begin(self):
        self.run = session(LINK)
        self.run.advance(5)
        self.before = seen(self.run), self.run.network.parameters.tobytes(), checkpoint.pack(self.run)

    def put(self, saved, link=LINK):
        """Refused, in a sentence, with the run as it was; or taken up, as one that has finite numbers and trains."""
        try:
            finish(checkpoint.restoring(self.run, spec(link), saved))
        except ValueError as refusal:
            assert len(str(refusal)) > 10 and "\n" not in str(refusal)
            self.refused += 1
            assert (seen(self.run), self.run.network.parameters.tobytes(), checkpoint.pack(self.run)) == self.before
            return str(refusal)
        self.accepted += 1
        frames.frame(self.run, None)
        moved(self.run, [("advance", 9), ("epoch", 1), ("batch", 1)])
        assert np.isfinite(self.run.network.parameters).all()
        assert np.isfinite([self.run.now.train_loss, self.run.now.validation_loss, self.run.at]).all()
        self.begin()
        return ""


def test_cut_and_flipped_bytes_are_refused():
    saved, tried, random = kept(), Tried(), np.random.RandomState(1)
    for length in [0, 1, 7, 8, 15, 16, 19, 20, 21, *random.randint(22, len(saved), 100), len(saved) - 1]:
        assert tried.put(saved[:length])
    for _ in range(200):
        damaged = bytearray(saved)
        for _ in range(random.randint(1, 4)):
            damaged[random.randint(len(saved))] ^= 1 << random.randint(8)
        assert damaged == saved or tried.put(bytes(damaged))
    assert tried.put(saved + b"\0") and tried.put(saved[::-1]) and tried.put(b"\0" * 5000) and tried.put(saved + saved)
    assert tried.accepted == 0
    assert tried.put(saved) == ""


def test_flipped_and_sealed_bytes_are_refused_or_make_a_sound_run():
    saved, tried, random = kept(), Tried(), np.random.RandomState(2)
    for i in range(240):
        if i == 200:
            tracemalloc.start()  # which slows all down
        content = bytearray(saved[:-4])
        for _ in range(random.randint(1, 3)):
            content[random.randint(0, len(content) if i % 2 else 700)] ^= 1 << random.randint(8)
        tried.put(sealed(bytes(content)))
    for _ in range(60):
        tried.put(sealed(saved[:random.randint(len(saved) - 4)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert tried.refused > 150 and tried.accepted > 30
    assert peak < 20e6


def at(*path):
    """What sets one value of a description."""
    def change(about, value):
        for key in path[:-1]:
            about = about[key]
        about[path[-1]] = value

    return change


PLACES = [("link",), ("counts",), ("same",), ("numbers",), ("run",), ("counts", "parameters"), ("counts", "history"), ("counts", "order"),
          ("same", "last_finite"), ("same", "parameters"), ("same", "moment_1"),
          *(("numbers", key) for key in checkpoint.PLAIN), *(("run", key) for key in checkpoint.OF_RUN)]
VALUES = [None, True, -1, 0.5, 1e308, 10**4000, 2**63, 10**9, "", "x" * 3000, [], [[]], {}, {"a": 1}, "parameters", [1, 2], [["lr", 1, 1]],
          [["learning rate", 1, []]], [1e9, {}]]


@pytest.mark.parametrize("path", PLACES, ids=".".join)
def test_a_description_with_anything_else_in_it_is_refused_or_makes_a_sound_run(path):
    saved, tried = kept(), Tried()
    for value in VALUES:
        tried.put(with_description(saved, lambda about: at(*path)(about, value)))
    assert tried.refused > 8


def test_a_description_that_is_no_description_is_refused():
    saved, tried = kept(), Tried()
    texts = [b"", b"null", b"[]", b"{}", b"\xff", b"{", b"[" * 60_000, b'{"a":' * 9_000, b"9" * 60_000, b"[1e999]", b"NaN", b'{"link": NaN}',
             b" " * 70_000, b'"' + b"a" * 60_000,
             b'{"a\\"": ' + b"[" * 60_000, b'{"a\\\\": ' + b"[" * 60_000, b'["\\\\\\"", ' + b"[" * 60_000]
    for text in texts:
        assert tried.put(with_description(saved, lambda about: text))
    assert tried.put(with_description(saved, lambda about: about.pop("same") and None))
    assert tried.put(with_description(saved, lambda about: about["numbers"].update(more=1)))
    head = checkpoint.HEAD
    for version, length in [(0, 10), (2, 10), (2**32 - 1, 10), (1, 2**32 - 1), (1, 0), (1, 10**6)]:
        assert tried.put(sealed(head.pack(checkpoint.MAGIC, version, length) + saved[head.size:-4]))
    assert tried.accepted == 0


def test_a_run_of_another_link_is_not_put_into_it():
    tried, saved = Tried(), kept()
    for link in ["", LINK + "&seeds=1-1-1-2", LINK + "&noise=0.3", LINK.replace("4-tanh", "4-relu"), LINK + "&engine=numpy", "data=digits"]:
        assert "another run" in tried.put(saved, link)
    other = session("data=moons&points=40&layers=5-tanh&batch=10&dropout=0.2")
    other.advance(7)
    swapped = checkpoint.pack(other)
    assert "another run" in tried.put(swapped)
    # the arrays of one behind the description and link of another
    magic, version, length = checkpoint.HEAD.unpack_from(saved)
    head = checkpoint.HEAD.size + length
    assert tried.put(sealed(saved[:head] + swapped[head:-4]))
    assert tried.accepted == 0


def test_a_small_file_can_t_ask_for_a_large_network():
    wide = "data=digits&layers=" + ",".join(["1024-relu"] * 8)
    saved, tried = kept(), Tried()
    link = specs.write(spec(wide)).encode()
    magic, version, length = checkpoint.HEAD.unpack_from(saved)
    head = checkpoint.HEAD.size
    about = json.loads(saved[head:head + length])
    arrays = saved[head + length + about["link"]:-4]
    about["link"] = len(link)
    text = json.dumps(about).encode()
    tracemalloc.start()
    assert "does not fit" in tried.put(sealed(checkpoint.HEAD.pack(magic, version, len(text)) + text + link + arrays), wide)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5e6


# ---- as the page's commands

alone = pytest.mark.skipif(sys.platform == "emscripten", reason="there the event loop runs already")


class Bytes:
    """Bytes as the page hands them over: a proxy of a Uint8Array."""

    def __init__(self, content):
        self.content = content

    def __len__(self):
        return len(self.content)

    def to_py(self):
        return memoryview(bytearray(self.content))


def visit(story):
    """A story told to a service, and the frames that it pushed."""
    told = []

    async def push(frame):
        told.append(frame)

    async def run():
        service = Service(push)
        await story(service)
        while service.desk.loop:
            await service.desk.loop
        return service

    return asyncio.run(run()), told


IRIS = "data=iris&layers=6-tanh&batch=16&dropout=0.1"


@alone
def test_it_is_taken_in_its_turn_after_the_steps_before_it():
    saved = []

    async def story(service):
        await service.configure(IRIS, 1)
        steps = [service.step_batch(), service.step_batch(), service.checkpoint(), service.step_batch(), service.checkpoint()]
        saved.extend((await asyncio.gather(*steps))[2::2])

    service, _ = visit(story)
    assert [updates for _, _, updates in saved] == [2, 3]
    assert [put_back(packed, IRIS).training.updates for packed, _, _ in saved] == [2, 3]
    assert service.session.training.updates == 3


@alone
def test_training_goes_on_undisturbed_and_each_answer_is_of_one_moment(monkeypatch):
    monkeypatch.setattr(sessions, "LONG_UPDATE", 1)
    for module in (desks, trainers):
        monkeypatch.setattr(module, "SLICE", 0.0)  # one step a slice: an update is under way when it is asked for
    link, saved = IRIS + "&epochs=12", []

    async def story(service):
        await service.configure(link, 1)
        await service.play()
        while service.desk.playing:
            saved.append(await service.checkpoint())
            await asyncio.sleep(0.001)

    service, told = visit(story)
    undisturbed = session(link)
    while undisturbed.advance(1000, hurried=True):
        pass
    assert service.session.state == FINISHED
    same(service.session, undisturbed)
    assert len({updates for _, _, updates in saved}) > 4
    for packed, epoch, updates in saved[:: len(saved) // 5]:
        other = put_back(packed, link)
        assert (other.epoch, other.training.updates) == (epoch, updates)
        while other.advance(1000, hurried=True):
            pass
        assert other.training.updates == undisturbed.training.updates
        assert other.network.parameters.tobytes() == undisturbed.network.parameters.tobytes()
        assert other.training.history == undisturbed.training.history


@alone
def test_a_run_is_resumed_in_a_new_engine():
    saved = []

    async def first(service):
        await service.configure(IRIS, 1)
        for _ in range(3):
            await service.step_epoch()
        await service.step_batch()
        saved.append(await service.checkpoint())
        await service.step_epoch()

    async def second(service):
        await service.resume(IRIS, 7, Bytes(saved[0][0]))
        await service.step_epoch()

    before, _ = visit(first)
    after, told = visit(second)
    same(before.session, after.session)
    assert [frame["revision"] for frame in told if "updates" in frame][0] == 7
    assert not any(frame.get("message") for frame in told)
    assert {frame["resumed"] for frame in told if "updates" in frame} == {PUT_BACK}


@alone
def test_a_run_of_another_link_leaves_the_link_s_own_to_begin_without_a_word():
    async def story(service):
        await service.resume(IRIS, 2, Bytes(checkpoint.pack(session("data=wine"))))

    service, told = visit(story)
    assert not any(frame.get("message") for frame in told)
    assert told[-1]["resumed"] == OTHER_RUN and told[-1]["updates"] == 0
    assert service.session.network.parameters.tobytes() == session(IRIS).network.parameters.tobytes()


@alone
@pytest.mark.parametrize("damage", [lambda saved: saved[:-9], lambda saved: b"", lambda saved: b"\0" * 100])
def test_what_can_t_be_used_is_told_and_the_link_s_run_begins(damage):
    async def story(service):
        await service.resume(IRIS, 2, Bytes(damage(checkpoint.pack(session(IRIS)))))

    service, told = visit(story)
    assert told[-1]["message"].startswith("The run as it was kept could not be put back: it is")
    assert told[-1]["message"].endswith(". It begins anew.")
    assert told[-1]["revision"] == 2 and told[-1]["state"] == READY and told[-1]["updates"] == 0
    assert told[-1]["resumed"] == UNUSABLE
    assert service.session.network.parameters.tobytes() == session(IRIS).network.parameters.tobytes()


@alone
def test_there_is_nothing_to_keep_where_there_is_no_run_or_a_broken_one():
    answers = []

    async def story(service):
        answers.append(await service.checkpoint())
        await service.configure(IRIS, 1)
        await service.step_batch()
        service.session.network.parameters[0] = np.inf
        answers.append(await service.checkpoint())

    visit(story)
    assert answers == [None, None]


@alone
def test_nothing_is_shown_when_it_is_asked_for():
    counts = []

    async def story(service):
        await service.configure(IRIS, 1)
        while service.desk.loop:
            await service.desk.loop
        counts.append(frames_told())
        assert await service.checkpoint()
        counts.append(frames_told())

    told = []

    def frames_told():
        return len(told)

    async def push(frame):
        told.append(frame)

    async def run():
        await story(Service(push))

    asyncio.run(run())
    assert counts[0] == counts[1] > 0


@alone
def test_a_picture_that_takes_long_is_not_begun_anew_each_time_it_is_asked_for(monkeypatch):
    for module in (desks, trainers):
        monkeypatch.setattr(module, "SLICE", 0.0)
    begun, finer_map = [], frames.finer_map
    monkeypatch.setattr(frames, "finer_map", lambda *about: begun.append(about) or finer_map(*about))

    async def story(service):
        await service.set_palette(";".join(["90,90,90"] * len(PALETTE)))
        await service.configure("data=spiral&points=60&layers=350-relu,350-relu&engine=numpy", 1)
        for _ in range(1000):
            if service.desk.loop:
                assert await service.checkpoint()
                await asyncio.sleep(0.001)

    visit(story)
    sides = [side for _, _, side in begun]
    assert sides and len(set(sides)) == len(sides)
