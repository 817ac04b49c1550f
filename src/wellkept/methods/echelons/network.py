"""A depot and its sites, item by item: pipelines and shares, from rates and times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats
from wellkept.methods.stocking.columns import amounts, shares, together

NODES = 9


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Hold n items at m sites behind one depot, as the methods need them.

    `rate` (n, m) is the demand at each site per unit of time; `own` (n, m) the units a site has in
    local repair and on the way when the depot never runs out; `hub` (n,) the depot's pipeline and
    `hub_rate` (n,) its demand; `split` (n, m) each site's share of that demand; `scale` and
    `weight` (n, nodes) the rates to average over, as multiples of the mean: one node of 1 where
    rates are known.
    """

    rate: Floats
    own: Floats
    hub: Floats
    hub_rate: Floats
    split: Floats
    scale: Floats
    weight: Floats

    @property
    def items(self) -> int:
        """Give the number of items."""
        return int(self.rate.shape[0])

    @property
    def sites(self) -> int:
        """Give the number of sites, the depot not counted."""
        return int(self.rate.shape[1])


def network(
    rate: ArrayLike,
    *,
    depot_lead: ArrayLike,
    transit: ArrayLike = 0.0,
    repair_share: ArrayLike = 0.0,
    repair_time: ArrayLike = 0.0,
    uncertainty: ArrayLike | None = None,
    nodes: int = NODES,
) -> Network:
    """Give the network of n items at m sites behind one depot.

    `rate` (n, m): demands per unit of time. `depot_lead` (n,): mean time to get or repair a unit
    for the depot. `transit`: time from depot to site; `repair_share` of demands are repaired at the
    site itself in `repair_time`, the others go to the depot. All but depot_lead stretch to (n, m).
    `uncertainty` (n,): the shape a of a Gamma law for an item's rate around its mean (about the
    number of demands that the estimate rests on); inf or left out where the rates are known. It is
    averaged over `nodes` Gauss points, the same for all sites of an item, since a part that fails
    more often does so everywhere.
    A depot that also serves customers is a site with transit 0. Items without a depot: depot_lead
    0, and the whole resupply time as transit.
    Raises ValueError for numbers below 0, shares beyond 1 and columns that do not fit each other.
    """
    demand = amounts(rate, "rate")
    if demand.ndim != 2:
        raise ValueError(f"Rates are a table of items × sites; these have shape {demand.shape}.")
    lead = np.broadcast_to(amounts(depot_lead, "depot_lead"), demand.shape[:1])
    way, local = amounts(transit, "transit"), shares(repair_share, "repair_share")
    repair = amounts(repair_time, "repair_time")
    full, way, local, repair = together(
        rate=demand, transit=way, repair_share=local, repair_time=repair
    )
    if full.shape != demand.shape:
        raise ValueError(
            f"Times and shares stretch to the rates' shape {demand.shape}, not beyond."
        )
    onward = demand * (1 - local)
    total = onward.sum(axis=1)
    split = np.divide(onward, total[:, None], out=np.zeros(demand.shape), where=total[:, None] > 0)
    scale, weight = gamma_nodes(demand.shape[0], uncertainty, nodes)
    return Network(
        rate=np.ascontiguousarray(demand),
        own=np.ascontiguousarray(demand * local * repair + onward * way),
        hub=np.ascontiguousarray(total * lead),
        hub_rate=total,
        split=split,
        scale=scale,
        weight=weight,
    )


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
