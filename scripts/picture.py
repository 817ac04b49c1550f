"""Make docs/picture.png: the head of a report, as a browser shows it.

Usage: python scripts/picture.py REPORT.html [docs/picture.png]
"""

import sys
from pathlib import Path

from playwright.sync_api import FloatRect, sync_playwright

WIDTH = 1280
TALLEST = 1_400
SHORTEST = 600
STEP = 100
MOST_BYTES = 200_000
BROWSER = "/usr/bin/chromium"
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def take_picture(report: Path, picture: Path) -> int:
    """Write the picture of a report and return its height: the tallest within 200 kB.

    Raises ValueError where even the shortest is larger.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(OPTIONS))
        page = browser.new_page(viewport={"width": WIDTH, "height": TALLEST}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        for height in range(TALLEST, SHORTEST - 1, -STEP):
            image = page.screenshot(clip=FloatRect(x=0, y=0, width=WIDTH, height=height))
            if len(image) <= MOST_BYTES:
                picture.parent.mkdir(parents=True, exist_ok=True)
                picture.write_bytes(image)
                browser.close()
                return height
        browser.close()
    raise ValueError(f"A picture of {report} within {MOST_BYTES:,} bytes would be too short.")


def main(arguments: list[str]) -> int:
    """Take the picture the command line asks for."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    report = Path(arguments[0])
    picture = Path(arguments[1]) if len(arguments) == 2 else Path("docs/picture.png")
    height = take_picture(report, picture)
    sys.stdout.write(f"{picture}: {WIDTH} × {height}, {picture.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
