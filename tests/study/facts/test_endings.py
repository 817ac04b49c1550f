"""When something ended, when nobody can know it, and what has not happened yet."""

from pathlib import Path

import pytest

from study.facts.folders import DAY, HOUR, Found, at, csv, facts, folder

CASES = "Ticket,Customer,Opened,Closed,Due,Status"
LOG = "Ticket,Changed at,State,Agent"
UNTIL = "2026-03-10"


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Four tickets: closed with a date, closed without one, still open, cancelled."""
    cases = csv(
        CASES,
        "closed,Clinic Nord,2026-03-01 08:00,2026-03-02 09:00,2026-03-03 12:00,Closed",
        "no date,Clinic Nord,2026-03-01 08:00,,2026-03-03 12:00,Closed",
        "open,Clinic Ost,2026-03-01 08:00,,2026-03-03 12:00,Open",
        "cancelled,Clinic Ost,2026-03-01 09:00,2026-03-02 10:00,2026-03-03 12:00,Cancelled",
    )
    where = folder(tmp_path_factory.mktemp("ended"), {"cases.csv": cases})
    return facts(where, until=UNTIL)


def test_a_closed_ticket_ends_when_it_says_so(ended: Found) -> None:
    row = ended.cases["closed"]
    assert row["settled"] and not row["ended_unknown"]
    assert row["resolved_s"] == row["closed_s"] == at("2026-03-02 09:00")
    assert row["open_s"] == 25 * HOUR


def test_a_closed_ticket_without_a_date_is_not_open_but_missing(ended: Found) -> None:
    row = ended.cases["no date"]
    assert row["ended_unknown"] and not row["settled"] and row["resolved_s"] is None
    assert not ended.cases["open"]["ended_unknown"]


def test_what_ended_without_a_date_is_no_longer_owed(ended: Found) -> None:
    """Clinic Nord's ticket is closed: nobody may be told that it is still waiting."""
    row = ended.promises["no date"]
    assert row["settled"] or row["ended_s"] is not None or row["judged_s"] is None


def test_a_cancelled_ticket_is_gone_and_not_resolved(ended: Found) -> None:
    row = ended.cases["cancelled"]
    assert row["cancelled_s"] == at("2026-03-02 10:00") and row["resolved_s"] is None
    promise = ended.promises["cancelled"]
    assert promise["done_s"] is None and promise["ended_s"] == at("2026-03-02 10:00")


