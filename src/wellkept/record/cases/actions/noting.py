"""What is written down about a case: edits, codes, contacts with the customer, downtime."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert, locked, update
from wellkept.record.access.editing import edit
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said_each
from wellkept.record.cases.actions.promising import promise_again
from wellkept.record.cases.actions.rights import (
    KEEPERS,
    NotYet,
    happen,
    hold,
    promises_of,
    remark,
)
from wellkept.record.cases.models import Case, CaseContact, Downtime
from wellkept.record.cases.rules import Word
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import edit_promise, keep_promises, rate_promises
from wellkept.record.promises.models import ContactLog, Promise
from wellkept.record.promises.rules import Kind

EDITABLE = frozenset(
    {"about", "detail", "channel", "customer", "site", "asset", "asset_is_unknown"}
    | {"consequence", "consequence_asked", "team", "occurred_at"}
)
WORDS = ("about", "detail")
"""What is wrong, in the customer's words, and more of it."""
CODES = ("failure_mode", "failure_mechanism", "failure_cause", "remedy")
"""How it failed, by what, why, and what remedied it."""


class NotByForm(Refusal):
    """This field of a case is changed by a verb of its own."""


class NotDown(Refusal):
    """The downtime has ended already, or would end before it started."""


@verb(*KEEPERS)
def edit_case(*, case: Case, changes: Mapping[str, Any], seen: int, at: datetime, by: By) -> None:
    """This will change what a form may change; raises NotByForm, and Edited as every edit.

    A new consequence goes to the promises of the case that are still owed.
    """
    strange = sorted(changes.keys() - EDITABLE)
    if strange:
        raise NotByForm(
            _("%(fields)s: of a case this is not edited, it has a form of its own.")
            % {"fields": said_each(strange)}
        )
    fields = edit(case, changes, seen=seen, at=at, by=by)
    if "consequence" in fields:
        promises = promises_of([case], following=True)
        rated = Consequence(case.consequence)
        rate_promises(promises=promises, consequence=rated, at=at, by=by)
    touched: list[Model] = [case] if fields else []
    note(touched, fields=fields)


@verb(*KEEPERS)
def correct_case(
    *, case: Case, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> list[Promise]:
    """This will correct by hand what a form may change: `edit_case`, told in the log.

    Words that stood there before stay, as a remark beside the event. Promises of the case that are
    owed, and were about the same asset or about none, are about the one that it names now; those
    that were made to nobody known are made to the customer that it names first. What we
    promise for another consequence or site is promised from the report on, and given; what was
    promised is not taken back: `promise_again`. Raises as `edit_case` does.
    """
    (before,) = hold([case])
    edit_case(case=case, changes=changes, seen=seen, at=at, by=by)
    if case.asset_id not in (None, before.asset_id):
        _name_asset(case, before.asset_id, at, by)
    if before.customer_id is None and case.customer_id is not None:
        _name_customer(case, at, by)
    changed = {name for name in changes if getattr(case, name) != getattr(before, name)}
    events = []
    if changed - {"consequence"}:
        events += happen([case], Word.REWORDED, happened_at=at, at=at, by=by)
    if "consequence" in changed:
        events += happen([case], Word.RATED, happened_at=at, at=at, by=by)
    lost = [getattr(before, name) for name in WORDS if name in changed and getattr(before, name)]
    made = promise_again(case, at=at, by=by) if changed & {"consequence", "site"} else []
    note(events, remark([case], "\n\n".join(lost), at, by) if lost else [])
    return made


def _name_asset(case: Case, before: int | None, at: datetime, by: By) -> None:
    for one in promises_of([case], following=True):
        if one.is_owed and one.asset_id in (None, before):
            changes = {"asset": case.asset}
            edit_promise(promise=one, changes=changes, seen=one.version, at=at, by=by)


def _name_customer(case: Case, at: datetime, by: By) -> None:
    """Have what was promised to somebody whom nobody knew be promised to them, ended or not."""
    for one in promises_of([case]):
        if one.customer_id is None and one.voided_at is None:
            changes = {"customer": case.customer, "team": one.team or case.team}
            edit_promise(promise=one, changes=changes, seen=one.version, at=at, by=by)


@verb(*KEEPERS)
def code_case(*, case: Case, codes: Mapping[str, str], seen: int, at: datetime, by: By) -> None:
    """This will say how it failed, by what and why, and what remedied it (ISO 14224); NotByForm."""
    strange = sorted(codes.keys() - set(CODES))
    if strange:
        raise NotByForm(_("%(fields)s is no code of a case.") % {"fields": said_each(strange)})
    fields = edit(case, codes, seen=seen, at=at, by=by)
    if fields:
        happen([case], Word.CODED, happened_at=at, at=at, by=by)
    touched: list[Model] = [case] if fields else []
    note(touched, fields=fields)


@verb(*KEEPERS)
def log_contact(*, case: Case, told: ContactLog, at: datetime, by: By) -> ContactLog:
    """This will write down that we told the customer something about a case, or they us.

    `told` is a line that is not saved. Told by us, it keeps the promise of the next contact.
    """
    (held,) = hold([case])
    if told.at > at:
        raise NotYet(
            _("%(at)s UTC has not come; give a moment that has.")
            % {"at": f"{told.at:%Y-%m-%d %H:%M}"}
        )
    told.customer_id = told.customer_id or held.customer_id
    told.recorded_at = at
    insert([told])
    link = insert([CaseContact(case=held, told=told)])
    if not told.from_customer:
        updates = promises_of([held], Kind.UPDATE_CUSTOMER.value)
        owed = [one for one in updates if one.is_owed and (one.made_at or told.at) <= told.at]
        if owed:
            keep_promises(promises=owed, fulfilled_at=told.at, at=at, by=by)
    note(held, told, link, channel=told.channel)
    return told


@verb(*KEEPERS)
def record_downtimes(*, downtimes: Iterable[Downtime], at: datetime, by: By) -> list[Downtime]:
    """This will write down when assets could not do what was required; rows are not saved."""
    fresh = list(downtimes)
    for one in fresh:
        one.recorded_at, one.recorded_by = at, by
        if one.from_at > at or (one.until_at is not None and one.until_at > at):
            raise NotYet(_("Downtime is written down when it has come, not before."))
    made = insert(fresh)
    note(made)
    return made


@verb(*KEEPERS)
def end_downtimes(
    *,
    downtimes: Sequence[Downtime],
    until_at: datetime,
    at: datetime,
    by: By,
    still_down_at: datetime | None = None,
) -> None:
    """This will say that assets work again. Raises NotDown, NotYet.

    `still_down_at` is the last moment at which they were known to be down, where the end was only
    found later.
    """
    if until_at > at:
        raise NotYet(
            _("%(until_at)s UTC has not come; give a moment that has.")
            % {"until_at": f"{until_at:%Y-%m-%d %H:%M}"}
        )
    held = locked(downtimes, of=Downtime)
    for one in held:
        if one.until_at is not None:
            raise NotDown(
                _("%(asset)s has worked again since %(until_at)s UTC.")
                % {"asset": one.asset, "until_at": f"{one.until_at:%Y-%m-%d %H:%M}"}
            )
        if ends_too_early(one, until_at):
            raise NotDown(
                _("%(asset)s went down later; choose a later moment.") % {"asset": one.asset}
            )
        one.until_at, one.still_down_at = until_at, still_down_at
    update(held, ["until_at", "still_down_at"])
    note(held)


def ends_too_early(downtime: Downtime, until_at: datetime) -> bool:
    """This will say whether an asset would work again before it went down. Nothing is read."""
    return until_at < downtime.from_at
