"""Long arrays in blocks that fit the processor's cache, two at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from wellkept.methods.working_time.pauses import Pauses

ROWS_A_BLOCK = 1 << 18
_THREADS = 2  # NumPy lets go of the interpreter while it looks up and compares


@dataclass(frozen=True, slots=True)
class Block:
    """Some consecutive rows and the pauses that belong to them, owners counted from its first."""

    rows: slice
    pauses: Pauses | None


def each_block(work: Callable[[Block], None], rows: int, pauses: Pauses | None = None) -> None:
    """Do the work on each block of rows; blocks share nothing, so each writes its own part.

    Raises ValueError when a pause belongs to none of the rows, and whatever the work raises.
    """
    blocks = _cut(rows, pauses)
    if len(blocks) == 1:
        work(blocks[0])
        return
    with ThreadPoolExecutor(_THREADS) as threads:
        for done in [threads.submit(work, block) for block in blocks]:
            done.result()


def _cut(rows: int, pauses: Pauses | None) -> list[Block]:
    slices = [slice(at, min(at + ROWS_A_BLOCK, rows)) for at in range(0, rows, ROWS_A_BLOCK)]
    if pauses is None or pauses.owner.size == 0:
        return [Block(rows_, None) for rows_ in slices]
    pauses.check_owners(rows)
    if len(slices) == 1:
        return [Block(slices[0], pauses)]
    if np.any(pauses.owner[1:] < pauses.owner[:-1]):
        pauses = pauses.taken(np.argsort(pauses.owner))
    ends = np.searchsorted(pauses.owner, [part.stop for part in slices]).tolist()
    begins = [0, *ends[:-1]]
    return [
        Block(part, pauses.taken(slice(begin, end), less=part.start))
        for part, begin, end in zip(slices, begins, ends, strict=True)
    ]
