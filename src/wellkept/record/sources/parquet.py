"""Parquet files into tables: looked at where they lie, their types kept."""

from __future__ import annotations

from pathlib import Path

import duckdb

from wellkept.record.sources.files import Payload
from wellkept.record.sources.layout import names_of
from wellkept.record.sources.load import literal
from wellkept.record.sources.notes import Notebook, Unreadable
from wellkept.record.sources.tables import Origin, RawColumn, RawTable, Stored

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
        fields = [(str(one[0]), str(one[1])) for one in described[:-1]]
        rows = _rows(con, payload.path)
        if payload.path.stat().st_size <= CHECKED:
            con.execute(f"select min(hash(COLUMNS(*))) from {source}")
        what = "table" if payload.unpacked else "view"
        con.execute(
            f"create {what} {relation} as select file_row_number + 1 as row, "
            f"{', '.join(_select(name, kind, at) for at, (name, kind) in enumerate(fields))} "
            f"from {source}"
        )
    except duckdb.Error as error:
        raise Unreadable(
            f"{payload.name} cannot be read as Parquet ({str(error).splitlines()[0][:160]}). "
            "Write it again; the other files were read."
        ) from error
    notes = Notebook(payload.name)
    names, renamed = names_of([name for name, _ in fields], len(fields))
    for one in renamed:
        notes.say("A column was renamed.", value=one.found, became=one.became)
    return RawTable(
        name=payload.name,
        relation=relation,
        columns=tuple(
            RawColumn(f"c{at}", names[at], name, stored_as(kind))
            for at, (name, kind) in enumerate(fields)
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


def _select(name: str, kind: str, at: int) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if kind.startswith("TIMESTAMP_"):
        return f"{quoted}::timestamp as c{at}"
    if stored_as(kind) == "text" and kind != "VARCHAR":
        return f"{quoted}::varchar as c{at}"
    return f"{quoted} as c{at}"
