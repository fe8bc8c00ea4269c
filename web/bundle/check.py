"""Checks a built site: nothing it refers to is missing, no other host is named, every wheel has its hash."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from .sharing import PICTURE, named_by

# Written by others and copied as they are. What they ask for at run time is watched by the browser tests.
THIRD_PARTY = ("pyscript", "micropython", "pyodide", "uplot", "codemirror", "licences")
# Loaded when a view is opened that needs it, when the page is installed, or not at all.
LATER = ("licences/", "codemirror/", "nncore/", "exhibits/", "pyodide/pyodide.js", "icons/", "manifest.webmanifest", PICTURE)
TEXTS = {".html", ".css", ".js", ".mjs", ".py", ".json", ".svg", ".txt", ".webmanifest"}
HOST = re.compile(r"""(?:https?|wss?)://[^\s"'<>)]+|(?<=["'(])//\w[\w-]*\.[^\s"'<>)]+""")
NAMESPACE = "http://www.w3.org/"  # names of XML vocabularies: never fetched
REFERENCES = ("src", "href", "config", "poster", "data")
SCRIPT_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
STYLE_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


class Links(HTMLParser):
    """Collects what the elements of a page refer to."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        """Notes every attribute that names a file."""
        self.found += [value for name, value in attributes if name in REFERENCES and value]


def references(file: Path) -> list[str]:
    """Lists what one of our own files refers to, relative to it."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        links = Links()
        links.feed(text)
        configs = [found for found in links.found if found.startswith("{")]  # PyScript's configuration, put in
        return [*(found for found in links.found if found not in configs), *sum(map(configured, map(json.loads, configs)), [])]
    if file.suffix == ".json":
        return configured(json.loads(text))
    if file.suffix == ".webmanifest":
        return [icon["src"] for icon in json.loads(text)["icons"]]
    if file.suffix == ".css":
        return STYLE_URL.findall(text)
    if file.suffix in (".js", ".mjs"):
        return SCRIPT_IMPORT.findall(text)
    return []


def configured(config: dict) -> list[str]:
    """Lists the files that a PyScript configuration names."""
    if not isinstance(config, dict):
        return []
    scripts = [name for place in config.get("js_modules", {}).values() for name in place]
    return [*filter(None, [config.get("interpreter")]), *config.get("files", {}), *scripts]


def own_files(site: Path) -> list[Path]:
    """Lists the site's files that come from this repository."""
    return sorted(path for path in site.rglob("*")
                  if path.is_file() and path.relative_to(site).parts[0] not in THIRD_PARTY)


def missing_files(site: Path) -> list[str]:
    """Names every reference of our files to a file that is not there or lies outside the site."""
    problems = []
    for file in own_files(site):
        if file.suffix not in TEXTS:
            continue
        for reference in references(file):
            path = re.split("[?#]", reference)[0]
            if not path or re.match(r"\w+:|//", path):
                continue
            target = (file.parent / path).resolve()
            if path.startswith("/") or not target.is_relative_to(site.resolve()):
                problems.append(f"{file.relative_to(site)} refers to {reference}, which lies outside the "
                                "site; write it relative, so that the site works under any path")
            elif not target.is_file():
                problems.append(f"{file.relative_to(site)} refers to {reference}, which is not in the site")
    return problems


def foreign_hosts(site: Path, address: str | None = None) -> list[str]:
    """Names every address of another host in our files; index.html may name its own, `address`, for a preview."""
    own = {site / "index.html": named_by(address)}
    return [f"{file.relative_to(site)} names another host: {found}"
            for file in own_files(site) if file.suffix in TEXTS
            for found in HOST.findall(file.read_text(encoding="utf-8"))
            if not found.startswith(NAMESPACE) and found not in own.get(file, ())]


def wrong_packages(site: Path) -> list[str]:
    """Names packages that the page asks for but the lock file lacks, and files without its hashes."""
    locked = json.loads((site / "pyodide/pyodide-lock.json").read_text())["packages"]
    problems = []
    for file in site.glob("*.json"):
        config = json.loads(file.read_text(encoding="utf-8"))
        for name in config.get("packages", []) if isinstance(config, dict) else []:
            if name not in locked:
                problems.append(f"{file.name} asks for the package {name}; "
                                f"the lock file has {', '.join(locked)}")
    for name, package in locked.items():
        wheel = site / "pyodide" / package["file_name"]
        found = hashlib.sha256(wheel.read_bytes()).hexdigest() if wheel.is_file() else "missing"
        if found != package["sha256"]:
            problems.append(f"{name}: the lock file says {package['sha256']} but {wheel.name} is {found}")
    return problems


def problems(site: Path, address: str | None = None) -> list[str]:
    """Returns everything that is wrong with a built site, one sentence each; empty when it is sound."""
    return missing_files(site) + foreign_hosts(site, address) + wrong_packages(site)


def sizes(site: Path) -> tuple[int, int]:
    """Returns the bytes of the whole site, and those that a first visit loads from a host with gzip."""
    preloaded = (site / "index.html").read_text(encoding="utf-8")
    total = first_visit = 0
    for path in site.rglob("*"):
        if path.is_file():
            name, size = path.relative_to(site).as_posix(), path.stat().st_size
            total += size
            rarely = name.startswith(LATER) or (name.startswith("pyscript/") and name not in preloaded)
            first_visit += 0 if rarely else min(size, len(gzip.compress(path.read_bytes(), 6)))
    return total, first_visit
