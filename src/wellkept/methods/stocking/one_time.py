"""Buying once: for a season, a campaign, or for the last time before a part is no longer made."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts


def one_time_cost(
    quantity: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike | None = None,
    *,
    left_over: ArrayLike,
    short: ArrayLike,
) -> Floats:
    """Give the expected cost of holding `quantity` against a demand of the given mean.

    `left_over` is the money lost on each unit that remains (price − salvage + storage), `short`
    that on each unit that is missing (what it costs to get it otherwise, less the price now).
    Poisson demand; negative binomial where a `variance` above the mean is given.
    Source: Snyder & Shen 2019, Fundamentals of Supply Chain Theory, 4.3 (newsvendor).

    >>> round(float(one_time_cost(8, 6.0, left_over=1.0, short=4.0)), 4)
    3.5701
    """
    q = counts(quantity, "quantity")
    missing = pipelines.expected_backorders(q, mean, variance)
    remains = q - amounts(mean, "mean") + missing
    return np.asarray(amounts(left_over, "left_over") * remains + amounts(short, "short") * missing)


def one_time_quantity(
    mean: ArrayLike,
    variance: ArrayLike | None = None,
    *,
    left_over: ArrayLike,
    short: ArrayLike,
) -> Whole:
    """Give the cheapest quantity: the smallest q with P(D ≤ q) ≥ short ÷ (short + left_over).

    Raises ValueError where a unit left over costs nothing: then no quantity is too many.

    >>> int(one_time_quantity(6.0, left_over=3800 - 900, short=9500 - 3800))
    7
    """
    over = amounts(left_over, "left_over", above=True)
    under = amounts(short, "short")
    return pipelines.smallest_stock(under / (under + over), mean, variance)
