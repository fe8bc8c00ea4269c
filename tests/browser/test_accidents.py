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
    ("sources.js", "missing", "The page’s own Python could not be loaded: the file sources.js is missing on the host."),
    ("micropython/micropython.mjs", "other", "MicroPython, which runs the page, could not be loaded: the file micropython/micropython.mjs "
                                             "is not the file of this version."),
    ("page.js", "cut", "A script of the page could not be loaded: the file page.js breaks off on the way."),
    ("guard.js", "type", "A script of the page could not be loaded: the file guard.js is called text/plain by the host"),
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


@pytest.mark.parametrize("path, kind, words", [
    ("pyodide/pyodide.asm.wasm", "other", "Pyodide, the engine’s Python, could not be loaded: the file pyodide/pyodide.asm.wasm is not"),
    ("pyodide/engine.zip", "missing", "The lab’s engine could not be loaded: the file pyodide/engine.zip is missing on the host."),
    ("worker.json", "cut", "The start of the engine could not be loaded: the file worker.json breaks off on the way."),
])
def test_an_engine_that_can_not_start_says_why_and_is_tried_again(visitor, host, path, kind, words):
    host.broken[path] = kind
    visitor.open(wait_for_engine=False)
    visitor.expect_told(words, START)
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
    visitor.play()
    end_engine(visitor, "closed", updates=120)
    visitor.expect_restarted("was started again. Your run goes on from epoch")
    visitor.expect_state("finished", START)
    assert (visitor.losses(), visitor.number("updates")) == undisturbed


def test_an_engine_that_ends_again_and_again_is_left_and_tried_when_asked_to(visitor):
    visitor.open("#v=1&data=circle")
    for _ in range(2):
        end_engine(visitor, "an error that nobody caught")
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
