"""What the report says, in which order, and that it says nothing else."""

import copy
import json
import re
import shlex
from typing import Any

import pytest
from django.template import Context, Engine
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from desk.report.awkward import (
    HOSTILE,
    a_hostile_document,
    a_huge_document,
    a_tiny_measure,
    an_empty_document,
    an_unmeasurable,
    groups_without_promises,
)
from desk.report.documents import (
    a_document,
    a_letting_down,
    a_measure,
    an_understanding,
    the_kept_rate,
)
from desk.report.draws import Document, a_worst_case
from desk.report.page_as_read import by_id, elements_of, plain, text_of
from wellkept.desk.report import write_report
from wellkept.desk.report.page import HERE, page_of, style_hash, stylesheet


@pytest.fixture(scope="module")
def report() -> str:
    return write_report(a_document())


@pytest.fixture(scope="module")
def huge() -> str:
    return write_report(a_huge_document())


def only(measure: Document, **changes: Any) -> str:
    """A report with a single measure and nobody waiting."""
    return write_report(a_document(**{"measures": [measure], "letting_down": [], **changes}))


# The point, and who waits


def test_the_first_sentence_counts_the_broken_promises(report: str) -> None:
    head = text_of(report)
    assert head.index("4,339 promises fell due; 597 were broken (13.8 %") < head.index("Who is")


def test_the_folder_its_period_and_its_zone_stand_above_everything(report: str) -> None:
    assert by_id(report, "title").text == "alpine-cooling"
    assert (
        "From Mon 1 Jan 2024, 00:00 until Sun 1 Mar 2026, 00:00. "
        "Times are Europe/Rome (stated in the recipe)." in text_of(report)
    )


def test_clinic_nord_is_named_with_its_lateness_its_date_and_nobody_to_answer() -> None:
    waiting = a_letting_down(
        0, customer="Clinic Nord", owner=None, due="2026-02-26T13:30:00+00:00", late_h=52.0
    )
    row = by_id(write_report(a_document(letting_down=[waiting])), "owed-1").text
    assert "Clinic Nord" in row
    assert "2 d 4 h late" in row
    assert "Thu 26 Feb 2026, 14:30" in row
    assert "no owner" in row
    assert "promises.csv:2" in row


def test_bruno_is_named_where_he_answers_for_it() -> None:
    row = a_letting_down(0, owner="Bruno Ferrari")
    page = write_report(a_document(letting_down=[row]))
    assert "Bruno Ferrari" in by_id(page, "owed-1").text
    assert "each has an owner" in text_of(page)


def test_how_many_have_no_owner_is_counted(report: str) -> None:
    nobody = sum(row["owner"] is None for row in a_document()["letting_down"])
    assert f"{nobody} of them have no owner" in text_of(report)


def test_a_customer_nobody_wrote_down_is_said_to_be_unknown() -> None:
    page = write_report(a_document(letting_down=[a_letting_down(0, customer=None)]))
    assert "customer not recorded" in by_id(page, "owed-1").text


def test_an_asset_stands_for_a_customer_nobody_wrote_down() -> None:
    row = a_letting_down(0, customer=None, asset="Elevator 700")
    page = write_report(a_document(letting_down=[row]))
    assert "Elevator 700 customer not recorded" in by_id(page, "owed-1").text


def test_records_that_know_no_owners_are_not_said_to_have_nobody() -> None:
    understood = an_understanding()
    for table in understood["tables"]:
        table["columns"] = [c for c in table["columns"] if c["role"] != "owner"]
    rows = [a_letting_down(0, owner=None)]
    page = write_report(a_document(letting_down=rows, understood=understood))
    assert "owner not recorded" in by_id(page, "owed-1").text
    assert "the records name no owner" in text_of(page)
    assert "no owner" not in by_id(page, "owed-1").text


