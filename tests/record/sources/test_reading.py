"""A folder comes in as tables; what cannot be read is said, and the rest goes on."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import lzma
from pathlib import Path

import duckdb
import pytest

from record.sources.folders_made import a_folder, a_zip, cells_of, headers, read, read_one, said
from wellkept.record.sources import delimited
from wellkept.record.sources.counting import count_records
from wellkept.record.sources.reading import Unreadable, lines_of, read_folder

CASES = "case,customer,due\n1,Clinic Nord,2024-03-01\n2,Bäckerei Süß,2024-03-02\n"
BIG = [[str(n), f"Site {n % 7}", f"2024-0{n % 9 + 1}-01", "x" * 20] for n in range(3000)]


def as_csv(rows: list[list[str]], header: str = "case,site,due,note") -> str:
    return "\n".join([header, *(",".join(row) for row in rows)]) + "\n"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast way is taken from the first byte on."""
    monkeypatch.setattr(delimited, "FAST_FROM", 0)


def test_a_folder_gives_its_tables_and_says_what_became_of_every_other_file(tmp_path: Path) -> None:
    reading, _ = read(
        tmp_path,
        {
            "cases.csv": CASES,
            "old/cases.tsv": CASES.replace(",", "\t"),
            "README.md": "# about",
            ".hidden.csv": CASES,
            "wellkept.toml": "[zone]",
            "notes.txt": "We called them twice.\nThey were not amused, to say the least.\n\nAlma\n",
            "report.pdf": b"%PDF-1.7 ...",
            "tickets.json": '[{"id": 1}]',
            "empty.csv": "",
        },
    )
    assert [(one.name, one.rows, one.format) for one in reading.tables] == [
        ("cases.csv", 2, "csv"),
        ("old/cases.tsv", 2, "tsv"),
    ]
    states = {one.name: one.state for one in reading.files}
    assert states == {
        "cases.csv": "read",
        "old/cases.tsv": "read",
        "README.md": "ignored",
        ".hidden.csv": "ignored",
        "wellkept.toml": "ignored",
        "notes.txt": "ignored",
        "report.pdf": "refused",
        "tickets.json": "refused",
        "empty.csv": "refused",
    }
    sentences = " ".join(note.what for note in reading.refused)
    assert "report.pdf is a PDF document" in sentences
    assert "tickets.json is a JSON file" in sentences
    assert "empty.csv is empty" in sentences


def test_one_file_may_be_given_instead_of_a_folder(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"cases.csv": CASES})
    reading = read_folder(folder / "cases.csv", duckdb.connect())
    assert [table.name for table in reading.tables] == ["cases.csv"]


def test_a_folder_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="There is no folder or file"):
        read_folder(tmp_path / "nowhere", duckdb.connect())


