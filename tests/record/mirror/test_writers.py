"""Eight who answer while the round is locked: an answer is in the print, or it is refused."""

import hashlib
from typing import Any

import pytest

from builders import MONDAY
from record.at_once import at_once
from wellkept.record.mirror import actions, queries
from wellkept.record.mirror.actions import refusals
from wellkept.record.mirror.models import Answer, Respondent, Round
from wellkept.record.mirror.rules import Stage

pytestmark = pytest.mark.usefixtures("committed")
WRITERS = 8
MACHINE: dict[str, Any] = {"at": MONDAY, "by": None}


def print_of(round: Round) -> str:
    """Give a print of all answers, as the desk does."""
    told = [(one.group, [a.level for a in one.answers]) for one in queries.everything_told(round)]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def test_an_answer_that_comes_while_a_round_is_locked_is_in_the_print_or_refused() -> None:
    round = actions.open_round(form="short", claims_version="1", people={}, **MACHINE)

    def work(number: int) -> None:
        if number == WRITERS - 1:
            actions.lock_round(round=round, actions=[], print_of=print_of, **MACHINE)
            return
        who = actions.begin_answers(
            round=round, group="front_line", key_hash=f"k{number}", link=None, **MACHINE
        )
        for claim in ("P1", "P2", "R2"):
            given = [Answer(claim=claim, level=number % 5)]
            actions.save_answers(respondent=who, answers=given, **MACHINE)

    actions.begin_answers(round=round, group="finance", key_hash="first", link=None, **MACHINE)
    refused = at_once(work, WRITERS)
    assert {type(problem) for problem in refused} <= {refusals.RoundLocked}
    round.refresh_from_db()
    assert round.stage is Stage.LOCKED
    assert print_of(round) == round.sha256


def test_a_link_never_serves_more_than_it_is_for_whoever_comes_at_once() -> None:
    round = actions.open_round(form="short", claims_version="1", people={}, **MACHINE)
    link = actions.add_link(round=round, group="customer", most=3, token_hash="h", **MACHINE)
    refused = at_once(
        lambda number: actions.begin_answers(
            round=round, group="customer", key_hash=f"k{number}", link=link, **MACHINE
        ),
        WRITERS,
    )
    assert [type(problem) for problem in refused] == [refusals.LinkServes] * (WRITERS - 3)
    assert Respondent.objects.count() == 3
