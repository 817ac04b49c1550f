"""What can be done to a case: one address for each deed, one verb behind it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    at_field,
    typed_moment,
    typed_text,
    wrong_at,
)
from wellkept.desk.web.finding import me, person_offered, warn_if_away
from wellkept.desk.web.pages.case import shown_again
from wellkept.desk.web.pages.deed_forms import CASE, done_within
from wellkept.desk.web.pages.settings.shape import seen
from wellkept.desk.web.rights import CASES
from wellkept.record.cases import actions
from wellkept.record.cases.actions.noting import CODES
from wellkept.record.cases.actions.rights import BeforeReport, NotYet
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import WaitingOn
from wellkept.record.promises.models import ContactLog
from wellkept.record.promises.rules import Channel

NOTE = 4000
"""So many characters has what was said."""
CODE = 60
"""So many characters has a code."""


def _case(asking: Asking, pk: int) -> Case:
    rows = asking.visible(Case.objects.select_related("site", "customer"))
    return get_object_or_404(rows, pk=pk)


def _deed(
    asking: Asking, case: Case, name: str, act: Callable[[], object], said: str
) -> HttpResponse:
    shaped = CASE[name](times.place(_zone(case))) if name in CASE else None
    return done_within(
        asking, case, name, act, said,
        verb=CASES[name], shaped=shaped, shown_again=shown_again,
        otherwise=reverse("case", args=[case.pk]),
    )  # fmt: skip


def _zone(case: Case) -> ZoneInfo:
    return times.zone_of(case.site.zone if case.site else None)


def _when(asking: Asking, case: Case) -> datetime:
    typed = asking.typed.get("happened_at", "").strip()
    with at_field("happened_at"):
        return typed_moment(typed, _zone(case)) if typed else asking.now


def _simple(name: str, action: Callable[..., object], said: str) -> Callable[..., HttpResponse]:
    """A deed that needs nothing but the case and a moment."""

    def answer(asking: Asking, pk: int) -> HttpResponse:
        case = _case(asking, pk)

        def act() -> None:
            with at_field("happened_at", NotYet, BeforeReport):
                happened_at = _when(asking, case)
                action(cases=[case], happened_at=happened_at, at=asking.now, by=asking.account)

        return _deed(asking, case, name, act, _(said) % {"number": case.number})

    return answer


acknowledge = _simple(
    "acknowledge", actions.acknowledge_cases, gettext_noop("%(number)s is acknowledged.")
)
start = _simple("start", actions.start_work, gettext_noop("Work on %(number)s has begun."))
resume = _simple(
    "resume", actions.resume_cases, gettext_noop("%(number)s waits for nobody any more.")
)
restore = _simple(
    "restore", actions.restore_cases, gettext_noop("%(number)s: the customer can work again.")
)
confirm = _simple(
    "confirm", actions.confirm_cases, gettext_noop("%(number)s: the customer confirms.")
)
reopen = _simple("reopen", actions.reopen_cases, gettext_noop("%(number)s is open again."))


def take(asking: Asking, pk: int) -> HttpResponse:
    """This will make the one who asks its owner; its promises follow."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "take",
        lambda: actions.take_cases(
            cases=[case], person=me(asking), at=asking.now, by=asking.account
        ),
        _("%(number)s is yours.") % {"number": case.number},
    )  # fmt: skip


def accept(asking: Asking, pk: int) -> HttpResponse:
    """This will accept a case that was offered."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "accept",
        lambda: actions.accept_cases(
            cases=[case], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You accepted %(number)s.") % {"number": case.number},
    )  # fmt: skip


def decline(asking: Asking, pk: int) -> HttpResponse:
    """This will decline a case that was offered; the giver remains the owner."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "decline",
        lambda: actions.decline_cases(
            cases=[case], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You declined %(number)s.") % {"number": case.number},
    )  # fmt: skip


def offer(asking: Asking, pk: int) -> HttpResponse:
    """This will offer a case to somebody; until they accept, the giver remains the owner."""
    case = _case(asking, pk)

    def act() -> None:
        to, words = person_offered(asking, case.owner_id), typed_text(asking, "words")
        actions.offer_cases(cases=[case], to=to, words=words, at=asking.now, by=asking.account)
        warn_if_away(asking, to)

    return _deed(asking, case, "offer", act, _("%(number)s was offered.") % {"number": case.number})


