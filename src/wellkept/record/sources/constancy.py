"""Which columns never change within an identifier: facts of the case, not of the event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellkept.record.sources.tables import RawTable

if TYPE_CHECKING:
    import duckdb

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
    relation = table.relation
    part = part_sampled(table.rows)
    if len(keys) > 1 and part > 1:
        relation = "constancy_sample"
        chosen = " or ".join(_sampled(key, part) for key in keys)
        con.execute(
            f"create or replace temp table {relation} as "
            f"select {', '.join(columns)} from {table.relation} where {chosen}"
        )
    for key in keys:
        others = [column for column in columns if column != key]
        for column in _constant(relation, con, key, others, part):
            found.setdefault(column, set()).add(key)
    if relation != table.relation:
        con.execute(f"drop table {relation}")
    return {column: frozenset(within) for column, within in found.items()}


def part_sampled(rows: int) -> int:
    """This will give the number of keys' values of which one is looked at."""
    return max(1, rows // (KEYS_SAMPLED * 4))


def _constant(
    relation: str, con: duckdb.DuckDBPyConnection, key: str, columns: Sequence[str], part: int
) -> list[str]:
    each = ", ".join(f"bool_and({one}_same) as {one}_same" for one in columns)
    same = ", ".join(
        f"(count({one}) = 0 or (count({one}) = count(*) and min({one}) = max({one}))) as {one}_same"
        for one in columns
    )
    row = con.execute(
        f"select count(*), {each} from (select {same} from {relation} "
        f"where {_sampled(key, part)} "
        f"group by {key} having count(*) > 1)"
    ).fetchone()
    if row is None or int(row[0]) < 5:
        return []
    return [one for one, holds in zip(columns, row[1:], strict=True) if holds]


def _sampled(key: str, part: int) -> str:
    return f"({key} is not null and hash({key}) % {part} = 0)"
