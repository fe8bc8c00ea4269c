"""The SIMD kernel in Pyodide: it computes what NumPy computes, and writes nowhere else."""
import sys

import pytest

if sys.platform != "emscripten":
    pytest.skip("the kernel runs in Pyodide", allow_module_level=True)

from dataclasses import replace

import numpy as np

import spec as specs
from engine import kernel
from engine.kernel import library
from engine.session import Session
from nncore import Dense, Network, losses, passes
from nncore.activations import ACTIVATIONS
from nncore.operations import NUMPY
from nncore.optimizers import make
from nncore.stepwise import finish
from nncore.updates import Updates

GUARD, MARK = 16, 12345.0
DTYPES = ["float32", "float64"]
KERNEL = library.load()
OPERATIONS = {"layers": replace(KERNEL.operations, plan=None), "plan": KERNEL.operations}


class Guards:
    """Arrays with numbers before and after that must stay as they are."""

    def __init__(self):
        self.kept = []

    def around(self, array):
        whole = np.full(array.size + 2 * GUARD, MARK, array.dtype)
        self.kept.append(whole)
        inner = whole[GUARD:GUARD + array.size].reshape(array.shape)
        inner[...] = array
        return inner

    def assert_untouched(self):
        assert self.kept
        for whole in self.kept:
            assert (whole[:GUARD] == MARK).all() and (whole[-GUARD:] == MARK).all()


def guard(network, sizes):
    """Puts guards around all that the kernel reads or writes of a network."""
    guards = Guards()
    network._parameters, network._gradients = guards.around(network.parameters), guards.around(network.gradients)
    start = 0
    for layer in network.layers:
        layer._bind(network._parameters[start:start + layer.size], network._gradients[start:start + layer.size])
        start += layer.size
    network.operations = network.operations  # with new buffers
    for n_rows in sizes:
        buffers, before = network.buffers(n_rows), None
        buffers.probabilities = guards.around(buffers.probabilities)
        for work in buffers:
            linear = work.a is work.z
            work.z, work.d_z = guards.around(work.z), guards.around(work.d_z)
            work.a, work.d_a = (work.z, work.d_z) if linear else (guards.around(work.a), guards.around(work.d_a))
            work.d_x, before = before and before.d_a, work
    return guards


def rows(random, n, n_inputs, n_outputs, dtype):
    return random.randn(n, n_inputs).astype(dtype), np.eye(n_outputs, dtype=dtype)[random.randint(0, n_outputs, n)]


def trained(network, x, y, loss, optimizer, batch, updates, l1=0.0, l2=0.0):
    """The parameters after so many updates, in epochs of one order."""
    work, left = Updates(network, x, y), updates
    while left:
        work.open(np.arange(len(x)), batch)
        wanted = min(left, len(work.bounds))
        assert work.run(0, wanted, losses.get(loss), optimizer, l1, l2, None)[0] == wanted
        left -= wanted
    return network.parameters.astype(float)


def off_by(result, right):
    return np.abs(result - right).max() / np.abs(right).max()


def test_the_page_gets_the_kernel_and_the_network_computes_with_it():
    engine = kernel.choose("auto")
    assert engine.words.startswith("SIMD kernel") and engine.operations.name == "simd"
    assert kernel.choose("numpy").operations is NUMPY
    run = Session(specs.parse("data=iris&layers=4-tanh")[0])
    assert run.network.operations is engine.operations and run.engine is engine
    assert run.configure(specs.changed(run.spec, "engine", "numpy"))
    assert run.network.operations is NUMPY


@pytest.mark.parametrize("dtype", DTYPES)
def test_products_are_numpy_s_bit_for_bit_in_any_strides(dtype):
    random, guards = np.random.RandomState(1), Guards()
    for i in range(200):
        m, n, p = random.randint(0, 40, 3) if i % 8 else random.randint(1, 600, 3)
        operands = []
        for size in ((m, n), (n, p)):
            up, down, across = random.choice([1, 2, 3]), random.choice([1, -1]), random.choice([1, -2, 2])
            whole = random.randn(size[0] * up, size[1] * abs(across)).astype(dtype)
            array = whole[::up * down, ::across]
            operands.append(array if random.rand() < 0.5 else np.asfortranarray(array))
        out = guards.around(np.zeros((m, p), dtype))
        KERNEL.matmul(*operands, out)
        np.testing.assert_array_equal(out, np.matmul(*operands))
    guards.assert_untouched()
    row = np.broadcast_to(np.arange(5, dtype=dtype), (4, 5))  # strides of 0
    out = np.zeros((4, 4), dtype)
    KERNEL.matmul(row, row.T, out)
    np.testing.assert_array_equal(out, np.matmul(row, row.T))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_slopes_agree_also_far_out(name, dtype):
    activation, limit = ACTIVATIONS[name], {"float32": 3e-6, "float64": 1e-14}[dtype]
    z = np.concatenate([np.linspace(-30, 30, 301), [0, 1e-9, -1e-9, 1e-300, 700, -700, 1e4, -1e4, 3, -3, 5]]).astype(dtype)
    z, guards = z.reshape(-1, 8), Guards()
    x, w, b = np.eye(len(z), dtype=dtype), guards.around(z), guards.around(np.zeros((1, 8), dtype))
    d_a = np.random.RandomState(1).randn(*z.shape).astype(dtype)
    for operations in (NUMPY, KERNEL.operations):
        arrays = [guards.around(np.zeros_like(z)) for _ in range(5)]
        with np.errstate(all="ignore"):
            operations.dense_forward(x, w, b, activation, *arrays[:2])
            operations.dense_backward(x, w, activation, *arrays[:2], d_a, arrays[2], arrays[3], arrays[4][:1], None)
        if operations is NUMPY:
            right = [array.copy() for array in arrays[:4]]
    for array, wanted in zip(arrays, right):
        np.testing.assert_allclose(array, wanted, rtol=limit, atol=limit)
    guards.assert_untouched()


