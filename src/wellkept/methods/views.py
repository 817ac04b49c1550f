"""Two groups of people who see the same thing differently, and whom a figure would give away.

The respondent is the unit. A group of fewer than four is never shown, and neither is anything from
which such a group follows by subtraction.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST = 4
"""A smaller group is hidden: a figure of three lets each of them work out the others."""
MOST_SETS = 9
"""More overlapping groups than this are not published together: their sums cannot all be tried."""
ROUNDING = 1 / 12
"""Variance of rounding to whole levels: people who all say 3 still mean anything near it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold mean of the first group − mean of the second with its interval."""

    value: float
    low: float
    high: float
    freedom: float

    @property
    def excludes_zero(self) -> bool:
        """Tell whether the groups differ beyond what chance gives."""
        return self.low > 0 or self.high < 0


def difference(
    first: ArrayLike, second: ArrayLike, *, level: float = 0.95, least_variance: float = 0.0
) -> Difference | None:
    """Give the difference of two means with Welch's interval; None below two answers each.

    nan is no answer. `least_variance` stands in where a group varies less than its own rounding.
    Source: Welch 1947, Biometrika 34:28; degrees of freedom by Satterthwaite 1946.

    >>> found = difference([3, 4, 3, 4], [1, 2, 1, 2, 1, 2])
    >>> round(found.value, 1), found.excludes_zero
    (2.0, True)
    """
    from scipy.special import stdtrit

    a, b = (_told(values) for values in (first, second))
    if a.size < 2 or b.size < 2:
        return None
    parts = [max(float(x.var(ddof=1)), least_variance) / x.size for x in (a, b)]
    whole = sum(parts)
    value = float(a.mean() - b.mean())
    if whole == 0:
        return Difference(value, value, value, math.inf)
    freedom = whole**2 / sum(p**2 / (x.size - 1) for p, x in zip(parts, (a, b), strict=True))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * math.sqrt(whole)
    return Difference(value, value - half, value + half, freedom)


def publishable(members: ArrayLike, fewest: int = FEWEST) -> NDArray[np.bool_]:
    """Tell which groups may be shown together, so that nobody's answer follows from them.

    `members` (groups, respondents): true where one belongs; earlier groups are kept in preference.
    Groups below `fewest` are dropped. Then groups are dropped, the later first, until no sum or
    difference of those shown concerns one to `fewest` − 1 people: so a small group does not follow
    from the whole minus the others, nor from two groups that overlap.

    >>> publishable([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]]).tolist()
    [True, False, False]
    """
    rows = np.asarray(members, bool)
    shown = np.zeros(rows.shape[0], bool)
    for number in range(rows.shape[0]):
        shown[number] = True
        chosen = rows[shown]
        if rows[number].sum() < fewest or not _safe(chosen, fewest):
            shown[number] = False
    return shown


def _safe(rows: NDArray[np.bool_], fewest: int) -> bool:
    """Whether no combination of published sums concerns fewer than `fewest` people."""
    atoms, sizes = _atoms(rows)
    if atoms.shape[0] > MOST_SETS:
        return False
    people = (_signs(atoms.shape[0]) @ atoms != 0) @ sizes
    return not bool(np.any((people > 0) & (people < fewest)))


@cache
def _signs(groups: int) -> NDArray[np.int64]:
    """Every way of adding, leaving out or subtracting so many groups (ways, groups)."""
    return np.array(list(itertools.product((-1, 0, 1), repeat=groups)), np.int64)


def _atoms(rows: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ways of belonging (groups, ways), and how many people belong in each."""
    ways, sizes = np.unique(rows.astype(np.int64), axis=1, return_counts=True)
    return ways, sizes


def _told(values: ArrayLike | Sequence[float]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.ravel(np.asarray(values, float))
    told: NDArray[np.float64] = found[~np.isnan(found)]
    return told
