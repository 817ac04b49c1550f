"""The exchange curve: money in stock against waiting, with today and the plan on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned, reckon
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS, Problem
from wellkept.study.planning.solve import Solution

Whole = NDArray[np.int64]
DRAWN, LARGE, JUDGED, JUDGED_LARGE = 60, 40_000, 9, 3


@dataclass(frozen=True, slots=True)
class Point:
    """One stock: what it costs, what waiting costs a year, and how far promises are in danger.

    `availability` is the share of asset time not lost to missing parts; `at_risk` contracts with
    more than one year in ten beyond the allowance; `risk` per contract, None where no allowance is
    agreed. All three are None on points that were only drawn.
    """

    stock_value: float
    waiting: float
    availability: float | None = None
    at_risk: int | None = None
    risk: tuple[float | None, ...] | None = None


def point(problem: Problem, model: Model, found: Reckoned, weights: Floats) -> Point:
    """This will place a reckoned stock on the plane of the curve."""
    missing = found.levels.backorders[:, 1:]
    return Point(
        float((found.stock.sum(axis=1) * model.cost).sum()),
        float((missing * model.value(weights)).sum()),
        availability(problem, found),
        int((np.nan_to_num(found.risk) > 0.1).sum()),
        tuple(None if np.isnan(one) else float(one) for one in found.risk),
    )


def availability(problem: Problem, found: Reckoned) -> float | None:
    """This will give the share of asset time not lost to missing parts; None without assets."""
    assets = int(problem.base.wanting.sum())
    return max(0.0, 1.0 - found.standing_h / (HOURS * assets)) if assets else None


def drawn(problem: Problem, model: Model, found: Solution) -> list[Point]:
    """This will take points of the curve, evenly by money, and judge some of them in full."""
    curve = found.curve
    steps = int(curve.item.size)
    if steps == 0:
        return []
    spent = curve.spent
    wanted = np.linspace(0, 1, DRAWN) ** 2 * spent[-1]
    at = np.unique(np.clip(np.searchsorted(spent, wanted), 0, steps))
    large = model.rate.size > LARGE
    count = JUDGED_LARGE if large else JUDGED
    judged = set(np.unique(at[np.linspace(0, at.size - 1, count).round().astype(int)]).tolist())
    made = []
    for step in at.tolist():
        if step in judged:
            made.append(point(problem, model, reckon(model, curve.stock(step)), found.weights))
        else:
            made.append(Point(float(spent[step]), float(curve.left[step])))
    return made
