"""The window of a run: from when, until when, in whose months, cut by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

DAY = 86_400
MOST_PERIODS = 60
"""More periods than this do not fit a chart: weeks become months."""


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

    Weeks while they number at most MOST_PERIODS, months after that; the last one may be unfinished.
    """
    zone = window.zone
    start = datetime.fromtimestamp(first_s, tz=zone).replace(
        hour=0, minute=0, second=0, microsecond=0, fold=0
    )
    weekly = (window.until_s - first_s) / (7 * DAY) <= MOST_PERIODS
    if weekly:
        start -= timedelta(days=start.weekday())
    else:
        start = start.replace(day=1)
    edges, at = [], start
    while at.timestamp() <= window.until_s:
        edges.append(int(at.timestamp()))
        at = at + timedelta(days=7) if weekly else _next_month(at)
    edges.append(int(at.timestamp()))
    return Periods("week" if weekly else "month", np.array(edges, np.int64))


def _next_month(at: datetime) -> datetime:
    return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
