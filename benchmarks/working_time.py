"""A million due moments over fifty calendars, against two row loops, in one run.

    python benchmarks/working_time.py [ROWS] [SAMPLE]

Prints medians of seven runs of ours, of three runs of each loop on a sample of the same items, and
the ratio of the times an item. Before any timing it checks that all three give the same moments.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.working_time import (
    Calendar,
    Clock,
    Pauses,
    bind,
    due_many,
    elapsed_many,
    public_holidays,
)

CLOCKS, FIRST, LAST = 50, date(2022, 1, 1), date(2026, 12, 31)
ZONES = ("Europe/Rome", "America/Chicago", "Asia/Kolkata", "Australia/Sydney", "UTC")
COUNTRIES = ("IT", "DE", "FR", "US", "IN")
Span = tuple[int, int]


@dataclass(frozen=True)
class Items:
    """What is asked: a clock, a start and a target each, and pauses in flat arrays."""

    which: NDArray[np.int16]
    start: NDArray[np.int64]
    target: NDArray[np.int64]
    pauses: Pauses


@dataclass(frozen=True)
class Rows:
    """The same for a row loop: plain lists, and the pauses of each item as they came."""

    which: list[int]
    start: list[int]
    target: list[int]
    pauses: list[list[Span]]


def some_clocks() -> list[Clock]:
    """Fifty calendars with a lunch break each, holidays of five countries, five zones."""
    clocks = []
    for i in range(CLOCKS):
        start, lunch = 7 + i % 3, 12 + i % 2
        words = f"Mon-Fri {start}:00-{lunch}:{i % 4 * 10:02d} {lunch + 1}:00-{17 + i % 2}:00"
        days = public_holidays(COUNTRIES[i % 5], None, range(FIRST.year, LAST.year + 1))
        calendar = Calendar.parse(words + ("; Sat 08:00-12:00" if i % 5 == 0 else ""))
        clocks.append(bind(calendar.with_holidays(days), ZONES[i // 10], FIRST, LAST))
    return clocks


def some_items(rows: int) -> Items:
    """Starts over three years, targets of 1 to 40 working hours, 20 % with 1 to 3 pauses."""
    rng = np.random.default_rng(7)
    which = rng.integers(0, CLOCKS, rows).astype(np.int16)
    low = int(datetime(2022, 2, 1, tzinfo=UTC).timestamp())
    start = rng.integers(low, low + 3 * 365 * 86_400, rows)
    target = rng.integers(1, 41, rows) * 3600
    paused = np.sort(rng.choice(rows, rows // 5, replace=False))
    owner = np.repeat(paused, rng.integers(1, 4, paused.size))
    begin = start[owner] + rng.integers(0, 5 * 86_400, owner.size)
    pauses = Pauses(owner, begin, begin + rng.integers(600, 259_200, owner.size))
    return Items(which, start, target, pauses)


def first_rows(items: Items, rows: int) -> Rows:
    """The first items as lists, their pauses gathered by item (not timed)."""
    pauses: list[list[Span]] = [[] for _ in range(rows)]
    for i in np.flatnonzero(items.pauses.owner < rows).tolist():
        span = int(items.pauses.from_s[i]), int(items.pauses.to_s[i])
        pauses[items.pauses.owner[i]].append(span)
    which, start, target = (a[:rows].tolist() for a in (items.which, items.start, items.target))
    return Rows(which, start, target, pauses)


def lean_loop(clocks: Sequence[Clock], rows: Rows) -> list[int]:
    """Row by row over intervals already laid out in UTC: about the best of plain Python."""
    laid = [(c.opens_s.tolist(), c.closes_s.tolist()) for c in clocks]
    found = []
    for clock, begin, left, spans in zip(
        rows.which, rows.start, rows.target, rows.pauses, strict=True
    ):
        opens, closes = laid[clock]
        pauses = merged(spans)
        k = max(bisect_right(opens, begin) - 1, 0)
        moment = walk(max(opens[k], begin), closes[k], left, pauses)
        while moment < 0:
            left, k = -moment - 1, k + 1
            moment = walk(opens[k], closes[k], left, pauses)
        found.append(moment)
    return found


def plain_loop(clocks: Sequence[Clock], rows: Rows) -> list[int]:
    """Row by row and day by day with datetime and zoneinfo, as it is usually written."""
    rules = [(c.calendar, ZoneInfo(c.zone), {h.on for h in c.calendar.holidays}) for c in clocks]
    found = []
    for clock, begin, left, spans in zip(
        rows.which, rows.start, rows.target, rows.pauses, strict=True
    ):
        calendar, zone, holidays = rules[clock]
        pauses = merged(spans)
        day, moment = datetime.fromtimestamp(begin, zone).date(), -1
        while moment < 0:
            for span in () if day in holidays else calendar.week[day.weekday()]:
                midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
                opens = int((midnight + timedelta(minutes=span.from_min)).timestamp())
                closes = int((midnight + timedelta(minutes=span.to_min)).timestamp())
                moment = walk(max(opens, begin), closes, left, pauses)
                if moment >= 0:
                    break
                left = -moment - 1
            day += timedelta(days=1)
        found.append(moment)
    return found


def walk(at: int, close: int, left: int, pauses: Sequence[Span]) -> int:
    """Work from `at` to `close` around pauses: the due moment, or −1 − what is left."""
    for begin, end in pauses:
        if begin >= close:
            break
        if end > at:
            if begin > at:
                if left <= begin - at:
                    return at + left
                left -= begin - at
            at = end
    if close > at:
        if left <= close - at:
            return at + left
        left -= close - at
    return -left - 1


def merged(spans: list[Span]) -> list[Span]:
    """Put the pauses of one item in order and join those that overlap."""
    if len(spans) < 2:
        return spans
    spans = sorted(spans)
    joined = [spans[0]]
    for begin, end in spans[1:]:
        if begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median time of some runs, after one that is not counted."""
    times = []
    for _ in range(runs + 1):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return median(times[1:])


