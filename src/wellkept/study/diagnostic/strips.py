"""Since when a promise has not been met, week by week: the strip behind *normalised*.

A process can be predictable without being capable: every week inside its limits, every year below
the promise. Nothing signals, nobody asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import charts, levels

MOST_WEEKS = 156
LONG = 26
"""From so many weeks on it counts as the way things are."""
EVIDENT = 3.0
"""Log likelihood ratio from which the weeks speak against the promise: 20 to 1."""
OUTSIDE = 0.05
"""Share of weeks outside the limits up to which a stretch is called predictable."""
RECENT = 13
SWINGS = 1.5


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its first moment, what failed of what was due, and the limits of chance."""

    start_s: int
    k: int
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The weeks, and since when they lie below the promise.

    `since_s` is the first moment of the first such week, None if they do not; `weeks_below` from
    then on; `customers`, `failed` and `moved` since then: who was hit, how often, and how often we
    moved the date of what then failed (each time it was excused again). `promise`: the share that
    should be kept. `predictable`: hardly a week lies outside its limits.
    """

    promise: float
    weeks: tuple[Week, ...]
    since_s: int | None = None
    weeks_below: int = 0
    customers: int | None = None
    failed: int = 0
    moved: int = 0
    predictable: bool = False
    improving: bool = False

    @property
    def lasting(self) -> bool:
        """Predictable but not capable, for half a year or more."""
        return self.since_s is not None and self.predictable and self.weeks_below >= LONG


def strip_of(
    judged_s: NDArray[np.int64],
    failed: NDArray[np.bool_],
    customer_no: NDArray[np.int64],
    moves: NDArray[np.int64],
    *,
    promise: float,
    until_s: int,
    zone: tzinfo,
) -> Strip | None:
    """This will cut what was due into weeks and say since when it lies below the promise.

    Arrays (rows,); `customer_no` -1 where unknown; whole weeks only, the last 156. The beginning is
    where the cumulative sum of log likelihood ratios, the share seen of late against the promised
    one, last left zero; what is met again of late has none. None below
    eight weeks with anything due.
    Source of the sum: Page 1954, Biometrika 41:100.
    """
    edges = _weeks(judged_s, until_s, zone)
    if edges.size < 2:
        return None
    at = np.searchsorted(edges, judged_s, side="right") - 1
    inside = (at >= 0) & (at < edges.size - 1)
    n = np.bincount(at[inside], minlength=edges.size - 1)
    k = np.bincount(at[inside & failed], minlength=edges.size - 1)
    if np.count_nonzero(n) < 8:
        return None
    first = _below_since(k, n, promise)
    weeks = _charted(edges, k, n)
    if first is None:
        return Strip(promise, weeks)
    lately = inside & (at >= first) & failed
    known = customer_no[lately & (customer_no >= 0)]
    steady, better = _steady(k[first:], n[first:])
    return Strip(
        promise,
        weeks,
        since_s=int(edges[first]),
        weeks_below=int(n.size - first),
        customers=int(np.unique(known).size) if np.any(customer_no >= 0) else None,
        failed=int(np.count_nonzero(lately)),
        moved=int(moves[lately].sum()),
        predictable=steady,
        improving=better,
    )


def _weeks(judged_s: NDArray[np.int64], until_s: int, zone: tzinfo) -> NDArray[np.int64]:
    """Edges of the whole weeks, Monday first, from the first row to the moment judged."""
    if not judged_s.size:
        return np.zeros(0, np.int64)
    at = datetime.fromtimestamp(until_s, tz=zone).replace(
        hour=0, minute=0, second=0, microsecond=0, fold=0
    )
    at -= timedelta(days=at.weekday())
    edges = [int(at.timestamp())]
    first_s = int(judged_s.min())
    while len(edges) <= MOST_WEEKS and edges[-1] > first_s:
        at -= timedelta(days=7)
        edges.append(int(at.timestamp()))
    return np.array(edges[::-1], np.int64)


def _below_since(k: NDArray[np.int64], n: NDArray[np.int64], promise: float) -> int | None:
    """The first week of the stretch that lies below the promise, None if there is none."""
    allowed = min(max(1 - promise, 1e-6), 1 - 1e-6)
    lately = int(k[-LONG:].sum()), int(n[-LONG:].sum())
    if not _below(*lately, promise):
        return None
    seen = min(max(lately[0] / lately[1], 1.25 * allowed), 1 - 1e-6)
    steps = k * np.log(seen / allowed) + (n - k) * np.log((1 - seen) / (1 - allowed))
    total, first = 0.0, 0
    for week, step in enumerate(steps):
        if total + step <= 0:
            total, first = 0.0, week + 1
        else:
            total += float(step)
    if total < EVIDENT or first >= n.size:
        return None
    return first if _below(int(k[first:].sum()), int(n[first:].sum()), promise) else None


def _below(k: int, n: int, promise: float) -> bool:
    """Whether a smaller share than the promised one is kept, as good as certainly."""
    if not n:
        return False
    return bool(levels.shown([n - k], [n], [promise]).chances[0, 0] > levels.SURE)


def _charted(
    edges: NDArray[np.int64], k: NDArray[np.int64], n: NDArray[np.int64]
) -> tuple[Week, ...]:
    chart = _chart(k, n)
    return tuple(
        Week(int(edges[i]), int(k[i]), int(n[i]), _real(chart.low[i]), _real(chart.high[i]))
        for i in range(n.size)
    )


def _chart(k: NDArray[np.int64], n: NDArray[np.int64]) -> charts.Chart:
    chart = charts.tail_counts(k, n)
    return charts.p_chart(k, n, laney=True) if chart.dispersion > SWINGS else chart


def _steady(k: NDArray[np.int64], n: NDArray[np.int64]) -> tuple[bool, bool]:
    """Whether a stretch is predictable, and whether its last weeks signal for the better."""
    if np.count_nonzero(n) < 8:
        return False, False
    chart = _chart(k, n)
    out = int(np.count_nonzero(chart.outside))
    better = chart.signal[-RECENT:] & (np.nan_to_num(chart.value[-RECENT:], nan=1.0) < chart.centre)
    return out <= max(1, OUTSIDE * n.size), bool(np.any(better))


def _real(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
