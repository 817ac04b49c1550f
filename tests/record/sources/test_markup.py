"""A web page or an XML spreadsheet under the name of a workbook, as ticket systems write it."""

from pathlib import Path

from record.sources.folders_made import cells_of, read, read_one
from wellkept.record.sources.reading import lines_of

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<style>td {{ mso-number-format: "\\@"; }}</style><title>Incidents</title></head><body>
<table border=1>
<tr><th>Number</th><th>Caller</th><th>Opened</th></tr>
<tr><td>INC0001</td><td>Bäckerei Süß &amp; Co<br>Werk 2</td><td>2024-03-01 08:00:00</td></tr>

<tr><td>INC0002</td><td>Clinic&nbsp;Nord</td><td>2024-03-02 09:00:00</td></tr>
</table></body></html>"""
WAITING = "<table><tr><td>Sign in</td></tr><tr><td><input name=user></td></tr></table>"


def test_a_page_under_the_name_of_a_workbook_is_read_as_its_table(tmp_path: Path) -> None:
    page = PAGE.format(charset="windows-1252").encode("windows-1252")
    table, cells = read_one(tmp_path, page, "incident.xls")
    assert [column.header for column in table.columns] == ["Number", "Caller", "Opened"]
    assert cells == [
        ["INC0001", "Bäckerei Süß & Co Werk 2", "2024-03-01 08:00:00"],
        ["INC0002", "Clinic Nord", "2024-03-02 09:00:00"],
    ]
    assert (table.format, table.name, table.encoding) == ("html", "incident.xls", "cp1252")
    assert lines_of(table, [1, 2]) == {1: 6, 2: 8}


def test_a_page_in_utf8_that_says_otherwise_is_read_as_what_it_is(tmp_path: Path) -> None:
    _, cells = read_one(tmp_path, PAGE.format(charset="iso-8859-1").encode(), "incident.xls")
    assert cells[0][1] == "Bäckerei Süß & Co Werk 2"


def test_cells_that_span_keep_the_columns_in_their_places(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>Key<td>Owner<td>Due</tr>"
        "<tr><td rowspan=2>A-1<td>Alma<td>2024-03-01</tr><tr><td>Bruno<td>2024-03-02</tr>"
        "<tr><td>A-2<td colspan=2>nobody</tr></table>"
    )
    _, cells = read_one(tmp_path, page, "jira.xls")
    assert cells == [
        ["A-1", "Alma", "2024-03-01"],
        ["A-1", "Bruno", "2024-03-02"],
        ["A-2", "nobody", None],
    ]


def test_a_table_inside_a_table_of_layout_stands_for_itself(tmp_path: Path) -> None:
    inner = "<table><tr><th>Key<th>Status</tr><tr><td>A-1<td>Open</tr></table>"
    page = f"<table><tr><td><h1>Issues</h1></td></tr><tr><td>{inner}</td></tr></table>"
    table, cells = read_one(tmp_path, page, "jira.xls")
    assert [column.header for column in table.columns] == ["Key", "Status"]
    assert cells == [["A-1", "Open"]]


def test_several_tables_of_one_page_are_several_tables(tmp_path: Path) -> None:
    one = "<table><tr><th>Key<th>Status</tr><tr><td>A-1<td>Open</tr></table>"
    reading, _ = read(tmp_path, {"two.xls": one + one.replace("A-1", "A-2")})
    assert [table.name for table in reading.tables] == ["two.xls#1", "two.xls#2"]
    assert lines_of(reading.tables[1], [1]) == {1: 1}


def test_an_xml_spreadsheet_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    book = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Orders"><Table>
<Row><Cell><Data ss:Type="String">Order</Data></Cell><Cell><Data ss:Type="String">Due</Data></Cell>
<Cell><Data ss:Type="String">Plant</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">4711</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-03-01T06:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">4712</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Ost</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
    table, cells = read_one(tmp_path, book, "sap.xls")
    assert [column.header for column in table.columns] == ["Order", "Due", "Plant"]
    assert cells == [["4711", "2024-03-01T06:00:00", None], ["4712", None, "Ost"]]


def test_a_page_without_records_and_a_page_by_its_own_name_are_refused_in_a_sentence(
    tmp_path: Path,
) -> None:
    """A sign-in page is no export; a report in the folder is something to look at."""
    page = PAGE.format(charset="utf-8")
    files = {"sla.xls": WAITING, "report.html": page, "web.xls": "MIME-Version: 1.0\n" + page}
    reading, con = read(tmp_path, {**files, "cases.csv": "Key,Status\nA-1,Open\n"})
    said = {note.examples[0].file: note.what for note in reading.refused}
    assert "if it asks to sign in" in said["sla.xls"]
    assert "report.html is a web page" in said["report.html"]
    assert "web archive" in said["web.xls"]
    assert [len(cells_of(table, con)) for table in reading.tables] == [1]
