"""What reading a folder gives: raw tables in DuckDB, the files they came from, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wellkept.record.sources.notes import Note

Stored = Literal["text", "moment", "day", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column as it stands in the file."""

    key: str  # name in the DuckDB relation: "c0", "c1", …
    header: str  # unique and never empty: "Category (2)", "column 5"
    header_as_found: str
    stored: Stored = "text"  # text for CSV and spreadsheets; the native type for Parquet


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file separates its cells."""

    separator: str | None  # None: one column; "spaces": runs of blanks; "widths": fixed places
    quote: str | None = '"'
    escape: str | None = None  # None: a quote inside quotes is doubled
    spaced: bool = False  # blanks after a separator are not part of the cell
    widths: tuple[tuple[int, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows came from, enough to find a row's line again."""

    path: Path
    members: tuple[str, ...] = ()  # names inside archives, outermost first
    sheet: str | None = None
    encoding: str | None = None
    dialect: Dialect | None = None
    first_line: int | None = None  # line of data row 1 when every row is one line
    skipped_records: int = 0  # records above data row 1 (preamble, header)
    counted: bool = False  # lines can be counted without parsing


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a file, all its rows in DuckDB."""

    name: str  # "cases.csv", "export.zip/cases.csv", "book.xlsx#Sheet1"
    relation: str  # DuckDB relation: row BIGINT (1-based data row) and c0, c1, …
    columns: tuple[RawColumn, ...]
    rows: int
    format: str
    encoding: str | None
    separator: str | None
    bytes: int
    repaired: tuple[Note, ...]
    left_out: tuple[Note, ...]
    origin: Origin
    spread: bool = False  # a log of changed fields, where a blank owner means: as before


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was looked at, with what became of it."""

    name: str  # relative to the folder, with "/" between its parts
    path: Path
    format: str
    bytes: int
    state: Literal["read", "refused", "ignored"]
    why: str | None = None  # for refused and ignored


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder as read: its tables, its files, and the files that were refused."""

    tables: tuple[RawTable, ...]
    refused: tuple[Note, ...]
    files: tuple[SourceFile, ...]
