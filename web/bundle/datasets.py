"""Takes the real data sets out of scikit-learn into .npz files that are packed into the nncore wheel.

Run in the build's virtual environment: `python datasets.py FOLDER`. The same data give the same bytes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nncore.data import real  # noqa: E402

BEGINNING_OF_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write(arrays: dict[str, np.ndarray], path: Path) -> None:
    """Writes arrays as NumPy's compressed .npz with fixed times; np.savez would write the present time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted(arrays.items()):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.asarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", BEGINNING_OF_ZIP_TIME), content.getvalue(),
                             zipfile.ZIP_DEFLATED, 9)


def main(folder: Path) -> None:
    """Writes one file for each real data set that nncore knows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in real.REAL:
        write(real.from_scikit_learn(name), folder / f"{name}.npz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
