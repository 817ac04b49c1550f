"""Promises: from lists of promises, from cases and outages with a date, and through their moves."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts import kept
from wellkept.study.facts.cases import urgency
from wellkept.study.facts.judging import NOT_WRITTEN, Judged, judge
from wellkept.study.facts.merging import Merged, merge
from wellkept.study.facts.registers import Known
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import Staged, count, row_name, union
from wellkept.study.facts.tables import CASE, PROMISE
from wellkept.study.facts.written import TELL_ENDS, two_dates

COLUMNS = (
    "key VARCHAR, join_key VARCHAR, ord INTEGER, kind VARCHAR, about VARCHAR, case_id VARCHAR, "
    "customer VARCHAR, site VARCHAR, asset VARCHAR, region VARCHAR, owner VARCHAR, team VARCHAR, "
    "consequence VARCHAR, made_s BIGINT, first_due_s BIGINT, due_s BIGINT, due_is_day BOOLEAN, "
    "done_s BIGINT, ended_s BIGINT, released_s BIGINT, kept BOOLEAN, move_count DOUBLE, "
    "moved_by VARCHAR, closed_s BIGINT, known_s BIGINT, src SMALLINT, row BIGINT, layout INTEGER, "
    "end_unknown BOOLEAN, open BOOLEAN, urgency TINYINT"
)


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    *,
    until_s: int,
    silences: Sequence[tuple[int, int]],
    known: Known,
    twice: bool,
    on_cases: bool,
) -> Merged:
    """This will make the promise fact; cases and downtimes must be there already.

    `twice`: a case or a downtime is told of by several rows, so that its date may have moved.
    `on_cases`: the judged dates of cases stand there already.
    """
    lists = [s for s in staged if s.shape == "promise"]
    moves = [s for s in staged if s.shape == "move"]
    union(con, "given", (_listed(con, s) for s in lists), COLUMNS)
    merged = merge(con, "given", dates=("due_s",))
    _listed_moves(con, moves)
    _numbered(con, staged, lists=bool(lists), moves=bool(moves), known=known)
    two = twice or merged.twice or bool(moves) or two_dates(staged)
    moved = _moves(con, two=two)
    facts = _facts(staged, until_s, silences, moved=moved)
    _keep(con, facts, live=not lists and not moved)
    if not on_cases:
        _back_to_cases(con)
    _tells_moves(con, staged, moved=moved)
    return merged


def _listed(con: duckdb.DuckDBPyConnection, s: Staged) -> str:
    kind = f"coalesce({s.text('kind')}, {literal(s.kind or 'promise')})"
    done = s.first_moment("done", "restored", "resolved", "closed", "down_to")
    return f"""
      SELECT {_key(con, s)} AS key, {s.first_text("promise_id", "case_id")} AS join_key,
        CAST({s.order} AS INTEGER) AS ord, {kind} AS kind, {s.text("about")} AS about,
        {s.text("case_id")} AS case_id, {s.text("customer")} AS customer,
        {s.text("site")} AS site, {s.text("asset")} AS asset, {s.text("region")} AS region,
        {s.text("owner")} AS owner, {s.text("team")} AS team,
        {s.text("consequence")} AS consequence,
        {s.first_moment("made", "reported", "occurred", "down_from")} AS made_s,
        {s.moment("first_due")} AS first_due_s, coalesce({s.first_moment("due", "first_due")},
          {s.first_moment("made", "reported", "occurred")} + {s.moment("target")}) AS due_s,
        coalesce({s.day("due")}, {s.day("first_due")}) AS due_is_day, {done} AS done_s,
        {_ended(s)} AS ended_s, {_end_unknown(s)} AS end_unknown,
        {_open(s, done)} AS open,
        {s.moment("released")} AS released_s,
        {s.flag("verdict")} AS kept, {s.number("move_count")} AS move_count,
        {s.text("moved_by")} AS moved_by, {done} AS closed_s,
        {s.moment("changed")} AS known_s, CAST({s.src} AS SMALLINT) AS src, s.row,
        {s.layout} AS layout
      FROM {s.relation} s"""


def _ended(s: Staged) -> str:
    """Given up, by its own date; a state that says so without one counts from when written."""
    stated = s.first_moment("ended", "cancelled")
    if "means" not in s.roles:
        return stated
    written = s.first_moment("changed", "due", "first_due")
    return f"coalesce({stated}, CASE WHEN {s.text('means')} = 'cancelled' THEN {written} END)"


def _end_unknown(s: Staged) -> str:
    """A state says it is over, and nothing says when."""
    if "means" not in s.roles:
        return "false"
    return f"coalesce({s.text('means')} IN ('restored', 'resolved', 'closed'), false)"


def _open(s: Staged, done: str) -> str:
    """Known to be owed still: the file would say so if it were over, by a date and by its state."""
    if not DONE & s.roles:
        return "false"
    return f"{done} IS NULL AND ({_ended(s)}) IS NULL AND NOT {_end_unknown(s)}"


def _key(con: duckdb.DuckDBPyConnection, s: Staged) -> str:
    """What identifies a row over snapshots: its id, the stated key, or NULL if nothing does."""
    if s.key:
        return "concat_ws(' / ', " + ", ".join(f's."{name}"' for name in s.key) + ")"
    if "promise_id" in s.roles and _share_repeated(con, s) <= REPEATS_AT_MOST:
        return s.text("promise_id")
    if "case_id" not in s.roles:
        return "CAST(NULL AS VARCHAR)"
    if s.again and "case_id" in s.roles and _repeats(con, s):
        nth = "row_number() OVER (PARTITION BY s.case_id ORDER BY s.row)"
        return f"CASE WHEN s.case_id IS NOT NULL THEN concat(s.case_id, ' #', {nth}) END"
    return "CAST(NULL AS VARCHAR)" if _repeats(con, s) else s.text("case_id")


def shared_numbers(
    con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]
) -> list[tuple[str, float]]:
    """This will name the files whose `promise_id` does not number promises, with the share."""
    lists = [s for s in staged if s.shape == "promise" and "promise_id" in s.roles and not s.key]
    shares = [(s.file, _share_repeated(con, s)) for s in lists]
    return [(file, share) for file, share in shares if share > REPEATS_AT_MOST]


def _share_repeated(con: duckdb.DuckDBPyConnection, s: Staged) -> float:
    """Of the rows with a promise's number, the share whose number came before in the file."""
    row = con.execute(
        f"SELECT 1 - count(DISTINCT s.promise_id) / nullif(count(s.promise_id), 0) "
        f"FROM {s.relation} s"
    ).fetchone()
    return float(row[0] or 0.0) if row is not None else 0.0


