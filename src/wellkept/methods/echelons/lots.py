"""A depot and sites that both order in lots, exactly: which of the last orders still wait.

Look back from now. The orders of a site are some of its demands: the one n demands ago is an order
if n = p + 1, p + 1 + q, …, where q is the lot and p, uniform on 0 … q − 1, the demands since the
last order. One depot lead time ago the depot's position was y, uniform and independent of all that
follows: the first y orders since have left it, the rest wait; for y < 0 the last −y orders before
that moment wait too. Orders in a stretch of time are counts of independent sites, each with a phase
of its own, so one integral over the moment of the order gives the chance that it waits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking import pipelines
from wellkept.methods.stocking.columns import amounts, counts, together

NODES = 24  # Gauss points for a panel in which PANEL demands are expected
PANEL = 12.0
MOST = 30_000_000  # numbers in one table, 240 MB


@dataclass(frozen=True, slots=True, eq=False)
class LotLevels:
    """Hold what one item's lots leave, in units (1 + m,), the depot first.

    `backorders` are the units missing on average, the depot's those of lots that wait to leave it;
    `on_hand` the units in stock.
    """

    stock: Whole
    backorders: Floats
    on_hand: Floats


@dataclass(frozen=True, slots=True)
class Site:
    """Hold one site's rate, the rates of the others that ask for anything, lot and lead time."""

    rate: float
    others: tuple[float, ...]
    lot: int
    lead: float


def lot_levels(
    rate: ArrayLike,
    stock: ArrayLike,
    *,
    depot_lead: float,
    transit: ArrayLike = 0.0,
    site_lot: int,
    depot_lot: int = 1,
) -> LotLevels:
    """Give the exact backorders and shelf of one item whose sites (m,) order `site_lot` at a time.

    `stock` (1 + m,) holds the highest positions r + Q; the depot's is counted in lots of the sites,
    of which it orders `depot_lot` at a time. Demand is Poisson, one unit at a time; the depot
    serves in order of demand; `depot_lead` and `transit` (m,) are fixed times.
    Exact but for rounding (integrals by Gauss points, to about 1e-12).
    Raises ValueError for numbers out of range, columns that do not fit each other, and a depot too
    large for it (see `MOST`).
    Source: the model of Axsäter 1993, Operations Research 41:777; the sum over waiting orders is
    our own rearrangement.

    >>> found = lot_levels([0.1] * 4, [1, 4, 4, 4, 4], depot_lead=1, transit=1, site_lot=4)
    >>> round(float(found.on_hand.sum() + 20 * found.backorders[1:].sum()), 2)
    13.32
    """
    demand, way = together(rate=amounts(rate, "rate"), transit=amounts(transit, "transit"))
    held, lead = counts(stock, "stock"), float(amounts(depot_lead, "depot_lead"))
    lot = int(counts(site_lot, "site_lot", least=1))
    hub_lot = int(counts(depot_lot, "depot_lot", least=1))
    _fits(demand, held, lead, lot, hub_lot)
    positions = range(int(held[0]) - hub_lot + 1, int(held[0]) + 1)
    missing, late = np.zeros(held.size), np.zeros(demand.size)
    chances: dict[float, Floats] = {}
    for j in np.flatnonzero(demand > 0):
        others = np.delete(demand, j)
        site = Site(float(demand[j]), tuple(sorted(others[others > 0])), lot, lead)
        if site.rate not in chances:
            chances[site.rate] = np.mean(
                [waiting(site, y, positions[0]) for y in positions], axis=0
            )
        late[j] = chances[site.rate].sum()
        missing[j + 1] = short(chances[site.rate], lot, int(held[j + 1]), demand[j] * way[j])
    missing[0] = late.sum()
    position = held - np.where(np.append(1, demand) > 0, (lot - 1) / 2, 0.0)
    position[0] = lot * (held[0] - (hub_lot - 1) / 2)
    pipeline = np.append(demand.sum() * lead, late + demand * way)
    return LotLevels(stock=held, backorders=missing, on_hand=position - pipeline + missing)


def _fits(demand: Floats, held: Whole, lead: float, lot: int, hub_lot: int) -> None:
    """Refuse a stock of another shape, and a depot whose tables would be too large."""
    if demand.ndim != 1 or held.shape != (demand.size + 1,):
        raise ValueError(
            "Rates are a list, one for each site, and a stock has the depot before the sites;"
            f" these have the shapes {demand.shape} and {held.shape}."
        )
    points = NODES * ((demand.sum() * lead + lot * (hub_lot + demand.size)) / PANEL + 8)
    if points * lot * max(int(held[0]), hub_lot) > MOST:
        raise ValueError(
            f"A depot of {held[0]} lots of {lot} with {demand.sum() * lead:.0f} units asked for in"
            " its lead time is too large to be reckoned exactly: play it (wellkept.methods.replay)."
        )


