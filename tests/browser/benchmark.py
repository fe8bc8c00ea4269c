"""Measures the built page in the browser and reports; nothing here asserts on a clock.

    python3 build.py test tests/browser/benchmark.py -s

Start-up is counted from navigation in a browser without any memory of the page. Training and the hand-written
loop take turns in one browser, so that a busy machine slows both; ratios are what to compare.
"""
from pathlib import Path
from statistics import median

NETWORK = "#v=1&data=digits&layers=64-relu&opt=sgd&lr=0.1&batch=32"
ROUNDS, SECONDS = 5, 3
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const now = performance.now(), root = document.documentElement;
  if (root?.dataset.page === 'alive') seen.alive ??= now;
  if (document.getElementById('status')?.dataset.state === 'ready') seen.ready ??= now;
  if (Number(document.getElementById('updates')?.textContent) > 0) seen.update ??= now;
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""
FRAMES = """() => {
  window.gaps = []; let last = performance.now();
  const frame = (now) => { gaps.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""
PAUSE = """() => new Promise((done) => {
  const start = performance.now(), status = document.getElementById('status');
  new MutationObserver(() => { if (status.dataset.state === 'paused') done(performance.now() - start); })
    .observe(status, { attributes: true });
  document.getElementById('play').click();
})"""
YARDSTICK = """async (code) => {
  const { loadPyodide } = await import(new URL('pyodide.mjs', location.href));
  window.python = await loadPyodide({ indexURL: new URL('.', location.href).href });
  await python.loadPackage('numpy');
  python.runPython(code);
}"""


def line(name, values, unit, digits=2):
    print(f"  {name:<46} {median(values):>10,.{digits}f} {unit}   ({min(values):,.{digits}f} to {max(values):,.{digits}f})")


def test_start_up(browser, address):
    """From navigation to a living page, a ready engine and the first gradient step, play being pressed at once."""
    seen = {"alive": [], "ready": [], "update": []}
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address + NETWORK)
        page.wait_for_selector("html[data-page=alive]")
        page.click("#play")
        page.wait_for_selector("#status[data-state=training]", timeout=60_000)
        page.wait_for_timeout(500)  # the first update is noted by the page itself
        for name, times in page.evaluate("seen").items():
            seen[name].append(times / 1000)
        context.close()
    print("\nStart-up, cold, from navigation:")
    line("page alive", seen["alive"], "s")
    if seen["ready"]:
        line("engine ready", seen["ready"], "s")
    line("first gradient step", seen["update"], "s")
    assert len(seen["update"]) == ROUNDS


def test_training_throughput(browser, address):
    """Rows a second of 64-64-10, batch 32, SGD, with everything drawn, beside the hand-written NumPy loop."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page, other = context.new_page(), context.new_page()
    other.goto(address + "pyodide/pyodide-lock.json")  # a page of the same origin without a content policy
    other.evaluate(YARDSTICK, (Path(__file__).parent / "handwritten.py").read_text())
    page.bring_to_front()
    page.goto(address + NETWORK)
    page.wait_for_selector("#status[data-state=ready]", timeout=60_000)
    page.evaluate(FRAMES)
    rows_an_update = 1078 / 34
    trained, by_hand, pauses = [], [], []

    def updates():
        return page.evaluate("[performance.now(), Number(document.getElementById('updates').textContent)]")

    for _ in range(ROUNDS):
        page.bring_to_front()
        page.click("#play")
        page.wait_for_timeout(1000)
        (start, before), _, (end, after) = updates(), page.wait_for_timeout(SECONDS * 1000), updates()
        trained.append((after - before) * rows_an_update / (end - start) * 1000)
        pauses.append(page.evaluate(PAUSE))
        by_hand.append(other.evaluate(f"python.runPython('rows_per_second({SECONDS})')"))
    gaps = sorted(page.evaluate("gaps"))
    context.close()
    print("\nTraining 64-64-10, batch 32, SGD, in the browser, everything drawn and evaluated:")
    line("nncore in the page", trained, "rows/s", 0)
    line("hand-written NumPy, nothing drawn", by_hand, "rows/s", 0)
    line("ratio", [ours / theirs for ours, theirs in zip(trained, by_hand)], "×")
    line("pause takes effect within", pauses, "ms", 0)
    print(f"  gap between animation frames, 95th percentile  {gaps[int(0.95 * len(gaps))]:>10.1f} ms")
    assert min(trained) > 0


def test_the_page_stays_free(browser, address):
    """Gaps between animation frames over 10 s of training at full speed with all pictures on view, and pausing."""
    print("\nThe main thread while training at full speed, all pictures on view:")
    for name, link in (("spiral", ""), ("digits 64-64-10", NETWORK), ("autoencoder", "#task=reconstruct")):
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        page = context.new_page()
        page.goto(address + link)
        page.wait_for_selector("#status[data-state=ready]", timeout=60_000)
        page.click("#play")
        page.wait_for_timeout(4000)  # past the gentle start of a run on a map
        page.evaluate(FRAMES)
        page.wait_for_timeout(10_000)
        gaps = sorted(page.evaluate("gaps"))
        pause = page.evaluate(PAUSE)
        print(f"  {name:<18} frame gap 95th percentile {gaps[int(0.95 * len(gaps))]:5.1f} ms, longest {gaps[-1]:5.1f} ms; "
              f"pause within {pause:3.0f} ms")
        context.close()
        assert len(gaps) > 10
