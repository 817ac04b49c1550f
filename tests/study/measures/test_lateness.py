"""Lateness keeps early from cancelling late; a moved date stays a moved date."""

from typing import Any

import pytest

from study.measures.builders import (
    DAY,
    UNTIL,
    a_promise,
    a_verdict,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]


def lateness(*promises: dict[str, Any], **given: Any) -> Json:
    """The card of lateness."""
    return measured("promise_lateness", facts(promise=promises), window(**given))


def slips(*promises: dict[str, Any], tells_moves: bool = True) -> Json:
    """The card of moved promises."""
    return measured("promise_slip_rate", facts(promise=promises, tells_moves=tells_moves))


def test_the_late_tail_names_the_promise_that_an_average_would_hide() -> None:
    promises = [a_promise(late_h=-50, promise_id=f"P{i}") for i in range(79)]
    card = lateness(*promises, a_promise(late_h=200, asset="EL700X", customer=None))
    assert card["share_beyond"]["k"] == 1 and card["max"] == 200.0
    assert card["worst"][0]["asset"] == "EL700X"
    # all are settled: order statistics of 79 zeros and one 200; p99 waits for n = 299
    assert card["quantiles"]["p50"]["value"] == 0.0
    assert card["value"] == card["quantiles"]["p95"] == {"value": 0.0, "low": 0.0, "high": 200.0}
    assert "p99" not in card["quantiles"] and "n is 80" in card["reasons"]["p99"]
    assert "47 h early, hides them" in card["says"]


def test_early_counts_as_nothing_and_never_as_less() -> None:
    card = lateness(*(a_promise(late_h=h) for h in (-100, -100, 3, 0, 1)))
    assert card["quantiles"]["p50"]["value"] == 0.0
    assert card["max"] == 3.0
    [shown] = card["beside"]
    assert shown["title"] == "Ended rows only, early counted as negative"
    assert shown["quantiles"]["p50"]["value"] == 0.0 and shown["max"] == 3.0
    assert "its average is −39 h" in shown["text"]


def test_what_is_still_owed_is_late_at_least_until_now() -> None:
    promises = [a_promise(late_h=0) for _ in range(9)]
    card = lateness(*promises, a_promise(UNTIL - 5 * DAY, late_h=None))
    assert card["open"] == 1 and card["max"] == 120.0
    assert "Kaplan-Meier" in card["method"]


def test_what_was_given_up_is_never_reached() -> None:
    due = UNTIL - 5 * DAY
    promises = [a_promise(due, late_h=None, ended_s=due) for _ in range(10)]
    card = lateness(*promises)
    assert card["quantiles"]["p50"]["value"] is None
    assert card["reasons"]["p50"] == "not yet reached: too many are still open"
    assert card["open"] == 10 and not any(row["open"] for row in card["worst"])


def test_verdicts_without_a_date_lower_the_completeness() -> None:
    card = lateness(a_promise(late_h=2), a_verdict("broken"), a_verdict("kept"))
    assert card["n"] == 1
    assert card["completeness"]["used"] == 1 and card["completeness"]["should"] == 3
    assert "only a verdict" in card["reasons"]["completeness"]


@pytest.mark.parametrize(
    ("n", "shown", "bounded"),
    [
        (4, "", ""),
        (5, "p50", ""),
        (28, "p50", "p50"),
        (29, "p50 p90", "p50"),
        (36, "p50 p90", "p50 p90"),
        (59, "p50 p90 p95", "p50 p90"),
        (72, "p50 p90 p95", "p50 p90 p95"),
        (299, "p50 p90 p95 p99", "p50 p90 p95"),
        (368, "p50 p90 p95 p99", "p50 p90 p95 p99"),
    ],
)
def test_a_percentile_waits_for_enough_cases(n: int, shown: str, bounded: str) -> None:
    card = lateness(*(a_promise(late_h=i / 10 + 0.1) for i in range(n)))
    assert list(card["quantiles"]) == shown.split()
    sure = [name for name, q in card["quantiles"].items() if q["high"] is not None]
    assert sure == bounded.split()
    for name in ("p50", "p90", "p95", "p99"):
        assert (name in card["reasons"]) == (name not in sure)
    assert (card["value"] is None) == ("p95" not in shown)
    if "p95" not in bounded:
        assert card["reasons"]["value"] == card["reasons"]["p95"]


def test_days_make_the_unit_days() -> None:
    card = lateness(*(a_promise(late_h=24 * i, due_is_day=True) for i in range(9)))
    assert card["unit"] == "d" and card["quantiles"]["p50"]["value"] == 4.0


def test_no_promise_was_late() -> None:
    card = lateness(a_promise(), a_promise(late_h=-9))
    assert card["says"] == "None of 2 promises was late."
    assert card["max"] == 0.0 and card["worst"] == [] and card["curve"] is None


# Moved dates


def test_a_date_that_alma_moved_is_counted_with_its_moves() -> None:
    first, now = UNTIL - 20 * DAY, UNTIL - 10 * DAY
    moved = a_promise(first, current_due_s=now, late_h=24, our_moves=3, moves=3, moved_late=1)
    card = slips(moved, a_promise(), a_promise())
    assert card["value"]["value"] == pytest.approx(1 / 3)
    assert card["share_beyond"]["k"] == 1
    [worst] = card["worst"]
    assert worst["value"] == 3.0 and card["worst_unit"] == "moves" and card["max"] == 3.0
    [late] = card["beside"]
    assert late["value"]["value"] == pytest.approx(1 / 3)
    assert card["says"] == (
        "We moved the date of 1 of 3 promises, 1 of them only after it had passed. By the date as "
        "said today 0 failed, by the first date 1."
    )


def test_what_the_customer_asked_for_is_no_move_of_ours() -> None:
    card = slips(a_promise(moves=2, our_moves=0), a_promise())
    assert card["value"]["value"] == 0.0
    assert card["says"] == "No date of 2 promises was moved by us."


def test_a_verdict_has_no_date_that_could_move() -> None:
    card = slips(a_promise(our_moves=1), a_verdict("broken"), a_verdict("kept"))
    assert card["n"] == 1 and card["completeness"]["share"] == pytest.approx(1 / 3)


def test_records_that_keep_only_the_last_date_tell_nothing_about_moves() -> None:
    source = facts(promise=[a_promise()], tells_moves=False)
    assert maybe_measured("promise_slip_rate", source) is None
    assert maybe_measured("promise_slip_rate", facts(promise=[a_verdict("kept")])) is None
    assert maybe_measured("promise_slip_rate", facts()) is None