def _repeats(con: duckdb.DuckDBPyConnection, s: Staged) -> bool:
    number = f"SELECT count(s.case_id) - count(DISTINCT s.case_id) FROM {s.relation} s"
    return count(con, number) > 0


REPEATS_AT_MOST = 0.1
"""A column in which more rows than that repeat a number does not number promises."""
DONE = frozenset(["done", "restored", "resolved", "closed", "down_to"])
"""Roles of a list of promises that say when one was done."""
SPELT_OUT = """ AND (coalesce(r.due_s, r.first_due_s, r.target_s) IS NOT NULL OR NOT EXISTS
        (SELECT 1 FROM given_once g WHERE g.case_id = r.key))"""
"""A word alone on a case sums up the promises that a list of promises spells out: not one more."""


def hears_answers(staged: Sequence[Staged]) -> bool:
    """This will say whether any file tells when a first response came; else none can be judged."""
    return any(s.shape == "event" or {"responded", "responded_after"} & s.roles for s in staged)


def _from_facts(*, lists: bool, answers: bool, ends: bool) -> list[str]:
    """Dates that stand on cases and outages are promises too."""
    who = "r.customer, r.customer_no, r.site, r.asset, r.region, r.owner, r.team, r.consequence, "
    who += "r.urgency"
    head = "r.key AS join_key, r.about, r.key AS case_id, r.case_no"
    tail = "r.cancelled_s AS ended_s, CAST(NULL AS BIGINT) AS released_s, r.src, r.row, "
    tail += "r.ended_unknown AS end_unknown"
    still = "r.resolved_s IS NULL AND r.restored_s IS NULL AND r.closed_s IS NULL AND "
    still += "r.cancelled_s IS NULL AND NOT coalesce(r.ended_unknown, false) AS open"
    still = still if ends else "false AS open"
    kind = "coalesce(r.promise_kind, 'resolve')"
    dated = f"""
      SELECT {_number("r", 0)} AS promise_no, r.key, {head}, {who}, {kind} AS kind,
        r.reported_s AS made_s, r.first_due_s,
        coalesce(r.due_s, r.first_due_s, r.reported_s + r.target_s) AS due_s,
        coalesce(r.due_day, r.first_due_day) AS due_is_day,
        CASE WHEN {kind} = 'restore' THEN coalesce(r.restored_s, r.resolved_s)
             ELSE coalesce(r.resolved_s, r.restored_s) END AS done_s,
        r.verdict AS kept, r.move_count, r.closed_s, r.earliest_due_s, r.due_s_changes, {tail},
        {still}
      FROM case_dues r WHERE (r.due_s IS NOT NULL OR r.first_due_s IS NOT NULL
        OR r.target_s IS NOT NULL OR r.verdict IS NOT NULL){SPELT_OUT if lists else ""}"""
    heard = "r.respond_due_s IS NOT NULL OR " if answers else ""
    answered = f"""
      SELECT {_number("r", 1)} AS promise_no, concat(r.key, ' / respond') AS key, {head}, {who},
        'respond' AS kind, r.reported_s AS made_s, r.respond_due_s AS due_s,
        r.respond_due_day AS due_is_day, r.responded_s AS done_s, r.respond_verdict AS kept,
        r.closed_s, r.respond_due_s AS earliest_due_s, 0 AS due_s_changes, {tail}
      FROM case_dues r WHERE {heard}r.respond_verdict IS NOT NULL"""
    outages = f"""
      SELECT {_number("d", 2)} AS promise_no, d.key, d.key AS join_key, f.about, f.customer,
        f.customer_no, f.site, f.asset, f.region, f.owner, f.team, f.consequence,
        coalesce(d.promise_kind, 'restore') AS kind, d.from_s AS made_s, d.first_due_s, d.due_s,
        d.due_is_day, d.to_s AS done_s, d.kept, d.to_s AS closed_s, d.earliest_due_s,
        d.due_s_changes, d.src, d.row
      FROM outages_once d JOIN downtime f ON f.src = d.src AND f.row = d.row
      WHERE d.due_s IS NOT NULL OR d.first_due_s IS NOT NULL OR d.kept IS NOT NULL"""
    return [dated, answered, outages]


