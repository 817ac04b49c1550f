"""Which groups differ from the whole by more than chance: a funnel, never a league table.

A small group strays far by chance alone; the funnel is wide there and narrow for the large ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds
from wellkept.methods.bounds import Column, Floats

WARN = 0.95
SIGNAL = 0.998


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Hold each group's share, the whole's, and the limits for a group of its size.

    `near_low` to `near_high` hold 95 % of groups that differ by chance alone, `far_low` to
    `far_high` 99.8 %; `warn` marks groups outside the near limits, `signal` those outside the far
    ones. `spread` is φ, the variance between groups over that of chance (nan with fewer than two);
    `widened` tells whether the limits were widened by √φ.
    """

    value: Floats
    centre: float
    near_low: Floats
    near_high: Floats
    far_low: Floats
    far_high: Floats
    warn: NDArray[np.bool_]
    signal: NDArray[np.bool_]
    spread: float
    widened: bool


def funnel(k: Column, n: Column, centre: float | None = None, *, widen: bool = False) -> Funnel:
    """Compare groups by the share k[i] ÷ n[i] with limits for their size, around the whole's share.

    The limits are exact binomial ones, interpolated between whole numbers so that the line is
    smooth. With very large groups every difference of mix signals; `widen` then multiplies the
    distances from the centre by √φ, if φ, from z-scores with the outer tenth on each side pulled
    in, exceeds 1 + 2 √(2 ÷ groups). A group with n = 0 has no value (nan) and no mark.
    Raises ValueError unless 0 ≤ k ≤ n in whole numbers, and when all groups are empty.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A.1 (limits), A.2 (φ).
    """
    few, many = bounds.whole_counts(k, n)
    some = many > 0
    if centre is None and not some.any():
        raise ValueError("All groups are empty: there is nothing to compare.")
    middle = float(few.sum() / many.sum()) if centre is None else centre
    value = np.where(some, few / np.maximum(many, 1), np.nan)
    spread = _spread(value[some], many[some], middle)
    enough = 1 + 2 * math.sqrt(2 / max(int(some.sum()), 1))
    widened = widen and spread > enough
    factor = math.sqrt(spread) if widened else 1.0
    near = funnel_limits(many, middle, WARN, factor)
    far = funnel_limits(many, middle, SIGNAL, factor)
    warn, signal = (some & ((value < low) | (value > high)) for low, high in (near, far))
    return Funnel(value, middle, *near, *far, warn, signal, spread, widened)


def funnel_limits(
    n: Column, centre: float, level: float, factor: float = 1.0
) -> tuple[Floats, Floats]:
    """Give the lower and upper limit of a share for groups of size n around a centre.

    With r the least whole number for which P(Bin(n, centre) ≤ r) exceeds the wanted probability q,
    the limit is (r − a) ÷ n, a = (P(≤ r) − q) ÷ P(= r), held within 0 and 1. `factor` multiplies
    the distance from the centre. A group of size 0 may lie anywhere.
    """
    size = np.asarray(n, np.float64)
    side = bounds.outside(level)
    low, high = (_smooth(size, centre, q) for q in (side, 1 - side))
    low, high = centre + factor * (low - centre), centre + factor * (high - centre)
    some = size > 0
    return (
        np.where(some, np.clip(low, 0, 1), 0.0),
        np.where(some, np.clip(high, 0, 1), 1.0),
    )


def _smooth(n: Floats, p: float, wanted: float) -> Floats:
    whole = n.astype(np.int64)
    least = bounds.first_true(lambda r: _at_most(r, n, p) > wanted, np.full_like(whole, -1), whole)
    upto, before = _at_most(least, n, p), _at_most(least - 1, n, p)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (least - (upto - wanted) / (upto - before)) / n


def _at_most(r: NDArray[np.int64], n: Floats, p: float) -> Floats:
    from scipy.special import betainc

    inside = np.asarray(betainc(np.maximum(n - r, 1), np.maximum(r + 1, 1), 1 - p), np.float64)
    return np.where(r < 0, 0.0, np.where(r >= n, 1.0, inside))


def _spread(value: Floats, n: Floats, middle: float) -> float:
    if value.size < 2 or not 0 < middle < 1:
        return math.nan
    z = (value - middle) * np.sqrt(n / (middle * (1 - middle)))
    pulled = np.clip(z, *np.quantile(z, (0.1, 0.9)))
    return float(np.mean(pulled**2))
