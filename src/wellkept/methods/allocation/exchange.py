"""The exchange curve of a whole stock: money against weighted backorders, unit by unit.

Each item's best use of its units gives a curve; the lower convex hulls of all items are merged by
what a unit of money removes. Every corner of the merged curve is the best that its own money can
buy (Everett 1963); between two corners the gap to the best is bounded and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.allocation.merging import steepest_first
from wellkept.methods.allocation.terms import Terms, terms
from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.echelons import Network
from wellkept.methods.side_by_side import blocks, each


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold what a budget buys: the first `steps` of the curve, and those of `more`.

    `left` are the weighted backorders that remain; no stock that costs at most the budget leaves
    fewer than `bound`; `gap` is left − bound.
    """

    steps: int
    more: tuple[int, ...]
    spent: float
    left: float
    bound: float

    @property
    def gap(self) -> float:
        """Give by how much the choice can fall short of the best one at most."""
        return self.left - self.bound


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Hold a stock (n, 1 + m), the depot first, with the units of each item and of its depot."""

    units: Whole
    depot: Whole
    stock: Whole


@dataclass(frozen=True, slots=True)
class Offer:
    """Hold how an item is had: `owned` units are there already and cost nothing.

    Units are bought in multiples of `pack`, the first time at least `minimum_order`. All (n,).
    """

    owned: ArrayLike = 0
    pack: ArrayLike = 1
    minimum_order: ArrayLike = 0


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """Hold the curve: k steps, the most valuable for its money first.

    Step i brings item `item[i]` from its last corner to `total[i]` units, `depot[i]` of them at
    the depot; it adds `units[i]` units for `money[i]` and removes `gain[i]` weighted backorders.
    `location[i]` is where the units go (0 the depot, j the j-th site) or −1 where the best places
    of the item's units shift as well. Items that the network counts in lots move by whole lots, all
    told in units. After i steps `spent[i]` is the money and `left[i]` the
    weighted backorders; before the first, `spent[0]` pays for the least stock asked for. Above
    `slightest` removed per unit of money nothing is left out, so every corner is the best.
    """

    network: Network
    terms: Terms
    depths: Whole
    item: Whole
    location: Whole
    total: Whole
    depot: Whole
    units: Whole
    money: Floats
    gain: Floats
    spent: Floats
    left: Floats
    first: Whole
    first_depot: Whole
    slightest: float

    def at(self, budget: float) -> Choice:
        """Give what `budget` buys: all corners it reaches, then single steps that still fit.

        A later step of an item is taken only after its earlier ones. Raises ValueError when the
        least stock asked for costs more than the budget.
        """
        if not budget >= self.spent[0]:
            raise ValueError(
                f"The least stock asked for costs {self.spent[0]:g}, more than the budget of"
                f" {budget:g}: raise the budget or lower the least stock."
            )
        steps = int(np.searchsorted(self.spent, budget * (1 + 1e-12), side="right")) - 1
        bound, left, rest = self._bound(steps, budget), self.left[steps], budget - self.spent[steps]
        more = self._fitting(steps, rest)
        chosen = np.array(more, np.int64)
        return Choice(
            steps=steps,
            more=more,
            spent=float(self.spent[steps] + self.money[chosen].sum()),
            left=float(left - self.gain[chosen].sum()),
            bound=bound,
        )

    def stock(self, choice: Choice | int) -> Whole:
        """Give the stock (n, 1 + m), the depot first, after a choice or a number of steps."""
        return self.laid(choice).stock

    def laid(self, choice: Choice | int, known: Laid | None = None) -> Laid:
        """Give the stock with its units by item; items that lie as in `known` are copied from it.

        `known` is of a curve of the same call of `exchanges`: the same places for the same units.
        """
        steps, more = (choice, ()) if isinstance(choice, int) else (choice.steps, choice.more)
        if not 0 <= steps <= self.item.size:
            raise ValueError(f"The curve has {self.item.size} steps; {steps} were asked for.")
        units, depot = self.first.copy(), self.first_depot.copy()
        for part in (np.arange(steps), np.array(more, np.int64)):
            units[self.item[part]] = self.total[part]  # the last step of an item counts
            depot[self.item[part]] = self.depot[part]
        return _laid(self.network, self.terms, self.depths, units, depot, known)

    def _bound(self, steps: int, budget: float) -> float:
        """Give what no stock within the budget can go below (by the slope of the next step)."""
        slope = self.slightest
        if steps < self.item.size:
            slope = max(slope, float(self.gain[steps] / self.money[steps]))
        rest = budget - float(self.spent[steps])
        return max(float(self.left[steps]) - slope * rest, 0.0)

    def _fitting(self, steps: int, rest: float) -> tuple[int, ...]:
        more: list[int] = []
        passed: set[int] = set()
        place = steps
        cheapest = float(self.money[steps:].min()) if steps < self.item.size else np.inf
        while place < self.item.size and rest >= cheapest:
            item, price = int(self.item[place]), float(self.money[place])
            if item in passed or price > rest:
                passed.add(item)
            else:
                more.append(place)
                rest -= price
            place += 1
        return tuple(more)


def exchange(
    network: Network,
    value: ArrayLike,
    unit_cost: ArrayLike,
    *,
    least: ArrayLike = 0,
    most: ArrayLike | None = None,
    owned: ArrayLike = 0,
    pack: ArrayLike = 1,
    minimum_order: ArrayLike = 0,
    rarest: float = 1e-6,
    floor: float = 0.0,
) -> Exchange:
    """Give the whole exchange curve of n items over a depot and m sites, exactly.

    `value` (n, m) is the weight of a unit missing at a site (money per unit of time), `unit_cost`
    (n,) the money for a unit. `least` and `most` (n, 1 + m, the depot first) are stocks not to go
    below or above; `owned` (n,) units are there already and cost nothing, wherever they go best;
    units are bought in multiples of `pack`, the first time at least `minimum_order`. Items that the
    network counts in lots are laid and bought by whole lots: the least stock is the next lot above,
    what is owned the last one below.
    The curve ends where a unit would remove less than `rarest` of a backorder at the item's dearest
    site, or less than `floor` per unit of money: above both it is complete. Corners are optimal
    among all stocks when least, most, pack and minimum order allow them.
    Raises ValueError for numbers out of range and for a least stock above the most.
    Source: Fox 1966, Management Science 13:210 (marginal analysis); Everett 1963, Operations
    Research 11:399 (corners are optimal); Sherbrooke 2004, chapters 2 and 3.
    """
    offer = Offer(owned, pack, minimum_order)
    return exchanges(
        network, value, unit_cost, [offer], least=least, most=most, rarest=rarest, floor=floor
    )[0]


def exchanges(
    network: Network,
    value: ArrayLike,
    unit_cost: ArrayLike,
    offers: Sequence[Offer],
    *,
    least: ArrayLike = 0,
    most: ArrayLike | None = None,
    rarest: float = 1e-6,
    floor: float = 0.0,
) -> tuple[Exchange, ...]:
    """Give an exchange curve for each offer, as `exchange` does, reckoning the items once."""
    every = [
        terms(network, value, unit_cost, least, most, one.owned, one.pack, one.minimum_order)
        for one in offers
    ]
    slightest = every[0].slightest(rarest, floor)
    depths, hulls = _reckoned(network, every, slightest)
    least_slope = float((slightest / every[0].unit_cost).max(initial=0.0))
    return tuple(
        _merged(network, one, depths, *_joined([each_of[o] for each_of in hulls]), least_slope)
        for o, one in enumerate(every)
    )


def last_stocks(
    network: Network,
    value: ArrayLike,
    unit_cost: ArrayLike,
    offers: Sequence[Offer],
    *,
    least: ArrayLike = 0,
    most: ArrayLike | None = None,
    rarest: float = 1e-6,
    floor: float = 0.0,
) -> tuple[Laid, ...]:
    """Give the stock at the end of each curve of `exchanges`, without the curves.

    It is what is bought when money has no end: where items do not compete for a budget no step
    needs to be put in order.
    """
    every = [
        terms(network, value, unit_cost, least, most, one.owned, one.pack, one.minimum_order)
        for one in offers
    ]
    depths, hulls = _reckoned(network, every, every[0].slightest(rarest, floor))
    found: list[Laid] = []
    for o, one in enumerate(every):
        units, depot = (
            np.concatenate([part[o][column][part[o][0] - 1] for part in hulls]) * network.lot
            for column in (1, 2)
        )
        found.append(_laid(network, one, depths, units, depot, found[0] if found else None))
    return tuple(found)


def _laid(
    net: Network, asked: Terms, depths: Whole, units: Whole, depot: Whole, known: Laid | None
) -> Laid:
    """Lay the units of each item out; those that lie as in `known` are copied from it."""
    from wellkept.methods.allocation import kernels  # Numba loads when first needed

    stock = np.zeros(depths.shape, np.int64)
    law = (net.hub, net.again, net.own, net.split, net.scale, net.weight, asked.value)
    rows = np.arange(units.size)
    if known is not None:
        stock[:] = known.stock
        rows = np.flatnonzero((units != known.units) | (depot != known.depot))
    given = (asked.lower, depths, units // net.lot, depot // net.lot)
    if net.regional:
        from wellkept.methods.allocation import regional_laying

        tree = (net.above, net.rate, net.flow)
        each(
            lambda part: regional_laying.lay_out(*law, *tree, *given, rows[part], stock),
            blocks(rows.size),
        )
    else:
        each(lambda part: kernels.lay_out(*law, *given, rows[part], stock), blocks(rows.size))
    large = rows[net.lot[rows] > 1]
    stock[large] *= net.lot[large, None]
    return Laid(units, depot, stock)


def _reckoned(
    network: Network, every: Sequence[Terms], slightest: Floats
) -> tuple[Whole, list[_Hulls]]:
    """Give the highest stocks of interest, and the hulls of all items in blocks."""
    from wellkept.methods.allocation import kernels  # Numba loads when first needed

    asked, net = every[0], network
    law = (net.hub, net.again, net.own, net.split, net.scale, net.weight, asked.value)
    depths = np.zeros(asked.lower.shape, np.int64)
    kernels.sizes(
        net.hub, net.again, net.unstocked, net.scale, net.weight, worth(net, asked.value),
        slightest, asked.lower, asked.upper, depths,
    )  # fmt: skip
    offered = tuple(
        np.stack([getattr(one, name) for one in every])
        for name in ("owned", "pack", "minimum_order")
    )
    tree = (network.rate, network.flow) if network.regional else ()

    def some(part: slice) -> _Hulls:
        return _hulls(
            [one[part] for one in law], network.above, [one[part] for one in tree],
            slightest[part], asked.lower[part], depths[part],
            [np.ascontiguousarray(one[:, part]) for one in offered],
        )  # fmt: skip

    return depths, each(some, blocks(network.items))


_Hulls = list[tuple[Whole, Whole, Whole, Whole, Floats]]
"""For each offer: where each item's corners end, and the corners: units, depot, place, left."""


