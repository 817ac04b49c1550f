"""Promises kept: open past its date is broken, and the judged date decides."""

from typing import Any

import pytest

from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_promise,
    a_verdict,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]


def kept(*promises: dict[str, Any], **given: Any) -> Json:
    """The card of promises kept."""
    return measured("promise_kept_rate", facts(promise=promises), window(**given))


def beside(card: Json, title: str) -> Json:
    """One of the values that stand beside."""
    [found] = [one for one in card["beside"] if one["title"] == title]
    return dict(found)


def k_of_n(card: Json) -> tuple[int, int]:
    """How many of how many were broken."""
    return card["share_beyond"]["k"], card["share_beyond"]["n"]


def test_three_of_four_promises_kept_are_reckoned_by_hand() -> None:
    card = kept(
        a_promise(late_h=-2), a_promise(late_h=0), a_promise(late_h=-100), a_promise(late_h=5)
    )
    assert card["n"] == 4 and k_of_n(card) == (1, 4)
    assert card["value"]["value"] == 0.75
    # Jeffreys for 3 of 4: quantiles .025 and .975 of Beta(3.5, 1.5)
    assert card["value"]["low"] == pytest.approx(0.28375, abs=1e-5)
    assert card["value"]["high"] == pytest.approx(0.97153, abs=1e-5)
    assert card["share_beyond"]["share"] == pytest.approx(0.25)
    assert card["max"] == 5.0 and card["worst_unit"] == "h"
    assert [row["value"] for row in card["worst"]] == [5.0]
    assert card["completeness"] == {
        "used": 4, "should": 4, "share": 1.0, "worst": 0.75, "best": 0.75,
    }  # fmt: skip
    assert card["says"].startswith("1 of 4 promises that fell due was broken (25.0 %)")


def test_what_bruno_still_owes_past_its_date_is_broken_already() -> None:
    card = kept(a_promise(late_h=-1), a_promise(UNTIL - 3 * DAY, late_h=None))
    assert k_of_n(card) == (1, 2)
    assert card["open"] == 1
    [worst] = card["worst"]
    assert worst["open"] and worst["value"] == 72.0


def test_what_falls_due_at_the_very_end_and_is_not_done_can_no_longer_be_kept() -> None:
    assert k_of_n(kept(a_promise(UNTIL, late_h=None))) == (1, 1)
    assert k_of_n(kept(a_promise(UNTIL, late_h=0))) == (0, 1)


def test_a_date_that_is_still_ahead_is_not_judged() -> None:
    card = kept(a_promise(late_h=0), a_promise(UNTIL + 1, late_h=None))
    assert card["n"] == 1


def test_a_promise_fulfilled_long_before_its_date_is_judged_when_the_date_comes() -> None:
    assert kept(a_promise(late_h=0), a_promise(UNTIL + DAY, late_h=-48))["n"] == 1


def test_what_clinic_nord_released_in_time_leaves_the_count_and_is_shown_beside() -> None:
    due = UNTIL - 10 * DAY
    card = kept(a_promise(), a_promise(due, late_h=None, released_s=due))
    assert card["n"] == 1 and k_of_n(card) == (0, 1)
    assert card["excluded"] == 1
    with_it = beside(card, "With those the customer released in time")
    assert with_it["n"] == 2 and with_it["value"]["value"] == 0.5


def test_what_was_released_after_its_date_stays_broken_and_is_owed_no_more() -> None:
    due = UNTIL - 10 * DAY
    card = kept(a_promise(due, late_h=None, released_s=due + 1))
    assert k_of_n(card) == (1, 1) and card["excluded"] == 0
    assert card["open"] == 0 and not card["worst"][0]["open"]


def test_what_will_be_released_after_the_window_is_owed_still() -> None:
    due = UNTIL - 10 * DAY
    assert kept(a_promise(due, late_h=None, released_s=UNTIL + 1))["open"] == 1


def test_cancelling_the_work_does_not_release_the_promise() -> None:
    due = UNTIL - 10 * DAY
    card = kept(a_promise(due, late_h=None, ended_s=due - DAY))
    assert k_of_n(card) == (1, 1) and card["open"] == 0
    assert beside(card, "Given up")["n"] == 1


