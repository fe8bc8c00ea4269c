"""The browser's side of the benchmark: its page, and an engine in a worker of that page."""


def open_page(browser, address):
    """Return the benchmark's page, from the site that `address` serves."""
    page = browser.new_page()
    page.goto(f"{address}bench/index.html")
    return page


class BrowserSession:
    """One engine on one workload, as the rounds use it: reset, run, weights, close."""

    def __init__(self, contestant, workload, page):
        self._page, self._key = page, f"{contestant.key} {workload.name}"
        page.evaluate("details => bench.open(...details)",
                      [self._key, contestant.module, contestant.options, workload.to_dict()])

    def reset(self):
        """Put the first weights back."""
        self._page.evaluate("key => bench.reset(key)", self._key)

    def run(self, epochs):
        """Train for some epochs and return the seconds that took."""
        return self._page.evaluate("details => bench.run(...details)", [self._key, epochs])

    def weights(self):
        """Return the parameters."""
        return self._page.evaluate("key => bench.weights(key)", self._key)

    def close(self):
        """End the worker."""
        self._page.evaluate("key => bench.close(key)", self._key)
