"""The last order of a part that will no longer be made: how many, and the chance to run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.allocation import Exchange
from wellkept.methods.installed_base_demand import last_time_buy
from wellkept.methods.stocking import pipelines
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.priors import SEARCH_DAYS
from wellkept.study.planning.problem import YEAR_DAYS, Problem
from wellkept.study.planning.speech import figure, money, pieces, share

Whole = NDArray[np.int64]
CUTS = 512
"""Parts of a last order that a budget weighs at most: larger ones are cut at whole packs."""
BAND = (0.05, 0.95)
NO_LIMIT = 1 << 40


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
    problem: Problem, model: Model, value: Floats, bought: Mapping[int, int],
    most: Mapping[int, int] | None = None,
) -> list[LastBuy]:  # fmt: skip
    """This will reckon the last order of every part that has a last day and is owed longer.

    `value` (parts, places) is money a year for a piece that is missing all year; `bought` are the
    pieces that the plan buys of a part, which are among those of the last order; `most` are the
    pieces that a budget pays for, where it does not pay for all.
    """
    supply = problem.supply
    asked = np.flatnonzero(np.isfinite(supply.last_order) & (supply.owed_until > 0))
    made = [
        _last_buy(
            problem, model, part, value[part], bought.get(part, 0), (most or {}).get(part, NO_LIMIT)
        )
        for part in asked.tolist()
    ]
    return sorted(made, key=lambda one: (one.last_day, -one.money, one.part))


def paid_for(
    problem: Problem, model: Model, wanted: list[LastBuy], buying: Exchange, budget: float
) -> dict[int, int]:
    """This will give how many pieces of each last order a budget pays for; packs stay whole.

    The money goes where it averts most: the k-th piece averts what a missing piece costs × the
    chance that so many are needed, a step of the stock's curve what it saves in a year, for stock
    can be bought next year. What must be held at least is paid first.
    """
    rivals = ~np.isin(buying.item, [one.part for one in wanted])
    steps = [
        (-gain / price, -1, 0, price)
        for gain, price in zip(
            buying.gain[rivals].tolist(), buying.money[rivals].tolist(), strict=True
        )
    ]
    for one in wanted:
        steps += _packs(problem, model, one)
    purse, full = budget - float(buying.spent[0]), set[int]()
    found = dict.fromkeys((one.part for one in wanted), 0)
    for _, part, size, price in sorted(steps):
        if part in full or price > purse * (1 + 1e-12):
            full |= {part} - {-1}  # a later pack comes after its earlier ones
            continue
        purse -= price
        if part >= 0:
            found[part] += size
    return found


def _packs(problem: Problem, model: Model, one: LastBuy) -> list[tuple[float, int, int, float]]:
    """What money averts by the packs of a last order (negative), the part, pieces, and price."""
    if one.pieces <= 0:
        return []
    pack, cost = int(model.pack[one.part]), float(model.cost[one.part])
    demand = law(problem, model, one.part, _years(problem, one.part))
    first = min(_packed(1, pack, int(problem.supply.least_order[one.part])), one.pieces)
    step = pack * max(-(-(one.pieces - first) // (pack * CUTS)), 1)
    ends = np.append(np.arange(first, one.pieces, step), one.pieces)
    size = np.diff(ends, prepend=0)
    averted = -np.diff(demand.short(one.owned + np.append(0, ends))) / size
    averted = np.minimum.accumulate(averted)  # each pack averts less, but for its last digit
    return [
        (-one.short_value * chance / cost, one.part, int(each), int(each) * cost)
        for chance, each in zip(averted.tolist(), size.tolist(), strict=True)
    ]


def _years(problem: Problem, part: int) -> float:
    return (float(problem.supply.owed_until[part]) + 1 - problem.until_day) / YEAR_DAYS


@dataclass(frozen=True, slots=True)
class Need:
    """The pieces of one part that will be used up: negative binomial, by its closed forms.

    No table is laid out, so a part that is used by the million takes no longer than another.
    """

    mean: float
    variance: float
    parts: int = 1

    def at_most(self, units: ArrayLike) -> Floats:
        """Give the chance that no more are needed."""
        return 1 - pipelines.at_least(_whole(units) + 1, self.mean, self.variance)

    def quantile(self, p: float) -> int:
        """Give the least number that is enough with this chance."""
        return int(pipelines.smallest_stock(p, self.mean, self.variance))

    def short(self, units: ArrayLike) -> Floats:
        """Give how many are missing on average if there are so many."""
        return pipelines.expected_backorders(_whole(units), self.mean, self.variance)


def _whole(units: ArrayLike) -> Whole:
    return np.floor(np.asarray(units, np.float64) + 1e-9).astype(np.int64)


def law(problem: Problem, model: Model, part: int, years: float) -> Need:
    """This will give the pieces that are used up in some years, as the plan knows the rate.

    Gamma–Poisson: the rate is uncertain, pieces may come several at a time, and of what is used
    only what does not come back repaired is used up.
    """
    mean = max(float(model.rate[part].sum()) * years * (1 - float(model.mended[part])), 1e-9)
    known = problem.forecast
    variance = mean * float(known.lumps[part]) + mean**2 / float(known.shape[part])
    return Need(mean, max(variance, mean))


def _last_buy(
    problem: Problem, model: Model, part: int, value: Floats, among: int, most: int
) -> LastBuy:
    supply, last = problem.supply, float(problem.supply.last_order[part])
    until = float(supply.owed_until[part])
    years = _years(problem, part)
    demand, cost = law(problem, model, part, years), float(model.cost[part])
    short = float(supply.short_cost[part])
    if np.isnan(short):
        short = _search(model, part, value)
    wanted = _wanted(model, part, demand, short, years)
    owned, possible = int(model.owned[part]), last >= problem.until_day
    bought = _packed(wanted - owned, int(model.pack[part]), int(supply.least_order[part]))
    best = bought if possible else 0
    bought = min(best, most)
    low, high = (int(demand.quantile(p)) for p in BAND)
    draft = LastBuy(
        part, bought, bought * cost, last, until, float(demand.mean), low, high, owned,
        wanted, 1 - float(demand.at_most(owned)),
        1 - float(demand.at_most(owned + bought)), short, possible, "",
    )  # fmt: skip
    fewer = 1 - float(demand.at_most(max(owned + bought - 1, 0)))
    return _told(problem, draft, fewer, among, best)


def _wanted(model: Model, part: int, demand: Need, short: float, years: float) -> int:
    """How many of a part to have for the years, if a missing one costs so much."""
    cost = float(model.cost[part])
    found = last_time_buy(
        demand, unit_cost=cost, short_value=short, holding=model.holding_share * cost * years
    )
    return int(found.quantity)


def ordered(problem: Problem, model: Model, one: LastBuy, times: float) -> int:
    """This will give the pieces of a last order if a missing piece cost so many times as much."""
    if not one.possible:
        return 0
    years = _years(problem, one.part)
    demand = law(problem, model, one.part, years)
    wanted = _wanted(model, one.part, demand, one.short_value * times, years)
    return _packed(
        wanted - one.owned, int(model.pack[one.part]), int(problem.supply.least_order[one.part])
    )


def regret(problem: Problem, model: Model, one: LastBuy, times: float) -> float:
    """This will give what a last order costs too much, a year, if a missing piece costs so much."""
    years, cost = _years(problem, one.part), float(model.cost[one.part])
    demand, dear = law(problem, model, one.part, years), one.short_value * times

    def spent(pieces: int) -> float:
        have, price = one.owned + pieces, cost * (1 + model.holding_share * years)
        short = float(demand.short(have))
        return price * (have - float(demand.mean) + short) + (dear - cost) * short

    usual, best = (ordered(problem, model, one, by) for by in (1.0, times))
    return max(spent(usual) - spent(best), 0.0) / years


def _search(model: Model, part: int, value: Floats) -> float:
    """What a missing piece costs while a substitute is looked for; dearer than buying it."""
    rate = model.rate[part]
    usual = float((rate * value).sum() / max(rate.sum(), 1e-12))
    return usual * SEARCH_DAYS / YEAR_DAYS


def _packed(number: int, pack: int, least: int) -> int:
    return 0 if number <= 0 else -(-max(number, least) // pack) * pack


def _told(problem: Problem, one: LastBuy, fewer: float, among: int, best: int) -> LastBuy:
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
    elif one.pieces == 0 and best:
        text = (
            f"The budget pays for none of the {pieces(best)} of {name} that would be bought by "
            f"{day}, the last day: {need}; the chance to run out before then is "
            f"{share(one.risk_now)}."
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
        if best > one.pieces:
            text += f" The budget pays for no more; {best:,} would be bought without it."
        if among:
            text += f" The {pieces(among)} to buy now {'is' if among == 1 else 'are'} among them."
    return replace(one, sentence=text)
