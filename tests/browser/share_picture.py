"""Makes web/page/share.png anew, which a posted link shows: the built page, at work, as a browser draws it.

    NNCORE_BROWSER=… .cache/venv/bin/python tests/browser/share_picture.py

The lab trains a spiral from fixed seeds until it has learnt it.
"""

import base64
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from lab_page import LabPage  # noqa: E402
from launch import open_browser  # noqa: E402

from web.bundle.server import serve  # noqa: E402
from web.bundle.sharing import PICTURE  # noqa: E402

WIDTH, HEIGHT = 1200, 630  # what the networks ask for
SCALE = 0.7  # of the page, so that the whole bench is in the picture
LINK = "#v=1&data=spiral&points=300&noise=0.1&layers=8-tanh,6-tanh&opt=adam&lr=0.02&batch=30&seeds=1-1-1-1"
SCORE = 0.95
MOST = 150_000  # bytes; some networks show no larger picture
COLOURS = 256

PIXELS = """async (png) => {
  const picture = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height), g = canvas.getContext('2d');
  g.drawImage(picture, 0, 0);
  const { data } = g.getImageData(0, 0, picture.width, picture.height);
  let text = '';
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return btoa(text);
}"""


def taken(browser, address):
    """A screenshot of the lab after its training, in the light theme, as rows of red, green and blue."""
    context = browser.new_context(viewport={"width": round(WIDTH / SCALE), "height": round(HEIGHT / SCALE)},
                                  device_scale_factor=SCALE, color_scheme="light", service_workers="block")
    lab = LabPage(context.new_page(), address).open(LINK)
    lab.play()
    lab.expect_validation_score(SCORE)
    lab.pause()
    lab.point_at_nothing()
    png = base64.b64encode(lab.page.screenshot()).decode()
    blank = browser.new_page()
    pixels = np.frombuffer(base64.b64decode(blank.evaluate(PIXELS, png)), np.uint8)
    return pixels.reshape(HEIGHT, WIDTH, 4)[..., :3]


def with_few_colours(pixels):
    """The palette and each pixel's place in it: the commonest colours as they are, the rest as the nearest of them."""
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    found, index, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.float32)
    from sklearn.cluster import KMeans
    common = np.argsort(-counts)[:COLOURS // 4]  # flat areas and letters stay exactly as they are
    rest = KMeans(COLOURS - len(common), n_init=1, random_state=1, max_iter=30).fit(colours, sample_weight=np.sqrt(counts))
    palette = np.concatenate([colours[common], rest.cluster_centers_.round()])
    nearest = np.array([np.argmin(((palette - colour) ** 2).sum(axis=1)) for colour in colours])
    return palette.astype(np.uint8), nearest[index].reshape(pixels.shape[:2]).astype(np.uint8)


def chunk(kind, data):
    """One part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def as_png(palette, places):
    """A PNG picture with a palette."""
    height, width = places.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), places], axis=1)
    return b"\x89PNG\r\n\x1a\n" + b"".join([
        chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)), chunk(b"PLTE", palette.tobytes()),
        chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)), chunk(b"IEND", b"")])


def main():
    """Makes the picture; says how large it is."""
    with serve(ROOT / "dist") as address, open_browser() as browser:
        png = as_png(*with_few_colours(taken(browser, address)))
    if len(png) > MOST:
        sys.exit(f"the picture has {len(png):,} bytes, but some networks show none above {MOST:,}: show less of the page")
    (ROOT / "web/page" / PICTURE).write_bytes(png)
    print(f"web/page/{PICTURE}: {len(png):,} bytes")


if __name__ == "__main__":
    main()
