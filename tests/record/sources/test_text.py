"""Any encoding, separator and line end comes back cell for cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.sources.folders_made import Cell, cells_of, headers, read_one, said
from wellkept.record.sources import delimited
from wellkept.record.sources.reading import lines_of, read_folder
from wellkept.record.sources.text import scan

NAMES = "Café Süß,Clínica Peñón,Bäckerei Höß,Hôtel Étoile,Ångström"
ROWS = [[str(n), name, f"{n}.5"] for n, name in enumerate(NAMES.split(",") * 4, 1)]
WESTERN = "case;kunde;stunden\n" + "".join(";".join(row) + "\n" for row in ROWS)


CODECS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "mac_roman": "mac_roman",
    "cp1252": "cp1252",
    "latin-1": "cp1252",
    "cp850": "cp850",
}
OF_THEIR_TIME = [  # lines that end in CR alone come from a Macintosh
    (codec, name, end)
    for codec, name in CODECS.items()
    for end in ("\n", "\r\n", "\r")
    if end != "\r" or codec.startswith(("utf", "mac"))
]


@pytest.mark.parametrize(("codec", "name", "end"), OF_THEIR_TIME)
def test_western_names_survive_every_encoding(
    tmp_path: Path, codec: str, name: str, end: str
) -> None:
    table, cells = read_one(tmp_path, WESTERN.replace("\n", end).encode(codec))
    assert table.encoding == name
    assert headers(table) == ["case", "kunde", "stunden"]
    assert cells == ROWS


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    table, _ = read_one(tmp_path, WESTERN.encode("cp1252"))
    assert said(table.repaired, "Windows-1252").count == 1


def test_cyrillic_is_told_from_western_text(tmp_path: Path) -> None:
    names = ["Москва завод", "Новосибирск", "Санкт-Петербург", "Екатеринбург", "Казань"]
    rows = [[str(n), name, "открыт"] for n, name in enumerate(names * 5, 1)]
    text = "id,город,состояние\n" + "".join(",".join(row) + "\n" for row in rows)
    table, cells = read_one(tmp_path, text.encode("cp1251"))
    assert (table.encoding, cells) == ("cp1251", rows)


def test_a_few_wrong_bytes_in_utf8_are_read_and_counted(tmp_path: Path) -> None:
    rows = [f"{n},Bäckerei Süß,open" for n in range(50)]
    content = ("id,customer,state\n" + "\n".join(rows) + "\n").encode() + b"99,Caf\xe9 Nord,open\n"
    table, cells = read_one(tmp_path, content)
    assert (table.encoding, cells[-1]) == ("utf-8", ["99", "Café Nord", "open"])
    assert cells[0] == ["0", "Bäckerei Süß", "open"]
    assert said(table.repaired, "not UTF-8 stood").count == 1


def test_nul_bytes_are_left_away_and_counted(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, b"id,name\n1,Cli\x00nic\n2,Nord\x00\n")
    assert cells == [["1", "Clinic"], ["2", "Nord"]]
    assert said(table.repaired, "NUL").count == 2


def test_the_separator_line_of_excel_is_obeyed_and_said(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, "sep=|\r\nid|name\r\n1|a,b;c\r\n")
    assert (table.separator, headers(table), cells) == ("|", ["id", "name"], [["1", "a,b;c"]])
    assert said(table.left_out, "above the header").examples[0].value == "sep=|"
    assert lines_of(table, [1]) == {1: 3}


def test_decimal_commas_do_not_look_like_separators(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, "a;b;c\n1,5;2,5;x\n3,5;4,5;y\n")
    assert (table.separator, cells) == (";", [["1,5", "2,5", "x"], ["3,5", "4,5", "y"]])


def test_commas_in_prose_do_not_outweigh_tabs(tmp_path: Path) -> None:
    text = "id\ttext\n1\tno, not yet, he said\n2\tyes, well, maybe\n3\tno\n"
    table, cells = read_one(tmp_path, text)
    assert (table.separator, cells[0]) == ("\t", ["1", "no, not yet, he said"])


def test_backslashes_before_quotes_are_understood(tmp_path: Path) -> None:
    text = 'id,size\n1,"17\\" screen"\n2,"say \\"hi\\", twice"\n'
    assert read_one(tmp_path, text)[1] == [["1", '17" screen'], ["2", 'say "hi", twice']]


def test_windows_paths_keep_their_backslashes(tmp_path: Path) -> None:
    text = 'id,path\n1,C:\\temp\\new\n2,"D:\\data, old\\"\n3,"E:\\x"\n'
    assert [row[1] for row in read_one(tmp_path, text)[1]] == [
        *("C:\\temp\\new", "D:\\data, old\\", "E:\\x"),
    ]


def test_single_quotes_around_cells_are_quotes(tmp_path: Path) -> None:
    text = "'id','name'\n'1','Nord, Clinic'\n'2','it''s'\n'3','x'\n"
    assert read_one(tmp_path, text)[1] == [["1", "Nord, Clinic"], ["2", "it's"], ["3", "x"]]


def test_blanks_before_quotes_belong_to_the_separator(tmp_path: Path) -> None:
    text = 'id, name, state\n1, "Nord, Clinic", open\n2, "Süd", closed\n'
    table, cells = read_one(tmp_path, text)
    assert (headers(table)[1], cells[0]) == ("name", ["1", "Nord, Clinic", "open"])


def test_columns_may_be_kept_apart_by_blanks(tmp_path: Path) -> None:
    lines = [f" {n:05d} 199701{n % 28 + 1:02d}  {n % 4} {n * 7 % 90:7.2f}" for n in range(40)]
    text = "\r\n".join([" id     date  cds  dollars", *lines]) + "\r\n"
    table, cells = read_one(tmp_path, text, "sales.txt")
    assert headers(table) == ["id", "date", "cds", "dollars"]
    assert (table.separator, cells[3]) == ("spaces", ["00003", "19970104", "3", "21.00"])


def test_columns_at_fixed_places_may_have_empty_cells(tmp_path: Path) -> None:
    text = (
        "case    customer         state\n"
        "1       Clinic Nord      open\n"
        "22      Bakery           \n"
        "333                      closed\n"
        "4       Hotel du Lac     open\n"
    )
    table, cells = read_one(tmp_path, text, "cases.txt")
    assert headers(table) == ["case", "customer", "state"]
    assert cells[1:3] == [["22", "Bakery", None], ["333", None, "closed"]]


def test_a_list_of_one_column_is_a_table_when_its_name_says_so(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, "serial\nA-1\nA-2\n", "serials.csv")
    assert (table.separator, headers(table), cells) == (None, ["serial"], [["A-1"], ["A-2"]])


def test_a_quote_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    rows = [f"{n},Site {n},fine" for n in range(20)]
    rows[5] = '5,"Site 5,broken'
    table, cells = read_one(tmp_path, "id,site,note\n" + "\n".join(rows) + "\n")
    assert len(cells) == 20
    assert cells[5] == ["5", '"Site 5', "broken"]
    assert said(table.repaired, "never closes").examples[0].line == 7


def test_two_unclosed_quotes_far_apart_swallow_nothing(tmp_path: Path) -> None:
    rows = [f"{n},Site {n},fine" for n in range(200)]
    rows[5], rows[150] = '5,"Site 5,x', '150,"Site 150,y'
    table, cells = read_one(tmp_path, "id,site,note\n" + "\n".join(rows) + "\n")
    assert [row[0] for row in cells] == [str(n) for n in range(200)]
    assert said(table.repaired, "never closes").count == 2


def test_a_quote_that_closes_far_below_swallows_nothing(tmp_path: Path) -> None:
    rows = [f"{n},Site {n},fine" for n in range(60)]
    rows[5], rows[50] = '5,"Site 5,x', '50,Site 50",y'
    _, cells = read_one(tmp_path, "id,site,note\n" + "\n".join(rows) + "\n")
    assert [row[0] for row in cells] == [str(n) for n in range(60)]
    assert cells[50] == ["50", 'Site 50"', "y"]


def test_inches_inside_a_quoted_cell_keep_their_mark(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, 'id,size,note\n1,"17" screen,"a, b"\n2,"x",y\n')
    assert cells == [["1", "17 screen", "a, b"], ["2", "x", "y"]]
    table, cells = read_one(tmp_path, 'id,size,note\n1,"17" screen,b\n2,"x",y\n')
    assert cells == [["1", '"17" screen', "b"], ["2", "x", "y"]]
    assert said(table.repaired, "middle of a cell").examples[0].line == 2


def test_cells_of_many_lines_stay_whole_and_keep_their_line(tmp_path: Path) -> None:
    text = 'id,note\n1,"first\nsecond, with comma\nthird"\n2,plain\n'
    table, cells = read_one(tmp_path, text)
    assert cells == [["1", "first\nsecond, with comma\nthird"], ["2", "plain"]]
    assert lines_of(table, [1, 2]) == {1: 2, 2: 5}


def test_a_lone_carriage_return_inside_a_cell_does_not_part_a_record(tmp_path: Path) -> None:
    text = "id,note,state\n" + "".join(f"{n},fine,open\n" for n in range(30)) + "30,one\rtwo,open\n"
    table, cells = read_one(tmp_path, text)
    assert (len(cells), cells[-1]) == (31, ["30", "one two", "open"])
    assert said(table.repaired, "carriage return").examples[0].line == 32


def test_mixed_line_ends_part_records_all_the_same(tmp_path: Path) -> None:
    text = "id,name\r\n1,a\n2,b\r\n3,c\r4,d\n" + "".join(f"{n},x\n" for n in range(5, 25))
    assert len(read_one(tmp_path, text)[1]) == 24


def test_a_very_long_cell_is_read_whole(tmp_path: Path) -> None:
    long = "x" * 3_000_000
    _, cells = read_one(tmp_path, f"id,log\n1,{long}\n2,short\n")
    assert [len(row[1] or "") for row in cells] == [3_000_000, 5]


def test_bytes_are_counted_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b'a,"b"\r\nc\n\rd\0\xc3\xa9\xff')
    seen = scan(path)
    counts = (seen.pairs, seen.line_feeds, seen.returns, seen.nuls, seen.quoted)
    assert counts == (1, 1, 1, 1, True)
    assert (seen.odd, seen.not_utf8, seen.utf8, seen.ascii) == (3, 1, False, False)


words = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\x00\r\ufeff", exclude_categories=("Cs", "Cc")
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and text != "")
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)


@given(
    rows=st.lists(st.tuples(words, lines, st.integers(0, 9999).map(str)), min_size=3, max_size=25),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    fast=st.booleans(),
)
def test_what_a_csv_writer_writes_comes_back_cell_for_cell(
    rows: list[tuple[str, str, str]],
    separator: str,
    end: str,
    codec: str,
    quoting: int,
    fast: bool,
) -> None:
    numbered = [[str(n), *row] for n, row in enumerate(rows, 1000)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]  # the stub wants a literal
    writer.writerows([["number", "name", "note", "count"], *numbered])
    before = delimited.FAST_FROM
    delimited.FAST_FROM = 0 if fast else before
    try:
        with TemporaryDirectory() as at:
            path = Path(at) / "cases.csv"
            path.write_bytes(out.getvalue().encode(codec))
            con = duckdb.connect()
            reading = read_folder(path, con)
            assert not reading.refused
            table = reading.tables[0]
            cells: list[list[Cell]] = cells_of(table, con)
            starts = lines_of(table, range(1, len(cells) + 1))
    finally:
        delimited.FAST_FROM = before
    assert cells == numbered
    if "\x85" not in out.getvalue():
        line = 2
        for at_row, row in enumerate(numbered, 1):
            assert starts[at_row] == line
            line += 1 + row[2].count("\n")
