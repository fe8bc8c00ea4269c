"""One neuron: knobs, own points, the table that adds up; gradient descent that arrives, diverges, and finds no slope."""
import re

import numpy as np
import pytest
import spec as specs
from exhibits import neuron_data
from neuron_page import NeuronPage


def linear(points, weight, bias):
    """Loss and gradient of a linear neuron, by NumPy."""
    x, y = np.array(points).T
    residual = weight * x + bias - y
    return np.mean(residual ** 2), 2 * np.mean(residual * x), 2 * np.mean(residual)


def of_link(lab):
    spec, problems = specs.parse(lab.hash())
    assert problems == []
    return spec


def test_knobs_and_points_without_the_engine(lab):
    lab.page.route("**/pyodide/**", lambda route: None)  # the engine's files never arrive
    lab.open("#v=1&view=neuron&neuron-data=-1,0;1,1;1,-0.5&neuron-weight=0.5&neuron-bias=0.25", wait_for_engine=False)
    neuron = NeuronPage(lab.page)
    neuron.expect_open()
    points = [[-1, 0], [1, 1], [1, -0.5]]
    for weight, bias in ((0.5, 0.25), (-1.25, 0.25)):
        if weight != 0.5:
            neuron.slide("weight", str(weight))
        loss, d_weight, d_bias = linear(points, weight, bias)
        neuron.expect_loss(f"{loss:.4f}")
        assert [neuron.result("dw"), neuron.result("db")] == pytest.approx([d_weight, d_bias], abs=2e-4)
        rows = neuron.table()
        assert [row[:2] for row in rows] == points
        assert [row[4] for row in rows] == pytest.approx([(weight * x + bias - y) ** 2 for x, y in points], abs=2e-4)
        assert neuron.sums() == pytest.approx([sum(row[i] for row in rows) for i in (3, 4, 5)], abs=1e-9)
        assert neuron.result("loss-formula") == pytest.approx(neuron.sums()[1] / 3, abs=0.5001e-4)
    neuron.expect_steps_wait()
    neuron.expect_said("walked", "loading NumPy")
    assert of_link(lab)["neuron-weight"] == -1.25

    neuron.type_into("bias", "much")
    lab.expect_message("'much' is not a number from -100 to 100; the bias stays as it was.")
    neuron.type_into("bias", "1e308")
    lab.expect_message("'1e308' is not a number from -100 to 100")
    neuron.type_into("bias", "−0.75")
    lab.expect_no_message()
    neuron.expect_loss(f"{linear(points, -1.25, -0.75)[0]:.4f}")

    neuron.click_plot(0.5, 1.5)
    neuron.expect_points(4)
    assert of_link(lab)["neuron-data"] == [*points, [0.5, 1.5]]
    neuron.click_plot(0.52, 1.52)  # a click near a point means that point
    neuron.expect_points(3)
    neuron.press_on("plot", "Escape", "ArrowRight", "ArrowUp", "Shift+ArrowUp", "Enter")
    neuron.expect_points(4)
    assert of_link(lab)["neuron-data"] == [*points, [0.05, 0.3]]
    neuron.click("remove-1")
    neuron.expect_points(3)
    lab.expect_focus("neuron-remove-1")
    neuron.click("undo")
    neuron.expect_points(4)
    lab.go_back()
    neuron.expect_points(3)
    neuron.click("clear")
    neuron.expect_points(0)
    neuron.expect_loss("–")
    neuron.expect_said("land", "Without points there is no loss.")

    neuron.choose("data", "step")
    neuron.choose("activation", "relu")
    neuron.type_into("weight", "0")
    neuron.expect_said("land", "Dead: z is at or below 0 for every point")
    assert (neuron.result("dw"), neuron.result("db")) == (0, 0)
    neuron.choose("activation", "sigmoid")
    neuron.type_into("weight", "40")
    neuron.expect_said("land", re.compile("Saturated|No bowl any more"))
    x, y = np.array(neuron_data.points_of("step")).T
    assert neuron.loss() == pytest.approx(np.mean((1 / (1 + np.exp(-(40 * x - 0.75))) - y) ** 2), abs=1e-4)
    lab.set_hash("#v=1&view=neuron&neuron-data=9,9&neuron-weight=x")
    lab.expect_message("neuron-data=9,9 has '9,9', which is no point x,y")
    lab.expect_message("neuron-weight=x is not a number")
    neuron.expect_points(10)
    lab.page.unroute_all(behavior="ignoreErrors")


def test_gradient_descent_walks(lab):
    lab.open("#v=1&view=neuron")
    neuron, points = NeuronPage(lab.page), neuron_data.points_of("rising")
    neuron.expect_open()
    assert neuron.expect_checked() < 1e-12
    loss, d_weight, d_bias = linear(points, -0.5, -0.5)
    neuron.click("step")
    neuron.expect_walked("Step 1:")
    after = [-0.5 - 0.1 * d_weight, -0.5 - 0.1 * d_bias]
    assert neuron.knobs() == pytest.approx(after, abs=1e-4)
    assert [of_link(lab)["neuron-weight"], of_link(lab)["neuron-bias"]] == pytest.approx(after, rel=1e-8)
    neuron.click("play")
    neuron.expect_walked("Arrived after")
    best = np.polyfit(*np.array(points).T, 1)
    assert neuron.knobs() == pytest.approx(best, abs=2e-4)
    assert neuron.loss() == pytest.approx(linear(points, *best)[0], abs=1e-4)
    assert neuron.expect_checked() < 1e-12
    neuron.click("reset")
    neuron.expect_loss(f"{loss:.4f}")
    assert neuron.knobs() == (-0.5, -0.5)

    neuron.type_into("rate", "5")
    neuron.click("play")
    neuron.expect_walked(re.compile(r"Diverged after \d+ steps?: .* a learning rate below 0\.\d\d goes down"))
    assert all(abs(knob) <= 100 for knob in neuron.knobs()) and neuron.loss() < 1e6
    assert "nan" not in lab.text("neuron-walked").lower()

    neuron.drag_bowl((0.5, 0.5), (0.6, 0.4), (0.7, 0.3))
    weight, bias = of_link(lab)["neuron-weight"], of_link(lab)["neuron-bias"]
    assert 0.1 < weight and 0.1 < bias
    neuron.expect_loss(f"{linear(points, weight, bias)[0]:.4f}")
    neuron.press_on("bowl", "ArrowLeft", "ArrowDown")
    assert neuron.knobs() == pytest.approx((weight - 0.05, bias - 0.05), abs=0.0051)

    lab.set_hash("#v=1&view=neuron&neuron-data=step&neuron-activation=relu&neuron-weight=0&neuron-bias=-1")
    neuron.expect_said("land", "Dead")
    neuron.click("step")
    neuron.expect_walked("No step taken: the gradient is exactly 0")
    neuron.choose("activation", "tanh")
    neuron.click("play")
    neuron.expect_walked(re.compile("Step [1-9]"))
    lab.click("tab-lab")
    lab.click("tab-neuron")  # the walk has stopped where it was, and can be gone on with
    neuron.expect_said("play-words", "Walk")
    assert neuron.expect_checked() < 1e-12
