"""The plan as a table to import into an ERP: one row a part and place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wellkept.study.planning.last_buys import LastBuy
from wellkept.study.planning.lines import sentence
from wellkept.study.planning.model import by_place
from wellkept.study.planning.problem import Problem
from wellkept.study.planning.run import Plan

HEADER = (
    "part", "description", "location", "refill_from", "minimum", "maximum", "order_in",
    "on_hand_and_on_order", "change", "last_order", "last_order_by", "unit_cost", "currency",
    "never_below", "reason",
)  # fmt: skip


def rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    """This will give a row for every part and place that holds, or should hold, a piece.

    Order when what lies there and is on order falls to `minimum`, in multiples of `order_in`, up to
    `maximum`; `change` is the plan less today. `last_order` pieces are to be bought once, by
    `last_order_by`, for the part will no longer be made. The reason is that of the last piece.
    """
    problem, target = plan.problem, by_place(plan.found.stock)
    today = problem.holdings.position
    said = {(one.part, one.place, one.nth): one for one in plan.pieces}
    bought = problem.supply.pack
    last = {one.part: one for one in plan.last if one.pieces}
    lines = (target > 0) | (today > 0)
    lines[list(last), 0] = True
    for part, place in np.argwhere(lines):
        want = int(target[part, place])
        lot = int(bought[part]) if place == 0 else 1
        unit = said.get((int(part), int(place), want))
        yield (
            problem.parts.numbers[part],
            problem.names[part],
            problem.places.numbers[place],
            _refilled_from(problem, int(place)),
            max(want - 1, 0),
            want + lot - 1 if want else 0,
            lot,
            int(today[part, place]),
            want - int(today[part, place]),
            *_last_order(last.get(int(part)) if place == 0 else None),
            f"{plan.model.cost[part]:.2f}",
            problem.currency or "",
            int(problem.holdings.least[part, place]),
            sentence(problem, unit) if unit else "Nothing here pays for its place." if not want
            else "",
        )  # fmt: skip


def _last_order(one: LastBuy | None) -> tuple[object, object]:
    """The pieces of a last order and its day; blank where there is none."""
    return (one.pieces, np.datetime64(int(one.last_day), "D")) if one else ("", "")


def _refilled_from(problem: Problem, place: int) -> str:
    """The place that this one orders from; suppliers where nothing is above it."""
    if place == 0:
        return "supplier"
    return problem.places.numbers[max(int(problem.places.refilled[place]), 0)]
