"""Rows of any text or sheet written again as plain CSV, so that one strict reader loads them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wellkept.record.sources.notes import Notebook
from wellkept.record.sources.records import Record

WIDEST = 4000

SHORT = "A row has fewer cells than the header; the missing cells were taken as empty."
LONG = "A row has more cells than the header; the cells too many were kept in columns of their own."


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was written: how many rows, how wide, and where the first of them stood."""

    rows: int
    width: int
    longest: int
    first_line: int | None  # None when rows and lines do not go in step


class _Wider(Exception):
    def __init__(self, width: int) -> None:
        self.width = width


def rewrite(
    again: Callable[[Notebook], Iterator[Record]], target: Path, width: int, name: str
) -> tuple[Rewritten, Notebook]:
    """This will write the rows that `again` yields, as often as needed to be wide enough."""
    allotted = width
    while True:
        notes = Notebook(name)
        try:
            return _write(again(notes), target, width, allotted, notes), notes
        except _Wider as wider:
            allotted = wider.width


def _write(
    rows: Iterable[Record], target: Path, width: int, allotted: int, notes: Notebook
) -> Rewritten:
    written = longest = 0
    first: int | None = None
    straight = True
    with target.open("w", encoding="utf-8", errors="replace", newline="") as out:
        write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
        for row in rows:
            line, lines, cells = row
            if len(cells) != width:
                cells = _fitted(row, width, allotted, notes)
            elif allotted > width:
                cells = [*cells, *[""] * (allotted - width)]
            if first is None:
                first = line
            if straight and (lines != 1 or line != first + written):
                straight = False
            size = write(cells)
            if size > longest:
                longest = size
            written += 1
    return Rewritten(written, allotted, longest * 4, first if straight else None)


def _fitted(row: Record, width: int, allotted: int, notes: Notebook) -> list[str]:
    """Fill a short row up; keep the cells of a long one."""
    cells = list(row.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > WIDEST:
        cells = [*cells[: WIDEST - 1], ",".join(cells[WIDEST - 1 :])]
    if len(cells) > allotted:
        raise _Wider(len(cells))
    if len(cells) > width:
        notes.say(LONG, line=row.line, value=" | ".join(cells[width:]))
    elif len(cells) < width and len(row.cells) < width:
        notes.say(SHORT, line=row.line, value=" | ".join(cells))
    return cells + [""] * (allotted - len(cells))
