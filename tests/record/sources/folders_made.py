"""Folders of made-up exports, and what reading them gives back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from wellkept.record.sources.notes import Note
from wellkept.record.sources.reading import RawTable, Reading, read_folder

Cell = str | None


def a_folder(at: Path, files: Mapping[str, bytes | str]) -> Path:
    """This will write files into a folder of their own; text is written as UTF-8."""
    folder = at / "export"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def a_zip(files: Mapping[str, bytes | str]) -> bytes:
    """This will pack files as ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read(at: Path, files: Mapping[str, bytes | str]) -> tuple[Reading, duckdb.DuckDBPyConnection]:
    """This will write files and read their folder."""
    con = duckdb.connect()
    return read_folder(a_folder(at, files), con), con


def read_one(
    at: Path, content: bytes | str, name: str = "cases.csv"
) -> tuple[RawTable, list[list[Cell]]]:
    """This will write one file and give its only table and all its cells."""
    reading, con = read(at, {name: content})
    assert not reading.refused, reading.refused
    (table,) = reading.tables
    return table, cells_of(table, con)


def cells_of(table: RawTable, con: duckdb.DuckDBPyConnection) -> list[list[Cell]]:
    """This will give all cells of a table in the order of its rows."""
    keys = ", ".join(column.key for column in table.columns)
    found = con.execute(f"select {keys} from {table.relation} order by row").fetchall()
    return [list(row) for row in found]


def headers(table: RawTable) -> list[str]:
    """This will give the names of the columns."""
    return [column.header for column in table.columns]


def said(notes: tuple[Note, ...], word: str) -> Note:
    """This will find the one note that speaks of something."""
    (found,) = [note for note in notes if word in note.what]
    return found
