"""The exhibit Layer code as a person uses it."""
import re

from playwright.sync_api import Page, expect

# The first run starts an engine, 3 to 6 s on a quiet machine; a class that hangs is stopped after 5 s more.
RUN = 60_000


class CodePage:
    """The view `code` of an opened page."""

    def __init__(self, page: Page):
        self.page = page
        self.editor = page.get_by_role("textbox", name="Your class Layer_Dense")

    def show(self) -> None:
        """Goes to the view by its tab."""
        self.page.get_by_role("navigation").get_by_role("link", name="Layer code").click()

    def write(self, source: str) -> None:
        """Puts another text in place of the whole one, as if pasted."""
        self.editor.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def type_over(self, text: str) -> None:
        """Types over the whole text, key by key."""
        self.editor.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def expect_source(self, part: str) -> None:
        expect(self.editor).to_contain_text(part, timeout=RUN)

    def run(self) -> None:
        self.page.get_by_role("button", name="Run", exact=True).click(timeout=RUN)

    def stop(self) -> None:
        self.page.get_by_role("button", name="Stop", exact=True).click()

    def restore(self) -> None:
        self.page.get_by_role("button", name="Restore").click()

    def copy_link(self) -> str:
        """Copies the link with the code, and returns it."""
        self.page.get_by_role("button", name="Copy link with the code").click()
        expect(self.page.locator("#code-copy-words")).to_have_text("Copied")
        return self.page.evaluate("navigator.clipboard.readText()")

    def choose_layer(self, number: int) -> None:
        self.page.get_by_role("button", name=f"Layer {number}", exact=True).click()

    def expect_status(self, words: str) -> None:
        expect(self.page.locator("#code-status")).to_contain_text(words, timeout=RUN)

    def expect_error(self, words: str) -> None:
        expect(self.page.locator("#code-error")).to_contain_text(words, timeout=RUN)

    def expect_no_error(self) -> None:
        expect(self.page.locator("#code-error")).to_be_empty()

    def expect_printed(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("#code-paper")).to_have_text(text)

    def expect_facts(self, words: str) -> None:
        expect(self.page.locator("#code-facts")).to_contain_text(words, timeout=RUN)

    def expect_verdict(self, name: str, words: str) -> None:
        """Waits for the sentence on weights, biases or output."""
        block = self.page.locator(".code-array").filter(has=self.page.get_by_role("heading", name=re.compile("^" + name)))
        expect(block.locator("p").first).to_contain_text(words, timeout=RUN)

    def expect_marked_line(self, text: str) -> None:
        expect(self.editor.locator(".cm-wrong")).to_have_text(text)

    def leave_by_keyboard(self) -> None:
        """Puts the focus into the editor and leaves it by Escape and Tab."""
        self.editor.focus()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Tab")

    def expect_focus_on_run(self) -> None:
        expect(self.page.get_by_role("button", name="Run", exact=True)).to_be_focused()

    def highlighted(self, word: str) -> str:
        """The colour in which a word of the source is shown."""
        return self.editor.locator("span", has_text=re.compile(f"^{word}$")).first.evaluate("node => getComputedStyle(node).color")

    def colour_of(self, token: str) -> str:
        return self.page.evaluate("async token => (await import('./page.js')).paint.token(token)", token)
