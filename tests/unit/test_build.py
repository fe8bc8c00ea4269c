"""The build's steps, each on a small folder of its own: nothing touches the real dist/, .cache/ or network."""

import hashlib
import http.client
import json
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

if sys.platform == "emscripten":
    pytest.skip("the build runs on a computer's own Python", allow_module_level=True)

from web.bundle import (assemble, browser, bytecode, check, commands, engine, keeping, licences, numpy_wheel, server, stamps,
                        surface, turn)
from web.bundle.commands import BuildError
from web.bundle.esbuild import bundle
from web.bundle.numpy_wheel import Source, Wanted

GOOD = b"the right bytes"
WANTED = Wanted("0.29.1", "numpy-2.2.5-wasm32.whl", hashlib.sha256(GOOD).hexdigest())


def failing(message):
    """A source's `read` that raises OSError."""
    def read():
        raise OSError(message)
    return read


# --- NumPy's wheel -------------------------------------------------------------------------------------


def test_a_wrong_hash_is_refused_with_both_hashes(tmp_path):
    target = tmp_path / "wheel"
    with pytest.raises(BuildError) as caught:
        numpy_wheel.obtain(WANTED, [Source("a mirror", lambda: b"other bytes")], target)
    assert hashlib.sha256(b"other bytes").hexdigest() in str(caught.value)
    assert WANTED.sha256 in str(caught.value)
    assert not target.exists()


def test_sources_are_tried_in_order_and_each_failure_is_named(tmp_path):
    asked = []
    places = [Source("the cache", failing("not there")), Source("the CDN", lambda: b"other bytes"),
              Source("the package", lambda: GOOD), Source("one too many", lambda: asked.append(1))]
    failures = numpy_wheel.obtain(WANTED, places, tmp_path / "folder" / "wheel")
    assert (tmp_path / "folder" / "wheel").read_bytes() == GOOD
    assert [failure.split(":")[0] for failure in failures] == ["the cache", "the CDN"]
    assert failures[0] == "the cache: not there"
    assert not asked


def test_when_nobody_has_the_wheel_every_reason_and_a_way_out_is_told(tmp_path):
    with pytest.raises(BuildError, match="(?s)the cache: not there.*the CDN: no route.*--numpy-wheel PATH"):
        places = [Source("the cache", failing("not there")), Source("the CDN", failing("no route"))]
        numpy_wheel.obtain(WANTED, places, tmp_path / "wheel")


def test_a_path_given_by_hand_comes_first_then_cache_cdn_and_package(tmp_path):
    by_hand, cached = tmp_path / "mine.whl", tmp_path / "cached.whl"
    by_hand.write_bytes(GOOD)
    places = numpy_wheel.sources(WANTED, cached, by_hand, "carrier==1.0", tmp_path / "python")
    for word, place in zip(("by hand", "cache", "CDN", "carrier==1.0"), places, strict=True):
        assert word in place.name
    assert numpy_wheel.obtain(WANTED, places, cached) == []
    assert numpy_wheel.obtain(WANTED, places[1:], cached) == []


def test_the_wheel_is_taken_out_of_a_package_that_carries_it(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "carrier-1.0-py3-none-any.whl", "w") as package:
        package.writestr(f"carrier/vendor/{WANTED.file_name}", GOOD)
        package.writestr("carrier-1.0.dist-info/METADATA",
                         "Metadata-Version: 2.1\nName: carrier\nVersion: 1.0\n")
        package.writestr("carrier-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        package.writestr("carrier-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    assert numpy_wheel.read_from_carrier(WANTED, "carrier==1.0", sys.executable) == GOOD
    other = Wanted("0.29.1", "another.whl", WANTED.sha256)
    with pytest.raises(BuildError, match="carrier==1.0 holds no another.whl"):
        numpy_wheel.read_from_carrier(other, "carrier==1.0", sys.executable)


# --- stamps --------------------------------------------------------------------------------------------


def silence(*words, **options):
    """Prints nothing, in place of print."""


@pytest.fixture
def copying(tmp_path):
    """A step that copies one file to another; called, it returns whether it was done again."""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("one")

    def step():
        return stamps.step(tmp_path / "stamps", "a copy", [source, "a setting"], [target],
                           lambda: target.write_text(source.read_text()), say=silence)

    step.source, step.target = source, target
    return step


def test_a_step_is_kept_until_what_it_reads_changes(copying):
    assert [copying(), copying()] == [True, False]
    copying.source.write_text("two")
    assert [copying(), copying()] == [True, False]
    assert copying.target.read_text() == "two"


def test_a_step_is_done_again_when_what_it_made_is_lost_or_edited(copying):
    copying()
    copying.target.unlink()
    assert copying()
    copying.target.write_text("by hand")
    assert copying()
    assert copying.target.read_text() == "one"


def test_a_failed_step_is_not_taken_for_done(tmp_path):
    output = tmp_path / "output"

    def fail_halfway():
        output.write_text("half")
        raise BuildError("the disk is full")

    def step(make):
        return stamps.step(tmp_path / "stamps", "fails", ["input"], [output], make, say=silence)

    with pytest.raises(BuildError, match="the disk is full"):
        step(fail_halfway)
    assert step(lambda: output.write_text("whole"))


def test_a_folder_counts_with_its_names_and_bytes_but_without_caches(tmp_path):
    folder = tmp_path / "folder"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "a.py").write_text("a")
    before = stamps.digest([folder])
    (folder / "__pycache__" / "a.pyc").write_text("cache")
    assert stamps.digest([folder]) == before
    (folder / "a.py").rename(folder / "b.py")
    assert stamps.digest([folder]) != before


