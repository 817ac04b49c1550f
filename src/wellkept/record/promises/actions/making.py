"""Making promises, many at once, and changing what is not a date."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.record.access.batches import insert, update
from wellkept.record.access.editing import edit
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said_each
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.parties.rules import is_zone
from wellkept.record.promises.actions.rights import KEEPERS, hold, log
from wellkept.record.promises.models import Promise, PromiseMove
from wellkept.record.promises.reckoning import project
from wellkept.record.promises.rules import KINDS_BY_WORD, AskedBy, Contradiction, Verdict, Word

EDITABLE = frozenset(
    {"about", "asset", "consequence", "customer", "site", "team", "evidence", "not_before"}
    | {"penalty_minor", "downtime_minor_per_h", "at_stake_minor", "currency"}
)
"""What a form may change. Dates, owners and ends have verbs of their own."""


class NotAPromise(Refusal):
    """Something is missing or contradicts, so that this is no promise."""


class NotByForm(Refusal):
    """This field of a promise is changed by a verb of its own."""


@verb(*KEEPERS)
def make_promises(
    *, promises: Iterable[Promise], at: datetime, by: By, keep_doubtful: bool = False
) -> list[Promise]:
    """This will keep new promises, given as rows that are not saved; `first_due` is their date.

    A `current_due` that differs from it becomes a move that nobody says who asked for. Rows may
    be settled already (history). With `keep_doubtful`, as imports want, rows that contradict
    themselves are kept and say so in `doubt`. Raises NotAPromise, NotTrue.
    """
    fresh = list(promises)
    for one in fresh:
        one.recorded_at, one.recorded_by = at, by
        _see_that_whole(one)
        fill_in(one)
        if one.doubt and not keep_doubtful:
            raise NotAPromise(
                _("“%(about)s” contradicts itself: %(why)s")
                % {"about": one.about, "why": _(_SAYS[contradictions(one)[0]])}
            )
    for zone in {one.zone for one in fresh if one.zone}:
        if not is_zone(zone):
            raise NotAPromise(
                _("“%(zone)s” is not a time zone; write an IANA name, as Europe/Rome.")
                % {"zone": zone}
            )
    made = insert(fresh)
    _write_moves(made, at)
    _log_ends(made, at, by)
    note(made)
    return made


def fill_in(promise: Promise) -> None:
    """This will set what follows from a new promise's own dates: its doubt, the dates it has now.

    Of the row in hand alone: nothing is read or written.
    """
    promise.doubt = ",".join(contradictions(promise))
    promise.judged_due = promise.first_due
    if promise.current_due is None:
        promise.current_due = promise.first_due


def contradictions(one: Promise) -> list[Contradiction]:
    """This will name the soft rules that a promise does not meet: codes, in a fixed order."""
    made = one.made_at
    if made is None:
        return []
    found = []
    if one.first_due is not None and one.first_due < made:
        found.append(Contradiction.DUE_BEFORE_MADE)
    if one.fulfilled_at is not None and one.fulfilled_at < made:
        found.append(Contradiction.FULFILLED_BEFORE_MADE)
    if any(end is not None and end < made for end in (one.released_at, one.ended_at)):
        found.append(Contradiction.ENDED_BEFORE_MADE)
    return found


_SAYS = {
    Contradiction.DUE_BEFORE_MADE: gettext_noop(
        "it falls due before it was made. Correct one of the two dates."
    ),
    Contradiction.FULFILLED_BEFORE_MADE: gettext_noop(
        "it was fulfilled before it was made. Correct one of the two moments."
    ),
    Contradiction.ENDED_BEFORE_MADE: gettext_noop(
        "it ended before it was made. Correct one of the two moments."
    ),
}
_MOMENTS = ("first_due", "current_due", "made_at", "fulfilled_at", "released_at", "ended_at")
_VERDICTS = frozenset(Verdict)


def _see_that_whole(one: Promise) -> None:
    if one.kind not in KINDS_BY_WORD:
        known = said_each(KINDS_BY_WORD)
        raise NotAPromise(
            _("“%(kind)s” is no kind of promise; choose one of: %(known)s.")
            % {"kind": one.kind, "known": known}
        )
    if one.accountable_id is None:
        raise NotAPromise(
            _("“%(about)s” needs the role that answers for it.") % {"about": one.about}
        )
    if one.first_due is None and one.verdict is None:
        raise NotAPromise(
            _("“%(about)s” needs a due date, or the verdict of its source.") % {"about": one.about}
        )
    if one.verdict is not None and one.verdict not in _VERDICTS:
        raise NotAPromise(
            _("“%(verdict)s” is no verdict; write kept or broken.") % {"verdict": one.verdict}
        )
    for name in _MOMENTS:
        moment = one.__dict__[name]
        if moment is not None and moment.tzinfo is None:
            raise NotAPromise(
                _("“%(about)s”: %(name)s is %(moment)s, without a zone.")
                % {"about": one.about, "name": name, "moment": moment}
            )


def _write_moves(made: Sequence[Promise], at: datetime) -> None:
    moved = [one for one in made if one.current_due != one.first_due]
    moves = [
        PromiseMove(
            promise=one,
            old_due=one.first_due,
            new_due=one.current_due,
            asked_by=AskedBy.UNKNOWN.value,
            recorded_at=at,
        )
        for one in moved
        if one.first_due is not None and one.current_due is not None
    ]
    insert(moves)


def _log_ends(made: Sequence[Promise], at: datetime, by: By) -> None:
    for word, field in (
        (Word.FULFILLED, "fulfilled_at"),
        (Word.RELEASED, "released_at"),
        (Word.ENDED, "ended_at"),
    ):
        when = {one.pk: moment for one in made if (moment := getattr(one, field)) is not None}
        log((one for one in made if one.pk in when), word, at=at, by=by, happened=when)


@verb(*KEEPERS)
def edit_promise(
    *, promise: Promise, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change what a form may change; raises NotByForm, and Edited as every edit."""
    strange = sorted(changes.keys() - EDITABLE)
    if strange:
        raise NotByForm(
            _("%(fields)s: of a promise this is not edited, it has a form of its own.")
            % {"fields": said_each(strange)}
        )
    fields = edit(promise, changes, seen=seen, at=at, by=by)
    if "site" in fields:
        write_back(hold([promise]), [])  # what it was paused is reckoned in its site's zone
    touched: list[Model] = [promise] if fields else []
    note(touched, fields=fields)


@verb(*KEEPERS)
def tell_moves(*, promises: Mapping[int, int], at: datetime, by: By) -> None:
    """This will keep how often a source says that it moved dates, by promise; it lists no move."""
    held = hold(Promise.objects.filter(pk__in=promises))
    for one in held:
        one.moves_told = promises[one.pk]
    update(held, ["moves_told"])
    note(held)


@verb(*KEEPERS)
def rate_promises(
    *, promises: Sequence[Promise], consequence: Consequence, at: datetime, by: By
) -> None:
    """This will say what a stop means to the customer, for promises that are still owed."""
    changing = [one for one in hold(promises) if one.is_owed and one.consequence != consequence]
    for one in changing:
        one.consequence = consequence.value
    update(changing, ["consequence"])
    log(changing, Word.RATED, at=at, by=by, code=consequence.word)
    note(changing, consequence=consequence.word)


def write_back(promises: Sequence[Promise], fields: Iterable[str], derive: bool = True) -> None:
    """This will write fields of promises back, with the dates that follow from their rows."""
    names = dict.fromkeys(fields)
    if derive:
        names |= dict.fromkeys(project(promises))
    update(promises, list(names))
