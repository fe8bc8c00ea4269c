"""One batch under the lens: each stage of the coming update in one sentence with its numbers."""
import numpy as np
import shapes
import stages

from engine.written import significant


def sentence(session, rehearsal, look):
    """What happens in the stage that is looked at."""
    return {"forward": _forward, "loss": _loss, "backward": _backward, "update": _update}[look.name](session, rehearsal, look.layer)


def _forward(session, r, layer):
    work, n = r.buffers[layer - 1], len(r.rows)
    n_inputs, n_neurons = work.weights.shape
    text = "%s through layer %d in one product: %s multiplications for Z%d (%d, %d)" % (
        "1 row goes" if n == 1 else "%d rows go" % n, layer, "{:,}".format(n * n_inputs * n_neurons), layer, n, n_neurons)
    kind = work.activation.name
    if kind == "relu":
        text += ", and relu sets %.0f %% of it to 0" % (100 * float(np.mean(work.a == 0)))
    elif kind == "softmax":
        text += ", and softmax makes each row of it probabilities that add up to 1"
    elif kind != "linear":
        text += ", and %s bends it" % kind
    return text + "."


def _loss(session, r, layer):
    losses = r.losses.astype(np.float64)
    worst = int(np.argmax(losses))
    text = "The loss of this batch is %s, the mean of its %s; row %d is the worst with %s." % (
        significant(losses.mean(), 4), stages.counted(len(losses), "row"), worst, significant(losses[worst], 4))
    if session.spec["task"] == "classify":
        right = int(np.sum(np.argmax(r.buffers.last.a, axis=1) == np.argmax(r.y, axis=1)))
        text += " %d of %d are right." % (right, len(losses))
    return text


def _backward(session, r, layer):
    weights, biases = r.network.places(layer - 1)
    r.gradients
    sizes = np.abs(r.gradients[weights])
    i, j = np.unravel_index(int(np.argmax(sizes)), sizes.shape)
    count = len(shapes.dense_layers(session.spec))
    first = "The loss goes back through layer %d%s" % (layer, ", the last one first" if layer == count and count > 1 else "")
    if not sizes.any():
        return first + ": every slope of dW%d is 0, so this layer learns nothing from this batch." % layer
    return first + ": its steepest weight is W%d[%d, %d], where the loss changes by %s for each 1 that the weight grows." % (
        layer, i, j, significant(r.gradients[weights][i, j], 4))


def _update(session, r, layer):
    moved = r.next_parameters - r.parameters
    at = int(np.argmax(np.abs(moved)))
    rate = r.next_optimizer.rate
    return "All %s weights and biases take their step at once, with a learning rate of %s: %s, the one that moves most, goes from %s to %s." % (
        "{:,}".format(moved.size), significant(rate, 3), _name(r, at), significant(r.parameters[at], 4), significant(r.next_parameters[at], 4))


def _name(r, at):
    """How the parameter at that place of the flat vector is written."""
    for index in range(len(r.network.layers)):
        for letter, places in zip("Wb", r.network.places(index)):
            found = np.argwhere(places == at)
            if len(found):
                return "%s%d[%d, %d]" % (letter, index + 1, found[0][0], found[0][1])
