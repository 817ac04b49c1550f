"""Exports of many systems, from the file to the facts: read widely, doubted in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from study.facts.folders import HOUR, Content, Found, at, csv, facts, folder

UNTIL = "2026-03-03 00:00"


def told(tmp_path: Path, content: Content, recipe: str = "", until: str | None = UNTIL) -> Found:
    """The facts of one file."""
    return facts(folder(tmp_path, {"export.csv": content}, recipe), until=until)


def polled(header: str, up: str, down: str, hours: int = 48) -> str:
    """Two lifts, asked every hour; the second is down from ten to fourteen o'clock."""
    first = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [
        f"{lift},{first + timedelta(hours=hour):%Y-%m-%d %H:%M:%S},"
        f"{down if lift == 1002 and 10 <= hour < 14 else up}"
        for hour in range(hours)
        for lift in (1001, 1002)
    ]
    return csv(f"lift,asked_at,{header}", *rows)


@pytest.mark.parametrize(
    ("header", "up", "down"), [("is_down", "0.0", "1.0"), ("status", "1", "0")]
)
def test_a_feed_of_yes_and_no_tells_outages_by_what_its_header_says(
    tmp_path: Path, header: str, up: str, down: str
) -> None:
    found = told(tmp_path, polled(header, up, down))
    [one] = found.downtimes
    assert (one["asset"], one["to_s"] - one["from_s"], one["settled"]) == ("1002", 4 * HOUR, True)
    assert ("was read as serving" in found.suspicions) == (header == "status")
    assert "codes its states" not in found.suspicions


def test_what_was_assumed_of_ones_and_noughts_is_turned_round_by_the_recipe(tmp_path: Path) -> None:
    recipe = '[[table]]\nfile = "*"\n[table.words.asset_state]\n"1" = "down"\n"0" = "up"\n'
    found = told(tmp_path, polled("status", "1", "0"), recipe)
    assert sorted(one["asset"] for one in found.downtimes) == ["1001", "1002", "1002"]
    assert "was read as serving" not in found.suspicions


def test_noughts_and_ones_that_nobody_explains_are_not_read(tmp_path: Path) -> None:
    text = polled("status", "0", "1")
    found = facts(folder(tmp_path, {"export.csv": text, "cases.csv": CASES}), until=UNTIL)
    assert not found.downtimes
    assert '[table.words.asset_state] "0" = "…", "1" = "…"' in found.left_out


CASES = csv("Ticket,Opened,Closed", "T1,2026-03-01 08:00,2026-03-01 09:00")


def notifications(marks: tuple[str, str, str]) -> str:
    rows = [
        f"{1000 + at},EQ{at},0{at + 1}.03.2026,08:00:00,0{at + 1}.03.2026,0{at + 2}.03.2026,{mark}"
        for at, mark in enumerate(marks)
    ]
    head = "Meldung,Equipment,Störungsbeginn,Meldungszeit,Meldungsdatum,Gew. Ende,Ausfall"
    return csv(head, *rows)


@pytest.mark.parametrize(
    ("marks", "outages"),
    [(("X", "", "X"), 2), (("ja", "nein", ""), 2), (("", "", ""), 3)],
)
def test_a_malfunction_is_an_outage_only_where_the_asset_stood_still(
    tmp_path: Path, marks: tuple[str, str, str], outages: int
) -> None:
    """A mere mark leaves the others blank; a column that is blank throughout says nothing."""
    found = told(tmp_path, notifications(marks), until="2026-03-09")
    assert (len(found.downtimes), len(found.cases)) == (outages, 3)


def test_an_end_that_somebody_asked_for_is_counted_and_doubted(tmp_path: Path) -> None:
    found = told(tmp_path, notifications(("X", "", "X")), until="2026-03-09")
    assert len(found.promises) == 3
    assert "‘Gew. Ende’ is what somebody asked for" in found.suspicions
    recipe = '[[table]]\nfile = "*"\nignore = ["Gew. Ende"]\n'
    left = told(tmp_path, notifications(("X", "", "X")), recipe, until="2026-03-09")
    assert not left.promises
    assert "asked for" not in left.suspicions


