"""Cases, events and holdings from the record: its logs walked as any other log is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.methods.histories import NEVER, holders
from wellkept.record.cases.rules import (
    BESIDE,
    HANDED_ON,
    LEADS_TO,
    LISTED,
    WENT_BACK,
    WaitingOn,
    Word,
    moves_as,
)
from wellkept.record.sources.words import StateWord
from wellkept.study.facts import kept, record_events
from wellkept.study.facts.events import WALKED, flags
from wellkept.study.facts.record_cut import Cut
from wellkept.study.facts.record_logs import BEGUN_BY_LIST, Logs, Meant, Told, log_of
from wellkept.study.facts.record_reading import within
from wellkept.study.facts.record_registers import KNOWN, WHO
from wellkept.study.facts.staged import count
from wellkept.study.facts.tables import CASE
from wellkept.study.facts.walking import Log, Words, side_by_side, walk

CASES = """
    SELECT CAST(r.id AS INTEGER) AS case_no,
      concat('C-', lpad(CAST(r.id AS VARCHAR), 6, '0')) AS case_id, r.about, {who},
      {owner} AS owner, t.name AS team, w.state,
      r.reported_s, r.occurred_s,
      coalesce(b.acknowledged_s, CASE WHEN h.brought OR k.w_first_s IS NULL THEN {told_responded}
        WHEN k.w_report_known THEN k.w_answered_s END) AS responded_s,
      coalesce(b.restored_s, k.w_restored_s, CASE WHEN k.w_first_s IS NULL THEN {told_restored}
        END) AS restored_s,
      CASE WHEN k.w_cancelled_s IS NULL THEN {over} END AS resolved_s,
      CASE WHEN k.w_first_s IS NULL THEN {told_closed}
           WHEN k.w_final_s IS NOT NULL THEN coalesce(b.closed_s, k.w_closed_s)
           WHEN b.ends THEN {told_closed} END AS closed_s,
      coalesce(k.w_cancelled_s, {told_cancelled}) AS cancelled_s,
      {by_closing} AS resolved_by_closing, contains(w.doubt, 'end_un') AS ended_unknown,
      CASE WHEN b.case_id IS NULL THEN {told_responded} ELSE b.acknowledged_s END
        AS told_responded_s,
      CASE WHEN b.case_id IS NULL THEN {told_restored} ELSE b.restored_s END AS told_restored_s,
      CASE WHEN b.case_id IS NULL THEN {told_resolved} ELSE b.resolved_s END AS told_resolved_s,
      CASE WHEN b.case_id IS NULL THEN {told_closed} ELSE b.closed_s END AS told_closed_s,
      coalesce(k.w_first_ended_s, CASE WHEN k.w_first_s IS NULL THEN {over} END) AS first_ended_s,
      CAST(coalesce({reopened}, b.went_back, CASE WHEN b.reopened_s IS NOT NULL THEN 1 END)
        AS INTEGER) AS reopened, coalesce(k.w_reopened_s, b.reopened_s) AS reopened_s,
      CAST(coalesce(k.w_handoffs, b.handed_on) AS INTEGER) AS handoffs,
      CAST(k.w_bounces AS INTEGER) AS bounces, k.w_ownerless_s AS ownerless_s,
      coalesce(k.w_ownerless_now, {names_owners} AND r.owner_id IS NULL AND {over} IS NULL
        AND {told_cancelled} IS NULL AND NOT contains(w.doubt, 'end_un')) AS ownerless_now,
      k.w_paused_s AS paused_s, k.w_agreed_s AS pauses_acknowledged_s,
      greatest(coalesce(k.w_open_s + greatest(k.w_first_s - r.reported_s, 0),
        least(coalesce({over}, {told_cancelled}, {until_s}), {until_s})
          - r.reported_s), 0) AS open_s,
      k.w_last_s AS last_heard_s,
      coalesce({over}, k.w_cancelled_s, {told_cancelled}) IS NOT NULL AS settled,
      r.recorded_s AS known_s, CAST(0 AS SMALLINT) AS src, r.id AS row
    FROM r_case r {known}
      LEFT JOIN walked k ON k.case_id = r.id
      LEFT JOIN told_last b ON b.case_id = r.id
      LEFT JOIN (FROM told_beside WHERE brought) h ON h.case_id = r.id
      LEFT JOIN r_team t ON t.id = r.team_id
      LEFT JOIN r_case_words w ON w.no = r.said"""

HOLDINGS = """
    CREATE VIEW holding AS
    SELECT n.case_no, a.from_s, a.until_s AS to_s, CAST(a.person_id AS VARCHAR) AS owner,
      t.name AS team
    FROM r_assignment a JOIN case_number n ON n.id = a.case_id
      LEFT JOIN r_team t ON t.id = a.team_id"""

STATES = (Word.REPORTED, Word.RESOLVED)
"""Words that are states to a log, whatever they lead to here: a log may go back to the first."""
BY_CLOSING = (
    "b.case_id IS NOT NULL AND b.resolved_s IS NULL AND k.w_cancelled_s IS NULL "
    "AND {over} IS NOT NULL"
)
TOLD = (Word.ACKNOWLEDGED, Word.RESTORED, Word.RESOLVED, Word.CLOSED, Word.CANCELLED)


BESIDE_LOGS = "150MB"
"""What the engine may hold while the log lies in memory: it is read once, and in order."""
UNUSED = ("last_word", "last_team", "begins_reported")
"""What a walk tells that the record knows better."""

Speaks = frozenset[str]
"""What the logs of a record tell at all: `owner`, `team`, `wait` (for the customer), `agreed`,
`end`; and `list`: lists name owners."""


def build(
    con: duckdb.DuckDBPyConnection, cut: Cut, speaks: Speaks = frozenset()
) -> tuple[int, Speaks]:
    """This will make the case, event and holding facts.

    Gives the number of events and what the logs tell; `speaks` is what they are known to tell
    where these are some of them.
    """
    con.execute("CREATE VIEW case_number AS SELECT id, CAST(id AS INTEGER) AS case_no FROM r_case")
    words = _words(con)
    _told_beside(con)
    speaks = _walked(con, words, cut, speaks)
    con.execute(
        "CREATE VIEW told_last AS SELECT b.* FROM told_beside b LEFT JOIN walked k USING (case_id) "
        "WHERE NOT coalesce(k.w_last_left_s > b.told_s, false)"
    )
    tells = count(con, "SELECT count(resolved_s) FROM told_beside") > 0
    kept.keep(con, CASE, _cases(cut, speaks, tells_resolving=tells))
    con.execute(HOLDINGS)
    con.execute("CREATE TABLE told_handoffs (handoffs BIGINT)")
    found = con.execute("SELECT count(*) FROM r_case_event").fetchone()
    return (0 if found is None else int(found[0])), speaks


def _cases(cut: Cut, speaks: Speaks, *, tells_resolving: bool) -> str:
    """`tells_resolving`: lists say when cases were resolved; of some they know an end alone."""
    over = (
        "CASE WHEN k.w_first_s IS NULL OR (k.w_final_s IS NULL AND b.ends) THEN {column} WHEN "
        "b.resolved_s >= coalesce(k.w_last_left_s, b.resolved_s) AND k.w_final_s IS NOT NULL "
        "THEN b.resolved_s ELSE k.w_final_s END"
    )
    column = "coalesce(r.resolved_s, CASE WHEN r.cancelled_s IS NULL THEN r.closed_s END)"
    told = {
        "told_responded": "acknowledged_s",
        "told_restored": "restored_s",
        "told_resolved": "resolved_s",
        "told_closed": "closed_s",
        "told_cancelled": "cancelled_s",
    }
    blank = "CAST(NULL AS BIGINT)"
    told = {  # present columns do not say when they were written down
        name: f"CASE WHEN r.{moment} <= {cut.until_s} THEN r.{moment} END"
        if cut.known_s is None
        else blank
        for name, moment in told.items()
    }
    if cut.known_s is not None:
        column = blank
    return CASES.format(
        who=WHO,
        known=KNOWN,
        owner="CAST(CASE WHEN k.w_first_s IS NULL THEN r.owner_id ELSE nullif(k.w_last_owner, -1) "
        "END AS VARCHAR)",
        reopened="k.w_reopened" if "end" in speaks else "CASE WHEN h.brought THEN k.w_reopened END",
        by_closing=BY_CLOSING.format(over=over.format(column=column))
        if tells_resolving
        else "false",
        names_owners="true" if "list" in speaks else "false",
        over=over.format(column=column),
        until_s=cut.until_s,
        **told,
    )


def _words(con: duckdb.DuckDBPyConnection) -> list[Meant]:
    """Say what each number of a word means; a word that no event carries says nothing."""
    con.execute(
        "CREATE TABLE word_number AS SELECT no, word, state, waiting_on, acknowledged, "
        f"starts_with(word, '{BESIDE}') AS beside, starts_with(word, '{LISTED}') AS listed, "
        f"{_count_of(WENT_BACK)} AS went_back, {_count_of(HANDED_ON)} AS handed_on, "
        "CAST(NULL AS VARCHAR) AS means "
        "FROM r_case_event_words WHERE no IN (SELECT DISTINCT said FROM r_case_event)"
    )
    found = con.execute(
        "SELECT no, word, state, waiting_on, acknowledged, beside, listed FROM word_number "
        "ORDER BY no"
    ).fetchall()
    words = [Meant() for _ in range(1 + max((row[0] for row in found), default=-1))]
    for no, word, state, waits, agreed, beside, listed in found:
        words[no] = Meant(word, _means(moves_as(word), state, waits), bool(agreed), beside, listed)
    means = [(one.means.state, no) for no, one in enumerate(words) if one.means.state]
    if means:
        con.executemany("UPDATE word_number SET means = ? WHERE no = ?", means)
    return words


def _count_of(begins: str) -> str:
    """How often something happened, where a list counts it."""
    return (
        f"CASE WHEN starts_with(word, '{begins}') "
        f"THEN TRY_CAST(substr(word, {len(begins) + 1}) AS INTEGER) END"
    )


def _told_beside(con: duckdb.DuckDBPyConnection) -> None:
    """What lists said of cases, one row per case; the last word counts.

    `brought`: nothing else told of it; `ends`: it ended the case here. What was said beside a log
    before work began again here is not true any more.
    """
    said = ", ".join(
        f"max(at_s) FILTER (WHERE word IN ('{BESIDE}{word}', '{LISTED}{word}')) AS {word}_s"
        for word in (Word.REPORTED.value, *(one.value for one in TOLD))
    )
    con.execute(
        f"CREATE TABLE told_beside AS SELECT case_id, max(recorded_s) AS told_s, {said}, "
        f"coalesce(bool_or(word IN ('{LISTED}resolved', '{LISTED}closed')), false) AS ends, "
        f"coalesce(bool_or(word = '{BEGUN_BY_LIST}'), false) AS brought, "
        f"min(at_s) FILTER (WHERE word = '{BESIDE}{Word.REOPENED.value}') AS reopened_s, "
        "max(went_back) AS went_back, max(handed_on) AS handed_on "
        "FROM r_case_event e JOIN word_number m ON m.no = e.said WHERE m.beside OR m.listed "
        "GROUP BY case_id"
    )


def _means(word: str, state: str, waiting_on: str) -> StateWord:
    """What an event of the record means in the words that facts use.

    >>> _means("waiting", "in_work", "customer").waiting_on, _means("survey_sent", "", "").state
    ('customer', None)
    """
    if word in STATES:
        return StateWord(word)
    leads = LEADS_TO.get(word)
    if leads is None:
        return StateWord(None)
    waits = waiting_on if word == Word.WAITING and waiting_on != WaitingOn.NOBODY else None
    return StateWord(state or leads.value, waits or None)


def _walked(con: duckdb.DuckDBPyConnection, words: list[Meant], cut: Cut, speaks: Speaks) -> Speaks:
    """Walk through the log of all cases, and keep the log itself as the event fact."""
    with within(con, BESIDE_LOGS):
        return _walk_all(con, log_of(con, words), words, cut, speaks)


def _walk_all(
    con: duckdb.DuckDBPyConnection, logs: Logs, words: list[Meant], cut: Cut, speaks: Speaks
) -> Speaks:
    meant, agreed = flags([one.means for one in words]), [one.agreed for one in words]
    if not any(one.means.state == "restored" and not one.listed for one in words):
        meant = replace(meant, restored=np.zeros_like(meant.restored))  # no log tells it
    speaks |= _speaks(logs, meant, words) | ({"list"} if logs.owned else set())
    typed = WALKED | {"agreed_s": "BIGINT", "report_known": "BOOLEAN"}
    if not logs.rows:
        columns = ", ".join(f"w_{name} {kind}" for name, kind in typed.items())
        con.execute(f"CREATE TABLE walked (case_id BIGINT, {columns})")
    else:
        found = side_by_side(
            lambda first, after: _walk(logs.between(first, after), meant, agreed, cut, speaks),
            cases=logs.case_ids.size,
            events=logs.rows,
        )
        _keep_walked(con, found | {"case_id": logs.case_ids}, typed)
        del found  # as long as the longest arrays
    record_events.build(con, logs)
    return speaks


def _walk(
    told: Told, meant: Words, agreed: list[bool], cut: Cut, speaks: Speaks
) -> dict[str, NDArray[Any]]:
    """What the log of some cases tells of each of them."""
    cases = told.report_known.size
    log = replace(told.log, has_owner="owner" in speaks, has_team="team" in speaks)
    found = walk(log, meant, cases=cases, until_s=cut.until_s)
    for name in UNUSED:
        del found[name]
    if "wait" not in speaks:
        del found["paused_s"]  # nobody ever wrote down that we wait for the customer
    elif "agreed" in speaks:
        walked = walk(log, _agreed(meant, agreed), cases=cases, until_s=cut.until_s)
        found["agreed_s"] = walked["paused_s"]
    if log.has_owner:
        held = holders(log.case_no, _passed(log, told.named_no, cases), cases=cases)
        found |= {"handoffs": held.handoffs, "bounces": held.bounces}
    return found | {"report_known": told.report_known}


def _keep_walked(
    con: duckdb.DuckDBPyConnection, found: dict[str, NDArray[Any]], typed: Mapping[str, str]
) -> None:
    """Make `walked`, one row per case that the log names."""
    keep = found["first_s"] != NEVER
    kept = slice(None) if np.all(keep) else keep
    arrays = {
        name: values[kept]
        for name, values in found.items()
        if not name.endswith("_s") or np.any(values != NEVER)
    }
    con.execute(f"CREATE TABLE walked AS SELECT {_columns(arrays)} FROM arrays")
    for name, kind in typed.items():
        if name not in arrays:
            con.execute(f"ALTER TABLE walked ADD COLUMN w_{name} {kind}")


def _speaks(logs: Logs, meant: Words, words: list[Meant]) -> Speaks:
    of_logs = np.array([not one.listed for one in words] + [False])
    told = {
        "owner": logs.has_owner,
        "team": logs.has_team,
        "wait": bool(meant.paused.any()),
        "agreed": any(one.agreed for one in words),
        "end": bool((meant.ended & of_logs).any()),
    }
    return frozenset(name for name, yes in told.items() if yes)


def _agreed(words: Words, agreed: list[bool]) -> Words:
    """The same words, where only waits that the customer acknowledged are pauses."""
    return replace(words, paused=words.paused & np.array([*agreed, False], bool))


def _columns(arrays: dict[str, NDArray[Any]]) -> str:
    never = {name for name in arrays if name.endswith("_s")}
    return ", ".join(
        name
        if name == "case_id"
        else f"{f'nullif({name}, {NEVER})' if name in never else name} AS w_{name}"
        for name in arrays
    )


def _passed(log: Log, named: NDArray[np.int64], cases: int) -> NDArray[np.int64]:
    """Through whose hands cases went: those whom an imported log names, else who held them."""
    logged = np.zeros(cases, bool)
    logged[log.case_no[(named >= 0) & (log.word_no >= 0)]] = True
    return np.where(logged[log.case_no], named, log.owner_no)
