"""Who owns a case. Until an offer is accepted the giver stays its owner; a team owns nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, insert, update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.cases.actions import fitting
from wellkept.record.cases.actions.rights import (
    KEEPERS,
    LEADERS,
    happen,
    hold_open,
    promises_of,
    remark,
    see_reason,
)
from wellkept.record.cases.models import Assignment, Case, CasePromise, Offer
from wellkept.record.cases.rules import How, Word
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Person
from wellkept.record.organisation.queries import whereabouts
from wellkept.record.organisation.rules import is_free_for, present_owner
from wellkept.record.promises.actions import follow_owner, offer_promises
from wellkept.record.promises.models import Promise


class OwnedByAnother(Refusal):
    """Somebody else owns the case, and is there: they must hand it over."""


class NotOffered(Refusal):
    """The case was not offered to this person, or no longer is."""


@verb(*KEEPERS, fits=fitting.free)
def take_cases(*, cases: Sequence[Case], person: Person, at: datetime, by: By) -> None:
    """This will make a person the owner of cases that nobody present owns; promises follow.

    What they own already stays as it is. Raises OwnedByAnother, CaseEnded.
    """
    held = hold_open(cases)
    where = whereabouts(at)
    changing = [one for one in held if one.owner_id != person.pk]
    for one in changing:
        if not is_free_for(one.owner_id, person.pk, where):
            raise OwnedByAnother(
                _(
                    "%(owner)s answers for %(number)s. Ask them to hand it over, or a "
                    "coordinator to assign it."
                )
                % {
                    "owner": Person.objects.get(pk=present_owner(one.owner_id, where) or 0),
                    "number": one.number,
                }
            )
    note(changing, _own(changing, person, How.TAKEN, at, by))


@verb(*LEADERS, fits=fitting.is_open)
def assign_cases(*, cases: Sequence[Case], person: Person, at: datetime, by: By) -> None:
    """This will make a person the owner without asking them; promises follow. Raises CaseEnded."""
    changing = [one for one in hold_open(cases) if one.owner_id != person.pk]
    note(changing, _own(changing, person, How.ASSIGNED, at, by))


@verb(*LEADERS, fits=fitting.owned)
def unassign_cases(*, cases: Sequence[Case], reason: str, at: datetime, by: By) -> None:
    """This will take the owner away, and say why: they are ownerless until somebody takes them.

    Their promises follow. What nobody owns stays as it is. Raises NoReason, CaseEnded.
    """
    see_reason(reason, _("Say why nobody owns it any more."))
    changing = [one for one in hold_open(cases) if one.owner_id is not None]
    why = remark(changing, reason, at, by)
    note(changing, _own(changing, None, How.LEFT, at, by), why)


@verb(*KEEPERS, fits=fitting.is_open)
def offer_cases(
    *, cases: Sequence[Case], to: Person, at: datetime, by: By, words: str = ""
) -> list[Offer]:
    """This will ask a person to take cases over; until they accept, the giver stays the owner.

    A later offer takes the place of one without an answer. Raises CaseEnded.
    """
    held = [one for one in hold_open(cases) if one.owner_id != to.pk]
    made = _offer(held, to, words, at, by)
    note(held, made)
    return made


@verb(*KEEPERS, fits=fitting.offered)
def accept_cases(*, cases: Sequence[Case], person: Person, at: datetime, by: By) -> None:
    """This will accept offers: from now on the person owns the cases; promises follow.

    Raises NotOffered, CaseEnded.
    """
    held = hold_open(cases)
    _answer(held, person, True, at)
    note(held, _own(held, person, How.ACCEPTED, at, by))


@verb(*KEEPERS, fits=fitting.offered)
def decline_cases(*, cases: Sequence[Case], person: Person, at: datetime, by: By) -> None:
    """This will turn offers down: the giver stays the owner. Raises NotOffered, CaseEnded."""
    held = hold_open(cases)
    _answer(held, person, False, at)
    note(held, happen(held, Word.DECLINED, happened_at=at, at=at, by=by, person=person))


@verb(*KEEPERS)
def hand_over_all(*, giver: Person, to: Person, at: datetime, by: By) -> int:
    """This will offer everything that a person owns to another, at the end of a shift.

    Open cases, and promises that belong to none or were set apart. Until the other accepts, the
    giver stays the owner. Gives how many cases and promises were offered.
    """
    held = hold_open(Case.objects.open().owned_by(giver))
    made = _offer(held, to, "", at, by)
    followers = CasePromise.objects.filter(set_apart=False, case__owner=giver)
    alone = Promise.objects.owed().owned_by(giver).exclude(pk__in=followers.values("promise"))
    promises = list(alone)
    if promises:
        offer_promises(promises=promises, to=to, at=at, by=by)
    note(held, made)
    return len(held) + len(promises)


def _own(
    cases: Sequence[Case], person: Person | None, how: How, at: datetime, by: By
) -> list[Assignment]:
    """End the open assignments, begin the next, withdraw offers, let promises follow."""
    standing = among(Assignment.objects.filter(until_at=None), "case", (one.pk for one in cases))
    for row in standing:
        row.until_at = max(at, row.from_at)
    update(standing, ["until_at"])
    withdrawn = among(Offer.objects.filter(answered_at=None), "case", (one.pk for one in cases))
    for offer in withdrawn:
        offer.answered_at, offer.accepted = at, False
    update(withdrawn, ["answered_at", "accepted"])
    for one in cases:
        one.owner = person
    update(cases, ["owner"])
    made = insert(
        Assignment(
            case=one, person=person, team_id=one.team_id, from_at=at, how=how.value,
            recorded_at=at, by=by,
        )
        for one in cases
    )  # fmt: skip
    word = Word.OWNERLESS if person is None else Word.OWNED
    happen(cases, word, happened_at=at, at=at, by=by, person=person)
    promises = promises_of(cases, following=True)
    if promises:
        follow_owner(promises=promises, person=person, at=at, by=by)
    return made


def _offer(cases: Sequence[Case], to: Person, words: str, at: datetime, by: By) -> list[Offer]:
    earlier = among(Offer.objects.filter(answered_at=None), "case", (one.pk for one in cases))
    for offer in earlier:
        offer.answered_at, offer.accepted = at, False
    update(earlier, ["answered_at", "accepted"])
    happen(cases, Word.OFFERED, happened_at=at, at=at, by=by, person=to)
    return insert(
        Offer(case=one, giver_id=one.owner_id, to=to, offered_at=at, note=words) for one in cases
    )


def _answer(cases: Sequence[Case], person: Person, accepted: bool, at: datetime) -> None:
    waiting = Offer.objects.filter(answered_at=None, to=person)
    offers = {one.case_id: one for one in among(waiting, "case", (one.pk for one in cases))}
    for one in cases:
        if one.pk not in offers:
            raise NotOffered(
                _("%(number)s is not offered to %(person)s: it was withdrawn or taken meanwhile.")
                % {"number": one.number, "person": person}
            )
        offers[one.pk].answered_at, offers[one.pk].accepted = at, accepted
    update(list(offers.values()), ["answered_at", "accepted"])
