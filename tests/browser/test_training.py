"""Training in the browser: it learns, it stops and steps as told, it repeats itself, it agrees with CPython."""
import re

import pytest

import spec as specs
from engine.session import Session

DIGITS = "#v=1&data=digits&layers=64-relu,64-relu&opt=adam&lr=0.002&batch=32&seeds=1-1-1-1"


def test_a_network_built_by_hand_learns_digits(lab):
    lab.open("#v=1&data=spiral&layers=&lr=0.005")
    lab.choose_data("digits")
    lab.add_layer()
    lab.set_neurons(1, "32")
    lab.set_activation(1, "relu")
    lab.play()
    lab.expect_state("training")
    lab.expect_validation_score(0.9)
    lab.pause()
    counts = lab.confusion()
    assert sum(map(sum, counts)) == 360  # the validation rows, each counted once
    right = sum(counts[k][k] for k in range(10))
    assert right / 360 == pytest.approx(lab.number("validation-score"), abs=1e-6)


def test_decision_map_follows_the_spiral(lab):
    lab.open()
    lab.play()
    lab.expect_validation_score(0.9)
    lab.pause()
    assert lab.map_colours() > 100


def test_pause_step_and_reset(lab):
    lab.open("#v=1&data=iris&layers=8-tanh&batch=32")
    at_start = lab.losses()
    lab.expect_text("batches", "3")  # 90 rows in batches of 32
    lab.step_batch()
    lab.expect_updates(1)
    lab.expect_state("paused")
    assert lab.number("epoch") == 1 and lab.number("batch") == 1
    after_one = lab.losses()
    assert after_one != at_start
    lab.step_epoch()
    lab.expect_updates(3)
    assert lab.number("epoch") == 1 and lab.number("batch") == 3
    lab.step_epoch()
    lab.expect_updates(6)
    assert lab.number("epoch") == 2
    lab.play()
    lab.expect_state("training")
    lab.pause()
    updates = lab.number("updates")
    lab.page.wait_for_timeout(300)  # it must not move: nothing to wait for
    assert lab.number("updates") == updates > 6
    lab.reset()
    lab.expect_updates(0)
    assert lab.losses() == at_start
    lab.step_batch()
    lab.expect_updates(1)
    assert lab.losses() == after_one


def test_play_right_after_a_change_is_not_taken_back(lab):
    lab.open("#v=1&data=digits&layers=32-relu&batch=32&speed=4")
    lab.set_slider_and_play_at_once("Batch size", "6")
    lab.expect_state("training")
    lab.expect_text("batches", "17")  # of 64 rows: the answer to the change has come
    lab.pause()


def test_new_weights_change_the_seed_of_the_weights_alone(lab):
    lab.open("#v=1&data=iris&layers=8-tanh&seeds=3-4-5-6")
    before = lab.losses()
    lab.new_weights()
    lab.expect_text("updates", "0")
    assert "seeds=3-4-6-6" in lab.hash()
    lab.go_back()
    lab.step_batch()
    lab.expect_updates(1)
    lab.reset()
    lab.expect_updates(0)
    assert lab.losses() == before


@pytest.mark.wide  # the next test says which losses these are
def test_the_same_link_gives_the_same_losses_twice(lab):
    seen = []
    for _ in range(2):
        lab.open(DIGITS)
        for epoch in (1, 2, 3):
            lab.step_epoch()
            lab.expect_updates(34 * epoch)
        seen.append(lab.losses())
        lab.page.goto("about:blank")
    assert seen[0] == seen[1]


def test_losses_equal_those_of_cpython(lab):
    lab.open(DIGITS)
    spec, problems = specs.parse(DIGITS)
    assert not problems
    session = Session(spec)
    for update in range(1, 51):
        lab.step_batch()
        session.step_batch()
        lab.expect_updates(update)
        now = session.now
        assert lab.losses() == pytest.approx((now.train_loss, now.validation_loss), rel=1e-4), f"update {update}"


def test_changes_of_rate_and_optimizer_keep_the_weights(lab):
    lab.open("#v=1&data=iris&layers=8-tanh&opt=sgd&lr=0.1")
    lab.step_epoch()
    lab.expect_updates(3)
    before = lab.losses()
    lab.set_learning_rate("0.01")
    lab.set_optimizer("adam")
    lab.expect_updates(3)
    assert lab.losses() == before
    lab.set_activation(1, "relu")  # another network starts over
    lab.expect_updates(0)


def test_divergence_is_said_and_the_run_goes_on_with_a_smaller_rate(lab):
    lab.open("#v=1&data=wine&layers=16-relu&opt=sgd&lr=1&l2=10")
    lab.play()
    lab.expect_state("failed")
    lab.expect_message("learning rate")
    lab.set_learning_rate("0.01")
    updates = lab.number("updates")
    lab.step_epoch()
    lab.expect_state("paused")
    assert lab.number("updates") > updates


def test_the_test_set_stays_sealed_until_opened(lab):
    lab.open("#v=1&data=iris&layers=8-tanh")
    lab.expect_text("test-score", "Test set: sealed")
    lab.open_test_set()
    lab.expect_text("test-score", re.compile(r"Test: loss \d+\.\d+, accuracy \d+\.\d %"))
    lab.expect_text("open-test-words", "Looked at: now spent")


def test_slow_training_shows_each_batch_and_pauses_at_once(lab):
    lab.open("#v=1&data=circle&layers=4-tanh&batch=10")
    lab.set_slider("Speed", "2")
    lab.play()
    lab.expect_text("batch", re.compile("[3-9]"))
    lab.pause()
    assert lab.number("updates") < 10
