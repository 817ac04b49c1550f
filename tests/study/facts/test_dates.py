"""Moments of exports: many ways of writing them, days that end at midnight, zones, lengths."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from study.facts.folders import DAY, HOUR, Found, at, book, csv, facts, folder, parquet

PROMISES = "Promise ID,Customer,Promised,Delivered"
CASES = "Ticket,Customer,Opened,Closed"
ROME, CHICAGO = "Europe/Rome", "America/Chicago"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Delivery lines as people type them, five ways in one column."""
    lines = csv(
        PROMISES,
        "P1,Clinic Nord,4-Aug-09,4-Aug-09",
        "P2,Clinic Nord,2-Jan-14,10/17/2014",
        "P3,Clinic Ost,2014-02-09,2014-02-10 08:00",
        "P4,Clinic Ost,10.02.2014,12 March 2014",
        "P5,Clinic Ost,9-Feb-14,",
    )
    return facts(folder(tmp_path_factory.mktemp("mixed"), {"lines.csv": lines}), until="2014-12-01")


def test_several_ways_of_writing_a_date_are_read_in_one_column(mixed: Found) -> None:
    due = {name: row["judged_due_s"] for name, row in mixed.promises.items()}
    assert due == {
        "P1": at("2009-08-05"),
        "P2": at("2014-01-03"),
        "P3": at("2014-02-10"),
        "P4": at("2014-02-11"),
        "P5": at("2014-02-10"),
    }
    done = {name: row["done_s"] for name, row in mixed.promises.items()}
    assert done == {
        "P1": at("2009-08-05"),
        "P2": at("2014-10-18"),
        "P3": at("2014-02-10 08:00"),
        "P4": at("2014-03-13"),
        "P5": None,
    }
    assert mixed.left_out == ""


def test_a_date_without_a_time_is_due_at_the_end_of_that_day(mixed: Found) -> None:
    assert all(row["due_is_day"] for row in mixed.tables["promise"])
    assert mixed.promises["P1"]["judged_due_s"] == at("2009-08-04") + DAY


def test_what_is_done_on_the_due_day_is_kept(mixed: Found) -> None:
    kept = mixed.promises["P1"]
    assert kept["settled"] and kept["done_s"] == kept["judged_due_s"]


def test_an_open_row_past_its_date_is_not_settled_and_still_owed(mixed: Found) -> None:
    owed = mixed.promises["P5"]
    assert not owed["settled"] and owed["done_s"] is None and owed["ended_s"] is None
    assert owed["judged_s"] == owed["judged_due_s"] < mixed.facts.until_s


