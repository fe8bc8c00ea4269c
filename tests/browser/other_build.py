"""The built site with other contents of some of its files, as a build of them would have it: their hashes stand in
index.html and in Pyodide's entry, and nothing of other hashes would be run."""
import json
import re
from pathlib import Path

from web.bundle.keeping import hashes
from web.bundle.starting import INTERPRETER, sha256

DIST = Path(__file__).parents[2] / "dist"
INLINE = re.compile(r"<script(?: type=\"importmap\")?>(.*?)</script>", re.DOTALL)


def with_contents(contents):
    """Returns the files that differ in a build with those contents, {path: bytes} from {path: bytes}."""
    read = {name: (DIST / name).read_bytes() for name in (*contents, INTERPRETER, "index.html")}
    made = {**contents}
    replaced = [(sha256(read[name]).encode(), sha256(data).encode()) for name, data in contents.items()]
    made[INTERPRETER] = _replace(read[INTERPRETER], replaced)
    replaced.append((sha256(read[INTERPRETER]).encode(), sha256(made[INTERPRETER]).encode()))
    index = _replace(read["index.html"], replaced)
    scripts = [INLINE.findall(text.decode()) for text in (read["index.html"], index)]
    allowed = [(sha256(old.encode()).encode(), sha256(new.encode()).encode()) for old, new in zip(*scripts)]
    made["index.html"] = _replace(index, allowed)
    return made


def _replace(data, replaced):
    for old, new in replaced:
        data = data.replace(old, new)
    return data


def deliver(page, address, contents):
    """Has a page at `address` be given such a build."""
    made = with_contents(contents)
    made[""] = made["index.html"]

    def path_of(url):
        return re.split("[?#]", url)[0].removeprefix(address)

    def answer(route):
        path = path_of(route.request.url)
        type = {"headers": {"Content-Type": "text/html; charset=utf-8"}} if path in ("", "index.html") else {}
        route.fulfill(response=None if type else route.fetch(), body=made[path], **type)

    page.route(lambda url: path_of(url) in made, answer)


def deploy(site, contents):
    """Puts such a build in the place of the one in the folder `site`, as a person does who uploads it."""
    for name, data in with_contents(contents).items():
        (site / name).write_bytes(data)
    worker = site / "sw.js"
    files = f"const FILES = {json.dumps(hashes(site))};"
    worker.write_text(re.sub(r"const FILES = \{.*?\};", lambda _: files, worker.read_text(encoding="utf-8"), flags=re.DOTALL))
