#!/usr/bin/env python3
"""Builds nncore lab into dist/, serves it and runs its tests; needs Python 3.11 or newer, and Node with npm.

    python3 build.py                    build dist/, a folder that any static host can serve
    python3 build.py --address URL      … that tells chats and social networks what to show of its link
    python3 build.py serve [--open]     build, then serve it on this machine and print the address
    python3 build.py serve --host       … to the room: print the addresses to type on other machines
    python3 build.py test [pytest …]    build, get a browser, run every test or those that pytest is told
    python3 build.py test --wide        … and beside them those that take long or need other browsers
    python3 build.py bench [--quick]    build, get a browser and other engines, measure them beside ours
    python3 build.py bench --long       build, get a browser, measure what half an hour of training costs the page

Standard library only. What it installs and makes stays in .cache/, web/node_modules/ and dist/; what has not
changed since the last run is kept.
"""

import argparse
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("nncore lab is built with Python 3.11 or newer, but this is Python {}.{} ({}). "
             "Run build.py with a newer one.".format(*sys.version_info[:2], sys.executable))

import tomllib
import webbrowser

from web.bundle import assemble, browser, check, engine, esbuild, icons, kernel, licences, numpy_wheel, room, server, sharing
from web.bundle.commands import BuildError, program, run
from web.bundle.stamps import step
from web.bundle.turn import turn

ROOT = Path(__file__).resolve().parent
LIBRARY = ROOT / "nncore"
WEB = ROOT / "web"
BUNDLE = WEB / "bundle"
DIST = ROOT / "dist"

CACHE = ROOT / ".cache"
STAMPS = CACHE / "stamps"
VENV = CACHE / "venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DATA_SETS = CACHE / "data-sets"
DOWNLOADS = CACHE / "downloads"
WHEELS = CACHE / "wheels"
PACKAGE_SET = CACHE / "package-set"
LICENCES = CACHE / "licences"
ICONS = CACHE / "icons"
CODEMIRROR = CACHE / "codemirror/codemirror.js"
KERNEL = CACHE / "kernel/kernel.wasm"
ENGINE = CACHE / "engine/engine.zip"

MODULES = WEB / "node_modules"
PYODIDE = MODULES / "pyodide"

SHOWN_SOURCE = "layers.py"  # of the library: the page shows it, and its wheel holds bytecode only

OLDEST_NODE = 20
FIRST_PORT = 8000
PORTS_TRIED = 20
HOW_MANY = ("-n", "--numprocesses", "--dist", "--pdb", "--trace")  # of pytest's arguments: a debugger follows one test


