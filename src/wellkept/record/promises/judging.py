"""The judged date: as first given, shifted only by what the customer wanted in time.

One promise at a time, over plain values; `reckoning` feeds it from rows. The same rule for
columns of many promises is `study.facts.judging`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from wellkept.methods import working_time


class WorkingTime(Protocol):
    """A calendar in a zone: working seconds between moments, and the way back."""

    def worked(self, start: datetime, stop: datetime) -> int:
        """This will give the working seconds from start to stop."""

    def later(self, start: datetime, worked_s: int) -> datetime:
        """This will give the first moment that lies so much working time after start."""


class AroundTheClock:
    """Working time where no calendar says otherwise: every second counts."""

    def worked(self, start: datetime, stop: datetime) -> int:
        """This will give the seconds from start to stop."""
        return round((stop - start).total_seconds())

    def later(self, start: datetime, worked_s: int) -> datetime:
        """This will give the moment so many seconds after start."""
        return start + timedelta(seconds=worked_s)


class ByCalendar:
    """Working time by a calendar in a zone."""

    def __init__(self, clock: working_time.Clock) -> None:
        """This will reckon with a bound clock; its range widens by itself."""
        self.clock = clock

    def worked(self, start: datetime, stop: datetime) -> int:
        """This will give the working seconds from start to stop."""
        return int(working_time.elapsed(self.clock, in_s(start), in_s(stop))[0])

    def later(self, start: datetime, worked_s: int) -> datetime:
        """This will give the first moment with so much working time done; raises NeverOpen."""
        return at_s(int(working_time.due(self.clock, in_s(start), worked_s).due_s[0]))


def in_s(moment: datetime) -> int:
    """This will give a moment in whole seconds since 1970, rounded down."""
    return int(moment.timestamp() // 1)


def at_s(seconds: int) -> datetime:
    """This will give the moment of whole seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class Shift:
    """A move of the date: by how much, whether the customer asked, and when (None: unrecorded)."""

    old_due: datetime
    new_due: datetime
    by_customer: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Wait:
    """A pause: from, until (None while it runs), and when the customer agreed (None: never)."""

    from_at: datetime
    until_at: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What moves and pauses make of a first date.

    While an agreed pause runs there is no judged date, and `left_s` working seconds are left.
    """

    current_due: datetime
    judged_due: datetime | None
    left_s: int | None = None


@dataclass(slots=True)
class _Course:
    """A promise on its way through its moves and pauses."""

    clock: WorkingTime
    current: datetime
    judged: datetime
    covered: datetime | None = None
    stopped: datetime | None = None

    def shift(self, move: Shift) -> None:
        self.current = move.new_due
        in_time = move.at is None or self.stopped is not None or move.at <= self.judged
        if move.by_customer and in_time:
            self.judged += move.new_due - move.old_due

    def wait(self, pause: Wait) -> None:
        agreed = pause.acknowledged_at is not None and pause.acknowledged_at <= self.judged
        begin = pause.from_at if self.covered is None else max(pause.from_at, self.covered)
        if not agreed or self.stopped is not None or self.clock.worked(begin, self.judged) <= 0:
            return
        if pause.until_at is None:
            self.stopped = begin
        elif pause.until_at > begin:
            stood_s = self.clock.worked(begin, pause.until_at)
            self.judged = self.clock.later(self.judged, stood_s)
            self.current = self.clock.later(self.current, stood_s)
            self.covered = pause.until_at


def judge(
    first_due: datetime, moves: Iterable[Shift], pauses: Iterable[Wait], clock: WorkingTime
) -> Judged:
    """This will carry a first date through its moves and pauses, in the order in which they came.

    A move counts for the customer if they asked before the judged date passed; it shifts the
    judged date by what it shifted the current one. A pause counts if the customer agreed to it,
    and it began, before the judged date passed; both dates shift by the working time it took,
    time that an earlier pause took only once. Moves and pauses of ours leave the judged date where
    it is. Source: Wellkept's rule "the first date stays"; the calendar part is
    `methods.working_time.due` from the first date on. Raises NeverOpen.

    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> ours = Shift(noon, noon + timedelta(days=1), by_customer=False, at=noon)
    >>> judge(noon, [ours], [], AroundTheClock()).judged_due == noon
    True
    """
    course = _Course(clock, first_due, first_due)
    for step in _in_order(moves, pauses):
        if isinstance(step, Shift):
            course.shift(step)
        else:
            course.wait(step)
    if course.stopped is None:
        return Judged(course.current, course.judged)
    return Judged(course.current, None, clock.worked(course.stopped, course.judged))


def _in_order(moves: Iterable[Shift], pauses: Iterable[Wait]) -> list[Shift | Wait]:
    """Moves without a moment stay after the one they follow in the records."""
    steps: list[tuple[datetime, Shift | Wait]] = []
    last = datetime.min.replace(tzinfo=UTC)
    for move in moves:
        last = last if move.at is None else move.at
        steps.append((last, move))
    steps += [(pause.from_at, pause) for pause in pauses]
    return [step for _, step in sorted(steps, key=lambda pair: pair[0])]
