"""The machine code of kernels that earlier runs kept, taken up without what makes machine code.

Before Numba looks whether it has kept a kernel it loads all that it knows of Python and NumPy, to
translate them: half a second. What is kept has no more need of it, and where nothing is kept Numba
loads it before it compiles.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.environment import Environment, _rebuild_env
from numba.core.runtime.nrt import rtsys

TRANSLATORS = frozenset({"numba.np.arraymath", "numba.np.npyimpl"})
"""Modules that kernels took code from when they were compiled; the first loads SciPy's algebra, a
tenth of a second and more. They add nothing that machine code would have to find."""

_rebuild: Any = _rebuild_env


class KeptKernels(FunctionCache):
    """Where Numba keeps the code of one function, for each kind of arguments."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """This will find the folder; raises RuntimeError where none can be written."""
        super().__init__(function)
        self._cache_file.__class__ = _Files

    def kinds(self, target_context: Any) -> list[Any]:
        """This will list the kinds of arguments for which this processor's code is kept."""
        code = target_context.codegen()
        kept = self._cache_file._load_index()
        return [key[0] for key in kept if key == self._index_key(key[0], code)]

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """This will give the code for a kind of arguments, None where it is not kept."""
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


class _Files(IndexDataCacheFile):
    def _load_data(self, name: str) -> Any:
        code = (Path(self._cache_path) / name).read_bytes()
        return _Reader(io.BytesIO(code)).load()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        return _surroundings if found is _rebuild else found


def _surroundings(module: str, constants: list[Any], name: str) -> Any:
    """What a function stood in, of which only the constants are read: its module need not load."""
    if module not in TRANSLATORS:
        return _rebuild(module, constants, name)
    found = Environment._memo.get(name)
    if found is None:
        found = Environment({"__name__": module})
        found.consts[:] = constants
        found.env_name = name
        Environment._memo[name] = found
    return found
