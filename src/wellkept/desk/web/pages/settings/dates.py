"""Settings: the dates of a calendar on which it is closed, or has other hours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.db import connection, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import typed_text, wrong_at
from wellkept.desk.web.pages.settings.shape import Deed, Field, Form, typed_in
from wellkept.methods import working_time
from wellkept.methods.working_time.words import read_words
from wellkept.record.access.turns import turn
from wellkept.record.calendars.actions import (
    add_public_holidays,
    forget_dates,
    set_dated_hours,
)
from wellkept.record.calendars.models import Calendar
from wellkept.record.promises.actions import reckon_again

MOST_YEARS = 10
DATES = 4_000
"""So many characters may be typed of dates at once."""


def date_deeds() -> dict[str, Deed]:
    """This will give what the forms of dates ask for."""
    return {"holidays": _holidays, "dated": _dated, "forget": _forget}


def date_forms(calendar: Calendar, year: int) -> tuple[Form, ...]:
    """This will give the forms by which dates come to a calendar and leave it."""
    place = (
        Field("country", _("Country"), needed=True, help=_("Two letters, as IT.")),
        Field("part", _("Part of it"), help=_("As in BZ for Bolzano; empty: the whole country.")),
        Field("from", _("From year"), str(year), "number", needed=True),
        Field("until", _("To year"), str(year + 1), "number", needed=True),
    )
    said = Field("words", _("Dates and hours"), needed=True,
                 help=_("As in 2026-12-24 8-12; 2026-12-31 closed"))  # fmt: skip
    reason = Field("reason", _("Why"))
    days = Field("days", _("Dates"), needed=True, help=_("As in 2026-12-24, 2026-12-31"))
    key = calendar.pk
    return (
        Form(f"holidays-{key}", _("Close on them"), place, title=_("Public holidays of a place")),
        Form(f"dated-{key}", _("Set"), (said, reason), title=_("Other hours on a date")),
        Form(f"forget-{key}", _("Take off"), (days,), title=_("Take dates off again")),
    )


def dates_said(hours: working_time.Calendar, year: int) -> str:
    """This will say the dates of a calendar from a year on, as far as a line holds them."""
    closed = [f"{day.on} {day.name}" for day in hours.holidays if day.on.year >= year]
    other = [
        f"{day.on} {', '.join(str(span) for span in day.hours) or _('closed')}"
        f"{f' ({day.reason})' if day.reason else ''}"
        for day in hours.dated
        if day.on.year >= year
    ]
    return "; ".join([*other, *closed[:20], *(["…"] if len(closed) > 20 else [])])


@contextmanager
def corrected(asking: Asking, key: int | None) -> Iterator[Calendar]:
    """This will give a calendar to correct, and reckon again what was reckoned by it."""
    with turn(connection), transaction.atomic():
        calendar = get_object_or_404(Calendar, pk=key)
        yield calendar
        reckon_again(calendars=[calendar], at=asking.now, by=asking.account)


def _holidays(asking: Asking, key: int | None) -> str:
    first, last = (_year(asking, name) for name in ("from", "until"))
    if not first <= last < first + MOST_YEARS:
        raise wrong_at("until", _("Give years in their order, ten at most."))
    part = asking.typed.get("part", "").strip().upper() or None
    try:
        with corrected(asking, key) as calendar:
            many = add_public_holidays(
                calendars=[calendar],
                country=typed_in(asking, "country", _("the country")).upper(),
                subdivision=part, years=range(first, last + 1), at=asking.now, by=asking.account,
            )  # fmt: skip
    except working_time.CalendarRefused as refusal:
        raise wrong_at("country", str(refusal)) from refusal
    said = ngettext(
        "%(many)s day is new; days that it had stay as they were.",
        "%(many)s days are new; days that it had stay as they were.",
        many,
    )
    return said % {"many": many}


def _dated(asking: Asking, key: int | None) -> str:
    words = typed_in(asking, "words", _("the dates"), most=DATES)
    try:
        week, days = read_words(words)
    except working_time.CalendarRefused as refusal:
        raise wrong_at("words", str(refusal)) from refusal
    if any(week):
        raise wrong_at("words", _("Give dates only, as 2026-12-24 8-12; the week stands above."))
    reason = typed_text(asking, "reason", most=200)
    said = [replace(day, reason=reason) for day in days]
    with corrected(asking, key) as calendar:
        set_dated_hours(calendars=[calendar], days=said, at=asking.now, by=asking.account)
    return _("Saved.")


def _forget(asking: Asking, key: int | None) -> str:
    dates = [
        _date(word)
        for word in typed_in(asking, "days", _("the dates"), most=DATES)
        .replace(";", ",")
        .replace(",", " ")
        .split()
    ]
    with corrected(asking, key) as calendar:
        forget_dates(calendars=[calendar], dates=dates, at=asking.now, by=asking.account)
    return _("Taken off.")


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as problem:
        said = _("“%(text)s” is no date; write it as 2026-12-24.") % {"text": word}
        raise wrong_at("days", said) from problem


def _year(asking: Asking, name: str) -> int:
    text = asking.typed.get(name, "")
    if not text.strip().isdecimal() or not 1970 <= int(text) <= 2200:
        raise wrong_at(name, _("“%(text)s” is no year; write it as 2026.") % {"text": text})
    return int(text)
