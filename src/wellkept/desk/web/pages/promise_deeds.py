"""What can be done to a promise from any page: one address for each deed, one verb behind it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    Said,
    at_field,
    typed_moment,
    typed_text,
    wrong_at,
)
from wellkept.desk.web.finding import me, person_offered, warn_if_away
from wellkept.desk.web.pages.deed_forms import PROMISE, agreed, done_within
from wellkept.desk.web.pages.promise import pause_options, pauses_unagreed, shown_again
from wellkept.desk.web.promise_rows import zone_name
from wellkept.desk.web.rights import PROMISES
from wellkept.record.promises import actions
from wellkept.record.promises.actions.correcting import NotCorrected
from wellkept.record.promises.actions.moving import NotMoved
from wellkept.record.promises.actions.rights import NotYet
from wellkept.record.promises.actions.settling import NoReason, TooEarly
from wellkept.record.promises.models import (
    ContactLog,
    DateCorrection,
    Promise,
    PromiseMove,
)
from wellkept.record.promises.rules import AskedBy, Cause, Channel


def _promise(asking: Asking, pk: int) -> Promise:
    rows = asking.visible(Promise.objects.select_related("site", "customer"))
    return get_object_or_404(rows, pk=pk)


VERBS = PROMISES | {
    "confirm": actions.confirm_correction,
    "refuse": actions.refuse_correction,
    "agree": actions.acknowledge_pauses,
}
"""What each address does; corrections and pauses are answered where they stand on the page."""


def _zone(promise: Promise) -> ZoneInfo:
    return times.zone_of(zone_name(promise))


def _deed(
    asking: Asking, promise: Promise, name: str, act: Callable[[], object], said: Said
) -> HttpResponse:
    shaped = PROMISE[name](times.place(_zone(promise))) if name in PROMISE else None
    return done_within(
        asking, promise, name, act, said,
        verb=VERBS[name], shaped=shaped, shown_again=shown_again,
        otherwise=reverse("promise", args=[promise.pk]),
    )  # fmt: skip


def take(asking: Asking, pk: int) -> HttpResponse:
    """This will make the one who asks its owner."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "take",
        lambda: actions.take_promises(
            promises=[promise], person=me(asking), at=asking.now, by=asking.account
        ),
        _("%(number)s is yours.") % {"number": promise.number},
    )  # fmt: skip


def accept(asking: Asking, pk: int) -> HttpResponse:
    """This will accept what was offered."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "accept",
        lambda: actions.accept_promises(
            promises=[promise], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You accepted %(number)s.") % {"number": promise.number},
    )  # fmt: skip


def decline(asking: Asking, pk: int) -> HttpResponse:
    """This will decline what was offered; the giver remains the owner."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "decline",
        lambda: actions.decline_promises(
            promises=[promise], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You declined %(number)s.") % {"number": promise.number},
    )  # fmt: skip


def offer(asking: Asking, pk: int) -> HttpResponse:
    """This will offer it to somebody; until they accept, nothing changes."""
    promise = _promise(asking, pk)

    def act() -> None:
        to = person_offered(asking, promise.owner_id)
        actions.offer_promises(promises=[promise], to=to, at=asking.now, by=asking.account)
        warn_if_away(asking, to)

    return _deed(
        asking, promise, "offer", act, _("%(number)s was offered.") % {"number": promise.number}
    )


def assign(asking: Asking, pk: int) -> HttpResponse:
    """This will give it to somebody at once, without asking them: for who leads."""
    promise = _promise(asking, pk)

    def act() -> None:
        to = person_offered(asking, promise.owner_id)
        actions.assign_promises(promises=[promise], person=to, at=asking.now, by=asking.account)
        warn_if_away(asking, to)

    said = _("%(number)s is assigned.") % {"number": promise.number}
    return _deed(asking, promise, "assign", act, said)


def unassign(asking: Asking, pk: int) -> HttpResponse:
    """This will take the owner away: nobody answers for it until somebody takes it."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "unassign",
        lambda: actions.unassign_promises(
            promises=[promise],
            reason=typed_text(asking, "reason", _("why nobody owns it any more")),
            at=asking.now, by=asking.account,
        ),
        _("Nobody owns %(number)s now, until somebody takes it.") % {"number": promise.number},
    )  # fmt: skip


def keep(asking: Asking, pk: int) -> HttpResponse:
    """This will note that it is fulfilled: now, or when the form says."""
    promise = _promise(asking, pk)

    def act() -> None:
        with at_field("fulfilled_at", NotYet, TooEarly):
            actions.keep_promises(
                promises=[promise],
                fulfilled_at=_when(asking, "fulfilled_at", _zone(promise)),
                evidence=typed_text(asking, "evidence"),
                at=asking.now,
                by=asking.account,
            )

    said = _("%(number)s is fulfilled.") % {"number": promise.number}
    return _deed(asking, promise, "keep", act, said)


def move(asking: Asking, pk: int) -> HttpResponse:
    """This will change the date that we say; the first one stays."""
    promise = _promise(asking, pk)
    typed = asking.typed

    def act() -> None:
        with at_field("new_due"):
            new_due = typed_moment(typed.get("new_due", ""), _zone(promise))
        one = PromiseMove(
            promise=promise,
            new_due=new_due,
            asked_by=_one_of(AskedBy, asking, "asked_by"),
            reason=typed_text(asking, "reason", _("why the date moves")),
            evidence=typed_text(asking, "evidence"),
            at=asking.now,
            told_at=asking.now if typed.get("told") else None,
        )
        with at_field("new_due", NotMoved), at_field("evidence", NoReason):
            actions.move_promises(moves=[one], at=asking.now, by=asking.account)

    said = _("%(number)s has a new date; the first one stays.") % {"number": promise.number}
    return _deed(asking, promise, "move", act, said)


def tell(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer was told, in the contact log too."""
    promise = _promise(asking, pk)

    def act() -> None:
        told = ContactLog(
            at=asking.now,
            channel=_one_of(Channel, asking, "channel"),
            customer=promise.customer,
            by=asking.person,
            about=typed_text(asking, "about", _("what was said")),
        )
        actions.tell_customer(promises=[promise], told=told, at=asking.now, by=asking.account)

    return _deed(asking, promise, "tell", act, _("Noted that the customer was told."))


