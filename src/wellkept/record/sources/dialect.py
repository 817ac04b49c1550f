"""How a text file separates its cells: found by trying, on a sample of its lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wellkept.record.sources.tables import Dialect

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 400
MOST_CELL = 16 * 2**20
csv.field_size_limit(MOST_CELL)

_SEP_LINE = re.compile(r'^"?sep=(.|\\t)"?\s*$', re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d.,' \u00a0\u202f]*\d[\d.,]*\s?%?")
_SIGN = re.compile(r'[",;\t|]')
_TIGHT_COMMA = re.compile(r",\S")


@dataclass(frozen=True, slots=True)
class Found:
    """A dialect with how sure it is."""

    dialect: Dialect
    score: float  # 0 to 1
    skip: int = 0  # lines that only name the separator ("sep=;")


def dialect_of(lines: Sequence[str]) -> Found:
    """This will find the dialect of a sample of lines."""
    first = next((line for line in lines if line.strip()), "")
    if said := _SEP_LINE.match(first.lstrip("\ufeff").rstrip("\r\n")):
        separator = "\t" if said[1] == "\\t" else said[1]
        return Found(_quoted(separator, lines[1:]), 1.0, list(lines).index(first) + 1)
    scores = {one: score(lines, one) for one in SEPARATORS}
    best = max(scores, key=lambda one: scores[one])
    aligned = None if scores[best] > 0.5 else _aligned(lines)
    if aligned is not None:
        return Found(aligned, 0.85)
    if scores[best] < 0.15:
        return Found(_quoted(None, lines), 0.0)
    return Found(_quoted(best, lines), scores[best])


def parse(lines: Sequence[str], separator: str, quote: str = '"') -> list[list[str]]:
    """This will split a sample into cells; a quote that never closes ends the sample."""
    reader = csv.reader(lines, delimiter=separator, quotechar=quote)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    return rows


def score(lines: Sequence[str], separator: str) -> float:
    """This will rate a separator from 0 to 1: even rows of clean cells."""
    if not any(separator in line for line in lines):
        return 0.0
    rows = [row for row in parse(lines, separator) if any(cell.strip() for cell in row)]
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width = max(widths, key=lambda one: (widths[one] * (one > 1), one))
    if width < 2:
        return 0.0
    even = widths[width] / len(rows)
    near = sum(count for one, count in widths.items() if abs(one - width) <= 1) / len(rows)
    cells = [cell for row in rows if len(row) == width for cell in row]
    clean = sum(_clean(cell, separator) for cell in cells) / len(cells)
    return (0.75 * even + 0.25 * near) * clean**2 * (1 - 0.5 / width)


def _clean(cell: str, separator: str) -> bool:
    """A cell in which another separator stands tight is a sign of a wrong guess."""
    if not _SIGN.search(cell) or _NUMBER.fullmatch(cell):
        return True
    if '"' in cell and any(f'"{one}' in cell or f'{one}"' in cell for one in SEPARATORS):
        return False
    if any(one in cell for one in ";\t|" if one != separator):
        return False
    return not (separator != "," and _TIGHT_COMMA.search(cell) and cell.count(",") > 1)


def _quoted(separator: str | None, lines: Sequence[str]) -> Dialect:
    """Which quote is used, and whether a backslash stands before a quote inside."""
    text = "".join(lines[: SAMPLE_RECORDS * 4])
    if separator is not None and _single_quoted(lines, separator):
        return Dialect(separator, quote="'")
    escape = "\\" if '\\"' in text and _escaped(lines, separator) else None
    spaced = bool(separator and separator != "\t" and f'{separator} "' in text)
    return Dialect(separator, quote='"', escape=escape, spaced=spaced and not _tight(text))


def _escaped(lines: Sequence[str], separator: str | None) -> bool:
    """Quotes are escaped when only so the sample can be read, and its rows are even."""
    doubled = _faults(lines, separator, None)
    return doubled > 0 and _faults(lines, separator, "\\") < doubled


def _faults(lines: Sequence[str], separator: str | None, escape: str | None) -> int:
    """Records that are not as wide as most; a sample that cannot be read is all faults."""
    reader = csv.reader(
        lines,
        delimiter=separator or "\x1f",
        doublequote=escape is None,
        escapechar=escape,
        strict=True,
    )
    widths: Counter[int] = Counter()
    try:
        for row in reader:
            widths[len(row)] += 1
    except csv.Error as error:
        if "end of data" not in str(error):  # the sample may end within a record
            return len(lines)
    return widths.total() - max(widths.values(), default=0)


def _tight(text: str) -> bool:
    """A quote right after a separator: blanks before other quotes are then part of the text."""
    return re.search(r'[,;|]"[^",;|]', text) is not None


def _single_quoted(lines: Sequence[str], separator: str) -> bool:
    rows = parse(lines, separator)
    cells = [cell for row in rows[1:] for cell in row if cell]
    quoted = sum(1 for cell in cells if len(cell) > 1 and cell[0] == cell[-1] == "'")
    return len(cells) > 3 and quoted > 0.5 * len(cells) and '"' not in "".join(lines[:50])


def _aligned(lines: Sequence[str]) -> Dialect | None:
    """Columns kept apart by blanks: by even counts of words, else by gaps at fixed places."""
    filled = [line.rstrip("\r\n").expandtabs() for line in lines if line.strip()]
    if len(filled) < 2:
        return None
    counts = Counter(len(line.split()) for line in filled)
    width, often = counts.most_common(1)[0]
    if width >= 2 and often >= 0.97 * len(filled) and (len(filled) >= 3 or _gaps(filled)):
        return Dialect("spaces", quote=None)
    places = _places(filled)
    if len(places) >= 2 and len(filled) >= 4:
        return Dialect("widths", quote=None, widths=places)
    return None


def _gaps(filled: Sequence[str]) -> bool:
    return all("  " in line.strip() for line in filled)


def _places(filled: Sequence[str]) -> tuple[tuple[int, int | None], ...]:
    """Runs of two or more places that are blank in every line part the columns."""
    body = filled[:SAMPLE_RECORDS]
    length = max(len(line) for line in body)
    inked = [
        any(len(line) > place and line[place] != " " for line in body) for place in range(length)
    ]
    marks = "".join("x" if ink else " " for ink in inked)
    starts = [found.start() for found in re.finditer(r"(?:(?<=  )|^)\s*x", marks)]
    starts = [marks.index("x", start) for start in starts]
    bounds = [0, *starts[1:]]
    ends: list[int | None] = [*bounds[1:], None]
    return tuple(zip(bounds, ends, strict=True))
