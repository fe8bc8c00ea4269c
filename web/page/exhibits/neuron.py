"""The exhibit One neuron: weight and bias as knobs, residuals, the loss as a bowl, and gradient descent walking in it."""

FILES = ["exhibits/neuron.css", "exhibits/neuron_data.py", "exhibits/neuron_words.py", "exhibits/neuron_page.py",
         "exhibits/neuron_walk.py", "exhibits/neuron_view.py"]
ACTIONS, SETTERS = {}, {}  # the view's, once its files are there


def open(lab, host):
    """Fills the element and connects it."""
    ACTIONS.update(_view().ACTIONS)
    SETTERS.update(_view().SETTERS)
    _view().open(lab, host)


def render(state):
    """Draws what the state says of the neuron."""
    _view().render(state)


def recolour():
    """Draws the canvases in the theme's colours."""
    _view().recolour()


def _view():
    from exhibits import neuron_view  # fetched after this file
    return neuron_view
