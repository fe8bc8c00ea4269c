"""The README's examples print what the README says."""

import contextlib
import io
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import spec as specs

if sys.platform == "emscripten":
    pytest.skip("the README is not part of the package", allow_module_level=True)

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)
NUMBER = re.compile(r"-?\d+\.\d+")


def test_every_name_to_hide_is_told():
    told = README[README.index("(any of `task`"):]
    assert re.findall(r"`([a-z-]+)`", told[:told.index(")")]) == specs.HIDEABLE


@pytest.mark.parametrize("code, output", EXAMPLES)
def test_example_prints_what_it_says(code, output, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # one of them writes a file
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    said, now = output.rstrip().splitlines(), printed.getvalue().rstrip().splitlines()
    assert [NUMBER.sub("#", line) for line in now] == [NUMBER.sub("#", line) for line in said]
    for line_now, line_said in zip(now, said):
        # sums run in another order on another processor, and 20 epochs enlarge the last digit's difference
        assert np.array(NUMBER.findall(line_now), float) == pytest.approx(
            np.array(NUMBER.findall(line_said), float), rel=0.02, abs=0.003)


def test_there_are_examples():
    assert len(EXAMPLES) == README.count("```python") == 3
