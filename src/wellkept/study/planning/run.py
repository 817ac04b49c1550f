"""The whole plan of a folder: gathered, solved, explained, proved, as one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from wellkept.methods.side_by_side import LEAST, together
from wellkept.study.planning import document as doc
from wellkept.study.planning.actions import SHOWN, Action, buys, moves_of, releases
from wellkept.study.planning.cells import DAY_S
from wellkept.study.planning.curve import availability, drawn, point
from wellkept.study.planning.doubts import doubts
from wellkept.study.planning.evaluate import Reckoned, reckon
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.last_buys import LastBuy, last_buys, paid_for
from wellkept.study.planning.learn import lessons
from wellkept.study.planning.lines import UNIT_BY_UNIT, Unit, units
from wellkept.study.planning.model import Model, as_stock, by_place, model_of
from wellkept.study.planning.problem import Problem, gather
from wellkept.study.planning.promises import hidden, promises
from wellkept.study.planning.proof import compared, replayed
from wellkept.study.planning.sensitivity import leanings
from wellkept.study.planning.solve import Solution, solve
from wellkept.study.planning.waiters import Waiters
from wellkept.study.planning.whatif import Case, what_if

RANKED = 20
LINES = 5_000
"""A document lists so many lines at most, those that save most; the table holds all of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan with everything it rests on."""

    problem: Problem
    model: Model
    found: Solution
    now: Reckoned | None
    moved: list[Action]
    released: list[Action]
    bought: list[Action]
    pieces: list[Unit]
    last: list[LastBuy]
    cases: list[Case]


def until_day(folder: PlanFolder, asked_s: int | None, now_s: int) -> float:
    """This will give the first day that no longer counts, in days since 1970.

    What was asked wins over the recipe; else it is the day after the last one that the records
    name, as far as it is past.
    """
    if asked_s is not None:
        return float(-(-asked_s // DAY_S))
    stated = folder.recipe.until
    if isinstance(stated, datetime):
        moment = stated if stated.tzinfo else stated.replace(tzinfo=UTC)
        return float(-(-int(moment.timestamp()) // DAY_S))
    if stated is not None:
        return float(np.datetime64(stated.isoformat(), "D").astype(np.int64)) + 1
    tomorrow = now_s // DAY_S + 1
    days = [
        rows.days(role)
        for table, roles in (("demand", ("date",)), ("purchase", ("ordered", "received")))
        for rows in folder.of(table)
        for role in roles
    ]
    ends = [one.until_day - 1 for one in folder.wide]
    known = np.concatenate([*days, np.array([np.nan, *ends])])
    known = known[known < tomorrow]
    return float(known.max()) + 1 if known.size else float(tomorrow)


def make(
    folder: PlanFolder, until_day: float, *, budget: float | None = None,
    asked: Sequence[str] = (),
) -> Plan:  # fmt: skip
    """This will plan a folder as of the end of the day before `until_day`.

    Raises Unreadable where nothing can be planned, BudgetTooSmall and NoSuchCase for what was
    asked in vain.
    """
    problem = gather(folder, until_day)
    model, found, last, budget = _bought(problem, budget)
    _rests_on(problem, model, found)
    bought = buys(problem, model, found)
    now = None
    moved: list[Action] = []
    released: list[Action] = []
    if problem.holdings.known:
        now = reckon(model, as_stock(problem.holdings.position))
        worth = model.value(now.risk)
        moved = moves_of(problem, model, found, now, worth)
        kept = {one.part: one.wanted for one in last}
        released = releases(problem, model, found, now, worth, moved, kept)
    return Plan(
        problem, model, found, now, moved, released, bought,
        units(problem, model, found.reckoned, Waiters(problem, model, found.weights)), last,
        [what_if(problem, model, found, one, budget) for one in asked],
    )  # fmt: skip


LARGE_SIZES, FAR_ALLOWED = 3.0, 2.5
"""From so many pieces a request (E[q²] ÷ E[q]), and from an allowance of so many times the hours
that are expected, the form of a law matters that is known by its first moments alone."""


def _rests_on(problem: Problem, model: Model, found: Solution) -> None:
    """This will say what the laws themselves assume, and of which parts and contracts."""
    numbers = problem.parts.numbers
    large = np.flatnonzero(model.lot > 1)
    problem.priors.assume(
        "lot", float(model.lot.max(initial=1)), "pieces",
        "so many are asked for within a resupply time that the plan counts them in lots, of so "
        "many pieces at most", [numbers[part] for part in large], large.size,
    )  # fmt: skip
    lumpy = np.flatnonzero(model.lumps > LARGE_SIZES)
    problem.priors.assume(
        "request_sizes", float((model.lumps.max(initial=1) + 1) / 2), "pieces",
        "pieces are asked for many at a time, in requests of so many at most on average; their "
        "sizes are taken as geometric: where all are alike a plan with few missing foretells some "
        "15 % too many, where a few are large and most of one piece some 10 % too few",
        [numbers[part] for part in lumpy], lumpy.size,
    )  # fmt: skip
    far = model.allowance_h > FAR_ALLOWED * np.maximum(found.reckoned.hours, 1e-9)
    problem.priors.assume(
        "allowance_h", FAR_ALLOWED, "times the hours expected",
        "more than that is allowed, so that the chance to exceed it rests on the rarest waits; "
        "played against the law it holds to some 3 % up to there, and was not tried beyond",
        count=int(far.sum()),
    )  # fmt: skip


def _bought(
    problem: Problem, budget: float | None
) -> tuple[Model, Solution, list[LastBuy], float | None]:
    """Solve, with the last orders: they are paid out of the budget, and the stock has the rest.

    What they bring counts as owned by then. Gives the model of that, and what the stock may cost.
    """
    model = model_of(problem)
    found = solve(model, budget)
    value = model.value(found.reckoned.risk)
    last = last_buys(problem, model, value, _missing(model, found))
    if budget is None or not any(one.pieces for one in last):
        return model, found, last, budget
    most = paid_for(problem, model, last, found.buying, budget)
    owned = model.owned.copy()
    for part, number in most.items():
        owned[part] += number
        budget -= number * float(model.cost[part])
    richer = replace(model, owned=owned)
    found = solve(richer, max(budget, 0.0))
    return richer, found, last_buys(problem, model, value, _missing(model, found), most), budget


def _missing(model: Model, found: Solution) -> dict[int, int]:
    """By part, the pieces that the stock needs beyond what is owned."""
    short = np.maximum(found.stock.sum(axis=1) - model.owned, 0)
    return {int(part): int(short[part]) for part in np.flatnonzero(short)}


def document(folder: PlanFolder, plan: Plan, *, budget: float | None) -> dict[str, Any]:
    """This will give the plan document (docs/reference/plan-document.md)."""
    problem, found = plan.problem, plan.found
    curve, (proof, learned, (leaning, asked_of)) = _reckoned(plan)
    made: dict[str, Any] = {
        "contract": doc.CONTRACT,
        "until": doc.day(problem.until_day - 1),
        "currency": problem.currency,
        "budget": budget,
        "holding_share": problem.holding_share,
        "doubts": [{"sentence": one} for one in doubts(folder, problem)],
        "source": doc.source(folder),
        "scope": _scope(problem),
        "now": None if plan.now is None else _standing(plan, plan.now),
        "plan": {**_standing(plan, found.reckoned), "simulated": found.simulated.total},
        "passes": [asdict(one) for one in found.passes],
        "curve": curve,
        "buys": [doc.action(problem, one) for one in plan.bought[:SHOWN]],
        "moves": [doc.action(problem, one) for one in plan.moved[:SHOWN]],
        "releases": [doc.action(problem, one) for one in plan.released[:SHOWN]],
        "last_buys": [doc.last_buy(problem, one) for one in plan.last],
        "totals": _totals(plan),
        "hidden": _hidden(plan),
        "contracts": _contracts(plan),
        "ranking": [doc.unit(problem, one) for one in _last_of_each(plan)[:RANKED]],
        "units": [doc.unit(problem, one) for one in plan.pieces[:LINES]],
        "unit_by_unit": int(found.stock.sum()) <= UNIT_BY_UNIT,
        "learn": [
            {**asdict(one), "part": problem.parts.numbers[one.part],
             "name": problem.names[one.part]}
            for one in learned
        ],
        "assumptions": [
            {**asdict(one.prior), "stock_value": one.stock_value, "low": one.low,
             "high": one.high, "moved_low": one.moved_low, "moved_high": one.moved_high}
            for one in leaning
        ],
        "assumptions_asked_of": asked_of,
        "proof": proof,
        "floors": _floors(problem),
        "superseded": [
            {"old": one.old, "new": one.new, "ratio": one.ratio, "mode": one.mode,
             "from": doc.day(one.from_day)}
            for one in problem.parts.replaced
        ],
        "what_if": [_case(plan, one) for one in plan.cases],
        "understood": doc.understood(folder, problem),
    }  # fmt: skip
    made = doc.cleaned(made)
    made["reasons"] = doc.reasons(made)
    return made


def _reckoned(plan: Plan) -> tuple[Any, Any]:
    """The curve; and the proof, what to learn first and what is assumed.

    Of few parts no kernel has work for two threads, so that the two halves go side by side.
    """

    def curve() -> Any:
        return _curve(plan)

    def others() -> Any:
        given = (plan.problem, plan.model, plan.found, plan.last)
        return _proof(plan), lessons(*given), leanings(*given)

    if len(plan.problem.parts) >= LEAST:
        return curve(), others()
    first, second = together([curve, others])
    return first, second


def _last_of_each(plan: Plan) -> list[Unit]:
    """What is lost if a piece is taken out of the plan: the last one of each line, worst first."""
    last: dict[tuple[int, int], Unit] = {}
    for one in plan.pieces:
        known = last.get((one.part, one.place))
        if known is None or one.nth > known.nth:
            last[one.part, one.place] = one
    return sorted(last.values(), key=lambda one: (-one.saves_money, one.part, one.place))


def _standing(plan: Plan, found: Reckoned) -> dict[str, Any]:
    return doc.standing(plan.problem, plan.model, found, availability(plan.problem, found))


def _scope(problem: Problem) -> dict[str, Any]:
    return {
        "parts": len(problem.parts),
        "places": doc.places(problem),
        "levels": problem.places.levels_planned,
        "assets": int(problem.base.wanting.sum()),
        "contracts": len(problem.agreed.numbers),
        "demands": len(problem.past),
        "years": problem.past.years,
        "first_day": doc.day(problem.past.first_day),
        "returns": problem.past.returns,
    }


def _curve(plan: Plan) -> dict[str, Any]:
    found, model, problem = plan.found, plan.model, plan.problem
    today = None if plan.now is None else point(problem, model, plan.now, found.weights)
    here = point(problem, model, found.reckoned, found.weights)
    return {
        "points": doc.points(drawn(problem, model, found)),
        "today": None if today is None else doc.points([today])[0],
        "plan": doc.points([here])[0],
    }


def _totals(plan: Plan) -> dict[str, Any]:
    kinds: tuple[tuple[str, Sequence[Action | LastBuy]], ...] = (
        ("buy", plan.bought), ("move", plan.moved), ("release", plan.released),
        ("last_buy", [one for one in plan.last if one.pieces]),
    )  # fmt: skip
    return {
        kind: {"actions": len(many), "pieces": sum(one.pieces for one in many),
               "money": sum(one.money for one in many)}
        for kind, many in kinds
    }  # fmt: skip


def _hidden(plan: Plan) -> list[dict[str, Any]]:
    if plan.now is None:
        return []
    problem = plan.problem
    total = by_place(plan.found.stock).sum(axis=1)
    return [
        {**asdict(one), "part": problem.parts.numbers[one.part],
         "name": problem.names[one.part], "place": problem.places.numbers[one.place]}
        for one in hidden(problem, plan.model, plan.now, total)[:SHOWN]
    ]  # fmt: skip


def _contracts(plan: Plan) -> list[dict[str, Any]]:
    now = plan.now or plan.found.reckoned
    judged = promises(plan.problem, plan.model, now, plan.found.reckoned, plan.found.simulated)
    return [doc.promise(plan.problem, one) for one in judged]


def _proof(plan: Plan) -> dict[str, Any]:
    rows = compared(plan.model, plan.found.reckoned, plan.found.simulated)
    replays, why = replayed(plan.problem, plan.model, plan.found.stock)
    return {
        "runs": int(plan.found.simulated.cost.size),
        "years": plan.found.simulated.played.years,
        "demands": float(plan.found.simulated.played.demands.sum()),
        "compared": [{**asdict(one), "holds": one.holds} for one in rows],
        "replays": [doc.history(one) for one in replays],
        "why_none": why,
    }


def _floors(problem: Problem) -> list[dict[str, Any]]:
    return [
        {"part": problem.parts.numbers[one.part], "place": problem.places.numbers[one.place],
         "pieces": one.pieces, "owner": one.owner, "until": doc.day(one.until_day)}
        for one in problem.holdings.floors
    ]  # fmt: skip


def _case(plan: Plan, case: Case) -> dict[str, Any]:
    found = case.reckoned
    return {
        "asked": case.asked,
        "stock_value": case.stock_value,
        "pieces": int(case.stock.sum()),
        "holding": found.holding,
        "waiting": found.waiting,
        "penalty": found.penalty,
        "total": found.total,
        "at_risk": int((np.nan_to_num(found.risk) > 0.1).sum()),
        "lines_changed": case.changed,
        "more_pieces": int(case.stock.sum() - plan.found.stock.sum()),
    }
