"""What a stock at the depot and at every site keeps, exactly (depot serves in order of demand)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.echelons.network import Network
from wellkept.methods.side_by_side import blocks, each
from wellkept.methods.stocking.columns import counts


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Hold what a stock gives for every item and location; tables (n, 1 + m), the depot first.

    `backorders` are the units missing on average and `backorders_variance` how they vary; `on_hand`
    the units in stock; `ready` the share of time with a unit on the shelf, `fill` the share of
    demand met at once (the same unless rates are uncertain); `wait` the mean wait of a demand and
    `wait_square` the mean of its square, nan where there is none (and the square where the depot
    orders in lots). The depot's numbers concern its sites, not customers; those of a site that
    refills others its own customers, but for `ready`, `fill` and `on_hand`, which are of its shelf.
    """

    stock: Whole
    backorders: Floats
    backorders_variance: Floats
    on_hand: Floats
    ready: Floats
    fill: Floats
    wait: Floats
    wait_square: Floats


def levels(network: Network, stock: ArrayLike, depot_lot: ArrayLike = 1) -> Levels:
    """Give the exact backorders, shelf and waits of a stock (n, 1 + m), the depot first.

    Demand is Poisson, replenishment one for one, the depot serves in order of demand, and the way
    to a site takes a fixed time (or one that does not depend on what waits at the depot). The
    depot's backorders fall to the sites as a binomial draw, to which the site's own pipeline adds.
    A depot that orders `depot_lot` (n,) units at a time has a stock of r + Q, its highest position.
    Units may come in requests of geometric sizes: a request is of one site, its units are ordered
    together, and each is handed over as soon as it is there. `backorders`, `fill` and `wait` count
    units: a random unit of a geometric request stands where a whole request ends, so `fill` is also
    the share of requests met in full at once, and `wait` also the wait until a request is complete.
    Three levels are as exact as two: a site that refills others passes its own backorders on to
    them in the same way, as a binomial draw from its own law.
    Every number is exact but for rounding, and for the Gauss points where rates are uncertain.
    Items that the network counts in lots are exact at whole lots; between them what is told lies on
    the line from one lot to the next, which is never below the (convex) backorders themselves.
    Raises ValueError for a table of another shape, stocks that are no whole numbers from 0 up, for
    lots at the depot of three levels, for both kinds of lots together, and for lots at the depot
    where units come in requests.
    Source: Simon 1971, Operations Research 19:761; Graves 1985, Management Science 31:1247; with
    lots at the depot Axsäter 1993, Operations Research 41:777; requests of geometric sizes are our
    own rearrangement. The square of the wait follows from E[Q (Q − 1)] = rate² E[W²], Q the
    requests that wait: they came during the wait of the one served next (Keilson & Servi 1988,
    Operations Research Letters 7:223).

    >>> from wellkept.methods.echelons import network
    >>> four = network([[45] * 4], depot_lead=60 / 365, transit=10 / 365,
    ...     repair_share=0.3, repair_time=30 / 365)
    >>> levels(four, [[16, 4, 4, 4, 4]]).backorders.round(4)[0, :2].tolist()
    [5.0201, 0.483]
    """
    held = stock_table(network, stock)
    lot = np.broadcast_to(counts(depot_lot, "depot_lot", least=1), (network.items,))
    if ((lot > 1) & (network.again > 0)).any():
        raise ValueError("A depot orders in lots of items that are asked for one by one.")
    if not (network.lot > 1).any():
        return _levels(network, held, lot)
    if (lot > 1).any():
        raise ValueError("A depot orders in lots of items that are counted one by one.")
    return _in_units(_between_lots(network, held), network.lot[:, None], held)


def _in_units(found: Levels, lot: Whole, held: Whole) -> Levels:
    """Turn numbers of lots into numbers of units."""
    return replace(
        found, stock=held, backorders=found.backorders * lot, on_hand=found.on_hand * lot,
        backorders_variance=found.backorders_variance * lot.astype(np.float64) ** 2,
    )  # fmt: skip


