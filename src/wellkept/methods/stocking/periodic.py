"""Ordering only at reviews: up to S each time (R, S), or once the position is s or below (s, S)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts
from wellkept.methods.stocking.lots import Cycle


@dataclass(frozen=True, slots=True)
class MinMax:
    """Hold s, S and the cost per review period: at or below s, order up to S."""

    s: int
    order_up_to: int
    cost: float


def review(stock: ArrayLike, rate: ArrayLike, lead: ArrayLike, period: ArrayLike) -> Cycle:
    """Give what is missing, on hand and met at once when each review orders up to `stock`.

    The time that a position must cover runs from `lead` (just after a delivery) to lead + period
    (just before the next), so everything is an average over that span. Planning for lead + period
    throughout would hold too much. In closed form, since d E[(X − S)⁺]/d mean = P(X ≥ S):
    missing = (L₂(S; rate (lead + period)) − L₂(S; rate × lead)) ÷ (rate × period), with L₂ the
    second loss, and the share not met at once the same with the first loss. Demand is Poisson.
    Raises ValueError for a review period that is not above 0.
    Source: Hadley & Whitin 1963, Analysis of Inventory Systems, chapter 5 (average over the cycle).

    >>> found = review(14, 45, 1 / 6, 1 / 12)
    >>> [round(float(x), 4) for x in (found.backorders, found.on_hand, found.fill)]
    [0.1501, 4.7751, 0.8928]
    """
    demand, held = amounts(rate, "rate"), counts(stock, "stock")
    start, span = amounts(lead, "lead"), amounts(period, "period", above=True)
    early, late = demand * start, demand * (start + span)
    loss, second = pipelines.expected_backorders, pipelines.second_loss
    with np.errstate(divide="ignore", invalid="ignore"):
        missing = (second(held, late) - second(held, early)) / (demand * span)
        short = (loss(held, late) - loss(held, early)) / (demand * span)
    quiet = demand * span == 0
    missing, short = np.where(quiet, 0.0, missing), np.where(quiet, np.nan, short)
    on_hand = held - demand * (start + span / 2) + missing
    return Cycle(np.asarray(missing), np.asarray(on_hand), np.asarray(1 - short))


def order_cost_rate(order_cost: ArrayLike, rate: ArrayLike, period: ArrayLike) -> Floats:
    """Give money per unit of time for orders, when a review orders if anything was asked for."""
    span = amounts(period, "period", above=True)
    return np.asarray(
        amounts(order_cost, "order_cost") * -np.expm1(-amounts(rate, "rate") * span) / span
    )


def min_max_cost(
    s: int,
    order_up_to: int,
    demand: ArrayLike,
    lead: int = 0,
    *,
    order_cost: float,
    holding: float,
    backorder: float,
) -> float:
    """Give the cost per review period of (s, S), exactly.

    `demand[d]` is the probability that d units are asked for in a period. Each period: review,
    demand, then costs on what is on hand or missing; an order comes `lead` periods after its
    review, before that period's demand. The falls since the last order form a renewal process.
    Raises ValueError unless s < S, and where demand is no law or never anything but 0.
    Source: Zheng & Federgruen 1991, Operations Research 39:654, eq. (1)–(3).

    >>> poisson = pipelines.pmf(np.arange(80), 20.0)
    >>> round(min_max_cost(14, 62, poisson, order_cost=64, holding=1, backorder=9), 3)
    49.173
    """
    from wellkept.methods.stocking import lot_kernels  # Numba loads when first needed

    low, top = int(counts(s, "s", least=None)), int(counts(order_up_to, "S", least=None))
    if low >= top:
        raise ValueError(f"S must lie above s; {top} does not lie above {low}.")
    law, costs, k, h, b = _given(demand, lead, order_cost, holding, backorder)
    m = lot_kernels.renewals(law, top - low)
    return float(lot_kernels.cycle_cost(low, top, m, costs, k, h, b))


def cheapest_min_max(
    demand: ArrayLike,
    lead: int = 0,
    *,
    order_cost: float,
    holding: float,
    backorder: float,
) -> MinMax:
    """Give the (s, S) with the lowest cost per review period, exactly.

    Arguments, conventions and source as in `min_max_cost`.

    >>> poisson = pipelines.pmf(np.arange(80), 20.0)
    >>> found = cheapest_min_max(poisson, order_cost=64, holding=1, backorder=9)
    >>> found.s, found.order_up_to, round(found.cost, 3)
    (14, 62, 49.173)
    """
    from wellkept.methods.stocking import lot_kernels  # Numba loads when first needed

    law, costs, k, h, b = _given(demand, lead, order_cost, holding, backorder)
    s, top, cost = lot_kernels.cheapest_min_max(law, costs, k, h, b)
    return MinMax(int(s), int(top), float(cost))


def _given(
    demand: ArrayLike, lead: int, order_cost: float, holding: float, backorder: float
) -> tuple[Floats, Floats, float, float, float]:
    from wellkept.methods.stocking import lot_kernels

    law = amounts(demand, "demand")
    if law.ndim != 1 or not law.size or abs(float(law.sum()) - 1) > 1e-6:
        raise ValueError(
            "Demand is the probabilities of 0, 1, 2 … units a period and adds up to 1; this adds"
            f" up to {float(law.sum()):g}."
        )
    if law[0] >= 1:
        raise ValueError("Nothing is ever asked for, so no (s, S) is better than another.")
    h = float(amounts(holding, "holding", above=True))
    b = float(amounts(backorder, "backorder", above=True))
    cover = law
    for _ in range(int(counts(lead, "lead"))):
        cover = np.convolve(cover, law)
    costs = lot_kernels.period_costs(cover, h, b)
    return law, costs, float(amounts(order_cost, "order_cost")), h, b
