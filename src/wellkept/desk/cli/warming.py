"""What takes long to load, loaded in a thread of its own while a command reads its files."""

import importlib
import importlib.util
import sys
import threading
from collections.abc import Sequence

UNASKED = ("f2py", "testing")
"""SciPy copies every name that NumPy has, and so loads its translator of Fortran and its testing,
a tenth of a second and more; nothing here asks for them."""


def warm(modules: Sequence[str]) -> threading.Thread:
    """This will load modules in a thread; where one has `ready`, that is called too.

    A process must wait for the thread before it ends: machine code cannot be taken up while what
    knows how is taken down.
    """

    def load() -> None:
        _at_first_use("numpy", UNASKED)
        for module in map(importlib.import_module, modules):
            if ready := getattr(module, "ready", None):
                ready()

    loading = threading.Thread(target=load, daemon=True)
    loading.start()
    return loading


def _at_first_use(package: str, names: Sequence[str]) -> None:
    """Let parts of a package be loaded when one of their names is first asked for."""
    whole = importlib.import_module(package)
    for name in names:
        full = f"{package}.{name}"
        spec = None if full in sys.modules else importlib.util.find_spec(full)
        if spec is None or spec.loader is None:
            continue
        spec.loader = importlib.util.LazyLoader(spec.loader)
        part = importlib.util.module_from_spec(spec)
        sys.modules[full] = part
        spec.loader.exec_module(part)
        setattr(whole, name, part)
