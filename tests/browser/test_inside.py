"""Inside the layer: the tables' numbers against NumPy, sums as printed, walking by keys, the lens, agreement after any edit."""
import os
import random
import re
from fractions import Fraction

import numpy as np
import pytest
from inside_page import InsidePage, number

from nncore import load_dataset, split
from nncore.activations import ACTIVATIONS

EDITS, SUMS = (100, 50) if "NNCORE_WIDE" in os.environ else (30, 15)  # sums of each pass


@pytest.fixture
def inside(lab):
    return InsidePage(lab.page)


def close(shown, expected, decimals, name):
    """Printed numbers are the expected ones, rounded."""
    np.testing.assert_allclose(shown, expected, rtol=3e-5, atol=2.0 * 10.0**-decimals, err_msg=name)


# Small enough that every number is on view at once; the parameters are drawn from a seed.
def random_links(count, seed=7):
    dice = random.Random(seed)
    for _ in range(count):
        task, data = dice.choice([("classify", "iris"), ("classify", "moons"), ("regress", "sine"), ("reconstruct", "iris")])
        layers = ",".join(f"{dice.randint(2, 4)}-{dice.choice(['relu', 'tanh', 'sigmoid', 'swish', 'gelu', 'linear'])}" for _ in range(dice.randint(1, 2)))
        yield (f"#v=1&task={task}&data={data}&layers={layers}&batch={dice.randint(2, 4)}&opt={dice.choice(['sgd', 'adam', 'momentum', 'rmsprop'])}"
               f"&lr=0.05&seeds=1-1-{dice.randint(1, 99)}-1&digits=8")


def test_every_number_is_that_of_an_independent_computation(lab, inside):
    lab.page.set_viewport_size({"width": 2600, "height": 1200})  # wide enough for all columns
    for n, link in enumerate(random_links(4)):
        lab.open(link) if n == 0 else lab.set_hash(link)
        lab.expect_state("ready")
        lab.step_batch()
        lab.expect_updates(1)
        inside.come_into_view()
        compare_all_stages(lab, inside, link)


def compare_all_stages(lab, inside, link):
    fields = dict(pair.split("=") for pair in link[1:].split("&"))
    names = [layer.split("-")[1] for layer in fields["layers"].split(",")] + ["softmax" if fields["task"] == "classify" else "linear"]
    last, a, layers = len(names), None, []
    inside.choose_pass("Forward")
    for k, name in enumerate(names, start=1):
        inside.choose_layer(k)
        t = inside.tables()
        x, w, b, z = (t[key] for key in ("X" if k == 1 else f"A{k - 1}", f"W{k}", f"b{k}", f"Z{k}"))
        if k > 1:
            close(x, a, 6, "what goes in is what came out of the layer before")
        close(z, x @ w + b, 6, f"Z{k}")
        a = ACTIVATIONS[name](x @ w + b)
        close(t[f"A{k}"], a, 6, f"A{k}")
        layers.append({"x": x, "w": w, "b": b, "z": z, "f": ACTIVATIONS[name]})
    inside.choose_pass("Loss")
    t = inside.tables()
    y, n = t["Y"], len(a)
    losses = -np.log((a * y).sum(axis=1)) if names[-1] == "softmax" else np.mean((a - y) ** 2, axis=1)
    close(t["loss"][:, 0], losses, 5, "losses")
    rows_are_data(fields, layers[0]["x"], y)
    d_z = (a - y) / n if names[-1] == "softmax" else 2 * (a - y) / y.size
    inside.choose_pass("Backward")
    for k in range(last, 0, -1):
        at = layers[k - 1]
        inside.choose_layer(k)
        if k < last:
            h = 1e-5
            d_z = d_a * (at["f"](at["z"] + h) - at["f"](at["z"] - h)) / (2 * h)
        t = inside.tables()
        at["dw"], at["db"] = at["x"].T @ d_z, d_z.sum(axis=0, keepdims=True)
        close(t[f"dZ{k}"], d_z, 5, f"dZ{k}")
        close(t[f"dW{k}"], at["dw"], 5, f"dW{k}")
        close(t[f"db{k}"], at["db"], 5, f"db{k}")
        assert (f"dA{k - 1}" in t) == (k > 1)
        d_a = d_z @ at["w"].T
        if k > 1:
            close(t[f"dA{k - 1}"], d_a, 5, f"dA{k - 1}")
    inside.choose_pass("Update")
    told = {}
    for k in range(1, last + 1):
        inside.choose_layer(k)
        t, at = inside.tables(), layers[k - 1]
        close(t[f"dW{k}"], at["dw"], 5, f"dW{k}")
        close(t[f"W{k} next"], t[f"W{k}"] + t[f"ΔW{k}"], 7, f"W{k} next")
        close(t[f"b{k} next"], t[f"b{k}"] + t[f"Δb{k}"], 7, f"b{k} next")
        if fields["opt"] == "sgd":
            close(t[f"ΔW{k}"], -0.05 * at["dw"], 6, f"ΔW{k}")
        assert np.any(t[f"ΔW{k}"])
        told[k] = t[f"W{k} next"]
    lab.step_batch()
    lab.expect_updates(2)
    inside.choose_pass("Forward")
    for k in range(1, last + 1):
        inside.choose_layer(k)
        close(inside.tables()[f"W{k}"], told[k], 6, f"W{k} after the update that was told")


