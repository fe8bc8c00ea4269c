"""Layer code: a person's class beside nncore's on the lab's batch, in a box that it can't reach out of."""
import pytest
from arrays_page import ArraysPage
from box_trials import LINK, Host, Trials
from code_page import CodePage
from exhibits import notes_class
from snippets import FIRST_TWENTY


def layer(init="", forward="return inputs @ self.weights + self.biases"):
    """The class with another line at the end of __init__ and another forward."""
    return (f"class Layer_Dense:\n  def __init__(self, n_inputs, n_neurons):\n"
            f"    self.weights = np.random.randn(n_inputs, n_neurons) * 0.01\n    self.biases = np.zeros((1, n_neurons))\n"
            f"    {init}\n  def forward(self, inputs):\n    {forward}\n")


def test_an_endless_loop_is_stopped_and_the_labs_run_is_still_there(lab):
    lab.open("#v=1&data=iris&layers=4-tanh&seeds=1-1-7-1")
    lab.step_epoch()
    lab.expect_updates(3)
    trained = lab.losses()
    code = CodePage(lab.page)
    code.show()
    code.expect_facts("Layer_Dense(4, 4) on 32 rows of the training part, seed 7")
    code.write(layer(init="while True: pass"))
    code.run()
    code.expect_error("Stopped after 5 seconds: the class had not finished")
    code.expect_error("the lab's own run is untouched")
    code.write(layer(forward="while True: pass"))
    code.run()
    code.expect_status("Running")
    code.stop()
    code.expect_error("Stopped. The Python it ran in was ended")
    code.restore()
    code.run()  # in a third Python
    code.expect_status("It ran: all cells equal nncore's.")
    code.expect_no_error()
    code.choose_layer(2)
    code.expect_facts("Layer_Dense(4, 3) on 32 rows of the training part as layer 1 hands them on")
    code.expect_verdict("output", "All 96 cells equal nncore's")
    lab.go_back()
    lab.go_back()
    assert lab.losses() == trained
    lab.expect_updates(3)
    lab.step_epoch()
    lab.expect_updates(6)
    lab.expect_no_message()


def test_the_class_is_edited_run_and_shared(lab):
    asked = []
    lab.page.on("request", lambda request: asked.append(request.url))
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open("#v=1&data=circle&layers=3-tanh")
    assert not any("codemirror" in url or "/exhibits/" in url for url in asked)  # a first visit loads neither
    code = CodePage(lab.page)
    code.show()
    code.expect_source("np.random.randn(n_inputs,n_neurons) * 0.01")
    code.expect_verdict("weights", "All 6 cells equal nncore's; largest difference 0.")
    code.expect_verdict("output", "All 96 cells equal nncore's; largest difference 0.")
    for word, token in (("class", "d1"), ("0.01", "d2")):
        assert code.highlighted(word) == code.colour_of(token)
    code.leave_by_keyboard()
    code.expect_focus_on_run()

    code.write(layer(init="self.weights[1, 2] += 0.5; print('drawn')"))
    code.run()
    code.expect_status("It ran: some cells differ from nncore's.")
    code.expect_verdict("weights", "1 of 6 cells differ; the largest difference is 0.5, at [1, 2].")
    code.expect_verdict("biases", "All 3 cells equal")
    code.expect_printed("drawn")
    link = code.copy_link()

    code.type_over("class Layer_Dense: pass")
    code.run()
    code.expect_error("TypeError: Layer_Dense() takes no arguments")
    code.write(layer(forward="return inputs @ missing"))
    code.run()
    code.expect_error("NameError: name 'missing' is not defined (line 7)")
    code.expect_marked_line("    return inputs @ missing")
    code.write(layer(forward="return inputs @ self.weights.T"))
    code.run()
    code.expect_error("ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0")
    code.write(layer(init="print('x' * 20000)", forward="return 'nothing'"))
    code.run()
    code.expect_error("what forward returned is a str, which is no array of numbers")
    code.expect_printed("x" * 10_000 + "\n… cut off after 10,000 characters")
    lab.page.get_by_role("navigation").get_by_role("link", name="Arrays").click()
    ArraysPage(lab.page).expect_fact("Shape", "(2, 3)")
    code.show()
    code.expect_source("return 'nothing'")

    lab.page.goto("about:blank")
    lab.open(link[link.index("#"):])
    code.expect_source("self.weights[1, 2] += 0.5")
    code.expect_status("This class came with the link. It runs when you press Run")
    code.expect_verdict("weights", "All 6 cells equal")  # the notes' class still: nothing of a link runs by itself
    lab.expect_no_message()


@pytest.fixture(scope="module")
def trials(browser, address):
    """The exhibit on an opened page of which a class could take something, and a host that it could ask."""
    context = browser.new_context(service_workers="block")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with Host() as host:
        page.goto(address + LINK)
        page.wait_for_selector("html[data-editor=there]")
        page.wait_for_selector("#code-run:enabled")
        yield Trials(page.evaluate, address, host)
    assert not errors
    context.close()


@pytest.mark.parametrize("name", FIRST_TWENTY)
def test_a_class_reaches_nothing_of_the_site_and_no_network(trials, name):
    result = trials.run(name)
    assert result["reached"] == []
    assert "Error" in result["said"]  # an ordinary error of Python's, in the class's own line


@pytest.mark.parametrize("name", ["the comparison", "json, markup", "frames"])
def test_a_class_cannot_make_itself_right(trials, name):
    result = trials.run(name)
    assert result["reached"] == []
    assert "all cells equal" not in result["said"]


@pytest.mark.parametrize("name", ["nncore", "timers", "exit"])
def test_a_run_leaves_nothing_for_the_next(trials, name):
    assert trials.run(name)["reached"] == []
    assert trials.run_source(notes_class.SOURCE)["said"] == "It ran: all cells equal nncore's."


@pytest.mark.parametrize("name, sentence", [
    ("a loop that holds on", "Stopped after 5 seconds: the class had not finished."),
    ("memory", "A class may take 1 GB of memory"),
    ("abort", "The class broke the Python that it ran in"),
])
def test_what_stops_a_run_is_said(trials, name, sentence):
    assert sentence in trials.run(name)["said"]
