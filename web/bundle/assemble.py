"""Puts the site together: the page as it is, and beside it the engines that its configuration names."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from . import anywhere, icons, keeping, sharing, starting, surface
from .commands import BuildError

PYODIDE_FILES = ("pyodide.mjs", "pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm")  # .js is the loader for the box
MICROPYTHON_FILES = ("micropython.mjs", "micropython.wasm")
UPLOT_FILES = ("uPlot.esm.js", "uPlot.min.css")

# Behind PyScript's code editor and terminal, loaded when a page has one; ours has none.
PYSCRIPT_UNUSED = ("codemirror", "xterm")

RUN_IN_BOX = "layer_run.py"  # of the engine: what the box runs a class with, as source
FRAME_MARK = "'sha256-of-the-frame'"
PRELOAD_MARK = "<!-- preload -->"
# PyScript's table of plugins, all of which it loads before it runs a script.
PLUGIN = re.compile(r"""["']?[\w-]+["']?:\(\)=>import\(["']\./([\w.-]+)["']\)""")
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']\./([\w.-]+)["']""")


def modules_for_any_page(folder: Path) -> list[str]:
    """Lists PyScript's modules that some page may load, by following the imports of its entry module."""
    names = ["core.js"]
    for name in names:  # grows while it is walked
        for other in IMPORT.findall((folder / name).read_text(encoding="utf-8")):
            if not other.startswith(PYSCRIPT_UNUSED) and other not in names:
                names.append(other)
    return names


def modules_for_every_page(folder: Path) -> list[str]:
    """Lists PyScript's modules that every page waits for: the entry module, its import, the plugins."""
    core = IMPORT.findall((folder / "core.js").read_text(encoding="utf-8"))
    return ["core.js", *core, *(plugin for name in core
                                for plugin in PLUGIN.findall((folder / name).read_text(encoding="utf-8")))]


def preloads(site: Path) -> tuple[list[str], list[str]]:
    """Lists what the page's surface needs to come alive: its modules, and what PyScript fetches for it.

    Only the surface: asking for the large engine as early would delay it.
    """
    config = json.loads((site / "main.json").read_text(encoding="utf-8"))
    modules = ["./guard.js", "./pyscript/core.js", f"./{surface.SOURCES}"]
    modules += [name for name in config.get("js_modules", {}).get("main", {}) if name.endswith("js")]
    return [*modules, config["interpreter"]], ["./micropython/micropython.wasm", *config.get("files", {})]


def with_preloads(index: str, modules: Iterable[str], fetched: Iterable[str]) -> str:
    """Puts links that load files early in place of the mark in index.html, which must hold it once.

    Without them each file is found only when the one before it has been read: three round trips to a host.
    """
    if index.count(PRELOAD_MARK) != 1:
        raise BuildError(f"web/page/index.html must hold the line {PRELOAD_MARK} once, "
                         f"but it is there {index.count(PRELOAD_MARK)} times")
    links = [f'<link rel="modulepreload" href="{module}">' for module in modules]
    links += [f'<link rel="preload" href="{file}" as="fetch" crossorigin>' for file in fetched]
    return index.replace(PRELOAD_MARK, "\n".join(links))


def with_frame_allowed(index: str, script: Path) -> str:
    """Puts the hash of the one script of the box's frame into the content policy, in place of the mark there."""
    if index.count(FRAME_MARK) != 1:
        raise BuildError(f"the content policy in web/page/index.html must hold {FRAME_MARK} once, "
                         f"but it is there {index.count(FRAME_MARK)} times")
    return index.replace(FRAME_MARK, f"'sha256-{starting.sha256(script.read_bytes())}'")


def copy_files(source: Path, names: Iterable[str], target: Path) -> None:
    """Copies the named files of one folder into another, whose times are then those of the build."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(source / name, target / name)


def assemble(node: str, python: Path, page: Path, modules: Path, package_set: list[Path], codemirror: Path, shown_source: Path,
             pictures: Path, licences: Path, site: Path, address: str | None = None) -> None:
    """Makes the folder `site` anew: the page, npm's modules, our Pyodide package set, the code editor, the
    source file of nncore that the page shows, the icons and the licences. `address` is where the site will stand, if known."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(page, site, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile)

    pyscript = modules / "@pyscript/core/dist"
    copy_files(pyscript, modules_for_any_page(pyscript), site / "pyscript")
    anywhere.prepare(site / "pyscript")
    micropython = modules / "@micropython/micropython-webassembly-pyscript"
    copy_files(micropython, MICROPYTHON_FILES, site / "micropython")
    copy_files(modules / "uplot/dist", UPLOT_FILES, site / "uplot")
    copy_files(modules / "pyodide", PYODIDE_FILES, site / "pyodide")
    for file in package_set:
        copy_files(file.parent, [file.name], site / "pyodide")
    copy_files(codemirror.parent, [codemirror.name], site / "codemirror")
    box = site / "exhibits/box"
    copy_files(site / "engine", [RUN_IN_BOX], box)
    copy_files(shown_source.parent, [shown_source.name], site / "nncore")
    shutil.copytree(pictures, site / icons.FOLDER, copy_function=shutil.copyfile)
    shutil.copytree(licences, site / "licences", copy_function=shutil.copyfile)

    core = modules_for_every_page(site / "pyscript")
    later = [name for name in modules_for_any_page(site / "pyscript") if name not in core]
    surface.pack_scripts(node, modules, site, core, [*later, *(f"{name}*" for name in PYSCRIPT_UNUSED)])
    surface.pack_styles(site)
    surface.pack_sources(python, modules / "@pyscript/core/src/stdlib/pyscript", site)
    for folder in ("uplot", "style", "ui", "engine"):  # all of theirs is packed
        shutil.rmtree(site / folder)
    index = site / "index.html"
    text = with_preloads(index.read_text(encoding="utf-8"), *preloads(site))
    text = sharing.with_preview(text, site / sharing.PICTURE, address)
    if not address:
        (site / sharing.PICTURE).unlink()
    index.write_text(with_frame_allowed(text, box / "frame.js"), encoding="utf-8")
    starting.write(node, modules, site)
    keeping.tell(site)
