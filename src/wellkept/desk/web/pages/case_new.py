"""Intake: a serial, what is wrong, what the stop means; the promises follow by themselves."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_words import CHANNEL_SAID
from wellkept.desk.web.deeds import LATEST, TWICE, Slips, said_again, said_where, typed_text
from wellkept.desk.web.finding import asset_meant, consequence_meant, customer_meant, role_meant
from wellkept.desk.web.pages.settings.shape import LEADERS
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.desk.web.reaching import see_that_reaches
from wellkept.record.access.turns import turn
from wellkept.record.cases.actions import report_cases, take_cases
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import Channel, Word
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Role

NOTE = 20_000
"""So many characters has a detail."""
ALIKE = ("about", "detail", "channel", "asset_id", "consequence", "accountable_id", "cancelled_at")
NOT_ASKED = Consequence.UNKNOWN
"""What a stop means before the customer was asked, unless the machine's record knows it."""
FIELDS = ("asset", "about", "consequence", "channel", "customer", "detail", "accountable")


def case_new(asking: Asking) -> HttpResponse:
    """This will ask for a case, or take it in; what was typed stays when something is wrong."""
    if not asking.posts:
        return _form(asking, {name: str(value) for name, value in asking.address.items()}, [])
    typed = {name: str(value) for name, value in asking.typed.items()}
    try:
        fresh = _typed(asking, typed)
        case = _made_once(asking, fresh)
    except Refusal as refusal:
        return _form(asking, typed, [str(refusal)])
    except ValidationError as problem:
        return _form(asking, typed, *said_where(problem, FIELDS))
    made = case.promises.count()
    if made:
        said = ngettext(
            "%(number)s is taken in; %(count)s promise runs.",
            "%(number)s is taken in; %(count)s promises run.",
            made,
        ) % {"number": case.number, "count": made}
    else:
        said = _(
            "%(number)s is taken in. No commitment applies to it, so nothing is promised yet: "
            "say by when the customer hears from us."
        ) % {"number": case.number}
    messages.success(asking.request, said)
    if asking.visible(Case.objects.filter(pk=case.pk)).exists():
        return redirect("case", pk=case.pk)
    messages.info(
        asking.request,
        _("It is with those whose part it is (%(team)s), so you do not see it yourself.")
        % {"team": case.team or _("no team yet: whoever sees everything")},
    )
    return redirect("today")


def _made_once(asking: Asking, fresh: Case) -> Case:
    """Take it in; of a form that was sent twice, as by a double click, give what the first made."""

    def same(one: Case) -> bool:
        alike = all(getattr(one, name) == getattr(fresh, name) for name in ALIKE)
        return alike and one.events.filter(word=Word.REPORTED, by=asking.account).exists()

    with turn(connection), transaction.atomic():
        latest, since = Case.objects.order_by("-pk")[:LATEST], asking.now - TWICE
        there = next((one for one in latest if one.recorded_at > since and same(one)), None)
        if there is not None:
            return there
        return report_cases(cases=[fresh], at=asking.now, by=asking.account)[0]


def _form(
    asking: Asking,
    typed: Mapping[str, str],
    wrong: list[str],
    at: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    return asking.page(
        "case_new.html",
        typed=typed,
        **said_again(wrong, at or {}, first="asset"),
        roles=Role.objects.all(),
        adds_roles=bool(asking.account.groups & LEADERS),
        channels=[(one.value, CHANNEL_SAID[one]) for one in Channel if one is not Channel.UNKNOWN],
        classes=[(one.word, GRAVE_SAID[one]) for one in Consequence if one is not NOT_ASKED],
    )


def _typed(asking: Asking, typed: Mapping[str, str]) -> Case:
    slips = Slips()
    wrong = _("what is wrong, in the customer's words")
    about = slips.read("about", lambda: typed_text(asking, "about", wrong))
    asset = slips.read("asset", lambda: asset_meant(asking, typed.get("asset", "")))
    customer = slips.read("customer", lambda: customer_meant(asking, typed.get("customer", "")))
    consequence = slips.read(
        "consequence", lambda: consequence_meant(typed.get("consequence", ""), asset)
    )
    accountable = slips.read("accountable", lambda: role_meant(typed.get("accountable", "")))
    detail = slips.read("detail", lambda: typed_text(asking, "detail", most=NOTE))
    slips.see()
    whose = customer or (None if asset is None else asset.customer)
    if typed.get("mine"):
        see_that_reaches(asking, whose, asset, take_cases)
    assert about is not None and detail is not None and consequence is not None  # seen
    return Case(
        about=about,
        detail=detail,
        channel=_channel(typed.get("channel", "")),
        customer=customer,
        asset=asset,
        asset_is_unknown=asset is None,
        team=None if whose is None else whose.team,
        consequence=consequence,
        consequence_asked=typed.get("consequence", "") not in ("", NOT_ASKED.word),
        accountable=accountable,
        owner=asking.person if typed.get("mine") else None,
        reported_at=asking.now,
    )


def _channel(typed: str) -> str:
    return typed if typed in [one.value for one in Channel] else Channel.UNKNOWN.value