def rows_are_data(fields, x, y):
    """Each row of X and Y is one of the training rows, standardised where the page standardises."""
    options = {"points": 300, "noise": 0.1, "seed": 1} if fields["data"] in ("moons", "sine") else {}
    data = load_dataset(fields["data"], **options).for_task(fields["task"])
    train = split(data, (60, 20, 20), seed=1, standardize=fields["data"] == "iris").train
    for row, target in zip(x, y, strict=True):
        found = np.flatnonzero(np.abs(train.x - row).max(axis=1) < 2e-6)
        assert len(found) and any(np.abs(train.y[at] - target).max() < 2e-6 for at in found)


def value(text):
    return Fraction(text.strip("()").replace("−", "-"))


def test_sums_add_up_as_printed_and_light_their_rows(lab, inside):
    lab.open("#v=1&data=digits&layers=12-relu,7-tanh&batch=9&lr=0.05")
    lab.step_epoch()
    lab.expect_state("paused")
    inside.come_into_view()
    dice, count = random.Random(11), 0
    for name, layer, matrices, digits in [("Forward", 1, ["Z1"], 4), ("Forward", 3, ["Z3"], 8), ("Backward", 2, ["dW2", "db2", "dA1"], 3),
                                          ("Backward", 1, ["dW1", "db1"], 2)]:
        inside.choose_pass(name)
        inside.choose_layer(layer)
        inside.set_decimals(digits)
        t = inside.tables()
        picks = []
        for _ in range(SUMS):
            matrix = dice.choice(matrices)
            rows, columns = t[matrix].shape
            picks.append((matrix, dice.randrange(rows), dice.randrange(columns)))
        for found, (matrix, row, column) in zip(inside.pick_visible_cells(picks), picks, strict=True):
            assert found["title"] == f"{matrix}[{row}, {column}]"
            terms = re.sub(r"^= | = [^=]*$", "", found["steps"]).replace("− ", "+ −").split(" + ") if found["steps"] else found["chips"][:-1]
            assert sum(value(text) for text in terms) == value(found["total"]), found
            assert "add up exactly as printed" in found["rounding"]
            near = 2 * 10.0**-min(digits, 4) + len(terms) * 10.0**-digits
            assert abs(float(value(found["total"])) - t[matrix][row, column]) < near
            count += 1
    assert count == 4 * SUMS
    inside.click_cell("dW1", 2, 1)
    assert inside.lit("Xᵀ") and {row for row, _ in inside.lit("Xᵀ")} == {"x2"}
    assert {column for _, column in inside.lit("dZ1")} == {"1"} and inside.lit("dW1") == [("x2", "1")]
    inside.check_gradient()
    inside.expect_checked("They agree")
    inside.choose_layer(2)
    inside.expect_explained_in_sight("dA1", 3, 1)


def test_a_wide_layer_is_walked_by_keys_and_scrolled(lab, inside):
    lab.open("#v=1&data=digits&layers=40-relu&batch=32&digits=4")
    inside.come_into_view()
    inside.expect_numbers()
    inside.focus_table("W1")
    inside.press("End", "PageDown", "ArrowUp")
    assert inside.focused() == ("x5", "39")
    inside.expect_in_view("Z1", last_column="39")  # tables that share an axis go together
    inside.press("Control+End")
    assert inside.focused()[0] == "x63"
    inside.expect_in_view("X", last_column="x63")
    inside.press("Enter")
    inside.expect_explained("W1[63, 39]")
    inside.expect_said(re.compile(r"^W1\[63, 39\] is −?\d"))
    assert "&cell=w.63.39" in lab.hash()
    inside.press("Escape")
    inside.expect_nothing_explained()
    assert "cell=" not in lab.hash()
    inside.scroll("Z1", 0, 5000)
    inside.expect_in_view("X", last_row="31")
    lab.page.set_viewport_size({"width": 1100, "height": 900})  # nothing is lost where the tables get another width
    inside.expect_numbers()
    lab.set_hash("#v=1&data=digits&layers=40-relu&batch=32&pass=backward&layer=2&cell=dw.39.9")
    inside.expect_explained("dW2[39, 9]")
    assert inside.lit("dW2") == [("39", "9")]


