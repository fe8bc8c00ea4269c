"""What the page knows of each data set before the engine has loaded: enough to name it and infer every shape.

The numbers themselves come from `nncore`; a test holds this table against it. Plain Python in the
MicroPython subset, since both the page and the worker import it.
"""


class DataSet:
    """One data set: `rows` is None where the person chooses the number of points."""

    def __init__(self, name, label, said, n_features, classes, rows=None, standardize=False, side=None):
        self.name = name
        self.label = label
        self.said = said  # HTML of our own: what is predicted from what
        self.n_features = n_features
        self.classes = classes  # class names, in the order of the outputs
        self.rows = rows
        self.standardize = standardize
        self.side = side  # width of the picture that one row is, or None

    @property
    def generated(self):
        return self.rows is None

    @property
    def flat(self):
        """True where a row is a point of the plane, so that the answer can be drawn as a map."""
        return self.n_features == 2


X0, X1 = "<var>x₀</var>", "<var>x₁</var>"
STANDARDIZED = " Each feature is shifted and scaled to mean 0 and deviation 1 over the training rows."

DATASETS = [
    DataSet("circle", "circle", "From " + X0 + " and " + X1 + ", predict whether a point lies in the "
            "<strong>inner disc</strong> or the ring around it.", 2, ["inside", "outside"]),
    DataSet("xor", "xor", "From " + X0 + " and " + X1 + ", predict whether their <strong>signs differ</strong>.",
            2, ["same signs", "different signs"]),
    DataSet("gauss", "gauss", "From " + X0 + " and " + X1 + ", predict which of <strong>2 clouds</strong> "
            "a point comes from.", 2, ["lower left", "upper right"]),
    DataSet("spiral", "spiral", "From " + X0 + " and " + X1 + ", predict which of <strong>3 arms</strong> "
            "of a spiral a point lies on.", 2, ["arm 0", "arm 1", "arm 2"]),
    DataSet("moons", "moons", "From " + X0 + " and " + X1 + ", predict which of <strong>2 half-moons</strong> "
            "a point lies on.", 2, ["upper", "lower"]),
    DataSet("iris", "iris", "From 4 lengths of a flower, predict which of <strong>3 species</strong> of iris it is."
            + STANDARDIZED, 4, ["setosa", "versicolor", "virginica"], rows=150, standardize=True),
    DataSet("wine", "wine", "From 13 measurements of a wine, predict which of <strong>3 growers</strong> made it."
            + STANDARDIZED, 13, ["grower 0", "grower 1", "grower 2"], rows=178, standardize=True),
    DataSet("digits", "digits", "From the 64 pixels of a handwritten digit, each 0 to 1, predict which of the "
            "<strong>10 digits</strong> it is.", 64, [str(digit) for digit in range(10)], rows=1797, side=8),
]

NAMES = [data.name for data in DATASETS]


def find(name):
    """The data set of that name; the caller has checked that it exists."""
    return DATASETS[NAMES.index(name)]
