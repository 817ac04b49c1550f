"""The window of a run: from when, until when, in whose months, cut by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

DAY = 86_400
MOST_PERIODS = 60
"""More weeks than this do not fit a chart: they become months."""
MOST_MONTHS = 120
"""Earlier months are not drawn: one wrong date would make a chart of centuries."""


@dataclass(frozen=True, slots=True)
class Window:
    """Everything a measure needs besides the facts.

    `targets_s`: seconds promised for a measure where no row carries a date of its own.
    `by`: the column that cuts, None if nothing is cut. `has_calendar`: promise clocks are known.
    """

    until_s: int
    since_s: int | None = None
    zone: tzinfo = UTC
    level: float = 0.95
    targets_s: Mapping[str, int] | None = None
    by: str | None = None
    has_calendar: bool = False

    @property
    def given(self) -> dict[str, int]:
        """What every selection may name: `$since` and `$until`."""
        return {"since": -(2**62) if self.since_s is None else self.since_s, "until": self.until_s}

    def target_s(self, measure: str) -> int | None:
        """Seconds promised for this measure, None if nobody stated any."""
        return (self.targets_s or {}).get(measure)


@dataclass(frozen=True, slots=True)
class Periods:
    """Whole weeks (Monday first) or months in the window's zone; `edges_s` has one more element."""

    name: str
    edges_s: NDArray[np.int64]

    def of(self, moments_s: NDArray[np.int64]) -> NDArray[np.int64]:
        """This will number the period of each moment; -1 stands before, len(edges) - 1 after."""
        return np.searchsorted(self.edges_s, moments_s, side="right") - 1


def periods(first_s: int, window: Window) -> Periods:
    """This will cut the time from `first_s` to the window's end into whole weeks or months.

    Weeks while they number at most MOST_PERIODS, months after that, the last MOST_MONTHS of them;
    the last one may be unfinished.
    """
    zone = window.zone
    start = datetime.fromtimestamp(first_s, tz=zone).replace(
        hour=0, minute=0, second=0, microsecond=0, fold=0
    )
    weekly = (window.until_s - first_s) / (7 * DAY) <= MOST_PERIODS
    if weekly:
        start -= timedelta(days=start.weekday())
    else:
        end = datetime.fromtimestamp(window.until_s, tz=zone)
        earliest = 12 * end.year + end.month - MOST_MONTHS  # months since the year 0, from 0
        start = start.replace(day=1)
        if 12 * start.year + start.month - 1 < earliest:
            start = start.replace(year=earliest // 12, month=earliest % 12 + 1)
    edges: list[int] = []
    at: datetime | None = start
    while at is not None and at.timestamp() <= window.until_s:
        edges.append(int(at.timestamp()))
        at = _next(at, weekly=weekly)
    edges.append(window.until_s + 1 if at is None else int(at.timestamp()))
    return Periods("week" if weekly else "month", np.array(edges, np.int64))


def _next(at: datetime, *, weekly: bool) -> datetime | None:
    """The next period's first moment, None where the calendar ends."""
    try:
        if weekly:
            return at + timedelta(days=7)
        return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    except (OverflowError, ValueError):
        return None
