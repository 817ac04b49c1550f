"""Machine code that an earlier process made, kept beside Python's own and taken up unchanged."""

import hashlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

COMPILER = str(Path(__file__).with_name("machine_code.py"))
"""What makes the code: another one may make other code."""


class KeptCode:
    """A file with the code of one function, as Python keeps its own beside a module.

    It begins with the sum of all that the code was made of: the modules that it comes from, the
    compiler and the processor; then comes its own sum. With another one it is not there.
    """

    def __init__(self, entry: Callable[..., Any], others: Sequence[Callable[..., Any]]) -> None:
        """Reckon the sum; nothing is read yet."""
        files = {sys.modules[one.__module__].__file__ or "" for one in (entry, *others)}
        self.file = Path(importlib.util.cache_from_source(str(inspect.getsourcefile(entry))))
        self.file = self.file.with_suffix(f".{entry.__name__}.o")
        told = [llvmlite.__version__, llvm.get_process_triple(), llvm.get_host_cpu_name()]
        told.append(llvm.get_host_cpu_features().flatten())
        sums = [hashlib.sha256(repr(told).encode()).digest()]
        sums += [_sum_of(file) for file in (COMPILER, *sorted(files))]
        self.sum = hashlib.sha256(b"".join(sums)).digest()

    def read(self) -> bytes | None:
        """This will give the code; None where there is none that is as it was written."""
        try:
            found = self.file.read_bytes()
        except OSError:
            return None
        size = len(self.sum)
        code = found[2 * size :]
        right = self.sum + hashlib.sha256(code).digest()
        return code if found[: 2 * size] == right else None

    def write(self, code: bytes) -> None:
        """This will keep the code where Python keeps its own, and if it does."""
        if sys.dont_write_bytecode:
            return
        fresh = self.file.with_suffix(f".{os.getpid()}")
        try:
            self.file.parent.mkdir(exist_ok=True)
            fresh.write_bytes(self.sum + hashlib.sha256(code).digest() + code)
            fresh.replace(self.file)  # at once: others may be reading it
        except OSError:  # not ours to write to: it is compiled again
            fresh.unlink(missing_ok=True)


def _sum_of(file: str) -> bytes:
    """The sum of a module's source; that of chance where there is none, so that nothing is kept."""
    try:
        return hashlib.sha256(Path(file).read_bytes()).digest()
    except OSError:
        return os.urandom(32)
