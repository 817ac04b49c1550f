"""A depot and its sites, item by item: pipelines and shares, from rates and times."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking.columns import amounts, counts, shares, together

NODES, FEW_NODES = 9, 5


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Hold n items at m sites behind one depot, as the methods need them.

    `rate` (n, m) is the demand at each site per unit of time; `own` (n, m) the units a site has in
    local repair and on the way when the depot never runs out; `hub` (n,) the depot's pipeline and
    `hub_rate` (n,) its demand; `split` (n, m) each site's share of that demand; `scale` and
    `weight` (n, nodes) the rates to average over, as multiples of the mean: one node of 1 where
    rates are known. `above` (m,) is the site that refills a site, −1 for the depot; `flow` (n, m)
    what a site is asked for in all, by its own customers and the sites below it. `own` and `split`
    of a site that others refill are those of all that it is asked for.
    An item is counted in lots of `lot` (n,) units: rates and pipelines above are numbers of lots,
    while stocks are given, and what they leave is told, in units. `again` (n,) is the chance that a
    lot (a unit) is followed by one more of the same request: requests have geometric sizes.
    """

    rate: Floats
    own: Floats
    hub: Floats
    hub_rate: Floats
    split: Floats
    scale: Floats
    weight: Floats
    above: Whole
    flow: Floats
    lot: Whole
    again: Floats

    @property
    def items(self) -> int:
        """Give the number of items."""
        return int(self.rate.shape[0])

    @property
    def sites(self) -> int:
        """Give the number of sites, the depot not counted."""
        return int(self.rate.shape[1])

    @property
    def regional(self) -> bool:
        """Say whether some site refills others: then there are three levels."""
        return bool((self.above >= 0).any())

    @property
    def unstocked(self) -> Floats:
        """Give what each site waits for on average if nothing lies above it (n, m)."""
        behind = self.own + self.split * self.hub[:, None]
        below = self.above >= 0
        behind[:, below] = self.own[:, below] + self.split[:, below] * behind[:, self.above[below]]
        return behind

    def take(self, items: ArrayLike) -> Network:
        """Give the network of some items, in that order; one may come several times."""
        row = np.atleast_1d(np.asarray(items, np.int64))
        return replace(
            self, rate=self.rate[row], own=self.own[row], hub=self.hub[row],
            hub_rate=self.hub_rate[row], split=self.split[row], scale=self.scale[row],
            weight=self.weight[row], flow=self.flow[row], lot=self.lot[row],
            again=self.again[row],
        )  # fmt: skip


def network(
    rate: ArrayLike,
    *,
    depot_lead: ArrayLike,
    transit: ArrayLike = 0.0,
    repair_share: ArrayLike = 0.0,
    repair_time: ArrayLike = 0.0,
    uncertainty: ArrayLike | None = None,
    nodes: int = NODES,
    above: ArrayLike | None = None,
    lot: ArrayLike = 1,
    request: ArrayLike = 1.0,
) -> Network:
    """Give the network of n items at m sites behind one depot.

    `rate` (n, m): units asked for per unit of time. `depot_lead` (n,): mean time until the depot
    has one again. `transit`: time from depot to site; `repair_share` of demands are repaired at the
    site itself in `repair_time`, the others go to the depot. All but depot_lead stretch to (n, m).
    `uncertainty` (n,): the shape a of a Gamma law for an item's rate around its mean (about the
    number of demands that the estimate rests on); inf or left out where the rates are known. It is
    averaged over `nodes` Gauss points, the same for all sites of an item, since a part that fails
    more often does so everywhere.
    A depot that also serves customers is a site with transit 0. Items without a depot: depot_lead
    0, and the whole resupply time as transit.
    `above` (m,) names, for each site, the site that refills it, −1 for the depot: a third level.
    `transit` is then the way from there. A site that refills others is refilled by the depot, and
    serves its own customers from the same shelf, in order of demand.
    `lot` (n,): so many units are asked for, and sent on, at a time; stocks between lie on a line.
    `request` (n,): the mean units of a request. Requests are Poisson, their sizes geometric; a
    request is of one site, is repaired or sent for as a whole, and may be served in parts.
    Raises ValueError for numbers below 0, shares beyond 1 and columns that do not fit each other;
    for a fourth level, and for repair at sites where there are three.
    """
    demand = amounts(rate, "rate")
    if demand.ndim != 2:
        raise ValueError(f"Rates are a table of items × sites; these have shape {demand.shape}.")
    sized = np.array(np.broadcast_to(counts(lot, "lot", least=1), demand.shape[:1]))
    demand = demand / sized[:, None]
    lead = np.broadcast_to(amounts(depot_lead, "depot_lead"), demand.shape[:1])
    way, local = amounts(transit, "transit"), shares(repair_share, "repair_share")
    repair = amounts(repair_time, "repair_time")
    full, way, local, repair = together(
        rate=demand, transit=way, repair_share=local, repair_time=repair
    )
    if full.shape != demand.shape:
        raise ValueError(f"Times and shares stretch to the rates' shape {demand.shape} at most.")
    onward = demand * (1 - local)
    total = onward.sum(axis=1)
    refilled = parents(above, demand.shape[1])
    if (refilled >= 0).any() and (local > 0).any():
        raise ValueError("Repair at the sites is reckoned for two levels; here are three.")
    flow, split = _shared(onward, refilled)
    scale, weight = _points(sized, uncertainty, nodes)
    return Network(
        rate=np.ascontiguousarray(demand),
        own=np.ascontiguousarray(demand * local * repair + flow * way),
        hub=np.ascontiguousarray(total * lead), hub_rate=total, split=split,
        scale=scale, weight=weight, above=refilled, flow=np.ascontiguousarray(flow), lot=sized,
        again=again_of(request, sized),
    )  # fmt: skip


