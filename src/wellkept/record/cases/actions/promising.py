"""What a case promises: by commitment when it is reported, or by what somebody says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import Model
from django.utils.translation import gettext as _

from wellkept.methods import working_time
from wellkept.record.access.batches import among, insert, update
from wellkept.record.access.editing import edit
from wellkept.record.access.verbs import By, note, see_that_holds_for_all, verb
from wellkept.record.access.wording import said_each
from wellkept.record.calendars.models import Calendar
from wellkept.record.calendars.queries import working_calendars
from wellkept.record.cases.actions.rights import KEEPERS, LEADERS, hold
from wellkept.record.cases.models import Case, CasePromise, Commitment
from wellkept.record.parties.models import Site
from wellkept.record.parties.rules import is_zone
from wellkept.record.promises.actions import (
    NotAPromise,
    follow_owner,
    make_promises,
    replace_promises,
)
from wellkept.record.promises.judging import at_s, in_s
from wellkept.record.promises.models import Promise
from wellkept.record.promises.reckoning import UNBOUND
from wellkept.record.promises.rules import Kind, Source

TARGETS = (
    (Kind.RESPOND, "respond_min"),
    (Kind.RESTORE, "restore_min"),
    (Kind.UPDATE_CUSTOMER, "update_min"),
)
TERMS = ("zone", "respond_min", "restore_min", "update_min", "accountable")
ALWAYS = working_time.Calendar.always()


@verb(*LEADERS)
def set_commitments(*, commitments: Iterable[Commitment], at: datetime, by: By) -> list[Commitment]:
    """This will say what we promise from now on: for a consequence, under a cover calendar.

    A row for the same two takes the place of the one that stood; promises made stay as they are.
    Raises NotAllowed for somebody who sees a part of the rows only.
    """
    see_that_holds_for_all(by, *LEADERS)
    fresh = list(commitments)
    for one in fresh:
        one.clean_fields()
        if one.zone and not is_zone(one.zone):
            raise NotAPromise(
                _("“%(zone)s” is not a time zone; write an IANA name.") % {"zone": one.zone}
            )
    standing = {(one.consequence, one.calendar_id): one for one in Commitment.objects.all()}
    changed, added = [], []
    for one in fresh:
        before = standing.get((one.consequence, one.calendar_id))
        if before is None:
            added.append(one)
        else:
            one.pk, one.version = before.pk, before.version + 1
            changed.append(one)
        one.edited_at, one.edited_by = at, by
    update(
        changed,
        [*TERMS, "version", "edited_at", "edited_by"],
    )
    insert(added)
    note(fresh)
    return fresh


@verb(*LEADERS)
def edit_commitment(
    *, commitment: Commitment, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change what we promise from now on, as a form says; promises made stay.

    Raises NotAPromise for what is no term, Edited if somebody else was faster, and NotAllowed for
    somebody who sees a part of the rows only.
    """
    see_that_holds_for_all(by, *LEADERS)
    strange = sorted(changes.keys() - set(TERMS))
    if strange:
        raise NotAPromise(
            _("%(fields)s of a commitment is not changed: add another one.")
            % {"fields": said_each(strange)}
        )
    fields = edit(commitment, changes, seen=seen, at=at, by=by)
    touched: list[Model] = [commitment] if fields else []
    note(touched, fields=fields)


@verb(*KEEPERS)
def promise_in_case(
    *,
    case: Case,
    promises: Iterable[Promise],
    at: datetime,
    by: By,
    set_apart: bool = False,
) -> list[Promise]:
    """This will make promises that belong to a case: they follow its owner unless set apart.

    Customer, site, asset, consequence and the role that answers are the case's where not given.
    Raises what `make_promises` raises.
    """
    (held,) = hold([case])
    fresh = list(promises)
    for one in fresh:
        _belong(one, held, set_apart)
    made = make_promises(promises=fresh, at=at, by=by)
    links = insert(CasePromise(case=held, promise=one, set_apart=set_apart) for one in made)
    note(held, links)
    return made


