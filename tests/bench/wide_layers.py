"""How the built page bears wide layers: how soon it shows their first numbers, takes one batch and pauses, and whether
its main thread stays free while they train.
"""

from .lab import FRAMES, READY_WITHIN, SIZE

WIDTHS, DEPTHS = [256, 512, 1024], [1, 2, 4, 8]
DATA = {"spiral": "#v=1&data=spiral", "digits": "#v=1&data=digits&lr=0.001"}
TRAINS_FOR = 3000  # ms in which frames are counted
MEASURES = ["first numbers", "one batch", "pause", "frame p95"]
# Each waits for an element of the page to become what it must after something is done, and returns milliseconds, or
# null where that takes more than the limit.
WAIT = """
window.waitFor = (isSo, limit) => new Promise((done) => {
  const start = performance.now(), watch = new MutationObserver(look), late = setTimeout(() => end(null), limit);
  const end = (found) => { watch.disconnect(); clearTimeout(late); done(found); };
  function look() { if (isSo()) end(performance.now() - start); }
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
});
window.by = (id) => document.getElementById(id);
"""
OPEN = """([link, limit]) => {
  const before = by('train-loss').dataset.value;
  const found = waitFor(() => ![undefined, before].includes(by('train-loss').dataset.value), limit);
  location.hash = link;
  return found;
}"""
ONE_BATCH = """(limit) => {
  const found = waitFor(() => by('updates').textContent === '1', limit);
  by('step-batch').click();
  return found;
}"""
PLAY = """(limit) => {
  const found = waitFor(() => Number(by('updates').textContent) > 1, limit);
  by('play').click();
  return found;
}"""
PAUSE = """(limit) => {
  const found = waitFor(() => by('status').dataset.state === 'paused', limit);
  by('play').click();
  return found;
}"""


def measure(browser, address, options, say):
    """Return [(data, width, depth, {measure: milliseconds, None for more than the limit})]."""
    found = []
    for data in DATA:
        for width in options.widths:
            for depth in options.depths:
                cell = _cell(browser, address, _link(data, width, depth), options.limit * 1000)
                say(f"  {data}, {depth} × {width}: {', '.join(f'{name} {_time(cell[name], options.limit)}' for name in cell)}")
                found.append((data, width, depth, cell))
    return found


def _link(data, width, depth):
    return f"{DATA[data]}&layers={','.join([f'{width}-relu'] * depth)}"


def _cell(browser, address, link, limit):
    """Return what one network does in a page that has just opened with the default one; nothing after what took too
    long."""
    cell = dict.fromkeys(MEASURES)
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.set_default_timeout(limit + 30_000)
    page.goto(address)
    page.wait_for_selector("#status[data-state=ready]", timeout=READY_WITHIN)
    page.evaluate(WAIT)
    cell["first numbers"] = page.evaluate(OPEN, [link, limit])
    if cell["first numbers"] is not None:
        cell["one batch"] = page.evaluate(ONE_BATCH, limit)
    if cell["one batch"] is not None and page.evaluate(PLAY, limit) is not None:
        page.evaluate(FRAMES)
        page.wait_for_timeout(TRAINS_FOR)
        gaps = sorted(page.evaluate("gaps"))
        cell["frame p95"] = gaps[int(0.95 * len(gaps))]
        cell["pause"] = page.evaluate(PAUSE, limit)
    context.close()
    return cell


def table(built, found, limit):
    """Return the Markdown lines that tell all of it."""
    return [
        f"Wide layers in {built}: from the change of the link to the first losses, from the click to one batch and to "
        f"the pause; gap between animation frames while training, 95th percentile.",
        "",
        f"| data | layers | {' | '.join(MEASURES)} |",
        "|---|---|---|---|---|---|",
        *(f"| {data} | {depth} × {width:,} | {' | '.join(_time(cell[name], limit) for name in MEASURES)} |"
          for data, width, depth, cell in found),
        "",
    ]


def _time(milliseconds, limit):
    if milliseconds is None:
        return f"> {limit} s"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"
