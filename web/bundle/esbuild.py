"""Makes one module of CodeMirror, the code editor, which npm delivers in a dozen: a visitor loads it in one request."""

from __future__ import annotations

from pathlib import Path

from .commands import run

HERE = Path(__file__).parent
ENTRY = HERE / "codemirror.mjs"


def bundle(node: str, modules: Path, target: Path, entry: Path = ENTRY) -> None:
    """Writes the module `target`: what `entry` exports, with all that it needs of the npm packages in `modules`."""
    run([node, HERE / "editor.mjs", modules, entry, target])