def test_only_the_files_asked_for_are_read(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path, {"a.csv": CASES, "b.csv": CASES, "c.zip": a_zip({"d.csv": CASES, "e.csv": CASES})}
    )
    reading = read_folder(
        folder, duckdb.connect(), only=lambda name: name.endswith(("b.csv", "e.csv"))
    )
    assert [table.name for table in reading.tables] == ["b.csv", "c.zip/e.csv"]


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    reading, con = read(
        tmp_path,
        {
            "zip.csv": a_zip({"inner.csv": CASES}),
            "gzip.csv": gzip.compress(CASES.encode()),
            "text.xlsx": CASES,
            "page.xls": "<html><table><tr><td>1</td></tr></table></html>",
        },
    )
    assert [table.name for table in reading.tables] == [
        "gzip.csv",
        "text.xlsx",
        "zip.csv/inner.csv",
    ]
    assert all(len(cells_of(table, con)) == 2 for table in reading.tables)
    assert "web page" in reading.refused[0].what


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_read(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    table, cells = read_one(tmp_path, pack(CASES.encode()), "cases.csv.packed")
    assert cells[1] == ["2", "Bäckerei Süß", "2024-03-02"]
    assert lines_of(table, [2]) == {2: 3}


def test_archives_inside_archives_are_opened_but_not_without_end(tmp_path: Path) -> None:
    inner = a_zip({"cases.csv": CASES})
    two = a_zip({"in.zip": inner})
    deep = a_zip({"d.zip": a_zip({"c.zip": a_zip({"b.zip": two})})})
    reading, _ = read(tmp_path, {"two.zip": two, "deep.zip": deep})
    assert [table.name for table in reading.tables] == ["two.zip/in.zip/cases.csv"]
    assert "archive inside archives" in reading.refused[0].what


def test_a_name_that_climbs_out_of_an_archive_writes_nothing_outside(tmp_path: Path) -> None:
    before = set(tmp_path.parent.iterdir())
    reading, con = read(tmp_path, {"evil.zip": a_zip({"../../../evil.csv": CASES})})
    assert len(cells_of(reading.tables[0], con)) == 2
    assert set(tmp_path.parent.iterdir()) == before
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["evil.zip", "export"]


def test_an_archive_that_unpacks_without_end_is_stopped_and_named(tmp_path: Path) -> None:
    bomb = a_zip({"bomb.csv": "a,b\n" + "1,2\n" * 500_000, "cases.csv": CASES})
    folder = a_folder(tmp_path, {"bomb.zip": bomb, "good.csv": CASES})
    reading = read_folder(folder, duckdb.connect(), most_bytes=1_000_000)
    assert [table.name for table in reading.tables] == ["good.csv"]
    assert "bomb.zip/bomb.csv unpacks to more than 977 kB" in reading.refused[0].what


def test_a_damaged_archive_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    packed = gzip.compress(CASES.encode() * 100)
    zipped = bytearray(a_zip({"cases.csv": CASES * 50}))
    zipped[60] ^= 0xFF
    reading, _ = read(
        tmp_path, {"cut.csv.gz": packed[:-20], "bad.zip": bytes(zipped), "good.csv": CASES}
    )
    assert [table.name for table in reading.tables] == ["good.csv"]
    assert all("damaged or cut short" in note.what for note in reading.refused)
    assert len(reading.refused) == 2


def test_a_locked_archive_says_that_it_is_locked(tmp_path: Path) -> None:
    packed = bytearray(a_zip({"cases.csv": CASES}))
    packed[6] |= 1  # the flag in the local header
    packed[packed.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    reading, _ = read(tmp_path, {"locked.zip": bytes(packed)})
    assert "locked with a password" in reading.refused[0].what


def test_nothing_is_left_behind_by_a_file_that_fails(tmp_path: Path) -> None:
    reading, con = read(
        tmp_path, {"bad.parquet": b"PAR1 not really PAR1", "bad.xlsx": b"\xd0\xcf\x11\xe0 no"}
    )
    assert not reading.tables
    assert len(reading.refused) == 2
    assert con.execute("select count(*) from information_schema.tables").fetchone() == (0,)


def test_two_folders_can_be_read_into_the_same_place(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"cases.csv": CASES})
    con = duckdb.connect()
    first, second = read_folder(folder, con), read_folder(folder, con)
    assert first.tables[0].relation != second.tables[0].relation


def test_large_files_take_the_fast_way_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = as_csv([[*row[:3], f'"say ""hi"", {row[0]}\nagain"'] for row in BIG])
    monkeypatch.setattr(delimited, "FAST_FROM", len(text) + 1)
    careful, slow = read_one(tmp_path, text)
    monkeypatch.setattr(delimited, "FAST_FROM", len(text))
    fast, quick = read_one(tmp_path, text)
    assert (careful.origin.counted, fast.origin.counted) == (False, True)
    assert quick == slow
    assert len(quick) == 3000
    wanted = [1, 2, 1500, 3000]
    assert (
        lines_of(fast, wanted) == lines_of(careful, wanted) == {1: 2, 2: 4, 1500: 3000, 3000: 6000}
    )


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "utf-16", "utf-8-sig"])
def test_large_files_in_other_encodings_take_the_fast_way_too(tmp_path: Path, codec: str) -> None:
    rows = [[*row[:3], f"Bäckerei Süß, Café {row[0]}\nNord"] for row in BIG[:400]]
    text = as_csv([[*row[:3], f'"{row[3]}"'] for row in rows])
    table, cells = read_one(tmp_path, text.encode(codec))
    assert cells == rows
    assert table.encoding == codec.removesuffix("-sig")
    assert table.origin.counted == (codec != "utf-16")
    assert lines_of(table, [1, 2, 400]) == {1: 2, 2: 4, 400: 800}


