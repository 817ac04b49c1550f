"""Cases: what a list of cases says, what an event log says, and which of the two is believed."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from wellkept.study.facts import registers
from wellkept.study.facts.merging import Merged, merge
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import Staged, union
from wellkept.study.facts.tables import CASE, URGENCY

TEXTS = (
    "customer", "site", "asset", "region", "owner", "team", "about", "kind", "consequence",
    "state", "means",
)  # fmt: skip
MOMENTS = (
    "reported", "occurred", "responded", "restored", "resolved", "closed", "cancelled",
    "reopened", "due", "first_due", "respond_due", "changed",
)  # fmt: skip
FLAGS = ("verdict", "respond_verdict")
NUMBERS = ("reopen_count", "handoff_count", "move_count")
DAYS = ("due_day", "first_due_day", "respond_due_day")
OWN = (*TEXTS, *(f"{m}_s" for m in MOMENTS), *FLAGS, *NUMBERS, *DAYS, "target_s", "promise_kind")
COLUMNS = ", ".join(
    [
        "key VARCHAR, ord INTEGER, src SMALLINT, row BIGINT, target_s BIGINT",
        "promise_kind VARCHAR, has_resolved BOOLEAN, tells_ends BOOLEAN",
        *(f"{name} VARCHAR" for name in TEXTS),
        *(f"{name}_s BIGINT" for name in MOMENTS),
        *(f"{name} BOOLEAN" for name in (*FLAGS, *DAYS)),
        *(f"{name} DOUBLE" for name in NUMBERS),
    ]
)
TELL_ENDS = frozenset({"restored", "resolved", "closed", "cancelled", "state"})
"""Without any of these a list cannot say that something ended, so nothing is known to be open."""
VARYING = {"state", "means", "owner", "team"}


@dataclass(frozen=True, slots=True)
class Speaks:
    """What the words of the event logs can tell at all; if they cannot, columns decide."""

    ends: bool = False
    waits: bool = False


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    *,
    speaks: Speaks,
    until_s: int,
    records_begin_s: int | None,
) -> Merged:
    """This will make the case fact from lists of cases, event logs, or both.

    `case_rows` keeps what was written about each case, for the promises that come from cases.
    """
    union(con, "listed", (_listed(s) for s in staged if s.shape == "case"), COLUMNS)
    merged = merge(con, "listed", dates=("due_s",))
    more = ", earliest_due_s BIGINT, due_s_changes INTEGER"
    logs = [s for s in staged if s.shape == "event"]
    union(con, "told", (_told(s) for s in logs if _speaks_of_cases(s)), COLUMNS + more)
    speak = [_speaks_of_cases(s) for s in logs]
    _one_per_case(con, told=any(speak), more_logged=not all(speak))
    con.execute(CASE.create_sql())
    facts = _facts(speaks, until_s, records_begin_s)
    con.execute(f'INSERT INTO "case" BY NAME {facts}')
    con.execute(
        "CREATE TABLE told_handoffs AS SELECT r.handoff_count AS handoffs FROM case_rows r "
        "JOIN walked w USING (case_no) "
        "WHERE r.handoff_count IS NOT NULL AND w.w_handoffs IS NOT NULL"
    )
    return merged


def _listed(s: Staged) -> str:
    parts = [
        f"{s.text('case_id')} AS key, CAST({s.order} AS INTEGER) AS ord",
        f"CAST({s.src} AS SMALLINT) AS src, s.row",
        *(f"{s.text(name)} AS {name}" for name in TEXTS),
        *(f"{s.moment(name)} AS {name}_s" for name in MOMENTS),
        *(f"{s.flag(name)} AS {name}" for name in FLAGS),
        *(f"{s.number(name)} AS {name}" for name in NUMBERS),
        *(f"{s.day(name.removesuffix('_day'))} AS {name}" for name in DAYS),
        *_constants(s),
        f"{s.moment('target')} AS target_s",
    ]
    return f"SELECT {', '.join(parts)} FROM {s.relation} s"


def _constants(s: Staged) -> list[str]:
    kind = "CAST(NULL AS VARCHAR)" if s.kind is None else literal(s.kind)
    return [
        f"{'true' if 'resolved' in s.roles else 'false'} AS has_resolved",
        f"{'true' if TELL_ENDS & s.roles else 'false'} AS tells_ends",
        f"{kind} AS promise_kind",
    ]


def _speaks_of_cases(s: Staged) -> bool:
    """Whether a log has columns about the case itself, beside what changes from event to event."""
    about = {*TEXTS, *MOMENTS, *FLAGS, *NUMBERS, "target"} - VARYING
    return bool(about & s.roles)


def _told(s: Staged) -> str:
    """One row per case of a log: the last value written of everything that belongs to the case."""
    parts = [
        f"{s.clean('case_id', 's.case_id_raw')} AS key",
        f"CAST({s.order} AS INTEGER) AS ord",
        f"CAST({s.src} AS SMALLINT) AS src, max(s.row) AS row",
        *(_last(s.text(n), n) for n in TEXTS if n in s.roles and n not in VARYING),
        *(_last(s.moment(n), f"{n}_s") for n in MOMENTS if n in s.roles),
        *(_last(s.flag(n), n) for n in FLAGS if n in s.roles),
        *(_last(s.number(n), n) for n in NUMBERS if n in s.roles),
        *_constants(s),
    ]
    if "target" in s.roles:
        parts.append(_last(s.moment("target"), "target_s"))
    if "due" in s.roles:
        due = s.moment("due")
        parts += [_last(s.day("due"), "due_day"), f"arg_min({due}, s.row) AS earliest_due_s"]
        parts.append(f"CAST(count(DISTINCT {due}) - 1 AS INTEGER) AS due_s_changes")
    return f"SELECT {', '.join(parts)} FROM {s.relation} s GROUP BY s.case_id_raw HAVING key IS NOT NULL"


def _last(expression: str, name: str) -> str:
    return f"arg_max({expression}, s.row) AS {name}"


def _one_per_case(con: duckdb.DuckDBPyConnection, *, told: bool, more_logged: bool) -> None:
    """A case in a list and in a log: the list's own columns first, the log's after."""
    shared = [*OWN, "has_resolved", "tells_ends", "src", "row", "earliest_due_s", "due_s_changes"]
    if told:
        both = ", ".join(f"coalesce(l.{name}, t.{name}) AS {name}" for name in shared)
        rows = (
            f"SELECT coalesce(l.key, t.key) AS key, {both} "
            "FROM listed_once l FULL JOIN told t ON t.key = l.key"
        )
    else:
        rows = f"SELECT key, {', '.join(shared)} FROM listed_once"
    con.execute(f"CREATE VIEW written AS {rows}")
    only_logged = (
        "SELECT c.case_id AS key, g.src, g.row, true AS tells_ends, c.case_no FROM case_number c "
        "JOIN (SELECT case_no, min(src) AS src, max(row) AS row FROM logged GROUP BY case_no) g "
        "USING (case_no) WHERE NOT EXISTS (SELECT 1 FROM written w WHERE w.key = c.case_id)"
    )
    con.execute(
        "CREATE VIEW case_rows AS "
        "SELECT r.*, c.case_no FROM written r JOIN case_number c ON c.case_id = r.key "
        "UNION ALL BY NAME "
        "SELECT r.*, CAST(n.ids + row_number() OVER (ORDER BY r.src, r.row) - 1 AS INTEGER) "
        "AS case_no FROM written r CROSS JOIN (SELECT count(*) AS ids FROM case_number) n "
        "WHERE r.key IS NULL" + (f" UNION ALL BY NAME ({only_logged})" if more_logged else "")
    )


def _facts(speaks: Speaks, until_s: int, records_begin_s: int | None) -> str:
    begin = "CAST(NULL AS BIGINT)" if records_begin_s is None else str(records_begin_s)
    ended = _resolved(speaks)
    reopened = "w.w_reopened" if speaks.ends else "CAST(NULL AS BIGINT)"
    paused = "w.w_paused_s" if speaks.waits else "CAST(NULL AS BIGINT)"
    return f"""
    WITH r AS (
      SELECT r.* EXCLUDE (customer, site, asset, region, consequence),
        {registers.who("r")}, {registers.consequence("r")} AS consequence
      FROM case_rows r {registers.joined("r")}
    ), n AS (
      SELECT customer, row_number() OVER (ORDER BY customer) - 1 AS customer_no
      FROM (SELECT DISTINCT customer FROM r WHERE customer IS NOT NULL) d
    ), e AS (
      SELECT r.*, w.* EXCLUDE (case_no), n.customer_no, o.text AS last_owner_name,
        coalesce(r.reported_s, r.occurred_s, w.w_first_s) AS begun_s, {ended} AS over_s,
        coalesce(r.cancelled_s, w.w_cancelled_s,
          CASE WHEN r.means = 'cancelled' THEN coalesce(r.closed_s, r.resolved_s) END) AS gone_s
      FROM r LEFT JOIN walked w USING (case_no) LEFT JOIN n ON n.customer = r.customer
        LEFT JOIN (SELECT DISTINCT no, text FROM owner_number) o ON o.no = w.w_last_owner
    )
    SELECT e.case_no, coalesce(e.key, concat('row ', e.row)) AS case_id, e.about,
      e.customer, CAST(e.customer_no AS INTEGER) AS customer_no, e.site, e.asset, e.region,
      CASE WHEN e.w_ownerless_s IS NULL THEN e.owner ELSE e.last_owner_name END AS owner, e.team,
      e.consequence, {urgency("e.consequence")} AS urgency, e.state,
      e.begun_s AS reported_s, e.occurred_s,
      CASE WHEN e.begun_s < {begin} THEN {begin} END AS entered_s,
      coalesce(e.responded_s, CASE WHEN e.w_begins_reported
        OR e.reported_s IS NOT NULL THEN e.w_answered_s END) AS responded_s,
      coalesce(e.restored_s, e.w_restored_s) AS restored_s,
      e.over_s AS resolved_s, coalesce(e.closed_s, e.w_closed_s) AS closed_s,
      e.gone_s AS cancelled_s,
      e.has_resolved AND e.resolved_s IS NULL AND e.over_s IS NOT NULL AS resolved_by_closing,
      e.over_s IS NULL AND e.gone_s IS NULL AND e.w_first_s IS NULL
        AND (NOT e.tells_ends OR coalesce(e.means IN ('resolved', 'closed', 'cancelled'), false))
        AS ended_unknown,
      e.responded_s AS told_responded_s, e.restored_s AS told_restored_s,
      e.resolved_s AS told_resolved_s, e.closed_s AS told_closed_s, e.respond_due_s,
      coalesce(e.w_first_ended_s, CASE WHEN e.w_first_s IS NULL THEN e.over_s END) AS first_ended_s,
      CAST(coalesce({reopened}, e.reopen_count,
        CASE WHEN e.reopened_s IS NOT NULL THEN 1 END) AS INTEGER) AS reopened,
      coalesce(e.w_reopened_s, e.reopened_s) AS reopened_s,
      CAST(coalesce(e.w_handoffs, e.handoff_count) AS INTEGER) AS handoffs,
      CAST(e.w_bounces AS INTEGER) AS bounces, e.w_ownerless_s AS ownerless_s,
      coalesce(e.w_ownerless_now, e.over_s IS NULL AND e.gone_s IS NULL AND e.owner IS NULL
        AND {_names_owners()}) AS ownerless_now,
      {paused.replace("w.", "e.")} AS paused_s,
      greatest(coalesce(e.w_open_s + greatest(e.w_first_s - e.begun_s, 0),
        least(coalesce(e.over_s, e.gone_s, {until_s}), {until_s}) - e.begun_s), 0) AS open_s,
      coalesce(e.w_last_s, e.changed_s) AS last_heard_s,
      e.over_s IS NOT NULL OR e.gone_s IS NOT NULL AS settled, e.src, e.row
    FROM e WHERE e.begun_s IS NULL OR e.begun_s <= {until_s}
    ORDER BY e.case_no""".replace("w.w_reopened", "e.w_reopened")


def _resolved(speaks: Speaks) -> str:
    """Closed is not resolved when a later event says otherwise."""
    column = "coalesce(r.resolved_s, CASE WHEN r.means = 'cancelled' THEN NULL ELSE r.closed_s END)"
    if not speaks.ends:
        return column
    return f"""CASE
          WHEN w.case_no IS NULL THEN {column}
          WHEN w.w_final_s IS NULL OR w.w_cancelled_s IS NOT NULL THEN NULL
          WHEN r.resolved_s IS NOT NULL AND r.resolved_s >= coalesce(w.w_last_left_s, r.resolved_s)
            THEN r.resolved_s
          ELSE w.w_final_s END"""


def _names_owners() -> str:
    return "(SELECT count(*) FROM case_rows WHERE owner IS NOT NULL) > 0"


def urgency(expression: str) -> str:
    """This will give the order of urgency of a consequence class as SQL."""
    cases = " ".join(f"WHEN '{name}' THEN {rank}" for name, rank in URGENCY.items())
    return f"CAST(CASE {expression} {cases} ELSE 2 END AS TINYINT)"
