"""Rasters of states: a row for each moment and a column for each asset, put one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from wellkept.record.sources.answers import NO, YES
from wellkept.record.sources.asset_words import asset_word
from wellkept.record.sources.heading import bag
from wellkept.record.sources.load import literal
from wellkept.record.sources.moments import moments_in
from wellkept.record.sources.notes import Note
from wellkept.record.sources.reads import BLANKS
from wellkept.record.sources.tables import RawColumn, RawTable
from wellkept.record.sources.words import normal

LOOKED_AT = 200  # rows from all over the file
LEAST_ASSETS = 2
MOST_CELLS = 40_000_000
_UNSEEN = frozenset({"nodata", "no data"})
_NO_ASSETS = bag("state status zustand stato estado etat stan")
_ASSET, _STATE = "Asset", "State"


def lengthen(table: RawTable, con: duckdb.DuckDBPyConnection) -> RawTable:
    """This will give a raster of states the columns moment, asset and state, a row for each cell.

    Any other table is given back as it is: it must hold one column of moments and beside it
    nothing but states of assets, in words that are known, or in yes and no under numbers of assets.
    """
    moment = _raster(table, con)
    if moment is None:
        return table
    assets = [column for column in table.columns if column.key != moment.key]
    names = ", ".join(f"('{one.key}', {literal(one.header)})" for one in assets)
    keys = ", ".join(one.key for one in assets)
    relation = f"{table.relation}_long"
    con.execute(
        f"CREATE TABLE {relation} AS SELECT u.row, u.{moment.key} AS c0, n.header AS c1, u.said "
        f"AS c2 FROM (UNPIVOT {table.relation} ON {keys} INTO NAME of_key VALUE said) u "
        f"JOIN (VALUES {names}) n(of_key, header) ON n.of_key = u.of_key"
    )
    count = con.execute(f"SELECT count(*) FROM {relation}").fetchone()
    note = Note(
        f"{table.name} has a column for each asset: its {len(assets):,} columns were put one below "
        f"the other as ‘{_ASSET}’ and ‘{_STATE}’",
        table.rows,
    )
    columns = (
        RawColumn("c0", moment.header, moment.header_as_found, moment.stored),
        RawColumn("c1", _ASSET, _ASSET),
        RawColumn("c2", _STATE, _STATE, assets[0].stored),
    )
    return replace(table, relation=relation, columns=columns, rows=int(count[0]) if count else 0,
                   repaired=(*table.repaired, note))  # fmt: skip


def _raster(table: RawTable, con: duckdb.DuckDBPyConnection) -> RawColumn | None:
    """The column of moments of a raster, None where the table is none."""
    others = len(table.columns) - 1
    if others < LEAST_ASSETS or not 2 <= table.rows <= MOST_CELLS / others:
        return None
    if _moment(table, con, "row <= 10") is None:  # nearly every table is done with here
        return None
    return _moment(table, con, f"row % {max(1, table.rows // LOOKED_AT)} = 0")


def _moment(table: RawTable, con: duckdb.DuckDBPyConnection, some: str) -> RawColumn | None:
    """The column of moments, where some of the rows hold nothing but states beside it."""
    keys = ", ".join(f"CAST({column.key} AS VARCHAR)" for column in table.columns)
    rows = con.execute(
        f"SELECT {keys} FROM {table.relation} WHERE {some} LIMIT {LOOKED_AT}"
    ).fetchall()
    moments: list[RawColumn] = []
    for column, values in zip(table.columns, zip(*rows, strict=True), strict=False):
        said = [value.strip() for value in values if value is not None]
        if not _states(column, said):
            moments.append(column)
            if len(moments) > 1 or moments_in(said).share < 0.9:
                return None
    return moments[0] if len(moments) == 1 else None


def _states(column: RawColumn, said: Sequence[str]) -> bool:
    """Whether a column holds nothing but states, and a name of an asset stands above."""
    if normal(column.header_as_found) in _NO_ASSETS:
        return False
    words = {value.casefold() for value in said} - BLANKS - _UNSEEN
    if not words:
        return column.header_as_found.strip().isdigit()
    if all(asset_word(word) is not None for word in words):
        return True
    numbered = any(sign.isdigit() for sign in column.header_as_found)
    return numbered and words <= (YES | NO)
