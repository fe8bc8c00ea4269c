"""Whatever a browser refuses, lacks or says wrongly of itself: the page works with what there is, and Share hands its link out."""
import os
import re
from pathlib import Path

import pytest
from embedding import PREFIX, open_framed, serve_to_all
from lab_page import LabPage
from launch import open_profile
from refusals import ODD, REFUSED, lacks

DIST = Path(__file__).parents[2] / "dist"
LINK = "#v=1&data=circle&layers=4-tanh"
COPY_BY_HAND = "; document.execCommand = () => false"
# Chromium keeps such choices of a person's in the profile.
NO_THIRD_PARTY_COOKIES = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
NO_COOKIES = {"profile": {"default_content_setting_values": {"cookies": 2}}}
STORAGE_THROWS = "(() => { try { return Boolean(localStorage) && false; } catch (error) { return error.name; } })()"


def walk(lab, clipboard=True):
    """All that needs no engine: the builder, the theme, a link to take along, an exhibit."""
    lab.expect_alive()
    lab.add_layer()
    lab.expect_text("hidden-count", "2 hidden layers")
    lab.click("theme")
    lab.click("share")
    if clipboard:
        lab.expect_text("share-words", re.compile("Copied"))
    else:
        link = lab.link_to_take()
        assert link.startswith(lab.address) and "&layers=4-tanh,4-tanh&" in link
        lab.press("share-link", "Escape")
        lab.expect_hidden("share-panel")
        lab.expect_focus("share")
    lab.open_view("Dot product")
    lab.expect_visible("dot-play")
    lab.expect_no_message()


@pytest.fixture
def waiting_lab(lab):
    """The page whose engine's files never arrive: it says of itself all that it can say at once."""
    lab.page.route("**/pyodide/**", lambda route: None)
    yield lab
    lab.page.unroute_all(behavior="ignoreErrors")


SOME = ["storage throws", "the clipboard rejects", "asking for a service worker throws", "no ResizeObserver", "no matchMedia",
        "language 'C'", "language 'ar-EG'", "devicePixelRatio undefined"]


@pytest.mark.parametrize("what", [*REFUSED, *ODD] if "NNCORE_WIDE" in os.environ else SOME)
def test_one_by_one(waiting_lab, what):
    waiting_lab.page.add_init_script({**REFUSED, **ODD}[what])
    waiting_lab.open(LINK, wait_for_engine=False)
    walk(waiting_lab, clipboard=what != "the clipboard rejects")
    if what.startswith("language"):
        waiting_lab.open_view("Lab")
        assert waiting_lab.numbers_along_chart(20000) == ["0", "5000", "10000", "15000", "20000"]
    waiting_lab.page.evaluate("import(new URL('page.js', document.baseURI)).then(({ offline }) => offline.keep())")


def test_all_together(lab):
    lab.page.add_init_script("; ".join([*REFUSED.values(), ODD["language 'C'"], ODD["devicePixelRatio undefined"],
                                        ODD["cores and memory undefined"], ODD["no time zone"]]) + COPY_BY_HAND)
    lab.open(LINK)
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    trained = lab.losses()
    walk(lab, clipboard=False)
    lab.open_view("Lab")
    lab.click("share-weights")
    link = lab.link_to_take()
    lab.page.goto("about:blank")
    lab.open(link[link.index("#"):])
    assert lab.losses() != trained  # the builder has made another network of it
    lab.expect_no_message()


def test_a_browser_without_workers_says_what_still_works(lab):
    lab.page.add_init_script(lacks("self", "Worker"))  # no setting takes them away
    lab.open(LINK, wait_for_engine=False)
    lab.expect_state("failed")
    lab.expect_message("The engine can't start, for this browser has no workers")
    lab.add_layer()
    lab.expect_text("hidden-count", "2 hidden layers")


def test_storage_that_throws_is_told_where_it_is_missed(waiting_lab):
    waiting_lab.page.add_init_script(REFUSED["storage throws"])
    waiting_lab.open(LINK, wait_for_engine=False)
    waiting_lab.expect_alive()
    waiting_lab.expect_title("theme", None)
    waiting_lab.click("theme")
    waiting_lab.expect_title("theme", "For this visit only: this browser lets the page keep nothing")


