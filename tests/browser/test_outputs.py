"""The Output card shows each task's answers: maps, lines, scatters, matrices with mistakes, reconstructions."""
import re
from collections import Counter

CURVE, PLOT, MAP, POINTS, RINGS = "#plot-line", "#plot", "#map", "#points-layer", "#rings-layer"


def test_numbers_are_shown_as_a_line_a_scatter_or_a_surface(lab):
    lab.open("#v=1&data=sine")
    lab.expect_text("score-name", "R²")
    line, points = lab.pixels(CURVE), lab.pixels(PLOT)
    lab.play()
    lab.expect_validation_score(0.95)
    lab.pause()
    assert lab.pixels(CURVE) != line
    assert lab.pixels(PLOT) == points  # the line moves, the points and their axes don't
    lab.expect_text("validation-score", re.compile(r"^[01]\.\d{3}$"))
    lab.expect_text("detail", re.compile(r"^Off by \d"))
    lab.expect_colour(PLOT, "accent")
    lab.expect_hidden("map-block")

    lab.choose_data("diabetes")
    lab.expect_updates(0)
    scatter = lab.pixels(PLOT)
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    lab.expect_pixels_other_than(PLOT, scatter)
    lab.expect_text("output-facts", "Predicted against true, validation rows")

    lab.choose_data("plane")
    lab.expect_visible("map-block")
    lab.expect_hidden("plot-block")
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    assert lab.map_colours() > 100


def test_a_reconstruction_shows_pairs_and_a_code_coloured_only_when_asked(lab):
    lab.open("#v=1&task=reconstruct&data=digits")
    original, again, code = (lab.pixels(selector) for selector in ("#pairs .original", "#pairs .again", PLOT))
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    lab.expect_pixels_other_than("#pairs .again", again)
    assert lab.pixels("#pairs .original") == original
    lab.expect_pixels_other_than(PLOT, code)
    lab.expect_text("code-hint", re.compile("never saw the labels"))
    lab.expect_colour(PLOT, "class-1", there=False)
    lab.click("labels")
    lab.expect_colour(PLOT, "class-1")
    assert "labels=1" in lab.hash()
    lab.expect_updates(34)  # the network's weights are as they were
    lab.set_neurons(2, "3")
    lab.expect_text("code-hint", re.compile("give a hidden layer 2 neurons"))
    lab.expect_hidden("plot-block")

    lab.choose_data("spiral")
    lab.expect_hidden("pairs-block")
    put = lab.pixels(RINGS)
    lab.step_epoch()
    lab.expect_pixels_other_than(RINGS, put)
    lab.expect_colour(POINTS, "class-1")
    lab.click("labels")
    lab.expect_colour(POINTS, "class-1", there=False)


def test_example_mistakes_agree_with_the_matrix(lab):
    lab.open("#v=1&data=digits&layers=12-relu&lr=0.005")
    lab.step_epoch()
    lab.expect_text("epoch", "1")
    counts, mistakes = lab.confusion(), Counter(lab.mistakes())
    wrong = sum(map(sum, counts)) - sum(counts[k][k] for k in range(10))
    assert wrong >= 8 and sum(mistakes.values()) == 8
    for (truth, answer), count in mistakes.items():
        assert truth != answer and counts[int(truth)][int(answer)] >= count
    lab.expect_text("detail", f"{wrong} of 360 validation rows wrong")
    assert lab.recalls() == [f"{int(100 * row[k] / sum(row) + 0.5)} %" for k, row in enumerate(counts)]
    lab.expect_text("mistakes-note", "the surest first")

    lab.set_hash("#v=1&data=breast_cancer&epochs=30")
    lab.expect_text("batches", "11")
    lab.play()
    lab.expect_state("finished")
    counts = lab.confusion()
    assert counts[0][1] == counts[1][0] == 0 and lab.mistakes() == []
    lab.expect_text("mistakes-note", "none among the validation rows")


def test_points_of_the_test_set_and_of_the_batch(lab):
    lab.open("#v=1&data=spiral&classes=5&batch=20&speed=4")
    points, nothing = lab.pixels(POINTS), lab.pixels(RINGS)
    for token in ("class-3", "class-4"):
        lab.expect_colour(POINTS, token)
    lab.step_batch()
    lab.expect_updates(1)
    lab.expect_pixels_other_than(RINGS, nothing)
    first = lab.pixels(RINGS)
    lab.play()
    lab.expect_pixels_other_than(RINGS, first)
    lab.set_slider("Speed", "7")  # full speed
    lab.expect_pixels(RINGS, nothing)
    lab.pause()
    assert lab.pixels(POINTS) == points
    lab.open_test_set()
    lab.expect_pixels_other_than(POINTS, points)


def test_a_neuron_is_shown_large_while_it_is_looked_at(lab):
    lab.open("#v=1&data=moons&layers=4-tanh")
    answer = lab.pixels(MAP)
    lab.point_at("tile-1-3")
    lab.expect_text("output-facts", "Neuron 3 of layer 1")
    lab.expect_pixels_other_than(MAP, answer)
    neuron = lab.pixels(MAP)
    lab.step_batch()
    lab.expect_text("output-facts", "The answer at every point")
    lab.expect_updates(1)
    lab.point_at("tile-2-1")
    lab.expect_text("output-facts", "Output neuron 1: probability of lower")
    lab.expect_pixels_other_than(MAP, neuron)
    lab.point_at("h-out")
    lab.expect_text("output-facts", "The answer at every point")
    lab.reset()
    lab.expect_pixels(MAP, answer)
    lab.press("neuron-1-3", "ArrowUp")
    lab.expect_text("output-facts", re.compile(r"^(Neuron \d of layer 1|Input [xy])$"))
    lab.expect_pixels_other_than(MAP, answer)
