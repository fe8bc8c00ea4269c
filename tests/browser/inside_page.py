"""The card "Inside the layer", the lens and the ledger, as a person uses them. The only place with their selectors."""
import re

import numpy as np
from playwright.sync_api import Page, expect

SOON = 10_000


def number(text: str) -> float:
    """A printed number."""
    return float(text.replace("−", "-"))


class InsidePage:
    """Wraps an opened page of the lab."""

    def __init__(self, page: Page):
        self.page = page
        self.sum = page.locator("#sum")

    def come_into_view(self) -> None:
        self.page.locator("#inside").scroll_into_view_if_needed()
        self.page.locator("#inside-lines").scroll_into_view_if_needed()

    # ---- choosing

    def choose_pass(self, name: str) -> None:
        self.page.locator("#inside-passes").get_by_role("button", name=name).click()

    def choose_layer(self, number: int) -> None:
        self.page.locator("#inside-layers").get_by_role("button", name=f"Layer {number}").click()

    def set_decimals(self, digits: int) -> None:
        self.page.locator("#digits").fill(str(digits))

    def click_cell(self, matrix: str, row: int, column: int) -> None:
        """Clicks a cell that is on view, and waits for its explanation."""
        self._table(matrix).locator("tbody tr").nth(row).locator("td").nth(column).click()
        self.expect_explained(f"{matrix}[{row}, {column}]")

    def expect_explained_in_sight(self, matrix: str, row: int, column: int) -> None:
        """Clicks a cell far down: the sum comes into sight without the cell going from under the pointer."""
        cell = self._table(matrix).locator("tbody tr").nth(row).locator("td").nth(column)
        cell.evaluate("cell => cell.scrollIntoView({block: 'end'})")
        before = cell.bounding_box()["y"]
        self.click_cell(matrix, row, column)
        expect(self.sum).to_be_in_viewport()
        assert abs(cell.bounding_box()["y"] - before) < 2

    def pick_visible_cells(self, picks: list[tuple[str, int, int]]) -> list[dict]:
        """Clicks one cell after another, each once the one before is explained; returns what is then written."""
        return self.page.evaluate("""async (picks) => {
            const found = [], settled = () => new Promise((done) => setTimeout(done, 5));
            for (const [matrix, row, column] of picks) {
                const table = [...document.querySelectorAll('#inside-lines table')].find((t) => t.getAttribute('aria-label').startsWith(`${matrix},`));
                table.tBodies[0].rows[row].querySelectorAll('td')[column].click();
                const title = `${matrix}[${row}, ${column}]`;
                for (let k = 0; document.querySelector('#sum strong')?.textContent !== title && k < 1000; k++) await settled();
                found.push({
                    title: document.querySelector('#sum strong').textContent,
                    chips: [...document.querySelectorAll('#sum .chip')].map((chip) => chip.textContent),
                    total: document.querySelector('#sum .result').textContent,
                    steps: document.getElementById('steps').textContent,
                    rounding: document.getElementById('rounding').textContent,
                });
            }
            return found;
        }""", picks)

    def expect_explained(self, title: str) -> None:
        expect(self.sum.locator("strong")).to_have_text(title, timeout=SOON)

    def expect_nothing_explained(self) -> None:
        expect(self.page.locator("#inspector .invitation")).to_be_visible()

    def expect_said(self, words: str | re.Pattern) -> None:
        """What a screen reader is told of the cell."""
        expect(self.page.locator("#inside-said")).to_contain_text(words, timeout=SOON)

    def formula(self) -> str:
        return self.page.locator("#formulas").inner_text()

    def check_gradient(self) -> None:
        self.page.get_by_role("button", name="Check this gradient").click()

    def expect_checked(self, words: str) -> None:
        expect(self.page.locator("#checked")).to_contain_text(words, timeout=SOON)

    # ---- reading

    def _table(self, matrix: str):
        return self.page.get_by_role("grid", name=re.compile("^" + re.escape(matrix) + ",")).first

    def expect_numbers(self) -> None:
        """Waits until all tables on view are filled."""
        expect(self.page.locator("#inside-lines td").filter(has_text="…")).to_have_count(0, timeout=SOON)
        expect(self.page.locator("#inside-lines td:not(.corner)").first).to_be_visible()

    def expect_why(self, words: str) -> None:
        """Waits until the first line's title says so."""
        expect(self.page.locator("#inside-lines .why").first).to_contain_text(words)

    def expect_shape(self, matrix: str, rows: int, columns: int) -> None:
        expect(self.page.locator("#inside-lines .caption").filter(has_text=re.compile(f"^{re.escape(matrix)} ")).first).to_contain_text(
            f"({rows}, {columns})", timeout=SOON)

    def tables(self) -> dict[str, np.ndarray]:
        """The numbers of all tables as far as they are on view, by name."""
        self.expect_numbers()
        found = self.page.evaluate("""() => [...document.querySelectorAll('#inside-lines table')].map((table) => [
            table.getAttribute('aria-label').split(',')[0],
            [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))])""")
        return {name: np.array([[number(text) for text in row] for row in rows]) for name, rows in found}

    def expect_in_view(self, matrix: str, last_row: str | None = None, last_column: str | None = None) -> None:
        """Waits until a table's window ends with that row or column."""
        table = self._table(matrix)
        if last_row is not None:
            expect(table.locator("tbody th").last).to_have_text(last_row)
        if last_column is not None:
            expect(table.locator("thead th").last).to_have_text(last_column)

    def lit(self, matrix: str) -> list[tuple[str, str]]:
        """(row header, column header) of the cells of a table that are marked."""
        tables = self.page.get_by_role("grid", name=re.compile("^" + re.escape(matrix) + ","))  # one may stand on several lines
        return [tuple(pair) for table in tables.all() for pair in table.evaluate("""(table) =>
            [...table.querySelectorAll('.in-row, .in-column, .picked, .met')].map((cell) =>
                [cell.parentElement.querySelector('th').textContent, table.tHead.querySelectorAll('th')[cell.cellIndex - 1].textContent])""")]

    # ---- walking

    def focus_table(self, matrix: str) -> None:
        """The table's one stop for the Tab key."""
        self._table(matrix).locator('td[tabindex="0"]').focus()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> tuple[str, str]:
        """Row and column header of the cell that has the focus."""
        return tuple(self.page.evaluate("""() => { const cell = document.activeElement;
            return [cell.parentElement.querySelector('th').textContent, cell.closest('table').tHead.querySelectorAll('th')[cell.cellIndex - 1].textContent]; }"""))

    def scroll(self, matrix: str, right: int, down: int) -> None:
        """The wheel over a table."""
        self._table(matrix).hover()
        self.page.mouse.wheel(right, down)

    # ---- the lens

    def lens_next(self) -> None:
        self.page.locator("#lens-next").click()

    def lens_previous(self) -> None:
        self.page.locator("#lens-previous").click()

    def expect_lens(self, title: str, words: str | re.Pattern) -> None:
        expect(self.page.locator("#lens-title")).to_have_text(title)
        expect(self.page.locator("#lens-words")).to_contain_text(words, timeout=SOON)

    def expect_stage_in_diagram(self, *layers: int) -> None:
        """Waits until the columns of these layers are lit, and no other."""
        lit = self.page.locator("#columns .column.in-stage")
        expect(lit).to_have_count(len(layers))
        assert lit.evaluate_all("columns => columns.map((column) => Number(column.dataset.layer))") == list(layers)

    # ---- the ledger, and all three together

    def choose_ledger(self, half: str) -> None:
        self.page.locator(".ledger-head").get_by_role("button", name=half).click()

    def can_choose_layer(self, number: int) -> bool:
        return self.page.locator(f"#inside-layer-{number}").is_enabled()

    def expect_agreement(self, disagreement, after: str) -> None:
        """Waits until `disagreement(state)` is None."""
        for _ in range(SOON // 50):
            found = disagreement(self.state())
            if found is None:
                return
            self.page.wait_for_timeout(50)  # three places are compared, which no locator can
        raise AssertionError(f"after {after}: {found}; message: {self.page.locator('#message').inner_text()}")

    def state(self) -> dict:
        """What ledger, diagram and tables say at this moment."""
        return self.page.evaluate("""() => ({
            ledger: [...document.querySelectorAll('#ledger-rows tr')].map((row) => row.textContent.slice(1)),
            current: [...document.querySelectorAll('#ledger-rows tr')].findIndex((row) => row.hasAttribute('aria-current')),
            widths: [...document.querySelectorAll('#columns .column')].map((column) =>
                column.querySelectorAll('.tile').length || Number(column.querySelector('.strip .hint').textContent.split(' ')[0])),
            biases: [...document.querySelectorAll('#columns .column')].map((column) => [...column.querySelectorAll('.bias')].map((plug) => plug.lastChild.data)),
            tables: [...document.querySelectorAll('#inside-lines .framed')].map((figure) => [
                figure.querySelector('.caption b').textContent, figure.querySelector('.caption span').textContent,
                [...figure.querySelector('tbody').rows].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))]),
            layers: document.querySelectorAll('#inside-layers button').length,
        })""")
