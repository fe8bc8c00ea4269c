"""The benchmark's own engines compute what float64 NumPy computes; its peers need not be there."""
import sys
from pathlib import Path

import pytest

from tests.bench import contestants, long_runs, site
from tests.bench.in_browser import BrowserSession, open_page
from tests.bench.native import NativeSession
from tests.bench.rounds import CHECKED_EPOCHS
from tests.bench.table import AGREES
from tests.bench.workloads import WORKLOADS, arrays, deviation
from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
W1 = WORKLOADS["W1"]
OURS = [contestant for contestant in contestants.CONTESTANTS if contestant.needs is None]


@pytest.mark.wide
def test_our_engines_agree_on_w1(browser, tmp_path):
    site.assemble(DIST, tmp_path / "site")
    off = {}
    with serve(tmp_path / "site") as address:
        page = open_page(browser, address)
        for contestant in OURS:
            session = (BrowserSession(contestant, W1, page) if contestant.place == contestants.IN_BROWSER
                       else NativeSession(contestant, W1, sys.executable))
            session.reset()
            session.run(1)  # which reset() undoes
            session.reset()
            session.run(CHECKED_EPOCHS)
            off[contestant.key] = deviation(W1, session.weights(), CHECKED_EPOCHS)
            session.close()
        page.close()
    assert {contestants.OUR_KERNEL, "loops", "native nncore"} <= set(off)
    assert off == pytest.approx(dict.fromkeys(off, 0), abs=1e-6)


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=WORKLOADS)
def test_an_engine_that_learns_nothing_is_marked(workload):
    assert deviation(workload, arrays(workload)[0]) > 100 * AGREES


@pytest.mark.wide
def test_a_long_run_is_measured_as_a_whole(browser):
    view, link = long_runs.VIEWS[1]
    with serve(DIST) as address:
        first, second = rows = long_runs.run(browser, address + link, 2, print, long_runs.QUICK)
    assert 0 < int(first["epoch"]) < int(second["epoch"])
    for row in rows:
        assert row["frames"] > 0 and row["pause"] > 0 and row["nodes"] > 1000 and row["listeners"] > 10
        assert row["worker"] > 20 and row["python"] > 1 and row["heap"] > 1  # MB: none of them was missed
    lines = long_runs.table({view: {DIST: rows}})
    assert len(lines) == 7 and {line.count("|") for line in lines[2:6]} == {12}
