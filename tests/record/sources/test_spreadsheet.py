"""Sheets come in as tables, with moments as moments and rows that can be found again."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from record.sources.folders_made import a_zip, cells_of, headers, read, read_one, said
from wellkept.record.sources.profile import profile
from wellkept.record.sources.reading import lines_of

Fill = Callable[[Worksheet], None]


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  (sheets have no zone)


def a_book(**sheets: Fill) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, fill in sheets.items():
        fill(book.create_sheet(name))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cases(sheet: Worksheet) -> None:
    sheet.append(["case", "reported", "due", "hours", "wait", "open"])
    sheet.append([1, at(2024, 3, 1, 8, 30), dt.date(2024, 3, 4), 1.5, dt.timedelta(hours=27), True])
    sheet.append([2, at(2024, 3, 2), dt.date(2024, 3, 5), 2, dt.timedelta(minutes=5), False])


def test_cells_become_text_that_can_be_read_again(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, a_book(Cases=cases), "book.xlsx")
    assert (table.name, table.format) == ("book.xlsx#Cases", "xlsx")
    assert cells == [
        ["1", "2024-03-01 08:30:00", "2024-03-04", "1.5", "27:00:00", "true"],
        ["2", "2024-03-02 00:00:00", "2024-03-05", "2", "0:05:00", "false"],
    ]


def test_midnight_is_a_time_only_where_other_rows_have_times(tmp_path: Path) -> None:
    reading, con = read(tmp_path, {"book.xlsx": a_book(Cases=cases)})
    columns = {one.header: one for one in profile(reading.tables[0], con)}
    assert {form.precision for form in columns["reported"].moments.formats} == {"moment"}
    assert {form.precision for form in columns["due"].moments.formats} == {"day"}
    assert columns["wait"].durations.form == "clock"


def test_titles_blank_rows_and_a_late_start_keep_the_rows_findable(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C3"] = "Cases of Alma"
        for place, value in enumerate(["case", "customer", "due"]):
            sheet.cell(5, 3 + place, value)
        for row, case in ((6, 1), (7, 2), (9, 3)):
            sheet.cell(row, 3).value = case
            sheet.cell(row, 4).value = f"Site {case}"
            sheet.cell(row, 5).value = dt.date(2024, 3, case)

    table, cells = read_one(tmp_path, a_book(S=fill), "book.xlsx")
    assert headers(table)[2:] == ["case", "customer", "due"]
    assert [row[2] for row in cells] == ["1", "2", "3"]
    assert lines_of(table, [1, 2, 3]) == {1: 6, 2: 7, 3: 9}
    assert said(table.left_out, "above the header").examples[0].line == 3


def test_each_sheet_is_a_table_and_empty_ones_are_not(tmp_path: Path) -> None:
    def other(sheet: Worksheet) -> None:
        sheet.append(["asset", "site"])
        sheet.append(["A-1", "Rom"])

    book = a_book(Cases=cases, Nothing=lambda sheet: None, Assets=other)
    reading, con = read(tmp_path, {"in.zip": a_zip({"book.xlsx": book})})
    assert [table.name for table in reading.tables] == [
        "in.zip/book.xlsx#Cases",
        "in.zip/book.xlsx#Assets",
    ]
    assert cells_of(reading.tables[1], con) == [["A-1", "Rom"]]
    assert [one.why for one in reading.files if one.state == "ignored"] == ["the sheet is empty"]
    assert lines_of(reading.tables[1], [1]) == {1: 2}


def test_a_workbook_under_a_wrong_name_is_still_a_workbook(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, {"cases.csv": a_book(Cases=cases)})
    assert [table.name for table in reading.tables] == ["cases.csv#Cases"]


def test_a_damaged_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    book = a_zip({"xl/workbook.xml": "<nonsense", "[Content_Types].xml": "<x/>"})
    reading, _ = read(tmp_path, {"bad.xlsx": book, "cut.xlsx": a_book(Cases=cases)[:-200]})
    assert len(reading.refused) == 2
    assert not reading.tables
    assert all(
        "Save it again" in one.what or "export it again" in one.what for one in reading.refused
    )


def test_a_word_document_is_not_a_table(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, {"letter.docx": a_zip({"word/document.xml": "<w/>"})})
    assert "is a document" in reading.refused[0].what


def test_a_cell_merged_over_rows_speaks_for_each_of_them(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Cases of Alma"])
        sheet.append(["case", "customer", "opened"])
        for number in range(1, 6):
            whose = {1: "Clinic Nord", 4: "Mill East"}.get(number)
            sheet.append([number, whose, at(2024, 3, number, 8)])
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B3:B5")
        sheet.merge_cells("B6:B7")

    table, cells = read_one(tmp_path, a_book(Cases=fill), "book.xlsx")
    whose = [row[1] for row in cells]
    assert whose == ["Clinic Nord"] * 3 + ["Mill East"] * 2
    merged = next(note for note in table.repaired if "merged" in note.what)
    assert (merged.count, merged.examples[0].line) == (3, 3)


def test_a_hidden_sheet_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    def old(sheet: Worksheet) -> None:
        cases(sheet)
        sheet.sheet_state = "hidden"

    reading, _ = read(tmp_path, {"book.xlsx": a_book(Cases=cases, Old=old)})
    assert [table.name for table in reading.tables] == ["book.xlsx#Cases"]
    assert "book.xlsx#Old: the sheet is hidden" in reading.refused[0].what
