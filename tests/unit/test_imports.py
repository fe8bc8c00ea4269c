"""Imports go one way: each module uses only those before it, NumPy and the standard library."""

import ast
import sys
from pathlib import Path

import pytest

import nncore

ROOT = Path(nncore.__file__).parent
ORDER = """nesting stepwise checks operations activations losses initializers optimizers metrics targets
    data.dataset data.generated data.real data.table data.partition data layers buffers passes storage summary
    network evaluation events history checkpoint schedules updates training diagnostics gradcheck rehearsal export nncore""".split()

if not (ROOT / "training.py").exists():
    pytest.skip("nncore is installed as bytecode, there is no source to read", allow_module_level=True)


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    return ".".join(parts) or "nncore"


def imported(path):
    """Yield (own module or None, foreign package or None, enclosing function or None) of each import."""
    package = path.relative_to(ROOT).parts[:-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(child): function.name for function in functions for child in ast.walk(function)}
    for node in ast.walk(tree):
        where = inside.get(id(node))
        if isinstance(node, ast.Import):
            yield from ((None, alias.name.split(".")[0], where) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield None, node.module.split(".")[0], where
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            base = [part for part in base if part]
            for alias in node.names:
                full = ".".join([*base, alias.name])
                yield (full if full in ORDER else ".".join(base)), None, where


FILES = sorted(ROOT.rglob("*.py"))


def test_the_order_names_every_module():
    assert sorted(map(module_name, FILES)) == sorted(ORDER)


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_nothing_imports_upwards(path):
    own = ORDER.index(module_name(path))
    used = [module for module, _, _ in imported(path) if module is not None]
    assert [module for module in used if ORDER.index(module) >= own] == []


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_only_numpy_and_the_standard_library(path):
    foreign = {(package, where) for _, package, where in imported(path) if package is not None}
    strange = {pair for pair in foreign if pair[0] != "numpy" and pair[0] not in sys.stdlib_module_names}
    allowed = {("sklearn", "from_scikit_learn")} if module_name(path) == "data.real" else set()
    assert strange == allowed
