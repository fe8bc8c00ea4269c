"""Links that programs touched, and numbers as people type them, in a real browser."""
import re

import pytest

from neuron_page import NeuronPage

SMALL = "#v=1&data=circle&layers=3-tanh,4-tanh&opt=sgd&lr=0.1&init=he"


@pytest.mark.parametrize("link, rows, words", [
    ("#v=1&amp;data=iris&amp;layers=8-tanh&amp;lr=0.01.", "150", "HTML's &amp; for &, quotes, brackets or punctuation around it) and was mended: lr=0.01."),
    ("#v=1&data=iris&layers=8–tanh&seeds=1–1–1–1)", "150", "typographic dashes"),
    ("#v=1%26data=iris", "150", "other signs between the settings"), ("?v=1&data=iris", "150", "? in place of #"),
    ("?utm_source=mail#v=1&data=iris", "150", ""), ("#DATA=Iris", "150", "upper case"), ("#dataset=xor&networkShape=3", "500", "a link of TensorFlow Playground"),
    ("#v=1&data=iris&hide=lr,seeds", "150", "has 'lr', which can't be hidden and is ignored; do you mean learning-rate?"),
    ("#lerning=0.1", "300", "'lerning' is no setting of this page; do you mean lr? Nothing of this link was understood"),
])
def test_a_touched_link_opens_what_it_means(lab, link, rows, words):
    lab.follow(link)
    lab.expect_text("data-facts", re.compile(f"^{rows} rows"))
    if words:
        lab.expect_message(words)
    else:
        lab.expect_no_message()


def test_a_field_shows_the_decimals_of_the_tables_and_the_whole_number_on_request(lab):
    lab.open(SMALL)
    lab.open_link_editor("2.0.3")
    whole = lab.parameter_value("W2[0, 3]")
    assert abs(whole - round(whole, 2)) > 1e-6  # else this shows nothing
    before = lab.losses()
    assert lab.parameter_shown("W2[0, 3]") == f"{whole:.2f} | The whole number is {whole!r}"
    lab.press("value-2-0-3", "Enter")  # nothing was typed, and so nothing changes
    lab.press_keys("Tab")
    assert lab.parameter_value("W2[0, 3]") == whole and lab.losses() == before
    lab.set_hash(SMALL + "&digits=6")
    assert lab.parameter_shown("W2[0, 3]").startswith(f"{whole:.4f} | ")
    lab.set_parameter("W2[0, 3]", "−0,25")
    lab.expect_loss_away_from(before[0])
    assert lab.parameter_value("W2[0, 3]") == -0.25


def test_a_knob_of_one_neuron_shows_four_decimals_and_keeps_the_whole_number(lab):
    lab.open("#v=1&view=neuron&neuron-weight=0.123456789")
    neuron = NeuronPage(lab.page)
    neuron.expect_open()
    neuron.expect_knob("weight", "0.1235", "The whole number is 0.123456789")
    neuron.focus_knob("weight")
    neuron.expect_knob("weight", "0.123456789")
    neuron.leave_knob("weight")  # nothing was typed, and so nothing changes
    neuron.expect_knob("weight", "0.1235")
    lab.expect_in_link("neuron-weight=0.123456789")
    neuron.type_into("weight", "−1,5")
    neuron.leave_knob("weight")
    neuron.expect_knob("weight", "-1.5")
    neuron.type_into("weight", "1,000")
    lab.expect_message("'1,000' can mean 1000 or 1.000: write it without a comma, or with a point; the weight stays as it was.")


def test_numbers_are_taken_as_typed(lab):
    lab.open(SMALL)
    for typed, value in (("0,05", "0.05"), ("２·10⁻³", "0.002"), ("٠٫٥", "0.5")):
        lab.type_into("Learning rate", typed)
        lab.expect_in_link(f"lr={value}")
        lab.expect_field("Learning rate", value)
        lab.expect_no_message()
    lab.type_into("Learning rate", "1,000")
    lab.expect_message("'1,000' can mean 1000 or 1.000")
    lab.expect_in_link("lr=0.5")
    lab.expect_field("Learning rate", "1,000")  # what can't be used stays, to be mended
