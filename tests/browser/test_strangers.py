"""A stranger's text stays text: from links, typed fields, lists, matrices, a person's class, and the engine itself."""
import re

import spec as specs
from arrays_page import ArraysPage
from code_page import CodePage
from dot_page import DotPage
from inside_page import InsidePage
from neuron_page import NeuronPage
from strangers import OTHERS, STRANGER, corrupt_engine, expect_none, expect_shown, watch

QUOTED = "'" + STRANGER + "'"


def test_no_field_of_a_link_becomes_an_element(lab):
    watch(lab.page)
    lab.open()
    for text in [STRANGER, *OTHERS]:
        keys = [key for key, _, _ in specs.FIELDS if key not in ("arrays-text", "code-text")]
        coded = text.replace("&", "%26")
        lab.set_hash("#v=1&" + "&".join(f"{key}={coded}" for key in keys) + f"&{text}")
        lab.expect_message(f"task={text} is not one of")
        for key in ("layers", "features", "lock", "weights", "neuron-data", "dot-a", "cell", "view"):
            lab.expect_message(f"{key}={text} ")
        lab.set_hash(f"#v=1&view=arrays&code-text={coded}&arrays-text=[{coded!r}, [{coded!r}]]")
        lab.expect_no_message()
        for view in ("Layer code", "Dot product", "Batch", "One neuron", "Lab"):  # whose tabs carry the link
            lab.open_view(view)
            lab.expect_no_message()
    lab.open_view("Layer code")
    CodePage(lab.page).expect_source(OTHERS[-1])
    expect_none(lab.page)


def test_nothing_typed_becomes_an_element(lab):
    watch(lab.page)
    lab.open(f"#v=1&data=circle&layers=3-tanh&arrays-text=['{STRANGER}']")
    lab.open_more_settings()
    for label in ("Learning rate", "L1", "L2", "Epoch limit", "Patience"):
        lab.type_into(label, STRANGER)
        lab.expect_message(QUOTED)
    lab.set_neurons(1, STRANGER)
    lab.expect_message(QUOTED + " neurons: that")
    lab.type_into("weights", STRANGER)
    lab.expect_message(f"The seed {QUOTED}")
    lab.step_batch()
    lab.keep_run()
    lab.set_learning_rate("0.5")
    lab.expect_kept("A lr 0.02")
    lab.open_neuron_editor(1, 0)
    lab.set_parameter("W1[0, 0]", STRANGER)
    lab.expect_editor_message(f"{QUOTED} is not a number from -1000000 to 1000000; W1[0, 0] stays as it was.")

    lab.press_keys("Escape")
    lab.open_view("Arrays")
    arrays = ArraysPage(lab.page)
    for text in [STRANGER, *OTHERS]:
        arrays.type(f"[{text!r}, [{text!r}, 1]]")
        arrays.expect_fact("Array", "no: [1] is a list of 2 items, [0] is a single item")
        arrays.type(f"[[{text!r}], [{text!r}]]")
        arrays.expect_numpy(text.replace("-", "−"))
        arrays.walk("ArrowDown", "ArrowUp")
        arrays.expect_readout(f"a[0, 0] = {text!r}: row 0, column 0. In the list: a[0][0]")
        arrays.type("x" + text)
        arrays.expect_message("at line 1, column 1")
    arrays.type("[1]")
    arrays.predict_first()
    arrays.guess(STRANGER)
    arrays.expect_verdict("That is no shape.")

    lab.open_view("Dot product")
    dot = DotPage(lab.page)
    for text in [STRANGER, *OTHERS]:
        dot.type_matrix("a", text)
        dot.expect_complaint(f"Row 0 has '{re.split('[ ;]', text)[0]}', which is not a number.")
        dot.type_matrix("b", f"[[{text!r}]]")
        dot.expect_complaint("which is not a number.")
        dot.set_size("m", text)
        dot.expect_complaint(f"'{text}' is not a whole number")
    dot.check("Predict first")
    dot.guess(STRANGER)
    dot.expect_feedback("Write two whole numbers")

    lab.open_view("One neuron")
    neuron = NeuronPage(lab.page)
    neuron.expect_open()
    neuron.type_into("weight", STRANGER)
    lab.expect_message(QUOTED)
    expect_none(lab.page)


def test_nothing_that_the_engine_says_becomes_an_element(lab):
    watch(lab.page)
    corrupt_engine(lab.page, lab.address)
    lab.open("#v=1&data=digits&layers=8-relu,4-relu&cell=z.0.0")
    expect_shown(lab.page, "status", "message", "tile-key", "detail", "mistakes")
    InsidePage(lab.page).come_into_view()
    expect_shown(lab.page, "sum", "inside-said", "formulas")
    lab.click("lens-next")
    expect_shown(lab.page, "lens-words")
    lab.open_test_set()
    expect_shown(lab.page, "test-score")
    lab.set_hash("#v=1&data=spiral&layers=4-tanh&cell=w.0.0")
    InsidePage(lab.page).come_into_view()
    InsidePage(lab.page).check_gradient()
    expect_shown(lab.page, "checked")
    lab.step_batch()
    lab.keep_run()
    lab.open_neuron_editor(1, 0)
    lab.set_parameter("W1[0, 0]", "0.5")
    expect_shown(lab.page, "message")
    lab.press_keys("Escape")

    for link, *ids in (("view=dot&dot-a=2x3&dot-b=4x3", "dot-numpy"),
                       ("view=dot&dot-layer=neurons&dot-transposed=b&dot-b=2x3", "dot-why-words"),
                       ("view=arrays&arrays-text=[1, 2]", "arrays-numpy"), ("view=arrays&arrays-text=[[1], 2]", "arrays-numpy"),
                       ("view=code", "code-arrays")):
        lab.set_hash("#v=1&data=spiral&layers=4-tanh&" + link)
        expect_shown(lab.page, *ids)
    for view in ("Batch", "One neuron"):
        lab.open_view(view)
    NeuronPage(lab.page).expect_open()
    expect_none(lab.page)


def test_nothing_that_a_class_prints_raises_or_returns_becomes_an_element(lab):
    watch(lab.page)
    lab.open("#v=1&view=code&data=circle&layers=2-tanh")
    code = CodePage(lab.page)
    code.expect_facts("Layer_Dense(2, 2)")
    head = "class Layer_Dense:\n  def __init__(self, n_inputs, n_neurons):\n    "
    code.write(f"{head}print({STRANGER!r}); raise ValueError({STRANGER!r})\n")
    code.run()
    code.expect_error(STRANGER)
    code.expect_printed(STRANGER)
    code.write(f"{head}self.weights = {STRANGER!r}\n    self.biases = 0\n")
    code.run()
    code.expect_error("self.weights is a str, which is no array of numbers.")
    # What leaves the box is the class's to write: it is read as a stranger's, and is text to the page, whatever it is.
    report = f"json.dumps = lambda found: dumps(dict(found, unfit={STRANGER!r}, html={STRANGER!r}))"
    code.write(f"import json\ndumps = json.dumps\n{report}\n{head}"
               "self.weights = np.ones((n_inputs, n_neurons))\n    self.biases = np.zeros((1, n_neurons))\n"
               "  def forward(self, inputs):\n    return inputs @ self.weights\n")
    code.run()
    code.expect_error(STRANGER)
    code.expect_verdict("biases", "2 cells")
    expect_none(lab.page)
