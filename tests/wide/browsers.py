"""The browsers that the wide tests drive, each behind one function: a script in, what its promise settles with out."""
import os
import shutil
import subprocess
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.browser.launch import options

KINDS = ("chromium", "firefox", "webkit")
MINI_BROWSERS = ("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser", "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
SCRIPT_LIMIT = 120  # seconds: WebKitGTK on a busy machine takes half a minute to start the engine


@contextmanager
def open_page(kind, address):
    """Opens an address in a browser of that kind, for the length of the block."""
    opened = _open_webkit(address) if kind == "webkit" else _open_by_playwright(kind, address)
    with opened as evaluate:
        yield evaluate


@contextmanager
def _open_by_playwright(kind, address):
    with sync_playwright() as playwright:
        if kind == "firefox":  # the installed one, over WebDriver BiDi
            browser = playwright.firefox.launch(channel="moz-firefox", executable_path=shutil.which("firefox-esr") or shutil.which("firefox"))
        else:
            browser = playwright.chromium.launch(**options())
        page = browser.new_context(service_workers="block").new_page()
        page.goto(address)
        yield page.evaluate
        browser.close()


@contextmanager
def _open_webkit(address):
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.service import Service

    with _screen() as display:
        # the language by name: of the locale C WebKitGTK makes one that is none
        environment = {**os.environ, "DISPLAY": display, "LANG": "en_US.UTF-8", "LANGUAGE": "en_US",
                       "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        environment.pop("LC_ALL", None)
        chosen = webdriver.WebKitGTKOptions()
        chosen.binary_location = next(path for path in MINI_BROWSERS if os.path.exists(path))
        chosen.add_argument("--automation")
        driver = webdriver.WebKitGTK(options=chosen, service=Service(shutil.which("WebKitWebDriver"), env=environment))
        driver.set_script_timeout(SCRIPT_LIMIT)
        driver.get(address)
        yield lambda script: driver.execute_async_script(
            "const done = arguments[0]; Promise.resolve(%s).then(done, (error) => done(String(error)));" % script.strip())
        driver.quit()


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
