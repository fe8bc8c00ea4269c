"""The Network card: the layers as columns, what flows between them, and the ledger of shapes."""
import kinds
import protocol
import shapes
import spec as specs
from pyscript.js_modules.page import fields, links, paint
from ui import dom
from ui.plane import CLASS_MARKS
from ui.state import data_of
from ui.weight_editor import LOCK
from ui.markup import Markup, join

SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
DROPOUTS = [0, 0.1, 0.2, 0.3, 0.5]


INITIAL = [("he", "He"), ("xavier", "Xavier"), ("small", "small random"), ("zeros", "zeros"), ("constant", "constant")]


def set_up():
    """What never changes: the names of the ways to begin."""
    dom.html("init", join(Markup('<option value="%s">%s</option>') % pair for pair in INITIAL))


def render(state):
    """Shows the network of the spec; True where its columns were drawn anew and so lost their pictures."""
    spec = state["spec"]
    layers, hidden = shapes.dense_layers(spec), len(spec["layers"])
    dom.text("layer-count", "%d dense %s" % (len(layers), "layer" if len(layers) == 1 else "layers"))
    dom.el("deep").classList.toggle("not-yet", len(layers) < 2)
    dom.text("parameter-count", "{:,}".format(shapes.parameter_count(spec)))
    dom.html("hidden-count", Markup("<b>%d</b> hidden %s") % (hidden, "layer" if hidden == 1 else "layers"))
    dom.el("remove-layer").disabled = hidden == 0
    dom.el("add-layer").disabled = hidden == kinds.MOST_LAYERS
    dom.set_value("init", spec["init"])
    dom.hide("scale", spec["init"] not in ("small", "constant"))
    dom.set_value("scale", kinds.number(spec["scale"]))
    new = dom.html("columns", columns(state))
    for index in range(hidden):
        id = "neurons-%d" % (index + 1)
        dom.set_value(id, str(spec["layers"][index][0]))
        dom.set_attribute(id, "aria-invalid", "true" if state["field_error"] == id else None)
        dom.set_value("dropout-%d" % (index + 1), kinds.number(specs.dropouts(spec)[index]))
    links.showLocks(",".join(spec["lock"]))
    linked = any(protocol.has_links(n_inputs, n_neurons) for n_inputs, n_neurons, _ in layers)
    dom.el("key").classList.toggle("no-links", not linked)
    dom.el("stage").classList.toggle("many", len(layers) > 3 and not linked or len(layers) > 5)
    dom.html("tile-key", Markup('<i class="swatch hatch"></i>hatched = below 0') if data_of(state).flat
             else state["sample"] or "Squares: the activations of one row, and the weights")
    return new


def lay_out():
    """Draws the paths between the columns where these now stand."""
    links.layOut(dom.el("links"), dom.el("stage"))
    fields.place()


def draw(arrays, state):
    """Draws what came of weights, biases and pictures."""
    if "weights" in arrays:
        links.show(arrays["weights"], arrays["biases"], arrays["distinct"])
    if "pictures" in arrays:
        paint.pictures(arrays["pictures"])


# ---- columns

def columns(state):
    """HTML of all columns: the inputs, then each dense layer, with the weights' picture where links would be too many."""
    spec, data = state["spec"], data_of(state)
    layers, parts, biases_at, weights_at = shapes.dense_layers(spec), [_input_column(spec, data)], 0, 0
    for index, (n_inputs, n_neurons, activation) in enumerate(layers):
        linked, last = protocol.has_links(n_inputs, n_neurons), index == len(layers) - 1
        if not linked:
            parts.append(_between(index + 1, n_inputs, n_neurons, data.side if index == 0 else None))
        stands = Markup(' data-layer="%d" data-neurons="%d"') % (index + 1, n_neurons)
        if protocol.has_tiles(n_neurons):  # where its numbers stand in a frame's flat arrays
            stands += Markup(' data-inputs="%d" data-biases-at="%d" data-weights-at="%d"') % (n_inputs, biases_at, weights_at)
            weights_at += n_inputs * n_neurons
        if linked:
            stands += Markup(' data-linked="yes"')
        parts.append(Markup('<div class="column k%d%s"%s><div class="column-head">%s%s</div>%s</div>') % (
            index + 1, " tight" if n_neurons > 8 else "", stands, _title(index + 1),
            _output_head(spec, n_neurons, activation) if last else _hidden_head(spec, index, activation),
            _neurons(index + 1, n_neurons, n_inputs, biases_at, _output_names(spec, data) if last else None)))
        biases_at += n_neurons
    return join(parts)


def _output_names(spec, data):
    """What stands beside the output neurons: a class's mark or name, the number predicted, the input given back."""
    if spec["task"] == "classify":
        names = shapes.class_names(spec)
        return list(CLASS_MARKS[:len(names)]) if data.flat else names
    return [data.answer] if spec["task"] == "regress" else _input_names(spec)


