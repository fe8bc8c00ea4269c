"""The unit tests inside Pyodide: the built wheel is proved on WebAssembly, where a learner meets it."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
RUNNER = Path(__file__).with_name("run.mjs")
# A minute of it in WebAssembly, for little that differs there: the runs that are written down, and what computes nothing.
LONG_THERE = ["test_checkpoint.py", "test_history.py", "test_gradcheck.py", "test_quality.py", "web/test_checkpoints.py",
              "web/test_mending.py"]
PYTEST_SUMMARY = re.compile(r"=* ?(\d+ passed.*?) ?=*")


@pytest.mark.skipif(sys.platform == "emscripten", reason="this is the test that starts Pyodide")
def test_unit_tests_pass_inside_pyodide(note):
    """pytest's exit code inside Pyodide is 0 and it counted passed tests; its last line is shown."""
    left_out = [] if "NNCORE_WIDE" in os.environ else [f"--ignore=tests/unit/{name}" for name in LONG_THERE]
    command = [shutil.which("node"), RUNNER, REPOSITORY, sysconfig.get_path("purelib"), "tests/unit", *left_out]
    # The time is against a hang; a run takes a minute.
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=900)
    lines = result.stdout.strip().splitlines()
    assert result.returncode == 0, f"inside Pyodide:\n{result.stdout}\n{result.stderr}"
    summary = PYTEST_SUMMARY.fullmatch(lines[-1])
    assert summary, f"pytest inside Pyodide ended with {lines[-1]!r}, which names no passed test"
    note(f"inside Pyodide: {summary[1]}")
