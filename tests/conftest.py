"""Of all tests: which are left out, and how one adds a line to the summary.

What takes long is marked `wide`: `python3 build.py test --wide` runs it, beside all else, and nothing else does.
"""
import os

import pytest

WIDE = "NNCORE_WIDE" in os.environ
NOTE = "note"


def pytest_collection_modifyitems(config, items):
    """Leaves out what is marked so, unless all is asked for."""
    left_out = [] if WIDE else [item for item in items if item.get_closest_marker("wide")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def note(request):
    """A function that adds a line to pytest's summary at the end."""
    return lambda line: request.node.user_properties.append((NOTE, line))


def pytest_terminal_summary(terminalreporter):
    """Prints the lines that tests have added, by way of their reports, for a test may run in another process."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, line in report.user_properties:
                    if name == NOTE:
                        terminalreporter.write_line(line)
