"""Promises as they stood, and as they were known, at a moment that has passed."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np

from wellkept.record.promises.judging import AroundTheClock, Shift, Wait, WorkingTime, at_s, judge
from wellkept.study.facts.record_clocks import Clocks
from wellkept.study.facts.record_cut import Cut

ENDS = {
    "fulfilled_s": ("fulfilled", ("fulfilled", "taken_back")),
    "released_s": ("released", ("released",)),
    "ended_s": ("ended", ("ended",)),
    "voided_s": ("voided", ("voided", "merged")),
}
"""Which column each word of the log sets, and which words speak of it."""
OWNING = ("taken", "accepted", "assigned", "left")


def rewind(con: duckdb.DuckDBPyConnection, cut: Cut) -> None:
    """This will set promises back; moves and pauses must be cut already.

    Ends are those written down by `known`; a date corrected later is the old one again; judged
    dates are derived anew from the moves and pauses that are left. A row that was brought over
    with its end is known with it. Owners are as the log tells; before its first word nobody's.
    """
    if cut.known_s is not None:
        _ends(con, cut.known_s)
        _first_dates(con, cut.known_s)
    _owners(con, cut)
    _dates(con, cut)


def _ends(con: duckdb.DuckDBPyConnection, known_s: int) -> None:
    for column, (sets, words) in ENDS.items():
        listed = ", ".join(f"'{word}'" for word in words)
        con.execute(
            f"UPDATE r_promise SET {column} = e.at_s FROM (SELECT promise_id, "
            f"CASE WHEN arg_max(word, (recorded_s, id)) FILTER (WHERE recorded_s <= {known_s}) "
            f"= '{sets}' THEN arg_max(at_s, (recorded_s, id)) FILTER (WHERE recorded_s <= "
            f"{known_s}) END AS at_s FROM r_promise_event WHERE word IN ({listed}) "
            "GROUP BY promise_id) e WHERE e.promise_id = r_promise.id"
        )


def _first_dates(con: duckdb.DuckDBPyConnection, known_s: int) -> None:
    con.execute(
        "UPDATE r_promise SET first_due_s = c.old_s FROM (SELECT promise_id, "
        "arg_min(old_first_due_s, (confirmed_s, id)) AS old_s FROM r_correction "
        f"WHERE confirmed_s > {known_s} GROUP BY promise_id) c WHERE c.promise_id = r_promise.id"
    )


def _owners(con: duckdb.DuckDBPyConnection, cut: Cut) -> None:
    listed = ", ".join(f"'{word}'" for word in OWNING)
    inside = f"at_s <= {cut.until_s} AND {cut.known}"
    con.execute(
        "UPDATE r_promise SET owner_id = e.person FROM (SELECT promise_id, "
        f"arg_max(coalesce(person_id, -1), (at_s, id)) FILTER (WHERE {inside}) AS person "
        f"FROM r_promise_event WHERE word IN ({listed}) GROUP BY promise_id) e "
        "WHERE e.promise_id = r_promise.id"
    )
    con.execute("UPDATE r_promise SET owner_id = NULL WHERE owner_id = -1")


def _dates(con: duckdb.DuckDBPyConnection, cut: Cut) -> None:
    con.execute("UPDATE r_promise SET judged_due_s = first_due_s, current_due_s = first_due_s")
    rows = con.execute(
        "SELECT id, first_due_s, calendar_id, zone, site_id FROM r_promise JOIN r_promise_words "
        "ON no = said WHERE first_due_s IS NOT NULL AND id IN (SELECT promise_id FROM r_move "
        "UNION SELECT promise_id FROM r_pause)"
    ).fetchall()
    if not rows:
        return
    clocks, shifts, waits = Clocks(con), _shifts(con), _waits(con, cut)
    found = []
    for key, first_due_s, calendar, zone, site in rows:
        clock: WorkingTime = AroundTheClock()
        if key in waits and calendar is not None:
            clock = clocks.of(calendar, zone or clocks.zone_of(site), first_due_s)
        judged = judge(at_s(first_due_s), shifts.get(key, []), waits.get(key, []), clock)
        due = -1 if judged.judged_due is None else int(judged.judged_due.timestamp())
        found.append((key, due, int(judged.current_due.timestamp())))
    columns = np.array(found, np.int64)
    arrays = {"id": columns[:, 0], "judged": columns[:, 1], "current": columns[:, 2]}
    con.execute(
        "UPDATE r_promise SET judged_due_s = nullif(a.judged, -1), current_due_s = a.current "
        "FROM arrays a WHERE a.id = r_promise.id"
    )
    assert arrays  # read by the statement above through its name


def _shifts(con: duckdb.DuckDBPyConnection) -> Mapping[int, list[Shift]]:
    found: dict[int, list[Shift]] = defaultdict(list)
    for key, old, new, asked, moved in con.execute(
        "SELECT promise_id, old_due_s, new_due_s, asked_by, at_s FROM r_move "
        "ORDER BY promise_id, id"
    ).fetchall():
        at = None if moved is None else at_s(moved)
        found[key].append(Shift(at_s(old), at_s(new), asked == "customer", at))
    return found


def _waits(con: duckdb.DuckDBPyConnection, cut: Cut) -> Mapping[int, list[Wait]]:
    """Pauses as they stood: an end or a consent that came later has not come."""
    last_s = cut.until_s if cut.known_s is None else min(cut.until_s, cut.known_s)
    found: dict[int, list[Wait]] = defaultdict(list)
    for key, begun, over, agreed in con.execute(
        "SELECT promise_id, from_s, until_s, acknowledged_s FROM r_pause ORDER BY from_s, id"
    ).fetchall():
        found[key].append(Wait(at_s(begun), _by(over, last_s), _by(agreed, last_s)))
    return found


def _by(moment_s: int | None, last_s: int) -> Any:
    return None if moment_s is None or moment_s > last_s else at_s(moment_s)
