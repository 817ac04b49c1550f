"""The log of the record's cases: events and changes of the owner, in order, as arrays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.record.cases.rules import BESIDE, LISTED, Word
from wellkept.record.sources.words import StateWord
from wellkept.study.facts.events import NO_WORD
from wellkept.study.facts.ordering import order_by
from wellkept.study.facts.staged import in_order
from wellkept.study.facts.walking import Log

HELD = """
    SELECT case_id, from_s AS at_s, CAST(coalesce(person_id, -1) AS INTEGER) AS owner_no,
      CAST(coalesce(t.no, -1) AS INTEGER) AS team_no,
      CAST(CASE WHEN how <> 'imported' THEN coalesce(person_id, -1) ELSE -1 END AS INTEGER)
        AS named_no, 2 * a.id AS place
    FROM r_assignment a LEFT JOIN team_place t ON t.id = a.team_id
      LEFT JOIN r_assignment_words w ON w.no = a.said"""
LEFT = """
    UNION ALL
    SELECT case_id, until_s, -1, CAST(coalesce(t.no, -1) AS INTEGER), -1, 2 * a.id + 1 FROM (
      SELECT *, lead(from_s) OVER (PARTITION BY case_id ORDER BY from_s, id) AS next_s
      FROM r_assignment) a LEFT JOIN team_place t ON t.id = a.team_id
    WHERE until_s IS NOT NULL AND next_s IS DISTINCT FROM until_s"""
"""Changes of the owner; an end that nobody follows leaves it to nobody."""

OWNING = (Word.OFFERED, Word.DECLINED, Word.OWNED, Word.OWNERLESS)
"""Words whose person is somebody asked, or an owner whom an assignment names too."""
BEGUN_BY_LIST = f"{LISTED}{Word.REPORTED}"
REPORTS = (Word.REPORTED, f"{BESIDE}{Word.REPORTED}", BEGUN_BY_LIST)
Columns = Mapping[str, NDArray[Any]]


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
    """The log of some cases, and beside each of its rows whom the row itself names, -1 if nobody.

    `report_known`, of each case: whether anything tells that it was reported then, else it is the
    first thing heard.
    """

    log: Log
    named_no: NDArray[Any]
    report_known: NDArray[np.bool_]


class Logs:
    """What happened to all cases, in the order of case, moment and number.

    `case_ids`: the cases; everywhere else a case is its place among these. `events`: `case`,
    `at_s`, `word_no`, `named_no`, and `place`, where it stands in `r_case_event`. `held`: changes
    of the owner, with `case`, `at_s`, `owner_no`, `team_no`, `named_no`, and `place`, odd where
    somebody left it. `holder`: under which of these each event happened, -1 for none; known of
    cases that `between` was asked for. `owned`: somebody owns a case that only a list knows.
    """

    def __init__(self, case_ids: NDArray[np.int64], events: Columns, held: Columns,
                 words: list[Meant]) -> None:  # fmt: skip
        """Remember all of it."""
        self.case_ids, self.events, self.held = case_ids, events, held
        self._reports = _which(words, lambda one: one.word in REPORTS)
        self._beside = _which(words, lambda one: one.beside)
        self._listed = _which(words, lambda one: one.listed)
        self._logged, self._begun = self._of_logs(_which(words, _begins))
        in_log = np.array(True) if self._logged is None else self._logged[held["case"]]
        self.has_owner, self.has_team = (
            bool(np.any((held[name] >= 0) & in_log)) for name in ("owner_no", "team_no")
        )
        self.owned = bool(np.any((held["owner_no"] >= 0) & ~in_log))
        self.holder = np.full(events["case"].size, -1, np.int32)

    def _of_logs(
        self, begins: NDArray[np.bool_]
    ) -> tuple[NDArray[np.bool_] | None, NDArray[np.bool_] | None]:
        """Which cases have a log, and of which what a list says begins it; None: no list speaks.

        It does of a case that a list brought, where work goes on here.
        """
        if not np.any(self._listed):
            return None, None
        case, word = self.events["case"], self.events["word_no"]
        logged, brought = (np.zeros(self.case_ids.size, bool) for _ in range(2))
        logged[case[~self._beside[word] & ~self._listed[word]]] = True
        brought[case[begins[word]]] = True
        return logged, logged & brought

    @property
    def rows(self) -> int:
        """How long the log is at most."""
        return int(self.events["case"].size + self.held["case"].size)

    def between(self, first: int, after: int) -> Told:
        """This will give the log of the cases from one place to before another.

        Every event stands under who held the case then. Of one moment events come first, then
        changes of the owner; the log numbers its cases from zero.
        """
        here, there = (
            slice(*np.searchsorted(one["case"], np.array((first, after), np.int32)).tolist())
            for one in (self.events, self.held)
        )
        happened = {name: values[here] for name, values in self.events.items()}
        held = {name: values[there] for name, values in self.held.items()}
        events = happened["case"].size
        case, at = (np.concatenate([happened[name], held[name]]) for name in ("case", "at_s"))
        order = order_by(case, at)
        case, at, change = case[order] - first, at[order], order - events
        word = np.concatenate([happened["word_no"], np.full(change.size - events, -1, np.int32)])
        named = np.concatenate([happened["named_no"], held["named_no"]])[order]
        word, is_event = word[order], change < 0
        self.holder[here] = _under(case, at, change, held["place"], there.start)[is_event]
        report_known = np.zeros(after - first, bool)
        report_known[case[is_event & self._reports[word]]] = True
        last = _last(case, ~is_event)
        owner, team = (
            np.where(last >= 0, held[name][change[last]], np.int32(-1)) if held[name].size
            else np.full(case.size, -1, np.int32) for name in ("owner_no", "team_no")
        )  # fmt: skip
        keep = self._in_log(case + first, word, is_event)
        log = Log(
            case_no=case[keep],
            event_s=at[keep],
            word_no=word[keep],
            owner_no=owner[keep],
            team_no=team[keep],
            has_owner=self.has_owner,
            has_team=self.has_team,
        )
        return Told(log, named[keep], report_known)

    def _in_log(
        self, case: NDArray[np.int32], word: NDArray[Any], is_event: NDArray[np.bool_]
    ) -> Any:
        """Which rows are of a log: none that a list tells, but where they begin one."""
        if self._logged is None or self._begun is None:
            return ~(is_event & self._beside[word]) if np.any(self._beside) else slice(None)
        told = self._beside[word] | (self._listed[word] & ~self._begun[case])
        return np.where(is_event, ~told, self._logged[case])


def _begins(one: Meant) -> bool:
    return one.word == BEGUN_BY_LIST


def log_of(con: duckdb.DuckDBPyConnection, words: list[Meant]) -> Logs:
    """This will put events and changes of the owner in order, of the cases that there are."""
    ids = np.sort(con.execute("SELECT id FROM r_case").fetchnumpy()["id"])
    case, at = _numbered(event_column(con, "case_id"), ids), event_column(con, "at_s")
    order = order_by(case, at, event_column(con, "id"))
    case = case[order]
    begin = int(np.searchsorted(case, 0))  # those before are of cases that there are not
    order = order[begin:]
    word = event_column(con, "CAST(said AS INTEGER)")[order]
    asked = _which(words, lambda one: one.word in OWNING)[word]
    person = event_column(con, "CAST(coalesce(person_id, -1) AS INTEGER)")[order]
    events = {
        "case": case[begin:],
        "at_s": at[order],
        "word_no": word,
        "named_no": np.where(asked, np.int32(-1), person),
        "place": order,
    }
    return Logs(ids, events, _held(con, ids), words)


def event_column(con: duckdb.DuckDBPyConnection, expression: str) -> NDArray[Any]:
    """This will give one column of all events in the order in which they are kept."""
    with in_order(con):
        found = con.execute(f"SELECT {expression} AS v FROM r_case_event").fetchnumpy()
    return np.asarray(found["v"])


def _held(con: duckdb.DuckDBPyConnection, ids: NDArray[np.int64]) -> Columns:
    """Changes of the owner in their order; teams by their place among all."""
    con.execute(
        "CREATE TABLE team_place AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS no "
        "FROM r_team"
    )
    ended = con.execute("SELECT count(until_s) FROM r_assignment").fetchone()
    rows = f"{HELD}{LEFT if ended and ended[0] else ''}"
    held = con.execute(f"FROM ({rows}) h ORDER BY place").fetchnumpy()
    held["case"] = _numbered(held.pop("case_id"), ids)
    order = order_by(held["case"], held["at_s"])
    order = order[np.searchsorted(held["case"][order], 0) :]
    return {name: values[order] for name, values in held.items()}


def _which(words: list[Meant], said: Callable[[Meant], bool]) -> NDArray[np.bool_]:
    """Of which words something is true, by their numbers; of no word, the last one, nothing is."""
    return np.array([*map(said, words), False], bool)


def _numbered(case_id: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.int32]:
    """The places of cases among all, -1 for those that there are not."""
    if not ids.size:
        return np.full(case_id.size, -1, np.int32)
    if ids[0] >= 0 and ids[-1] < 4 * ids.size + 1000:  # looked up in one step
        places = np.full(int(ids[-1]) + 2, -1, np.int32)
        places[ids] = np.arange(ids.size, dtype=np.int32)
        return places[np.clip(case_id, -1, ids[-1] + 1)]  # the last one is nobody
    found = np.minimum(np.searchsorted(ids, case_id), ids.size - 1).astype(np.int32)
    found[ids[found] != case_id] = -1
    return found


def _last(case: NDArray[Any], here: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Of each row the last one of its case, up to it, of which `here` is true; -1 for none."""
    last = np.maximum.accumulate(np.where(here, np.arange(case.size), -1))
    last[case[last] != case] = -1
    return last


def _under(
    case: NDArray[Any], at: NDArray[Any], change: NDArray[Any], place: NDArray[Any], first: int
) -> NDArray[np.int64]:
    """Under which holder each row happened, one who took the case at its very moment too."""
    took = change >= 0
    took[took] = place[change[took]] % 2 == 0
    ends = np.append((case[1:] != case[:-1]) | (at[1:] != at[:-1]), True)[: case.size]
    at_once = np.cumsum(ends) - ends
    last = _last(case, took)[np.flatnonzero(ends)[at_once]]
    return np.where(last >= 0, first + change[last], -1)
