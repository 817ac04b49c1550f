"""What happens to a case, from the first answer to its end, and what follows for its promises."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, insert
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said
from wellkept.record.cases.actions import fitting
from wellkept.record.cases.actions.rights import (
    KEEPERS,
    happen,
    hold,
    hold_open,
    milestone,
    project,
    promises_of,
    remark,
    see_moment,
    see_reason,
)
from wellkept.record.cases.models import Case, CaseEvent
from wellkept.record.cases.rules import ENDED, State, WaitingOn, Word
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Team
from wellkept.record.promises.actions import (
    acknowledge_pauses,
    confirm_fulfilment,
    keep_promises,
    pause_promises,
    resume_promises,
    take_back_fulfilment,
)
from wellkept.record.promises.actions.rights import running_pauses
from wellkept.record.promises.models import Pause, Promise
from wellkept.record.promises.rules import Kind

RESTORING = (Kind.RESTORE.value, Kind.RESOLVE.value)
ANSWERING = (Kind.UPDATE_CUSTOMER.value, Kind.RESPOND.value)
"""What is kept by speaking with the customer: once they confirm, it was."""


class NotRestored(Refusal):
    """The function was not restored, so there is nothing to confirm or refuse."""


class StillOwed(Refusal):
    """A case is closed when nothing further is owed; something is."""


class NotEnded(Refusal):
    """Only a case that was closed or cancelled is reopened."""


@verb(*KEEPERS, fits=fitting.silent)
def acknowledge_cases(
    *, cases: Sequence[Case], happened_at: datetime, at: datetime, by: By
) -> None:
    """This will say that a person answered the customer; it keeps the promise to respond.

    A case that was acknowledged already stays as it is: the first answer counts.
    """
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    silent = [one for one in held if one.acknowledged_at is None]
    events = happen(silent, Word.ACKNOWLEDGED, happened_at=happened_at, at=at, by=by)
    _keep(held, [Kind.RESPOND.value], happened_at, at, by)
    note(silent, events)


@verb(*KEEPERS, fits=fitting.idle)
def start_work(*, cases: Sequence[Case], happened_at: datetime, at: datetime, by: By) -> None:
    """This will say that work on cases began. Raises CaseEnded, NotYet, BeforeReport.

    A case in work that waits for nobody stays as it is.
    """
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    idle = [one for one in held if fitting.is_idle(one)]
    note(idle, happen(idle, Word.WORK_STARTED, happened_at=happened_at, at=at, by=by))


@verb(*KEEPERS, fits=fitting.is_open)
def wait_for(
    *,
    cases: Sequence[Case],
    whom: WaitingOn,
    happened_at: datetime,
    at: datetime,
    by: By,
    evidence: str = "",
) -> None:
    """This will say that cases wait for somebody; their promises to restore are paused.

    With `evidence` that the customer agreed, the promise clock stands still; without it the wait
    is shown and moves nothing.
    """
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    agreed = bool(evidence.strip())
    events = happen(
        held, Word.WAITING, happened_at=happened_at, at=at, by=by,
        waiting_on=whom.value, acknowledged=agreed,
    )  # fmt: skip
    if whom is not WaitingOn.NOBODY:
        owed = _to_restore(held)
        running = running_pauses(owed)
        if agreed:
            _agree(running.values(), happened_at, evidence, at, by)
        pause_promises(
            pauses=[
                Pause(
                    promise=one,
                    from_at=happened_at,
                    waited_for=whom.value,
                    acknowledged_at=happened_at if agreed else None,
                    evidence=evidence,
                )
                for one in owed
                if one.pk not in running
            ],
            at=at,
            by=by,
        )
    note(held, events, waiting_on=whom)


@verb(*KEEPERS, fits=fitting.waiting)
def agree_to_wait(
    *, cases: Sequence[Case], evidence: str, happened_at: datetime, at: datetime, by: By
) -> None:
    """This will note that the customer agreed afterwards that cases wait, and how we know.

    The pauses of their promises are then agreed to. Cases that wait with the customer's word
    already, or for nobody, stay as they are. Raises NoReason, CaseEnded, NotYet, BeforeReport.
    """
    see_reason(evidence, _("The customer agreed to the pause: say how we know (a mail, a call)."))
    held = [one for one in hold_open(cases) if fitting.waits(one)]
    see_moment(held, happened_at, at)
    since = waits_unagreed(held)
    waiting = [one for one in held if one.pk in since]
    events = [
        event
        for one in waiting
        for event in happen(
            [one], Word.WAITING, happened_at=max(happened_at, since[one.pk]), at=at, by=by,
            waiting_on=one.waiting_on, acknowledged=True,
        )
    ]  # fmt: skip
    _agree(running_pauses(_to_restore(waiting)).values(), happened_at, evidence, at, by)
    note(waiting, events)


def waits_unagreed(cases: Iterable[Case]) -> dict[int, datetime]:
    """This will give since when cases wait without the customer's word, by their key."""
    waiting = (one.pk for one in cases if fitting.waits(one))
    events = CaseEvent.objects.filter(word=Word.WAITING.value).order_by("at", "pk")
    last = {event.case_id: event for event in among(events, "case", waiting)}
    return {key: event.at for key, event in last.items() if not event.acknowledged}


