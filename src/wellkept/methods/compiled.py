"""Kernels: loops over units, bases and events that Numba turns into machine code at first use.

The code is kept between runs. Numba looks for a folder in this order: the one named by the
environment's NUMBA_CACHE_DIR, `__pycache__` beside the module, the user's own cache folder. A
package folder that cannot be written (a system-wide or signed installation) is therefore no
trouble; where none of the three can be written the kernel is compiled anew in each process (some
seconds), and gives the same numbers.

A kernel is compiled for each kind of argument that it meets, and an array that may not be written
to, or a constant that stands in the call, is a kind of its own: give writable arrays, and call
with `int(CONSTANT)` where a kernel calls another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a function over numbers and arrays into machine code, kept on disk where possible.

    Other threads of Python go on beside it.
    """
    return _compiled(function)


def woven_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a small function into a `kernel` that becomes part of whatever calls it."""
    return _compiled(function, forceinline=True)


def _compiled(function: Callable[P, R], **how: Any) -> Callable[P, R]:
    try:
        return cast("Callable[P, R]", numba.njit(cache=True, nogil=True, **how)(function))
    except RuntimeError as refused:
        if "cannot cache" not in str(refused):
            raise
        return cast("Callable[P, R]", numba.njit(nogil=True, **how)(function))


@kernel
def _nothing() -> None:
    """Do nothing, for Numba to load what its first kernel needs."""


def ready() -> None:
    """Load what takes longest at the first kernel, so that a thread can do it beforehand."""
    _nothing()
