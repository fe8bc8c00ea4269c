"""Starts the browser that build.py found, for the tests and for the benchmark."""

import os
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

QUIET = ["--disable-background-networking", "--disable-quic"]


@contextmanager
def open_browser():
    """A headless Chromium for the length of the block."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("NNCORE_BROWSER") or None, args=QUIET + as_root)
        yield browser
        browser.close()
