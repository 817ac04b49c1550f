"""The planning problem as columns: everything that the methods need, and how it was gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.plan_recognise import NOTHING
from wellkept.study.planning import priors as assumed
from wellkept.study.planning.ageing import Fleet, ageing, fleet
from wellkept.study.planning.catalogue import Catalogue, catalogue, names_of
from wellkept.study.planning.cells import Complaints, Floats
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.forecast import Forecast, forecast
from wellkept.study.planning.holdings import Holdings, holdings
from wellkept.study.planning.installed import Contracts, Installed, contracts, installed
from wellkept.study.planning.money import purse
from wellkept.study.planning.needs import Cells, needs
from wellkept.study.planning.past import Past, past
from wellkept.study.planning.places import Places, places
from wellkept.study.planning.priors import Priors
from wellkept.study.planning.supply import Supply, supply
from wellkept.study.planning.told import tells_need

Whole = NDArray[np.int64]
HOURS = 8760.0
YEAR_DAYS = 365.25


@dataclass(slots=True)
class Problem:
    """All that is known and assumed. Tables over places have a column for each place.

    `holding_share` a year of the unit cost; money in `currency` (None: nobody named one).
    """

    parts: Catalogue
    names: list[str]
    places: Places
    supply: Supply
    agreed: Contracts
    base: Installed
    fleet: Fleet
    cells: Cells
    past: Past
    forecast: Forecast
    holdings: Holdings
    holding_share: float
    currency: str | None
    until_day: float
    priors: Priors
    complaints: Complaints

    @property
    def share(self) -> Floats:
        """Give each cell's share of the demand of its part at its place."""
        key = self.cells.part * len(self.places) + self.cells.place
        total = np.bincount(
            key, weights=self.cells.pieces, minlength=len(self.parts) * len(self.places)
        )
        return np.asarray(self.cells.pieces / np.where(total[key] > 0, total[key], 1.0))

    @property
    def cell_rate(self) -> Floats:
        """Give each cell's pieces a year."""
        return np.asarray(self.forecast.rate[self.cells.part, self.cells.place] * self.share)


def gather(folder: PlanFolder, until_day: float) -> Problem:
    """This will make the problem out of a folder, as of the end of the day before `until_day`.

    Raises Unreadable where there is nothing to plan, or money in a currency without a rate.
    """
    complaints, priors = folder.complaints, Priors()
    by_base = folder.of("where_used") and folder.of("asset")
    if not folder.of("demand") and not by_base and not tells_need(folder):
        raise Unreadable(_nothing(folder))
    money = purse(folder)
    parts = catalogue(folder, until_day, complaints)
    where = places(folder, priors, complaints)
    bought = supply(folder, parts, money, until_day, priors, complaints)
    agreed = contracts(folder, money, until_day, priors, complaints)
    base = installed(folder, where, agreed, money, priors, complaints)
    seen = past(folder, parts, where, until_day, _begins(folder), complaints)
    cells = needs(folder, parts, where, base, seen, priors, complaints)
    carried = fleet(folder, parts, base)
    older = ageing(carried, seen, len(parts))
    share = folder.recipe.plan.holding_share
    if share is None:
        priors.assume(
            "holding_share", assumed.HOLDING_SHARE, "a year",
            "what a piece on the shelf costs, as a share of its price", count=len(parts),
        )  # fmt: skip
    return Problem(
        parts=parts,
        names=names_of(parts, [*folder.of("part"), *folder.of("demand")]),
        places=where,
        supply=bought,
        agreed=agreed,
        base=base,
        fleet=carried,
        cells=cells,
        past=seen,
        forecast=forecast(cells, seen, len(parts), len(where), priors, older),
        holdings=holdings(folder, parts, where, until_day, complaints, bought.mended),
        holding_share=assumed.HOLDING_SHARE if share is None else share,
        currency=money.currency,
        until_day=until_day,
        priors=priors,
        complaints=complaints,
    )


def _begins(folder: PlanFolder) -> float | None:
    begin: Any = folder.recipe.records_begin
    if begin is None:
        return min((one.begin_day for one in folder.wide), default=None)
    return float(np.datetime64(begin.isoformat()[:10], "D").astype(np.int64))


def _nothing(folder: PlanFolder) -> str:
    known = ", ".join(f"{one.file} ({one.table})" for one in folder.known if one.table) or "none"
    passed = "; ".join(
        f"{one.file}: {one.why}" for one in folder.known if not one.table and one.why != NOTHING
    )
    known = f"{known}. Not read: {passed}" if passed else known
    known = ". ".join([known, *(line.rstrip(".") for line in folder.advice)])
    return (
        f"{folder.name}: there is nothing to plan from. Wanted is a list of requests for parts "
        "(columns part, date, quantity), a list that says how many pieces of each part are used in "
        "a year, or a list of where parts are used (part, product) with a list of assets (asset, "
        f"product). Recognised: {known}. If a file holds them under other names, say so in "
        "wellkept.toml under [[plan.table]]."
    )
