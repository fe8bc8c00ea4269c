"""The SIMD kernel works in Python's memory: the build lets nothing pass that could do harm there."""

import sys

import pytest

if sys.platform == "emscripten":
    pytest.skip("the build runs on a computer's own Python", allow_module_level=True)

from pathlib import Path

from web.bundle import commands, kernel
from web.bundle.commands import BuildError

FUNCTION_TYPE = bytes([1, 0x60, 0, 0])  # one type: no arguments, no result
MEMORY = ("env", "memory", bytes([2, 0, 0]))
TO_INT = ("env", "PyLong_AsLong", bytes([0, 0]))


def text(words):
    return bytes([len(words)]) + words.encode()


def section(number, content):
    return bytes([number, len(content) & 0x7F | 0x80, len(content) >> 7]) + content


def module(imports=(MEMORY, TO_INT), exports=kernel.EXPORTS, more=()):
    """A WebAssembly module with these imports and exported functions, and further (number, content) sections."""
    found = bytes([len(imports)]) + b"".join(text(place) + text(name) + kind for place, name, kind in imports)
    named = bytes([len(exports)]) + b"".join(text(name) + bytes([0, 1]) for name in exports)
    parts = [(1, FUNCTION_TYPE), (2, found), (3, bytes([1, 0])), (7, named), *more, (10, bytes([1, 2, 0, 0x0B]))]
    return kernel.MAGIC + b"".join(section(*part) for part in sorted(parts, key=lambda part: part[0]))


def test_a_harmless_module_becomes_a_library():
    made = kernel.library(module())
    assert made == kernel.MAGIC + b"\0\x0f\x08dylink.0\x01\x04\0\0\0\0" + module()[8:]
    assert len(made) == len(module()) + 17


@pytest.mark.parametrize("number, content", [(11, b"\0"), (12, b"\0")])
def test_static_data_are_refused(number, content):
    with pytest.raises(BuildError, match="static data, which would be written over Python's memory"):
        kernel.library(module(more=[(number, content)]))


@pytest.mark.parametrize("foreign", [("env", "abort", bytes([0, 0])), ("wasi", "PyLong_AsLong", bytes([0, 0])),
                                     ("env", "seed", bytes([3, 0x7F, 0])), ("env", "table", bytes([1, 0x70, 1, 0, 9])),
                                     ("env", "PyLong_AsLong", bytes([3, 0x7F, 0]))])
def test_other_imports_are_refused_by_name(foreign):
    with pytest.raises(BuildError, match=f"it imports {foreign[0]}.{foreign[1]}: only"):
        kernel.library(module(imports=(MEMORY, foreign)))


def test_what_comes_after_a_foreign_import_is_read_too():
    with pytest.raises(BuildError) as caught:
        kernel.library(module(imports=(("env", "a", bytes([2, 1, 0, 9])), ("env", "b", bytes([1, 0x70, 0, 0])),
                                       ("env", "c", bytes([3, 0x7F, 1])), TO_INT, ("env", "d", bytes([0, 0])))))
    assert [name in str(caught.value) for name in ("env.a", "env.b", "env.c", "env.d", "env.PyLong_AsLong:")] == [
        True, True, True, True, False]
    assert "does not import Python's memory" in str(caught.value)


def test_missing_and_unknown_functions_are_named():
    with pytest.raises(BuildError, match="it exports no matmul"):
        kernel.library(module(exports=kernel.EXPORTS - {"matmul"}))
    with pytest.raises(BuildError, match="it exports secret, which nobody asks for"):
        kernel.library(module(exports=kernel.EXPORTS | {"secret"}))


@pytest.mark.parametrize("number, content, words", [(5, bytes([1, 0, 1]), "a memory of its own"),
                                                    (8, b"\0", "runs code as soon as it is loaded")])
def test_own_memory_and_code_at_load_are_refused(number, content, words):
    with pytest.raises(BuildError, match=words):
        kernel.library(module(more=[(number, content)]))


def test_what_is_no_module_is_refused():
    with pytest.raises(BuildError, match="no WebAssembly module"):
        kernel.library(b"<!doctype html>")


@pytest.fixture
def compiler():
    """node and the folder of npm packages, where the build has installed AssemblyScript."""
    modules = Path(__file__).parents[2] / "web/node_modules"
    if not (modules / "assemblyscript").exists():
        pytest.skip("the npm packages are not installed")
    return commands.program("node", "the test"), modules


@pytest.mark.parametrize("source, words", [
    ("export function f(): f64 { return Mathf.exp(2); }", "static data"),
    ("export function f(i: i32): string { return 'text'; }", "static data"),
    ("@external('env', 'exit') declare function exit(): void; export function f(): void { exit(); }", "env.exit"),
    ("export function f(address: usize): i32 { return address; }", "AS201"),
    ("export function f(): i32 { return nothing; }", "nothing"),
])
def test_the_compiler_s_own_output_is_examined(compiler, tmp_path, source, words):
    (tmp_path / "index.ts").write_text(source)
    with pytest.raises(BuildError, match=words):
        kernel.build(*compiler, tmp_path, tmp_path / "made/kernel.wasm")
    assert not (tmp_path / "made/kernel.wasm").exists()
