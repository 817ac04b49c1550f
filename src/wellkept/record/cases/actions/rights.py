"""Who may do what to cases, and what every verb does to the rows in hand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import among, chunks, insert, locked, update
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case, CaseEvent, CasePromise, CaseRemark
from wellkept.record.cases.rules import Happening, Present, Unrecorded, is_source_s, present
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise

KEEPERS = (
    Group.COORDINATOR,
    Group.MANAGER,
    Group.PLANNER,
    Group.ENGINEER,
    Group.PARTS,
    Group.SALES,
)
"""Who takes cases in and works on them: everybody who works here."""
LEADERS = (Group.COORDINATOR, Group.MANAGER)
"""Who may give a case to somebody without asking them."""
PROJECTED = [name for name in Present.__dataclass_fields__ if name != "ended_by_list"]


class CaseEnded(Refusal):
    """The case is closed or cancelled; to go on with it, reopen it."""


class NotYet(Refusal):
    """Something would have happened after the moment at which it is written down."""


class BeforeReport(Refusal):
    """Something would have happened to a case before it was reported."""


class NoReason(Refusal):
    """Something must be said: why."""


class NoCase(Refusal):
    """A case is not there."""


def hold(cases: Iterable[Case]) -> list[Case]:
    """This will lock the cases of a batch and read them afresh; raises NoCase."""
    asked = {one.pk: one for one in cases}
    found = locked(asked.values(), of=Case)
    if len(found) < len(asked):
        raise NoCase(
            _("%(missing)s of these cases are not in the record.")
            % {"missing": len(asked) - len(found)}
        )
    return found


def hold_open(cases: Iterable[Case]) -> list[Case]:
    """This will lock the cases of a batch; raises CaseEnded for one that is closed or cancelled."""
    found = hold(cases)
    for one in found:
        if not one.is_open:
            raise CaseEnded(
                _("%(number)s is %(state)s; reopen it first. Nothing was changed.")
                % {"number": one.number, "state": said(one.state)}
            )
    return found


def see_moment(cases: Sequence[Case], moment: datetime, at: datetime) -> None:
    """This will raise NotYet for a moment to come, BeforeReport for one before a case began."""
    for one in cases:
        why = unrecorded(one, moment, at)
        if why is Unrecorded.TO_COME:
            raise NotYet(
                _("%(moment)s UTC is in the future; it is %(at)s UTC. Give a moment that has come.")
                % {"moment": f"{moment:%Y-%m-%d %H:%M}", "at": f"{at:%Y-%m-%d %H:%M}"}
            )
        if why is Unrecorded.BEFORE_REPORT:
            raise BeforeReport(
                _(
                    "%(number)s was reported on %(reported_at)s UTC, so nothing can have "
                    "happened to it on %(moment)s UTC. Correct the moment."
                )
                % {
                    "number": one.number,
                    "reported_at": f"{one.reported_at:%Y-%m-%d %H:%M}",
                    "moment": f"{moment:%Y-%m-%d %H:%M}",
                }
            )


def unrecorded(case: Case, moment: datetime, at: datetime) -> Unrecorded | None:
    """This will tell why what happened to a case at a moment is not written down at `at`.

    None if it is. Of the row in hand alone: nothing is read or written.
    """
    if moment > at:
        return Unrecorded.TO_COME
    if moment < case.reported_at and not case.doubt:
        return Unrecorded.BEFORE_REPORT
    return None


def see_reason(text: str, sentence: str) -> None:
    """This will raise NoReason, with the sentence, for an empty text."""
    if not text.strip():
        raise NoReason(sentence)


def happen(
    cases: Sequence[Case],
    word: str,
    *,
    happened_at: datetime,
    at: datetime,
    by: By,
    waiting_on: str = "",
    acknowledged: bool = False,
    person: Person | None = None,
    team: int | None = None,
) -> list[CaseEvent]:
    """This will write an event of each case, and set how each stands from all of its events."""
    made = insert(
        CaseEvent(
            case=one,
            word=word,
            waiting_on=waiting_on,
            acknowledged=acknowledged,
            person=person,
            team_id=team,
            at=happened_at,
            recorded_at=at,
            by=by,
        )
        for one in cases
    )
    project(cases)
    return made


def project(cases: Sequence[Case]) -> None:
    """This will derive how cases stand from their events, and write it: the only place."""
    happenings: dict[int, list[Happening]] = defaultdict(list)
    for keys in chunks(one.pk for one in cases):
        rows = CaseEvent.objects.filter(case__in=keys).order_by("at", "pk")
        for key, word, at, waiting_on in rows.values_list("case", "word", "at", "waiting_on"):
            happenings[key].append(Happening(word, at, waiting_on))
    for one in cases:
        set_present(one, present(happenings[one.pk]))
    update(cases, PROJECTED)


def set_present(case: Case, found: Present) -> None:
    """This will copy a projection onto the row in hand."""
    for name in PROJECTED:
        setattr(case, name, getattr(found, name))
    case.state = found.state.value


def promises_of(cases: Iterable[Case], *kinds: str, following: bool = False) -> list[Promise]:
    """This will give the promises that cases made; of some kinds, or that follow the owner."""
    rows = CasePromise.objects.select_related("promise")
    if kinds:
        rows = rows.filter(promise__kind__in=kinds)
    if following:
        rows = rows.filter(set_apart=False)
    return [link.promise for link in among(rows, "case", (one.pk for one in cases))]


def remark(cases: Sequence[Case], text: str, at: datetime, by: By) -> list[CaseRemark]:
    """This will keep somebody's words about cases."""
    return insert(CaseRemark(case=one, text=text, at=at, by=by) for one in cases)


def milestone(word: str) -> str:
    """This will see to a milestone's word: it may not be one that moves a case; ValueError."""
    if not is_source_s(word):
        raise ValueError(f"{word} moves a case: it has a verb of its own")
    return word
