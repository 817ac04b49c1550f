"""Records of a large text file counted without parsing it, to check what a parser made of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STEP = 1 << 23


@dataclass(slots=True)
class Counted:
    """What was counted: ends of lines outside quotes are ends of records."""

    records: int = 0  # that are not blank lines
    lines: int = 0
    blank: int = 0
    starts: dict[int, int] = field(default_factory=dict)  # record (from 1) -> its first line

    @property
    def straight(self) -> bool:
        """This will tell whether every line is one record."""
        return self.blank == 0 and self.lines == self.records


def count_records(path: Path, quote: str | None, wanted: Collection[int] = ()) -> Counted:
    """This will count the records of a file whose lines end with line feeds."""
    import numpy

    counted = Counted()
    asked = numpy.array(sorted(wanted), dtype=numpy.int64)
    inside = 0  # 1 while a chunk begins within quotes
    since = 0  # bytes since the last record ended
    opened = 1  # the line on which the record under way began
    last = 0  # the byte before the chunk
    with path.open("rb") as stream:
        while chunk := stream.read(STEP):
            block = numpy.frombuffer(chunk, dtype=numpy.uint8)
            feeds = ends = numpy.flatnonzero(block == 10)
            if quote:
                quotes = numpy.flatnonzero(block == ord(quote))
                ends = feeds[(numpy.searchsorted(quotes, feeds) + inside) % 2 == 0]
                inside = (inside + len(quotes)) % 2
            if len(ends):
                filled = _filled(block, ends, since, last)
                _places(counted, asked, feeds, ends, filled, opened)
                counted.records += int(filled.sum())
                counted.blank += len(ends) - int(filled.sum())
                since = -int(ends[-1]) - 1
                opened = counted.lines + int(numpy.searchsorted(feeds, ends[-1])) + 2
            counted.lines += len(feeds)
            since += len(chunk)
            last = chunk[-1]
    if since:
        _last_record(counted, opened, last, wanted)
    return counted


def _last_record(counted: Counted, opened: int, last: int, wanted: Collection[int]) -> None:
    """The last record may lack its line end."""
    counted.records += 1
    counted.lines += last != 10
    if counted.records in wanted:
        counted.starts[counted.records] = opened


def _filled(block: Any, ends: Any, since: int, last: int) -> Any:
    """Which records hold more than their line end."""
    import numpy

    lengths = numpy.diff(ends, prepend=-1 - since) - 1
    before = numpy.where(ends > 0, block[numpy.maximum(ends - 1, 0)], last)
    return (lengths > 1) | ((lengths == 1) & (before != 13))


def _places(counted: Counted, asked: Any, feeds: Any, ends: Any, filled: Any, opened: int) -> None:
    """Find the first lines of the wanted records that end in this chunk."""
    import numpy

    numbers = counted.records + numpy.cumsum(filled)
    for record in asked[(asked > counted.records) & (asked <= numbers[-1])].tolist():
        at = int(numpy.searchsorted(numbers, record))
        line = opened
        if at:
            line = counted.lines + int(numpy.searchsorted(feeds, ends[at - 1])) + 2
        counted.starts[record] = line
