"""What an event log says of each case: who held it, when it waited, when it really ended.

Every array is flat: one element per event, sorted by case and then by time (events of the same
second keep the order in which they were recorded). Source of the definitions: domain rules of
Wellkept (one named owner; a queue is not an owner; closed is not resolved when a later event says
otherwise). Nothing here is estimated; everything is counted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEVER = np.iinfo(np.int64).min
"""The moment of something that has not happened."""


class Unsorted(ValueError):
    """Raised when events are not sorted by case and time: every count below would be wrong."""


@dataclass(frozen=True, slots=True)
class Spells:
    """The stretch that follows each event, up to the next event of its case.

    `case`, `start_s`, `stop_s` have one element per event; the last one runs to `until_s`.
    """

    case: Ints
    start_s: Ints
    stop_s: Ints

    @property
    def length_s(self) -> Ints:
        """Seconds of each stretch."""
        return self.stop_s - self.start_s


@dataclass(frozen=True, slots=True)
class Endings:
    """When each case ended for good, as its events tell it; one element per case, seconds or NEVER.

    `first_s`: the first time it was called ended. `final_s`: the start of the last run of ended
    events, NEVER while the last word is that it is not. `reopened`: times it went back.
    """

    first_s: Ints
    final_s: Ints
    reopened: Ints


@dataclass(frozen=True, slots=True)
class Holders:
    """Who held each case: one element per case.

    `handoffs`: changes from one named holder to another. `bounces`: those of them that go back to
    somebody who had held it before. `holders`: distinct named holders.
    """

    handoffs: Ints
    bounces: Ints
    holders: Ints


def spells(case: Ints, at_s: Ints, *, until_s: int) -> Spells:
    """This will give the stretch after each event, the last of a case running to `until_s`.

    Shapes: `case`, `at_s` (n,), sorted by case, then time. Raises `Unsorted` otherwise.

    >>> spells(np.array([0, 0, 1]), np.array([10, 25, 7]), until_s=30).length_s
    array([15,  5, 23])
    """
    last = _last_of_case(case)
    stop = np.empty_like(at_s)
    stop[:-1] = at_s[1:]
    stop[last] = np.maximum(until_s, at_s[last])
    if case.size and (np.any(np.diff(case) < 0) or np.any(stop < at_s)):
        raise Unsorted("events must be sorted by case, then by time")
    return Spells(case, at_s, stop)


def endings(case: Ints, at_s: Ints, ended: Bools, *, cases: int) -> Endings:
    """This will say when each case ended, at first and for good, and how often it reopened.

    Shapes: (n,) flags `ended` that hold from their event on; results (cases,).

    >>> ended = np.array([False, True, True, True])
    >>> e = endings(np.array([0, 0, 0, 1]), np.array([1, 5, 9, 2]), ended, cases=2)
    >>> e.final_s, e.reopened
    (array([5, 2]), array([0, 0]))
    """
    first = np.full(cases, NEVER)
    final = np.full(cases, NEVER)
    if case.size == 0:
        return Endings(first, final, np.zeros(cases, np.int64))
    begins = _first_of_case(case)
    before = np.empty_like(ended)
    before[1:] = ended[:-1]
    before[begins] = False
    entered = ended & ~before
    left = ~ended & before
    where = np.flatnonzero(entered)[::-1]
    first[case[where]] = at_s[where]  # the earliest is written last
    final[case[where[::-1]]] = at_s[where[::-1]]  # the latest is written last
    last = _last_of_case(case)
    final[case[last][~ended[last]]] = NEVER
    return Endings(first, final, np.bincount(case[left], minlength=cases))


def holders(case: Ints, holder: Ints, *, cases: int) -> Holders:
    """This will count handoffs and bounces; a holder below 0 is nobody and is passed over.

    Shapes: `case`, `holder` (n,), integers; results (cases,).

    >>> h = holders(np.zeros(5, int), np.array([3, 3, -1, 4, 3]), cases=1)
    >>> h.handoffs, h.bounces
    (array([2]), array([1]))
    """
    named = holder >= 0
    case, holder = case[named], holder[named]
    if case.size == 0:
        none = np.zeros(cases, np.int64)
        return Holders(none, none.copy(), none.copy())
    starts = np.ones(case.size, bool)
    starts[1:] = (case[1:] != case[:-1]) | (holder[1:] != holder[:-1])
    case, holder = case[starts].astype(np.int64), holder[starts].astype(np.int64)
    most = int(holder.max()) + 1
    pair = np.sort(case * most + holder)
    fresh = np.ones(pair.size, bool)
    fresh[1:] = pair[1:] != pair[:-1]
    runs = np.bincount(case, minlength=cases)
    distinct = np.bincount(pair[fresh] // most, minlength=cases)
    return Holders(np.maximum(runs - 1, 0), runs - distinct, distinct)


def time_in(parts: Spells, flag: Bools, *, cases: int) -> Ints:
    """This will sum the seconds each case spent in flagged stretches; shapes (n,) → (cases,).

    >>> parts = spells(np.array([0, 0]), np.array([0, 4]), until_s=9)
    >>> time_in(parts, np.array([True, False]), cases=1)
    array([4])
    """
    total = np.zeros(cases, np.int64)
    begins = np.flatnonzero(_first_of_case(parts.case))
    if begins.size:
        total[parts.case[begins]] = np.add.reduceat(parts.length_s * flag, begins)
    return total


def first_time(case: Ints, at_s: Ints, flag: Bools, *, cases: int) -> Ints:
    """This will give the first flagged moment of each case, NEVER where none; (n,) → (cases,).

    >>> first_time(np.array([0, 0]), np.array([3, 8]), np.array([False, True]), cases=1)
    array([8])
    """
    moment = np.full(cases, NEVER)
    where = np.flatnonzero(flag)[::-1]
    moment[case[where]] = at_s[where]
    return moment


def last_value(case: Ints, value: Ints, *, cases: int, nothing: int = -1) -> Ints:
    """This will give the last value of each case that is not `nothing`; (n,) → (cases,).

    >>> last_value(np.array([0, 0, 1]), np.array([7, -1, 2]), cases=3)
    array([ 7,  2, -1])
    """
    found = np.full(cases, nothing, dtype=np.int64)
    known = value != nothing
    found[case[known]] = value[known]
    return found


def _last_of_case(case: Ints) -> Bools:
    last = np.ones(case.size, bool)
    last[:-1] = case[1:] != case[:-1]
    return last


def _first_of_case(case: Ints) -> Bools:
    first = np.ones(case.size, bool)
    first[1:] = case[1:] != case[:-1]
    return first