def assign(asking: Asking, pk: int) -> HttpResponse:
    """This will give a case to somebody at once, without asking them: for who leads."""
    case = _case(asking, pk)

    def act() -> None:
        to = person_offered(asking, case.owner_id)
        actions.assign_cases(cases=[case], person=to, at=asking.now, by=asking.account)
        warn_if_away(asking, to)

    said = _("%(number)s is assigned.") % {"number": case.number}
    return _deed(asking, case, "assign", act, said)


def unassign(asking: Asking, pk: int) -> HttpResponse:
    """This will take the owner away: nobody owns it, with its promises, until somebody takes it."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "unassign",
        lambda: actions.unassign_cases(
            cases=[case], reason=typed_text(asking, "reason", _("why nobody owns it any more")),
            at=asking.now, by=asking.account,
        ),
        _("Nobody owns %(number)s now, until somebody takes it.") % {"number": case.number},
    )  # fmt: skip


def agree(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer agreed, afterwards, that the case waits."""
    case = _case(asking, pk)

    def act() -> None:
        with at_field("happened_at", NotYet, BeforeReport):
            actions.agree_to_wait(
                cases=[case],
                evidence=typed_text(asking, "evidence", _("how we know")),
                happened_at=_when(asking, case),
                at=asking.now,
                by=asking.account,
            )

    return _deed(asking, case, "agree", act, _("Noted that the customer agreed."))


def code(asking: Asking, pk: int) -> HttpResponse:
    """This will note how it failed, by what and why, and what remedied it."""
    case = _case(asking, pk)

    def act() -> None:
        codes = {name: typed_text(asking, name, most=CODE) for name in CODES}
        seen_at = seen(asking)
        actions.code_case(case=case, codes=codes, seen=seen_at, at=asking.now, by=asking.account)

    return _deed(asking, case, "code", act, _("Saved."))


def wait(asking: Asking, pk: int) -> HttpResponse:
    """This will say for whom the case waits; only what the customer agreed to moves a date."""
    case = _case(asking, pk)
    typed = asking.typed

    def act() -> None:
        whom = typed.get("whom", "")
        if whom not in [one.value for one in WaitingOn]:
            raise wrong_at("whom", _("Choose for whom it waits."))
        actions.wait_for(
            cases=[case],
            whom=WaitingOn(whom),
            evidence=typed_text(asking, "evidence"),
            happened_at=_when(asking, case),
            at=asking.now,
            by=asking.account,
        )

    return _deed(asking, case, "wait", act, _("%(number)s waits.") % {"number": case.number})


def refuse(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer says it does not work: the promise is owed again."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "refuse",
        lambda: actions.refuse_restoration(
            cases=[case],
            reason=typed_text(asking, "reason", _("what does not work")),
            happened_at=_when(asking, case), at=asking.now, by=asking.account,
        ),
        _("%(number)s is in work again.") % {"number": case.number},
    )  # fmt: skip


def close(asking: Asking, pk: int) -> HttpResponse:
    """This will close a case: nothing further is owed."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "close",
        lambda: actions.close_cases(
            cases=[case], confirmed=bool(asking.typed.get("confirmed")),
            happened_at=_when(asking, case), at=asking.now, by=asking.account,
        ),
        _("%(number)s is closed.") % {"number": case.number},
    )  # fmt: skip


def cancel(asking: Asking, pk: int) -> HttpResponse:
    """This will cancel a case; what was promised stays owed."""
    case = _case(asking, pk)
    return _deed(
        asking, case, "cancel",
        lambda: actions.cancel_cases(
            cases=[case],
            reason=typed_text(asking, "reason", _("why it is cancelled")),
            happened_at=asking.now, at=asking.now, by=asking.account,
        ),
        _("%(number)s is cancelled. Its promises stay owed.") % {"number": case.number},
    )  # fmt: skip


def contact(asking: Asking, pk: int) -> HttpResponse:
    """This will note that somebody spoke with the customer about the case."""
    case = _case(asking, pk)
    typed = asking.typed

    def act() -> None:
        channel = typed.get("channel", "")
        if channel not in [one.value for one in Channel]:
            raise wrong_at("channel", _("Choose how you spoke."))
        told = ContactLog(
            at=_when(asking, case),
            channel=channel,
            from_customer=bool(typed.get("from_customer")),
            customer=case.customer,
            by=asking.person,
            about=typed_text(asking, "about", _("what was said"), most=NOTE),
        )
        actions.log_contact(case=case, told=told, at=asking.now, by=asking.account)

    return _deed(asking, case, "contact", act, _("Noted in the contact log."))
