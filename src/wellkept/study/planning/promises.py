"""The contracts: hours that each will lose, the risk of a broken promise, the part behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned, Simulated
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS, Problem
from wellkept.study.planning.speech import figure, often, share
from wellkept.study.planning.waiters import Waiters

AT_RISK = 0.1
"""A contract is at risk where more than one year in ten goes beyond its allowance."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One contract: hours a year and the chance of a year beyond the allowance, now and planned.

    `played` is the share of simulated years beyond it, of `played_years`; `part` and `place` bring
    most of its waiting now, with `part_share` of it.
    """

    contract: int
    hours_now: float
    hours_plan: float
    risk_now: float | None
    risk_plan: float | None
    played: int
    played_years: int
    penalty_now: float
    part: int | None
    place: int | None
    part_share: float
    sentence: str

    @property
    def at_risk(self) -> bool:
        """Say whether the promise is in danger, now or with the plan."""
        return max(self.risk_now or 0.0, self.risk_plan or 0.0) > AT_RISK


def promises(
    problem: Problem, model: Model, now: Reckoned, plan: Reckoned, played: Simulated
) -> list[Promise]:
    """This will judge every contract, those in most danger today first."""
    if not problem.agreed.numbers:
        return []
    beyond, years = played.played.beyond(model.allowance_h)
    waits = _waits(model, now)
    made = []
    for k in range(len(problem.agreed.numbers)):
        part, place, of_all = _worst(model, waits, k)
        risk_now, risk_plan = _known(now.risk[k]), _known(plan.risk[k])
        made.append(
            Promise(
                k, float(now.hours[k]), float(plan.hours[k]), risk_now, risk_plan,
                int(beyond[k]), years, float(model.penalty_h[k]), part, place, of_all,
                _sentence(problem, k, now, plan, part, place, of_all),
            )
        )  # fmt: skip
    return sorted(made, key=lambda one: (-(one.risk_now or 0.0), -one.hours_now, one.contract))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _waits(model: Model, found: Reckoned) -> Floats:
    """Asset hours a year that each cell waits for its part."""
    part, place = model.cell_part, model.cell_place
    missing = found.levels.backorders[part, place + 1]
    return np.asarray(missing * model.cell_share * model.cell_stops * HOURS)


def _worst(model: Model, waits: Floats, contract: int) -> tuple[int | None, int | None, float]:
    rows = np.flatnonzero(model.cell_contract == contract)
    total = float(waits[rows].sum())
    if total <= 0:
        return None, None, 0.0
    places = model.rate.shape[1]
    key = model.cell_part[rows] * places + model.cell_place[rows]
    kinds, at = np.unique(key, return_inverse=True)
    sums = np.bincount(at.reshape(-1), weights=waits[rows])
    first = int(np.argmax(sums))
    return int(kinds[first] // places), int(kinds[first] % places), float(sums[first]) / total


def _sentence(
    problem: Problem, k: int, now: Reckoned, plan: Reckoned, part: int | None, place: int | None,
    of_all: float,
) -> str:  # fmt: skip
    agreed = problem.agreed
    who = (
        f"{agreed.customers[k]} ({agreed.numbers[k]})" if agreed.customers[k] else agreed.numbers[k]
    )
    text = f"{who} loses {figure(now.hours[k])} h in a usual year with today's stock"
    if not np.isnan(agreed.allowance_h[k]):
        text += f", {figure(agreed.allowance_h[k])} h are allowed; beyond them in "
        text += f"{share(now.risk[k])} of years, with the plan in {share(plan.risk[k])}"
    else:
        text += f", {figure(plan.hours[k])} h with the plan; no allowance is agreed"
    if plan.risk[k] > AT_RISK and plan.hours_waiting[k] < plan.hours[k] / 2:
        repair = figure(float(plan.hours[k] - plan.hours_waiting[k]))
        text += f" ({repair} h a year are repair work, which no stock shortens)"
    if part is not None and place is not None and now.hours_waiting[k] > 1:
        where = f" at {problem.places.names[place]}" if len(problem.places) > 1 else ""
        text += f". {share(of_all)} of its waiting is for {problem.names[part]}{where}"
    return text + "."


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part that looks well stocked on average while somebody waits for it.

    `cover_years`: pieces in the company ÷ pieces needed a year; `fill`: share of all requests met
    at once; `fill_there`: of those at the place.
    """

    part: int
    place: int
    customer: str | None
    contract: str | None
    pieces: int
    pieces_there: int
    cover_years: float
    fill: float
    fill_there: float
    wait_h: float
    times_a_year: float
    loses: float
    sentence: str


WELL_FILLED, LEFT_ALONE, SIX_MONTHS, NEARLY = 0.7, 0.5, 0.5, 0.85


def hidden(problem: Problem, model: Model, now: Reckoned, plan_total: Floats) -> list[Hidden]:
    """This will find the parts that no average calls short, and who waits for them all the same.

    A part is well stocked on average where the company holds half a year of need and nearly as much
    as the plan, and meets most requests at once; it is hidden where at one place most find nothing.
    """
    held = problem.holdings.position
    rate = model.rate.sum(axis=1)
    fill = np.divide(
        (now.levels.fill[:, 1:] * model.rate).sum(axis=1), rate, out=np.ones(rate.shape),
        where=rate > 0,
    )  # fmt: skip
    cover = np.divide(held.sum(axis=1), rate, out=np.full(rate.shape, np.inf), where=rate > 0)
    rich = (held.sum(axis=1) >= NEARLY * plan_total) & (cover >= SIX_MONTHS)
    rich &= fill >= WELL_FILLED
    poor = (now.levels.fill[:, 1:] < LEFT_ALONE) & (model.rate > 0) & rich[:, None]
    waiters = Waiters(problem, model, now.risk)
    found = []
    for part, place in np.argwhere(poor):
        loses = float(now.levels.backorders[part, place + 1] * model.value(now.risk)[part, place])
        found.append(
            _hidden(problem, model, now, waiters, int(part), int(place), fill, cover, loses)
        )
    return sorted(found, key=lambda one: -one.loses)


def _hidden(
    problem: Problem, model: Model, now: Reckoned, waiters: Waiters, part: int, place: int,
    fill: Floats, cover: Floats, loses: float,
) -> Hidden:  # fmt: skip
    who = waiters.of(part, place)
    held = problem.holdings.position[part]
    wait = float(now.levels.wait[part, place + 1]) * HOURS
    rate = float(model.rate[part, place])
    there = problem.places.names[place]
    customer = (who.customer if who else None) or "whoever is served there"
    stands = (
        f" ({who.consequence.replace('_', ' ')})" if who and who.consequence != "unknown" else ""
    )
    name = problem.names[part]
    months, met = figure(12 * float(cover[part])), share(float(fill[part]))
    sentence = (
        f"{name[:1].upper()}{name[1:]} ({problem.parts.numbers[part]}) looks well stocked: "
        f"{held.sum():,} pieces are {months} months of need, and {met} of requests are met at "
        f"once. But {'too few lie' if held[place] else 'none lies'} at {there}, where "
        f"{customer}{stands} needs it {often(rate)} and waits {figure(wait)} h each time."
    )
    return Hidden(
        part, place, who.customer if who else None, who.contract if who else None,
        int(held.sum()), int(held[place]), float(cover[part]), float(fill[part]),
        float(now.levels.fill[part, place + 1]), wait, rate, loses, sentence,
    )  # fmt: skip
