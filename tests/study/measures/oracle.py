"""Measures once more, by plain counting over Python rows: no SQL, no arrays, no shared code."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from study.measures.builders import DAY, HOUR
from wellkept.study.facts.tables import URGENCY

Row = dict[str, Any]
CENSORED = float("inf")


def due(promises: Iterable[Row], until_s: int, since_s: int) -> list[Row]:
    """Promises judged in the window, each with `late_s` (None: only a verdict) and `failed`."""
    found = []
    for row in promises:
        judged, released = row["judged_s"], row.get("released_s")
        if judged is None or not since_s <= judged <= until_s:
            continue
        if row["made_s"] is not None and row["made_s"] > until_s:
            continue
        if released is not None and released <= judged:
            continue
        found.append(row | _fate(row, until_s))
    return found


def _fate(row: Row, until_s: int) -> Row:
    verdict, done, judged = row.get("verdict"), row["done_s"], row["judged_s"]
    if verdict is not None and (row["judged_due_s"] is None or done is None):
        return {"late_s": None, "failed": verdict == "broken", "done": True, "owed": False}
    over = done is not None and done <= until_s
    late = (done if over else until_s) - judged
    gone = [row.get("ended_s"), row.get("released_s")]
    owed = not over and not any(at is not None and at <= until_s for at in gone)
    return {"late_s": late, "failed": late > 0 if over else True, "done": over, "owed": owed}


def kept_by(rows: list[Row], column: str, until_s: int) -> int:
    """How many of the dated ones were kept by another date than the judged one."""
    kept = 0
    for row in rows:
        if row["late_s"] is None:
            continue
        end = row["done_s"] if row["done"] else until_s
        kept += end <= row[column] if row["done"] else end < row[column]
    return kept


def hit(rows: Iterable[Row]) -> Counter[str]:
    """Failures of each known customer."""
    return Counter(row["customer"] for row in rows if row["failed"] and row["customer"])


def at_least(counts: Counter[str], times: int) -> int:
    """How many customers were hit so often."""
    return sum(n >= times for n in counts.values())


def worst_first(rows: Iterable[Row]) -> list[int]:
    """Lateness of the failed, by consequence and then by how late."""
    failed = [row for row in rows if row["failed"] and row["late_s"] is not None]
    failed.sort(key=lambda row: (URGENCY[row["consequence"]], -row["late_s"]))
    return [row["late_s"] for row in failed]


def survived(lengths: list[tuple[int, bool]], p: float) -> float:
    """The p-quantile by Kaplan–Meier, one event at a time; CENSORED if it is not reached."""
    share = 1.0
    for t in sorted({length for length, ended in lengths if ended}):
        at_risk = sum(length >= t for length, _ in lengths)
        share *= 1 - sum(length == t and ended for length, ended in lengths) / at_risk
        if share <= 1 - p + 1e-12:
            return t
    return CENSORED


def opened(cases: Iterable[Row], until_s: int, since_s: int) -> list[tuple[int, bool]]:
    """(length, ended) of the cases reported in the window that can be followed."""
    found = []
    for row in cases:
        start, end, gone = row["reported_s"], row["resolved_s"], row.get("cancelled_s")
        if start is None or not since_s <= start <= until_s:
            continue
        if gone is not None and gone <= until_s:
            continue
        over = end is not None and end <= until_s
        if (over and end < start) or (not over and row.get("ended_unknown")):
            continue
        found.append((end - start if over else until_s - start, over))
    return found


def down_seconds(stretches: Iterable[Row], asset: str, since_s: int, until_s: int) -> int:
    """Seconds in which an asset was down at all, counted minute by minute."""
    theirs = [row for row in stretches if row["asset"] == asset]
    minutes = range(since_s, until_s, 60)
    return 60 * sum(any(_is_down(row, at, until_s) for row in theirs) for at in minutes)


def _is_down(row: Row, at: int, until_s: int) -> bool:
    end = until_s if row["to_s"] is None else row["to_s"]
    return bool(row["from_s"] <= at < end)


def recent(rows: Iterable[Row], until_s: int) -> list[Row]:
    """Those judged in the last 90 days."""
    return [row for row in rows if row["judged_s"] >= until_s - 90 * DAY]


def hours(seconds: int) -> float:
    """Seconds as hours."""
    return seconds / HOUR
