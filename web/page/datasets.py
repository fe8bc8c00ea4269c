"""What the page knows of each data set before the engine has loaded: enough to name it and infer every shape.

The numbers themselves come from `nncore`; a test holds this table against it. Plain Python in the
MicroPython subset, since both the page and the worker import it.
"""

TASKS = ["classify", "regress", "reconstruct"]


class DataSet:
    """One data set: `rows` is None where the person chooses the number of points.

    `said` is HTML of our own: what is predicted from what. `classes` are names in the order of the outputs,
    or of the labels that a reconstruction never sees. `answer` names the number that is predicted.
    """

    def __init__(self, name, label, said, n_features, classes=(), rows=None, standardize=False, side=None,
                 answer="", reconstructs=False):
        self.name = name
        self.label = label
        self.said = said
        self.n_features = n_features
        self.classes = list(classes)
        self.rows = rows
        self.standardize = standardize
        self.side = side  # width of the picture that one row is, or None
        self.answer = answer
        self.tasks = (["classify"] if classes else ["regress"]) + (["reconstruct"] if reconstructs else [])

    @property
    def generated(self):
        return self.rows is None

    @property
    def flat(self):
        """True where a row is a point of the plane, so that the answer can be drawn as a map."""
        return self.n_features == 2


X, Y = "<var>x</var>", "<var>y</var>"
POINT = "From the coordinates " + X + " and " + Y + " of a point, predict "
MOST_ARMS = 5

DATASETS = [
    DataSet("circle", "circle", POINT + "whether it lies in the <strong>inner disc</strong> or on the ring around it.",
            2, ["inside", "outside"]),
    DataSet("xor", "xor", POINT + "whether their <strong>signs agree</strong>.", 2, ["signs differ", "signs agree"]),
    DataSet("gauss", "gauss", POINT + "which of <strong>2 clouds</strong> it belongs to.", 2,
            ["upper right", "lower left"]),
    DataSet("spiral", "spiral", POINT + "which of <strong>{classes} arms</strong> of a spiral it lies on.", 2,
            ["arm %d" % arm for arm in range(MOST_ARMS)], reconstructs=True),
    DataSet("moons", "moons", POINT + "which of <strong>2 half-moons</strong> it lies on.", 2, ["upper", "lower"]),
    DataSet("iris", "iris", "From 4 lengths of a flower, predict which of <strong>3 species</strong> of iris it is.",
            4, ["setosa", "versicolor", "virginica"], rows=150, standardize=True, reconstructs=True),
    DataSet("wine", "wine", "From 13 measurements of a wine, predict which of <strong>3 growers</strong> made it.",
            13, ["grower 0", "grower 1", "grower 2"], rows=178, standardize=True),
    DataSet("digits", "digits", "From the 64 pixels of a handwritten digit, each 0 to 1, predict which of the "
            "<strong>10 digits</strong> it is.", 64, [str(digit) for digit in range(10)], rows=1797, side=8,
            reconstructs=True),
    DataSet("breast_cancer", "cancer", "From 30 measurements of cells under the microscope, predict whether a tumour is "
            "<strong>malignant or benign</strong>.", 30, ["malignant", "benign"], rows=569, standardize=True),
    DataSet("line", "line", "From " + X + ", predict <strong>" + Y + "</strong>: a straight line with noise.", 1,
            answer="y"),
    DataSet("sine", "sine", "From " + X + ", predict <strong>" + Y + "</strong>: one wave of a sine with noise.", 1,
            answer="y"),
    DataSet("plane", "plane", POINT + "its <strong>height</strong>: a tilted plane with noise.", 2, answer="height"),
    DataSet("diabetes", "diabetes", "From 10 measurements of a patient, predict <strong>how far the diabetes has "
            "advanced</strong> a year later (25 to 346).", 10, rows=442, standardize=True, answer="progression"),
]
NAMES = [data.name for data in DATASETS]
RECONSTRUCTION = {
    "spiral": "Give back the <strong>2 coordinates</strong> of a point, through fewer numbers where a layer is narrow. "
              "Nobody tells the network which arm it lies on.",
    "iris": "Give back the <strong>4 lengths</strong> of a flower through a narrow layer. Nobody tells the network its "
            "species.",
    "digits": "Give back the <strong>64 pixels</strong> of a handwritten digit through a narrow layer, the code. Nobody "
              "tells the network which digit it is.",
}

# What the network may be given of a point of the plane: name in links, how it is written.
FEATURES = [("x", "x"), ("y", "y"), ("x2", "x²"), ("y2", "y²"), ("xy", "xy"), ("sinx", "sin πx"), ("siny", "sin πy")]
FEATURE_NAMES = [name for name, _ in FEATURES]


def find(name):
    """The data set of that name; the caller has checked that it exists."""
    return DATASETS[NAMES.index(name)]


def of_task(task):
    """The data sets that a task can be tried on."""
    return [data for data in DATASETS if task in data.tasks]
