"""Counts over all rows of a column, and values spread over the whole file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, cast

from wellkept.record.sources.load import given
from wellkept.record.sources.moment_sql import blank_sql
from wellkept.record.sources.reads import BLANKS
from wellkept.record.sources.tables import RawColumn, RawTable

if TYPE_CHECKING:
    import duckdb

KEPT = 500
TOP = 40
EVERY_ROW = 12_000  # tables up to this size are counted here, row by row
ENDS = 1500  # rows from the beginning and from the end of larger ones
BLOCKS, BLOCK = 12, 250  # and blocks in between
FEW = 0.3  # share of distinct values in the sample up to which all values are counted
REPEATS = 0.1  # share of distinct values among all rows up to which they are counted too


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted and sampled of one column."""

    blank: int
    distinct: int
    top: tuple[tuple[str, int], ...]
    sample: tuple[str, ...]


def tallies(table: RawTable, con: duckdb.DuckDBPyConnection) -> dict[str, Tally]:
    """This will count and sample all columns of a table."""
    rows = _sampled_rows(table, con)
    values = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    sampled = {
        column.key: cast("tuple[str | None, ...]", values[at])
        for at, column in enumerate(table.columns)
    }
    if table.rows <= EVERY_ROW:
        return {key: _small(values) for key, values in sampled.items()}
    counted: dict[str, Tally] = {}
    many: list[RawColumn] = []
    for column in table.columns:
        here = _filled(sampled[column.key])
        if len(here) <= FEW * here.total():
            counted[column.key] = _few(table, column, here, con)
        else:
            many.append(column)
    return counted | _many(table, many, sampled, con)