def test_without_any_column_that_tells_an_end_nothing_is_known_to_be_open(tmp_path: Path) -> None:
    cases = csv("Ticket,Opened,Priority", "T1,2026-03-01 08:00,High", "T2,2026-03-02 08:00,Low")
    found = facts(folder(tmp_path, {"cases.csv": cases}), until=UNTIL)
    assert all(row["ended_unknown"] and not row["settled"] for row in found.tables["case"])


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A log and the list of the same tickets; the list believes in its closing dates."""
    log = csv(
        LOG,
        "T1,2026-03-02 08:00,New,",
        "T1,2026-03-02 09:00,In progress,Alma",
        "T1,2026-03-02 12:00,Closed,Alma",
        "T1,2026-03-03 08:00,Reopened,Bruno",
        "T2,2026-03-02 08:00,New,",
        "T2,2026-03-02 09:00,Closed,Alma",
        "T2,2026-03-04 09:00,In progress,Alma",
        "T2,2026-03-05 09:00,Resolved,Alma",
        "T2,2026-03-06 09:00,Closed,Alma",
    )
    cases = csv(
        CASES,
        "T1,Clinic Nord,2026-03-02 07:30,2026-03-02 12:00,,Closed",
        "T2,Clinic Ost,2026-03-02 07:45,2026-03-06 09:00,,Closed",
        "T3,Clinic Ost,2026-03-02 08:00,2026-03-03 08:00,,Closed",
    )
    where = folder(tmp_path_factory.mktemp("logged"), {"log.csv": log, "cases.csv": cases})
    return facts(where, until=UNTIL)


def test_closed_is_not_resolved_when_a_later_event_says_otherwise(logged: Found) -> None:
    row = logged.cases["T1"]
    assert row["resolved_s"] is None and not row["settled"]
    assert row["first_ended_s"] == at("2026-03-02 12:00")
    assert (row["reopened"], row["reopened_s"]) == (1, at("2026-03-03 08:00"))
    assert row["open_s"] == (4 * HOUR + HOUR // 2) + (7 * DAY - 8 * HOUR)


def test_a_reopened_ticket_is_not_closed_whatever_the_list_says(logged: Found) -> None:
    assert logged.cases["T1"]["closed_s"] is None
    assert logged.cases["T1"]["told_closed_s"] == at("2026-03-02 12:00")


def test_the_last_resolution_counts_and_closing_comes_after(logged: Found) -> None:
    row = logged.cases["T2"]
    assert row["resolved_s"] == at("2026-03-05 09:00")
    assert row["closed_s"] == at("2026-03-06 09:00")
    assert row["reopened"] == 1 and row["settled"]


def test_the_state_is_the_last_one_that_anybody_wrote(logged: Found) -> None:
    states = {name: row["state"] for name, row in logged.cases.items()}
    assert states == {"T1": "Reopened", "T2": "Closed", "T3": "Closed"}


def test_a_ticket_of_the_list_that_the_log_does_not_know_keeps_its_own_dates(
    logged: Found,
) -> None:
    row = logged.cases["T3"]
    assert row["resolved_s"] == at("2026-03-03 08:00") and row["reopened"] is None


LEAK = (
    "T1,2026-03-02 08:00,New,,2026-03-02 08:00,2026-03-05 08:00",
    "T1,2026-03-03 08:00,In progress,Alma,2026-03-02 08:00,2026-03-05 08:00",
    "T1,2026-03-05 08:00,Resolved,Alma,2026-03-02 08:00,2026-03-05 08:00",
    "T2,2026-03-02 09:00,New,,2026-03-02 09:00,2026-03-03 08:00",
    "T2,2026-03-03 08:00,Resolved,Bruno,2026-03-02 09:00,2026-03-03 08:00",
    "T3,2026-03-06 09:00,New,,2026-03-06 09:00,",
    "T3,2026-03-06 10:00,In progress,Bruno,2026-03-06 09:00,",
)


def test_a_resolution_repeated_on_every_row_does_not_leak_before_it_happened(
    tmp_path: Path,
) -> None:
    where = folder(tmp_path, {"log.csv": csv(f"{LOG},Opened at,Resolved at", *LEAK)})
    found = facts(where, until="2026-03-04")
    assert set(found.cases) == {"T1", "T2"}, "T3 has not been reported yet"
    assert found.cases["T1"]["resolved_s"] is None and not found.cases["T1"]["settled"]
    assert found.cases["T1"]["open_s"] == 40 * HOUR
    assert found.cases["T2"]["resolved_s"] == at("2026-03-03 08:00")
    assert facts(where).cases["T1"]["resolved_s"] == at("2026-03-05 08:00")


def test_the_records_are_complete_up_to_the_last_moment_that_has_happened(tmp_path: Path) -> None:
    cases = csv(
        CASES,
        "T1,Clinic Nord,2026-03-01 08:00,2026-09-02 08:00,2026-12-01,Closed",
        "T2,Clinic Nord,2026-07-01 08:00,,,Open",
        "T3,Clinic Ost,2026-03-01 08:00,2026-03-03 08:00,,Closed",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}), now="2026-06-01")
    assert found.facts.until_s == at("2026-03-03 08:00")
    assert "1 moments of ‘Closed’ lie after the records were taken" in found.suspicions
    assert "1 moments of ‘Opened’ lie after the records were taken" in found.suspicions
    assert found.cases["T1"]["open_s"] == 2 * DAY


def test_a_ticket_that_is_not_reported_yet_is_left_out_by_name(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Opened,Closed",
        "T1,2026-03-01 08:00,2026-03-02 08:00",
        "T2,2026-07-01 08:00,",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}), now="2026-06-01")
    assert set(found.cases) == {"T1"}
    assert "'count': 1" in found.left_out and "'line': 3" in found.left_out


def test_what_is_done_today_is_done_although_the_day_is_not_over(tmp_path: Path) -> None:
    """An export of days, measured on the day on which it was taken."""
    cases = csv(
        "Ticket,Opened,Completed,Status",
        "T1,2026-05-30,2026-06-01,Closed",
        "T2,2026-05-30,,Open",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}), now="2026-06-01 12:00")
    assert found.suspicions == ""
    assert found.facts.until_s >= at("2026-06-01 12:00")
    assert found.cases["T1"]["settled"]
    assert found.cases["T1"]["resolved_s"] <= found.facts.until_s
    assert found.cases["T2"]["open_s"] >= 2 * DAY


def test_two_columns_that_contradict_each_other_are_said(tmp_path: Path) -> None:
    cases = csv(
        CASES,
        "T1,Clinic Nord,2026-03-01 08:00,2026-03-02 08:00,,Open",
        "T2,Clinic Nord,2026-03-01 08:00,2026-03-02 08:00,,Closed",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    assert "1 of 2 ended cases still carry a state that says they are not ended" in found.suspicions
    assert found.cases["T1"]["resolved_s"] == at("2026-03-02 08:00")


def test_nobody_is_missing_on_a_ticket_that_ended(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Opened,Closed,Assigned to,Status",
        "dated,2026-03-01 08:00,2026-03-02 08:00,,Closed",
        "undated,2026-03-01 08:00,,,Closed",
        "blank,2026-03-01 08:00,,,Open",
        "nobody,2026-03-01 08:00,,unassigned,Open",
        "alma's,2026-03-01 08:00,,Alma,Open",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}), until=UNTIL)
    alone = [name for name, row in found.cases.items() if row["ownerless_now"]]
    assert sorted(alone) == ["blank", "nobody"]
    assert found.cases["nobody"]["owner"] is None


def test_what_serves_again_is_not_open_where_the_list_tells_no_other_end(tmp_path: Path) -> None:
    said = csv(
        "Report no,Customer,Call received,Restored",
        "1,Nord,2024-03-04 08:00,2024-03-04 12:00",
        "2,Ost,2024-03-04 09:00,",
    )
    found = facts(folder(tmp_path, {"service.csv": said}))
    assert [row["ended_unknown"] for row in found.tables["case"]] == [True, False]


def test_a_log_whose_words_nobody_knows_says_of_no_case_that_it_is_open(tmp_path: Path) -> None:
    said = csv(
        "case concept:name,concept:name,time:timestamp",
        *(f"A-{i},{word},2024-03-0{day} 08:00:00" for i in range(9) for day, word in
          ((4, "Create Purchase Order Item"), (5, "Vendor creates invoice"), (6, "Clear Invoice"))),
    )  # fmt: skip
    found = facts(folder(tmp_path, {"log.csv": said}))
    assert {row["ended_unknown"] for row in found.tables["case"]} == {True}


def test_a_log_that_only_speaks_of_work_leaves_its_cases_open(tmp_path: Path) -> None:
    said = csv(
        "Ticket,Status,Changed at",
        *(f"T-{i},{word},2024-03-0{day} 08:00:00" for i in range(9) for day, word in
          ((4, "New"), (5, "In progress"))),
    )  # fmt: skip
    found = facts(folder(tmp_path, {"log.csv": said}))
    assert {row["ended_unknown"] for row in found.tables["case"]} == {False}
