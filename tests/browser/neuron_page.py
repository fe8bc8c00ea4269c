"""The exhibit One neuron as a person uses it: verbs, and expectations that wait."""
import re

from playwright.sync_api import Page, expect

LOADED = 20_000  # the exhibit's own files come when it is first opened
SOON = 10_000
ARRIVES = 60_000  # a walk is shown a few steps at a time

HALF = 2.2  # the data are drawn from −HALF to HALF inside these margins, as the page does
LEFT, RIGHT, TOP, BOTTOM = 30, 10, 10, 22


def number(text: str) -> float:
    """A number as the page prints it."""
    return float(text.replace("−", "-").replace("+", "").replace(",", ""))


class NeuronPage:
    """The exhibit inside an opened page of the lab."""

    def __init__(self, page: Page):
        self.page = page
        self.rows = page.locator("#neuron-table tbody tr:has(th)")

    def expect_open(self) -> None:
        expect(self.page.locator("#neuron-loss")).not_to_have_text("–", timeout=LOADED)

    # ---- what it shows

    def expect_loss(self, text: str) -> None:
        expect(self.page.locator("#neuron-loss")).to_have_text(text, timeout=SOON)

    def loss(self) -> float:
        return number(self.page.locator("#neuron-loss").inner_text())

    def knobs(self) -> tuple[float, float]:
        """Weight and bias as their fields show them."""
        return tuple(float(self.page.locator(f"#neuron-{name}").input_value()) for name in ("weight", "bias"))

    def expect_knob(self, name: str, text: str, title: str | None = None) -> None:
        """Waits until a knob's field shows a text, and the pointer over it would read out another."""
        field = self.page.locator(f"#neuron-{name}")
        expect(field).to_have_value(text, timeout=SOON)
        if title:
            expect(field).to_have_attribute("title", title, timeout=SOON)

    def focus_knob(self, name: str) -> None:
        self.page.locator(f"#neuron-{name}").focus()

    def leave_knob(self, name: str) -> None:
        """Presses Enter in a knob's field and goes elsewhere."""
        self.page.locator(f"#neuron-{name}").press("Enter")
        self.page.locator(f"#neuron-{name}").blur()

    def result(self, name: str) -> float:
        """The number at the end of a formula: loss-formula, dw, db, next-w or next-b."""
        return number(self.page.locator(f"#neuron-{name} b").inner_text())

    def table(self) -> list[list[float]]:
        """The numbers of each point's row."""
        return [[number(cell) for cell in row.locator("td:not(:has(button))").all_inner_texts()] for row in self.rows.all()]

    def sums(self) -> list[float]:
        cells = self.page.locator("#neuron-table tfoot td").all_inner_texts()
        return [number(cell) for cell in cells if cell.strip()]

    def expect_points(self, count: int) -> None:
        expect(self.rows).to_have_count(count, timeout=SOON)

    def expect_said(self, id: str, text: str | re.Pattern, timeout: int = SOON) -> None:
        expect(self.page.locator(f"#neuron-{id}")).to_contain_text(text, timeout=timeout)

    def expect_walked(self, text: str | re.Pattern) -> None:
        self.expect_said("walked", text, ARRIVES)

    def expect_checked(self) -> float:
        """Waits until nncore has checked the present point; the largest difference."""
        self.expect_said("checked", "finds the same loss and gradient")
        return float(self.page.locator("#neuron-checked").get_attribute("data-apart"))

    def expect_steps_wait(self) -> None:
        for id in ("step", "play"):
            expect(self.page.locator(f"#neuron-{id}")).to_be_disabled()

    # ---- what a person does

    def click(self, id: str) -> None:
        self.page.locator(f"#neuron-{id}").click()

    def type_into(self, name: str, text: str) -> None:
        field = self.page.locator(f"#neuron-{name}")
        field.fill(text)
        field.press("Enter")

    def slide(self, name: str, value: str) -> None:
        self.page.locator(f"#neuron-{name}-slider").fill(value)

    def choose(self, kind: str, value: str) -> None:
        """A radio button of `activation` or `data`."""
        self.page.locator(f"#neuron-{kind}-{value}").check(force=True)

    def click_plot(self, x: float, y: float) -> None:
        """Clicks on the data at these coordinates."""
        plot = self.page.locator("#neuron-plot")
        box = plot.bounding_box()
        plot.click(position={"x": LEFT + (box["width"] - LEFT - RIGHT) * (x + HALF) / (2 * HALF),
                             "y": box["height"] - BOTTOM - (box["height"] - TOP - BOTTOM) * (y + HALF) / (2 * HALF)})

    def press_on(self, id: str, *keys: str) -> None:
        self.page.locator(f"#neuron-{id}").focus()
        for key in keys:
            self.page.keyboard.press(key)

    def drag_bowl(self, *places: tuple[float, float]) -> None:
        """Drags the point through places given as parts of the bowl's width and height."""
        bowl = self.page.locator("#neuron-bowl")
        bowl.scroll_into_view_if_needed()
        box = bowl.bounding_box()
        for i, (x, y) in enumerate(places):
            self.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=5)
            if i == 0:
                self.page.mouse.down()
        self.page.mouse.up()
