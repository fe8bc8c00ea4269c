"""Turns the modules of a zip archive into bytecode, so that no visitor's browser has to compile them again.

Run by bytecode.mjs inside Pyodide. The same archive gives the same bytes. Python reads a `.pyc` without its
`.py` from folders and zip archives alike; its header says "unchecked", as there is no source to compare.
"""

import base64
import hashlib
import importlib._bootstrap_external
import re
import zipfile

BEGINNING_OF_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

# What the page's engine cannot reach or has no use for; a third of what a first visit would load otherwise.
UNUSED = re.compile("|".join(f"(?:{pattern})" for pattern in (
    # NumPy and nncore: typing stubs, headers, tests and what serves only them, Fortran
    r".*\.(pyi|pxd|h|a|c|typed)",
    r"numpy/(.*/)?tests/.*",
    r"numpy/(conftest\.py|(f2py|_pyinstaller|random/_examples|random/lib)/.*)",
    r"numpy/linalg/lapack_lite\..*",
    r"numpy/_core/_(simd|(multiarray|operand_flag|rational|struct_ufunc|umath)_tests)\..*",
    # the standard library: other processes, windows and terminals, which a browser has not
    r"(multiprocessing|curses|idlelib|tkinter|turtledemo|_pyrepl)/.*",
    r"(turtle|pty|tty|getpass|webbrowser|_(android|apple|ios)_support)\.py",
    # servers, mail and other protocols
    r"(wsgiref|xmlrpc)/.*|http/(server|cookiejar)\.py",
    r"(mailbox|imaplib|smtplib|ftplib|poplib|socketserver|netrc)\.py",
    # tools of a developer
    r"(ensurepip|venv|lib2to3|pydoc_data|__phello__)/.*|unittest/mock\.py",
    r"(pydoc|doctest|pdb|bdb|cmd|trace|profile|cProfile|pstats|pickletools|modulefinder)\.py",
    r"(compileall|py_compile|symtable|pyclbr|tabnanny|zipapp|timeit|this|antigravity|__hello__)\.py",
    # formats that nothing here reads
    r"(xml|dbm)/.*|(plistlib|shelve|wave|optparse|fileinput|filecmp|colorsys)\.py",
    # twins in Python of modules that Pyodide has in C
    r"(_pyio|_pydatetime)\.py",
    # alphabets of older systems; ASCII, Latin 1, Western Windows, zip archives' own and all of Unicode stay
    r"encodings/(cp(?!437|1252)|iso(?!8859_1\.)|mac_|big5|euc|gb|hz|johab|koi8|kz|ptcp|palmos).*\.py",
    r"encodings/(hp_|shift|tis).*\.py",
)))


def bytecode(name: str, source: bytes) -> bytes:
    """Returns the content of a `.pyc` file for one module."""
    code = compile(source, name, "exec", dont_inherit=True)
    return bytes(importlib._bootstrap_external._code_to_hash_pyc(code, b"\0" * 8, False))


def record(entries: dict[str, bytes], name: str) -> bytes:
    """Returns a wheel's RECORD, its list of files with hashes and sizes, for what the wheel holds now."""
    lines = []
    for path, content in entries.items():
        hashed = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={hashed},{len(content)}\n")
    return "".join([*lines, f"{name},,\n"]).encode()


def compile_archive(archive: str, compiled: str) -> None:
    """Writes `compiled`, a copy of `archive` with bytecode in place of sources and without what is unused."""
    entries = {}
    with zipfile.ZipFile(archive) as original:
        for name in sorted(original.namelist()):
            if name.endswith("/") or UNUSED.fullmatch(name):
                continue
            content = original.read(name)
            entries[name + "c" if name.endswith(".py") else name] = (
                bytecode(name, content) if name.endswith(".py") else content)
    for name in [name for name in entries if name.endswith(".dist-info/RECORD")]:
        del entries[name]
        entries[name] = record(entries, name)
    with zipfile.ZipFile(compiled, "w") as target:
        for name, content in entries.items():
            target.writestr(zipfile.ZipInfo(name, BEGINNING_OF_ZIP_TIME), content, zipfile.ZIP_DEFLATED, 9)