def _sampled_rows(table: RawTable, con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    keys = ", ".join(
        column.key if column.stored == "text" else f"cast({column.key} as varchar)"
        for column in table.columns
    )
    if table.rows > EVERY_ROW:
        step = table.rows // (BLOCKS + 1)
        blocks = f"row % {step} < {BLOCK} and row >= {step} and row < {step * (BLOCKS + 1)}"
        ends = f"row <= {ENDS} or row > {table.rows - ENDS}"
        asked = f"select {keys} from {table.relation} where ({blocks}) or {ends} order by row"
        return con.execute(asked).fetchall()
    return con.execute(f"select {keys} from {table.relation} order by row").fetchall()


def _filled(values: Sequence[str | None]) -> Counter[str]:
    """The values that say something, in the order of the file, with their counts."""
    counts = Counter(values)
    for value in [one for one in counts if one is None or one.strip().casefold() in BLANKS]:
        del counts[value]
    return cast("Counter[str]", counts)


def _small(values: Sequence[str | None]) -> Tally:
    counts = _filled(values)
    return Tally(
        blank=len(values) - counts.total(),
        distinct=len(counts),
        top=tuple(_top(counts)),
        sample=spread(counts),
    )


def _top(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent values, those of equal count in their order."""
    often = [one for one in counts.items() if one[1] > 1]
    often = sorted(often, key=lambda one: (-one[1], one[0]))[:TOP]
    once = nsmallest(TOP - len(often), (value for value, count in counts.items() if count == 1))
    return [*often, *((value, 1) for value in once)]


def spread(counts: Counter[str]) -> tuple[str, ...]:
    """This will choose distinct values: the first, the last, the longest, the most frequent, and
    others evenly from in between; an early cut of the answer is spread too.
    """
    distinct = list(counts)
    if len(distinct) <= KEPT:
        return tuple(_interleaved(distinct))
    longest = sorted(distinct, key=len)
    step = max(1, len(distinct) // 200)
    chosen = [
        *distinct[:80],
        *distinct[-80:],
        *(value for value, _ in counts.most_common(80)),
        *longest[-40:],
        *longest[:20],
        *distinct[::step],
    ]
    return tuple(_interleaved(list(dict.fromkeys(chosen))[:KEPT]))


def _interleaved(values: list[str]) -> list[str]:
    """The same values so ordered that any first part is spread over all of them."""
    step = max(1, len(values) // 50)
    return [value for start in range(step) for value in values[start::step]]


def _few(
    table: RawTable, column: RawColumn, here: Counter[str], con: duckdb.DuckDBPyConnection
) -> Tally:
    """All values counted: cheap where there are few distinct ones."""
    key = column.key
    blank = blank_sql("value") if column.stored == "text" else "(value is null)"
    found = con.execute(
        f"with v as materialized (select {key} as value, count(*) as n from {table.relation} "
        f"group by 1), g as materialized (select value, n, {blank} as blank from v) "
        "select cast(value as varchar), n, "
        "(select coalesce(sum(n), 0) from g where blank), (select count(*) from g where not blank) "
        f"from g where not blank order by n desc, value limit {TOP}"
    ).fetchall()
    if not found:
        return Tally(table.rows, 0, (), ())
    return Tally(
        blank=int(found[0][2]),
        distinct=int(found[0][3]),
        top=tuple((str(value), int(n)) for value, n, _, _ in found),
        sample=spread(here + Counter(str(one[0]) for one in found)),
    )


def _many(
    table: RawTable,
    columns: Sequence[RawColumn],
    sampled: dict[str, tuple[str | None, ...]],
    con: duckdb.DuckDBPyConnection,
) -> dict[str, Tally]:
    """Distinct values estimated; only where they repeat often are all of them counted."""
    if not columns:
        return {}
    natives = [one for one in columns if one.stored != "text"]
    asked = [f"approx_count_distinct({one.key})" for one in columns]
    asked += [f"count({one.key})" for one in natives]
    found = con.execute(f"select {', '.join(asked)} from {table.relation}").fetchone() or ()
    distinct = dict(zip((one.key for one in columns), found, strict=False))
    many = [one for one in columns if int(distinct[one.key]) > REPEATS * table.rows]
    blanks = {
        one.key: table.rows - int(filled)
        for one, filled in zip(natives, found[len(columns) :], strict=True)
    } | _blanks(table, [one for one in many if one.stored == "text"], con)
    counted: dict[str, Tally] = {}
    for column in columns:
        counts = _filled(sampled[column.key])
        if column in many:
            blank = blanks[column.key]
            number = int(distinct[column.key])
            counted[column.key] = _estimated(table, column, counts, number, blank, con)
        else:
            counted[column.key] = _few(table, column, counts, con)
    return counted


def _blanks(
    table: RawTable, columns: Sequence[RawColumn], con: duckdb.DuckDBPyConnection
) -> dict[str, int]:
    if not columns:
        return {}
    asked = ", ".join(f"count(*) filter (where {blank_sql(one.key)})" for one in columns)
    found = con.execute(f"select {asked} from {table.relation}").fetchone() or ()
    return {one.key: int(blank) for one, blank in zip(columns, found, strict=True)}


def _estimated(
    table: RawTable,
    column: RawColumn,
    counts: Counter[str],
    distinct: int,
    blank: int,
    con: duckdb.DuckDBPyConnection,
) -> Tally:
    often = [value for value, count in counts.most_common(TOP) if count > 1]
    return Tally(
        blank=blank,
        distinct=max(min(distinct, table.rows - blank), len(counts)),
        top=_counts(table, column, often, con),
        sample=spread(counts),
    )


def _counts(
    table: RawTable, column: RawColumn, values: Sequence[str], con: duckdb.DuckDBPyConnection
) -> tuple[tuple[str, int], ...]:
    if not values:
        return ()
    kind = con.execute(f"select typeof({column.key}) from {table.relation} limit 1").fetchone()
    asked = f"select cast(unnest({given()}) as {kind[0] if kind else 'varchar'})"
    found = con.execute(
        f"select cast(value as varchar), n from (select {column.key} as value, count(*) as n "
        f"from {table.relation} where {column.key} in ({asked}) group by 1) c order by 2 desc, 1",
        [json.dumps(values)],
    ).fetchall()
    return tuple((str(value), int(count)) for value, count in found)
