"""The browsers that the wide tests drive, each as an opened page: an address to go to, a script whose promise's value is had.

BROWSERS is the one list of what runs where. A browser that is not on this machine is a named skip; with
NNCORE_EVERY_BROWSER set, as in the workflow, it is a failure.
"""
import os
import shutil
import subprocess
import warnings
from contextlib import contextmanager

import pytest
from launch import options, playwright

MINI_BROWSERS = ("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser", "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
SCRIPT_LIMIT = 120  # seconds: WebKitGTK on a busy machine takes half a minute to start the engine

SMOKE, BOX = "smoke", "box"
# name -> which tests run in it. The first of them is what the others are compared with.
BROWSERS = {
    "chromium": {SMOKE, BOX},  # the one that all other tests use
    "firefox": {SMOKE, BOX},  # as installed, over WebDriver BiDi
    "webkit": {SMOKE, BOX},  # WebKitGTK, over WebDriver
    "playwright-chromium": {SMOKE},  # the three that Playwright brings, which are built like Chrome's, Firefox's and Safari's own
    "playwright-firefox": {SMOKE},
    "playwright-webkit": {SMOKE},
}


def names_for(tests):
    """The browsers that some tests run in."""
    return [name for name, runs in BROWSERS.items() if tests in runs]


class Page:
    """An opened page."""

    def __init__(self, go, evaluate):
        self.go, self.evaluate = go, evaluate


def missing(name):
    """Why a browser can't be driven here, in a sentence; "" where it can."""
    if name == "webkit":
        programs = [program for program in ("WebKitWebDriver", "Xvfb") if not shutil.which(program)]
        if not _mini_browser():
            programs.append("WebKitGTK's MiniBrowser")
        return f"{' and '.join(programs)} can't be found: Debian's webkit2gtk-driver and xvfb have them" if programs else ""
    if name == "firefox":
        return "" if _firefox() else "no firefox-esr and no firefox on PATH: Debian's firefox-esr has it"
    if name.startswith("playwright-"):
        path = getattr(playwright(), name.removeprefix("playwright-")).executable_path
        return "" if os.path.exists(path) else f"{name} is not installed: `playwright install {name.removeprefix('playwright-')}`"
    return ""


@contextmanager
def open_page(name, address, keeps=False):
    """Opens an address in a browser, for the length of the block; `keeps` says whether its service worker may keep the site.

    Skips the test, or fails it in the workflow, where the browser is not here.
    """
    why = missing(name)
    if why:
        (pytest.fail if "NNCORE_EVERY_BROWSER" in os.environ else pytest.skip)(f"{name}: {why}")
    opened = _open_webkit() if name == "webkit" else _open_by_playwright(name, keeps)
    with opened as page:
        page.go(address)
        yield page


@contextmanager
def _open_by_playwright(name, keeps):
    if name == "firefox":
        browser = playwright().firefox.launch(channel="moz-firefox", executable_path=_firefox())
    elif name == "chromium":
        browser = playwright().chromium.launch(**options())
    else:
        browser = getattr(playwright(), name.removeprefix("playwright-")).launch()
    page = browser.new_context(service_workers="allow" if keeps else "block").new_page()
    yield Page(page.goto, page.evaluate)
    browser.close()


@contextmanager
def _open_webkit():
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.service import Service

    with _screen() as display:
        # the language by name: of the locale C WebKitGTK makes one that is none
        environment = {**os.environ, "DISPLAY": display, "LANG": "en_US.UTF-8", "LANGUAGE": "en_US",
                       "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        environment.pop("LC_ALL", None)
        chosen = webdriver.WebKitGTKOptions()
        chosen.binary_location = _mini_browser()
        chosen.add_argument("--automation")
        with warnings.catch_warnings():  # Selenium calls what it deprecates itself
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = webdriver.WebKitGTK(options=chosen, service=Service(shutil.which("WebKitWebDriver"), env=environment))
        driver.set_script_timeout(SCRIPT_LIMIT)
        yield Page(driver.get, lambda script: driver.execute_async_script(
            "const done = arguments[0]; Promise.resolve(%s).then(done, (error) => done(String(error)));" % script.strip()))
        driver.quit()


def _firefox():
    return shutil.which("firefox-esr") or shutil.which("firefox")


def _mini_browser():
    return next((path for path in MINI_BROWSERS if os.path.exists(path)), None)


@contextmanager
def _screen():
    """A screen that nobody sees; its name."""
    receives, sends = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(sends), "-screen", "0", "1440x1000x24"], pass_fds=[sends],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(sends)
    with os.fdopen(receives) as told:
        yield ":" + told.readline().strip()
    server.terminate()
    server.wait()
