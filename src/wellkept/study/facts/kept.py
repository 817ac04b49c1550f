"""Fact tables kept without the columns in which nothing would stand: blanks cost as much as values.

A fact is a table `<fact>_kept` with the columns that say something, and a view with its own name in
which the others are blank.
"""

from collections.abc import Collection, Mapping

import duckdb

from wellkept.study.facts.tables import FactTable


def keep(
    con: duckdb.DuckDBPyConnection,
    table: FactTable,
    rows: str,
    *,
    blank: Collection[str] = (),
    more: Collection[str] = (),
) -> None:
    """This will make a fact of the selection `rows`, which gives its columns by name.

    `blank`: columns known to be blank in every row. `more`: columns kept beside the fact's own.
    """
    own = {one.name: one.type for one in table.columns if one.name not in blank}
    found = {str(name) for name, *_ in con.execute(f"DESCRIBE {rows}").fetchall()}
    columns = [f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in own.items()
               if name in found]  # fmt: skip
    columns += [f'"{name}"' for name in more]
    con.execute(f"CREATE TABLE {table.name}_kept AS SELECT {', '.join(columns)} FROM ({rows}) r")
    _show(con, table)


def add(
    con: duckdb.DuckDBPyConnection, table: FactTable, columns: Mapping[str, str], source: str
) -> None:
    """This will set columns of a fact from `source`, a relation that has its number too.

    `columns` gives for each column what it becomes, in terms of `s`, the source.
    """
    number = f"{table.name}_no"
    kinds = {one.name: one.type for one in table.columns}
    for name in columns:
        con.execute(f"ALTER TABLE {table.name}_kept ADD COLUMN IF NOT EXISTS {name} {kinds[name]}")
    sets = ", ".join(f"{name} = {value}" for name, value in columns.items())
    con.execute(
        f"UPDATE {table.name}_kept SET {sets} FROM {source} s "
        f"WHERE s.{number} = {table.name}_kept.{number}"
    )
    _show(con, table)


def ordered(con: duckdb.DuckDBPyConnection, table: FactTable) -> str:
    """This will give the selection of a fact in the order of its number.

    What is blank in every row takes no part in the sorting.
    """
    rows = f"(SELECT * FROM {table.name}_kept ORDER BY {table.name}_no)"
    return _whole(con, table, rows)


def _show(con: duckdb.DuckDBPyConnection, table: FactTable) -> None:
    rows = _whole(con, table, f"{table.name}_kept")
    con.execute(f'CREATE OR REPLACE VIEW "{table.name}" AS {rows}')


def _whole(con: duckdb.DuckDBPyConnection, table: FactTable, rows: str) -> str:
    """Select kept rows with the columns that are blank."""
    kept = [str(name) for name, *_ in con.execute(f"DESCRIBE {table.name}_kept").fetchall()]
    own = [
        f'k."{one.name}"' if one.name in kept else f'CAST(NULL AS {one.type}) AS "{one.name}"'
        for one in table.columns
    ]
    names = {one.name for one in table.columns}
    beside = [f'k."{name}"' for name in kept if name not in names]
    return f"SELECT {', '.join([*own, *beside])} FROM {rows} k"
