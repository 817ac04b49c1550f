"""What an average hides: how slow the slowest were, how many, and who bore it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods import bounds
from wellkept.methods.bounds import Column, Floats, Interval, Whole

USUAL = (0.5, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """Hold the quantiles of n settled values, each between its bounds, and the largest value."""

    n: int
    p: Floats
    value: Floats
    low: Floats
    high: Floats
    largest: float

    def at(self, p: float) -> Interval[float]:
        """Give the quantile reckoned for p; KeyError when p was not asked for."""
        (places,) = np.nonzero(self.p == p)
        if not places.size:
            raise KeyError(f"The quantile {p} was not reckoned; these were: {self.p.tolist()}.")
        place = int(places[0])
        return Interval(float(self.value[place]), float(self.low[place]), float(self.high[place]))


@dataclass(frozen=True, slots=True)
class ShareBeyond:
    """Hold how many of n values lie beyond a limit, and their share between its bounds."""

    k: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """Hold the share of all breaches that the worst-hit customers bore.

    `worst` is the number of customers that make up the worst share, whole or not; `borne` is what
    they bore of `total` breaches; `share` is borne ÷ total, nan when nobody was hit.
    """

    customers: int
    worst: float
    total: float
    borne: float
    share: float


@dataclass(frozen=True, slots=True)
class Felt:
    """Hold how many of `customers` were hit at least `times[i]` times: `hit[i]`."""

    customers: int
    times: tuple[int, ...]
    hit: tuple[int, ...]


def quantiles(values: Column, p: Sequence[float] = USUAL, level: float = 0.95) -> Quantiles:
    """Give the quantiles of settled values with order-statistic bounds, and the largest value.

    Where the cases do not suffice for an upper bound, `high` is inf (`bounds.cases_needed` tells
    how many would): show the largest value and the named cases instead. Unit: that of `values`.
    Open cases do not belong here: use `survival.kaplan_meier`.
    Raises ValueError for a value that is not a number and unless 0 < p < 1.
    """
    sample = np.asarray(values)
    found = bounds.quantile(sample, np.asarray(p, np.float64), level)
    largest = float(sample.max()) if sample.size else float("nan")
    probs = np.asarray(p, np.float64)
    return Quantiles(sample.size, probs, found.value, found.low, found.high, largest)


def share_beyond(values: Column, limit: ArrayLike, level: float = 0.95) -> ShareBeyond:
    """Give the share of values strictly beyond a limit, with its Jeffreys interval.

    `limit` is one number, or one per value (each promise has its own). A value on its limit is
    kept. Of no values: nan between 0 and 1.
    Raises ValueError for a value or limit that is not a number.

    >>> share_beyond([3.0, 4.0, 5.0, 50.0], 4.0).k
    2
    """
    sample, limits = np.broadcast_arrays(np.asarray(values), np.asarray(limit))
    if np.isnan(sample).any() or np.isnan(limits).any():
        raise ValueError("A missing value is neither within nor beyond its limit; say which.")
    k, n = int(np.count_nonzero(sample > limits)), int(sample.size)
    found = bounds.share(k, n, level)
    return ShareBeyond(k, n, found.value, found.low, found.high)


def worst(values: Column, n: int = 5, rank: ArrayLike | None = None) -> Whole:
    """Name the positions of the n worst cases, the worst first.

    `rank` is the order of consequence, smallest first (safety 0, production stopped 1, …): a case
    of a graver class comes before any case of a lighter one; within a class the larger value comes
    first, and equal values keep the order in which they came. Without `rank`, by value alone.
    Raises ValueError for a value that is not a number.

    >>> worst([5.0, 90.0, 7.0], n=2, rank=[0, 3, 0])
    array([2, 0])
    """
    sample = np.asarray(values, np.float64)
    if np.isnan(sample).any():
        raise ValueError("A case without a value cannot be ranked among the worst.")
    if rank is None:
        return _largest(sample, np.arange(sample.size), n)
    ranks = np.asarray(rank)
    chosen: list[Whole] = []
    left = n
    for grave in np.unique(ranks):
        if left <= 0:
            break
        (places,) = np.nonzero(ranks == grave)
        chosen.append(_largest(sample, places, left))
        left -= chosen[-1].size
    return np.concatenate(chosen) if chosen else np.empty(0, np.int64)


def concentration(breaches: Column, worst_share: float = 0.1) -> Concentration:
    """Give the share of all breaches borne by the worst-hit customers, by default a tenth.

    `breaches` holds one count per customer, also those never hit: without them a tenth of *all*
    customers cannot be told. When a tenth is not a whole number of customers, the next customer
    counts with the remaining fraction, so 15 customers give the worst one and half of the second:
    the height of the Lorenz curve, which does not depend on how ties are ordered.
    Raises ValueError for a count that is missing or negative, and unless 0 < worst_share ≤ 1.

    >>> concentration([0] * 18 + [1, 3]).share
    1.0
    """
    per_customer = np.asarray(breaches, np.float64)
    each, customers = np.unique(per_customer, return_counts=True)
    return borne_by_worst(each, customers, worst_share)


def borne_by_worst(breaches: Floats, customers: NDArray[np.int64], share: float) -> Concentration:
    """Give the concentration when `customers[i]` customers had `breaches[i]` each, ascending."""
    if not 0 < share <= 1:
        raise ValueError(f"The worst share lies above 0 and up to 1 (0.1 for a tenth); not {share}")
    if np.isnan(breaches).any() or (breaches < 0).any() or (customers < 0).any():
        raise ValueError("Breaches are counted per customer: no number may be missing or negative.")
    many = int(customers.sum())
    worst_many = share * many
    if abs(worst_many - round(worst_many)) < 1e-9 * max(many, 1):
        worst_many = float(round(worst_many))
    downward = customers[::-1]
    taken = np.clip(worst_many - (np.cumsum(downward) - downward), 0, downward)
    total = float(np.dot(breaches, customers))
    borne = float(np.dot(breaches[::-1], taken))
    return Concentration(many, worst_many, total, borne, borne / total if total else float("nan"))


def felt(breaches: Column, times: Sequence[int] = (1, 2, 3)) -> Felt:
    """Count the customers hit at least once, twice, three times.

    `breaches` holds one count per customer, also those never hit.

    >>> felt([0, 1, 2, 7]).hit
    (3, 2, 1)
    """
    per_customer = np.asarray(breaches)
    hit = tuple(int(np.count_nonzero(per_customer >= least)) for least in times)
    return Felt(int(per_customer.size), tuple(times), hit)


def _largest(sample: Floats, places: Whole, n: int) -> Whole:
    if n <= 0 or not places.size:
        return np.empty(0, np.int64)
    held = sample[places]
    if places.size > n:
        least = np.partition(held, places.size - n)[places.size - n]
        (near,) = np.nonzero(held >= least)
        places, held = places[near], held[near]
    return places[np.argsort(-held, kind="stable")][:n]
