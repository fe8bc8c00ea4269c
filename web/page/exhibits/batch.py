"""The exhibit Batch: a layer on many samples, one at a time and as one product; the same numbers, and the time of both."""

FILES = ["exhibits/batch.css", "exhibits/batch_words.py", "exhibits/batch_page.py", "exhibits/batch_timing.py",
         "exhibits/batch_view.py"]
ACTIONS, SETTERS = {}, {}  # the view's, once its files are there


def open(lab, host):
    """Fills the element and connects it."""
    ACTIONS.update(_view().ACTIONS)
    SETTERS.update(_view().SETTERS)
    _view().open(lab, host)


def render(state):
    """Draws what the state says of the batch."""
    _view().render(state)


def recolour():
    """Draws the chart in the theme's colours."""
    _view().recolour()


def _view():
    from exhibits import batch_view  # fetched after this file
    return batch_view