def test_only_one_build_has_the_turn(tmp_path):
    path = tmp_path / "turn"
    with turn.turn(path), path.open("a") as other:
        assert not turn.try_lock(other)
    with path.open("a") as other:
        assert turn.try_lock(other)


# --- bytecode ------------------------------------------------------------------------------------------


@pytest.fixture
def wheel(tmp_path):
    """A small wheel with a module, a stub, tests and data."""
    path = tmp_path / "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("small_for_bytecode/__init__.py", "def answer():\n    return 42\n")
        archive.writestr("small_for_bytecode/__init__.pyi", "def answer() -> int: ...\n")
        archive.writestr("small_for_bytecode/data.csv", "1,2\n")
        archive.writestr("numpy/tests/test_it.py", "")
        archive.writestr("small-1.0.dist-info/RECORD", "old,,\n")
    return path


def test_compiled_modules_run_without_their_sources(wheel, tmp_path, monkeypatch):
    compiled = tmp_path / "compiled.whl"
    bytecode.compile_archive(str(wheel), str(compiled))
    monkeypatch.syspath_prepend(str(compiled))
    import small_for_bytecode
    assert small_for_bytecode.answer() == 42
    assert small_for_bytecode.__file__.endswith(".pyc")


def test_a_compiled_wheel_lists_what_it_holds_and_nothing_unused(wheel, tmp_path):
    compiled = tmp_path / "compiled.whl"
    bytecode.compile_archive(str(wheel), str(compiled))
    with zipfile.ZipFile(compiled) as archive:
        names = archive.namelist()
        record = archive.read("small-1.0.dist-info/RECORD").decode().splitlines()
        sizes = {name: len(archive.read(name)) for name in names}
    assert sorted(names) == ["small-1.0.dist-info/RECORD", "small_for_bytecode/__init__.pyc",
                             "small_for_bytecode/data.csv"]
    assert sorted(line.split(",")[0] for line in record) == sorted(names)
    assert {f"{name},{size}" for name, _, size in (line.split(",") for line in record) if size} == {
        f"{name},{size}" for name, size in sizes.items() if not name.endswith("RECORD")}


def test_the_same_archive_gives_the_same_bytes(wheel, tmp_path):
    bytecode.compile_archive(str(wheel), str(tmp_path / "first"))
    bytecode.compile_archive(str(wheel), str(tmp_path / "second"))
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize("kept", ["encodings/cp437.py", "encodings/utf_8_sig.py", "encodings/iso8859_1.py",
                                  "unittest/case.py", "numpy/testing/_private/utils.py", "threading.py"])
def test_what_the_engine_needs_is_not_taken_for_unused(kept):
    assert not bytecode.UNUSED.fullmatch(kept)


@pytest.mark.parametrize("dropped", ["encodings/cp1250.py", "encodings/iso8859_15.py", "unittest/mock.py",
                                     "numpy/f2py/rules.py", "numpy/_core/tests/test_api.py", "turtle.py"])
def test_what_the_engine_cannot_use_is_left_out(dropped):
    assert bytecode.UNUSED.fullmatch(dropped)


# --- assembling ----------------------------------------------------------------------------------------


