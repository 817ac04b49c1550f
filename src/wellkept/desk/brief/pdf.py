"""The brief as PDF: two pages, set from the same values as the page, with nothing fetched."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from wellkept.desk.brief.page import brief_of

Json = Mapping[str, Any]
SOURCE = Path(__file__).parent / "brief.typ"
SIZES = (9.0, 8.4, 7.8, 7.2, 6.6, 6.0)
"""Points of the text; the largest with which two pages are enough is taken."""
PAGES = 2
STANDARD: Final = "ua-1"
"""Readable by a screen reader: tagged, with a text for every picture."""
Promised = Sequence[tuple[str, str, str]]


def write_pdf(document: Json, *, at: datetime, promised: Promised = ()) -> bytes:
    """Return the brief of a diagnose document as PDF; `at` is the moment of its making.

    `promised`: what was chosen, its owner and its day, where gaps have become promises.
    """
    import typst

    values = asdict(brief_of(document)) | {"promised": [list(one) for one in promised]}
    given = {"brief": json.dumps(values, ensure_ascii=False)}
    for size in SIZES:
        inputs = given | {"size": str(size)}
        if _pages(inputs) <= PAGES:
            break
    made = typst.compile(
        SOURCE, format="pdf", sys_inputs=inputs, ignore_system_fonts=True,
        pdf_standards=STANDARD, timestamp=int(at.timestamp()),
    )  # fmt: skip
    return bytes(made)


def _pages(inputs: dict[str, str]) -> int:
    import typst

    drawn = typst.compile(SOURCE, format="svg", sys_inputs=inputs, ignore_system_fonts=True)
    return len(drawn) if isinstance(drawn, list) else 1