def test_a_delivery_day_that_may_be_a_plan_is_doubted(tmp_path: Path) -> None:
    text = csv("Order,Customer,Due date,Delivery date",
               "1,A,2026-02-01,2026-02-02", "2,B,2026-02-03,2026-02-03")  # fmt: skip
    assert "‘Delivery date’ was read as the day of delivery" in told(tmp_path, text).suspicions
    beside = text.replace("Delivery date", "Delivery date,Actual GI date").replace(
        ",2026-02-02", ",2026-02-02,2026-02-05"
    )
    found = told(tmp_path, beside)
    assert "was read as the day of delivery" not in found.suspicions
    assert [one["done_s"] for one in found.promises.values()] == [at("2026-02-06"), None]


def test_a_list_of_what_is_out_now_says_that_no_end_is_known(tmp_path: Path) -> None:
    text = csv("equipment,outagedate,estimatedreturntoservice",
               "EL1,2026-03-01 08:00,2026-03-01 12:00", "EL2,2026-03-02 08:00,")  # fmt: skip
    found = told(tmp_path, text).suspicions
    assert "ended: every outage counts as lasting still" in found and "is not known" not in found


def test_of_a_list_of_cases_that_names_no_end_none_counts_as_open(tmp_path: Path) -> None:
    text = csv("ticket,subject,opened", "T1,Leak,2026-03-01 08:00", "T2,Noise,2026-03-02 08:00")
    found = told(tmp_path, text)
    assert "ended: whether a case is open still is not known" in found.suspicions
    assert "lasting still" not in found.suspicions
    assert all(one["ended_unknown"] for one in found.cases.values())


NOTHING = (
    "", "N/A", "-", "1900-01-01", "1900-01-01 00:00:00", "9999-12-31", "9999-12-31T23:59:59",
    "0001-01-01T00:00:00Z", "1753-01-01 00:00:00.000", "1899-12-30", "31.12.9999", "2999-12-31",
)  # fmt: skip


def test_a_day_that_stands_for_none_ends_nothing(tmp_path: Path) -> None:
    rows = [f"B{at},2026-02-01 08:00,{nothing}" for at, nothing in enumerate(NOTHING)]
    rows += [f"A{at},2026-02-01 08:00,2026-02-01 09:00" for at in range(12)]
    found = told(tmp_path, csv("Ticket,Opened,Closed", *rows))
    ended = {name for name, one in found.cases.items() if one["settled"]}
    assert ended == {f"A{at}" for at in range(12)}
    assert not found.left_out


def test_a_length_of_time_without_a_unit_gets_it_from_the_recipe(tmp_path: Path) -> None:
    text = csv("Ticket,Opened,SLA,Closed", "A,2026-02-01 08:00,4,2026-02-01 11:00",
               "B,2026-02-01 08:00,4,2026-02-01 13:00")  # fmt: skip
    assert not told(tmp_path, text).promises
    recipe = '[[table]]\nfile = "*"\n[table.units]\ntarget = "h"\n'
    found = told(tmp_path, text, recipe)
    assert {one["judged_due_s"] for one in found.promises.values()} == {at("2026-02-01 12:00")}
    assert 'target = "h"' in found.facts.recipe_text


def test_central_european_letters_are_told_from_western_ones(tmp_path: Path) -> None:
    text = csv(
        "Numer zgłoszenia;Data zgłoszenia;Data zamknięcia;Status",
        *(f"ZG/{at};0{at}.03.2026;0{at + 1}.03.2026;Zamknięte" for at in range(1, 8)),
    )
    found = told(tmp_path, text.encode("cp1250"), until="2026-03-20")
    assert len(found.cases) == 7
    assert "central European" in str(found.understood["repaired"])
    west = csv("Numéro;Ouvert le;Clôturé le;Volume", "1;01.03.2026;02.03.2026;5 m³ d'eau usée")
    assert "western European" in str(told(tmp_path, west.encode("cp1252")).understood["repaired"])
