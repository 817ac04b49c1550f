"""What the values of a column look like, without deciding what the column means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wellkept.record.sources.answers import yes_no_in
from wellkept.record.sources.constancy import constant_within, part_sampled
from wellkept.record.sources.durations import durations_in
from wellkept.record.sources.moment_sql import moment_sql
from wellkept.record.sources.moment_text import parse_moment
from wellkept.record.sources.moments import moments_in, settle
from wellkept.record.sources.numbers import decimal_of, numbers_in
from wellkept.record.sources.reads import DurationReads, MomentFormat, NumberReads, Reads
from wellkept.record.sources.sampling import Tally, tallies
from wellkept.record.sources.tables import RawColumn, RawTable, Stored

if TYPE_CHECKING:
    import duckdb

LOOKED_AT = 150  # values of the sample that are tried in every way
MOMENTS_FROM = 0.5  # share of moments from which first and last are worth finding


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column, counted and sampled."""

    key: str
    header: str
    header_as_found: str
    stored: Stored
    rows: int
    blank: int  # empty, or one of BLANKS; counted over all rows
    distinct: int  # of the non-blank values; exact up to some thousands, else within some per cent
    sample: tuple[str, ...]  # ≤ 500 distinct non-blank values, spread over the file
    top: tuple[tuple[str, int], ...]  # ≤ 40 most frequent non-blank values with their counts
    moments: Reads
    numbers: NumberReads
    durations: DurationReads
    yes_no: float  # share of the sample that says yes or no, in any of our languages
    constant_within: frozenset[str]  # id-like keys within whose values this column never changes
    first: str | None  # earliest and latest moment as ISO, when the column holds moments
    last: str | None


def profile(
    table: RawTable, con: duckdb.DuckDBPyConnection, *, related: bool = True
) -> tuple[ColumnProfile, ...]:
    """This will count and sample every column of a table, and try its values in every way.

    Blank and distinct counts are over all rows; the rest is judged on a sample spread over
    the file. Where the order of day and month stays open in the sample, all rows are asked,
    then the other columns of the table. Without `related`, what is constant within what, and the
    first and last moments, are left out.
    """
    if not table.columns:
        return ()
    counted = tallies(table, con)
    typed = any(column.stored != "text" for column in table.columns)
    kinds = _kinds(con, table) if typed else {}
    profiles = [
        _profile(table, column, counted[column.key], kinds.get(column.key, ""), con)
        for column in table.columns
    ]
    settled = settle([(one.header, one.moments) for one in profiles])
    profiles = [replace(one, moments=reads) for one, reads in zip(profiles, settled, strict=True)]
    profiles = _one_decimal(table, profiles)
    if not related:
        return tuple(profiles)
    spans = _spans(con, table, profiles)
    keys = profiles_of_keys(profiles)
    constant = constant_within(
        table, con, [one.key for one in keys if one.distinct >= part_sampled(one.rows)]
    )
    return tuple(
        replace(
            one,
            constant_within=constant.get(one.key, frozenset()),
            first=spans.get(one.key, (None, None))[0],
            last=spans.get(one.key, (None, None))[1],
        )
        for one in profiles
    )


