"""What changes a date that we say, or explains it: moves, notices, pauses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.record.access.batches import chunks, insert, locked, update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said_each
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import fitting
from wellkept.record.promises.actions.making import write_back
from wellkept.record.promises.actions.rights import (
    KEEPERS,
    Settled,
    hold,
    hold_keys,
    log,
    running_pauses,
    see_that_owed,
    see_that_past,
)
from wellkept.record.promises.actions.settling import NoReason
from wellkept.record.promises.models import ContactLog, Notice, Pause, Promise, PromiseMove
from wellkept.record.promises.rules import AskedBy, Channel, Unmoved, WaitedFor, Word

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class NotMoved(Refusal):
    """A move must lead to another date, after the promise was made."""


class NotPaused(Refusal):
    """No pause runs that could be ended."""


class NobodyToTell(Refusal):
    """The promise names no customer, so nobody can have been told."""


@verb(*KEEPERS, fits=fitting.movable)
def move_promises(*, moves: Iterable[PromiseMove], at: datetime, by: By) -> list[PromiseMove]:
    """This will change the dates that we say; who asked decides whether we are judged by them.

    Give rows that are not saved: promise, new_due, asked_by, reason, evidence (needed where the
    customer asked), at (when they asked; a person's move is asked now unless it says so), told_at.
    Several of one promise are taken in their order of time. Raises NotMoved, NoReason, Settled for
    a move that came after the promise was settled, NotYet.
    """
    fresh = sorted(list(moves), key=lambda move: move.at or _LONG_AGO)
    held = hold_keys(move.promise_id for move in fresh)
    known = {one.pk: one for one in held}
    for move in fresh:
        move.recorded_at = at
        if move.at is None and by is not None:
            move.at = at
        _see_that_it_moves(move, known[move.promise_id], at)
        known[move.promise_id].current_due = move.new_due
    made = insert(fresh)
    write_back(held, ["current_due"])
    for move in made:
        move.promise = known[move.promise_id]
    _log_moves(made, at, by)
    note(held, made)
    return made


def _see_that_it_moves(move: PromiseMove, promise: Promise, at: datetime) -> None:
    if move.old_due is None:
        move.old_due = promise.current_due
    why = unmoved(move, promise, at)
    if why is Unmoved.TO_COME and move.at is not None:
        see_that_past(move.at, at, _("Moving a promise"))
    if why is Unmoved.SETTLED:
        see_that_owed([promise])
    if why is not None:
        raise NotMoved(_(_SAYS[why]) % {"number": promise.number})
    if move.asked_by not in set(AskedBy):
        raise NoReason(
            _("Who asked to move %(number)s? Write us, customer or unknown.")
            % {"number": promise.number}
        )
    if move.asked_by == AskedBy.CUSTOMER and not move.evidence.strip():
        raise NoReason(
            _("The customer asked to move %(number)s: say how we know (a mail, a call).")
            % {"number": promise.number}
        )


def unmoved(move: PromiseMove, promise: Promise, at: datetime) -> Unmoved | None:
    """This will tell why a move is not taken that is written down at a moment; None if it is.

    Of the rows in hand alone: `promise` as it stands before the move, nothing is read or written.
    """
    if promise.current_due is None:
        return Unmoved.WITHOUT_DATE
    if move.new_due == (move.old_due or promise.current_due):
        return Unmoved.SAME_DATE
    if promise.made_at is not None and move.new_due < promise.made_at and not promise.doubt:
        return Unmoved.BEFORE_MADE
    if move.at is not None and move.at > at:
        return Unmoved.TO_COME
    if not promise.is_owed and not _while_owed(move, promise):
        return Unmoved.SETTLED
    return None


_SAYS = {
    Unmoved.WITHOUT_DATE: gettext_noop(
        "%(number)s has no date, only a verdict, so it cannot be moved."
    ),
    Unmoved.SAME_DATE: gettext_noop("%(number)s is due at that moment already; choose another."),
    Unmoved.BEFORE_MADE: gettext_noop(
        "%(number)s cannot be due before it was made; choose a later date."
    ),
}


def _while_owed(move: PromiseMove, promise: Promise) -> bool:
    """History that is written down later: the move came before the promise was settled."""
    if promise.voided_at is not None:
        return False
    ends = (promise.fulfilled_at, promise.released_at, promise.ended_at)
    return all(end is None or move.at is None or move.at <= end for end in ends)


def _log_moves(made: Sequence[PromiseMove], at: datetime, by: By) -> None:
    rounds: dict[int, list[PromiseMove]] = defaultdict(list)
    seen: dict[int, int] = defaultdict(int)
    for move in made:
        rounds[seen[move.promise_id]].append(move)
        seen[move.promise_id] += 1
    for moves in rounds.values():
        log(
            [move.promise for move in moves],
            Word.MOVED,
            at=at,
            by=by,
            happened={move.promise_id: move.at or at for move in moves},
            due={move.promise_id: move.new_due for move in moves},
            details={move.promise_id: move.pk for move in moves},
        )


@verb(*KEEPERS, fits=fitting.tellable)
def tell_customer(
    *, promises: Sequence[Promise], told: ContactLog, at: datetime, by: By
) -> list[Notice]:
    """This will note that customers were told how promises stand: who told them, how, and when.

    `told` is a line of the contact log that is not saved, without its customer: each customer of
    the promises gets one. Moves that had come by then, and that they had not been told of, are
    told with it. Raises NobodyToTell, NotYet.
    """
    held = hold(promises)
    nameless = [one for one in held if one.customer_id is None]
    if nameless:
        raise NobodyToTell(
            _("%(number)s names no customer; say first whose it is.")
            % {"number": nameless[0].number}
        )
    see_that_past(told.at, at, _("Telling the customer"))
    if told.channel not in set(Channel):
        raise NoReason(
            _("How was the customer told? Choose one of: %(known)s.")
            % {"known": said_each(Channel)}
        )
    customers = list(dict.fromkeys(one.customer_id for one in held))
    lines = insert(_line(told, customer, at) for customer in customers)
    line_of = dict(zip(customers, lines, strict=True))
    notices = insert(
        Notice(
            promise=one,
            told=line_of[one.customer_id],
            at=told.at,
            in_time=one.judged_due is None or told.at <= one.judged_due,
        )
        for one in held
    )
    keys = [one.pk for one in held]
    for some in chunks(keys):
        untold = PromiseMove.objects.filter(promise__in=some, told_at=None)
        untold.filter(Q(at=None) | Q(at__lte=told.at)).update(told_at=told.at)
    details = {notice.promise_id: notice.pk for notice in notices}
    log(held, Word.TOLD, at=at, by=by, happened=told.at, details=details, code=told.channel)
    note(notices, lines, channel=told.channel)
    return notices


def _line(told: ContactLog, customer: int | None, at: datetime) -> ContactLog:
    same = {name: getattr(told, name) for name in ("at", "channel", "from_customer", "about")}
    return ContactLog(
        customer_id=customer,
        contact_id=told.contact_id,
        by_id=told.by_id,
        recorded_at=at,
        **same,
    )


@verb(*KEEPERS)
def pause_promises(*, pauses: Iterable[Pause], at: datetime, by: By) -> list[Pause]:
    """This will note that somebody is waited for, given as rows that are not saved.

    The date moves only where the customer agreed (`acknowledged_at` and `evidence`) before it
    passed. Raises Settled, NoReason, NotYet, and NotTrue where a pause runs already.
    """
    fresh = list(pauses)
    held = hold_keys(pause.promise_id for pause in fresh)
    known = {one.pk: one for one in held}
    for pause in fresh:
        pause.recorded_at = at
        _see_pause(pause, known[pause.promise_id], at)
    made = insert(fresh)
    write_back(held, [])
    for pause in made:
        log(
            [known[pause.promise_id]],
            Word.PAUSED,
            at=at,
            by=by,
            happened=pause.from_at,
            details={pause.promise_id: pause.pk},
            code=pause.waited_for,
        )
    note(held, made)
    return made


def _see_pause(pause: Pause, promise: Promise, at: datetime) -> None:
    see_that_past(pause.from_at, at, _("Pausing a promise"))
    if pause.until_at is not None:
        see_that_past(pause.until_at, at, _("Resuming a promise"))
    if pause.waited_for not in set(WaitedFor):
        raise NoReason(
            _("Who is waited for? Choose one of: %(known)s.") % {"known": said_each(WaitedFor)}
        )
    if pause.acknowledged_at is not None:
        see_that_past(pause.acknowledged_at, at, _("Agreeing to a pause"))
        if not pause.evidence.strip():
            raise NoReason(
                _("The customer agreed that %(number)s waits: say how we know.")
                % {"number": promise.number}
            )
    if not promise.is_owed and pause.until_at is None:
        raise Settled(
            _("%(number)s is settled, so nobody is waited for any more.")
            % {"number": promise.number}
        )


@verb(*KEEPERS)
def acknowledge_pauses(
    *, pauses: Sequence[Pause], acknowledged_at: datetime, evidence: str, at: datetime, by: By
) -> None:
    """This will note that the customer agreed to pauses, and how we know; the dates follow.

    It counts where they agreed before the judged date had passed. Raises NoReason, NotYet.
    """
    if not evidence.strip():
        raise NoReason(_("The customer agreed to the pause: say how we know (a mail, a call)."))
    see_that_past(acknowledged_at, at, _("Agreeing to a pause"))
    held = hold(Promise.objects.filter(pauses__in=[one.pk for one in pauses]))
    changing = [one for one in locked(pauses, of=Pause) if one.acknowledged_at is None]
    for pause in changing:
        pause.acknowledged_at, pause.evidence = acknowledged_at, evidence
    update(changing, ["acknowledged_at", "evidence"])
    touched = {pause.promise_id: pause.pk for pause in changing}
    moved = [one for one in held if one.pk in touched]
    write_back(moved, [])
    log(moved, Word.ACKNOWLEDGED, at=at, by=by, happened=acknowledged_at, details=touched)
    note(moved, changing)


@verb(*KEEPERS)
def resume_promises(
    *, promises: Sequence[Promise], until_at: datetime, at: datetime, by: By
) -> None:
    """This will end the pauses of promises. Raises NotPaused, NotYet."""
    see_that_past(until_at, at, _("Resuming a promise"))
    held = hold(promises)
    running = running_pauses(held)
    for one in held:
        if one.pk not in running:
            raise NotPaused(
                _("%(number)s is not paused, so it cannot be resumed.") % {"number": one.number}
            )
        if until_at < running[one.pk].from_at:
            raise NotPaused(
                _("The pause of %(number)s began later; choose a later moment.")
                % {"number": one.number}
            )
        running[one.pk].until_at = until_at
    update(list(running.values()), ["until_at"])
    write_back(held, [])
    details = {key: pause.pk for key, pause in running.items()}
    log(held, Word.RESUMED, at=at, by=by, happened=until_at, details=details)
    note(held, list(running.values()))
