"""How a promise ends: fulfilled, released by the customer, or never to be fulfilled."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert, update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import fitting
from wellkept.record.promises.actions.rights import (
    KEEPERS,
    Moments,
    end_waits,
    hold,
    log,
    moment_of,
    see_that_owed,
    see_that_past,
)
from wellkept.record.promises.models import Promise, Remark
from wellkept.record.promises.rules import Unsettled, Word, was_fulfilled


class NotFulfilled(Refusal):
    """The promise was not fulfilled, so there is nothing to confirm or to take back."""


class TooEarly(Refusal):
    """A promise would end before it was made."""


class NoReason(Refusal):
    """Something must be said: why, or how we know."""


@verb(*KEEPERS, fits=fitting.owed)
def keep_promises(
    *,
    promises: Sequence[Promise],
    fulfilled_at: Moments,
    at: datetime,
    by: By,
    evidence: str = "",
    provisional: bool = False,
) -> list[Promise]:
    """This will say that promises were fulfilled, at one moment or each at its own (by key).

    Whether that was in time, the judged date tells. Provisional: until the customer confirms.
    Raises Settled, NotYet, TooEarly.
    """
    held = _settle(promises, "fulfilled_at", fulfilled_at, at, _("Fulfilling a promise"))
    for one in held:
        one.provisional = provisional
        one.evidence = evidence or one.evidence
    _end(held, fulfilled_at, ["fulfilled_at", "provisional", "evidence"])
    log(held, Word.FULFILLED, at=at, by=by, happened=fulfilled_at)
    note(held)
    return held


@verb(*KEEPERS, fits=fitting.owed)
def release_promises(
    *, promises: Sequence[Promise], released_at: Moments, evidence: str, at: datetime, by: By
) -> list[Promise]:
    """This will say that the customer released us; nobody else can. `evidence`: how we know.

    A release after the judged date leaves the failure standing. Cancelled work releases nothing.
    Raises NoReason, Settled, NotYet, TooEarly.
    """
    if not evidence.strip():
        raise NoReason(_("Only the customer releases a promise: say how we know that they did."))
    held = _settle(promises, "released_at", released_at, at, _("Releasing a promise"))
    for one in held:
        one.evidence = evidence
    _end(held, released_at, ["released_at", "evidence"])
    log(held, Word.RELEASED, at=at, by=by, happened=released_at)
    note(held)
    return held


@verb(*KEEPERS, fits=fitting.owed)
def end_promises(
    *, promises: Sequence[Promise], ended_at: Moments, reason: str, at: datetime, by: By
) -> list[Promise]:
    """This will say that promises will not be fulfilled, and why: they stand as never kept.

    Raises NoReason, Settled, NotYet, TooEarly.
    """
    if not reason.strip():
        raise NoReason(_("Say why the promise will not be fulfilled."))
    held = _settle(promises, "ended_at", ended_at, at, _("Ending a promise"))
    for one in held:
        one.ended_reason = reason
    _end(held, ended_at, ["ended_at", "ended_reason"])
    log(held, Word.ENDED, at=at, by=by, happened=ended_at)
    note(held)
    return held


@verb(*KEEPERS)
def confirm_fulfilment(*, promises: Sequence[Promise], at: datetime, by: By) -> None:
    """This will say that the customer confirmed what was fulfilled. Raises NotFulfilled."""
    held = hold(promises)
    _see_that_fulfilled(held)
    changing = [one for one in held if one.confirmed_at is None]
    for one in changing:
        one.confirmed_at, one.provisional = at, False
    update(changing, ["confirmed_at", "provisional"])
    log(changing, Word.CONFIRMED, at=at, by=by)
    note(changing)


@verb(*KEEPERS, fits=fitting.fulfilled)
def take_back_fulfilment(*, promises: Sequence[Promise], reason: str, at: datetime, by: By) -> None:
    """This will say that promises were not fulfilled after all: they are owed again, as they were.

    The date stays: what has passed since is late. Raises NoReason, NotFulfilled.
    """
    if not reason.strip():
        raise NoReason(_("Say why the promise was not fulfilled after all."))
    held = hold(promises)
    _see_that_fulfilled(held)
    for one in held:
        one.fulfilled_at = one.confirmed_at = None
        one.provisional = False
    update(held, ["fulfilled_at", "confirmed_at", "provisional"])
    why = remark(held, reason, at, by)
    log(held, Word.TAKEN_BACK, at=at, by=by, details=why)
    note(held)


def remark(promises: Sequence[Promise], text: str, at: datetime, by: By) -> dict[int, int]:
    """This will keep somebody's words about promises; gives the key of each promise's remark."""
    rows = insert(Remark(promise=one, text=text, at=at, by=by) for one in promises)
    return {row.promise_id: row.pk for row in rows}


def _settle(
    promises: Sequence[Promise], field: str, moments: Moments, at: datetime, what: str
) -> list[Promise]:
    held = hold(promises)
    see_that_owed(held)
    for one in held:
        moment = moment_of(moments, one)
        why = unsettled(one, moment, at)
        if why is Unsettled.TO_COME:
            see_that_past(moment, at, what)
        if why is Unsettled.BEFORE_MADE and one.made_at is not None:
            raise TooEarly(
                _(
                    "%(number)s was made on %(made_at)s UTC, so it cannot end on %(moment)s UTC. "
                    "Correct the moment."
                )
                % {
                    "number": one.number,
                    "made_at": f"{one.made_at:%Y-%m-%d %H:%M}",
                    "moment": f"{moment:%Y-%m-%d %H:%M}",
                }
            )
        setattr(one, field, moment)
    return held


def unsettled(promise: Promise, moment: datetime, at: datetime) -> Unsettled | None:
    """This will tell why a promise is not settled as of a moment, written down at `at`; None if so.

    Of the row in hand alone: nothing is read or written.
    """
    if not promise.is_owed:
        return Unsettled.SETTLED
    if moment > at:
        return Unsettled.TO_COME
    if promise.made_at is not None and moment < promise.made_at and not promise.doubt:
        return Unsettled.BEFORE_MADE
    return None


def _end(held: list[Promise], moments: Moments, fields: list[str]) -> None:
    derived = end_waits(held, moments)
    for one in held:
        one.offered_to = one.offered_at = None
    update(held, [*fields, "offered_to", "offered_at", *derived])


def _see_that_fulfilled(held: Sequence[Promise]) -> None:
    for one in held:
        if not was_fulfilled(one):
            raise NotFulfilled(
                _("%(number)s was not fulfilled, so there is nothing to change.")
                % {"number": one.number}
            )