def test_the_lens_walks_through_one_batch(lab, inside):
    lab.open("#v=1&data=circle&layers=3-relu&opt=sgd&lr=0.1")  # 180 rows: five batches of 32, and one of 20
    steps = [("forward through layer 1", "32 rows go through layer 1 in one product: 192 multiplications", [1]),
             ("forward through layer 2", "probabilities", [2]), ("the loss", "The loss of this batch is", [2]),
             ("backward through layer 2", "the last one first", [2]), ("backward through layer 1", "its steepest weight is W1", [1]),
             ("the update", "All 17 weights and biases take their step at once, with a learning rate of 0.100", [1, 2])]
    for n, (title, words, layers) in enumerate(steps, start=1):
        inside.lens_next()
        inside.expect_lens(f"Step {n} of 6: {title}", words)
        inside.expect_stage_in_diagram(*layers)
    inside.come_into_view()
    told = inside.tables()
    inside.lens_previous()
    inside.expect_lens("Step 5 of 6: backward through layer 1", "steepest")
    lab.expect_ledger("dW2 (3, 2) = A1ᵀ (3, 32) @ dZ2 (32, 2) db2 (1, 2) = Σ dA1 (32, 3) = dZ2 (32, 2) @ W2ᵀ (2, 3)",
                      "dW1 (2, 3) = Xᵀ (2, 32) @ dZ1 (32, 3) db1 (1, 3) = Σ")
    lab.expect_updates(0)
    inside.lens_next()
    inside.lens_next()  # takes the step
    lab.expect_updates(1)
    inside.expect_lens("Step 1 of 6: forward through layer 1", "192 multiplications")
    inside.expect_shape("W1", 2, 3)
    np.testing.assert_allclose(inside.tables()["W1"], told["W1 next"], atol=0.006)
    for update in range(2, 6):
        lab.step_batch()
        lab.expect_updates(update)
    inside.expect_why("What is left: 20 rows and 3 columns.")
    inside.expect_shape("Z1", 20, 3)


def test_ledger_diagram_and_tables_agree_after_many_edits(lab, inside):
    lab.open("#v=1&data=circle&layers=4-relu,3-tanh")
    inside.come_into_view()
    dice = random.Random(3)
    edits = {
        "add": lambda: lab.add_layer(), "remove": lambda: lab.remove_layer(), "more": lambda: lab.more_neurons(1), "neurons": lambda: lab.set_neurons(1, str(dice.choice([1, 2, 9, 11, 30]))),
        "data": lambda: lab.choose_data(dice.choice(["circle", "spiral", "iris", "digits", "wine"])), "batch": lambda: lab.set_slider("Batch size", str(dice.randrange(6))),
        "batch step": lambda: lab.step_batch(), "epoch": lambda: lab.step_epoch(), "weights": lambda: lab.new_weights(), "back": lambda: lab.go_back(),
        "pass": lambda: inside.choose_pass(dice.choice(["Forward", "Loss", "Backward", "Update"])), "ledger": lambda: inside.choose_ledger(dice.choice(["Forward", "Backward"])),
        "layer": lambda: inside.choose_layer(1), "last layer": lambda: inside.choose_layer(inside.state()["layers"]), "activation": lambda: lab.set_activation(1, dice.choice(["relu", "gelu"])),
    }
    done = 0
    while done < EDITS:
        name, hidden = dice.choice(list(edits)), len(inside.state()["widths"]) - 2
        if (name == "remove" and hidden < 2) or (name == "add" and hidden > 4) or (name == "layer" and not inside.can_choose_layer(1)):
            continue
        edits[name]()
        done += 1
        inside.come_into_view()  # numbers are sent only for what can be seen
        inside.expect_agreement(disagreement, f"edit {done}, {name}")


def disagreement(state):
    """What ledger, diagram and tables contradict each other in, or None."""
    widths, tables = state["widths"], {name: (shape, cells) for name, shape, cells in state["tables"]}
    pairs = list(zip(widths[:-1], widths[1:]))
    shapes = [re.findall(r"(\S+) \((\d+), (\d+)\)", line) for line in state["ledger"]]
    if len(shapes) != len(pairs):
        return f"{len(shapes)} rows in the ledger, {len(pairs)} layers in the diagram"
    known = {name: (int(rows), int(columns)) for line in shapes for name, rows, columns in line}
    for k, (n_inputs, n_neurons) in enumerate(pairs, start=1):
        for name, shape in ((f"W{k}", (n_inputs, n_neurons)), (f"dW{k}", (n_inputs, n_neurons)), (f"b{k}", (1, n_neurons)), (f"db{k}", (1, n_neurons))):
            if known.get(name, shape) != shape:
                return f"ledger {name} {known[name]}, diagram {shape}"
    if not 0 <= state["current"] < len(pairs):
        return "no row of the ledger is marked"
    for name, (shape, cells) in tables.items():
        rows, columns = map(int, re.match(r"\((\d+), (\d+)\)", shape).groups())
        if name in known and known[name] != (rows, columns) and "n" not in name and not re.match(r"^(X|A|Z|dZ|dA)", name):
            return f"table {name} {shape}, ledger {known[name]}"
        if any("…" in text for row in cells for text in row):
            return f"table {name} is empty"
    for name, (_, cells) in tables.items():
        found = re.fullmatch(r"b(\d+)", name)
        plugs = state["biases"][int(found[1])] if found else []
        if "–" in plugs:
            return f"the diagram has no biases of layer {found[1]} yet"
        if plugs and [round(number(text), 2) for text in cells[0]] != [round(number(text), 2) for text in plugs[:len(cells[0])]]:
            return f"table {name} {cells[0]}, diagram {plugs}"
    return None