def main(arguments: list[str]) -> int:
    """Carries out one command; returns the exit code."""
    try:
        options, rest = parse(arguments)
        with turn(CACHE / "turn"):
            archives = build(options.numpy_wheel, options.address)
            chosen_browser = get_test_tools() if options.command in ("test", "bench") else None
            rivals = options.command == "bench" and not (options.long or options.wide_layers)
            bench_arguments = get_rivals(options, archives) if rivals else []
        if options.command == "serve":
            return serve(options.port, options.host, options.open)
        if options.command == "test":
            if options.wide:
                get_wide_tools()
            return test(chosen_browser, rest, options.wide)
        if options.command == "bench":
            chosen = [name for name, wanted in (("--long", options.long), ("--wide-layers", options.wide_layers)) if wanted]
            return bench(chosen_browser, [*bench_arguments, *chosen, *rest])
        return 0
    except (BuildError, OSError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Reads the command line; what `test` and `bench` do not know themselves goes on to pytest and tests/bench."""
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numpy-wheel", metavar="PATH", default=os.environ.get("NNCORE_NUMPY_WHEEL"),
                        help="NumPy's wheel for Pyodide, where it cannot be downloaded "
                             "(or the environment variable NNCORE_NUMPY_WHEEL)")
    parser.add_argument("--address", metavar="URL", default=os.environ.get("NNCORE_ADDRESS"),
                        help="where dist/ will stand, for the preview that chats and social networks show of its link; "
                             "without it none is written (or the environment variable NNCORE_ADDRESS)")
    commands = parser.add_subparsers(dest="command", metavar="command")
    serving = commands.add_parser("serve", help="build, then serve dist/ on this machine")
    serving.add_argument("--open", action="store_true", help="open the page in the browser")
    serving.add_argument("--port", type=port_number, help=f"the port; else the first free one from {FIRST_PORT}")
    serving.add_argument("--host", metavar="ADDRESS", nargs="?", default=server.HOST, const=server.EVERYWHERE,
                         help="let other machines of the network in, at all addresses of this one or at the one given; "
                              f"without this option it listens at {server.HOST} alone")
    testing = commands.add_parser("test", help="build, then run the tests; further arguments go to pytest", add_help=False)
    testing.add_argument("--wide", action="store_true", help="the tests that take long or need other browsers, too")
    benching = commands.add_parser("bench", help="build, then measure other engines beside ours; further arguments "
                                                 "(--quick, --rounds N, --workloads W1 …) go to tests/bench")
    benching.add_argument("--long", action="store_true",
                          help="measure long runs of the built page instead (--minutes 30, --built DIST …)")
    benching.add_argument("--wide-layers", action="store_true",
                          help="measure how the built page bears wide layers instead (--built DIST …, --limit SECONDS)")
    benching.add_argument("--torch", action="store_true", help="PyTorch too: on Linux a download of 3 GB")
    benching.add_argument("--playground", metavar="PATH",
                          help="TensorFlow Playground's src/nn.ts, which is not on npm")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in ("test", "bench"):
        parser.error(f"unknown arguments: {' '.join(rest)}")
    options.address = sharing.deployed_at(options.address) if options.address else None
    options.numpy_wheel = options.numpy_wheel and Path(options.numpy_wheel).resolve()
    return options, rest


def port_number(text: str) -> int:
    """Reads the number of a port; raises ArgumentTypeError, which argparse tells, where it is none."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, but this is {text!r}")
    return int(text)


# ---------------------------------------------------------------------------------------------- building


def build(numpy_wheel_by_hand: Path | None, address: str | None) -> list[Path]:
    """Makes dist/, step by step; each step is kept while what it reads has not changed.

    Returns the Python archives from which it made those of the package set.
    """
    project = read_project()
    node, npm = find_node()
    print("Building dist/", flush=True)
    make_environment(project["dependency-groups"]["build"] + project["build-system"]["requires"])
    install_npm_packages(npm)
    write_data_sets()
    wheel = build_nncore_wheel(project["project"])
    numpy = get_numpy_wheel(numpy_wheel_by_hand, project["dependency-groups"]["numpy-wheel-carrier"])
    compile_kernel(node)
    archives = [PYODIDE / "python_stdlib.zip", numpy, wheel, gather_engine()]
    package_set = [compile_to_bytecode(node, archive) for archive in archives]
    package_set.append(lock(wheel, *package_set[1:]))
    bundle_editor(node)
    draw_icons(node)
    gather_licences(numpy)
    assemble_site(node, package_set, address)
    return archives


