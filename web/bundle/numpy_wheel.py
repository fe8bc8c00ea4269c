"""NumPy's wheel for Pyodide: pinned by a hash in Pyodide's lock file, taken from whoever has those bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .commands import BuildError, run

CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file_name}"
CDN_SECONDS = 20  # a silent host must not hold up the build; the wheel is 3 MB


@dataclass(frozen=True)
class Wanted:
    """The wheel that Pyodide's lock file names."""

    pyodide: str
    file_name: str
    sha256: str


@dataclass(frozen=True)
class Source:
    """A place that may have the wheel; `read` returns its bytes or raises."""

    name: str
    read: Callable[[], bytes]


def wanted(pyodide_package: Path) -> Wanted:
    """Reads from npm's pyodide package which NumPy wheel belongs to it."""
    numpy = json.loads((pyodide_package / "pyodide-lock.json").read_text())["packages"]["numpy"]
    version = json.loads((pyodide_package / "package.json").read_text())["version"]
    return Wanted(version, numpy["file_name"], numpy["sha256"])


def read_from_cdn(wheel: Wanted) -> bytes:
    """Downloads the wheel from the host that serves Pyodide's releases."""
    address = CDN.format(version=wheel.pyodide, file_name=wheel.file_name)
    with urllib.request.urlopen(address, timeout=CDN_SECONDS) as answer:
        return answer.read()


def read_from_carrier(wheel: Wanted, carrier: str, python: Path) -> bytes:
    """Takes the wheel out of a PyPI package that carries the same file; `carrier` is `name==version`."""
    with tempfile.TemporaryDirectory() as folder:
        run([python, "-m", "pip", "download", carrier, "--quiet", "--no-deps", "--only-binary=:all:",
             "--python-version", "3.13", "--dest", folder])
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as archive:
            for member in archive.namelist():
                if member.rpartition("/")[2] == wheel.file_name:
                    return archive.read(member)
    raise BuildError(f"{carrier} holds no {wheel.file_name}")


def sources(wheel: Wanted, cached: Path, by_hand: Path | None, carrier: str, python: Path) -> list[Source]:
    """Lists where to look, in order: what was given by hand, the cache, Pyodide's CDN, the PyPI package."""
    given = [Source(f"the path given by hand, {by_hand}", by_hand.read_bytes)] if by_hand else []
    return given + [
        Source(f"the cache, {cached.name}", cached.read_bytes),
        Source("Pyodide's CDN", lambda: read_from_cdn(wheel)),
        Source(f"the PyPI package {carrier}", lambda: read_from_carrier(wheel, carrier, python)),
    ]


def obtain(wheel: Wanted, places: list[Source], target: Path) -> list[str]:
    """Writes the first bytes with the right hash to `target`; returns why the places before it had failed.

    Raises BuildError with every reason when no place has them.
    """
    failures = []
    for place in places:
        try:
            content = place.read()
        except (OSError, BuildError, zipfile.BadZipFile) as error:
            failures.append(f"{place.name}: {getattr(error, 'strerror', None) or error}")
            continue
        found = hashlib.sha256(content).hexdigest()
        if found == wheel.sha256:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_bytes(content)
            shutil.move(part, target)
            return failures
        failures.append(f"{place.name}: refused, its sha256 is {found} but Pyodide {wheel.pyodide} "
                        f"names {wheel.sha256}")
    reasons = "\n".join(f"  - {failure}" for failure in failures)
    raise BuildError(f"{wheel.file_name} could not be had from anywhere:\n{reasons}\n"
                     "Get that file on another machine and name it: python3 build.py --numpy-wheel PATH")
