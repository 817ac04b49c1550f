"""Mistakes in what was written down: corrected in the open, by verbs that stay in the log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept.record.access.batches import update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import fitting
from wellkept.record.promises.actions.making import edit_promise, write_back
from wellkept.record.promises.actions.rights import (
    KEEPERS,
    LEADERS,
    end_waits,
    hold,
    log,
    see_that_owed,
)
from wellkept.record.promises.actions.settling import NoReason, remark
from wellkept.record.promises.models import DateCorrection, Notice, Promise, PromiseMove
from wellkept.record.promises.rules import (
    FAILED,
    MAY_CORRECT_ALONE,
    Cause,
    Standing,
    Word,
)


class NotCorrected(Refusal):
    """The date cannot be corrected so."""


class SecondPersonNeeded(Refusal):
    """Whoever asked for a correction cannot confirm it."""


class NotTheSamePromise(Refusal):
    """Promises cannot be merged as asked."""


class NotFailed(Refusal):
    """The promise did not fail, so there is no cause to note."""


@verb(*KEEPERS, fits=fitting.dated)
def correct_date(
    *, promise: Promise, first_due: datetime, reason: str, at: datetime, by: By
) -> DateCorrection:
    """This will correct a first date that was written down wrongly.

    Whoever wrote it may do so alone for half an hour, as long as the customer was told nothing.
    Otherwise it waits (`confirmed_at` is empty) until a second person confirms. Raises NoReason,
    NotCorrected, and NotTrue where a correction waits already.
    """
    if not reason.strip():
        raise NoReason(_("Say why the date was wrong."))
    (held,) = hold([promise])
    if held.first_due is None or held.first_due == first_due:
        raise NotCorrected(
            _("%(number)s has that first date already, or has none.") % {"number": held.number}
        )
    if held.made_at is not None and first_due < held.made_at:
        raise NotCorrected(
            _("%(number)s cannot fall due before it was made.") % {"number": held.number}
        )
    correction = DateCorrection.objects.create(
        promise=held,
        old_first_due=held.first_due,
        new_first_due=first_due,
        reason=reason,
        asked_at=at,
        asked_by=by,
    )
    if _alone(held, at, by):
        _correct(held, correction, at, by)
    else:
        details = {held.pk: correction.pk}
        log([held], Word.CORRECTION_ASKED, at=at, by=by, due={held.pk: first_due}, details=details)
    note(held, correction)
    return correction


@verb(*KEEPERS)
def confirm_correction(*, correction: DateCorrection, at: datetime, by: By) -> None:
    """This will confirm what somebody else asked to correct. Raises SecondPersonNeeded."""
    (held,) = hold([correction.promise])
    standing = _waiting(held, correction)
    if by is None or by.pk == standing.asked_by_id:
        raise SecondPersonNeeded(
            _("You asked to correct %(number)s; somebody else has to look and confirm.")
            % {"number": held.number}
        )
    _correct(held, standing, at, by)
    note(held, standing)


@verb(*KEEPERS)
def refuse_correction(
    *, correction: DateCorrection, reason: str, at: datetime, by: By
) -> DateCorrection:
    """This will refuse what was asked to correct: the first date stays, and another may be asked.

    Whoever asked may take it back so. Raises NoReason, NotCorrected for one that was answered.
    """
    if not reason.strip():
        raise NoReason(_("Say why the first date stays as it is."))
    (held,) = hold([correction.promise])
    standing = _waiting(held, correction)
    standing.refused_at, standing.refused_by = at, by
    update([standing], ["refused_at", "refused_by"])
    why = remark([held], reason, at, by)
    log([held], Word.NOT_CORRECTED, at=at, by=by, details=why)
    note(held, standing)
    return standing


def _waiting(held: Promise, correction: DateCorrection) -> DateCorrection:
    """The correction as it stands now, if nobody answered it; raises NotCorrected."""
    standing = DateCorrection.objects.get(pk=correction.pk)
    if standing.confirmed_at is not None:
        raise NotCorrected(
            _("The first date of %(number)s was corrected already.") % {"number": held.number}
        )
    if standing.refused_at is not None:
        raise NotCorrected(
            _("This correction of %(number)s was refused already.") % {"number": held.number}
        )
    return standing


def _alone(held: Promise, at: datetime, by: By) -> bool:
    """Whether the same person corrects within half an hour, and nobody told the customer."""
    same = held.recorded_by_id == (None if by is None else by.pk)
    told = (
        Notice.objects.filter(promise=held).exists()
        or PromiseMove.objects.filter(promise=held, told_at__isnull=False).exists()
    )
    return same and at - held.recorded_at <= MAY_CORRECT_ALONE and not told


def _correct(held: Promise, correction: DateCorrection, at: datetime, by: By) -> None:
    correction.confirmed_at, correction.confirmed_by = at, by
    correction.save()
    held.first_due = correction.new_first_due
    write_back([held], ["first_due"])
    details = {held.pk: correction.pk}
    log(
        [held],
        Word.CORRECTED,
        at=at,
        by=by,
        due={held.pk: correction.new_first_due},
        details=details,
    )


@verb(*LEADERS, fits=fitting.not_void)
def void_promises(*, promises: Sequence[Promise], reason: str, at: datetime, by: By) -> None:
    """This will say that promises were never made: a mistake of the record. They stay visible.

    Raises NoReason.
    """
    if not reason.strip():
        raise NoReason(_("Say why the promise is void."))
    changing = [one for one in hold(promises) if one.voided_at is None]
    _void(changing, reason, at)
    why = remark(changing, reason, at, by)
    log(changing, Word.VOIDED, at=at, by=by, details=why)
    note(changing)


@verb(*LEADERS)
def merge_promises(*, into: Promise, duplicates: Sequence[Promise], at: datetime, by: By) -> None:
    """This will say that promises were written down twice: one stays, the others are void.

    The one that was due first stays, so that a merge hides no failure. Raises NotTheSamePromise.
    """
    if into.pk in {one.pk for one in duplicates}:
        raise NotTheSamePromise(
            _("%(number)s cannot be merged into itself.") % {"number": into.number}
        )
    held = hold([into, *duplicates])
    survivor = next(one for one in held if one.pk == into.pk)
    twins = [one for one in held if one.pk != into.pk]
    for one in twins:
        _see_that_same(survivor, one)
    see_that_not_void([survivor])
    for one in twins:
        one.merged_into = survivor
    _void(twins, _("The same as %(number)s") % {"number": survivor.number}, at, "merged_into")
    log(twins, Word.MERGED, at=at, by=by, details={one.pk: survivor.pk for one in twins})
    note(twins, survivor)


@verb(*KEEPERS)
def replace_promises(*, instead: Sequence[tuple[Promise, Promise]], at: datetime, by: By) -> None:
    """This will say that stricter promises take the place of others; these are void, and stay.

    Of each pair the second takes the place of the first: of the same kind, and first due no later,
    so that nobody's failure is hidden. Raises Settled for one that is owed no more, and
    NotTheSamePromise.
    """
    held = {one.pk: one for one in hold([one for pair in instead for one in pair])}
    pairs = [(held[old.pk], held[new.pk]) for old, new in instead]
    see_that_owed(list(held.values()))
    why: dict[int, int] = {}
    for old, new in pairs:
        _see_that_stricter(new, old)
        reason = _("%(number)s is due earlier and takes its place.") % {"number": new.number}
        _void([old], reason, at)
        why |= remark([old], reason, at, by)
    olds = [old for old, _new in pairs]
    log(olds, Word.VOIDED, at=at, by=by, details=why)
    note(olds, [new for _old, new in pairs])


def see_that_not_void(promises: Sequence[Promise]) -> None:
    """This will raise Settled for a promise that is void."""
    see_that_owed([one for one in promises if one.voided_at is not None])


def _see_that_same(survivor: Promise, one: Promise) -> None:
    if one.customer_id != survivor.customer_id or one.kind != survivor.kind:
        raise NotTheSamePromise(
            _("%(number)s and %(other)s are of other kinds or to other customers.")
            % {"number": one.number, "other": survivor.number}
        )
    if one.first_due is None or survivor.first_due is None or one.first_due < survivor.first_due:
        raise NotTheSamePromise(
            _("%(number)s was due before %(other)s: merge into the one that is due first.")
            % {"number": one.number, "other": survivor.number}
        )


def _see_that_stricter(new: Promise, old: Promise) -> None:
    if new.kind != old.kind or old.customer_id not in (None, new.customer_id):
        raise NotTheSamePromise(
            _("%(number)s and %(other)s are of other kinds or to other customers.")
            % {"number": old.number, "other": new.number}
        )
    if not (new.judged_due and old.judged_due and new.judged_due <= old.judged_due):
        raise NotTheSamePromise(
            _("%(number)s is due before %(other)s, so it stays.")
            % {"number": old.number, "other": new.number}
        )


def _void(promises: list[Promise], reason: str, at: datetime, *more: str) -> None:
    for one in promises:
        one.voided_at, one.voided_reason = at, reason[:300]
        one.offered_to = one.offered_at = None
    derived = end_waits(promises, at)
    fields = ["voided_at", "voided_reason", "offered_to", "offered_at", *more, *derived]
    update(promises, fields)


@verb(*KEEPERS, fits=fitting.failed)
def annotate_cause(*, promises: Sequence[Promise], cause: Cause, at: datetime, by: By) -> None:
    """This will note why promises failed; how they stand does not change. Raises NotFailed."""
    held = hold(promises)
    for one in held:
        if one.standing(at) not in FAILED:
            how = _("still open") if one.standing(at) is Standing.OPEN else said(one.standing(at))
            raise NotFailed(
                _("%(number)s did not fail: it is %(how)s.") % {"number": one.number, "how": how}
            )
    changing = [one for one in held if one.cause != cause.value]
    for one in changing:
        one.cause = cause.value
    update(changing, ["cause"])
    log(changing, Word.CAUSE_NOTED, at=at, by=by, code=cause.value)
    note(changing, cause=cause.value or "none")


@verb(*KEEPERS, fits=fitting.not_void)
def correct_promise(
    *, promise: Promise, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will correct by hand what a form may change: `edit_promise`, told in the log.

    Words that stood there before stay, as a remark. What a stop means is corrected as long as it
    is owed. Raises Settled, and as `edit_promise` does.
    """
    (before,) = hold([promise])
    see_that_not_void([before])
    if changes.get("consequence", before.consequence) != before.consequence:
        see_that_owed([before])
    edit_promise(promise=promise, changes=changes, seen=seen, at=at, by=by)
    if promise.about != before.about:
        was = remark([promise], before.about, at, by)
        log([promise], Word.REWORDED, at=at, by=by, details=was)
    if promise.consequence != before.consequence:
        log([promise], Word.RATED, at=at, by=by, code=Consequence(promise.consequence).word)
    note([promise] if promise.version != before.version else [])


@verb(*KEEPERS)
def remark_on(*, promises: Sequence[Promise], text: str, at: datetime, by: By) -> None:
    """This will keep a note on promises. Raises NoReason for an empty one."""
    if not text.strip():
        raise NoReason(_("Write the note first."))
    held = hold(promises)
    log(held, Word.REMARKED, at=at, by=by, details=remark(held, text, at, by))
    note(held)
