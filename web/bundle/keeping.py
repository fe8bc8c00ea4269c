"""Tells the site's service worker which files to keep for a visit without a network, and by which hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from .commands import BuildError
from .sharing import PICTURE

WORKER = "sw.js"
MARK = "const FILES = {};"
# Read by people and by other sites, not by the page.
NOT_KEPT = ("licences/", PICTURE)


def hashes(site: Path) -> dict[str, str]:
    """Returns the SHA-256 of each file that a visit may need."""
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest()[:32] for name, path in files.items()
            if name != WORKER and not name.startswith(NOT_KEPT)}


def tell(site: Path) -> None:
    """Writes the hashes into the service worker, in place of the mark that it must hold once."""
    worker = site / WORKER
    text = worker.read_text(encoding="utf-8")
    if text.count(MARK) != 1:
        raise BuildError(f"{WORKER} must hold `{MARK}` once, but it is there {text.count(MARK)} times")
    worker.write_text(text.replace(MARK, f"const FILES = {json.dumps(hashes(site), indent=2)};"), encoding="utf-8")
