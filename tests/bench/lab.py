"""What a visitor of the built lab meets: how soon it is alive and learns, how fast it trains while everything
is drawn, and whether its main thread stays free.
"""

from statistics import median

from tests.browser.launch import open_profile

from .rounds import epochs_for

NETWORK = "#v=1&data=digits&layers=64-relu&opt=sgd&lr=0.1&batch=32"
ROWS_AN_UPDATE = 1078 / 34  # of the digits' training part, whose last batch is smaller
VIEWS = (("spiral", ""), ("digits 64-64-10", NETWORK), ("autoencoder", "#task=reconstruct"))
SIZE = {"width": 1440, "height": 1000}
READY_WITHIN = 60_000  # ms, against a hang
SETTLES = 2000  # ms in which the browser finishes its own start
A_LOOK = 6000  # ms that a visit lasts; the browser keeps compiled code when some of it has run for a while
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const now = performance.now(), root = document.documentElement;
  if (root?.dataset.page === 'alive') seen.alive ??= now;
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
WIDE = "#v=1&data=digits&layers=784-relu,512-tanh&batch=512"
OPEN = """async () => {
  const start = performance.now();
  document.getElementById('inside-layer-2').click();
  const filled = () => {
    const cells = [...document.querySelectorAll('#inside-lines td:not(.corner)')];
    return cells.length > 20 && cells.every((cell) => cell.textContent !== '…') && document.querySelector('#inside-lines .caption').textContent.startsWith('A1');
  };
  while (!filled()) await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
}"""
SCROLL = """async () => {
  const [x, w] = document.querySelectorAll('#inside-lines .window'), gaps = [];
  let last = performance.now();
  for (let k = 0; k < 240; k++) {
    x.scrollLeft = k * 130; w.scrollLeft = k * 85;
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    gaps.push(now - last); last = now;
  }
  return gaps;
}"""
UPDATES = "() => [performance.now(), Number(document.getElementById('updates').textContent)]"


def start_up(browser, sites, times):
    """Return {name: {"alive": [s], "update": [s]}} for the first and the second visit: seconds from navigation, with
    play pressed at once.

    `sites` is {name: (address, visits)}: those of one site begin with its first visit, in a browser that knows nothing
    of it but has shown another page for a while. Sites take turns.
    """
    seen = {}
    for _ in range(times):
        for name, (address, count) in sites.items():
            for visit, times_seen in zip(("first visit", "second visit"), _visits(browser, address, count)):
                found = seen.setdefault(f"{name}{visit}", {"alive": [], "update": []})
                for what, milliseconds in times_seen.items():
                    found[what].append(milliseconds / 1000)
    return seen


def _visits(browser, address, count):
    """Return what each of so many visits with one profile has seen, in ms."""
    with open_profile(browser, viewport=SIZE) as context:
        context.pages[0].set_content("<h1>Another page</h1>")
        context.pages[0].wait_for_timeout(SETTLES)
        return [_visit(context, address) for _ in range(count)]


def _visit(context, address):
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address + NETWORK)
    page.wait_for_selector("html[data-page=alive]")
    page.click("#play")
    page.wait_for_selector("#status[data-state=training]", timeout=READY_WITHIN)
    page.wait_for_timeout(A_LOOK)  # the first update is noted by the page itself
    found = page.evaluate("seen")
    page.close()
    return found


def throughput(browser, address, bare, rows, rounds, seconds):
    """Return [(rows a second in the page, the same without a page)], the two taking turns.

    `bare` is a session of our kernel on W3, which has the same sizes, and `rows` the rows of its epoch.
    """
    page = _ready_page(browser, address, NETWORK)
    epochs, pairs = None, []
    for _ in range(rounds):
        page.bring_to_front()
        page.click("#play")
        page.wait_for_timeout(1000)
        start, before = page.evaluate(UPDATES)
        page.wait_for_timeout(seconds * 1000)
        end, after = page.evaluate(UPDATES)
        page.evaluate(PAUSE)
        epochs = epochs or epochs_for(bare, seconds)
        bare.reset()
        in_page = (after - before) * ROWS_AN_UPDATE / (end - start) * 1000
        pairs.append((in_page, epochs * rows / bare.run(epochs)))
    page.context.close()
    return pairs


def frames(browser, address, seconds):
    """Return [(name, 95th percentile and longest gap between animation frames, until a pause takes effect)], in
    ms."""
    found = []
    for name, link in VIEWS:
        page = _ready_page(browser, address, link)
        page.click("#play")
        page.wait_for_timeout(4000)  # past the gentle start of a run on a map
        page.evaluate(FRAMES)
        page.wait_for_timeout(seconds * 1000)
        gaps = sorted(page.evaluate("gaps"))
        found.append((name, gaps[int(0.95 * len(gaps))], gaps[-1], page.evaluate(PAUSE)))
        page.context.close()
    return found


def windows(browser, address, times):
    """Return [(ms until all cells of a (512, 784) @ (784, 512) layer's windows are filled, from the click)] and the
    sorted gaps in ms between animation frames while the windows are scrolled from end to end."""
    page = _ready_page(browser, address, WIDE)
    page.evaluate("document.getElementById('inside').scrollIntoView()")
    opened = []
    for _ in range(times):
        page.evaluate("document.getElementById('inside-layer-1').click()")
        page.wait_for_timeout(1500)
        opened.append(page.evaluate(OPEN))
    gaps = sorted(page.evaluate(SCROLL))
    page.context.close()
    return opened, gaps


def table(seen, pairs, gaps, wide):
    """Return the Markdown lines that tell all of it."""
    def times(name):
        of_visits = [visit[name] for visit in seen.values()]
        return " | ".join(f"{median(values):.2f} s ({min(values):.2f} to {max(values):.2f})" for values in of_visits)

    ratios = [ours / bare for ours, bare in pairs]
    return [
        f"| the page | {' | '.join(seen)} |", "|---" * (1 + len(seen)) + "|",
        f"| alive, from navigation | {times('alive')} |",
        f"| first gradient step, play pressed at once | {times('update')} |",
        "",
        f"Training 64-64-10, batch 32, in the page, everything drawn and every epoch evaluated: "
        f"{median(ours for ours, _ in pairs):,.0f} rows a second, {median(ratios):.2f}× ({min(ratios):.2f} to "
        f"{max(ratios):.2f}) of what `train` does in a worker by itself.",
        "",
        "| at full speed | gap between animation frames, 95th percentile | longest | pause within |",
        "|---|---|---|---|",
        *(f"| {name} | {most:.1f} ms | {longest:.1f} ms | {pause:.0f} ms |"
          for name, most, longest, pause in gaps),
        "",
        f"Inside a (512, 784) @ (784, 512) layer: all windows filled {median(wide[0]):.0f} ms after the click "
        f"({min(wide[0]):.0f} to {max(wide[0]):.0f}); while they scroll the longest gap between frames is "
        f"{wide[1][-1]:.0f} ms.",
    ]


def _ready_page(browser, address, link):
    page = browser.new_context(viewport=SIZE).new_page()
    page.goto(address + link)
    page.wait_for_selector("#status[data-state=ready]", timeout=READY_WITHIN)
    return page