def _hulls(
    law: Sequence[Any], above: Whole, tree: Sequence[Any], slightest: Floats, lower: Whole,
    depths: Whole, offered: Sequence[Whole],
) -> _Hulls:  # fmt: skip
    """Reckon the hulls of some items; `tree` is given where there are three levels."""
    from wellkept.methods.allocation import kernels

    offers, items = offered[0].shape
    room = (offers, int(depths.sum()) + items)
    units, depots, places = (np.empty(room, np.int64) for _ in range(3))
    lefts, ends = np.empty(room), np.zeros((offers, items), np.int64)
    asked = (slightest, lower, depths, *offered, units, depots, places, lefts, ends)
    given: tuple[Any, ...] = (*law, above, *tree, *asked) if tree else (*law, *asked)
    if tree:
        from wellkept.methods.allocation import regional_kernels

        regional_kernels.curves(*given)
    else:
        kernels.curves(*given)
    last = ends[:, -1] if items else np.zeros(offers, np.int64)
    return [
        (ends[o], units[o, :end], depots[o, :end], places[o, :end], lefts[o, :end])
        for o, end in enumerate(last.tolist())
    ]


def _joined(
    parts: Sequence[tuple[Whole, Whole, Whole, Whole, Floats]],
) -> tuple[Whole, Whole, Whole, Whole, Floats]:
    """Put the corners of several blocks of items one after the other."""
    before = np.cumsum([0, *(units.size for _, units, _, _, _ in parts)])
    ends, units, depots, places, lefts = zip(*parts, strict=True)
    return (
        np.concatenate([end + past for end, past in zip(ends, before, strict=False)]),
        np.concatenate(units),
        np.concatenate(depots),
        np.concatenate(places),
        np.concatenate(lefts),
    )