def _input_names(spec):
    """The inputs' names with their numbers set low."""
    return ["x" + "".join(SUBSCRIPTS[int(c)] for c in name[1:]) if name[1:].isdigit() else name
            for name in shapes.input_names(spec)]


def _input_column(spec, data):
    names = _input_names(spec)
    body = _strip(0, len(names), data.side or protocol.strip_columns(len(names))) if not protocol.has_tiles(len(names)) else (
        Markup('<div class="neurons">') + join(
            Markup('<div class="neuron"><span class="name">%s</span><div class="tile"><canvas id="tile-0-%d"></canvas></div></div>')
            % (name, j) for j, name in enumerate(names)) + Markup("</div>"))
    return (Markup('<div class="column k0"><div class="column-head"><div class="head-line"><h3>Input</h3></div><p class="hint">%d %s</p></div>%s</div>')
            % (len(names), "feature" if len(names) == 1 else "features", body))


def _title(number):
    return (Markup('<div class="head-line"><h3>Layer %d</h3><button type="button" class="lock" id="lock-%d" data-do="lock" data-lock="%d" '
            'aria-pressed="false" aria-label="Lock layer %d">%s</button></div>') % (number, number, number, number, LOCK))


def _hidden_head(spec, index, activation):
    number, dropout = index + 1, specs.dropouts(spec)[index]
    dropouts = sorted(DROPOUTS if dropout in DROPOUTS else DROPOUTS + [dropout])
    options = join(Markup('<option%s>%s</option>') % (" selected" if name == activation else "", name)
                      for name in kinds.HIDDEN_ACTIVATIONS)
    return (Markup('<div class="stepper" role="group" aria-label="Neurons in layer %d" data-part="neurons">'
            '<button type="button" id="fewer-%d" data-do="fewer" data-layer="%d" aria-label="One neuron less in layer %d">−</button>'
            '<input id="neurons-%d" type="text" inputmode="numeric" autocomplete="off" data-set="neurons" data-layer="%d" aria-label="Neurons in layer %d">'
            '<button type="button" id="more-%d" data-do="more" data-layer="%d" aria-label="One neuron more in layer %d">+</button></div>'
            '<select id="activation-%d" data-set="activation" data-layer="%d" data-part="activation" aria-label="Activation of layer %d">%s</select>'
            '<select id="dropout-%d" class="dropout" data-set="dropout" data-layer="%d" data-part="dropout" aria-label="Dropout of layer %d" '
            'title="The share of this layer\'s outputs set to 0, at random, in each update">%s</select>'
            '<p class="distinct" id="distinct-%d" title="Neurons with the same weights and bias compute the same, and learn the same for ever"></p>')
            % (number, number, index, number, number, index, number, number, index, number, number, index, number, options,
               number, index, number, join(Markup('<option value="%s">dropout %s</option>') % (kinds.number(share), kinds.number(share))
                                              for share in dropouts), number))


def _output_head(spec, count, activation):
    what = {"classify": "classes", "regress": "number", "reconstruct": "features again"}[spec["task"]]
    why = {"classify": "one neuron a class, and softmax turns their values into probabilities",
           "regress": "one neuron, linear, for a number of any size",
           "reconstruct": "as many linear neurons as there are inputs"}[spec["task"]]
    return (Markup('<p class="hint">%d %s</p><p class="derived" title="The task decides the output layer: %s.">%s</p>')
            % (count, what, why, activation))


def _neurons(k, count, n_inputs, at, names):
    """A tile for each neuron, or a strip; `at` is where its first bias stands among all."""
    if not protocol.has_tiles(count):
        return _strip(k, count, protocol.strip_columns(count))
    tiles = []
    for j in range(count):
        name = "" if names is None else Markup('<span class="name%s">%s</span>') % (
            " ink-c%d" % j if names[j] in CLASS_MARKS else "" if len(names[j]) == 1 else " word", names[j])
        tiles.append(
            Markup('<div class="neuron"><button type="button" class="bias" id="bias-%d-%d" tabindex="-1" data-do="open_editor" data-place="%d.b.%d" '
            'data-at="%d"><svg aria-hidden="true"><use href="#i-lock"/></svg><span class="hidden">Bias of neuron %d of layer %d: </span>–</button>'
            '<button type="button" class="tile" id="neuron-%d-%d" tabindex="-1" data-do="open_editor" data-place="%d.%d" aria-haspopup="dialog" '
            'aria-label="Neuron %d of layer %d, its bias and %d weights"><canvas id="tile-%d-%d"></canvas></button>%s</div>')
            % (k, j, k, j, at + j, j, k, k, j, k, j, j, k, n_inputs, k, j, name))
    return Markup('<div class="neurons">') + join(tiles) + Markup("</div>")


