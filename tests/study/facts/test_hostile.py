"""Files that were not made to be read: empty, broken, huge, hostile; never a stack trace."""

from pathlib import Path

import pytest

from study.facts.folders import Content, archive, at, book, csv, facts, folder, parquet
from wellkept.record.sources.notes import Unreadable

CASES = "Ticket,Opened,Closed,Status"
ROWS = ("T1,2026-03-01 08:00,2026-03-02 08:00,Closed", "T2,2026-03-01 08:00,,Open")
GOOD = csv(CASES, *ROWS)


BROKEN: dict[str, Content] = {
    "empty.csv": "",
    "blank.csv": "\n\n \n",
    "nul.csv": b"\0" * 900,
    "binary.csv": bytes(range(256)) * 9,
    "book.xlsx": b"PK\3\4 broken",
    "all.zip": b"PK\3\4 broken",
    "rows.parquet": b"PAR1",
}


def test_files_that_cannot_be_read_are_named_and_the_others_count(tmp_path: Path) -> None:
    found = facts(folder(tmp_path, {"cases.csv": GOOD, **BROKEN}))
    assert len(found.cases) == 2
    not_read = {one["name"]: one for one in found.facts.source_document["not_read"]}
    assert set(not_read) == set(BROKEN)
    for name, one in not_read.items():
        assert one["state"] == "refused" and name in one["why"]
        assert one["why"] in found.left_out


@pytest.mark.parametrize("name", BROKEN)
def test_a_folder_with_nothing_to_read_says_why(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable, match=f"no table was found in it. {name}.*Put CSV"):
        facts(folder(tmp_path, {name: BROKEN[name]}))


def test_a_folder_without_records_and_a_folder_that_is_not_there_are_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(Unreadable, match="Put CSV, TSV, XLSX, ZIP or Parquet exports into it"):
        facts(folder(tmp_path, {"readme.txt": "Alma was here"}))
    with pytest.raises(Unreadable, match="there is no such folder or file"):
        facts(tmp_path / "nowhere")


def test_a_header_without_rows_gives_no_facts(tmp_path: Path) -> None:
    headers = {
        "cases.csv": CASES,
        "log.csv": "Ticket,Changed at,State,Agent",
        "promises.csv": "Promise ID,Due,Delivered on",
        "outages.csv": "Lift,Out of service,Back in service",
    }
    found = facts(folder(tmp_path, {name: text + "\n" for name, text in headers.items()}))
    assert not any(found.tables.values())
    tables = found.understood["tables"]
    assert {one["file"]: one["rows"] for one in tables} == dict.fromkeys(headers, 0)
    assert "no column holds moments" not in found.left_out, "there is no row, and that is why"


def test_one_row_is_enough(tmp_path: Path) -> None:
    found = facts(folder(tmp_path, {"cases.csv": csv(CASES, ROWS[0])}))
    assert found.cases["T1"]["resolved_s"] == at("2026-03-02 08:00")


HEADERS = {
    'x"); DROP TABLE "case"; --': "a",
    "line break": "b",
    "😀🛠️": "c",
    "h" * 300: "d",
    "it's": "e",
    "$until": "f",
    "%s": "g",
    "{}": "h",
    "@@": "i",
}
HOSTILE = csv(
    CASES
    + ',"x""); DROP TABLE ""case""; --","line\nbreak",😀🛠️,'
    + "h" * 300
    + ",it's,$until,%s,{},@@",
    *(f"{row},{','.join(HEADERS.values())}" for row in ROWS),
)


@pytest.mark.parametrize("header", ['x"); DROP TABLE "case"; --', "line break", "h" * 300])
def test_a_hostile_header_is_only_a_name(tmp_path: Path, header: str) -> None:
    found = facts(folder(tmp_path, {"cases.csv": HOSTILE}), by=header)
    assert set(found.labels["case"].values()) == {HEADERS[header]}


def test_hostile_values_are_only_texts(tmp_path: Path) -> None:
    cases = csv(
        CASES + ",Customer,Owner",
        "T'1,2026-03-01 08:00,2026-03-02 08:00,Clo'sed,'; DROP TABLE promise; --,O'Neill",
        '"T""2",2026-03-01 08:00,,Open,"a ""b"" 😀",@@',
        "T\0003,2026-03-01 08:00,,Open,$until,{}",
        "T4,2026-03-01 08:00,,=1+1,%s,\\",
    )
    recipe = """
        [same_as.customer]
        "'; DROP TABLE promise; --" = "Clinic 'Nord'"
        [[table]]
        file = "cases.csv"
        [table.words]
        nobody = ["O'Neill"]
        [table.words.state]
        "Clo'sed" = "closed"
    """
    found = facts(folder(tmp_path, {"cases.csv": cases}, recipe))
    assert set(found.cases) == {"T'1", 'T"2', "T3", "T4"}
    assert found.cases["T'1"]["customer"] == "Clinic 'Nord'"
    assert found.cases["T'1"]["owner"] is None
    assert found.cases['T"2']["owner"] == "@@"
    assert found.cases["T4"]["customer"] == "%s"
    assert "NUL bytes" in found.notes("repaired")


