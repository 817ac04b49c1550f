"""Words of a case or a promise: corrected by whoever sees both edits, and notes beside them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import Said, at_field, typed_text, wrong_at
from wellkept.desk.web.finding import asset_meant, consequence_meant, customer_meant
from wellkept.desk.web.pages import case as of_case
from wellkept.desk.web.pages import promise as of_promise
from wellkept.desk.web.pages.deed_forms import CASE, PROMISE, done_within
from wellkept.desk.web.pages.settings.shape import seen
from wellkept.desk.web.rights import CASES, PROMISES, decides
from wellkept.record.access.verbs import NotAllowed
from wellkept.record.cases.actions import correct_case, remark_on_cases
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import Channel
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.actions import correct_promise, remark_on
from wellkept.record.promises.models import Promise

DETAIL = 20_000
"""So many characters has a detail."""
NOTE = 4_000
"""So many characters has a note."""


def edit_case(asking: Asking, pk: int) -> HttpResponse:
    """This will correct what is written of a case; two who do so at once both see both."""
    case = _case(asking, pk)
    stood = case.consequence
    made: list[Promise] = []

    def act() -> None:
        changes: dict[str, Any] = {
            "about": typed_text(asking, "about", _("what is wrong, in the customer's words")),
            "detail": typed_text(asking, "detail", most=DETAIL),
            "channel": _channel(asking),
            **_consequence(asking, case),
            **_asset(asking, case),
            **_customer(asking, case),
        }
        with transaction.atomic():
            made[:] = correct_case(
                case=case, changes=changes, seen=seen(asking), at=asking.now, by=asking.account
            )
            if not decides(asking, case, correct_case):
                raise NotAllowed(_("You would not see it again: it would be of another part."))

    return _in_case(asking, case, "edit", act, lambda: _saved(case, stood, made, asking.now))


def _saved(case: Case, stood: int, made: Sequence[Promise], now: datetime) -> str:
    """What was saved, and what became of the promises where a stop means something else now."""
    saved = [_("Saved. What stood there before is in the log.")]
    if made:
        new = _("Promised now, from the report on: %(numbers)s.")
        saved.append(new % {"numbers": ", ".join(one.number for one in made)})
        void = case.promises.filter(promise__voided_at=now).select_related("promise")
        if numbers := ", ".join(link.promise.number for link in void):
            instead = _("Void, since what is due earlier takes its place: %(numbers)s.")
            saved.append(instead % {"numbers": numbers})
    elif case.consequence != stood and case.promises.exists():
        saved.append(_("Its promises stay as given: only the customer can release us."))
    return " ".join(saved)


def remark_case(asking: Asking, pk: int) -> HttpResponse:
    """This will keep a note on a case, for ourselves."""
    case = _case(asking, pk)

    def act() -> None:
        text = typed_text(asking, "text", _("what to remember"), most=NOTE)
        remark_on_cases(cases=[case], text=text, at=asking.now, by=asking.account)

    return _in_case(asking, case, "remark", act, _("The note is kept; the customer is not told."))


def edit_promise(asking: Asking, pk: int) -> HttpResponse:
    """This will correct what is written of a promise, but for its dates, owner and end."""
    promise = _promise(asking, pk)

    def act() -> None:
        changes: dict[str, Any] = {
            "about": typed_text(asking, "about", _("what was promised")),
            **(_consequence(asking, promise) if promise.is_owed else {}),
        }
        correct_promise(
            promise=promise, changes=changes, seen=seen(asking), at=asking.now, by=asking.account
        )

    said = _("Saved. What stood there before is in the log.")
    return _in_promise(asking, promise, "edit", act, said)


def remark_promise(asking: Asking, pk: int) -> HttpResponse:
    """This will keep a note on a promise, for ourselves."""
    promise = _promise(asking, pk)

    def act() -> None:
        text = typed_text(asking, "text", _("what to remember"), most=NOTE)
        remark_on(promises=[promise], text=text, at=asking.now, by=asking.account)

    said = _("The note is kept; the customer is not told.")
    return _in_promise(asking, promise, "remark", act, said)


def _case(asking: Asking, pk: int) -> Case:
    rows = Case.objects.select_related("site", "customer", "asset")
    return get_object_or_404(asking.visible(rows), pk=pk)


def _promise(asking: Asking, pk: int) -> Promise:
    return get_object_or_404(asking.visible(Promise.objects.select_related("site")), pk=pk)


def _in_case(
    asking: Asking, case: Case, name: str, act: Callable[[], object], said: Said
) -> HttpResponse:
    zone = times.place(times.zone_of(case.site.zone if case.site else None))
    title, submit, fields = CASE[name](zone)
    left = tuple(one for one in fields if case.customer is None or one.name != "customer")
    return done_within(
        asking, case, name, act, said,
        verb=CASES[name], shaped=(title, submit, left), shown_again=of_case.shown_again,
        otherwise=reverse("case", args=[case.pk]),
    )  # fmt: skip


def _in_promise(
    asking: Asking, promise: Promise, name: str, act: Callable[[], object], said: str
) -> HttpResponse:
    title, submit, fields = PROMISE[name]("")
    left = fields if promise.is_owed or name != "edit" else fields[:1]
    return done_within(
        asking, promise, name, act, said,
        verb=PROMISES[name], shaped=(title, submit, left), shown_again=of_promise.shown_again,
        otherwise=reverse("promise", args=[promise.pk]),
    )  # fmt: skip


def _channel(asking: Asking) -> str:
    typed = asking.typed.get("channel", "")
    if typed not in [one.value for one in Channel]:
        raise wrong_at("channel", _("Choose how it reached us."))
    return typed


def _consequence(asking: Asking, row: Case | Promise) -> dict[str, Any]:
    """What a stop means, as it was typed; that it was asked, where a case's is another now."""
    with at_field("consequence"):
        rated = consequence_meant(asking.typed.get("consequence", "unknown"), None)
    if isinstance(row, Promise):
        return {"consequence": rated}
    asked = row.consequence_asked or rated not in (row.consequence, Consequence.UNKNOWN.value)
    return {"consequence": rated, "consequence_asked": asked}


def _customer(asking: Asking, case: Case) -> dict[str, Any]:
    """Who called, where nobody knew; whose team it is then, where it is of none."""
    with at_field("customer"):
        typed = "" if case.customer is not None else asking.typed.get("customer", "")
        named = customer_meant(asking, typed)
    return {} if named is None else {"customer": named, "team": case.team or named.team}


def _asset(asking: Asking, case: Case) -> dict[str, Any]:
    """Which machine it is about, where another one was typed; whose and where, if nobody knew."""
    with at_field("asset"):
        typed = asking.typed.get("asset", "").strip()
        if case.asset is not None and typed.casefold() == case.asset.number.casefold():
            return {}
        asset = asset_meant(asking, typed)
    if asset is None:
        return {} if case.asset is None else {"asset": None, "asset_is_unknown": True}
    known = {"customer": case.customer or asset.customer, "site": case.site or asset.site}
    return {"asset": asset, "asset_is_unknown": False, **known}
