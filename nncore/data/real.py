"""Real data: five well-known sets, read from a file made when the project was built, or from scikit-learn.

Source: the chapter "Toy datasets" of scikit-learn's user guide tells where each set came from.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .. import checks
from .dataset import Dataset

SETS = Path(__file__).parent / "sets"


@dataclass(frozen=True)
class RealSource:
    """Where a real data set comes from and what is asked of it."""

    name: str
    task: str
    question: str
    image_shape: tuple | None = None

    def load(self):
        """Return the Dataset, from its npz file where there is one, else from scikit-learn."""
        path = SETS / f"{self.name}.npz"
        if path.exists():
            with np.load(path, allow_pickle=False) as file:
                arrays = dict(file)
        else:
            arrays = from_scikit_learn(self.name)
        return Dataset(
            self.name,
            self.task,
            arrays["x"],
            arrays["y"],
            tuple(arrays["feature_names"].tolist()),
            tuple(arrays["class_names"].tolist()),
            self.question,
            self.image_shape,
        )


def from_scikit_learn(name):
    """Return {"x", "y", "feature_names", "class_names"} of a real data set as arrays that an npz file can
    hold.

    x (n, n_features) float64: digits as brightness from 0 to 1, the others in their own units. y (n,) holds
    labels; for diabetes it is (n, 1) float64. Raises RuntimeError where scikit-learn is missing.
    """
    checks.choice(name, REAL, "real data set")
    try:
        from sklearn import datasets
    except ImportError:
        raise RuntimeError(
            f"{name} is in neither {SETS.name}/{name}.npz of this nncore nor in scikit-learn, which is "
            "not installed: run `pip install scikit-learn`, or use generated data"
        ) from None
    options = {"scaled": False} if name == "diabetes" else {}
    bunch = getattr(datasets, f"load_{name}")(**options)
    x = bunch.data.astype(np.float64)
    regress = REAL[name].task == "regress"
    return {
        "x": x / 16 if name == "digits" else x,  # pixels are counts from 0 to 16
        "y": bunch.target[:, np.newaxis].astype(np.float64) if regress else bunch.target.astype(np.int64),
        "feature_names": np.array([str(feature) for feature in bunch.feature_names]),
        "class_names": np.array([] if regress else [str(name) for name in bunch.target_names], dtype=np.str_),
    }


REAL = {
    source.name: source
    for source in (
        RealSource("digits", "classify", "Which digit is written in a picture of 8 by 8 pixels?", (8, 8)),
        RealSource(
            "iris", "classify", "Which of three kinds of iris is a flower, from four lengths in centimetres?"
        ),
        RealSource("wine", "classify", "Which of three growers made a wine, from 13 chemical measurements?"),
        RealSource(
            "breast_cancer", "classify", "Is a tumour malignant or benign, from 30 measurements of its cells?"
        ),
        RealSource(
            "diabetes",
            "regress",
            "How far has diabetes progressed after one year, from ten measurements of a patient?",
        ),
    )
}
