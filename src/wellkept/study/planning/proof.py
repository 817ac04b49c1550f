"""The proof of a plan: predicted against simulated against what really happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import replay
from wellkept.study.planning.ageing import ageing
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned, Simulated
from wellkept.study.planning.forecast import forecast
from wellkept.study.planning.model import Model, as_stock, model_of
from wellkept.study.planning.past import YEAR, Past
from wellkept.study.planning.priors import Priors
from wellkept.study.planning.problem import Problem
from wellkept.study.planning.solve import stock_of

Whole = NDArray[np.int64]
LEVEL = 0.95
HELD_OUT, ENOUGH_DEMANDS, ENOUGH_LATER = 0.3, 30, 10


@dataclass(frozen=True, slots=True)
class Compared:
    """One number as predicted and as played, with the interval of the playing (95 %)."""

    name: str
    unit: str
    predicted: float
    simulated: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Say whether the prediction lies in the interval, or within 1 % of the playing."""
        near = abs(self.predicted - self.simulated) <= 0.01 * abs(self.simulated)
        return self.low <= self.predicted <= self.high or near


@dataclass(frozen=True, slots=True)
class Scored:
    """What levels would have done with the demands that came.

    `fill` is the share of pieces handed over at once, `waiting_h` asset hours lost a year, `cost`
    the money of them a year, `pieces` held and `stock_value` what they cost.
    """

    name: str
    fill: float
    waiting_h: float
    cost: float
    pieces: int
    stock_value: float


@dataclass(frozen=True, slots=True)
class History:
    """A replay: the stretch, how many demands, the scores, what was expected, and what it hides."""

    first_day: float
    until_day: float
    demands: int
    scored: tuple[Scored, ...]
    expected_fill: float
    expected_low: float
    expected_high: float
    caution: str


def compared(model: Model, plan: Reckoned, played: Simulated) -> list[Compared]:
    """This will set the prediction beside the simulation, with Student's intervals over runs."""
    runs, rate = played.played, model.rate
    fill = float((plan.levels.fill[:, 1:] * rate).sum() / max(rate.sum(), 1e-12))
    hours = runs.hours.sum(axis=2).mean(axis=1)
    rows = [
        ("missing", "pieces", float(plan.levels.backorders[:, 1:].sum()),
         runs.missing.sum(axis=(1, 2))),
        ("fill", "share", fill, _share(runs.at_once, runs.demands)),
        ("waiting", "money a year", plan.waiting, runs.waiting_cost),
        ("penalties", "money a year", plan.penalty,
         runs.penalty(model.allowance_h, model.penalty_h)),
        ("contract hours", "h a year", float(plan.hours.sum()), hours),
    ]  # fmt: skip
    return [_compared(*row) for row in rows]


def _share(met: Floats, came: Floats) -> Floats:
    """Values by run whose mean is all met ÷ all that came, and whose spread is that of the ratio.

    The mean of the runs' own shares would weigh a run in which the rate came out low as much as one
    with many demands (Cochran 1977, Sampling Techniques, 2.11).
    """
    ratio = float((met * came).sum() / max(came.sum(), 1.0))
    return np.asarray(ratio + (met - ratio) * came / max(float(came.mean()), 1e-12))


def _compared(name: str, unit: str, predicted: float, runs: Floats) -> Compared:
    from scipy import special  # its import costs more than most plans

    n, mean = runs.size, float(runs.mean())
    half = float(special.stdtrit(n - 1, (1 + LEVEL) / 2) * runs.std(ddof=1) / np.sqrt(n))
    return Compared(name, unit, predicted, mean, max(mean - half, 0.0), mean + half)


def replayed(problem: Problem, model: Model, plan: Whole) -> tuple[list[History], str]:
    """This will play the plan, and our own levels, through the demands that came.

    First the plan as it is, on all demands (which it was made from), then a plan made from the
    earlier part of the records, on the later part. Gives the replays, and why there is none.
    """
    if len(problem.past) < ENOUGH_DEMANDS:
        return [], (
            f"There are {len(problem.past)} demands in the records; from {ENOUGH_DEMANDS} on they "
            "are played through again."
        )
    whole = _history(
        problem, model, problem.past, {"the plan": plan, **_own(problem, model)},
        "Made from these very demands, so it flatters the plan; our own levels are of today and "
        "may know these demands too.",
    )  # fmt: skip
    cut = problem.past.until_day - HELD_OUT * (problem.past.until_day - problem.past.first_day)
    later = problem.past.between(cut, problem.past.until_day)
    if len(later) < ENOUGH_LATER:
        return [whole], ""
    earlier = _earlier(problem, cut)
    old = model_of(earlier)
    stock = stock_of(_unowned(old), np.zeros(old.allowance_h.size))
    held = _history(
        problem, old, later, {"a plan of that day": stock, **_own(problem, model)},
        "The plan knew only what came before; prices, lead times and contracts are those of today. "
        "Our own levels are of today and may have been set with hindsight.",
    )  # fmt: skip
    return [whole, held], ""


