"""Who answers for a promise: taking, offering and accepting, assigning. A team owns nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Person
from wellkept.record.organisation.queries import whereabouts
from wellkept.record.organisation.rules import is_free_for, present_owner
from wellkept.record.promises.actions import fitting
from wellkept.record.promises.actions.rights import KEEPERS, LEADERS, hold, log, see_that_owed
from wellkept.record.promises.actions.settling import NoReason, remark
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Word

OWNERSHIP = ["owner", "offered_to", "offered_at"]


class OwnedByAnother(Refusal):
    """Somebody else answers for it, and is there: they must hand it over."""


class NotOffered(Refusal):
    """The promise was not offered to this person."""


@verb(*KEEPERS, fits=fitting.free)
def take_promises(*, promises: Sequence[Promise], person: Person, at: datetime, by: By) -> None:
    """This will make a person the owner of promises that nobody present answers for.

    What they own already stays as it is. Raises OwnedByAnother, Settled.
    """
    held = hold(promises)
    see_that_owed(held)
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
    _own(changing, person.pk)
    log(changing, Word.TAKEN, at=at, by=by, person=person)
    note(changing)


@verb(*LEADERS, fits=fitting.owed)
def assign_promises(*, promises: Sequence[Promise], person: Person, at: datetime, by: By) -> None:
    """This will make a person the owner without asking them. Raises Settled."""
    held = hold(promises)
    see_that_owed(held)
    changing = [one for one in held if one.owner_id != person.pk]
    _own(changing, person.pk)
    log(changing, Word.ASSIGNED, at=at, by=by, person=person)
    note(changing)


@verb(*LEADERS, fits=fitting.owned)
def unassign_promises(*, promises: Sequence[Promise], reason: str, at: datetime, by: By) -> None:
    """This will take the owner away, and say why: they are ownerless until somebody takes them.

    What nobody owns stays as it is. Raises NoReason, Settled.
    """
    if not reason.strip():
        raise NoReason(_("Say why nobody owns it any more."))
    held = hold(promises)
    see_that_owed(held)
    changing = [one for one in held if one.owner_id is not None]
    _own(changing, None)
    why = remark(changing, reason, at, by)
    log(changing, Word.LEFT, at=at, by=by, details=why)
    note(changing)


@verb(*KEEPERS)
def follow_owner(
    *, promises: Sequence[Promise], person: Person | None, at: datetime, by: By
) -> None:
    """This will let promises follow who owns what made them; settled ones stay as they were.

    Rooms above call it, as a case does for its promises.
    """
    key = None if person is None else person.pk
    changing = [one for one in hold(promises) if one.is_owed and one.owner_id != key]
    _own(changing, key)
    word = Word.LEFT if person is None else Word.ASSIGNED
    log(changing, word, at=at, by=by, person=person, code="follows")
    note(changing)


@verb(*KEEPERS, fits=fitting.owed)
def offer_promises(*, promises: Sequence[Promise], to: Person, at: datetime, by: By) -> None:
    """This will ask a person to take promises over; until they accept, nothing changes hands.

    A later offer takes the place of one without an answer. Raises Settled.
    """
    held = hold(promises)
    see_that_owed(held)
    changing = [one for one in held if one.owner_id != to.pk and one.offered_to_id != to.pk]
    for one in changing:
        one.offered_to, one.offered_at = to, at
    update(changing, ["offered_to", "offered_at"])
    log(changing, Word.OFFERED, at=at, by=by, person=to)
    note(changing)


@verb(*KEEPERS, fits=fitting.acceptable)
def accept_promises(*, promises: Sequence[Promise], person: Person, at: datetime, by: By) -> None:
    """This will accept an offer: from now on the person answers. Raises NotOffered, Settled."""
    held = hold(promises)
    see_that_owed(held)
    _see_that_offered(held, person)
    _own(held, person.pk)
    log(held, Word.ACCEPTED, at=at, by=by, person=person)
    note(held)


@verb(*KEEPERS, fits=fitting.offered)
def decline_promises(*, promises: Sequence[Promise], person: Person, at: datetime, by: By) -> None:
    """This will turn an offer down: the giver stays the owner. Raises NotOffered."""
    held = hold(promises)
    _see_that_offered(held, person)
    for one in held:
        one.offered_to = one.offered_at = None
    update(held, ["offered_to", "offered_at"])
    log(held, Word.DECLINED, at=at, by=by, person=person)
    note(held)


def _own(promises: Sequence[Promise], person: int | None) -> None:
    for one in promises:
        one.owner_id = person
        one.offered_to = one.offered_at = None
    update(promises, OWNERSHIP)


def _see_that_offered(held: Sequence[Promise], person: Person) -> None:
    for one in held:
        if one.offered_to_id != person.pk:
            raise NotOffered(
                _("%(number)s is not offered to %(person)s: it was withdrawn or taken meanwhile.")
                % {"number": one.number, "person": person}
            )
