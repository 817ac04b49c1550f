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
)
from desk.report.documents import (
    a_document,
    a_letting_down,
    a_measure,
    an_understanding,
    the_kept_rate,
)
from desk.report.draws import Document
from desk.report.page_as_read import by_id, elements_of, plain, text_of
from wellkept.desk.report import write_report
from wellkept.desk.report.page import HERE, page_of, style_hash, stylesheet
from wellkept.desk.report.saying import TAGS


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


# Absent, understood, and again


def test_what_could_not_be_measured_says_what_it_needs(report: str) -> None:
    assert "Availability downtime intervals: asset, from, to" in by_id(report, "absent").text


def test_doubts_about_the_records_stand_before_what_was_read(report: str) -> None:
    words = by_id(report, "understood").text
    assert words.index("cases open from 8 to 17 h") < words.index("Files")
    assert "1 doubt about these records; 12 rows or values were left out" in text_of(report)


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
    engine = Engine(dirs=[str(HERE / "templates")], builtins=[TAGS], string_if_invalid="ABSENT %s")
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
