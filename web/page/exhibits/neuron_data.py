"""The points that one neuron is fitted to: a few telling sets, and what a click makes of them. No drawing here."""

SETS = [  # name, title, what it shows, points
    ("rising", "rising", "y rises with x: the weight must be above 0.",
     [[-1.8, -1.0], [-1.4, -0.85], [-1.0, -0.3], [-0.6, 0.05], [-0.2, 0.1],
      [0.2, 0.7], [0.6, 0.8], [1.0, 1.3], [1.4, 1.4], [1.8, 1.95]]),
    ("falling", "falling", "y falls as x rises: the weight must be below 0.",
     [[-1.8, 1.55], [-1.4, 1.1], [-1.0, 1.0], [-0.6, 0.5], [-0.2, 0.45],
      [0.2, -0.05], [0.6, -0.1], [1.0, -0.6], [1.4, -0.7], [1.8, -1.15]]),
    ("noisy", "noisy", "Noise that no line can follow: the lowest loss stays well above 0.",
     [[-1.9, -0.2], [-1.6, -1.7], [-1.2, 0.4], [-0.9, -1.1], [-0.5, 0.6], [-0.3, -0.9],
      [0.1, 0.9], [0.4, -0.6], [0.8, 1.2], [1.1, -0.1], [1.5, 1.7], [1.9, 0.3]]),
    ("outlier", "outlier", "One point far off: its squared residual pulls the whole line towards it.",
     [[-1.8, -1.0], [-1.4, -0.85], [-1.0, -0.3], [-0.6, 0.05], [-0.2, 0.1],
      [0.2, 0.7], [0.6, 0.8], [1.0, 1.3], [1.4, -1.8], [1.8, 1.95]]),
    ("step", "two classes", "y is class 0 or 1: no line fits it, a sigmoid does.",
     [[-1.9, 0.0], [-1.5, 0.0], [-1.2, 0.0], [-0.8, 0.0], [-0.5, 0.0], [-0.2, 1.0],
      [0.1, 0.0], [0.4, 1.0], [0.7, 1.0], [1.1, 1.0], [1.5, 1.0], [1.9, 1.0]]),
]
MOST = 60


def points_of(value):
    """The points of a link's value: a set's own, or those given."""
    for name, _, _, points in SETS:
        if value == name:
            return points
    return value


def said_of(value):
    """What a set shows, in a sentence."""
    for name, _, said, _ in SETS:
        if value == name:
            return said
    if not value:
        return "No points yet: click on the plot, or press Enter on it, to add one."
    return "Your own points: %d of at most %d." % (len(value), MOST)


def toggled(points, x, y):
    """The points without the one at (x, y), or with one there; and a sentence that says which."""
    if [x, y] in points:
        at = points.index([x, y])
        return points[:at] + points[at + 1:], "Point %s removed, %d left." % (place(x, y), len(points) - 1)
    if len(points) >= MOST:
        return points, "There are %d points already: remove one before you add another." % MOST
    return points + [[x, y]], "Point %s added, %d in all." % (place(x, y), len(points) + 1)


def place(x, y):
    """A point's coordinates in words."""
    return ("x %.2f, y %.2f" % (x, y)).replace("-", "−")
