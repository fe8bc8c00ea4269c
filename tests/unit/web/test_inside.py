"""Inside the layer: every number of the coming update against an independent computation, and sums that add up as printed."""
import random
import re
from fractions import Fraction

import numpy as np
import pytest
import shapes
import spec as specs
import stages
from engine import check, inside
from engine.session import Session
from nncore.stepwise import finish
from engine.written import Decimals, significant

LINKS = [
    "#v=1&data=spiral&layers=7-relu,5-tanh&batch=20", "#v=1&data=digits&layers=12-gelu&batch=33&opt=sgd&lr=0.1&l2=0.01",
    "#v=1&data=sine&task=regress&layers=6-swish,4-sigmoid&opt=momentum", "#v=1&data=iris&layers=&opt=rmsprop&batch=7",
    "#v=1&data=wine&layers=6-leaky_relu-0.4,5-relu-0.3&batch=16", "#v=1&task=reconstruct&data=iris&layers=3-tanh,2-linear,3-tanh",
    "#v=1&data=moons&loss=mse&layers=4-tanh&features=x,y,xy,sinx",
]


def made(link, steps=3):
    spec, problems = specs.parse(link)
    assert not problems
    session = Session(spec)
    for _ in range(steps):
        session.step_batch()
    return session


def look(session, name, layer, cell="-", digits=4):
    session.set_look(inside.Look(f"{name} {layer} {cell} {digits}"))
    return finish(inside.frame(session, session.look))


def matrices(session, name, layer):
    """The frame's flat matrices in their shapes."""
    frame = look(session, name, layer)
    sizes = {part["key"]: (part["rows"], part["columns"]) for line in stages.lines(session.spec, name, layer, frame["count"])
             for part in line["parts"] if "key" in part}
    assert set(sizes) == set(frame["matrices"])
    return {key: values.reshape(sizes[key]).astype(np.float64) for key, values in frame["matrices"].items()}


def independent(session):
    """The coming batch in plain float64 NumPy, written down anew: a list of dicts, one a layer, and the losses."""
    spec, network = session.spec, session.network
    rows = session.training.upcoming()
    a, y, n = session.parts.train.x[rows], session.parts.train.y[rows], len(rows)
    masks = [inside_mask for inside_mask in (work.mask for work in session.rehearsal().buffers.layers)]
    layers = []
    for layer, mask in zip(network.layers, masks):
        w, b = layer.weights.astype(float), layer.biases.astype(float)
        z = a @ w + b
        out = layer.activation(z)
        layers.append({"x": a, "w": w, "b": b, "z": z, "a": out, "mask": mask})
        a = out if mask is None else out * mask
        layers[-1]["dropped"] = a
    last = layers[-1]
    if specs.loss_of(spec) == "categorical_cross_entropy":
        p = np.exp(last["z"]) / np.exp(last["z"]).sum(axis=1, keepdims=True)
        losses, last["dz"] = -np.log((p * y).sum(axis=1)), (p - y) / n
    else:
        losses, da = np.mean((last["a"] - y) ** 2, axis=1), 2 * (last["a"] - y) / y.size
        softmax = network.layers[-1].activation.name == "softmax"
        last["da"], last["slope"] = da, np.ones_like(da)
        last["dz"] = last["a"] * (da - (last["a"] * da).sum(axis=1, keepdims=True)) if softmax else da
    for k in range(len(layers) - 1, -1, -1):
        at = layers[k]
        if k < len(layers) - 1:
            back = layers[k + 1]["dz"] @ layers[k + 1]["w"].T
            at["da"] = back if at["mask"] is None else back * at["mask"]
            h, f = 1e-6, network.layers[k].activation
            at["slope"] = (f(at["z"] + h) - f(at["z"] - h)) / (2 * h)
            at["dz"] = at["da"] * at["slope"]
        at["dw"], at["db"] = at["x"].T @ at["dz"], at["dz"].sum(axis=0, keepdims=True)
        at["dx"] = at["dz"] @ at["w"].T
        at["grad"] = at["dw"] + spec["l2"] * at["w"]
        at["xt"], at["wt"] = at["x"].T, at["w"].T
    return layers, losses[:, None], y


