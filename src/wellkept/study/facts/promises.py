"""Promises: from lists of promises, from cases and outages with a date, and through their moves."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts import registers
from wellkept.study.facts.cases import urgency
from wellkept.study.facts.judging import Judged, judge
from wellkept.study.facts.merging import Merged, merge
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import Staged, count, union
from wellkept.study.facts.tables import PROMISE

COLUMNS = (
    "key VARCHAR, join_key VARCHAR, ord INTEGER, kind VARCHAR, about VARCHAR, case_id VARCHAR, "
    "customer VARCHAR, site VARCHAR, asset VARCHAR, region VARCHAR, owner VARCHAR, team VARCHAR, "
    "consequence VARCHAR, made_s BIGINT, first_due_s BIGINT, due_s BIGINT, due_is_day BOOLEAN, "
    "done_s BIGINT, ended_s BIGINT, released_s BIGINT, kept BOOLEAN, move_count DOUBLE, "
    "moved_by VARCHAR, closed_s BIGINT, known_s BIGINT, src SMALLINT, row BIGINT"
)


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    *,
    until_s: int,
    silences: Sequence[tuple[int, int]],
) -> Merged:
    """This will make the promise fact; cases and downtimes must be there already."""
    lists = [s for s in staged if s.shape == "promise"]
    union(con, "given", (_listed(con, s) for s in lists), COLUMNS)
    merged = merge(con, "given", dates=("due_s",))
    _numbered(con)
    _moves(con, [s for s in staged if s.shape == "move"])
    con.execute(PROMISE.create_sql())
    con.execute(f"INSERT INTO promise BY NAME {_facts(until_s, silences)}")
    _back_to_cases(con)
    _tells_moves(con, staged)
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
        {s.first_moment("ended", "cancelled")} AS ended_s, {s.moment("released")} AS released_s,
        {s.flag("verdict")} AS kept, {s.number("move_count")} AS move_count,
        {s.text("moved_by")} AS moved_by, {done} AS closed_s,
        {s.moment("changed")} AS known_s, CAST({s.src} AS SMALLINT) AS src, s.row
      FROM {s.relation} s"""


def _key(con: duckdb.DuckDBPyConnection, s: Staged) -> str:
    """What identifies a row over snapshots: its id, the stated key, or NULL if nothing does."""
    if s.key:
        return "concat_ws(' / ', " + ", ".join(f's."{name}"' for name in s.key) + ")"
    if "promise_id" in s.roles:
        return s.text("promise_id")
    if "case_id" not in s.roles:
        return "CAST(NULL AS VARCHAR)"
    twice = count(con, f"SELECT count(s.case_id) - count(DISTINCT s.case_id) FROM {s.relation} s")
    return s.text("case_id") if not twice else "CAST(NULL AS VARCHAR)"


def _from_facts() -> list[str]:
    """Dates that stand on cases and outages are promises too."""
    who = "r.customer, r.site, r.asset, r.region, c.owner, r.team, c.consequence"
    head = "r.key AS join_key, 0 AS ord, coalesce(r.about, c.about) AS about, r.key AS case_id"
    tail = "c.cancelled_s AS ended_s, CAST(NULL AS BIGINT) AS released_s, r.src, r.row"
    kind = "coalesce(r.promise_kind, 'resolve')"
    rows = 'FROM case_rows r JOIN "case" c USING (case_no)'
    dated = f"""
      SELECT r.key, r.case_no, {head}, {who}, {kind} AS kind, c.reported_s AS made_s, r.first_due_s,
        coalesce(r.due_s, r.first_due_s, c.reported_s + r.target_s) AS due_s,
        coalesce(r.due_day, r.first_due_day) AS due_is_day,
        CASE WHEN {kind} = 'restore' THEN coalesce(c.restored_s, c.resolved_s)
             ELSE coalesce(c.resolved_s, c.restored_s) END AS done_s,
        r.verdict AS kept, r.move_count, c.closed_s, r.earliest_due_s, r.due_s_changes, {tail}
      {rows} WHERE r.due_s IS NOT NULL OR r.first_due_s IS NOT NULL OR r.target_s IS NOT NULL
        OR r.verdict IS NOT NULL"""
    answers = f"""
      SELECT concat(r.key, ' / respond') AS key, r.case_no, {head}, {who}, 'respond' AS kind,
        c.reported_s AS made_s, r.respond_due_s AS due_s, r.respond_due_day AS due_is_day,
        c.responded_s AS done_s, r.respond_verdict AS kept, c.closed_s,
        r.respond_due_s AS earliest_due_s, 0 AS due_s_changes, {tail}
      {rows} WHERE r.respond_due_s IS NOT NULL OR r.respond_verdict IS NOT NULL"""
    outages = """
      SELECT d.key, d.key AS join_key, 0 AS ord, d.about, d.customer, d.site, d.asset, d.region,
        d.owner, d.team, d.consequence, coalesce(d.promise_kind, 'restore') AS kind,
        d.from_s AS made_s, d.first_due_s, d.due_s, d.due_is_day, d.to_s AS done_s, d.kept,
        d.to_s AS closed_s, d.earliest_due_s, d.due_s_changes, d.src, d.row
      FROM outages_once d
      WHERE d.due_s IS NOT NULL OR d.first_due_s IS NOT NULL OR d.kept IS NOT NULL"""
    return [dated, answers, outages]