@pytest.fixture(scope="module")
def rome(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Days in Rome, where the clocks change on 29 March and 25 October 2026."""
    lines = csv(
        PROMISES,
        "in time,Clinic Nord,2026-03-29,2026-03-29 23:59",
        "a minute late,Clinic Nord,2026-03-29,2026-03-30 00:01",
        "autumn,Clinic Nord,2026-10-25,2026-10-25 23:59",
        "next day,Clinic Nord,2026-03-02,2026-03-03",
        "over the change,Clinic Nord,2026-03-28,2026-03-29",
    )
    where = folder(tmp_path_factory.mktemp("rome"), {"lines.csv": lines})
    return facts(where, zone=ROME, now="2027-01-01")


def late(found: Found, name: str) -> int:
    row = found.promises[name]
    seconds: int = row["done_s"] - row["judged_due_s"]
    return seconds


def test_the_day_ends_in_the_stated_zone_when_the_clocks_change(rome: Found) -> None:
    due = {name: row["judged_due_s"] for name, row in rome.promises.items()}
    assert due["in time"] == at("2026-03-29 22:00") == at("2026-03-30", ROME)
    assert due["autumn"] == at("2026-10-25 23:00") == at("2026-10-26", ROME)
    assert (late(rome, "in time"), late(rome, "a minute late")) == (-60, 60)
    assert late(rome, "autumn") == -60


def test_the_day_after_the_due_day_is_one_day_late(rome: Found) -> None:
    assert late(rome, "next day") == DAY
    assert late(rome, "over the change") == 23 * HOUR  # that day had 23 hours


def test_moments_that_are_all_midnight_were_days_before_something_gave_them_a_time(
    tmp_path: Path,
) -> None:
    lines = [f"P{n},Clinic Nord,2026-03-0{n} 00:00:00,2026-03-0{n} 15:00" for n in range(1, 8)]
    found = facts(folder(tmp_path, {"lines.csv": csv(PROMISES, *lines)}))
    assert all(row["due_is_day"] for row in found.tables["promise"])
    assert found.promises["P3"]["judged_due_s"] == at("2026-03-04")
    assert found.promises["P3"]["done_s"] == at("2026-03-03 15:00")


def test_one_time_of_day_among_midnights_makes_moments_of_them(tmp_path: Path) -> None:
    lines = [f"P{n},Clinic Nord,2026-03-0{n} 00:00,2026-03-0{n} 15:00" for n in range(1, 8)]
    lines.append("P8,Clinic Nord,2026-03-08 12:30,2026-03-08 15:00")
    found = facts(folder(tmp_path, {"lines.csv": csv(PROMISES, *lines)}))
    assert found.promises["P3"]["judged_due_s"] == at("2026-03-03")
    assert not found.promises["P3"]["due_is_day"]


def test_the_zone_of_the_command_wins_over_the_recipe_and_an_offset_wins_over_both(
    tmp_path: Path,
) -> None:
    cases = csv(
        CASES,
        "T1,Clinic Nord,2026-03-01T08:00:00+01:00,2026-03-02 08:00",
        "T2,Clinic Nord,2026-03-01T08:00:00-06:00,",
    )
    where = folder(tmp_path, {"cases.csv": cases}, f'zone = "{ROME}"')
    by_recipe, by_command = facts(where), facts(where, zone=CHICAGO)
    assert by_recipe.understood["zone"] == {"name": ROME, "how": "stated in the recipe"}
    assert by_command.understood["zone"]["name"] == CHICAGO
    for found in (by_recipe, by_command):
        assert found.cases["T1"]["reported_s"] == at("2026-03-01 07:00")
        assert found.cases["T2"]["reported_s"] == at("2026-03-01 14:00")
    assert by_recipe.cases["T1"]["closed_s"] == at("2026-03-02 08:00", ROME)
    assert by_command.cases["T1"]["closed_s"] == at("2026-03-02 08:00", CHICAGO)


def test_values_that_all_carry_an_offset_need_no_zone(tmp_path: Path) -> None:
    cases = csv(CASES, "T1,Clinic Nord,2026-03-01T08:00:00+01:00,2026-03-02T08:00:00Z")
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    assert found.understood["zone"] == {"name": "UTC", "how": "carried by the values"}
    assert found.cases["T1"]["closed_s"] == at("2026-03-02 08:00")


def test_an_unknown_zone_is_said_and_the_times_are_taken_as_written(tmp_path: Path) -> None:
    files = {"cases.csv": csv(CASES, "T1,Clinic Nord,2026-03-01 08:00,2026-03-02 08:00")}
    asked, declared = (
        facts(folder(tmp_path, files, recipe)) for recipe in ("", 'zone = "unknown"')
    )
    assert asked.understood["zone"]["name"] is None
    assert "state it with --zone" in asked.understood["zone"]["how"]
    assert declared.understood["zone"]["name"] is None
    assert "declared unknown" in declared.understood["zone"]["how"]
    assert asked.cases["T1"]["reported_s"] == at("2026-03-01 08:00")
    assert asked.tables == declared.tables


def test_a_table_may_have_a_zone_of_its_own(tmp_path: Path) -> None:
    files = {
        "rome.csv": csv(CASES, "T1,Clinic Nord,2026-03-01 08:00,2026-03-02 08:00"),
        "texas.csv": csv(CASES, "T2,Clinic Ost,2026-03-01 08:00,2026-03-02 08:00"),
    }
    recipe = f'zone = "{ROME}"\n[[table]]\nfile = "texas.csv"\nzone = "{CHICAGO}"\n'
    found = facts(folder(tmp_path, files, recipe))
    assert found.cases["T1"]["reported_s"] == at("2026-03-01 08:00", ROME)
    assert found.cases["T2"]["reported_s"] == at("2026-03-01 08:00", CHICAGO)


def test_decimal_commas_units_and_currency_are_read(tmp_path: Path) -> None:
    stops = (
        "Anlage;Störungsbeginn;Dauer (h);Kosten\n"
        "M1;01.03.2026 08:00;2,5;1.234,56 €\n"
        "M2;01.03.2026 09:00;0,25;12,58 €\n"
        "M3;13.03.2026 09:00;1.000,0;980,00 €\n"
    )
    found = facts(folder(tmp_path, {"Stillstände.csv": stops.encode("cp1252")}))
    lasted = [row["to_s"] - row["from_s"] for row in found.downtimes]
    assert lasted == [2.5 * HOUR, 0.25 * HOUR, 1000 * HOUR]
    assert found.role_of["Kosten"] == "money"
    assert "Kosten" not in found.left_out


def cell(text: str) -> datetime:
    """A moment as a sheet keeps it: without a zone."""
    return datetime.fromisoformat(text)


def test_a_sheet_may_mix_real_dates_with_typed_ones(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Ticket", "Opened", "Closed", "Due"],
        ["T1", cell("2026-03-01 08:00"), cell("2026-03-02 08:30"), date(2026, 3, 2)],
        ["T2", "2026-03-01 09:00", None, "15.3.2026"],
    ]
    found = facts(folder(tmp_path, {"book.xlsx": book({"Cases": rows})}), zone=ROME)
    assert found.cases["T1"]["closed_s"] == at("2026-03-02 08:30", ROME)
    assert found.cases["T2"]["reported_s"] == at("2026-03-01 09:00", ROME)
    due = {name: row["judged_due_s"] for name, row in found.promises.items()}
    assert due == {"T1": at("2026-03-03", ROME), "T2": at("2026-03-16", ROME)}


def test_a_date_and_its_time_in_two_columns_are_one_moment(tmp_path: Path) -> None:
    cases = csv(
        "Ticket,Notif.date,Notif. Time,Closed",
        "T1,13.03.2026,08:15,14.03.2026 10:00",
        "T2,13.03.2026,,",
    )
    recipe = """
        [[table]]
        file = "cases.csv"
        [table.columns]
        reported = { date = "Notif.date", time = "Notif. Time" }
    """
    found = facts(folder(tmp_path, {"cases.csv": cases}, recipe))
    assert found.cases["T1"]["reported_s"] == at("2026-03-13 08:15")
    assert found.cases["T2"]["reported_s"] == at("2026-03-13")


def test_values_that_cannot_be_read_are_named_with_file_line_column_and_value(
    tmp_path: Path,
) -> None:
    cases = csv(
        CASES,
        "T1,Clinic Nord,2026-03-01 08:00,2026-03-02 08:00",
        '"T2\nof Clinic Nord",Clinic Nord,2026-03-01 08:00,31/31/2026',
        "T3,Clinic Ost,soon,2026-03-02 08:00",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    said = {
        (one["file"], one["line"], one["column"], one["value"])
        for note in found.understood["left_out"]
        for one in note["examples"]
    }
    assert said == {
        ("cases.csv", 3, "Closed", "31/31/2026"),
        ("cases.csv", 5, "Opened", "soon"),
    }
    assert found.cases["T3"]["reported_s"] is None


def test_an_answer_that_no_file_tells_of_is_not_judged_and_that_is_said(tmp_path: Path) -> None:
    said = csv(
        "ID,Opening date,Time to own,Time to resolve,Resolution date,Status",
        "1,2024-03-04 08:00,2024-03-04 09:00,2024-03-05 08:00,2024-03-04 12:00,Closed",
        "2,2024-03-04 08:00,2024-03-04 09:00,2024-03-05 08:00,2024-03-06 12:00,Closed",
    )
    found = facts(folder(tmp_path, {"tickets.csv": said}))
    kinds = [row["kind"] for row in found.tables["promise"]]
    assert kinds == ["resolve", "resolve"], "nobody knows when the first response came"
    assert "no file says when it came" in found.suspicions


def test_a_word_on_the_case_is_no_promise_beside_the_list_that_spells_its_promises_out(
    tmp_path: Path,
) -> None:
    cases = csv(
        "Number,Opened,Resolved,Made SLA,State",
        "I-1,2024-03-04 08:00,2024-03-04 12:00,true,Closed",
        "I-2,2024-03-04 08:00,2024-03-06 12:00,false,Closed",
    )
    slas = csv(
        "Task,SLA definition,Has breached,Start time,Stop time,Breach time",
        "I-1,Answer,false,2024-03-04 08:00,2024-03-04 08:20,2024-03-04 09:00",
        "I-1,Solution,false,2024-03-04 08:00,2024-03-04 12:00,2024-03-05 08:00",
        "I-1,Update,true,2024-03-04 08:00,2024-03-04 12:00,2024-03-04 10:00",
    )
    found = facts(folder(tmp_path, {"incident.csv": cases, "task_sla.csv": slas}))
    told = [(row["case_id"], row["verdict"]) for row in found.tables["promise"]]
    assert sorted(told, key=str) == [("I-1", None)] * 3 + [("I-2", "broken")]


def test_a_date_left_blank_beside_a_midnight_is_blank_and_no_damage(tmp_path: Path) -> None:
    said = csv(
        "Notification;Notif.date;Notif. Time;Completn Date;Completn Time",
        "1;04.03.2024;08:11:00;05.03.2024;11:00:00",
        "2;25.03.2024;09:30:00;;00:00:00",
        end="\n",
    )
    found = facts(folder(tmp_path, {"iw58.csv": said}))
    assert found.understood["left_out"] == []
    assert [row["settled"] for row in found.tables["case"]] == [True, False]


def test_a_length_of_time_stands_in_for_a_moment_that_is_not_written(tmp_path: Path) -> None:
    said = csv(
        "Ticket,Opened,First response time (min),Time to resolution",
        "1,2024-03-04 08:00,30,1d 2h",
        "2,2024-03-04 09:00,,",
    )
    found = facts(folder(tmp_path, {"tickets.csv": said}))
    told = [(row["responded_s"], row["resolved_s"]) for row in found.tables["case"]]
    assert told == [(at("2024-03-04 08:30"), at("2024-03-05 10:00")), (None, None)]
    assert "as the source counts it" in str(found.understood["tables"])


def test_a_written_moment_is_believed_before_a_length_of_time(tmp_path: Path) -> None:
    said = csv(
        "Ticket,Opened,Resolved,Resolution time (hours)",
        "1,2024-03-04 08:00,2024-03-04 20:00,4",
    )
    found = facts(folder(tmp_path, {"tickets.csv": said}))
    assert found.cases["1"]["resolved_s"] == at("2024-03-04 20:00")
    assert found.role_of["Resolution time (hours)"] is None


def test_a_parquet_column_made_of_parts_gives_a_column_for_each(tmp_path: Path) -> None:
    selection = (
        "SELECT i AS case_id, {'id': i, 'name': 'Nord'} AS customer, "
        "TIMESTAMP '2024-03-04 08:00' AS opened, NULL::TIMESTAMP AS closed FROM range(3) r(i)"
    )
    found = facts(folder(tmp_path, {"cases.parquet": parquet(tmp_path, selection)}))
    assert found.role_of["customer.name"] == "customer"
    assert {row["customer"] for row in found.tables["case"]} == {"Nord"}


def test_moments_of_which_only_some_carry_an_offset_are_said_to_differ(tmp_path: Path) -> None:
    said = csv(
        "Ticket,Opened,Closed",
        "1,2024-03-04T08:00:00+01:00,2024-03-04 20:00:00",
        "2,2024-03-05T08:00:00+01:00,2024-03-05 20:00:00",
    )
    found = facts(folder(tmp_path, {"tickets.csv": said}))
    assert "some times carry an offset, others none" in found.understood["zone"]["how"]


def test_a_zone_that_the_header_states_is_carried_too(tmp_path: Path) -> None:
    said = csv("Ticket,Opened (UTC),Closed at", "1,2024-03-04 08:00:00,2024-03-04T20:00:00Z")
    found = facts(folder(tmp_path, {"tickets.csv": said}))
    assert found.understood["zone"]["name"] == "UTC"
