"""Staging: from a file's raw columns to typed roles, and a word about each value that is none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb

from wellkept.record.sources.reads import MomentFormat
from wellkept.record.sources.roles import ROLES
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import Column, Understanding
from wellkept.record.sources.values import blank_sql, duration_sql, moment_sql, number_sql
from wellkept.record.sources.words import (
    combine,
    consequence_word,
    party_word,
    planned_word,
    state_word,
    verdict_word,
)
from wellkept.study.facts.source import literal, quoted
from wellkept.study.facts.staged import ENDS, HAPPENED, Staged, count

MIDNIGHTS_NEEDED = 5
WORDS_MAPPED = 2000
"""More distinct words than this in a coded column are not codes; the rest stays without meaning."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Values of a role that could not be read: how many, and the rows of some."""

    role: str
    header: str
    key: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A staged table with what staging it found."""

    staged: Staged
    unread: tuple[Unread, ...]
    days: tuple[str, ...]
    first_s: int | None
    last_s: int | None
    ahead: int


def stage(
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
    known: Understanding,
    src: int,
    *,
    zone: str | None,
    now_s: int,
) -> Stage:
    """This will make the relation `staged_<src>` and say what could not be read.

    `zone`: the IANA zone of moments that carry none; None reads them as UTC. Moments that should
    have happened but lie after `now_s` are counted in `ahead`.
    """
    days = tuple(role for role, column in known.roles.items() if _is_day(con, table, known, column))
    parts = ["t.row"]
    for role, column in known.roles.items():
        parts += _expressions(con, table, known, role, column, zone, role in days)
    parts += _meaning(con, table, known)
    relation = f"staged_{src}"
    con.execute(f"CREATE TABLE {relation} AS SELECT {', '.join(parts)} FROM {table.relation} t")
    roles = frozenset(known.roles) | ({"means"} if "state" in known.roles else set())
    staged = Staged(
        src=src, file=table.name, shape=known.shape, relation=relation,
        raw=table.relation, roles=roles,
        rows=table.rows, kind=known.kind, key=_snapshot_key(known),
    )  # fmt: skip
    first, last, ahead = _span(con, staged, now_s)
    return Stage(staged, tuple(_unread(con, table, known, relation)), days, first, last, ahead)


def _expressions(
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
    known: Understanding,
    role: str,
    column: Column,
    zone: str | None,
    day: bool,
) -> list[str]:
    raw = _raw(column)
    kind = ROLES[role].kind
    if kind == "moment":
        return _moments(role, column, raw, zone, day)
    if kind == "duration":
        return [f"CAST(round({duration_sql(raw, column.durations)}) AS BIGINT) AS {role}_s"]
    if kind == "number":
        return [f"{_number(raw, column)} AS {role}"]
    if kind == "flag":
        return [f"{_flag(con, table, known, role, raw)} AS {role}"]
    if role == "consequence":
        own = known.words.consequence
        mapped = _mapped(con, table, raw, lambda text: own.get(text) or consequence_word(text))
        return [f"{mapped} AS consequence"]
    if role == "moved_by":
        asked = known.words.moved_by
        mapped = _mapped(con, table, raw, lambda text: asked.get(text) or party_word(text))
        return [f"{mapped} AS moved_by"]
    text = _text(raw)
    if role == "owner" and known.words.nobody:
        nobody = ", ".join(literal(word) for word in known.words.nobody)
        return [f"CASE WHEN {text} IN ({nobody}) THEN NULL ELSE {text} END AS owner"]
    return [f"{text} AS {quoted(role)}"]


def _moments(role: str, column: Column, raw: str, zone: str | None, day: bool) -> list[str]:
    """The end of something that was written without a time is the end of that day."""
    formats = column.formats
    if day:
        formats = tuple(replace(one, precision="day") for one in formats)
    zone = column.zone or zone
    start = moment_sql(raw, formats, zone)
    if role not in ENDS:
        return [f"{start} AS {role}_s"]
    if all(one.precision == "moment" for one in formats):
        return [f"{start} AS {role}_s", f"false AS {role}_day"]
    end = moment_sql(raw, formats, zone, day_end=True)
    return [f"{end} AS {role}_s", f"({end}) <> ({start}) AS {role}_day"]


def _raw(column: Column) -> str:
    raw = f"t.{quoted(column.key)}"
    if column.clock_key is None:
        return raw
    return f"concat_ws(' ', {raw}, t.{quoted(column.clock_key)})"


def _text(raw: str) -> str:
    text = f"trim(CAST({raw} AS VARCHAR))"
    return f"CASE WHEN {blank_sql(raw)} THEN NULL ELSE {text} END"


def _number(raw: str, column: Column) -> str:
    """Counts are sometimes written as yes and no."""
    number = number_sql(raw, column.numbers)
    if column.numbers.share >= 0.5:
        return number
    text = f"lower({_text(raw)})"
    return (
        f"coalesce({number}, CASE WHEN {text} IN ('true', 'yes', 'y', 'ja', 'oui', 'si', 'sì') "
        f"THEN 1.0 WHEN {text} IN ('false', 'no', 'n', 'nein', 'non', 'nee') THEN 0.0 END)"
    )


def _flag(
    con: duckdb.DuckDBPyConnection, table: RawTable, known: Understanding, role: str, raw: str
) -> str:
    def says(text: str) -> str | None:
        if role == "planned":
            word = known.words.planned.get(text, planned_word(text))
            return None if word is None else str(word)
        words = known.words.verdict if role == "verdict" else known.words.respond_verdict
        verdict = words.get(text) or (verdict_word(text) if not words else None)
        return {"kept": "True", "broken": "False"}.get(verdict or "")

    return f"CAST({_mapped(con, table, raw, says)} AS BOOLEAN)"


def _mapped(
    con: duckdb.DuckDBPyConnection, table: RawTable, raw: str, means: Callable[[str], str | None]
) -> str:
    """A CASE over the distinct words of a coded column; words without a meaning become NULL."""
    text = _text(raw)
    found = con.execute(
        f"SELECT {text} AS word, count(*) AS n FROM {table.relation} t "
        f"WHERE {text} IS NOT NULL GROUP BY 1 ORDER BY n DESC, word LIMIT {WORDS_MAPPED}"
    ).fetchall()
    known = [(word, meaning) for word, _ in found if (meaning := means(word)) is not None]
    if not known:
        return "CAST(NULL AS VARCHAR)"
    whens = " ".join(f"WHEN {literal(w)} THEN {literal(m)}" for w, m in known)
    return f"CASE {text} {whens} END"


def _meaning(
    con: duckdb.DuckDBPyConnection, table: RawTable, known: Understanding
) -> Iterable[str]:
    """What the state of a case means; the words of events are looked up later, by number."""
    if known.shape == "event" or "state" not in known.roles:
        return ["CAST(NULL AS VARCHAR) AS means"] if "state" in known.roles else []
    raw = _raw(known.roles["state"])
    if "substate" in known.roles:
        sub = _text(_raw(known.roles["substate"]))
        raw = f"concat_ws(' · ', {_text(raw)}, {sub})"
    speak = speaker(known)

    def state(text: str) -> str | None:
        word = speak(text)
        return None if word is None else word.state

    return [f"{_mapped(con, table, raw, state)} AS means"]


def speaker(known: Understanding) -> "Callable[[str], object]":
    """This will give the function that says what a word of this table's states means."""
    states, substates = known.words.state, known.words.substate

    def speak(text: str) -> object:
        first, _, second = text.partition(" · ")
        coarse = states.get(first) or state_word(first)
        if not second:
            return coarse
        return combine(coarse, substates.get(second) or state_word(second))

    return speak


