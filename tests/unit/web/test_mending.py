"""Links that programs touched: mended where the meaning is sure, told in one sentence, and never a reason to fail."""
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.unit.web.touched_links import PLAYGROUND, TOUCHED

import kinds
import spec as specs

WIDE = "NNCORE_WIDE" in os.environ
TRIALS = 20000 if WIDE else 2000
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("case", TOUCHED, ids=lambda case: ascii(case[0][-60:]))
def test_a_touched_link_gives_what_it_means(case):
    link, meant, words = case
    spec, said = specs.parse(link)
    wanted = specs.parse("#" + meant)[0]
    assert {key: value for key, value in spec.items() if value != wanted[key]} == {}
    if words is None:
        assert said == [] or said == specs.parse("#" + meant)[1]
    else:
        assert words in " ".join(said)
        assert sum("was mended" in sentence for sentence in said) <= 1


def test_there_are_enough_touched_links():
    assert len({link for link, _, _ in TOUCHED}) == len(TOUCHED) >= 120


def test_what_was_mended_is_one_sentence_with_the_values():
    _, said = specs.parse("#V=1&amp;LAYERS=10–ReLU,&amp;seeds=1–2–3–4).")
    assert said == ["This link was changed on its way here (HTML's &amp; for &, upper case, typographic dashes, quotes, brackets or "
                    "punctuation around it) and was mended: layers=10-relu, seeds=1-2-3-4."]


def test_a_link_of_which_nothing_is_understood_says_so():
    for link in ("#foo=1", "#foo", "#lerning=1", "#foo=1&bar", "#%%%", "#Hello%20world"):
        assert specs.parse(link)[1][-1].endswith("Nothing of this link was understood, so the page begins with its usual settings.")


def test_a_query_counts_where_there_is_no_hash():
    assert specs.link_of("", "?v=1&data=circle") == "?v=1&data=circle"
    assert specs.link_of("#", "?data=circle&lr=0.1") == "?data=circle&lr=0.1"
    assert specs.link_of("#v=1&data=xor", "?v=1&data=circle") == "#v=1&data=xor"
    assert specs.link_of("", "?view=full&utm_source=mail") == ""  # another site's


# ---- TensorFlow Playground

def playground(**changes):
    """The spec and the sentences of its usual link with some of its values changed."""
    pairs = dict(pair.split("=") for pair in PLAYGROUND.split("&"))
    pairs.update(changes)
    return specs.parse("#" + "&".join(f"{key}={value}" for key, value in pairs.items()))


def test_a_link_of_the_playground_is_taken_over():
    spec, said = playground()
    assert specs.write(spec) == specs.write(specs.parse(
        "#data=circle&points=500&noise=0&split=50-25-25&layers=4-tanh,2-tanh&init=small&scale=0.289&loss=mse&opt=sgd&lr=0.03&batch=10&shuffle=0")[0])
    assert said == ["This is a link of TensorFlow Playground; what means the same was taken over. Not the same: coordinates go from −1 to 1 here, "
                    "not from −6 to 6; its one tanh output is two softmax outputs here; its test data are split into validation and test here; "
                    "its seed 0.51710 draws other points and weights than any seed here."]


@pytest.mark.parametrize("changes, key, value", [
    ({"dataset": "spiral"}, "classes", 2), ({"dataset": "xor"}, "data", "xor"), ({"dataset": "gauss"}, "data", "gauss"),
    ({"networkShape": "8,8,8"}, "layers", [[8, "tanh", None]] * 3), ({"networkShape": ""}, "layers", []),
    ({"activation": "relu", "networkShape": "3"}, "layers", [[3, "relu", None]]), ({"activation": "linear"}, "layers", [[4, "linear", None], [2, "linear", None]]),
    ({"learningRate": "0.00001"}, "lr", 1e-5), ({"batchSize": "30"}, "batch", 30), ({"percTrainData": "90"}, "split", [90, 5, 5]),
    ({"percTrainData": "15"}, "split", [15, 43, 42]), ({"xSquared": "true", "y": "false"}, "features", ["x", "x2"]),
    ({"xTimesY": "true", "ySquared": "true", "sinY": "true"}, "features", ["x", "y", "y2", "xy", "siny"]),
    ({"initZero": "true"}, "init", "zeros"), ({"regularization": "L2", "regularizationRate": "0.01"}, "l2", 0.001),
    ({"regularization": "L1", "regularizationRate": "0.3", "batchSize": "30"}, "l1", 0.01), ({"regularization": "L2", "regularizationRate": "0.01"}, "l1", 0),
    ({"regularizationRate": "0.01"}, "l2", 0), ({"problem": "regression"}, "data", "plane"), ({"problem": "regression"}, "points", 1200),
    ({"noise": "50"}, "noise", 0.96), ({"noise": "50", "dataset": "spiral"}, "noise", 0.38), ({"noise": "0", "dataset": "gauss"}, "noise", 0.19),
    ({"noise": "50", "dataset": "gauss"}, "noise", 0.95), ({"noise": "25", "problem": "regression"}, "noise", 0.21),
    ({"learningRate_hide": "true", "dataset_hide": "true", "noise_hide": "false", "playButton_hide": "true"}, "hide", ["data", "learning-rate"]),
])
def test_what_the_playground_means(changes, key, value):
    spec, said = playground(**changes)
    assert spec[key] == value
    assert len(said) == 1


