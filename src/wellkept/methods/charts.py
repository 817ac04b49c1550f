"""Whether a series has changed or only varies: limits reckoned from a baseline, and two signals.

A point signals when it lies outside its limits, or when it completes a run of eight on one side of
the centre. For counts both are exact: no normal approximation decides about a small team.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods import bounds
from wellkept.methods.bounds import Column, Floats, Whole

Baseline = slice | NDArray[np.bool_] | None
Marks = NDArray[np.bool_]
SIDE = 0.00135
RUN = 8
RANGE_TO_DEVIATION = 1.128
RANGE_LIMIT = 3.267


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Hold a series with its centre, its limits and its signals, point by point.

    A value is outside when it is less than `low` or more than `high`: a value on a limit is not.
    `run` marks the eighth and every later point of a run on one side. `dispersion` is σz, how many
    times wider than pure chance the baseline varied from point to point (1: as chance would), nan
    where that has no meaning.
    """

    value: Floats
    centre: float
    low: Floats
    high: Floats
    outside: Marks
    run: Marks
    dispersion: float

    @property
    def signal(self) -> Marks:
        """Tell for each point whether it is a signal of either kind."""
        return self.outside | self.run


@dataclass(frozen=True, slots=True, eq=False)
class Xmr:
    """Hold the chart of the values and the chart of their moving ranges (one point shorter)."""

    values: Chart
    ranges: Chart


def tail_counts(
    k: Column,
    n: Column,
    baseline: Baseline = None,
    centre: float | None = None,
    side: float = SIDE,
) -> Chart:
    """Chart the share beyond the promise, period by period, with exact binomial limits.

    `k[i]` of the `n[i]` due in period i were beyond; the centre is the share over the baseline
    periods (all, when none are named), or a given one. Each limit is passed with probability at
    most `side` (0.135 %) while nothing has changed. A run signals only when it is also as unlikely
    as eight tosses on one side, since with few cases most periods lie below the centre anyway.
    A period with n = 0 has no value (nan) and no signal. A baseline without any breach, or with
    nothing else, sets its limits by (k + ½) ÷ (n + 1). Unit: share.
    With large n pure chance is too strict a yardstick: look at `dispersion`, and above about 1.5
    use `p_chart(…, laney=True)`.
    Raises ValueError unless 0 ≤ k ≤ n in whole numbers and the baseline holds a case.

    >>> chart = tail_counts([2] * 26 + [9], [40] * 27, baseline=slice(0, 26))
    >>> float(chart.high[-1]), bool(chart.signal[-1])
    (0.175, True)
    """
    from scipy.special import betainc

    few, many = bounds.whole_counts(k, n)
    middle, typical = _level(few, many, baseline, centre, ceiling=1.0)
    low, high = bounds.binomial_cuts(many.astype(np.int64), typical, side)
    more, fewer = _neighbours(many * middle)
    above = _floats(betainc(more, many - more + 1, typical))
    below = _floats(betainc(many - fewer, fewer + 1, 1 - typical))
    spread = _spread_p(few, many, baseline, middle)
    return _counted(few, many, middle, low, high - 1, (above, below), spread)


def event_counts(
    count: Column,
    exposure: Column,
    baseline: Baseline = None,
    centre: float | None = None,
    side: float = SIDE,
) -> Chart:
    """Chart a rate of events, period by period, with exact Poisson limits.

    `count[i]` events fell into `exposure[i]` (asset-days, running hours); otherwise as
    `tail_counts`. Unit: events per unit of exposure.
    Raises ValueError for counts that are not whole or negative, exposures that are negative and a
    baseline without exposure.
    """
    from scipy.special import gammainc, gammaincc

    events, watched = _rates(count, exposure)
    middle, typical = _level(events, watched, baseline, centre, ceiling=math.inf)
    mean = watched * typical
    none = np.zeros(mean.shape, np.int64)
    far = np.ceil(mean + 8 * np.sqrt(mean) + 40).astype(np.int64)
    high = bounds.first_true(lambda x: gammainc(x, mean) <= side, none, far)
    low = bounds.first_true(lambda x: gammaincc(x, mean) > side, none, far) - 1
    more, fewer = _neighbours(watched * middle)
    above, below = _floats(gammainc(more, mean)), _floats(gammaincc(fewer + 1, mean))
    spread = _spread_u(events, watched, baseline, middle)
    return _counted(events, watched, middle, low, high - 1, (above, below), spread)