@verb(*KEEPERS, fits=fitting.waiting)
def resume_cases(*, cases: Sequence[Case], happened_at: datetime, at: datetime, by: By) -> None:
    """This will say that nobody is waited for any more; paused promises run again.

    A case that waits for nobody stays as it is.
    """
    held = [one for one in hold_open(cases) if fitting.waits(one)]
    see_moment(held, happened_at, at)
    events = happen(held, Word.RESUMED, happened_at=happened_at, at=at, by=by)
    paused = _paused(held)
    if paused:
        resume_promises(promises=paused, until_at=happened_at, at=at, by=by)
    note(held, events)


@verb(*KEEPERS, fits=fitting.not_restored)
def restore_cases(*, cases: Sequence[Case], happened_at: datetime, at: datetime, by: By) -> None:
    """This will say that the customer can work again; it keeps the promise to restore.

    Provisionally: until the customer confirms it. A case that is restored already stays as it is.
    """
    held = [one for one in hold_open(cases) if one.state != State.RESTORED]
    see_moment(held, happened_at, at)
    events = happen(held, Word.RESTORED, happened_at=happened_at, at=at, by=by)
    _keep(held, RESTORING, happened_at, at, by, provisional=True)
    note(held, events)


@verb(*KEEPERS, fits=fitting.restored)
def confirm_cases(*, cases: Sequence[Case], happened_at: datetime, at: datetime, by: By) -> None:
    """This will say that the customer agrees that it works again. Raises NotRestored."""
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    _see_that_restored(held)
    events = happen(held, Word.CONFIRMED, happened_at=happened_at, at=at, by=by)
    _confirm(held, happened_at, at, by)
    note(held, events)


@verb(*KEEPERS, fits=fitting.restored)
def refuse_restoration(
    *, cases: Sequence[Case], reason: str, happened_at: datetime, at: datetime, by: By
) -> None:
    """This will say that it does not work after all: the promise to restore is owed again.

    Its date stays what it was. Raises NotRestored, NoReason.
    """
    see_reason(reason, _("Say what does not work."))
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    _see_that_restored(held)
    events = happen(held, Word.REFUSED, happened_at=happened_at, at=at, by=by)
    taken = [
        one
        for one in promises_of(held, *RESTORING)
        if one.fulfilled_at is not None and one.voided_at is None
    ]
    if taken:
        take_back_fulfilment(promises=taken, reason=reason, at=at, by=by)
    note(held, events, remark(held, reason, at, by))


@verb(*KEEPERS, fits=fitting.is_open)
def close_cases(
    *,
    cases: Sequence[Case],
    confirmed: bool,
    happened_at: datetime,
    at: datetime,
    by: By,
) -> None:
    """This will close cases: nothing further is owed. Confirmed: the customer says so too.

    A confirmed end keeps what we owed in contact and answers. Raises StillOwed where a promise of
    the case is owed: keep it, or have the customer release it.
    """
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    events = []
    if confirmed:
        events += happen(held, Word.CONFIRMED, happened_at=happened_at, at=at, by=by)
        _confirm(held, happened_at, at, by)
    owed = [one for one in promises_of(held) if one.is_owed]
    if owed:
        raise StillOwed(
            _(
                "%(number)s is still owed (%(kind)s), so the case cannot be closed. Keep the "
                "promise, or have the customer release it."
            )
            % {"number": owed[0].number, "kind": said(owed[0].kind)}
        )
    events += happen(held, Word.CLOSED, happened_at=happened_at, at=at, by=by)
    note(held, events, confirmed=confirmed)


