"""Customers who take several units at once: three services that differ, and lots to order.

Customers come as a Poisson stream; each takes k units with probability sizes[k − 1]. Then
*ready* (a unit on the shelf), *unit fill* (units handed over at once) and *line fill* (orders
served whole at once) are three numbers, in that order from high to low.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats
from wellkept.methods.stocking.columns import amounts, counts

NEGLIGIBLE = 1e-15
MANY = 300.0  # customers in a lead time above which e^−customers would be lost


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """Hold the three services, units missing and on hand; `at_least[j − 1]` is P(j on hand)."""

    ready: float
    unit_fill: float
    line_fill: float
    backorders: float
    on_hand: float
    at_least: Floats


@dataclass(frozen=True, slots=True)
class CheapestLot:
    """Hold a reorder point, a lot and their cost per unit of time."""

    reorder_point: int
    lot: int
    cost: float


def demand_law(customers: float, sizes: ArrayLike) -> Floats:
    """Give P(D = 0), P(D = 1), … of the units that `customers` (on average) take together.

    The last entry leaves less than 1e-15 beyond it. Up to 300 customers by Panjer's recursion
    g(x) = customers/x Σ k f(k) g(x − k), which keeps every digit; above that by the transform,
    which keeps 15 places.
    Raises ValueError for sizes that are no probabilities adding up to 1.
    Source: Panjer 1981, ASTIN Bulletin 12:22; Rolski et al. 1999, 4.7 (transform).

    >>> demand_law(2.0, [1.0])[:2].round(4).tolist()
    [0.1353, 0.2707]
    """
    f, mean = _sizes(sizes), float(amounts(customers, "customers"))
    k = np.arange(1, f.size + 1)
    spread = np.sqrt(mean * float(k**2 @ f))
    n = int(mean * float(k @ f) + 12 * spread + 40 * f.size + 1)
    law = _by_transform(mean, f, n) if mean > MANY else _by_panjer(mean, f, n)
    beyond = np.cumsum(law[::-1])[::-1]
    return law[: max(int(np.count_nonzero(beyond > NEGLIGIBLE)), 1)]


def services(reorder_point: int, lot: int, customers: float, sizes: ArrayLike) -> Services:
    """Give the three services of ordering lots of Q (or multiples) as the position falls to r.

    `customers` is the mean number in a lead time. A base stock S is reorder_point = S − 1, lot 1.
    A customer finds at least j on hand with probability a(j), the average of P(D ≤ y − j) over the
    positions y = r + 1 … r + Q: ready = a(1), unit fill = Σ P(size ≥ j) a(j) ÷ mean size, line
    fill = Σ P(size = j) a(j).
    Source: Zipkin 2000, Foundations of Inventory Management, 6.2 and 6.5.

    >>> found = services(25, 75, 400 / 26, [0.4, 0.4, 0.0, 0.2])
    >>> [round(x, 4) for x in (found.ready, found.unit_fill, found.line_fill)]
    [0.906, 0.8978, 0.8957]
    """
    f, law = _sizes(sizes), demand_law(customers, sizes)
    r = int(counts(reorder_point, "reorder_point", least=None))
    q = int(counts(lot, "lot", least=1))
    below = np.cumsum(law)
    positions = np.arange(r + 1, r + q + 1)
    sizes_at = np.arange(1, f.size + 1)
    at_least = np.array([float(np.mean(_upto(below, positions - j))) for j in sizes_at])
    mean_size, mean = float(sizes_at @ f), float(np.arange(law.size) @ law)
    missing = float(np.mean(_losses(law, positions)))
    return Services(
        ready=float(at_least[0]),
        unit_fill=float(np.cumsum(f[::-1])[::-1] @ at_least) / mean_size,
        line_fill=float(f @ at_least),
        backorders=missing,
        on_hand=(q + 1) / 2 + r - mean + missing,
        at_least=at_least,
    )


def cheapest_lot(
    customer_rate: float,
    lead: float,
    sizes: ArrayLike,
    *,
    order_cost: float,
    holding: float,
    backorder: float,
) -> CheapestLot:
    """Give the reorder point and lot with the lowest cost when customers take several units.

    Cost = order_cost × units per time ÷ Q + average over the positions of holding × on hand +
    backorder × missing. Found as in `lots.cheapest_lots`.
    Source: Federgruen & Zheng 1992, Operations Research 40:808.
    """
    f, law = _sizes(sizes), demand_law(customer_rate * lead, sizes)
    units = float(amounts(customer_rate, "customer_rate")) * float(np.arange(1, f.size + 1) @ f)
    h = float(amounts(holding, "holding", above=True))
    b = float(amounts(backorder, "backorder", above=True))
    low = high = best_base_stock(customer_rate * lead, sizes, holding=h, backorder=b)
    mean = float(np.arange(law.size) @ law)

    def cost(y: int) -> float:
        missing = float(_losses(law, np.array([y]))[0])
        return h * (y - mean + missing) + b * missing

    total, lot = float(amounts(order_cost, "order_cost")) * units + cost(low), 1
    dear, cheap = cost(high + 1), cost(low - 1)
    while min(dear, cheap) * lot < total:
        total, lot = total + min(dear, cheap), lot + 1
        if dear <= cheap:
            high, dear = high + 1, cost(high + 2)
        else:
            low, cheap = low - 1, cost(low - 2)
    return CheapestLot(low - 1, lot, total / lot)


def best_base_stock(customers: float, sizes: ArrayLike, *, holding: float, backorder: float) -> int:
    """Give the smallest base stock S with P(D ≤ S) ≥ backorder ÷ (backorder + holding)."""
    share = backorder / (backorder + holding)
    return int(np.searchsorted(np.cumsum(demand_law(customers, sizes)), share))


def _sizes(sizes: ArrayLike) -> Floats:
    f = amounts(sizes, "sizes")
    if f.ndim != 1 or not f.size or abs(float(f.sum()) - 1) > 1e-9:
        raise ValueError(
            f"Sizes are the probabilities of taking 1, 2, 3 … units and add up to 1; these add up"
            f" to {float(f.sum()):g}."
        )
    return f


def _by_panjer(customers: float, f: Floats, n: int) -> Floats:
    g = np.zeros(n)
    g[0] = np.exp(-customers)
    weights = customers * np.arange(1, f.size + 1) * f
    for x in range(1, n):
        reach = min(x, f.size)
        g[x] = weights[:reach] @ g[x - reach : x][::-1] / x
    return g


def _by_transform(customers: float, f: Floats, n: int) -> Floats:
    size = 1 << (n - 1).bit_length()
    padded = np.zeros(size)
    padded[1 : f.size + 1] = f
    law = np.fft.irfft(np.exp(customers * (np.fft.rfft(padded) - 1)), size)
    return np.maximum(law[:n], 0.0)


def _upto(below: Floats, k: ArrayLike) -> Floats:
    """Give P(D ≤ k) from the running sums, 0 below and 1 beyond them."""
    places = np.asarray(k)
    inside = below[np.clip(places, 0, below.size - 1)]
    return np.asarray(np.where(places < 0, 0.0, np.where(places >= below.size, 1.0, inside)))


def _losses(law: Floats, y: ArrayLike) -> Floats:
    """Give E[(D − y)⁺]: Σ over k ≥ y of P(D > k), and mean − y below 0."""
    beyond = np.cumsum(law[::-1])[::-1]
    tails = np.append(beyond[1:], 0.0)
    sums = np.append(np.cumsum(tails[::-1])[::-1], 0.0)
    places = np.asarray(y)
    inside = sums[np.clip(places, 0, law.size)]
    return np.asarray(np.where(places < 0, sums[0] - places, inside))
