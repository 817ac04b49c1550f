"""Closed was not the end: only cases whose two weeks have passed can say so."""

from typing import Any

import pytest

from study.measures.builders import DAY, UNTIL, a_case, facts, maybe_measured, measured, window

Json = dict[str, Any]
Row = dict[str, Any]


def reopened(*cases: Row, **given: Any) -> Json:
    """The card of reopened cases."""
    return measured("reopen_rate", facts(case=cases), window(**given))


def ended(days_ago: int, back_after: float | None = None, **given: Any) -> Row:
    """A case that ended so many days ago, and went back to work so many days after."""
    end = UNTIL - days_ago * DAY
    back = None if back_after is None else int(end + back_after * DAY)
    row = {"first_ended_s": end, "reopened": int(back_after is not None), "reopened_s": back}
    return a_case(end - DAY, hours=24, **{**row, **given})


def beside(card: Json, title: str) -> Json:
    """One of the values that stand beside."""
    [found] = [one for one in card["beside"] if one["title"] == title]
    return dict(found)


def test_four_cases_by_hand() -> None:
    card = reopened(ended(60), ended(60, 3), ended(60, 14), ended(60, 15))
    assert (card["share_beyond"]["k"], card["n"]) == (2, 4)
    assert beside(card, "Ever reopened")["value"]["value"] == 0.75
    assert card["says"] == "2 of 4 cases that ended went back to work within 14 days (50.0 %)."


def test_a_case_that_was_cancelled_was_never_said_to_be_done() -> None:
    end = UNTIL - 60 * DAY
    cancelled, closed_before = ended(60, cancelled_s=end), ended(60, cancelled_s=end + DAY)
    uncounted = ended(60, cancelled_s=end, reopened=None)
    card = reopened(ended(60, 3), ended(60), cancelled, closed_before, uncounted)
    assert (card["share_beyond"]["k"], card["n"]) == (1, 3)
    assert card["completeness"]["should"] == 3


def test_a_young_case_waits_for_its_window() -> None:
    card = reopened(ended(14), ended(13), ended(1, 0.5))
    assert card["n"] == 1 and card["value"]["value"] == 0.0
    assert beside(card, "Not yet counted")["n"] == 2


def test_when_all_are_young_it_is_too_early_to_say() -> None:
    card = reopened(ended(3), ended(2, 1))
    assert card["n"] == 0 and card["value"] is None
    assert card["says"] == "2 cases ended, all less than 14 days ago: too early to say."


def test_a_counter_without_a_moment_is_taken_as_within_the_window() -> None:
    card = reopened(ended(60, reopened=2), ended(60))
    assert card["value"]["value"] == 0.5 and card["max"] == 2.0
    assert card["worst"][0]["value"] == 2.0


def test_what_came_back_after_until_has_not_come_back() -> None:
    case = ended(60, 20)
    assert beside(reopened(case), "Ever reopened")["value"]["value"] == 1.0
    early = reopened(case, until_s=UNTIL - 41 * DAY)
    assert beside(early, "Ever reopened")["value"]["value"] == 0.0


def test_cases_of_which_nobody_counts_reopenings_lower_the_completeness() -> None:
    card = reopened(ended(60), ended(60, reopened=None))
    done = card["completeness"]
    assert (done["used"], done["should"], done["worst"], done["best"]) == (1, 2, 0.5, 0.0)


def test_since_takes_what_first_ended_in_the_period() -> None:
    assert reopened(ended(60), ended(30), since_s=UNTIL - 40 * DAY)["n"] == 1


@pytest.mark.parametrize("cases", [[], [a_case(hours=1)], [a_case(reopened=0)]])
def test_without_states_or_ends_it_is_absent(cases: list[Row]) -> None:
    assert maybe_measured("reopen_rate", facts(case=cases)) is None
