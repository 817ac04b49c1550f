"""Many clocks side by side: W(t) and its inverse for all of them in one vectorised step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import numpy as np

from wellkept.methods.working_time.calendar import Seconds
from wellkept.methods.working_time.clock import FIRST_YEAR, LAST_YEAR, BeyondRange, Clock, bind
from wellkept.methods.working_time.lookup import Lookup
from wellkept.methods.working_time.zone import year_start_s


class NeverOpen(ValueError):
    """A calendar has no more working hours, so the work owed is never done.

    `items` holds the positions of the offending rows, so that a caller can leave them out.
    """

    def __init__(self, sentence: str, items: Seconds) -> None:
        """Keep the positions beside the sentence."""
        super().__init__(sentence)
        self.items = items


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Clocks of one common range, laid end to end.

    Slot j stands for "after the j-th opening" of its clock (slot 0: before the first). There
    W(t) = min(t + rise[j], after[j]): it climbs with t until the interval has closed.
    """

    clocks: tuple[Clock, ...]
    first_s: int
    last_s: int
    opens: Lookup
    closes: Lookup
    rise: Seconds
    after: Seconds
    total: Seconds

    def worked(self, at_s: Seconds, which: Seconds | None) -> Seconds:
        """Give W(t): working seconds (n,) from first_s to each moment (n,)."""
        slot = self.opens.slot(at_s, which)
        worked: Seconds = np.minimum(at_s + self.rise[slot], self.after[slot])
        return worked

    def first_moment(self, worked_s: Seconds, which: Seconds | None) -> Seconds:
        """Give the first moment t (n,) with W(t) ≥ worked_s (n,), which must be in 0..total."""
        slot = self.closes.slot(worked_s - 1, which)
        return worked_s - self.rise[slot]

    def totals(self, which: Seconds | None) -> Seconds:
        """Give the working time in the whole range of the clock that each item asks."""
        return self.total[:1] if which is None else self.total[which]


def covering(clocks: Sequence[Clock], first_s: int, last_s: int) -> Stack:
    """Stack clocks over a range that holds both moments, widened by whole years where needed.

    Moments must lie in the years that clocks cover; see `within_horizon`.
    """
    low, high = min(clock.first_s for clock in clocks), max(clock.last_s for clock in clocks)
    if first_s < low:
        low = year_start_s(_year(first_s))
    if last_s > high:
        high = year_start_s(_year(last_s) + 1)
    return _stacked(tuple(clocks), low, high)


def reaching(stack: Stack, which: Seconds | None, worked_s: Seconds) -> Stack:
    """Widen the stack forwards until each clock has worked as long as is asked of it.

    Origins stay, so that values of W stay true. Each round doubles the range, so there are few.
    Raises NeverOpen where the calendar has no more hours, BeyondRange past the last year.
    """
    while True:
        short = np.flatnonzero(worked_s > stack.totals(which))
        if short.size == 0:
            return stack
        _refuse_the_hopeless(stack, which, short)
        first, last = _year(stack.first_s), _year(stack.last_s - 1)
        farther = min(LAST_YEAR, last + (last - first + 1))
        stack = _stacked(stack.clocks, stack.first_s, year_start_s(farther + 1))


def within_horizon(at_s: Seconds, what: str, rows: Seconds | None = None) -> None:
    """Raise BeyondRange when moments lie outside the years that clocks cover.

    `rows` (n,) says which row each moment belongs to; None means its own position.
    """
    low, high = year_start_s(FIRST_YEAR), year_start_s(LAST_YEAR + 1)
    if at_s.size and (at_s.min() < low or at_s.max() >= high):
        outside = np.flatnonzero((at_s < low) | (at_s >= high))
        items = outside if rows is None else rows[outside]
        raise BeyondRange(
            f"{outside.size} of {at_s.size} moments in {what} lie outside the years {FIRST_YEAR} "
            f"to {LAST_YEAR} that clocks cover (first for row {items[0]}: {at_s[outside[0]]} s "
            "since 1970). Such a date is often a placeholder for none; leave these rows out.",
            items,
        )


def _refuse_the_hopeless(stack: Stack, which: Seconds | None, short: Seconds) -> None:
    last = date.fromordinal(stack.clocks[0].last_on.toordinal() - 2)
    shut = np.array([not clock.calendar.opens_after(last) for clock in stack.clocks])
    asked = np.zeros(short.size, np.int64) if which is None else which[short]
    never = short[shut[asked]]
    if never.size:
        clock = stack.clocks[asked[shut[asked]][0]]
        raise NeverOpen(
            f"{never.size} due moments do not exist (first for row {never[0]}): the calendar "
            f"{clock.calendar.words!r} has no working hours after {clock.last_on} that would let "
            "the work owed be done. Give the calendar hours or a later end, or leave these out.",
            never,
        )
    if _year(stack.last_s - 1) >= LAST_YEAR:
        raise BeyondRange(
            f"{short.size} due moments would fall after {LAST_YEAR}, the last year that clocks "
            f"cover (first for row {short[0]}). Check the target's unit (seconds), or leave "
            "these out.",
            short,
        )


@lru_cache(maxsize=8)
def _stacked(clocks: tuple[Clock, ...], first_s: int, last_s: int) -> Stack:
    first, last = _day(first_s), _day(last_s - 1)
    wide = tuple(
        clock
        if (clock.first_s, clock.last_s) == (first_s, last_s)
        else bind(clock.calendar, clock.zone, first, last)
        for clock in clocks
    )
    total = np.array([clock.worked_s[-1] for clock in wide], np.int64)
    return Stack(
        clocks=wide,
        first_s=first_s,
        last_s=last_s,
        opens=Lookup.over([clock.opens_s for clock in wide], first_s, last_s),
        closes=Lookup.over([clock.worked_s[:-1] for clock in wide], -1, int(total.max())),
        rise=np.concatenate(
            [np.append(-first_s, clock.worked_s[:-1] - clock.opens_s) for clock in wide]
        ),
        after=np.concatenate([clock.worked_s for clock in wide]),
        total=total,
    )


def _day(moment_s: int) -> date:
    return datetime.fromtimestamp(moment_s, UTC).date()


def _year(moment_s: int) -> int:
    return _day(moment_s).year