@pytest.mark.parametrize("link", LINKS)
def test_every_number_equals_an_independent_computation(link):
    session = made(link)
    layers, losses, y = independent(session)
    for name, layer in stages.stages(session.spec) + [("update", k) for k in range(1, len(layers) + 1)]:
        found, expected = matrices(session, name, layer), dict(layers[layer - 1], losses=losses, y=y)
        for key, values in found.items():
            if key in expected:
                scale = np.abs(expected[key]).max()
                np.testing.assert_allclose(values, expected[key], rtol=2e-4, atol=2e-5 * scale, err_msg=f"{name} {layer} {key}")
            else:
                assert key in ("step", "w_next", "b_step", "b_next")


@pytest.mark.parametrize("link", LINKS)
def test_the_update_is_what_one_batch_does(link):
    session = made(link)
    count = len(session.network.layers)
    told = [matrices(session, "update", k) for k in range(1, count + 1)]
    before = [layer.weights.copy() for layer in session.network.layers]
    session.step_batch()
    for layer, now, old in zip(session.network.layers, told, before):
        np.testing.assert_allclose(layer.weights, now["w_next"], rtol=1e-5, atol=1e-7)
        np.testing.assert_allclose(layer.biases, now["b_next"], rtol=1e-5, atol=1e-7)
        np.testing.assert_allclose(now["step"], now["w_next"] - old, rtol=1e-4, atol=1e-7)
        assert np.any(now["step"])


def value(text):
    """A printed number, exactly."""
    return Fraction(text.strip("()").replace("−", "-"))


def test_two_hundred_cells_add_up_as_printed():
    dice, seen = random.Random(5), set()
    sessions = [made(link) for link in LINKS]
    for _ in range(200):
        session = dice.choice(sessions)
        name, layer = dice.choice([stage for stage in stages.stages(session.spec) if stage[0] in ("forward", "backward")])
        keys = [key for key in ("z", "dw", "db", "dx", "da") if stages.size_of(session.spec, name, layer, key)
                and not (key == "da" and layer == len(session.network.layers))]
        key = dice.choice(keys)
        rows, columns = stages.size_of(session.spec, name, layer, key)
        rows = min(rows, len(session.rehearsal().rows)) if key in ("z", "dx", "da") else rows
        row, column, digits = dice.randrange(rows), dice.randrange(columns), dice.randint(2, 8)
        cell = look(session, name, layer, f"{key}.{row}.{column}", digits)["cell"]
        terms = [value(text) for text in cell["products"]] + ([value(cell["bias"])] if cell.get("bias") else [])
        assert sum(terms) == value(cell["total"]), cell["title"]
        assert all(len(text.split(".")[1].rstrip(")")) == digits for text in cell["products"])
        # each printed product is that of the numbers, and the sum is near the engine's own
        own = matrices(session, name, layer)[key][row, column]
        assert abs(float(value(cell["total"])) - own) <= (len(terms) + 1) * 0.5 * 10.0**-digits + 1e-5 * abs(own)
        assert ("rounds to the same" in cell["rounding"]) == (Decimals(digits)(cell["value"]) == cell["total"])
        seen.add((name, key))
    assert seen == {("forward", "z"), ("backward", "dw"), ("backward", "db"), ("backward", "dx"), ("backward", "da")}


@pytest.mark.parametrize("link", LINKS)
def test_every_matrix_has_cells_that_are_explained(link):
    session, dice = made(link), random.Random(3)
    for name, layer in stages.stages(session.spec):
        frame = look(session, name, layer)
        assert frame["sentence"].endswith((".", "1 that the weight grows."))
        for key in frame["matrices"]:
            rows, columns = stages.size_of(session.spec, name, layer, key)
            cell = look(session, name, layer, f"{key}.{dice.randrange(min(rows, 5))}.{dice.randrange(columns)}")["cell"]
            assert cell["lines"] and all(isinstance(line, str) and "None" not in line for line in cell["lines"])
            assert cell["says"].startswith(cell["title"])


