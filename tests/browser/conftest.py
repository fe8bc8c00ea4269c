"""A real Chromium on the built dist/, served from a sub-path by a plain static server."""
from pathlib import Path

import pytest
from lab_page import LabPage
from launch import open_browser, open_profile

from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
MANY_TESTS = 20
LASTED = 8000  # ms


@pytest.fixture(scope="session")
def address():
    """The address at which dist/ is served: a sub-path, as on GitHub Pages."""
    with serve(DIST, prefix="/some/sub/path/") as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """The browser that build.py found."""
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def profile(browser, address, request):
    """A browser that keeps compiled code from visit to visit, as a visitor's does, but only after one that lasted."""
    with open_profile(browser, viewport={"width": 1440, "height": 1000}, service_workers="block") as context:
        if len(request.session.items) > MANY_TESTS:
            lab = LabPage(context.new_page(), address).open()
            lab.play()
            lab.page.wait_for_timeout(LASTED)  # each engine then starts in half the time
            lab.page.close()
        yield context


@pytest.fixture
def context(profile, request, tmp_path_factory):
    """The browser with nothing that a page keeps there; a picture of its pages is kept where the test fails."""
    yield profile
    if getattr(request.node, "failed", False):
        for n, page in enumerate(profile.pages[1:]):
            page.screenshot(path=tmp_path_factory.getbasetemp() / f"{request.node.name}-{n}.png", full_page=True)
    for page in profile.pages[1:]:  # the first is the browser's own, and keeps it open
        if page.url.startswith("http"):
            page.evaluate("""() => {
                try { localStorage.clear() } catch { /* refused, as some tests have it */ }
                try { indexedDB.deleteDatabase('nncore-lab') } catch { /* likewise */ }
            }""")
        page.close()
    profile.clear_permissions()


@pytest.fixture
def lab(context, address):
    """The page; whatever it complains of, or asks of another host, fails the test that opened it."""
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
    page.on("console", lambda message: message.type == "error" and complaints.append(f"console: {message.text}"))
    page.on("requestfailed", lambda request: complaints.append(f"request failed: {request.url} {request.failure}"))
    page.on("request", lambda request: request.url.startswith((address, "blob:", "data:"))
            or complaints.append(f"request to another origin: {request.url}"))
    yield LabPage(page, address)
    assert not complaints, "\n".join(complaints)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if outcome.get_result().failed:
        item.failed = True
