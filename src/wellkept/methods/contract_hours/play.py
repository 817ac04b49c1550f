"""The same hours played out: demands drawn, units followed, each stop charged to its contract."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.replay import Chain
from wellkept.methods.side_by_side import blocks, each
from wellkept.methods.stocking.columns import counts

YEAR_H = 8760.0


@dataclass(frozen=True, slots=True, eq=False)
class Causes:
    """Hold who shares the demand of each item at each site: rows sorted by item, then site.

    `begin[i * sites + j]` is the first row of item i at site j (one more at the end). `share` adds
    up to 1 over the rows of a site; `contract` is −1 for none; `stops` the chance that a demand
    stops the asset; `cost_h` the money an hour of standing costs; `fixed_h` hours lost even when
    the part is there.
    """

    begin: Whole
    share: Floats
    contract: Whole
    stops: Floats
    cost_h: Floats
    fixed_h: Floats

    @property
    def upto(self) -> Floats:
        """Give what the shares of a site add up to, row by row."""
        every = np.cumsum(self.share)
        before = np.append(0.0, every)[self.begin[:-1]]
        return np.asarray(every - np.repeat(before, np.diff(self.begin)))


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Hold what happened, for each of R runs of `years` years.

    `missing` (R, n, m) is the average number missing and `at_once` (R,) the share of demands met at
    once; `waiting_cost` (R,) money a year of assets standing for a part; `hours` (R, years, K) the
    hours each contract lost in each year; `demands` (R,) how many came.
    """

    years: int
    missing: Floats
    at_once: Floats
    waiting_cost: Floats
    hours: Floats
    demands: Floats

    def beyond(self, allowance_h: ArrayLike) -> tuple[Whole, int]:
        """Give in how many of the contract-years more was lost than allowed, and of how many."""
        over = self.hours > np.asarray(allowance_h, np.float64) + 1e-9
        return np.asarray(over.sum(axis=(0, 1))), self.hours.shape[0] * self.hours.shape[1]

    def penalty(self, allowance_h: ArrayLike, penalty_h: ArrayLike) -> Floats:
        """Give the money of penalties a year, for each run."""
        allowed = np.asarray(allowance_h, np.float64)
        over = np.maximum(self.hours - np.where(np.isnan(allowed), np.inf, allowed), 0.0)
        return np.asarray((over * np.asarray(penalty_h, np.float64)).sum(axis=2).mean(axis=1))


def play(
    given: Chain,
    stock: ArrayLike,
    causes: Causes,
    *,
    contracts: int,
    years: int,
    warm_up: float,
    runs: int,
    seed: int,
    lot: ArrayLike = 1,
) -> Played:
    """Play a stock (n, 1 + m) for `runs` runs of `warm_up` and `years` years, rates per year.

    Every run draws the items' rates anew where they are uncertain, so the runs are independent and
    hold what is not known. The same seed gives the same demands, times and stops to every stock.
    An item may be played in lots of `lot` (n,) units, as its chain and stock then are: what is told
    counts each of them as so many units.
    Raises ValueError for fewer than two runs or a stock of another shape.
    Source: Law 2015, Simulation Modeling and Analysis, 9.5.2 (independent replications) and 11.2
    (common random numbers).
    """
    from wellkept.methods.contract_hours import kernels  # Numba loads when first needed

    held = np.ascontiguousarray(counts(stock, "stock"))
    items, sites = given.rate.shape
    if held.shape != (items, sites + 1):
        raise ValueError(f"A stock is items × (depot and sites), here {(items, sites + 1)}.")
    if runs < 2 or years < 1:
        raise ValueError("An interval needs at least two runs, of one year or more.")
    missing = np.zeros((runs, items, sites))
    totals, hours = np.zeros((runs, 3)), np.zeros((runs, years, max(contracts, 1)))
    upto = causes.upto
    size = np.array(np.broadcast_to(counts(lot, "lot", least=1), (items,)), np.float64)

    def some(part: slice) -> None:
        for run in range(runs)[part]:
            kernels.play(
                _seeds(seed, run, items), given.rate, given.lead, given.transit, given.share,
                given.repair, given.cv, given.uncertainty, given.again, held, given.lots,
                given.above, given.mended, size, causes.begin, upto, causes.contract, causes.stops,
                causes.cost_h, causes.fixed_h, float(warm_up), years, missing[run], totals[run],
                hours[run],
            )  # fmt: skip

    each(some, blocks(runs, 1))
    came = np.maximum(totals[:, 0], 1.0)
    return Played(
        years, missing, totals[:, 1] / came, totals[:, 2] / years, hours[:, :, :contracts],
        totals[:, 0],
    )  # fmt: skip


def _seeds(seed: int, run: int, items: int) -> Whole:
    """Each item of each run has its own stream."""
    source = np.random.SeedSequence([seed, run])
    return np.asarray(source.generate_state(items, np.uint32), np.int64)
