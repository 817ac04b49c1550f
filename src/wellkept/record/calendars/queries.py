"""Reading calendars back as what methods reckon with."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from wellkept.methods import working_time
from wellkept.record.calendars.models import Calendar, DatedHours, Holiday, WeeklyHours


def working_calendar(calendar: Calendar) -> working_time.Calendar:
    """This will give one calendar as methods know it; bind it to a zone to reckon with it."""
    return working_calendars([calendar])[calendar.pk]


def working_calendars(calendars: Iterable[Calendar]) -> dict[int, working_time.Calendar]:
    """This will give calendars by their key, as methods know them, with three queries in all."""
    rows = list(calendars)
    weeks = _weeks(rows)
    holidays: dict[int, list[working_time.Holiday]] = defaultdict(list)
    for day in Holiday.objects.filter(calendar__in=rows):
        holidays[day.calendar_id].append(working_time.Holiday(day.on, day.name, day.source))
    dated = _dated(rows)
    return {
        row.pk: working_time.Calendar(
            week=tuple(tuple(weeks[row.pk, day]) for day in range(7)),
            holidays=tuple(holidays[row.pk]),
            dated=tuple(dated[row.pk]),
            effective_from=row.from_on,
            effective_until=row.until_on,
        )
        for row in rows
    }


def _weeks(rows: list[Calendar]) -> dict[tuple[int, int], list[working_time.Hours]]:
    weeks: dict[tuple[int, int], list[working_time.Hours]] = defaultdict(list)
    for span in WeeklyHours.objects.filter(calendar__in=rows):
        hours = working_time.Hours(span.from_min, span.to_min)
        weeks[span.calendar_id, span.weekday].append(hours)
    return weeks


def _dated(rows: list[Calendar]) -> dict[int, list[working_time.DatedHours]]:
    found: dict[int, list[working_time.DatedHours]] = defaultdict(list)
    days: dict[tuple[int, date], list[DatedHours]] = defaultdict(list)
    for span in DatedHours.objects.filter(calendar__in=rows):
        days[span.calendar_id, span.on].append(span)
    for (key, _), intervals in days.items():
        hours = tuple(
            working_time.Hours(one.from_min, one.to_min)
            for one in intervals
            if one.from_min is not None and one.to_min is not None
        )
        first = intervals[0]
        found[key].append(working_time.DatedHours(first.on, hours, first.reason))
    return found
