"""How work flows: whose is it, how often it is handed on, and how long the clock stood still."""

from collections.abc import Sequence
from typing import Any

import pytest

from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_case,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]
Row = dict[str, Any]


def card_of(name: str, *cases: Row, by: Sequence[str | None] | None = None, **given: Any) -> Json:
    """The card of one of these measures."""
    given.setdefault("by", "region" if by else None)
    return measured(name, facts(case=cases, by={"case": by} if by else None), window(**given))


def beside(card: Json, title: str) -> Json:
    """One of the values that stand beside."""
    [found] = [one for one in card["beside"] if one["title"] == title]
    return dict(found)


def held(without_h: float, open_h: float, **given: Any) -> Row:
    """A case that was open so long, part of it nobody's."""
    seconds = {"ownerless_s": int(without_h * HOUR), "open_s": int(open_h * HOUR)}
    return a_case(hours=open_h, **seconds, **given)


# Ownerless


def test_ownerless_time_is_a_share_of_hours_and_not_of_cases() -> None:
    card = card_of("ownerless_time", held(0, 10), held(1, 10), held(9, 80))
    assert card["value"]["value"] == pytest.approx(10 / 100)
    assert card["value"]["low"] is None and "fewer than ten" in card["reasons"]["value"]
    some = beside(card, "Some time without an owner")
    assert some["value"]["value"] == pytest.approx(2 / 3)
    assert card["max"] == 9.0 and card["worst"][0]["value"] == 9.0
    assert card["says"] == (
        "10.0 % of open time had no owner: 10 h over 2 cases. 0 cases are without an owner now."
    )


def test_the_interval_is_taken_between_cases() -> None:
    cases = [held(1, 10) for _ in range(5)] + [held(3, 10) for _ in range(5)]
    value = card_of("ownerless_time", *cases)["value"]
    # linearised: spread of part − .2 whole is ±1 h, error = √(10/9 · 10) ÷ 100 h = .0333
    assert value["value"] == pytest.approx(0.2)
    logit_step = 1.959964 * 0.0333333 / (0.2 * 0.8)
    assert value["high"] == pytest.approx(0.2 / (0.2 + 0.8 * 2.718281828**-logit_step), rel=1e-4)


def test_nobody_s_now_is_counted_also_when_it_was_reported_before_the_period() -> None:
    old = held(5, 9, ownerless_now=True, reported_s=UNTIL - 90 * DAY)
    card = card_of("ownerless_time", held(0, 10), old, since_s=UNTIL - 40 * DAY)
    assert card["n"] == 1 and beside(card, "Without an owner now")["n"] == 1
    assert card["says"].endswith("1 case is without an owner now.")


def test_a_stated_limit_makes_a_share_beyond_and_nothing_else_does() -> None:
    cases = [held(h, 10) for h in (0, 1, 5)]
    assert card_of("ownerless_time", *cases)["share_beyond"] is None
    card = card_of("ownerless_time", *cases, targets_s={"ownerless_time": 2 * HOUR})
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (1, 3)
    assert card["customers_hit"]["1"] == 1


def test_cases_whose_owners_nobody_recorded_lower_the_completeness() -> None:
    card = card_of("ownerless_time", held(1, 10), a_case(hours=3))
    assert card["completeness"]["share"] == 0.5


def test_ownerless_time_by_region_shows_where_work_is_nobody_s() -> None:
    cases = [held(5, 10), held(5, 10), held(0, 10)]
    card = card_of("ownerless_time", *cases, by=["North", "North", "South"])
    assert [(r["group"], r["value"]) for r in card["by"]["groups"]] == [
        ("North", 0.5),
        ("South", 0),
    ]
    assert card["by"]["text"] == "highest: North"


def test_without_a_log_of_owners_ownerless_time_is_absent() -> None:
    assert maybe_measured("ownerless_time", facts(case=[a_case(hours=3)])) is None


# Handoffs


