"""Kernels: loops over units, bases and events that Numba turns into machine code at first use.

The code is kept between runs. Numba looks for a folder in this order: the one named by the
environment's NUMBA_CACHE_DIR, `__pycache__` beside the module, the user's own cache folder. A
package folder that cannot be written (a system-wide or signed installation) is therefore no
trouble; where none of the three can be written the kernel is compiled anew in each process (some
seconds), and gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a function over numbers and arrays into machine code, kept on disk where possible."""
    return _compiled(function)


def free_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a function into a `kernel` beside which other threads of Python go on."""
    return _compiled(function, nogil=True)


def woven_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a small function into a `free_kernel` that becomes part of whatever calls it."""
    return _compiled(function, nogil=True, forceinline=True)


def _compiled(function: Callable[P, R], **how: Any) -> Callable[P, R]:
    try:
        return cast("Callable[P, R]", numba.njit(cache=True, **how)(function))
    except RuntimeError as refused:
        if "cannot cache" not in str(refused):
            raise
        return cast("Callable[P, R]", numba.njit(**how)(function))
