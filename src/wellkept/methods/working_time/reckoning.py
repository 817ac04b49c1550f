"""Elapsed working time and due moments: W(stop) − W(start) − paused, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.working_time.blocks import Block, each_block
from wellkept.methods.working_time.calendar import Seconds
from wellkept.methods.working_time.clock import HORIZON_S, Clock
from wellkept.methods.working_time.pauses import STILL_OPEN, Pauses, standing_still, whole
from wellkept.methods.working_time.stack import Stack, covering, reaching, within_horizon

NO_MOMENT = int(np.iinfo(np.int64).min)
"""Stands where there is no due moment; as datetime64 it reads NaT."""


@dataclass(frozen=True, slots=True, eq=False)
class DueMoments:
    """When each item is due, or how much working time it has left while a pause still runs.

    Arrays (n,). Where `stopped` is False, `due_s` is the due moment in seconds UTC and `left_s`
    is 0. Where `stopped` is True an open pause began before the target was reached: there is no
    due moment (`due_s` is NO_MOMENT) and `left_s` is the working seconds still owed, at least 1.
    """

    due_s: Seconds
    stopped: NDArray[np.bool_]
    left_s: Seconds


def worked(clock: Clock, at_s: ArrayLike) -> Seconds:
    """Give W(t): working seconds from the clock's `first_s` to each moment, before it negative.

    Takes moments (n,) in seconds UTC, returns int64 (n,). Raises BeyondRange, TypeError.
    """
    moments = whole(at_s, "moments")
    if moments.size == 0:
        return moments
    stack = _over([clock], moments, moments)
    origin = stack.worked(np.array([clock.first_s]), None)
    return stack.worked(moments, None) - origin


def first_moment(clock: Clock, worked_s: ArrayLike) -> Seconds:
    """Give W⁻¹: the first moment t ≥ `first_s` with W(t) ≥ worked_s.

    Takes working seconds (n,) since the clock's `first_s`, 0 or more; returns moments (n,) in
    seconds UTC, int64. Raises NeverOpen, BeyondRange, ValueError (negative), TypeError.
    """
    asked = whole(worked_s, "working seconds")
    _not_negative(asked, "working seconds")
    stack = reaching(covering([clock], clock.first_s, clock.first_s), None, asked)
    return stack.first_moment(asked, None)


def elapsed(
    clock: Clock, start_s: ArrayLike, stop_s: ArrayLike, pauses: Pauses | None = None
) -> Seconds:
    """Give the working seconds from start to stop that no pause covers; see `elapsed_many`.

    >>> from datetime import date
    >>> from wellkept.methods.working_time import Calendar, bind
    >>> clock = bind(Calendar.parse("Mon-Fri 9-17"), "UTC", date(2024, 1, 1), date(2024, 1, 31))
    >>> monday_9, wednesday_16 = 1704099600, 1704297600
    >>> elapsed(clock, monday_9, wednesday_16, Pauses.of([(0, 1704103200, 1704133800)])) // 3600
    array([16])
    """
    return elapsed_many([clock], 0, start_s, stop_s, pauses)


def due(
    clock: Clock, start_s: ArrayLike, target_s: ArrayLike, pauses: Pauses | None = None
) -> DueMoments:
    """Give the moment at which the working time owed since start is used up; see `due_many`.

    16 working hours from Monday 09:00, paused Monday 10:00 to 18:30, are due on Wednesday 16:00:

    >>> from datetime import date
    >>> from wellkept.methods.working_time import Calendar, bind
    >>> clock = bind(Calendar.parse("Mon-Fri 9-17"), "UTC", date(2024, 1, 1), date(2024, 1, 31))
    >>> pauses = Pauses.of([(0, 1704103200, 1704133800)])
    >>> due(clock, 1704099600, 16 * 3600, pauses).due_s.astype("datetime64[s]")
    array(['2024-01-03T16:00:00'], dtype='datetime64[s]')
    """
    return due_many([clock], 0, start_s, target_s, pauses)


def elapsed_many(
    clocks: Sequence[Clock],
    which: ArrayLike,
    start_s: ArrayLike,
    stop_s: ArrayLike,
    pauses: Pauses | None = None,
) -> Seconds:
    """Give W(stop) − W(start) less the paused working time between them, each by its own clock.

    `which` is the position of each item's clock in `clocks`; `start_s` and `stop_s` are seconds
    UTC. All are (n,), or one value for all. Returns int64 seconds (n,); a scalar call is the
    call of length one. Overlapping pauses count once; a pause still open lasts until stop. When
    stop is before start the result is minus the time from stop to start.

    Raises BeyondRange (moments outside 1900 to 2199), TypeError (not whole seconds), ValueError
    (lengths, unknown clock or owner).
    """
    use, start, stop = _aligned(clocks, which, ("start_s", start_s), ("stop_s", stop_s))
    counted = np.empty(start.size, np.int64)
    if start.size == 0:
        return counted
    stack = _over(clocks, start, stop)

    def count(block: Block) -> None:
        rows, ask = block.rows, None if use is None else use[block.rows]
        counted[rows] = stack.worked(stop[rows], ask) - stack.worked(start[rows], ask)
        if block.pauses is not None:
            counted[rows] -= _paused(stack, ask, start[rows], stop[rows], block.pauses)

    each_block(count, start.size, pauses)
    return counted


def due_many(
    clocks: Sequence[Clock],
    which: ArrayLike,
    start_s: ArrayLike,
    target_s: ArrayLike,
    pauses: Pauses | None = None,
) -> DueMoments:
    """Give the first moment t ≥ start with W(t) ≥ W(start) + target + paused, each by its clock.

    `which` is the position of each item's clock in `clocks`, `start_s` seconds UTC, `target_s`
    working seconds owed, 0 or more. All are (n,), or one value for all; a scalar call is the
    call of length one. `paused` is the working time up to t that pauses cover, overlaps once.

    Being the *first* such moment, a target that ends with the day is due at closing, not at the
    next opening; a target of 0 is due at the start, even outside hours; a pause that begins at
    the due moment does not move it. Ranges of clocks are widened as far as needed.

    Raises NeverOpen (no working hours left), BeyondRange (outside 1900 to 2199), TypeError (not
    whole seconds), ValueError (negative target, lengths, unknown clock or owner).
    """
    use, start, target = _aligned(clocks, which, ("start_s", start_s), ("target_s", target_s))
    _not_negative(target, "target_s")
    stopped, left = np.zeros(start.size, np.bool_), np.zeros(start.size, np.int64)
    moments, need = np.empty(start.size, np.int64), np.minimum(target, HORIZON_S)
    if start.size == 0:
        return DueMoments(moments, stopped, left)
    cut = None if pauses is None else _after_start(pauses, start)
    stack = _over(clocks, start, start, cut)

    def owe(block: Block) -> None:
        rows, ask = block.rows, None if use is None else use[block.rows]
        need[rows] += stack.worked(start[rows], ask)
        if block.pauses is not None:
            stopped[rows], left[rows] = _put_off(need[rows], stack, ask, block.pauses)

    def find(block: Block) -> None:
        rows, ask = block.rows, None if use is None else use[block.rows]
        np.maximum(stack.first_moment(need[rows], ask), start[rows], out=moments[rows])

    each_block(owe, start.size, cut)
    stack = reaching(stack, use, need)
    each_block(find, start.size)
    moments[stopped] = NO_MOMENT
    return DueMoments(moments, stopped, left)


def _paused(
    stack: Stack, use: Seconds | None, start: Seconds, stop: Seconds, pauses: Pauses
) -> Seconds:
    """Give the working time that pauses cover between start and stop, its sign that of stop."""
    low, high = np.minimum(start, stop)[pauses.owner], np.maximum(start, stop)[pauses.owner]
    ask = None if use is None else use[pauses.owner]
    still = standing_still(
        pauses.owner,
        stack.worked(np.clip(pauses.from_s, low, high), ask),
        stack.worked(np.clip(pauses.to_s, low, high), ask),
    )
    paused = np.zeros(start.size, np.int64)
    np.add.at(paused, still.owner, still.length)
    return np.where(stop < start, -paused, paused)


def _put_off(
    need: Seconds, stack: Stack, use: Seconds | None, pauses: Pauses
) -> tuple[NDArray[np.bool_], Seconds]:
    """Add paused working time to `need` in place; tell which items stand still and what is left.

    A pause counts when it begins before the target is used up: when need, as it was without
    pauses, exceeds W at the pause less the paused time before it.
    """
    ask = None if use is None else use[pauses.owner]
    running = pauses.to_s == STILL_OPEN
    begin = stack.worked(pauses.from_s, ask)
    end = stack.worked(np.where(running, pauses.from_s, pauses.to_s), ask)
    end[running] = HORIZON_S
    still = standing_still(pauses.owner, begin, end)
    left = need[still.owner] - (still.begin - still.before)
    counts = left > 0
    endless = counts & running[still.order]
    stopped, owed = np.zeros(need.size, np.bool_), np.zeros(need.size, np.int64)
    stopped[still.owner[endless]] = True
    owed[still.owner[endless]] = left[endless]
    np.add.at(need, still.owner[counts], still.length[counts])
    need[stopped] = 0
    return stopped, owed


def _after_start(pauses: Pauses, start: Seconds) -> Pauses:
    """Cut pauses to what follows the start of their item."""
    pauses.check_owners(start.size)
    begin = np.maximum(pauses.from_s, start[pauses.owner])
    return Pauses(pauses.owner, begin, np.maximum(pauses.to_s, begin))


def _over(
    clocks: Sequence[Clock], start: Seconds, stop: Seconds, pauses: Pauses | None = None
) -> Stack:
    """Stack the clocks over the range that holds these moments; refuse placeholder dates."""
    spans = [start, stop]
    within_horizon(start, "start_s")
    within_horizon(stop, "stop_s")
    if pauses is not None:
        ends = np.where(pauses.to_s == STILL_OPEN, pauses.from_s, pauses.to_s)
        within_horizon(pauses.from_s, "pauses' from_s", pauses.owner)
        within_horizon(ends, "pauses' to_s", pauses.owner)
        spans += [ends] if ends.size else []
    return covering(clocks, min(int(s.min()) for s in spans), max(int(s.max()) for s in spans))


def _aligned(
    clocks: Sequence[Clock], which: ArrayLike, *named: tuple[str, ArrayLike]
) -> tuple[Seconds | None, Seconds, Seconds]:
    arrays = [whole(which, "which"), *(whole(values, name) for name, values in named)]
    try:
        use, first, second = np.broadcast_arrays(*arrays)
    except ValueError:
        lengths = ", ".join(str(array.size) for array in arrays)
        raise ValueError(
            f"which, {named[0][0]} and {named[1][0]} have lengths {lengths}; "
            "give arrays of one length, or one value for all."
        ) from None
    if use.size and not 0 <= use.min() <= use.max() < len(clocks):
        raise ValueError(
            f"which asks clocks {use.min()} to {use.max()}, but there are {len(clocks)}, "
            "counted from 0."
        )
    return None if len(clocks) == 1 else use, first, second


def _not_negative(values: Seconds, what: str) -> None:
    if values.size and values.min() < 0:
        items = np.flatnonzero(values < 0)
        raise ValueError(
            f"{items.size} {what} are negative (first at position {items[0]}: {values[items[0]]}); "
            "working time owed is 0 or more."
        )
