"""Text that would become elements if the page took it for HTML, an engine that says nothing else, and a watch for them."""
from other_build import DIST, deliver
from playwright.sync_api import Page, expect

# Leaves an attribute in either kind of quotes, and short enough to be quoted whole in a sentence.
STRANGER = "'\"><img src=x id=stranger>"
OTHERS = ["<script type=mpy id=stranger>", "<button data-do=reset id=stranger>", "\" id=stranger title=\"", "&lt;i id=stranger&gt;"]

WATCH = """
window.strangers = [];
new MutationObserver((changes) => {
    const isOne = (node) => node.nodeType === 1 && (node.matches('[id=stranger]') || node.querySelector('[id=stranger]'));
    for (const { target, addedNodes } of changes) {
        if (target.id === 'stranger' || [...addedNodes].some(isOne)) strangers.push(target.outerHTML.slice(0, 200));
    }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] });
"""

# Appended to the entry of the page's worker: every text of the engine's that the protocol does not fix becomes another.
HOSTILE_ENGINE = """
import json

STRANGER = %r
FIXED = ("state", "name", "key")  # words that the page looks up, and never shows
SHOWN_NUMBERS = ("theirs", "yours", "largest")  # where the page is ready for a text: nan and inf come as such


def strange(value, key=""):
    if isinstance(value, dict):
        return {name: strange(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [strange(each, key) for each in value]
    chosen = isinstance(value, str) and value and key not in FIXED  # an empty text says that there is nothing to be told
    return STRANGER if chosen or key == "message" or isinstance(value, float) and key in SHOWN_NUMBERS else value


async def push_strange(frame):
    await sync.on_frame(to_js(strange(frame), dict_converter=js.Object.fromEntries))


async def exhibit(name, question, numbers=None):
    return json.dumps(strange(json.loads(await service.exhibit(name, question, numbers))))


async def check_gradient(*arguments):
    return STRANGER


async def set_parameter(place, value):
    raise ValueError(STRANGER)


def versions():
    return STRANGER


service.desk.push = push_strange
"""


def watch(page: Page) -> None:
    """Takes note, from the next visit on, of every element that a stranger's text becomes, however short it is there."""
    page.add_init_script(WATCH)


def expect_none(page: Page) -> None:
    """No text has become an element since the page was opened; and the watch would have seen one."""
    assert page.evaluate("strangers") == []
    seen = page.evaluate("""async () => {
        const node = document.createElement('i');
        node.id = 'stranger';
        document.body.append(node);
        await new Promise((done) => setTimeout(done));
        node.remove();
        return strangers.splice(0).length;
    }""")
    assert seen == 1


def corrupt_engine(page: Page, address: str) -> None:
    """Has the page's engine say STRANGER wherever it may choose its words."""
    worker = (DIST / "worker.py").read_text(encoding="utf-8")
    deliver(page, address, {"worker.py": (worker + HOSTILE_ENGINE % STRANGER).encode()})


def expect_shown(page: Page, *ids: str) -> None:
    """Waits until each of these elements shows the text as it is."""
    for id in ids:
        expect(page.locator(f"#{id}")).to_contain_text(STRANGER, timeout=20_000)
