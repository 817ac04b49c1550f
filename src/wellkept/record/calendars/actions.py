"""What can happen to calendars. Hours come as the value that methods reckon with, so that what
cannot be reckoned (hours that overlap) is refused before it is kept."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from wellkept.methods import working_time
from wellkept.record.access.editing import move_on
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, note, see_that_holds_for_all, verb
from wellkept.record.calendars.models import Calendar, DatedHours, Holiday, WeeklyHours

KEEPERS = (Group.MANAGER, Group.COORDINATOR, Group.PLANNER)
"""Who keeps the calendars."""


@verb(*KEEPERS)
def add_calendar(*, name: str, hours: working_time.Calendar, at: datetime, by: By) -> Calendar:
    """This will keep a new calendar: its week, holidays, dated hours, and when it is in effect.

    `working_time.Calendar.parse("Mon-Fri 8-17")` reads words. Raises NotTrue for a used name.
    """
    calendar = Calendar(name=name, from_on=hours.effective_from, until_on=hours.effective_until)
    calendar.clean_fields()
    calendar.save()
    WeeklyHours.objects.bulk_create(_week(calendar, hours))
    Holiday.objects.bulk_create(_holidays(calendar, hours.holidays))
    DatedHours.objects.bulk_create(_dated(calendar, hours.dated))
    note(calendar)
    return calendar


@verb(*KEEPERS)
def rewrite_week(
    *, calendar: Calendar, hours: working_time.Calendar, seen: int, at: datetime, by: By
) -> None:
    """This will give a calendar the week of another value, for a mistake in it.

    It changes what was reckoned in the past too. Hours that are new from a day on are a new
    calendar, in effect from that day. Raises Edited if somebody else was faster, and NotAllowed
    for somebody who sees a part of the rows only: sites of others may reckon with it.
    """
    see_that_holds_for_all(by, *KEEPERS)
    move_on(calendar, seen=seen, at=at, by=by)
    calendar.weekly.all().delete()
    WeeklyHours.objects.bulk_create(_week(calendar, hours))
    note(calendar, fields=["week"])


@verb(*KEEPERS)
def add_public_holidays(
    *,
    calendars: Sequence[Calendar],
    country: str,
    subdivision: str | None,
    years: Iterable[int],
    at: datetime,
    by: By,
) -> int:
    """This will close calendars on the public holidays of a place; give how many days are new.

    A day that a calendar has keeps what it says, whatever a newer library would say, so that the
    past is reckoned as it was. Raises working_time.CalendarRefused for a place or a year that
    the library does not know, and NotAllowed as `rewrite_week` does.
    """
    see_that_holds_for_all(by, *KEEPERS)
    days = working_time.public_holidays(country, subdivision, years)
    there = set(Holiday.objects.filter(calendar__in=calendars).values_list("calendar", "on"))
    fresh = [
        row
        for calendar in calendars
        for row in _holidays(calendar, days)
        if (calendar.pk, row.on) not in there
    ]
    Holiday.objects.bulk_create(fresh)
    note({row.calendar for row in fresh}, days=len(fresh))
    return len(fresh)


@verb(*KEEPERS)
def set_dated_hours(
    *,
    calendars: Sequence[Calendar],
    days: Sequence[working_time.DatedHours],
    at: datetime,
    by: By,
) -> None:
    """This will give dates other hours, in place of what the dates had; no hours is closed.

    Raises NotAllowed as `rewrite_week` does.
    """
    see_that_holds_for_all(by, *KEEPERS)
    dates = [day.on for day in days]
    DatedHours.objects.filter(calendar__in=calendars, on__in=dates).delete()
    rows = [row for calendar in calendars for row in _dated(calendar, days)]
    DatedHours.objects.bulk_create(rows)
    note(calendars if days else [], days=len(days))


@verb(*KEEPERS)
def forget_dates(
    *, calendars: Sequence[Calendar], dates: Sequence[date], at: datetime, by: By
) -> None:
    """This will take holidays and dated hours off calendars again, for a mistake in them.

    Raises NotAllowed as `rewrite_week` does.
    """
    see_that_holds_for_all(by, *KEEPERS)
    gone = 0
    for kind in (Holiday, DatedHours):
        gone += kind._default_manager.filter(calendar__in=calendars, on__in=dates).delete()[0]
    note(calendars if gone else [], days=gone)


def _week(calendar: Calendar, hours: working_time.Calendar) -> list[WeeklyHours]:
    return [
        WeeklyHours(calendar=calendar, weekday=day, from_min=span.from_min, to_min=span.to_min)
        for day, spans in enumerate(hours.week)
        for span in spans
    ]


def _holidays(calendar: Calendar, days: Iterable[working_time.Holiday]) -> list[Holiday]:
    return [
        Holiday(calendar=calendar, on=day.on, name=day.name[:200], source=day.source)
        for day in days
    ]


def _dated(calendar: Calendar, days: Iterable[working_time.DatedHours]) -> list[DatedHours]:
    rows = []
    for day in days:
        spans: list[tuple[int | None, int | None]]
        spans = [(span.from_min, span.to_min) for span in day.hours] or [(None, None)]
        rows += [
            DatedHours(calendar=calendar, on=day.on, from_min=start, to_min=end, reason=day.reason)
            for start, end in spans
        ]
    return rows