def _strip(k, count, wide):
    """All neurons of a wide layer as one picture, a square each."""
    return (Markup('<div class="strip"><div class="frame cells-%d"><canvas id="strip-%d" width="%d" height="%d"></canvas></div>'
            '<p class="hint">%d %s</p></div>') % (wide, k, wide, -(-count // wide), count, "features" if k == 0 else "neurons"))


def _between(k, n_inputs, n_neurons, side):
    across, down = protocol.weights_stride(n_neurons), protocol.weights_stride(n_inputs)
    wide, high = protocol.mosaic_size(side, n_neurons) if side else (-(-n_neurons // across), -(-n_inputs // down))
    drawn = "" if side or max(across, down) == 1 else Markup('<br><span title="%s">every %s</span>') % (
        "The picture shows as many of the weights as there is room for", _nth(max(across, down)))
    return Markup('<figure class="between"><div class="frame"><canvas id="weights-%d" width="%d" height="%d"></canvas></div>'
                  "<figcaption><b>W%d</b><br>(%d, %d)%s</figcaption></figure>") % (k, wide, high, k, n_inputs, n_neurons, drawn)


def _nth(stride):
    """2nd, 3rd, 4th …"""
    return "%d%s" % (stride, {2: "nd", 3: "rd"}.get(stride, "th"))


# ---- ledger

def render_ledger(spec):
    """The half of the ledger that the spec names, with the layer marked that is looked at."""
    backward = spec["ledger"] == "backward"
    rows = [_backward_row(line, spec) for line in shapes.backward_ledger(spec)] if backward else [
        _ledger_row(line, spec) for line in shapes.ledger(spec)]
    dom.html("ledger-rows", join(rows))
    longest = max(len(row.textContent) for row in dom.el("ledger-rows").children)
    dom.el("ledger").style.setProperty("--chars", str(longest))
    dom.el("ledger").classList.toggle("backward", backward)
    dom.text("ledger-words", "Each gradient has the shape of what it changes; Σ adds up the rows of dZ." if backward else "The inner two agree, or there is no product.")
    for half in ("forward", "backward"):
        dom.set_attribute("ledger-" + half, "aria-pressed", "true" if spec["ledger"] == half else "false")


def _row(number, cells, spec):
    """A line of the ledger; its number is a button that opens the layer below."""
    current = Markup(' aria-current="true"') if number == spec["layer"] else ""
    head = Markup('<button type="button" id="ledger-layer-%d" data-do="inside_layer" data-layer="%d" '
                  'aria-label="Look inside layer %d">%d</button>') % (number, number, number, number)
    return Markup('<tr%s><th scope="row">%s</th>%s</tr>') % (current, head, join(cells))


def _backward_row(line, spec):
    """`dW1 (2, 8) = Xᵀ (2, 32) @ dZ1 (32, 8) · db1 (1, 8) = Σ · dA1 (32, 8) = dZ2 (32, 6) @ W2ᵀ (6, 8)`."""
    k = line["number"]
    before, after = "d%d" % ((k - 1) % 4), "d%d" % (k % 4)
    cells = [_array(line["dw"], before, after), _sign("="), _array(line["xt"], before, "rows"), _sign("@"),
             _array(line["dz"], "rows", after),
             _sign(""), _array(line["db"], "rows", after), _sign("="), _operation("Σ")]
    if line["dx"]:
        cells += [_sign(""), _array(line["dx"], "rows", before), _sign("="), _array(line["dz"], "rows", after), _sign("@"),
                  _array(line["wt"], after, before)]
    return _row(k, cells, spec)


def _ledger_row(line, spec):
    """`X (32, 2) @ W1 (2, 8) + b1 (1, 8) → Z1 (32, 8) → relu → A1 (32, 8)`: sizes that must agree share a colour."""
    k = line["number"]
    before, after = "d%d" % ((k - 1) % 4), "d%d" % (k % 4)
    cells = [_array(line["x"], "rows", before), _sign("@"), _array(line["w"], before, after), _sign("+"),
             _array(line["b"], "rows", after), _sign("→"), _array(line["z"], "rows", after), _sign("→"),
             _operation(line["activation"]), _sign("→"), _array(line["a"], "rows", after)]
    return _row(k, cells, spec)


def _array(array, row_class, column_class):
    name, rows, columns = array
    return Markup('<td><b>%s</b> (<span class="dim %s">%d</span>, <span class="dim %s">%d</span>)</td>') % (
        name, row_class, rows, column_class, columns)


def _sign(text):
    return Markup('<td class="op">%s</td>') % text


def _operation(name):
    return Markup('<td class="op"><em>%s</em></td>') % name
