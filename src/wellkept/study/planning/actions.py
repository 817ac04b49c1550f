"""What to do next: pieces to buy, to move, and to let go, the most valuable for its money first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned
from wellkept.study.planning.model import Model, by_place
from wellkept.study.planning.problem import Problem
from wellkept.study.planning.solve import Solution
from wellkept.study.planning.speech import money, pieces

Whole = NDArray[np.int64]
SHOWN = 10
"""So many of each kind are told; the table holds all."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `saves` is money a year, `money` what is spent (buy) or freed (release).

    `origin` and `goal` are places; None where there is none, or where several share it.
    """

    kind: str  # buy | move | release
    part: int
    pieces: int
    origin: int | None
    goal: int | None
    money: float
    saves: float
    sentence: str


def buys(problem: Problem, model: Model, found: Solution) -> list[Action]:
    """This will list the purchases of the plan, by what a unit of money saves in a year.

    Steps of one part for one place are one purchase.
    """
    curve = found.buying
    chosen = (
        np.arange(curve.item.size)
        if found.bought is None
        else np.array([*range(found.bought.steps), *found.bought.more], np.int64)
    )
    sums: dict[tuple[int, int], list[float]] = {}
    for step in chosen:
        key = (int(curve.item[step]), int(curve.location[step]))
        known = sums.setdefault(key, [0.0, 0.0, 0.0])
        known[0] += float(curve.units[step])
        known[1] += float(curve.money[step])
        known[2] += float(curve.gain[step])
    target, made = by_place(found.stock), list[Action]()
    for (part, location), (number, spent, gain) in sums.items():
        goal = None if location < 0 else max(location - 1, 0)
        saves = gain - number * model.holding_share * float(model.cost[part])
        text = _bought(problem, part, int(number), goal, spent, saves, target)
        made.append(Action("buy", part, int(number), None, goal, spent, saves, text))
    return sorted(made, key=lambda one: (-one.saves / one.money, one.part))


def _bought(
    problem: Problem,
    part: int,
    number: int,
    goal: int | None,
    cost: float,
    saves: float,
    target: Whole,
) -> str:
    name = problem.names[part]
    if len(problem.places) == 1:
        where = ""
    elif goal is not None:
        where = f" for {problem.places.names[goal]}"
    else:
        at = [problem.places.names[j] for j in np.flatnonzero(target[part])]
        where = f" (its pieces then lie best at {', '.join(at[:3])}{' …' if len(at) > 3 else ''})"
    return (
        f"Buy {number:,} {name} ({problem.parts.numbers[part]}){where}: "
        f"{money(cost, problem.currency)} saves {money(saves, problem.currency)} a year."
    )


def moves_of(
    problem: Problem, model: Model, found: Solution, today: Reckoned, worth: Floats
) -> list[Action]:
    """This will list pieces that lie at one place and are worth more at another."""
    target, here = by_place(found.stock), problem.holdings.position
    better = (today.levels.backorders - found.reckoned.levels.backorders)[:, 1:] * worth
    for upper in model.upper:  # what its places no longer wait for, where they get nothing else
        under = model.below(int(upper))[1:]
        got = np.where(target[:, under] > here[:, under], 0.0, better[:, under])
        better[:, upper] += got.sum(axis=1)
    made: list[Action] = []
    for part in range(model.parts):
        short = np.maximum(target[part] - here[part], 0)
        spare = np.maximum(here[part] - target[part], 0)
        for goal in np.flatnonzero(short)[np.argsort(-better[part][np.flatnonzero(short)])]:
            for origin in np.argsort(-spare):
                number = int(min(short[goal], spare[origin]))
                if number == 0:
                    continue
                part_saved = (
                    max(float(better[part, goal]), 0.0)
                    * number
                    / int(max(target[part, goal] - here[part, goal], 1))
                )
                short[goal] -= number
                spare[origin] -= number
                made.append(_moved(problem, part, number, int(origin), int(goal), part_saved))
    return sorted(made, key=lambda one: (-one.saves, one.part))


def _moved(
    problem: Problem, part: int, number: int, origin: int, goal: int, saves: float
) -> Action:
    names = problem.places.names
    text = (
        f"Move {number:,} {problem.names[part]} ({problem.parts.numbers[part]}) from "
        f"{names[origin]} to {names[goal]}: saves {money(saves, problem.currency)} a year there."
    )
    return Action("move", part, number, origin, goal, 0.0, saves, text)


def releases(
    problem: Problem, model: Model, found: Solution, today: Reckoned, worth: Floats,
    moved: list[Action], kept: Mapping[int, int] | None = None,
) -> list[Action]:  # fmt: skip
    """This will list what lies without a reason, the most money a year first.

    `kept` are the pieces of parts that will no longer be made: so many are still needed.
    """
    target, here = by_place(found.stock), problem.holdings.position.copy()
    for move in moved:
        here[move.part, move.origin or 0] -= move.pieces
        here[move.part, move.goal or 0] += move.pieces
    more = ((found.reckoned.levels.backorders - today.levels.backorders)[:, 1:] * worth).sum(axis=1)
    made: list[Action] = []
    for part in np.flatnonzero(here.sum(axis=1) > target.sum(axis=1)):
        needed = max(int(target[part].sum()), (kept or {}).get(int(part), 0))
        number = int(here[part].sum()) - needed
        if number <= 0:
            continue
        origin = int(np.argmax(here[part] - target[part]))
        freed = number * float(model.cost[part])
        saves = freed * model.holding_share - max(float(more[part]), 0.0)
        made.append(_released(problem, int(part), number, origin, freed, saves))
    return sorted(made, key=lambda one: (-one.saves, one.part))


def _released(
    problem: Problem, part: int, number: int, origin: int, freed: float, saves: float
) -> Action:
    at = f", most of them at {problem.places.names[origin]}" if len(problem.places) > 1 else ""
    text = (
        f"Let go of {pieces(number)} of {problem.names[part]} ({problem.parts.numbers[part]}){at}: "
        f"frees {money(freed, problem.currency)}, saves {money(saves, problem.currency)} a year."
    )
    return Action("release", part, number, origin, None, freed, saves, text)
