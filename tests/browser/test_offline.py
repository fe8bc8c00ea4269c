"""The browser keeps the site: a second visit starts, trains and opens exhibits without a network."""
import json
import shutil
from pathlib import Path

from lab_page import LabPage

from web.bundle.keeping import hashes
from web.bundle.server import serve

DIST = Path(__file__).parents[2] / "dist"
ENGINE = "pyodide/pyodide.asm.wasm"


def test_a_second_visit_needs_no_network(browser, tmp_path):
    site = shutil.copytree(DIST, tmp_path / "site")
    with serve(site, prefix="/lab/") as address:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, service_workers="allow")

        def visit():
            """Opens the page; returns it and which files the service worker gave it."""
            given, page = {}, context.new_page()
            page.on("response", lambda answer: given.update({answer.url.removeprefix(address): answer.from_service_worker}))
            return LabPage(page, address).open("#v=1&data=circle"), given

        first, given = visit()
        first.expect_kept_for_offline()
        assert not any(given.values())
        first.page.close()

        second, given = visit()
        assert not given.pop(ENGINE)  # the browser's own copy of the same version, and its compiled code
        assert given["page.js"] and given["pyodide/engine.zip"]
        second.page.close()

        worker = site / "sw.js"  # the host changes to another version, of which a file is missing
        worker.write_text(worker.read_text().replace(json.dumps(hashes(site)[ENGINE]), json.dumps("0" * 32)))
        (site / ENGINE).unlink()
        third, given = visit()
        assert given[ENGINE]
        third.page.close()

        context.set_offline(True)
        fourth, given = visit()
        fourth.step_batch()
        fourth.expect_updates(1)
        fourth.open_view("Dot product")
        fourth.expect_visible("dot-play")
        fourth.expect_no_message()
        context.close()
