"""The exhibit Arrays as a person uses it."""
from playwright.sync_api import Page, expect

# The engine answers in milliseconds; a loaded machine may take several times as long.
SOON = 10_000


class ArraysPage:
    """The view `arrays` of an opened page."""

    def __init__(self, page: Page):
        self.page = page
        self.text = page.locator("#arrays-text")

    def type(self, text: str) -> None:
        """Puts a text into the field, as if pasted."""
        self.text.fill(text)

    def leave_field(self) -> None:
        self.text.blur()

    def example(self, name: str) -> None:
        self.page.get_by_role("group", name="Examples").get_by_role("button", name=name, exact=True).click()

    def predict_first(self) -> None:
        self.page.get_by_label("Predict first").check()

    def guess(self, shape: str) -> None:
        self.page.get_by_label("Which shape has it?").fill(shape)
        self.page.get_by_role("button", name="Check").click()

    def expect_verdict(self, words: str) -> None:
        expect(self.page.locator("#arrays-verdict")).to_contain_text(words)

    def expect_text(self, text: str) -> None:
        expect(self.text).to_have_value(text)

    def expect_message(self, words: str) -> None:
        """Waits for the sentence on what is wrong with the text; "" for none."""
        if words:
            expect(self.page.locator("#arrays-message")).to_contain_text(words)
        else:
            expect(self.page.locator("#arrays-message")).to_be_empty()

    def expect_remark(self, words: str) -> None:
        expect(self.page.locator("#arrays-remark")).to_contain_text(words)

    def expect_fact(self, term: str, words: str) -> None:
        """Waits for a line of the table of terms."""
        expect(self._fact(term)).to_contain_text(words)

    def _fact(self, term: str):
        header = self.page.get_by_role("rowheader", name=term, exact=True)
        return self.page.locator("#arrays-facts tr").filter(has=header)

    def expect_numpy(self, *words: str) -> None:
        """Waits until NumPy's part holds all these words."""
        for each in words:
            expect(self.page.locator("#arrays-numpy")).to_contain_text(each, timeout=SOON)

    def expect_items(self, count: int) -> None:
        """Waits for that many items in the picture."""
        expect(self.page.locator("#arrays-picture .arrays-cell")).to_have_count(count)

    def expect_marked(self, name: str) -> None:
        """Waits for the box that is marked as the place that differs."""
        expect(self.page.locator("#arrays-picture .fault > p .arrays-name")).to_have_text(name)

    def walk(self, *keys: str) -> None:
        """Presses keys from the item that Tab reaches."""
        self.page.locator("#arrays-picture .arrays-cell[tabindex='0']").focus()
        for key in keys:
            self.page.keyboard.press(key)

    def expect_readout(self, words: str) -> None:
        expect(self.page.locator("#arrays-readout")).to_have_text(words)
