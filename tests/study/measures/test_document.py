"""The card as a document: complete, typed, without NaN, every null with its reason."""

import re
from typing import Any

import pytest

from house import ROOT
from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_case,
    a_downtime,
    a_promise,
    a_verdict,
    all_measured,
    an_asset,
    facts,
    window,
)
from study.measures.contract import HEAD, MEASURE, WORST
from wellkept.study.facts.source import DuckFacts
from wellkept.study.measures import selections
from wellkept.study.measures.card import Card, Completeness, Estimate, Nowhere, number
from wellkept.study.measures.catalogue import MEASURES
from wellkept.study.measures.once import Once

PAGE = (ROOT / "docs" / "reference" / "measure-document.md").read_text(encoding="utf-8")
A_LITTLE_OF_EVERYTHING: dict[str, Any] = {
    "promise": [a_promise(consequence="safety", late_h=1), a_promise(), a_verdict("kept")],
    "case": [
        a_case(hours=1, responded_s=UNTIL - 30 * DAY + 60, restored_s=UNTIL - 29 * DAY,
               reopened=1, handoffs=2, bounces=1, ownerless_s=60, open_s=HOUR, paused_s=30),
        a_case(),
    ],
    "downtime": [a_downtime(UNTIL - DAY, 3, "A0"), a_downtime(UNTIL - HOUR, None, "A0")],
    "asset": [an_asset("A0")],
}  # fmt: skip


def section(title: str) -> str:
    """One section of the page."""
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_page_and_the_contract_name_the_same_fields_of_a_measure() -> None:
    told = {
        name
        for cell in re.findall(r"^\| ([^|]+) \|", section("A measure"), re.M)
        for name in re.findall(r"`(\w+)`", cell)
    }
    assert told == set(HEAD) | set(MEASURE)


def test_the_page_names_every_field_of_the_worst() -> None:
    [line] = [row for row in section("A measure").splitlines() if row.startswith("| `worst` |")]
    assert set(re.findall(r"`(\w+)`", line)) - {"worst"} == WORST


def test_everything_at_once_keeps_the_contract_and_nothing_is_absent() -> None:
    document = all_measured(facts(**A_LITTLE_OF_EVERYTHING), window(since_s=UNTIL - 400 * DAY))
    assert [measure["name"] for measure in document["measures"]] == [m.name for m in MEASURES]
    assert document["absent"] == []


def test_the_same_cut_by_a_column_keeps_it_too() -> None:
    by: dict[str, list[str | None]] = {
        "promise": ["a", "b", None], "case": ["a", None], "downtime": ["a", "b"],
    }  # fmt: skip
    document = all_measured(facts(**A_LITTLE_OF_EVERYTHING, by=by), window(by="line"))
    cut = {measure["name"] for measure in document["measures"] if measure["by"]}
    assert cut == {m.name for m in MEASURES} - {
        "customers_hit",
        "availability",
        "unplanned_downtime",
    }
    [assets] = [m for m in document["measures"] if m["name"] == "availability"]
    assert assets["reasons"]["by"] == "‘line’ does not belong to the rows of this measure"


def test_empty_facts_leave_every_measure_absent_with_one_line_on_what_it_needs() -> None:
    document = all_measured(facts())
    assert document["measures"] == [] and document["letting_down"] == []
    assert [row["name"] for row in document["absent"]] == [m.name for m in MEASURES]


@pytest.mark.parametrize("fact", sorted(A_LITTLE_OF_EVERYTHING))
def test_one_fact_alone_measures_what_it_can(fact: str) -> None:
    alone: dict[str, Any] = {fact: A_LITTLE_OF_EVERYTHING[fact]}
    all_measured(facts(**alone))


@pytest.mark.parametrize("seconds", [-(10**12), -1, 0, 1, 10**11])
def test_any_window_keeps_the_contract(seconds: int) -> None:
    source = facts(**A_LITTLE_OF_EVERYTHING)
    all_measured(source, window(UNTIL - 40 * DAY + seconds))
    all_measured(source, window(since_s=UNTIL + seconds))


def test_rows_of_blanks_keep_the_contract() -> None:
    blank = dict.fromkeys(("customer", "customer_no", "asset", "owner", "about", "made_s"))
    source = facts(
        promise=[a_promise(None), a_promise(late_h=None, **blank)],
        case=[a_case(None), a_case(**{k: v for k, v in blank.items() if k != "made_s"})],
        downtime=[a_downtime(UNTIL - DAY, None, None, customer=None)],
    )
    document = all_measured(source)
    assert document["letting_down"][0]["customer"] is None


# The card itself


def test_no_number_is_ever_nan_or_without_bound() -> None:
    assert number(float("nan")) is None and number(float("inf")) is None and number(None) is None
    assert number(1.0) == 1.0 and number(3) == 3


def test_a_null_has_its_reason_and_what_is_there_needs_none() -> None:
    card = Card(n=1, value=Estimate(1.0, 0.5, None), reasons={"max": "nothing ended", "p50": "few"})
    reasons = card.document(Nowhere())["reasons"]
    assert reasons["max"] == "nothing ended" and reasons["p50"] == "few"
    assert reasons["value"] == "too few to give it, or to give it bounds"
    whole = Card(n=1, max=2.0, reasons={"max": "nothing ended"})
    assert "max" not in whole.document(Nowhere())["reasons"]


def test_where_nothing_is_missing_the_value_is_its_own_worst_and_best() -> None:
    card = Card(n=2, value=Estimate(0.5, 0.1, 0.9), completeness=Completeness(2, 2))
    assert card.document(Nowhere())["completeness"] == {
        "used": 2, "should": 2, "share": 1.0, "worst": 0.5, "best": 0.5,
    }  # fmt: skip


# Selections


DUCK_ONLY = (
    "arg_max", "arg_min", "list(", "unnest", "quantile", "median", "approx", "strftime",
    "regexp_", "EXCLUDE", "REPLACE", "QUALIFY", "::", "BY NAME", "any_value", "date_diff", "epoch",
    "IGNORE NULLS",
)  # fmt: skip


def test_selections_keep_to_what_postgresql_speaks_too() -> None:
    texts = [text for name, text in vars(selections).items() if name.isupper() and text]
    texts = [text for text in texts if isinstance(text, str)]
    assert len(texts) > 20
    found = [(word, text) for text in texts for word in DUCK_ONLY if word.lower() in text.lower()]
    assert found == []


def test_a_shared_selection_is_run_once_and_cannot_be_written_into() -> None:
    asked: list[str] = []

    class Counting(DuckFacts):
        def columns(self, sql: str, **given: Any) -> Any:
            asked.append(sql)
            return super().columns(sql, **given)

    source = Once(Counting(facts(**A_LITTLE_OF_EVERYTHING).con), [selections.JUDGED])
    first = source.columns(selections.JUDGED, **window().given)
    assert source.columns(selections.JUDGED, **window().given) is first
    source.columns(selections.JUDGED, **window(UNTIL - DAY).given)
    assert len(asked) == 2
    with pytest.raises(ValueError, match="read-only"):
        first["failed"][0] = True


def test_every_selection_gives_no_blank_where_numbers_are_reckoned() -> None:
    source = facts(**A_LITTLE_OF_EVERYTHING)
    assert isinstance(source, DuckFacts)
    assert source.columns(selections.JUDGED, **window().given)["promise_no"].size == 3
