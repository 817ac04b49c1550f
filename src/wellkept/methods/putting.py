"""Arrays put into arrays by kernels.

What `found[1:] = amounts` does, too, but for the sentence of its error: to make the words of that
would be compiled into every kernel that puts an array anywhere, and takes longer than most of them.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from wellkept.methods.compiled import inner_kernel


@inner_kernel
def put(given: NDArray[Any], found: NDArray[Any]) -> None:
    """Fill the beginning of found (n + …,) with given (n,)."""
    for k in range(given.size):
        found[k] = given[k]


@inner_kernel
def put_at(rows: NDArray[Any], given: NDArray[Any], found: NDArray[Any]) -> None:
    """Fill the beginning of found with the numbers that stand in some rows of given."""
    for k in range(rows.size):
        found[k] = given[rows[k]]


@inner_kernel
def put_sums(amounts: NDArray[Any], found: NDArray[Any]) -> None:
    """Fill found (n + 1,) behind its first with the sums of the first amounts (n,), of 1 and on."""
    total = 0
    for k in range(amounts.size):
        total += amounts[k]
        found[k + 1] = total
