"""The log of the record's cases: events and changes of the owner, in order, as arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.record.cases.rules import BESIDE, LISTED, Word
from wellkept.record.sources.words import StateWord
from wellkept.study.facts.events import NO_WORD
from wellkept.study.facts.ordering import order_by
from wellkept.study.facts.walking import Log

LOGGED = {
    "id": "id",
    "case_id": "case_id",
    "at_s": "at_s",
    "said": "said",
    "person_no": "CAST(coalesce(person_id, -1) AS INTEGER)",
}
"""What of an event goes into the log; each is fetched by itself, to hold little at once."""
HELD = """
    SELECT case_id, from_s AS at_s, CAST(coalesce(person_id, -1) AS INTEGER) AS owner_no,
      CAST(coalesce(team_id, -1) AS INTEGER) AS team_no,
      CAST(CASE WHEN how <> 'imported' THEN coalesce(person_id, -1) ELSE -1 END AS INTEGER)
        AS named_no, 2 * id AS place
    FROM r_assignment LEFT JOIN r_assignment_words ON no = said"""
LEFT = """
    UNION ALL
    SELECT case_id, until_s, -1, CAST(coalesce(team_id, -1) AS INTEGER), -1, 2 * id + 1 FROM (
      SELECT *, lead(from_s) OVER (PARTITION BY case_id ORDER BY from_s, id) AS next_s
      FROM r_assignment) a
    WHERE until_s IS NOT NULL AND next_s IS DISTINCT FROM until_s"""
"""Changes of the owner; an end that nobody follows leaves it to nobody."""

OWNING = (Word.OFFERED, Word.DECLINED, Word.OWNED, Word.OWNERLESS)
"""Words whose person is somebody asked, or an owner whom an assignment names too."""
BEGUN_BY_LIST = f"{LISTED}{Word.REPORTED}"
REPORTS = (Word.REPORTED, f"{BESIDE}{Word.REPORTED}", BEGUN_BY_LIST)


@dataclass(frozen=True, slots=True)
class Meant:
    """A word that events carry, what it means, and whether the customer agreed.

    `beside`: a list said so, no log; `listed`: as `beside`, and it moves the case.
    """

    word: str = ""
    means: StateWord = NO_WORD
    agreed: bool = False
    beside: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The log of all cases, and beside each of its rows whom the row itself names, -1 if nobody.

    `case_ids` are the cases by the number that the log gives them; of each of them `report_known`:
    whether anything tells that it was reported then, else it is the first thing heard. `owned`:
    somebody owns a case that only a list knows.
    """

    log: Log
    named_no: NDArray[Any]
    case_ids: NDArray[np.int64]
    report_known: NDArray[np.bool_]
    owned: bool


def log_of(con: duckdb.DuckDBPyConnection, words: list[Meant]) -> Told:
    """This will give the log in the order of time, every event under who held the case then.

    What lists say is no part of it, but where work goes on here on a case that a list brought.
    """
    ids = np.sort(con.execute("SELECT id FROM r_case").fetchnumpy()["id"])
    by, column = _by_id(con)
    case, known = _numbered(column("case_id")[by], ids)
    said = column("said")[by]
    report_known = np.zeros(ids.size, bool)
    report_known[case[known & _which(words, lambda one: one.word in REPORTS)[said]]] = True
    known &= ~_which(words, lambda one: one.beside)[said]
    logged = _only_logged(words, case, said, known, ids.size)
    kept: Any = slice(None) if np.all(known) else known
    asked = _which(words, lambda one: one.word in OWNING)[said]
    happened = [case[kept], column("at_s")[by][kept], said[kept]]
    happened.append(np.where(asked, np.int32(-1), column("person_no")[by])[kept])
    del case, known, said, asked, kept, by
    ended = con.execute("SELECT count(until_s) FROM r_assignment").fetchone()
    held = con.execute(
        f"FROM ({HELD}{LEFT if ended and ended[0] else ''}) h ORDER BY place"
    ).fetchnumpy()
    whose, known = _numbered(held.pop("case_id"), ids)
    owned = False
    if logged is not None:
        owned = bool(np.any(held["owner_no"][known & ~logged[whose]] >= 0))
        known &= logged[whose]
    held = {name: values[known] for name, values in held.items()}
    return _in_order(happened, whose[known], held, ids, report_known, owned=owned)