def _number(alias: str, sort: int) -> str:
    """A number in the order of the files; one row may give promises of several sorts."""
    return f"(CAST({alias}.src AS BIGINT) * 1099511627776 + {alias}.row * 4 + {sort})"


def _given(known: Known) -> str:
    """Listed promises, with what their case and the registers know of whom they are made to."""
    return f"""
      SELECT q.* EXCLUDE (customer, site, asset, region, consequence),
        {known.who("q")}, {known.consequence("q")} AS consequence, n.customer_no
      FROM (
        SELECT {_number("g", 3)} AS promise_no, g.* REPLACE (
            coalesce(g.customer, c.customer) AS customer, coalesce(g.site, c.site) AS site,
            coalesce(g.asset, c.asset) AS asset, coalesce(g.region, c.region) AS region,
            coalesce(nullif(g.consequence, 'unknown'), c.consequence) AS consequence), c.case_no
        FROM given_once g LEFT JOIN "case" c ON c.case_id = g.case_id) q
        {known.joined("q")}
        LEFT JOIN customer_number n ON n.customer = {known.customer("q")}"""


def _numbered(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    *,
    lists: bool,
    moves: bool,
    known: Known,
) -> None:
    """All promises in one table; the first date is the earliest that was ever seen."""
    answers = hears_answers(staged)
    ends = any(s.shape == "event" or (s.shape == "case" and TELL_ENDS & s.roles) for s in staged)
    more = ", promise_no BIGINT, customer_no INTEGER, case_no INTEGER, earliest_due_s BIGINT"
    parts = [
        *_from_facts(lists=lists, answers=answers, ends=ends),
        *([_given(known)] if lists else []),
    ]
    union(con, "pledged", parts, COLUMNS + more + ", due_s_changes INTEGER")
    old = "f.old_due_s, " if moves else ""
    joined = " LEFT JOIN first_old f ON f.join_key = p.join_key" if moves else ""
    con.execute(
        f"CREATE VIEW pledge AS SELECT p.* REPLACE (coalesce(p.first_due_s, {old}"
        f"p.earliest_due_s, p.due_s) AS first_due_s) FROM pledged p{joined}"
    )


