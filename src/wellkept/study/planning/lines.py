"""The plan line by line and unit by unit: how often it is needed, what it saves, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS, Problem
from wellkept.study.planning.speech import STANDING, figure, money, often, ordinal
from wellkept.study.planning.waiters import Waiter, Waiters

Whole = NDArray[np.int64]
UNIT_BY_UNIT = 4_000
"""Up to so many pieces in all, each has its own sentence; beyond, the last one of each line."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a part at a place: the `nth` of those that lie there.

    `used_per_year`: demands that take this very piece; `saves_h`: asset hours a year that would be
    lost without it; `saves_money` a year, with the penalties they would bring; `holding` a year.
    """

    part: int
    place: int
    nth: int
    used_per_year: float
    saves_h: float
    saves_money: float
    holding: float
    waiter: Waiter | None
    depot: bool

    @property
    def break_even_h(self) -> float | None:
        """Give the cost of a lost hour at which the piece just pays; None where it saves none."""
        return self.holding / self.saves_h if self.saves_h > 1e-12 else None


def units(problem: Problem, model: Model, found: Reckoned, waiters: Waiters) -> list[Unit]:
    """This will give the pieces of the plan with what each is for, the most valuable first."""
    value, stock = model.value(found.risk), found.stock
    every = int(stock.sum()) <= UNIT_BY_UNIT
    made = _at_sites(model, found, value, waiters, every)
    made += _at_uppers(model, found, value, waiters, every, np.zeros(1, np.int64))
    if model.upper.size:
        made += _at_uppers(model, found, value, waiters, every, model.upper)
    return sorted(made, key=lambda unit: (-unit.saves_money, unit.part, unit.place, unit.nth))


def _at_sites(
    model: Model, found: Reckoned, value: Floats, waiters: Waiters,
    every: bool,
) -> list[Unit]:  # fmt: skip
    """A piece where nothing else is refilled saves what its own place would wait for."""
    stock, made, here = found.stock, list[Unit](), found.levels
    ends = np.setdiff1d(np.arange(model.refilled.size), model.upper)
    for less in range(int(stock[:, ends + 1].max(initial=0)) if every else 1):
        lower = stock.copy()
        lower[:, ends + 1] = np.maximum(stock[:, ends + 1] - less - 1, 0)
        below = model.levels(lower)
        for part, at in np.argwhere(stock[:, ends + 1] > less):
            place = ends[at]
            missing = 1 - float(here.ready[part, place + 1])
            used = max(float(here.fill[part, place + 1] - below.fill[part, place + 1]), 0.0)
            made.append(
                Unit(
                    int(part), int(place), int(stock[part, place + 1]) - less,
                    float(model.rate[part, place]) * used,
                    HOURS * missing * float(model.standing[part, place]),
                    missing * float(value[part, place]),
                    model.holding_share * float(model.cost[part]),
                    waiters.of(int(part), int(place)), False,
                )
            )  # fmt: skip
        here = below
    return made


def _at_uppers(
    model: Model, found: Reckoned, value: Floats, waiters: Waiters, every: bool, uppers: Whole,
) -> list[Unit]:  # fmt: skip
    """A piece at the depot, or at a place between, saves what the places below would wait for.

    Places of one level do not touch each other, so each is reckoned with the others.
    """
    made, here = list[Unit](), found.levels
    column = np.where(uppers > 0, uppers + 1, 0)
    deepest = int(found.stock[:, column].max(initial=0))
    for less in range(deepest if every else min(deepest, 1)):
        lower = found.stock.copy()
        lower[:, column] = np.maximum(found.stock[:, column] - less - 1, 0)
        below = model.levels(lower)
        more = np.maximum(below.backorders - here.backorders, 0.0)[:, 1:]
        used = np.maximum(here.fill[:, column] - below.fill[:, column], 0.0)
        for part, at in np.argwhere(found.stock[:, column] > less):
            place = int(uppers[at])
            under = model.below(place)
            made.append(
                Unit(
                    int(part), place, int(found.stock[part, column[at]]) - less,
                    float(used[part, at] * model.rate[part, under].sum()),
                    HOURS * float(more[part, under] @ model.standing[part, under]),
                    float(more[part, under] @ value[part, under]),
                    model.holding_share * float(model.cost[part]),
                    waiters.of_part(int(part), under), True,
                )
            )  # fmt: skip
        here = below
    return made


def sentence(problem: Problem, unit: Unit) -> str:
    """This will say in one sentence why a piece lies where it lies."""
    name, place = problem.names[unit.part], problem.places.names[unit.place]
    where = f"at {place}" if len(problem.places) > 1 else "in stock"
    floor = problem.holdings.least[unit.part, unit.place]
    first = f"{ordinal(unit.nth).capitalize()} {name} {where}: needed {often(unit.used_per_year)}"
    first += _rests(problem, unit.part)
    if unit.saves_h < 1e-6:
        kept = "kept because nobody may go below it" if unit.nth <= floor else "saves nothing"
        return f"{first}; {kept}."
    worth = unit.break_even_h or 0.0
    text = (
        f"{first}, saves {figure(unit.saves_h)} h a year of {_standing(unit)}{_who(unit)}; worth "
        f"holding while a lost hour costs more than {money(worth, problem.currency)}"
    )
    return f"{text}; nobody may go below it." if unit.nth <= floor else f"{text}."


AGED, FEW = 0.1, 3


def _rests(problem: Problem, part: int) -> str:
    """What the need rests on, where it is not the demands alone."""
    found, said = problem.forecast, list[str]()
    older = float(found.ageing[part])
    if abs(older - 1) >= AGED:
        grown = "older" if older > 1 else "younger"
        said.append(f"{figure(older)} times as often as so far, for its pieces are {grown} now")
    demands = int(found.demands[part])
    if demands <= FEW:
        times = {0: "never", 1: "once"}.get(demands, f"{demands} times")
        years = figure(problem.past.years)
        usual = figure(float(found.prior_rate[part]))
        said.append(
            f"asked for {times} in {years} years, where parts like it come to {usual} a year: mixed"
        )
    return f" ({'; '.join(said)})" if said else ""


def _standing(unit: Unit) -> str:
    return STANDING[unit.waiter.consequence if unit.waiter else "unknown"]


def _who(unit: Unit) -> str:
    waiter = unit.waiter
    if waiter is None or waiter.customer is None:
        return ""
    under = f" under contract {waiter.contract}" if waiter.contract else ""
    return f"{', most' if waiter.others else ''} at {waiter.customer}{under}"
