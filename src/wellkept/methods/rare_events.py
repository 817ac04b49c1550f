"""Whether something rare has become more frequent: chart the gaps between events, not their count.

Where a period holds no event or one, a count per period says nothing for a long time; each gap
says something at once. A gap above its limits is good news, a gap below them or a run of short
gaps is not.
"""

from __future__ import annotations

import math

import numpy as np

from wellkept.methods.bounds import Column, Floats
from wellkept.methods.charts import SIDE, Baseline, Chart, runs


def g_chart(kept_between: Column, baseline: Baseline = None, side: float = SIDE) -> Chart:
    """Chart how many promises were kept between one breach and the next, with exact limits.

    The number kept in a row is geometric: P(X ≥ x) = (1 − p)^x with p = gaps ÷ (gaps + kept) over
    the baseline. The centre is the median; each limit is passed with probability at most `side`.
    The lower limit is mostly 0, so worsening shows as a run of eight gaps shorter than the median.
    A baseline of nothing but breaches counts half a promise as kept.
    Unit: promises. Raises ValueError for counts that are negative or not whole, or no baseline.
    Source: Benneyan 2001, Health Care Management Science 4:305.
    """
    kept = _gaps(kept_between, baseline, whole=True)
    known = kept[slice(None) if baseline is None else baseline]
    chance = known.size / (known.size + max(float(known.sum()), 0.5))
    step = math.log1p(-chance)
    high = math.ceil(math.log(side) / step - 1e-9) - 1
    low = math.floor(math.log1p(-side) / step + 1e-9)
    median = max(math.ceil(math.log(0.5) / step - 1e-9) - 1, 0)
    return _chart(kept, float(median), float(low), float(high))


def t_chart(time_between: Column, baseline: Baseline = None, side: float = SIDE) -> Chart:
    """Chart the time between one event and the next, with exact exponential limits.

    Limits −ln(1 − side) m = 0.00135 m and −ln(side) m = 6.608 m around the median 0.693 m, with m
    the mean gap of the baseline. Unit: that of the gaps. It supposes that a quiet hour is as
    likely to see an event as a busy one: use working hours, or `g_chart`.
    Raises ValueError for gaps that are negative or missing, and for a baseline without time.
    Source: Nelson 1994, Journal of Quality Technology 26:88 (with the exact quantiles).
    """
    gaps = _gaps(time_between, baseline, whole=False)
    mean = float(np.mean(gaps[slice(None) if baseline is None else baseline]))
    if mean <= 0:
        raise ValueError("All gaps of the baseline are 0: there is no time to compare with.")
    low, high = -math.log1p(-side) * mean, -math.log(side) * mean
    return _chart(gaps, math.log(2) * mean, low, high)


def _gaps(gaps: Column, baseline: Baseline, *, whole: bool) -> Floats:
    given = np.asarray(gaps, np.float64)
    if not np.all(np.isfinite(given) & (given >= 0)):
        raise ValueError("A gap between two events is a number from 0 up; none may be missing.")
    if whole and np.any(given != np.floor(given)):
        raise ValueError("Promises kept between two breaches are counted: whole numbers only.")
    if not given[slice(None) if baseline is None else baseline].size:
        raise ValueError("The baseline holds no gap: two events make the first.")
    return given


def _chart(gaps: Floats, median: float, low: float, high: float) -> Chart:
    lows, highs = np.full(gaps.shape, low), np.full(gaps.shape, high)
    outside = (gaps < low) | (gaps > high)
    # either side of a median has at most the chance of a toss, so the plain rule of eight holds
    run = runs(np.sign(gaps - median), np.full(gaps.shape, 0.5))
    return Chart(gaps, median, lows, highs, outside, run, math.nan)
