"""The browser keeps the site: a second visit starts, trains and opens exhibits without a network."""
import json
import shutil
from pathlib import Path

import pytest
from lab_page import START, LabPage
from other_build import deploy

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


POISONS = {
    "other bytes": "new Response('<script>document.title = \"poisoned\"</script>', { headers: { 'Content-Type': type } })",
    "another type": "new Response(bytes, { headers: { 'Content-Type': 'text/plain', 'Refresh': '0; url=about:blank' } })",
    "cut": "new Response(bytes.slice(0, bytes.byteLength / 2), { status: 203, headers: { 'Content-Type': type } })",
}
POISON = """
async () => {
  const cache = await caches.open('nncore-lab');
  for (const request of await cache.keys()) {
    const answer = await cache.match(request), bytes = await answer.arrayBuffer(), type = answer.headers.get('Content-Type');
    await cache.put(request, %s);
  }
  return (await cache.keys()).length;
}
"""
# What the page is given of each kept file, and what is kept of it then: path -> (type, bytes' hash) of both.
GIVEN_AND_KEPT = """
async () => {
  const hash = async (answer) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer())),
    (byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, 32);
  const cache = await caches.open('nncore-lab'), found = {};
  for (const { url } of await cache.keys()) {
    const path = url.split('?')[0], answer = await fetch(path), type = answer.headers.get('Content-Type');
    found[path] = [type, await hash(answer), await hash(await cache.match(url))];
  }
  return found;
}
"""

# Whether there is a service worker, once the browser has tried to have one.
TRIED_TO_KEEP = """
async () => {
  const pause = () => new Promise((done) => setTimeout(done, 50));
  while (!(await caches.has('nncore-lab'))) await pause();
  let registration;
  do {
    await pause();
    registration = await navigator.serviceWorker.getRegistration();
  } while (registration?.installing);
  return Boolean(registration?.active ?? registration?.waiting);
}
"""


@pytest.mark.wide
def test_a_kept_file_that_was_changed_is_fetched_anew_and_replaced(browser):
    wanted = hashes(DIST)
    with serve(DIST, prefix="/lab/") as address:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, service_workers="allow")
        lab = LabPage(context.new_page(), address).open("#v=1&data=circle")
        lab.expect_kept_for_offline()
        lab.page.close()

        lab = LabPage(context.new_page(), address).open("#v=1&data=circle")  # this page is the service worker's
        sound = lab.page.evaluate(GIVEN_AND_KEPT)
        assert {path.removeprefix(address): given for path, (_, given, _) in sound.items()} == wanted
        for poison in POISONS.values():
            assert lab.page.evaluate(POISON % poison) == len(wanted)
            found = lab.page.evaluate(GIVEN_AND_KEPT)  # file by file: none is given as it was poisoned
            found[address + ENGINE][2] = sound[address + ENGINE][2]  # the browser's own copy was given, not the kept one
            assert found == sound
        lab.page.evaluate(POISON % POISONS["other bytes"])
        lab.page.close()

        lab = LabPage(context.new_page(), address).open("#v=1&data=circle")  # and all at once, at the next visit
        lab.step_batch()
        lab.expect_updates(1)
        lab.open_view("Dot product")
        lab.expect_visible("dot-play")
        lab.expect_no_message()
        assert lab.page.title() == "nncore lab"
        context.close()


@pytest.mark.wide
def test_a_host_that_delivers_something_else_is_not_kept(browser, tmp_path):
    site = shutil.copytree(DIST, tmp_path / "site")
    page_of_the_cafe = "<!doctype html><title>Log in</title>"
    with serve(site, prefix="/lab/") as address:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, service_workers="allow")
        (site / "exhibits/dot.py").write_text(page_of_the_cafe)  # answered with 200, while the site is being kept
        first = LabPage(context.new_page(), address).open("#v=1&data=circle")
        assert first.page.evaluate(TRIED_TO_KEEP) is False
        first.page.close()

        shutil.copyfile(DIST / "exhibits/dot.py", site / "exhibits/dot.py")  # back on the ordinary network
        second = LabPage(context.new_page(), address).open("#v=1&data=circle")
        second.expect_kept_for_offline()
        second.open_view("Dot product")
        second.expect_visible("dot-play")
        context.close()


@pytest.mark.wide
def test_a_newer_version_under_open_pages_is_told_and_opened_when_asked_to(browser, tmp_path):
    site = shutil.copytree(DIST, tmp_path / "site")
    with serve(site, prefix="/lab/") as address:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, service_workers="allow")
        LabPage(context.new_page(), address).open("#v=1&data=circle").expect_kept_for_offline()
        first, second = (LabPage(context.new_page(), address).open("#v=1&data=circle&layers=3-tanh") for _ in range(2))
        first.step_epoch()
        first.expect_text("epoch", "1")
        trained = first.losses()
        first.expect_hidden("newer")

        newer = (site / "exhibits/dot.css").read_bytes() + b"/* newer */"
        deploy(site, {"exhibits/dot.css": newer})
        first.page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
        for lab in (first, second):
            lab.expect_visible("newer")
        first.step_epoch()  # it goes on as it is
        first.expect_text("epoch", "2")
        second.click("newer-later")
        second.expect_hidden("newer")

        trained = first.losses()
        first.click("newer-use")
        first.expect_offer("it had come to epoch 2,", START)
        first.go_on_with_kept_run()
        first.expect_text("epoch", "2")
        assert first.losses() == trained
        given = first.page.evaluate("fetch('exhibits/dot.css').then((answer) => answer.text())")
        assert given.endswith("/* newer */")
        second.expect_visible("newer")  # it is of the older version still, under the newer keeper
        second.open_view("Dot product")
        second.expect_view_failed("the file exhibits/dot.css is not the file of this version.")
        second.click("newer-use")
        second.expect_state("ready", START)
        second.expect_visible("dot-play")
        context.close()
