"""What the recipe states of every row of a file, as a column that the file does not have.

A log of one machine does not say which machine it is; a file from one branch does not name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb

from wellkept.record.sources.recipe import Choice, Recipe, TableRecipe
from wellkept.record.sources.tables import RawColumn, RawTable


def header_of(role: str, value: str) -> str:
    """This will give the header under which a stated value is shown."""
    return f"{role}: {value} (stated)"


def with_constants(
    tables: Iterable[RawTable], recipe: Recipe, con: duckdb.DuckDBPyConnection
) -> tuple[tuple[RawTable, ...], Recipe]:
    """This will give each table the columns that its entry of the recipe states as values."""
    made = tuple(_with(table, recipe.for_table(table.name), con) for table in tables)
    entries = tuple(replace(one, columns=_named(one.columns)) for one in recipe.tables)
    return made, replace(recipe, tables=entries)


def _named(columns: Mapping[str, Choice]) -> dict[str, Choice]:
    return {
        role: choice
        if choice.value is None
        else replace(choice, headers=(header_of(role, choice.value),))
        for role, choice in columns.items()
    }


def _with(table: RawTable, entry: TableRecipe | None, con: duckdb.DuckDBPyConnection) -> RawTable:
    stated = {
        role: choice.value
        for role, choice in (entry.columns if entry is not None else {}).items()
        if choice.value is not None
    }
    if not stated:
        return table
    first = len(table.columns)
    columns, parts = list(table.columns), ["t.*"]
    for number, (role, value) in enumerate(stated.items(), first):
        header = header_of(role, value)
        columns.append(RawColumn(f"c{number}", header, header))
        written = value.replace("'", "''")
        parts.append(f"'{written}' AS c{number}")
    relation = f"{table.relation}_stated"
    con.execute(f"CREATE VIEW {relation} AS SELECT {', '.join(parts)} FROM {table.relation} t")
    return replace(table, relation=relation, columns=tuple(columns))
