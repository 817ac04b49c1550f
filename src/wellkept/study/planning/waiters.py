"""Who waits if a part is missing at a place: the customer and contract it matters most to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import Problem

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waiter:
    """The one who bears most of a missing piece; `others` more customers share the demand."""

    customer: str | None
    contract: str | None
    asset: str | None
    consequence: str
    cost_h: float
    others: int


class Waiters:
    """Looks up who waits, by part and place."""

    def __init__(self, problem: Problem, model: Model, weights: Floats) -> None:
        """Rank the cells of each part and place by what an hour of them costs."""
        self.problem = problem
        order = np.lexsort((problem.cells.place, problem.cells.part))
        self._asset = problem.cells.asset[order]
        self._model = model
        risk = np.append(np.nan_to_num(weights), 0.0)
        fine = np.append(model.penalty_h, 0.0)
        at = model.cell_contract
        self._hour = model.cell_cost_h + fine[at] * risk[at]
        self._weight = model.cell_share * model.cell_stops * self._hour
        key = model.cell_part * len(problem.places) + model.cell_place
        number: dict[str | None, int] = {}
        self._who = np.array(
            [number.setdefault(self._customer(row), len(number)) for row in range(order.size)],
            np.int64,
        )
        self._customers = list(number)
        self._begin = np.searchsorted(key, np.arange(len(problem.parts) * len(problem.places) + 1))

    def of(self, part: int, place: int) -> Waiter | None:
        """This will name who bears most of a piece missing at a place; None where nobody asks."""
        at = part * len(self.problem.places) + place
        return self._named(np.arange(self._begin[at], self._begin[at + 1]))

    def of_part(self, part: int, among: Whole) -> Waiter | None:
        """This will name who bears most of a missing piece among some places."""
        key = part * len(self.problem.places) + among
        return self._named(
            np.concatenate([np.arange(self._begin[at], self._begin[at + 1]) for at in key])
        )

    def _named(self, rows: np.ndarray) -> Waiter | None:
        if not rows.size:
            return None
        who, began, code = np.unique(self._who[rows], return_index=True, return_inverse=True)
        borne = np.bincount(code, weights=self._weight[rows])
        first = min(range(who.size), key=lambda one: (-borne[one], began[one]))
        theirs = rows[code == first]
        row = int(theirs[np.argmax(self._weight[theirs])])
        asset, contract = int(self._asset[row]), int(self._model.cell_contract[row])
        return Waiter(
            customer=self._customers[who[first]],
            contract=self.problem.agreed.numbers[contract] if contract >= 0 else None,
            asset=self.problem.base.assets[asset].number if asset >= 0 else None,
            consequence=self.problem.base.classes[asset] if asset >= 0 else "unknown",
            cost_h=float(self._hour[row]),
            others=int(who.size) - 1,
        )

    def _customer(self, row: int) -> str | None:
        asset = int(self._asset[row])
        if asset < 0:
            return None
        contract = int(self._model.cell_contract[row])
        own = self.problem.base.assets[asset].customer
        return own or (self.problem.agreed.customers[contract] if contract >= 0 else None)