def test_a_bare_verdict_counts_without_any_lateness() -> None:
    card = kept(a_verdict("kept"), a_verdict("broken"), a_verdict("kept"))
    assert k_of_n(card) == (1, 3)
    assert card["max"] is None and card["worst"] == []
    assert card["share_beyond"]["promise"].startswith("what the source itself calls kept")
    assert maybe_measured("promise_lateness", facts(promise=[a_verdict("broken")])) is None


def test_a_verdict_never_overrules_a_date_and_a_moment() -> None:
    assert k_of_n(kept(a_promise(late_h=5, verdict="kept"))) == (1, 1)


def test_a_verdict_speaks_where_a_date_has_no_moment_of_fulfilment() -> None:
    card = kept(a_promise(late_h=None, verdict="kept"), a_promise(late_h=5))
    assert k_of_n(card) == (1, 2) and card["open"] == 0
    assert "1 by the source's own word" in card["share_beyond"]["promise"]


def test_the_first_date_the_judged_one_and_the_one_said_today_are_told_apart() -> None:
    first = UNTIL - 20 * DAY
    moved_by_customer = a_promise(
        first + 5 * DAY, first_due_s=first, current_due_s=first + 5 * DAY, late_h=-1
    )
    moved_by_us = a_promise(first, current_due_s=first + 5 * DAY, late_h=3 * 24)
    card = kept(moved_by_customer, moved_by_us, a_promise(late_h=0))
    assert k_of_n(card) == (1, 3)
    assert beside(card, "By the first date")["value"]["value"] == pytest.approx(1 / 3)
    assert beside(card, "By the date as said today")["value"]["value"] == 1.0


def test_ended_rows_only_is_what_a_tool_shows_that_forgets_the_open_ones() -> None:
    card = kept(a_promise(late_h=2), a_promise(late_h=0), a_promise(late_h=None))
    assert k_of_n(card) == (2, 3)
    shown = beside(card, "Ended rows only")
    assert shown["n"] == 2 and shown["value"]["value"] == 0.5
    assert shown["text"].startswith("1 of them late")


def test_what_happened_after_until_has_not_happened() -> None:
    due = UNTIL - 10 * DAY
    promises = [
        a_promise(due, late_h=24),
        a_promise(due, late_h=48, made_s=due - DAY),
        a_promise(due, late_h=0, made_s=UNTIL - DAY),  # given later than its own date
    ]
    source = facts(promise=promises)
    early = measured("promise_kept_rate", source, window(due + 30 * HOUR))
    assert early["n"] == 2 and early["open"] == 1
    assert measured("promise_kept_rate", source)["open"] == 0
    assert maybe_measured("promise_kept_rate", source, window(due - 1)) is None


def test_since_takes_what_fell_due_from_then_on_whenever_it_was_closed() -> None:
    since = UNTIL - 5 * DAY
    before = a_promise(since - 1, late_h=48)  # closed inside the period, due before it
    inside = a_promise(since, late_h=0)
    assert kept(before, inside, since_s=since)["n"] == 1


def test_promises_without_a_date_lower_the_completeness_and_bound_the_value() -> None:
    undated = a_promise(None)
    card = kept(a_promise(), a_promise(late_h=1), undated, undated)
    assert card["n"] == 2
    assert card["completeness"] == {
        "used": 2, "should": 4, "share": 0.5, "worst": 0.25, "best": 0.75,
    }  # fmt: skip


def test_the_gravest_stands_first_and_the_unknown_before_the_degraded() -> None:
    late = {"safety": 1, "inconvenience": 200, "degraded": 50, "unknown": 2}
    card = kept(*(a_promise(late_h=h, consequence=name) for name, h in late.items()))
    order = [row["consequence"] for row in card["worst"]]
    assert order == ["safety", "unknown", "degraded", "inconvenience"]
    assert card["max"] == 200


def test_customers_who_felt_it_are_counted_once_twice_three_times() -> None:
    mill = [a_promise(late_h=1, customer="Mill East") for _ in range(3)]
    nord = [a_promise(late_h=h, customer="Clinic Nord") for h in (1, 0)]
    nobody = [a_promise(late_h=1, customer=None) for _ in range(3)]
    card = kept(*mill, *nord, *nobody)
    assert card["customers_hit"] == {"1": 2, "2": 1, "3": 1}
    assert card["hit"]["who"] == "customer"
    assert [(r["name"], r["k"], r["n"]) for r in card["hit"]["rows"]] == [
        ("Mill East", 3, 3),
        ("Clinic Nord", 1, 2),
    ]


