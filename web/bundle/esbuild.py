"""Makes one script of many modules with esbuild: a visitor loads it in one request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from .commands import run

HERE = Path(__file__).parent
CODEMIRROR = HERE / "codemirror.mjs"  # what the page uses of the code editor, which npm delivers in a dozen packages


def bundle(node: str, modules: Path, target: Path, entry: Path = CODEMIRROR, apart: Iterable[str] = (),
           defined: Mapping[str, object] | None = None, script: bool = False) -> None:
    """Writes the module `target`: what `entry` exports, with all that it needs of the npm packages in `modules`.

    Imports of `apart`, as they stand in the code, are left as they are. Names in `defined` are replaced by their
    values, as JSON. A `script` is none that others import, but one that just runs.
    """
    values = {name: json.dumps(value) for name, value in (defined or {}).items()}
    run([node, HERE / "esbuild.mjs", modules, entry, target, "iife" if script else "esm",
         json.dumps(list(apart)), json.dumps(values)])
