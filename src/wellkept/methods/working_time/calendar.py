"""A calendar: weekly hours, holidays, dated hours, a period in effect. It has no zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.working_time.hours import (
    DAY_MIN,
    CalendarRefused,
    DatedHours,
    Holiday,
    Hours,
    in_order,
)
from wellkept.methods.working_time.words import DAYS, Week, read_words, write_words

Seconds = NDArray[np.int64]

_Row = TypeVar("_Row", Holiday, DatedHours)

DAY_S = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
_EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, slots=True)
class Calendar:
    """When work is done, by the wall clock of whatever place the calendar is later bound to.

    `week` holds seven days, Monday first, each with its intervals. On a date, `dated` hours come
    before a holiday, a holiday (closed) before the week. An interval belongs to the day on which
    it starts: a night shift that starts before a holiday runs into it, one that starts on the
    holiday is not worked. The calendar is in effect from `effective_from` up to, not including,
    `effective_until`; outside it is closed.

    Raises CalendarRefused for a week of other than seven days, hours of a day that overlap, a
    date named twice, or a period that ends before it starts.
    """

    week: Week
    holidays: tuple[Holiday, ...] = ()
    dated: tuple[DatedHours, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None

    def __post_init__(self) -> None:
        """Put rows in order, so that equal calendars are equal, and refuse what contradicts."""
        if len(self.week) != 7:
            raise CalendarRefused(
                f"A week has 7 days, Monday first, but {len(self.week)} were given; "
                "give an empty tuple for a closed day."
            )
        week = tuple(
            in_order(hours, f"on {day}") for hours, day in zip(self.week, DAYS, strict=True)
        )
        object.__setattr__(self, "week", week)
        object.__setattr__(self, "holidays", _one_a_day(self.holidays, "holiday"))
        object.__setattr__(self, "dated", _one_a_day(self.dated, "set of dated hours"))
        begin, end = self.effective_from, self.effective_until
        if begin is not None and end is not None and end <= begin:
            raise CalendarRefused(
                f"The calendar is in effect from {begin} until {end}, so never; "
                "give an end after the start, or none."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a calendar from words.

        The grammar is that of `wellkept.methods.working_time.words.read_words`: days or dates
        with hours, separated by `;`, or `24x7`. Raises CalendarRefused.

        >>> Calendar.parse("Mon-Fri 8-12 13-17; Sat 09:00-12:00").words
        'Mon-Fri 08:00-12:00 13:00-17:00; Sat 09:00-12:00'
        """
        week, dated = read_words(text)
        return cls(week, dated=dated)

    @classmethod
    def always(cls) -> Self:
        """Give the calendar that never closes (24×7)."""
        return cls(((Hours(0, DAY_MIN),),) * 7)

    def with_holidays(self, holidays: Iterable[Holiday]) -> Self:
        """Give the same calendar closed on these days as well (rows of `public_holidays`)."""
        return replace(self, holidays=(*self.holidays, *holidays))

    @property
    def words(self) -> str:
        """Write the week and the dated hours as `parse` reads them (holidays are left out)."""
        return write_words(self.week, self.dated)

    @property
    def holiday_years(self) -> range | None:
        """Give the years that hold holiday rows; None when there are no holiday rows at all."""
        if not self.holidays:
            return None
        return range(self.holidays[0].on.year, self.holidays[-1].on.year + 1)

    def opens_after(self, day: date) -> bool:
        """Tell whether hours may still start after this day; False means certainly never again."""
        end = self.effective_until
        weekly = any(self.week) and (end is None or day.toordinal() + 1 < end.toordinal())
        return weekly or any(
            row.hours and row.on > day and (end is None or row.on < end) for row in self.dated
        )

    def intervals(self, first: date, last: date) -> tuple[Seconds, Seconds]:
        """Lay out the open intervals that start on the days first to last, both included.

        Returns two arrays (k,), opens and closes, in seconds of the wall clock since 1970-01-01
        00:00 as the wall shows it: sorted, disjoint, touching intervals joined.
        """
        days = self._days_in_effect(first, last)
        fixed = {row.on: () for row in self.holidays} | {row.on: row.hours for row in self.dated}
        fixed_days = np.array([on.toordinal() - _EPOCH for on in fixed], np.int64)
        ordinary = days[~np.isin(days, fixed_days)]
        weekday = (ordinary + _EPOCH_WEEKDAY) % 7
        spans = [
            (ordinary[weekday == day] * DAY_S, span)
            for day, hours in enumerate(self.week)
            for span in hours
        ]
        begin, end = (int(days[0]), int(days[-1])) if days.size else (0, -1)
        for day, hours in zip(fixed_days, fixed.values(), strict=True):
            if begin <= day <= end:
                spans += [(np.array([day * DAY_S]), span) for span in hours]
        if not spans:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        opens = np.concatenate([midnight + span.from_min * 60 for midnight, span in spans])
        closes = np.concatenate([midnight + span.to_min * 60 for midnight, span in spans])
        order = np.argsort(opens, kind="stable")
        return joined(opens[order], closes[order])

    def _days_in_effect(self, first: date, last: date) -> Seconds:
        begin, end = first.toordinal(), last.toordinal() + 1
        if self.effective_from is not None:
            begin = max(begin, self.effective_from.toordinal())
        if self.effective_until is not None:
            end = min(end, self.effective_until.toordinal())
        return np.arange(begin - _EPOCH, end - _EPOCH, dtype=np.int64)


def joined(opens: Seconds, closes: Seconds) -> tuple[Seconds, Seconds]:
    """Join intervals that overlap or touch; opens (k,) must be sorted. Seconds, any epoch."""
    if opens.size == 0:
        return opens, closes
    reach = np.maximum.accumulate(closes)
    fresh = np.concatenate([[True], opens[1:] > reach[:-1]])
    final = np.concatenate([fresh[1:], [True]])
    return opens[fresh], reach[final]


def _one_a_day(rows: Iterable[_Row], what: str) -> tuple[_Row, ...]:
    ordered = tuple(sorted(set(rows)))
    for earlier, later in pairwise(ordered):
        if earlier.on == later.on:
            raise CalendarRefused(
                f"The calendar has more than one {what} on {earlier.on.isoformat()}; "
                "keep one row for each date."
            )
    return ordered
