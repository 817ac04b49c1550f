"""Any number of echelons by VARI-METRIC: mean and variance of the waiting units, level by level.

An approximation (the law of the units in resupply is taken as negative binomial); for a depot and
its sites use `exact.levels`, which costs no more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts, shares, together


@dataclass(frozen=True, slots=True, eq=False)
class TreeLevels:
    """Hold what a stock gives at each location of a tree, in the order of the locations.

    `flow` is the demand that reaches the location per unit of time, its children's included;
    `pipeline` and `pipeline_variance` describe the units in resupply.
    """

    stock: Whole
    flow: Floats
    pipeline: Floats
    pipeline_variance: Floats
    backorders: Floats
    backorders_variance: Floats
    on_hand: Floats
    fill: Floats
    wait: Floats


def tree_levels(
    parent: ArrayLike,
    stock: ArrayLike,
    rate: ArrayLike,
    lead: ArrayLike,
    *,
    repair_share: ArrayLike = 0.0,
    repair_time: ArrayLike = 0.0,
    poisson: bool = False,
) -> TreeLevels:
    """Give the backorders of one item at every location of a tree, by VARI-METRIC.

    `parent[k]` is the location that supplies k, −1 for the top, and comes before k. `rate[k]` is
    the demand of k's own customers, `lead[k]` the way from its parent (for the top: the time to
    get or repair a unit); `repair_share` of what reaches k is repaired there in `repair_time`.
    Down the tree: mean and variance of the units in resupply are own + f EBO and own +
    f (1 − f) EBO + f² VBO of the parent, f being k's share of what its parent is asked for.
    `poisson=True` leaves the variance at the mean: that is METRIC, which promises too few
    backorders and is here for comparison only.
    Raises ValueError for a parent that does not come first, or numbers out of range.
    Source: Slay 1984; Graves 1985, Management Science 31:1247; Sherbrooke 1986, Operations
    Research 34:311; Sherbrooke 1968, Operations Research 16:122 (METRIC).

    >>> found = tree_levels([-1, 0, 0, 0, 0], [16, 4, 4, 4, 4], [0, 45, 45, 45, 45],
    ...     [60 / 365] + [10 / 365] * 4, repair_share=[0, .3, .3, .3, .3], repair_time=30 / 365)
    >>> found.backorders.round(4)[:2].tolist()
    [5.0201, 0.4815]
    """
    above = _parents(parent)
    demand, way = amounts(rate, "rate"), amounts(lead, "lead")
    local, repair = shares(repair_share, "repair_share"), amounts(repair_time, "repair_time")
    above, held, demand, way, local, repair = together(
        parent=above,
        stock=counts(stock, "stock"),
        rate=demand,
        lead=way,
        repair_share=local,
        repair_time=repair,
    )
    flow = np.array(demand)
    for k in range(above.size - 1, 0, -1):
        if above[k] >= 0:
            flow[above[k]] += flow[k] * (1 - local[k])
    own = flow * (local * repair + (1 - local) * way)
    mean, variance, missing, spread = _down(above, held, flow, local, own, poisson)
    wait = np.divide(missing, flow, out=np.full(flow.shape, np.nan), where=flow > 0)
    return TreeLevels(
        stock=held,
        flow=flow,
        pipeline=mean,
        pipeline_variance=variance,
        backorders=missing,
        backorders_variance=spread,
        on_hand=held - mean + missing,
        fill=1 - pipelines.at_least(held, mean, variance),
        wait=wait,
    )


def _down(
    above: Whole, held: Whole, flow: Floats, local: Floats, own: Floats, poisson: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    """Give mean and variance of the pipelines and of the backorders, from the top down."""
    mean, variance, missing, spread = (np.zeros(above.size) for _ in range(4))
    for k in range(above.size):
        up = above[k]
        f = flow[k] * (1 - local[k]) / flow[up] if up >= 0 and flow[up] > 0 else 0.0
        mean[k] = own[k] + (f * missing[up] if up >= 0 else 0.0)
        extra = f * (1 - f) * missing[up] + f**2 * spread[up] if up >= 0 else 0.0
        variance[k] = mean[k] if poisson else own[k] + extra
        missing[k] = pipelines.expected_backorders(held[k], mean[k], variance[k])
        squares = pipelines.squared_backorders(held[k], mean[k], variance[k])
        spread[k] = max(squares - missing[k] ** 2, 0.0)
    return mean, variance, missing, spread


def _parents(parent: ArrayLike) -> Whole:
    above = counts(parent, "parent", least=-1)
    if above.ndim != 1:
        raise ValueError("Parents are a list, one for each location.")
    late = np.flatnonzero(above >= np.arange(above.size))
    if late.size:
        k = late[0]
        raise ValueError(
            f"Location {k} is supplied by location {above[k]}, which does not come before it: list"
            " each location after the one that supplies it, the top with parent -1."
        )
    return above
