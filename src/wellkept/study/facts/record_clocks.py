"""Calendars of the record, bound to zones: for judged dates, and the promise clock of cases."""

from collections import defaultdict
from datetime import UTC, date, datetime

import duckdb
import numpy as np

from wellkept.methods import working_time
from wellkept.methods.working_time import Calendar, Clock, DatedHours, Holiday, Hours
from wellkept.record.promises.judging import ByCalendar
from wellkept.study.facts import kept
from wellkept.study.facts.clocks import COLUMNS
from wellkept.study.facts.tables import CASE

UNBOUND = "Etc/UTC"
"""The zone of what knows neither a site nor one of its own."""


class Clocks:
    """Calendars by their key, bound to a zone when first asked for."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """This will read the calendars and the zones of sites from the tables in hand."""
        self.calendars = calendars(con)
        self.zones = dict(con.execute("SELECT id, zone FROM r_site").fetchall())
        self.bound: dict[tuple[int, str], ByCalendar] = {}

    def zone_of(self, site: int | None) -> str:
        """This will give the zone of a site, or UTC."""
        return self.zones.get(site, "") or UNBOUND

    def of(self, calendar: int, zone: str, near_s: int) -> ByCalendar:
        """This will give a calendar's clock in a zone; its range widens by itself."""
        key = (calendar, zone)
        if key not in self.bound:
            year = _day(near_s).year
            clock = working_time.bind(
                self.calendars[calendar], zone, date(year, 1, 1), date(year, 12, 31)
            )
            self.bound[key] = ByCalendar(clock)
        return self.bound[key]


def calendars(con: duckdb.DuckDBPyConnection) -> dict[int, Calendar]:
    """This will give the calendars as methods know them, by their key."""
    weeks: dict[tuple[int, int], list[Hours]] = defaultdict(list)
    for key, weekday, begin, end in con.execute(
        "SELECT calendar_id, weekday, from_min, to_min FROM r_hours ORDER BY ALL"
    ).fetchall():
        weeks[key, weekday].append(Hours(begin, end))
    days: dict[int, list[Holiday]] = defaultdict(list)
    for key, on, name, source in con.execute(
        'SELECT calendar_id, "on", name, source FROM r_holiday ORDER BY ALL'
    ).fetchall():
        days[key].append(Holiday(on, name, source))
    dated = _dated(con)
    found = con.execute("SELECT id, from_on, until_on FROM r_calendar").fetchall()
    return {
        key: Calendar(
            week=tuple(tuple(weeks[key, day]) for day in range(7)),
            holidays=tuple(days[key]),
            dated=tuple(dated[key]),
            effective_from=begins,
            effective_until=ends,
        )
        for key, begins, ends in found
    }


def _dated(con: duckdb.DuckDBPyConnection) -> dict[int, list[DatedHours]]:
    spans: dict[tuple[int, date], list[tuple[int | None, int | None, str]]] = defaultdict(list)
    for key, on, begin, end, reason in con.execute(
        'SELECT calendar_id, "on", from_min, to_min, reason FROM r_dated ORDER BY ALL'
    ).fetchall():
        spans[key, on].append((begin, end, reason))
    found: dict[int, list[DatedHours]] = defaultdict(list)
    for (key, on), rows in spans.items():
        hours = tuple(Hours(begin, end) for begin, end, _ in rows if begin is not None and end)
        found[key].append(DatedHours(on, hours, rows[0][2]))
    return found


CLOCKED = """
    SELECT c.case_no, coalesce(p.calendar_id, s.cover_calendar_id) AS calendar,
      coalesce(nullif(p.zone, ''), nullif(s.zone, ''), '{unbound}') AS zone,
      c.* EXCLUDE (case_no, row)
    FROM (SELECT case_no, row, {moments} FROM "case") c JOIN r_case r ON r.id = c.row
      LEFT JOIN known_asset a ON a.id = r.asset_id
      LEFT JOIN r_site s ON s.id = coalesce(r.site_id, a.site_id)
      LEFT JOIN (SELECT l.case_id, arg_min(q.calendar_id, q.id) AS calendar_id,
          arg_min(w.zone, q.id) AS zone
        FROM r_case_promise l JOIN r_promise q ON q.id = l.promise_id
          JOIN r_promise_words w ON w.no = q.said
        WHERE q.calendar_id IS NOT NULL GROUP BY l.case_id) p ON p.case_id = r.id
    WHERE coalesce(p.calendar_id, s.cover_calendar_id) IS NOT NULL
    ORDER BY calendar, zone, c.case_no"""
"""The calendar of the case's own promise first, its site's cover after."""


def work_on_promise_clock(con: duckdb.DuckDBPyConnection, until_s: int) -> bool:
    """This will fill the promise-clock columns of cases that have a calendar; False if none has."""
    if not con.execute("SELECT count(*) FROM r_calendar").fetchall()[0][0]:
        return False
    moments = ", ".join(
        f"coalesce({start}, {until_s}) AS from_{name}, "
        f"least(coalesce({stop}, {until_s}), {until_s}) AS to_{name}"
        for name, (start, stop) in COLUMNS.items()
    )
    found = con.execute(CLOCKED.format(unbound=UNBOUND, moments=moments)).fetchnumpy()
    if not found["case_no"].size:
        return False
    clocks, which = _clocks(con, found, until_s)
    arrays = {"case_no": found["case_no"]}
    for name in COLUMNS:
        begun, ended = found[f"from_{name}"], found[f"to_{name}"]
        arrays[name] = working_time.elapsed_many(clocks, which, begun, np.maximum(ended, begun))
    con.execute("CREATE TABLE clocked AS SELECT * FROM arrays")
    kept.add(con, CASE, {name: f"s.{name}" for name in COLUMNS}, "clocked")
    con.execute("DROP TABLE clocked")
    return True


def _clocks(
    con: duckdb.DuckDBPyConnection, found: dict[str, np.ndarray], until_s: int
) -> tuple[list[Clock], np.ndarray]:
    """The different clocks, and which of them each row goes by."""
    known = calendars(con)
    pairs = [*zip(found["calendar"].tolist(), found["zone"].tolist(), strict=True)]
    numbers = {pair: no for no, pair in enumerate(dict.fromkeys(pairs))}
    first_s = min(int(found[f"from_{name}"].min()) for name in COLUMNS)
    first, last = _day(min(first_s, until_s)), _day(until_s)
    clocks = [working_time.bind(known[key], zone, first, last) for key, zone in numbers]
    return clocks, np.array([numbers[pair] for pair in pairs], np.int64)


def _day(moment_s: int) -> date:
    return datetime.fromtimestamp(moment_s, tz=UTC).date()
