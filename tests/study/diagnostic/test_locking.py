"""Answers are locked before any record is opened: by construction, and so that it is seen."""

from dataclasses import replace
from typing import Any

import pytest

from study.diagnostic.rounds import AS_OF, LOCKED_S, a_round, an_answer, closed, somebody
from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.document.whole import diagnose
from wellkept.study.diagnostic.evidence.catalogue import EVIDENCES
from wellkept.study.diagnostic.evidence.finding import Records, Scope
from wellkept.study.diagnostic.locking import (
    AnswersChanged,
    Locked,
    NotLocked,
    fingerprint,
    lock,
    locked_before,
)


class Watched:
    """Facts that remember whether anybody looked."""

    def __init__(self) -> None:
        self.looked = 0

    def columns(self, sql: str, **given: Any) -> Any:
        self.looked += 1
        raise AssertionError("somebody looked")

    rows = columns


@pytest.mark.parametrize("evidence", EVIDENCES)
def test_no_evidence_can_be_read_for_an_open_round(evidence: str) -> None:
    open_round: Any = a_round()
    source = Watched()
    with pytest.raises(NotLocked, match="lock the round first"):
        EVIDENCES[evidence].of(Records(open_round, source, AS_OF, Scope()))
    assert source.looked == 0


def test_no_document_is_made_of_an_open_round() -> None:
    source = Watched()
    unlocked: tuple[Any, ...] = (a_round(), None, {"answers": a_round()}, "locked")
    for anything in unlocked:
        with pytest.raises(NotLocked):
            diagnose(anything, source, AS_OF)
    assert source.looked == 0


def test_nobody_can_make_a_lock_but_the_lock() -> None:
    with pytest.raises(NotLocked):
        Locked(a_round(), LOCKED_S, fingerprint(a_round(), LOCKED_S))
    with pytest.raises(NotLocked):
        replace(closed(), answers=Round())


def test_a_locked_round_is_not_changed() -> None:
    locked: Any = closed()
    with pytest.raises(AttributeError):
        locked.answers = Round()
    with pytest.raises(AttributeError):
        locked.answers.respondents[0].group = "finance"


def test_the_same_answers_have_the_same_hash_and_any_change_another() -> None:
    before = closed()
    assert lock(a_round(), at_s=LOCKED_S).sha256 == before.sha256
    changes = (
        a_round(somebody(say={"P2": (2, 0.8)})),
        a_round(somebody("front_line")),
        a_round(somebody(), customers=({"1": 2},)),
        a_round(somebody(say={"P2": (3, 0.85)})),
        Round("full", a_round().respondents),
    )
    hashes = {lock(changed, at_s=LOCKED_S).sha256 for changed in changes}
    assert len(hashes) == len(changes) and before.sha256 not in hashes
    assert lock(a_round(), at_s=LOCKED_S + 1).sha256 != before.sha256


def test_answers_changed_after_the_lock_are_refused() -> None:
    locked = closed()
    again = locked_before(a_round(), at_s=LOCKED_S, sha256=locked.sha256)
    assert again.answers == locked.answers
    meek = a_round(somebody(say={"P2": (1, 0.5)}))
    with pytest.raises(AnswersChanged, match="begin a new round"):
        locked_before(meek, at_s=LOCKED_S, sha256=locked.sha256)
    with pytest.raises(AnswersChanged):
        locked_before(a_round(), at_s=LOCKED_S - 60, sha256=locked.sha256)


def test_what_somebody_named_is_under_the_lock_too() -> None:
    told = a_round(somebody(say={}))
    named = replace(
        told, respondents=(replace(told.respondents[0], answers=(an_answer(recall="C-1"),)),)
    )
    other = replace(
        told, respondents=(replace(told.respondents[0], answers=(an_answer(recall="C-2"),)),)
    )
    assert fingerprint(named, 0) != fingerprint(other, 0)
