"""What makes the page installable: the manifest names what is there, and each icon is what it is said to be."""

import json
import re
import shutil
import struct
import sys
import zlib
from dataclasses import replace
from math import hypot
from pathlib import Path

import pytest

if sys.platform == "emscripten":
    pytest.skip("needs the source tree and Node", allow_module_level=True)

import spec
from web.bundle import check, icons, keeping
from web.bundle.commands import BuildError, program

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "web/page"
MANIFEST = json.loads((PAGE / "manifest.webmanifest").read_text(encoding="utf-8"))
INDEX = (PAGE / "index.html").read_text(encoding="utf-8")
SAFE = 0.4  # of the side: the radius of the circle that no mask cuts


def pixels(file):
    """A PNG picture's pixels, row by row, each (red, green, blue, opacity). Only the kind that the build makes."""
    data, places = file.read_bytes(), []
    at, header = 8, None
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        part = data[at + 8:at + 8 + length]
        assert zlib.crc32(kind + part) == struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0]
        header = struct.unpack(">IIBBBBB", part) if kind == b"IHDR" else header
        places += [part] if kind == b"IDAT" else []
        at += 12 + length
    width, height, depth, colours, *_, interlaced = header
    assert (depth, colours, interlaced) == (8, 6, 0)
    raw, step, above = zlib.decompress(b"".join(places)), 4 * width, bytes(4 * width)
    rows = []
    for n in range(height):
        kind, line = raw[n * (step + 1)], bytearray(raw[n * (step + 1) + 1:(n + 1) * (step + 1)])
        for i in range(step):
            left, up, corner = (line[i - 4] if i > 3 else 0), above[i], (above[i - 4] if i > 3 else 0)
            nearest = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
        rows.append([tuple(line[i:i + 4]) for i in range(0, step, 4)])
        above = line
    return rows


@pytest.fixture
def draw(tmp_path):
    """Draws the page's icons as the build does; returns the folder."""
    modules = ROOT / "web/node_modules"
    if not (modules / "@resvg/resvg-wasm").exists():
        pytest.skip("the npm packages are not installed")

    def draw():
        icons.draw(program("node", "the test"), modules, PAGE, tmp_path / "icons")
        return tmp_path
    return draw


