"""A browser for the tests: one that is installed, else Playwright's own, else Debian's package."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .commands import BuildError, run

# Debian's package -> the programs of which the wide tests need one
OTHERS = {"firefox-esr": ("firefox-esr", "firefox"), "webkit2gtk-driver": ("WebKitWebDriver",), "xvfb": ("Xvfb",)}

PLAYWRIGHTS = ("chromium", "firefox", "webkit")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
         "microsoft-edge", "microsoft-edge-stable")
MAC_PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
              "/Applications/Chromium.app/Contents/MacOS/Chromium",
              "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
WINDOWS_PLACES = (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe",
                  r"Microsoft\Edge\Application\msedge.exe")


def candidates() -> list[Path]:
    """Lists the browsers of this machine: on PATH first, then in the usual places of macOS and Windows."""
    found = [Path(path) for path in map(shutil.which, NAMES) if path]
    if sys.platform == "darwin":
        found += map(Path, MAC_PLACES)
    if sys.platform == "win32":
        found += [Path(os.environ[folder]) / place
                  for folder in WINDOWS_FOLDERS if folder in os.environ for place in WINDOWS_PLACES]
    return [path for path in found if path.exists()]


def installed() -> Path:
    """Returns an installed browser that starts; raises BuildError when there is none."""
    reasons = []
    for path in candidates():
        if sys.platform == "win32":  # there, asking for the version opens a window
            return path
        try:
            run([path, "--version"])
            return path
        except (OSError, BuildError) as error:
            reasons.append(f"{path} does not start: {error}")
    raise BuildError("; ".join(reasons) or "none on PATH nor in the usual places")


def playwrights_own(python: Path, folder: Path) -> Path:
    """Has Playwright download its browser into `folder` and returns its path."""
    environment = {"PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    asking = ("from playwright.sync_api import sync_playwright as s\n"
              "with s() as p: print(p.chromium.executable_path)")
    path = Path(run([python, "-c", asking], environment=environment).strip())
    if not path.exists():
        run([python, "-m", "playwright", "install", "chromium"], environment=environment)
    run([path, "--version"])
    return path


def debians_package() -> Path:
    """Installs Debian's chromium package, which only root can do, and returns its path."""
    install_from_debian(["chromium"])
    return installed()


def install_from_debian(packages: list[str]) -> None:
    """Installs packages of Debian's, which only root can do."""
    if not shutil.which("apt-get"):
        raise BuildError("there is no apt-get here")
    if os.geteuid() != 0:
        raise BuildError("only root can install packages")
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], environment=quietly)
    run(["apt-get", "install", "--yes", "--no-install-recommends", *packages], environment=quietly)


def obtain_others(python: Path, folder: Path, every: bool) -> list[str]:
    """Gets the other browsers that the wide tests drive: Firefox and WebKitGTK, with a screen for that; and where `every`
    one is wanted Playwright's own three, into `folder`. Returns what could not be had, in words; the tests tell it too."""
    packages = [package for package, programs in OTHERS.items() if not any(map(shutil.which, programs))]
    ways = {f"{', '.join(packages)} of Debian": partial(install_from_debian, packages)} if packages else {}
    if every:
        asked = [python, "-m", "playwright", "install", "--with-deps", *PLAYWRIGHTS]
        ways["Playwright's own browsers"] = partial(run, asked, environment={"PLAYWRIGHT_BROWSERS_PATH": str(folder)})
    missing = []
    for name, way in ways.items():
        try:
            way()
        except (OSError, BuildError) as error:
            missing.append(f"{name}: {error}")
    return missing


def first_that_works(ways: list[tuple[str, Callable[[], Path]]]) -> Path:
    """Returns the first path that a way leads to; raises BuildError with every reason when none does."""
    reasons = []
    for name, way in ways:
        try:
            return way()
        except (OSError, BuildError) as error:
            reasons.append(f"  - {name}: {error}")
    raise BuildError("The tests need a browser and none could be had:\n" + "\n".join(reasons) + "\n"
                     "Install Chromium or Chrome, or name one in the environment variable NNCORE_BROWSER.")


def obtain(python: Path, folder: Path) -> Path:
    """Returns the path of a browser for the tests, installing one when it must."""
    chosen = os.environ.get("NNCORE_BROWSER")
    if chosen:
        if not Path(chosen).exists():
            raise BuildError(f"NNCORE_BROWSER is {chosen}, but no file is there")
        return Path(chosen)
    return first_that_works([("an installed browser", installed),
                             ("Playwright's own", lambda: playwrights_own(python, folder)),
                             ("Debian's package", debians_package)])
