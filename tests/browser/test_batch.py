"""The batch: rows grow and steps do not, both ways give NumPy's numbers, and both are measured in this browser."""
import re

import numpy as np
from batch_page import BatchPage

SECONDS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}


def seconds(text):
    value, unit = text.split()
    return float(value) * SECONDS[unit]


def test_the_batch_grows_and_is_measured(lab):
    lab.open("#v=1&view=batch&data=circle&layers=4-tanh&batch-rows=4&batch-step=1")
    batch = BatchPage(lab.page)
    batch.expect_open()
    batch.expect_rows(4)
    batch.expect_results_of_loop(1)
    x, w, b, z = (np.array(batch.matrix(f"loop-{name}")) for name in "xwbz")
    np.testing.assert_allclose(z, x @ w + b, atol=1e-9)
    assert batch.matrix("one-z") == z.tolist()
    batch.click("next")
    batch.expect_results_of_loop(2)
    batch.expect_said("loop-said", "Z[1, 0] = ")
    batch.click("play")
    batch.expect_said("loop-count", "product 4 of 4")
    batch.grow("ArrowRight")
    batch.expect_rows(5)
    batch.expect_said("loop-steps", "8 products")
    batch.expect_said("ledger-now", "X (8, 3) @ W (3, 2) + b (1, 2) → Z (8, 2)")
    assert "batch-rows=8" in lab.hash()
    batch.expect_said("checked", "X (8, 8) @ W (8, 8), float32: ")

    batch.expect_measured()
    times = batch.times()
    assert list(times) == ["1", "2", "4", "8", "16", "32", "64", "128", "256", "512", "1,024"]
    for loop, one, ratio in times.values():
        assert seconds(loop) > 0 and seconds(one) > 0
        assert abs(seconds(loop) / seconds(one) / float(ratio) - 1) < 0.07  # printed with two digits
    batch.expect_said("found", f"8 rows through a layer (8, 8): {times['8'][0]} one by one, {times['8'][1]} as one product")

    lab.click("tab-lab")  # a training run is not disturbed unasked, and is paused by Measure
    lab.play()
    lab.click("tab-batch")
    batch.select("inputs", "2")
    batch.expect_said("progress", "The lab is training")
    lab.expect_state("training")
    batch.click("measure")
    batch.expect_said("progress", re.compile("^The lab's training was paused.*Measuring"))
    lab.expect_state("paused")
    batch.click("measure")
    batch.expect_said("progress", "Stopped.")
    assert "batch-inputs=2" in lab.hash()
    lab.set_hash("#v=1&view=batch&batch-rows=3&batch-neurons=-8")
    lab.expect_message("batch-rows=3 is not one of 1, 2, 4")
    lab.expect_message("batch-neurons=-8 is not one of")
    batch.expect_said("rows-value", "32 rows")
