"""A clock: a calendar bound to a zone over a range of days, as opening and closing moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.working_time.calendar import Calendar, Seconds, joined
from wellkept.methods.working_time.zone import offsets, year_start_s

FIRST_YEAR = 1900
LAST_YEAR = 2199
HORIZON_S = year_start_s(LAST_YEAR + 1) - year_start_s(FIRST_YEAR)

_DAY = timedelta(days=1)
_MARGIN_DAYS = 3  # an interval may last a day past its own, and zones lie within a day of UTC


class BeyondRange(ValueError):
    """A moment lies, or would fall, outside the years that clocks cover (1900 to 2199).

    `items` holds the positions of the offending rows, so that a caller can leave them out.
    """

    def __init__(self, sentence: str, items: Seconds) -> None:
        """Keep the positions beside the sentence."""
        super().__init__(sentence)
        self.items = items


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """A calendar in a zone between two UTC midnights, `first_s` and `last_s`.

    `opens_s` and `closes_s` (k,) are the working intervals in seconds UTC: sorted, disjoint, not
    touching. `worked_s` (k + 1,) is the working time from `first_s` to each opening, and last the
    total. All are int64 and read-only. The functions of this method widen the range by themselves.
    """

    calendar: Calendar
    zone: str
    first_on: date
    last_on: date
    first_s: int
    last_s: int
    opens_s: Seconds
    closes_s: Seconds
    worked_s: Seconds

    def outside_holiday_years(self, at_s: ArrayLike) -> NDArray[np.bool_]:
        """Tell which moments lie in years for which the calendar holds no holiday rows.

        Takes moments (n,) in seconds UTC, returns a mask (n,). Working time there ignores
        holidays that nobody has entered yet; a calendar without any holiday row claims nothing
        and gives False throughout.
        """
        moments = np.atleast_1d(np.asarray(at_s))
        years = self.calendar.holiday_years
        if years is None:
            return np.zeros(moments.shape, np.bool_)
        begin, end = (
            round(datetime(year, 1, 1, tzinfo=ZoneInfo(self.zone)).timestamp())
            for year in (years.start, years.stop)
        )
        return (moments < begin) | (moments >= end)


def bind(calendar: Calendar, zone: str, first: date, last: date) -> Clock:
    """Bind a calendar to a zone for the UTC days first to last, both included.

    The clock is open at a moment when the wall clock of the zone then shows a time inside an
    interval. So a shift over a spring change is an hour short, over an autumn change an hour
    long; wall time that a spring change skips is not worked, and wall time that an autumn change
    shows twice is worked twice. Bound clocks are kept: the same arguments give the same clock.

    Raises UnknownZone; ValueError when last is before first; BeyondRange outside 1900 to 2199.
    """
    if last < first:
        raise ValueError(
            f"A clock cannot be bound from {first} to {last}, which runs backwards; "
            "give the earlier day first."
        )
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise BeyondRange(
            f"A clock cannot be bound from {first} to {last}: clocks cover the years "
            f"{FIRST_YEAR} to {LAST_YEAR}; choose a range inside them.",
            np.empty(0, np.int64),
        )
    return _bound(calendar, zone, first, last)


@lru_cache(maxsize=256)
def _bound(calendar: Calendar, zone: str, first: date, last: date) -> Clock:
    first_s, last_s = midnight_s(first), midnight_s(last + _DAY)
    margin = _MARGIN_DAYS * _DAY
    wall = calendar.intervals(first - margin, last + margin)
    opens, closes = _on_the_wall(zone, first_s, last_s, *wall)
    worked = np.concatenate([[0], np.cumsum(closes - opens)])
    for array in (opens, closes, worked):
        array.flags.writeable = False
    return Clock(calendar, zone, first, last, first_s, last_s, opens, closes, worked)


def _on_the_wall(
    zone: str, first_s: int, last_s: int, opens: Seconds, closes: Seconds
) -> tuple[Seconds, Seconds]:
    """Find the moments at which the wall clock shows a time inside the intervals.

    Within a period of constant offset the wall runs straight, so shifting the intervals by the
    offset and clipping them to the period is exact, gaps and folds included.
    """
    starts, shifts = offsets(zone, first_s, last_s)
    ends = np.append(starts[1:], last_s)
    opened, closed = [], []
    for begin, end, shift in zip(starts, ends, shifts, strict=True):
        low = np.searchsorted(closes, begin + shift, "right")
        high = np.searchsorted(opens, end + shift, "left")
        opened.append(np.maximum(opens[low:high] - shift, begin))
        closed.append(np.minimum(closes[low:high] - shift, end))
    return joined(np.concatenate(opened), np.concatenate(closed))


def midnight_s(day: date) -> int:
    """Give the UTC midnight that starts a day, in seconds since 1970."""
    return round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
