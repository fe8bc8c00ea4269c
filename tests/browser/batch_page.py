"""The exhibit Batch as a person uses it: verbs, and expectations that wait."""
import re

from playwright.sync_api import Page, expect

LOADED = 20_000  # the exhibit's own files come when it is first opened
SOON = 10_000
MEASURED = 60_000  # 22 measurements of a tenth of a second each; a busy machine takes longer


class BatchPage:
    """The exhibit inside an opened page of the lab."""

    def __init__(self, page: Page):
        self.page = page

    def expect_said(self, id: str, text: str | re.Pattern, timeout: int = SOON) -> None:
        expect(self.page.locator(f"#batch-{id}")).to_contain_text(text, timeout=timeout)

    def expect_open(self) -> None:
        self.expect_said("loop-count", "product", LOADED)

    def expect_measured(self) -> None:
        self.expect_said("progress", "Measured.", MEASURED)

    def expect_results_of_loop(self, count: int) -> None:
        """Waits until so many rows have a result in the loop's Z."""
        expect(self.page.locator("#batch-loop-z tbody tr:not(.waiting)")).to_have_count(count, timeout=SOON)

    def expect_rows(self, count: int) -> None:
        """Waits until so many rows are written out, in both ways."""
        for way in ("loop", "one"):
            expect(self.page.locator(f"#batch-{way}-x tbody tr:not(.off)")).to_have_count(count, timeout=SOON)

    def matrix(self, name: str) -> list[list[float]]:
        """The numbers of a matrix: loop-x, loop-w, loop-b, loop-z, one-z …"""
        rows = self.page.locator(f"#batch-{name} tbody tr").all()
        return [[float(cell.replace("−", "-")) for cell in row.locator("td").all_text_contents()] for row in rows]

    def times(self) -> dict[str, list[str]]:
        """The table of times: for each batch size, as printed, both times and their ratio."""
        rows = self.page.locator("#batch-table tbody tr").all()
        return {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}

    def grow(self, key: str) -> None:
        """A key on the slider of the batch size."""
        self.page.locator("#batch-rows").press(key)

    def click(self, id: str) -> None:
        self.page.locator(f"#batch-{id}").click()

    def select(self, id: str, value: str) -> None:
        self.page.locator(f"#batch-{id}").select_option(value)