def _is_day(
    con: duckdb.DuckDBPyConnection, table: RawTable, known: Understanding, column: Column
) -> bool:
    """A due date whose every value is midnight was a day before something gave it a time."""
    if column.role not in ENDS or not column.formats:
        return False
    if column.role in ("due", "first_due", "respond_due") and known.due_is is not None:
        return known.due_is == "day"
    if not all(one.precision == "moment" for one in column.formats):
        return False
    naive = tuple(MomentFormat(one.pattern, "moment", one.zone) for one in column.formats)
    moment = moment_sql(_raw(column), naive, None)
    row = con.execute(
        f"SELECT count(m), count(m) FILTER (WHERE m % 86400 <> 0) FROM "
        f"(SELECT {moment} AS m FROM {table.relation} t) d"
    ).fetchone()
    return bool(row and row[0] >= MIDNIGHTS_NEEDED and row[1] == 0)


def _snapshot_key(known: Understanding) -> tuple[str, ...]:
    return tuple(
        f"{name}_s" if ROLES[name].kind == "moment" else name
        for name in known.snapshot
        if name in known.roles
    )


def _span(
    con: duckdb.DuckDBPyConnection, staged: Staged, now_s: int
) -> tuple[int | None, int | None, int]:
    """First and last moment that has happened, and how many claim to have happened after now."""
    roles = [f'"{role}_s"' for role in HAPPENED if role in staged.roles]
    if not roles:
        return None, None, 0
    lows = ", ".join(f"min({role}) FILTER (WHERE {role} <= {now_s})" for role in roles)
    highs = ", ".join(f"max({role}) FILTER (WHERE {role} <= {now_s})" for role in roles)
    ahead = " + ".join(f"count(*) FILTER (WHERE {role} > {now_s})" for role in roles)
    row = con.execute(f"SELECT {lows}, {highs}, {ahead} FROM {staged.relation}").fetchone()
    assert row is not None  # an aggregate without groups always gives one row
    firsts = [value for value in row[: len(roles)] if value is not None]
    lasts = [value for value in row[len(roles) : -1] if value is not None]
    return min(firsts, default=None), max(lasts, default=None), int(row[-1])


def _unread(
    con: duckdb.DuckDBPyConnection, table: RawTable, known: Understanding, relation: str
) -> Iterable[Unread]:
    for role, column in known.roles.items():
        kind = ROLES[role].kind
        if kind not in ("moment", "duration", "number", "flag"):
            continue
        name = quoted(f"{role}_s" if kind in ("moment", "duration") else role)
        lost = (
            f"FROM {relation} s JOIN {table.relation} t ON t.row = s.row "
            f"WHERE s.{name} IS NULL AND NOT ({blank_sql(_raw(column))})"
        )
        if known.shape == "event" and role != "event_at" and table.rows > 1_000_000:
            continue
        number = count(con, f"SELECT count(*) {lost}")
        if number:
            rows = con.execute(f"SELECT t.row {lost} ORDER BY t.row LIMIT 5").fetchall()
            yield Unread(role, column.header, column.key, number, tuple(r for (r,) in rows))


def unread_values(
    con: duckdb.DuckDBPyConnection, table: RawTable, found: Unread
) -> Sequence[tuple[int, str]]:
    """This will give the rows of an Unread with their values as written."""
    rows = ", ".join(map(str, found.rows))
    return con.execute(
        f"SELECT t.row, CAST(t.{quoted(found.key)} AS VARCHAR) FROM {table.relation} t "
        f"WHERE t.row IN ({rows}) ORDER BY t.row"
    ).fetchall()