def test_the_preload_mark_becomes_links():
    index = assemble.with_preloads("<head>\n<!-- preload -->\n</head>", ["./core.js"], ["./main.py"])
    assert index == ('<head>\n<link rel="modulepreload" href="./core.js">\n'
                     '<link rel="preload" href="./main.py" as="fetch" crossorigin>\n</head>')


def test_an_index_without_the_preload_mark_is_refused():
    with pytest.raises(BuildError, match="must hold the line <!-- preload --> once, but it is there 0 times"):
        assemble.with_preloads("<head></head>", [], [])


def test_the_surfaces_files_are_read_from_its_configuration(tmp_path):
    (tmp_path / "pyscript").mkdir()
    (tmp_path / "pyscript/core.js").write_text("")
    (tmp_path / "main.json").write_text(json.dumps({
        "interpreter": "./engine.mjs", "files": {"./ui/view.py": "ui/view.py"},
        "js_modules": {"main": {"./chart.js": "chart", "./chart.css": "chart"}}}))
    modules, fetched = assemble.preloads(tmp_path)
    assert modules == ["./guard.js", "./pyscript/core.js", "./sources.js", "./chart.js", "./engine.mjs"]
    assert fetched == ["./micropython/micropython.wasm", "./ui/view.py"]


def test_style_sheets_become_one_in_their_order(tmp_path):
    (tmp_path / "style").mkdir()
    for name in ("b", "a"):
        (tmp_path / f"style/{name}.css").write_text(f".{name} {{}}")
    head = '<link rel="stylesheet" href="./style/b.css">\n<link rel="stylesheet" href="./style/a.css">\n<title>'
    (tmp_path / "index.html").write_text(head)
    surface.pack_styles(tmp_path)
    assert (tmp_path / "page.css").read_text() == ".b {}\n.a {}" and not list(tmp_path.glob("style/*"))
    assert (tmp_path / "index.html").read_text() == '<link rel="stylesheet" href="./page.css">\n<title>'


def test_a_style_sheet_that_names_a_file_is_refused(tmp_path):
    (tmp_path / "a.css").write_text("b { background: url(c.png) }")
    (tmp_path / "index.html").write_text('<link rel="stylesheet" href="./a.css">\n')
    with pytest.raises(BuildError, match="a.css names a file by url"):
        surface.pack_styles(tmp_path)


