"""Makes one module of many with esbuild: a visitor loads it in one request."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .commands import run

HERE = Path(__file__).parent
CODEMIRROR = HERE / "codemirror.mjs"  # what the page uses of the code editor, which npm delivers in a dozen packages


def bundle(node: str, modules: Path, target: Path, entry: Path = CODEMIRROR, apart: Iterable[str] = ()) -> None:
    """Writes the module `target`: what `entry` exports, with all that it needs of the npm packages in `modules`.

    Imports of `apart`, as they stand in the code, are left as they are.
    """
    run([node, HERE / "esbuild.mjs", modules, entry, target, *apart])
