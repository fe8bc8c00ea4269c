"""The page before and around training: alive at once, the builder, the ledger, the link, bad input."""
import re

DIGITS = "#v=1&data=digits&layers=64-relu,64-relu"


def test_page_is_alive_before_the_engine(lab):
    lab.page.route("**/pyodide/**", lambda route: None)  # the engine's files never arrive
    lab.open(DIGITS, wait_for_engine=False)
    lab.expect_alive()
    lab.expect_state("starting")
    lab.add_layer()
    lab.set_neurons(3, "16")
    lab.expect_ledger(
        "X (32, 64) @ W1 (64, 64) + b1 (1, 64) → Z1 (32, 64) → relu → A1 (32, 64)",
        "A1 (32, 64) @ W2 (64, 64) + b2 (1, 64) → Z2 (32, 64) → relu → A2 (32, 64)",
        "A2 (32, 64) @ W3 (64, 16) + b3 (1, 16) → Z3 (32, 16) → relu → A3 (32, 16)",
        "A3 (32, 16) @ W4 (16, 10) + b4 (1, 10) → Z4 (32, 10) → softmax → A4 (32, 10)")
    lab.expect_text("parameter-count", "9,530")
    lab.page.unroute_all(behavior="ignoreErrors")


def test_builder_and_ledger(lab):
    lab.open("#v=1&data=iris&layers=&batch=16")
    lab.expect_ledger("X (16, 4) @ W1 (4, 3) + b1 (1, 3) → Z1 (16, 3) → softmax → A1 (16, 3)")
    lab.add_layer()
    lab.set_activation(1, "sigmoid")
    lab.more_neurons(1)
    lab.expect_ledger(
        "X (16, 4) @ W1 (4, 9) + b1 (1, 9) → Z1 (16, 9) → sigmoid → A1 (16, 9)",
        "A1 (16, 9) @ W2 (9, 3) + b2 (1, 3) → Z2 (16, 3) → softmax → A2 (16, 3)")
    lab.remove_layer()
    lab.choose_data("circle")
    lab.expect_ledger("X (16, 2) @ W1 (2, 2) + b1 (1, 2) → Z1 (16, 2) → softmax → A1 (16, 2)")
    lab.expect_no_message()


def test_link_is_live_and_back_undoes(lab):
    lab.open("#v=1&data=circle&layers=4-tanh")
    lab.add_layer()
    lab.expect_text("hidden-count", "2 hidden layers")
    assert "layers=4-tanh,4-tanh" in lab.hash()
    lab.go_back()
    lab.expect_text("hidden-count", "1 hidden layer")
    lab.set_hash("#v=1&data=spiral&layers=5-relu&batch=10")
    lab.expect_ledger(
        "X (10, 2) @ W1 (2, 5) + b1 (1, 5) → Z1 (10, 5) → relu → A1 (10, 5)",
        "A1 (10, 5) @ W2 (5, 3) + b2 (1, 3) → Z2 (10, 3) → softmax → A2 (10, 3)")


def test_nonsense_in_a_link_is_named_and_replaced(lab):
    lab.open("#v=1&data=moons&lr=abc&batch=0&layers=0-relu&split=60-60-20&seeds=1&unknown=1&task=<img src=x>")
    for complaint in ("lr=abc is not a number", "batch=0 is not a whole number from 1",
                      "layers=0-relu has a layer '0-relu'", "split=60-60-20 adds up to 140", "seeds=1 is not 4"):
        lab.expect_message(complaint)
    lab.expect_message("<img src=x>")  # shown as text
    assert lab.page.locator("#message img").count() == 0
    lab.step_epoch()
    lab.expect_text("epoch", "1")


def test_unusable_values_leave_everything_as_it_was(lab):
    lab.open("#v=1&data=circle&layers=4-tanh&lr=0.05")
    lab.set_learning_rate("-1")
    lab.expect_message("'-1' is not a number above 0 and at most 1000; the learning rate stays as it was.")
    assert "lr=0.05" in lab.hash()
    lab.set_neurons(1, "many")
    lab.expect_message("'many' neurons: that is not a whole number from 1 to 1024; the layer stays as it was.")
    assert "layers=4-tanh" in lab.hash()
    lab.set_learning_rate("0.1")
    lab.expect_no_message()
    assert "lr=0.1" in lab.hash()


def test_split_and_batch_by_keyboard(lab):
    lab.open("#v=1&data=circle&points=300")
    lab.expect_text("train-rows", "180")
    lab.press("split-a", "ArrowRight", "ArrowRight")
    lab.expect_text("train-rows", "186")
    lab.expect_text("validation-rows", "54")
    lab.press("batch-size", "Home")
    lab.expect_text("batch-hint", "186 rows ÷ 1 = 186 updates an epoch.")
    lab.press("batch-size", "End")
    lab.expect_text("batch-hint", "186 rows ÷ 186 = 1 update an epoch.")
    lab.go_back()
    lab.expect_text("batch-hint", "186 rows ÷ 1 = 186 updates an epoch.")
    lab.set_slider("Points", "600")
    lab.expect_text("train-rows", "372")
    lab.go_back()  # one step for a slider, wherever it went on its way
    lab.expect_text("train-rows", "186")


def test_share_copies_the_link(lab):
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open("#v=1&data=xor&layers=3-tanh")
    lab.click("share")
    lab.expect_text("share-words", "Copied")
    copied = lab.page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(lab.hash()) and "data=xor&" in copied and "layers=3-tanh&" in copied


def test_a_link_can_carry_the_weights(lab):
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open("#v=1&data=iris&layers=4-tanh")
    lab.step_epoch()
    lab.expect_updates(3)
    trained = lab.losses()
    lab.click("share-weights")
    lab.expect_text("share-weights-words", "Copied")
    link = lab.page.evaluate("navigator.clipboard.readText()")
    lab.page.goto("about:blank")
    lab.open(link[link.index("#"):])
    assert lab.losses() == trained
    lab.expect_updates(0)
    lab.set_hash("#v=1&data=iris&layers=4-tanh&weights=AAAA")
    lab.expect_message("The weights in this link are damaged or of another network")


def test_dark_and_light(lab):
    lab.open()
    before = lab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    lab.click("theme")
    assert lab.page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    lab.expect_state(re.compile("ready"))


def test_every_data_set_opens(lab):
    lab.open()
    for name in ("circle", "xor", "gauss", "moons", "iris", "wine", "digits", "spiral"):
        lab.choose_data(name)
        lab.step_batch()
        lab.expect_updates(1)
        lab.expect_no_message()
