"""The exhibit One neuron: weight and bias as knobs, residuals, the loss as a bowl, and gradient descent walking in it."""

FILES = ["exhibits/neuron.css", "exhibits/neuron_data.py", "exhibits/neuron_words.py", "exhibits/neuron_page.py",
         "exhibits/neuron_walk.py", "exhibits/neuron_view.py", "exhibits/neuron_actions.py"]
ACTIONS, SETTERS = {}, {}  # filled once their file is there


def open(lab, host):
    """Fills the element and connects it."""
    from exhibits import neuron_actions  # fetched after this file
    ACTIONS.update(neuron_actions.ACTIONS)
    SETTERS.update(neuron_actions.SETTERS)
    neuron_actions.open(lab, host)


def render(state):
    """Draws what the state says of the neuron."""
    _view().render(state)


def recolour():
    """Draws the canvases in the theme's colours."""
    _view().recolour()


def _view():
    from exhibits import neuron_view  # fetched after this file
    return neuron_view