def _only_logged(
    words: list[Meant],
    case: NDArray[np.int32],
    said: NDArray[Any],
    known: NDArray[np.bool_],
    cases: int,
) -> NDArray[np.bool_] | None:
    """Take out of `known` what lists say; gives which cases have a log, None if no list speaks.

    Of a case that a list brought, and on which work goes on here, what the list says begins the
    log.
    """
    if not any(one.listed for one in words):
        return None
    listed = _which(words, lambda one: one.listed)[said] & known
    brought, logged = np.zeros(cases, bool), np.zeros(cases, bool)
    brought[case[listed & _which(words, lambda one: one.word == BEGUN_BY_LIST)[said]]] = True
    logged[case[known & ~listed]] = True
    known &= ~listed | (brought & logged)[case]
    return logged


def _by_id(
    con: duckdb.DuckDBPyConnection,
) -> tuple[NDArray[np.int64], Callable[[str], NDArray[Any]]]:
    """The order of events by their number, and what gives one of their columns."""

    def column(name: str) -> NDArray[Any]:
        con.execute("SET preserve_insertion_order = true")  # all columns in one order
        try:
            found = con.execute(f"SELECT {LOGGED[name]} AS v FROM r_case_event").fetchnumpy()
        finally:
            con.execute("SET preserve_insertion_order = false")
        return np.asarray(found["v"])

    return order_by(column("id")), column


def _which(words: list[Meant], said: Callable[[Meant], bool]) -> NDArray[np.bool_]:
    """Of which words something is true, by their numbers."""
    return np.array([said(one) for one in words], bool)


def _numbered(
    case_id: NDArray[np.int64], ids: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The places of cases among all, and which of them there are."""
    if not ids.size:
        return np.zeros(case_id.size, np.int32), np.zeros(case_id.size, bool)
    if ids[0] >= 0 and ids[-1] < 4 * ids.size + 1000:  # looked up in one step
        places = np.full(int(ids[-1]) + 2, -1, np.int32)
        places[ids] = np.arange(ids.size, dtype=np.int32)
        found = places[np.clip(case_id, -1, ids[-1] + 1)]  # the last one is nobody
    else:
        found = np.minimum(np.searchsorted(ids, case_id), ids.size - 1).astype(np.int32)
        found[ids[found] != case_id] = -1
    return found, found >= 0


def _in_order(
    happened: list[NDArray[Any]],
    whose: NDArray[np.int32],
    held: dict[str, NDArray[Any]],
    ids: NDArray[np.int64],
    report_known: NDArray[np.bool_],
    *,
    owned: bool,
) -> Told:
    """Events and changes of the owner in one log: of one moment events first, then by number.

    `happened`: the case, moment, word and named person of each event, in the order of numbers.
    """
    named, word, at, case = (happened.pop() for _ in range(4))
    events = case.size
    case, at = np.concatenate([case, whose]), np.concatenate([at, held["at_s"]])
    order = order_by(case, at)
    case, at = case[order], at[order]
    word = np.concatenate([word, np.full(whose.size, -1, np.int32)])[order]
    named = np.concatenate([named, held["named_no"]])[order]
    owner, team = (_held_by(case, order, held[name], events) for name in ("owner_no", "team_no"))
    log = Log(
        case_no=case,
        event_s=at,
        word_no=word,
        owner_no=owner,
        team_no=team,
        has_owner=bool(np.any(owner >= 0)),
        has_team=bool(np.any(team >= 0)),
    )
    return Told(log, named, ids, report_known, owned)


def _held_by(
    case: NDArray[Any], order: NDArray[np.int64], holder: NDArray[Any], events: int
) -> NDArray[Any]:
    """Carry each holder on to the events that follow; -1 before anybody held the case.

    `order` says which event, or which of the holders after all events, stands at each place.
    """
    found = np.full(case.size, -1, np.int32)
    if not case.size:
        return found
    places = np.arange(case.size, dtype=np.int32)
    last = np.maximum.accumulate(np.where(order >= events, places, np.int32(-1)))
    known = (last >= 0) & (case[np.maximum(last, 0)] == case)
    found[known] = holder[order[last[known]] - events]
    return found