def p_chart(
    k: Column,
    n: Column,
    baseline: Baseline = None,
    centre: float | None = None,
    *,
    laney: bool = False,
) -> Chart:
    """Chart a share with limits three standard deviations away, for periods of many cases.

    p̄ ± 3 √(p̄ (1 − p̄) ÷ nᵢ), within 0 and 1; with `laney` times σz, the mean moving range of
    the baseline's z-scores ÷ 1.128, so that ordinary swings from week to week do not signal (p′).
    Below about 10 expected breaches and 10 kept in a period use `tail_counts`.
    Source: Montgomery 2009, Introduction to Statistical Quality Control, section 7.2; Laney 2002,
    Quality Engineering 14:531.
    """
    few, many = bounds.whole_counts(k, n)
    middle, _ = _level(few, many, baseline, centre, ceiling=1.0)
    spread = _spread_p(few, many, baseline, middle)
    half = 3 * np.sqrt(middle * (1 - middle)) * _per_root(many) * (spread if laney else 1.0)
    value = _ratio(few, many)
    low, high = np.maximum(middle - half, 0), np.minimum(middle + half, 1)
    return _chart(value, middle, low, high, spread)


def u_chart(
    count: Column,
    exposure: Column,
    baseline: Baseline = None,
    centre: float | None = None,
    *,
    laney: bool = False,
) -> Chart:
    """Chart a rate with limits three standard deviations away, for periods of many events.

    ū ± 3 √(ū ÷ nᵢ), not below 0; with `laney` times σz, as in `p_chart` (u′). With an exposure of
    1 throughout it is the c chart. Below about 10 expected events in a period use `event_counts`.
    Source: Montgomery 2009, section 7.3; Laney 2002.
    """
    events, watched = _rates(count, exposure)
    middle, _ = _level(events, watched, baseline, centre, ceiling=math.inf)
    spread = _spread_u(events, watched, baseline, middle)
    half = 3 * np.sqrt(middle) * _per_root(watched) * (spread if laney else 1.0)
    value = _ratio(events, watched)
    return _chart(value, middle, np.maximum(middle - half, 0), middle + half, spread)


def xmr(values: Column, baseline: Baseline = None, *, log: bool = False) -> Xmr:
    """Chart single values by their moving ranges: mean ± 2.660 mean range, range up to 3.267.

    `log` reckons on the logarithm, which durations need: on their own scale more than half of the
    unchanged heavy-tailed series alarm within 24 points. The centre is then the geometric mean,
    and the ranges are differences of logarithms. Unit: that of the values. For promises use
    `tail_counts`: neither a mean nor a percentile per week shows a growing tail in time.
    Raises ValueError for values that are missing (or not positive, with `log`) and for a baseline
    of fewer than two values.
    Source: Wheeler & Chambers 1992, Understanding Statistical Process Control; NIST/SEMATECH
    e-Handbook 6.3.2.2.
    """
    given = np.asarray(values, np.float64)
    if not np.isfinite(given).all() or (log and (given <= 0).any()):
        raise ValueError("Single values must be numbers, and above 0 on the logarithmic scale.")
    scaled = np.log(given) if log else given
    known = scaled[_named(baseline)]
    if known.size < 2:
        raise ValueError("A baseline needs at least two values to show how much they vary.")
    middle, mean_range = float(np.mean(known)), float(np.mean(np.abs(np.diff(known))))
    half = 3 / RANGE_TO_DEVIATION * mean_range
    back: Callable[[Any], Any] = np.exp if log else np.asarray
    low, high = (np.full(given.shape, back(middle + step)) for step in (-half, half))
    moving = np.abs(np.diff(scaled))
    top = np.full(moving.shape, RANGE_LIMIT * mean_range)
    return Xmr(
        _chart(given, float(back(middle)), low, high, math.nan),
        _chart(moving, mean_range, np.zeros(moving.shape), top, math.nan),
    )


