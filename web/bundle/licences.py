"""Gathers the licences of everything in the site that others wrote, one text file for each product."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

# npm packages whose licences are told elsewhere, or that no part of the site contains. AssemblyScript compiles the
# SIMD kernel without a runtime, since nothing there is allocated: kernel.wasm holds our own code alone.
NOT_PYSCRIPT = ("uplot", "pyodide", "ws", "@types/emscripten", "esbuild", "assemblyscript", "binaryen", "long",
                "@resvg/resvg-wasm", "@micropython/micropython-webassembly-pyscript")
# How the names of the packages begin that make up CodeMirror, and of those that only build.
CODEMIRROR = ("@codemirror/", "@lezer/", "@marijn/", "crelt", "style-mod", "w3c-keyname")
BUILDING = ("@esbuild/",)


def titled(title: str, text: str) -> str:
    """Returns a licence's text under a heading that says what it belongs to."""
    return f"{title}\n{'=' * len(title)}\n\n{text.strip()}\n\n\n"


def npm_licence(package: Path) -> str:
    """Returns the licence of an npm package; where its text is not in the package, the name it gives."""
    facts = json.loads((package / "package.json").read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in sorted(package.glob("LICENSE*"))]
    return titled(f"{facts['name']} {facts['version']} ({facts['license']})", "\n".join(texts))


def npm_packages(modules: Path) -> dict[str, Path]:
    """Lists all npm packages by their names, in order."""
    files = [*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]
    return {path.parent.relative_to(modules).as_posix(): path.parent for path in sorted(files)}


def codemirror_packages(modules: Path) -> list[Path]:
    """Lists the packages that CodeMirror is made of."""
    return [path for name, path in npm_packages(modules).items() if name.startswith(CODEMIRROR)]


def pyscript_packages(modules: Path) -> list[Path]:
    """Lists PyScript and the packages that its bundle contains."""
    return [path for name, path in npm_packages(modules).items()
            if name not in NOT_PYSCRIPT and not name.startswith((*CODEMIRROR, *BUILDING))]


def numpy_licences(wheel: Path) -> str:
    """Returns NumPy's licence and those of the parts it includes, as its wheel carries them."""
    with zipfile.ZipFile(wheel) as archive:
        names = sorted(name for name in archive.namelist() if name.rpartition("/")[2].startswith("LICENSE"))
        return "".join(titled(name, archive.read(name).decode()) for name in names)


def gather(written: Path, modules: Path, numpy_wheel: Path, site_packages: Path, target: Path) -> None:
    """Writes into the folder `target` the licences kept in the repository and those that packages carry."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(written, target)
    scikit_learn = next(site_packages.glob("scikit_learn-*.dist-info")).rglob("COPYING")
    texts = {
        "pyscript.txt": "".join(map(npm_licence, pyscript_packages(modules))),
        "codemirror.txt": "".join(map(npm_licence, codemirror_packages(modules))),
        "uplot.txt": npm_licence(modules / "uplot"),
        "numpy.txt": numpy_licences(numpy_wheel),
        "scikit-learn.txt": "".join(path.read_text(encoding="utf-8") for path in scikit_learn),
    }
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")