def test_the_service_worker_is_told_every_file_and_its_hash(tmp_path):
    for name, text in (("sw.js", "const FILES = {};"), ("index.html", "<p>"), ("licences/x.txt", "x")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    keeping.tell(tmp_path)
    told = (tmp_path / "sw.js").read_text()
    assert json.loads(told.removeprefix("const FILES = ").rstrip(";")) == {
        "index.html": hashlib.sha256(b"<p>").hexdigest()[:32]}
    with pytest.raises(BuildError, match="must hold"):
        keeping.tell(tmp_path)


def test_pyscripts_modules_are_found_by_their_imports(tmp_path):
    (tmp_path / "core.js").write_text('export{a as b}from"./core-1.js";')
    (tmp_path / "core-1.js").write_text(
        'var plugins={error:()=>import("./error-1.js"),"py-x":()=>import("./x-1.js")};'
        'const late=()=>import("./toml-1.js").then(go),cm=import("./codemirror-1.js")')
    for name in ("error-1.js", "x-1.js", "toml-1.js", "codemirror-1.js", "unrelated.js"):
        (tmp_path / name).write_text('import{e}from"./core-1.js";')
    assert assemble.modules_for_every_page(tmp_path) == ["core.js", "core-1.js", "error-1.js", "x-1.js"]
    assert sorted(assemble.modules_for_any_page(tmp_path)) == [
        "core-1.js", "core.js", "error-1.js", "toml-1.js", "x-1.js"]


# --- the code editor and its licences -----------------------------------------------------------------


@pytest.fixture
def esbuild():
    """The folder of npm packages and node's path, where the build has installed them."""
    modules = Path(__file__).parents[2] / "web/node_modules"
    if not (modules / "esbuild").exists():
        pytest.skip("the npm packages are not installed")
    return modules, commands.program("node", "the test")


def test_a_bundle_is_one_module_with_what_its_entry_exports(esbuild, tmp_path):
    (tmp_path / "entry.mjs").write_text('export { Text } from "@codemirror/state"; export { two } from "./part.mjs";')
    (tmp_path / "part.mjs").write_text("export const two = 2, unused = 'left out';")
    modules, node = esbuild
    bundle(node, modules, tmp_path / "made/one.mjs", tmp_path / "entry.mjs")
    text = (tmp_path / "made/one.mjs").read_text()
    assert not assemble.IMPORT.search(text) and "left out" not in text
    script = "const one = await import(process.argv[1]); console.log(Object.keys(one).sort(), one.Text.of(['a']).lines)"
    said = commands.run([node, "--input-type=module", "-e", script, (tmp_path / "made/one.mjs").as_uri()])
    assert said.split() == ["[", "'Text',", "'two'", "]", "1"]


def test_a_bundle_of_what_is_not_there_is_an_error(esbuild, tmp_path):
    (tmp_path / "entry.mjs").write_text('export { a } from "no-such-package";')
    with pytest.raises(BuildError, match="no-such-package"):
        bundle(esbuild[1], esbuild[0], tmp_path / "one.mjs", tmp_path / "entry.mjs")


def test_each_npm_package_is_told_in_the_licences_of_its_product(tmp_path):
    for name in ("@pyscript/core", "basic-devtools", "uplot", "esbuild", "@esbuild/linux-x64", "@codemirror/view",
                 "@lezer/python", "style-mod"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "package.json").write_text(json.dumps({"name": name, "version": "1", "license": "MIT"}))
        (tmp_path / name / "LICENSE").write_text(f"as {name} says")
    assert [path.name for path in licences.pyscript_packages(tmp_path)] == ["core", "basic-devtools"]
    assert [path.name for path in licences.codemirror_packages(tmp_path)] == ["view", "python", "style-mod"]
    assert licences.npm_licence(tmp_path / "uplot").startswith("uplot 1 (MIT)\n=============\n\nas uplot says")


# --- the engine's archive ------------------------------------------------------------------------------


def test_the_engine_is_gathered_with_all_that_it_imports(tmp_path):
    files = {"engine/__init__.py": "", "engine/run.py": "import numpy\nfrom engine import step\nimport spec",
             "engine/step.py": "from words.long import title", "words/__init__.py": "", "words/long.py": "",
             "words/short.py": "", "spec.py": "import kinds", "kinds.py": "", "main.py": "import spec"}
    for name, text in files.items():
        (tmp_path / "page" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "page" / name).write_text(text)
    (tmp_path / "made.wasm").write_bytes(GOOD)
    engine.gather(tmp_path / "page", tmp_path / "made.wasm", tmp_path / "engine.zip")
    with zipfile.ZipFile(tmp_path / "engine.zip") as archive:
        assert archive.namelist() == ["engine/__init__.py", "engine/run.py", "engine/step.py", "kinds.py", "spec.py",
                                      "words/__init__.py", "words/long.py", engine.KERNEL]
        assert archive.read(engine.KERNEL) == GOOD and archive.read("spec.py") == b"import kinds"


# --- checking ------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path):
    """A small site with nothing wrong."""
    files = {
        "index.html": '<img src="./icon.svg"><script src="./main.py" config="./main.json"></script>',
        "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "main.py": "print('hello')",
        "main.json": json.dumps({"interpreter": "./engine/engine.mjs",
                                 "files": {"./ui/view.py": "ui/view.py"}}),
        "worker.json": json.dumps({"packages": ["nncore"]}),
        "ui/view.py": "",
        "engine/engine.mjs": "import './part.mjs'",
        "engine/part.mjs": "",
        "pyscript/core.js": "fetch('https://example.org/third-party-code-may-name-hosts')",
        "pyodide/nncore.whl": "wheel",
        "pyodide/pyodide-lock.json": json.dumps({"packages": {
            "nncore": {"file_name": "nncore.whl", "sha256": hashlib.sha256(b"wheel").hexdigest()}}}),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_sound_site_has_no_problems(site):
    assert check.problems(site) == []


@pytest.mark.parametrize("missing", ["icon.svg", "main.py", "main.json", "ui/view.py", "engine/engine.mjs",
                                     "engine/part.mjs"])
def test_a_missing_file_is_named(site, missing):
    (site / missing).unlink()
    problems = check.problems(site)
    assert len(problems) == 1
    assert missing.rpartition("/")[2] in problems[0]


@pytest.mark.parametrize(("file", "text"), [
    ("main.py", "fetch('https://example.org/data.json')"),
    ("style.css", "@import url(//example.org/style.css);"),
    ("index.html", '<script src="https://example.org/x.js"></script><!-- preload -->'),
    ("extra.js", "const socket = new WebSocket('wss://example.org/')"),
])
def test_another_host_is_named(site, file, text):
    (site / file).write_text(text)
    problems = check.foreign_hosts(site)
    assert len(problems) == 1
    assert file in problems[0] and "example.org" in problems[0]


@pytest.mark.parametrize("reference", ["/main.py", "../outside.py"])
def test_a_reference_out_of_the_site_is_named(site, reference):
    (site.parent / "outside.py").write_text("")
    (site / "index.html").write_text(f'<script src="{reference}"></script>')
    problems = check.problems(site)
    assert len(problems) == 1
    assert f"refers to {reference}, which lies outside the site" in problems[0]


def test_a_wheel_that_differs_from_the_lock_file_is_named(site):
    (site / "pyodide/nncore.whl").write_text("another wheel")
    assert hashlib.sha256(b"another wheel").hexdigest() in check.problems(site)[0]


def test_a_package_that_the_lock_file_lacks_is_named(site):
    (site / "worker.json").write_text(json.dumps({"packages": ["nncore", "pandas"]}))
    assert check.problems(site) == ["worker.json asks for the package pandas; the lock file has nncore"]


# --- serving -------------------------------------------------------------------------------------------


def fetch(address):
    """Returns status, media type and body of an address, whatever the status."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)  # against a hang
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(("name", "media_type"), [
    ("a.mjs", "text/javascript"), ("a.js", "text/javascript"), ("a.wasm", "application/wasm"),
    ("a.json", "application/json"), ("a.css", "text/css"), ("a.svg", "image/svg+xml"),
    ("a.zip", "application/zip"), ("a.whl", "application/zip"), ("a.py", "text/x-python; charset=utf-8"),
    ("a.html", "text/html; charset=utf-8"),
])
def test_files_have_their_media_types(tmp_path, name, media_type):
    (tmp_path / name).write_bytes(GOOD)
    with server.serve(tmp_path) as address:
        status, headers, body = fetch(address + name)
    assert (status, headers["Content-Type"], body) == (200, media_type, GOOD)
    assert headers["Cache-Control"] == "no-cache"


def test_a_folder_is_served_from_a_sub_path_and_nowhere_else(tmp_path):
    (tmp_path / "index.html").write_text("the page")
    (tmp_path / "ui").mkdir()
    with server.serve(tmp_path, prefix="/some/sub/path/") as address:
        assert address.endswith("/some/sub/path/")
        with urlopen(address, timeout=30) as answer:  # against a hang
            assert answer.read() == b"the page"
        root = address.removesuffix("some/sub/path/")
        assert [fetch(root + path)[0] for path in ("", "index.html", "some/sub/index.html")] == [404] * 3
        assert fetch(address + "ui/")[0] == 404  # no listing
        assert fetch(address + "ui")[1]["Location"] == "/some/sub/path/ui/"


def test_a_prefix_must_begin_and_end_with_a_slash(tmp_path):
    with pytest.raises(ValueError, match='the prefix is \'/sub\'; it must begin and end with "/"'):
        server.open_server(tmp_path, prefix="/sub")


def test_a_taken_port_gives_way_to_the_next(tmp_path):
    with server.open_server(tmp_path) as first:
        port = first.server_address[1]
        with server.open_server(tmp_path, port, tries=20) as second:
            assert port < second.server_address[1] < port + 20
        with pytest.raises(OSError, match=f"port {port} of 127.0.0.1 is taken"):
            server.open_server(tmp_path, port)


# --- other programs ------------------------------------------------------------------------------------


def test_a_missing_program_is_named_with_what_it_is_for():
    with pytest.raises(BuildError, match="no-such-program was not found on PATH; it is needed for the test"):
        commands.program("no-such-program", "the test")


def test_a_failing_program_is_shown_with_its_output():
    with pytest.raises(BuildError, match="(?s)ended with exit code 3:.*what went wrong"):
        commands.run([sys.executable, "-c", "import sys; print('what went wrong'); sys.exit(3)"])


def test_ways_to_a_browser_are_tried_in_order_and_each_failure_is_named(tmp_path):
    def missing():
        raise BuildError("none on PATH")

    assert browser.first_that_works([("installed", missing), ("downloaded", lambda: tmp_path)]) == tmp_path
    with pytest.raises(BuildError, match="(?s)installed: none.*package: none.*NNCORE_BROWSER"):
        browser.first_that_works([("installed", missing), ("package", missing)])
