"""What must be known before a plan is believed: figures that rest on nothing written anywhere."""

from __future__ import annotations

import numpy as np

from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.problem import Problem
from wellkept.study.planning.speech import figure

MOST = 0.5
"""From such a share of the parts on, a stand-in is said first, and not only among assumptions."""


def doubts(folder: PlanFolder, problem: Problem) -> list[str]:
    """This will say in whole sentences what the plan lacks most; nothing where it lacks nothing."""
    return [*_prices(problem), *_leads(problem), *_shelves(problem), *_days(problem),
            *_strangers(folder)]  # fmt: skip


def _prices(problem: Problem) -> list[str]:
    guessed = problem.supply.cost_guessed
    if guessed.mean() < MOST:
        return []
    value = f"{figure(float(problem.supply.unit_cost[guessed][0]))} {problem.currency or ''}"
    return [
        f"{_how_many(guessed, 'a price')}: {value.strip()} stands in for each. Sums of money, and "
        "what is worth holding, say little until a list has a column with the price of a piece."
    ]


def _leads(problem: Problem) -> list[str]:
    guessed = problem.supply.lead_guessed
    if guessed.mean() < MOST:
        return []
    value = figure(float(problem.supply.lead_days[guessed][0]))
    return [
        f"{_how_many(guessed, 'a lead time')}: {value} days stand in for each. A list with a "
        "column “lead time” mends it."
    ]


def _how_many(guessed: np.ndarray, what: str) -> str:
    many, count = int(guessed.sum()), guessed.size
    if many == count:
        return f"No part has {what} in these files"
    return f"{many:,} of {count:,} parts have no {what.removeprefix('a ')} in these files"


def _shelves(problem: Problem) -> list[str]:
    if problem.holdings.known:
        return []
    return [
        "No list says how many pieces lie where (a column such as “on hand”): today's stock is not "
        "known, so the plan says what to hold, and buying starts from nothing."
    ]


def _days(problem: Problem) -> list[str]:
    if len(problem.past):
        return []
    return [
        "No request has a day: need is what the lists say of it, and the past cannot be played "
        "again to prove the plan."
    ]


def _strangers(folder: PlanFolder) -> list[str]:
    """Requests for parts that no list knows: the files may number parts in two ways."""
    known = {text for rows in folder.of("part") for text in rows.texts("part") if text}
    found = []
    for rows in folder.of("demand"):
        asked = {text for text in rows.texts("part") if text}
        if known and asked and len(asked & known) < MOST * len(asked):
            found.append(
                f"{rows.file.name}: {len(asked - known):,} of the {len(asked):,} parts in "
                f"‘{rows.header['part']}’ are in no list of parts: price and lead time of them are "
                "assumed. Are they numbered otherwise there?"
            )
    return found