def _listed_moves(con: duckdb.DuckDBPyConnection, lists: Sequence[Staged]) -> None:
    """Moves as listed; the date before the earliest of them is the first date."""
    columns = "join_key VARCHAR, old_due_s BIGINT, new_due_s BIGINT, moved_s BIGINT, "
    union(
        con,
        "listed_moves",
        (_move(s) for s in lists),
        columns + "asked VARCHAR, src SMALLINT, row BIGINT",
    )
    if not lists:
        return
    con.execute(
        "CREATE TABLE first_old AS SELECT join_key, "
        "arg_min(old_due_s, (coalesce(moved_s, 0), row)) AS old_due_s FROM listed_moves "
        "WHERE join_key IS NOT NULL AND old_due_s IS NOT NULL GROUP BY join_key"
    )


def _keep(con: duckdb.DuckDBPyConnection, facts: str, *, live: bool) -> None:
    """Promises that stand on cases and never moved are read from there: no copy is made."""
    if live:
        typed = ", ".join(f'CAST("{one.name}" AS {one.type}) AS "{one.name}"'
                          for one in PROMISE.columns)  # fmt: skip
        con.execute(f"CREATE VIEW promise AS SELECT {typed} FROM ({facts}) f")
        return
    con.execute(PROMISE.create_sql())
    con.execute(f"INSERT INTO promise BY NAME {facts}")


def _moves(con: duckdb.DuckDBPyConnection, *, two: bool) -> bool:
    """Listed moves first; where none are listed, the present date differs from the first one.

    `two`: some promise may have two dates; otherwise nobody needs to look for them. Gives whether
    any moved.
    """
    con.execute(f"""
      CREATE TABLE moved AS
      SELECT p.promise_no, m.old_due_s, m.new_due_s, m.moved_s, m.asked, m.row, 0 AS late
      FROM listed_moves m JOIN pledge p ON p.join_key = m.join_key
      WHERE m.new_due_s IS NOT NULL
      UNION ALL
      SELECT p.promise_no, NULL, p.due_s, NULL, p.moved_by, 0, 1 FROM pledge p
      WHERE {two} AND p.due_s IS NOT NULL AND p.due_s <> p.first_due_s AND NOT EXISTS
        (SELECT 1 FROM listed_moves m WHERE m.join_key = p.join_key)""")
    found = con.execute(
        f"SELECT m.promise_no, p.first_due_s, coalesce(m.old_due_s, {NOT_WRITTEN}) AS old_due_s, "
        "m.new_due_s, coalesce(m.moved_s, 0) AS moved_s, "
        "m.moved_s IS NOT NULL AS dated, coalesce(m.asked, '') = 'customer' AS asked "
        "FROM moved m JOIN pledge p USING (promise_no) WHERE p.first_due_s IS NOT NULL "
        "ORDER BY m.promise_no, m.late, m.moved_s, m.row"
    ).fetchnumpy()
    numbers, first, place = np.unique(found["promise_no"], return_index=True, return_inverse=True)
    judged = judge(found["first_due_s"][first], place, found["new_due_s"], found["moved_s"],
                   found["asked"], found["dated"], found["old_due_s"])  # fmt: skip
    arrays = _arrays(numbers, judged)
    con.execute("CREATE TABLE judged AS SELECT * FROM arrays")
    return bool(arrays["promise_no"].size)


def _move(s: Staged) -> str:
    return (
        f"SELECT {s.first_text('promise_id', 'case_id')} AS join_key, "
        f"{s.moment('old_due')} AS old_due_s, {s.moment('new_due')} AS new_due_s, "
        f"{s.first_moment('moved_at', 'told_at')} AS moved_s, "
        f"{s.text('moved_by')} AS asked, CAST({s.src} AS SMALLINT) AS src, s.row "
        f"FROM {s.relation} s"
    )


def _arrays(numbers: NDArray[np.int64], judged: Judged) -> dict[str, NDArray[Any]]:
    names = ("judged_due_s", "current_due_s", "moves", "our_moves", "moved_late")
    arrays = {name: getattr(judged, name) for name in names}
    return {"promise_no": numbers, **arrays}


