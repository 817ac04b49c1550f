"""Sheets of XLSX, XLS and ODS workbooks into tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from wellkept.record.sources.files import Payload
from wellkept.record.sources.finishing import above_note, finish
from wellkept.record.sources.layout import Layout, layout_of
from wellkept.record.sources.load import PLAIN, load_cells
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.records import Record
from wellkept.record.sources.rewriting import rewrite
from wellkept.record.sources.tables import Origin, RawTable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SAMPLE_ROWS = 400
MERGED = "Cells are merged over several rows: what they say counts for each of these rows."
HIDDEN = "the sheet is hidden: show it in the workbook, and it is read"


def workbook_of(path: Path, name: str) -> CalamineWorkbook:
    """This will open a workbook by its content, or refuse it with a sentence."""
    from python_calamine import CalamineWorkbook

    with refusing(name), path.open("rb") as stream:
        return CalamineWorkbook.from_filelike(stream)


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """This will turn whatever the workbook reader raises into a refusal.

    The reader panics on some damaged files, and its panics are no ordinary exceptions.
    """
    try:
        yield
    except (Unreadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        said = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise Unreadable(
            f"{name} cannot be opened as a workbook ({said}). "
            "Save it again as XLSX, or export its sheets as CSV."
        ) from error


def sheet_names(workbook: CalamineWorkbook) -> list[str]:
    """This will list the sheets of a workbook that hold cells, not charts or macros."""
    return [one.name for one in workbook.sheets_metadata if str(one.typ).endswith("WorkSheet")]


def hidden_sheets(workbook: CalamineWorkbook) -> frozenset[str]:
    """This will name the sheets that somebody hid: drafts, copies, lists for a formula."""
    shown = [one.name for one in workbook.sheets_metadata if str(one.visible).endswith(".Visible")]
    return frozenset(sheet_names(workbook)) - frozenset(shown) if shown else frozenset()


def read_sheet(
    payload: Payload,
    opened: Sheet,
    con: duckdb.DuckDBPyConnection,
    relation: str,
    scratch: Path,
) -> RawTable | None:
    """This will load one sheet; None when it is empty."""
    name = f"{payload.name}#{opened.name}"
    layout = layout_of([row.cells for row in islice(opened.rows(), SAMPLE_ROWS)])
    if not layout.first_data and opened.empty():
        return None
    target = scratch / f"{relation}.csv"
    width = max(layout.width, opened.width, 1)
    try:
        with refusing(name):
            done, notes = rewrite(lambda _: data_rows(opened, layout), target, width, name)
            rows = load_cells(
                con, relation, target, PLAIN, done.width, new_line="\\n", longest=done.longest
            )
    finally:
        target.unlink(missing_ok=True)
    for at, place, last in merged_in(opened, layout.first_data):
        value = opened.row(at)[place]
        became = f"{last - at + 1} rows"
        notes.say(MERGED, line=at + 1, value=value, became=became, count=last - at)
    above = [(at + 1, " ".join(opened.row(at)).strip()) for at in layout.above]
    first = done.first_line

    def line_of(row: int) -> int | None:
        return None if first is None else first + row - 1

    finished = finish(con, relation, done.width, layout.header, rows, notes, line_of)
    return RawTable(
        name=name,
        relation=relation,
        columns=finished.columns,
        rows=finished.rows,
        format=_format(payload.path, payload.name),
        encoding=None,
        separator=None,
        bytes=payload.path.stat().st_size,
        repaired=notes.notes(),
        left_out=(*above_note(name, above), *finished.left_out),
        origin=Origin(
            path=payload.source,
            members=payload.members,
            sheet=opened.name,
            first_line=first,
            skipped_records=layout.first_data,
        ),
    )


def _format(path: Path, name: str) -> str:
    with path.open("rb") as stream:
        head = stream.read(4)
    if head.startswith(b"\xd0\xcf"):
        return "xls"
    return "ods" if name.lower().endswith(".ods") else "xlsx"


def merged_in(opened: Sheet, first_data: int) -> list[tuple[int, int, int]]:
    """This will list first row, column and last row of the merged cells among the records."""
    every = ((at, *one) for at, some in sorted(opened.merged.items()) for one in some)
    return [(at, place, last) for at, place, last in every if at >= first_data]


class Sheet:
    """A sheet whose cells come as text, moments written in ISO form."""

    def __init__(self, workbook: CalamineWorkbook, file: str, name: str) -> None:
        """This will open one sheet of a workbook."""
        self.name = name
        with refusing(f"{file}#{name}"):
            self.sheet: CalamineSheet = workbook.get_sheet_by_name(name)
        start, end = self.sheet.start, self.sheet.end
        self.left = start[1] if start else 0
        self.width = (end[1] + 1) if end else 0
        self.merged = self._merged()
        self.timed = self._timed()

    def raw(self) -> Iterator[list[Any]]:
        """This will yield the rows with their values, from the first row and column on.

        The reader begins with the first row of the sheet but with the first used column.
        """
        said: dict[int, tuple[int, Any]] = {}  # column → last row of its merged cell, its value
        for at, cells in enumerate(self.sheet.iter_rows()):
            row = [""] * self.left + list(cells)
            for place, (last, value) in said.items():
                if at <= last and place < len(row):
                    row[place] = value
            for place, last in self.merged.get(at, ()):
                said[place] = last, row[place] if place < len(row) else ""
            yield row

    def _merged(self) -> dict[int, list[tuple[int, int]]]:
        """By its first row: the column and the last row of each cell merged over several rows."""
        found: dict[int, list[tuple[int, int]]] = {}
        for (first, place), (last, _) in self.sheet.merged_cell_ranges or ():
            if last > first:
                found.setdefault(first, []).append((place, last))
        return found

    def _timed(self) -> set[int]:
        """Columns in which some moment has a time of day: midnight is then a time too."""
        timed: set[int] = set()
        for row in self.raw():
            for place, cell in enumerate(row):
                if isinstance(cell, dt.datetime) and (cell.hour or cell.minute or cell.second):
                    timed.add(place)
        return timed

    def rows(self) -> Iterator[Record]:
        """This will yield all rows from the first row of the sheet, blank ones too."""
        for at, row in enumerate(self.raw(), 1):
            yield Record(
                at, 1, [cell_text(cell, place in self.timed) for place, cell in enumerate(row)]
            )

    def row(self, at: int) -> Sequence[str]:
        """This will give the cells of one row, counted from 0 at the top of the sheet."""
        return next(islice(self.rows(), at, None)).cells

    def empty(self) -> bool:
        """This will tell whether no cell holds anything."""
        return not any(cell for row in self.rows() for cell in row.cells)


def cell_text(cell: Any, timed: bool) -> str:
    """This will write one cell as text: ISO moments, whole numbers without a point."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        if not timed and not (cell.hour or cell.minute or cell.second or cell.microsecond):
            return cell.date().isoformat()
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return f"{cell.isoformat()} 00:00:00" if timed else cell.isoformat()
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(cell).replace("\0", "")


def data_rows(opened: Sheet, layout: Layout) -> Iterator[Record]:
    """This will yield the rows beneath the header; rows without any cell are passed over."""
    for number, row in enumerate(opened.rows()):
        if number >= layout.first_data and any(row.cells):
            yield row


def lines_in(path: Path, table: RawTable, wanted: Collection[int]) -> dict[int, int]:
    """This will find the sheet rows of given data rows."""
    opened = Sheet(workbook_of(path, table.name), table.name, table.origin.sheet or "")
    layout = layout_of([row.cells for row in islice(opened.rows(), SAMPLE_ROWS)])
    asked = set(wanted)
    return {
        number: row.line
        for number, row in enumerate(data_rows(opened, layout), 1)
        if number in asked
    }
