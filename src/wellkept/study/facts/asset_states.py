"""Logs of asset states: from “it was down from here on” to outages, and to the time it was watched.

A state holds until the next row of its asset. What follows a state that is not known (a lost
signal, a word without a meaning, a feed that fell silent) is not seen: an outage that runs into it
ends nowhere, and one that comes out of it began before anybody looked. Neither is a repair time.
"""

from collections.abc import Sequence

import duckdb

from wellkept.study.facts.staged import Staged, union
from wellkept.study.facts.tables import WATCH

COLUMNS = (
    "asset VARCHAR, at_s BIGINT, means VARCHAR, about VARCHAR, customer VARCHAR, site VARCHAR, "
    "region VARCHAR, team VARCHAR, consequence VARCHAR, planned BOOLEAN, known_s BIGINT, "
    "ord INTEGER, src SMALLINT, row BIGINT, layout INTEGER"
)
REPEATS = 0.5  # of the rows that say what the row before said: then somebody asks again and again
MISSED = 3  # times the usual gap between two answers: then nobody asked
RUNS = "asset_runs"


def build(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged], *, until_s: int) -> bool:
    """This will make the `watch` fact and, where a log tells states, `asset_runs`; tells whether.

    A run is a stretch of one asset in one class: up, down, unknown. `OUTAGES` reads them.
    """
    con.execute(WATCH.create_sql())
    logs = [s for s in staged if s.shape == "asset_state"]
    if not logs:
        return False
    union(con, "asset_said", (_said(s) for s in logs), COLUMNS)
    con.execute(
        f"CREATE TABLE asset_states AS SELECT * FROM asset_said WHERE asset IS NOT NULL "
        f"AND at_s <= {until_s} QUALIFY row_number() OVER "
        "(PARTITION BY asset, at_s ORDER BY ord DESC, src DESC, row DESC) = 1"
    )
    reach_s = _reach_s(con)
    _runs(con, reach_s, until_s)
    _watched(con, until_s, asked=reach_s is not None)
    return True


def _watched(con: duckdb.DuckDBPyConnection, until_s: int, *, asked: bool) -> None:
    """Who asks again and again knows nothing of whom he never asked, nor of before he asked.

    Who is told of changes knows that what first fell out of service had served until then.
    """
    con.execute(
        f"INSERT INTO watch SELECT asset, from_s, coalesce(to_s, {until_s}) FROM {RUNS} "
        "WHERE class <> 'unknown' UNION ALL "
        f"SELECT asset, min(from_s), min(from_s) FROM {RUNS} GROUP BY asset "
        "HAVING bool_and(class = 'unknown')"
    )
    if asked:
        con.execute(
            f"INSERT INTO watch SELECT key, first_s, first_s FROM known_asset, "
            f"(SELECT min(from_s) AS first_s FROM {RUNS}) f "
            f"WHERE key IS NOT NULL AND first_s IS NOT NULL AND key NOT IN "
            f"(SELECT asset FROM {RUNS})"
        )
        return
    con.execute(
        f"UPDATE {RUNS} SET before = 'up' WHERE before IS NULL AND class = 'down' "
        f"AND from_s > (SELECT min(from_s) FROM {RUNS})"
    )
    con.execute(
        f"INSERT INTO watch SELECT asset, (SELECT min(from_s) FROM {RUNS}), from_s FROM {RUNS} "
        "WHERE nth = 1 AND before = 'up'"
    )


def _said(s: Staged) -> str:
    return f"""
      SELECT {s.text("asset")} AS asset, {s.moment("event_at")} AS at_s,
        coalesce({s.text("means")}, 'unknown') AS means,
        {s.first_text("reason", "about")} AS about, {s.text("customer")} AS customer,
        {s.text("site")} AS site, {s.text("region")} AS region, {s.text("team")} AS team,
        {s.text("consequence")} AS consequence, CASE {s.text("means")}
          WHEN 'planned down' THEN true ELSE {s.flag("planned")} END AS planned,
        {s.moment("changed")} AS known_s, CAST({s.order} AS INTEGER) AS ord,
        CAST({s.src} AS SMALLINT) AS src, s.row, {s.layout} AS layout
      FROM {s.relation} s"""


def _reach_s(con: duckdb.DuckDBPyConnection) -> int | None:
    """How long a state holds at most without being said again; None where only changes are told."""
    row = con.execute(
        "SELECT avg((means = before)::INTEGER), quantile_disc(gap, 0.9) FROM (SELECT means, "
        "lag(means) OVER w AS before, at_s - lag(at_s) OVER w AS gap FROM asset_states "
        "WINDOW w AS (PARTITION BY asset ORDER BY at_s)) d WHERE before IS NOT NULL"
    ).fetchone()
    if row is None or row[0] is None or row[0] < REPEATS:
        return None
    return MISSED * int(row[1])


def _runs(con: duckdb.DuckDBPyConnection, reach_s: int | None, until_s: int) -> None:
    """Rows of one class that follow each other are one stretch; it ends where another begins."""
    missed = (
        "SELECT *, 0 AS step FROM asset_states"
        if reach_s is None
        else f"""
        SELECT * EXCLUDE (next_s), 0 AS step FROM said UNION ALL
        SELECT * EXCLUDE (next_s) REPLACE ('unknown' AS means, NULL AS planned), 1 AS step
        FROM said WHERE next_s - at_s > {reach_s}"""
    )
    con.execute(f"""
      CREATE TABLE {RUNS} AS
      WITH said AS (
        SELECT *, coalesce(lead(at_s) OVER (PARTITION BY asset ORDER BY at_s), {until_s}) AS next_s
        FROM asset_states
      ), steps AS (
        SELECT *, CASE WHEN means IN ('down', 'planned down') THEN 'down' ELSE means END AS class
        FROM ({missed}) m
      ), turned AS (
        SELECT *, (class IS DISTINCT FROM lag(class) OVER w)::INTEGER AS turn FROM steps
        WINDOW w AS (PARTITION BY asset ORDER BY at_s, step)
      ), numbered AS (
        SELECT *, sum(turn) OVER (PARTITION BY asset ORDER BY at_s, step) AS nth FROM turned
      ), runs AS (
        SELECT asset, nth, any_value(class) AS class, min(at_s) AS from_s,
          {", ".join(f"first({one} ORDER BY at_s) AS {one}" for one in TOLD)},
          CASE WHEN count(planned) > 0 THEN bool_and(coalesce(planned, false)) END AS planned
        FROM numbered GROUP BY asset, nth
      )
      SELECT *, lead(from_s) OVER w AS to_s, lead(class) OVER w AS after,
        lag(class) OVER w AS before
      FROM runs WINDOW w AS (PARTITION BY asset ORDER BY nth)""")


TOLD = (
    "about", "customer", "site", "region", "team", "consequence", "known_s", "ord", "src", "row",
    "layout",
)  # fmt: skip
"""What the first row of a run says of it."""

OUTAGES = f"""
  SELECT concat(asset, ' / ', strftime(to_timestamp(from_s) AT TIME ZONE 'UTC',
      '%Y-%m-%d %H:%M:%S')) AS key, asset, from_s, planned, {", ".join(TOLD)},
    CASE WHEN after = 'up' THEN to_s END AS to_s,
    CASE WHEN after = 'unknown' OR before IS DISTINCT FROM 'up' THEN to_s END AS seen_down_s
  FROM {RUNS} WHERE class = 'down'"""
"""Outages of logs of states. `seen_down_s`: how far it was seen, where an end of it was not."""