def _numbered(con: duckdb.DuckDBPyConnection) -> None:
    """Numbers in the order of the files; the first date is the earliest that was ever seen."""
    more = ", case_no INTEGER, earliest_due_s BIGINT, due_s_changes INTEGER"
    numbered = (
        "SELECT g.*, c.case_no FROM given_once g LEFT JOIN case_number c ON c.case_id = g.case_id"
    )
    union(con, "pledged", [*_from_facts(), numbered], COLUMNS + more)
    con.execute(
        """CREATE TABLE pledge AS SELECT
             CAST(row_number() OVER (ORDER BY src, row, kind) - 1 AS INTEGER) AS promise_no,
             p.* REPLACE (coalesce(p.first_due_s, p.earliest_due_s, p.due_s) AS first_due_s)
           FROM pledged p"""
    )


def _moves(con: duckdb.DuckDBPyConnection, lists: Sequence[Staged]) -> None:
    """Listed moves first; where none are listed, the present date differs from the first one."""
    columns = "join_key VARCHAR, new_due_s BIGINT, moved_s BIGINT, asked VARCHAR, row BIGINT"
    union(con, "listed_moves", (_move(s) for s in lists), columns)
    con.execute("""
      CREATE TABLE moved AS
      SELECT p.promise_no, m.new_due_s, m.moved_s, m.asked, m.row, 0 AS late
      FROM listed_moves m JOIN pledge p ON p.join_key = m.join_key
      WHERE m.new_due_s IS NOT NULL
      UNION ALL
      SELECT p.promise_no, p.due_s, NULL, p.moved_by, 0, 1 FROM pledge p
      WHERE p.due_s IS NOT NULL AND p.due_s <> p.first_due_s AND NOT EXISTS
        (SELECT 1 FROM listed_moves m WHERE m.join_key = p.join_key)""")
    found = con.execute(
        "SELECT promise_no, new_due_s, coalesce(moved_s, 0) AS moved_s, moved_s IS NOT NULL AS "
        "dated, coalesce(asked, '') = 'customer' AS asked FROM moved "
        "ORDER BY promise_no, late, moved_s, row"
    ).fetchnumpy()
    firsts = con.execute(
        "SELECT coalesce(first_due_s, 0) AS s FROM pledge ORDER BY promise_no"
    ).fetchnumpy()["s"]
    judged = judge(firsts, found["promise_no"], found["new_due_s"], found["moved_s"],
                   found["asked"], found["dated"])  # fmt: skip
    arrays = _arrays(judged)
    con.execute("CREATE TABLE judged AS SELECT * FROM arrays")
    assert arrays  # read by the statement above through its name


def _move(s: Staged) -> str:
    return (
        f"SELECT {s.first_text('promise_id', 'case_id')} AS join_key, "
        f"{s.moment('new_due')} AS new_due_s, {s.first_moment('moved_at', 'told_at')} AS moved_s, "
        f"{s.text('moved_by')} AS asked, s.row FROM {s.relation} s"
    )


def _arrays(judged: Judged) -> dict[str, NDArray[Any]]:
    names = ("judged_due_s", "current_due_s", "moves", "our_moves", "moved_late")
    arrays = {name: getattr(judged, name) for name in names}
    return {"promise_no": np.arange(judged.moves.size, dtype=np.int32), **arrays}


