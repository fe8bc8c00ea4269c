"""HTML of the page's own making: whatever else is put into it stays text."""
import pytest
from ui.markup import NOTHING, Markup, escape, html, join

HOSTILE = '<img src=x onerror="alert(1)">&amp;\'</td>'
HARMLESS = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;amp;&#39;&lt;/td&gt;"


def test_what_is_put_in_is_escaped():
    assert (Markup('<td title="%s">%s</td>') % (HOSTILE, HOSTILE)).text == f'<td title="{HARMLESS}">{HARMLESS}</td>'
    assert (Markup("<b>%s</b>") % HOSTILE).text == f"<b>{HARMLESS}</b>"
    assert (Markup("<b>%(who)s</b>") % {"who": HOSTILE}).text == f"<b>{HARMLESS}</b>"


def test_markup_is_put_in_as_it_is():
    assert (Markup("<tr>%s%s</tr>") % (Markup("<td>1</td>"), "<td>2</td>")).text == "<tr><td>1</td>&lt;td&gt;2&lt;/td&gt;</tr>"


def test_numbers_take_the_form_that_their_place_has():
    assert (Markup("<i>%d %.2f %s %5.1f</i>") % (3, 0.125, 7, -1.0)).text == "<i>3 0.12 7  -1.0</i>"
    assert (Markup("%s %s %s") % (None, True, ["<", 1])).text == "None True [&#39;&lt;&#39;, 1]"


def test_pieces_add_up_join_and_repeat():
    piece = Markup("<i>a</i>")
    assert (piece + "<").text == "<i>a</i>&lt;"
    assert ("<" + piece).text == "&lt;<i>a</i>"
    assert (piece * 2).text == "<i>a</i><i>a</i>"
    assert join([piece, "<", 3]).text == "<i>a</i>&lt;3"
    assert Markup("</td><td>").join(["<", piece]).text == "&lt;</td><td><i>a</i>"
    piece += Markup("<u>")
    assert piece.text == "<i>a</i><u>"
    assert not NOTHING and bool(piece)


def test_a_text_is_never_equal_to_markup():
    assert Markup("<b>") == Markup("<b>")
    assert Markup("<b>") != "<b>"


def test_markup_cannot_get_into_a_text_unnoticed():
    with pytest.raises(TypeError, match="Markup was put into a text"):
        "%s" % Markup("<b>")
    with pytest.raises(TypeError):
        "".join([Markup("<b>")])


def test_html_and_escape():
    assert html(Markup("<b>")) == "<b>"
    assert html("<b>") == escape("<b>") == "&lt;b&gt;"
    assert escape(5) == "5"
    assert escape("plain") == "plain"
