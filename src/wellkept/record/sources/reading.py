"""From a folder to raw tables in DuckDB, with everything said and nothing dropped silently."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb

from wellkept.record.sources import bounds, delimited, markup, spreadsheet
from wellkept.record.sources.delimited import NOT_A_TABLE, read_text
from wellkept.record.sources.field_changes import spread
from wellkept.record.sources.files import (
    MOST_UNPACKED,
    Passed,
    Payload,
    Unpacker,
    may_hold,
    opened,
    walk,
)
from wellkept.record.sources.load import drop, fresh_relations
from wellkept.record.sources.notes import Example, Note, Unreadable
from wellkept.record.sources.parquet import read_parquet
from wellkept.record.sources.spreadsheet import (
    HIDDEN,
    Sheet,
    hidden_sheets,
    read_sheet,
    refusing,
    sheet_names,
    workbook_of,
)
from wellkept.record.sources.tables import RawColumn, RawTable, Reading, SourceFile
from wellkept.record.sources.wide_states import lengthen

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

__all__ = [
    "Example",
    "Note",
    "RawColumn",
    "RawTable",
    "Reading",
    "SourceFile",
    "Unreadable",
    "lines_of",
    "read_folder",
]


def _all(_: str) -> bool:
    return True


def read_folder(
    folder: Path,
    con: duckdb.DuckDBPyConnection,
    *,
    only: Callable[[str], bool] = _all,
    most_bytes: int = MOST_UNPACKED,
) -> Reading:
    """This will load every table of a folder (or of one file) into DuckDB.

    `only` is asked with the name of each file, member and sheet ("export.zip/cases.csv",
    "book.xlsx#Sheet1"). `most_bytes` bounds what archives may unpack to in all. Files that
    cannot be read come back as refusals; the others are read. Raises Unreadable when there
    is no such folder.
    """
    with tempfile.TemporaryDirectory(prefix="wellkept-") as scratch:
        work = _Work(con, Path(scratch), only, fresh_relations(con))
        unpacker = Unpacker(Path(scratch), most_bytes)
        for name, path in walk(folder):
            if not may_hold(name, only):
                continue
            for one in opened(name, path, unpacker, only):
                work.take(one)
    return Reading(
        tuple(lengthen(spread(one, con), con) for one in work.tables),
        tuple(work.refused),
        tuple(work.files),
    )


@dataclass(slots=True)
class _Work:
    """What has been read so far."""

    con: duckdb.DuckDBPyConnection
    scratch: Path
    only: Callable[[str], bool]
    names: Iterator[str]
    tables: list[RawTable] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)

    def take(self, one: Payload | Passed) -> None:
        """Load one file, or write down why it is not loaded."""
        if isinstance(one, Passed):
            self.put_aside(one.name, one.source, one.state, one.why)
            return
        try:
            found = self.load(one)
        except Unreadable as refusal:
            self.put_aside(one.name, one.source, "refused", str(refusal))
            return
        finally:
            if one.unpacked:
                one.path.unlink(missing_ok=True)
        if found is None:
            self.put_aside(one.name, one.source, "ignored", NOT_A_TABLE)
            return
        size = sum(table.bytes for table in found[:1]) or one.source.stat().st_size
        kind = found[0].format if found else one.kind
        self.files.append(SourceFile(one.name, one.source, kind, size, "read"))

    def load(self, one: Payload) -> list[RawTable] | None:
        """Give the tables of one file; None when it is prose."""
        if one.kind == "spreadsheet":
            return self.sheets(one)
        if one.kind == "markup":
            return self.marked(one)
        if one.kind == "parquet":
            table = self.guarded(one.name, lambda name: read_parquet(one, self.con, name))
        else:
            bounds.see_lines(one.path, one.name)
            table = self.guarded(
                one.name, lambda name: read_text(one, self.con, name, self.scratch)
            )
        return None if table is None else [table]

    def sheets(self, one: Payload) -> list[RawTable]:
        """Give a table for each sheet that is wanted and holds cells; a bad sheet is refused."""
        with refusing(one.name):
            bounds.see_workbook(one.path, one.name)
        workbook = workbook_of(one.path, one.name)
        names = sheet_names(workbook)
        bounds.see_sheets(names, one.name)
        read: list[RawTable] = []
        hidden = hidden_sheets(workbook)
        for sheet in names:
            name = f"{one.name}#{sheet}"
            if not (self.only(name) or self.only(one.name)):
                continue
            if sheet in hidden:
                self.put_aside(name, one.source, "ignored", HIDDEN)
                said = Example(name, None, None, None)
                self.refused.append(Note(f"{name}: {HIDDEN}", 1, (said,)))
                continue
            try:
                table = self.guarded(name, partial(self.sheet, one, workbook, sheet))
            except Unreadable as refusal:
                self.put_aside(name, one.source, "refused", str(refusal))
                continue
            if table is None:
                self.put_aside(name, one.source, "ignored", "the sheet is empty")
            else:
                read.append(table)
        return read

    def sheet(
        self, one: Payload, workbook: CalamineWorkbook, sheet: str, relation: str
    ) -> RawTable | None:
        """Load one sheet."""
        return read_sheet(one, Sheet(workbook, one.name, sheet), self.con, relation, self.scratch)

    def marked(self, one: Payload) -> list[RawTable]:
        """Give a table for each that is wanted and stands in a page."""
        read = []
        for found in markup.tables_in(one.path, one.name):
            if self.only(found.name) or self.only(one.name):
                load = partial(markup.read_marked, one, found, self.con, scratch=self.scratch)
                table = self.guarded(found.name, load)
                read += [table] if table is not None else []
        return read

    def guarded(self, name: str, load: Callable[[str], RawTable | None]) -> RawTable | None:
        """Load under a fresh name; leave nothing behind and say a sentence when it fails."""
        relation = next(self.names)
        try:
            table = load(relation)
        except Unreadable:
            drop(self.con, relation)
            raise
        except (OSError, ValueError, duckdb.Error, csv.Error, LookupError) as error:
            drop(self.con, relation)
            said = (str(error).splitlines() or [type(error).__name__])[0][:160]
            raise Unreadable(
                f"{name} could not be read ({said}). Export it again as UTF-8 CSV or XLSX; "
                "the other files were read."
            ) from error
        if table is not None:
            self.tables.append(table)
        return table

    def put_aside(
        self, name: str, source: Path, state: Literal["refused", "ignored"], why: str
    ) -> None:
        """Write down a file that is not read."""
        size = source.stat().st_size if source.exists() else 0
        self.files.append(SourceFile(name, source, "", size, state, why))
        if state == "refused":
            self.refused.append(Note(why, 1, (Example(name, None, None, None),)))


def lines_of(table: RawTable, rows: Sequence[int]) -> dict[int, int]:
    """This will tell on which line of its file each data row begins.

    For sheets it is the row of the sheet, for Parquet the row itself. The file is read again
    only when lines and rows do not go in step. Rows that do not exist are missing in the answer.
    """
    origin = table.origin
    if not rows:
        return {}
    if origin.first_line is not None:
        return {row: origin.first_line + row - 1 for row in rows}
    with tempfile.TemporaryDirectory(prefix="wellkept-") as scratch:
        for one in opened(table.name.split("#")[0], origin.path, Unpacker(Path(scratch)), _all):
            if isinstance(one, Payload) and one.members == origin.members:
                if table.format == "html":
                    return markup.lines_in(one.path, table, rows)
                if origin.sheet is not None:
                    return spreadsheet.lines_in(one.path, table, rows)
                return delimited.lines_in(one.path, table, rows)
    return {}
