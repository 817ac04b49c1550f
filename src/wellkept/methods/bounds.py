"""How far a share, a rate or a quantile may lie from what a few cases show.

Three rules hold throughout. A missing value is ``nan`` and its interval is everything that is
possible; ``inf`` as the upper end means *no upper bound*; every level is two-sided, so each end is
missed with probability at most (or, for Jeffreys and Wilson, about) half of what is left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Number = float | np.integer[Any]
Column = NDArray[Any] | Sequence[float]
N = TypeVar("N")


@dataclass(frozen=True, slots=True, eq=False)
class Interval(Generic[N]):
    """Hold an estimate between its bounds; floats for one number, arrays for many."""

    value: N
    low: N
    high: N

    def plain(self: Interval[float]) -> dict[str, float | None]:
        """Give value, low and high for a document that knows no nan: None where there is none."""
        pairs = (("value", self.value), ("low", self.low), ("high", self.high))
        return {name: float(x) if math.isfinite(x) else None for name, x in pairs}


@dataclass(frozen=True, slots=True)
class Ranks:
    """Name the two cases, counted from the smallest, that bound a quantile; None is no bound."""

    lower: int | None
    upper: int | None


def outside(level: float) -> float:
    """Give the probability left on each side by a two-sided level: 0.025 for 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1 (0.95 means 95 %); {level} does not.")
    return (1 - level) / 2


def deviations(level: float) -> float:
    """Give the half-width of a normal interval in standard deviations: 1.96 for 0.95."""
    return NormalDist().inv_cdf(1 - outside(level))


