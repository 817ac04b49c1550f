"""The promise clock of each case: cover hours in the site's zone, from its report to each end."""

from datetime import UTC, date, datetime
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from wellkept.methods.working_time import Calendar, Clock, bind, elapsed_many
from wellkept.study.facts import kept
from wellkept.study.facts.tables import CASE

COLUMNS = {
    "response_work_s": ("reported_s", "responded_s"),
    "restore_work_s": ("coalesce(occurred_s, reported_s)", "restored_s"),
    "resolve_work_s": ("reported_s", "resolved_s"),
}


def work_on_promise_clock(
    con: duckdb.DuckDBPyConnection, calendar: Calendar, zone: str, *, until_s: int
) -> None:
    """This will fill the promise-clock columns of the case fact.

    A case counts in the zone of its site where a register of sites states one, else in `zone`.
    Raises what `working_time` raises for unknown zones and calendars that never open.
    """
    zones, which = _zones(con, zone)
    if not which.size:
        return
    first, last = _days(con, until_s)
    clocks = [bind(calendar, name, first, last) for name in zones]
    arrays: dict[str, NDArray[Any]] = {"case_no": _column(con, "case_no")}
    for name, (start, stop) in COLUMNS.items():
        arrays[name] = _elapsed(con, clocks, which, start, stop, until_s)
    con.execute("CREATE TABLE clocked AS SELECT * FROM arrays")
    kept.add(con, CASE, {name: f"s.{name}" for name in COLUMNS}, "clocked")
    con.execute("DROP TABLE clocked")


def _elapsed(
    con: duckdb.DuckDBPyConnection,
    clocks: list[Clock],
    which: NDArray[np.int64],
    start: str,
    stop: str,
    until_s: int,
) -> NDArray[np.int64]:
    begun = _column(con, f"coalesce({start}, {until_s})")
    ended = _column(con, f"least(coalesce({stop}, {until_s}), {until_s})")
    return elapsed_many(clocks, which, begun, np.maximum(ended, begun))


def _column(con: duckdb.DuckDBPyConnection, expression: str) -> NDArray[np.int64]:
    found = con.execute(f'SELECT {expression} AS v FROM "case" ORDER BY case_no').fetchnumpy()["v"]
    return np.asarray(found)


def _zones(con: duckdb.DuckDBPyConnection, zone: str) -> tuple[list[str], NDArray[np.int64]]:
    known = con.execute(
        "SELECT DISTINCT zone FROM known_site WHERE zone IS NOT NULL ORDER BY zone"
    ).fetchall()
    names = list(dict.fromkeys([zone, *(name for (name,) in known)]))
    con.execute("CREATE OR REPLACE TABLE zone_number (zone VARCHAR, no INTEGER)")
    con.executemany("INSERT INTO zone_number VALUES (?, ?)", [(z, i) for i, z in enumerate(names)])
    found = con.execute(
        'SELECT coalesce(z.no, 0) AS no FROM "case" c LEFT JOIN (SELECT coalesce(label, key) AS '
        "site, any_value(zone) AS zone FROM known_site GROUP BY 1) s ON s.site = c.site "
        "LEFT JOIN zone_number z ON z.zone = s.zone ORDER BY c.case_no"
    ).fetchnumpy()["no"]
    return names, np.asarray(found).astype(np.int64)


def _days(con: duckdb.DuckDBPyConnection, until_s: int) -> tuple[date, date]:
    row = con.execute('SELECT min(least(reported_s, occurred_s)) FROM "case"').fetchone()
    first = until_s if row is None or row[0] is None else int(row[0])
    return (_day(min(first, until_s)), _day(until_s))


def _day(moment_s: int) -> date:
    return datetime.fromtimestamp(moment_s, tz=UTC).date()
