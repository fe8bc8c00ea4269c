"""The exhibit Batch: a layer on many samples, one at a time and as one product; the same numbers, and the time of both."""
from exhibits.batch_view import ACTIONS, SETTERS, open, recolour, render
