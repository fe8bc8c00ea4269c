"""The preview of a shared link: written for the deployer's own address, checked before it is believed, or not at all."""

import re
import shutil
import struct
import sys
from html import unescape
from pathlib import Path

import pytest

if sys.platform == "emscripten":
    pytest.skip("needs the source tree", allow_module_level=True)

import build
from web.bundle import check, sharing
from web.bundle.commands import BuildError

PAGE = Path(__file__).parents[2] / "web/page"
INDEX = (PAGE / "index.html").read_text(encoding="utf-8")
ADDRESS = "https://example.org/lab/"


def facts(index):
    """What the page's meta elements say, by name."""
    return {name: unescape(content) for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', index)}


@pytest.fixture
def picture(tmp_path):
    """A PNG picture, or what its first bytes make it."""
    file = tmp_path / sharing.PICTURE
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1200, 630))
    return file


@pytest.mark.parametrize(("given", "meant"), [
    ("https://example.org/lab/", ADDRESS), ("https://example.org/lab", ADDRESS), (" https://example.org/lab/index.html\n", ADDRESS),
    ("HTTPS://Example.ORG/lab", ADDRESS), ("http://192.168.7.5:8000", "http://192.168.7.5:8000/"),
    ("http://[fd00::5]:8000/", "http://[fd00::5]:8000/"), ("https://example.org/~ann/nn-core_1.0/", "https://example.org/~ann/nn-core_1.0/"),
    ("https://example.org/%C3%A9t%C3%A9/", "https://example.org/%C3%A9t%C3%A9/"),
])
def test_an_address_gets_its_one_form(given, meant):
    assert sharing.deployed_at(given) == meant
    assert sharing.deployed_at(meant) == meant


@pytest.mark.parametrize(("given", "words"), [
    ("example.org/lab/", "must begin with https:// or http:// and a host"), ("ftp://example.org/", "must begin with https://"),
    ("file:///home/ann/dist/", "must begin with https://"), ("https:///lab/", "and a host"), ("//example.org/", "must begin with"),
    ("https://example.org/?v=1", "Leave out what begins with"), ("https://example.org/lab/#v=1", "Leave out what begins with"),
    ("https://example.org/lab/#", "Leave out"), ("https://ann:secret@example.org/", "names a user"),
    ("https://example.org:99999/", "out of range"), ("https://example.org:http/", "Port"), ("https://[fd00::5/", "IPv6"),
    ("https://example.org/a/../b/", "without . and .."), ("https://example.org/\"><script>", "signs that an address can't have"),
    ("https://example.org/it's/", "signs that"), ("https://example.org/a b/", "signs that"), ("https://exämple.org/", "signs that"),
    ("javascript:alert(1)", "signs that"), ("https", "must begin with"), ("https://example.org/a\nb", "signs that"),
])
def test_what_can_be_no_address_is_refused_in_words(given, words, capsys):
    with pytest.raises(BuildError) as refused:
        sharing.deployed_at(given)
    assert words in str(refused.value) and repr(given) in str(refused.value)
    assert build.main([f"--address={given}"]) == 1  # before anything is built
    assert words in capsys.readouterr().err


def test_the_preview_says_what_the_page_says(picture):
    said = facts(sharing.with_preview(INDEX, picture, ADDRESS))
    assert said["og:title"] == "nncore lab"
    assert said["og:description"] == said["description"]
    assert (said["og:type"], said["og:url"]) == ("website", ADDRESS)
    assert (said["og:image"], said["og:image:width"], said["og:image:height"]) == (f"{ADDRESS}share.png", "1200", "630")
    assert said["og:image:alt"] and said["twitter:card"] == "summary_large_image"
    assert "canonical" not in sharing.with_preview(INDEX, picture, ADDRESS)


def test_signs_in_title_and_description_stay_text(picture):
    index = '<title>a &lt;b&gt; &amp; "c"</title><meta name="description" content="1 &lt; 2 &quot;">' + sharing.MARK
    made = sharing.with_preview(index, picture, ADDRESS)
    assert facts(made)["og:title"] == 'a <b> & "c"' and facts(made)["og:description"] == '1 < 2 "'
    assert "<b>" not in made


def test_without_an_address_there_is_none_of_it(picture):
    made = sharing.with_preview(INDEX, picture, None)
    assert not re.search(r'"(og|twitter):|share\.png|<!-- share', made)
    assert made == INDEX.replace(sharing.MARK, "") and made != INDEX


def test_a_page_without_the_mark_and_a_picture_that_is_none_are_refused(picture):
    with pytest.raises(BuildError, match="must hold the line <!-- share preview --> once, but it is there 0 times"):
        sharing.with_preview("<head></head>", picture, None)
    picture.write_text("<svg>")
    with pytest.raises(BuildError, match="share.png is no PNG picture"):
        sharing.with_preview(INDEX, picture, ADDRESS)


def test_only_the_deployers_own_address_may_stand_in_the_page_and_nowhere_else(tmp_path, picture):
    (tmp_path / "index.html").write_text(sharing.with_preview(INDEX, picture, ADDRESS), encoding="utf-8")
    assert check.foreign_hosts(tmp_path, ADDRESS) == []
    for other in (None, "https://example.org/", "https://example.org/lab/x/", "http://example.org/lab/"):
        assert len(check.foreign_hosts(tmp_path, other)) == 2
    (tmp_path / "main.py").write_text(f"fetch('{ADDRESS}')")
    (tmp_path / "index.html").write_text(f'<script src="{ADDRESS}share.png?x"></script><a href="{ADDRESS}x">')
    assert len(check.foreign_hosts(tmp_path, ADDRESS)) == 3


def test_another_address_makes_the_site_anew(tmp_path, monkeypatch):
    """The real step with the real stamps; what it assembles is counted, not made."""
    made = []
    for name in ("STAMPS", "DIST", "ICONS", "LICENCES"):
        monkeypatch.setattr(build, name, tmp_path / name)
        (tmp_path / name).mkdir()
    monkeypatch.setattr(build.assemble, "assemble", lambda *arguments: made.append(arguments[-1]))
    monkeypatch.setattr(build.check, "problems", lambda site, address: [])
    monkeypatch.setattr(build.check, "sizes", lambda site: (0, 0))
    monkeypatch.setattr(build, "CODEMIRROR", shutil.copyfile(PAGE / "icon.svg", tmp_path / "codemirror.js"))
    for address in (None, None, ADDRESS, ADDRESS, "https://example.org/other/", None):
        build.assemble_site("node", [], address)
    assert made == [None, ADDRESS, "https://example.org/other/", None]


def test_the_picture_is_what_networks_show():
    assert sharing.png_size(PAGE / sharing.PICTURE) == (1200, 630)
    assert (PAGE / sharing.PICTURE).stat().st_size <= 150_000
