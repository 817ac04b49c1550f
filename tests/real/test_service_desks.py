"""Service desks and deliveries as exported: audit logs, day-only dates, ping-pong."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from real.measured import Document, beside, groups, measured, of

Where = Callable[[str], Path]


def test_every_case_of_the_audit_log_counts_once(incidents: Document) -> None:
    """Source: 24,918 cases, 9,115 with made_sla false; the damaged second export is not added."""
    assert incidents["understood"]["facts"]["case"] == 24918
    beyond = of(incidents, "promise_kept_rate")["share_beyond"]
    assert (beyond["k"], beyond["n"]) == (9115, 24918)
    assert any("used once" in note["why"] for note in incidents["understood"]["left_out"])


def test_critical_cases_are_the_slowest_which_the_average_hides(incidents: Document) -> None:
    """README, SLA missed by last priority: 0.9815, 0.9951, 0.3546, 0.1589."""
    missed = groups(of(incidents, "promise_kept_rate"))
    shares = {name: row["k"] / row["n"] for name, row in missed.items()}
    assert shares["1 - Critical"] == pytest.approx(0.9815, abs=5e-5)
    assert shares["2 - High"] == pytest.approx(0.9951, abs=5e-5)
    assert shares["3 - Moderate"] == pytest.approx(0.3546, abs=5e-5)
    assert shares["4 - Low"] == pytest.approx(0.1589, abs=5e-5)
    slow = groups(of(incidents, "time_to_resolve"))
    half = {name: row["quantiles"]["p50"]["value"] for name, row in slow.items()}
    assert half["1 - Critical"] > half["2 - High"] > half["3 - Moderate"] > half["4 - Low"]


def test_resolution_by_the_sources_column_and_by_our_rule(incidents: Document) -> None:
    """README: resolve_h p50 22.1, p90 381.548, p99 2843.401, max 8070.167 of 23,362.

    Ours counts the 1,556 closed without a resolution, by their closing: n is 24,918.
    """
    resolve = of(incidents, "time_to_resolve")
    told = beside(resolve, "Ended rows only")
    found = [told["quantiles"][name]["value"] for name in ("p50", "p90", "p99")]
    assert told["n"] == 23362 and found == pytest.approx([22.1, 381.548, 2843.401], abs=5e-4)
    assert told["max"] == pytest.approx(8070.167, abs=5e-4)
    assert resolve["n"] == 24918


def test_final_values_on_every_row_do_not_leak_into_the_past(data_folder: Where) -> None:
    """resolved_at stands on the first row of a case already: seen from May 2016 it is open."""
    may = int(datetime(2016, 5, 1, tzinfo=UTC).timestamp())
    log = data_folder("uci498_servicenow") / "incident_event_log_restored.csv.gz"
    then = measured(log, until_s=may)
    resolve = of(then, "time_to_resolve")
    assert 0 < resolve["open"] < resolve["n"] < 24918
    assert resolve["max"] <= 24 * 62
    assert beside(resolve, "Ended rows only")["max"] <= 24 * 62


def test_days_are_days_and_late_lines_are_the_sources(deliveries: Document) -> None:
    """Source: 1,186 of 10,324 late, worst 192 d. Ours leaves out what is due after the last day."""
    kept = of(deliveries, "promise_kept_rate")
    told = beside(kept, "Ended rows only")
    assert told["n"] == 10324 and told["text"].startswith("1,186 of them late")
    assert kept["share_beyond"]["k"] == 1186
    late = of(deliveries, "promise_lateness")
    assert late["unit"] == "d" and late["max"] == 192
    assert (late["worst"][0]["id"], late["worst"][0]["value"]) == ("14542", 192)


def test_late_shares_by_route_differ_threefold(deliveries: Document) -> None:
    """README: Direct Drop 0.0526, From RDC 0.1715, of all lines; ours of those due by the end."""
    route = groups(of(deliveries, "promise_kept_rate"))
    shares = {name: row["k"] / row["n"] for name, row in route.items()}
    assert shares["Direct Drop"] == pytest.approx(0.0526, abs=2e-4)
    assert shares["From RDC"] == pytest.approx(0.1715, abs=2e-4)
    assert all(row["signal"] for row in route.values())


def test_words_in_date_columns_are_named_not_dropped(deliveries: Document) -> None:
    table = next(t for t in deliveries["understood"]["tables"] if t["rows"] == 10324)
    assert table["used"] == 10324
    headers = {column["header"]: column["role"] for column in table["columns"]}
    assert headers["Delivered to Client Date"] == "done"
    assert headers["Delivery Recorded Date"] == "changed"


def test_the_case_that_changed_hands_52_times_is_named(volvo: Document) -> None:
    """README: at most 52 changes (1-660915327), then 46 and 45."""
    passed = of(volvo, "handoffs_per_case")
    named = {row["id"]: row["value"] for row in passed["worst"]}
    assert passed["max"] == 52
    assert (named["1-660915327"], named["1-627973205"], named["1-687082195"]) == (52, 46, 45)
    assert beside(passed, "Bounced")["n"] == 9041


def test_queues_are_nobodys_and_open_cases_stay_open(volvo: Document) -> None:
    """1,487 problems and 7,554 incidents; eight incidents never ended (README, final_task)."""
    assert volvo["understood"]["facts"]["case"] == 1487 + 7554
    assert of(volvo, "backlog_age")["n"] == 8
    assert of(volvo, "ownerless_time")["value"]["value"] > 0


@pytest.mark.parametrize(
    "name", ["import_shapes", "nist_excavators", "cdnow", "carparts", "syntetos_auto"]
)
def test_files_that_hold_no_promise_give_a_word_and_no_stack_trace(
    data_folder: Where, name: str
) -> None:
    found = measured(data_folder(name))
    assert found["understood"]["tables"]
    for table in found["understood"]["tables"]:
        assert table["shape"] != "none" or table["why"]
    assert len(found["measures"]) + len(found["absent"]) == 15


def test_broken_snipe_it_files_are_repaired_and_said(shapes: Document) -> None:
    said = {note["what"] for note in shapes["understood"]["repaired"]}
    assert any("Mac Roman" in text for text in said)
    assert any("same name in the header" in text for text in said)
    assert any("no name in the header" in text for text in said)
