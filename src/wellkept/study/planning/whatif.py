"""What if: one number changed, the plan made again with the weights as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import echelons
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned, reckon, reckon_again
from wellkept.study.planning.model import Model, by_place
from wellkept.study.planning.problem import YEAR_DAYS, Problem
from wellkept.study.planning.solve import Solution, allocate, stock_of

Whole = NDArray[np.int64]
FIELDS = {
    "lead_days": "part",
    "unit_cost": "part",
    "need": "part",
    "downtime_cost_h": "part",
    "transit_days": "place",
    "allowance_h": "contract",
    "penalty_h": "contract",
    "holding_share": "",
}
"""What can be changed, and what may be named after it; without a name, all are meant."""
_ASKED = re.compile(r"\s*(\w+)\s*(?::\s*(.+?))?\s*=\s*(x?)\s*([0-9]*\.?[0-9]+)\s*")


class NoSuchCase(ValueError):
    """A what-if cannot be read; the sentence says what it may be."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One what-if: as asked, and what the plan would be then."""

    asked: str
    reckoned: Reckoned
    stock: Whole
    stock_value: float
    changed: int


def what_if(problem: Problem, model: Model, found: Solution, asked: str,
            budget: float | None = None) -> Case:  # fmt: skip
    """This will plan again with one number changed and the weights of the plan frozen.

    `asked`: "lead_days:VS-20=14", "need=x1.2" (times), "penalty_h:SC-301=0"; see FIELDS.
    Raises NoSuchCase for a field or a name that is not there.
    """
    other = changed(problem, model, asked)
    network = other.network()
    stock = _stock(model, other, found, budget, network)
    reckoned = _reckoned(model, other, found, stock, network)
    return Case(
        asked, reckoned, stock, float((stock.sum(axis=1) * other.cost).sum()),
        int((by_place(stock) != by_place(found.stock)).sum()),
    )  # fmt: skip


def _stock(
    model: Model, other: Model, found: Solution, budget: float | None, network: echelons.Network
) -> Whole:
    """Allocate again; without a budget parts do not touch each other, so only the changed ones."""
    touched = _touched(model, other)
    if budget is not None:
        return allocate(other, found.weights, budget, network)[4]
    if touched.size > model.parts // 2:
        return stock_of(other, found.weights, network)
    stock = found.stock.copy()
    if touched.size:
        stock[touched] = stock_of(other.only(touched), found.weights)
    return stock


def _reckoned(
    model: Model, other: Model, found: Solution, stock: Whole, network: echelons.Network
) -> Reckoned:
    """Reckon only what changed, where that is little."""
    moved = np.flatnonzero((stock != found.stock).any(axis=1))
    parts = np.union1d(_touched(model, other), moved)
    if parts.size > model.parts // 4:
        return reckon(other, stock, network)
    return reckon_again(other, stock, network, found.reckoned, parts)


def _touched(model: Model, other: Model) -> Whole:
    """List the parts whose own stock may change; all where what all of them share is another."""
    shared = ("transit", "allowance_h", "penalty_h", "holding_share")
    if any(getattr(model, name) is not getattr(other, name) for name in shared):
        return np.arange(model.parts)
    own = np.stack([
        (getattr(model, name) != getattr(other, name)).reshape(model.parts, -1).any(axis=1)
        for name in ("lead", "cost", "rate", "waiting")
    ])  # fmt: skip
    return np.flatnonzero(own.any(axis=0))


def changed(problem: Problem, model: Model, asked: str) -> Model:
    """This will change one number of the model, as asked in words."""
    read = _ASKED.fullmatch(asked)
    if read is None or read[1] not in FIELDS:
        close = get_close_matches((read[1] if read else asked).split("=")[0], FIELDS, n=1)
        hint = f"; did you mean {close[0]}?" if close else "."
        raise NoSuchCase(
            f"--what-if {asked}: not understood{hint} Write FIELD=NUMBER, FIELD:NAME=NUMBER or "
            f"FIELD=x1.5 (times), FIELD being one of {', '.join(FIELDS)}."
        )
    field, name, times, number = read[1], read[2], bool(read[3]), float(read[4])
    which = _which(problem, asked, field, name)
    return _set(model, field, which, times, number)


def _which(problem: Problem, asked: str, field: str, name: str | None) -> Whole:
    kind = FIELDS[field]
    known = {
        "part": problem.parts.place,
        "place": problem.places.place,
        "contract": problem.agreed.place,
        "": {},
    }[kind]
    if name is None:
        return np.unique(np.array(list(known.values()), np.int64)) if known else np.empty(0, int)
    if name not in known:
        close = get_close_matches(name, known, n=1, cutoff=0.3)
        hint = f"; did you mean {close[0]}?" if close else "."
        thing = f"no {kind} {name}" if kind else f"nothing to name ({name})"
        raise NoSuchCase(f"--what-if {asked}: there is {thing}{hint}")
    return np.array([known[name]], np.int64)


def _set(model: Model, field: str, which: Whole, times: bool, number: float) -> Model:
    def put(values: Floats, unit: float = 1.0) -> Floats:
        found = values.copy()
        found[which] = found[which] * number if times else number / unit
        return found

    if field == "lead_days":
        return replace(model, lead=put(model.lead, YEAR_DAYS))
    if field == "unit_cost":
        return replace(model, cost=np.maximum(put(model.cost), 1e-6))
    if field == "transit_days":
        return replace(model, transit=put(model.transit, YEAR_DAYS))
    if field == "allowance_h":
        return replace(model, allowance_h=put(model.allowance_h))
    if field == "penalty_h":
        return replace(model, penalty_h=put(model.penalty_h))
    if field == "holding_share":
        share = model.holding_share * number if times else number
        return replace(model, holding_share=max(share, 1e-6))
    return _needed(model, which, times, number) if field == "need" else _dearer(
        model, which, times, number
    )  # fmt: skip


def _needed(model: Model, which: Whole, times: bool, number: float) -> Model:
    """Pieces a year of a part, all places together."""
    rate = model.rate.copy()
    total = np.maximum(rate[which].sum(axis=1, keepdims=True), 1e-12)
    rate[which] *= number if times else number / total
    return replace(model, rate=rate)


def _dearer(model: Model, which: Whole, times: bool, number: float) -> Model:
    """What an hour costs of an asset that stands for a part."""
    meant = np.isin(model.cell_part, which)
    cost = np.where(meant, model.cell_cost_h * number if times else number, model.cell_cost_h)
    waiting = np.zeros_like(model.waiting)
    np.add.at(
        waiting, (model.cell_part, model.cell_place),
        8760.0 * model.cell_share * model.cell_stops * cost,
    )  # fmt: skip
    return replace(model, waiting=waiting, cell_cost_h=cost)
