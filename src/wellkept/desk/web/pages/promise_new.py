"""“I promised…”: what somebody said on the phone becomes a promise, from any page, in seconds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wellkept.desk.digest.choosing import usual_zone, zone_of_days
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    LATEST,
    TWICE,
    Slips,
    at_field,
    needed,
    said_again,
    said_where,
    see_that_decides,
    typed_moment,
    typed_text,
)
from wellkept.desk.web.finding import asset_meant, consequence_meant, customer_meant, role_meant
from wellkept.desk.web.pages.settings.shape import LEADERS
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.desk.web.reaching import see_that_reaches
from wellkept.record.access.turns import turn
from wellkept.record.cases.actions import promise_in_case
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Role
from wellkept.record.parties.models import Customer
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.actions.making import NotAPromise
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Kind, Precision, Source, end_of_day

ALIKE = ("about", "customer_id", "asset_id", "first_due", "consequence", "accountable_id")
FIELDS = ("about", "due_on", "due_time", "customer", "asset", "consequence", "accountable")


def promise_new(asking: Asking) -> HttpResponse:
    """This will ask for a promise, or keep it; what was typed stays when something is wrong."""
    if not asking.posts:
        given = {name: str(value) for name, value in asking.address.items()}
        return _form(asking, _known_of(_case(asking, given)) | given, [])
    typed = {name: str(value) for name, value in asking.typed.items()}
    case = _case(asking, typed)
    try:
        fresh = _typed(asking, typed, case)
        with at_field("due_on", NotAPromise):  # of what a form can say, only its day is refused
            made = _made_once(asking, fresh, case)
    except Refusal as refusal:
        return _form(asking, typed, [str(refusal)])
    except ValidationError as problem:
        return _form(asking, typed, *said_where(problem, FIELDS))
    messages.success(
        asking.request, _("%(number)s stands in the ledger.") % {"number": made.number}
    )
    if case is not None:
        return redirect("case", pk=case.pk)
    there = asking.visible(Promise.objects.filter(pk=made.pk)).exists()
    return redirect("promise", pk=made.pk) if there else redirect("today")


def _case(asking: Asking, typed: Mapping[str, str]) -> Case | None:
    """The case in which it is promised, if the form says one that is open; else it is of none."""
    key = typed.get("case", "")
    if not key.isdecimal():
        return None
    rows = Case.objects.open().select_related("customer", "asset", "site")
    return asking.visible(rows).filter(pk=int(key[:18])).first()


def _known_of(case: Case | None) -> dict[str, str]:
    """What a form need not ask, since the case says it."""
    if case is None:
        return {}
    whose = case.customer.name if case.customer else ""
    return {"customer": whose, "asset": case.asset.number if case.asset else ""}


def _made_once(asking: Asking, fresh: Promise, case: Case | None) -> Promise:
    """Make it; of a form that was sent twice, as by a double click, give what the first made."""

    def same(one: Promise) -> bool:
        alike = one.recorded_by_id == asking.account.pk and all(
            getattr(one, name) == getattr(fresh, name) for name in ALIKE
        )
        return alike and (case is None or case.promises.filter(promise=one).exists())

    with turn(connection), transaction.atomic():
        latest = Promise.objects.filter(voided_at=None).order_by("-pk")[:LATEST]
        since = asking.now - TWICE
        there = next((one for one in latest if one.recorded_at > since and same(one)), None)
        if there is not None:
            return there
        told: dict[str, Any] = {"promises": [fresh], "at": asking.now, "by": asking.account}
        if case is None:
            return make_promises(**told)[0]
        # Whoever said it answers for it; of the owner of the case it goes with the case.
        mine = asking.person is not None and asking.person.pk != case.owner_id
        return promise_in_case(case=case, set_apart=mine, **told)[0]


def _form(
    asking: Asking,
    typed: Mapping[str, str],
    wrong: list[str],
    at: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    return asking.page(
        "promise_new.html",
        typed=typed,
        case=_case(asking, typed),
        **said_again(wrong, at or {}, first="about"),
        roles=Role.objects.all(),
        adds_roles=bool(asking.account.groups & LEADERS),
        classes=[(one.word, GRAVE_SAID[one]) for one in Consequence],
        zone_said=_("By the clock of the asset's site, else of the customer's; else of %(place)s.")
        % {"place": times.place(_our_zone(asking))},
    )


def _typed(asking: Asking, typed: Mapping[str, str], case: Case | None) -> Promise:
    slips = Slips()
    about = slips.read("about", lambda: typed_text(asking, "about", _("what was promised")))
    asset = slips.read("asset", lambda: asset_meant(asking, typed.get("asset", "")))
    customer = slips.read("customer", lambda: customer_meant(asking, typed.get("customer", "")))
    if case is not None:
        customer, asset = customer or case.customer, asset or case.asset
    if customer is None and asset is not None:
        customer = asset.customer
    site = asset.site if asset is not None else None if case is None else case.site
    zone = site.zone if site is not None else _zone_of(asking, customer)
    due = _due(slips, typed, zone, asking.now)
    consequence = slips.read(
        "consequence", lambda: consequence_meant(typed.get("consequence", ""), asset)
    )
    accountable = slips.read("accountable", lambda: role_meant(typed.get("accountable", "")))
    slips.see()
    see_that_reaches(asking, customer, asset, make_promises)
    if case is not None:
        see_that_decides(asking, case, promise_in_case)
    assert about is not None and due is not None and consequence is not None  # seen
    if case is not None:
        consequence = min(consequence, case.consequence)
    return Promise(
        kind=Kind.SAID.value,
        about=about,
        customer=customer,
        site=site,
        asset=asset,
        team=None if customer is None else customer.team,
        consequence=consequence,
        source=Source.SAID.value,
        accountable=accountable,
        owner=asking.person,
        made_at=asking.now,
        made_by=asking.person,
        first_due=due,
        current_due=due,
        due_precision=(Precision.MOMENT if _hour(typed) else Precision.DAY).value,
        zone=zone,
    )


def _zone_of(asking: Asking, customer: Customer | None) -> str:
    """By whose clock a day or an hour was said: the customer's if they have one, else ours."""
    there = set[str]()
    if customer is not None:
        there |= set(customer.sites.exclude(zone="").values_list("zone", flat=True))
    return there.pop() if len(there) == 1 else _our_zone(asking).key


