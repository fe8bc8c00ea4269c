"""The table tells every engine's rows a second, and how many times as fast our kernel was in that round."""

import os
import platform
from datetime import date
from pathlib import Path
from statistics import median

from .contestants import IN_BROWSER, NATIVE, OUR_KERNEL
from .workloads import WORKLOADS

AGREES = 1e-5  # of the largest weight: float32 and another order of summing come to less than 1e-6


def lines(results, contestants):
    """Return the Markdown lines for results {workload: {key: Result}}."""
    shown = [WORKLOADS[name] for name in results]
    found = [f"| engine | {' | '.join(workload.title for workload in shown)} |", f"|---|{'---|' * len(shown)}"]
    for place in (IN_BROWSER, NATIVE):
        rows = [c for c in contestants if c.place == place and any(c.key in of for of in results.values())]
        if rows:
            found.append(f"| *{place}* |{' |' * len(shown)}")
        for contestant in rows:
            cells = [cell(results[workload.name], contestant) for workload in shown]
            found.append(f"| {contestant.title} | {' | '.join(cells)} |")
    return found


def cell(of_workload, contestant):
    """Return one cell: the median rate, the median ratio of the rounds, and its range."""
    result = of_workload.get(contestant.key)
    if result is None:
        return "–"
    mark = " ≠" if result.deviation > AGREES else ""
    if contestant.key == OUR_KERNEL:
        return f"**{rate(median(result.rates))}**{mark}"
    ratios = [ours / theirs for ours, theirs in zip(of_workload[OUR_KERNEL].rates, result.rates)]
    low, high = (number(value) for value in (min(ratios), max(ratios)))
    return f"{rate(median(result.rates))}{mark} · {number(median(ratios))}× ({low} to {high})"


def rate(value):
    """Return rows a second with a sensible number of digits, as in `93 k` or `2.37 M`."""
    if value >= 1e6:
        return f"{value / 1e6:.2f} M"
    return f"{value / 1e3:.0f} k" if value >= 1e4 else f"{value / 1e3:.1f} k"


def number(value):
    """Return a ratio with two significant digits or more."""
    return f"{value:.2f}" if value < 2 else f"{value:.1f}" if value < 20 else f"{value:.0f}"


def legend(results, contestants, browser_version, rounds, seconds, left_out):
    """Return the paragraphs below the table: how it was measured, where, when, and what is marked."""
    off = {c.title: max(of[c.key].deviation for of in results.values() if c.key in of)
           for c in contestants if any(c.key in of for of in results.values())}
    agreeing = [value for value in off.values() if value <= AGREES]
    marked = [title for title, value in off.items() if value > AGREES]
    notes = [
        "Rows trained a second, plain SGD, the same first weights and batches for all, in float32 but for ConvNetJS "
        f"and the engines that use JavaScript's own numbers: median of {rounds} interleaved rounds of about "
        f"{seconds:g} s. After the dot: how many times as fast nncore's kernel was in the same rounds, median and "
        "range. nncore is measured through `train`, evaluations included; the others do nothing but update. "
        "TensorFlow.js has no threads here, as on any page without special headers, and no GPU.",
        "Checked: the weights after two epochs agree with float64 NumPy within "
        f"{max(agreeing, default=0):.0e} of the largest."
        + (f" Marked ≠, because what it computes differs: {', '.join(marked)}." if marked else ""),
    ]
    if left_out:
        notes.append(f"Left out: {'; '.join(left_out)}.")
    notes.append(f"{date.today().isoformat()}, headless Chromium {browser_version}, {machine()}.")
    return [line for note in notes for line in ("", note)]


def machine():
    """Return the processor, its cores, the system, Python and NumPy."""
    import numpy

    name = platform.processor() or platform.machine()
    details = Path("/proc/cpuinfo")
    if details.exists():
        models = [line.split(":", 1)[1].strip() for line in details.read_text().splitlines()
                  if line.startswith("model name")]
        name = models[0] if models else name
    return (f"{name}, {os.cpu_count()} cores, {platform.system()}; natively CPython {platform.python_version()} "
            f"with NumPy {numpy.__version__}")
