"""Where a table begins, what its columns are called, and which rows are no records."""

from __future__ import annotations

from pathlib import Path

from record.sources.folders_made import headers, read_one, said
from wellkept.record.sources.layout import layout_of
from wellkept.record.sources.reading import lines_of

ROWS = "1,Clinic Nord,2024-03-01\n2,Bakery,2024-03-02\n3,Hotel,2024-03-05\n"


def test_titles_above_the_header_are_left_out_and_shown(tmp_path: Path) -> None:
    text = "Open cases of Alma\nmade on 2024-03-09\n\ncase,customer,due\n" + ROWS
    table, cells = read_one(tmp_path, text)
    assert headers(table) == ["case", "customer", "due"]
    assert cells[0] == ["1", "Clinic Nord", "2024-03-01"]
    note = said(table.left_out, "above the header")
    assert [(one.line, one.value) for one in note.examples] == [
        (1, "Open cases of Alma"),
        (2, "made on 2024-03-09"),
    ]
    assert lines_of(table, [1, 3]) == {1: 5, 3: 7}


def test_titles_padded_with_separators_are_titles_too(tmp_path: Path) -> None:
    text = "Open cases,,\nRegion,North,\n,,\ncase,customer,due\n" + ROWS
    table, cells = read_one(tmp_path, text)
    assert headers(table) == ["case", "customer", "due"]
    assert len(cells) == 3


def test_a_file_without_a_header_says_so(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, ROWS)
    assert headers(table) == ["column 1", "column 2", "column 3"]
    assert len(cells) == 3
    assert said(table.repaired, "no line with the names").count == 1
    assert table.columns[0].header_as_found == ""


def test_a_header_of_numbers_over_small_counts_is_a_header(tmp_path: Path) -> None:
    parts = [str(21029627 + n) for n in range(30)]
    rows = "".join(
        f"1998-{n:02d}," + ",".join("012"[n % 3] for _ in parts) + "\n" for n in range(1, 12)
    )
    table, cells = read_one(tmp_path, "month," + ",".join(parts) + "\n" + rows)
    assert headers(table)[:2] == ["month", "21029627"]
    assert len(cells) == 11


def test_a_word_among_numbers_does_not_make_the_first_record_a_header(tmp_path: Path) -> None:
    text = "1,2024-01-01,N/A - from stock,5\n2,2024-01-02,7.5,6\n3,2024-01-03,8.5,7\n"
    text += "4,2024-01-04,9,8\n"
    table, cells = read_one(tmp_path, text)
    assert len(cells) == 4
    assert headers(table)[0] == "column 1"


def test_a_table_of_words_alone_has_a_header(tmp_path: Path) -> None:
    table, _ = read_one(tmp_path, "name,town\nAlma,Rom\nBruno,Bern\n")
    assert headers(table) == ["name", "town"]


def test_names_of_rows_before_the_header_get_a_column_of_their_own(tmp_path: Path) -> None:
    text = "customer,hours\n1,Clinic Nord,4\n2,Bakery,5\n3,Hotel,6\n"
    table, cells = read_one(tmp_path, text)
    assert headers(table) == ["column 1", "customer", "hours"]
    assert cells[0] == ["1", "Clinic Nord", "4"]


def test_a_separator_at_the_end_of_each_row_makes_no_column(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, "case,customer\n1,Nord,\n2,Süd,\n3,Ost,\n")
    assert (headers(table), cells[0]) == (["case", "customer"], ["1", "Nord"])
    assert not table.repaired


def test_double_and_empty_headers_are_told_apart_and_said(tmp_path: Path) -> None:
    text = "id,Category,,Category,Category (2)\n1,a,b,c,d\n2,e,f,g,h\n"
    table, _ = read_one(tmp_path, text)
    assert headers(table) == ["id", "Category", "column 3", "Category (3)", "Category (2)"]
    assert [column.header_as_found for column in table.columns][3] == "Category"
    double = said(table.repaired, "same name").examples[0]
    assert (double.column, double.value, double.became) == ("column 4", "Category", "Category (3)")
    assert said(table.repaired, "no name").examples[0].became == "column 3"


