"""One way through the page, in every browser: it comes alive, trains with the same losses, explains, shows, and needs no network."""
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
CODE_RAN = "/all cells equal|largest difference|not nncore/.test(document.querySelector('#exhibit').textContent)"
IS_KEPT = "(await navigator.serviceWorker?.getRegistration())?.active?.state === 'activated'"

numbers_of = {}  # browser -> engine -> what a run ended with; of the first browser all others are told


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


@pytest.mark.parametrize("engine", ["auto", "numpy"])
def test_it_trains_with_the_same_numbers(visit, engine):
    visit.path.go(visit.address + NETWORK + engine)
    told = visit.path.text("status")  # which NumPy, and whether the kernel trains
    assert told.startswith("Ready: ") and ("kernel" in told or engine == "numpy")
    visit.path.train_epochs(EPOCHS)
    losses, (numbers, arrays) = visit.path.losses(), visit.path.run_kept(EPOCHS)
    numbers_of.setdefault(engine, (visit.name, told, losses, numbers, arrays))
    first, first_told, first_losses, first_numbers, first_arrays = numbers_of[engine]
    assert losses == first_losses, f"{visit.name} beside {first}"
    if told == first_told:  # the same arithmetic: bit for bit
        assert numbers == first_numbers
        assert arrays == first_arrays


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