def _unowned(model: Model) -> Model:
    """A plan of another day cannot know what lay there: it starts from nothing, piece by piece."""
    none = np.zeros_like(model.owned)
    return replace(model, owned=none, pack=np.ones_like(model.pack), least_order=none)


def _earlier(problem: Problem, cut: float) -> Problem:
    past = problem.past.between(problem.past.first_day, cut)
    ratio = past.years / problem.past.years
    cells = replace(problem.cells, piece_years=problem.cells.piece_years * ratio)
    many = len(problem.parts)
    older = ageing(problem.fleet, past, many)
    guess = forecast(cells, past, many, len(problem.places), Priors(), older)
    return replace(problem, past=past, cells=cells, forecast=guess)


def _own(problem: Problem, model: Model) -> dict[str, Whole]:
    """Our own maximum, refilled piece by piece: kinder than the rule behind it."""
    own = problem.holdings.order_up_to
    if not np.isfinite(own).any():
        own = problem.holdings.reorder_point + 1
    if not np.isfinite(own).any():
        return {}
    return {"our own levels": as_stock(np.nan_to_num(own).astype(np.int64))}


def _history(
    problem: Problem, model: Model, past: Past, stocks: dict[str, Whole], caution: str
) -> History:
    part, place, when = _units(past, model.lot)
    chain = replace(model.chain(), cv=np.zeros(3))
    scored = []
    for name, stock in stocks.items():
        found = replay.relive(
            chain, model.in_lots(stock), part, place, when, begin=0.0, end=past.years,
            value=model.waiting, batches=10,
        )  # fmt: skip
        lot = model.lot[:, None]
        missing = found.backorders[:, 1:] * lot
        met, came = (one[:, 1:] * lot for one in (found.at_once, found.demands))
        scored.append(
            Scored(
                name, float(met.sum() / max(came.sum(), 1.0)),
                float((missing * model.standing).sum() * 8760),
                float((missing * model.waiting).sum()), int(stock.sum()),
                float((stock.sum(axis=1) * model.cost).sum()),
            )
        )  # fmt: skip
    first = next(iter(stocks.values()))
    expected = model.levels(first).fill[:, 1:]
    n = max(part.size, 1)
    fill = float(expected[part, place].sum() / n)
    low, high = _range(fill, n)
    return History(
        past.first_day, past.until_day, len(past), tuple(scored), fill, low, high, caution
    )


def _range(fill: float, n: int) -> tuple[float, float]:
    """Where the share of n pieces should fall in 95 of 100 such stretches (Clopper–Pearson)."""
    from scipy import special  # its import costs more than most plans

    met = fill * n
    low = float(special.betaincinv(met, n - met + 1, 0.025)) if met > 0 else 0.0
    high = float(special.betaincinv(met + 1, n - met, 0.975)) if met < n else 1.0
    return low, high


def _units(past: Past, lot: Whole) -> tuple[Whole, Whole, Floats]:
    """One row a lot, in years from the start; a demand without a place is asked for at the depot.

    Pieces that come together are asked for together; of a lot, when half of it was.
    """
    number = np.maximum(np.round(past.pieces), 1).astype(np.int64)
    size = lot[past.part]
    if (size > 1).any():
        number = _lots(past, number, size)
    part = np.repeat(past.part, number)
    place = np.repeat(np.maximum(past.place, 0), number)
    when = np.repeat((past.day + 0.5 - past.first_day) / YEAR, number)
    return part, place, when


def _lots(past: Past, number: Whole, size: Whole) -> Whole:
    """Count the lots that each demand completes of its part at its place, from half a lot on."""
    order = np.lexsort((past.day, past.place, past.part))
    part, place, size = past.part[order], past.place[order], size[order]
    upto = np.cumsum(number[order])
    fresh = np.append(True, (np.diff(part) != 0) | (np.diff(place) != 0))
    before = upto - number[order]
    base = np.maximum.accumulate(np.where(fresh, before, 0))
    found = np.empty_like(number)
    found[order] = (upto - base + size // 2) // size - (before - base + size // 2) // size
    return found
