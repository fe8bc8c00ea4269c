"""Numbers as typed: what people's keyboards and the page itself write is taken, what may mean two numbers is refused."""
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kinds
import spec as specs
import typed
from exhibits import arrays_guess, dot_guess, dot_text, literal
from ui import state as states

TAKEN = [  # typed, plain; in fields of whole numbers the same, or what stands third
    ("3", "3"), ("+3", "3"), ("−3", "-3"), ("–3", "-3"), ("—3", "-3"), ("‐3", "-3"), ("‑3", "-3"), ("－3", "-3"), ("- 3", "-3"),
    ("0.01", "0.01"), ("0,01", "0.01"), ("−0,04", "-0.04"), (".5", "0.5"), (",5", "0.5"), ("5.", "5.0"), ("12,5", "12.5"),
    ("0,001", "0.001"), ("1234,567", "1234.567"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1 234,5", "1234.5"),
    ("1 000", "1000"), ("1\u00a0000", "1000"), ("1\u2009000", "1000"), ("1\u202f000", "1000"), ("1'000", "1000"),
    ("1’000", "1000"), ("1_000", "1000"), ("1,000,000", "1000000"), ("1.000.000", "1000000"), ("12 345 678", "12345678"),
    ("１２", "12"), ("０．５", "0.5"), ("１，５", "1.5"), ("٣", "3"), ("٣٫٥", "3.5"), ("١٬٠٠٠", "1000"), ("۱۲", "12"), ("१२", "12"),
    ("๑๒", "12"), ("1e-3", "1e-3", None), ("1e−3", "1e-3", None), ("1E+3", "1e3", "1000"), ("1·10⁻³", "1e-3", None),
    ("1×10^-3", "1e-3", None), ("1*10**-3", "1e-3", None), ("1 · 10³", "1e3", "1000"), ("2,5·10⁻⁴", "2.5e-4", None),
    ("10⁻³", "1e-3", None), ("−10⁻³", "-1e-3", None), ("−1.23·10⁻⁵", "-1.23e-5", None), ("½", "0.5"), ("1½", "1.5"), ("−¼", "-0.25"),
    (" 7 ", "7"), ("\ufeff7", "7"), ("\u200b7\u200b", "7"), ("7\u00a0", "7"), ("1.000", "1.000", ValueError),
    ("1,000", ValueError, "1000"), ("12,345", ValueError, "12345"), ("−1,000", ValueError, "-1000"),
]
NONE = ["", " ", "-", "−", "+", "--3", "1.2.3", "1,2,3", "1 00", "1 0000", "10 00", "0,000,1", "1'00", "nan", "NaN", "inf", "-inf", "infinity", "0x10",
        "1e", "e5", "1e5e5", "1e+", "1^2", "5²", "²", "10-3", "1·10-3", "abc", "1a", "5%", "1/2", "3..", "..", ".", ",", "1e99999", "O.5", "1½2", "½½", "9" * 61,
        "None", "True", "1j", "1__0", "_1", "1_", "1 -2", "1;2", "$5"]


def plain(text, whole):
    """What `typed.plain` says: its text, None, or ValueError for a number that may be two."""
    try:
        return typed.plain(text, whole)
    except ValueError as error:
        assert "can mean" in str(error)
        return ValueError


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: ascii(case[0]))
def test_a_number_is_taken_as_people_write_it(case):
    assert plain(case[0], whole=False) == case[1]
    assert plain(case[0], whole=True) == case[-1]


@pytest.mark.parametrize("text", NONE, ids=ascii)
def test_what_is_no_number_is_none(text):
    assert plain(text, whole=False) is None
    assert plain(text, whole=True) is None


FIELDS = [key for key, kind, _ in specs.FIELDS if isinstance(kind, (kinds.Real, kinds.Whole))]


@pytest.mark.parametrize("key", FIELDS)
def test_every_field_of_the_page_takes_every_number_alike(key):
    """A value that is given in each of the forms above is the one that its plain form gives, in every typed field."""
    kind = next(kind for name, kind, _ in specs.FIELDS if name == key)
    whole = isinstance(kind, kinds.Whole)
    for case in TAKEN:
        wanted = case[-1] if whole else case[1]
        try:
            value = specs.read_field(key, case[0])
        except ValueError as error:
            assert str(error).startswith(("is not a", "can mean")), (key, case[0])
            if isinstance(wanted, str):
                with pytest.raises(ValueError):
                    kind.read(wanted)
        else:
            assert value == kind.read(wanted), (key, case[0])


@pytest.mark.parametrize("key", FIELDS)
def test_no_field_takes_what_is_no_number(key):
    for text in NONE:
        with pytest.raises(ValueError):
            specs.read_field(key, text)


def test_a_number_that_may_be_two_is_refused_with_both():
    state = states.type_field(states.new_state(""), "lr", "1,000", "learning-rate")
    assert state["messages"] == ["'1,000' can mean 1000 or 1.000: write it without a comma, or with a point; the learning rate "
                                 "stays as it was."]
    assert state["spec"]["lr"] == 0.02
    state = states.type_field(state, "epochs", "1.500", "epochs")
    assert state["messages"] == ["'1.500' can mean 1500 or 1.500: write it without a point; the epoch limit stays as it was."]
    assert states.type_field(state, "epochs", "1,500", "epochs")["spec"]["epochs"] == 1500