def test_numbers_out_of_all_measure_are_left_out_by_name(tmp_path: Path) -> None:
    counts = ("1e308", "1e400", "99999999999999999999999", "-5", "2", "3.0", "many")
    rows = (f"T{n},2026-03-01 08:00,,Open,{count}" for n, count in enumerate(counts))
    found = facts(folder(tmp_path, {"cases.csv": csv(CASES + ",Reopen count", *rows)}))
    reopened = [row["reopened"] for row in found.tables["case"]]
    assert reopened == [None, None, None, None, 2, 3, None]
    for value in ("1e308", "1e400", "99999999999999999999999", "-5"):
        assert f"'value': '{value}'" in found.left_out


def test_moments_out_of_all_measure_are_left_out_by_name(tmp_path: Path) -> None:
    cases = csv(
        CASES,
        "T1,1299-01-01 08:00,2026-03-02 08:00,Closed",
        "T2,2026-03-01 08:00,9999-12-31 08:00,Open",
        "T3,2026-03-01 08:00,9999-12-31,Open",
        "T4,2026-03-01 08:00,0000-00-00 00:00:00,Open",
        "T5,2026-02-30 08:00,,Open",
    )
    found = facts(folder(tmp_path, {"cases.csv": cases}))
    values = {one["value"] for note in found.understood["left_out"] for one in note["examples"]}
    assert values == {"1299-01-01 08:00", "9999-12-31 08:00", "2026-02-30 08:00"}
    assert all(row["closed_s"] is None for row in found.tables["case"] if row["case_id"] != "T1")


def test_a_file_of_three_hundred_columns_is_read(tmp_path: Path) -> None:
    wide = csv(CASES + "".join(f",c{n}" for n in range(300)), *(row + ",x" * 300 for row in ROWS))
    found = facts(folder(tmp_path, {"cases.csv": wide}), by="c299")
    assert len(found.cases) == 2 and set(found.labels["case"].values()) == {"x"}


def test_two_sheets_of_a_book_are_two_tables(tmp_path: Path) -> None:
    sheets = {
        "Cases": [CASES.split(","), *(row.split(",") for row in ROWS)],
        "Promises": [["Promise ID", "Due", "Delivered on"], ["P1", "2026-03-01", "2026-03-02"]],
    }
    found = facts(folder(tmp_path, {"book.xlsx": book(sheets)}))
    assert [one["file"] for one in found.understood["tables"]] == [
        "book.xlsx#Cases",
        "book.xlsx#Promises",
    ]
    assert len(found.cases) == 2 and set(found.promises) == {"P1"}


def test_an_archive_may_have_folders(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        "2026/march/cases.csv": GOOD,
        "2026/lines.csv": "Promise ID,Due,Delivered on\nP1,2026-03-01,2026-03-02\n",
        "__MACOSX/._cases.csv": "junk",
    }
    found = facts(folder(tmp_path, {"exports/all.zip": archive(files)}))
    assert len(found.cases) == 2 and set(found.promises) == {"P1"}
    assert {one["name"] for one in found.facts.source_document["files"]} == {
        "exports/all.zip/2026/march/cases.csv",
        "exports/all.zip/2026/lines.csv",
    }


def test_parquet_knows_its_own_types(tmp_path: Path) -> None:
    rows = (
        "SELECT 'T1' AS \"Ticket\", TIMESTAMP '2026-03-01 08:00:00' AS \"Opened\", "
        "TIMESTAMPTZ '2026-03-02 08:00:00+01' AS \"Closed\", DATE '2026-03-05' AS \"Due\""
    )
    tmp_path.mkdir(exist_ok=True)
    found = facts(folder(tmp_path, {"p.parquet": parquet(tmp_path, rows)}), zone="Europe/Rome")
    assert found.cases["T1"]["reported_s"] == at("2026-03-01 08:00", "Europe/Rome")
    assert found.cases["T1"]["closed_s"] == at("2026-03-02 07:00")
    assert found.promises["T1"]["judged_due_s"] == at("2026-03-06", "Europe/Rome")


def test_one_file_may_be_given_in_place_of_a_folder(tmp_path: Path) -> None:
    where = folder(tmp_path, {"cases.csv": GOOD, "other.csv": GOOD.replace("T", "X")})
    assert set(facts(where / "cases.csv").cases) == {"T1", "T2"}


def test_facts_of_every_documented_table_are_there(tmp_path: Path) -> None:
    from wellkept.study.facts.tables import FACTS

    found = facts(folder(tmp_path, {"cases.csv": GOOD}))
    assert set(found.tables) == {table.name for table in FACTS}
    for table in FACTS:
        for row in found.tables[table.name]:
            assert set(row) >= {column.name for column in table.columns}
