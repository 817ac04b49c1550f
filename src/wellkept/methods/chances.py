"""Chances of being late, and whether such chances came true.

A promise is watched on the scale of its own time: 0 when it was made, 1 when it falls due. What is
asked is the chance that one which is still open at an age outlasts 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods import bounds
from wellkept.methods.bounds import Floats, Interval, Whole
from wellkept.methods.survival import kaplan_meier

DUE = 1.0
BEYOND = 2.0
"""Where the clock of a promise that was given up stands: past its date, whenever that was."""
MOST_WEIGHT = 200.0
"""A whole speaks for no more than so many promises of one of its groups."""

NEARLY_NONE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Outlasting:
    """Hold the chance of outlasting the date for those still open at each age.

    `value[i]` (nan where nobody was seen so long) with Greenwood's bounds; `like[i]` of those open
    at ages[i] have shown how they end, and `kept[i]` of these were fulfilled by their date.
    """

    ages: Floats
    value: Floats
    low: Floats
    high: Floats
    like: Whole
    kept: Whole


def outlasting(lasted: ArrayLike, done: ArrayLike, never: ArrayLike, ages: ArrayLike) -> Outlasting:
    """Give the chance of outlasting 1 for those still open at each of `ages` (below 1).

    `lasted` (n,) is for how long each was open, in its own time; `done` tells which were fulfilled
    then, `never` which were given up then; the rest is still open, or was let go, and is known only
    to have lasted so long. One that was given up is at no later age among those still open, and
    from then on outlasts its date: it is not kept any more.
    At each age the curve is that of Kaplan and Meier for those open then, so without any given up
    it is S(1) ÷ S(age). Raises ValueError for ages outside [0, 1).
    Source: Kaplan & Meier 1958; giving up as a competing end: Fine & Gray 1999, JASA 94:496.

    >>> found = outlasting([.2, .4, .6, 1.5], [True, True, True, True], [False] * 4, [0, .5])
    >>> found.value.round(3).tolist(), found.like.tolist(), found.kept.tolist()
    ([0.25, 0.5], [4, 2], [3, 1])
    """
    spent, fulfilled, gone = np.asarray(lasted, np.float64), np.asarray(done), np.asarray(never)
    steps = np.atleast_1d(np.asarray(ages, np.float64))
    if not ((steps >= 0) & (steps < DUE)).all():
        raise ValueError("An age lies from 0 (just made) to below 1 (it falls due).")
    end = np.where(gone, BEYOND, np.minimum(spent, BEYOND))
    fulfilled = fulfilled.astype(bool)
    good = _later(spent[fulfilled & (end <= DUE)], steps)
    like = good + _later(spent[end > DUE], steps)
    if not spent.size:
        nothing = np.full(steps.shape, np.nan)
        return Outlasting(steps, nothing, np.zeros_like(steps), np.ones_like(steps), like, good)
    if (gone & (spent < DUE)).any():
        each = [_from(age, spent, end, fulfilled) for age in steps]
        value, low, high = (np.array(part) for part in zip(*each, strict=True))
        return Outlasting(steps, value, low, high, like, good)
    chance = kaplan_meier(end, fulfilled, fewest=1).beyond(np.full(steps.shape, DUE), steps)
    return Outlasting(steps, chance.value, chance.low, chance.high, like, good)


def _later(spent: Floats, ages: Floats) -> Whole:
    """How many were open beyond each age."""
    return (spent.size - np.searchsorted(np.sort(spent), ages, side="right")).astype(np.int64)


def _from(
    age: float, spent: Floats, end: Floats, done: NDArray[np.bool_]
) -> tuple[float, float, float]:
    there = spent > age
    if not there.any():
        return np.nan, 0.0, 1.0
    chance = kaplan_meier(end[there], done[there], fewest=1).at(DUE)
    return chance.value, chance.low, chance.high


def weight_of_whole(k: ArrayLike, n: ArrayLike) -> float:
    """Give how many cases of a group the whole is worth: within ÷ between variance of shares.

    `k` of `n` in each group. Groups that differ no more than chance lets them, or of which there
    are fewer than two, give MOST_WEIGHT, which is also the most.
    Source: Bühlmann & Straub 1970; Bühlmann & Gisler 2005, *A Course in Credibility Theory*, 4.8.

    >>> round(weight_of_whole([10, 90], [100, 100]), 2), weight_of_whole([10, 10], [100, 100])
    (0.28, 200.0)
    """
    few, many = bounds.whole_counts(k, n)
    few, many = few[many > 0], many[many > 0]
    total, groups = many.sum(), many.size
    if groups < 2 or total <= groups:
        return MOST_WEIGHT
    each, whole = few / many, few.sum() / total
    within = (many * each * (1 - each)).sum() / (total - groups)
    spread = (many * (each - whole) ** 2).sum() - (groups - 1) * within
    between = total / (total**2 - (many**2).sum()) * spread
    if between * MOST_WEIGHT <= within:
        return MOST_WEIGHT
    return float(within / between)


def toward(
    own: ArrayLike, n: ArrayLike, whole: ArrayLike, weight: float, level: float = 0.95
) -> Interval[Floats]:
    """Give shares of groups drawn toward the whole: `own` seen on `n`, the whole worth `weight`.

    The value is (n × own + weight × whole) ÷ (n + weight), the bounds are those of the Beta
    distribution with these two as its counts. Where a group saw nobody (`own` nan) it is the whole.
    Source: Bühlmann & Gisler 2005, 2.4 (Binomial–Beta: the credibility estimate is exact).

    >>> found = toward([.5], [100], [.1], 50.0)
    >>> round(float(found.value[0]), 4), round(float(found.low[0]), 3)
    (0.3667, 0.292)
    """
    from scipy.special import betaincinv

    seen = np.asarray(n, np.float64)
    there = np.where(np.isnan(np.asarray(own, np.float64)), 0.0, own)
    seen = np.where(np.isnan(np.asarray(own, np.float64)), 0.0, seen)
    bad = seen * there + weight * np.asarray(whole, np.float64)
    count, side = seen + weight, bounds.outside(level)
    good = count - bad
    low, high = (
        betaincinv(np.maximum(bad, NEARLY_NONE), np.maximum(good, NEARLY_NONE), part)
        for part in (side, 1 - side)
    )
    value = bad / count  # where nearly all lies at one end, a mean can lie beyond a quantile
    return Interval(value, np.minimum(low, value), np.maximum(high, value))


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Hold what was foretold against what came, in bins of the foretold chance.

    For each bin with cases: `said` is the mean chance, `n` the cases, `came` the share that came,
    between its Jeffreys bounds. `brier` is the mean square of chance − outcome; `plain` that of
    saying the overall share every time; `skill` = 1 − brier ÷ plain, nan where nothing varies.
    With chances put to the mean of their bin, brier = `gap` − `sorting` + `plain`: how far the bins
    are off, and how well they tell cases apart. `z` is what came above what was expected, in
    standard deviations: beyond ±1.96 the chances lean by more than luck; nan where all were sure.
    """

    said: Floats
    n: Whole
    came: Interval[Floats]
    brier: float
    plain: float
    skill: float
    gap: float
    sorting: float
    z: float

    @property
    def agree(self) -> NDArray[np.bool_]:
        """Tell for each bin whether what was said lies within the bounds of what came."""
        return (self.came.low <= self.said) & (self.said <= self.came.high)


