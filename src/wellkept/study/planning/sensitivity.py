"""How much the plan rests on each assumption: halved and doubled, with the weights as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.last_buys import LastBuy, ordered
from wellkept.study.planning.learn import weighty
from wellkept.study.planning.model import Model
from wellkept.study.planning.priors import Prior
from wellkept.study.planning.problem import HOURS, Problem
from wellkept.study.planning.solve import Solution

Whole = NDArray[np.int64]
FACTORS = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What half and twice an assumption would do to the plan.

    `stock_value` of the parts that were asked about, as planned and for each factor; `moved` the
    pieces that would lie elsewhere or not at all. None where the assumption moves no stock.
    """

    prior: Prior
    stock_value: float | None
    low: float | None
    high: float | None
    moved_low: int | None
    moved_high: int | None


def leanings(
    problem: Problem, model: Model, found: Solution, last: list[LastBuy]
) -> tuple[list[Leaning], int]:
    """This will try every assumption at half and at twice its value.

    Asked are the parts with the most money at stake; their number comes second. How long one looks
    for a substitute moves the last orders, not the stock: there the money is theirs.
    """
    parts = weighty(model, found)
    small = model.only(parts)
    base = _ideal(small, found.weights)
    value = _worth(small, base)
    made = []
    for prior in problem.priors.found:
        if prior.field == "search_days":
            made.append(_searched(problem, model, prior, last))
            continue
        change = _change(problem, model, parts, prior)
        if change is None:
            made.append(Leaning(prior, None, None, None, None, None))
            continue
        low, high = (_ideal(change(small, factor), found.weights) for factor in FACTORS)
        made.append(
            Leaning(prior, value, _worth(small, low), _worth(small, high),
                    int(np.abs(low - base).sum()), int(np.abs(high - base).sum()))
        )  # fmt: skip
    return made, int(parts.size)


def _searched(problem: Problem, model: Model, prior: Prior, last: list[LastBuy]) -> Leaning:
    """What a shorter or longer search would do to the last orders that rest on it."""
    asked = [one for one in last if np.isnan(problem.supply.short_cost[one.part])]
    here, low, high = (
        np.array([ordered(problem, model, one, by) for one in asked], np.int64)
        for by in (1.0, *FACTORS)
    )
    price = model.cost[[one.part for one in asked]]
    return Leaning(
        prior, float(here @ price), float(low @ price), float(high @ price),
        int(np.abs(low - here).sum()), int(np.abs(high - here).sum()),
    )  # fmt: skip


def _worth(model: Model, stock: Whole) -> float:
    return float((stock.sum(axis=1) * model.cost).sum())


def _ideal(model: Model, weights: Floats) -> Whole:
    return model.last_stocks(weights)[0].stock


Change = Callable[[Model, float], Model]


def _change(problem: Problem, model: Model, parts: Whole, prior: Prior) -> Change | None:
    """What an assumption changes in the model of the parts asked about."""
    supply = problem.supply
    if prior.field == "holding_share":
        return lambda m, by: replace(m, holding_share=m.holding_share * by)
    if prior.field == "lead_days":
        return lambda m, by: replace(m, lead=_times(m.lead, supply.lead_guessed[parts], by))
    if prior.field == "repair_yield":
        silent = supply.yield_guessed[parts]
        return lambda m, by: replace(m, mended=np.minimum(_times(m.mended, silent, by), 1.0))
    if prior.field == "unit_cost":
        return lambda m, by: replace(m, cost=_times(m.cost, supply.cost_guessed[parts], by))
    if prior.field == "transit_days":
        meant = np.isin(problem.places.numbers, prior.parts)
        return lambda m, by: replace(m, transit=_times(m.transit, meant, by))
    if prior.field.startswith("downtime_cost_h"):
        return _cost_change(problem, model, parts, prior.field.partition(", ")[2])
    if prior.field == "stops":
        return _stops
    return None


def _times(values: Floats, meant: NDArray[np.bool_], by: float) -> Floats:
    return np.asarray(np.where(meant, values * by, values))


def _cost_change(problem: Problem, model: Model, parts: Whole, class_: str) -> Change:
    base = problem.base
    order = np.lexsort((problem.cells.place, problem.cells.part))
    asset = problem.cells.asset[order]
    guessed = np.array([c == class_ for c in [*base.classes, "unknown"]], bool)
    guessed &= np.append(base.cost_guessed, True)
    meant = guessed[asset]
    place = np.full(model.parts, -1, np.int64)
    place[parts] = np.arange(parts.size)
    kept = np.flatnonzero(place[model.cell_part] >= 0)
    kept = kept[np.lexsort((model.cell_place[kept], place[model.cell_part[kept]]))]

    def change(m: Model, by: float) -> Model:
        return _revalued(replace(m, cell_cost_h=_times(m.cell_cost_h, meant[kept], by)))

    return change


def _stops(model: Model, by: float) -> Model:
    return _revalued(replace(model, cell_stops=np.minimum(model.cell_stops * by, 1.0)))


def _revalued(model: Model) -> Model:
    waiting, standing = np.zeros_like(model.waiting), np.zeros_like(model.standing)
    at = (model.cell_part, model.cell_place)
    np.add.at(standing, at, model.cell_share * model.cell_stops)
    np.add.at(waiting, at, HOURS * model.cell_share * model.cell_stops * model.cell_cost_h)
    return replace(model, waiting=waiting, standing=standing)
