"""Starts the browser that build.py found, for the tests and for the benchmark."""

import atexit
import functools
import json
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

QUIET = ["--disable-background-networking", "--disable-quic"]


def options(arguments=()):
    """What every start needs, and further arguments of the command line."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {"executable_path": os.environ.get("NNCORE_BROWSER") or None, "args": QUIET + as_root + list(arguments)}


@functools.cache
def playwright():
    """Playwright, until the program ends: a process can run it only once at a time, and tests of several kinds ask for it."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@contextmanager
def open_browser():
    """A headless Chromium for the length of the block."""
    browser = playwright().chromium.launch(**options())
    yield browser
    browser.close()


@contextmanager
def open_profile(browser, arguments=(), preferences=None, **more):
    """Another browser of that kind, new, and with a memory: compiled code is kept only where there is a profile.

    `preferences` are a person's own, as the browser keeps them in its profile.
    """
    with TemporaryDirectory() as folder:
        if preferences:
            (Path(folder) / "Default").mkdir()
            (Path(folder) / "Default/Preferences").write_text(json.dumps(preferences))
        context = browser.browser_type.launch_persistent_context(folder, **options(arguments), **more)
        yield context
        context.close()
