"""The box in three browsers: all that a class may try, run one after another in one page, reaches nothing."""
import time
from pathlib import Path

import pytest
from box_trials import LASTS, LINK, Host, Trials
from browsers import BOX, names_for, open_page
from exhibits import notes_class
from snippets import SNIPPETS

from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
READY = "(async () => document.documentElement.dataset.editor === 'there' && document.getElementById('code-run')?.disabled === false)()"

# Their numbers are not nncore's, whatever they do about it.
WRONG = ("the comparison", "json", "json, markup", "json, deep", "json, no text", "numpy", "frames", "a type's equality")
STOPPED = {
    "a loop without end": "Stopped after 5 seconds", "a loop that holds on": "Stopped after 5 seconds",
    "the interrupt taken away": "Stopped after 5 seconds", "a long product": "Stopped after 5 seconds",
    "abort": "The class broke the Python that it ran in", "exit": "The class broke the Python that it ran in",
}


@pytest.fixture(scope="module", params=names_for(BOX))
def trials(request):
    with Host() as host, serve(DIST, prefix="/some/sub/path/") as address, open_page(request.param, address + LINK) as page:
        end = time.monotonic() + LASTS
        while not page.evaluate(READY):
            assert time.monotonic() < end, "the exhibit is not there"
            time.sleep(0.2)
        time.sleep(8)  # a service worker, where one can't be kept out, has kept the site by then
        yield Trials(page.evaluate, address, host)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_class_reaches_nothing(trials, name):
    result = trials.run(name)
    assert result["reached"] == []
    assert result["said"]
    if name in WRONG:
        assert "all cells equal" not in result["said"]
    assert STOPPED.get(name, "") in result["said"]


def test_after_all_of_them_a_run_is_what_it_was(trials):
    assert trials.run_source(notes_class.SOURCE)["said"] == "It ran: all cells equal nncore's."
