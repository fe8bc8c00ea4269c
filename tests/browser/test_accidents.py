"""What fails is told at once, by name and with a way on; and an engine that ends is started again, with its run."""
import time

import pytest
from accidents import end_engine
from lab_page import START, LabPage
from lying_host import open_host

WITHIN = 10_000  # ms, of silence too
RUN = "#v=1&data=circle&layers=6-tanh&opt=momentum&batch=16&dropout=0.1&speed=100&epochs=25"


@pytest.fixture(scope="module")
def host():
    with open_host() as host:
        yield host


@pytest.fixture
def visitor(browser, host):
    """A browser without a past, and its page."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, service_workers="block")
    host.broken.clear()
    host.asked.clear()
    yield LabPage(context.new_page(), host.address)
    host.broken.clear()
    context.close()


@pytest.mark.parametrize("path, kind, words", [
    ("micropython/micropython.mjs", "other", "MicroPython, which runs the page, could not be loaded: the file micropython/micropython.mjs "
                                             "is not the file of this version."),
    ("micropython/micropython.wasm", "silent", "MicroPython, which runs the page, could not be loaded: the file "
                                               "micropython/micropython.wasm does not come: the host is silent."),
])
def test_a_start_that_fails_names_the_file_and_a_second_visit_works(visitor, host, path, kind, words):
    host.broken[path] = kind
    host.max_age = 3600  # what came instead is kept by the browser, for an hour
    visitor.page.goto(visitor.address, wait_until="commit")
    visitor.expect_told(words, 2 * WITHIN)
    visitor.expect_state("failed")
    host.broken.clear()
    visitor.try_again()
    visitor.expect_alive()
    host.max_age = 0


def test_an_engine_that_can_not_start_says_why_and_is_tried_again(visitor, host):
    host.broken["pyodide/engine.zip"] = "missing"
    visitor.open(wait_for_engine=False)
    visitor.expect_told("The lab’s engine could not be loaded: the file pyodide/engine.zip is missing on the host.", START)
    visitor.expect_state("failed")
    host.broken.clear()
    visitor.try_again()
    visitor.expect_state("ready", START)
    visitor.step_batch()
    visitor.expect_updates(1)
    visitor.expect_no_message()


def test_a_view_that_can_not_be_loaded_says_so_in_its_place_and_is_asked_for_once(visitor, host):
    host.broken["exhibits/dot_words.py"] = "missing"
    visitor.open("#v=1&view=dot", wait_for_engine=False)
    visitor.expect_view_failed("the file exhibits/dot_words.py is missing on the host.")
    asked = host.asked.count("exhibits/dot_words.py")
    visitor.page.wait_for_timeout(1000)
    assert host.asked.count("exhibits/dot_words.py") == asked <= 2
    host.broken.clear()
    visitor.try_view_again()
    visitor.expect_visible("dot-play")


def test_an_engine_that_ends_is_started_again_and_the_run_goes_on_with_the_same_numbers(visitor):
    visitor.open(RUN)
    visitor.play()
    visitor.expect_state("finished", START)
    undisturbed = visitor.losses(), visitor.number("updates")

    visitor.open("#v=1&data=xor")  # elsewhere, so that the link is new again
    visitor.set_hash(RUN)
    visitor.expect_text("updates", "0")
    visitor.step_epoch()
    visitor.expect_text("epoch", "1")
    visitor.expect_run_kept_in_browser()
    visitor.play()
    end_engine(visitor, "closed", updates=120)
    visitor.expect_restarted("was started again. Your run goes on from epoch")
    visitor.expect_state("finished", START)
    assert (visitor.losses(), visitor.number("updates")) == undisturbed

    visitor.set_hash(RUN.replace("circle", "spiral"))  # the run that was kept is not this one's
    visitor.expect_text("updates", "0")
    end_engine(visitor, "closed")
    visitor.expect_restarted("was started again. Nothing was lost.")
    visitor.expect_updates(0)


ENDS = [(kind, updates) for updates in (1, 60, 120, 190) for kind in ("closed", "a loop without end", "an error that nobody caught")][:10]


@pytest.mark.wide
def test_ten_ends_change_no_number_of_a_run(visitor, note):
    """The whole run, bit for bit: weights, moments, order of the rows, random states."""
    def run_to_its_end(end=None):
        visitor.page.goto("about:blank")
        visitor.open(RUN)
        visitor.play()
        if end:
            end_engine(visitor, *end)
            visitor.expect_restarted("was started again.")
        visitor.expect_state("finished", START)
        found = visitor.losses(), visitor.vectors_kept_in_browser(25)
        visitor.forget_all_that_is_kept()
        return found

    undisturbed = run_to_its_end()
    for kind, updates in ENDS:
        losses, vectors = run_to_its_end((kind, updates))
        note(f"engine ended ({kind}) after {updates} updates: losses {losses}, undisturbed {undisturbed[0]}")
        assert (losses, vectors) == undisturbed


# What the page says of a file with which that is the matter; of the wrong type, most files do no harm.
SAID = {"missing": "is missing on the host", "cut": "breaks off on the way", "other": "is not the file of this version",
        "type": "browsers take nothing of the kind that is called so", "silent": "does not come: the host is silent"}


@pytest.mark.wide
@pytest.mark.parametrize("kind", SAID)
def test_each_file_of_the_start_and_of_the_engine(visitor, host, kind, note):
    visitor.open("#v=1&data=circle")
    files = sorted(set(host.asked) - {"", "sw.js", "icon.svg", "manifest.webmanifest"})
    assert len(files) > 15
    for path in files:
        visitor.page.goto("about:blank")
        host.broken = {path: kind}
        began = time.monotonic()
        visitor.page.goto(visitor.address, wait_until="commit")
        said = visitor.failure_of_start()
        note(f"{path}, {kind}: {said[:100] or 'started'} ({time.monotonic() - began:.1f} s)")
        assert said or kind == "type"
        if said:
            assert f"the file {path} " in said and SAID[kind] in said
            host.broken = {}
            visitor.try_again()
            visitor.expect_state("ready", START)


@pytest.mark.wide
def test_an_engine_that_ends_again_and_again_is_left_and_tried_when_asked_to(visitor):
    visitor.open("#v=1&data=circle")
    for _ in range(2):
        end_engine(visitor, "an error that nobody caught")
        visitor.expect_state("starting")
        visitor.expect_restarted("Nothing was lost.")
    end_engine(visitor, "an error that nobody caught")
    visitor.expect_message("The engine stopped 3 times in a row")
    visitor.expect_state("failed")
    visitor.try_again()
    visitor.expect_state("ready", START)
    visitor.step_batch()
    visitor.expect_updates(1)


def test_a_run_outlives_its_page_and_is_offered_for_its_own_link_only(visitor):
    visitor.open(RUN)
    visitor.play()
    visitor.expect_state("finished", START)
    ended = visitor.losses(), visitor.number("updates"), visitor.number("epoch")
    visitor.keep_run()
    visitor.expect_run_kept_in_browser()

    visitor.open("#v=1&data=xor")
    visitor.expect_no_offer()
    visitor.page.goto("about:blank")
    visitor.open(RUN)
    visitor.expect_offer("it had come to epoch 25,")
    visitor.go_on_with_kept_run()
    visitor.expect_text("epoch", "25")
    assert (visitor.losses(), visitor.number("updates"), visitor.number("epoch")) == ended
    visitor.expect_kept("A same settings")

    visitor.page.goto("about:blank")
    visitor.open("")
    visitor.expect_offer("it had come to epoch 25,")
    visitor.forget_kept_run()
    visitor.page.goto("about:blank")
    visitor.open(RUN)
    time.sleep(0.5)
    visitor.expect_no_offer()