def read_project() -> dict:
    """Reads pyproject.toml, where the versions of all Python packages stand."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def find_node() -> tuple[str, str]:
    """Returns the paths of node and npm; raises BuildError when one is missing or too old."""
    purpose = "PyScript, MicroPython, Pyodide, uPlot, CodeMirror, AssemblyScript and resvg, which come from npm"
    node, npm = program("node", purpose), program("npm", purpose)
    version = run([node, "--version"]).strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise BuildError(f"Pyodide and AssemblyScript need Node {OLDEST_NODE} or newer, but {node} is {version}.")
    return node, npm


def make_environment(requirements: list[str]) -> None:
    """Makes the virtual environment and installs what the build needs into it."""
    step(STAMPS, "Python environment", [sys.version, sys.base_prefix], [VENV / "pyvenv.cfg"], create_venv)
    install("Python packages of the build", requirements)


def create_venv() -> None:
    """Makes an empty virtual environment with pip; what was installed in an older one counts no more."""
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run([sys.executable, "-m", "venv", VENV])
    except BuildError as error:
        raise BuildError(f"{error}\nPython could not make a virtual environment. On Debian and Ubuntu: "
                         "apt-get install python3-venv") from error


def install(title: str, requirements: list[str]) -> None:
    """Installs Python packages into the virtual environment, ready-built ones only."""
    def pip_install() -> None:
        run([PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--only-binary=:all:",
             *requirements])

    step(STAMPS, title, [sys.version, *requirements], [VENV / "pyvenv.cfg"], pip_install)


def install_npm_packages(npm: str) -> None:
    """Installs exactly what web/package-lock.json names; no package runs a script of its own."""
    step(STAMPS, "npm packages", [WEB / "package.json", WEB / "package-lock.json"],
         [MODULES / ".package-lock.json", PYODIDE],
         lambda: run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder=WEB))


def write_data_sets() -> None:
    """Takes the real data sets out of scikit-learn."""
    def write() -> None:
        shutil.rmtree(DATA_SETS, ignore_errors=True)
        run([PYTHON, BUNDLE / "datasets.py", DATA_SETS])

    inputs = [LIBRARY / "data", BUNDLE / "datasets.py", ROOT / "pyproject.toml"]
    step(STAMPS, "data sets", inputs, [DATA_SETS], write)


def build_nncore_wheel(project: dict) -> Path:
    """Builds the library's wheel from a copy of it to which the data sets are added; returns its path."""
    wheel = WHEELS / f"{project['name']}-{project['version']}-py3-none-any.whl"
    sources = [LIBRARY, ROOT / "pyproject.toml", ROOT / "LICENSE"]
    staged = CACHE / "nncore-source"

    def make() -> None:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.copytree(LIBRARY, staged / "nncore", ignore=shutil.ignore_patterns("__pycache__", "sets"))
        shutil.copytree(DATA_SETS, staged / "nncore/data/sets")
        assemble.copy_files(ROOT, ["pyproject.toml", "LICENSE"], staged)
        shutil.rmtree(WHEELS, ignore_errors=True)
        run([PYTHON, "-m", "pip", "wheel", "--disable-pip-version-check", "--no-deps", "--no-build-isolation",
             "--wheel-dir", WHEELS, staged], environment={"SOURCE_DATE_EPOCH": "315532800"})

    step(STAMPS, "nncore wheel", [*sources, DATA_SETS], [wheel], make)
    return wheel


def get_numpy_wheel(by_hand: Path | None, carrier: list[str]) -> Path:
    """Gets NumPy's wheel for Pyodide from wherever its bytes are; returns its path."""
    wheel = numpy_wheel.wanted(PYODIDE)
    target = DOWNLOADS / wheel.file_name
    failures: list[str] = []

    def get() -> None:
        places = numpy_wheel.sources(wheel, target, by_hand, carrier[0], PYTHON)
        failures.extend(numpy_wheel.obtain(wheel, places, target))

    step(STAMPS, "NumPy for WebAssembly", [wheel.sha256, str(by_hand)], [target], get)
    for failure in failures:
        print(f"    not from {failure}")
    return target


def compile_to_bytecode(node: str, archive: Path) -> Path:
    """Turns the modules of a zip archive or wheel into bytecode; returns the path of the result."""
    compiled = PACKAGE_SET / archive.name
    PACKAGE_SET.mkdir(parents=True, exist_ok=True)
    step(STAMPS, f"bytecode of {archive.name.split('-')[0]}",
         [archive, BUNDLE / "bytecode.py", BUNDLE / "bytecode.mjs", WEB / "package-lock.json"], [compiled],
         lambda: run([node, BUNDLE / "bytecode.mjs", PYODIDE, archive, compiled]))
    return compiled


def lock(nncore_source: Path, numpy: Path, nncore: Path, engine: Path) -> Path:
    """Writes the lock file of our Pyodide package set; returns its path."""
    target, original = PACKAGE_SET / "pyodide-lock.json", PYODIDE / "pyodide-lock.json"
    files = [original, nncore_source, numpy, nncore, engine]
    step(STAMPS, "package lock", [*files, BUNDLE / "lock.py"], [target],
         lambda: run([PYTHON, BUNDLE / "lock.py", *files, target]))
    return target