def test_printed_arithmetic_of_formulas():
    """Softmax, the loss's gradient and a weight's next value, read back from the sentence."""
    session = made("#v=1&data=spiral&layers=5-relu&opt=sgd&lr=0.1")
    line = look(session, "forward", 2, "a.1.0", 6)["cell"]["lines"][0]
    written, top, below, result = re.search(r"\((−?[\d.]+ \+ [^)]*)\) = ([\d.]+) / ([\d.]+) = ([\d.]+\d)", line).groups()
    assert sum(value(part) for part in written.split(" + ")) == value(below)
    assert float(value(top) / value(below)) == pytest.approx(float(value(result)), abs=2e-6)
    line = look(session, "backward", 2, "dz.1.0", 6)["cell"]["lines"][0]
    a, y, difference, n, result = re.search(r"\((\S+) − (\S+)\) / \d+ = (\S+) / (\d+) = (−?[\d.]+)", line).groups()
    assert value(a) - value(y) == value(difference)
    assert float(value(difference) / int(n)) == pytest.approx(float(value(result)), abs=1e-6)
    line = look(session, "update", 1, "w_next.0.3", 6)["cell"]["lines"][0]
    before, moved, after = re.search(r"= (−?[\d.]+) \+ (\S+) = (−?[\d.]+)", line).groups()
    assert value(before) + value(moved) == value(after)


def test_a_locked_weight_does_not_move():
    session = made("#v=1&data=circle&layers=3-tanh&lock=1.0.1")
    frame = look(session, "update", 1, "step.0.1")
    assert frame["cell"]["value"] == 0 and "locked" in frame["cell"]["lines"][0]


def test_the_check_of_one_gradient():
    session = made("#v=1&data=circle&layers=3-tanh")
    assert "They agree" in check.sentence(session.rehearsal(), 1, "grad", 1, 2)
    assert "b2[0, 1]" in check.sentence(session.rehearsal(), 2, "b", 0, 1)


def test_looking_changes_nothing():
    watched, alone = made(LINKS[4]), made(LINKS[4])
    for _ in range(6):
        for name, layer in stages.stages(watched.spec):
            look(watched, name, layer)
        watched.step_batch()
        alone.step_batch()
    np.testing.assert_array_equal(watched.network.parameters, alone.network.parameters)


@pytest.mark.parametrize("number, digits, text", [
    (0.0, 4, "0"), (-0.000012345, 3, "−1.23·10⁻⁵"), (1234567.0, 4, "1.235·10⁶"), (0.5, 3, "0.500"), (float("inf"), 4, "inf"), (-1e300, 2, "−1.0·10³⁰⁰")])
def test_digits_that_count(number, digits, text):
    assert significant(number, digits) == text


def test_numbers_beyond_decimals_are_said_to_be_rounded():
    session = made("#v=1&data=circle&layers=3-linear", steps=0)
    session.set_parameter("1.0.0", 1e30)
    cell = look(session, "forward", 1, "z.0.0")["cell"]
    assert "powers of ten" in cell["rounding"] and "10³⁰" in " ".join(cell["right"] + cell["products"])


def test_lines_name_shapes_that_agree():
    for link in LINKS:
        spec, _ = specs.parse(link)
        for name, layer in stages.stages(spec):
            for line in stages.lines(spec, name, layer):
                parts = line["parts"]
                for k, part in enumerate(parts):
                    if part.get("sign") == "@":
                        assert parts[k - 1]["columns"] == parts[k + 1]["rows"]
    assert stages.stages(spec)[0] == ("forward", 1) and len(shapes.dense_layers(spec)) == 2
