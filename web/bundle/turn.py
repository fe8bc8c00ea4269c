"""A turn: one build at a time in one working copy, because two would write the same files."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path


def try_lock(handle) -> bool:
    """Takes the operating system's lock on an open file, which it gives back however the process ends."""
    try:
        if os.name == "nt":
            import msvcrt
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def turn(path: Path) -> Iterator[None]:
    """Waits until no other process holds the lock file at `path`, then holds it throughout the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        if not try_lock(handle):
            print("Another build is running here; waiting for it.", flush=True)
            while not try_lock(handle):
                time.sleep(0.2)
        yield