def _facts(until_s: int, silences: Sequence[tuple[int, int]]) -> str:
    quiet = " OR ".join(
        f"(j.judged_due_s > {start} AND j.judged_due_s <= {stop})" for start, stop in silences
    )
    return f"""
    WITH r AS (
      SELECT p.* EXCLUDE (customer, site, asset, region, consequence),
        {registers.who("q")}, {registers.consequence("q")} AS consequence
      FROM pledge p JOIN (
        SELECT p.promise_no, coalesce(p.customer, c.customer) AS customer,
          coalesce(p.site, c.site) AS site, coalesce(p.asset, c.asset) AS asset,
          coalesce(p.region, c.region) AS region,
          coalesce(nullif(p.consequence, 'unknown'), c.consequence) AS consequence
        FROM pledge p LEFT JOIN "case" c ON c.case_no = p.case_no) q USING (promise_no)
        {registers.joined("q")}
    ), n AS (
      SELECT customer, row_number() OVER (ORDER BY customer) - 1 AS customer_no
      FROM (SELECT DISTINCT customer FROM r WHERE customer IS NOT NULL) d
    )
    SELECT r.promise_no, coalesce(r.key, r.join_key, concat('row ', r.row)) AS promise_id, r.kind,
      r.about, r.case_id, r.customer, CAST(n.customer_no AS INTEGER) AS customer_no, r.site,
      r.asset, r.region, r.owner, r.team, r.consequence, {urgency("r.consequence")} AS urgency,
      r.made_s, r.first_due_s,
      CASE WHEN r.first_due_s IS NOT NULL THEN j.current_due_s END AS current_due_s,
      CASE WHEN r.first_due_s IS NOT NULL THEN j.judged_due_s END AS judged_due_s,
      CASE WHEN r.first_due_s IS NOT NULL THEN j.judged_due_s
           WHEN r.kept IS NOT NULL THEN coalesce(r.done_s, r.closed_s, r.ended_s, r.made_s)
           END AS judged_s,
      coalesce(r.due_is_day, false) AS due_is_day, r.done_s, r.ended_s, r.released_s,
      CASE WHEN r.kept IS NULL OR r.first_due_s IS NOT NULL THEN NULL
           WHEN r.kept THEN 'kept' ELSE 'broken' END AS verdict,
      CAST(greatest(j.moves, coalesce(r.move_count, 0), coalesce(r.due_s_changes, 0)) AS INTEGER)
        AS moves,
      CAST(greatest(j.our_moves, coalesce(r.move_count, 0), coalesce(r.due_s_changes, 0))
        AS INTEGER) AS our_moves,
      CAST(j.moved_late AS INTEGER) AS moved_late,
      coalesce({quiet or "false"}, false) AS in_silence,
      (r.done_s IS NOT NULL AND r.done_s <= {until_s}) OR r.kept IS NOT NULL AS settled,
      r.known_s, r.src, r.row
    FROM r JOIN judged j USING (promise_no) LEFT JOIN n ON n.customer = r.customer
    ORDER BY r.promise_no"""


def _tells_moves(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """Whether a move could be seen at all: two dates, a list of moves, or two snapshots."""
    two = any({"first_due", "due"} <= s.roles or "move_count" in s.roles for s in staged)
    listed = any(s.shape == "move" for s in staged)
    dated = [s for s in staged if "due" in s.roles]
    again = len({s.order for s in dated}) > 1 or any(s.shape == "event" for s in dated)
    con.execute("CREATE TABLE tells_moves (yes BOOLEAN)")
    if two or listed or again:
        con.execute("INSERT INTO tells_moves VALUES (true)")


def _back_to_cases(con: duckdb.DuckDBPyConnection) -> None:
    """The judged date of its answer, restoring and resolution stands on the case too."""
    kinds = {"respond": "respond_due_s", "restore": "restore_due_s", "resolve": "resolve_due_s"}
    dated = "FROM pledge p JOIN judged j USING (promise_no) WHERE p.case_no IS NOT NULL "
    there = con.execute(f"SELECT DISTINCT kind {dated} AND p.first_due_s IS NOT NULL").fetchall()
    found = [kind for (kind,) in there if kind in kinds]
    if not found:
        return
    dues = ", ".join(
        f"min(CASE WHEN p.kind = '{kind}' AND p.first_due_s IS NOT NULL THEN j.judged_due_s END) "
        f"AS {kinds[kind]}"
        for kind in found
    )
    sets = ", ".join(f"{kinds[kind]} = d.{kinds[kind]}" for kind in found)
    con.execute(
        f'UPDATE "case" SET {sets} FROM (SELECT p.case_no, {dues} {dated} GROUP BY p.case_no) d '
        'WHERE d.case_no = "case".case_no'
    )
