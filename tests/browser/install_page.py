"""The page as a program among others and on a phone: what the browser says of it, and where its edges are."""
from playwright.sync_api import Page

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


class InstallPage:
    """Wraps an opened page of the lab."""

    def __init__(self, page: Page):
        self.page = page
        self.devtools = page.context.new_cdp_session(page)

    def obstacles(self) -> list[str]:
        """Why the browser would not install the page; empty where it would."""
        found = self.devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
        return [error["errorId"] for error in found]

    def manifest(self) -> dict:
        """The manifest as the browser read it: `url`, `errors`, `data`."""
        return self.devtools.send("Page.getAppManifest")

    def program(self) -> str:
        """What the browser takes for the program's identity."""
        return self.devtools.send("Page.getAppId")["appId"]

    def frame_colours(self) -> list[str]:
        """The colours that the page gives the browser's frame for a system in light and in dark, as the browser reads them."""
        return self.page.evaluate("""() => [...document.querySelectorAll('meta[name="theme-color"]')].map(({ content }) => {
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = content;
            const { color } = getComputedStyle(probe);
            probe.remove();
            return color;
        })""")

    def ground(self) -> str:
        """The colour that the page has behind everything."""
        return self.page.evaluate("getComputedStyle(document.body).backgroundColor")

    def cover_edges(self, top: int, right: int, bottom: int, left: int) -> None:
        """As a notch and a system's bars do."""
        insets = {"top": top, "right": right, "bottom": bottom, "left": left}
        self.devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})

    def gaps(self, selector: str) -> dict[str, float]:
        """How far the parts of an element keep from the window's edges."""
        return self.page.locator(selector).evaluate("""(element) => {
            const boxes = [...element.children].map((inner) => inner.getBoundingClientRect()).filter((box) => box.width);
            const least = (of) => Math.min(...boxes.map(of));
            return { top: least((box) => box.top), left: least((box) => box.left),
                     right: least((box) => innerWidth - box.right), bottom: least((box) => innerHeight - box.bottom) };
        }""")

    def small_fields(self) -> list[str]:
        """The fields on view into which a phone would zoom, for their letters are smaller than 16 pixels; see style/touch.css."""
        return self.page.evaluate("""() => [document, ...[...document.querySelectorAll('*')].map((host) => host.shadowRoot)].flatMap(
            (root) => [...root?.querySelectorAll('input, select, textarea, [contenteditable="true"]') ?? []]).filter(
            (field) => !['range', 'checkbox', 'radio'].includes(field.type) && field.checkVisibility() && !field.matches('.column-head select')
              && parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.id || field.className)""")

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
