"""Make docs/picture.png: who is let down, and one tail, as a browser shows a report.

Usage: python scripts/picture.py REPORT.html [docs/picture.png]
"""

import shutil
import struct
import sys
import zlib
from base64 import b64decode, b64encode
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import FloatRect, Page, sync_playwright

WIDTH = 1280
MOST_BYTES = 200_000
ROWS = (5, 4, 3, 2, 1)
COLOURS = 256
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# The excerpt: a few who wait, and the first tail that has a promise line.
EXCERPT = """rows => {
  const tails = [...document.querySelectorAll('.tail')];
  const chosen = tails.find(t => t.querySelector('.beyond[d]')) ||
    tails.find(t => t.querySelector('.shape')) || tails[0];
  document.querySelectorAll('.more, #measures > .fit, #measures > .hint, .charts, .foot, ' +
    'section.worst, figure details').forEach(e => e.remove());
  tails.filter(t => t !== chosen).forEach(t => t.remove());
  document.querySelectorAll('#now tbody tr').forEach((row, i) => i < rows || row.remove());
  return chosen ? chosen.getBoundingClientRect().bottom + scrollY : 900;
}"""
PIXELS = """async picture => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const bytes = canvas.getImageData(0, 0, image.width, image.height).data;
  let words = '';
  for (let i = 0; i < bytes.length; i += 32768) {
    words += String.fromCharCode(...bytes.subarray(i, i + 32768));
  }
  return [image.height, btoa(words)];
}"""


def take_picture(report: Path, picture: Path) -> int:
    """Write the picture of a report within 200 kB and return how many bytes it has.

    Raises ValueError where even the smallest excerpt is larger, or no browser is installed.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise ValueError("There is no browser to take the picture: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=list(OPTIONS))
        page = running.new_page(viewport={"width": WIDTH, "height": 2_000}, color_scheme="light")
        images = (_in_few_colours(page, _excerpt(page, report, rows)) for rows in ROWS)
        image = next((one for one in images if len(one) <= MOST_BYTES), None)
        running.close()
    if image is None:
        raise ValueError(f"No excerpt of {report} is within {MOST_BYTES:,} bytes.")
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(image)
    return len(image)


def _excerpt(page: Page, report: Path, rows: int) -> bytes:
    page.goto(report.resolve().as_uri())
    bottom = float(page.evaluate(EXCERPT, rows))
    return page.screenshot(clip=FloatRect(x=0, y=0, width=WIDTH, height=round(bottom) + 24))


def _in_few_colours(page: Page, image: bytes) -> bytes:
    """Return the picture with the 256 colours that it uses most, the others moved to the next."""
    page.goto("about:blank")
    height, encoded = page.evaluate(PIXELS, b64encode(image).decode("ascii"))
    pixels = np.frombuffer(b64decode(encoded), np.uint8).reshape(-1, 4)[:, :3]
    packed = pixels.astype(np.uint32) @ np.array([65_536, 256, 1], np.uint32)
    found, first, seen = np.unique(packed, return_inverse=True, return_counts=True)
    chosen = found[np.argsort(-seen)[:COLOURS]]
    palette, every = _parts(chosen), _parts(found)
    nearest = np.array([np.abs(palette - one).sum(axis=1).argmin() for one in every], np.uint8)
    return _png(nearest[first].reshape(height, WIDTH), palette.astype(np.uint8))


def _parts(packed: NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1).astype(np.int64)


def _png(indices: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    """Return a PNG of indices into a palette (PNG specification, colour type 3)."""
    height, width = indices.shape
    lines = np.hstack([np.zeros((height, 1), np.uint8), indices]).tobytes()
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def main(arguments: list[str]) -> int:
    """Take the picture that the command line asks for."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    picture = Path(arguments[1]) if len(arguments) == 2 else Path("docs/picture.png")
    try:
        size = take_picture(Path(arguments[0]), picture)
    except ValueError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{picture}: {WIDTH} wide, {size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