@verb(*KEEPERS, fits=fitting.is_open)
def cancel_cases(
    *, cases: Sequence[Case], reason: str, happened_at: datetime, at: datetime, by: By
) -> None:
    """This will end cases without doing what was asked, and say why. Their promises stay owed.

    Only the customer releases a promise. Raises NoReason.
    """
    see_reason(reason, _("Say why the case is cancelled."))
    held = hold_open(cases)
    see_moment(held, happened_at, at)
    events = happen(held, Word.CANCELLED, happened_at=happened_at, at=at, by=by)
    note(held, events, remark(held, reason, at, by))


@verb(*KEEPERS)
def remark_on_cases(*, cases: Sequence[Case], text: str, at: datetime, by: By) -> None:
    """This will keep a note on cases. Raises NoReason for an empty one."""
    see_reason(text, _("Write the note first."))
    held = hold(cases)
    note(held, remark(held, text, at, by))


@verb(*KEEPERS, fits=fitting.has_ended)
def reopen_cases(*, cases: Sequence[Case], happened_at: datetime, at: datetime, by: By) -> None:
    """This will bring cases back into work that had ended. Raises NotEnded."""
    held = hold(cases)
    see_moment(held, happened_at, at)
    for one in held:
        if State(one.state) not in ENDED:
            raise NotEnded(
                _("%(number)s is open (%(state)s), so it cannot be reopened.")
                % {"number": one.number, "state": said(one.state)}
            )
    note(held, happen(held, Word.REOPENED, happened_at=happened_at, at=at, by=by))


@verb(*KEEPERS)
def note_milestone(
    *,
    cases: Sequence[Case],
    word: str,
    happened_at: datetime,
    at: datetime,
    by: By,
    team: Team | None = None,
) -> None:
    """This will write a milestone into the log of cases, as diagnosed, part_ordered, escalated."""
    held = hold(cases)
    see_moment(held, happened_at, at)
    word = word if word in (Word.RESOLVED, Word.ESCALATED) else milestone(word)
    key = None if team is None else team.pk
    note(held, happen(held, word, happened_at=happened_at, at=at, by=by, team=key))


@verb(*KEEPERS)
def record_events(*, events: Iterable[CaseEvent], at: datetime, by: By) -> list[CaseEvent]:
    """This will write many events of many cases, as a batch that plays or brings over a history.

    Rows are not saved. How the cases stand follows; promises are untouched: their own verbs say
    what became of them. Raises BeforeReport, NotYet.
    """
    fresh = list(events)
    held = {one.pk: one for one in hold(event.case for event in fresh)}
    for event in fresh:
        event.recorded_at, event.by = at, by
        see_moment([held[event.case_id]], event.at, at)
    made = insert(fresh)
    project(list(held.values()))
    note(list(held.values()), events=len(made))
    return made


def _keep(
    held: Sequence[Case],
    kinds: Sequence[str],
    moment: datetime,
    at: datetime,
    by: By,
    provisional: bool = False,
) -> None:
    owed = [one for one in promises_of(held, *kinds) if one.is_owed]
    if owed:
        keep_promises(promises=owed, fulfilled_at=moment, provisional=provisional, at=at, by=by)


def _confirm(held: Sequence[Case], moment: datetime, at: datetime, by: By) -> None:
    """The customer speaks with us: what was provisional holds, what was to say is said."""
    provisional = [one for one in promises_of(held, *RESTORING) if one.provisional]
    if provisional:
        confirm_fulfilment(promises=provisional, at=at, by=by)
    _keep(held, ANSWERING, moment, at, by)


def _to_restore(held: Sequence[Case]) -> list[Promise]:
    return [one for one in promises_of(held, *RESTORING) if one.is_owed]


def _agree(
    running: Iterable[Pause], happened_at: datetime, evidence: str, at: datetime, by: By
) -> None:
    """Have the customer's word on the pauses that run without it."""
    silent = [one for one in running if one.acknowledged_at is None]
    if silent:
        acknowledge_pauses(
            pauses=silent, acknowledged_at=happened_at, evidence=evidence, at=at, by=by
        )


def _paused(held: Sequence[Case]) -> list[Promise]:
    made = promises_of(held)
    running = running_pauses(made)
    return [one for one in made if one.pk in running]


def _see_that_restored(held: Sequence[Case]) -> None:
    for one in held:
        if one.restored_at is None:
            raise NotRestored(
                _("%(number)s was not restored; say first when it worked again.")
                % {"number": one.number}
            )
