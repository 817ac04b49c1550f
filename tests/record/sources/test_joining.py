"""Tables that belong together, found by the values that they have in common."""

from __future__ import annotations

from record.sources.profiled import a_table
from wellkept.record.sources.folder import recognise_folder
from wellkept.record.sources.recipe import Choice, Recipe, TableRecipe

CASES = [
    [f"500A{i:04d}QAQ", f"{i + 1000:08d}", f"2024-03-{1 + i % 20:02d} 08:00:00", "Working"]
    for i in range(30)
]
LOG = [
    [f"500A{i:04d}QAQ", f"2024-03-{1 + i % 20:02d} 0{hour}:00:00", word]
    for i in range(30)
    for hour, word in ((8, "New"), (9, "Working"))
]
LISTED = "Id; CaseNumber; CreatedDate; Status"
LOGGED = "CaseId; CreatedDate; NewValue"


def test_a_list_with_two_numbers_is_joined_to_its_log_by_the_number_that_the_log_writes() -> None:
    tables = [a_table(LISTED, CASES, "Case.csv"), a_table(LOGGED, LOG, "CaseHistory.csv")]
    cases, log = recognise_folder(tables)
    assert cases.roles["case_id"].header == "Id"
    assert cases.roles["case_id"].how == "values"
    assert log.roles["case_id"].header == "CaseId"
    assert "‘Id’ is taken, not ‘CaseNumber’" in " ".join(cases.why)
    kept = {cases.headers[key] for key in cases.segments}
    assert "CaseNumber" in kept, "people know the case by its number: it can still be cut by"


def test_the_recipe_decides_which_number_counts() -> None:
    stated = TableRecipe(file="Case.csv", columns={"case_id": Choice(("CaseNumber",))})
    tables = [a_table(LISTED, CASES, "Case.csv"), a_table(LOGGED, LOG, "CaseHistory.csv")]
    cases, _ = recognise_folder(tables, Recipe(tables=(stated,)))
    assert cases.roles["case_id"].header == "CaseNumber"


def test_a_log_of_other_cases_changes_no_number() -> None:
    others = [["900B" + row[0][4:], *row[1:]] for row in LOG]
    tables = [a_table(LISTED, CASES, "Case.csv"), a_table(LOGGED, others, "CaseHistory.csv")]
    cases, _ = recognise_folder(tables)
    assert cases.roles["case_id"].header == "CaseNumber"


def lines(first: int, last: int) -> list[list[str]]:
    """Promised lines under a header that says nothing."""
    return [[f"L-{i:03d}", f"2024-03-{1 + i % 28:02d}", "", "Nord"] for i in range(first, last)]


def test_a_list_exported_twice_is_numbered_by_what_comes_back() -> None:
    header = "Zeichen X; Promised date; Delivered date; Customer"
    tables = [
        a_table(header, lines(0, 30), "may.csv"),
        a_table(header, lines(10, 60), "june.csv"),
    ]
    for one in recognise_folder(tables):
        assert one.shape == "promise"
        assert one.roles["promise_id"].header == "Zeichen X"
        assert "come back" in " ".join(one.why)


def test_parts_of_a_list_one_a_month_keep_their_rows_apart() -> None:
    header = "Zeichen X; Promised date; Delivered date; Customer"
    tables = [
        a_table(header, lines(0, 30), "may.csv"),
        a_table(header, lines(30, 60), "june.csv"),
    ]
    assert all("promise_id" not in one.roles for one in recognise_folder(tables))


def test_a_list_is_joined_to_its_log_though_another_one_is_already() -> None:
    milestones = [[row[0], row[2], row[2]] for row in CASES]
    tables = [
        a_table(LISTED, CASES, "Case.csv"),
        a_table(LOGGED, LOG, "CaseHistory.csv"),
        a_table("CaseId; TargetDate; StartDate", milestones, "CaseMilestone.csv"),
    ]
    cases, *_ = recognise_folder(tables)
    assert cases.roles["case_id"].header == "Id"
