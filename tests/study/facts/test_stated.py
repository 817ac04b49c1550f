"""What a recipe states changes the facts, and what it leaves out is said."""

from pathlib import Path

import pytest

from study.facts.folders import Found, at, csv, facts, folder
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import BadRecipe

CASES = "Ticket,Opened,Closed,Status,Type,Customer"
ROWS = (
    "T1,2026-03-01 08:00,2026-03-02 09:00,Closed,Incident,Clinic Nord",
    "T2,2026-03-01 08:00,not captured,Open,Request,Clinic Ost",
    "T3,2026-03-01 08:00,not captured,Open,Incident,N/A",
    "T4,2026-03-01 08:00,2026-03-02 09:00,Closed,Incident,CLINIC NORD",
)
FILES = {"cases.csv": csv(CASES, *ROWS)}


def table(*lines: str, file: str = "cases.csv") -> str:
    """An entry of a recipe about one file."""
    return "\n".join(("[[table]]", f'file = "{file}"', *lines, ""))


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Only incidents; one more word for blank; a column put aside; two names of one clinic."""
    recipe = '[same_as.customer]\n"CLINIC NORD" = "Clinic Nord"\n' + table(
        'only = { "Type" = ["Incident"] }',
        'blanks = ["Not captured"]',
        'ignore = ["Status"]',
    )
    where = folder(tmp_path_factory.mktemp("stated"), FILES, recipe)
    return facts(where, by="Type")


def test_only_the_rows_asked_for_count_and_the_others_are_counted(stated: Found) -> None:
    assert set(stated.cases) == {"T1", "T3", "T4"}
    assert "rows that the recipe's `only` does not keep" in stated.left_out


def test_rows_used_and_rows_left_out_are_all_rows(stated: Found) -> None:
    entry = stated.understood["tables"][0]
    left = sum(note["count"] for note in stated.understood["left_out"] if "`only`" in note["why"])
    assert (entry["rows"], entry["used"], left) == (4, 3, 1)


def test_words_stated_as_blank_are_not_unreadable(stated: Found) -> None:
    assert "not captured" not in stated.left_out
    assert stated.cases["T3"]["closed_s"] is None


def test_names_that_mean_the_same_are_one_customer(stated: Found) -> None:
    assert stated.cases["T4"]["customer"] == "Clinic Nord"
    assert stated.cases["T1"]["customer_no"] == stated.cases["T4"]["customer_no"]
    assert stated.cases["T3"]["customer"] is None


def test_an_ignored_column_has_no_role_and_tells_nothing(stated: Found) -> None:
    columns = {c["header"]: c["how"] for c in stated.understood["tables"][0]["columns"]}
    assert columns["Status"] == "ignored"
    assert all(row["state"] is None for row in stated.tables["case"])


def test_a_column_with_a_role_can_be_cut_by(stated: Found) -> None:
    labels = {
        row["case_id"]: stated.labels["case"][row["case_no"]] for row in stated.tables["case"]
    }
    assert labels == {"T1": "Incident", "T3": "Incident", "T4": "Incident"}


def test_without_a_recipe_the_strange_word_is_named(tmp_path: Path) -> None:
    found = facts(folder(tmp_path, FILES))
    named = "no date or time in “Closed” (when the case was closed): left blank there"
    assert named in found.left_out
    assert "'value': 'not captured'" in found.left_out and "'count': 2" in found.left_out


def test_the_shape_kept_apart_gives_no_facts_and_is_said(tmp_path: Path) -> None:
    files = {**FILES, "old.csv": FILES["cases.csv"].replace("T", "X")}
    found = facts(folder(tmp_path, files, table('shape = "none"', file="old.csv")))
    assert set(found.cases) == {"T1", "T2", "T3", "T4"}
    assert "old.csv" in found.left_out and "'count': 4" in found.left_out


def test_without_guessing_only_what_is_named_has_a_role(tmp_path: Path) -> None:
    recipe = table(
        'shape = "case"',
        "guess = false",
        "[table.columns]",
        'case_id = "ticket"',
        'reported = ["Reported", "opened"]',
    )
    found = facts(folder(tmp_path, FILES, recipe))
    roles = {header: role for header, role in found.role_of.items() if role is not None}
    assert roles == {"Ticket": "case_id", "Opened": "reported"}
    assert all(row["ended_unknown"] for row in found.tables["case"])


LINES = "Order,Line,Promised,Delivered"
FIRST = csv(
    LINES,
    "O1,1,2026-03-02,2026-03-02",
    "O1,2,2026-03-02,",
    "O2,1,2026-03-02,2026-03-04",
)
SECOND = csv(
    LINES,
    "O1,1,2026-03-02,2026-03-02",
    "O1,2,2026-03-05,2026-03-04",
    "O2,1,2026-03-02,2026-03-04",
)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param("", id="headers without a role"),
        pytest.param('[table.columns]\ncase_id = "Order"\npromise_id = "Line"\n', id="roles"),
    ],
)
def test_a_stated_key_finds_a_line_again_in_the_next_snapshot(tmp_path: Path, columns: str) -> None:
    recipe = table(
        'shape = "promise"',
        'kind = "part_delivery"',
        'key = ["Order", "Line"]',
        'snapshot = "name"',
        columns,
        file="lines*.csv",
    )
    where = folder(tmp_path, {"lines1.csv": FIRST, "lines2.csv": SECOND}, recipe)
    found = facts(where, until="2026-03-10")
    rows = {row["promise_id"]: row for row in found.tables["promise"]}
    assert set(rows) == {"O1 / 1", "O1 / 2", "O2 / 1"}
    assert {row["kind"] for row in rows.values()} == {"part_delivery"}
    assert rows["O1 / 2"]["moves"] == 1 and rows["O1 / 2"]["done_s"] == at("2026-03-05")
    assert rows["O1 / 2"]["judged_due_s"] == at("2026-03-03")


def test_a_date_is_a_day_or_a_moment_as_the_recipe_says(tmp_path: Path) -> None:
    files = {
        "days.csv": csv(
            "Promise ID,Promised,Delivered",
            "P1,2026-03-02 12:00,2026-03-02 15:00",
            "P2,2026-03-02 00:00,2026-03-02 15:00",
        ),
        "moments.csv": csv(
            "Promise ID,Promised,Delivered",
            "Q1,2026-03-02 12:00,2026-03-02 15:00",
            "Q2,2026-03-02 00:00,2026-03-02 15:00",
        ),
    }
    recipe = table('due_is = "day"', file="days.csv") + table(
        'due_is = "moment"', file="moments.csv"
    )
    found = facts(folder(tmp_path, files, recipe))
    due = {name: row["judged_due_s"] for name, row in found.promises.items()}
    assert due == {
        "P1": at("2026-03-03"),
        "P2": at("2026-03-03"),
        "Q1": at("2026-03-02 12:00"),
        "Q2": at("2026-03-02"),
    }
    assert [row["due_is_day"] for row in found.promises.values()] == [True, True, False, False]


def test_the_recipe_says_when_the_records_end_and_the_command_wins(tmp_path: Path) -> None:
    where = folder(tmp_path, FILES, 'zone = "Europe/Rome"\nuntil = 2026-03-01\n')
    assert facts(where).facts.until_s == at("2026-03-02", "Europe/Rome")
    assert facts(where, until="2026-03-05").facts.until_s == at("2026-03-05")


def test_a_date_format_decides_between_day_and_month(tmp_path: Path) -> None:
    cases = csv("Ticket,Opened,Closed", "T1,03/04/2026 08:00,", "T2,05/04/2026 08:00,")
    recipe = table("[table.formats]", 'reported = "%d/%m/%Y %H:%M"')
    found = facts(folder(tmp_path, {"cases.csv": cases}, recipe))
    assert found.cases["T1"]["reported_s"] == at("2026-04-03 08:00")
    unsaid = facts(folder(tmp_path, {"cases.csv": cases}))
    assert "State the format in the recipe" in unsaid.suspicions


def test_a_recipe_about_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecipe, match=r"meets no file.*did you mean ‘cases.csv’"):
        facts(folder(tmp_path, FILES, table(file="case.csv")))


def test_an_unknown_column_stays_a_segment_and_can_be_cut_by(tmp_path: Path) -> None:
    files = {
        "cases.csv": csv(
            "Ticket,Opened,Closed,Floor colour,Due",
            "T1,2026-03-01 08:00,2026-03-02 09:00,red,2026-03-03",
            "T2,2026-03-01 08:00,,-,2026-03-03",
            "T3,2026-03-01 08:00,, blue ,",
        ),
        "promises.csv": csv("Promise ID,Ticket,Due,Done", "P1,T3,2026-03-03,2026-03-03"),
    }
    found = facts(folder(tmp_path, files), by="floor COLOUR")
    how = {c["header"]: c["how"] for c in found.understood["tables"][0]["columns"]}
    assert how["Floor colour"] == "segment"
    cases = {row["case_id"]: found.labels["case"][row["case_no"]] for row in found.tables["case"]}
    assert cases == {"T1": "red", "T2": None, "T3": "blue"}
    promises = {
        row["promise_id"]: found.labels["promise"].get(row["promise_no"])
        for row in found.tables["promise"]
    }
    assert promises == {"T1": "red", "T2": None, "P1": "blue"}


def test_a_column_of_a_log_labels_its_tickets_with_the_last_word(tmp_path: Path) -> None:
    log = csv(
        "Ticket,Changed at,State,Agent,Shift",
        "T1,2026-03-02 08:00,New,,night",
        "T1,2026-03-02 09:00,Resolved,Alma,day",
        "T2,2026-03-02 08:00,New,,night",
        "T2,2026-03-02 09:00,Resolved,Bruno,",
    )
    found = facts(folder(tmp_path, {"log.csv": log}), by="Shift")
    labels = {row["case_id"]: found.labels["case"][row["case_no"]] for row in found.tables["case"]}
    assert labels == {"T1": "day", "T2": "night"}


@pytest.mark.parametrize("asked", ["Stauts", "no such thing"])
def test_a_column_that_is_not_there_is_refused_with_the_names_near_it(
    tmp_path: Path, asked: str
) -> None:
    with pytest.raises(Unreadable, match=f"--by {asked}: no file has such a column.*Status"):
        facts(folder(tmp_path, FILES), by=asked)


@pytest.mark.parametrize("column", ["Region"])
def test_a_column_of_a_register_cuts_what_names_its_assets(tmp_path: Path, column: str) -> None:
    files = {
        "assets.csv": csv(
            f"Asset ID,Site ID,Model,Serial number,{column}",
            "A1,L1,X200,S1,north",
            "A2,L1,X200,S2,south",
        ),
        "cases.csv": csv(
            "Ticket,Asset ID,Opened,Closed",
            "T1,A1,2026-03-01 08:00,",
            "T2,A2,2026-03-01 08:00,",
        ),
    }
    found = facts(folder(tmp_path, files), by=column)
    labels = {row["case_id"]: found.labels["case"][row["case_no"]] for row in found.tables["case"]}
    assert labels == {"T1": "north", "T2": "south"}


LINES = "Line,Order,Due,Delivered"


def test_a_promise_number_that_comes_back_once_is_the_same_row_written_again(
    tmp_path: Path,
) -> None:
    rows = [f"L{n},O{n},2026-03-01,2026-03-0{1 + n % 3}" for n in range(20)]
    again = csv(LINES, *rows, "L3,O3,2026-03-01,2026-03-09")
    found = facts(folder(tmp_path, {"lines.csv": again}, _numbered_by("Line")))
    assert len(found.promises) == 20
    assert found.promises["L3"]["done_s"] == at("2026-03-10")
    assert "the last one counts" in found.left_out and "L3" in found.left_out


def test_a_stated_promise_number_that_most_rows_share_numbers_no_promises(tmp_path: Path) -> None:
    """The orders were taken for lines: no delivery may vanish behind the last of its order."""
    rows = [f"L{n},O{n % 4},2026-03-01,2026-03-0{1 + n % 3}" for n in range(20)]
    found = facts(folder(tmp_path, {"lines.csv": csv(LINES, *rows)}, _numbered_by("Order")))
    assert len(found.tables["promise"]) == 20
    assert "80% of the rows repeat a promise number" in found.suspicions
    assert "the last one counts" not in found.left_out


def _numbered_by(header: str) -> str:
    return table('shape = "promise"', "[table.columns]", f'promise_id = "{header}"',
                 file="lines.csv")  # fmt: skip


def test_a_value_may_be_stated_for_a_role_that_no_column_gives(tmp_path: Path) -> None:
    """Two files of stops, one a turbine; only their names say which."""
    stops = csv("Timestamp start,Timestamp end,Status,Message",
                "2026-03-01 08:00,2026-03-01 09:00,Stop,Pitch",
                "2026-03-02 08:00,2026-03-02 09:00,Informational,Wind low")  # fmt: skip
    recipe = "".join(
        table('shape = "downtime"', 'only = { "Status" = ["Stop"] }', "[table.columns]",
              f'asset = {{ value = "Turbine {n}" }}', 'customer = { value = "Wind O\'Hara" }',
              'down_from = "Timestamp start"', 'down_to = "Timestamp end"', 'about = "Message"',
              file=f"*_{n}_*.csv")
        for n in (1, 2)
    )  # fmt: skip
    files = {"Status_1_2026.csv": stops, "Status_2_2026.csv": stops.replace("09:00", "11:00")}
    found = facts(folder(tmp_path, files, recipe))
    told = {(row["asset"], row["customer"]): row["to_s"] for row in found.downtimes}
    assert told == {
        ("Turbine 1", "Wind O'Hara"): at("2026-03-01 09:00"),
        ("Turbine 2", "Wind O'Hara"): at("2026-03-01 11:00"),
    }
    assert 'asset = { value = "Turbine 1" }' in found.facts.recipe_text
    assert facts(folder(tmp_path, files, found.facts.recipe_text + recipe)).understood["tables"]


def test_a_stated_value_is_a_text(tmp_path: Path) -> None:
    recipe = table("[table.columns]", "asset = { value = 7 }")
    with pytest.raises(BadRecipe, match="not a text"):
        facts(folder(tmp_path, FILES, recipe))
