"""Who may do what to promises, and what every verb of the ledger does to rows in hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, drafts, insert, locked_keys, update
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By
from wellkept.record.access.wording import said
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Pause, Promise, PromiseEvent
from wellkept.record.promises.reckoning import project
from wellkept.record.promises.rules import Word

KEEPERS = (
    Group.COORDINATOR,
    Group.MANAGER,
    Group.PLANNER,
    Group.ENGINEER,
    Group.PARTS,
    Group.SALES,
)
"""Who makes promises and keeps them: everybody who works here."""
LEADERS = (Group.COORDINATOR, Group.MANAGER)
"""Who may assign them to others and correct what was written down."""

Moments = datetime | Mapping[int, datetime]
"""One moment for all rows of a batch, or each row's own, by its key."""


class Settled(Refusal):
    """Nothing is owed any more, so nothing can be done to the promise."""


class NotYet(Refusal):
    """Something would have happened after the moment at which it is written down."""


class NoPromise(Refusal):
    """A promise is not there."""


def hold(promises: Iterable[Promise]) -> list[Promise]:
    """This will lock the promises of a batch and read them afresh; raises NoPromise."""
    return hold_keys(one.pk for one in promises)


def hold_keys(keys: Iterable[int]) -> list[Promise]:
    """This will lock promises by their keys, as `hold` does."""
    asked = set(keys)
    found = locked_keys(asked, of=Promise)
    if len(found) < len(asked):
        raise NoPromise(
            _("%(missing)s of these promises are not in the record.")
            % {"missing": len(asked) - len(found)}
        )
    return found


def see_that_owed(promises: Sequence[Promise]) -> None:
    """This will raise Settled, naming the first promise that is."""
    settled = [one for one in promises if not one.is_owed]
    if settled:
        one = settled[0]
        others = (
            _(" (%(more)s others of these too)") % {"more": len(settled) - 1}
            if len(settled) > 1
            else ""
        )
        raise Settled(
            _("%(number)s is settled: %(how)s%(others)s. Nothing was changed.")
            % {"number": one.number, "how": _how_settled(one), "others": others}
        )


def _how_settled(one: Promise) -> str:
    if one.verdict is not None:
        return _("its source says it was %(verdict)s") % {"verdict": said(one.verdict)}
    ends = {
        _("it was fulfilled"): one.fulfilled_at,
        _("the customer released us"): one.released_at,
        _("it was ended unfulfilled"): one.ended_at,
        _("it is void"): one.voided_at,
    }
    how, when = next((how, when) for how, when in ends.items() if when is not None)
    return _("%(how)s on %(when)s UTC") % {"how": how, "when": f"{when:%Y-%m-%d %H:%M}"}


def see_that_past(moment: datetime, at: datetime, what: str) -> None:
    """This will raise NotYet for a moment after the one at which it is written down."""
    if moment > at:
        raise NotYet(
            _(
                "%(what)s at %(moment)s UTC would be in the future; it is %(at)s UTC. Give a "
                "moment that has come."
            )
            % {"what": what, "moment": f"{moment:%Y-%m-%d %H:%M}", "at": f"{at:%Y-%m-%d %H:%M}"}
        )


def moment_of(moments: Moments, row: Promise) -> datetime:
    """This will give the moment of one row of a batch; raises KeyError for one without."""
    return moments if isinstance(moments, datetime) else moments[row.pk]


def log(
    promises: Iterable[Promise],
    word: Word,
    *,
    at: datetime,
    by: By,
    happened: Moments | None = None,
    person: Person | int | None = None,
    due: Mapping[int, datetime] | None = None,
    details: Mapping[int, int] | None = None,
    code: str = "",
) -> None:
    """This will write what happened into the log of each promise."""
    who = person.pk if isinstance(person, Person) else person
    by_key = None if by is None else by.pk
    rows = (
        {
            "promise_id": one.pk,
            "word": word.value,
            "at": at if happened is None else moment_of(happened, one),
            "recorded_at": at,
            "by_id": by_key,
            "person_id": who,
            "due": None if due is None else due.get(one.pk),
            "detail": None if details is None else details.get(one.pk),
            "code": code,
        }
        for one in promises
    )
    insert(drafts(PromiseEvent, rows))


def running_pauses(promises: Iterable[Promise]) -> dict[int, Pause]:
    """This will give the pauses that run, by the key of their promise."""
    found = among(Pause.objects.filter(until_at=None), "promise", (one.pk for one in promises))
    return {pause.promise_id: pause for pause in found}


def end_waits(promises: Sequence[Promise], moments: Moments) -> list[str]:
    """This will end the pauses that still run where promises are settled; names derived fields."""
    running = running_pauses(promises)
    ending = [one for one in promises if one.pk in running]
    for one in ending:
        pause = running[one.pk]
        pause.until_at = max(pause.from_at, moment_of(moments, one))
    update(list(running.values()), ["until_at"])
    return project(ending) if ending else []
