"""The controls of data and training: each does what it says, stands in the link, and can be hidden by a teacher."""
import re


def test_task_data_and_features_shape_the_network(lab):
    lab.open("#v=1&data=spiral&layers=6-tanh&batch=20&seeds=1-2-3-4")
    lab.set_slider("Arms", "5")
    lab.click("feature-xy")
    lab.click("feature-sinx")
    lab.expect_ledger(
        "X (20, 4) @ W1 (4, 6) + b1 (1, 6) → Z1 (20, 6) → tanh → A1 (20, 6)",
        "A1 (20, 6) @ W2 (6, 5) + b2 (1, 5) → Z2 (20, 5) → softmax → A2 (20, 5)")
    assert "classes=5" in lab.hash() and "features=x,y,xy,sinx" in lab.hash()
    assert "seeds=1-2-3-4" in lab.hash()
    lab.step_batch()
    lab.expect_updates(1)
    for name in ("x", "y", "xy", "sinx"):
        lab.click("feature-" + name)
    lab.expect_message("The network needs one feature at least")
    assert "features=sinx" in lab.hash()
    lab.choose_task("Regress")
    lab.expect_ledger(
        "X (20, 1) @ W1 (1, 6) + b1 (1, 6) → Z1 (20, 6) → tanh → A1 (20, 6)",
        "A1 (20, 6) @ W2 (6, 1) + b2 (1, 1) → Z2 (20, 1) → linear → A2 (20, 1)")
    lab.choose_task("Reconstruct")
    assert "data=digits" in lab.hash()
    lab.expect_text("hidden-count", "3 hidden layers")
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    lab.expect_no_message()


def test_training_settings_are_in_the_link_and_take_effect(lab):
    lab.open("#v=1&data=iris&layers=8-tanh")
    lab.open_more_settings()
    lab.type_into("L2", "0.01")
    lab.type_into("L1", "0.001")
    lab.type_into("Epoch limit", "2")
    lab.type_into("Patience", "7")
    lab.select("Schedule", "cosine")
    lab.uncheck("Reshuffle each epoch")
    lab.uncheck("Standardise features")
    lab.type_into("weights", "42")
    for part in ("l1=0.001", "l2=0.01", "epochs=2", "patience=7", "schedule=cosine", "shuffle=0", "standardize=0",
                 "seeds=1-1-42-1"):
        assert part in lab.hash(), part
    lab.play()
    lab.expect_state("finished")
    lab.expect_message("All 2 epochs are done")
    lab.expect_updates(6)
    lab.type_into("Epoch limit", "none")
    lab.expect_message("'none' is not a whole number from 0 to 1000000; the epoch limit stays as it was.")
    lab.type_into("Epoch limit", "3")
    lab.play()
    lab.expect_updates(9)


def test_initialisation_is_chosen_and_shows_in_the_losses(lab):
    lab.open("#v=1&data=circle&layers=4-tanh")
    lab.select("Initial weights", "small")
    lab.type_into("Scale of the initial weights", "0.5")
    assert "init=small&scale=0.5" in lab.hash()
    lab.select("Initial weights", "zeros")
    lab.expect_train_loss(0.6931, 1e-3)  # all weights zero: both classes are equally likely, ln 2


def test_hide_takes_controls_out_of_the_page(lab):
    lab.open("#v=1&data=circle&hide=noise,seeds,neurons,test,speed")
    for id in ("noise", "seed-0", "open-test", "speed"):
        lab.expect_hidden(id)
    for id in ("points", "play", "learning-rate"):
        lab.expect_visible(id)
    lab.step_epoch()
    lab.expect_text("epoch", re.compile("1"))


def test_tasks_and_data_by_keyboard(lab):
    lab.open("#v=1&data=circle")
    lab.press("data-circle", "ArrowRight")
    lab.expect_focus("data-xor")
    assert "data=xor" in lab.hash()
    lab.press("task-classify", "ArrowRight")
    lab.expect_focus("task-regress")
    assert "task=regress&data=sine" in lab.hash()
