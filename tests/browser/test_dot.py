"""The dot product's exhibit in the browser. NumPy in this Python is the measure, and so is the real engine's own error."""
import random

import numpy as np
from dot_page import DotPage

import spec as specs

DEFAULT = [["−5.0", "8.5", "−2.5", "7.0"], ["14.0", "−6.0", "3.0", "−2.0"]]


def opened(lab, link=""):
    lab.open("#v=1&view=dot&" + link)
    dot = DotPage(lab.page)
    dot.expect_numpy_agrees()
    return dot


def written(matrix, places):
    return [[f"{value:.{places}f}".replace("-", "−") for value in row] for row in matrix]


def test_row_meets_column_in_every_view_and_every_sum_adds_up(lab):
    dice = random.Random(3)
    a = np.array([[dice.randrange(-40, 41) / 10 for _ in range(4)] for _ in range(2)])
    b = np.array([[dice.randrange(-40, 41) / 10 for _ in range(3)] for _ in range(4)])
    product = a @ b  # (2, 3)
    link = "dot-a=" + "/".join(",".join(map(str, row)) for row in a) + "&dot-b=" + "/".join(",".join(map(str, row)) for row in b)
    dot = opened(lab, link + "&dot-at=0-0-0&dot-filled=0&dot-pace=8")
    dot.expect_shapes("A (2, 4) @= B (4, 3) → C (2, 3)")
    dot.expect_result([[""] * 3] * 2)
    for i in range(2):
        for j in range(3):
            dot.click("Next cell")
            dot.expect_title(f"C[{i}, {j}]")
            dot.expect_lit(i, j)
            terms, value = dot.sums()
            total = 0
            for left, right, printed, so_far in terms:
                total += printed
                assert (left * right, total) == (printed, so_far)
            assert (len(terms), total) == (4, value)
            assert np.isclose(float(value), product[i, j])
    dot.expect_result(written(product, 2))
    dot.expect_cell_read_out(1, 2, f"row 1, column 2: {written(product, 2)[1][2]} = " + " + ".join(
        f"{left:g} · {right:g}" if k == 0 and right >= 0 else f"{left:g} · ({right:g})" if k == 0 else
        f"{f'({left:g})' if left < 0 else f'{left:g}'} · {f'({right:g})' if right < 0 else f'{right:g}'}"
        for k, (left, right) in enumerate(zip(a[1], b[:, 2]))).replace("-", "−"))
    for view, step in (("By row", "One term"), ("By column", "One term"), ("Outer products", "Next product")):
        dot.click(view)
        dot.click("Reset")
        dot.expect_result([[""] * 3] * 2)
        dot.click(step)
        partial = {"By row": np.outer([1, 0], a[0, 0] * b[0]), "By column": np.outer(a[:, 0] * b[0, 0], [1, 0, 0]),
                   "Outer products": np.outer(a[:, 0], b[0])}[view]
        shown = written(partial, 2)
        dot.expect_result([[shown[i][j] if view == "Outer products" or (i == 0 if view == "By row" else j == 0) else "" for j in range(3)]
                           for i in range(2)])
        dot.play_to_the_end(written(product, 2))


