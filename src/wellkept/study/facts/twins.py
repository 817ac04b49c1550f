"""Twins: two files that hold the same records, exported twice under other labels."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import duckdb

from wellkept.record.sources.notes import Note
from wellkept.record.sources.roles import MOMENT_ROLES
from wellkept.record.sources.tables import RawTable
from wellkept.study.facts.staging import Stage

FEWEST_ROWS = 100
FEWEST_MOMENTS = 50
"""Fewer distinct moments than this can agree by chance."""


def copies(
    con: duckdb.DuckDBPyConnection, tables: Sequence[RawTable]
) -> tuple[frozenset[str], tuple[Note, ...]]:
    """This will name the tables whose every cell stands in an earlier table, with a note each."""
    seen: dict[tuple[object, ...], str] = {}
    gone, notes = set(), []
    alike: dict[tuple[tuple[str, ...], int], list[RawTable]] = {}
    for table in sorted(tables, key=lambda one: (one.name.count("/"), one.name)):
        headers = tuple(column.header_as_found for column in table.columns)
        alike.setdefault((headers, table.rows), []).append(table)
    for (headers, rows), group in alike.items():
        for table in group if len(group) > 1 and rows else ():
            cells = ", ".join(f"CAST({column.key} AS VARCHAR)" for column in table.columns)
            found = con.execute(
                f"SELECT sum(CAST(hash(row, {cells}) AS HUGEINT)) FROM {table.relation}"
            ).fetchone()
            mark = (headers, rows, found)
            first = seen.setdefault(mark, table.name)
            if first != table.name:
                gone.add(table.name)
                same = f"the same {rows:,} rows stand in {first}, cell by cell; used once"
                why = f"{table.name}: {same}"
                notes.append(Note(why, rows))
    return frozenset(gone), tuple(notes)


def without_twins(
    con: duckdb.DuckDBPyConnection, stages: Mapping[str, Stage]
) -> tuple[dict[str, Stage], tuple[Note, ...]]:
    """This will leave one file of each pair that holds the same moments row by row.

    The same shape, as many rows, and in every row the same moments in all roles both have: then
    the file with fewer roles (or else the later name) is left out, and the note says so. Snapshots
    of one list never agree so: they differ in rows or ends.
    """
    left, notes = dict(stages), []
    for one, other in combinations(sorted(stages), 2):
        if one in left and other in left and _same(con, left[one], left[other]):
            kept, gone = _better(left, one, other)
            rows = left.pop(gone).staged.rows
            why = f"{gone}: holds the same {rows:,} records as {kept}, moment by moment; used once"
            notes.append(Note(why, rows))
    return left, tuple(notes)


def _same(con: duckdb.DuckDBPyConnection, one: Stage, other: Stage) -> bool:
    a, b = one.staged, other.staged
    roles = sorted(MOMENT_ROLES & a.roles & b.roles)
    if a.shape != b.shape or a.rows != b.rows or a.rows < FEWEST_ROWS or not roles:
        return False
    return _signature(con, a.relation, roles) == _signature(con, b.relation, roles)


def _signature(
    con: duckdb.DuckDBPyConnection, relation: str, roles: Sequence[str]
) -> tuple[object, ...]:
    columns = ", ".join(f'"{role}_s"' for role in roles)
    row = con.execute(
        f"SELECT count(*), sum(CAST(hash(row, {columns}) AS HUGEINT)), "
        f"greatest({', '.join(_distinct(roles))}) FROM {relation}"
    ).fetchone()
    assert row is not None  # an aggregate without groups always gives one row
    if row[2] < FEWEST_MOMENTS:
        return (relation,)  # like nothing else
    return (row[0], row[1])


def _distinct(roles: Sequence[str]) -> Iterable[str]:
    return (f'count(DISTINCT "{role}_s")' for role in roles)


def _better(stages: Mapping[str, Stage], one: str, other: str) -> tuple[str, str]:
    """Most roles first; then the file that stands by itself, not in an archive; then the name."""

    def worth(name: str) -> tuple[int, int]:
        return len(stages[name].staged.roles), -name.count("/")

    return (one, other) if worth(one) >= worth(other) else (other, one)