def short(chance: Floats, lot: int, held: int, on_the_way: float) -> float:
    """Give the units missing at a site, from the chance that its n-th last demand's order waits."""
    by_phase = chance.reshape(-1, lot)  # order k of phase p: the demand n = p + 1 + (k − 1) lot
    exactly = -np.diff(by_phase, axis=0, prepend=1.0, append=0.0)
    orders, phase = np.indices(exactly.shape)
    missing = pipelines.expected_backorders(held - phase - lot * orders, on_the_way)
    return float((exactly * missing).sum() / lot)


def waiting(site: Site, position: int, lowest: int) -> Floats:
    """Give the chance that an order n = 1, 2, … of the site's demands ago waits at the depot."""
    ahead = max(-lowest, 0) * site.lot
    mean = site.rate * site.lead
    orders = -(-int(mean + 12 * mean**0.5 + 40 + ahead) // site.lot)
    n = np.arange(1, orders * site.lot + 1)
    if position > 0:
        return _since(site, position, n)
    recent = pipelines.at_least(n, mean)
    if position == 0:
        return recent
    back = _before(site, -position)
    before = pipelines.pmf(n - 1, mean)
    return np.asarray(recent + np.convolve(before, back)[: n.size])


def _since(site: Site, position: int, n: Whole) -> Floats:
    """Give it for y > 0: at least y of the orders in the lead time are older than this one."""
    if site.lead <= 0:
        return np.zeros(n.size)
    when, weight = panels(site.lead, site.rate + sum(site.others))
    rest = site.lead - when
    blocks = pipelines.pmf(np.arange(position * site.lot), site.rate * rest[:, None])
    own = blocks.reshape(when.size, position, site.lot).sum(axis=2)
    fewer = times(own, order_counts(site, rest, position - 1)).sum(axis=1)
    density = site.rate * pipelines.pmf(n[:, None] - 1, site.rate * when)
    return np.asarray(density @ (weight * np.maximum(1 - fewer, 0.0)))


def _before(site: Site, behind: int) -> Floats:
    """Give, for r = 1 … behind × lot, P(at most `behind` orders from its order to the lead time).

    r is how many of the site's demands lie between that order, itself included, and the moment one
    lead time ago.
    """
    r = np.arange(1, behind * site.lot + 1)
    if not site.others:
        return np.ones(r.size)
    rest = sum(site.others)
    reach = [
        m + 12 * m**0.5 + 40 for m in (float(r.size), float(site.lot * (behind + len(site.others))))
    ]
    when, weight = panels(min(reach[0] / site.rate, reach[1] / rest), site.rate + rest)
    most = np.cumsum(order_counts(site, when, behind - 1), axis=1)[
        :, behind - (r + site.lot - 1) // site.lot
    ]
    density = site.rate * pipelines.pmf(r - 1, site.rate * when[:, None])
    return np.asarray(weight @ (density * most))


def order_counts(site: Site, spans: Floats, most: int) -> Floats:
    """Give P(0 … most orders of the other sites in a stretch of time), one row for each stretch."""
    k = np.arange((most + 1) * site.lot)
    law = np.zeros((spans.size, most + 1))
    law[:, 0] = 1.0
    # x demands of a site with a uniform phase are i orders with the chance 1 − |x ÷ lot − i|
    part = np.maximum(1 - np.abs(k[:, None] / site.lot - np.arange(most + 1)), 0.0)
    for rate in set(site.others):
        one = pipelines.pmf(k, rate * spans[:, None]) @ part
        for _ in range(site.others.count(rate)):
            law = times(law, one)
    return law


def times(one: Floats, other: Floats) -> Floats:
    """Convolve two laws row by row, as far as the first goes."""
    law = np.zeros_like(one)
    for k in range(one.shape[1]):
        law[:, k:] += other[:, k : k + 1] * one[:, : one.shape[1] - k]
    return law


def panels(end: float, rate: float) -> tuple[Floats, Floats]:
    """Give points and weights that integrate from 0 to `end` what changes as Poisson counts do."""
    points, weights = np.polynomial.legendre.leggauss(NODES)
    pieces = int(end * rate / PANEL) + 1
    half = end / pieces / 2
    middle = half * (2 * np.arange(pieces) + 1)
    return (middle[:, None] + half * points).ravel(), np.tile(half * weights, pieces)
