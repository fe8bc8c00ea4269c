"""From a spec to its data: the data set, the chosen features, the three-way split, and the way back to what is drawn."""
from dataclasses import replace

import datasets
import numpy as np
import shapes
from spec import DATA_SEED, SPLIT_SEED, standardizes

from nncore import load_dataset, split

EXPANSIONS = {
    "x": lambda x, y: x, "y": lambda x, y: y, "x2": lambda x, y: x * x, "y2": lambda x, y: y * y,
    "xy": lambda x, y: x * y, "sinx": lambda x, y: np.sin(np.pi * x), "siny": lambda x, y: np.sin(np.pi * y),
}


class Data:
    """The split that the network learns from, and the rows as a person knows them.

    `parts` is nncore's Split; `raw` (n, n_features) are the coordinates or measurements before features are
    chosen and standardised; `labels` (n,) the classes, where there are any.
    """

    def __init__(self, spec):
        about, seeds = datasets.find(spec["data"]), spec["seeds"]
        options = {}
        if about.generated:
            options = {"points": spec["points"], "noise": spec["noise"], "seed": seeds[DATA_SEED]}
        if about.name == "spiral":
            options["classes"] = spec["classes"]
        data = load_dataset(about.name, **options).for_task(spec["task"])
        self.features = spec["features"] if shapes.uses_features(spec) else None
        self.raw, self.labels = data.x, data.labels
        if self.features is not None:
            data = replace(data, x=self._expand(data.x), feature_names=tuple(self.features))
        self.parts = split(data, shapes.split_counts(spec), seed=seeds[SPLIT_SEED], standardize=standardizes(spec))

    def inputs(self, raw):
        """What the network is given for raw rows (n, n_features): chosen features, standardised as in training."""
        x = raw if self.features is None else self._expand(raw)
        parts = self.parts
        return x if parts.mean is None else (x - parts.mean) / parts.scale

    def in_units(self, outputs):
        """Predicted or true targets (n, n_outputs) in the units of the data set."""
        parts = self.parts
        return outputs if parts.target_mean is None else outputs * parts.target_scale + parts.target_mean

    def raw_inputs(self, outputs):
        """Reconstructed inputs (n, n_inputs) in the units of the data set."""
        parts = self.parts
        return outputs if parts.mean is None else outputs * parts.scale + parts.mean

    def _expand(self, points):
        x, y = points[:, 0], points[:, 1]
        return np.column_stack([EXPANSIONS[name](x, y) for name in self.features])
