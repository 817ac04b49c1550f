"""Working hours as people write them, and back: "Mon-Fri 08:00-12:00 13:00-17:00; Sat 9-12"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import groupby

from wellkept.methods.working_time.hours import (
    DAY_MIN,
    CalendarRefused,
    DatedHours,
    Hours,
    in_order,
)

Week = tuple[tuple[Hours, ...], ...]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALWAYS = ("24x7", "24/7", "24×7", "always")
EXAMPLE = '"Mon-Fri 08:00-12:00 13:00-17:00; Sat 09:00-12:00; 2026-12-24 closed"'

_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?")
_DATES = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
_LONGEST_RUN_DAYS = 366


def read_words(text: str) -> tuple[Week, tuple[DatedHours, ...]]:
    """Turn written working hours into the seven days of the week (Monday first) and dated hours.

    Clauses are separated by `;` or a new line. A clause is `24x7`, or days and hours
    (`Mon-Fri 08:00-17:00`, `Sat,Sun closed`), or dates and hours (`2026-12-24 08:00-12:00`,
    `2026-08-10..2026-08-21 closed`). Hours past midnight end earlier than they start
    (`22:00-06:00`). A day that is not named is closed.

    Raises CalendarRefused with the clause, what is wrong with it and what to write instead.
    """
    clauses = [clause.strip() for clause in re.split(r"[;\n]", text) if clause.strip()]
    if not clauses:
        raise CalendarRefused(f"The working hours are empty; write for example {EXAMPLE}.")
    week: list[tuple[Hours, ...] | None] = [None] * 7
    dated: dict[date, tuple[Hours, ...]] = {}
    for number, clause in enumerate(clauses, start=1):
        where = f"Clause {number} of the working hours, {clause!r}:"
        if _DATES.match(clause):
            _take_dates(clause, where, dated)
        else:
            _take_days(clause, where, week)
    hours = tuple(day or () for day in week)
    return hours, tuple(DatedHours(on, dated[on]) for on in sorted(dated))


def write_words(week: Week, dated: Iterable[DatedHours] = ()) -> str:
    """Write the week and the dated hours so that `read_words` gives them back."""
    clauses = []
    for hours, run in groupby(range(7), key=lambda day: week[day]):
        days = list(run)
        if hours:
            name = DAYS[days[0]] + (f"-{DAYS[days[-1]]}" if len(days) > 1 else "")
            clauses.append(f"{name} {_write_hours(hours)}")
    clauses = clauses or ["Mon-Sun closed"]
    clauses += [f"{row.on.isoformat()} {_write_hours(row.hours)}" for row in dated]
    return "; ".join(clauses)


def _write_hours(hours: Sequence[Hours]) -> str:
    return " ".join(map(str, hours)) or "closed"


def _take_days(clause: str, where: str, week: list[tuple[Hours, ...] | None]) -> None:
    named, _, rest = ("Mon-Sun 00:00-24:00" if clause.lower() in ALWAYS else clause).partition(" ")
    days, hours = _days(named, where), _hours(rest, where)
    for day in days:
        if week[day] is not None:
            raise CalendarRefused(
                f"{where} {DAYS[day]} already has its hours from an earlier clause; "
                "give each day once, with all its intervals in that clause."
            )
        week[day] = hours


def _take_dates(clause: str, where: str, dated: dict[date, tuple[Hours, ...]]) -> None:
    named, _, rest = clause.partition(" ")
    match = _DATES.fullmatch(named)
    if match is None:
        raise CalendarRefused(
            f'{where} {named!r} is not a date; write "2026-12-24" or "2026-08-10..2026-08-21".'
        )
    first = _date(match[1], where)
    last = _date(match[2], where) if match[2] else first
    if not first <= last <= first + timedelta(days=_LONGEST_RUN_DAYS):
        raise CalendarRefused(
            f"{where} the dates run backwards or over more than a year; write the earlier date "
            "first and at most a year at once."
        )
    hours = _hours(rest, where)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        on = date.fromordinal(ordinal)
        if on in dated:
            raise CalendarRefused(
                f"{where} {on.isoformat()} already has its hours from an earlier clause; "
                "give each date once."
            )
        dated[on] = hours


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CalendarRefused(
            f"{where} {text!r} is not a day that exists; write year-month-day, as 2026-12-24."
        ) from None


def _days(named: str, where: str) -> list[int]:
    days: list[int] = []
    for piece in named.replace("–", "-").split(","):
        first, dash, last = piece.partition("-")
        start = _day(first, where)
        length = (_day(last, where) - start) % 7 if dash else 0
        days += [(start + step) % 7 for step in range(length + 1)]
    return days


def _day(name: str, where: str) -> int:
    word = name.strip().lower()
    for day, full in enumerate(FULL_DAYS):
        if len(word) >= 3 and full.startswith(word):
            return day
    near = get_close_matches(word, [day.lower() for day in DAYS] + list(FULL_DAYS), n=1)
    hint = f"did you mean {near[0].capitalize()!r}? Days" if near else "days"
    raise CalendarRefused(
        f"{where} {name!r} is not a day of the week; {hint} are written Mon, Tue, Wed, Thu, Fri, "
        f'Sat, Sun, "Mon-Fri" or "Mon,Wed"; dates as 2026-12-24. Example: {EXAMPLE}.'
    )


def _hours(text: str, where: str) -> tuple[Hours, ...]:
    pieces = text.replace("–", "-").replace(",", " ").split()
    if [piece.lower() for piece in pieces] == ["closed"]:
        return ()
    if not pieces:
        raise CalendarRefused(
            f'{where} no hours follow the days; add hours such as "08:00-17:00", or "closed".'
        )
    return in_order([_interval(piece, where) for piece in pieces], f"({where.rstrip(':')})")


def _interval(piece: str, where: str) -> Hours:
    first, dash, last = piece.partition("-")
    if not dash:
        raise CalendarRefused(
            f"{where} {piece!r} is not an interval; write a start and an end without spaces, "
            'as "08:00-17:00".'
        )
    start, end = _minute(first, where), _minute(last, where)
    if start in (end, DAY_MIN):
        raise CalendarRefused(
            f"{where} {piece!r} could mean nothing or a whole day; write a whole day as "
            '"00:00-24:00", and leave out an interval of no length.'
        )
    return Hours(start, end if end > start else end + DAY_MIN)


def _minute(text: str, where: str) -> int:
    match = _TIME.fullmatch(text)
    minute = int(match[1]) * 60 + int(match[2] or 0) if match else -1
    if match is None or int(match[2] or 0) > 59 or minute > DAY_MIN:
        raise CalendarRefused(
            f"{where} {text!r} is not a time of day; write 00:00 to 24:00 on the 24-hour clock, "
            'as "08:30" or "17".'
        )
    return minute