def bundle_editor(node: str) -> None:
    """Makes one module of the code editor."""
    step(STAMPS, "code editor", [BUNDLE / "codemirror.mjs", BUNDLE / "esbuild.mjs", WEB / "package-lock.json"],
         [CODEMIRROR], lambda: esbuild.bundle(node, MODULES, CODEMIRROR))


def compile_kernel(node: str) -> None:
    """Compiles the SIMD kernel."""
    step(STAMPS, "SIMD kernel", [WEB / "kernel", BUNDLE / "kernel.py", WEB / "package-lock.json"], [KERNEL],
         lambda: kernel.build(node, MODULES, WEB / "kernel", KERNEL))


def gather_engine() -> Path:
    """Gathers what the engine's workers run; returns the path of the archive."""
    step(STAMPS, "engine", [WEB / "page", KERNEL, BUNDLE / "engine.py"], [ENGINE],
         lambda: engine.gather(WEB / "page", KERNEL, ENGINE))
    return ENGINE


def draw_icons(node: str) -> None:
    """Draws the pictures that systems show of an installed page."""
    page = WEB / "page"
    inputs = [page / "icon.svg", page / "manifest.webmanifest", page / "index.html", BUNDLE / "icons.py", BUNDLE / "icons.mjs",
              WEB / "package-lock.json"]
    step(STAMPS, "icons", inputs, [ICONS], lambda: icons.draw(node, MODULES, page, ICONS))


def gather_licences(numpy: Path) -> None:
    """Gathers the licences of what others wrote."""
    def gather() -> None:
        asking = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site_packages = Path(run([PYTHON, "-c", asking]).strip())
        licences.gather(WEB / "licences", MODULES, numpy, site_packages, LICENCES)

    inputs = [WEB / "licences", BUNDLE / "licences.py", WEB / "package-lock.json", ROOT / "pyproject.toml",
              numpy]
    step(STAMPS, "licences", inputs, [LICENCES], gather)


def assemble_site(node: str, package_set: list[Path], address: str | None) -> None:
    """Puts dist/ together, to stand at that address if it is known, and checks it; raises BuildError naming all that is
    wrong with it."""
    page = WEB / "page"

    def make() -> None:
        assemble.assemble(node, PYTHON, page, MODULES, package_set, CODEMIRROR,
                          LIBRARY / SHOWN_SOURCE, ICONS, LICENCES, DIST, address)
        problems = "".join(f"\n  - {problem}" for problem in check.problems(DIST, address))
        if problems:
            raise BuildError(f"dist/ is not fit to be served:{problems}")

    made_by = [BUNDLE / name for name in ("assemble.py", "surface.py", "keeping.py", "sharing.py", "starting.py", "anywhere.py",
                                          "esbuild.py", "esbuild.mjs", "check.py")]
    inputs = [page, *package_set, CODEMIRROR, LIBRARY / SHOWN_SOURCE, ICONS, LICENCES, WEB / "package-lock.json", *made_by,
              f"address {address}"]
    if step(STAMPS, "dist", inputs, [DIST], make):
        total, first_visit = check.sizes(DIST)
        print(f"dist/ is {total / 1e6:.1f} MB; a first visit loads {first_visit / 1e6:.1f} MB")


# ---------------------------------------------------------------------------------------------- serving


def serve(port: int | None, host: str, open_page: bool) -> int:
    """Serves dist/ until Ctrl-C; prints the addresses."""
    try:
        # without the service worker: who builds shall see what was built, not what the browser kept
        site = server.open_server(DIST, port or FIRST_PORT, tries=1 if port else PORTS_TRIED, without=("sw.js",), host=host)
    except OSError as error:
        advice = ("Name a free port with --port." if error.errno == errno.EADDRINUSE else
                  "Leave the address after --host out to listen at all that this machine has.")
        raise BuildError(f"dist/ cannot be served: {error.strerror}. {advice}") from error
    with site:
        print(f"Serving dist/; Ctrl-C ends it.\n{room.announcement(site, host)}", flush=True)
        if open_page:
            webbrowser.open(server.address(site, host=server.HOST if host in server.WRITTEN_EVERYWHERE else host))
        try:
            site.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