@pytest.mark.parametrize("consequence", ["unknown", None, "unheard of"])
def test_an_unknown_consequence_asks_in_a_word_and_a_shape(consequence: str | None) -> None:
    page = write_report(a_document(letting_down=[a_letting_down(0, consequence=consequence)]))
    assert "? ask" in by_id(page, "owed-1").text


def test_where_nobody_waits_the_list_is_absent_not_empty() -> None:
    page = write_report(a_document(letting_down=[]))
    assert "being let down now" not in text_of(page)
    assert 'href="#now"' not in page


# The tail cards


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


# Absent, understood, and again


def test_what_could_not_be_measured_says_what_it_needs(report: str) -> None:
    assert "Availability downtime intervals: asset, from, to" in by_id(report, "absent").text


def test_doubts_about_the_records_stand_before_what_was_read(report: str) -> None:
    words = by_id(report, "understood").text
    assert words.index("cases open from 8 to 17 h") < words.index("Files")
    assert "1 doubt about these records; 12 values were left out" in text_of(report)


def test_what_was_left_out_is_shown_at_its_place(report: str) -> None:
    words = by_id(report, "understood").text
    assert "12 × The due date could not be read as a moment" in words
    assert "promises.csv:981, Due after the holidays" in words


def test_what_was_repaired_is_shown_before_and_after(report: str) -> None:
    words = by_id(report, "understood").text
    assert "promises.csv:17, Cost 1.234,56 became 1234.56" in words


def test_each_column_says_what_it_was_taken_for_and_how(report: str) -> None:
    words = by_id(report, "understood").text
    assert "promises.csv : one row a promise; 4,339 of 4,351 rows used" in words
    assert "Due (2) due by its values %d/%m/%Y %H:%M 4,340 11 (0.3 %)" in words
    assert "Line of business segment kept as a segment 4,112 239 (5.5 %)" in words


def test_a_file_that_was_not_read_says_why(report: str) -> None:
    assert "photo.jpg A picture is not a table." in by_id(report, "understood").text


def test_an_unknown_zone_is_said_so() -> None:
    understood = an_understanding(zone={"name": None, "how": "unknown"})
    page = write_report(a_document(understood=understood))
    assert "The time zone is unknown: times are read and shown as UTC." in text_of(page)


def test_the_command_to_make_it_again_survives_a_folder_with_a_quote() -> None:
    source = {**a_document()["source"], "folder": "it's here; rm -rf"}
    command = next(
        e.text for e in elements_of(write_report(a_document(source=source))) if e.tag == "code"
        and e.text.startswith("wellkept measure")
    )  # fmt: skip
    words = shlex.split(command)
    assert words[:3] == ["wellkept", "measure", "it's here; rm -rf"]
    assert words[words.index("--by") + 1] == "region"


def test_an_empty_folder_says_so_and_what_it_would_need() -> None:
    words = text_of(write_report(an_empty_document()))
    assert "Nothing could be measured here." in words
    assert "Promises kept a due date and a done date" in words


# One file, nothing else


@pytest.mark.parametrize("document", [a_document, a_hostile_document, an_empty_document])
def test_every_link_leads_to_a_place_on_the_page(document: Any) -> None:
    elements = elements_of(write_report(document()))
    places = [e.attributes["id"] for e in elements if "id" in e.attributes]
    assert len(places) == len(set(places))
    links = [e.attributes["href"] or "" for e in elements if e.tag == "a"]
    assert [link for link in links if link.removeprefix("#") not in places] == []
    named = " ".join(e.attributes.get("aria-labelledby") or "" for e in elements).split()
    assert [name for name in named if name not in places] == []


def test_the_count_beyond_the_promise_leads_to_the_names() -> None:
    page = only(the_kept_rate())
    count = next(e for e in elements_of(page) if e.tag == "a" and e.text == "597 of 4,339")
    assert count.attributes["href"] == "#promise_kept_rate-worst"
    assert "Clinic Nord" in by_id(page, "promise_kept_rate-worst").text


