"""What to learn first: which lead time, rate or cost, if it were known, would save most."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import Problem
from wellkept.study.planning.solve import Solution
from wellkept.study.planning.speech import figure, money

Whole = NDArray[np.int64]
MOST_PARTS = 250
"""Only the parts with the most money at stake are asked about."""
NODES = ((-1.7320508, 1 / 6), (0.0, 2 / 3), (1.7320508, 1 / 6))
"""Three points that average any polynomial up to the fifth degree under the normal law."""
GUESSED_CV, LISTED_CV, LEAST_CV = 0.5, 0.3, 0.05
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to learn: now and its usual range, and what knowing it is worth a year."""

    part: int
    field: str  # lead_days | rate_per_year
    value: float
    low: float
    high: float
    worth: float
    guessed: bool
    sentence: str


def lessons(problem: Problem, model: Model, found: Solution) -> list[Lesson]:
    """This will give what knowing each lead time and rate exactly would save a year.

    The expected value of perfect information: the plan's mean cost while the number is uncertain,
    less the mean cost of plans made knowing it (Raiffa & Schlaifer 1961, Applied Statistical
    Decision Theory, 4.5). Each part is judged alone, with the weights of the plan.
    """
    parts = weighty(model, found)
    small = model.only(parts)
    stock = found.stock[parts]
    leads = _worth(small, stock, found.weights, _lead_cv(problem)[parts], "lead")
    rates = _worth(small, stock, found.weights, 1 / np.sqrt(small.shape), "rate")
    made = [
        _lesson(problem, model, int(part), field, float(worth[at]), float(cv[at]))
        for field, worth, cv in (
            ("lead_days", leads, _lead_cv(problem)[parts]),
            ("rate_per_year", rates, 1 / np.sqrt(small.shape)),
        )
        for at, part in enumerate(parts)
    ]
    made.sort(key=lambda one: (-one.worth, one.part, one.field))
    return [one for one in made if one.worth > 0][:SHOWN]


def weighty(model: Model, found: Solution) -> Whole:
    """This will choose the parts with the most money a year at stake, in their order."""
    missing = found.reckoned.levels.backorders[:, 1:]
    stake = (missing * model.value(found.weights)).sum(axis=1)
    stake += model.holding_share * model.cost * found.stock.sum(axis=1)
    return np.sort(np.argsort(-stake, kind="stable")[:MOST_PARTS])


def _lead_cv(problem: Problem) -> Floats:
    """How uncertain the mean lead time is: a guess, a list, or the spread of the orders seen."""
    supply = problem.supply
    with np.errstate(invalid="ignore", divide="ignore"):
        seen = supply.lead_sd / np.sqrt(supply.lead_seen) / supply.lead_days
    listed = np.where(np.isnan(seen), LISTED_CV, np.clip(seen, LEAST_CV, LISTED_CV))
    return np.where(supply.lead_guessed, GUESSED_CV, listed)


def _worth(model: Model, stock: Whole, weights: Floats, cv: Floats, field: str) -> Floats:
    """Mean cost of the stock less that of the best stock, over what the number may be."""
    value = model.value(weights)
    worth = np.zeros(model.parts)
    for at, chance in NODES:
        scale = np.exp(at * np.sqrt(np.log1p(cv**2)) - np.log1p(cv**2) / 2)
        other = _scaled(model, field, scale)
        curve = other.exchange(weights)
        best = curve.stock(int(curve.item.size))
        worth += chance * (_cost(other, value, stock) - _cost(other, value, best))
    return np.maximum(worth, 0.0)


def _scaled(model: Model, field: str, scale: Floats) -> Model:
    if field == "lead":
        return replace(model, lead=model.lead * scale)
    known = np.full(model.parts, 1e9)
    return replace(model, rate=model.rate * scale[:, None], shape=known)


def _cost(model: Model, value: Floats, stock: Whole) -> Floats:
    missing = model.levels(stock).backorders[:, 1:]
    shelf = model.holding_share * model.cost * stock.sum(axis=1)
    return np.asarray((missing * value).sum(axis=1) + shelf)


def _lesson(
    problem: Problem, model: Model, part: int, field: str, worth: float, cv: float
) -> Lesson:
    spread = np.sqrt(np.log1p(cv**2))
    lead = field == "lead_days"
    now = float(problem.supply.lead_days[part] if lead else model.rate[part].sum())
    low, high = now * np.exp(-1.96 * spread), now * np.exp(1.96 * spread)
    guessed = bool(lead and problem.supply.lead_guessed[part])
    unit = "days" if lead else "pieces a year"
    what = "lead time" if lead else "need"
    why = "nobody wrote it down" if guessed else f"it is taken as {figure(now)} {unit}"
    sentence = (
        f"Learn the {what} of {problem.names[part]} ({problem.parts.numbers[part]}): {why}, and "
        f"may be {figure(low)} to {figure(high)} {unit}; knowing it is worth up to "
        f"{money(worth, problem.currency)} a year."
    )
    return Lesson(part, field, now, float(low), float(high), worth, guessed, sentence)
