"""Downtimes: stretches in which an asset could not be used, and the assets that should count."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from wellkept.study.facts import asset_states
from wellkept.study.facts.cases import urgency
from wellkept.study.facts.merging import Merged, merge
from wellkept.study.facts.registers import Known
from wellkept.study.facts.source import literal
from wellkept.study.facts.staged import Staged, row_name, union
from wellkept.study.facts.tables import ASSET, DOWNTIME

COLUMNS = (
    "key VARCHAR, ord INTEGER, about VARCHAR, customer VARCHAR, site VARCHAR, asset VARCHAR, "
    "region VARCHAR, owner VARCHAR, team VARCHAR, consequence VARCHAR, from_s BIGINT, "
    "to_s BIGINT, planned BOOLEAN, first_due_s BIGINT, due_s BIGINT, due_is_day BOOLEAN, "
    "kept BOOLEAN, promise_kind VARCHAR, known_s BIGINT, src SMALLINT, row BIGINT, layout INTEGER, "
    "seen_down_s BIGINT"
)


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    *,
    until_s: int,
    silences: Sequence[tuple[int, int]],
    known: Known,
) -> Merged:
    """This will make the downtime and asset facts; `outages` keeps what was written."""
    logged = asset_states.build(con, staged, until_s=until_s)
    parts = [_outage(s) for s in staged if _tells_outages(s)]
    union(con, "outages", [*parts, asset_states.OUTAGES] if logged else parts, COLUMNS)
    merged = merge(con, "outages", dates=("due_s",))
    con.execute(DOWNTIME.create_sql())
    con.execute(f"INSERT INTO downtime BY NAME {_facts(staged, until_s, silences, known)}")
    con.execute(ASSET.create_sql())
    con.execute(
        "INSERT INTO asset SELECT asset, max(customer), bool_or(registered) FROM ("
        "SELECT key AS asset, customer, true AS registered FROM known_asset UNION ALL "
        "SELECT asset, customer, false FROM downtime WHERE asset IS NOT NULL UNION ALL "
        "SELECT asset, NULL, false FROM watch) a GROUP BY asset"
    )
    con.execute(
        "CREATE TABLE asset_number AS SELECT asset, "
        "CAST(row_number() OVER (ORDER BY asset) - 1 AS INTEGER) AS asset_no FROM asset"
    )
    return merged


def _tells_outages(s: Staged) -> bool:
    """A list of downtimes, or a list of cases that says when its asset was down."""
    return s.shape == "downtime" or (s.shape == "case" and {"asset", "down_from"} <= s.roles)


def _outage(s: Staged) -> str:
    start = s.first_moment("down_from", "occurred", "reported", "made")
    stop = f"coalesce({s.first_moment('down_to', 'restored', 'done', 'resolved', 'closed')}, "
    kind = "CAST(NULL AS VARCHAR)" if s.kind is None else literal(s.kind)
    key = f"coalesce({s.first_text('promise_id', 'case_id')}, "
    if s.shape == "case":
        start, stop = s.moment("down_from"), f"coalesce({s.moment('down_to')}, "
        s = replace(s, roles=s.roles - {"due", "first_due", "verdict"})
    return f"""
      SELECT {key}CASE WHEN {s.text("asset")} IS NOT NULL THEN
          concat({s.text("asset")}, ' / ', strftime(to_timestamp({start}) AT TIME ZONE 'UTC',
          '%Y-%m-%d %H:%M')) END) AS key,
        CAST({s.order} AS INTEGER) AS ord, {s.first_text("about", "reason", "kind")} AS about,
        {s.text("customer")} AS customer, {s.text("site")} AS site, {s.text("asset")} AS asset,
        {s.text("region")} AS region, {s.text("owner")} AS owner, {s.text("team")} AS team,
        {s.text("consequence")} AS consequence, {start} AS from_s,
        {stop}{start} + {s.moment("lasted")}) AS to_s, {s.flag("planned")} AS planned,
        {s.moment("first_due")} AS first_due_s, {s.first_moment("due", "first_due")} AS due_s,
        coalesce({s.day("due")}, {s.day("first_due")}) AS due_is_day,
        {s.flag("verdict")} AS kept, {kind} AS promise_kind, {s.moment("changed")} AS known_s,
        CAST({s.src} AS SMALLINT) AS src, s.row, {s.layout} AS layout
      FROM {s.relation} s{_stood(s)}"""


def _stood(s: Staged) -> str:
    """Rows whose asset went on serving are no outages; beside a mere mark, a blank says no."""
    if "stood_still" not in s.roles:
        return ""
    marks = f"(SELECT bool_and(x.stood_still) FROM {s.relation} x)"
    return f" WHERE coalesce(s.stood_still, NOT {marks}, true)"


def _facts(
    staged: Sequence[Staged],
    until_s: int,
    silences: Sequence[tuple[int, int]],
    known: Known,
) -> str:
    """An end written right after a silence of the feed is only known to lie in that silence."""
    whens = " ".join(
        f"WHEN r.to_s > {start} AND r.to_s <= {stop} THEN greatest({start}, r.from_s)"
        for start, stop in silences
    )
    censored = f"least(CASE {whens} END, r.seen_down_s)" if whens else "r.seen_down_s"
    return f"""
    WITH r AS (
      SELECT o.* EXCLUDE (customer, site, asset, region, consequence),
        {known.who("o")}, {known.consequence("o")} AS consequence
      FROM outages_once o {known.joined("o")}
    )
    SELECT CAST(row_number() OVER (ORDER BY r.src, r.row) - 1 AS INTEGER) AS downtime_no,
      coalesce(r.key, {row_name("r", staged)}) AS downtime_id, r.about, r.customer,
      CAST(n.customer_no AS INTEGER) AS customer_no, r.site, r.asset, r.region, r.owner, r.team,
      r.consequence, {urgency("r.consequence")} AS urgency, r.from_s, r.to_s,
      {censored} AS censored_s, r.planned, coalesce(r.earliest_due_s, r.due_s) AS due_s,
      r.to_s IS NOT NULL AND r.to_s <= {until_s} AND {censored} IS NULL AS settled,
      r.known_s, r.src, r.row
    FROM r LEFT JOIN customer_number n ON n.customer = r.customer
    WHERE r.from_s IS NOT NULL AND r.from_s <= {until_s}"""
