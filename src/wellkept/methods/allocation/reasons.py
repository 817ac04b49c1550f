"""Why each unit is held: how often it is needed, what it removes, what that is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.echelons import Network, levels
from wellkept.methods.echelons.exact import stock_table
from wellkept.methods.stocking.columns import amounts


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Hold one row for each unit: the `unit`-th of `item[r]` at `location[r]` (0 the depot).

    `used` is how often per unit of time a demand takes this unit, the earlier ones being out:
    rate × P(X = unit − 1); `removes` the units missing there that it saves on average,
    P(X ≥ unit); `spares` the units missing at the sites, and `worth` the same weighted (the money
    it saves per unit of time): for a unit at a site spares = removes, but for one that refills
    others, where `removes` counts its own customers.
    """

    item: Whole
    location: Whole
    unit: Whole
    used: Floats
    removes: Floats
    spares: Floats
    worth: Floats


def reasons(network: Network, stock: ArrayLike, value: ArrayLike, items: ArrayLike) -> Reasons:
    """Give the reason for each unit of a stock (n, 1 + m) of the items named.

    Units are told in the order in which they were worth adding: the k-th at its location, with
    the other locations as they are. A unit is worth holding while its cost of holding per unit of
    time is below `worth`.
    Raises ValueError for tables of the wrong shape and items that are not there.
    """
    held = stock_table(network, stock)
    weight = np.broadcast_to(amounts(value, "value"), network.rate.shape)
    rows = [_reasons(network, held, weight, int(i)) for i in _known(network, items)]
    if len(rows) == 1:
        return rows[0]
    return Reasons(
        item=np.concatenate([np.zeros(0, np.int64), *(row.item for row in rows)]),
        location=np.concatenate([np.zeros(0, np.int64), *(row.location for row in rows)]),
        unit=np.concatenate([np.zeros(0, np.int64), *(row.unit for row in rows)]),
        used=np.concatenate([np.zeros(0), *(row.used for row in rows)]),
        removes=np.concatenate([np.zeros(0), *(row.removes for row in rows)]),
        spares=np.concatenate([np.zeros(0), *(row.spares for row in rows)]),
        worth=np.concatenate([np.zeros(0), *(row.worth for row in rows)]),
    )


def _known(network: Network, items: ArrayLike) -> Whole:
    wanted = np.atleast_1d(np.asarray(items, np.int64))
    strange = wanted[(wanted < 0) | (wanted >= network.items)]
    if strange.size:
        raise ValueError(
            f"There is no item {strange[0]}; items count from 0 to {network.items - 1}."
        )
    return wanted


def _reasons(network: Network, held: Whole, weight: Floats, i: int) -> Reasons:
    """Give the rows of one item: each unit of each location taken away, then put back."""
    counts = held[i]
    location = np.repeat(np.arange(counts.size), counts)
    unit = np.concatenate([np.arange(1, c + 1) for c in counts]) if location.size else location
    without, having = np.tile(counts, (unit.size, 1)), np.tile(counts, (unit.size, 1))
    rows = np.arange(unit.size)
    without[rows, location], having[rows, location] = unit - 1, unit
    same = network.take(np.full(unit.size, i))
    low, high = levels(same, without), levels(same, having)
    flow = np.concatenate([[network.hub_rate[i]], network.flow[i]])
    removes = low.backorders[rows, location] - high.backorders[rows, location]
    used = flow[location] * (high.fill[rows, location] - low.fill[rows, location])
    saved = low.backorders[:, 1:] - high.backorders[:, 1:]
    mine = np.full(unit.size, i, np.int64)
    return Reasons(mine, location, unit, used, removes, saved.sum(axis=1), saved @ weight[i])