def _one_decimal(table: RawTable, profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """A column of 1,000 and 2,500 has decimals or thousands: the file's other columns decide.

    Where none does and semicolons part the cells, the comma was not free to: it parts decimals.
    """
    if not any(one.numbers.ambiguous for one in profiles):
        return list(profiles)
    decimal = decimal_of([one.numbers for one in profiles])
    found = []
    for one in profiles:
        commas = one.numbers.whole  # read as thousands: 1,000 and not 1.000
        mine = "," if decimal is None and commas and table.separator == ";" else decimal
        if one.numbers.ambiguous and mine is not None:
            numbers = numbers_in(one.sample, mine)
            lasts = one.durations
            if lasts.numbers is not None:
                lasts = replace(lasts, numbers=numbers)
            one = replace(one, numbers=numbers, durations=lasts)
        found.append(one)
    return found


def profiles_of_keys(profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """This will choose the columns that look like identifiers and repeat, the finest first."""
    found = [
        one
        for one in profiles
        if one.rows
        and 10 <= one.distinct <= 0.9 * (one.rows - one.blank)
        and one.blank <= 0.05 * one.rows
        and (one.moments.share < 0.5 or one.moments.guessed)
        and not (one.numbers.share > 0.9 and not one.numbers.whole)
        and max((len(value) for value in one.sample), default=0) <= 60
    ]
    return sorted(found, key=lambda one: (one.distinct, one.key), reverse=True)[:2]


def _kinds(con: duckdb.DuckDBPyConnection, table: RawTable) -> dict[str, str]:
    described = con.execute(f"describe {table.relation}").fetchall()
    return {str(one[0]): str(one[1]) for one in described}


def _profile(
    table: RawTable,
    column: RawColumn,
    tally: Tally,
    kind: str,
    con: duckdb.DuckDBPyConnection,
) -> ColumnProfile:
    sample = tally.sample
    if column.stored == "text":
        moments = _moments(table, column, sample, con)
        numbers, durations = _numbers(column, sample, moments)
    else:
        moments, numbers, durations = _stored(column, sample, kind, con, table)
    return ColumnProfile(
        key=column.key,
        header=column.header,
        header_as_found=column.header_as_found,
        stored=column.stored,
        rows=table.rows,
        blank=tally.blank,
        distinct=tally.distinct,
        sample=sample,
        top=tally.top,
        moments=moments,
        numbers=numbers,
        durations=durations,
        yes_no=1.0 if column.stored == "boolean" else yes_no_in(sample),
        constant_within=frozenset(),
        first=None,
        last=None,
    )


def _moments(
    table: RawTable, column: RawColumn, sample: Sequence[str], con: duckdb.DuckDBPyConnection
) -> Reads:
    reads = moments_in(sample[:LOOKED_AT])
    if reads.share < 0.2 or reads.guessed:
        return reads
    reads = moments_in(sample)
    if reads.ambiguous and reads.day_first is None:
        return moments_in([*sample, *_witnesses(table, column, con)])
    return reads


def _witnesses(table: RawTable, column: RawColumn, con: duckdb.DuckDBPyConnection) -> list[str]:
    """Values anywhere in the column that are possible in one order of day and month only."""
    found: list[str] = []
    for place in (1, 2):
        part = f"regexp_extract(trim({column.key}), '^(\\d{{1,2}})[-/ ](\\d{{1,2}})[-/ ]', {place})"
        row = con.execute(
            f"select {column.key} from {table.relation} "
            f"where try_cast({part} as integer) between 13 and 31 limit 1"
        ).fetchone()
        if row is not None:
            found.append(str(row[0]))
    return found


def _numbers(
    column: RawColumn, sample: Sequence[str], moments: Reads
) -> tuple[NumberReads, DurationReads]:
    numbers = numbers_in(sample[:LOOKED_AT])
    if numbers.share > 0.2:
        numbers = numbers_in(sample)
    if moments.share > MOMENTS_FROM and not moments.guessed:
        return numbers, DurationReads()
    return numbers, durations_in(sample[:LOOKED_AT], column.header)


def _stored(
    column: RawColumn,
    sample: Sequence[str],
    kind: str,
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
) -> tuple[Reads, NumberReads, DurationReads]:
    """Columns of Parquet files need no guessing, but for days that were stored as moments."""
    if not sample or column.stored == "boolean":
        return Reads(), NumberReads(), DurationReads()
    if column.stored == "number":
        moments = moments_in(sample[:LOOKED_AT])
        return moments, *_numbers(column, sample, moments)
    zone = "+00:00" if "TIME ZONE" in kind else None
    day = column.stored == "day" or (zone is None and _all_midnight(con, table, column))
    form = MomentFormat("native", "day" if day else "moment", zone)
    return Reads((form,), 1.0), NumberReads(), DurationReads()


def _all_midnight(con: duckdb.DuckDBPyConnection, table: RawTable, column: RawColumn) -> bool:
    timed = f"from {table.relation} where epoch_us({column.key}) % 86400000000 <> 0 limit 1"
    if con.execute(f"select 1 {timed}").fetchone():
        return False
    days = con.execute(f"select approx_count_distinct({column.key}) from {table.relation}")
    found = days.fetchone()
    return bool(found and found[0] >= 3)


def _spans(
    con: duckdb.DuckDBPyConnection, table: RawTable, profiles: Sequence[ColumnProfile]
) -> dict[str, tuple[str | None, str | None]]:
    """The earliest and latest moment of each column of moments, over all rows."""
    wanted = [
        one for one in profiles if one.moments.share >= MOMENTS_FROM and not one.moments.guessed
    ]
    if not wanted or not table.rows:
        return {}
    ends = ", ".join(
        f"min({_ordered(one)}) as low{at}, max({_ordered(one)}) as high{at}"
        for at, one in enumerate(wanted)
    )
    asked = ", ".join(
        _ended(one, name) for at, one in enumerate(wanted) for name in (f"low{at}", f"high{at}")
    )
    found = con.execute(f"select {asked} from (select {ends} from {table.relation}) e").fetchone()
    found = found or ()
    return {
        one.key: (_said(found[2 * at]), _said(found[2 * at + 1])) for at, one in enumerate(wanted)
    }


def _ordered(one: ColumnProfile) -> str:
    """Moments, and texts that begin with the year, are in order as they stand; others are read."""
    forms = one.moments.formats
    if _native(one):
        return one.key
    if len(forms) == 1 and forms[0].zone is None and forms[0].pattern in _IN_ORDER:
        return f"case when {one.key} >= '1' and {one.key} < '3' then {one.key} end"
    return moment_sql(one.key, forms)


def _ended(one: ColumnProfile, name: str) -> str:
    return moment_sql(name, one.moments.formats) if _native(one) else name


def _native(one: ColumnProfile) -> bool:
    return all(form.pattern == "native" for form in one.moments.formats)


_IN_ORDER = ("iso", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")


def _said(value: object) -> str | None:
    if isinstance(value, str):
        moment = parse_moment(value)
        return None if moment is None else moment.civil.replace(tzinfo=dt.UTC).isoformat()
    return _iso(value) if isinstance(value, int) else None


def _iso(seconds: int) -> str:
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).isoformat()
