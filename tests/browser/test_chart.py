"""The loss chart reads out, marks and explains; kept runs stand beside it, named by what differs."""
import math
import re

import pytest

MEMORISE = ("#v=1&data=circle&points=150&noise=0.4&split=40-40-20&layers=10-relu,10-relu,10-relu"
            "&opt=adam&lr=0.01&batch=10&seeds=1-1-1-1")


def test_memorising_is_announced_and_the_best_weights_come_back(lab):
    lab.open(MEMORISE)
    lab.play()
    lab.expect_notice("Memorising since epoch", timeout=60_000)
    lab.expect_announced("Memorising since epoch")
    lab.pause()
    loss, epoch = lab.best_on_chart()
    assert f"Memorising since epoch {epoch}:" in lab.notice()
    assert f"from {loss:.3f} to" in lab.notice()

    assert math.ceil(lab.read_chart("ArrowRight")[0]) == lab.number("epoch")  # begins at the newest point
    first = lab.read_chart("Home")
    assert first[0] == 0
    read = lab.read_chart(*["ArrowRight"] * epoch)
    assert (read[0], read[2]) == (epoch, loss)
    assert lab.read_chart("ArrowLeft")[2] > loss < lab.read_chart("ArrowRight", "ArrowRight")[2]

    spoilt = lab.losses()[1]
    assert spoilt > 1.1 * loss
    lab.go_back_to_best()
    lab.expect_notice(f"Back at the weights of epoch {epoch}")
    assert lab.losses()[1] == pytest.approx(loss, abs=5e-4)
    assert lab.read_chart("End")[2] == loss


@pytest.mark.parametrize("epochs", [1, 300, 1e5, 1e7, 1e8, 3e9, 1e12])
def test_the_axis_has_its_epochs_however_long_the_run(lab, epochs):
    lab.open("#v=1&data=iris&layers=8-tanh")
    numbers = [float(re.sub(r"[^\d]", "", words)) for words in lab.numbers_along_chart(epochs)]
    assert 2 <= len(numbers) <= 12 and numbers == sorted(set(numbers))
    assert numbers[0] == 0 and epochs / 3 < numbers[-1] <= epochs


def test_the_kind_of_axis_is_in_the_link(lab):
    lab.open("#v=1&data=iris&layers=8-tanh")
    lab.expect_loss_axis("linear")
    lab.step_epoch()
    lab.expect_updates(3)
    lab.choose_loss_axis("log")
    assert lab.hash().endswith("&chart=log")
    lab.expect_loss_axis("log")
    lab.expect_updates(3)  # only the look has changed
    lab.go_back()
    lab.expect_loss_axis("linear")


def test_a_loss_that_stands_still_is_explained(lab):
    lab.open("#v=1&data=circle&layers=8-relu,8-relu&init=zeros&lr=0.001")
    lab.play()
    lab.expect_notice(re.compile("hardly moved for 20 epochs.*Xavier or He"), timeout=60_000)
    lab.expect_announced("hardly moved")


def test_a_run_that_diverged_offers_a_tenth_of_its_learning_rate(lab):
    lab.open("#v=1&data=wine&layers=16-relu&opt=sgd&lr=1&l2=10")
    lab.expect_no_remedy()
    lab.play()
    lab.expect_state("failed")
    lab.expect_message("learning rate of 1")
    assert lab.losses()[0] > 1e5  # shown as large as it is
    lab.use_smaller_rate("0.1")
    assert "&lr=0.1&" in lab.hash()
    lab.expect_message("The learning rate is now 0.1")
    lab.expect_no_remedy()
    lab.reset()
    lab.step_epoch()
    lab.expect_updates(4)
    lab.expect_state("paused")


def test_kept_runs_are_named_by_what_differs_and_give_their_settings_back(lab):
    lab.open("#v=1&data=circle&layers=8-relu,8-relu&lr=0.01&seeds=1-2-3-4")
    lab.step_epoch()
    lab.expect_updates(6)
    lab.keep_run()
    lab.expect_kept("A same settings")
    lab.set_learning_rate("0.1")
    lab.expect_kept("A lr 0.01")
    lab.set_activation(1, "tanh")
    lab.set_activation(2, "tanh")
    lab.expect_kept("A relu,relu, lr 0.01")
    lab.step_epoch()
    lab.expect_updates(6)
    lab.keep_run()
    lab.expect_kept("A relu,relu, lr 0.01", "B same settings")
    lab.take_settings("A")
    lab.expect_kept("A same settings", "B tanh,tanh, lr 0.1")
    for pair in ("&layers=8-relu,8-relu&", "&lr=0.01&", "&seeds=1-2-3-4"):
        assert pair in lab.hash()
    lab.choose_data("xor")
    lab.expect_kept("A circle (not drawn)", "B circle, tanh,tanh, lr 0.1 (not drawn)")
    lab.remove_run("A")
    lab.expect_kept("B circle, tanh,tanh, lr 0.1 (not drawn)")