@pytest.mark.parametrize("loss", losses.LOSSES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_losses_agree_also_for_huge_logits(loss, dtype):
    random, limit = np.random.RandomState(2), {"float32": 2e-6, "float64": 1e-13}[dtype]
    for scale in (1, 100, 1e4):
        z, y = (random.randn(9, 5) * scale).astype(dtype), np.eye(5, dtype=dtype)[random.randint(0, 5, 9)]
        results = []
        for operations in (NUMPY, KERNEL.operations):
            a, slope = np.zeros_like(z), np.zeros_like(z)
            value = losses.get(loss).measure(operations, z, y, a, slope)
            results.append((value, a, slope))
        assert results[1][0] == pytest.approx(results[0][0], rel=limit)
        for got, wanted in zip(results[1][1:], results[0][1:]):
            np.testing.assert_allclose(got, wanted, rtol=limit, atol=limit * max(1, np.abs(wanted).max()))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("way", OPERATIONS)
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_training_agrees_and_writes_only_where_it_should(optimizer, way, dtype):
    """Odd sizes, a linear layer in the middle, a smaller last batch, penalties and locks."""
    x, y = rows(np.random.RandomState(3), 23, 3, 2, dtype)
    results = []
    for operations in (NUMPY, OPERATIONS[way]):
        layers = [Dense(3, 1, "gelu"), Dense(1, 9, "linear"), Dense(9, 5, "swish"), Dense(5, 2, "softmax")]
        network = Network(layers, seed=4, dtype=dtype, operations=operations)
        guards = guard(network, [5, 3])
        network.locked = np.arange(network.parameters.size) % 7 == 3
        steps = make(optimizer, 0.01)
        steps.ready(network.parameters)
        steps.moments = tuple(map(guards.around, steps.moments))
        before = network.parameters.copy()
        trained(network, x, y, "categorical_cross_entropy", steps, 5, 60, l1=1e-3, l2=1e-2)
        guards.assert_untouched()
        np.testing.assert_array_equal(network.parameters[3::7], before[3::7])
        results.append(network.parameters.copy())
    assert off_by(results[1], results[0]) < {"float32": 1e-5, "float64": 1e-11}[dtype]
    assert not np.allclose(results[0], before)


WORKLOADS = {
    "W1": ([(2, 4, "tanh"), (4, 2, "tanh"), (2, 1, "tanh")], "mse", 10, 0.03),
    "W2": ([(2, 64, "relu"), (64, 64, "relu"), (64, 3, "softmax")], "categorical_cross_entropy", 32, 0.01),
    "W3": ([(64, 64, "relu"), (64, 10, "softmax")], "categorical_cross_entropy", 32, 0.01),
    "W4": ([(784, 128, "relu"), (128, 10, "softmax")], "categorical_cross_entropy", 8, 0.01),  # of 8 rows, for time
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", WORKLOADS)
def test_a_thousand_updates_agree(name, dtype):
    layers, loss, batch, rate = WORKLOADS[name]
    x, y = rows(np.random.RandomState(5), 5 * batch + 3, layers[0][0], max(2, layers[-1][1]), dtype)
    y = y[:, :layers[-1][1]]
    results = [trained(Network([Dense(*layer) for layer in layers], seed=1, dtype=dtype, operations=operations),
                       x, y, loss, make("sgd", rate), batch, 1000) for operations in (NUMPY, KERNEL.operations)]
    assert off_by(results[1], results[0]) < 1e-6


@pytest.mark.parametrize("loss, last", [("categorical_cross_entropy", "softmax"), ("mse", "linear")])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_updates_in_steps_are_those_of_a_plan_bit_for_bit(optimizer, loss, last):
    """A wide network is trained layer by layer, so that the page is answered in between."""
    x, y = rows(np.random.RandomState(8), 43, 6, 3, "float32")
    results = []
    for in_steps in (False, True):
        layers = [Dense(6, 33, "relu"), Dense(33, 17, "tanh"), Dense(17, 3, last)]
        work = Updates(Network(layers, seed=2, operations=KERNEL.operations), x, y)
        given = losses.get(loss), make(optimizer, 0.01), 1e-3, 1e-2, np.random.Generator(np.random.PCG64(1))
        work.open(np.arange(len(x)), 10)
        told = [finish(work.stepping(k, *given)) if in_steps else work.run(k, 1, *given) for k in range(5)]
        results.append((told, work.network.parameters, work.network.gradients))
    assert results[0][0] == results[1][0]
    for whole, stepped in zip(results[0][1:], results[1][1:]):
        np.testing.assert_array_equal(stepped, whole)


def test_chunks_of_rows_pass_as_all_of_them_do():
    x, _ = rows(np.random.RandomState(9), 77, 6, 3, "float32")
    network = Network([Dense(6, 33, "tanh"), Dense(33, 3, "softmax")], seed=2, operations=KERNEL.operations)
    whole = network.predict(x)
    network.chunk = 16
    np.testing.assert_array_equal(network.predict(x), whole)


def test_memory_may_grow_between_two_calls():
    x, y = rows(np.random.RandomState(6), 40, 6, 3, "float32")

    def run(operations, grow):
        network = Network([Dense(6, 33, "relu"), Dense(33, 3, "softmax")], seed=1, operations=operations)
        kept = []
        for _ in range(3):
            trained(network, x, y, "categorical_cross_entropy", make("adam", 0.01), 16, 9)
            if grow:
                kept.append(np.ones(24 * 2**20))  # 192 MB, more than is left free
                network.buffers(len(kept) + 50)  # and buffers that lie behind
        passes.step(network.operations, x, y, losses.get("categorical_cross_entropy"), network.buffers(40))
        return np.concatenate([network.parameters, network.gradients])

    assert off_by(run(KERNEL.operations, grow=True), run(NUMPY, grow=False)) < 1e-5


def test_what_the_plan_was_not_made_for_is_refused_or_left_to_the_loop():
    x, y = rows(np.random.RandomState(7), 20, 3, 2, "float32")
    network = Network([Dense(3, 4, "relu", dropout=0.5), Dense(4, 2, "softmax")], seed=1, operations=KERNEL.operations)
    loss, optimizer = losses.get("categorical_cross_entropy"), make("adam", 0.1)
    optimizer.ready(network.parameters)
    plan = KERNEL.operations.plan
    assert plan(network, loss, optimizer, x, y, 5) is None
    network.layers[0].dropout = 0.0
    made = plan(network, loss, optimizer, x, y, 5)
    assert made.run(0, 4, 0.0, 0.0)[0] == 4
    for first, count in ((0, 5), (4, 1), (-1, 1)):
        with pytest.raises(IndexError):
            made.run(first, count, 0.0, 0.0)
    assert plan(network, replace(loss, name="own"), optimizer, x, y, 5) is None
    for bad_x, bad_y in ((x[:, ::-1], y), (x.astype("float64"), y), (x, y[:7])):
        with pytest.raises(ValueError, match="is (float|not)|does not lie"):
            plan(network, loss, optimizer, bad_x, bad_y, 5)
    optimizer.moments = optimizer.moments[:1] * 2
    with pytest.raises(ValueError, match="share memory"):
        plan(network, loss, optimizer, x, y, 5)


def test_a_loss_that_is_not_finite_ends_a_plan_before_its_update():
    x, y = rows(np.random.RandomState(8), 20, 3, 2, "float32")
    x[13] = np.inf
    network = Network([Dense(3, 4, "relu"), Dense(4, 2, "softmax")], seed=1, operations=KERNEL.operations)
    work, optimizer = Updates(network, x, y), make("adam", 0.1)
    work.open(np.arange(20), 5)
    done, value, _ = work.run(0, 4, losses.get("categorical_cross_entropy"), optimizer, 0.0, 0.0, None)
    assert done == optimizer.updates == 2 and np.isfinite(value) and np.isfinite(network.parameters).all()


def test_a_browser_without_simd_is_told_apart(monkeypatch):
    monkeypatch.setattr(library, "_validates", lambda module: module is not library.WITH_SIMD)
    with pytest.raises(library.Refused, match="SIMD is missing in this browser"):
        library.load()


def test_a_file_that_is_no_kernel_is_refused_with_the_reason(tmp_path):
    with pytest.raises(library.Refused, match="was not delivered"):
        library.load(tmp_path / "none.so")
    (tmp_path / "damaged.so").write_bytes(library.FILE.read_bytes()[:-100])
    with pytest.raises(library.Refused, match="damaged.so is damaged"):
        library.load(tmp_path / "damaged.so")
    (tmp_path / "empty.so").write_bytes(b"\0asm\1\0\0\0\0\x0f\x08dylink.0\x01\x04\0\0\0\0")
    with pytest.raises(library.Refused, match="it cannot be loaded"):
        library.load(tmp_path / "empty.so")
