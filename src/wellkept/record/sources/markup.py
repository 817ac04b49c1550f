"""Tables of a web page or of an XML spreadsheet that was saved under the name of a workbook.

Ticket and asset systems write such files as “.xls”: a spreadsheet opens them, so nobody notices.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import duckdb

from wellkept.record.sources import text
from wellkept.record.sources.files import Payload, size_said
from wellkept.record.sources.finishing import above_note, finish
from wellkept.record.sources.layout import layout_of
from wellkept.record.sources.load import PLAIN, load_cells
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.records import Record
from wellkept.record.sources.rewriting import rewrite
from wellkept.record.sources.tables import Origin, RawTable

SAMPLE_ROWS = 400
MOST_BYTES = 512 * 2**20
STEP = 1 << 20
WIDEST_SPAN = 200
_CHARSET = re.compile(rb"(?i)(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]+)")
_SAME_AS = {"worksheet": "table", "row": "tr", "cell": "td", "th": "td"}
_UNSEEN = ("script", "style", "title")
_PLAIN_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000")


@dataclass(slots=True)
class _Table:
    name: str | None = None
    rows: list[Record] = field(default_factory=list)
    held: dict[int, tuple[int, str]] = field(default_factory=dict)  # column → rows left, text


class _Reader(HTMLParser):
    """Collects the cells of every table; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self.open: list[tuple[_Table, list[str] | None, list[str] | None]] = []
        self.table: _Table | None = None
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.line = 1
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value or "" for key, value in attrs}
        inner = name == "table" and self.table is not None and self.table.name is not None
        part = "" if inner else _SAME_AS.get(name, name)  # the table of a named work sheet
        if part in _UNSEEN:
            self.unseen += 1
        elif part == "table":
            sheet = given.get("name", "") or "sheet" if name == "worksheet" else None
            self.open.append((self.table or _Table(), self.row, self.cell))
            self.table, self.row, self.cell = _Table(sheet), None, None
        elif part == "tr" and self.table is not None:
            self._end_row()
            self.row, self.line = [], self.getpos()[0]
        elif part == "td" and self.row is not None:
            self._end_cell()
            at = given.get("index", "")
            if at.isdigit() and len(self.row) < int(at) - 1 <= WIDEST_SPAN * 10:
                self.row.extend([""] * (int(at) - 1 - len(self.row)))
            self.cell = []
            self.span = (_span(given.get("colspan")), _span(given.get("rowspan")))
        elif part in ("br", "p", "div", "li") and self.cell:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        part = _SAME_AS.get(name, name)
        if name == "table" and self.table is not None and self.table.name is not None:
            return
        if part in _UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif part == "td":
            self._end_cell()
        elif part == "tr":
            self._end_row()
        elif part == "table" and self.table is not None:
            self._end_row()
            self.done.append(self.table)
            before, self.row, self.cell = self.open.pop()
            self.table = before if self.open else None

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.unseen:
            self.cell.append(data)

    def close(self) -> None:
        super().close()
        while self.table is not None:
            self.table.name = None
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None or self.table is None:
            return
        said = " ".join("".join(self.cell).split())
        _fill(self.row, self.table.held)
        wide, deep = self.span
        for _ in range(wide):
            if deep > 1:
                self.table.held[len(self.row)] = (deep - 1, said)
            self.row.append(said)
            said = ""
        self.cell, self.span = None, (1, 1)

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None and self.table is not None:
            _fill(self.row, self.table.held)
            cells = [_PLAIN_TIME.sub(r"\1", cell) for cell in self.row]
            self.table.rows.append(Record(self.line, 1, cells))
        self.row = None


def _fill(row: list[str], held: dict[int, tuple[int, str]]) -> None:
    """Cells that reach down from a row above take their places first."""
    while len(row) in held:
        left, said = held.pop(len(row))
        if left > 1:
            held[len(row)] = (left - 1, said)
        row.append(said)


