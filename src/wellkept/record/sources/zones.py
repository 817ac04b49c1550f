"""Civil time of a zone into seconds since 1970 UTC, as a plain SQL expression."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST_YEAR, LAST_YEAR = 1990, 2045  # beyond them the nearest offset holds
_WEEK = 7 * 86400


class UnknownZone(ValueError):
    """There is no zone of that name."""


@lru_cache(maxsize=64)
def changes_of(zone: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """This will list a zone's offsets: the first, then (civil second, offset from there on).

    A civil time that a change skips or repeats is read with the offset before the change,
    as `datetime` does with fold 0.
    """
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(f"There is no time zone {zone!r}. Write it like Europe/Rome.") from error
    start = int(dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC).timestamp())
    end = int(dt.datetime(LAST_YEAR, 1, 1, tzinfo=dt.UTC).timestamp())
    changes: list[tuple[int, int]] = []
    for week in range(start, end, _WEEK):
        before, after = _offset(info, week), _offset(info, week + _WEEK)
        if before != after:
            at = _change(info, week, week + _WEEK)
            changes.append((at + max(before, after), after))
    return _offset(info, start), tuple(changes)


def _offset(info: ZoneInfo, second: int) -> int:
    offset = dt.datetime.fromtimestamp(second, info).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _change(info: ZoneInfo, low: int, high: int) -> int:
    """The first second of the new offset between two moments with different offsets."""
    before = _offset(info, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(info, middle) == before else (low, middle)
    return high


def utc_sql(civil_s: str, zone: str | None) -> str:
    """This will turn an expression in civil seconds into one in seconds since 1970 UTC.

    The expression stands once: repeated at every change of the zone it would take the engine
    seconds to plan, even for two rows.
    """
    if zone is None or zone in ("UTC", "Etc/UTC", "GMT"):
        return civil_s
    first, changes = changes_of(zone)
    return f"(list_transform([{civil_s}], lambda c: c - {_tree('c', changes, first)}))[1]"


def _tree(civil_s: str, changes: tuple[tuple[int, int], ...], first: int) -> str:
    """A balanced tree of comparisons: few per row, and no time function in the engine."""
    if not changes:
        return str(first)
    middle = len(changes) // 2
    at, offset = changes[middle]
    before = _tree(civil_s, changes[:middle], first)
    after = _tree(civil_s, changes[middle + 1 :], offset)
    return f"case when {civil_s} < {at} then {before} else {after} end"
