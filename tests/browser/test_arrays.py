"""Arrays: names for what is typed, NumPy's own words beside them, a sentence for everything that is not data."""
from arrays_page import ArraysPage


def test_lists_are_named_and_asked_of_numpy(lab):
    lab.open("#v=1&view=arrays&arrays-text=[[1,2],[3,4,5]]")
    arrays = ArraysPage(lab.page)
    arrays.expect_fact("Array", "no: row 1 has 3 items, row 0 has 2")
    arrays.expect_marked("[1]")
    arrays.expect_numpy("ValueError: setting an array element with a sequence", "(2,) + inhomogeneous part")
    arrays.example("tensor")
    arrays.expect_fact("Shape", "(3, 2, 2)")
    arrays.expect_fact("Name", "a tensor")
    arrays.expect_numpy("(3, 2, 2)", "int32", "12 × 4 bytes = 48 bytes")
    arrays.expect_items(12)
    arrays.walk("ArrowRight", "PageDown", "ArrowDown")
    arrays.expect_readout("a[1, 1, 1] = 8: sheet 1, row 1, column 1. In the list: a[1][1][1]")
    lab.go_back()
    arrays.expect_text("[[1,2],[3,4,5]]")
    arrays.expect_fact("Name", "a ragged list")
    arrays.type("[1.5, 'é & <b>', None]")
    arrays.expect_fact("Items", "1 float, 1 str, 1 None")
    arrays.expect_numpy("object", "'é & <b>'")
    assert "arrays-text=[1.5,%20%27%C3%A9%20%26%20%3Cb%3E%27,%20None]" in lab.hash()
    lab.page.reload()
    arrays.expect_text("[1.5, 'é & <b>', None]")
    lab.expect_no_message()


def test_what_is_not_data_gets_a_sentence(lab):
    lab.open("#v=1&view=arrays")
    arrays = ArraysPage(lab.page)
    arrays.expect_numpy("(2, 3)")
    for text, sentence in (
            ("__import__('os')", "'__import__(' at line 1, column 1 calls code. Only data are read here"),
            ("[i for i in range(3)]", "'i' at line 1, column 2 is a name"),
            ("a + b", "'a' at line 1, column 1 is a name"),
            ("[" * 10_000, "The [ at line 1, column 101 is inside 100 others"),
            ("[1, 2" + " " * 10_000_000, "That is longer than 20,000 characters, and was cut off there"),
            ("", "There is nothing to read yet")):
        arrays.type(text)
        arrays.expect_message(sentence)
        arrays.expect_fact("Shape", "(2, 3)")  # the last list that could be read stays
    arrays.type("[1e308, 1e999, -0.0]")
    arrays.expect_message("")
    arrays.expect_numpy("float64", "inf")
    arrays.type("[" + "1, " * 3000 + "1]")
    arrays.expect_fact("Shape", "(3001,)")
    arrays.expect_remark("does not stand in the link")
    assert "1,%201,%201" not in lab.hash()
    arrays.leave_field()
    arrays.example("matrix")
    arrays.predict_first()
    arrays.expect_fact("Shape", "guess first")
    arrays.guess("(3, 2)")
    arrays.expect_verdict("order swapped")
    arrays.expect_fact("Shape", "guess first")
    arrays.guess("2, 3")
    arrays.expect_verdict("Right: 2 items in the outer list, 3 in each list on level 2.")
    arrays.expect_fact("Shape", "(2, 3)")
    lab.expect_no_message()
