"""Who felt it, how often, and who is being let down right now."""

from typing import Any

import pytest

from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_promise,
    a_verdict,
    all_measured,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]


def hit(*promises: dict[str, Any], **given: Any) -> Json:
    """The card of customers hit."""
    return measured("customers_hit", facts(promise=promises), window(**given))


def test_three_customers_by_hand() -> None:
    mill = [a_promise(late_h=1, customer="Mill East") for _ in range(3)]
    nord = [a_promise(late_h=h) for h in (1, 0, 0)]
    dairy = [a_promise(customer="Harbour Dairy") for _ in range(2)]
    card = hit(*mill, *nord, *dairy)
    assert card["n"] == 3 and card["value"]["value"] == pytest.approx(2 / 3)
    assert card["customers_hit"] == {"1": 2, "2": 1, "3": 1}
    assert [(r["id"], r["value"], r["about"]) for r in card["worst"]] == [
        ("Mill East", 3.0, "3 of 3 promises failed"),
        ("Clinic Nord", 1.0, "1 of 3 promises failed"),
    ]
    assert card["max"] == 3.0
    # the worst tenth of three customers is three tenths of Mill East: .3 × 3 of 4 failures
    assert card["beside"][0]["value"]["value"] == pytest.approx(0.9 / 4)
    assert "2 of 3 customers felt at least one broken promise in the last 90 days" in card["says"]


def test_what_is_older_than_ninety_days_is_not_felt_any_more() -> None:
    edge = UNTIL - 90 * DAY
    card = hit(a_promise(edge, late_h=1), a_promise(edge - 1, late_h=1, customer="Mill East"))
    assert card["n"] == 1 and card["worst"][0]["id"] == "Clinic Nord"


def test_a_shorter_period_is_named() -> None:
    since = UNTIL - 7 * DAY
    card = hit(a_promise(since, late_h=1), a_promise(since - 1, late_h=1), since_s=since)
    assert card["customers_hit"]["1"] == 1 and card["completeness"]["should"] == 1
    assert "in the last 7 days" in card["says"]


def test_a_bare_verdict_hurts_too() -> None:
    assert hit(a_verdict("broken"))["value"]["value"] == 1.0


def test_nobody_felt_anything() -> None:
    card = hit(a_promise(), a_promise(customer="Mill East"))
    assert card["says"] == "None of 2 customers felt a broken promise in the last 90 days."
    assert card["value"]["value"] == 0.0 and card["worst"] == []


def test_promises_to_nobody_in_particular_lower_the_completeness() -> None:
    card = hit(a_promise(), a_promise(customer=None, late_h=1))
    assert card["completeness"]["share"] == 0.5 and card["value"]["value"] == 0.0


def test_customers_of_long_ago_give_an_empty_card_with_its_reason() -> None:
    card = hit(a_promise(UNTIL - 200 * DAY, late_h=1))
    assert card["n"] == 0 and card["value"] is None
    assert "no promise to a known customer fell due" in card["reasons"]["value"]


def test_without_any_customer_it_is_absent() -> None:
    assert maybe_measured("customers_hit", facts(promise=[a_promise(customer=None)])) is None
    assert maybe_measured("customers_hit", facts()) is None


# Being let down now


def down(*promises: dict[str, Any], **given: Any) -> list[Json]:
    """Who is being let down now."""
    return list(all_measured(facts(promise=promises), window(**given))["letting_down"])


def test_who_is_let_down_now_is_named_the_gravest_first() -> None:
    owed = [
        a_promise(UNTIL - 2 * DAY, late_h=None, consequence="degraded", promise_id="later"),
        a_promise(UNTIL - HOUR, late_h=None, consequence="safety", promise_id="safe"),
        a_promise(UNTIL - 9 * DAY, late_h=None, consequence="degraded", promise_id="older"),
        a_promise(UNTIL - DAY, late_h=None, promise_id="ask", owner=None),
    ]
    rows = down(*owed)
    assert [row["id"] for row in rows] == ["safe", "ask", "older", "later"]
    assert rows[0]["late_h"] == 1.0 and rows[0]["due"] == "2026-05-31T23:00:00+00:00"
    assert rows[1]["owner"] is None


def test_only_what_is_owed_now_lets_somebody_down() -> None:
    due = UNTIL - 5 * DAY
    gone = [
        a_promise(due, late_h=1),  # fulfilled, though late
        a_promise(due, late_h=None, ended_s=due),  # given up
        a_promise(due, late_h=None, released_s=due + DAY),  # released, too late to count as kept
        a_promise(UNTIL + 1, late_h=None),  # still in time
        a_verdict("broken"),  # no date
    ]
    assert down(*gone) == []


def test_whoever_waits_since_before_the_period_still_waits() -> None:
    owed = a_promise(UNTIL - 300 * DAY, late_h=None)
    assert len(down(owed, since_s=UNTIL - DAY)) == 1


def test_as_of_an_earlier_day_later_ends_have_not_come() -> None:
    promise = a_promise(UNTIL - 5 * DAY, late_h=48)
    assert down(promise) == []
    [row] = down(promise, until_s=UNTIL - 4 * DAY)
    assert row["late_h"] == 24.0


def test_at_most_fifty_are_listed() -> None:
    assert len(down(*(a_promise(late_h=None) for _ in range(60)))) == 50
