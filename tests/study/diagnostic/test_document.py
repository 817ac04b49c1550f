"""The diagnose document: whole, plain and honest, whatever was said and recorded."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.diagnostic.rounds import (
    AS_OF,
    a_round,
    an_answer,
    claim_in,
    closed,
    document,
    people,
    somebody,
)
from study.measures.builders import DAY, UNTIL, a_case, a_promise, facts
from wellkept.study.diagnostic.answers import Answer, Respondent, Round
from wellkept.study.diagnostic.claims.catalogue import CLAIMS, SHORT
from wellkept.study.diagnostic.document.whole import diagnose
from wellkept.study.diagnostic.instrument import GROUPS, VIGNETTES
from wellkept.study.diagnostic.nothing import no_facts

SOME = facts(
    promise=[
        a_promise(UNTIL - (i % 300 + 1) * DAY, late_h=9 if i % 3 == 0 else -1, consequence="safety",
                  kind=("restore", "part_delivery", "respond")[i % 3])
        for i in range(240)
    ],
    case=[a_case(UNTIL - i * DAY, 5, ownerless_s=0) for i in range(1, 60)],
)  # fmt: skip


def test_with_no_data_at_all_everything_is_unprovable_and_says_what_to_keep() -> None:
    for claims, form in ((SHORT, "short"), (CLAIMS, "full")):
        told = somebody(say={claim.id: (3, 0.8) for claim in claims})
        found = diagnose(closed(Round(form, (told,))), no_facts(), AS_OF)
        assert {claim["name"]["key"] for claim in found["claims"]} == {"unprovable"}
        assert len(found["unprovable"]) == len(claims)
        assert all(row["keep"] and row["trusted"] for row in found["unprovable"])
        assert all("Start to keep" in claim["says"] for claim in found["claims"])
        assert found["confidence"]["groups"] == [] and found["numbers"]["hits"] is None
        assert (
            found["says"]
            == f"Of {len(claims)} claims: {len(claims)} cannot be shown by any record."
        )


def test_claims_that_are_trusted_stand_first_among_the_unprovable() -> None:
    told = somebody(say={"L1": (1, 0.9), "M1": (3, 0.5), "V1": (3, 0.7), "C1": (2, 0.95)})
    rows = diagnose(closed(a_round(told)), no_facts(), AS_OF)["unprovable"]
    assert [(row["claim"], row["trusted"]) for row in rows[:3]] == [
        ("V1", True), ("C1", True), ("M1", False),
    ]  # fmt: skip


def test_nobody_answered_and_the_records_speak_alone() -> None:
    found = document(Round(), SOME)
    p2 = claim_in(found, "P2")
    assert p2["claimed"]["level"] is None and p2["shown"]["level"] is not None
    assert p2["gap"] is None and p2["name"]["key"] == "unanswered"


def test_a_claim_says_all_in_sentences() -> None:
    p2 = claim_in(document(a_round(), SOME), "P2")
    assert p2["says"].startswith("You said level 3 (confidence 80 %). The records show level 0, ")
    assert "Most visible in: P" in p2["says"] and "Nobody owns it." in p2["says"]
    assert p2["evidence"]["id"] == "stopped_restored" and p2["evidence"]["version"] == "1"
    assert p2["gap"]["flagged"] and p2["name"] == {
        "key": "overlooked",
        "word": "overlooked",
        "means": "less is shown than claimed, people are confident, and nobody looks at it",
        "of_this": "Average inside, tail outside",
    }


def test_gaps_stand_in_the_order_of_consequence() -> None:
    found = document(a_round(), SOME)
    hit = [claim["touched"] for claim in found["claims"]]
    touched = [(one["safety"] + one["production_stopped"], one["customers"] or 0) for one in hit]
    assert touched == sorted(touched, reverse=True)
    assert found["choose"][0] == found["claims"][0]["id"] or len(found["choose"]) == 3
    assert len(found["choose"]) <= 3


def test_no_verdict_unless_the_interval_leaves_nought_out() -> None:
    sure = a_round(*people("executive", [3] * 6, sure=0.95))
    found = document(sure, SOME)["confidence"]
    assert found["groups"][0]["excludes_zero"] and "points more than is shown" in found["says"]
    unsure = document(a_round(*people("executive", [0] * 6, sure=1.0)), SOME)["confidence"]
    assert "may be chance" in unsure["says"] and "over" not in unsure["says"]


def test_nothing_adds_up_to_a_score() -> None:
    names = set(flat(document(a_round(), SOME)))
    assert not {"score", "grade", "total", "rating", "overconfident"} & names


def flat(value: Any) -> list[str]:
    """List every name in a document."""
    if isinstance(value, dict):
        return [*value, *(name for inner in value.values() for name in flat(inner))]
    if isinstance(value, list):
        return [name for inner in value for name in flat(inner)]
    return []


def test_ranges_are_judged_against_the_number_that_the_records_give() -> None:
    told = [
        Respondent(group, (an_answer("V4", 3, 0.8, number=96, low=low, high=high),))
        for group, low, high in [*[("executive", 94, 98)] * 4, *[("front_line", 1, 99)] * 4]
    ]
    source = facts(promise=[a_promise(UNTIL - (i + 1) * DAY, late_h=-1, kind="part_delivery")
                            for i in range(80)])  # fmt: skip
    found = document(Round(respondents=tuple(told)), source)["numbers"]
    [v4] = [row for row in found["rows"] if row["claim"] == "V4"]
    assert v4["records"]["value"] == pytest.approx(6.96, abs=0.01)
    assert v4["ranges_that_hold"] == {"k": 4, "n": 8}
    assert {one["group"]: one["low"] for one in v4["groups"]} == {"executive": 94, "front_line": 1}
    assert (found["hits"]["k"], found["hits"]["n"]) == (4, 8)


def test_a_bin_of_few_does_not_follow_from_the_whole_minus_the_others() -> None:
    """Ten people say 95 %, two say 5 %: the two are not shown, nor what would give them away."""
    claims = ("P2", "V4")
    told = [
        somebody("executive", {claim: (3, sure) for claim in claims})
        for sure in [*[0.95] * 6, *[0.7] * 4, *[0.05] * 2]
    ]
    bins = document(Round(respondents=tuple(told)), SOME)["confidence"]["curve"]
    assert [one["stated"] for one in bins] == [0.95]
    whole = document(Round(respondents=tuple(told[:10])), SOME)["confidence"]["curve"]
    assert [one["stated"] for one in whole] == [0.7, 0.95]


def test_the_ranges_of_a_hidden_row_do_not_follow_from_the_sum() -> None:
    ranged = {"number": 50, "low": 0, "high": 100}
    both = tuple(an_answer(claim, **ranged) for claim in ("P2", "V4"))
    told = [Respondent("executive", both[: 2 if i < 2 else 1]) for i in range(5)]
    source = facts(promise=[a_promise(UNTIL - (i + 1) * DAY, late_h=-1, kind="part_delivery")
                            for i in range(80)])  # fmt: skip
    assert document(Round(respondents=tuple(told)), source)["numbers"]["hits"] is None


def stories(*rates: int) -> dict[str, int]:
    return {vignette.id: rate for vignette, rate in zip(VIGNETTES, rates, strict=True)}


def test_stories_in_the_wrong_order_say_that_scales_differ() -> None:
    def scales(*rates: tuple[int, int, int]) -> Any:
        told = [Respondent("executive", (), vignettes=stories(*one)) for one in rates]
        return document(Round(respondents=tuple(told)))["scales"]

    good, bad = (1, 2, 3), (3, 2, 1)
    assert scales(good, good, good, good)["differ"] is False
    assert scales(good, good, good, bad)["differ"] is True
    assert scales(good, good, good)["differ"] is None
    assert scales(good, (1, 1, 3), (0, 2, 2), good)["out_of_order"] == 0


def test_groups_that_put_the_same_story_a_level_apart_use_other_scales() -> None:
    told = [
        *(Respondent("executive", (), vignettes=stories(2, 3, 4)) for _ in range(4)),
        *(Respondent("front_line", (), vignettes=stories(1, 2, 3)) for _ in range(4)),
    ]
    found = document(Round(respondents=tuple(told)))["scales"]
    assert found["groups_apart"] == 1 and found["differ"] is True


def test_the_customers_mirror_needs_four_customers() -> None:
    few = document(Round(customers=({"1": 2},) * 3))["customers"]
    assert few["n"] == 3 and {row["level"] for row in few["rows"]} == {None}
    enough = document(Round(customers=({"1": 2},) * 4), SOME)["customers"]
    assert enough["rows"][0]["level"] == 2 and enough["rows"][0]["claims"] == ["R2"]
    assert document(Round())["customers"]["rows"] == []


def test_two_views_stand_by_distance_and_only_for_groups_of_four() -> None:
    told = [
        somebody(group, {"P2": (level, 0.8), "V4": (2, 0.8)})
        for group, level in [*[("executive", 4)] * 4, *[("front_line", 1)] * 5]
    ]
    found = document(Round(respondents=tuple(told)), SOME)["views"]
    assert [(row["claim"], row["apart"]) for row in found["rows"]] == [("P2", 3), ("V4", 0)]
    assert found["overall"]["value"] == pytest.approx(1.5) and found["overall"]["excludes_zero"]
    assert document(Round(respondents=tuple(told[1:])))["views"]["rows"] == []


answer = st.builds(
    Answer,
    claim=st.sampled_from([claim.id for claim in SHORT]),
    level=st.one_of(st.none(), st.integers(0, 4)),
    confidence=st.one_of(st.none(), st.floats(0, 1)),
    recall=st.text(max_size=5),
    number=st.one_of(st.none(), st.floats(0, 100)),
    low=st.one_of(st.none(), st.floats(0, 50)),
    high=st.one_of(st.none(), st.floats(50, 100)),
    cannot_say=st.booleans(),
    skipped=st.booleans(),
)
respondent = st.builds(
    Respondent,
    group=st.sampled_from(list(GROUPS)),
    answers=st.lists(answer, max_size=6).map(tuple),
    also=st.sampled_from([(), ("North",), ("North", "night")]),
    vignettes=st.sampled_from([{}, stories(1, 2, 3), stories(3, 2, 1), {"A": 1}]),
)


@settings(max_examples=60)
@given(st.lists(respondent, max_size=14), st.booleans())
def test_any_answers_give_a_document_without_nan(told: list[Respondent], recorded: bool) -> None:
    found = document(Round(respondents=tuple(told)), SOME if recorded else None)
    json.dumps(found, allow_nan=False)
    assert len(found["claims"]) == 12