def test_handoffs_show_their_tail_and_bounces_apart() -> None:
    counts = [0] * 6 + [1, 1, 2, 52]
    cases = [a_case(hours=3, handoffs=k, bounces=max(0, k - 2)) for k in counts]
    card = card_of("handoffs_per_case", *cases)
    assert card["value"]["value"] == 0.0 and card["max"] == 52.0
    assert [row["value"] for row in card["worst"]] == [52.0, 2.0, 1.0, 1.0]
    assert beside(card, "Bounced")["value"]["value"] == 0.1
    assert beside(card, "Most bounces")["max"] == 50.0
    assert card["customers_hit"]["1"] == 1
    assert card["says"] == (
        "4 of 10 cases changed hands (40.0 %), the most often 52 times; 1 came back to somebody "
        "who had had them before."
    )


def test_where_only_a_counter_is_kept_nothing_is_said_of_bounces() -> None:
    card = card_of("handoffs_per_case", *(a_case(hours=3, handoffs=k) for k in (0, 1, 2)))
    assert card["beside"] == [] and "came back" not in card["says"]
    assert card["customers_hit"]["1"] is None


def test_handoffs_by_team_are_compared_in_a_funnel() -> None:
    cases = [a_case(hours=3, handoffs=1, bounces=k % 2) for k in range(10)]
    card = card_of("handoffs_per_case", *cases, by=["Line 1"] * 5 + ["Line 2"] * 5)
    assert sum(row["k"] for row in card["by"]["groups"]) == 5
    assert card["by"]["text"].startswith("share of cases that came back: ")


def test_the_source_s_own_counter_stands_beside() -> None:
    source = facts(case=[a_case(hours=3, handoffs=1, bounces=0)])
    source.con.execute("CREATE TABLE told_handoffs AS SELECT 7 AS handoffs")
    told = beside(measured("handoffs_per_case", source), "As the source counted them")
    assert told["max"] == 7.0 and told["n"] == 1


def test_five_handoffs_are_few_for_a_percentile() -> None:
    card = card_of("handoffs_per_case", *(a_case(hours=1, handoffs=k) for k in (1, 2, 3)))
    assert card["quantiles"] == {} and card["value"] is None
    assert card["reasons"]["value"] == card["reasons"]["p50"]


# Paused


def paused(*cases: Row, **given: Any) -> Json:
    """The card of paused time."""
    return card_of("paused_share", *cases, **given)


def waiting(paused_h: float, open_h: float, **given: Any) -> Row:
    """A case whose clock stood still for part of its open time."""
    return a_case(hours=open_h, paused_s=int(paused_h * HOUR), open_s=int(open_h * HOUR), **given)


def test_paused_time_is_a_share_of_the_customer_s_clock() -> None:
    card = paused(waiting(0, 10), waiting(5, 10), waiting(0, 30))
    assert card["value"]["value"] == 0.1
    assert card["customers_hit"] == {"1": 1, "2": 0, "3": 0}
    acknowledged = beside(card, "Acknowledged by the customer")
    assert acknowledged["value"] is None and "not recorded" in acknowledged["text"]
    assert card["says"] == "10.0 % of open time we said that we waited for the customer, in 1 case."


def test_what_the_customer_acknowledged_is_told() -> None:
    card = paused(waiting(4, 10, pauses_acknowledged_s=HOUR), waiting(0, 10))
    assert beside(card, "Acknowledged by the customer")["value"]["value"] == 0.25
    assert card["says"].endswith("in 1 case; the customer acknowledged 25.0 % of it.")


def test_a_log_that_could_tell_of_pauses_and_has_none_says_nought() -> None:
    card = paused(waiting(0, 10), waiting(0, 20))
    assert card["value"]["value"] == 0.0 and card["worst"] == []


def test_a_log_that_cannot_tell_of_pauses_leaves_the_measure_absent() -> None:
    assert maybe_measured("paused_share", facts(case=[a_case(hours=3, open_s=9)])) is None


# The window


@pytest.mark.parametrize("name", ["ownerless_time", "handoffs_per_case", "paused_share"])
def test_the_cohort_is_what_was_reported_in_the_period(name: str) -> None:
    def a_full_case(reported: int) -> Row:
        return a_case(reported, hours=1, ownerless_s=60, open_s=HOUR, handoffs=1, bounces=0,
                      paused_s=60)  # fmt: skip

    since = UNTIL - 10 * DAY
    source = facts(case=[a_full_case(since - 1), a_full_case(since), a_full_case(UNTIL + 1)])
    assert measured(name, source, window(since_s=since))["n"] == 1
