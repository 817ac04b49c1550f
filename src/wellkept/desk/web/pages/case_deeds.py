"""What can be done to a case: one address for each deed, one verb behind it."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import attempt, needed, typed_moment
from wellkept.desk.web.finding import me, person_meant
from wellkept.record.cases import actions
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import WaitingOn
from wellkept.record.promises.models import ContactLog
from wellkept.record.promises.rules import Channel


def _case(asking: Asking, pk: int) -> Case:
    rows = asking.visible(Case.objects.select_related("site", "customer"))
    return get_object_or_404(rows, pk=pk)


def _deed(asking: Asking, case: Case, act: Callable[[], object], said: str) -> HttpResponse:
    return attempt(asking, act, said=said, otherwise=reverse("case", args=[case.pk]))


def _when(asking: Asking, case: Case) -> datetime:
    typed = asking.typed.get("happened_at", "").strip()
    zone = times.zone_of(case.site.zone if case.site else None)
    return typed_moment(typed, zone) if typed else asking.now


def _simple(action: Callable[..., object], said: str) -> Callable[..., HttpResponse]:
    """A deed that needs nothing but the case and a moment."""

    def answer(asking: Asking, pk: int) -> HttpResponse:
        case = _case(asking, pk)
        return _deed(
            asking,
            case,
            lambda: action(
                cases=[case], happened_at=_when(asking, case), at=asking.now, by=asking.account
            ),
            _(said) % {"number": case.number},
        )

    return answer


acknowledge = _simple(actions.acknowledge_cases, gettext_noop("%(number)s is acknowledged."))
start = _simple(actions.start_work, gettext_noop("Work on %(number)s has begun."))
resume = _simple(actions.resume_cases, gettext_noop("%(number)s waits for nobody any more."))
restore = _simple(actions.restore_cases, gettext_noop("%(number)s: the customer can work again."))
confirm = _simple(actions.confirm_cases, gettext_noop("%(number)s: the customer confirms."))
reopen = _simple(actions.reopen_cases, gettext_noop("%(number)s is open again."))


def take(asking: Asking, pk: int) -> HttpResponse:
    """This will make the one who asks its owner; its promises follow."""
    case = _case(asking, pk)
    return _deed(
        asking, case,
        lambda: actions.take_cases(
            cases=[case], person=me(asking), at=asking.now, by=asking.account
        ),
        _("%(number)s is yours.") % {"number": case.number},
    )  # fmt: skip


def accept(asking: Asking, pk: int) -> HttpResponse:
    """This will accept a case that was offered."""
    case = _case(asking, pk)
    return _deed(
        asking, case,
        lambda: actions.accept_cases(
            cases=[case], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You accepted %(number)s.") % {"number": case.number},
    )  # fmt: skip


def decline(asking: Asking, pk: int) -> HttpResponse:
    """This will decline a case that was offered; the giver remains the owner."""
    case = _case(asking, pk)
    return _deed(
        asking, case,
        lambda: actions.decline_cases(
            cases=[case], person=me(asking), at=asking.now, by=asking.account
        ),
        _("You declined %(number)s.") % {"number": case.number},
    )  # fmt: skip


def offer(asking: Asking, pk: int) -> HttpResponse:
    """This will offer a case to somebody; until they accept, the giver remains the owner."""
    case = _case(asking, pk)
    typed = asking.typed
    return _deed(
        asking, case,
        lambda: actions.offer_cases(
            cases=[case], to=person_meant(asking, typed.get("to", "")),
            words=typed.get("words", "").strip(), at=asking.now, by=asking.account,
        ),
        _("%(number)s was offered.") % {"number": case.number},
    )  # fmt: skip


def wait(asking: Asking, pk: int) -> HttpResponse:
    """This will say for whom the case waits; only what the customer agreed to moves a date."""
    case = _case(asking, pk)
    typed = asking.typed

    def act() -> None:
        whom = typed.get("whom", "")
        if whom not in [one.value for one in WaitingOn]:
            raise ValidationError(_("Choose for whom it waits."))
        actions.wait_for(
            cases=[case],
            whom=WaitingOn(whom),
            evidence=typed.get("evidence", "").strip(),
            happened_at=_when(asking, case),
            at=asking.now,
            by=asking.account,
        )

    return _deed(asking, case, act, _("%(number)s waits.") % {"number": case.number})


def refuse(asking: Asking, pk: int) -> HttpResponse:
    """This will note that the customer says it does not work: the promise is owed again."""
    case = _case(asking, pk)
    return _deed(
        asking, case,
        lambda: actions.refuse_restoration(
            cases=[case],
            reason=needed(asking.typed.get("reason", ""), _("what does not work")),
            happened_at=_when(asking, case), at=asking.now, by=asking.account,
        ),
        _("%(number)s is in work again.") % {"number": case.number},
    )  # fmt: skip


def close(asking: Asking, pk: int) -> HttpResponse:
    """This will close a case: nothing further is owed."""
    case = _case(asking, pk)
    return _deed(
        asking, case,
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
        asking, case,
        lambda: actions.cancel_cases(
            cases=[case],
            reason=needed(asking.typed.get("reason", ""), _("why it is cancelled")),
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
            raise ValidationError(_("Choose how you spoke."))
        told = ContactLog(
            at=_when(asking, case),
            channel=channel,
            from_customer=bool(typed.get("from_customer")),
            customer=case.customer,
            by=asking.person,
            about=needed(typed.get("about", ""), _("what was said")),
        )
        actions.log_contact(case=case, told=told, at=asking.now, by=asking.account)

    return _deed(asking, case, act, _("Noted in the contact log."))
