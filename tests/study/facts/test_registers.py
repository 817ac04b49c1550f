"""What other files know: installed things, places, customers; outages and silent feeds; clocks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from study.facts.folders import DAY, HOUR, Found, at, csv, facts, folder, said

UNTIL = "2026-03-10"
CUSTOMERS = csv(
    "Customer number,Customer name,Segment,City,Phone",
    "K1,Clinic Nord,A,Kiel,1",
    "K2,Clinic Ost,B,Jena,2",
)
SITES = csv(
    "Site ID,Site name,Address,Time zone,Customer number",
    "L1,North Hall,Way 1,Europe/Berlin,K1",
    "L2,East Hall,Way 2,America/Chicago,K2",
)
ASSETS = csv(
    "Asset ID,Serial number,Site ID,Model,Criticality",
    "A1,S1,L1,X200,Safety",
    "A2,S2,L2,X200,Degraded",
    "A3,S3,L2,X200,",
)
CASES = csv(
    "Ticket,Asset ID,Customer number,Opened,Closed",
    "T1,A1,K1,2026-03-02 08:00,2026-03-03 08:00",
    "T2,A2,,2026-03-02 08:00,",
    "T3,A7,K9,2026-03-02 08:00,",
    "T4,,K2,2026-03-02 08:00,",
)
FILES = {"customers.csv": CUSTOMERS, "sites.csv": SITES, "assets.csv": ASSETS, "cases.csv": CASES}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Tickets that name an asset; three registers that know the rest."""
    return facts(folder(tmp_path_factory.mktemp("known"), FILES), until=UNTIL)


def test_a_ticket_takes_place_customer_and_class_from_its_asset(known: Found) -> None:
    row = known.cases["T2"]
    assert (row["site"], row["customer"]) == ("East Hall", "Clinic Ost")
    assert row["consequence"] == "degraded"
    assert known.cases["T1"]["urgency"] == 0


def test_customers_are_called_by_their_names(known: Found) -> None:
    names = {name: row["customer"] for name, row in known.cases.items()}
    assert names == {"T1": "Clinic Nord", "T2": "Clinic Ost", "T3": "K9", "T4": "Clinic Ost"}
    assert known.cases["T2"]["customer_no"] == known.cases["T4"]["customer_no"]


def test_what_no_register_knows_keeps_its_number_and_stays_unknown(known: Found) -> None:
    row = known.cases["T3"]
    assert (row["asset"], row["site"], row["consequence"]) == ("A7", None, "unknown")


def test_an_asset_that_never_failed_is_counted_too(known: Found) -> None:
    assert {row["asset"]: row["in_register"] for row in known.tables["asset"]} == {
        "A1": True,
        "A2": True,
        "A3": True,
    }


def test_the_promise_clock_runs_in_cover_hours_of_the_site(tmp_path: Path) -> None:
    """Cover Mon–Fri 8–12 and 13–17: 8 h Berlin, and two whole days in Chicago."""
    recipe = """
        zone = "UTC"
        [calendar]
        cover = "Mon-Fri 08:00-12:00 13:00-17:00"
        [[table]]
        file = "sites.csv"
        [table.columns]
        site = "Site ID"
        zone = "Time zone"
    """
    found = facts(folder(tmp_path, FILES, recipe), until="2026-03-04")
    assert found.cases["T1"]["resolve_work_s"] == 8 * HOUR
    assert found.cases["T2"]["resolve_work_s"] == 16 * HOUR
    assert (
        found.cases["T4"]["resolve_work_s"] == 4 * HOUR + 4 * HOUR + 8 * HOUR
    )  # zone of the recipe


def test_lunch_breaks_and_holidays_stop_the_promise_clock(tmp_path: Path) -> None:
    """T2: from Thursday 16 h over Good Friday and Easter Monday to Tuesday 9 h are 2 h."""
    cases = csv(
        "Ticket,Opened,First response,Closed",
        "T1,2026-03-02 11:00,2026-03-02 14:00,2026-03-03 09:00",
        "T2,2026-04-02 16:00,2026-04-07 09:00,2026-04-07 10:00",
        "T3,2026-03-07 10:00,2026-03-09 08:30,",
    )
    recipe = """
        zone = "Europe/Berlin"
        [calendar]
        cover = "Mon-Fri 08:00-12:00 13:00-17:00"
        holidays = "DE"
        [targets]
        response_time = "90 min"
        time_to_resolve = "1 d 12 h"
    """
    found = facts(folder(tmp_path, {"cases.csv": cases}, recipe))
    assert [found.cases[f"T{n}"]["response_work_s"] for n in (1, 2, 3)] == [
        2 * HOUR,
        2 * HOUR,
        HOUR // 2,
    ]
    assert found.cases["T1"]["resolve_work_s"] == 6 * HOUR
    assert found.facts.has_calendar
    assert found.facts.targets_s == {"response_time": 5400, "time_to_resolve": 36 * HOUR}


