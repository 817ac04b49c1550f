"""What a file may ask of this machine: seen before anything reads it whole.

A file of a few bytes can be made to fill the memory: an archive of nothing but zeros, a sheet with
one cell in each of two far corners, a line without an end. Exports that people have are far from
these bounds; whatever is past one is refused with a sentence, and the other files are read.
"""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from wellkept.record.sources.notes import Unreadable

STEP = 1 << 20
MOST_RATIO = 100
"""So many times its packed size a file may unpack to, once that is much: records give 3 to 30."""
MUCH = 64 * 2**20
"""Bytes that may be unpacked in any ratio."""
MOST_SHEETS = 100
MOST_CELLS = 20_000_000
"""Cells that a sheet may span, unless it fills a twentieth of them."""
SPARSE = 20
LONGEST_LINE = 16 * 2**20
"""Bytes of a line; also what one cell may hold."""
MOST_COLUMNS = 20_000
"""A spreadsheet has 16,384."""
WIDE = 20
"""A line of so many bytes for each separator is text with commas in it, not columns."""
PROBE_MB, PROBE_S = 2_000, 120
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_LONGEST_CELL = 64
_PROBE = """
import resource, sys
most, seconds = int(sys.argv[2]) << 20, int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_AS, (most, most))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_filelike(open(sys.argv[1], "rb"))
for name in book.sheet_names:
    book.get_sheet_by_name(name)
"""


def see_ratio(name: str, packed: int, unpacked: int) -> None:
    """This will raise Unreadable for what unpacks to far more than records do."""
    if unpacked > MUCH and unpacked > packed * MOST_RATIO:
        raise Unreadable(
            f"{name} unpacks to more than {MOST_RATIO} times its size. Files of records do not; it "
            "was left unread to protect this machine. Unpack it by hand if you trust it."
        )


def see_workbook(path: Path, name: str) -> None:
    """This will raise Unreadable for a workbook that would fill the memory when it is opened.

    The reader lays out every sheet from its first cell to its last, whatever lies between, and ends
    the process that runs out of memory. Of XLSX the cells are looked through; what else may be a
    few bytes for many cells is opened in a process of its own first.
    """
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        see_ratio(name, path.stat().st_size, sum(one.file_size for one in entries))
        if not any(one.filename == "xl/workbook.xml" for one in entries):
            _probe(path, name)
            return
        for entry in entries:
            _see_span(archive, entry, name)


def _see_span(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    columns: set[bytes] = set()
    low, high, cells = 1 << 30, 0, 0
    for piece in _pieces(archive, entry):
        found = _CELL.findall(piece)
        if found:
            columns |= {column for column, _ in found}
            rows = [int(row) for _, row in found]
            low, high, cells = min(low, *rows), max(high, *rows), cells + len(rows)
    if not cells:
        return
    places = [_place(one) for one in columns]
    span = (high - low + 1) * (max(places) - min(places) + 1)
    if span > MOST_CELLS and span > cells * SPARSE:
        raise Unreadable(
            f"{name} has a sheet with {cells:,} cells that span {span:,} places, nearly all of "
            "them empty. Delete what lies far outside of the table, or save the sheet as CSV."
        )


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member piece by piece, so that every cell stands whole in one of them."""
    with archive.open(entry) as stream:
        kept, size = b"", 0
        while piece := stream.read(STEP):
            size += len(piece)
            if size > entry.file_size:
                return  # it says less than it holds: the reader refuses it
            yield kept + piece
            kept = (kept + piece)[-_LONGEST_CELL:]


def _place(column: bytes) -> int:
    """The number of a column from its letters.

    >>> _place(b"A"), _place(b"xfd")
    (1, 16384)
    """
    place = 0
    for sign in column.upper():
        place = place * 26 + sign - 64
    return place


def _probe(path: Path, name: str) -> None:
    """Open a workbook in a process that may use so much memory and time, and no more."""
    given = [sys.executable, "-c", _PROBE, str(path), str(PROBE_MB), str(PROBE_S)]
    try:
        ended = subprocess.run(given, capture_output=True, timeout=2 * PROBE_S, check=False)
    except subprocess.TimeoutExpired:
        ended = None
    if ended is None or ended.returncode < 0:
        raise Unreadable(
            f"{name} takes more memory or time to open than one file is given "
            f"({PROBE_MB:,} MB). Save its sheets as CSV."
        )


def see_sheets(names: list[str], name: str) -> None:
    """This will raise Unreadable for more sheets than anybody looks through."""
    if len(names) > MOST_SHEETS:
        raise Unreadable(
            f"{name} has {len(names)} sheets, more than the {MOST_SHEETS} that are read. "
            "Keep those that hold records."
        )


def see_lines(path: Path, name: str) -> None:
    """This will raise Unreadable for a text with a line that no table has, before it is read."""
    if path.stat().st_size <= MOST_COLUMNS:
        return
    with path.open("rb") as stream:
        kept = b""
        while piece := stream.read(STEP):
            signs = np.frombuffer(piece, dtype=np.uint8)
            ends = np.flatnonzero((signs == 10) | (signs == 13))
            if not len(ends):
                kept += piece
                _see_line(kept, name)
                continue
            _see_line(kept + piece[: ends[0]], name)
            for at in np.flatnonzero(np.diff(ends) > MOST_COLUMNS):
                _see_line(piece[ends[at] + 1 : ends[at + 1]], name)
            kept = piece[ends[-1] + 1 :]
        _see_line(kept, name)


def _see_line(line: bytes, name: str) -> None:
    if len(line) > LONGEST_LINE:
        raise Unreadable(
            f"{name} has a line of more than {LONGEST_LINE // 2**20} MB, so it is no table, or its "
            "line ends are lost. Export it again as CSV with one row on each line."
        )
    if len(line) > MOST_COLUMNS:
        columns = max(line.count(sign) for sign in (b",", b";", b"\t", b"|"))
        if columns > MOST_COLUMNS and columns * WIDE > len(line):
            raise Unreadable(
                f"{name} has a line of {columns + 1:,} columns, more than the {MOST_COLUMNS:,} "
                "that are read. Export the columns that you need."
            )