def test_seeds_and_neurons_are_numbers_like_others():
    state = states.set_seed(states.new_state(""), 0, "１ ０００", "seed-0")
    assert (state["spec"]["seeds"], state["messages"]) == ([1000, 1, 1, 1], [])
    state = states.set_neurons(state, 0, "٤", "neurons-1")
    assert (state["spec"]["layers"][0][0], state["messages"]) == (4, [])
    assert "'−3' neurons: that is not a whole number" in states.set_neurons(state, 0, "−3", "neurons-1")["messages"][0]


# ---- the exhibits

@pytest.mark.parametrize("text, rows", [
    ("1 −2\n3 ４", [[1, -2], [3, 4]]), ("1,5\t2,5\n3,5\t−4,5", [[1.5, 2.5], [3.5, -4.5]]), ("1'000\t٣", [[1000, 3]]),
    ("1\u00a02\u20093", [[1, 2, 3]]), ("1，2；3，4", [[1, 2], [3, 4]]), ("1،2", [[1, 2]]), ("5·10⁻¹ ½", [[0.5, 0.5]]),
    ("［［１，２］，［−３，４］］", [[1, 2], [-3, 4]]), ("1, 2, 3", [[1, 2, 3]]), ("1,2,3", [[1, 2, 3]]), ("0,5 , 1", [[0, 5, 1]]),
])
def test_a_pasted_matrix(text, rows):
    matrix, _ = dot_text.read(text)
    assert matrix[2] == [[round(10000 * value) for value in row] for row in rows]


@pytest.mark.parametrize("text, words", [
    ("1,5 2,5", "is that one number or several?"), ("1,000 5", "is that one number or several?"), ("1 inf", "column 1 has nan"),
    ("1 0x10", "has '0x10', which is not a number"),
])
def test_a_matrix_that_may_mean_two_is_refused(text, words):
    with pytest.raises(ValueError, match=words.replace("?", "[?]")):
        dot_text.read(text)


def test_decimal_commas_between_tabs_are_told():
    assert "decimal commas" in dot_text.read("1,5\t2\n3\t4")[1]
    assert dot_text.read("1\t2\n3\t4")[1] == ""


@pytest.mark.parametrize("text, value, told", [
    ("[−1, –2]", [-1, -2], "minus signs"), ("[“a”, ‘b’, „c“, «d»]", ["a", "b", "c", "d"], "quotes"),
    ("［１，２］", [1, 2], "characters of another width or script"), ("[“it's”, ‘5\" long’]", ["it's", '5" long'], "quotes"),
    ("[٣، ٤]", [3, 4], "characters of another width or script"), ("[1,\u2009\u00a02]", [1, 2], None),
    ("['“a” −１', \"don’t\"]", ["“a” −１", "don’t"], None), ("['a\\'−']", ["a'−"], None),
])
def test_a_list_from_a_word_processor(text, value, told):
    assert literal.read(text) == (value, ["Read as Python writes them: %s." % told] if told else [])


def test_a_typographic_refusal_still_names_its_place():
    with pytest.raises(ValueError, match="at line 2, column 7"):
        literal.read("[−1,\n “a”, {")


def test_guesses_of_shapes_and_cells():
    assert arrays_guess.read("（２， ３）") == (2, 3)
    assert dot_guess.whole_numbers("２ – ３") == [2, 3]
    for text in ("−3,5", "−3.5", "-3.5", "–３．５"):
        assert dot_guess._value(text) == (-350000000, 1)
    with pytest.raises(ValueError, match="can mean 1000 or 1.000"):
        dot_guess._value("1,000")


# ---- both Pythons

def test_nothing_typed_raises_anything_else():
    dice = random.Random(5)
    for _ in range(5000):
        text = "".join(dice.choices("0123456789.,'’ +-−–eE·×10^⁻³½٣１_xnaif\u00a0", k=dice.randrange(9)))
        for whole in (False, True):
            found = plain(text, whole)
            assert found in (None, ValueError) or kinds.is_real(found), text


@pytest.mark.skipif(sys.platform == "emscripten", reason="needs Node")
def test_micropython_reads_every_number_alike():
    root = Path(__file__).parents[3]
    engine = root / "web/node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs"
    texts = [case[0] for case in TAKEN] + NONE + ["1e400", "-1e-400", "0.1", "123456789.123"]
    script = """
import { readFileSync } from 'fs';
const { loadMicroPython } = await import(process.argv[1]);
const lines = [];
const mp = await loadMicroPython({ stdout: (line) => lines.push(line), linebuffer: true });
for (const name of ['characters', 'kinds', 'typed']) mp.FS.writeFile(`/${name}.py`, readFileSync(`${process.argv[2]}/${name}.py`));
mp.FS.writeFile('/texts.json', process.argv[3]);
mp.runPython(`
import sys, json
sys.path.insert(0, '/')
import kinds, typed
for text in json.load(open('/texts.json')):
    out = []
    for kind in (kinds.Real(-1000000, 1000000), kinds.Whole(0, 1000000)):
        try:
            value = typed.read(kind, text)
            out.append(kinds.number(value))
        except ValueError as error:
            out.append(str(error))
    print(json.dumps(out))
`);
console.log(lines.join('\\n'));
"""
    result = subprocess.run([shutil.which("node"), "--input-type=module", "-e", script, engine.as_uri(), str(root / "web/page"),
                             json.dumps(texts)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    expected = []
    for text in texts:
        expected.append([])
        for kind in (kinds.Real(-1000000, 1000000), kinds.Whole(0, 1000000)):
            try:
                expected[-1].append(kinds.number(typed.read(kind, text)))
            except ValueError as error:
                expected[-1].append(str(error))
    assert [json.loads(line) for line in result.stdout.splitlines() if line.strip()] == expected
