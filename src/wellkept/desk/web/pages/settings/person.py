"""Settings: one person: what is known of them, their account, when they are away, leaving."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.digest.choosing import zone_of_days
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import typed_text, wrong_at
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.erasing import see_that_sure, sure
from wellkept.desk.web.pages.settings.people import grant_fields, grants_typed
from wellkept.desk.web.pages.settings.shape import (
    MAIL,
    PERSON,
    PHONE,
    TRADE,
    Deed,
    Field,
    Form,
    Section,
    people_options,
    person_chosen,
    seen,
    settings_page,
    typed_in,
)
from wellkept.record.access.actions import (
    edit_personal_data,
    erase_person,
    open_account,
    set_grants,
    shut_accounts,
)
from wellkept.record.access.models import Account
from wellkept.record.access.verbs import NotAllowed, may, reaches_all
from wellkept.record.organisation.actions import (
    LEADERS,
    WORKERS,
    edit_person,
    end_absences,
    let_go,
    report_absences,
)
from wellkept.record.organisation.models import Absence, Person
from wellkept.record.organisation.reach import reach_of


def person(asking: Asking, pk: int) -> HttpResponse:
    """This will show one person, and change what a form asks."""
    one = get_object_or_404(Person.objects.select_related("personal", "account"), pk=pk)
    deeds: dict[str, Deed] = {
        "known": lambda asked, _key: _edit_known(asked, one),
        "work": lambda asked, _key: _edit_work(asked, one),
        "away": lambda asked, _key: go_away(asked, one),
        "back": lambda asked, key: come_back(asked, one, key),
        "leave": lambda asked, _key: _leave(asked, one),
    }
    if may(asking.account, set_grants) and one.account is not None:
        deeds["grants"] = lambda asked, _key: _set_grants(asked, one)
        deeds["shut"] = lambda asked, _key: _shut(asked, one)
    if may(asking.account, erase_person):
        deeds["erase"] = lambda asked, _key: _erase(asked, one)
    back = (reverse("settings_people"), _("People and accounts"))
    return settings_page(asking, str(one), lambda: _sections(asking, one.pk), deeds, back=back)


def _sections(asking: Asking, pk: int) -> Sequence[Section]:
    one = Person.objects.select_related("personal", "account").get(pk=pk)
    leads = reach_of(asking.account, *LEADERS).has_person(one.pk)
    parts = [_known(asking, one, leads=leads)]
    if may(asking.account, open_account) and one.account is not None:
        parts.append(_account(one.account))
    parts.append(absences_of(asking, one))
    if one.until_on is None and leads:
        leave = Field("until_on", _("The first day without them"), kind="date", needed=True)
        text = _("What they own is then owned by nobody, unless a role of theirs has a deputy.")
        form = Form("leave", _("They leave"), (leave,))
        parts.append(Section(_("Leaving"), text, forms=(form,)))
    if may(asking.account, erase_person) and one.personal.erased_at is None:
        text = _(
            "At their wish. What they promised and did stays, under nobody's name; what they own "
            "is then owned by nobody, unless a role of theirs has a deputy."
        )
        parts.append(Section(_("Erasing"), text, forms=(Form("erase", _("Erase"), (sure(),)),)))
    return parts


def _known(asking: Asking, one: Person, *, leads: bool) -> Section:
    """What is known, to change where the one who asks may: `leads` is true of people of theirs."""
    known = one.personal
    own = _edits_known(asking, one, leads=leads)
    fields = (
        Field("name", _("Name"), known.name, needed=True),
        Field("email", _("E-mail"), known.email, "email"),
        Field("phone", _("Telephone"), known.phone, "tel"),
    )
    trade = Field("trade", _("Trade"), one.trade, help=_("As in field engineer."))
    forms = (
        *((Form("known", _("Save"), fields, seen=known.version),) if own else ()),
        *((Form("work", _("Save"), (trade,), title=_("Their work"), seen=one.version),)
          if leads else ()),
    )  # fmt: skip
    said = (known.name, known.email, known.phone, one.trade)
    return Section(_("What is known"), "" if own else " · ".join(filter(None, said)), forms=forms)


def _edits_known(asking: Asking, one: Person, *, leads: bool) -> bool:
    """Whether it is theirs to change: of who signs in, mail goes where the address says."""
    if one.account is not None:
        return one.account == asking.account or reaches_all(asking.account, *LEADERS)
    return leads


def _account(account: Account) -> Section:
    if not account.is_active:
        return Section(_("Account"), _("The account %(email)s is shut.") % {"email": account.email})
    held = list(account.grants.all())
    chosen = tuple(one.group for one in held)
    scope = next((one.scope for one in held if one.scope != "all"), "all")
    return Section(
        _("Account"),
        _("Signs in as %(email)s.") % {"email": account.email},
        forms=(
            Form("grants", _("Give exactly these groups"), grant_fields(chosen, scope)),
            Form("shut", _("Shut the account"), ()),
        ),
    )


def absences_of(asking: Asking, one: Person) -> Section:
    """This will show when a person is away, and who may say so the forms for it."""
    rows = one.absences.select_related("deputy__personal").order_by("-from_at")[:20]
    running = [away for away in rows if away.until_at is None or away.until_at > asking.now]
    zone = zone_of_days(one)
    begins = _("From this day (time in %(zone)s)") % {"zone": times.place(zone)}
    fields = (
        Field("from_on", begins, kind="date", needed=True),
        Field("until_on", _("Back on this day"), kind="date", help=_("Empty: nobody knows yet.")),
        Field("deputy", _("Who stands in"), kind="select",
              options=people_options(asking, none=_("nobody"))),
    )  # fmt: skip
    own = asking.person is not None and asking.person.pk == one.pk
    forms = [Form("away", _("I am away") if own else _("They are away"), fields)]
    forms += [
        Form(f"back-{away.pk}", _("Back since now"), (), title=_since(away, zone))
        for away in running
    ]
    if not reach_of(asking.account, *WORKERS).has_person(one.pk):
        forms = []
    return Section(
        _("Absences"),
        "" if rows else _("None is noted."),
        heads=(_("From"), _("Until"), _("Who stands in")),
        rows=tuple(
            (
                Cell(_day_of(away.from_at, zone)),
                Cell(_day_of(away.until_at, zone) if away.until_at else _("open")),
                Cell(str(away.deputy) if away.deputy else _("nobody")),
            )
            for away in rows
        ),
        forms=tuple(forms),
    )


def _since(away: Absence, zone: ZoneInfo) -> str:
    return _("Away from %(day)s") % {"day": _day_of(away.from_at, zone)}


def _day_of(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d}"


def _edit_known(asking: Asking, one: Person) -> str:
    leads = reach_of(asking.account, *LEADERS).has_person(one.pk)
    if not _edits_known(asking, one, leads=leads):
        raise NotAllowed(
            _("%(person)s changes this themselves, or a manager who sees everything.")
            % {"person": one}
        )
    changes = {
        "name": typed_in(asking, "name", _("the name"), most=PERSON),
        "email": typed_text(asking, "email", most=MAIL),
        "phone": typed_text(asking, "phone", most=PHONE),
    }
    edit_personal_data(
        person=one.personal, changes=changes, seen=seen(asking), at=asking.now, by=asking.account
    )
    return _("Saved.")


def _edit_work(asking: Asking, one: Person) -> str:
    changes = {"trade": typed_text(asking, "trade", most=TRADE)}
    edit_person(person=one, changes=changes, seen=seen(asking), at=asking.now, by=asking.account)
    return _("Saved.")


def _set_grants(asking: Asking, one: Person) -> str:
    assert one.account is not None
    set_grants(account=one.account, grants=grants_typed(asking), at=asking.now, by=asking.account)
    return _("%(name)s holds exactly these groups.") % {"name": one}


def _erase(asking: Asking, one: Person) -> str:
    see_that_sure(asking)
    known = [one.personal, *([one.account.personal] if one.account is not None else [])]
    erase_person(people=known, at=asking.now, by=asking.account)
    return _("Erased. What was promised and done stays, under nobody's name.")


def _shut(asking: Asking, one: Person) -> str:
    assert one.account is not None
    shut_accounts(accounts=[one.account], at=asking.now, by=asking.account)
    return _("%(name)s cannot sign in any more.") % {"name": one}


def go_away(asking: Asking, one: Person) -> str:
    """This will do what the form of an absence asks."""
    back, zone = asking.typed.get("until_on", ""), zone_of_days(one)
    away = Absence(
        person=one,
        from_at=_midnight(_day(asking, "from_on"), zone),
        until_at=_midnight(_day(asking, "until_on"), zone) if back else None,
        deputy=person_chosen(asking, "deputy"),
    )
    report_absences(absences=[away], at=asking.now, by=asking.account)
    return _("%(name)s is away.") % {"name": one}


def come_back(asking: Asking, one: Person, key: int | None) -> str:
    """This will end an absence now."""
    away = get_object_or_404(one.absences, pk=key)
    end_absences(absences=[away], until_at=asking.now, at=asking.now, by=asking.account)
    return _("%(name)s is back.") % {"name": one}


def _leave(asking: Asking, one: Person) -> str:
    day = _day(asking, "until_on")
    let_go(people=[one], until_on=day, at=asking.now, by=asking.account)
    return _("%(name)s leaves on %(day)s; the account stays until it is shut.") % {
        "name": one, "day": day,
    }  # fmt: skip


def _day(asking: Asking, name: str) -> date:
    text = asking.typed.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        said = _("“%(text)s” is no day; write 2026-03-31.") % {"text": text}
        raise wrong_at(name, said) from problem


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
