"""Promises and downtimes from the record: dates as its verbs judged them."""

import duckdb
import numpy as np

from wellkept.study.facts import kept
from wellkept.study.facts.judging import judge
from wellkept.study.facts.record_cut import Cut
from wellkept.study.facts.record_registers import KNOWN, WHO
from wellkept.study.facts.staged import count
from wellkept.study.facts.tables import CASE, DOWNTIME, PROMISE

PROMISES = """
    SELECT r.id AS promise_no, concat('P-', lpad(CAST(r.id AS VARCHAR), 6, '0')) AS promise_id,
      w.kind, r.about, c.case_id, c.case_no, {who},
      CAST(r.owner_id AS VARCHAR) AS owner, t.name AS team,
      r.made_s, r.first_due_s, r.current_due_s, r.judged_due_s,
      CASE WHEN r.first_due_s IS NOT NULL THEN r.judged_due_s
           WHEN w.verdict IS NOT NULL
             THEN coalesce(r.fulfilled_s, c.resolved_s, c.closed_s, r.ended_s, r.made_s)
           END AS judged_s,
      w.due_precision = 'day' AS due_is_day, r.fulfilled_s AS done_s, r.ended_s, r.released_s,
      CASE WHEN r.first_due_s IS NULL OR r.fulfilled_s IS NULL THEN w.verdict END AS verdict,
      CAST(greatest(coalesce(m.moves, 0), coalesce(r.moves_told, 0)) AS INTEGER) AS moves,
      CAST(greatest(coalesce(m.our_moves, 0), coalesce(r.moves_told, 0)) AS INTEGER) AS our_moves,
      CAST(coalesce(m.moved_late, 0) AS INTEGER) AS moved_late,
      r.id IN (SELECT id FROM silent) AS in_silence,
      coalesce(r.fulfilled_s <= {until_s}, false) OR w.verdict IS NOT NULL AS settled,
      r.recorded_s AS known_s, CAST(0 AS SMALLINT) AS src, r.id AS row
    FROM r_promise r {known}
      LEFT JOIN moved m ON m.promise_no = r.id
      LEFT JOIN (SELECT l.promise_id, c.case_no, c.case_id, c.resolved_s, c.closed_s FROM (
          SELECT promise_id, any_value(case_id) AS case_id FROM r_case_promise GROUP BY promise_id
        ) l JOIN case_number n ON n.id = l.case_id JOIN "case" c ON c.case_no = n.case_no
      ) c ON c.promise_id = r.id
      LEFT JOIN r_team t ON t.id = r.team_id
      LEFT JOIN r_promise_words w ON w.no = r.said
    WHERE r.voided_s IS NULL AND r.made_to = 'customer'"""
"""What was written down in error is void and no promise; what we promise ourselves is measured
apart. Words are joined last: joined earlier, they let the engine misjudge how much there is."""

DOWNTIMES = """
    SELECT CAST(r.id AS INTEGER) AS downtime_no,
      CAST(r.id AS VARCHAR) AS downtime_id, coalesce(nullif(r.about, ''), nullif(r.cause, ''))
        AS about,
      {who}, r.from_s, r.until_s AS to_s, r.still_down_s AS censored_s,
      r.planned, p.judged_due_s AS due_s,
      coalesce(r.until_s <= {until_s}, false) AND r.still_down_s IS NULL AS settled,
      r.recorded_s AS known_s, CAST(0 AS SMALLINT) AS src, r.id AS row
    FROM (SELECT *, NULL::BIGINT AS customer_id, NULL::BIGINT AS site_id, 2 AS consequence
        FROM r_downtime) r {known_by_asset}
      LEFT JOIN r_promise p ON p.id = r.promise_id AND p.voided_s IS NULL"""

NOTICES = """
    CREATE TABLE notice AS
    SELECT promise_id AS promise_no, told_s, new_due_s FROM r_move WHERE told_s IS NOT NULL
    UNION ALL SELECT promise_id, at_s, CAST(NULL AS BIGINT) FROM r_notice ORDER BY ALL"""