def _facts(
    staged: Sequence[Staged], until_s: int, silences: Sequence[tuple[int, int]], *, moved: bool
) -> str:
    """`moved`: some date was moved, so that `judged` says something."""
    judged = "coalesce(j.judged_due_s, r.first_due_s)" if moved else "r.first_due_s"
    current = "coalesce(j.current_due_s, r.first_due_s)" if moved else "r.first_due_s"
    moves, ours, late = (
        f"coalesce(j.{name}, 0)" if moved else "0" for name in ("moves", "our_moves", "moved_late")
    )
    quiet = " OR ".join(f"({judged} > {start} AND {judged} <= {stop})" for start, stop in silences)
    dated = "r.first_due_s IS NOT NULL"
    seen = "(r.done_s IS NOT NULL OR coalesce(r.open, false))"
    told = f"r.kept IS NOT NULL AND NOT ({dated} AND {seen})"
    return f"""
    SELECT r.promise_no, coalesce(r.key, r.join_key, {row_name("r", staged)}) AS promise_id, r.kind,
      r.about, r.case_id, r.case_no, r.customer, r.customer_no, r.site, r.asset, r.region, r.owner,
      r.team, r.consequence, coalesce(r.urgency, {urgency("r.consequence")}) AS urgency, r.made_s,
      r.first_due_s,
      {current} AS current_due_s, {judged} AS judged_due_s,
      CASE WHEN r.end_unknown AND r.done_s IS NULL AND r.kept IS NULL THEN NULL
           WHEN {dated} THEN {judged}
           WHEN r.kept IS NOT NULL THEN coalesce(r.done_s, r.closed_s, r.ended_s, r.made_s)
           END AS judged_s,
      coalesce(r.due_is_day, false) AS due_is_day, r.done_s, r.ended_s, r.released_s,
      CASE WHEN {told} THEN CASE WHEN r.kept THEN 'kept' ELSE 'broken' END END AS verdict,
      CAST(greatest({moves}, coalesce(r.move_count, 0), coalesce(r.due_s_changes, 0))
        AS INTEGER) AS moves,
      CAST(greatest({ours}, coalesce(r.move_count, 0),
        coalesce(r.due_s_changes, 0)) AS INTEGER) AS our_moves,
      CAST({late} AS INTEGER) AS moved_late,
      coalesce({quiet or "false"}, false) AS in_silence,
      (r.done_s IS NOT NULL AND r.done_s <= {until_s}) OR ({told}) AS settled,
      r.known_s, r.src, r.row
    FROM pledge r{" LEFT JOIN judged j USING (promise_no)" if moved else ""}"""


def _tells_moves(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged], *, moved: bool) -> None:
    """Whether a move could be seen at all: two dates, a list of moves, or two snapshots.

    `moved`: one was seen, as where rows of one file name a promise twice, with two dates.
    """
    two = any({"first_due", "due"} <= s.roles or "move_count" in s.roles for s in staged)
    listed = any(s.shape == "move" for s in staged)
    dated = [s for s in staged if "due" in s.roles]
    again = len({s.order for s in dated}) > 1 or any(s.shape == "event" for s in dated)
    con.execute("CREATE TABLE tells_moves (yes BOOLEAN)")
    if two or listed or again or moved:
        con.execute("INSERT INTO tells_moves VALUES (true)")


def _back_to_cases(con: duckdb.DuckDBPyConnection) -> None:
    """The judged date of its answer, restoring and resolution stands on the case too."""
    kinds = {"respond": "respond_due_s", "restore": "restore_due_s", "resolve": "resolve_due_s"}
    dated = "FROM promise WHERE case_no IS NOT NULL AND judged_due_s IS NOT NULL"
    there = con.execute(f"SELECT DISTINCT kind {dated}").fetchall()
    found = [kind for (kind,) in there if kind in kinds]
    if not found:
        return
    dues = ", ".join(
        f"min(CASE WHEN kind = '{kind}' THEN judged_due_s END) AS {kinds[kind]}" for kind in found
    )
    kept.add(
        con,
        CASE,
        {kinds[kind]: f"s.{kinds[kind]}" for kind in found},
        f"(SELECT case_no, {dues} {dated} GROUP BY case_no)",
    )