def test_in_frames_of_other_sites_and_over_plain_http(browser):
    """Storage refused to third parties by the person's own settings, a frame without an origin, and a page that is not
    served securely: three that a browser refuses for real, in one browser, since each start takes a second."""
    arguments = ["--host-resolver-rules=MAP *.test 127.0.0.1"]
    with serve_to_all(DIST) as port, open_profile(browser, arguments, NO_THIRD_PARTY_COOKIES, viewport={"width": 1400, "height": 1000}) as context:
        lab_at = f"http://127.0.0.1:{port}{PREFIX}"
        page, lab = open_framed(context, port, lab_at, LINK)
        assert lab.page.evaluate(STORAGE_THROWS) == "SecurityError"
        use(lab)
        page.close()

        page, lab = open_framed(context, port, lab_at, LINK, sandbox="allow-scripts")
        assert lab.page.evaluate(STORAGE_THROWS) == "SecurityError" and lab.page.evaluate("origin") == "null"
        use(lab)
        page.close()

        lab = LabPage(context.new_page(), f"http://classroom.test:{port}{PREFIX}")
        lab.open(LINK)
        assert lab.page.evaluate("isSecureContext") is False
        use(lab)
        for view, id in (("Batch", "batch-chart"), ("One neuron", "neuron-plot"), ("Arrays", "arrays-text"), ("Layer code", "code-run")):
            lab.open_view(view)
            lab.expect_visible(id)


def use(lab):
    """Trains, shares and opens an exhibit, where nothing may be kept."""
    complaints = []
    page = getattr(lab.page, "page", lab.page)  # a frame's page
    page.on("pageerror", lambda error: complaints.append(str(error)))
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    lab.click("share")
    lab.expect_text("share-words", "Copied")
    assert paste(page) == lab.address + lab.hash()
    lab.click("share-weights")
    lab.expect_text("share-weights-words", "Copied")
    assert "&weights=" in paste(page)
    lab.open_view("Dot product")
    lab.expect_visible("dot-play")
    lab.expect_no_message()
    assert not complaints


def paste(page):
    """What the clipboard holds, by the keyboard, as no page is asked for it: in a new tab's own field."""
    other = page.context.new_page()
    other.set_content("<textarea autofocus></textarea>")
    other.locator("textarea").focus()
    other.keyboard.press("Control+V")
    text = other.locator("textarea").input_value()
    other.close()
    return text


def test_with_cookies_blocked_everywhere(browser, address):
    with open_profile(browser, preferences=NO_COOKIES) as context:
        lab = LabPage(context.new_page(), address).open(LINK)
        assert lab.page.evaluate(STORAGE_THROWS) == "SecurityError"
        use(lab)


def test_a_long_link_tells_its_length_and_gives_a_file(lab):
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open("#v=1&data=digits&layers=64-relu,64-relu")
    link = lab.copied("share-weights")
    lab.expect_share_said(f"Copied. The link has {len(link):,} characters: chat and mail programs may cut it.")
    name, text = lab.saved_link()
    assert (name, text) == ("nncore-lab-digits-64-relu-64-relu.txt", link + "\n")
    lab.click("share-close")
    lab.expect_focus("share-weights")
    lab.page.goto("about:blank")
    lab.open(text[text.index("#"):].strip())
    lab.expect_no_message()


def test_a_link_that_no_browser_opens_is_not_copied(lab):
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open("#v=1&data=digits&layers=512-relu,512-relu")
    lab.page.evaluate("navigator.clipboard.writeText('what was there')")
    lab.click("share-weights")
    lab.expect_share_said("characters. Browsers open about 1,000,000, so it was not copied.")
    assert lab.page.evaluate("navigator.clipboard.readText()") == "what was there"
    name, text = lab.saved_link()
    assert len(text) > 1_000_000 and name == "nncore-lab-digits-512-relu-512-relu.txt"


def test_a_link_of_a_changed_run_says_so(lab):
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open(LINK)
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    lab.set_hash(LINK + "&lr=0.01")
    lab.step_epoch()
    lab.expect_text("epoch", "2")
    assert "&weights=" not in lab.copied()
    lab.expect_share_said("yours was changed on the way (")
    lab.expect_share_said("learning rate")
    lab.press("share-instead", "Enter")
    lab.expect_text("share-weights-words", "Copied")
    lab.expect_focus("share-weights")
    lab.expect_hidden("share-panel")
    assert "&weights=" in lab.page.evaluate("navigator.clipboard.readText()")
