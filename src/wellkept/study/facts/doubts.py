"""Doubts about the records: what looks wrong is said with advice, before anything is measured."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import duckdb

from wellkept.record.sources.left_over import of_left_over
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.roles import REGISTERS
from wellkept.record.sources.suspicions import (
    HourCounts,
    in_future,
    of_columns,
    office_hours,
    pairs_to_check,
    silence,
    silences,
)
from wellkept.record.sources.understanding import Column, PairCheck, Suspicion
from wellkept.study.facts.moments import seconds_of
from wellkept.study.facts.staged import HAPPENED, count
from wellkept.study.facts.staging import begun
from wellkept.study.facts.understood import Ledger, Understood

OPENINGS = ("reported", "down_from", "occurred")
ENDINGS = ("down_to",)
OUTAGES = ("downtime", "asset_state")
TELL_ENDS = ("case", "event", *OUTAGES)
COPIES_LOOKED_FOR = 300_000


def raise_doubts(
    con: duckdb.DuckDBPyConnection,
    understood: Sequence[Understood],
    ledger: Ledger,
    recipe: Recipe,
    now_s: int,
) -> list[tuple[int, int]]:
    """This will put every suspicion into the ledger and give the silences of the feed.

    Silences that the recipe states are taken as they are; otherwise those that the records show.
    """
    stated = [
        (seconds_of(one.since, recipe.zone or "UTC"), seconds_of(one.to, recipe.zone or "UTC"))
        if recipe.zone != "unknown"
        else (seconds_of(one.since, "UTC"), seconds_of(one.to, "UTC"))
        for one in recipe.silences
    ]
    shown: list[tuple[int, int]] = []
    for doubt in _endless(understood):
        ledger.suspect(doubt.text, doubt.advice)
    for one in understood:
        if one.stage is None:
            for doubt in _unused(one, recipe):
                ledger.suspect(doubt.text, doubt.advice)
            continue
        doubts = [
            *one.known.suspicions,
            *_columns(con, one),
            *_hours(con, one, recipe),
            *_ahead(con, one, now_s),
        ]
        if not stated:
            found, words = _silences(con, one)
            shown += found
            doubts += words
        doubts += _copies(con, one)
        for doubt in doubts:
            ledger.suspect(doubt.text, doubt.advice)
    return stated or sorted(set(shown))


def _endless(understood: Sequence[Understood]) -> Iterable[Suspicion]:
    """Work or outages of which no file says that any of it ended."""
    told = [one for one in understood if one.stage is not None and one.known.shape in TELL_ENDS]
    if not told or any(one.known.says_ends or "lasted" in one.known.roles for one in told):
        return
    names = ", ".join(one.table.name for one in told[:3])
    outages = any(one.known.shape in OUTAGES for one in told)
    cases = any(one.known.shape not in OUTAGES for one in told)
    means = ["whether a case is open still is not known"] if cases else []
    means += ["every outage counts as lasting still"] if outages else []
    lasted = " A list of what is down now tells how long it has lasted, and no usual length."
    yield Suspicion(
        f"No column of {names} says when anything ended: {', and '.join(means)}.",
        "Export the column with the end or the state, or name it in the recipe (resolved, closed, "
        f"state, down_to).{lasted if outages else ''}",
    )


def _unused(one: Understood, recipe: Recipe) -> Sequence[Suspicion]:
    """What stands in a table that nothing reads, unless the recipe wants it so."""
    own = recipe.for_table(one.table.name)
    if own is not None and own.shape is not None:
        return ()
    return of_left_over(one.known.shape, {}, {profile.key: profile for profile in one.profiles})


def _columns(con: duckdb.DuckDBPyConnection, one: Understood) -> Iterable[Suspicion]:
    by_key = {profile.key: profile for profile in one.profiles}
    pairs = [_pair(con, one, first, second) for first, second in pairs_to_check(one.known.roles)]
    found = of_columns(one.known.roles, by_key, one.known.unknown_words, pairs)
    return (*found, *of_left_over(one.known.shape, one.known.roles, by_key))


def _pair(con: duckdb.DuckDBPyConnection, one: Understood, first: str, second: str) -> PairCheck:
    roles = {column.key: role for role, column in one.known.roles.items()}
    a, b = f'"{roles[first]}_s"', f'"{roles[second]}_s"'
    row = con.execute(
        f"SELECT count(*), count(*) FILTER (WHERE {a} <= {b}), count(*) FILTER (WHERE {a} = {b}) "
        f"FROM {_relation(one)} WHERE {a} IS NOT NULL AND {b} IS NOT NULL"
    ).fetchone()
    assert row is not None  # an aggregate without groups always gives one row
    return PairCheck(first, second, int(row[0]), int(row[1]), int(row[2]))


def _hours(con: duckdb.DuckDBPyConnection, one: Understood, recipe: Recipe) -> Iterable[Suspicion]:
    for role in OPENINGS:
        column = one.known.roles.get(role)
        if column is None or any(f.precision != "moment" for f in column.formats):
            continue
        found = con.execute(
            f'SELECT ("{role}_s" % 86400) // 3600 AS hour, count(*) FROM {_relation(one)} '
            f'WHERE "{role}_s" IS NOT NULL GROUP BY 1'
        ).fetchall()
        by_hour = {int(hour): int(n) for hour, n in found}
        counts = tuple(by_hour.get(hour, 0) for hour in range(24))
        stated = None if recipe.zone == "unknown" else recipe.zone
        doubt = office_hours(HourCounts(column.header, counts, _label(column), stated))
        if doubt is not None:
            yield doubt


def _label(column: Column) -> str | None:
    return next((one.zone for one in column.formats if one.zone is not None), None)


def _ahead(con: duckdb.DuckDBPyConnection, one: Understood, now_s: int) -> Iterable[Suspicion]:
    assert one.stage is not None  # asked only for staged tables
    if not one.stage.ahead:
        return
    for role in HAPPENED:
        if role not in one.known.roles:
            continue
        row = con.execute(
            f'SELECT count(*), max("{role}_s") FROM {_relation(one)} WHERE {begun(role)} > {now_s}'
        ).fetchone()
        if row is not None and row[0]:
            latest = datetime.fromtimestamp(int(row[1]), tz=UTC)
            now = datetime.fromtimestamp(now_s, tz=UTC)
            doubt = in_future(one.known.roles[role].header, int(row[0]), latest, now)
            if doubt is not None:
                yield doubt


def _silences(
    con: duckdb.DuckDBPyConnection, one: Understood
) -> tuple[list[tuple[int, int]], list[Suspicion]]:
    found: list[tuple[int, int]] = []
    words: list[Suspicion] = []
    for role in ENDINGS if one.known.shape != "asset_state" else ("event_at",):
        column = one.known.roles.get(role)
        if column is None:
            continue
        ends = con.execute(
            f'SELECT "{role}_s", count(*) FROM {_relation(one)} WHERE "{role}_s" IS NOT NULL '
            "GROUP BY 1 ORDER BY 1"
        ).fetchall()
        for spell in silences([(int(s), int(n)) for s, n in ends]):
            found.append((spell.from_s, spell.to_s))
            words.append(silence(spell, column.header))
    return found, words


def _copies(con: duckdb.DuckDBPyConnection, one: Understood) -> Iterable[Suspicion]:
    shape, roles = one.known.shape, one.known.roles
    numbered = "promise_id" in roles or (shape == "case" and "case_id" in roles)
    if numbered or one.table.rows > COPIES_LOOKED_FOR or shape in REGISTERS:
        return
    keys = ", ".join(f'"{column.key}"' for column in one.table.columns)
    copies = count(
        con,
        f"SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM {one.table.relation} "
        f"GROUP BY {keys} HAVING count(*) > 1) d",
    )
    if copies:
        yield Suspicion(
            f"{copies:,} rows of {one.table.name} are copies of another row, cell by cell.",
            "They count unless a number identifies the row; if they are one thing, name the "
            "columns that identify a row as `key` in the recipe.",
        )


def _relation(one: Understood) -> str:
    assert one.stage is not None  # asked only for staged tables
    return one.stage.staged.relation
