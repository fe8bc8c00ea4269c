"""Makes the lock file of our own Pyodide package set: NumPy, nncore and the engine, each with the hash of its file.

Run in the build's virtual environment: `python lock.py PYODIDE_LOCK NNCORE_SOURCE NUMPY NNCORE ENGINE TARGET`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyodide_lock import PackageSpec, PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec, update_package_sha256


def main(pyodide_lock: Path, nncore_source: Path, numpy_wheel: Path, nncore_wheel: Path, engine: Path,
         target: Path) -> None:
    """Cuts Pyodide's lock file down to NumPy, adds nncore, which asks for NumPy, and the engine, which asks for nncore.

    What nncore needs is read from the wheel with its sources, as pyodide-lock does not look into bytecode.
    """
    spec = PyodideLockSpec.from_json(pyodide_lock)
    spec.packages = {"numpy": spec.packages["numpy"]}
    spec = add_wheels_to_spec(spec, [nncore_source], base_path=nncore_source.parent)
    update_package_sha256(spec.packages["numpy"], numpy_wheel)
    update_package_sha256(spec.packages["nncore"], nncore_wheel)
    version = spec.packages["nncore"].version
    spec.packages["engine"] = PackageSpec(name="engine", version=version, file_name=engine.name, install_dir="site",
                                          imports=["engine"], depends=["nncore"])
    update_package_sha256(spec.packages["engine"], engine)
    spec.to_json(target, indent=1)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