@overload
def share(k: Number, n: Number, level: float = ...) -> Interval[float]: ...
@overload
def share(k: Column, n: Column | Number, level: float = ...) -> Interval[Floats]: ...
def share(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval[Any]:
    """Give the share k ÷ n with its Jeffreys interval, the house rule for showing a share.

    The ends are the quantiles of Beta(k + ½, n − k + ½), except that the lower end is 0 when k = 0
    and the upper end is 1 when k = n. With n = 0 nothing is known: nan between 0 and 1.
    Raises ValueError unless 0 ≤ k ≤ n in whole numbers.
    Source: Brown, Cai & DasGupta 2001, Statistical Science 16:101, section 4.1.2.

    >>> [round(x, 7) for x in (share(10, 200).low, share(10, 200).high)]
    [0.0259934, 0.0868751]
    """
    from scipy.special import betaincinv

    few, many, side = *whole_counts(k, n), outside(level)
    low = betaincinv(few + 0.5, many - few + 0.5, side)
    high = betaincinv(few + 0.5, many - few + 0.5, 1 - side)
    return _of(few, many, np.where(few == 0, 0.0, low), np.where(few == many, 1.0, high))


@overload
def guarantee(k: Number, n: Number, level: float = ...) -> Interval[float]: ...
@overload
def guarantee(k: Column, n: Column | Number, level: float = ...) -> Interval[Floats]: ...
def guarantee(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval[Any]:
    """Give the share k ÷ n with its Clopper–Pearson interval, which never promises too much.

    It covers the true share with at least the stated probability, whatever that share is; read
    one-sided, each end holds with (1 + level) ÷ 2. With n = 0: nan between 0 and 1.
    Raises ValueError unless 0 ≤ k ≤ n in whole numbers.
    Source: Clopper & Pearson 1934, Biometrika 26:404.
    """
    from scipy.special import betaincinv

    few, many, side = *whole_counts(k, n), outside(level)
    low = betaincinv(np.maximum(few, 1), many - few + 1, side)
    high = betaincinv(few + 1, np.maximum(many - few, 1), 1 - side)
    return _of(few, many, np.where(few == 0, 0.0, low), np.where(few == many, 1.0, high))


@overload
def wilson(k: Number, n: Number, level: float = ...) -> Interval[float]: ...
@overload
def wilson(k: Column, n: Column | Number, level: float = ...) -> Interval[Floats]: ...
def wilson(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval[Any]:
    """Give the share k ÷ n with its Wilson score interval, cheap enough for many groups.

    With n = 0: nan between 0 and 1. Raises ValueError unless 0 ≤ k ≤ n in whole numbers.
    Source: Wilson 1927, Journal of the American Statistical Association 22:209.
    """
    few, many = whole_counts(k, n)
    z2 = deviations(level) ** 2
    at_least_one = np.maximum(many, 1)
    centre = (few + z2 / 2) / (at_least_one + z2)
    half = np.sqrt(z2 * (few * (many - few) / at_least_one + z2 / 4)) / (at_least_one + z2)
    low, high = np.maximum(centre - half, 0), np.minimum(centre + half, 1)
    return _of(few, many, np.where(few == 0, 0.0, low), np.where(few == many, 1.0, high))


@overload
def poisson(count: Number, exposure: Number = ..., level: float = ...) -> Interval[float]: ...
@overload
def poisson(
    count: Column, exposure: Column | Number = ..., level: float = ...
) -> Interval[Floats]: ...
def poisson(count: ArrayLike, exposure: ArrayLike = 1.0, level: float = 0.95) -> Interval[Any]:
    """Give the rate count ÷ exposure with its exact Poisson interval.

    The unit is events per unit of exposure. With exposure 0 nothing is known: nan between 0 and
    inf. Raises ValueError for a count that is negative or not whole, or a negative exposure.
    Source: Garwood 1936, Biometrika 28:437: χ²(α/2; 2k) ÷ 2 to χ²(1 − α/2; 2k + 2) ÷ 2.

    >>> round(poisson(0).high, 6)
    3.688879
    """
    from scipy.special import gammaincinv

    events, watched = np.broadcast_arrays(_floats(count), _floats(exposure))
    if not (_whole(events) and np.all(events >= 0) and np.all(watched >= 0)):
        raise ValueError("A rate needs whole counts and exposures that are not negative.")
    side, seen = outside(level), watched > 0
    safe = np.where(seen, watched, 1.0)
    low = np.where(events > 0, gammaincinv(np.maximum(events, 1), side), 0.0)
    high = gammaincinv(events + 1, 1 - side)
    return interval(
        np.where(seen, events / safe, np.nan),
        np.where(seen, low / safe, 0.0),
        np.where(seen, high / safe, np.inf),
    )


@overload
def rate_ratio(
    count: Number,
    exposure: Number,
    base_count: Number,
    base_exposure: Number,
    level: float = ...,
) -> Interval[float]: ...
@overload
def rate_ratio(
    count: Column,
    exposure: Column | Number,
    base_count: Column | Number,
    base_exposure: Column | Number,
    level: float = ...,
) -> Interval[Floats]: ...
def rate_ratio(
    count: ArrayLike,
    exposure: ArrayLike,
    base_count: ArrayLike,
    base_exposure: ArrayLike,
    level: float = 0.95,
) -> Interval[Any]:
    """Give how many times as often something happens as in the base, with its exact interval.

    Given the total, the first count is binomial; the Clopper–Pearson ends of its share are turned
    into odds. No event in the base: the value and the upper end are inf; none at all: nan from 0
    to inf. Raises ValueError for counts that are negative or not whole, or exposures not above 0.
    Source: Lehmann & Romano, Testing Statistical Hypotheses, section 4.5; R `poisson.test`.

    >>> ratio = rate_ratio(11, 800, 21, 3011)
    >>> round(ratio.value, 6), round(ratio.low, 6), round(ratio.high, 6)
    (1.971488, 0.858426, 4.277266)
    """
    pair = _floats(exposure), _floats(base_exposure)
    if not all(np.all(np.isfinite(one) & (one > 0)) for one in pair):
        raise ValueError("A ratio of rates needs exposures above 0 on both sides.")
    first, base = np.broadcast_arrays(_floats(count), _floats(base_count))
    part = guarantee(np.atleast_1d(first), np.atleast_1d(first + base), level)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = [
            np.reshape(x / (1 - x), first.shape) * pair[1] / pair[0]
            for x in (part.value, part.low, part.high)
        ]
    return interval(*odds)


def quantile_ranks(n: int, p: float, level: float = 0.95) -> Ranks:
    """Name the ranks between which the p-quantile lies, whatever the distribution.

    The lower rank is the largest l with P(Bin(n, p) < l) ≤ α/2, the upper the smallest u with
    P(Bin(n, p) ≥ u) ≤ α/2, counted from 1; None where no case can serve as a bound. Each end
    holds with at least 1 − α/2, also with ties.
    Raises ValueError unless n ≥ 0 and 0 < p < 1.
    Source: Conover 1999, Practical Nonparametric Statistics, section 3.2.

    >>> quantile_ranks(35, 0.9), quantile_ranks(36, 0.9)
    (Ranks(lower=28, upper=None), Ranks(lower=29, upper=36))
    """
    if n < 0:
        raise ValueError(f"A number of cases is not negative; {n} is.")
    low, high = binomial_cuts(n, inside(p), outside(level))
    return Ranks(int(low) or None, int(high) if high <= n else None)


def cases_needed(p: float, level: float = 0.95) -> int:
    """Give the fewest cases that bound the p-quantile from above: 36, 72, 368 for p90, p95, p99."""
    return math.ceil(math.log(outside(level)) / math.log(float(inside(p))))


@overload
def quantile(values: Column, p: Number, level: float = ...) -> Interval[float]: ...
@overload
def quantile(values: Column, p: Column, level: float = ...) -> Interval[Floats]: ...
def quantile(values: Column, p: ArrayLike, level: float = 0.95) -> Interval[Any]:
    """Give the p-quantiles of settled values, each between two of the values themselves.

    The value interpolates linearly between neighbours (type 7 of Hyndman & Fan 1996: position
    (n − 1) p from the smallest), the common default; the bounds are the order statistics named by
    `quantile_ranks`. Where no case bounds it, low is -inf and high is inf; of no values: nan.
    Of a handful of cases far out in the tail (the p99 of two) a bound may lie beyond the
    interpolated value; the value is then that bound.
    `values` may be in any order; ascending ones are not sorted again. Unit: that of `values`.
    Raises ValueError for a value that is not a number and unless 0 < p < 1.
    """
    sample = np.asarray(values)
    if sample.ndim != 1 or np.isnan(sample).any():
        raise ValueError("Quantiles need one row of numbers; leave out or censor missing ones.")
    if (sample[1:] < sample[:-1]).any():
        sample = np.sort(sample)
    return quantile_of(lambda rank: sample[rank].astype(np.float64), sample.size, p, level)


def quantile_of(
    pick: Callable[[Whole], Floats], n: int, p: ArrayLike, level: float
) -> Interval[Any]:
    """Give the p-quantiles of n ordered values from which `pick` takes those at ranks from 0."""
    probs = inside(p)
    low, high = binomial_cuts(n, probs, outside(level))
    if n == 0:
        return interval(*(np.full(probs.shape, x) for x in (np.nan, -np.inf, np.inf)))
    place = (n - 1) * probs
    floor = np.floor(place).astype(np.int64)
    below, above = pick(floor), pick(np.minimum(floor + 1, n - 1))
    least = np.where(low > 0, pick(np.maximum(low, 1) - 1), -np.inf)
    most = np.where(high <= n, pick(np.minimum(high, n) - 1), np.inf)
    return interval(np.clip(below + (above - below) * (place - floor), least, most), least, most)


def binomial_cuts(n: ArrayLike, p: ArrayLike, side: float) -> tuple[Whole, Whole]:
    """Find the counts that X ~ Bin(n, p) falls below, or reaches, with probability ≤ `side`.

    Low is the largest l with P(X < l) ≤ side (0 always serves), high the smallest u with
    P(X ≥ u) ≤ side (n + 1 always serves). Bisection on the exact distribution: no approximation,
    25 steps for n = 10⁷.
    """
    from scipy.special import betainc

    size, chance = np.broadcast_arrays(np.asarray(n, np.int64), _floats(p))
    none, all_of_them = np.zeros_like(size), size + 1
    high = first_true(lambda x: betainc(x, size - x + 1, chance) <= side, none, all_of_them)
    past = first_true(lambda x: betainc(size - x + 1, x, 1 - chance) > side, none, all_of_them)
    return past - 1, high


def first_true(test: Callable[[Whole], NDArray[np.bool_]], below: Whole, above: Whole) -> Whole:
    """Find by bisection the smallest x in (below, above] that passes a test that `above` passes.

    The test must be false up to some x and true from there on; `below` itself is never asked.
    """
    low, high = below.copy(), above.copy()
    while True:
        apart = high - low > 1
        if not apart.any():
            return high
        middle = np.where(apart, (low + high) // 2, high)
        passed = test(middle)
        high = np.where(apart & passed, middle, high)
        low = np.where(apart & ~passed, middle, low)


def _floats(x: ArrayLike) -> Floats:
    return np.asarray(x, np.float64)


def _whole(x: Floats) -> bool:
    return bool(np.all(np.isfinite(x)) and np.all(x == np.floor(x)))


def inside(p: ArrayLike) -> Floats:
    """Give p as an array, or refuse a quantile that does not lie between 0 and 1."""
    probs = _floats(p)
    if not np.all((probs > 0) & (probs < 1)):
        raise ValueError("A quantile lies between 0 and 1, both excluded (0.95 for p95).")
    return probs


def whole_counts(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Give k and n as arrays of one shape, or refuse them unless 0 ≤ k ≤ n in whole numbers."""
    few, many = np.broadcast_arrays(_floats(k), _floats(n))
    if not (_whole(few) and _whole(many) and np.all((few >= 0) & (few <= many))):
        raise ValueError("A share needs whole counts with 0 ≤ k ≤ n.")
    return few, many


def _of(few: Floats, many: Floats, low: Floats, high: Floats) -> Interval[Any]:
    some = many > 0
    value = np.where(some, few / np.maximum(many, 1), np.nan)
    return interval(value, np.where(some, low, 0.0), np.where(some, high, 1.0))


def interval(value: Floats, low: Floats, high: Floats) -> Interval[Any]:
    """Give an interval of floats when there is one number, else of arrays."""
    if np.ndim(value) == 0:
        return Interval(float(value), float(low), float(high))
    return Interval(value, low, high)
