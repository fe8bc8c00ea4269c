"""The SIMD kernel in the browser: it is what computes, NumPy comes to the same, and the link may ask for it."""
import hashlib
import io
import json
import zipfile

import pytest
from other_build import DIST, deliver

from web.bundle.engine import KERNEL

PACKAGE_SET = DIST / "pyodide"
LINK = "#v=1&data=digits&layers=32-relu,16-tanh&opt=adam&lr=0.01&batch=32"


def engine_with_kernel(content):
    """The engine's archive with another kernel, and the lock file that has its hash."""
    made = io.BytesIO()
    with zipfile.ZipFile(PACKAGE_SET / "engine.zip") as original, zipfile.ZipFile(made, "w") as archive:
        for name in original.namelist():
            archive.writestr(name, content if name == KERNEL else original.read(name))
    lock = json.loads((PACKAGE_SET / "pyodide-lock.json").read_text())
    lock["packages"]["engine"]["sha256"] = hashlib.sha256(made.getvalue()).hexdigest()
    return made.getvalue(), json.dumps(lock)


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
    archive, lock = engine_with_kernel(b"\0asm, but no more")
    deliver(lab.page, lab.address, {"pyodide/engine.zip": archive, "pyodide/pyodide-lock.json": lock.encode()})
    lab.open("#v=1&data=iris&layers=4-tanh&engine=auto")
    lab.expect_engine("no SIMD kernel: kernel.wasm is damaged")
    lab.step_epoch()
    lab.expect_updates(3)
