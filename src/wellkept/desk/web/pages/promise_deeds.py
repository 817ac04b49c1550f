"""What can be done to a promise from any page: one address for each deed, one verb behind it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import attempt, needed, typed_moment
from wellkept.desk.web.finding import me, person_meant
from wellkept.desk.web.promise_rows import zone_name
from wellkept.record.promises import actions
from wellkept.record.promises.models import ContactLog, Promise, PromiseMove
from wellkept.record.promises.rules import AskedBy, Cause, Channel


def _promise(asking: Asking, pk: int) -> Promise:
    rows = asking.visible(Promise.objects.select_related("site", "customer"))
    return get_object_or_404(rows, pk=pk)


def _zone(promise: Promise) -> ZoneInfo:
    return times.zone_of(zone_name(promise))


def _deed(asking: Asking, promise: Promise, act: Callable[[], object], said: str) -> HttpResponse:
    return attempt(asking, act, said=said, otherwise=reverse("promise", args=[promise.pk]))


def take(asking: Asking, pk: int) -> HttpResponse:
    """This will make the one who asks its owner."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.take_promises(
            promises=[promise], person=me(asking), at=asking.now, by=asking.account
        ),
        _("%(number)s is yours.") % {"number": promise.number},
    )  # fmt: skip


def accept(asking: Asking, pk: int) -> HttpResponse:
    """This will accept what was offered."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.accept_promises(
            promises=[promise], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You accepted %(number)s.") % {"number": promise.number},
    )  # fmt: skip


def decline(asking: Asking, pk: int) -> HttpResponse:
    """This will decline what was offered; the giver remains the owner."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.decline_promises(
            promises=[promise], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You declined %(number)s.") % {"number": promise.number},
    )  # fmt: skip


def offer(asking: Asking, pk: int) -> HttpResponse:
    """This will offer it to somebody; until they accept, nothing changes."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.offer_promises(
            promises=[promise], to=person_meant(asking, asking.typed.get("to", "")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s was offered.") % {"number": promise.number},
    )  # fmt: skip


def keep(asking: Asking, pk: int) -> HttpResponse:
    """This will note that it is fulfilled: now, or when the form says."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.keep_promises(
            promises=[promise], fulfilled_at=_when(asking, "fulfilled_at", _zone(promise)),
            evidence=asking.typed.get("evidence", ""), at=asking.now, by=asking.account,
        ),
        _("%(number)s is fulfilled.") % {"number": promise.number},
    )  # fmt: skip


def move(asking: Asking, pk: int) -> HttpResponse:
    """This will change the date that we say; the first one stays."""
    promise = _promise(asking, pk)
    typed = asking.typed

    def act() -> None:
        new_due = typed_moment(typed.get("new_due", ""), _zone(promise))
        one = PromiseMove(
            promise=promise,
            new_due=new_due,
            asked_by=_one_of(AskedBy, typed.get("asked_by", "")),
            reason=needed(typed.get("reason", ""), _("why the date moves")),
            evidence=typed.get("evidence", "").strip(),
            at=asking.now,
            told_at=asking.now if typed.get("told") else None,
        )
        actions.move_promises(moves=[one], at=asking.now, by=asking.account)

    return _deed(asking, promise, act, _("%(number)s has a new date; the first one stays.") % {
        "number": promise.number})  # fmt: skip


def tell(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer was told, in the contact log too."""
    promise = _promise(asking, pk)
    typed = asking.typed

    def act() -> None:
        told = ContactLog(
            at=asking.now,
            channel=_one_of(Channel, typed.get("channel", "")),
            customer=promise.customer,
            by=asking.person,
            about=needed(typed.get("about", ""), _("what was said")),
        )
        actions.tell_customer(promises=[promise], told=told, at=asking.now, by=asking.account)

    return _deed(asking, promise, act, _("Noted that the customer was told."))


def end(asking: Asking, pk: int) -> HttpResponse:
    """This will say that it will not be fulfilled: it counts as never kept."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.end_promises(
            promises=[promise], ended_at=asking.now,
            reason=needed(asking.typed.get("reason", ""), _("why it will not be kept")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s has ended unfulfilled.") % {"number": promise.number},
    )  # fmt: skip


def release(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer released us, and how we know."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.release_promises(
            promises=[promise], released_at=asking.now,
            evidence=needed(asking.typed.get("evidence", ""), _("how we know")),
            at=asking.now, by=asking.account,
        ),
        _("The customer released us from %(number)s.") % {"number": promise.number},
    )  # fmt: skip


def take_back(asking: Asking, pk: int) -> HttpResponse:
    """This will take a fulfilment back: it is owed again, by the same date."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.take_back_fulfilment(
            promises=[promise],
            reason=needed(asking.typed.get("reason", ""), _("why it was not fulfilled")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s is owed again.") % {"number": promise.number},
    )  # fmt: skip


def correct(asking: Asking, pk: int) -> HttpResponse:
    """This will correct a mistyped first date; the rule of two may want a second person."""
    promise = _promise(asking, pk)

    def act() -> None:
        actions.correct_date(
            promise=promise,
            first_due=typed_moment(asking.typed.get("first_due", ""), _zone(promise)),
            reason=needed(asking.typed.get("reason", ""), _("what was wrong")),
            at=asking.now,
            by=asking.account,
        )

    return _deed(asking, promise, act, _("The correction is noted."))


def void(asking: Asking, pk: int) -> HttpResponse:
    """This will say that it was never a promise: entered by mistake. It stays visible."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.void_promises(
            promises=[promise],
            reason=needed(asking.typed.get("reason", ""), _("why it never was one")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s is void.") % {"number": promise.number},
    )  # fmt: skip


def cause(asking: Asking, pk: int) -> HttpResponse:
    """This will note why it failed; it changes nothing of how it stands."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise,
        lambda: actions.annotate_cause(
            promises=[promise], cause=Cause(_one_of(Cause, asking.typed.get("cause", ""))),
            at=asking.now, by=asking.account,
        ),
        _("The cause is noted."),
    )  # fmt: skip


def _when(asking: Asking, name: str, zone: ZoneInfo) -> datetime:
    typed = asking.typed.get(name, "").strip()
    return typed_moment(typed, zone) if typed else asking.now


def _one_of(words: type[AskedBy | Channel | Cause], typed: str) -> str:
    if typed not in [word.value for word in words]:
        raise ValidationError(_("“%(typed)s” is none of the choices.") % {"typed": typed})
    return typed
