"""The tail card of a measure: what it says, and why it does not say the rest."""

from typing import Any

from desk.report.awkward import (
    a_tiny_measure,
    an_unmeasurable,
    groups_without_promises,
)
from desk.report.documents import (
    a_document,
    a_measure,
    the_kept_rate,
)
from desk.report.draws import Document, a_worst_case
from desk.report.page_as_read import by_id, elements_of, text_of
from wellkept.desk.report import write_report


def only(measure: Document, **changes: Any) -> str:
    """A report with a single measure and nobody waiting."""
    return write_report(a_document(**{"measures": [measure], "letting_down": [], **changes}))


def test_the_three_that_concern_everyone_stand_first_and_larger() -> None:
    shuffled = list(reversed(a_document()["measures"]))
    page = write_report(a_document(measures=shuffled))
    cards = [e for e in elements_of(page) if e.tag == "article"]
    names = [card.attributes["id"] for card in cards]
    assert names[:3] == ["promise_kept_rate", "kept_when_it_mattered", "time_to_restore"]
    assert names[3:] == [m["name"] for m in shuffled if m["name"] not in names[:3]]
    sizes = [card.attributes["data-size"] for card in cards]
    assert sizes == ["lead"] * 3 + ["plain"] * (len(cards) - 3)


def test_a_card_gives_the_share_beyond_with_its_interval_and_its_count() -> None:
    card = by_id(only(the_kept_rate()), "promise_kept_rate").text
    assert "13.8 % 12.8–14.8 % 597 of 4,339" in card
    assert "The promise: kept by the judged date" in card


def test_quantiles_stand_with_n_and_how_many_are_open() -> None:
    measure = a_measure(n=1_640)
    card = by_id(only(measure), "time_to_restore").text
    assert "n 1,640, 32 still open; 95 % intervals" in card
    for name in ("p50", "p90", "p95", "p99", "max"):
        assert name in card


def test_too_few_for_an_upper_bound_is_said_at_its_place() -> None:
    card = by_id(only(a_tiny_measure()), "first_answer_on_islands").text
    assert "or more; no upper bound: n is 41; p95 needs n = 72" in card
    assert card.count("p95 needs n = 72") == 1
    assert "trend (41 cases in 60 weeks are too few for a chart)" in card


def test_what_has_no_value_says_why_instead() -> None:
    measure = an_unmeasurable()
    card = by_id(only(measure), "reopen_rate").text
    for field, why in measure["reasons"].items():
        if field != "by":
            assert why in card


def test_the_worst_five_are_named_and_the_rest_wait_behind_a_word() -> None:
    worst = [a_worst_case(i, 90.0 - i) for i in range(12)]
    page = only(a_measure(worst=worst))
    ids = [e.attributes["id"] for e in elements_of(page) if e.tag == "tr" and "id" in e.attributes]
    assert ids == [f"time_to_restore-{rank}" for rank in range(1, 13)]
    assert "7 more" in text_of(page)


def test_an_open_worst_case_is_marked_as_still_open() -> None:
    page = only(a_measure(worst=[a_worst_case(0, 90.0, open=True)]))
    assert "3 d 18 h still open" in by_id(page, "time_to_restore-1").text


def test_every_customer_who_felt_it_is_counted_once_twice_and_thrice() -> None:
    measure = a_measure(customers_hit={"1": 1_212, "2": 61, "3": 24})
    card = by_id(only(measure), "time_to_restore").text
    assert "once or more 1,212 twice or more 61 three times or more 24" in card


def test_dates_are_missing_in_words_only_where_others_have_one() -> None:
    dated, undated = a_worst_case(0, 90.0), a_worst_case(1, 80.0, due=None)
    page = only(a_measure(worst=[dated, undated]))
    assert "no date" in by_id(page, "time_to_restore-2").text
    page = only(a_measure(worst=[undated]))
    assert "no date" not in by_id(page, "time_to_restore-1").text
    assert "Where it is found" in by_id(page, "time_to_restore-worst").text


def test_the_table_of_all_keeps_the_value_apart_from_what_is_beyond() -> None:
    value = {"value": 0.959, "low": 0.95, "high": 0.97}
    row = a_measure(unit="share", worst_unit="h", value=value, share_beyond=None)
    cells = [e.text for e in elements_of(only(row)) if e.attributes.get("data-of")]
    assert cells[:2] == ["95.9 % 95.0–97.0 %", "–"]


def test_a_value_that_is_a_quantile_says_which() -> None:
    measure = a_measure()
    measure["value"] = measure["quantiles"]["p50"]
    cells = [e.text for e in elements_of(only(measure)) if e.attributes.get("data-of")]
    assert cells[0].startswith("p50 6.3 h")


def test_customers_nobody_recorded_are_not_counted_as_none() -> None:
    nobody = a_measure(customers_hit={"1": None, "2": None, "3": None}, hit=None)
    assert "once or more" not in text_of(only(nobody))


def test_the_badge_bounds_what_the_missing_could_do() -> None:
    card = by_id(only(the_kept_rate()), "promise_kept_rate").text
    assert "4,339 of 4,351 records counted (99.7 %)" in card
    assert (
        "could move the value: 86.0 % if all that is missing were bad, 86.3 % if it were all good"
        in card
    )


def test_the_first_date_stands_beside_the_judged_one() -> None:
    card = by_id(only(the_kept_rate()), "promise_kept_rate").text
    assert "Kept by the first date 78.1 % (76.9–79.3 %), n 4,339" in card


def test_a_value_beside_may_be_a_tail_of_its_own() -> None:
    tail = {"title": "Working hours", "n": 90, "unit": "h", "max": 400.0, "text": "promise clock"}
    beside = [{**tail, "value": None, "quantiles": {"p50": {"value": 3.0}}}]
    card = by_id(only(a_measure(beside=beside)), "time_to_restore").text
    assert "Working hours p50 3 h, max 17 d, n 90 promise clock" in card


def test_units_of_their_own_are_said_in_full() -> None:
    worst = [a_worst_case(0, 1), a_worst_case(1, 7)]
    page = only(a_measure(worst=worst, worst_unit="moves"))
    assert "1 move still open" in by_id(page, "time_to_restore-1").text
    assert "7 moves" in by_id(page, "time_to_restore-2").text


def test_groups_without_a_promise_are_compared_by_their_tails() -> None:
    page = only(a_measure(by=groups_without_promises()))
    assert "Slowest by p50: Depot 11." in text_of(page)
    assert "Depot 3 43 6 h 33 h 3" in text_of(page)


def test_a_reader_is_told_how_to_compare_groups_only_where_none_are() -> None:
    assert "--by COLUMN" in text_of(only(a_measure(by=None)))
    assert "--by COLUMN" not in text_of(only(a_measure()))


def test_the_definition_names_the_method_and_the_version() -> None:
    card = by_id(only(a_measure(definition_version="3")), "time_to_restore").text
    assert "Kaplan–Meier" in card
    assert "time_to_restore , version 3; in hours; intervals at 95 %" in card


def test_two_measures_of_one_name_keep_their_anchors_apart() -> None:
    page = write_report(a_document(measures=[a_measure(), a_measure()]))
    ids = [e.attributes["id"] for e in elements_of(page) if "id" in e.attributes]
    assert len(ids) == len(set(ids))