def test_it_needs_no_other_file_and_runs_no_code(report: str) -> None:
    elements = elements_of(report)
    assert {e.tag for e in elements}.isdisjoint({"script", "img", "iframe", "object", "base"})
    assert not [e for e in elements if "style" in e.attributes or "src" in e.attributes]
    outside = [e.attributes["href"] for e in elements if e.tag == "link"]
    assert all((href or "").startswith("data:") for href in outside)
    assert not re.search(r"@import|url\(", stylesheet())


def test_its_policy_allows_its_own_styles_alone(report: str) -> None:
    policy = next(
        e.attributes["content"] or ""
        for e in elements_of(report)
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    written = re.findall(r"<style>(.*?)</style>", report, re.DOTALL)
    assert policy.startswith("default-src 'none'")
    assert [f"'{style_hash(styles)}'" in policy for styles in written] == [True]


def test_names_that_are_markup_stay_names() -> None:
    page = write_report(a_hostile_document())
    elements = elements_of(page)
    assert {e.tag for e in elements}.isdisjoint({"script", "img"})
    assert not [name for e in elements for name in e.attributes if name.startswith("on")]
    assert text_of(page).count(HOSTILE) >= 5
    assert 'name="x" onload' not in page


def test_what_cannot_be_seen_is_shown_as_a_mark_and_turns_nothing_around() -> None:
    page = write_report(a_hostile_document())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\ud800-\udfff]", page)
    assert "<bdi>مستشفى الشمال �gnp.exe</bdi>" in page


def test_a_page_of_everything_stays_small(report: str, huge: str) -> None:
    assert len(report.encode()) <= 400_000
    assert len(huge.encode()) <= 2_000_000


def test_what_is_cut_is_counted(huge: str) -> None:
    words = text_of(huge)
    assert "50 of 900 promises are past the judged date" in words
    assert "240 more reasons for leaving out are in the output of --json." in words
    assert "1,080 more columns are not listed here." in words


def test_it_is_a_pure_function_of_the_document() -> None:
    document = a_document()
    before = copy.deepcopy(document)
    first = write_report(document)
    assert document == before
    assert first == write_report(json.loads(json.dumps(document)))


@pytest.mark.parametrize("document", [a_document, an_empty_document, a_hostile_document])
def test_no_template_asks_for_a_value_that_the_page_does_not_have(document: Any) -> None:
    engine = Engine(dirs=[str(HERE / "templates")], string_if_invalid="ABSENT %s")
    context = Context({"page": page_of(document())}, use_l10n=False, use_tz=False)
    found = re.findall(r"ABSENT [\w.]+", engine.get_template("report.html").render(context))
    assert set(found) <= {"ABSENT styles", "ABSENT style_hash"}


def test_no_number_is_said_as_a_machine_would(report: str) -> None:
    words = text_of(report) + text_of(only(an_unmeasurable())) + text_of(only(a_tiny_measure()))
    assert not re.search(r"\b(NaN|nan|None|null|inf|True|False)\b", words)
    assert not re.search(r"\d\.\d{4,}", words)


def places_in(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place inside a document."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value[:3]))
    deeper = [place for name, each in inner for place in places_in(each, (*path, name))]
    return [(*path, name) for name, _ in inner] + deeper


SMALL = a_document(measures=[a_measure(n=60)], letting_down=[a_letting_down(0)])
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", -1, 0, 1e300, True, [], {}, [None], ["x"], [{}], {"a": 1}]
)


@given(damage=st.lists(st.tuples(st.sampled_from(places_in(SMALL)), ODD), max_size=4))
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_document_still_gives_a_page(damage: list[tuple[Any, object]]) -> None:
    document = copy.deepcopy(SMALL)
    for (*path, last), odd in damage:
        inside: Any = document
        for name in path:
            try:
                inside = inside[name]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(inside, dict) or (isinstance(inside, list) and len(inside) > last):
                inside[last] = odd
    page = write_report(document)
    assert "What was understood" in plain(page)
