"""The problem in the columns that the methods take: network, chain, causes, and money by place."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import allocation, contract_hours, echelons, replay
from wellkept.study.planning import lots
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.problem import HOURS, YEAR_DAYS, Problem

Whole = NDArray[np.int64]
LARGE, FEW_NODES, NODES = 40_000, 5, 9
"""Points over which an uncertain rate is averaged: 5 agree with 9 to 1 in 10,000."""
NEVER = 1 << 40
"""No one orders so many: a part that can no longer be ordered is laid out, not bought."""
LEAD_CV = 0.3
"""How lead times vary in the simulation; Palm's law says that only their mean counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What is planned. Rates and times are per year; column 0 of a stock is the depot.

    `refilled` (places,) is the place that refills a place, −1 for the depot. Of what is used, the
    share `mended` (parts,) comes back to the depot out of repair, `mending` after it was swapped;
    the rest is bought, `lead` after it was ordered. Everything is told in pieces; a part of which
    thousands are asked for is reckoned, played and laid in lots of `lot` (parts,) pieces.
    `lumps` (parts,) is E[q²] ÷ E[q] of the pieces q of a request, 1 where they come one by one, and
    `shape` that of the Gamma law of the rate of requests.

    `waiting` (parts, places) is money a year for one piece missing all year, `standing` the part of
    a missing piece's hours in which an asset stands; both without penalties. `cell_*` are columns
    of the cells: pieces a year, and what they add to a contract's hours.
    """

    rate: Floats
    shape: Floats
    lead: Floats
    transit: Floats
    cost: Floats
    holding_share: float
    waiting: Floats
    standing: Floats
    cell_part: Whole
    cell_place: Whole
    cell_contract: Whole
    cell_share: Floats
    cell_stops: Floats
    cell_cost_h: Floats
    cell_fixed_h: Floats
    allowance_h: Floats
    penalty_h: Floats
    least: Whole
    most: Whole
    owned: Whole
    pack: Whole
    least_order: Whole
    refilled: Whole
    mended: Floats
    mending: Floats
    lot: Whole
    lumps: Floats

    @property
    def parts(self) -> int:
        """Count the parts."""
        return int(self.cost.size)

    @property
    def one_site(self) -> bool:
        """Say whether there is only one place: no depot stands above it."""
        return bool(self.rate.shape[1] == 1)

    @property
    def resupply(self) -> Floats:
        """Give the mean time until the depot has one for what it sent out: bought or mended."""
        return np.asarray(self.mended * self.mending + (1 - self.mended) * self.lead)

    @property
    def upper(self) -> Whole:
        """List the places between that refill others."""
        return np.unique(self.refilled[self.refilled >= 0])

    def below(self, place: int) -> Whole:
        """List a place and those that it refills; of the depot, all."""
        if place == 0:
            return np.arange(self.refilled.size)
        return np.append(place, np.flatnonzero(self.refilled == place))

    def network(self, scale: float = 1.0, *, known: bool = False) -> echelons.Network:
        """Give the network of the methods; `known` takes rates as certain, times `scale`."""
        lead, transit = self._times()
        return echelons.network(
            self.rate * scale, depot_lead=lead, transit=transit,
            uncertainty=None if known else self.doubt,
            nodes=FEW_NODES if self.rate.size > LARGE else NODES, above=self.refilled, lot=self.lot,
            request=(self.lumps + 1) / 2,
        )  # fmt: skip

    def chain(self) -> replay.Chain:
        """Give the chain that is simulated and replayed, in lots."""
        _, transit = self._times()
        bought = np.zeros(self.parts) if self.one_site else self.lead
        mended = np.zeros(self.parts) if self.one_site else self.mended
        return replay.chain(
            self.rate / self.lot[:, None], depot_lead=bought, transit=transit, lead_cv=LEAD_CV,
            repair_cv=LEAD_CV, uncertainty=self.doubt, depot_repair_share=mended,
            depot_repair_time=self.mending, above=self.refilled,
            request=(self.lumps_in_lots + 1) / 2,
        )  # fmt: skip

    @property
    def doubt(self) -> Floats:
        """Give the shape of each rate in lots, which vary as its pieces do in a resupply time."""
        mean = self.rate.sum(axis=1) * self.resupply
        return lots.shape(self.shape, self.lot, mean, self.lumps)

    @property
    def lumps_in_lots(self) -> Floats:
        """Give E[q²] ÷ E[q] of the lots q of a request. Sizes are taken as geometric."""
        return np.maximum(self.lumps / self.lot, 1.0)

    def in_lots(self, stock: Whole) -> Whole:
        """Give a stock to the nearest lot."""
        return np.asarray((stock + self.lot[:, None] // 2) // self.lot[:, None])

    def _times(self) -> tuple[Floats, Floats]:
        if self.one_site:
            return np.zeros(self.parts), self.resupply[:, None]
        return self.resupply, np.broadcast_to(self.transit, self.rate.shape)

    def value(self, risk: Floats) -> Floats:
        """Give money a year for a missing piece, penalties added as far as a contract will break.

        `risk` is, for each contract, the chance that its hours exceed the allowance: an hour more
        then costs the penalty (the slope of E[(H − a)⁺] is P(H > a)).
        """
        found = self.waiting.copy()
        under = self.cell_contract >= 0
        at = self.cell_contract[under]
        hourly = self.penalty_h[at] * np.nan_to_num(risk[at])
        np.add.at(
            found, (self.cell_part[under], self.cell_place[under]),
            HOURS * self.cell_share[under] * self.cell_stops[under] * hourly,
        )  # fmt: skip
        return found

    def levels(self, stock: Whole, network: echelons.Network | None = None) -> echelons.Levels:
        """Give what a stock keeps; column 0 is the depot, the first place draws from its shelf."""
        found = echelons.levels(network or self.network(), stock)
        if self.one_site:
            return found
        # No shelf and no way in between: who is served at the depot waits when the depot waits.
        fill, ready = found.fill.copy(), found.ready.copy()
        fill[:, 1], ready[:, 1] = fill[:, 0], ready[:, 0]
        return replace(found, fill=fill, ready=ready)

    def exchange(
        self, risk: Floats, *, network: echelons.Network | None = None
    ) -> allocation.Exchange:
        """Give the exchange curve from nothing up to where a unit no longer pays for its place."""
        return self._exchanges(risk, [allocation.Offer()], network)[0]

    def exchanges(
        self, risk: Floats, *, network: echelons.Network | None = None
    ) -> tuple[allocation.Exchange, allocation.Exchange]:
        """Give the curve from nothing, and that from what is owned, bought in packs."""
        ideal, buying = self._exchanges(risk, [allocation.Offer(), self.offer], network)
        return ideal, buying

    def _exchanges(
        self, risk: Floats, offers: list[allocation.Offer], network: echelons.Network | None
    ) -> tuple[allocation.Exchange, ...]:
        return allocation.exchanges(
            network or self.network(), self.value(risk), self.cost, offers, least=self.least,
            most=self.most, rarest=1e-7, floor=self.holding_share,
        )  # fmt: skip

    def last_stocks(
        self, risk: Floats, *offers: allocation.Offer, network: echelons.Network | None = None
    ) -> tuple[allocation.Laid, ...]:
        """Give the end of the curve of each offer, from nothing first: money has no end."""
        return allocation.last_stocks(
            network or self.network(), self.value(risk), self.cost, [allocation.Offer(), *offers],
            least=self.least, most=self.most, rarest=1e-7, floor=self.holding_share,
        )  # fmt: skip

    @property
    def offer(self) -> allocation.Offer:
        """Give what is owned, and how more is bought."""
        return allocation.Offer(self.owned, self.pack, self.least_order)

    def causes(self) -> contract_hours.Causes:
        """Give who shares the demand of each part at each place."""
        places = self.rate.shape[1]
        key = self.cell_part * places + self.cell_place
        return contract_hours.Causes(
            begin=np.searchsorted(key, np.arange(self.parts * places + 1)).astype(np.int64),
            share=self.cell_share, contract=self.cell_contract, stops=self.cell_stops,
            cost_h=self.cell_cost_h, fixed_h=self.cell_fixed_h,
        )  # fmt: skip

    def only(self, parts: Whole) -> Model:
        """This will give the model of some of the parts, renumbered in that order."""
        place = np.full(self.parts, -1, np.int64)
        place[parts] = np.arange(parts.size)
        kept = np.flatnonzero(place[self.cell_part] >= 0)
        kept = kept[np.lexsort((self.cell_place[kept], place[self.cell_part[kept]]))]
        per_part = ("rate", "shape", "lead", "cost", "waiting", "standing", "least", "most",
                    "owned", "pack", "least_order", "mended", "mending", "lot",
                    "lumps")  # fmt: skip
        cut = {name: getattr(self, name)[parts] for name in per_part}
        cells = {
            name: getattr(self, name)[kept]
            for name in ("cell_place", "cell_contract", "cell_share", "cell_stops", "cell_cost_h",
                         "cell_fixed_h")
        }  # fmt: skip
        return Model(
            **cut, **cells, cell_part=place[self.cell_part[kept]], transit=self.transit,
            holding_share=self.holding_share, allowance_h=self.allowance_h,
            penalty_h=self.penalty_h, refilled=self.refilled,
        )  # fmt: skip


def model_of(problem: Problem) -> Model:
    """This will put the problem into the methods' columns, its cells sorted by part and place."""
    cells, places = problem.cells, len(problem.places)
    order = np.lexsort((cells.place, cells.part))
    part, place = cells.part[order], cells.place[order]
    share, stops, cost = problem.share[order], cells.stops[order], cells.cost_h[order]
    shape = (len(problem.parts), places)
    waiting, standing = np.zeros(shape), np.zeros(shape)
    np.add.at(waiting, (part, place), HOURS * share * stops * cost)
    np.add.at(standing, (part, place), share * stops)
    lead, mending = problem.supply.lead_days / YEAR_DAYS, problem.supply.mending_days / YEAR_DAYS
    mended = problem.supply.mended
    resupply = mended * mending + (1 - mended) * lead
    doubt = np.clip(problem.forecast.shape, 0.05, 1e6)
    return Model(
        rate=problem.forecast.rate,
        shape=doubt,
        lead=lead,
        transit=problem.places.transit_days / YEAR_DAYS,
        cost=problem.supply.unit_cost,
        holding_share=problem.holding_share,
        waiting=waiting,
        standing=standing,
        cell_part=part,
        cell_place=place,
        cell_contract=cells.contract[order],
        cell_share=share,
        cell_stops=stops,
        cell_cost_h=cost,
        cell_fixed_h=problem.supply.repair_h[part],
        allowance_h=np.array(problem.agreed.allowance_h, np.float64),
        penalty_h=np.array(problem.agreed.penalty_h, np.float64),
        least=as_stock(problem.holdings.least),
        most=_most(shape),
        owned=problem.holdings.position.sum(axis=1),
        pack=problem.supply.pack,
        least_order=np.where(
            problem.supply.last_order < problem.until_day, NEVER, problem.supply.least_order
        ),
        refilled=problem.places.refilled,
        mended=mended,
        mending=mending,
        lot=lots.sizes(doubt, problem.forecast.rate.sum(axis=1) * resupply, problem.forecast.lumps),
        lumps=problem.forecast.lumps,
    )


def as_stock(table: Whole) -> Whole:
    """This will turn pieces by place into a stock: the first place's pieces are the depot's.

    Customers who are served at the depot draw from the depot's shelf, in order of demand. Where
    there is one place only, nothing stands above it.
    """
    parts, places = table.shape
    found = np.zeros((parts, places + 1), np.int64)
    found[:, 1:] = table
    if places > 1:
        found[:, 0], found[:, 1] = table[:, 0], 0
    return found


def by_place(stock: Whole) -> Whole:
    """This will turn a stock into pieces by place, the inverse of `as_stock`."""
    found = stock[:, 1:].copy()
    found[:, 0] += stock[:, 0]
    return found


def _most(shape: tuple[int, int]) -> Whole:
    """Each place has one shelf: the depot's, or that of the only place."""
    most = np.full((shape[0], shape[1] + 1), 1 << 30, np.int64)
    most[:, 1 if shape[1] > 1 else 0] = 0
    return most