@pytest.mark.usefixtures("quick")
def test_the_fast_way_is_not_believed_when_the_count_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = count_records

    def one_more(path: Path, quote: str | None) -> object:
        counted = real(path, quote)
        counted.records += 1
        return counted

    monkeypatch.setattr(delimited, "count_records", one_more)
    table, cells = read_one(tmp_path, as_csv(BIG))
    assert not table.origin.counted
    assert cells == BIG


@pytest.mark.usefixtures("quick")
def test_one_ragged_row_in_a_large_file_loses_nothing(tmp_path: Path) -> None:
    rows = [*BIG[:2000], ["short", "row"], ["long", "row", "2024-01-01", "x", "more", "and more"]]
    table, cells = read_one(tmp_path, as_csv(rows))
    assert cells[2000] == ["short", "row", None, None, None, None]
    assert cells[2001] == ["long", "row", "2024-01-01", "x", "more", "and more"]
    assert headers(table)[4:] == ["column 5", "column 6"]
    short, long = said(table.repaired, "fewer cells"), said(table.repaired, "more cells")
    assert (short.examples[0].file, short.examples[0].line) == ("cases.csv", 2002)
    assert (long.examples[0].line, long.examples[0].value) == (2003, "more | and more")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_gives_the_same_cells(tmp_path: Path, end: str) -> None:
    _, cells = read_one(tmp_path, as_csv(BIG).replace("\n", end))
    assert cells == BIG


@pytest.mark.usefixtures("quick")
def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    text = as_csv(BIG).replace("\n7,", "\n\n\n7,")
    table, cells = read_one(tmp_path, text)
    assert cells == BIG
    assert said(table.repaired, "Blank lines").count == 2
    assert lines_of(table, [7, 8, 9]) == {7: 8, 8: 11, 9: 12}


def test_a_file_of_the_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    table, cells = read_one(tmp_path, "case,customer,due\n")
    assert (headers(table), cells, table.rows) == (["case", "customer", "due"], [], 0)


def test_parquet_keeps_its_types_and_is_not_copied(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {})
    folder.mkdir()
    con = duckdb.connect()
    con.execute(
        "copy (select 7 as id, 'Clinic Nord' as customer, timestamp '2024-03-01 08:00' as due, "
        "date '2024-03-01' as day, true as kept, [1, 2] as parts, 1.5::decimal(9,2) as cost) "
        f"to '{folder / 'cases.parquet'}'"
    )
    table = read_folder(folder, con).tables[0]
    assert [column.stored for column in table.columns] == [
        *("number", "text", "moment", "day", "boolean", "text", "number"),
    ]
    assert con.execute(f"select row, c1, c2, c5 from {table.relation}").fetchall() == [
        (1, "Clinic Nord", dt.datetime(2024, 3, 1, 8, 0), "[1, 2]"),  # noqa: DTZ001  (as stored)
    ]
    kind = "select table_type from information_schema.tables where table_name = ?"
    assert con.execute(kind, [table.relation]).fetchone() == ("VIEW",)
    assert lines_of(table, [1]) == {1: 1}


def test_parquet_inside_an_archive_outlives_the_unpacking(tmp_path: Path) -> None:
    con = duckdb.connect()
    con.execute(f"copy (select 7 as id) to '{tmp_path / 'x.parquet'}'")
    packed = a_zip({"x.parquet": (tmp_path / "x.parquet").read_bytes()})
    table = read_folder(a_folder(tmp_path, {"x.zip": packed}), con).tables[0]
    assert con.execute(f"select row, c0 from {table.relation}").fetchall() == [(1, 7)]


def test_a_table_of_thousands_of_columns_is_read_in_little_memory(tmp_path: Path) -> None:
    columns = [f"part {n}" for n in range(2_700)]
    lines = [",".join(columns)] + [",".join(["1"] * len(columns)) for _ in range(51)]
    (tmp_path / "wide.csv").write_text("\n".join(lines) + "\n")
    with duckdb.connect(config={"memory_limit": "430MB", "threads": "2"}) as con:
        (table,) = read_folder(tmp_path, con).tables
    assert (table.rows, len(table.columns)) == (51, len(columns))
