"""Thousands of links, sensible, half-sensible and garbage: no uncaught error, and always a usable page."""
import os
import random

import pytest

import spec as specs

SEEDS = [1, 2]
LINKS = 1000 if "NNCORE_WIDE" in os.environ else 80  # of each seed
VALUES = {
    "task": ["classify", "regress", "reconstruct"], "data": ["circle", "spiral", "digits", "iris", "sine", "plane", "diabetes"],
    "points": ["30", "300", "29", "2000"], "noise": ["0", "1", "2", "nan"], "classes": ["2", "5", "6"],
    "features": ["x", "x,y,xy", "z", ""], "standardize": ["auto", "0", "1"], "split": ["60-20-20", "1-1-98", "98-1-1", "50-50"],
    "layers": ["", "8-relu", "64-relu,64-relu", "2-linear", "512-gelu", "8-relu-0.5,3-swish", "0-relu", "8", "9-softmax"],
    "init": ["zeros", "small", "he", "?"], "scale": ["0", "0.01", "1e999"], "loss": ["auto", "mse", "categorical_cross_entropy"],
    "opt": ["sgd", "adam", "lion"], "lr": ["0.01", "1000", "0", "-1", "1e-300"], "schedule": ["step", "cosine", ""],
    "batch": ["1", "32", "2000", "0", "1e3"], "l1": ["0", "0.1"], "l2": ["10", "x"], "dropout": ["0.5", "1"],
    "shuffle": ["0", "2"], "epochs": ["0", "3"], "patience": ["1"], "seeds": ["1-1-1-1", "4294967295-0-0-0", "1"],
    "lock": ["1", "2.0.3,1.b.1", "99", "b"], "speed": ["1", "0", "7"], "engine": ["auto", "numpy", "gpu"], "chart": ["log", "linear"], "labels": ["1"],
    "hide": ["data,seeds", "everything"], "weights": ["", "eJxjYGAAAAAEAAE", "<b>"], "view": ["lab", "dot", "batch", "neuron", "arrays", "code", "x"],
    "ledger": ["backward", "x"], "pass": ["backward", "loss", "update", "code"], "layer": ["1", "2", "3", "9", "10"],
    "cell": ["z.2.3", "dw.0.0", "a.31.2", "losses.0.0", "grad.1.1", "z.99.0", "z.x", "q.1.1"], "digits": ["2", "8", "9"],
    "neuron-data": ["rising", "step", "none", "0.5,1;-1,0.25", "3,3", "1,2,3", ""], "neuron-weight": ["1.5", "-100", "1e9", "w"],
    "neuron-bias": ["0", "-0.25", "nan"], "neuron-activation": ["relu", "sigmoid", "softmax"], "neuron-rate": ["0.1", "100", "0"],
    "batch-rows": ["1", "1024", "3"], "batch-inputs": ["2", "784", "0"], "batch-neurons": ["8", "256", "-8"],
    "batch-step": ["0", "5", "1024", "-1"],
    "arrays-text": ["[1,2]", "[[1],[2,3]]", "%5B", "x(", "", "[" * 600], "arrays-predict": ["0", "1", "2"],
    "code-layer": ["1", "9", "0"], "code-text": ["", "class%20Layer_Dense:", "1%2F0", "%FF"],
    "dot-a": ["2x3", "12x12", "1,2,3/4,5,6", "0x3", "1,2/3", "1e308", "0.00001", "nan", ""],
    "dot-b": ["3x4", "1x1", "-0.5,1/2,3", "13x1", "[[1]]", "/"], "dot-seed": ["1", "9999", "0"],
    "dot-transposed": ["a", "a,b", "c"], "dot-unlock": ["0", "1", "2"], "dot-layer": ["0", "inputs", "neurons", "W"],
    "dot-view": ["cell", "row", "column", "outer", "term"], "dot-at": ["0-0-0", "1-2-1", "12-12-12", "13-0-0", "1"],
    "dot-filled": ["0", "144", "145"], "dot-predict": ["0", "shape", "cells", "1"], "dot-pace": ["1", "8", "3"], "v": ["1", "2", ""],
}
ALPHABET = "0123456789-.,=&%#<>'\"{}[]() eE+abcdefxyzλ∞😀\x00\n\\"


def links(seed):
    """Links of the grammar with likely and unlikely values, some of them broken up by random characters."""
    dice = random.Random(seed)
    assert set(VALUES) == {key for key, _, _ in specs.FIELDS} | {"v"}
    for _ in range(LINKS):
        pairs = [f"{key}={dice.choice(VALUES[key])}" for key in dice.sample(sorted(VALUES), dice.randrange(1, 9))]
        link = "&".join(pairs)
        for _ in range(dice.choice([0, 0, 1, 3])):
            at = dice.randrange(len(link) + 1)
            link = link[:at] + "".join(dice.choices(ALPHABET, k=dice.randrange(1, 6))) + link[at:]
        yield link if dice.random() < 0.9 else "".join(dice.choices(ALPHABET, k=dice.randrange(60)))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_link_breaks_the_page(lab, seed):
    lab.page.set_viewport_size({"width": 500, "height": 300})  # there is less to paint, and so more links a second
    lab.open("#v=1&data=circle&layers=4-tanh")
    lab.play()
    lab.expect_state("training")
    lab.follow_links(list(links(seed)))
    lab.set_hash("#v=1&data=iris&layers=8-tanh&batch=32&lr=0.01")
    lab.expect_text("batches", "3")
    lab.expect_state("ready", timeout=60_000)
    lab.expect_no_message()
    lab.step_epoch()
    lab.expect_updates(3)
