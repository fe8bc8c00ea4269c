"""The page as a person uses it: verbs, and expectations that wait. No test holds a selector of its own."""
import re

from playwright.sync_api import Page, expect

# The engine starts in 3 to 6 s on a quiet machine; a loaded one may take several times as long.
START = 60_000
# A click is answered in milliseconds; training to a stated quality takes seconds.
SOON = 10_000
LEARNT = 60_000


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
        self.page.goto(self.address + link)
        if wait_for_engine:
            self.expect_state("ready", START)
        return self

    def expect_alive(self) -> None:
        """Waits until the page answers, whether or not the engine is there."""
        expect(self.page.locator("html")).to_have_attribute("data-page", "alive", timeout=START)

    def set_hash(self, link: str) -> None:
        """Changes the hash as if typed into the address bar."""
        self.page.evaluate("link => { location.hash = link }", link)

    def follow_links(self, links: list[str]) -> None:
        """Goes to one hash after another, each time once the page has drawn the one before."""
        self.page.evaluate("""async (links) => {
            for (const link of links) {
                location.hash = link;
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
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

    def expect_no_message(self) -> None:
        expect(self.message).to_be_empty()

    def expect_text(self, id: str, text: str | re.Pattern, timeout: int = SOON) -> None:
        expect(self.page.locator(f"#{id}")).to_have_text(text, timeout=timeout)

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

    def expect_focus(self, id: str) -> None:
        expect(self.page.locator(f"#{id}")).to_be_focused()

    def expect_losses_other_than(self, losses: tuple[float, float]) -> None:
        """Waits until the engine has shown other losses than these."""
        expect(self.page.locator("#train-loss")).not_to_have_attribute("data-value", repr(losses[0]), timeout=SOON)

    def number(self, id: str) -> float:
        """The number that an element shows; the full one where it shows a rounded one."""
        element = self.page.locator(f"#{id}")
        return float(element.get_attribute("data-value") or element.inner_text().replace(",", ""))

    def losses(self) -> tuple[float, float]:
        """Train and validation loss."""
        return self.number("train-loss"), self.number("validation-loss")

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
        return [[0 if cell == "·" else int(cell) for cell in row.locator("td").all_inner_texts()] for row in rows]

    def map_colours(self) -> int:
        """How many different colours the decision map shows."""
        return self.page.evaluate("""() => {
            const canvas = document.getElementById('map');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        }""")

    # ---- what a person does

    def click(self, id: str) -> None:
        self.page.locator(f"#{id}").click()

    def play(self) -> None:
        expect(self.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        self.click("play")

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

    def open_test_set(self) -> None:
        self.page.get_by_role("button", name="Open the test set").click()
