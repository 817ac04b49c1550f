"""Stock-outs that do not wait: an emergency delivery, or a unit from another site."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking.columns import amounts, counts, together

MOST_STATES = 4000


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Hold where each site's demand is met: from its own shelf, from another's, by emergency.

    The three shares of a site add up to 1; `wait` is the mean extra wait of its demands.
    """

    own: Floats
    lateral: Floats
    emergency: Floats
    wait: Floats


def erlang_loss(stock: ArrayLike, load: ArrayLike) -> Floats:
    """Give the share of demand that finds the shelf empty and is met by emergency.

    `load` is demand rate × mean replenishment time. An emergency unit does not enter the pipeline,
    so the units on order are those of Erlang's loss system, insensitive to the distribution of the
    time: B = P(X = S) ÷ P(X ≤ S), X Poisson.
    Source: Erlang 1917; for spare parts Alfredsson & Verrijdt 1999, Management Science 45:1416.

    >>> round(float(erlang_loss(2, 1.0)), 4)
    0.2
    """
    from scipy import special  # its import costs more than most plans

    s, a = together(stock=counts(stock, "stock"), load=amounts(load, "load"))
    mass = np.exp(special.xlogy(s, a) - a - special.gammaln(s + 1.0))
    within = special.gammaincc(s + 1.0, a)
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = mass / within
        # where both are lost to underflow the load is far above the stock
        heavy = 1 - s / a
    return np.asarray(np.where(within > 1e-280, exact, np.clip(heavy, 0.0, 1.0)))


def pooled_emergency(stock: ArrayLike, rate: ArrayLike, replenishment: float) -> float:
    """Give the share of demand met by emergency when all sites lend to each other at once.

    Exact for any number of sites with one replenishment time: Erlang's loss at the summed stock
    and the summed load.
    """
    units, rates = int(counts(stock, "stock").sum()), float(amounts(rate, "rate").sum())
    return float(erlang_loss(units, rates * float(amounts(replenishment, "replenishment"))))


def shared_stock(
    stock: ArrayLike,
    rate: ArrayLike,
    replenishment: float,
    *,
    lateral_time: float = 0.0,
    emergency_time: float = 0.0,
) -> Shared:
    """Give how each site's demand is met under full lateral pooling, by the exact Markov chain.

    A site that is out borrows from a site that has stock, each of those equally likely; the unit
    is replaced at the lender's. When all are out an emergency unit comes from outside. Stock and
    rate have one number per site; replenishment times are exponential with one mean (the sum of
    own and lateral shares does not depend on that, their split does slightly).
    Raises ValueError when the sites have more than 4,000 stock states together: use
    `pooled_emergency` then, which is exact for the emergency share at any size.
    Source: Alfredsson & Verrijdt 1999, Management Science 45:1416 (the chain).
    """
    units, rates = counts(stock, "stock"), amounts(rate, "rate")
    if units.ndim != 1 or units.shape != rates.shape or not units.size:
        raise ValueError(f"{units.size} stocks need as many rates, one per site.")
    states = int(np.prod(units + 1.0))
    if states > MOST_STATES:
        raise ValueError(
            f"These sites have {states} stock states together, more than {MOST_STATES}: use"
            " pooled_emergency, which gives the emergency share at any size."
        )
    mean = float(amounts(replenishment, "replenishment"))
    on_hand = np.array(list(product(*(range(int(s) + 1) for s in units))), np.int64)
    likely = _steady(on_hand, units, rates * mean)
    has = on_hand > 0
    own = likely @ has
    emergency = float(likely[~has.any(axis=1)].sum())
    lateral = 1 - own - emergency
    wait = np.maximum(lateral, 0.0) * lateral_time + emergency * emergency_time
    return Shared(own, np.maximum(lateral, 0.0), np.full(own.shape, emergency), wait)


def _steady(on_hand: Whole, units: Whole, loads: Floats) -> Floats:
    """Give the long-run probability of each state; time in units of the replenishment time."""
    place = {tuple(state): number for number, state in enumerate(on_hand.tolist())}
    flow = np.zeros((len(place), len(place)))
    for number, state in enumerate(on_hand.tolist()):
        for site, held in enumerate(state):
            if held < units[site]:
                flow[number, place[_moved(state, site, 1)]] += units[site] - held
            for lender, share in _lenders(state, site):
                flow[number, place[_moved(state, lender, -1)]] += loads[site] * share
    balance = flow.T - np.diag(flow.sum(axis=1))
    balance[-1] = 1.0
    return np.linalg.solve(balance, np.eye(len(place))[-1])


def _lenders(state: list[int], site: int) -> list[tuple[int, float]]:
    if state[site]:
        return [(site, 1.0)]
    having = [other for other, held in enumerate(state) if held]
    return [(other, 1 / len(having)) for other in having]


def _moved(state: list[int], site: int, by: int) -> tuple[int, ...]:
    return tuple(held + by if place == site else held for place, held in enumerate(state))