def main(rows: int = 1_000_000, sample: int = 20_000) -> None:
    began = perf_counter()
    clocks = some_clocks()
    print(f"{CLOCKS} clocks bound for 5 years, holidays included: {perf_counter() - began:.2f} s")
    items = some_items(rows)
    print(f"{rows} items, {items.pauses.owner.size} pauses; loops on the first {sample} items")
    asked = (clocks, items.which, items.start, items.target)
    began = perf_counter()
    due = due_many(*asked, items.pauses)
    print(f"ours, first call (tables built): {perf_counter() - began:.3f} s")
    some = first_rows(items, sample)
    same = due.due_s[:sample].tolist()
    if not same == lean_loop(clocks, some) == plain_loop(clocks, some):
        raise SystemExit("The loops do not give the same moments; the times would mean nothing.")

    ours = seconds(lambda: due_many(*asked, items.pauses), 7)
    print(f"ours, due_many: median {ours:.3f} s, {ours / rows * 1e6:.3f} µs an item")
    order = np.random.default_rng(8).permutation(items.pauses.owner.size)
    mixed = seconds(lambda: due_many(*asked, items.pauses.taken(order)), 7)
    print(f"ours, pauses in random order: median {mixed:.3f} s")
    back = seconds(lambda: elapsed_many(*asked[:3], due.due_s, items.pauses), 7)
    print(f"ours, elapsed_many over the same: median {back:.3f} s")
    one = seconds(lambda: due_many(clocks[:1], 0, items.start[0], items.target[0]), 99)
    print(f"ours, a single item: median {one * 1e6:.0f} µs")

    loops = (("lean loop over UTC intervals", lean_loop), ("plain loop by day", plain_loop))
    for name, loop in loops:
        theirs = seconds(lambda loop=loop: loop(clocks, some), 3) / sample  # type: ignore[misc]  # bound now
        print(
            f"{name}: median {theirs * 1e6:.1f} µs an item, {theirs * rows:.1f} s scaled to "
            f"{rows}; ours is {theirs * rows / ours:.0f} times faster"
        )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
