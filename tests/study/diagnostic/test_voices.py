"""Voices: medians by group, and nobody's answer given away."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.diagnostic.rounds import a_round, an_answer, claim_in, document, people, somebody
from study.measures.builders import a_case, a_promise, facts
from wellkept.study.diagnostic.answers import Respondent, Round
from wellkept.study.diagnostic.claims.catalogue import BY_ID, SHORT
from wellkept.study.diagnostic.instrument import GROUPS
from wellkept.study.diagnostic.voices import EVERYBODY, OTHERS, Voice, voice_of, voices_of

P2 = (BY_ID["P2"],)


def voice(*respondents: Respondent) -> Voice:
    return voice_of(voices_of(Round(respondents=respondents), P2), 0)


def test_medians_by_group_and_their_difference() -> None:
    heard = voice(*people("executive", [3, 4, 4, 4]), *people("front_line", [1, 1, 2, 1, 1]))
    assert (heard.level, heard.n) == (2, 9)
    assert {one.group: one.level for one in heard.groups} == {"executive": 4, "front_line": 1}
    assert heard.apart is not None and heard.apart.value == 3 and heard.apart.contested


def test_half_a_level_apart_is_not_contested() -> None:
    heard = voice(*people("executive", [3, 3, 2, 3]), *people("front_line", [2, 3, 3, 2, 3, 3]))
    assert heard.apart is not None and not heard.apart.contested


@pytest.mark.parametrize("size", [2, 3])
def test_two_or_three_people_are_not_shown_at_all(size: int) -> None:
    heard = voice(*people("executive", [4] * size))
    assert heard.level is None and heard.confidence is None and heard.hidden and not heard.groups


def test_one_person_alone_sees_their_own_answers_and_no_group() -> None:
    heard = voice(*people("executive", [4]))
    assert heard.level == 4 and heard.groups == () and heard.apart is None
    told = document(a_round(somebody("executive")))["respondents"]
    assert (
        told["own"] and told["hidden"] == [] and [g["group"] for g in told["groups"]] == [EVERYBODY]
    )


def test_a_small_group_beside_large_ones_counts_in_no_figure() -> None:
    """Else everybody minus the others would tell what the two of finance said."""
    large = [*people("executive", [1] * 5), *people("front_line", [1] * 6)]
    without, beside = voice(*large), voice(*large, *people("finance", [4, 4]))
    assert (without.level, without.n, without.groups) == (beside.level, beside.n, beside.groups)
    found = document(Round(respondents=(*large, *people("finance", [4, 4]))))
    assert found["respondents"]["left_out"] == 2
    assert found["respondents"]["hidden"] == ["finance"]


def test_small_groups_that_are_enough_together_are_merged() -> None:
    heard = voice(
        *people("executive", [4] * 4), *people("finance", [1, 1]), *people("commercial", [1, 1])
    )
    assert [one.group for one in heard.groups] == ["executive", OTHERS] and heard.n == 8


def test_a_group_that_overlaps_is_hidden_where_a_difference_would_tell() -> None:
    """Nine of the front line, seven of them in the North: the other two would follow."""
    north = [somebody("front_line", {"P2": (1, 0.5)}, also=("North",)) for _ in range(7)]
    rest = people("front_line", [4, 4])
    heard = voice(*people("executive", [3] * 4), *north, *rest)
    assert [one.group for one in heard.groups] == ["executive", "front_line"]
    enough = voice(*people("executive", [3] * 4), *north, *rest, *people("front_line", [4, 4]))
    assert [one.group for one in enough.groups] == ["executive", "front_line", "North"]


def test_whoever_skips_a_claim_makes_the_group_small_for_it() -> None:
    silent = Respondent("executive", (an_answer("P2", None, None, cannot_say=True),))
    heard = voice(*people("executive", [4] * 3), silent, *people("front_line", [1] * 8))
    assert heard.unsure == 1
    assert heard.groups == () and heard.n == 11  # everybody minus the eight would be the three


member = st.tuples(st.sampled_from(list(GROUPS)), st.booleans(), st.booleans(), st.booleans())


@given(st.lists(member, min_size=2, max_size=14))
def test_no_figure_of_a_claim_concerns_one_to_three_people(
    drawn: list[tuple[str, bool, bool, bool]],
) -> None:
    """For any groups, overlaps and skipped answers: sums and differences of what is shown."""
    told = [
        Respondent(
            group,
            (an_answer("P2", 3 if answers else None, 0.5, skipped=not answers),),
            also=("North",) * north + ("night",) * night,
        )
        for group, answers, north, night in drawn
    ]
    voices = voices_of(Round(respondents=tuple(told)), P2)
    answered = ~np.isnan(voices.level[:, 0]) & voices.members[0]
    rows = (voices.members & answered)[voices.shown(answered)].astype(int)
    for signs in itertools.product((-1, 0, 1), repeat=len(rows)):
        n = int(np.count_nonzero(np.array(signs, int) @ rows)) if len(rows) else 0
        assert n == 0 or n >= 4


def test_the_order_of_the_respondents_changes_nothing() -> None:
    told = [*people("executive", [3, 4, 4, 1]), *people("front_line", [1, 1, 2, 0, 1])]
    there, again = (document(Round(respondents=tuple(order))) for order in (told, told[::-1]))
    for found in (there, again):
        found.pop("locked")
    assert there == again


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("C0 it was", True),
        ("case C0.", True),
        ("that affair at clinic nord", True),
        ("promise (P0)", True),
        ("Pump 7?", False),  # an asset's name of two words is no word
        ("the usual", False),
        ("x'; DROP TABLE promise; --", False),
        ("", None),
    ],
)
def test_what_was_named_is_looked_up_and_only_counted(text: str, known: bool | None) -> None:
    told = [Respondent("executive", (an_answer("P2", 3, 0.8, recall=text),)) for _ in range(4)]
    source = facts(promise=[a_promise(kind="restore", consequence="safety")], case=[a_case()])
    recalled = claim_in(document(Round(respondents=tuple(told)), source), "P2")["claimed"][
        "recalled"
    ]
    assert recalled == (None if known is None else {"named": 4, "in_the_records": 4 * known})
    few = claim_in(document(Round(respondents=tuple(told[1:])), source), "P2")
    assert few["claimed"]["recalled"] is None


def test_recall_is_never_shown_not_even_in_part() -> None:
    secret = "the board knew about Clinic Nord"
    told = [
        Respondent("executive", tuple(an_answer(c.id, 3, 0.8, recall=secret) for c in SHORT))
        for _ in range(6)
    ]
    assert secret not in repr(document(Round(respondents=tuple(told))))
    alone = document(Round(respondents=(told[0],)))
    assert secret not in repr(alone) and claim_in(alone, "P2")["claimed"]["level"] == 3
