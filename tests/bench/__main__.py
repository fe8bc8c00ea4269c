"""The benchmark: `python3 build.py bench`, which installs what it needs and calls this.

Every engine of contestants.py trains the workloads of workloads.py in one browser session, native ones in
between; then the built page is visited. Progress goes to stderr, the result as Markdown to stdout; nothing is
asserted on a clock.
"""

import argparse
import sys
from pathlib import Path

from tests.browser.launch import open_browser
from web.bundle.server import serve

from . import contestants, lab, long_runs, rounds, site, table, wide_layers
from .in_browser import BrowserSession, open_page
from .native import NativeSession
from .workloads import WORKLOADS

ROOT = Path(__file__).parents[2]
LEFT_OUT = {
    "peers": "the peers from npm, which `build.py bench` installs",
    "playground": "TensorFlow Playground's engine, which is not on npm (`--playground` takes its src/nn.ts; "
                  "neurons and links as objects stand in for it)",
    "torch": "PyTorch (`--torch` installs it)",
}


def main(arguments):
    """Measure what the arguments say and print it."""
    options = parse(arguments)
    if options.long:
        with open_browser() as browser:
            lengths = long_runs.QUICK if options.quick else (long_runs.MINUTE, long_runs.WATCHED)
            found = long_runs.measure(browser, options.built, options.minutes, say, lengths)
            print("\n".join(long_runs.table(found)), flush=True)
        return
    if options.wide_layers:
        for built in options.built:
            with serve(built) as address, open_browser() as browser:
                found = wide_layers.measure(browser, address, options, say)
            print("\n".join(wide_layers.table(built, found, options.limit)), flush=True)
        return
    present = {"peers": options.peers, "playground": options.playground, "torch": options.torch_python}
    chosen = [c for c in contestants.CONTESTANTS if c.needs is None or present[c.needs]]
    left_out = [LEFT_OUT[need] for need, there in present.items() if not there]
    site.assemble(ROOT / "dist", options.site, options.peers, options.playground)
    with serve(options.site) as address, open_browser() as browser:
        results = {name: measure(browser, address, WORKLOADS[name], chosen, options)
                   for name in options.workloads}
        legend = table.legend(results, chosen, browser.version, options.rounds, options.seconds, left_out)
        print("\n".join([*table.lines(results, chosen), *legend]), flush=True)
        if not options.engines_only:
            print("\n".join(["", *visit(browser, address, options)]))


def parse(arguments):
    """Read the command line; `--quick` asks for few and short rounds, to see that everything works."""
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--workloads", nargs="+", choices=list(WORKLOADS), default=list(WORKLOADS))
    parser.add_argument("--engines-only", action="store_true")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--playground", type=Path)
    parser.add_argument("--torch-python", type=Path)
    parser.add_argument("--sources", type=Path, nargs="+", help="the archives of dist/pyodide as they were not yet compiled")
    parser.add_argument("--long", action="store_true", help="long runs of the built page instead of all else")
    parser.add_argument("--minutes", type=int, help="of each long run, else 30")
    parser.add_argument("--wide-layers", action="store_true", help="how the built page bears wide layers, and nothing else")
    parser.add_argument("--built", type=Path, nargs="+", default=[ROOT / "dist"],
                        help="the built folders whose pages are measured, in turn")
    parser.add_argument("--widths", type=int, nargs="+", default=wide_layers.WIDTHS)
    parser.add_argument("--depths", type=int, nargs="+", default=wide_layers.DEPTHS)
    parser.add_argument("--limit", type=int, default=60, help="seconds that the page is waited for")
    options = parser.parse_args(arguments)
    if not (options.long or options.wide_layers or options.site):
        parser.error("--site is needed, a folder for what is served: `build.py bench` names it")
    options.rounds = options.rounds or (2 if options.quick else 8)
    options.minutes = options.minutes or (2 if options.quick else 30)
    options.seconds = options.seconds or (0.1 if options.quick else 1.0)
    return options


def measure(browser, address, workload, chosen, options):
    """Return {key: Result} for one workload, with fresh engines that have seen no other."""
    page, sessions = open_page(browser, address), {}
    try:
        for contestant in chosen:
            if workload.name in contestant.workloads:
                say(f"  {workload.name}, opening {contestant.key}")
                sessions[contestant.key] = open_session(contestant, workload, page, options)
        return rounds.measure(workload, sessions, options.rounds, options.seconds, say)
    finally:
        for session in sessions.values():
            session.close()
        page.close()


def open_session(contestant, workload, page, options):
    """Return an engine where it runs: a worker of the page or a process."""
    if contestant.place == contestants.IN_BROWSER:
        return BrowserSession(contestant, workload, page)
    python = options.torch_python if contestant.needs == "torch" else sys.executable
    return NativeSession(contestant, workload, python)


def visit(browser, address, options):
    """Return the Markdown lines about the built page."""
    lab_address = f"{address}lab/"
    say("  the page: start-up")
    sites = {"": (lab_address, 2)}
    if options.sources:
        site.with_sources(options.site / "lab", options.sources, options.site / "uncompiled")
        sites["not compiled, "] = (f"{address}uncompiled/", 1)
    seen = lab.start_up(browser, sites, 1 if options.quick else 5)
    say("  the page: training")
    page = open_page(browser, address)
    bare = BrowserSession(contestants.CONTESTANTS[0], WORKLOADS["W3"], page)
    pairs = lab.throughput(browser, lab_address, bare, WORKLOADS["W3"].rows, 1 if options.quick else 5, 3)
    page.close()
    say("  the page: frames")
    gaps = lab.frames(browser, lab_address, 2 if options.quick else 10)
    return lab.table(seen, pairs, gaps, lab.windows(browser, lab_address, 2 if options.quick else 6))


def say(line):
    """Tell how far it is, beside the result."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