@pytest.mark.parametrize("changes, words", [
    ({"problem": "regression"}, "the plane has another slope here"), ({"problem": "regression", "regDataset": "reg-gauss"}, "reg-gauss is not here"),
    ({"cosX": "true"}, "cos(X₁) is not here"), ({"showTestData": "true"}, "stay sealed"), ({"discretize": "true"}, "not classes"),
    ({"x": "false", "y": "false"}, "a network without any input"), ({"sinX": "true"}, "sin(X) is sin πx here"), ({"seed": "0.1"}, "its seed 0.1 draws"),
])
def test_what_the_playground_alone_has_is_told(changes, words):
    spec, said = playground(**changes)
    assert len(said) == 1 and words in said[0]
    assert specs.parse(specs.write(spec)) == (spec, [])


def test_its_penalty_is_ours():
    """One update by its formula and by nncore's penalty, from the same weights."""
    import numpy as np

    from nncore import Dense, Network
    spec, _ = playground(regularization="L2", regularizationRate="0.03", batchSize="6")
    network = Network([Dense(3, 2, "linear")], seed=1, dtype="float64")
    weights = network.layers[0].weights.copy()
    network.gradients[:] = 0
    network.add_penalty(spec["l1"], spec["l2"])
    assert np.allclose(network.layers[0].d_weights, 0.03 * weights / 6)  # its weight -= rate / batch · (… + λ · weight)


def test_short_and_touched_links_of_the_playground():
    for link in ("#dataset=xor&networkShape=3", "#dataset=xor&amp;networkShape=3", "#dataset=xor;networkShape=3", "#dataset=xor.&networkShape=3)",
                 "#dataset%3Dxor%26networkShape%3D3", "https://playground.tensorflow.org/#dataset=xor&networkShape=3"):
        spec, said = specs.parse(link)
        assert (spec["data"], spec["layers"], spec["lr"]) == ("xor", [[3, "tanh", None]], 0.03), link
        assert "TensorFlow Playground" in said[0]
    spec, said = specs.parse("#v=1&data=circle&activation=relu&seed=0.5")  # a link of this page with two keys too many
    assert spec["data"] == "circle" and "'activation', 'seed' are no settings" in said[0]


# ---- whatever comes

TOUCHES = ["&amp;", "&#38;", "–", "−", "”", "“", ")", ".", ",", ">", "%25", "%2", "%", "+", " ", "\n", "\u00ad", "\u200b", "&", "=", "%3D", "%26", ";", "?", "#",
           "＝", "\\_", "**", "3D", "https://a.b/#", "\ud7ff", "😀", "٣", "e", "A", "-", "_", "~"]


def some_spec(dice):
    """A spec of likely values."""
    link = []
    for key, kind, default in dice.sample(specs.FIELDS, dice.randrange(1, 9)):
        if isinstance(kind, kinds.Choice):
            text = dice.choice(kind.words)
        elif isinstance(kind, kinds.Words):
            text = ",".join(dice.sample(kind.words, dice.randrange(kind.least, min(4, len(kind.words)) + 1)))
        elif isinstance(kind, kinds.Whole):
            text = str(dice.randrange(kind.low, kind.high + 1))
        elif isinstance(kind, kinds.Real):
            text = kinds.number(kind.low + (kind.high - kind.low) * dice.choice([0.5, 1, dice.random(), dice.random() ** 9 + 1e-9]))
        elif isinstance(kind, kinds.Text):
            text = kind.write("".join(dice.choices("ab [](),.;:&=#%+-–−“”'\"\\\n\u00a0\ufeffλ😀&amp;", k=dice.randrange(20))))
        elif isinstance(kind, kinds.Layers):
            text = ",".join(f"{dice.randrange(1, 64)}-{dice.choice(kinds.HIDDEN_ACTIVATIONS)}" for _ in range(dice.randrange(4)))
        elif isinstance(kind, kinds.Packed):
            text = "".join(dice.choices("abcXYZ019-_", k=dice.randrange(30)))
        else:
            text = default
        link.append(key + "=" + text)
    return specs.parse("&".join(link))[0]


