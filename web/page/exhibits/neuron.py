"""The exhibit One neuron: weight and bias as knobs, residuals, the loss as a bowl, and gradient descent walking in it."""
from exhibits.neuron_actions import ACTIONS, SETTERS, open
from exhibits.neuron_view import recolour, render