# ---------------------------------------------------------------------------------------------- testing


def get_test_tools() -> Path:
    """Installs what the tests need; returns the path of the browser that they drive."""
    install("Python packages of the tests", read_project()["dependency-groups"]["test"])
    found = browser.obtain(PYTHON, CACHE / "browsers")
    print(f"Testing with {found}", flush=True)
    return found


def get_wide_tools() -> None:
    """Installs what the wide tests need beside that: the other browsers, as far as they can be had, and what drives them."""
    install("Python packages of the wide tests", read_project()["dependency-groups"]["wide"])
    for missing in browser.obtain_others(PYTHON, CACHE / "browsers", every="NNCORE_EVERY_BROWSER" in os.environ):
        print(f"Could not be had, which the tests tell too: {missing}", flush=True)


def test(chosen_browser: Path, arguments: list[str], wide: bool = False) -> int:
    """Runs pytest as its arguments say; returns its exit code."""
    environment = {**os.environ, "NNCORE_BROWSER": str(chosen_browser)}
    if wide:
        environment |= {"NNCORE_WIDE": "yes", "PLAYWRIGHT_BROWSERS_PATH": str(CACHE / "browsers")}
    return subprocess.call([PYTHON, "-m", "pytest", *two_at_a_time(arguments)], cwd=ROOT, env=environment)


def two_at_a_time(arguments: list[str]) -> list[str]:
    """Has pytest run two tests at a time, unless its arguments name files, say how many, or call a debugger."""
    named = any(not argument.startswith("-") and (ROOT / argument.split("::")[0]).exists() for argument in arguments)
    said = any(argument.startswith(HOW_MANY) for argument in arguments)
    return arguments if named or said else ["--numprocesses=2", "--dist=worksteal", *arguments]


# ---------------------------------------------------------------------------------------------- measuring


def get_rivals(options: argparse.Namespace, archives: list[Path]) -> list[str | Path]:
    """Installs the engines that ours is measured beside, away from all that is served; returns bench's arguments.

    `archives` are those with sources, as `build` returns them.
    """
    node, npm = find_node()
    folder, packages = CACHE / "bench", ROOT / "tests/bench"
    listed = ["package.json", "package-lock.json"]
    peers = folder / "peers/node_modules"

    def install_peers() -> None:
        assemble.copy_files(packages, listed, peers.parent)
        run([npm, "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"], folder=peers.parent)

    step(STAMPS, "engines to compare with", [packages / name for name in listed], [peers / ".package-lock.json"],
         install_peers)
    arguments = ["--site", folder / "site", "--peers", peers, "--sources", *archives]
    if options.playground:
        playground = folder / "playground.js"
        esbuild.bundle(node, MODULES, playground, Path(options.playground).resolve())
        arguments += ["--playground", playground]
    if options.torch:
        arguments += ["--torch-python", install_torch(folder / "torch")]
    return arguments


def install_torch(venv: Path) -> Path:
    """Installs PyTorch into a virtual environment of its own; returns the path of that one's Python."""
    groups = read_project()["dependency-groups"]
    requirements = [*groups["bench-torch"], *(item for item in groups["build"] if item.startswith("numpy"))]
    python = venv / PYTHON.relative_to(VENV)

    def install_into_it() -> None:
        shutil.rmtree(venv, ignore_errors=True)
        run([sys.executable, "-m", "venv", venv])
        run([python, "-m", "pip", "install", "--disable-pip-version-check", "--only-binary=:all:", *requirements])

    step(STAMPS, "PyTorch", [sys.version, *requirements], [venv / "pyvenv.cfg"], install_into_it)
    return python


def bench(chosen_browser: Path, arguments: list[str | Path]) -> int:
    """Runs the benchmark; returns its exit code."""
    return subprocess.call([PYTHON, "-m", "tests.bench", *arguments], cwd=ROOT,
                           env={**os.environ, "NNCORE_BROWSER": str(chosen_browser)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
