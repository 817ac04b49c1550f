"""Logs read into arrays: who did what to which case, and when, as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.field_changes import BEFORE
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import NOT_SAID, Staged, in_order
from wellkept.study.facts.stretches import NOBODY, Stretches, may_be_found, sorted_by_case
from wellkept.study.facts.walking import UNSAID, Log

BETWEEN = "chr(31)"
NOUNS = ("word", "owner", "team")
MOST_LISTED, MOST_CODED = 32, 2000
"""Different texts up to which a list is looked through: by each event, or once for each text."""

Arrays = dict[str, NDArray[Any]]
Early = Mapping[int, Future[Arrays]]
"""Logs that are read beside other work, by their source: their events without a case."""


@contextmanager
def reading_early(
    con: duckdb.DuckDBPyConnection, logs: Sequence[Staged], until_s: int, known_s: int | None
) -> Iterator[Early]:
    """This will begin to read a log of which the cases may be found by stretches.

    Its texts must be numbered. To number the cases takes as long, by one processor each.
    """
    if len(logs) != 1 or not may_be_found(con, logs[0]):
        yield {}
        return
    own = con.cursor()
    with in_order(con), ThreadPoolExecutor(1) as beside:
        reads = beside.submit(_read, own, logs[0], until_s, known_s)
        yield {logs[0].src: reads}
        reads.cancel()


def _before(
    con: duckdb.DuckDBPyConnection, logs: Sequence[Staged], until_s: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who had a case when its first event, a change of owner, took it away."""
    case, number = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for s in logs:
        found = con.execute(
            f"SELECT c.case_no, o.no FROM (SELECT *, row_number() OVER (PARTITION BY case_id_raw "
            f"ORDER BY event_at_s, row) AS nth FROM {s.relation} "
            f"WHERE event_at_s <= {until_s}) s JOIN case_key c ON c.raw = s.case_id_raw "
            f"JOIN owner_number o ON o.text = {s.clean('owner', 's.' + BEFORE)} "
            "WHERE s.nth = 1 GROUP BY ALL"
        ).fetchnumpy()
        case = np.concatenate([case, found["case_no"]])
        number = np.concatenate([number, found["no"]])
    return case, number


def read_log(
    con: duckdb.DuckDBPyConnection,
    logs: Sequence[Staged],
    together: Mapping[int, Stretches],
    early: Early | None,
    until_s: int,
    known_s: int | None,
) -> Log:
    """This will give all events by case and moment; those of one moment as they were written."""
    reads = early or {}
    parts = [_events(con, s, together.get(s.src), reads.get(s.src), until_s, known_s) for s in logs]
    found = sorted_by_case(parts)
    before_case, before_no = _before(con, [s for s in logs if s.carries], until_s)
    return Log(
        **found,
        has_owner=bool(np.any(found["owner_no"] >= 0)),
        has_team=bool(np.any(found["team_no"] >= 0)),
        before_case=before_case,
        before_no=before_no,
    )


def _events(
    con: duckdb.DuckDBPyConnection,
    s: Staged,
    stretches: Stretches | None,
    reads: Future[Arrays] | None,
    until_s: int,
    known_s: int | None,
) -> Arrays:
    """The events of one log, with their rows and cases."""
    if stretches is None:
        return _read(con, s, until_s, known_s, by_itself=True)
    events = _read(con, s, until_s, known_s) if reads is None else reads.result()
    case_no = stretches.of(events["row"])
    events["case_no"] = case_no
    named = case_no != NOBODY
    return events if np.all(named) else {name: one[named] for name, one in events.items()}


def _read(
    con: duckdb.DuckDBPyConnection,
    s: Staged,
    until_s: int,
    known_s: int | None,
    *,
    by_itself: bool = False,
) -> Arrays:
    """The events of one log, with their rows; with the case of each where it is looked up."""
    numbers = {noun: _number(con, s, noun) for noun in NOUNS}
    items = [
        "s.row, s.event_at_s AS event_s",
        f"{numbers['word'].number} AS word_no",
        f"{owner_no(s, numbers['owner'].number)} AS owner_no",
        f"{numbers['team'].number} AS team_no",
    ]
    joins = [one.join for one in numbers.values()]
    if by_itself:
        items.append("c.case_no")
        joins.append("JOIN case_key c ON c.raw = s.case_id_raw")
    with in_order(con):
        return con.execute(
            f"SELECT {', '.join(items)} FROM {s.relation} s {' '.join(joins)} "
            f"WHERE {happened(s, until_s, known_s)}"
        ).fetchnumpy()


@dataclass(frozen=True, slots=True)
class Looked:
    """How the number of what was written is found: an expression, and a join if it needs one."""

    number: str
    join: str = ""


def _number(con: duckdb.DuckDBPyConnection, s: Staged, noun: str) -> Looked:
    """Few texts, or texts that the file itself numbers, are found in a list; others by a join."""
    if role_of(s, noun) is None:
        return Looked("CAST(-1 AS INTEGER)")
    raw = key_of(s, noun)
    most = MOST_CODED if s.coded and raw.startswith("s.") else MOST_LISTED
    found = con.execute(
        f"SELECT raw, no FROM {noun}_number ORDER BY no, raw LIMIT {most + 1}"
    ).fetchall()
    if len(found) > most:
        one = noun[0]
        return Looked(
            f"coalesce({one}.no, -1)", f"LEFT JOIN {noun}_number {one} ON {one}.raw = {raw}"
        )
    if not found:
        return Looked("CAST(-1 AS INTEGER)")
    place = f"coalesce(list_position([{', '.join(literal(text) for text, _ in found)}], {raw}), 0)"
    numbers = [no for _, no in found]
    if numbers == list(range(len(numbers))):
        return Looked(f"{place} - 1")
    return Looked(f"list_extract([-1, {', '.join(map(str, numbers))}], {place} + 1)")


def key_of(s: Staged, noun: str, alias: str = "s.") -> str:
    """This will say what was written of a noun, as one text to look it up by.

    NULL if the log has no such role.

    The word of an event is its state, with the finer state where there is one.
    """
    if noun == "word" and {"state", "substate"} <= s.roles:
        state, sub = f"{alias}state_raw", f"{alias}substate_raw"
        return f"concat(coalesce({state}, ''), {BETWEEN}, coalesce({sub}, ''))"
    role = role_of(s, noun)
    return f"{alias}{role}_raw" if role else "CAST(NULL AS VARCHAR)"


def role_of(s: Staged, noun: str) -> str | None:
    """This will name the role that tells of a noun in a log."""
    choice = {"word": ("state", "substate"), "owner": ("owner", "actor"), "team": ("team",)}[noun]
    return next((role for role in choice if role in s.roles), None)


def happened(s: Staged, until_s: int, known_s: int | None) -> str:
    """This will give the condition under which a row of a log happened, and was known."""
    known = s.moment("changed")
    later = "" if known_s is None else f" AND coalesce({known}, {known_s}) <= {known_s}"
    return f"s.event_at_s IS NOT NULL AND s.event_at_s <= {until_s}{later}"


def owner_no(s: Staged, named: str) -> str:
    """This will number an owner: -1 is nobody, UNSAID that the log does not say."""
    if not s.carries:
        return named
    return f"CASE WHEN {key_of(s, 'owner')} = {NOT_SAID} THEN {UNSAID} ELSE {named} END"
