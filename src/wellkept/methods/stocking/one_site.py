"""One site that orders one for one: stock S, units in resupply X, so (X − S)⁺ are missing.

Palm's theorem: with Poisson demand and resupply times that do not depend on each other, X is
Poisson with mean rate × mean resupply time, whatever the times' distribution.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts, together


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Hold what a base stock gives; arrays of one shape.

    `backorders` is the number of units missing on average and `backorders_variance` how it varies;
    `on_hand` the units in stock on average; `ready` the share of time with a unit on the shelf;
    `fill` the share of demand met at once; `wait` the average wait of a demand, waiting or not, in
    the unit of time of the rate (nan where there is no demand, or where no rate was given).
    """

    stock: Whole
    backorders: Floats
    backorders_variance: Floats
    on_hand: Floats
    ready: Floats
    fill: Floats
    wait: Floats


def base_stock(
    stock: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike | None = None,
    *,
    rate: ArrayLike | None = None,
) -> Level:
    """Give what is missing, on hand and met at once when `stock` units are held.

    `mean` is the pipeline, demand rate × resupply time, in units; a `variance` above it makes the
    pipeline negative binomial (more than one echelon or indenture above; for a rate that is not
    known use `predictive`). Demand is Poisson and comes one by one, so it sees the shelf as it is
    on average: fill = ready. `rate` gives the wait (Little's law: backorders ÷ rate).
    Raises ValueError for a stock that is not a whole number from 0 up, or a pipeline below 0.
    Source: Sherbrooke 2004, Optimal Inventory Modeling of Systems, chapters 2 and 3.

    >>> found = base_stock(2, 1.0, rate=4.0)
    >>> round(float(found.backorders), 4), round(float(found.fill), 4), round(float(found.wait), 4)
    (0.1036, 0.7358, 0.0259)
    """
    held = counts(stock, "stock")
    missing = pipelines.expected_backorders(held, mean, variance)
    squares = pipelines.squared_backorders(held, mean, variance)
    ready = 1 - pipelines.at_least(held, mean, variance)
    unknown = np.full(missing.shape, np.nan)
    wait = unknown if rate is None else _wait(missing, amounts(rate, "rate"))
    held, means = together(stock=held, mean=amounts(mean, "mean"))
    return Level(
        stock=held,
        backorders=missing,
        backorders_variance=np.maximum(squares - missing**2, 0.0),
        on_hand=held - means + missing,
        ready=ready,
        fill=ready,
        wait=wait,
    )


def predictive(
    stock: ArrayLike, shape: ArrayLike, exposure: ArrayLike, resupply: ArrayLike
) -> Level:
    """Give the same when the demand rate itself is uncertain: Gamma(shape, exposure).

    The rate has mean shape ÷ exposure (after n demands in t years and a prior Gamma(a, b): shape
    a + n, exposure b + t). The pipeline over `resupply` is negative binomial with r = shape and
    p = exposure ÷ (exposure + resupply). Backorders are convex in the rate, so the plan on the best
    guess always promises too few of them.
    `ready` is the share of time, `fill` the share of demands: those come more often when the rate
    is high, so fill is the lower one (r + 1 in place of r). `wait` is backorders ÷ mean rate.
    Raises ValueError for a shape, exposure or resupply time below 0, or a shape or exposure of 0.
    Source: Sherbrooke 1968, Operations Research 16:122, p. 138; Gelman et al. 2013, Bayesian Data
    Analysis, section 2.6 (negative binomial as a mixture).
    """
    a, b = amounts(shape, "shape", above=True), amounts(exposure, "exposure", above=True)
    mean = a * amounts(resupply, "resupply") / b
    variance = mean * (1 + np.asarray(resupply, np.float64) / b)
    found = base_stock(stock, mean, variance, rate=a / b)
    seen = mean * (1 + 1 / a)
    fill = 1 - pipelines.at_least(found.stock, seen, seen * (1 + np.asarray(resupply) / b))
    return Level(
        stock=found.stock,
        backorders=found.backorders,
        backorders_variance=found.backorders_variance,
        on_hand=found.on_hand,
        ready=found.ready,
        fill=np.asarray(fill),
        wait=found.wait,
    )


def wait_beyond(stock: ArrayLike, rate: ArrayLike, resupply: ArrayLike, limit: ArrayLike) -> Floats:
    """Give the probability that a demand waits longer than `limit`, for a fixed resupply time.

    A demand waits longer than t exactly when the demands of the last (resupply − t) have taken all
    stock: P(Poisson(rate (resupply − t)) ≥ S). With t = 0 it is 1 − fill.
    Source: Sherbrooke 2004, section 2.8; the argument is that of Kruse 1981, Naval Research
    Logistics Quarterly 28:71.

    >>> round(float(wait_beyond(1, 2.0, 0.5, 0.25)), 4)
    0.3935
    """
    times = amounts(resupply, "resupply"), amounts(limit, "limit")
    left = np.maximum(times[0] - times[1], 0.0)
    mean = amounts(rate, "rate") * left
    held, mean, left = together(stock=counts(stock, "stock"), mean=mean, left=left)
    return np.asarray(np.where(left > 0, pipelines.at_least(held, mean), 0.0))


def _wait(missing: Floats, rate: Floats) -> Floats:
    missing, rate = together(backorders=missing, rate=rate)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(rate > 0, missing / rate, np.nan))
