"""Whether stated chances match what the records show: calibration, discrimination, hits of ranges.

Answers are arrays (respondents, claims) with nan where nothing was said; posteriors over levels are
those of `levels`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods import bounds
from wellkept.methods.levels import LEVEL, Floats, at_least

DRAWS = 300
RIGHT = 0.8
"""How often a range should hold the truth where people were asked for eight in ten."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Hold stated − shown for several groups of answers: above 0, more was expected than is shown.

    `low`, `high` (groups,) hold at least the level asked for; `pairs` counts the answers behind.
    """

    value: Floats
    low: Floats
    high: Floats
    pairs: NDArray[np.int64]

    @property
    def excludes_zero(self) -> NDArray[np.bool_]:
        """Tell whether the interval leaves 0 out: only then may a word be said about it."""
        return (self.low > 0) | (self.high < 0)


@dataclass(frozen=True, slots=True)
class Rank:
    """Hold a rank correlation with its interval; nan where fewer than four pairs vary."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Hold how many ranges held the truth, the share with its interval, and how odd so few are.

    `so_few`: the chance of so few or fewer hits if the true rate is 80 %.
    """

    k: int
    n: int
    share: bounds.Interval[float]
    so_few: float


def signed(
    stated: ArrayLike,
    claimed: ArrayLike,
    chances: ArrayLike,
    members: ArrayLike | None = None,
    *,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 7,
) -> Calibration:
    """Give the mean of stated chance − chance shown, for each group of respondents.

    `stated`, `claimed` (respondents, claims) with nan where nothing was said; `chances` (claims,
    levels); `members` (groups, respondents) true where one belongs: without it all are one group.
    The interval resamples the claims and draws the levels from their posteriors, since neither the
    choice of claims nor the records are beyond doubt; it does not depend on the order of the
    respondents. nan where a group gave no answer.
    Source: signed calibration as over-confidence in Lichtenstein, Fischhoff & Phillips 1982.
    """
    q, c = np.atleast_2d(np.asarray(stated, float)), np.atleast_2d(np.asarray(claimed, float))
    rows = np.atleast_2d(np.asarray(chances, float))
    groups = np.ones((1, q.shape[0])) if members is None else np.asarray(members, float)
    told = ~(np.isnan(q) | np.isnan(c))
    weight = groups @ told
    expected = groups @ np.where(told, np.nan_to_num(q) - np.nan_to_num(at_least(rows, c)), 0.0)
    value = _ratio(expected.sum(axis=1), weight.sum(axis=1))
    by_level = _stated_minus_drawn(q, c, told, groups, rows.shape[1])
    drawn = _resampled(by_level, weight, rows, draws, np.random.default_rng(seed))
    side = bounds.outside(level)
    low, high = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    some = ~np.isnan(value)
    if np.any(some):
        low[some], high[some] = np.nanquantile(drawn[:, some], [side, 1 - side], axis=0)
    return Calibration(value, low, high, weight.sum(axis=1).astype(np.int64))


def _stated_minus_drawn(
    q: Floats, c: Floats, told: NDArray[np.bool_], groups: Floats, levels: int
) -> Floats:
    """Σ over a group of q − [level ≥ claimed], for each level that might be the true one.

    Shape (levels, groups, claims): with it a draw is a look-up, whatever the number of respondents.
    """
    sums = []
    for true in range(levels):
        met = np.where(told, np.nan_to_num(q) - (np.nan_to_num(c) <= true), 0.0)
        sums.append(groups @ met)
    return np.array(sums)


def _resampled(
    by_level: Floats, weight: Floats, chances: Floats, draws: int, chance: np.random.Generator
) -> Floats:
    """The value of each group under each draw (draws, groups)."""
    claims = chances.shape[0]
    picked = chance.integers(0, claims, (draws, claims))
    upto = np.cumsum(chances, axis=1)[picked]
    level = np.sum(upto < chance.random((draws, claims, 1)), axis=2)
    level = np.minimum(level, chances.shape[1] - 1)
    total = by_level[level, :, picked].sum(axis=1)
    return _ratio(total, weight.T[picked].sum(axis=1))


def discrimination(x: ArrayLike, y: ArrayLike, level: float = LEVEL) -> Rank:
    """Give the rank correlation of two columns, pairs with nan left out, ties in the middle.

    The interval is Fisher's on the z scale with the standard error √((1 + r² ÷ 2) ÷ (n − 3)).
    Source: Bonett & Wright 2000, Psychometrika 65:23.

    >>> discrimination([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).value
    0.8
    """
    a, b = np.ravel(np.asarray(x, float)), np.ravel(np.asarray(y, float))
    both = ~(np.isnan(a) | np.isnan(b))
    n = int(np.count_nonzero(both))
    if n < 4:
        return Rank(math.nan, math.nan, math.nan, n)
    left, right = _ranks(a[both]), _ranks(b[both])
    if not (np.ptp(left) and np.ptp(right)):
        return Rank(math.nan, math.nan, math.nan, n)
    r = float(np.clip(np.corrcoef(left, right)[0, 1], -1, 1))
    wide = bounds.deviations(level) * math.sqrt((1 + r * r / 2) / (n - 3))
    centre = math.atanh(max(-1 + 1e-12, min(1 - 1e-12, r)))
    return Rank(round(r, 12), math.tanh(centre - wide), math.tanh(centre + wide), n)


def hits(low: ArrayLike, high: ArrayLike, truth: ArrayLike, level: float = 0.95) -> Hits:
    """Give how many of the stated ranges held the truth; nan counts as not stated.

    The share has its Jeffreys interval. `so_few` is the binomial chance of so few at 80 %.

    >>> found = hits([1, 5, 8], [3, 6, 9], [2, 7, 8.5])
    >>> found.k, found.n
    (2, 3)
    """
    from scipy.special import bdtr

    below, above, true = (np.ravel(np.asarray(x, float)) for x in (low, high, truth))
    stated = ~(np.isnan(below) | np.isnan(above) | np.isnan(true))
    k = int(np.count_nonzero(stated & (below <= true) & (true <= above)))
    n = int(np.count_nonzero(stated))
    odd = float(bdtr(k, n, RIGHT)) if n else math.nan
    return Hits(k, n, bounds.share(k, n, level), odd)


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, ties at their middle."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[which])


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))
