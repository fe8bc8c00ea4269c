"""The page as a person uses it: verbs, and expectations that wait. No test holds a selector of its own."""
import base64
import os
import re

from engine import checkpoint
from other_build import DIST, deliver
from playwright.sync_api import Page, expect

# The engine starts in 3 to 6 s on a quiet machine; a loaded one may take several times as long.
START = 60_000
# A click is answered in milliseconds; training to a stated quality takes seconds.
SOON = 10_000
LEARNT = 60_000


def with_engine(link: str) -> str:
    """The link with the engine that the environment asks for: NNCORE_ENGINE=numpy tries all without the kernel."""
    engine = os.environ.get("NNCORE_ENGINE")
    return f"{link or '#v=1'}&engine={engine}" if engine and "engine=" not in link else link


class LabPage:
    """One opened page of the lab."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.address = address
        self.status = page.locator("#status")
        self.message = page.locator("#message")
        self.ledger_rows = page.locator("#ledger tr")

    # ---- opening

    def open(self, link: str = "", wait_for_engine: bool = True) -> "LabPage":
        """Opens the page at a link's hash; waits for the engine unless told not to."""
        self.page.goto(self.address + with_engine(link))
        if wait_for_engine:
            self.expect_state("ready", START)
        return self

    def expect_alive(self) -> None:
        """Waits until the page answers, whether or not the engine is there."""
        expect(self.page.locator("html")).to_have_attribute("data-page", "alive", timeout=START)

    def expect_kept_for_offline(self) -> None:
        """Waits until the browser has the whole site for a visit without a network."""
        self.page.evaluate("""async () => {
            const registration = await navigator.serviceWorker.ready;
            while (registration.active.state !== 'activated') await new Promise((done) => setTimeout(done, 50));
        }""")

    def open_view(self, name: str) -> None:
        """One of the views, by its name in the header."""
        self.page.get_by_role("navigation", name="Views").get_by_role("link", name=name, exact=True).click()

    def set_hash(self, link: str) -> None:
        """Changes the hash as if typed into the address bar."""
        self.page.evaluate("link => { location.hash = link }", with_engine(link))

    def follow_links(self, links: list[str]) -> None:
        """Goes to one hash after another, each time once the page has drawn the one before."""
        self.page.evaluate("""async (links) => {
            for (const link of links) {
                location.hash = link;
                await new Promise((done) => setTimeout(done));  // the hash is taken up before a timer that starts after it
            }
        }""", links)

    def hash(self) -> str:
        return self.page.evaluate("location.hash")

    def go_back(self) -> None:
        """The browser's back button."""
        self.page.evaluate("history.back()")

    # ---- what it shows

    def expect_state(self, state: str | re.Pattern, timeout: int = SOON) -> None:
        expect(self.status).to_have_attribute("data-state", state, timeout=timeout)

    def expect_message(self, text: str | re.Pattern) -> None:
        expect(self.message).to_contain_text(text, timeout=SOON)

    def expect_told(self, text: str, timeout: int = SOON) -> None:
        """A message, for which one may have to wait longer than for an answer."""
        expect(self.message).to_contain_text(text, timeout=timeout)

    def try_again(self) -> None:
        """The button beside a message on what did not start."""
        self.page.get_by_role("button", name="Try again").click()

    def failure_of_start(self) -> str:
        """Waits until page and engine have started or said why not; what they said, or ""."""
        self.page.locator("#accident, #status[data-state=ready], #status[data-state=failed]").first.wait_for(state="attached", timeout=START)
        if self.page.locator("#accident").count():
            return self.page.locator("#accident").inner_text()
        return self.message.inner_text() if self.status.get_attribute("data-state") == "failed" else ""

    def expect_view_failed(self, text: str) -> None:
        expect(self.page.locator("#exhibit .failed")).to_contain_text(text, timeout=2 * SOON)

    def try_view_again(self) -> None:
        self.page.locator("#exhibit").get_by_role("button", name="Try again").click()

    def expect_restarted(self, text: str) -> None:
        """Waits until the engine has been started again, and for what is said of it."""
        expect(self.page.locator("#engine-restarted")).to_contain_text(text, timeout=START)

    # ---- the run that this browser keeps

    def expect_run_kept_in_browser(self) -> None:
        """Waits until the run that is on show is kept."""
        self.page.evaluate("""async (time) => {
            const { run_store } = await import(new URL('page.js', document.baseURI));
            const shown = (id) => Number(document.getElementById(id).textContent.replaceAll(',', ''));
            const end = Date.now() + time;
            let kept;
            do {
                kept = await run_store.get('');
                if (kept?.updates && kept.updates === shown('updates') && kept.epoch === shown('epoch')) return;
                await new Promise((done) => setTimeout(done, 100));
            } while (Date.now() < end);
            throw new Error(`update ${shown('updates')} is on show, and update ${kept?.updates} is kept`);
        }""", LEARNT)

    def vectors_kept_in_browser(self, epoch: int) -> dict[str, bytes]:
        """The vectors of the run that is kept, once it is that of an epoch."""
        self.expect_run_kept_in_browser()
        assert self.number("epoch") == epoch
        packed = self.page.evaluate("""async () => {
            const { run_store } = await import(new URL('page.js', document.baseURI));
            return btoa(String.fromCharCode(...(await run_store.get('')).packed));
        }""")
        _, _, _, arrays = checkpoint.read(base64.b64decode(packed))
        return {name: array.tobytes() for name, array in arrays.items() if name not in ("history", "now")}  # as often as measured

    def forget_all_that_is_kept(self) -> None:
        """As a person does in the browser's own settings."""
        self.page.evaluate("""new Promise((done, failed) => {
            const request = indexedDB.deleteDatabase('nncore-lab');
            request.onsuccess = done;
            request.onerror = failed;
        }).then(() => null)""")

    def expect_offer(self, text: str, timeout: int = SOON) -> None:
        expect(self.page.locator("#resume")).to_contain_text(text, timeout=timeout)

    def expect_no_offer(self) -> None:
        expect(self.page.locator("#resume")).to_be_hidden()

    def go_on_with_kept_run(self) -> None:
        self.page.get_by_role("button", name="Go on with it").click()

    def forget_kept_run(self) -> None:
        self.page.get_by_role("button", name="Forget it").click()
        self.expect_no_offer()

    def expect_in_link(self, pair: str) -> None:
        """Waits until the address bar has that setting."""
        expect(self.page).to_have_url(re.compile(rf"[#&]{re.escape(pair)}(&|$)"), timeout=SOON)

    def follow(self, address: str) -> None:
        """Opens the page at a hash or a query as it stands; does not wait for the engine."""
        self.page.goto(self.address + address)
        self.expect_alive()

    def expect_no_message(self) -> None:
        expect(self.message).to_be_empty()

    def expect_text(self, id: str, text: str | re.Pattern, timeout: int = SOON) -> None:
        expect(self.page.locator(f"#{id}")).to_have_text(text, timeout=timeout)

    def expect_engine(self, words: str) -> None:
        """Waits for what the ready page says of what computes."""
        self.expect_text("status", re.compile(r"^Ready: Python [\d.]+, NumPy [\d.]+, " + re.escape(words)))

    def expect_ledger(self, *rows: str) -> None:
        """Waits for these rows, written as `X (32, 2) @ W1 (2, 8) + b1 (1, 8) → Z1 (32, 8) → relu → A1 (32, 8)`."""
        expect(self.ledger_rows).to_have_count(len(rows), timeout=SOON)
        for row, text in zip(self.ledger_rows.all(), rows, strict=True):
            tight = r"\s*".join(re.escape(part) for part in text.split())
            expect(row).to_have_text(re.compile(r"^\s*\d+\s*" + tight + r"\s*$"))

    def expect_visible(self, id: str) -> None:
        expect(self.page.locator(f"#{id}")).to_be_visible()

    def expect_hidden(self, id: str) -> None:
        expect(self.page.locator(f"#{id}")).to_be_hidden()

    def expect_title(self, id: str, words: str | None) -> None:
        """Waits for what an element says when it is pointed at; None for nothing."""
        if words is None:
            expect(self.page.locator(f"#{id}")).not_to_have_attribute("title", re.compile(""))
        else:
            expect(self.page.locator(f"#{id}")).to_have_attribute("title", words)

    def expect_focus(self, id: str) -> None:
        expect(self.page.locator(f"#{id}")).to_be_focused()

    def expect_train_loss(self, value: float, within: float) -> None:
        """Waits until the train loss is as good as that."""
        self._until(lambda: abs(self.losses()[0] - value) < within, f"the train loss is not {value}")

    def number(self, id: str) -> float:
        """The number that an element shows; the full one where it shows a rounded one."""
        element = self.page.locator(f"#{id}")
        return float(element.get_attribute("data-value") or element.inner_text().replace(",", ""))

    def losses(self) -> tuple[float, float]:
        """Train and validation loss."""
        return self.number("train-loss"), self.number("validation-loss")

    def note_statuses(self) -> None:
        """Begins to note what the status says."""
        self.page.evaluate("""() => {
            const status = document.getElementById('status'), note = () => window.statuses.push([status.dataset.state, status.textContent]);
            window.statuses = [];
            note();
            new MutationObserver(note).observe(status, { attributes: true, childList: true, characterData: true, subtree: true });
        }""")

    def statuses(self) -> list[tuple[str, str]]:
        """(state, words) of all that the status has said since, in order."""
        return [tuple(each) for each in self.page.evaluate("window.statuses")]

    def expect_map_of(self, side: int) -> None:
        """Waits until the decision map has so many pixels a side."""
        expect(self.page.locator(f"#map[width='{side}'][height='{side}']")).to_be_attached(timeout=LEARNT)

    def allow_memory(self, size: int) -> None:
        """Lets the engine have no more than that for a network, as a small device does; to be called before it opens."""
        limit = f"import engine.memory\nengine.memory._has_room = lambda size: size <= {size}\n"
        worker = (DIST / "worker.py").read_text(encoding="utf-8")
        deliver(self.page, self.address, {"worker.py": (worker + limit).encode()})

    def expect_updates(self, count: int) -> None:
        self.expect_text("updates", str(count))

    def expect_validation_score(self, least: float, timeout: int = LEARNT) -> None:
        """Waits until at least that share of the validation rows is right; it may go on training meanwhile."""
        self.page.wait_for_selector("#validation-score[data-value]", timeout=timeout)
        for _ in range(timeout // 100):
            if self.number("validation-score") >= least:
                return
            self.page.wait_for_timeout(100)  # scores move with training, not with the document: look ten times a second
        raise AssertionError(f"validation accuracy reached {self.number('validation-score'):.3f}, not {least}")

    def confusion(self) -> list[list[int]]:
        """The counts of the confusion matrix."""
        rows = self.page.locator("#confusion tbody tr").all()
        return [[0 if cell == "·" else int(cell) for cell in row.locator("td[data-cell]").all_inner_texts()] for row in rows]

    def recalls(self) -> list[str]:
        """The last column of the confusion matrix."""
        return self.page.locator("#confusion td[data-recall]").all_inner_texts()

    def mistakes(self) -> list[tuple[str, str]]:
        """The true and the predicted class of each mistake on view."""
        shown = self.page.locator("#mistakes li:not(.none)").all()
        return [(item.locator(".truth").inner_text(), item.locator(".answer").inner_text()) for item in shown]

    def text(self, id: str) -> str:
        return self.page.locator(f"#{id}").inner_text()

    def pixels(self, selector: str) -> str:
        """What a canvas shows, as text to be compared."""
        return self.page.locator(selector).first.evaluate("canvas => canvas.toDataURL()")

    def expect_pixels_other_than(self, selector: str, before: str) -> None:
        """Waits until a canvas shows something else."""
        self._until(lambda: self.pixels(selector) != before, f"{selector} still shows what it did")

    def expect_pixels(self, selector: str, wanted: str) -> None:
        """Waits until a canvas shows what it once did."""
        self._until(lambda: self.pixels(selector) == wanted, f"{selector} does not show what it did before")

    def expect_colour(self, selector: str, token: str, there: bool = True) -> None:
        """Waits until a canvas has pixels of a colour of the design's, or has none."""
        self._until(lambda: (self._count_of_colour(selector, token) > 0) == there,
                    f"{selector} has {self._count_of_colour(selector, token)} pixels of the colour {token}")

    def _count_of_colour(self, selector: str, token: str) -> int:
        return self.page.locator(selector).evaluate("""(canvas, token) => {
            document.body.style.outlineColor = `var(--${token})`;
            const [red, green, blue] = getComputedStyle(document.body).outlineColor.match(/[0-9]+/g).map(Number);
            document.body.style.outlineColor = '';
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let count = 0;
            for (let i = 0; i < data.length; i += 4) {
                count += data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255;
            }
            return count;
        }""", token)

    def _until(self, true, complaint: str, timeout: int = SOON) -> None:
        """Waits for what no locator can: pixels."""
        for _ in range(timeout // 100):
            if true():
                return
            self.page.wait_for_timeout(100)  # looks ten times a second
        raise AssertionError(complaint)

    def map_colours(self) -> int:
        """How many different colours the decision map shows."""
        return self.page.evaluate("""() => {
            const canvas = document.getElementById('map');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }""")

    # ---- what a person does

    def point_at(self, id: str) -> None:
        self.page.locator(f"#{id}").hover()

    def click(self, id: str) -> None:
        self.page.locator(f"#{id}").click()

    def play(self) -> None:
        expect(self.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        self.click("play")

    def set_slider_and_play_at_once(self, label: str, value: str) -> None:
        """Moves a slider and presses Play before the engine can have answered either."""
        self.page.get_by_role("slider", name=label).evaluate("""(slider, value) => {
            slider.value = value;
            for (const type of ['input', 'change']) slider.dispatchEvent(new Event(type, { bubbles: true }));
            document.getElementById('play').click();
        }""", value)

    def pause(self) -> None:
        self.page.get_by_role("button", name="Pause", exact=True).click()
        self.expect_state("paused")

    def step_batch(self) -> None:
        self.page.get_by_role("button", name="One batch").click()

    def step_epoch(self) -> None:
        self.page.get_by_role("button", name="One epoch").click()

    def reset(self) -> None:
        self.page.get_by_role("button", name="Reset").click()
        self.expect_state("ready")

    def new_weights(self) -> None:
        self.page.get_by_role("button", name="New weights").click()

    def choose_data(self, name: str) -> None:
        self.page.get_by_role("radio", name=name).click()

    def choose_task(self, name: str) -> None:
        self.page.get_by_role("radio", name=name).click()

    def open_more_settings(self) -> None:
        self.page.locator("#more-training summary").click()

    def type_into(self, label: str, text: str) -> None:
        """Enters text into the field of that label."""
        field = self.page.get_by_role("textbox", name=label, exact=True)
        field.fill(text)
        field.press("Enter")

    def expect_field(self, label: str, text: str) -> None:
        expect(self.page.get_by_role("textbox", name=label, exact=True)).to_have_value(text, timeout=SOON)

    def select(self, label: str, value: str) -> None:
        self.page.get_by_role("combobox", name=label, exact=True).select_option(value)

    def uncheck(self, label: str) -> None:
        self.page.get_by_role("checkbox", name=label).uncheck()

    def add_layer(self) -> None:
        self.page.get_by_role("button", name="Add a hidden layer").click()

    def remove_layer(self) -> None:
        self.page.get_by_role("button", name="Remove the last hidden layer").click()

    def set_neurons(self, layer: int, text: str) -> None:
        field = self.page.get_by_role("textbox", name=f"Neurons in layer {layer}")
        field.fill(text)
        field.press("Enter")

    def more_neurons(self, layer: int) -> None:
        self.page.get_by_role("button", name=f"One neuron more in layer {layer}").click()

    def set_activation(self, layer: int, name: str) -> None:
        self.page.get_by_label(f"Activation of layer {layer}").select_option(name)

    def set_optimizer(self, name: str) -> None:
        self.page.get_by_label("Optimizer").select_option(name)

    def set_learning_rate(self, text: str) -> None:
        field = self.page.get_by_role("textbox", name="Learning rate")
        field.fill(text)
        field.press("Enter")

    def set_slider(self, label: str, value: str) -> None:
        self.page.get_by_role("slider", name=label).fill(value)

    def press(self, id: str, *keys: str) -> None:
        """Presses keys on a focused control."""
        self.page.locator(f"#{id}").focus()
        for key in keys:
            self.page.keyboard.press(key)

    # ---- sharing

    def copied(self, id: str = "share") -> str:
        """Presses a share button; what is then in the clipboard, which a test may read that has the permission."""
        self.click(id)
        self.expect_text(f"{id}-words", "Copied")
        return self.page.evaluate("navigator.clipboard.readText()")

    def link_to_take(self) -> str:
        """The link in the field that appears where the page can't copy: the whole of it is selected."""
        field = self.page.get_by_role("textbox", name="Link", exact=True)
        expect(field).to_be_focused(timeout=SOON)
        start, end, link = field.evaluate("field => [field.selectionStart, field.selectionEnd, field.value]")
        assert (start, end) == (0, len(link))
        return link

    def expect_share_said(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("#share-said")).to_contain_text(each, timeout=SOON)

    def saved_link(self) -> tuple[str, str]:
        """Name and text of the file that the panel saves."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Save as a file").click()
        return download.value.suggested_filename, download.value.path().read_text()

    # ---- weights, biases, locks

    def _on_link(self, place: str) -> tuple[float, float]:
        """A point of the window on a weight's link, where few others cross it."""
        return tuple(self.page.locator(f'path.catch[data-place="{place}"]').evaluate("""path => {
            path.scrollIntoView({ block: 'center' });
            const at = path.getPointAtLength(0.2 * path.getTotalLength()).matrixTransform(path.getScreenCTM());
            return [at.x, at.y];
        }"""))

    def point_at_link(self, place: str) -> None:
        self.page.mouse.move(*self._on_link(place))

    def point_at_neuron(self, layer: int, neuron: int) -> None:
        self.page.locator(f"#neuron-{layer}-{neuron}").hover()

    def point_at_nothing(self) -> None:
        self.page.mouse.move(1, 1)

    def expect_read_out(self, *texts: str) -> None:
        """Waits for these numbers on plates beside the links, and for as many bright links."""
        expect(self.page.locator(".plate span")).to_have_text(list(texts))
        expect(self.page.locator("#links .link.lit")).to_have_count(len(texts))

    def open_link_editor(self, place: str) -> None:
        self.page.mouse.click(*self._on_link(place))
        self.expect_editor("W{}[{}, {}]".format(*place.split(".")))

    def open_bias_editor(self, layer: int, neuron: int) -> None:
        self.page.get_by_role("button", name=f"Bias of neuron {neuron} of layer {layer}").click()
        self.expect_editor(f"b{layer}[0, {neuron}]")

    def open_neuron_editor(self, layer: int, neuron: int) -> None:
        self.page.get_by_role("button", name=re.compile(f"^Neuron {neuron} of layer {layer},")).click()
        self.expect_editor(f"Neuron {neuron} of layer {layer}")

    def expect_editor(self, title: str) -> None:
        expect(self.page.get_by_role("dialog", name=title, exact=True)).to_be_visible()

    def expect_no_editor(self) -> None:
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def parameter(self, words: str):
        """The field of the open editor that a screen reader calls by these words."""
        return self.page.get_by_role("textbox", name=words)

    def parameter_value(self, words: str) -> float:
        """The whole number, which a field shows while it has the focus."""
        self.parameter(words).focus()
        return float(self.parameter(words).input_value())

    def parameter_shown(self, words: str) -> str:
        """What the field shows, and what the pointer over it reads out."""
        self.point_at_nothing()
        field = self.parameter(words)
        field.blur()
        field.hover()
        return f"{field.input_value()} | {field.get_attribute('title')}"

    def set_parameter(self, words: str, text: str) -> None:
        self.parameter(words).fill(text)
        self.parameter(words).press("Enter")

    def expect_editor_message(self, text: str) -> None:
        expect(self.page.locator("#editor-message")).to_have_text(text)

    def expect_loss_away_from(self, loss: float) -> None:
        """Waits until the train loss is another one."""
        expect(self.page.locator("#train-loss")).not_to_have_attribute("data-value", repr(loss), timeout=SOON)

    def lock(self, what: str) -> None:
        """Locks or unlocks `layer 2`, or in the open editor `W2[0, 1]`."""
        self.page.get_by_role("button", name=re.compile("^Lock " + re.escape(what))).click()

    def expect_locked(self, what: str, locked: bool = True) -> None:
        button = self.page.get_by_role("button", name=re.compile("^Lock " + re.escape(what)))
        expect(button).to_have_attribute("aria-pressed", "true" if locked else "false")

    def expect_lock_marks(self, links: int, biases: int) -> None:
        """How many links and plugs carry a mark."""
        expect(self.page.locator("#lock-marks circle")).to_have_count(links)
        expect(self.page.locator(".bias.locked")).to_have_count(biases)

    def set_dropout(self, layer: int, share: str) -> None:
        self.page.get_by_label(f"Dropout of layer {layer}").select_option(share)

    def press_keys(self, *keys: str) -> None:
        """Presses keys wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    # ---- the loss chart, notices and kept runs

    def choose_loss_axis(self, kind: str) -> None:
        self.page.get_by_role("group", name="Loss axis").get_by_text(kind, exact=True).click()

    def expect_loss_axis(self, kind: str) -> None:
        expect(self.page.get_by_role("radio", name=kind, exact=True)).to_be_checked()

    def expect_notice(self, text: str | re.Pattern, timeout: int = SOON) -> None:
        expect(self.page.locator("#notice-words")).to_contain_text(text, timeout=timeout)

    def expect_announced(self, text: str) -> None:
        """What a screen reader was told of the notices last."""
        expect(self.page.locator("#notice-said")).to_contain_text(text)

    def notice(self) -> str:
        return self.page.locator("#notice-words").inner_text()

    def best_on_chart(self) -> tuple[float, int]:
        """Loss and epoch that the chart marks as the best."""
        label = self.page.locator("#loss-chart").get_attribute("aria-label")
        loss, epoch = re.search(r"Lowest validation loss: (\S+) at epoch (\d+)", label).groups()
        return float(loss), int(epoch)

    def read_chart(self, *keys: str) -> tuple[float, float, float]:
        """Epoch (a fraction within one), train and validation loss that the focused chart reads out after these keys."""
        self.press("loss-chart", *keys)
        words = self.page.locator("#loss-readout").inner_text()
        assert self.page.locator("#loss-said").inner_text() == words  # what is seen is what is said
        epoch, train, validation = re.match(r"epoch ([\d.]+): train (\S+), validation ([^\s,]+)", words).groups()
        return float(epoch), float(train), float(validation)

    def numbers_along_chart(self, epochs: float) -> list[str]:
        """What stands on the axis of epochs once the chart shows a run of that length."""
        return self.page.evaluate("""async (epochs) => {
            const { lossplot } = await import(new URL('page.js', document.baseURI));
            const written = [], proto = CanvasRenderingContext2D.prototype, fillText = proto.fillText;
            proto.fillText = function (words, x, y, ...more) {
                written.push([words, y]);
                return fillText.call(this, words, x, y, ...more);
            };
            lossplot.show({ epochs: new Float64Array([0, epochs]), train: new Float64Array([2, 1]), validation: new Float64Array([2, 1]) }, 0, 2);
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            proto.fillText = fillText;
            const numbers = written.filter(([words]) => /^[\\d.,\\s]+$/.test(words)), lowest = Math.max(...numbers.map(([, y]) => y));
            return numbers.filter(([, y]) => y === lowest).map(([words]) => words);
        }""", epochs)

    def go_back_to_best(self) -> None:
        self.page.get_by_role("button", name="Go back to the best weights").click()

    def use_smaller_rate(self, rate: str) -> None:
        self.page.get_by_role("button", name=f"Use a learning rate of {rate}", exact=True).click()

    def expect_no_remedy(self) -> None:
        expect(self.page.locator("#remedies")).to_be_hidden()

    def keep_run(self) -> None:
        self.page.get_by_role("button", name="Keep this run").click()

    def expect_kept(self, *runs: str) -> None:
        """Waits for these kept runs, each as its letter and its name."""
        expect(self.page.locator("#kept-rows .who")).to_have_text(list(runs))

    def take_settings(self, mark: str) -> None:
        self.page.get_by_role("button", name=f"Take the settings of run {mark}").click()

    def remove_run(self, mark: str) -> None:
        self.page.get_by_role("button", name=f"Remove run {mark}").click()

    def open_test_set(self) -> None:
        self.page.get_by_role("button", name="Open the test set").click()
