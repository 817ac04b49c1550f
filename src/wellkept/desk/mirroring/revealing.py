"""Locking a round and laying it beside the record: the one way from answers to facts."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept import __version__
from wellkept.desk.mirroring.answers import (
    PERSON,
    answers_of,
    last_day,
    locked_s,
    print_of,
    running,
)
from wellkept.record.access.verbs import By
from wellkept.record.mirror.actions import lock_round, reveal_round
from wellkept.record.mirror.actions.refusals import StillOpen
from wellkept.record.mirror.models import Choice, Round
from wellkept.record.mirror.rules import Stage
from wellkept.record.organisation.models import Person
from wellkept.study.diagnostic.document.whole import diagnose
from wellkept.study.diagnostic.evidence.finding import AsOf
from wellkept.study.diagnostic.locking import Locked, locked_before
from wellkept.study.facts.record import RecordFacts, source_document
from wellkept.study.measures.composing import kept, restored

Json = dict[str, Any]
SAID = "said"
"""Where a kept document holds the parts of its sentences, by the sentence in English."""


def lock(round: Round, *, at: datetime, by: By) -> Round:
    """This will lock the answers of a round; raises RoundLocked, NobodyAnswered."""
    return lock_round(round=round, actions=running(at), print_of=print_of, at=at, by=by)


def locked(round: Round) -> Locked:
    """This will give a round's answers as locked ones.

    Raises StillOpen while they can change, AnswersChanged where they are not those locked.
    """
    if round.stage is Stage.OPEN:
        raise StillOpen(_("No record is opened while answers are open: lock the round first."))
    return locked_before(answers_of(round), at_s=locked_s(round), sha256=round.sha256)


def reveal(round: Round, facts: RecordFacts, *, at: datetime, by: By) -> Round:
    """This will read the evidence of a locked round and keep what it showed."""
    return reveal_round(round=round, shown=beside(locked(round), facts), at=at, by=by)


def beside(answers: Locked, facts: RecordFacts) -> Json:
    """This will give the diagnose document over the record's facts, without any person's name."""
    as_of = AsOf(facts.known.until_s, facts.zone, None, facts.targets_s)
    found = diagnose(answers, facts.source, as_of)
    about = {"source": source_document(), "facts": dict(facts.known.counts), "doubts": 0}
    return _nameless({"wellkept": __version__, **about, **found})


def _nameless(document: Json) -> Json:
    """Names of people live in one table, where they can be erased: here stands none."""
    for claim in document["claims"]:
        del claim["says"]  # it names the owner
        for case in claim["evidence"]["cases"]:
            case["owner"] = None
    return document | {SAID: kept(document)}


def shown(round: Round) -> Json:
    """This will give what a round showed, with the owners as they are called and as they are now.

    A gap that has become a promise since has its owner too. Raises StillOpen before it was shown.
    """
    if round.shown is None:
        raise StillOpen(_("This round has not been laid beside the records yet."))
    document: Json = deepcopy(round.shown)
    document = restored(document, document.pop(SAID, {}))
    since = _chosen(round)
    names = _names(document, since)
    for claim in document["claims"]:
        owner = since.get(claim["id"]) or claim["owner"]
        claim["owner"] = owner and {**owner, "name": names.get(_key(owner), owner["name"])}
    return document


def _chosen(round: Round) -> dict[str, Json]:
    rows = round.choices.select_related("promise")
    return {one.claim: _owned(one) for one in rows if one.promise.owner_id is not None}


def _owned(one: Choice) -> Json:
    promise = one.promise
    until = promise.current_due or promise.first_due
    return {
        "name": f"{PERSON}{promise.owner_id}",
        "since": promise.made_at.date().isoformat() if promise.made_at else "",
        "until": last_day(until).isoformat() if until else None,
        "renewed": 0,
    }


def _key(owner: Json) -> int:
    name = str(owner["name"])
    return int(name.removeprefix(PERSON)) if name.startswith(PERSON) else 0


def _names(document: Json, since: dict[str, Json]) -> dict[int, str]:
    owners = [*since.values(), *(c["owner"] for c in document["claims"] if c["owner"])]
    people = Person.objects.filter(pk__in={_key(one) for one in owners})
    return {one.pk: str(one) for one in people.select_related("personal")}


def change_since(round: Round) -> dict[str, tuple[int | None, int | None]]:
    """This will set the level shown in the round before beside that of this one, by claim.

    Only what records showed is compared, never what was claimed. Empty for the first round.
    """
    before = (
        Round.objects.filter(revealed_at__lt=round.revealed_at).order_by("-revealed_at").first()
        if round.revealed_at
        else None
    )
    if before is None or before.shown is None or round.shown is None:
        return {}
    then, now = (
        {claim["id"]: claim["shown"]["level"] for claim in document["claims"]}
        for document in (before.shown, round.shown)
    )
    return {claim: (then[claim], level) for claim, level in now.items() if claim in then}
