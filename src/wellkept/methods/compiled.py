"""Kernels: loops over units, bases and events that Numba turns into machine code at first use.

The code is kept between runs. Numba looks for a folder in this order: the one named by the
environment's NUMBA_CACHE_DIR, `__pycache__` beside the module, the user's own cache folder. A
package folder that cannot be written (a system-wide or signed installation) is therefore no
trouble; where none of the three can be written the kernel is compiled anew in each process (some
seconds), and gives the same numbers.

A kernel is compiled for each kind of argument that it meets, and an array that may not be written
to, or a constant that stands in the call, is a kind of its own: give writable arrays, and call
with `int(CONSTANT)` where a kernel calls another. What a kernel calls is compiled anew within it,
level by level: so `inner_kernel` and `once_kernel` say how little of that there must be, and
arrays are put into arrays by `putting`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

import numba
from numba.core.registry import CPUDispatcher

from wellkept.methods.kept_kernels import KeptKernels

P = ParamSpec("P")
R = TypeVar("R")
_made: list[Any] = []
"""The kernels whose code is kept."""


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a function over numbers and arrays into machine code, kept on disk where possible.

    Other threads of Python go on beside it.
    """
    return _compiled(function)


def inner_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a function into a `kernel` that other kernels call, and Python cannot.

    What takes arguments over from Python is often more code than the function, and would be
    compiled again in each kernel that calls it. A call from Python raises TypeError.
    """
    return _inner(_compiled(function, no_cpython_wrapper=True))


def once_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a function that one other kernel calls into an `inner_kernel` compiled as part of it.

    Alone it would be compiled twice: by itself, and again within the other.
    """
    return _inner(_compiled(function, no_cpython_wrapper=True, inline="always"))


def woven_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Turn a small function into an `inner_kernel` that becomes part of whatever calls it."""
    return _inner(_compiled(function, no_cpython_wrapper=True, forceinline=True))


def _compiled(function: Callable[P, R], **how: Any) -> Callable[P, R]:
    how |= {"nogil": True, "no_cfunc_wrapper": True}
    made: Any = numba.njit(**how)(function)
    if made is not function:  # it is with NUMBA_DISABLE_JIT
        try:
            made._cache = KeptKernels(function)
            _made.append(made)
        except RuntimeError as refused:
            if "cannot cache" not in str(refused):
                raise
    return cast("Callable[P, R]", made)


class _Inner(CPUDispatcher):
    """Stands for a kernel without a way in from Python: to take it would end the process."""

    def __call__(self, *given: object, **named: object) -> NoReturn:
        name = self.py_func.__name__
        raise TypeError(f"{name} is called by other kernels only; give it @kernel.")


def _inner(made: Callable[P, R]) -> Callable[P, R]:
    if isinstance(made, CPUDispatcher):
        made.__class__ = _Inner
    return made


def ready() -> None:
    """Take up what is kept of the kernels imported so far, so that a thread can do it beforehand.

    Nothing is compiled: what will be needed only the call knows.
    """
    for one in [made for made in _made if not isinstance(made, _Inner)]:
        for kind in one._cache.kinds(one.targetctx):
            one.compile(kind)
