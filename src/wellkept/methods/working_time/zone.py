"""The offsets of a zone as a short table of changes, found once and kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np

from wellkept.methods.working_time.calendar import DAY_S, Seconds


class UnknownZone(ValueError):
    """No zone of this name is known; the sentence says which name is near."""


def offsets(zone: str, first_s: int, last_s: int) -> tuple[Seconds, Seconds]:
    """Give the periods of constant offset of a zone between two moments.

    Takes an IANA name and two moments in seconds UTC. Returns two arrays (m,): the second UTC at
    which each period begins (the first is first_s) and its offset in seconds east of UTC.
    Changes are looked for once a day, so two that undo each other within a day go unseen; the
    zone database has none in the years that clocks cover.

    Raises UnknownZone.
    """
    starts, values = [first_s], [_offset(_zone(zone), first_s)]
    for year in range(_year(first_s), _year(last_s) + 1):
        for moment_s, offset_s in _changes(zone, year):
            if first_s < moment_s < last_s:
                starts.append(moment_s)
                values.append(offset_s)
    return np.array(starts, np.int64), np.array(values, np.int64)


def year_start_s(year: int) -> int:
    """Give the first second of a year, UTC."""
    return round(datetime(year, 1, 1, tzinfo=UTC).timestamp())


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    where = _zone(zone)
    found = []
    probes = range(year_start_s(year), year_start_s(year + 1) + 1, DAY_S)
    before = _offset(where, probes[0])
    for left, right in pairwise(probes):
        after = _offset(where, right)
        if after != before:
            found.append((_change_between(where, left, right), after))
            before = after
    return tuple(found)


def _change_between(where: ZoneInfo, left: int, right: int) -> int:
    before = _offset(where, left)
    while right - left > 1:
        middle = (left + right) // 2
        left, right = (middle, right) if _offset(where, middle) == before else (left, middle)
    return right


def _offset(where: ZoneInfo, moment_s: int) -> int:
    offset = datetime.fromtimestamp(moment_s, where).utcoffset()
    return round((offset or timedelta()).total_seconds())


def _year(moment_s: int) -> int:
    return datetime.fromtimestamp(moment_s, UTC).year


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = get_close_matches(name, available_timezones(), n=1)
        hint = f"did you mean {near[0]!r}? Zones" if near else "zones"
        raise UnknownZone(
            f"{name!r} is not a zone that is known here, so its hours have no moments; {hint} "
            'are IANA names such as "Europe/Rome", "America/Chicago" or "UTC".'
        ) from None