@verb(*KEEPERS)
def set_promises_apart(*, links: Sequence[CasePromise], apart: bool, at: datetime, by: By) -> None:
    """This will let promises have an owner of their own, or follow that of their case again."""
    found = among(CasePromise.objects.select_related("case"), "pk", (one.pk for one in links))
    changing = [one for one in found if one.set_apart != apart]
    for one in changing:
        one.set_apart = apart
    update(changing, ["set_apart"])
    if not apart:
        for one in changing:
            follow_owner(promises=[one.promise], person=one.case.owner, at=at, by=by)
    note(changing)


@verb(*KEEPERS)
def tie_promises(*, links: Iterable[CasePromise], at: datetime, by: By) -> list[CasePromise]:
    """This will say which cases made promises that stand in the ledger already, as history does.

    Give rows that are not saved. Nothing of the promises changes, not even their owners. Raises
    NotTrue for a promise that belongs to a case already.
    """
    made = insert(links)
    note(made)
    return made


def _belong(one: Promise, case: Case, set_apart: bool) -> None:
    one.customer_id = one.customer_id or case.customer_id
    one.site_id = one.site_id or case.site_id
    one.asset_id = one.asset_id or case.asset_id
    one.consequence = min(one.consequence, case.consequence)
    one.team_id = one.team_id or case.team_id
    if one.accountable_id is None:
        one.accountable_id = case.accountable_id
    if not set_apart:
        one.owner_id = case.owner_id


def promise_by_commitment(cases: Sequence[Case], *, at: datetime, by: By) -> list[CasePromise]:
    """This will make what we promise for cases that were just reported; part of `report_cases`.

    Due moments are reckoned for all cases at once: the target in working time from the report on,
    by the site's cover calendar, in the zone of the site unless the commitment names one.
    """
    found = _commitments_of(cases)
    asked = [
        (case, one, kind, minutes)
        for case in cases
        if (one := found.get(case.pk)) is not None
        for kind, name in TARGETS
        if (minutes := getattr(one, name)) is not None
    ]
    if not asked:
        return []
    dues = _due_moments([(case, one, minutes) for case, one, _, minutes in asked])
    promises = [
        _promised(case, one, kind, minutes, due)
        for (case, one, kind, minutes), due in zip(asked, dues, strict=True)
    ]
    made = make_promises(promises=promises, at=at, by=by)
    return insert(
        CasePromise(case=case, promise=promise, commitment=one)
        for (case, one, _, _), promise in zip(asked, made, strict=True)
    )


def promise_again(case: Case, *, at: datetime, by: By) -> list[Promise]:
    """This will make what we promise now that a case was corrected; part of `correct_case`.

    What the commitment for its consequence and site says, from the report on. A promise that was
    given is not taken back: of its kind another is made only where that is due earlier, and takes
    its place. What was fulfilled or ended, and what moved at the customer's wish, stays alone; what
    we moved stays beside. Of cases that were brought over nothing is promised.
    """
    one = _commitments_of([case]).get(case.pk)
    if one is None or not case.is_open or case.external_ids.exists():
        return []
    given = _given(case)
    asked = [
        (kind, minutes)
        for kind, name in TARGETS
        if (minutes := getattr(one, name)) is not None and not _is_done(kind, case)
    ]
    dues = _due_moments([(case, one, minutes) for _, minutes in asked]) if asked else []
    fresh = [
        _promised(case, one, kind, minutes, due)
        for (kind, minutes), due in zip(asked, dues, strict=True)
        if all(_is_stricter(due, link.promise) for link in given[kind.value])
    ]
    made = make_promises(promises=fresh, at=at, by=by) if fresh else []
    insert(CasePromise(case=case, promise=promise, commitment=one) for promise in made)
    instead = [
        (link.promise, promise)
        for promise in made
        for link in given[promise.kind]
        if not link.set_apart and link.promise.current_due == link.promise.first_due
    ]
    if instead:
        replace_promises(instead=instead, at=at, by=by)
    return made