def _span(text_: str | None) -> int:
    return min(int(text_), WIDEST_SPAN) if text_ and text_.isdigit() and int(text_) > 0 else 1


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """A table found in a page: what to call it, its rows, and how its bytes were read."""

    name: str
    rows: Sequence[Record]
    encoding: str


def tables_in(path: Path, name: str) -> list[MarkedTable]:
    """This will give the tables of a page that hold at least two rows of two cells.

    A single table goes by the name of the file; several by "file#1", or by their sheet's name.
    Raises Unreadable when there is none: a page to sign in is no export.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(
            f"{name} is a web page of more than {size_said(MOST_BYTES)}. Save it as XLSX or CSV."
        )
    encoding = _encoding(path)
    reader = _Reader()
    with path.open(encoding=encoding, errors="replace") as stream:
        while chunk := stream.read(STEP):
            reader.feed(chunk)
    reader.close()
    found = [one for one in reader.done if sum(1 for row in one.rows if _filled(row) > 1) > 1]
    if not found:
        raise Unreadable(
            f"{name} is a web page or an XML file, whatever its name says, and no table of records "
            "stands in it. Open it in a browser: if it asks to sign in, or tells of an error, "
            "export again; else save it as XLSX or CSV."
        )
    if len(found) == 1:
        return [MarkedTable(name, found[0].rows, encoding)]
    return [
        MarkedTable(f"{name}#{one.name or number}", one.rows, encoding)
        for number, one in enumerate(found, 1)
    ]


def _filled(row: Record) -> int:
    return sum(1 for cell in row.cells if cell)


def _encoding(path: Path) -> str:
    """What the page says of itself, where its bytes bear it; else what they look like."""
    seen = text.scan(path)
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    own = text.encoding_of(head, seen)
    said = _CHARSET.search(head[:4096])
    if own.name.startswith("utf-") or said is None:
        return own.name
    try:
        return codecs.lookup(said.group(1).decode("ascii")).name
    except LookupError:
        return own.name


def read_marked(
    payload: Payload,
    found: MarkedTable,
    con: duckdb.DuckDBPyConnection,
    relation: str,
    scratch: Path,
) -> RawTable:
    """This will load one table of a page."""
    layout = layout_of([row.cells for row in found.rows[:SAMPLE_ROWS]])
    target = scratch / f"{relation}.csv"
    width = max(layout.width, 1)
    try:
        done, notes = rewrite(lambda _: _data(found, layout.first_data), target, width, found.name)
        rows = load_cells(
            con, relation, target, PLAIN, done.width, new_line="\\n", longest=done.longest
        )
    finally:
        target.unlink(missing_ok=True)
    above = [(found.rows[at].line, " ".join(found.rows[at].cells).strip()) for at in layout.above]
    first = done.first_line

    def line_of(row: int) -> int | None:
        return None if first is None else first + row - 1

    finished = finish(con, relation, done.width, layout.header, rows, notes, line_of)
    return RawTable(
        name=found.name,
        relation=relation,
        columns=finished.columns,
        rows=finished.rows,
        format="html",
        encoding=found.encoding,
        separator=None,
        bytes=payload.path.stat().st_size,
        repaired=notes.notes(),
        left_out=(*above_note(found.name, above), *finished.left_out),
        origin=Origin(
            path=payload.source,
            members=payload.members,
            encoding=found.encoding,
            first_line=first,
            skipped_records=layout.first_data,
        ),
    )


def _data(found: MarkedTable, first: int) -> Iterator[Record]:
    return (row for row in islice(found.rows, first, None) if any(row.cells))


def lines_in(path: Path, table: RawTable, wanted: Collection[int]) -> dict[int, int]:
    """This will find the lines of the page on which given data rows begin."""
    asked = set(wanted)
    name = table.name.partition("#")[0]
    found = next((one for one in tables_in(path, name) if one.name == table.name), None)
    rows = _data(found, table.origin.skipped_records) if found is not None else iter(())
    return {number: row.line for number, row in enumerate(rows, 1) if number in asked}
