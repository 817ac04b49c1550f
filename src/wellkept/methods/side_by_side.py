"""Work in blocks that do not touch each other, side by side: a kernel lets other threads go on."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

THREADS = min(os.cpu_count() or 1, 4)
LEAST = 256
"""Items in a block from which it is worth a thread."""


def blocks(size: int, least: int = LEAST) -> list[slice]:
    """Give consecutive blocks of `size` items, some for each thread, of `least` or more.

    >>> blocks(100)
    [slice(0, 100, None)]
    """
    many = max(min(4 * THREADS, size // least), 1)
    ends = [size * k // many for k in range(many + 1)]
    return [slice(a, b) for a, b in itertools.pairwise(ends)]


def each(act: Callable[[slice], T], parts: Sequence[slice]) -> list[T]:
    """Do each part, in as many threads as there are processors; give what came, in order.

    Raises what a part raised.
    """
    if len(parts) < 2:
        return [act(part) for part in parts]
    with ThreadPoolExecutor(min(THREADS, len(parts))) as crew:
        return list(crew.map(act, parts))


def together(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Do whole pieces of work that do not touch each other, as `each` does parts of one.

    >>> together([lambda: 1, lambda: 2])
    [1, 2]
    """
    with ThreadPoolExecutor(min(THREADS, len(acts))) as crew:
        return [begun.result() for begun in [crew.submit(act) for act in acts]]