"""When customers were told how promises stand, and the new date where one was given."""

KINDS = {"respond": "respond_due_s", "restore": "restore_due_s", "resolve": "resolve_due_s"}


def build(con: duckdb.DuckDBPyConnection, cut: Cut) -> None:
    """This will make the promise and downtime facts; cases must be there already."""
    given = {"until_s": cut.until_s, "who": WHO, "known": KNOWN}
    moved(con)
    _silences(con)
    kept.keep(con, PROMISE, PROMISES.format(**given))
    _back_to_cases(con)
    con.execute(DOWNTIME.create_sql())
    # a downtime names nobody but its asset: whoever that is kept for
    given["known_by_asset"] = KNOWN.replace("a.customer_id", "a.kept_for_id")
    con.execute(f"INSERT INTO downtime BY NAME {DOWNTIMES.format(**given)}")
    con.execute("CREATE TABLE tells_moves (yes BOOLEAN)")
    con.execute(
        "INSERT INTO tells_moves SELECT true FROM (SELECT id FROM r_move UNION ALL SELECT id FROM "
        "r_import WHERE state <> 'undone' AND CAST(tells->'moves' AS BOOLEAN)) LIMIT 1"
    )
    con.execute(NOTICES)


def _silences(con: duckdb.DuckDBPyConnection) -> None:
    """When the feeds of imported files were silent, by the moment of the import; what fell due."""
    con.execute(
        "CREATE TABLE silence AS SELECT at_s, CAST(spell[1] AS BIGINT) AS from_s, "
        "CAST(spell[2] AS BIGINT) AS to_s FROM (SELECT at_s, unnest(CAST(tells->'silences' AS "
        "BIGINT[][])) AS spell FROM r_import WHERE state <> 'undone' AND at_s IS NOT NULL) d"
    )
    con.execute(
        "CREATE TABLE silent AS SELECT DISTINCT r.id FROM r_promise r JOIN silence d "
        "ON d.at_s = r.recorded_s AND r.judged_due_s > d.from_s AND r.judged_due_s <= d.to_s"
    )


def moved(con: duckdb.DuckDBPyConnection) -> None:
    """This will count the moves of each promise; `moved` also has the dates that they lead to."""
    found = con.execute(
        "SELECT m.promise_id, p.first_due_s, m.old_due_s, m.new_due_s, coalesce(m.at_s, 0) AS at_s,"
        " m.at_s IS NOT NULL AS dated, m.asked_by = 'customer' AS asked FROM r_move m "
        "JOIN r_promise p ON p.id = m.promise_id WHERE p.first_due_s IS NOT NULL "
        "ORDER BY m.promise_id, m.at_s NULLS FIRST, m.id"
    ).fetchnumpy()
    numbers, first, place = np.unique(found["promise_id"], return_index=True, return_inverse=True)
    judged = judge(found["first_due_s"][first], place, found["new_due_s"], found["at_s"],
                   found["asked"], found["dated"], found["old_due_s"])  # fmt: skip
    names = ("judged_due_s", "current_due_s", "moves", "our_moves", "moved_late")
    arrays = {"promise_no": numbers, **{name: getattr(judged, name) for name in names}}
    con.execute("CREATE TABLE moved AS SELECT * FROM arrays")
    assert arrays  # read by the statement above through its name


def _back_to_cases(con: duckdb.DuckDBPyConnection) -> None:
    """The judged date of its answer, restoring and resolution stands on the case too."""
    dues = ", ".join(
        f"min(judged_due_s) FILTER (WHERE kind = '{kind}') AS {name}"
        for kind, name in KINDS.items()
    )
    told = "FROM promise WHERE case_no IS NOT NULL AND judged_due_s IS NOT NULL"
    if count(con, f"SELECT count(*) {told}"):
        source = f"(SELECT case_no, {dues} {told} GROUP BY case_no)"
        kept.add(con, CASE, {name: f"s.{name}" for name in KINDS.values()}, source)
