"""The way through the page that works in every browser: verbs, by nothing but scripts, which every browser's driver can run."""
import base64
import time
from hashlib import sha256

from engine import checkpoint

START = 120  # seconds: WebKitGTK on a busy machine takes half a minute to start the engine
SOON = 30

KEPT = """
(async () => {
  const { run_store } = await import(new URL('page.js', document.baseURI));
  const kept = await run_store.get('');
  return kept && btoa(String.fromCharCode(...kept.packed));
})()
"""


class SmokePath:
    """One opened page."""

    def __init__(self, page):
        self.page = page

    def value(self, expression):
        """What an expression has as its value in the page."""
        return self.page.evaluate(f"(async () => {expression})()")

    def until(self, expression, limit=SOON):
        """Waits until an expression is true in the page."""
        end = time.monotonic() + limit
        while not self.value(expression):
            assert time.monotonic() < end, f"{expression} is not true after {limit} s; the page says: {self.said()}"
            time.sleep(0.1)

    def said(self):
        """What the page says of itself and of what went wrong."""
        return self.value("document.getElementById('status')?.textContent + ' · ' + document.getElementById('message')?.textContent")

    def text(self, id):
        return self.value(f"document.getElementById({id!r}).textContent")

    def go(self, address):
        """Opens an address as a new page, and waits for its engine."""
        self.page.go("about:blank")
        self.page.go(address)
        self.expect_ready()

    def expect_ready(self):
        self.until("document.documentElement.dataset.page === 'alive'", START)
        self.until("['ready', 'failed'].includes(document.getElementById('status').dataset.state)", START)
        assert self.value("document.getElementById('status').dataset.state") == "ready", self.said()

    def set_hash(self, link):
        self.value(f"void (location.hash = {link!r})")

    def train_epochs(self, count):
        """Trains whole epochs, one after another, each to its last number."""
        self.until("Number(document.getElementById('batches').textContent) > 0")
        batches = int(self.text("batches"))
        for epoch in range(1, count + 1):
            self.value("document.querySelector('[data-do=step_epoch]').click()")
            self.until(f"document.getElementById('updates').textContent === '{epoch * batches}'"
                       " && document.getElementById('status').dataset.state === 'paused'")

    def losses(self):
        """The losses as they are shown."""
        return [self.text(id) for id in ("train-loss", "validation-loss")]

    def run_kept(self, epoch):
        """The run that the browser keeps, once it is that of an epoch: its numbers, and each array's checksum."""
        end = time.monotonic() + SOON
        while True:
            kept = self.page.evaluate(KEPT)
            if kept:
                _, numbers, run, arrays = checkpoint.read(base64.b64decode(kept))
                if run["at"] == epoch:  # its losses are measured, too
                    return numbers | {name: sha256(array.tobytes()).hexdigest() for name, array in arrays.items()}
            assert time.monotonic() < end, f"no run of epoch {epoch} is kept, {'but of ' + str(run['at']) if kept else 'nor any'}"
            time.sleep(0.3)
