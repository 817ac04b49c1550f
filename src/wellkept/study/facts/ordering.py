"""Sorting long columns by several keys at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

BITS = 62
"""What a packed key may take; more keys are sorted one pack after the other."""


def order_by(*keys: NDArray[Any]) -> NDArray[np.int64]:
    """This will give the places of rows in the order of the first key, then of the next, and so on.

    Shapes: integers or flags (n,), not blank; gives (n,). Rows alike in all keys keep their order.
    What stands in stretches that are in order already is only merged.

    >>> order_by(np.array([1, 0, 1]), np.array([70_000, 5, -3]))
    array([1, 2, 0])
    """
    order: NDArray[np.int64] | None = None
    for pack in _packed(keys):
        rest = pack if order is None else pack[order]
        if not np.all(rest[1:] >= rest[:-1]):
            by = np.argsort(rest, kind="stable")
            order = by if order is None else order[by]
    return np.arange(keys[0].size) if order is None else order


def _packed(keys: tuple[NDArray[Any], ...]) -> list[NDArray[np.int64]]:
    """The keys as few numbers, the first of them last: as many as fit go with the first key."""
    packs: list[NDArray[np.int64]] = []
    used = 0
    for key in keys if keys[0].size else ():
        lowest = int(key.min())
        bits = (int(key.max()) - lowest).bit_length()
        if not packs or used + bits > BITS:
            packs.append(np.zeros(key.size, np.int64))
            used = 0
        packs[-1] <<= bits
        packs[-1] += key
        packs[-1] -= lowest
        used += bits
    return packs[::-1]
