"""Which columns never change within an identifier: facts of the case, not of the event."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from wellkept.record.sources.tables import RawTable

KEYS_SAMPLED = 3000
MOST_COLUMNS = 200


def constant_within(
    table: RawTable, con: duckdb.DuckDBPyConnection, keys: Sequence[str]
) -> dict[str, frozenset[str]]:
    """This will tell, for each column, within which of `keys` it has one value only.

    Judged on all rows of a sample of the keys' values that occur more than once. A column
    that is sometimes empty and sometimes not is not constant.
    """
    found: dict[str, set[str]] = {}
    columns = [column.key for column in table.columns][:MOST_COLUMNS]
    for key in keys:
        others = [column for column in columns if column != key]
        for column in _constant(table, con, key, others):
            found.setdefault(column, set()).add(key)
    return {column: frozenset(within) for column, within in found.items()}


def part_sampled(rows: int) -> int:
    """This will give the number of keys' values of which one is looked at."""
    return max(1, rows // (KEYS_SAMPLED * 4))


def _constant(
    table: RawTable, con: duckdb.DuckDBPyConnection, key: str, columns: Sequence[str]
) -> list[str]:
    part = part_sampled(table.rows)
    each = ", ".join(f"bool_and({one}_same) as {one}_same" for one in columns)
    same = ", ".join(
        f"(count({one}) = 0 or (count({one}) = count(*) and min({one}) = max({one}))) as {one}_same"
        for one in columns
    )
    row = con.execute(
        f"select count(*), {each} from (select {same} from {table.relation} "
        f"where {key} is not null and hash({key}) % {part} = 0 "
        f"group by {key} having count(*) > 1)"
    ).fetchone()
    if row is None or int(row[0]) < 5:
        return []
    return [one for one, holds in zip(columns, row[1:], strict=True) if holds]
