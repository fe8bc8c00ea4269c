"""Thousands of links, sensible, half-sensible and garbage: no uncaught error, and always a usable page."""
import random

import spec as specs

LINKS = 2000
VALUES = {
    "task": ["classify", "regress", "reconstruct"], "data": ["circle", "spiral", "digits", "iris", "sine", "plane", "diabetes"],
    "points": ["30", "300", "29", "2000"], "noise": ["0", "1", "2", "nan"], "classes": ["2", "5", "6"],
    "features": ["x", "x,y,xy", "z", ""], "standardize": ["auto", "0", "1"], "split": ["60-20-20", "1-1-98", "98-1-1", "50-50"],
    "layers": ["", "8-relu", "64-relu,64-relu", "2-linear", "512-gelu", "8-relu-0.5,3-swish", "0-relu", "8", "9-softmax"],
    "init": ["zeros", "small", "he", "?"], "scale": ["0", "0.01", "1e999"], "loss": ["auto", "mse", "categorical_cross_entropy"],
    "opt": ["sgd", "adam", "lion"], "lr": ["0.01", "1000", "0", "-1", "1e-300"], "schedule": ["step", "cosine", ""],
    "batch": ["1", "32", "2000", "0", "1e3"], "l1": ["0", "0.1"], "l2": ["10", "x"], "dropout": ["0.5", "1"],
    "shuffle": ["0", "2"], "epochs": ["0", "3"], "patience": ["1"], "seeds": ["1-1-1-1", "4294967295-0-0-0", "1"],
    "lock": ["1", "2.0.3,1.b.1", "99", "b"], "speed": ["1", "0", "7"], "chart": ["log", "linear"], "labels": ["1"],
    "hide": ["data,seeds", "everything"], "weights": ["", "eJxjYGAAAAAEAAE", "<b>"], "view": ["lab", "dot", "batch", "neuron", "arrays", "code", "x"], "v": ["1", "2", ""],
}
ALPHABET = "0123456789-.,=&%#<>'\"{}[]() eE+abcdefxyzλ∞😀\x00\n\\"


def links(seed=1):
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


def test_no_link_breaks_the_page(lab):
    lab.page.set_viewport_size({"width": 500, "height": 300})  # there is less to paint, and so more links a second
    lab.open("#v=1&data=circle&layers=4-tanh")
    lab.play()
    lab.expect_state("training")
    lab.follow_links(list(links()))
    lab.set_hash("#v=1&data=iris&layers=8-tanh&batch=32&lr=0.01")
    lab.expect_text("batches", "3")
    lab.expect_state("ready", timeout=60_000)
    lab.expect_no_message()
    lab.step_epoch()
    lab.expect_updates(3)
