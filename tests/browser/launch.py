"""Starts the browser that build.py found, for the tests and for the benchmark."""

import os
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

QUIET = ["--disable-background-networking", "--disable-quic"]


def options():
    """What every start needs."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {"executable_path": os.environ.get("NNCORE_BROWSER") or None, "args": QUIET + as_root}


@contextmanager
def open_browser():
    """A headless Chromium for the length of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options())
        yield browser
        browser.close()


@contextmanager
def open_profile(browser, **more):
    """Another browser of that kind, new, and with a memory: compiled code is kept only where there is a profile."""
    with TemporaryDirectory() as folder:
        context = browser.browser_type.launch_persistent_context(folder, **options(), **more)
        yield context
        context.close()
