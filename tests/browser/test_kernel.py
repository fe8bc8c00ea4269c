"""The SIMD kernel in the browser: it is what computes, NumPy comes to the same, and the link may ask for it."""
import pytest

LINK = "#v=1&data=digits&layers=32-relu,16-tanh&opt=adam&lr=0.01&batch=32"


def test_kernel_and_numpy_come_to_the_same_losses(lab):
    seen = {}
    for engine, words in (("auto", "SIMD kernel"), ("numpy", "no SIMD kernel: the link says engine=numpy")):
        lab.open(f"{LINK}&engine={engine}")
        lab.expect_engine(words)
        for epoch in (1, 2, 3):
            lab.step_epoch()
            lab.expect_updates(34 * epoch)
        seen[engine] = [*lab.losses(), lab.number("train-score"), lab.number("validation-score")]
        lab.play()
        lab.expect_state("training")
        lab.pause()
        lab.page.goto("about:blank")
    assert seen["auto"] == pytest.approx(seen["numpy"], rel=1e-4)


def test_a_kernel_that_is_damaged_gives_way_to_numpy(lab):
    lab.page.route("**/kernel.so", lambda route: route.fulfill(body=b"\0asm, but no more"))
    lab.open("#v=1&data=iris&layers=4-tanh&engine=auto")
    lab.expect_engine("no SIMD kernel: kernel.so is damaged")
    lab.step_epoch()
    lab.expect_updates(3)
