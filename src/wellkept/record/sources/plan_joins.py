"""Which columns hold the numbers of parts, by what other files of the folder list as parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.plan_lexicon import SECOND, roles_in
from wellkept.record.sources.tables import RawColumn, RawTable

if TYPE_CHECKING:
    import duckdb

LOOKED_AT = 300
"""So many different values of a column are looked up."""
JOINED = 0.6
"""Share of them that must be known parts: a column of other numbers meets some by chance."""
FEWEST = 3
_NAMES_THINGS = bag("name number no nr id code key ref reference item part material sku number")


def part_columns(
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
    parts: Sequence[tuple[RawTable, str]],
) -> list[str]:
    """This will give the keys of the columns whose values are parts of other tables, best first.

    `parts`: tables and the keys of their columns of part numbers.
    """
    others = [(one.relation, key) for one, key in parts if one.name != table.name]
    asked = [column for column in table.columns if _may_name_parts(column)]
    if not others or not asked:
        return []
    known = " UNION ".join(f"SELECT {_tidy(key)} AS v FROM {relation}" for relation, key in others)
    con.execute(f"CREATE OR REPLACE TEMP TABLE known_parts AS {known}")
    found = [(share, column.key) for column in asked if (share := _share(con, table, column))]
    return [key for _, key in sorted(found, key=lambda one: -one[0])]


def _may_name_parts(column: RawColumn) -> bool:
    """A header that surely says something else is believed."""
    roles = roles_in(column.header_as_found or column.header)
    return column.stored in ("text", "number") and not any(
        score > SECOND and role not in ("part", "name", "product") for role, score in roles.items()
    )


def _share(con: duckdb.DuckDBPyConnection, table: RawTable, column: RawColumn) -> float:
    row = con.execute(
        f"SELECT count(*), count(*) FILTER (v IN (SELECT v FROM known_parts)), "
        f"count(*) FILTER (try_cast(v AS double) IS NOT NULL) FROM (SELECT DISTINCT "
        f"{_tidy(column.key)} AS v FROM {table.relation} WHERE {column.key} IS NOT NULL "
        f"LIMIT {LOOKED_AT}) t WHERE v <> ''"
    ).fetchone()
    many, there, numbers = row or (0, 0, 0)
    if there < min(FEWEST, many) or many == 0 or there < JOINED * many:
        return 0.0
    words = set(heading(column.header_as_found or column.header).words)
    plain_numbers = numbers > 0.5 * many  # 1, 2, 3 may be pieces as well as parts
    return 0.0 if plain_numbers and not words & _NAMES_THINGS else float(there / many)


def _tidy(key: str) -> str:
    return f"trim(cast({key} AS varchar))"
