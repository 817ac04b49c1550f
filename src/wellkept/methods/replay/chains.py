"""A depot and its sites as a replay needs them: rates, times, and how the times vary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.echelons.network import again_of, parents
from wellkept.methods.stocking.columns import amounts, counts, shares


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Hold what the walk needs of n items at m sites: rates, times and how they vary.

    `above` (m,) is the site that refills a site, −1 for the depot; `mended` (n, 2) the share of the
    depot's replacements that come out of its repair loop, and the time that takes; `again` (n,) the
    chance that one more unit of a request follows.
    """

    rate: Floats
    lead: Floats
    transit: Floats
    share: Floats
    repair: Floats
    cv: Floats
    uncertainty: Floats
    lots: Whole
    above: Whole
    mended: Floats
    again: Floats


def chain(
    rate: ArrayLike,
    *,
    depot_lead: ArrayLike,
    transit: ArrayLike = 0.0,
    repair_share: ArrayLike = 0.0,
    repair_time: ArrayLike = 0.0,
    lead_cv: float = 0.0,
    transit_cv: float = 0.0,
    repair_cv: float = 0.0,
    uncertainty: ArrayLike = np.inf,
    site_lot: ArrayLike = 1,
    depot_lot: ArrayLike = 1,
    depot_repair_share: ArrayLike = 0.0,
    depot_repair_time: ArrayLike = 0.0,
    above: ArrayLike | None = None,
    request: ArrayLike = 1.0,
) -> Chain:
    """Give n items at m sites behind one depot, as `echelons.network` takes them.

    Times are fixed for a coefficient of variation of 0, else drawn from a Gamma law with that
    coefficient (1: exponential). `uncertainty` (n,) is the Gamma shape of an item's rate, drawn
    once for each item; inf where rates are known. `site_lot` (n,) is how many units a site orders
    at a time, `depot_lot` (n,) how many of those lots the depot orders at a time; a stock is then
    the highest position (r + Q), the depot's counted in lots of the sites.
    Of what is sent for, the depot gets `depot_repair_share` (n,) back out of repair, each after
    `depot_repair_time` (varying as `repair_cv` says), the rest from its supplier. `above` (m,)
    names the site that refills a site, as in `echelons.network`: three levels; so is `request`
    (n,), the mean units of a request, which come together. Raises ValueError for numbers out of
    range, misfit columns, and repair or lots at sites that cannot have both, or of three levels.
    """
    demand = amounts(rate, "rate")
    if demand.ndim != 2:
        raise ValueError(f"Rates are a table of items × sites; these have shape {demand.shape}.")
    shape, n = demand.shape, demand.shape[0]
    doubt = np.broadcast_to(np.asarray(uncertainty, np.float64), (n,))
    if not (doubt > 0).all():
        raise ValueError("An uncertainty is the shape of a Gamma law: above 0, inf where known.")
    lots = [counts(depot_lot, "depot_lot", least=1), counts(site_lot, "site_lot", least=1)]
    local = shares(repair_share, "repair_share")
    if (local > 0).any() and (lots[1] > 1).any():
        raise ValueError("A site that repairs its own units sends for them one by one: site_lot 1.")
    refilled = parents(above, shape[1])
    if (refilled >= 0).any() and ((local > 0).any() or (lots[1] > 1).any()):
        raise ValueError("Repair at the sites and their lots are played for two levels, not three.")
    back = shares(depot_repair_share, "depot_repair_share")
    loop = amounts(depot_repair_time, "depot_repair_time")
    return Chain(
        rate=np.ascontiguousarray(demand),
        lead=table(amounts(depot_lead, "depot_lead"), (n,), "depot_lead"),
        transit=table(amounts(transit, "transit"), shape, "transit"),
        share=table(local, shape, "repair_share"),
        repair=table(amounts(repair_time, "repair_time"), shape, "repair_time"),
        cv=amounts([lead_cv, transit_cv, repair_cv], "cv"),
        uncertainty=np.array(doubt),
        lots=np.column_stack([np.broadcast_to(lot, (n,)) for lot in lots]),
        above=refilled,
        mended=np.column_stack([np.broadcast_to(one, (n,)) for one in (back, loop)]),
        again=again_of(request, np.ones(n, np.int64)),
    )


def table(column: Floats, shape: tuple[int, ...], name: str) -> Floats:
    """Stretch a column to a table, or say that it does not fit."""
    try:
        return np.array(np.broadcast_to(column, shape), order="C")  # kernels want it writable
    except ValueError:
        raise ValueError(
            f"{name} has the shape {column.shape}, which does not stretch to {shape}."
        ) from None