STOPS = "Lift,Reason,Out of service,Back in service,Return promised"
SILENCE = """
    [[silence]]
    from = 2026-03-04T02:00:00Z
    to = 2026-03-05T06:00:00Z
"""


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Outages of lifts, and a night and a day in which the feed was down."""
    stops = csv(
        STOPS,
        "EL1,Door,2026-03-01 08:00,2026-03-01 12:00,2026-03-01 11:00",
        "EL1,Door,2026-03-02 08:00,,2026-03-02 11:00",
        "EL3,Pit,2026-03-04 01:00,2026-03-05 06:00,2026-03-04 05:00",
        "EL4,Pit,2026-03-05 05:00,2026-03-05 06:00,2026-03-05 07:00",
        "EL5,Pit,2026-03-05 05:00,2026-03-05 07:00,2026-03-05 07:00",
        "EL6,Pit,2026-03-20 05:00,,",
    )
    where = folder(tmp_path_factory.mktemp("quiet"), {"lifts.csv": stops}, SILENCE)
    return facts(where, until=UNTIL)


def test_an_outage_that_ends_with_the_silence_is_only_known_to_end_in_it(quiet: Found) -> None:
    ends = {
        row["asset"]: (said(row["censored_s"]), row["settled"])
        for row in quiet.downtimes
        if row["asset"] not in ("EL1", "EL6")
    }
    assert ends == {
        "EL3": ("2026-03-04 02:00", False),
        "EL4": ("2026-03-05 05:00", False),
        "EL5": (None, True),
    }


def test_a_promise_that_fell_due_in_the_silence_is_marked(quiet: Found) -> None:
    marked = {row["asset"]: row["in_silence"] for row in quiet.tables["promise"]}
    assert marked == {"EL1": False, "EL3": True, "EL4": False, "EL5": False}
    late = {row["asset"]: row["done_s"] for row in quiet.tables["promise"] if row["in_silence"]}
    assert late == {"EL3": at("2026-03-05 06:00")}, "it counts as broken, with the mark"


def test_an_outage_of_a_lift_that_is_not_over_has_no_end(quiet: Found) -> None:
    row = quiet.downtimes[1]
    assert (row["to_s"], row["settled"]) == (None, False)
    assert len(quiet.downtimes) == 5, "EL6 goes down after the records end"


def test_a_silence_of_the_feed_is_found_by_what_it_leaves_behind(tmp_path: Path) -> None:
    """Sixty hours of outages of half an hour; then a day without an end; then six at once."""
    start = datetime(2026, 3, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=n) for n in range(66)]
    rows = [
        f"EL{n % 7},Door,{down:%Y-%m-%d %H:%M},"
        + ("2026-03-04 12:00," if n >= 60 else f"{down + timedelta(minutes=30):%Y-%m-%d %H:%M},")
        for n, down in enumerate(hours)
    ]
    found = facts(folder(tmp_path, {"lifts.csv": csv(STOPS, *rows)}))
    assert "was the feed silent?" in found.suspicions
    ends = [row["censored_s"] for row in found.downtimes]
    assert ends == [None] * 60 + [at("2026-03-03 12:00") + n * HOUR for n in range(6)]


def test_a_ticket_that_ends_with_the_silence_is_only_known_to_end_in_it(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Opened,Closed",
        "T1,2026-03-04 01:00,2026-03-05 06:00",
        "T2,2026-03-01 01:00,2026-03-02 06:00",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}, SILENCE))
    assert found.cases["T1"]["censored_s"] == at("2026-03-04 02:00")
    assert found.cases["T2"]["censored_s"] is None


def test_what_began_before_the_records_is_known_from_their_beginning(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Opened,Closed",
        "T1,2026-03-01 08:00,2026-03-04 08:00",
        "T2,2026-03-02 08:00,2026-03-04 08:00",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}, "records_begin = 2026-03-02"))
    entered = {name: row["entered_s"] for name, row in found.cases.items()}
    assert entered == {"T1": at("2026-03-02"), "T2": None}


def test_a_ticket_with_an_outage_gives_the_outage_too(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Machine,Opened,Closed,Status,Outage start,Outage end",
        "T1,M1,2026-03-04 01:00,2026-03-05 06:00,Closed,2026-03-04 00:30,2026-03-05 05:00",
        "T2,M2,2026-03-04 01:00,2026-03-05 06:00,Closed,,",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    assert len(found.cases) == 2
    assert [(row["asset"], row["to_s"] - row["from_s"]) for row in found.downtimes] == [
        ("M1", DAY + 4 * HOUR + HOUR // 2)
    ]


def test_planned_stops_are_told_apart(tmp_path: Path) -> None:
    stops = csv(
        "Machine,Downtime start,Downtime end,Planned",
        "M1,2026-03-01 08:00,2026-03-01 12:00,yes",
        "M1,2026-03-02 08:00,2026-03-02 12:00,no",
        "M2,2026-03-02 08:00,2026-03-02 12:00,",
    )
    found = facts(folder(tmp_path, {"stops.csv": stops}))
    assert [row["planned"] for row in found.downtimes] == [True, False, None]
