"""Answers made by hand: every field has a default, so that a test writes only what it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

from study.measures.builders import UNTIL, facts
from wellkept.study.diagnostic.answers import Answer, Respondent, Round
from wellkept.study.diagnostic.claims.catalogue import SHORT
from wellkept.study.diagnostic.document.whole import diagnose
from wellkept.study.diagnostic.evidence.finding import AsOf, Found, NoRecord, Records, Scope
from wellkept.study.diagnostic.locking import Locked, lock
from wellkept.study.facts.source import Source

Json = dict[str, Any]
LOCKED_S = UNTIL + 3_600
AS_OF = AsOf(UNTIL)
Say = Mapping[str, tuple[int | None, float | None]]
"""For a claim: a level and a confidence."""


def an_answer(
    claim: str = "P2", level: int | None = 3, sure: float | None = 0.8, **more: Any
) -> Answer:
    """This will make an answer to a claim."""
    return Answer(claim, level, sure, **more)


def somebody(group: str = "executive", say: Say | None = None, **more: Any) -> Respondent:
    """This will make somebody who says `say`, or 3 with 80 % to the whole short form."""
    told = say if say is not None else {claim.id: (3, 0.8) for claim in SHORT}
    answers = tuple(an_answer(claim, level, sure) for claim, (level, sure) in told.items())
    return Respondent(group, answers, **more)


def a_round(*people: Respondent, **more: Any) -> Round:
    """This will make a round of the short form."""
    return Round(respondents=people or (somebody(),), **more)


def closed(answers: Round | None = None) -> Locked:
    """This will lock a round."""
    return lock(answers or a_round(), at_s=LOCKED_S)


def records(
    source: Source | None = None, as_of: AsOf = AS_OF, scope: Scope | None = None
) -> Records:
    """This will open facts for a locked round; without any, nothing was ever recorded."""
    return Records(closed(), source or facts(), as_of, scope or Scope())


def document(answers: Round | None = None, source: Source | None = None) -> Json:
    """This will give the whole document over hand-made facts."""
    return diagnose(closed(answers), source or facts(), AS_OF)


def claim_in(found: Json, claim: str) -> Json:
    """This will pick one claim of a document."""
    [row] = [row for row in found["claims"] if row["id"] == claim]
    return dict(row)


def a_finding(k: int, n: int, **more: Any) -> Found:
    """This will make evidence by hand."""
    return Found(**{"k": k, "n": n, "unit": "promises", "should": n, **more})


def people(
    group: str, levels: Sequence[int], claim: str = "P2", sure: float = 0.8
) -> list[Respondent]:
    """This will make a group whose members say these levels of one claim."""
    return [somebody(group, {claim: (level, sure)}) for level in levels]


NOTHING = NoRecord()
