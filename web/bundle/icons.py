"""Draws the icons that systems ask for, where a page is put among a machine's programs: as pictures of fixed sizes.

Which ones stands in the page alone: the PNG icons of manifest.webmanifest and the touch icon of index.html.
"""

from __future__ import annotations

import json
import re
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .commands import BuildError, run

HERE = Path(__file__).parent
FOLDER = "icons"
DRAWING = "icon.svg"
TOUCH_ICON = re.compile(r'<link rel="apple-touch-icon" sizes="(\d+x\d+)" href="(?:\./)?([^"]+)">')
GROUND = re.compile(r'<rect [^>]*fill="(#[0-9a-fA-F]{6})"')
SIDE = re.compile(r'viewBox="0 0 (\d+) \1"')
# How much of a picture's side the drawing takes where the system cuts the picture into a shape of its own. A mask may be a
# circle of 0.8 of the side, which the whole drawing fits at 0.76; iOS rounds no more of the corners than we do.
MASKED, TOUCHED = 0.76, 0.92
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Icon:
    """One picture: its file in the site, its side in pixels, and the part of it that the drawing takes."""

    path: str
    side: int
    part: float


def wanted(page: Path) -> list[Icon]:
    """Lists the pictures that the page names; raises BuildError where one is no square or lies elsewhere."""
    listed = json.loads((page / "manifest.webmanifest").read_text(encoding="utf-8"))["icons"]
    named = [(icon["src"].removeprefix("./"), icon["sizes"], MASKED if icon.get("purpose") == "maskable" else 1.0)
             for icon in listed if icon["type"] == "image/png"]
    named += [(path, size, TOUCHED) for size, path in TOUCH_ICON.findall((page / "index.html").read_text(encoding="utf-8"))]
    for path, size, _ in named:
        width, height = size.split("x")
        if width != height or Path(path).parent.as_posix() != FOLDER or Path(path).suffix != ".png":
            raise BuildError(f"the icon {path} of {size} pixels cannot be made: icons are squares, as PNG, in {FOLDER}/")
    return [Icon(path, int(size.split("x")[0]), part) for path, size, part in named]


def drawn(drawing: str, part: float) -> str:
    """Returns the drawing, or the drawing at a part of its size on a full square of the ground it has."""
    if part == 1.0:
        return drawing
    side, ground = SIDE.search(drawing), GROUND.search(drawing)
    if not (side and ground and drawing.startswith("<svg ")):
        raise BuildError(f"{DRAWING} must begin with <svg, have a square viewBox from 0 0, and a <rect> of one colour as ground")
    whole = int(side[1])
    inner, margin = whole * part, whole * (1 - part) / 2
    placed = f'<svg x="{margin:g}" y="{margin:g}" width="{inner:g}" height="{inner:g}" ' + drawing.removeprefix("<svg ")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
            f'<rect width="{whole}" height="{whole}" fill="{ground[1]}"/>{placed}</svg>')


def draw(node: str, modules: Path, page: Path, target: Path) -> None:
    """Draws all pictures that the page names into the folder `target`, with resvg from the npm packages in `modules`."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    drawing = (page / DRAWING).read_text(encoding="utf-8").strip()
    with TemporaryDirectory() as folder:
        orders: list[str | Path] = []
        for icon in wanted(page):
            file = target / Path(icon.path).name
            source = Path(folder) / f"{file.stem}.svg"
            source.write_text(drawn(drawing, icon.part), encoding="utf-8")
            orders += [source, str(icon.side), file]
        run([node, HERE / "icons.mjs", modules, *orders])


def png_size(file: Path) -> tuple[int, int]:
    """Returns a PNG picture's width and height in pixels."""
    head = file.read_bytes()[:24]
    if not head.startswith(PNG_SIGNATURE):
        raise BuildError(f"{file.name} is no PNG picture")
    return struct.unpack(">II", head[16:24])