def again_of(request: ArrayLike, lot: Whole) -> Floats:
    """Give the chance that a lot is followed by one more of its request, from its mean units.

    Sizes are geometric in units and in lots: E[size²] ÷ E[size], 2 request − 1 units, is kept.
    """
    mean = np.broadcast_to(amounts(request, "request"), lot.shape)
    if (mean < 1).any():
        place = int(np.flatnonzero(mean < 1)[0])
        raise ValueError(f"A request is of one unit at least; item {place}: {mean[place]:g}.")
    lumps = np.maximum((2 * mean - 1) / lot, 1.0)
    return np.array((lumps - 1) / (lumps + 1))


def _points(lot: Whole, uncertainty: ArrayLike | None, nodes: int) -> tuple[Floats, Floats]:
    """Give the points of `gamma_nodes`, fewer for items in lots, which lie wide apart as it is."""
    scale, weight = gamma_nodes(lot.size, uncertainty, nodes)
    rows = np.flatnonzero(lot > 1)
    if uncertainty is not None and nodes > FEW_NODES and rows.size:
        some = np.broadcast_to(np.asarray(uncertainty, np.float64), lot.shape)[rows]
        scale[rows], weight[rows] = 1.0, 0.0
        scale[rows, :FEW_NODES], weight[rows, :FEW_NODES] = gamma_nodes(rows.size, some, FEW_NODES)
    return scale, weight


def _shared(onward: Floats, above: Whole) -> tuple[Floats, Floats]:
    """Give what each site is asked for in all, and its share of what the one above is."""
    flow = onward.copy()
    for site in np.flatnonzero(above >= 0):
        flow[:, above[site]] += onward[:, site]
    whole = np.where(above >= 0, flow[:, above], onward.sum(axis=1)[:, None])
    return flow, np.divide(flow, whole, out=np.zeros(flow.shape), where=whole > 0)


def parents(above: ArrayLike | None, sites: int) -> Whole:
    """Give the site that refills each site, −1 for the depot, or say what cannot be."""
    found = np.full(sites, -1, np.int64)
    if above is None:
        return found
    found[:] = counts(above, "above", least=-1)
    for site, upper in enumerate(found):
        if upper >= sites or upper == site or (upper >= 0 and found[upper] >= 0):
            raise ValueError(
                f"Site {site} is refilled by site {upper}: that is a site from 0 to {sites - 1},"
                " another one, which the depot refills itself (-1): there are three levels at most."
            )
    return found


def gamma_nodes(
    items: int, uncertainty: ArrayLike | None, nodes: int = NODES
) -> tuple[Floats, Floats]:
    """Give the points and weights that average a smooth function over Gamma(a, a) for each item.

    Shapes (items, nodes); exact for polynomials up to degree 2 nodes − 1.
    Source: Golub & Welsch 1969, Mathematics of Computation 23:221 (from the recurrence of the
    generalised Laguerre polynomials).
    """
    if uncertainty is None:
        return np.ones((items, 1)), np.ones((items, 1))
    shape = np.broadcast_to(np.asarray(uncertainty, np.float64), (items,))
    if not (shape > 0).all():
        place = int(np.flatnonzero(~(shape > 0))[0])
        raise ValueError(
            f"The uncertainty of item {place} is {shape[place]}: it is the shape of a Gamma law and"
            " lies above 0; use inf for a rate that is known."
        )
    if nodes < 1:
        raise ValueError(f"An average needs at least one node; {nodes} were asked for.")
    known = ~np.isfinite(shape) | (shape > 1e8)
    a = np.where(known, 1.0, shape)[:, None]
    k = np.arange(nodes)
    matrix = np.zeros((items, nodes, nodes))
    matrix[:, k, k] = (2 * k + a) / a
    off = np.sqrt(k[1:] * (k[1:] + a - 1)) / a
    matrix[:, k[1:], k[:-1]] = off
    values, vectors = np.linalg.eigh(matrix)
    scale, weight = np.maximum(values, 0.0), vectors[:, 0, :] ** 2
    scale[known] = 1.0
    weight[known] = 0.0
    weight[known, 0] = 1.0
    return np.ascontiguousarray(scale), np.ascontiguousarray(weight)
