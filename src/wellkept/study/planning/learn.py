"""What to learn first: which lead time, rate or cost, if it were known, would save most."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.last_buys import LastBuy, regret
from wellkept.study.planning.model import Model
from wellkept.study.planning.priors import SEARCH_DAYS
from wellkept.study.planning.problem import Problem
from wellkept.study.planning.solve import Solution
from wellkept.study.planning.speech import figure, money, share

Whole = NDArray[np.int64]
MOST_PARTS = 250
"""Only the parts with the most money at stake are asked about."""
NODES = ((-1.7320508, 1 / 6), (0.0, 2 / 3), (1.7320508, 1 / 6))
"""Three points that average any polynomial up to the fifth degree under the normal law."""
GUESSED_CV, LISTED_CV, LEAST_CV = 0.5, 0.3, 0.05
SHOWN = 10
SAID = {
    "lead_days": ("lead time", " days"),
    "rate_per_year": ("need", " pieces a year"),
    "repair_yield": ("share that comes back repaired", ""),
    "search_days": ("time until there is a substitute", " days"),
}
"""What each number is called, and its unit."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to learn: now and its usual range, and what knowing it is worth a year."""

    part: int
    field: str  # lead_days | rate_per_year | repair_yield | search_days
    value: float
    low: float
    high: float
    worth: float
    guessed: bool
    sentence: str


def lessons(problem: Problem, model: Model, found: Solution, last: list[LastBuy]) -> list[Lesson]:
    """This will give what knowing each number exactly would save a year.

    Lead times and rates of all parts; where nobody wrote them down, the share that comes back
    repaired, and how long one looks for a substitute of a part that is no longer made.

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
    made += _yields(problem, model, found, parts)
    made += _searches(problem, model, last)
    made.sort(key=lambda one: (-one.worth, one.part, one.field))
    return [one for one in made if one.worth > 0][:SHOWN]


def _yields(problem: Problem, model: Model, found: Solution, parts: Whole) -> list[Lesson]:
    """What the unknown share of repaired pieces is worth: what is lost of them is uncertain."""
    asked = parts[problem.supply.yield_guessed[parts]]
    if not asked.size:
        return []
    cv = np.full(asked.size, GUESSED_CV)
    worth = _worth(model.only(asked), found.stock[asked], found.weights, cv, "yield")
    return [
        _lesson(problem, model, int(part), "repair_yield", float(one), GUESSED_CV)
        for part, one in zip(asked, worth, strict=True)
    ]


def _searches(problem: Problem, model: Model, last: list[LastBuy]) -> list[Lesson]:
    """What the unknown search for a substitute is worth, to last orders that are still open."""
    asked = [one for one in last if one.possible and np.isnan(problem.supply.short_cost[one.part])]
    spread = float(np.sqrt(np.log1p(GUESSED_CV**2)))
    return [
        _lesson(
            problem, model, one.part, "search_days",
            sum(
                chance * regret(problem, model, one, float(np.exp(at * spread - spread**2 / 2)))
                for at, chance in NODES
            ), GUESSED_CV,
        )
        for one in asked
    ]  # fmt: skip


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
        best = other.last_stocks(weights)[0].stock
        worth += chance * (_cost(other, value, stock) - _cost(other, value, best))
    return np.maximum(worth, 0.0)


def _scaled(model: Model, field: str, scale: Floats) -> Model:
    if field == "lead":
        return replace(model, lead=model.lead * scale)
    if field == "yield":
        return replace(model, mended=np.clip(1 - (1 - model.mended) * scale, 0.0, 1.0))
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
    what, unit = SAID[field]
    lost = field == "repair_yield"  # uncertain is what is lost of the pieces
    now = {
        "lead_days": float(problem.supply.lead_days[part]),
        "rate_per_year": float(model.rate[part].sum()),
        "repair_yield": float(problem.supply.mended[part]),
        "search_days": SEARCH_DAYS,
    }[field]
    low, high = (
        max(1 - (1 - now) * np.exp(-side), 0.0) if lost else now * np.exp(side)
        for side in (-1.96 * spread, 1.96 * spread)
    )
    guessed = lost or field == "search_days"
    guessed |= bool(field == "lead_days" and problem.supply.lead_guessed[part])
    why = "nobody wrote it down" if guessed else f"it is taken as {figure(now)}{unit}"
    span = f"{share(low)} to {share(high)}" if lost else f"{figure(low)} to {figure(high)}{unit}"
    sentence = (
        f"Learn the {what} of {problem.names[part]} ({problem.parts.numbers[part]}): {why}, and "
        f"may be {span}; knowing it is worth up to {money(worth, problem.currency)} a year."
    )
    return Lesson(part, field, now, float(low), float(high), worth, guessed, sentence)