def _our_zone(asking: Asking) -> ZoneInfo:
    return ZoneInfo(usual_zone()) if asking.person is None else zone_of_days(asking.person)


def _hour(typed: Mapping[str, str]) -> str:
    """This will give the hour that was typed; nothing where a day was all."""
    return typed.get("due_time", "").strip()


def _due(slips: Slips, typed: Mapping[str, str], zone: str, now: datetime) -> datetime | None:
    """By when: a moment, or the end of a day where no hour was typed."""
    there = times.zone_of(zone)

    def whole_day() -> datetime:
        day = needed(typed.get("due_on", ""), _("by which day"))
        end = end_of_day(typed_moment(f"{day}T00:00", there).astimezone(there).date(), zone)
        return _to_come(end, now, _("This day is over: say one that is to come, or today."))

    day, hour = slips.read("due_on", whole_day), _hour(typed)
    if day is None or not hour:
        return day

    def at_hour() -> datetime:
        moment = typed_moment(f"{typed['due_on'].strip()}T{hour}", there)
        return _to_come(moment, now, _("This hour is over: say a time that is to come."))

    return slips.read("due_time", at_hour)


def _to_come(moment: datetime, now: datetime, otherwise: str) -> datetime:
    """A promise that is made now falls due later; raises ValidationError."""
    if moment < now:
        raise ValidationError(otherwise)
    return moment