def test_a_link_of_this_page_reads_back_in_silence():
    dice = random.Random(11)
    for _ in range(3000):
        spec = some_spec(dice)
        assert specs.parse("#" + specs.write(spec)) == (spec, [])


def test_touched_texts_keep_every_character():
    """A person's own text is what it was, whatever happened to the rest of the link."""
    dice = random.Random(12)
    kind = kinds.Text(500)
    for _ in range(1000):
        text = "".join(dice.choices("ab[](),.;:&=#%+-–−“”'\"\\ \nλ&amp;lt;%3D", k=dice.randrange(1, 20)))
        pairs = ["v=1", "arrays-text=" + kind.write(text), "data=circle", "seeds=1–1–1–1"]
        dice.shuffle(pairs)
        assert specs.parse("#" + dice.choice(["&", "&amp;", "&#38;", "&amp;amp;"]).join(pairs))[0]["arrays-text"] == text


def test_no_touching_makes_a_link_fail():
    dice = random.Random(13)
    links = ["#" + specs.write(some_spec(dice)) for _ in range(40)] + ["#" + meant for _, meant, _ in TOUCHED if meant] + ["#" + PLAYGROUND]
    for _ in range(TRIALS):
        link = dice.choice(links)
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(1, len(link) + 1)
            link = link[:at] + dice.choice(TOUCHES) + link[at + dice.choice([0, 0, 1]):]
        spec, said = specs.parse(link)
        assert all(isinstance(sentence, str) and len(sentence) < 1500 for sentence in said), link
        assert len(said) < 20
        assert specs.parse(specs.write(spec)) == (spec, []), link


HOSTILE = ["#" + "&x=1" * 50000, "#" + "lr=" * 50000, "#" + "&amp;" * 50000, "#" + "data=" + "%25" * 50000, "#lr=" + "(" * 100000,
           "#" + "%253D" * 20000, "#" + "," * 100000, "#weights=" + "ab=" * 100000, "#" + ";lr=1" * 20000, "#" + "a" * 100000,
           "#hide=" + "x," * 50000, "#" + "&lerning=1" * 20000, "#lr=1" + "&quot;" * 5000]


@pytest.mark.parametrize("link", HOSTILE, ids=lambda link: link[:12])
def test_a_hostile_link_is_read_in_little_time(link):
    start = time.process_time()
    spec, said = specs.parse(link)
    assert time.process_time() - start < 3
    assert sum(len(sentence) for sentence in said) < 3000


def on_micropython(links, body):
    """What the real MicroPython, started under Node, prints for `links`: a JSON value for each line, by `body`."""
    engine = ROOT / "web/node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs"
    script = """
import { readdirSync, readFileSync } from 'fs';
const { loadMicroPython } = await import(process.argv[1]);
const lines = [], page = process.argv[2];
const mp = await loadMicroPython({ stdout: (line) => lines.push(line), linebuffer: true });
for (const name of readdirSync(page)) if (name.endsWith('.py')) mp.FS.writeFile(`/${name}`, readFileSync(`${page}/${name}`));
mp.runPython(`import sys, json
sys.path.insert(0, '/')
import spec`);
for (const link of JSON.parse(readFileSync(0, 'utf-8'))) {   // each as an event of its own: memory is freed between them
  mp.globals.set('link', link);
  mp.runPython(process.argv[3]);
}
console.log(lines.join('\\n'));
"""
    result = subprocess.run([shutil.which("node"), "--input-type=module", "-e", script, engine.as_uri(), str(ROOT / "web/page"), body],
                            input=json.dumps(links), capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr[-1000:]
    return [json.loads(line) for line in result.stdout.splitlines() if line.strip()]


@pytest.mark.skipif(sys.platform == "emscripten", reason="needs Node")
def test_micropython_mends_alike():
    """All of these links through the same files in the page's own Python."""
    links = [link for link, _, _ in TOUCHED] + ["#" + PLAYGROUND, "#" + PLAYGROUND.replace("circle", "gauss").replace("noise=0", "noise=35")]
    found = on_micropython(links, "read, said = spec.parse(link)\nprint(json.dumps([spec.write(read), said]))")
    for link, read in zip(links, found, strict=True):
        spec, said = specs.parse(link)
        assert read == [specs.write(spec), said], link


@pytest.mark.skipif(sys.platform == "emscripten", reason="needs Node")
def test_micropython_outlives_hostile_links():
    """Where nothing is freed before an event is done, a sum of long texts would fill the memory."""
    links = HOSTILE if WIDE else [HOSTILE[2], HOSTILE[4], HOSTILE[12]]
    found = on_micropython(links, "print(json.dumps(spec.parse(link)[1]))")
    assert found == [specs.parse(link)[1] for link in links]
