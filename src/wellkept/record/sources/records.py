"""The records of a text file one by one, with the line where each begins."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wellkept.record.sources.notes import Notebook
from wellkept.record.sources.tables import Dialect

MOST_LINES = 5000
UNCLOSED = "A quote that never closes was read as an ordinary character."
ODD_QUOTE = "A quote in the middle of a cell was read as an ordinary character."
RETURN_INSIDE = "A carriage return inside a cell was read as a blank."


class _TooLong(Exception):
    pass


class Record(NamedTuple):
    """One record: the line (or sheet row) where it begins, how many it spans, its cells."""

    line: int
    lines: int
    cells: list[str]


def records(
    lines: Iterable[str], dialect: Dialect, width: int | None = None, notes: Notebook | None = None
) -> Iterator[Record]:
    """This will split lines into records; blank lines come as records without cells.

    `width` is the expected number of cells; with it a quote that was opened and never
    closed is told from a cell of many lines.
    """
    if dialect.separator == "spaces":
        return (Record(at, 1, line.split()) for at, line in enumerate(lines, 1))
    if dialect.separator == "widths":
        return (Record(at, 1, _cut(line, dialect)) for at, line in enumerate(lines, 1))
    return _Quoted(iter(lines), dialect, width, notes).records()


def _cut(line: str, dialect: Dialect) -> list[str]:
    text = line.rstrip("\r\n").expandtabs()
    if not text.strip():
        return []
    return [text[start:end].strip() for start, end in dialect.widths]


class _Quoted:
    """Reads quoted records with the standard parser, and mends what it would swallow."""

    def __init__(
        self, lines: Iterator[str], dialect: Dialect, width: int | None, notes: Notebook | None
    ) -> None:
        self.lines = lines
        self.dialect = dialect
        self.width = width
        self.notes = notes
        self.back: deque[str] = deque()
        self.taken: list[str] = []
        self.line = 0

    def feed(self) -> Iterator[str]:
        while True:
            if self.back:
                line = self.back.popleft()
            else:
                try:
                    line = next(self.lines)
                except StopIteration:
                    return
            self.line += 1
            self.taken.append(line)
            if len(self.taken) > MOST_LINES:
                raise _TooLong
            yield line

    def reader(self, lines: Iterator[str], *, strict: bool = True) -> Iterator[list[str]]:
        dialect = self.dialect
        return csv.reader(
            lines,
            delimiter=dialect.separator or "\x1f",
            quotechar=dialect.quote,
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            escapechar=dialect.escape,
            doublequote=dialect.escape is None,
            skipinitialspace=dialect.spaced,
            strict=strict,
        )

    def records(self) -> Iterator[Record]:
        reader = self.reader(self.feed())
        taken = self.taken
        while True:
            taken.clear()
            start = self.line + 1
            try:
                cells = next(reader)
                swallowed = len(taken) > 1 and self.swallowed(cells)
            except StopIteration:
                return
            except (csv.Error, _TooLong):
                swallowed = True
            if swallowed:
                cells = self.put_back(start)
                reader = self.reader(self.feed())
            yield Record(start, self.line - start + 1, cells)

    def swallowed(self, cells: list[str]) -> bool:
        """Tell a cell of many lines from a quote that took in the records after it."""
        width = self.width
        if width is None or width < 2:
            return False
        separators = [line.count(self.dialect.separator or "\x1f") for line in self.taken[1:-1]]
        alike = sum(count == width - 1 for count in separators)
        if alike >= 3 and alike >= 0.8 * len(separators):
            return True
        return len(cells) != width and any(count >= width - 1 for count in separators)

    def put_back(self, start: int) -> list[str]:
        """Take the first line alone, its quotes as ordinary characters; the rest again later."""
        first, *rest = self.taken
        self.back.extendleft(reversed(rest))
        self.line -= len(rest)
        bare = first.rstrip("\r\n")
        if self.notes is not None:
            self.notes.say(UNCLOSED if rest else ODD_QUOTE, line=start, value=bare)
        quote = self.dialect.quote or '"'
        parts = bare.split(self.dialect.separator or "\x1f")
        cells = [_unquoted(cell, quote) for cell in parts]
        if len(cells) == self.width or rest:
            return cells
        lenient = next(self.reader(iter([bare]), strict=False), cells)
        return lenient if len(lenient) == self.width else cells


def _unquoted(cell: str, quote: str) -> str:
    if len(cell) >= 2 and cell[0] == cell[-1] == quote:
        return cell[1:-1].replace(quote * 2, quote)
    return cell


def settled_returns(
    lines: Iterable[str], separator: str | None, width: int, notes: Notebook | None
) -> Iterator[str]:
    """This will part lines at lone carriage returns where they end records, else keep them.

    For files whose lines end with line feeds: the lines come parted at line feeds only.
    """
    for at, line in enumerate(lines, 1):
        body = line.rstrip("\r\n")
        if "\r" not in body:
            yield line
            continue
        pieces = body.split("\r")
        if separator and all(piece.count(separator) == width - 1 for piece in pieces):
            yield from (piece + "\n" for piece in pieces)
        elif '"' in body:
            yield line
        else:
            if notes is not None:
                notes.say(RETURN_INSIDE, line=at, value=body)
            yield body.replace("\r", " ") + "\n"
