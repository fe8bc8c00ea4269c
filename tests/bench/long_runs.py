"""What a long run costs the page: memory, elements, frames and the wait for a pause, minute by minute.

A run is only as good after half an hour as in its first minute where none of these grows. Built folders are visited
in turn, so that two of them see the same machine.
"""

import os
import time
from pathlib import Path

from web.bundle.server import serve

VIEWS = (
    ("the default spiral", "#v=1"),
    ("the smallest circle", "#v=1&data=circle&points=30&layers=2-tanh&batch=2000"),
    ("an autoencoder", "#v=1&task=reconstruct"),
)
SIZE = {"width": 1440, "height": 1000}
READY_WITHIN = 60_000  # ms, against a hang
PAUSED_WITHIN = 30_000  # ms: a page that has become slow takes long, and that is what is measured
MINUTE, WATCHED = 60, 10  # seconds of each minute, and those at its end in which frames are counted
QUICK = 9, 3  # the same where it only matters that everything works
MEGABYTE = 1e6

# Python's memory on the page and in the worker is a WebAssembly.Memory, which nothing else tells the size of.
NOTE_MEMORIES = """() => {
  const Memory = WebAssembly.Memory, found = globalThis.benchMemories = new Set();
  WebAssembly.Memory = class extends Memory { constructor(...how) { super(...how); found.add(this); } };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...what) => {
      const result = await original.apply(WebAssembly, what);
      for (const part of Object.values((result.instance ?? result).exports)) if (part instanceof Memory) found.add(part);
      return result;
    };
  }
}"""
SUM_MEMORIES = "[...benchMemories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)"
# Each frame of a run at full speed brings another number of updates.
COUNT_FRAMES = """(seconds) => new Promise((done) => {
  let frames = 0;
  const watch = new MutationObserver(() => { frames += 1; });
  watch.observe(document.getElementById('updates'), { childList: true, characterData: true, subtree: true });
  setTimeout(() => { watch.disconnect(); done(frames / seconds); }, 1000 * seconds);
})"""
PAUSE = """() => new Promise((done) => {
  const start = performance.now(), status = document.getElementById('status');
  const look = () => { if (status.dataset.state === 'paused') { watch.disconnect(); done(performance.now() - start); } };
  const watch = new MutationObserver(look);
  watch.observe(status, { attributes: true });
  document.getElementById('play').click();
})"""


def measure(browser, folders, minutes, say, lengths=(MINUTE, WATCHED)):
    """Return {view: {folder: what `run` returns}}."""
    found = {}
    for name, link in VIEWS:
        found[name] = {}
        for folder in folders:
            say(f"  a long run: {name}, {folder}")
            with serve(folder) as address:
                found[name][folder] = run(browser, address + link, minutes, say, lengths)
    return found


def run(browser, address, minutes, say, lengths=(MINUTE, WATCHED)):
    """Return what a run costs, minute by minute, as dicts of what `table` prints: sizes in MB, the pause in ms."""
    length, watched = lengths
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.add_init_script(f"({NOTE_MEMORIES})()")
    with page.expect_worker(timeout=READY_WITHIN) as started:
        page.goto(address)
    worker = started.value
    worker.evaluate(NOTE_MEMORIES)  # before it loads Pyodide, which takes a second
    page.wait_for_selector("#status[data-state=ready]", timeout=READY_WITHIN)
    page.set_default_timeout(PAUSED_WITHIN)
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable")
    devtools.send("HeapProfiler.enable")

    processes = browser.new_browser_cdp_session()
    rows, begun = [], time.monotonic()
    for minute in range(1, minutes + 1):
        page.click("#play")
        page.wait_for_selector("#status[data-state=training]")
        page.wait_for_timeout(max(0, 1000 * (begun + length * minute - watched - time.monotonic())))
        frames = page.evaluate(COUNT_FRAMES, watched)
        pause = page.evaluate(PAUSE)
        rows.append({"minute": minute, "frames": frames, "pause": pause, **_sizes(page, worker, devtools),
                     "all": _resident(processes)})
        say(f"    {rows[-1]}")
    processes.detach()
    context.close()
    return rows


def _sizes(page, worker, devtools):
    """Return what the paused page and its worker hold, once garbage is gone."""
    devtools.send("HeapProfiler.collectGarbage")
    metrics = {entry["name"]: entry["value"] for entry in devtools.send("Performance.getMetrics")["metrics"]}
    return {
        "epoch": page.inner_text("#epoch"),
        "worker": worker.evaluate(SUM_MEMORIES) / MEGABYTE,
        "python": page.evaluate(SUM_MEMORIES) / MEGABYTE,
        "heap": metrics["JSHeapUsedSize"] / MEGABYTE,
        "nodes": int(metrics["Nodes"]),
        "listeners": int(metrics["JSEventListeners"]),
    }


def _resident(processes):
    """Return the resident memory of the browser's pages and workers in MB; NaN where a system does not tell."""
    if not os.path.exists("/proc/self/statm"):
        return float("nan")
    found = processes.send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [Path(f"/proc/{entry['id']}/statm").read_text().split() for entry in found if entry["type"] == "renderer"]
    return sum(int(fields[1]) for fields in pages) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def table(found):
    """Return the Markdown lines that tell all of it, a table for each view."""
    lines = []
    for view, folders in found.items():
        lines += [f"**{view}**", "",
                  "| built | minute | epoch | frames a second | pause within | worker | page's Python | page's JavaScript "
                  "| processes | DOM nodes | listeners |",
                  "|---" * 11 + "|"]
        lines += [_line(folder, row) for folder, rows in folders.items() for row in rows]
        lines.append("")
    return lines


def _line(folder, row):
    return ("| {folder} | {minute} | {epoch} | {frames:.1f} | {pause:.0f} ms | {worker:.1f} MB | {python:.1f} MB "
            "| {heap:.1f} MB | {all:.0f} MB | {nodes} | {listeners} |").format(folder=_name(folder), **row)


def _name(folder):
    """Return a folder's name behind that of the folder around it: most are called dist."""
    folder = Path(folder).resolve()
    return f"{folder.parent.name}/{folder.name}"
