"""Gathers what the engine's workers run into one archive, which Pyodide loads as a package of its own."""

from __future__ import annotations

import ast
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .bytecode import BEGINNING_OF_ZIP_TIME

KERNEL = "engine/kernel/kernel.wasm"  # not .so, which Pyodide would load before Python can say no


def gather(page: Path, kernel: Path, target: Path) -> None:
    """Writes the archive `target`: the engine's modules, those of the page's that it shares, and the SIMD kernel."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for path in [*modules(page), kernel]:
            name = KERNEL if path == kernel else path.relative_to(page).as_posix()
            archive.writestr(zipfile.ZipInfo(name, BEGINNING_OF_ZIP_TIME), path.read_bytes())


def modules(page: Path) -> list[Path]:
    """Lists the modules of the folder `engine`, and all of the page's that they import in turn."""
    found = sorted((page / "engine").rglob("*.py"))
    for path in found:  # grows while it is walked
        for name in imported(path):
            parts = name.split(".")
            for count in range(1, len(parts) + 1):
                place = page.joinpath(*parts[:count])
                found += [file for file in (place / "__init__.py", place.with_suffix(".py"))
                          if file.is_file() and file not in found]
    return sorted(found)


def imported(path: Path) -> Iterator[str]:
    """Yields the dotted names that a module imports; what it takes from a package may be a module too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
