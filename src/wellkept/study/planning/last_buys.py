"""The last order of a part that will no longer be made: how many, and the chance to run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.demand import LeadTimeDemand
from wellkept.methods.installed_base_demand import last_time_buy
from wellkept.methods.stocking import pipelines
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.priors import SEARCH_DAYS
from wellkept.study.planning.problem import YEAR_DAYS, Problem
from wellkept.study.planning.speech import figure, money, pieces, share

Whole = NDArray[np.int64]
FAR = 40.0  # deviations and pieces beyond the mean that a law is reckoned to
BAND = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class LastBuy:
    """One part's last order: `pieces` to buy by `last_day`, for what is owed to `until_day`.

    `needed` pieces on average, `needed_low` to `needed_high` in nine of ten futures; `owned` are
    there, on order, or will come back from repair. `risk_now` and `risk` are the chances to run out
    before then without and with the order; `short_value` what a missing piece costs. `possible`:
    the day has not passed.
    """

    part: int
    pieces: int
    money: float
    last_day: float
    until_day: float
    needed: float
    needed_low: int
    needed_high: int
    owned: int
    wanted: int
    risk_now: float
    risk: float
    short_value: float
    possible: bool
    sentence: str


def last_buys(
    problem: Problem, model: Model, value: Floats, bought: Mapping[int, int]
) -> list[LastBuy]:
    """This will reckon the last order of every part that has a last day and is owed longer.

    `value` (parts, places) is money a year for a piece that is missing all year; `bought` are the
    pieces that the plan buys of a part, which are among those of the last order.
    """
    supply = problem.supply
    asked = np.flatnonzero(np.isfinite(supply.last_order) & (supply.owed_until > 0))
    made = [
        _last_buy(problem, model, int(part), value[part], bought.get(int(part), 0))
        for part in asked
    ]
    return sorted(made, key=lambda one: (one.last_day, -one.money, one.part))


def law(problem: Problem, model: Model, part: int, years: float) -> LeadTimeDemand:
    """This will give the pieces that are used up in some years, as the plan knows the rate.

    Gamma–Poisson: the rate is uncertain, pieces may come several at a time, and of what is used
    only what does not come back repaired is used up.
    """
    mean = max(float(model.rate[part].sum()) * years * (1 - float(model.mended[part])), 1e-9)
    known = problem.forecast
    variance = mean * float(known.lumps[part]) + mean**2 / float(known.shape[part])
    most = int(mean + FAR + 12 * np.sqrt(variance))
    mass = np.asarray(pipelines.pmf(np.arange(most + 1), mean, max(variance, mean)), np.float64)
    mass[-1] += max(1 - float(mass.sum()), 0.0)
    return LeadTimeDemand(mass, np.array([0, mass.size]), np.ones(1), one=True)


def _last_buy(problem: Problem, model: Model, part: int, value: Floats, among: int) -> LastBuy:
    supply, last = problem.supply, float(problem.supply.last_order[part])
    until = float(supply.owed_until[part])
    years = (until + 1 - problem.until_day) / YEAR_DAYS
    demand, cost = law(problem, model, part, years), float(model.cost[part])
    short = float(supply.short_cost[part])
    if np.isnan(short):
        short = _search(model, part, value)
    found = last_time_buy(
        demand, unit_cost=cost, short_value=short, holding=model.holding_share * cost * years
    )
    owned, possible = int(model.owned[part]), last >= problem.until_day
    bought = _packed(
        int(found.quantity) - owned, int(model.pack[part]), int(supply.least_order[part])
    )
    bought = bought if possible else 0
    low, high = (int(demand.quantile(p)) for p in BAND)
    draft = LastBuy(
        part, bought, bought * cost, last, until, float(demand.mean), low, high, owned,
        int(found.quantity), 1 - float(demand.at_most(owned)),
        1 - float(demand.at_most(owned + bought)), short, possible, "",
    )  # fmt: skip
    fewer = 1 - float(demand.at_most(max(owned + bought - 1, 0)))
    return _told(problem, draft, fewer, among)


def _search(model: Model, part: int, value: Floats) -> float:
    """What a missing piece costs while a substitute is looked for; dearer than buying it."""
    rate = model.rate[part]
    usual = float((rate * value).sum() / max(rate.sum(), 1e-12))
    return usual * SEARCH_DAYS / YEAR_DAYS


def _packed(number: int, pack: int, least: int) -> int:
    return 0 if number <= 0 else -(-max(number, least) // pack) * pack


def _told(problem: Problem, one: LastBuy, fewer: float, among: int) -> LastBuy:
    name = f"{problem.names[one.part]} ({problem.parts.numbers[one.part]})"
    year = str(np.datetime64(int(one.until_day), "D"))
    day = str(np.datetime64(int(one.last_day), "D"))
    need = (
        f"{figure(one.needed)} pieces will be used up until {year} ({one.needed_low:,} to "
        f"{one.needed_high:,} in nine of ten futures), {pieces(one.owned)} "
        f"{'is' if one.owned == 1 else 'are'} there, coming, or in repair"
    )
    if not one.possible:
        text = (
            f"{name[:1].upper()}{name[1:]} can no longer be ordered (since {day}): {need}; the "
            f"chance to run out before then is {share(one.risk_now)}."
        )
    elif one.pieces == 0:
        text = (
            f"Buy no more of {name} by {day}, the last day: {need}; the chance to run out before "
            f"the end is {share(one.risk_now)}, and one more is not worth its money."
        )
    else:
        text = (
            f"Buy {one.pieces:,} {name} by {day}, the last day, for "
            f"{money(one.money, problem.currency)}: {need}; the chance to run out before then "
            f"falls from {share(one.risk_now)} to {share(one.risk)} (one less: {share(fewer)})."
        )
        if among:
            text += f" The {pieces(among)} to buy now {'is' if among == 1 else 'are'} among them."
    return replace(one, sentence=text)