def end(asking: Asking, pk: int) -> HttpResponse:
    """This will say that it will not be fulfilled: it counts as never kept."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "end",
        lambda: actions.end_promises(
            promises=[promise], ended_at=asking.now,
            reason=typed_text(asking, "reason", _("why it will not be kept")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s has ended unfulfilled.") % {"number": promise.number},
    )  # fmt: skip


def release(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer released us, and how we know."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "release",
        lambda: actions.release_promises(
            promises=[promise], released_at=asking.now,
            evidence=typed_text(asking, "evidence", _("how we know")),
            at=asking.now, by=asking.account,
        ),
        _("The customer released us from %(number)s.") % {"number": promise.number},
    )  # fmt: skip


def take_back(asking: Asking, pk: int) -> HttpResponse:
    """This will take a fulfilment back: it is owed again, by the same date."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "take_back",
        lambda: actions.take_back_fulfilment(
            promises=[promise],
            reason=typed_text(asking, "reason", _("why it was not fulfilled")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s is owed again.") % {"number": promise.number},
    )  # fmt: skip


def correct(asking: Asking, pk: int) -> HttpResponse:
    """This will correct a mistyped first date; the rule of two may want a second person."""
    promise = _promise(asking, pk)
    asked: list[DateCorrection] = []

    def act() -> None:
        with at_field("first_due", NotCorrected):
            first_due = typed_moment(asking.typed.get("first_due", ""), _zone(promise))
            one = actions.correct_date(
                promise=promise,
                first_due=first_due,
                reason=typed_text(asking, "reason", _("what was wrong")),
                at=asking.now,
                by=asking.account,
            )
            asked.append(one)

    def said() -> str:
        if asked[0].confirmed_at is not None:
            return _("The first date is corrected.")
        return _("The first date stays until somebody else confirms the correction, on this page.")

    return _deed(asking, promise, "correct", act, said)


def confirm(asking: Asking, pk: int) -> HttpResponse:
    """This will confirm the correction that waits, as the second person."""
    promise = _promise(asking, pk)
    waiting = get_object_or_404(promise.corrections.waiting())
    return _deed(
        asking, promise, "confirm",
        lambda: actions.confirm_correction(
            correction=waiting, at=asking.now, by=asking.account
        ),
        _("The first date is corrected."),
    )  # fmt: skip


def refuse(asking: Asking, pk: int) -> HttpResponse:
    """This will refuse the correction that waits: the first date stays as it is."""
    promise = _promise(asking, pk)
    waiting = get_object_or_404(promise.corrections.waiting())
    return _deed(
        asking, promise, "refuse",
        lambda: actions.refuse_correction(
            correction=waiting, reason=typed_text(asking, "reason", _("why the date stays")),
            at=asking.now, by=asking.account,
        ),
        _("The first date stays as it is."),
    )  # fmt: skip


def agree(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer agreed to a pause that was without their word."""
    promise = _promise(asking, pk)
    zone = _zone(promise)
    silent = {str(one.pk): one for one in pauses_unagreed(promise)}
    if not silent:
        raise Http404

    def act() -> None:
        typed = asking.typed.get("pause", "")
        if typed not in silent:
            raise wrong_at("pause", _("Choose to which pause they agreed."))
        with at_field("happened_at", NotYet):
            actions.acknowledge_pauses(
                pauses=[silent[typed]],
                acknowledged_at=_when(asking, "happened_at", zone),
                evidence=typed_text(asking, "evidence", _("how we know")),
                at=asking.now,
                by=asking.account,
            )

    return done_within(
        asking, promise, "agree", act, _("Noted that the customer agreed."),
        verb=VERBS["agree"], shaped=agreed(times.place(zone), pause_options(promise, zone)),
        shown_again=shown_again, otherwise=reverse("promise", args=[promise.pk]),
    )  # fmt: skip


def void(asking: Asking, pk: int) -> HttpResponse:
    """This will say that it was never a promise: entered by mistake. It stays visible."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "void",
        lambda: actions.void_promises(
            promises=[promise],
            reason=typed_text(asking, "reason", _("why it never was one")),
            at=asking.now, by=asking.account,
        ),
        _("%(number)s is void.") % {"number": promise.number},
    )  # fmt: skip


def cause(asking: Asking, pk: int) -> HttpResponse:
    """This will note why it failed; it changes nothing of how it stands."""
    promise = _promise(asking, pk)
    return _deed(
        asking, promise, "cause",
        lambda: actions.annotate_cause(
            promises=[promise], cause=Cause(_one_of(Cause, asking, "cause")),
            at=asking.now, by=asking.account,
        ),
        _("The cause is noted."),
    )  # fmt: skip


def _when(asking: Asking, name: str, zone: ZoneInfo) -> datetime:
    typed = asking.typed.get(name, "").strip()
    with at_field(name):
        return typed_moment(typed, zone) if typed else asking.now


def _one_of(words: type[AskedBy | Channel | Cause], asking: Asking, name: str) -> str:
    typed = asking.typed.get(name, "")
    if typed not in [word.value for word in words]:
        raise wrong_at(name, _("“%(typed)s” is none of the choices.") % {"typed": typed})
    return typed
