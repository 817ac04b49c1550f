"""How a case begins: reported now, or brought over with all that happened to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, insert
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.cases.actions.promising import promise_by_commitment
from wellkept.record.cases.actions.rights import KEEPERS, NotYet, set_present
from wellkept.record.cases.models import Assignment, Case, CaseEvent
from wellkept.record.cases.rules import (
    MOMENTS,
    Contradiction,
    Happening,
    How,
    Present,
    State,
    Word,
    moves_as,
    present,
)
from wellkept.record.installed_base.models import Asset
from wellkept.record.journal.rules import Refusal


class NotACase(Refusal):
    """Something is missing or contradicts, so that this is no case."""


@verb(*KEEPERS)
def report_cases(*, cases: Iterable[Case], at: datetime, by: By) -> list[Case]:
    """This will take cases in, given as rows that are not saved, and make what we promise then.

    Customer and site of a named asset are taken from it where they are not given. An `owner` set
    on the row owns it from the start; without one it is ownerless. The commitment for its
    consequence and the site's cover calendar makes promises to respond, restore and update.
    Raises NotACase, NotYet.
    """
    fresh = list(cases)
    for one in fresh:
        _see_that_whole(one, at)
        one.recorded_at = at
        set_present(one, Present())
    _fill_from_assets(fresh)
    made = insert(fresh)
    events = insert(
        CaseEvent(case=one, word=Word.REPORTED, at=one.reported_at, recorded_at=at, by=by)
        for one in made
    )
    owned = insert(_first_assignment(one, at, by) for one in made)
    links = promise_by_commitment(made, at=at, by=by)
    note(made, events, owned, links)
    return made


@verb(*KEEPERS)
def import_cases(
    *,
    cases: Iterable[Case],
    events: Iterable[CaseEvent],
    assignments: Iterable[Assignment],
    at: datetime,
    by: By,
) -> list[Case]:
    """This will bring cases over with their history; rows are not saved, and point to each other.

    Events and assignments name their case by the row in hand. A moment that a case's row carries
    and no event tells becomes an event; of a logged case nobody needs to have logged the report.
    A row that says `end_unsaid` in its `doubt` is of a source that tells no ends.
    How each case stands follows from its events. Rows that
    contradict themselves are kept and say so in `doubt`; nothing is promised. Owners are those
    of the open assignments: none is invented. Raises NotACase for a row without its report.
    """
    fresh, told, held = list(cases), list(events), list(assignments)
    for one in fresh:
        if one.reported_at is None or one.accountable_id is None:
            raise NotACase(
                _("“%(about)s” needs its report's moment and the role that answers.")
                % {"about": one.about}
            )
        one.recorded_at = at
        one.doubt = ",".join(contradictions(one))
    told = [*_events_of_moments(fresh, told), *told]
    _project_in_hand(fresh, told, held)
    made = insert(fresh)
    for event in told:
        event.case = event.case  # takes the key that the row has now
        event.recorded_at = event.recorded_at or at
    for assignment in held:
        assignment.case = assignment.case
        assignment.recorded_at = assignment.recorded_at or at
    insert(told)
    insert(held)
    note(made, events=len(told), assignments=len(held))
    return made


def contradictions(one: Case) -> list[Contradiction]:
    """This will name the soft rules that a case does not meet: codes, in a fixed order."""
    found = []
    if one.occurred_at is not None and one.occurred_at > one.reported_at:
        found.append(Contradiction.OCCURRED_AFTER_REPORT)
    ends = (one.acknowledged_at, one.restored_at, one.resolved_at, one.closed_at, one.cancelled_at)
    if any(end is not None and end < one.reported_at for end in ends):
        found.append(Contradiction.ENDED_BEFORE_REPORT)
    if one.state in (State.CLOSED, State.CANCELLED) and not any(ends[3:]):
        found.append(Contradiction.END_UNKNOWN)
    if Contradiction.END_UNSAID in one.doubt:
        found.append(Contradiction.END_UNSAID)
    return found


def _see_that_whole(one: Case, at: datetime) -> None:
    if not one.about.strip():
        raise NotACase(_("Say what is wrong, in the customer's words."))
    if one.accountable_id is None:
        raise NotACase(_("“%(about)s” needs the role that answers for it.") % {"about": one.about})
    if one.reported_at is None or one.reported_at > at:
        raise NotYet(
            _("“%(about)s” needs the moment of its report, not one to come.") % {"about": one.about}
        )
    if one.occurred_at is not None and one.occurred_at > one.reported_at:
        raise NotACase(
            _("“%(about)s” cannot have happened after it was reported.") % {"about": one.about}
        )


def _fill_from_assets(fresh: Sequence[Case]) -> None:
    lacking = [one for one in fresh if one.asset_id and not (one.site_id and one.customer_id)]
    assets = {
        one.pk: one
        for one in among(Asset.objects.all(), "pk", (one.asset_id or 0 for one in lacking))
    }
    for one in lacking:
        asset = assets[one.asset_id or 0]
        one.site_id = one.site_id or asset.site_id
        one.customer_id = one.customer_id or asset.customer_id


def _first_assignment(one: Case, at: datetime, by: By) -> Assignment:
    how = How.LEFT if one.owner_id is None else How.ASSIGNED
    return Assignment(
        case=one,
        person_id=one.owner_id,
        team_id=one.team_id,
        from_at=one.reported_at,
        how=how.value,
        recorded_at=at,
        by=by,
    )


def _events_of_moments(fresh: Sequence[Case], told: Sequence[CaseEvent]) -> list[CaseEvent]:
    """The events that a case's own row tells, where no event of that word was given."""
    known = {(id(event.case), moves_as(event.word)) for event in told}
    known |= {(id(event.case), Word.REPORTED.value) for event in told}
    moments = {Word.REPORTED.value: "reported_at", **MOMENTS}
    return [
        CaseEvent(case=one, word=word, at=moment)
        for one in fresh
        for word, name in moments.items()
        if (moment := getattr(one, name)) is not None and (id(one), word) not in known
    ]


def _project_in_hand(
    fresh: Sequence[Case], told: Sequence[CaseEvent], held: Sequence[Assignment]
) -> None:
    happenings: dict[int, list[Happening]] = defaultdict(list)
    for event in told:
        happenings[id(event.case)].append(Happening(event.word, event.at, event.waiting_on))
    owners = {id(one.case): one.person_id for one in held if one.until_at is None}
    for one in fresh:
        state = one.state
        set_present(one, present(happenings[id(one)]))
        if Contradiction.END_UNKNOWN in one.doubt:
            one.state = state
        one.owner_id = owners.get(id(one))
