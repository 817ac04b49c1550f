"""The judged date: as first given, shifted only by what the customer asked for in time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NOT_WRITTEN = np.iinfo(np.int64).min
"""The date before a move that nobody wrote down."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One element per promise: the judged and the current date, and how often it was moved.

    `our_moves` are moves that the customer did not ask for; `moved_late` are those of ours that
    came after the date had already passed.
    """

    judged_due_s: Ints
    current_due_s: Ints
    moves: Ints
    our_moves: Ints
    moved_late: Ints


def judge(
    first_due_s: Ints,
    promise: Ints,
    new_due_s: Ints,
    moved_s: Ints,
    by_customer: Bools,
    dated: Bools,
    old_due_s: Ints | None = None,
) -> Judged:
    """This will carry each promise through its moves in their order.

    Shapes: `first_due_s` (promises,); the others (moves,), sorted by promise and then by time:
    `promise` is the position in `first_due_s`, `dated` says whether `moved_s` is recorded.
    A move counts for the customer if they asked for it before the judged date passed (or at an
    unrecorded time); it shifts the judged date by what it shifted the current one. A move of ours
    changes the current date only. `old_due_s` is the date before each move where that is written
    (NOT_WRITTEN elsewhere): a move is judged by what it says itself. Source: Wellkept's rule “the
    first date stays”.

    >>> week = 7 * 86400
    >>> judge(np.array([week]), np.array([0]), np.array([2 * week]), np.array([0]),
    ...       np.array([False]), np.array([True])).judged_due_s // week
    array([1])
    """
    judged, current = first_due_s.copy(), first_due_s.copy()
    moves = np.zeros_like(first_due_s)
    ours, late = moves.copy(), moves.copy()
    for at in _rounds(promise):
        p = promise[at]
        base = current[p] if old_due_s is None else _base(old_due_s[at], current[p])
        shift = new_due_s[at] - base
        real = shift != 0
        asked = by_customer[at] & (~dated[at] | (moved_s[at] <= judged[p])) & real
        past = dated[at] & (moved_s[at] > current[p])
        judged[p] += np.where(asked, shift, 0)
        current[p] = new_due_s[at]
        moves[p] += real
        ours[p] += real & ~asked
        late[p] += real & ~asked & past
    return Judged(judged, current, moves, ours, late)


def _base(old: Ints, current: Ints) -> Ints:
    return np.where(old == NOT_WRITTEN, current, old)


def _rounds(promise: Ints) -> list[Ints]:
    """Positions of every first move, then of every second one, and so on."""
    if promise.size == 0:
        return []
    starts = np.ones(promise.size, bool)
    starts[1:] = promise[1:] != promise[:-1]
    begins = np.flatnonzero(starts)
    nth = np.arange(promise.size) - np.repeat(begins, np.diff(np.append(begins, promise.size)))
    return [np.flatnonzero(nth == r) for r in range(int(nth.max()) + 1)]