def test_an_icon_is_there_for_every_system():
    assert {(icon["sizes"], icon.get("purpose", "any")) for icon in MANIFEST["icons"]} == {
        ("any", "any"), ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    assert [(icon.side, icon.part) for icon in icons.wanted(PAGE)] == [
        (192, 1.0), (512, 1.0), (512, icons.MASKED), (180, icons.TOUCHED)]


def test_each_icon_has_the_size_that_it_claims(draw):
    folder = draw()
    assert {path.name for path in (folder / "icons").iterdir()} == {Path(icon.path).name for icon in icons.wanted(PAGE)}
    for icon in icons.wanted(PAGE):
        assert icons.png_size(folder / icon.path) == (icon.side, icon.side)
        assert (folder / icon.path).stat().st_size < 20_000


def test_no_mask_cuts_the_drawing_and_no_corner_is_left_empty(draw, monkeypatch):
    small = [replace(icon, side=64) for icon in icons.wanted(PAGE)]  # fewer pixels to look at
    monkeypatch.setattr(icons, "wanted", lambda page: small)
    folder = draw()
    for icon in small:
        rows = pixels(folder / icon.path)
        corners = {rows[y][x] for x in (0, -1) for y in (0, -1)}
        if icon.part == 1.0:
            assert corners == {(0, 0, 0, 0)}  # the drawing's own round corners
            continue
        ground = next(iter(corners))
        assert len(corners) == 1 and ground[3] == 255
        places = [(x, y) for x in range(icon.side) for y in range(icon.side)]
        drawn = {(x, y) for x, y in places if max(abs(a - b) for a, b in zip(rows[y][x], ground, strict=True)) > 2}
        assert len(drawn) > 400
        if icon.part == icons.MASKED:
            middle = icon.side / 2
            assert all(hypot(x + .5 - middle, y + .5 - middle) < SAFE * icon.side for x, y in drawn)


@pytest.mark.parametrize(("old", "new", "words"), [
    ('"192x192"', '"192x180"', "icons are squares"), ("./icons/192", "./pictures/192", "as PNG, in icons/"),
])
def test_an_icon_that_cannot_be_made_is_refused(tmp_path, old, new, words):
    for name in ("manifest.webmanifest", "index.html"):
        (tmp_path / name).write_text((PAGE / name).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BuildError, match=words):
        icons.wanted(tmp_path)


@pytest.mark.parametrize("drawing", ["<svg><rect/></svg>", '<svg viewBox="0 0 32 16"><rect fill="#123456"/></svg>', "<?xml?>"])
def test_a_drawing_that_has_no_ground_is_refused(drawing):
    assert icons.drawn(drawing, 1.0) == drawing
    with pytest.raises(BuildError, match="must begin with <svg, have a square viewBox"):
        icons.drawn(drawing, 0.8)


def test_the_manifest_agrees_with_the_page():
    """And works under any path: all of it is relative. It has no `id`, which would be read from the host's root and make
    two deployments on one host the same program; without one it is the address of the start."""
    assert INDEX.count('<link rel="manifest" href="./manifest.webmanifest">') == 1
    assert "manifest-src 'self'" in INDEX
    assert f"<title>{MANIFEST['name']}</title>" in INDEX
    assert f'<meta name="description" content="{MANIFEST["description"]}">' in INDEX
    assert f'<html lang="{MANIFEST["lang"]}"' in INDEX
    assert (MANIFEST["start_url"], MANIFEST["scope"], MANIFEST["display"]) == ("./", "./", "standalone")
    assert "id" not in MANIFEST


def test_the_browsers_frame_has_the_colours_of_the_page():
    light, dark = re.search(r"--page: light-dark\((#\w+), (#\w+)\)", (PAGE / "style/tokens.css").read_text()).groups()
    for scheme, colour in (("light", light), ("dark", dark)):
        assert f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{colour}">' in INDEX
    assert MANIFEST["theme_color"] == MANIFEST["background_color"] == light


def test_each_shortcut_is_a_link_to_a_view():
    views = []
    for shortcut in MANIFEST["shortcuts"]:
        start, link = shortcut["url"].split("#")
        read, problems = spec.parse(link)
        assert (start, problems) == ("./", []) and read == spec.changed(spec.parse("")[0], "view", read["view"])
        views.append(read["view"])
    names = dict(re.findall(r'"(\w+)": "([\w ]+)"', re.search(r"NAMES = \{(.*?)\}", (PAGE / "ui/views.py").read_text(), re.DOTALL)[1]))
    assert {view: shortcut["name"] for view, shortcut in zip(views, MANIFEST["shortcuts"], strict=True)} == {
        view: name for view, name in names.items() if view != "lab"}


def test_an_icon_that_is_missing_is_named(tmp_path):
    shutil.copyfile(PAGE / "manifest.webmanifest", tmp_path / "manifest.webmanifest")
    named = [icon["src"] for icon in MANIFEST["icons"]]
    assert [problem.split(" refers to ")[1].split(",")[0] for problem in check.missing_files(tmp_path)] == named


def test_it_is_kept_for_offline_under_its_type_and_does_not_count_as_part_of_a_first_visit(tmp_path):
    for name in ("index.html", "manifest.webmanifest", "icons/192.png", "share.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name * 100)
    assert list(keeping.hashes(tmp_path)) == ["icons/192.png", "index.html", "manifest.webmanifest"]
    types = dict(re.findall(r"(\w+): '([^']+)'", re.search(r"const TYPES = \{(.*?)\};", (PAGE / "sw.js").read_text(), re.DOTALL)[1]))
    assert (types["png"], types["webmanifest"]) == ("image/png", "application/manifest+json")
    total, first_visit = check.sizes(tmp_path)
    assert first_visit < 100 < total
