"""“I promised…”: what somebody said on the phone becomes a promise, from any page, in seconds."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import needed, typed_moment
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Role
from wellkept.record.parties.models import Customer
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Kind, Precision, Source, end_of_day


def promise_new(asking: Asking) -> HttpResponse:
    """This will ask for a promise, or keep it; what was typed stays when something is wrong."""
    if not asking.posts:
        return _form(asking, asking.address.dict(), [])
    typed = {name: str(value) for name, value in asking.typed.items()}
    try:
        fresh = _typed(asking, typed)
        (made,) = make_promises(promises=[fresh], at=asking.now, by=asking.account)
    except Refusal as refusal:
        return _form(asking, typed, [str(refusal)])
    except ValidationError as problem:
        return _form(asking, typed, problem.messages)
    messages.success(
        asking.request, _("%(number)s stands in the ledger.") % {"number": made.number}
    )
    return redirect("promise", pk=made.pk)


def _form(asking: Asking, typed: Mapping[str, Any], wrong: list[str]) -> HttpResponse:
    return asking.page(
        "promise_new.html",
        status=422 if wrong else 200,
        typed=typed,
        wrong=wrong,
        roles=Role.objects.all(),
        classes=[(one.word, GRAVE_SAID[one][1]) for one in Consequence],
    )


def _typed(asking: Asking, typed: Mapping[str, str]) -> Promise:
    about = needed(typed.get("about", ""), _("what was promised"))
    asset = _asset(asking, typed.get("asset", "").strip())
    customer = _customer(asking, typed.get("customer", "").strip())
    if customer is None and asset is not None:
        customer = asset.customer
    site = asset.site if asset is not None else None
    zone = site.zone if site is not None else typed.get("zone", "") or "UTC"
    day, hour = typed.get("due_on", "").strip(), typed.get("due_time", "").strip()
    needed(day, _("by which day"))
    moment = typed_moment(f"{day}T{hour or '00:00'}", times.zone_of(zone))
    due = moment if hour else end_of_day(moment.astimezone(times.zone_of(zone)).date(), zone)
    return Promise(
        kind=Kind.SAID.value,
        about=about,
        customer=customer,
        site=site,
        asset=asset,
        consequence=_consequence(typed.get("consequence", ""), asset),
        source=Source.SAID.value,
        accountable=_role(typed.get("accountable", "")),
        owner=asking.person,
        made_at=asking.now,
        made_by=asking.person,
        first_due=due,
        current_due=due,
        due_precision=(Precision.MOMENT if hour else Precision.DAY).value,
        zone=zone,
    )


def _asset(asking: Asking, text: str) -> Asset | None:
    if not text:
        return None
    rows = asking.visible(Asset.objects.select_related("customer", "site"))
    return _only(rows.filter(Q(number__iexact=text) | Q(serial__iexact=text)), text, _("asset"))


def _customer(asking: Asking, text: str) -> Customer | None:
    if not text:
        return None
    rows = asking.visible(Customer.objects.standing())
    exact = rows.filter(Q(name__iexact=text) | Q(number__iexact=text))
    return _only(
        exact if exact.exists() else rows.filter(name__icontains=text), text, _("customer")
    )


def _only(rows: QuerySet[Any], text: str, noun: str) -> Any:
    found = list(rows[:4])
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            _("No %(noun)s answers to “%(text)s”. Try a part of the name, or leave it empty.")
            % {"noun": noun, "text": text}
        )
    names = ", ".join(str(one) for one in found[:3])
    raise ValidationError(
        _("Several answer to “%(text)s”: %(names)s … Write the whole name or number.")
        % {"text": text, "names": names}
    )


def _consequence(word: str, asset: Asset | None) -> int:
    if word:
        try:
            return Consequence.of(word).value
        except KeyError as problem:
            raise ValidationError(_("“%(word)s” is no consequence.") % {"word": word}) from problem
    return asset.consequence if asset is not None else Consequence.UNKNOWN.value


def _role(typed: str) -> Role:
    role = Role.objects.filter(pk=int(typed)).first() if typed.isdecimal() else Role.objects.first()
    if role is None:
        raise ValidationError(
            _("A promise needs a role that answers for it; none is kept yet: add one in Settings.")
        )
    return role
