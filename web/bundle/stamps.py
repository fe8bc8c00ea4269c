"""Stamps: a step is done again only when what it reads or made has changed, so a second build is quick."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

IGNORED = {"__pycache__", ".DS_Store"}


def files_of(path: Path) -> list[Path]:
    """Returns a folder's files, sorted and without caches; a file stands for itself."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*")
                  if file.is_file() and not IGNORED.intersection(file.relative_to(path).parts))


def digest(inputs: Iterable[Path | str]) -> str:
    """Returns one sha256 of all that a step reads: paths count with names and bytes, strings as they are."""
    total = hashlib.sha256()
    for item in inputs:
        parts = [item] if isinstance(item, str) else [
            f"{file.relative_to(item)} {hashlib.sha256(file.read_bytes()).hexdigest()}"
            for file in files_of(item)]
        total.update(json.dumps(parts).encode())
    return total.hexdigest()


def seal(outputs: Iterable[Path]) -> str:
    """Returns a hash of the names, sizes and times of what a step made, to notice a lost or edited file."""
    seen = [[str(file), file.stat().st_size, file.stat().st_mtime_ns]
            for path in outputs for file in files_of(path)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def is_current(stamp: Path, inputs: str, outputs: list[Path]) -> bool:
    """Says whether a stamp tells of the same inputs, and of outputs that still stand as they were made."""
    if not stamp.exists() or not all(path.exists() for path in outputs):
        return False
    return json.loads(stamp.read_text()) == {"inputs": inputs, "outputs": seal(outputs)}


def step(stamps: Path, title: str, inputs: Iterable[Path | str], outputs: list[Path],
         make: Callable[[], None], say: Callable[..., None] = print) -> bool:
    """Calls `make` unless the stamp of an earlier run is current; prints one line. True when it was made."""
    stamp = stamps / f"{title.replace(' ', '-').lower()}.json"
    wanted = digest(inputs)
    say(f"  {title:<34}", end="", flush=True)
    if is_current(stamp, wanted, outputs):
        say("kept")
        return False
    stamp.unlink(missing_ok=True)
    begun = time.perf_counter()
    try:
        make()
    except BaseException:
        say("failed", flush=True)
        raise
    stamps.mkdir(parents=True, exist_ok=True)
    stamp.write_text(json.dumps({"inputs": wanted, "outputs": seal(outputs)}))
    say(f"{time.perf_counter() - begun:.1f} s", flush=True)
    return True
