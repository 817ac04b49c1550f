"""Parquet files into tables: looked at where they lie, their types kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from wellkept.record.sources.files import Payload
from wellkept.record.sources.layout import names_of
from wellkept.record.sources.load import literal
from wellkept.record.sources.notes import Notebook, Unreadable
from wellkept.record.sources.tables import Origin, RawColumn, RawTable, Stored

Place = tuple[str, ...]  # the names from a column down to its part
DEEPEST = 4
CHECKED = 1 << 26  # bytes up to which every page is read once: damage shows before it is used
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


def stored_as(kind: str) -> Stored:
    """This will tell what a DuckDB type means to us."""
    if kind.startswith("TIMESTAMP"):
        return "moment"
    if kind == "DATE":
        return "day"
    if kind == "BOOLEAN":
        return "boolean"
    plain = kind.split("(")[0].removeprefix("U")
    return "number" if plain in _NUMBERS else "text"


def read_parquet(payload: Payload, con: duckdb.DuckDBPyConnection, relation: str) -> RawTable:
    """This will make a view over a Parquet file, or a table when it was unpacked."""
    source = f"read_parquet({literal(str(payload.path))}, file_row_number=true)"
    try:
        described = con.execute(f"describe select * from {source}").fetchall()
        fields = _fields(con, [(str(one[0]), str(one[1])) for one in described[:-1]], source)
        rows = _rows(con, payload.path)
        if payload.path.stat().st_size <= CHECKED:
            con.execute(f"select any_value(COLUMNS(*)) from {source}")
        what = "table" if payload.unpacked else "view"
        con.execute(
            f"create {what} {relation} as select file_row_number + 1 as row, "
            f"{', '.join(_select(path, kind, at) for at, (path, kind) in enumerate(fields))} "
            f"from {source}"
        )
    except duckdb.Error as error:
        raise Unreadable(
            f"{payload.name} cannot be read as Parquet ({str(error).splitlines()[0][:160]}). "
            "Write it again; the other files were read."
        ) from error
    notes = Notebook(payload.name)
    found = [".".join(path) for path, _ in fields]
    names, renamed = names_of(found, len(fields))
    for one in renamed:
        notes.say("A column was renamed.", value=one.found, became=one.became)
    return RawTable(
        name=payload.name,
        relation=relation,
        columns=tuple(
            RawColumn(f"c{at}", names[at], found[at], stored_as(kind))
            for at, (_, kind) in enumerate(fields)
        ),
        rows=rows,
        format="parquet",
        encoding=None,
        separator=None,
        bytes=payload.path.stat().st_size,
        repaired=notes.notes(),
        left_out=(),
        origin=Origin(path=payload.source, members=payload.members, first_line=1),
    )


def _rows(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    found = con.execute(
        f"select num_rows from parquet_file_metadata({literal(str(path))})"
    ).fetchone()
    return int(found[0]) if found else 0


def _fields(
    con: duckdb.DuckDBPyConnection, fields: Sequence[tuple[str, str]], source: str
) -> list[tuple[Place, str]]:
    """The columns with their types; a column made of parts (STRUCT) gives one for each part."""
    found: list[tuple[Place, str]] = []
    waiting: list[tuple[Place, str]] = [((name,), kind) for name, kind in fields]
    while waiting:
        path, kind = waiting.pop(0)
        if not kind.startswith("STRUCT(") or kind.endswith("[]") or len(path) > DEEPEST:
            found.append((path, kind))
            continue
        inside = f"describe select unnest({_quoted(path)}) from {source}"
        parts = con.execute(inside).fetchall()
        waiting[:0] = [((*path, str(one[0])), str(one[1])) for one in parts]
    return found


def _quoted(path: Place) -> str:
    return ".".join('"' + name.replace('"', '""') + '"' for name in path)


def _select(path: Place, kind: str, at: int) -> str:
    quoted = _quoted(path)
    if kind.startswith("TIMESTAMP_"):
        return f"{quoted}::timestamp as c{at}"
    if stored_as(kind) == "text" and kind != "VARCHAR":
        return f"{quoted}::varchar as c{at}"
    return f"{quoted} as c{at}"
