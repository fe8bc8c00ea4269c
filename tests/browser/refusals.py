"""What browsers are known to refuse, to lack or to say wrongly of themselves, each as a script that runs before the page.

These are taken away by script, because the installed browser has them all and no setting that takes one alone; what a
setting, an address or a frame refuses for real is in test_refused.py.
"""

THROWS = "get() { throw new DOMException('denied', 'SecurityError'); }, configurable: true"


def lacks(holder, name):
    return f"delete {holder}.{name}"


def says(holder, name, value):
    return f"Object.defineProperty({holder}, '{name}', {{ value: {value}, configurable: true }})"


REFUSED = {
    "storage throws": f"Object.defineProperty(self, 'localStorage', {{ {THROWS} }})",
    "storage is null": says("self", "localStorage", "null"),
    "storage is full": "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    "no clipboard": lacks("Navigator.prototype", "clipboard"),
    "the clipboard rejects": "if (self.Clipboard) Clipboard.prototype.writeText = async () => { throw new DOMException('', 'NotAllowedError'); }; document.execCommand = () => false",
    "no database": lacks("self", "indexedDB"),
    "the database throws": "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); }",
    "no history": "history.replaceState = history.pushState = () => { throw new DOMException('', 'SecurityError'); }",
    "no service worker": lacks("Navigator.prototype", "serviceWorker"),
    "asking for a service worker throws": f"Object.defineProperty(Navigator.prototype, 'serviceWorker', {{ {THROWS} }})",
    "a service worker throws": "if (self.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () => { throw new DOMException('', 'SecurityError'); }",
    "a service worker rejects": "if (self.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('', 'SecurityError'); }",
    "no ResizeObserver": lacks("self", "ResizeObserver"),
    "no IntersectionObserver": lacks("self", "IntersectionObserver"),
    "no matchMedia": lacks("self", "matchMedia"),
    "an old matchMedia": "MediaQueryList.prototype.addEventListener = MediaQueryList.prototype.removeEventListener = undefined",
    "no animations": lacks("Element.prototype", "animate"),
}
ODD = {f"language {value}": says("Navigator.prototype", "language", value)
       for value in ("'C'", "''", "undefined", "'x'", "'en_US.UTF-8'", "['de']", "'ar-EG'", "'de-DE'", "'en-IN'", "'fa'")}
ODD |= {f"devicePixelRatio {value}": says("self", "devicePixelRatio", value)
        for value in ("0", "undefined", "NaN", "0.3", "1000", "-1", "'2'")}
ODD |= {f"cores and memory {value}": f"{says('Navigator.prototype', 'hardwareConcurrency', value)}; {says('Navigator.prototype', 'deviceMemory', value)}"
        for value in ("undefined", "0", "NaN", "1e9", "'8'")}
ODD |= {
    "no time zone": "Intl.DateTimeFormat.prototype.resolvedOptions = () => ({})",
    "a screen of nothing": "; ".join(says("self", name, "0") for name in ("innerWidth", "innerHeight", "outerWidth")) + "; " + says("self", "screen", "{}"),
}
