"""Rows of a round as the study reads answers: groups and values, nobody's name."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from wellkept.record.mirror.models import Answer as Row
from wellkept.record.mirror.models import Choice
from wellkept.record.mirror.models import Round as Kept
from wellkept.record.mirror.queries import Told, everything_told
from wellkept.record.mirror.rules import Answering
from wellkept.record.promises.rules import AskedBy
from wellkept.study.diagnostic.answers import Action, Answer, Respondent, Round
from wellkept.study.diagnostic.locking import fingerprint

PERSON = "person-"
"""How an owner stands in locked answers and in what was shown: a key, never a name."""


def answers_of(round: Kept) -> Round:
    """This will give all answers of a round, with the actions that ran when it was locked."""
    told = everything_told(round)
    ours = tuple(_respondent(one) for one in told if one.group != Answering.CUSTOMER)
    customers = tuple(_ratings(one) for one in told if one.group == Answering.CUSTOMER)
    actions = tuple(_action(one) for one in round.actions)
    return Round(round.form, ours, customers, actions, round.claims_version, shared=True)


def print_of(round: Kept) -> str:
    """This will give the print of a round's answers at its moment of locking."""
    return fingerprint(answers_of(round), locked_s(round))


def locked_s(round: Kept) -> int:
    """This will give the moment of locking in seconds; raises ValueError for an open round."""
    if round.locked_at is None:
        raise ValueError(f"{round} is open: it has no moment of locking")
    return int(round.locked_at.timestamp())


def running(at: datetime) -> list[dict[str, Any]]:
    """This will list the gaps that are promises to ourselves at a moment: who, since, until.

    `renewed` counts how often we put the date off.
    """
    owed = (
        Choice.objects.filter(
            promise__made_at__lte=at,
            promise__fulfilled_at=None,
            promise__ended_at=None,
            promise__voided_at=None,
        )
        .exclude(promise__owner=None)
        .select_related("promise")
        .annotate(ours=Count("promise__moves", filter=~Q(promise__moves__asked_by=ASKED)))
        .order_by("pk")
    )
    return [_kept(one) for one in owed]


def last_day(due: datetime) -> date:
    """This will give the day by whose end something is due.

    >>> from datetime import UTC
    >>> last_day(datetime(2026, 3, 2, tzinfo=UTC)).isoformat()
    '2026-03-01'
    """
    return (due - timedelta(seconds=1)).date()


ASKED = AskedBy.CUSTOMER.value


def _kept(one: Any) -> dict[str, Any]:
    promise = one.promise
    return {
        "claim": one.claim,
        "owner": promise.owner_id,
        "since": promise.made_at.date().isoformat(),
        "until": last_day(promise.current_due).isoformat(),
        "renewed": one.ours,
    }


def _action(kept: dict[str, Any]) -> Action:
    since, until = (datetime.fromisoformat(kept[name]).date() for name in ("since", "until"))
    return Action(kept["claim"], f"{PERSON}{kept['owner']}", since, until, kept["renewed"])


def _respondent(told: Told) -> Respondent:
    return Respondent(
        told.group, tuple(_answer(one) for one in told.answers), vignettes=told.vignettes
    )


def _answer(row: Row) -> Answer:
    return Answer(
        claim=row.claim,
        level=row.level,
        confidence=None if row.confidence is None else row.confidence / 100,
        recall=row.recall,
        number=row.number,
        low=row.low,
        high=row.high,
        cannot_say=row.cannot_say,
        skipped=row.skipped,
        seconds=row.seconds,
    )


def _ratings(told: Told) -> dict[str, int]:
    return {one.claim: one.level for one in told.answers if one.level is not None}
