"""Settings: what is promised when a case comes in, and the calendars that it is reckoned by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import wrong_at
from wellkept.desk.web.finding import consequence_meant, role_meant
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.dates import (
    corrected,
    date_deeds,
    date_forms,
    dates_said,
)
from wellkept.desk.web.pages.settings.people import settings_back
from wellkept.desk.web.pages.settings.shape import (
    Deed,
    Field,
    Form,
    Options,
    Section,
    key_typed,
    seen,
    settings_page,
    typed_in,
)
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.methods import working_time
from wellkept.record.access.verbs import reaches_all
from wellkept.record.calendars.actions import KEEPERS, add_calendar, rewrite_week
from wellkept.record.calendars.models import Calendar
from wellkept.record.calendars.queries import working_calendars
from wellkept.record.cases.actions import edit_commitment, set_commitments
from wellkept.record.cases.actions.rights import LEADERS
from wellkept.record.cases.models import Commitment
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Role

TARGETS = ("respond_min", "restore_min", "update_min")


def commitments(asking: Asking) -> HttpResponse:
    """This will show what is promised for each consequence, and change what a form asks."""
    deeds: dict[str, Deed] = {"add": _add, "edit": _edit}
    return settings_page(
        asking, _("Commitments"), lambda: _sections(asking), deeds, back=settings_back()
    )


def _sections(asking: Asking) -> Sequence[Section]:
    rows = list(Commitment.objects.select_related("calendar", "accountable"))
    decides, has_role = reaches_all(asking.account, *LEADERS), Role.objects.exists()
    text = _("Working time of the calendar, from the report on. Promises made stay as they are.")
    if not has_role:
        text = _("No role is kept yet, and one answers for each: add it under Settings, Roles.")
    return [
        Section(
            _("What we promise when a case comes in"),
            text,
            heads=(
                _("What a stop means"), _("Calendar"), _("Respond"), _("Restore"),
                _("Next news"), _("Who answers"),
            ),
            rows=tuple(_row(one) for one in rows),
            forms=(_adding(), *(_editing(one) for one in rows)) if decides and has_role else (),
        )
    ]  # fmt: skip


def _row(one: Commitment) -> tuple[Cell, ...]:
    return (
        Cell(GRAVE_SAID[Consequence(one.consequence)]),
        Cell(str(one.calendar or _("around the clock"))),
        *(Cell(span(getattr(one, name))) for name in TARGETS),
        Cell(str(one.accountable)),
    )


def span(minutes: int | None) -> str:
    """This will say a target in hours and minutes.

    >>> span(90), span(480)
    ('1 h 30 min', '8 h')
    """
    if minutes is None:
        return _("not promised")
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "")
                    if part) or "0 min"  # fmt: skip


def _terms(one: Commitment | None) -> tuple[Field, ...]:
    roles: Options = tuple((str(role.pk), role.name) for role in Role.objects.all())
    labels = (_("Respond within (minutes)"), _("Restore within (minutes)"),
              _("News within (minutes)"))  # fmt: skip
    targets = tuple(
        Field(name, label, "" if one is None else str(getattr(one, name) or ""), "number",
              help=_("Empty: not promised."))
        for name, label in zip(TARGETS, labels, strict=True)
    )  # fmt: skip
    answers = Field(
        "accountable", _("Which role answers for it"),
        "" if one is None else str(one.accountable_id), "select", roles,
    )  # fmt: skip
    return (*targets, answers)


def _adding() -> Form:
    classes = tuple((one.word, GRAVE_SAID[one]) for one in Consequence)
    calendars: Options = (
        ("", _("around the clock")),
        *((str(one.pk), one.name) for one in Calendar.objects.all()),
    )
    fields = (
        Field("consequence", _("What a stop means"), kind="select", options=classes),
        Field(
            "calendar",
            _("Calendar"),
            kind="select",
            options=calendars,
            help=_("Around the clock: where no other calendar's commitment holds."),
        ),
        *_terms(None),
    )
    return Form("add", _("From now on"), fields, title=_("A new commitment"))


def _editing(one: Commitment) -> Form:
    title = f"{GRAVE_SAID[Consequence(one.consequence)]}, {one.calendar or _('around the clock')}"
    return Form(f"edit-{one.pk}", _("Save"), _terms(one), title=title, seen=one.version)


def _typed(asking: Asking) -> Mapping[str, Any]:
    found: dict[str, Any] = {name: _minutes(asking, name) for name in TARGETS}
    found["accountable"] = role_meant(asking.typed.get("accountable", ""))
    return found


def _minutes(asking: Asking, name: str) -> int | None:
    text = asking.typed.get(name, "")
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 0 < int(text) < 10_000_000:
        said = _("“%(text)s” is no number of minutes; write a whole one, as 480.")
        raise wrong_at(name, said % {"text": text})
    return int(text)


def _add(asking: Asking, key: int | None) -> str:
    consequence = consequence_meant(asking.typed.get("consequence", ""), None)
    calendar = Calendar.objects.filter(pk=key_typed(asking, "calendar")).first()
    if Commitment.objects.filter(consequence=consequence, calendar=calendar).exists():
        raise wrong_at("consequence", _("There is one for these two already: change it below."))
    fresh = Commitment(consequence=consequence, calendar=calendar, **_typed(asking))
    set_commitments(commitments=[fresh], at=asking.now, by=asking.account)
    return _("We promise this from now on.")


def _edit(asking: Asking, key: int | None) -> str:
    edit_commitment(
        commitment=get_object_or_404(Commitment, pk=key), changes=_typed(asking),
        seen=seen(asking), at=asking.now, by=asking.account,
    )  # fmt: skip
    return _("We promise this from now on.")


def calendars(asking: Asking) -> HttpResponse:
    """This will show the calendars in words, and change what a form asks."""
    deeds: dict[str, Deed] = {"add": _add_calendar, "week": _rewrite, **date_deeds()}
    year = asking.now.year
    return settings_page(
        asking, _("Calendars"), lambda: _calendars(asking, year), deeds, back=settings_back()
    )


def _calendars(asking: Asking, year: int) -> Sequence[Section]:
    rows = list(Calendar.objects.all())
    words = working_calendars(rows)
    hours = Field("hours", _("Hours"), needed=True, help=_("As in Mon-Fri 8-17; Sat 9-12"))
    name = Field("name", _("Name"), needed=True)
    adding = Section(
        _("Add"),
        _("A calendar has no zone: each site reckons with it by its own clock."),
        forms=(Form("add", _("Add the calendar"), (name, hours), title=_("A new calendar")),),
    )
    decides = reaches_all(asking.account, *KEEPERS)
    return [adding, *(_calendar(one, words[one.pk], year, decides=decides) for one in rows)]


def _calendar(one: Calendar, hours: working_time.Calendar, year: int, *, decides: bool) -> Section:
    """`decides`: whoever asks sees all rows, so they may change what all are reckoned by."""
    week = working_time.Calendar(week=hours.week).words
    closed = _("no holidays yet: the forms below close it on them")
    if many := len(hours.holidays):
        closed = ngettext("%(days)s holiday", "%(days)s holidays", many) % {"days": many}
    field = Field("hours", _("Hours"), week)
    form = Form(f"week-{one.pk}", _("Correct the week"), (field,), seen=one.version,
                title=_("A mistake in it? This changes the past too."))  # fmt: skip
    dates = dates_said(hours, year)
    text = f"{week} · {closed}" + (f" · {dates}" if dates else "")
    return Section(one.name, text, forms=(form, *date_forms(one, year)) if decides else ())


def _hours(asking: Asking) -> working_time.Calendar:
    try:
        return working_time.Calendar.parse(asking.typed.get("hours", ""))
    except working_time.CalendarRefused as refusal:
        raise wrong_at("hours", str(refusal)) from refusal


def _add_calendar(asking: Asking, key: int | None) -> str:
    name = typed_in(asking, "name", _("the name"))
    add_calendar(name=name, hours=_hours(asking), at=asking.now, by=asking.account)
    return _("%(name)s is a calendar.") % {"name": name}


def _rewrite(asking: Asking, key: int | None) -> str:
    with corrected(asking, key) as calendar:
        rewrite_week(
            calendar=calendar, hours=_hours(asking), seen=seen(asking),
            at=asking.now, by=asking.account,
        )  # fmt: skip
    return _("Saved.")