def _between_lots(network: Network, held: Whole) -> Levels:
    """Reckon whole lots, and between them a mean by distance, level by level from the depot down.

    What a location keeps depends on its own stock and on those above it: each may lie between lots.
    """
    whole, rest = np.divmod(held, network.lot[:, None])
    found = _levels(network, whole, np.ones(network.items, np.int64))
    rows = np.flatnonzero(rest.any(axis=1))
    if not rows.size:
        return found
    some, part = network.take(rows), rest[rows] / network.lot[rows, None]
    upper = np.isin(np.arange(network.sites), network.above)
    columns = [np.zeros(network.sites + 1, np.bool_) for _ in range(3)]
    columns[0][0], columns[1][1:], columns[2][1:] = True, upper, ~upper
    sums = [np.zeros(part.shape) for _ in fields(Levels)]
    for raised in itertools.product((False, True), repeat=3):
        share = np.ones(part.shape)
        for on, mine in zip(raised, _own_and_above(network, part, upper), strict=True):
            share *= mine if on else 1 - mine
        if not share.any():
            continue
        up = np.zeros(network.sites + 1, np.bool_)
        for on, column in zip(raised, columns, strict=True):
            up |= on & column
        more = (up & (part > 0)).astype(np.int64)
        there = _levels(some, whole[rows] + more, np.ones(rows.size, np.int64))
        for total, one in zip(sums, fields(Levels), strict=True):
            total += share * getattr(there, one.name)
    for total, one in zip(sums, fields(Levels), strict=True):
        if one.name != "stock":
            getattr(found, one.name)[rows] = total
    return found


def _own_and_above(network: Network, part: Floats, upper: Any) -> tuple[Floats, Floats, Floats]:
    """Give how far into a lot the depot, the region and the end lie that a location rests on."""
    depot = np.broadcast_to(part[:, :1], part.shape)
    region, end = np.zeros(part.shape), part.copy()
    end[:, 0] = 0.0
    end[:, 1:][:, upper] = 0.0
    region[:, 1:][:, upper] = part[:, 1:][:, upper]
    below = np.flatnonzero(network.above >= 0)
    region[:, below + 1] = part[:, network.above[below] + 1]
    return depot, region, end


def _levels(network: Network, held: Whole, lot: Whole) -> Levels:
    """Reckon a stock counted in lots."""
    from wellkept.methods.echelons import kernels  # Numba loads when first needed

    shape = held.shape
    missing, squares, out, seen, pairs = (np.zeros(shape) for _ in range(5))
    law = (network.hub, network.again, network.own, network.split, network.scale, network.weight)
    filled = (missing, squares, out, seen, pairs)
    if network.regional:
        owed = _three_levels(network, held, lot, filled)
    else:
        tables: tuple[Any, ...] = (*law, held, np.array(lot), *filled)  # kernels want them writable
        each(lambda part: kernels.levels(*(one[part] for one in tables)), blocks(network.items))
        owed = missing
    upper = owed[:, network.above + 1]  # -1, the depot, is column 0
    pipeline = np.column_stack([network.hub, network.own + network.split * upper])
    position = held.astype(np.float64)
    position[:, 0] -= (lot - 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        flow = np.column_stack([network.hub_rate, network.rate])
        wait = np.where(flow > 0, missing / flow, np.nan)
        square = np.where((flow > 0) & (lot == 1)[:, None], pairs / flow**2, np.nan)
    return Levels(
        stock=held,
        backorders=missing,
        backorders_variance=np.maximum(squares - missing**2, 0.0),
        on_hand=position - pipeline + owed,
        ready=1 - out,
        fill=1 - seen,
        wait=wait,
        wait_square=square,
    )


def _three_levels(network: Network, held: Whole, lot: Whole, filled: tuple[Floats, ...]) -> Floats:
    """Fill the tables, and give the units that each location owes, to customers and below."""
    from wellkept.methods.echelons import regional_kernels

    if (lot > 1).any():
        raise ValueError("Lots at the depot are reckoned for two levels; here are three.")
    owed = np.zeros(held.shape)
    mine = network.rate / np.maximum(network.flow, 1e-300)
    law = (network.hub, network.again, network.own, network.split, mine)
    tables = (network.scale, network.weight, held, owed, *filled)

    def some(part: slice) -> None:
        given: list[Any] = [one[part] for one in law]
        given += [network.above, *(one[part] for one in tables)]
        regional_kernels.levels(*given)

    each(some, blocks(network.items))
    return owed


def stock_table(network: Network, stock: ArrayLike) -> Whole:
    """Give a stock as whole numbers (n, 1 + m), or say which shape was wanted."""
    held = counts(stock, "stock")
    wanted = (network.items, network.sites + 1)
    if held.shape != wanted:
        raise ValueError(
            f"A stock is a table of items × (depot and sites), here {wanted}; this one is"
            f" {held.shape}."
        )
    return np.ascontiguousarray(held)
