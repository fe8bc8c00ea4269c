"""Weights and biases in the diagram: read out, edited, locked; by pointer and by keyboard. CPython's numbers are the measure."""
import numpy as np
import pytest

import spec as specs
from engine.session import Session

SMALL = "#v=1&data=circle&layers=3-tanh,4-tanh&opt=sgd&lr=0.1&init=he"


def session_of(link):
    """The same run in this Python."""
    return Session(specs.parse(link)[0])


def written(value):
    """A number as it stands beside a link; none of those asked for here is small."""
    return ("−" if value < 0 else "+") + f"{abs(value):.2f}"


def test_pointing_reads_weights_out_while_they_change(lab):
    lab.open(SMALL)
    session = session_of(SMALL)
    weights = session.network.layers[1].weights
    assert np.abs(weights).min() > 0.095
    lab.point_at_link("2.0.3")
    lab.expect_read_out(f"W2[0, 3] = {written(weights[0, 3])}")
    lab.point_at_neuron(2, 1)
    lab.expect_read_out(*map(written, weights[:, 1]))
    lab.point_at_nothing()
    lab.expect_read_out()
    before = written(weights[0, 3])
    lab.open_link_editor("2.0.3")  # its link stays lit, wherever the pointer goes
    for _ in range(10):
        lab.step_epoch()
        session.step_epoch()
    lab.expect_updates(10 * session.training.batches)
    assert written(weights[0, 3]) != before
    lab.expect_read_out(f"W2[0, 3] = {written(weights[0, 3])}")
    assert lab.parameter_value("W2[0, 3]") == pytest.approx(weights[0, 3], rel=1e-4)


def test_an_edited_weight_moves_the_loss_and_bad_input_moves_nothing(lab):
    lab.open(SMALL)
    session = session_of(SMALL)
    lab.open_link_editor("2.0.3")
    assert lab.parameter_value("W2[0, 3]") == pytest.approx(session.network.layers[1].weights[0, 3], rel=1e-7)
    lab.point_at_nothing()  # the editor stays
    before = lab.losses()
    lab.set_parameter("W2[0, 3]", "much")
    lab.expect_editor_message("'much' is not a number from -1000000 to 1000000; W2[0, 3] stays as it was.")
    lab.set_parameter("W2[0, 3]", "−2.5")
    lab.expect_loss_away_from(before[0])
    lab.expect_editor_message("")
    session.set_parameter("2.0.3", -2.5)
    now = session.now
    assert lab.losses() == pytest.approx((now.train_loss, now.validation_loss), rel=1e-4)
    lab.open_bias_editor(3, 1)  # the output layer's own
    before = lab.losses()
    lab.set_slider("b3[0, 1]", "1.25")
    lab.expect_loss_away_from(before[0])
    lab.expect_text("bias-3-1", "Bias of neuron 1 of layer 3: +1.25")
    assert "1.25" not in lab.hash()  # numbers of a run stand in no link
    lab.press_keys("Escape")
    lab.expect_no_editor()
    lab.expect_no_message()


def test_locks_and_dropout_stand_in_the_link_and_hold(lab):
    lab.open(SMALL + "&lock=1")
    lab.expect_locked("layer 1")
    lab.expect_lock_marks(6, 3)
    lab.open_neuron_editor(2, 3)
    lab.lock("W2[0, 3]")
    lab.expect_lock_marks(7, 3)
    assert "&lock=1,2.0.3" in lab.hash()
    held, free = (lab.parameter_value(f"W2[{i}, 3]") for i in (0, 1))
    lab.set_dropout(2, "0.2")
    lab.step_epoch()
    lab.expect_text("epoch", "1")  # a newer setting would take the place of a step that waits
    assert "layers=3-tanh,4-tanh-0.2&" in lab.hash()
    lab.set_dropout(2, "0.5")  # takes effect in the same run
    lab.step_epoch()
    lab.expect_text("epoch", "2")
    assert lab.parameter_value("W2[0, 3]") == held and lab.parameter_value("W2[1, 3]") != free
    session = session_of(SMALL)
    lab.press_keys("Escape")
    lab.open_neuron_editor(1, 2)
    kept = [lab.parameter_value(f"W1[{i}, 2]") for i in (0, 1)]
    assert kept == pytest.approx(session.network.layers[0].weights[:, 2], rel=1e-7)
    lab.lock("layer 1")
    lab.expect_locked("layer 1", False)
    assert "&lock=2.0.3" in lab.hash()
    lab.go_back()
    lab.expect_locked("layer 1")


def test_equal_neurons_are_counted(lab):
    lab.open(SMALL.replace("init=he", "init=constant&scale=0.5"))
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    lab.expect_text("distinct-1", "1 of 3 distinct")  # alike before, alike for ever
    lab.open_link_editor("1.0.2")
    lab.set_parameter("W1[0, 2]", "0.75")
    lab.expect_text("distinct-1", "2 of 3 distinct")
    lab.set_hash(SMALL)
    lab.expect_text("distinct-1", "3 distinct")


def test_every_weight_is_reached_by_keyboard(lab):
    lab.open(SMALL.replace("circle", "digits"))  # 64 inputs: no links, and weights all the same
    lab.press("neuron-1-0", "ArrowRight", "ArrowDown")
    lab.expect_focus("neuron-2-1")
    lab.press_keys("Enter")
    lab.expect_editor("Neuron 1 of layer 2")
    lab.expect_focus("value-2-b-1")
    lab.press_keys("ArrowDown")
    field = lab.parameter("weight from neuron 0 to neuron 1 of layer 2")
    before, value = lab.losses(), field.input_value()
    lab.press_keys("9", "Escape")  # typed, not entered
    lab.expect_no_editor()
    lab.expect_focus("neuron-2-1")
    lab.press_keys("Enter", "ArrowDown")
    assert field.input_value() == value and lab.losses() == before
    lab.press_keys("9", "Enter")
    lab.expect_loss_away_from(before[0])
    lab.press_keys("Escape", "ArrowLeft", "Enter")
    before = lab.losses()
    lab.set_parameter("weight from input x36 to neuron 1 of layer 1", "3")
    lab.expect_loss_away_from(before[0])


def test_the_editor_is_where_it_was_when_another_view_was_open(lab):
    lab.open(SMALL)
    lab.open_neuron_editor(2, 1)
    place = lab.page.locator("#editor").bounding_box()
    for view in ("Dot product", "Batch", "One neuron", "Arrays", "Layer code"):
        lab.open_view(view)
        lab.expect_hidden("editor")
    lab.page.set_viewport_size({"width": 1400, "height": 1000})  # what is drawn is drawn anew for another width
    lab.page.set_viewport_size({"width": 1440, "height": 1000})
    lab.open_view("Lab")
    lab.expect_visible("editor")
    assert lab.page.locator("#editor").bounding_box() == place
