"""Compiles the SIMD kernel to a small library that Python loads inside the page, and proves that it is harmless.

The kernel has no memory of its own: it works in Python's. Static data would therefore be written over Python's, and
a function that it imports is one that it may call there; the build refuses both. See web/kernel/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .commands import BuildError, run

FLAGS = ("--runtime", "stub", "--importMemory", "--noExportMemory", "--noAssert", "-O3", "--enable", "simd")
IMPORTS = frozenset({"memory", "PyLong_FromLong", "PyLong_AsLong", "PyFloat_AsDouble", "PyFloat_FromDouble"})
EXPORTS = frozenset({"scratch_size", "prepare", "matmul", "dense_forward", "dense_backward", "run", "squared_error",
                     "softmax_cross_entropy", "sigmoid_cross_entropy", "penalty", "sgd", "momentum", "rmsprop",
                     "adam"})

MAGIC = b"\0asm\1\0\0\0"
CUSTOM, IMPORT, MEMORY, EXPORT, START, DATA, DATA_COUNT = 0, 2, 5, 7, 8, 11, 12  # sections
FUNCTION, MEMORY_KIND = 0, 2  # kinds of what is imported or exported
# The section by which Pyodide's linker knows a library: it needs no memory and no table of its own (four zeros).
DYLINK = bytes([CUSTOM, 15, 8]) + b"dylink.0" + bytes([1, 4, 0, 0, 0, 0])


def build(node: str, modules: Path, source: Path, target: Path) -> None:
    """Compiles the folder `source` by AssemblyScript and writes the library `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    compiled = target.with_name("compiled.wasm")
    said = run([node, modules / "assemblyscript/bin/asc.js", source / "index.ts", "--outFile", compiled, *FLAGS])
    if "WARNING" in said:
        raise BuildError(f"the kernel compiles with warnings:\n{said}")
    target.write_bytes(library(compiled.read_bytes()))


def library(module: bytes) -> bytes:
    """Returns a WebAssembly module as a library for Pyodide; raises BuildError naming all that forbids it."""
    problems = list(complaints(module))
    if problems:
        raise BuildError("the kernel is not fit to be loaded:" + "".join(f"\n  - {problem}" for problem in problems))
    return MAGIC + DYLINK + module[len(MAGIC):]


def complaints(module: bytes) -> Iterator[str]:
    """Names all that is wrong with a module."""
    if not module.startswith(MAGIC):
        yield "it is no WebAssembly module of version 1"
        return
    found = {number: content for number, content in sections(module)}
    if DATA in found or DATA_COUNT in found:
        yield "it has static data, which would be written over Python's memory: compute what stands in tables"
    if MEMORY in found:
        yield "it has a memory of its own: it must work in Python's"
    if START in found:
        yield "it runs code as soon as it is loaded"
    imported = imports(found.get(IMPORT, b"\0"))
    for place, name, kind in imported:
        if place != "env" or name not in IMPORTS or kind != (MEMORY_KIND if name == "memory" else FUNCTION):
            yield f"it imports {place}.{name}: only {', '.join(sorted(IMPORTS))} of env are expected"
    if "memory" not in [name for _, name, _ in imported]:
        yield "it does not import Python's memory"
    exported = exports(found.get(EXPORT, b"\0"))
    for name in sorted(EXPORTS.symmetric_difference(exported)):
        yield f"it exports {name}, which nobody asks for" if name in exported else f"it exports no {name}"


def sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields number and content of each section."""
    at = len(MAGIC)
    while at < len(module):
        size, begin = whole(module, at + 1)
        yield module[at], module[begin:begin + size]
        at = begin + size


def imports(section: bytes) -> list[tuple[str, str, int]]:
    """Returns module, name and kind of all that the import section lists."""
    count, at = whole(section, 0)
    found = []
    for _ in range(count):
        place, at = text(section, at)
        name, at = text(section, at)
        kind = section[at]
        found.append((place, name, kind))
        at = end_of_import(section, at + 1, kind)
    return found


def end_of_import(section: bytes, at: int, kind: int) -> int:
    """Returns where the description of an import of this kind ends: a type, or limits for memories and tables."""
    if kind == FUNCTION:
        return whole(section, at)[1]
    if kind == 3:  # a global: its type and whether it may change
        return at + 2
    if kind == 1:  # a table: what it holds comes first
        at += 1
    has_most, at = section[at] & 1, whole(section, at + 1)[1]
    return whole(section, at)[1] if has_most else at


def exports(section: bytes) -> set[str]:
    """Returns the names of all that the export section lists."""
    count, at = whole(section, 0)
    names = set()
    for _ in range(count):
        name, at = text(section, at)
        names.add(name)
        at = whole(section, at + 1)[1]
    return names


def text(content: bytes, at: int) -> tuple[str, int]:
    """Reads a text; returns it and where it ends."""
    size, begin = whole(content, at)
    return content[begin:begin + size].decode(), begin + size


def whole(content: bytes, at: int) -> tuple[int, int]:
    """Reads a whole number of seven bits a byte, the last byte without its top bit; returns it and where it ends."""
    number = shift = 0
    while True:
        number |= (content[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if not content[at - 1] & 0x80:
            return number, at