def _given(case: Case) -> dict[str, list[CasePromise]]:
    """What commitments made in a case, and is not void, by kind."""
    found: dict[str, list[CasePromise]] = defaultdict(list)
    links = CasePromise.objects.filter(
        case=case, promise__source=Source.COMMITMENT.value, promise__voided_at=None
    )
    for link in links.select_related("promise"):
        found[link.promise.kind].append(link)
    return found


def _is_done(kind: Kind, case: Case) -> bool:
    """Whether what a kind promises was done before anybody could promise it."""
    done = {Kind.RESPOND: case.acknowledged_at, Kind.RESTORE: case.restored_at}
    return done.get(kind) is not None


def _is_stricter(due: datetime, given: Promise) -> bool:
    """Whether a promise due then is stricter than one that was given, which is owed as given."""
    as_given = given.is_owed and given.judged_due == given.first_due
    return as_given and given.judged_due is not None and due < given.judged_due


def _promised(
    case: Case, commitment: Commitment, kind: Kind, minutes: int, due: datetime
) -> Promise:
    return Promise(
        kind=kind.value,
        about=case.about,
        customer_id=case.customer_id,
        site_id=case.site_id,
        asset_id=case.asset_id,
        consequence=case.consequence,
        source=Source.COMMITMENT.value,
        accountable_id=commitment.accountable_id,
        owner_id=case.owner_id,
        team_id=case.team_id,
        made_at=case.reported_at,
        first_due=due,
        target_s=minutes * 60,
        calendar_id=commitment.calendar_id,
        zone=commitment.zone,
    )


def _commitments_of(cases: Sequence[Case]) -> dict[int, Commitment]:
    """For each case the commitment that applies: of its site's calendar, else the one elsewhere."""
    standing = {(one.consequence, one.calendar_id): one for one in Commitment.objects.all()}
    calendars: dict[int, int | None] = {
        one.pk: one.cover_calendar_id for one in _sites(cases).values()
    }
    found = {}
    for case in cases:
        calendar = calendars.get(case.site_id or 0)
        one = standing.get((case.consequence, calendar)) or standing.get((case.consequence, None))
        if one is not None:
            found[case.pk] = one
    return found


def _sites(cases: Sequence[Case]) -> dict[int, Site]:
    keys = (one.site_id for one in cases if one.site_id is not None)
    return {site.pk: site for site in among(Site.objects.all(), "pk", keys)}


def _due_moments(asked: Sequence[tuple[Case, Commitment, int]]) -> list[datetime]:
    """All due moments in one reckoning, each by its own clock."""
    sites = _sites([case for case, _, _ in asked])
    calendars = working_calendars(
        Calendar.objects.filter(pk__in={one.calendar_id or 0 for _, one, _ in asked})
    )
    places: dict[tuple[int, str], int] = defaultdict(lambda: len(places))
    which = [
        places[one.calendar_id or 0, one.zone or _zone(sites.get(case.site_id or 0))]
        for case, one, _ in asked
    ]
    starts = np.array([in_s(case.reported_at) for case, _, _ in asked], np.int64)
    days = (_day(int(starts.min())), _day(int(starts.max())))
    clocks = [
        working_time.bind(calendars.get(calendar, ALWAYS), zone, *days) for calendar, zone in places
    ]
    targets = np.array([minutes * 60 for _, _, minutes in asked], np.int64)
    found = working_time.due_many(clocks, np.array(which, np.int64), starts, targets)
    return [at_s(int(moment)) for moment in found.due_s]


def _zone(site: Site | None) -> str:
    return UNBOUND if site is None else site.zone


def _day(moment_s: int) -> date:
    return at_s(moment_s).date()