def test_line_breaks_and_blanks_in_a_header_are_tidied(tmp_path: Path) -> None:
    table, _ = read_one(tmp_path, '"Due\ndate", Customer  name \n2024-01-01,Nord\n2024-01-02,Süd\n')
    assert headers(table) == ["Due date", "Customer name"]
    assert table.columns[0].header_as_found == "Due\ndate"


def test_columns_without_name_and_value_at_the_end_are_not_there(tmp_path: Path) -> None:
    table, _ = read_one(tmp_path, "case,customer,,\n1,Nord,,\n2,Süd,,\n")
    assert headers(table) == ["case", "customer"]


def test_a_header_that_stands_again_is_left_out_and_said(tmp_path: Path) -> None:
    text = "case,customer,due\n1,Nord,2024-01-01\ncase,customer,due\n2,Süd,2024-01-02\n"
    table, cells = read_one(tmp_path, text)
    assert (table.rows, [row[0] for row in cells]) == (2, ["1", "2"])
    note = said(table.left_out, "again among the records")
    assert (note.count, note.examples[0].line) == (1, 3)


def test_totals_and_last_words_are_left_out_and_shown(tmp_path: Path) -> None:
    text = (
        "case,customer,hours,cost\n1,Nord,4,10\n2,Süd,5,20\n3,Total Energies,1,5\n"
        "Total,,10,35\n\n3 rows exported\n"
    )
    table, cells = read_one(tmp_path, text)
    assert [row[0] for row in cells] == ["1", "2", "3"]
    assert said(table.left_out, "totals").examples[0].value == "Total | 10 | 35"
    assert said(table.left_out, "line of text at the end").examples[0].value == "3 rows exported"


def test_a_customer_called_total_is_a_record(tmp_path: Path) -> None:
    text = "customer,site,state,note\nNord,a,open,x\nTotal Lubricants,b,open,y\n"
    table, _ = read_one(tmp_path, text)
    assert (table.rows, table.left_out) == (2, ())


def test_rows_of_empty_cells_are_left_out_and_counted(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, "case,customer,due\n1,Nord,x\n,,\n2,Süd,y\n,,\n,,\n")
    assert len(cells) == 2
    note = said(table.left_out, "only empty cells")
    assert (note.count, [one.line for one in note.examples]) == (3, [3, 5, 6])


def test_an_import_template_with_notes_above_is_understood(tmp_path: Path) -> None:
    text = (
        '"Data Import Template",,\n"Table:","Issue",\n,,\n"Notes:",,\n"Please do not change",,\n'
        '"Column Labels:","ID","Subject","Opening Date"\n'
        '"Column Name:","name","subject","opening_date"\n'
        '"Mandatory:","Yes","Yes","No"\n"Type:","Data","Data","Date"\n"Info:","","",""\n'
        '"Start entering data below this line",,,\n'
        '"","ISS-1","Pump leaks","2024-03-01"\n"","ISS-2","No steam","2024-03-02"\n'
    )
    table, cells = read_one(tmp_path, text)
    assert headers(table) == ["column 1", "ID", "Subject", "Opening Date"]
    assert cells[0] == [None, "ISS-1", "Pump leaks", "2024-03-01"]
    assert said(table.left_out, "above the header").count >= 8


def test_no_rows_at_all_have_no_layout() -> None:
    assert layout_of([]).header is None
    assert layout_of([[], [""]]).width == 1


def test_a_line_drawn_under_the_header_or_at_the_end_is_no_record(tmp_path: Path) -> None:
    drawn = "-" * 40
    text = f"case|customer|due\n{drawn}\n1|Nord|2024-01-01\n2|-----|2024-01-02\n{drawn}\n"
    table, cells = read_one(tmp_path, text)
    assert (table.rows, [row[0] for row in cells]) == (2, ["1", "2"])
    note = said(table.left_out, "A line of dashes")
    assert (note.count, note.examples[0].line) == (2, 2)


def test_a_line_drawn_between_bars_is_no_record(tmp_path: Path) -> None:
    drawn = f"|{'-' * 40}|"
    text = f"|case|customer|due|\n{drawn}\n|1|Nord|2024-01-01|\n|2|-----|2024-01-02|\n{drawn}\n"
    table, _ = read_one(tmp_path, text)
    assert (table.rows, said(table.left_out, "A line of dashes").count) == (2, 2)
