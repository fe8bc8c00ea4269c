"""Writes into index.html what has to be there before any file has arrived: the page's own entry into Python, the script
that watches the start, and the hash of every file, by which the browser refuses whatever is not the file of this version.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
from pathlib import Path

from .commands import BuildError
from .esbuild import bundle
from .keeping import NOT_KEPT, WORKER

PYTHON_ENTRY = '<script type="mpy" src="./main.py" config="./main.json" async></script>'
WATCH_MARK = "<!-- watch -->"
POLICY = re.compile(r"script-src [^;]+")
LINK = re.compile(r'<(?:link rel="(?:modulepreload|preload|stylesheet)" href|script type="module" src)="\./([^"]+)"')
PRELOAD = '<link rel="preload"'  # what fetch() asks for without a hash would not be taken from one with
INTERPRETER = "pyodide/interpreter.mjs"
# They tell of the others, or nobody waits for them: the page, its keeper, pictures for systems, and what people read.
UNWATCHED = ("index.html", WORKER, "icon.svg", "icons/", "manifest.webmanifest", *NOT_KEPT)
SCRIPTS = (".js", ".mjs")


def sha256(data: bytes) -> str:
    """Returns the hash of some bytes as browsers write it, in base64."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def watched(site: Path) -> dict[str, str]:
    """Returns the hash of each file of the site that the page may load."""
    paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: sha256(path.read_bytes()) for name, path in paths.items() if not name.startswith(UNWATCHED)}


def put_python_in(site: Path) -> None:
    """Moves main.py and main.json into index.html: two files less that may be missing, and PyScript, which asks another
    host where it does not find its configuration, always has it."""
    index = site / "index.html"
    text = index.read_text(encoding="utf-8")
    if text.count(PYTHON_ENTRY) != 1:
        raise BuildError(f"web/page/index.html must hold {PYTHON_ENTRY} once, "
                         f"but it is there {text.count(PYTHON_ENTRY)} times")
    config = json.dumps(json.loads((site / "main.json").read_text(encoding="utf-8")))
    code = (site / "main.py").read_text(encoding="utf-8")
    if "</script" in code or "<!--" in code:
        raise BuildError("main.py holds text that would end its script element in index.html")
    script = f'<script type="mpy" config="{html.escape(config)}" async>\n{code}</script>'
    index.write_text(text.replace(PYTHON_ENTRY, script), encoding="utf-8")
    for name in ("main.py", "main.json"):
        (site / name).unlink()


def make_interpreter(node: str, modules: Path, site: Path) -> None:
    """Makes what PyScript's worker takes for Pyodide, beside Pyodide."""
    files = {name: value for name, value in watched(site).items() if name.startswith("pyodide/")}
    bundle(node, modules, site / INTERPRETER, site / "start/interpreter.js", ["./pyodide.mjs"], {"SITE_FILES": files})


def make_watch(node: str, modules: Path, site: Path) -> str:
    """Returns the script that watches the start; it knows all files of the site."""
    index = (site / "index.html").read_text(encoding="utf-8")
    script = site / "watch.js"
    bundle(node, modules, script, site / "start/watch.js",
           defined={"SITE_FILES": watched(site), "SITE_START": LINK.findall(index)}, script=True)
    text = script.read_text(encoding="utf-8").strip()
    script.unlink()
    if "</script" in text or "<!--" in text:
        raise BuildError("the script that watches the start holds text that would end its element in index.html")
    return text


def write(node: str, modules: Path, site: Path) -> None:
    """Finishes index.html, once all other files of the site are there but sw.js; `start/` of the site goes."""
    put_python_in(site)
    make_interpreter(node, modules, site)
    watch = make_watch(node, modules, site)
    shutil.rmtree(site / "start")
    files, index = watched(site), site / "index.html"
    import_map = json.dumps({"integrity": {f"./{name}": f"sha256-{value}" for name, value in files.items()
                                           if name.endswith(SCRIPTS)}})
    text = index.read_text(encoding="utf-8")
    if text.count(WATCH_MARK) != 1:
        raise BuildError(f"web/page/index.html must hold the line {WATCH_MARK} once, "
                         f"but it is there {text.count(WATCH_MARK)} times")
    text = LINK.sub(lambda found: found[0] if found[0].startswith(PRELOAD) else
                    f'{found[0]} crossorigin integrity="sha256-{files[found[1]]}"', text)
    scripts = f'<script>{watch}</script>\n<script type="importmap">{import_map}</script>'
    text = text.replace(WATCH_MARK, scripts)
    allowed = " ".join(f"'sha256-{sha256(script.encode())}'" for script in (watch, import_map))
    text, count = POLICY.subn(lambda found: f"{found[0]} {allowed}", text, count=1)
    if not count:
        raise BuildError("web/page/index.html has no content policy with a script-src")
    index.write_text(text, encoding="utf-8")
