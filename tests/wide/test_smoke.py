"""One way through the page, in every browser: it comes alive, trains with the same losses, explains, shows, and needs no network."""
import json
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsers import SMOKE, names_for, open_page
from smoke_path import SmokePath

from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
NETWORK = "#v=1&data=spiral&layers=16-tanh,16-relu&opt=adam&batch=32&dropout=0.1&engine="
EPOCHS = 3
EXHIBITS = {"dot": "dot-play", "batch": "batch-chart", "neuron": "neuron-plot", "arrays": "arrays-text", "code": "code-run"}
CODE_RAN = "document.getElementById('code-status').textContent === \"It ran: all cells equal nncore's.\""
IS_KEPT = "(await navigator.serviceWorker?.getRegistration())?.active?.state === 'activated'"


class Visit:
    """A page in one browser, from a host that can be switched off."""

    def __init__(self, name, address, page, host):
        self.name, self.address, self.path, self.host = name, address, SmokePath(page), host


@pytest.fixture(scope="module", params=names_for(SMOKE))
def visit(request):
    with ExitStack() as host:
        address = host.enter_context(serve(DIST, prefix="/lab/"))
        with open_page(request.param, address + NETWORK + "auto", keeps=True) as page:
            visit = Visit(request.param, address, page, host)
            visit.path.expect_ready()
            yield visit


@pytest.fixture
def told_before(tmp_path_factory, testrun_uid):
    """Takes down what a browser came to with an engine; gives what those before it did, in whatever process."""
    def tell(engine, found):
        told = tmp_path_factory.getbasetemp().parent / f"smoke-{testrun_uid}-{engine}.txt"
        before = told.read_text().splitlines() if told.exists() else []
        with told.open("a") as file:
            file.write(json.dumps(found) + "\n")
        return map(json.loads, before)
    return tell


@pytest.mark.parametrize("engine", ["auto", "numpy"])
def test_it_trains_with_the_same_numbers(visit, engine, told_before, note):
    visit.path.go(visit.address + NETWORK + engine)
    visit.path.until("document.getElementById('status').textContent.startsWith('Ready: ')")
    told = visit.path.text("status")  # which NumPy, and whether the kernel trains
    assert ("no SIMD kernel: the link says engine=numpy" if engine == "numpy" else " SIMD kernel") in told
    visit.path.train_epochs(EPOCHS)
    run = visit.path.run_kept(EPOCHS)  # before what is shown is read: it waits until the last epoch is measured
    found = {"browser": visit.name, "run": run, "losses": visit.path.losses()}
    note(f"{visit.name}, {told}: losses {found['losses']}")
    for other in told_before(engine, found):
        assert found["losses"] == other["losses"], other["browser"]
        assert found["run"] == other["run"], other["browser"]  # bit for bit: WebAssembly's arithmetic is one everywhere


def test_it_shows_every_number_inside(visit):
    visit.path.set_hash("#v=1&data=xor&layers=3-tanh&batch=4&inside=1")
    visit.path.until("document.querySelectorAll('#inside .matrix').length > 3")
    assert "nan" not in visit.path.text("inside").lower()


@pytest.mark.parametrize("view", EXHIBITS)
def test_each_exhibit_opens(visit, view):
    visit.path.set_hash(f"#v=1&data=circle&layers=3-tanh&view={view}")
    visit.path.until(f"Boolean(document.getElementById({EXHIBITS[view]!r})) && !document.querySelector('#exhibit .failed')")
    if view == "code":
        visit.path.until("document.getElementById('code-run').disabled === false")
        visit.path.value("document.getElementById('code-run').click()")
        visit.path.until(CODE_RAN, 90)


def test_it_needs_no_network(visit):
    if not visit.path.value("Boolean(navigator.serviceWorker) && isSecureContext"):
        pytest.skip(f"{visit.name} has no service workers here")
    visit.path.until(IS_KEPT, 60)
    visit.host.close()
    visit.path.go(visit.address + "#v=1&data=circle&layers=3-tanh")
    visit.path.train_epochs(1)
    visit.path.set_hash("#v=1&data=circle&layers=3-tanh&view=dot")
    visit.path.until("Boolean(document.getElementById('dot-play'))")
