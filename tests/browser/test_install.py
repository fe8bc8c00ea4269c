"""The page can be installed, colours the browser's frame as its theme is, and minds what a phone covers and zooms."""
import json
import re
import shutil
from pathlib import Path

import pytest
from install_page import PHONE, InstallPage
from lab_page import LabPage

from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
VIEWS = {"Lab": "play", "Dot product": "dot-play", "Batch": "batch-play", "One neuron": "neuron-play", "Arrays": "arrays-text",
         "Layer code": "code-run"}  # and what each has


def test_the_browser_would_install_it(lab):
    page = InstallPage(lab.open("#v=1&data=circle", wait_for_engine=False).page)
    lab.expect_alive()
    assert page.obstacles() == []
    manifest = page.manifest()
    assert manifest["errors"] == [] and manifest["url"] == lab.address + "manifest.webmanifest"
    assert json.loads(manifest["data"])["name"] == "nncore lab"
    assert page.program() == lab.address  # another one at each place where it is deployed


def test_the_browser_would_not_install_it_without_its_icons(browser, tmp_path):
    site = shutil.copytree(DIST, tmp_path / "site")
    for icon in (site / "icons").iterdir():
        icon.unlink()
    (site / "icon.svg").unlink()
    with serve(site) as address:
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.goto(address)
        assert InstallPage(page).obstacles()
        context.close()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_browsers_frame_has_the_pages_colour_in_either_theme(browser, address, system):
    context = browser.new_context(color_scheme=system, service_workers="block")
    lab = LabPage(context.new_page(), address).open(wait_for_engine=False)
    lab.expect_alive()
    page = InstallPage(lab.page)
    light, dark = page.frame_colours()
    assert page.ground() == {"light": light, "dark": dark}[system] and light != dark
    lab.click("theme")
    other = {"light": dark, "dark": light}[system]
    assert page.ground() == other and page.frame_colours() == [other, other]  # whatever the system says
    lab.open(wait_for_engine=False)
    lab.page.reload()
    lab.expect_alive()
    assert page.frame_colours() == [other, other]
    context.close()


@pytest.fixture
def phone(browser, address):
    """The page on a phone."""
    context = browser.new_context(**PHONE, service_workers="block")
    lab = LabPage(context.new_page(), address).open("#v=1&data=circle")
    yield lab
    context.close()


def test_a_phone_zooms_into_no_field(phone):
    page = InstallPage(phone.page)
    phone.open_more_settings()
    phone.open_neuron_editor(1, 0)
    for view, there in VIEWS.items():
        phone.open_view(view)
        phone.expect_visible(there)
        assert page.small_fields() == [], view
        assert page.sideways() <= 0, view


def test_what_a_phone_covers_hides_nothing(phone):
    page = InstallPage(phone.page)
    before = page.gaps(".top"), page.gaps(".transport")
    page.cover_edges(top=47, right=44, bottom=34, left=44)
    top, bar = page.gaps(".top"), page.gaps(".transport")
    assert top["top"] == before[0]["top"] + 47 and min(top["left"], top["right"]) >= 44
    assert bar["bottom"] == before[1]["bottom"] + 34 and min(bar["left"], bar["right"]) >= 44
    main = page.gaps("main")
    assert min(main["left"], main["right"]) >= 44
