"""The values a calendar is made of: working hours of a day, dated hours, holidays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DAY_MIN = 24 * 60


class CalendarRefused(ValueError):
    """The working hours do not make sense as written; the sentence says where and what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """One working interval of a day, in minutes of the wall clock since that day's midnight.

    `to_min` beyond 1440 runs past midnight into the next day: 22:00–06:00 is `Hours(1320, 1800)`.
    An interval belongs to the day on which it starts.

    Raises CalendarRefused unless 0 ≤ from_min < 1440 and from_min < to_min ≤ from_min + 1440.
    """

    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        """Refuse hours that no wall clock can show."""
        if not 0 <= self.from_min < DAY_MIN:
            raise CalendarRefused(
                f"Working hours start at minute {self.from_min} of a day, but a day has minutes "
                f"0 to {DAY_MIN - 1}; give the start as minutes since midnight."
            )
        if not self.from_min < self.to_min <= self.from_min + DAY_MIN:
            raise CalendarRefused(
                f"Working hours {written(self.from_min)} to minute {self.to_min} last nothing or "
                "more than a day; give an end after the start and at most 24 h later."
            )

    def __str__(self) -> str:
        """Write the hours as people do: 22:00-06:00."""
        end = self.to_min - DAY_MIN if self.to_min > DAY_MIN else self.to_min
        return f"{written(self.from_min)}-{written(end)}"


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day on which the calendar is closed, kept with the source that said so."""

    on: date
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class DatedHours:
    """Other hours on one date, in place of the week's hours and of a holiday; none is closed."""

    on: date
    hours: tuple[Hours, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        """Put the hours in order and refuse those that overlap."""
        object.__setattr__(self, "hours", in_order(self.hours, f"on {self.on.isoformat()}"))


def in_order(hours: Sequence[Hours], where: str) -> tuple[Hours, ...]:
    """Sort the hours of one day; raise CalendarRefused where two of them overlap."""
    ordered = tuple(sorted(hours))
    for earlier, later in pairwise(ordered):
        if later.from_min < earlier.to_min:
            raise CalendarRefused(
                f"Working hours {earlier} and {later} {where} overlap, so the same minute would "
                "count twice; write them as one interval or move one of them."
            )
    return ordered


def written(minute: int) -> str:
    """Write a minute of the day as HH:MM (1440 is 24:00)."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
