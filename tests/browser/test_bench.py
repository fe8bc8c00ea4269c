"""The benchmark's own engines compute what float64 NumPy computes; its peers need not be there."""
import sys
from pathlib import Path

import pytest

from tests.bench import contestants, site
from tests.bench.in_browser import BrowserSession, open_page
from tests.bench.native import NativeSession
from tests.bench.rounds import CHECKED_EPOCHS
from tests.bench.table import AGREES
from tests.bench.workloads import WORKLOADS, arrays, deviation
from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
W1 = WORKLOADS["W1"]
OURS = [contestant for contestant in contestants.CONTESTANTS if contestant.needs is None]


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