def runs(side: Column, chance: Floats, length: int = RUN) -> Marks:
    """Mark the points that complete a run of at least `length` on one side, or carry it on.

    `side` is +1 above, −1 below, 0 on the centre (which breaks a run) and nan where there is no
    value (which neither breaks nor carries it). `chance[i]` is the probability of point i's side
    while nothing has changed; the run must be as unlikely as `length` tosses of a coin.
    """
    marks = np.zeros(len(side), np.bool_)
    last, many, unlikely = 0.0, 0, 0.0
    for i, now in enumerate(np.asarray(side, np.float64)):
        if math.isnan(now):
            continue
        if now != last:
            last, many, unlikely = now, 0, 0.0
        many += 1
        unlikely += math.log(max(chance[i], 1e-300))
        marks[i] = now != 0 and many >= length and unlikely <= length * math.log(0.5) + 1e-9
    return marks


def _counted(
    count: Floats,
    size: Floats,
    middle: float,
    low: Whole,
    high: Whole,
    chances: tuple[Floats, Floats],
    dispersion: float,
) -> Chart:
    value, seen = _ratio(count, size), size > 0
    outside = seen & ((count > high) | (count < low))
    side = np.sign(value - middle)
    run = runs(side, np.where(side > 0, chances[0], chances[1]))
    return Chart(value, middle, _ratio(low, size), _ratio(high, size), outside, run, dispersion)


def _chart(value: Floats, middle: float, low: Floats, high: Floats, dispersion: float) -> Chart:
    outside = (value > high) | (value < low)
    run = runs(np.sign(value - middle), np.full(value.shape, 0.5))
    return Chart(value, middle, low, high, outside, run, dispersion)


def _level(
    count: Floats, size: Floats, baseline: Baseline, centre: float | None, *, ceiling: float
) -> tuple[float, float]:
    if centre is not None:
        if not 0 < centre < ceiling:
            raise ValueError(
                f"A given centre lies above 0 and below {ceiling:g}; {centre} does not."
            )
        return centre, centre
    known = _named(baseline)
    k, n = float(count[known].sum()), float(size[known].sum())
    if n <= 0:
        raise ValueError("The baseline holds nothing to compare with: name periods with cases.")
    return k / n, k / n if 0 < k / n < ceiling else (k + 0.5) / (n + 1)


def _neighbours(expected: Floats) -> tuple[Floats, Floats]:
    """Give the least whole number above an expectation and the greatest below, at least 0."""
    near = np.round(expected, 9)
    return np.floor(near) + 1, np.maximum(np.ceil(near) - 1, 0)


def _spread_p(k: Floats, n: Floats, baseline: Baseline, middle: float) -> float:
    return _spread(k, n, baseline, middle, middle * (1 - middle))


def _spread_u(count: Floats, size: Floats, baseline: Baseline, middle: float) -> float:
    return _spread(count, size, baseline, middle, middle)


def _spread(
    count: Floats, size: Floats, baseline: Baseline, middle: float, variance: float
) -> float:
    known = _named(baseline)
    k, n = count[known][size[known] > 0], size[known][size[known] > 0]
    if n.size < 2 or variance <= 0:
        return math.nan
    z = (k / n - middle) * np.sqrt(n / variance)
    return float(np.mean(np.abs(np.diff(z)))) / RANGE_TO_DEVIATION


def _named(baseline: Baseline) -> slice | NDArray[np.bool_]:
    return slice(None) if baseline is None else baseline


def _rates(count: ArrayLike, exposure: ArrayLike) -> tuple[Floats, Floats]:
    events, watched = np.broadcast_arrays(
        np.asarray(count, np.float64), np.asarray(exposure, np.float64)
    )
    whole = np.isfinite(events) & (events >= 0) & (events == np.floor(events))
    if not (whole.all() and (watched >= 0).all() and np.isfinite(watched).all()):
        raise ValueError("A rate needs whole counts and exposures that are not negative.")
    return events, watched


def _floats(x: ArrayLike) -> Floats:
    return np.asarray(x, np.float64)


def _ratio(count: NDArray[Any], size: Floats) -> Floats:
    return np.where(size > 0, count / np.where(size > 0, size, 1), np.nan)


def _per_root(size: Floats) -> Floats:
    return np.where(size > 0, 1 / np.sqrt(np.where(size > 0, size, 1)), np.nan)
