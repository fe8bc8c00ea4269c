"""Lets a test add a line to pytest's summary at the end."""

import pytest

NOTES = pytest.StashKey[list]()


def pytest_configure(config):
    """Begins with no lines."""
    config.stash[NOTES] = []


@pytest.fixture
def note(request):
    """A function that adds a line to the summary."""
    return request.config.stash[NOTES].append


def pytest_terminal_summary(terminalreporter, config):
    """Prints the lines that tests have added."""
    for line in config.stash[NOTES]:
        terminalreporter.write_line(line)
