"""The terms of an allocation: what a missing unit weighs, what units cost, what must be held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.echelons import Network
from wellkept.methods.stocking.columns import amounts, counts

NO_LIMIT = 1 << 40
N = TypeVar("N", np.float64, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Hold checked terms: value (n, m), lower and upper (n, 1 + m), the others (n,).

    All are of the network's lots: the worth and cost of a lot, numbers of whole lots.
    """

    value: Floats
    unit_cost: Floats
    lower: Whole
    upper: Whole
    owned: Whole
    pack: Whole
    minimum_order: Whole

    def slightest(self, rarest: float, floor: float) -> Floats:
        """Give the weighted backorders below which a unit of an item is of no interest."""
        if not 1e-12 <= rarest < 1:
            raise ValueError(
                f"`rarest` is the chance below which a unit is left out, from 1e-12 up to 1;"
                f" {rarest:g} is not."
            )
        dear: Floats = self.value.max(axis=1, initial=0.0)
        return np.maximum(rarest * dear, float(amounts(floor, "floor")) * self.unit_cost)


def terms(
    network: Network,
    value: ArrayLike,
    unit_cost: ArrayLike,
    least: ArrayLike,
    most: ArrayLike | None,
    owned: ArrayLike,
    pack: ArrayLike,
    minimum_order: ArrayLike,
) -> Terms:
    """Give the terms, stretched to items and locations, or say what does not fit."""
    n, m = network.items, network.sites
    lower = _spread(counts(least, "least"), (n, m + 1), "least")
    limit = np.asarray(NO_LIMIT) if most is None else counts(most, "most")
    upper = _spread(limit, (n, m + 1), "most")
    crossed = np.argwhere(lower > upper)
    if crossed.size:
        i, j = crossed[0]
        raise ValueError(
            f"At least {lower[i, j]} and at most {upper[i, j]} units of item {i} are asked for at"
            f" location {j}; no stock is both."
        )
    lot = network.lot
    least_lots = -(-lower // lot[:, None])
    price = _spread(amounts(unit_cost, "unit_cost", above=True), (n,), "unit_cost")
    order = _spread(counts(minimum_order, "minimum_order"), (n,), "minimum_order")
    return Terms(
        value=_spread(amounts(value, "value"), (n, m), "value") * lot[:, None],
        unit_cost=price * lot,
        lower=least_lots,
        upper=np.maximum(upper // lot[:, None], least_lots),
        owned=_spread(counts(owned, "owned"), (n,), "owned") // lot,
        pack=-(-_spread(counts(pack, "pack", least=1), (n,), "pack") // lot),
        minimum_order=-(-order // lot),
    )


def _spread(column: NDArray[N], shape: tuple[int, ...], name: str) -> NDArray[N]:
    try:
        return np.array(np.broadcast_to(column, shape), order="C")  # kernels want it writable
    except ValueError:
        raise ValueError(
            f"{name} has the shape {column.shape} and does not stretch to {shape}, one number for"
            " each item" + (" and location." if len(shape) > 1 else ".")
        ) from None