def test_without_customers_the_assets_say_who_bore_most() -> None:
    card = kept(a_promise(late_h=1, customer=None, asset="EL700X"))
    assert card["customers_hit"] == {"1": None, "2": None, "3": None}
    assert card["hit"] == {
        "who": "asset",
        "rows": [{"name": "EL700X", "n": 1, "k": 1, "worst_h": 1.0}],
    }


def test_promises_due_while_the_feed_was_silent_are_left_out_beside() -> None:
    card = kept(a_promise(late_h=3, in_silence=True), a_promise())
    assert k_of_n(card) == (1, 2)
    quiet = beside(card, "Without those due while the feed was silent")
    assert quiet["n"] == 1 and quiet["value"]["value"] == 1.0


def test_when_all_fell_due_in_silence_nothing_is_left_beside() -> None:
    quiet = beside(kept(a_promise(in_silence=True)), "Without those due while the feed was silent")
    assert quiet["n"] == 0 and quiet["value"] is None


def test_days_are_spoken_of_in_days() -> None:
    card = kept(*(a_promise(late_h=48, due_is_day=True) for _ in range(3)))
    assert card["worst_unit"] == "d" and card["max"] == 2.0
    assert "2 d late" in card["says"]


def test_the_average_stands_only_beside_what_it_hides() -> None:
    early = [a_promise(late_h=-40) for _ in range(9)]
    card = kept(*early, a_promise(late_h=60))
    assert "the average of the ended ones, 30 h early, hides them" in card["says"]
    all_kept = kept(*early)
    assert all_kept["says"] == "All 9 promises that fell due were kept."


def test_no_promise_at_all_is_absent_and_never_zero() -> None:
    assert maybe_measured("promise_kept_rate", facts()) is None
    assert maybe_measured("promise_kept_rate", facts(promise=[a_promise(None)])) is None


# Kept when it mattered


def mattered(*promises: dict[str, Any]) -> Json:
    """The card of promises kept when it mattered."""
    return measured("kept_when_it_mattered", facts(promise=promises))


def test_only_safety_and_a_stopped_production_matter_here() -> None:
    card = mattered(
        a_promise(consequence="safety"),
        a_promise(consequence="production_stopped", late_h=4),
        a_promise(consequence="degraded", late_h=9),
        a_promise(consequence="inconvenience", late_h=9),
    )
    assert k_of_n(card) == (1, 2)
    assert card["completeness"]["share"] == 1.0
    last = beside(card, "Since the last breach")
    assert last["value"]["value"] == 10.0 and last["unit"] == "d"


def test_the_unknown_class_is_not_taken_for_harmless() -> None:
    card = mattered(
        a_promise(consequence="safety"),
        a_promise(consequence="safety", late_h=1),
        a_promise(late_h=1),  # unknown and broken
        a_promise(late_h=0),  # unknown and kept
    )
    assert k_of_n(card) == (1, 2)
    done = card["completeness"]
    assert (done["used"], done["should"]) == (2, 4)
    assert done["worst"] == pytest.approx(1 / 3)  # the broken one mattered too: 1 of 3 kept
    assert done["best"] == pytest.approx(2 / 3)  # the kept one mattered too: 2 of 3 kept


def test_without_a_breach_it_says_so() -> None:
    card = mattered(a_promise(consequence="safety"))
    assert beside(card, "Since the last breach")["value"] is None
    assert card["says"] == (
        "The one promise that fell due where safety or production was at stake was kept."
    )


def test_where_no_class_is_known_it_is_absent() -> None:
    assert maybe_measured("kept_when_it_mattered", facts(promise=[a_promise()])) is None
    slow = [a_promise(consequence="degraded")]
    assert maybe_measured("kept_when_it_mattered", facts(promise=slow)) is None


def test_where_no_date_names_the_worst_the_sentence_names_who_was_hit_most() -> None:
    nord = [a_verdict("broken", customer="Clinic Nord") for _ in range(2)]
    card = kept(*nord, a_verdict("kept", customer="Mill East"))
    assert card["says"].endswith("Hit most: Clinic Nord, 2 of 2.")
