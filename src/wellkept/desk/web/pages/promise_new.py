"""“I promised…”: what somebody said on the phone becomes a promise, from any page, in seconds."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    LATEST,
    TWICE,
    at_field,
    needed,
    said_again,
    said_where,
    typed_moment,
    typed_text,
)
from wellkept.desk.web.finding import asset_meant, consequence_meant, customer_meant, role_meant
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.record.access.turns import turn
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Role
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.actions.making import NotAPromise
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Kind, Precision, Source, end_of_day

ALIKE = ("about", "customer_id", "asset_id", "first_due", "consequence", "accountable_id")
FIELDS = ("about", "due_on", "due_time", "customer", "asset", "consequence", "accountable")


def promise_new(asking: Asking) -> HttpResponse:
    """This will ask for a promise, or keep it; what was typed stays when something is wrong."""
    if not asking.posts:
        return _form(asking, asking.address.dict(), [])
    typed = {name: str(value) for name, value in asking.typed.items()}
    try:
        fresh = _typed(asking, typed)
        with at_field("due_on", NotAPromise):  # of what a form can say, only its day is refused
            made = _made_once(asking, fresh)
    except Refusal as refusal:
        return _form(asking, typed, [str(refusal)])
    except ValidationError as problem:
        return _form(asking, typed, *said_where(problem, FIELDS))
    messages.success(
        asking.request, _("%(number)s stands in the ledger.") % {"number": made.number}
    )
    return redirect("promise", pk=made.pk)


def _made_once(asking: Asking, fresh: Promise) -> Promise:
    """Make it; of a form that was sent twice, as by a double click, give what the first made."""

    def same(one: Promise) -> bool:
        return one.recorded_by_id == asking.account.pk and all(
            getattr(one, name) == getattr(fresh, name) for name in ALIKE
        )

    with turn(connection), transaction.atomic():
        latest = Promise.objects.filter(voided_at=None).order_by("-pk")[:LATEST]
        since = asking.now - TWICE
        there = next((one for one in latest if one.recorded_at > since and same(one)), None)
        if there is not None:
            return there
        return make_promises(promises=[fresh], at=asking.now, by=asking.account)[0]


def _form(
    asking: Asking,
    typed: Mapping[str, object],
    wrong: list[str],
    at: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    return asking.page(
        "promise_new.html",
        typed=typed,
        **said_again(wrong, at or {}, first="about"),
        roles=Role.objects.all(),
        classes=[(one.word, GRAVE_SAID[one]) for one in Consequence],
    )


def _typed(asking: Asking, typed: Mapping[str, str]) -> Promise:
    about = typed_text(asking, "about", _("what was promised"))
    with at_field("asset"):
        asset = asset_meant(asking, typed.get("asset", ""))
    with at_field("customer"):
        customer = customer_meant(asking, typed.get("customer", ""))
    if customer is None and asset is not None:
        customer = asset.customer
    site = asset.site if asset is not None else None
    zone = site.zone if site is not None else typed.get("zone", "") or "UTC"
    day, hour = typed.get("due_on", "").strip(), typed.get("due_time", "").strip()
    with at_field("due_on"):
        needed(day, _("by which day"))
        moment = typed_moment(f"{day}T00:00", times.zone_of(zone))
    if hour:
        with at_field("due_time"):
            moment = typed_moment(f"{day}T{hour}", times.zone_of(zone))
    due = moment if hour else end_of_day(moment.astimezone(times.zone_of(zone)).date(), zone)
    with at_field("consequence"):
        consequence = consequence_meant(typed.get("consequence", ""), asset)
    with at_field("accountable"):
        accountable = role_meant(typed.get("accountable", ""))
    return Promise(
        kind=Kind.SAID.value,
        about=about,
        customer=customer,
        site=site,
        asset=asset,
        consequence=consequence,
        source=Source.SAID.value,
        accountable=accountable,
        owner=asking.person,
        made_at=asking.now,
        made_by=asking.person,
        first_due=due,
        current_due=due,
        due_precision=(Precision.MOMENT if hour else Precision.DAY).value,
        zone=zone,
    )