def reliability(chance: ArrayLike, came: ArrayLike, edges: ArrayLike) -> Reliability:
    """Give whether chances came true, in bins between `edges` (ascending, from 0 to 1).

    `chance` (n,) between 0 and 1, `came` (n,) what happened. A chance on an edge is in the bin
    above; 1 is in the last. Raises ValueError with no case, or for chances outside [0, 1].
    Source: Brier 1950, Monthly Weather Review 78:1; Murphy 1973, Journal of Applied Meteorology
    12:595 (the three parts); Cox 1958, Biometrika 45:562 (z: calibration in the large).

    >>> found = reliability([.7, .7, .3, .5], [True, False, True, True], [0, .5, 1])
    >>> round(found.brier, 4), found.n.tolist()
    (0.33, [1, 3])
    """
    told, did = np.asarray(chance, np.float64), np.asarray(came, np.float64)
    if not told.size or not ((told >= 0) & (told <= 1)).all():
        raise ValueError("There must be a case, and each chance lies between 0 and 1.")
    inner = np.asarray(edges, np.float64)[1:-1]
    place, bins = np.searchsorted(inner, told, side="right"), inner.size + 1
    many = np.bincount(place, minlength=bins)
    some = many > 0
    many = many[some]
    said = np.bincount(place, told, bins)[some] / many
    hits = np.rint(np.bincount(place, did, bins)[some])
    share = did.mean()
    plain, brier = float(share * (1 - share)), float(((told - did) ** 2).mean())
    unsure = (told * (1 - told)).sum()
    seen = hits / many
    return Reliability(
        said=said,
        n=many.astype(np.int64),
        came=bounds.share(hits, many),
        brier=brier,
        plain=plain,
        skill=1 - brier / plain if plain > 0 else np.nan,
        gap=float((many * (said - seen) ** 2).sum() / told.size),
        sorting=float((many * (seen - share) ** 2).sum() / told.size),
        z=float((did - told).sum() / np.sqrt(unsure)) if unsure > 0 else np.nan,
    )
