"""How long customers waited: all that was opened counts, open ones as at least so long."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_case,
    a_downtime,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]
Row = dict[str, Any]


def resolve(*cases: Row, by: Sequence[str | None] | None = None, **given: Any) -> Json:
    """The card of time to resolve."""
    labels = {"case": by} if by else None
    given.setdefault("by", "priority" if by else None)
    return measured("time_to_resolve", facts(case=cases, by=labels), window(**given))


def beside(card: Json, title: str) -> Json:
    """One of the values that stand beside."""
    [found] = [one for one in card["beside"] if one["title"] == title]
    return dict(found)


def test_five_cases_by_hand() -> None:
    card = resolve(*(a_case(hours=h) for h in (1, 2, 4, 8, 100)))
    assert card["n"] == 5 and card["open"] == 0
    assert card["value"]["value"] == 4.0 and card["max"] == 100.0
    assert card["value"]["high"] is None  # five cases give no 95 % upper bound, six do
    assert "p50 needs n = 6" in card["reasons"]["value"]
    assert card["worst"][0]["value"] == 100.0
    assert card["says"].startswith("Half are resolved within 4 h.")
    assert card["share_beyond"] is None


def test_open_cases_are_censored_and_the_quantiles_say_so() -> None:
    # Kaplan–Meier by hand: four end at 1, 2, 3, 4 d; six are open at 10 d.
    ended = [a_case(UNTIL - 10 * DAY, hours=24 * d) for d in (1, 2, 3, 4)]
    still = [a_case(UNTIL - 10 * DAY) for _ in range(6)]
    card = resolve(*ended, *still)
    assert card["open"] == 6
    assert card["value"]["value"] is None
    assert card["reasons"]["value"] == "not yet reached: too many are still open"
    assert card["max"] == 240.0
    assert beside(card, "Ended rows only")["quantiles"]["p50"]["value"] == 60.0
    assert card["curve"]["s"][-1] == pytest.approx(0.6)


def test_the_closed_ones_alone_would_show_a_shorter_tail() -> None:
    ended = [a_case(UNTIL - 60 * DAY, hours=1 + i / 10) for i in range(80)]
    still = [a_case(UNTIL - 20 * DAY) for _ in range(8)]
    card = resolve(*ended, *still)
    shown = beside(card, "Ended rows only")["quantiles"]["p95"]["value"]
    assert shown < 9
    assert card["quantiles"]["p95"]["value"] is None, (
        "one in eleven still waits: p95 is not reached"
    )


def test_what_ended_after_until_is_open_and_what_opened_after_it_is_not_there() -> None:
    start = UNTIL - 10 * DAY
    source = facts(case=[a_case(start, hours=48), a_case(start + 2 * DAY, hours=1)])
    early = measured("time_to_resolve", source, window(start + DAY))
    assert (early["n"], early["open"], early["max"]) == (1, 1, 24.0)
    assert not [b for b in early["beside"] if b["title"] == "Ended rows only"]
    late = measured("time_to_resolve", source)
    assert (late["n"], late["open"]) == (2, 0)


def test_the_cohort_is_what_was_opened_in_the_period_never_what_was_closed_in_it() -> None:
    since = UNTIL - 5 * DAY
    closed_in_it = a_case(since - DAY, hours=48)
    opened_in_it = a_case(since)
    card = resolve(closed_in_it, opened_in_it, since_s=since)
    assert (card["n"], card["open"]) == (1, 1)


def test_cancelled_cases_are_set_apart_counted_and_shown_beside() -> None:
    gone = a_case(UNTIL - 9 * DAY, cancelled_s=UNTIL - 8 * DAY)
    card = resolve(*(a_case(hours=h) for h in (1, 2, 3, 4, 5)), gone)
    assert card["n"] == 5 and card["excluded"] == 1
    with_it = beside(card, "With the cancelled ones")
    assert with_it["n"] == 6 and with_it["max"] == 24.0
    assert with_it["text"].startswith("1 more")


def test_a_case_cancelled_after_until_still_counts() -> None:
    gone = a_case(UNTIL - 9 * DAY, cancelled_s=UNTIL + 1)
    assert resolve(a_case(hours=1), gone)["excluded"] == 0


def test_blank_unknown_and_backwards_cases_lower_the_completeness_and_bound_the_value() -> None:
    known = [a_case(hours=h) for h in (1, 2, 3, 4, 5, 6)]
    lost = [
        a_case(None),  # nobody wrote when it was reported
        a_case(ended_unknown=True),  # it ended, nobody wrote when
        a_case(hours=-5),  # it ended before it began
    ]
    card = resolve(*known, *lost)
    done = card["completeness"]
    assert (done["used"], done["should"]) == (6, 9)
    assert card["n"] == 6 and card["value"]["value"] == 3.5
    # three more that never ended: the fifth of nine is 5 h; three that ended at once: 2 h
    assert (done["worst"], done["best"]) == (5.0, 2.0)


def test_a_case_that_records_saw_only_later_counts_from_then_on() -> None:
    begins = UNTIL - 30 * DAY
    seen_late = a_case(begins - 10 * DAY, hours=24 * 20, entered_s=begins)
    never_seen = a_case(begins - 10 * DAY, hours=24 * 5, entered_s=begins)
    card = resolve(*(a_case(hours=h) for h in range(1, 12)), seen_late, never_seen)
    assert card["n"] == 12
    assert beside(card, "Before the records begin")["n"] == 1
    assert card["completeness"]["share"] == 1.0


def test_without_enough_under_watch_the_curve_starts_later_and_says_so() -> None:
    begins = UNTIL - 30 * DAY
    late = [a_case(begins - 10 * DAY, hours=24 * (11 + i), entered_s=begins) for i in range(12)]
    card = resolve(*late, a_case(hours=1))
    assert "of those that lasted longer than" in card["method"]


def test_a_row_s_own_date_is_the_promise_and_only_those_whose_date_has_passed_are_judged() -> None:
    start = UNTIL - 10 * DAY
    due = start + DAY
    cases = [
        a_case(start, hours=12, resolve_due_s=due),  # in time
        a_case(start, hours=48, resolve_due_s=due),  # too late
        a_case(start, resolve_due_s=due),  # open past its date
        a_case(start, hours=1, resolve_due_s=UNTIL + 1),  # done, but not yet due
        a_case(start, resolve_due_s=UNTIL + 1),  # open and in time
        a_case(start, hours=1),  # nothing promised
    ]
    card = resolve(*cases)
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (2, 3)
    assert card["share_beyond"]["promise"] == "its own date"
    assert card["customers_hit"]["2"] == 1
    assert {row["value"] for row in card["worst"]} == {48.0, 240.0}
    assert card["worst"][0]["due"] == "2026-05-23T00:00:00+00:00"


def test_what_is_open_when_its_date_comes_has_failed_and_what_ends_on_it_has_not() -> None:
    start = UNTIL - DAY
    card = resolve(a_case(start, resolve_due_s=UNTIL), a_case(start, 24, resolve_due_s=UNTIL))
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (1, 2)


def test_a_date_before_the_report_was_never_in_time() -> None:
    start = UNTIL - 10 * DAY
    card = resolve(a_case(start, hours=1, resolve_due_s=start - DAY))
    assert card["share_beyond"]["k"] == 1


def test_a_stated_target_judges_only_those_whose_time_has_passed() -> None:
    old = UNTIL - 10 * DAY
    young = UNTIL - 3 * HOUR
    cases = [a_case(old, hours=1), a_case(old, hours=9), a_case(old)]
    quick = [a_case(young, hours=1) for _ in range(50)]  # would flatter: the slow ones are not out
    card = resolve(*cases, *quick, targets_s={"time_to_resolve": 4 * HOUR})
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (2, 3)
    assert card["share_beyond"]["promise"] == "within 4 h"
    assert card["shape"]["promise"] == 4.0


def test_a_target_serves_where_a_row_has_no_date_of_its_own() -> None:
    old = UNTIL - 10 * DAY
    cases = [a_case(old, hours=9, resolve_due_s=old + DAY), a_case(old, hours=9)]
    card = resolve(*cases, targets_s={"time_to_resolve": 4 * HOUR})
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (1, 2)
    assert card["share_beyond"]["promise"] == "its own date, or within 4 h where it has none"


def test_a_target_of_cover_hours_is_compared_with_the_promise_clock() -> None:
    friday = UNTIL - 3 * DAY
    cases = [
        a_case(friday, hours=60, resolve_work_s=3 * HOUR),  # a weekend lay between
        a_case(friday, hours=30, resolve_work_s=5 * HOUR),
    ]
    source = facts(case=cases)
    given = window(targets_s={"time_to_resolve": 4 * HOUR}, has_calendar=True)
    card = measured("time_to_resolve", source, given)
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (1, 2)
    assert card["share_beyond"]["promise"] == "within 4 h of cover"
    assert beside(card, "Promise clock")["max"] == 5.0
    assert card["max"] == 60.0, "the customer's clock never stops"


def test_on_cover_hours_nobody_is_judged_from_the_first_that_still_has_time() -> None:
    still = a_case(UNTIL - 2 * DAY, resolve_work_s=1 * HOUR)
    quick_after = a_case(UNTIL - DAY, hours=1, resolve_work_s=1 * HOUR)
    before = a_case(UNTIL - 5 * DAY, hours=1, resolve_work_s=1 * HOUR)
    given = window(targets_s={"time_to_resolve": 4 * HOUR}, has_calendar=True)
    card = measured("time_to_resolve", facts(case=[still, quick_after, before]), given)
    assert card["share_beyond"]["n"] == 1


def test_a_promise_that_nobody_has_outlasted_yet_gives_no_share() -> None:
    young = [a_case(UNTIL - HOUR), a_case(UNTIL - HOUR, hours=0.5)]
    card = resolve(*young, targets_s={"time_to_resolve": 9 * DAY})
    assert card["share_beyond"] is None
    assert card["reasons"]["share_beyond"] == "the promised time of none of them has passed yet"


def test_when_everything_that_had_ended_came_back_all_of_it_is_open() -> None:
    card = resolve(*(a_case(first_ended_s=UNTIL - DAY, reopened=1) for _ in range(6)))
    assert (card["n"], card["open"]) == (6, 6)


def test_closing_stands_in_for_a_resolution_and_is_counted() -> None:
    card = resolve(a_case(hours=9, resolved_by_closing=True), a_case(hours=1))
    assert beside(card, "No resolution recorded")["n"] == 1


def test_all_cancelled_leaves_an_empty_card_with_its_reason() -> None:
    card = resolve(a_case(hours=5, cancelled_s=UNTIL - DAY))
    assert card["n"] == 0 and card["value"] is None and card["excluded"] == 1
    assert card["reasons"]["value"] == "nothing is left that could be timed"


def test_where_no_end_was_ever_recorded_it_is_absent() -> None:
    assert maybe_measured("time_to_resolve", facts(case=[a_case()])) is None
    assert maybe_measured("time_to_resolve", facts()) is None
    ended = facts(case=[a_case(hours=1)])
    assert maybe_measured("response_time", ended) is None
    assert maybe_measured("time_to_restore", ended) is None


def test_the_worst_are_sought_in_the_tail_and_the_gravest_stand_first() -> None:
    short = [a_case(hours=1, consequence="safety") for _ in range(95)]
    tail = {200: "degraded", 90: "safety", 80: "unknown", 70: "inconvenience", 60: "safety"}
    card = resolve(*short, *(a_case(hours=h, consequence=name) for h, name in tail.items()))
    assert [row["value"] for row in card["worst"]] == [90.0, 60.0, 80.0, 200.0, 70.0]


# Response


def test_a_case_that_ended_without_a_recorded_answer_is_not_taken_for_answered() -> None:
    start = UNTIL - 5 * DAY
    cases = [
        *(a_case(start, hours=9, responded_s=start + i * HOUR) for i in (1, 2, 3, 4, 5)),
        a_case(start, hours=9),
        a_case(start),
    ]
    card = measured("response_time", facts(case=cases))
    assert (card["n"], card["open"]) == (6, 1)
    assert card["completeness"]["used"] == 6 and card["completeness"]["should"] == 7


# Restore


def test_restoring_counts_from_the_failure_where_its_moment_is_known() -> None:
    start = UNTIL - 5 * DAY
    cases = [
        a_case(start, occurred_s=start - 10 * HOUR, restored_s=start + 2 * HOUR),
        a_case(start, restored_s=start + 2 * HOUR),
    ]
    card = measured("time_to_restore", facts(case=cases))
    assert [row["value"] for row in card["worst"]] == [12.0, 2.0]
    assert card["max"] == 12.0


def test_without_cases_that_say_it_the_down_time_of_assets_is_taken() -> None:
    start = UNTIL - 5 * DAY
    downs = [a_downtime(start, h, due_s=start + 4 * HOUR) for h in (1, 2, 3, 10, 20)]
    card = measured("time_to_restore", facts(downtime=[*downs, a_downtime(UNTIL - HOUR, None)]))
    assert (card["n"], card["open"], card["value"]["value"]) == (6, 1, 3.0)
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (2, 5)


def test_an_end_written_after_a_silence_is_only_a_lower_bound() -> None:
    start = UNTIL - 5 * DAY
    silent = a_downtime(start, 30, censored_s=start + 3 * HOUR, due_s=start + 8 * HOUR)
    plain = [a_downtime(start, 2, due_s=start + 8 * HOUR) for _ in range(5)]
    card = measured("time_to_restore", facts(downtime=[silent, *plain]))
    assert (card["open"], card["max"]) == (1, 3.0)
    assert beside(card, "Seen in part")["n"] == 1
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (0, 5), "nobody saw it"
    assert beside(card, "Ended rows only")["max"] == 30.0


def test_an_outage_that_ended_before_it_began_lowers_the_completeness() -> None:
    start = UNTIL - 5 * DAY
    card = measured(
        "time_to_restore", facts(downtime=[a_downtime(start, -3), a_downtime(start, 3)])
    )
    assert card["n"] == 1 and card["completeness"]["share"] == 0.5


# Groups


def test_groups_get_their_own_quantiles_and_the_slowest_is_named() -> None:
    quick = [a_case(hours=1 + i / 10) for i in range(12)]
    slow = [a_case(hours=50 + i) for i in range(12)]
    card = resolve(*quick, *slow, by=["4 - Low"] * 12 + ["1 - Critical"] * 11 + [None])
    by = {row["group"]: row for row in card["by"]["groups"]}
    assert by["1 - Critical"]["quantiles"]["p50"]["value"] == 55.0
    assert by["4 - Low"]["k"] is None and by["(not recorded)"]["n"] == 1
    assert card["by"]["text"].startswith("slowest: 1 - Critical")


def test_the_curve_falls_and_counts_who_is_left() -> None:
    card = resolve(*(a_case(hours=h) for h in np.linspace(1, 90, 300)))
    curve = card["curve"]
    assert len(curve["t"]) <= 200 and curve["t"] == sorted(curve["t"])
    assert curve["s"] == sorted(curve["s"], reverse=True)
    assert curve["at_risk"][0] == 300
