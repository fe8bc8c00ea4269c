"""Other programs, run quietly: what they print is shown when they fail, in an error that says what failed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

WIDEST = 300  # characters of a line in an error: Node quotes whole minified files


class BuildError(Exception):
    """What went wrong in the build and what to do about it, in words for the person who runs it."""


def program(name: str, needed_for: str) -> str:
    """Returns the full path of a program on PATH; raises BuildError when it is not installed."""
    found = shutil.which(name)
    if not found:
        raise BuildError(f"{name} was not found on PATH; it is needed for {needed_for}. "
                         "Install it and run this again.")
    return found


def run(command: Sequence[str | Path], *, folder: Path | None = None,
        environment: Mapping[str, str] = MappingProxyType({})) -> str:
    """Runs a command and returns what it printed; raises BuildError with its last lines when it fails."""
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    if result.returncode:
        tail = "\n".join(f"    {line[:WIDEST]}" for line in result.stdout.strip().splitlines()[-25:])
        raise BuildError(f"`{' '.join(words)}` ended with exit code {result.returncode}:\n{tail}")
    return result.stdout