def worth(network: Network, value: Floats) -> Floats:
    """Give what a unit at each site may save at most: where others are refilled, theirs too."""
    most = value.copy()
    for site in np.flatnonzero(network.above >= 0):
        upper = network.above[site]
        most[:, upper] = np.maximum(most[:, upper], value[:, site])
    return most


def _merged(
    network: Network,
    asked: Terms,
    depths: Whole,
    ends: Whole,
    units: Whole,
    depots: Whole,
    places: Whole,
    lefts: Floats,
    slightest: float,
) -> Exchange:
    """Merge the items' hulls by what a unit of money removes."""
    begins = np.concatenate([[0], ends[:-1]]).astype(np.int64)[: ends.size]
    item = np.repeat(np.arange(ends.size), ends - begins)
    later = np.ones(units.size, np.bool_)
    later[begins] = False
    (steps,) = np.nonzero(later)
    bought = units - np.minimum(units, asked.owned[item])
    money = (bought[steps] - bought[steps - 1]) * asked.unit_cost[item[steps]]
    gain = lefts[steps - 1] - lefts[steps]
    order = steepest_first(gain / money, item[steps])
    steps, money, gain = steps[order], money[order], gain[order]
    lot = network.lot[item[steps]]
    start = float((bought[begins] * asked.unit_cost).sum()), float(lefts[begins].sum())
    return Exchange(
        network=network,
        terms=asked,
        depths=depths,
        item=item[steps],
        location=places[steps],
        total=units[steps] * lot,
        depot=depots[steps] * lot,
        units=(units[steps] - units[steps - 1]) * lot,
        money=money,
        gain=gain,
        spent=start[0] + np.concatenate([[0.0], np.cumsum(money)]),
        left=start[1] - np.concatenate([[0.0], np.cumsum(gain)]),
        first=units[begins] * network.lot,
        first_depot=depots[begins] * network.lot,
        slightest=slightest,
    )