def test_shapes_that_disagree_transposes_and_the_orientation_of_weights(lab):
    dot = opened(lab)
    dot.expect_result([["−5.0", "", "", ""], [""] * 4])
    dot.focus_cell("c", 0, 0)
    dot.press("ArrowRight", "ArrowDown", "Enter")
    dot.expect_focus_on_cell("c", 1, 1)
    dot.expect_said("row 1, column 1: −6.0 = 0 · 1 + 4 · (−0.5) + (−2) · 2")
    dot.press("Escape")
    lab.expect_focus("dot-play")
    dot.reopen()
    dot.expect_title("C[1, 1]")  # the link brings the place back

    dot.check("Unlock the inner dimensions")
    dot.set_size("k", "5")
    dot.expect_shapes("A (2, 3) @≠ B (5, 4) → no product")
    dot.expect_clash("3", "5")
    dot.expect_stuck()
    try:
        np.ones((2, 3)) @ np.ones((5, 4))
    except ValueError as error:
        dot.expect_numpy_error(str(error))
    dot.click("Give B 3 rows")
    dot.expect_result([["−5.0", "", "", ""], [""] * 4])
    dot.click("Transpose B")
    dot.expect_note("Transposing B broke the product: the inner numbers are 3 and 4 now.")
    dot.expect_shapes("A (2, 3) @≠ Bᵀ (4, 3) → no product")
    dot.expect_numpy_error("A @ B.T")
    dot.click("Transpose B: (2, 3) @ (3, 4) → (2, 4)")
    dot.expect_note("Transposing B mended it: the inner numbers are both 3 now.")
    dot.expect_clash()

    dot.check("Why (n_inputs, n_neurons)?")
    dot.expect_shapes("X (2, 3) @= W (3, 4) → Z (2, 4)")
    dot.click("(n_neurons, n_inputs)")
    dot.expect_shapes("X (2, 3) @= Wᵀ (3, 4) → Z (2, 4)")
    dot.expect_why("X @ W.T")
    dot.expect_why("ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0")
    dot.expect_why("(size 4 is different from 3)")
    dot.click("To the end")
    dot.expect_result(DEFAULT)  # the same numbers, at the price of a transpose
    lab.go_back()
    dot.expect_shapes("X (2, 3) @= W (3, 4) → Z (2, 4)")
    dot.click("Transpose W")
    dot.expect_note("Transposing W broke the product: the inner numbers are 3 and 4 now.")
    lab.go_back()
    dot.expect_note("")  # what was said of another product is gone
    spec, problems = specs.parse(lab.hash())
    assert (problems, spec["dot-layer"]) == ([], "inputs")


def test_guesses_are_judged_and_bad_input_gets_a_sentence(lab):
    dot = opened(lab)
    dot.check("Predict first")
    dot.expect_shapes("A (2, 3) @ B (3, 4) → C (?, ?)")
    assert dot.no_result_on_view()
    dot.guess("3, 3")
    dot.expect_feedback("These are the inner dimensions")
    dot.guess("4, 2")
    dot.expect_feedback("swapped")
    dot.guess("2, 4")
    dot.expect_feedback("Right")
    dot.expect_result([["?", "", "", ""], [""] * 4])
    dot.guess("1")
    dot.expect_feedback("one product alone")
    dot.guess("5")
    dot.expect_feedback("the sign is not")
    dot.expect_result([["?", "", "", ""], [""] * 4])
    dot.guess("-5")
    dot.expect_feedback("Right: C[0, 0] = −5.0")
    dot.press("Enter")  # the focus is on Next
    dot.expect_result([["−5.0", "?", "", ""], [""] * 4])
    dot.click("Show it")
    dot.expect_feedback("C[0, 1] = 2 · 1 + (−1) · (−0.5) + 3 · 2 = 8.5")
    dot.check("Predict first", False)
    dot.click("To the end")
    dot.expect_result(DEFAULT)

    for text, complaint in (("1 2\n3", "Row 1 has 1 number, row 0 has 2"), ("", "nothing to read"), ("two", "'two', which is not a number"),
                            ("1e308", "which is not from -1000 to 1000"), ("nan", "Row 0, column 0 has nan"), ("[" * 10000, "line 1, column 101"),
                            ("import os; os.remove('x')", "'import', which is not a number"), ("<img src=x onerror=alert(1)>", "'<img'")):
        dot.type_matrix("a", text)
        dot.expect_complaint("A stays as it was.")
        dot.expect_complaint(complaint)
    dot.paste_repeated("b", "1.5, ", 2_000_000)
    dot.expect_complaint("B stays as it was. That is 10,000,000 characters long")
    dot.set_size("m", "13")
    dot.expect_complaint("'13' is not a whole number from 1 to 12; the shape stays as it was.")
    dot.expect_result(DEFAULT)  # the last good matrices are still on view
    dot.type_matrix("a", "[[1, 2, 3], [4, 5, 6]]")
    dot.expect_no_complaint()
    assert dot.matrix("a") == [["1", "2", "3"], ["4", "5", "6"]]
    dot.expect_numpy_agrees()
    lab.expect_no_message()
