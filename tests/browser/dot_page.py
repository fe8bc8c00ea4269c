"""The dot product's exhibit as a person uses it: verbs, and expectations that wait."""
import re
from decimal import Decimal

from lab_page import START
from playwright.sync_api import Page, expect

# A step is drawn in milliseconds; NumPy's answer takes a few more. Playback at its fastest takes 8 products a second.
SOON = 10_000
PLAYED = 30_000


class DotPage:
    """The opened exhibit."""

    def __init__(self, page: Page):
        self.page = page

    # ---- what it shows

    def expect_shapes(self, text: str) -> None:
        tight = r"\s*".join(re.escape(char) for char in text.replace(" ", ""))
        expect(self.page.locator("#dot-shapes")).to_have_text(re.compile(r"^\s*" + tight + r"\s*$"), timeout=SOON)

    def expect_clash(self, *numbers: str) -> None:
        """Waits for these inner dimensions to carry the alarm's look, which has a sign besides its colour."""
        expect(self.page.locator("#dot-shapes .clash")).to_have_text(list(numbers))
        expect(self.page.locator("#dot-shapes .dot-sign")).to_have_text("≠" if numbers else "=")

    def matrix(self, name: str) -> list[list[str]]:
        """What the table a, b or c shows."""
        return [[cell.inner_text() for cell in row.locator("td").all()] for row in self.page.locator(f"#dot-{name} tbody tr").all()]

    def expect_result(self, rows: list[list[str]], timeout: int = SOON) -> None:
        expect(self.page.locator("#dot-c tbody td")).to_have_text([text for row in rows for text in row], timeout=timeout)

    def expect_lit(self, row: int, column: int) -> None:
        """Waits until that row of the left and that column of the right matrix are lit, and where they meet."""
        rows = self.page.locator("#dot-a tbody tr").count()
        for i in range(rows):
            expect(self.page.locator(f"#dot-a-{i}-0")).to_have_class(re.compile("in-row") if i == row else re.compile("^(?!.*in-row)"))
        expect(self.page.locator(f"#dot-b-0-{column}")).to_have_class(re.compile("in-column"))
        expect(self.page.locator("#dot-c .picked")).to_have_id(f"dot-c-{row}-{column}")

    def expect_title(self, text: str) -> None:
        expect(self.page.locator("#dot-panel .dot-title")).to_have_text(text)

    def sums(self) -> tuple[list[tuple[Decimal, Decimal, Decimal, Decimal]], Decimal]:
        """Of the cell explained: both factors, product and sum so far of each term, as printed; and the value."""
        read = self.page.evaluate("""() => {
            const text = (node) => node.textContent.replace(/[()]/g, '').replace('−', '-');
            return [[...document.querySelectorAll('#dot-panel .dot-term')].map((term) => [...term.querySelectorAll(':scope > span:first-child .chip'),
                term.querySelector('.dot-product'), term.querySelector('.dot-sum .chip')].map(text)), text(document.getElementById('dot-value'))];
        }""")
        return [tuple(Decimal(text) for text in term) for term in read[0]], Decimal(read[1])

    def expect_said(self, text: str) -> None:
        """What a screen reader hears of the step."""
        expect(self.page.locator("#dot-said")).to_have_text(text)

    def expect_cell_read_out(self, row: int, column: int, text: str) -> None:
        expect(self.page.locator(f"#dot-c-{row}-{column}")).to_have_attribute("aria-label", text)

    def expect_numpy_agrees(self, timeout: int = SOON) -> None:
        expect(self.page.locator("#dot-check")).to_contain_text("NumPy computed", timeout=timeout)

    def reopen(self) -> None:
        """Loads the page once more at its own link, the engine included."""
        self.page.reload()
        self.expect_numpy_agrees(START)

    def expect_numpy_error(self, text: str) -> None:
        expect(self.page.locator("#dot-numpy")).to_contain_text(text, timeout=SOON)

    def expect_why(self, text: str) -> None:
        expect(self.page.locator("#dot-why-words")).to_contain_text(text, timeout=SOON)

    def expect_note(self, text: str) -> None:
        expect(self.page.locator("#dot-note")).to_have_text(text)

    def expect_complaint(self, text: str) -> None:
        expect(self.page.locator("#dot-error")).to_contain_text(text, timeout=SOON)

    def expect_no_complaint(self) -> None:
        expect(self.page.locator("#dot-error")).to_be_empty()

    def expect_feedback(self, text: str) -> None:
        expect(self.page.locator("#dot-feedback")).to_contain_text(text)

    def expect_stuck(self) -> None:
        """Nothing can be played."""
        expect(self.page.get_by_role("button", name="Play", exact=True)).to_be_disabled()

    def expect_focus_on_cell(self, name: str, row: int, column: int) -> None:
        expect(self.page.locator(f"#dot-{name}-{row}-{column}")).to_be_focused()

    def no_result_on_view(self) -> bool:
        return self.page.locator("#dot-c").count() == 0

    # ---- what a person does

    def click(self, name: str) -> None:
        self.page.locator("#exhibit-dot").get_by_role("button", name=name, exact=True).click()

    def play_to_the_end(self, rows: list[list[str]]) -> None:
        self.click("Play")
        self.expect_result(rows, PLAYED)
        expect(self.page.get_by_role("button", name="Play", exact=True)).to_be_visible(timeout=SOON)

    def go_to_cell(self, row: int, column: int) -> None:
        self.page.locator(f"#dot-c-{row}-{column}").click()

    def focus_cell(self, name: str, row: int, column: int) -> None:
        self.page.locator(f"#dot-{name}-{row}-{column}").focus()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def check(self, label: str, checked: bool = True) -> None:
        self.page.get_by_role("checkbox", name=label).set_checked(checked)

    def set_size(self, id: str, text: str) -> None:
        field = self.page.locator(f"#dot-{id}")
        field.fill(text)
        field.press("Enter")

    def type_matrix(self, id: str, text: str) -> None:
        field = self.page.locator(f"#dot-text-{id}")
        field.fill(text)
        field.press("Control+Enter")

    def paste_repeated(self, id: str, text: str, times: int) -> None:
        """A huge text, as pasted and left; made in the page, since it need not travel there."""
        self.page.locator(f"#dot-text-{id}").evaluate("""(field, [text, times]) => {
            field.value = text.repeat(times);
            field.dispatchEvent(new Event('change', { bubbles: true }));
        }""", [text, times])

    def guess(self, text: str) -> None:
        self.page.locator("#dot-guess").fill(text)
        self.press("Enter")
