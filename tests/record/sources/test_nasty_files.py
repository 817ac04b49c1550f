"""Whatever lies in a folder gives tables or a sentence, never a stack trace."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from record.sources.folders_made import a_zip, cells_of
from wellkept.record.sources import bounds, delimited
from wellkept.record.sources.profile import profile
from wellkept.record.sources.reading import Reading, lines_of, read_folder

PLAIN = "case,customer,due\n" + "".join(f"{n},Clinic {n},2024-03-{n:02d}\n" for n in range(1, 29))


def a_book() -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in PLAIN.splitlines():
        book.active.append(row.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_parquet() -> bytes:
    with TemporaryDirectory() as at:
        path = Path(at) / "x.parquet"
        duckdb.execute(
            f"copy (select i as case, 'Clinic' as customer from range(9) r(i)) to '{path}'"
        )
        return path.read_bytes()


WHOLE = {
    "x.csv": PLAIN.encode(),
    "x.csv.gz": gzip.compress(PLAIN.encode()),
    "x.csv.bz2": bz2.compress(PLAIN.encode()),
    "x.zip": a_zip({"a.csv": PLAIN, "b.csv": PLAIN}),
    "x.xlsx": a_book(),
    "x.parquet": a_parquet(),
}


def taken_in(name: str, content: bytes) -> Reading:
    """Read a file, profile its tables and find lines: the whole way."""
    with TemporaryDirectory() as at:
        path = Path(at) / name
        path.write_bytes(content)
        con = duckdb.connect()
        reading = read_folder(path, con)
        for table in reading.tables:
            assert len(cells_of(table, con)) == table.rows
            assert len(profile(table, con)) == len(table.columns)
            assert lines_of(table, [1]) or not table.rows or table.left_out
        assert all(note.what for note in reading.refused)
        assert len(reading.files) >= 1
        return reading


@given(st.binary(max_size=400), st.sampled_from([*WHOLE, "x.txt", "x"]))
def test_any_bytes_give_tables_or_a_sentence(content: bytes, name: str) -> None:
    taken_in(name, content)


@given(
    st.lists(
        st.sampled_from([*'ab1,;|\t" \n\r\0', "\r\n", '""', "2024-01-01", "é", "\\", "'"]),
        max_size=60,
    ),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.booleans(),
)
def test_any_soup_of_separators_gives_a_table_or_a_sentence(
    parts: list[str], codec: str, fast: bool
) -> None:
    before = delimited.FAST_FROM
    delimited.FAST_FROM = 0 if fast else before
    try:
        taken_in("x.csv", "".join(parts).encode(codec))
    finally:
        delimited.FAST_FROM = before


@given(
    st.sampled_from(sorted(WHOLE)),
    st.floats(0, 1, exclude_max=True),
    st.binary(min_size=1, max_size=8),
    st.booleans(),
)
def test_files_that_were_damaged_on_the_way_give_tables_or_a_sentence(
    name: str, where: float, bytes_: bytes, cut: bool
) -> None:
    whole = WHOLE[name]
    at = int(where * len(whole))
    taken_in(name, whole[:at] if cut else whole[:at] + bytes_ + whole[at + len(bytes_) :])


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_same_files_undamaged_are_read(name: str) -> None:
    reading = taken_in(name, WHOLE[name])
    assert reading.tables
    assert not reading.refused


words = st.text(st.sampled_from("abcdef12345"), min_size=1, max_size=5)


@given(
    st.lists(st.lists(words, min_size=1, max_size=5), min_size=2, max_size=12),
    st.sampled_from(["", '"', '"x', "\n", "\r"]),
    st.integers(0, 11),
)
def test_no_word_is_lost_whatever_is_wrong_with_the_rows(
    rows: list[list[str]], wrong: str, where: int
) -> None:
    lines = [",".join(row) for row in rows]
    lines.insert(min(where, len(lines)), f"one,{wrong}two,three")
    with TemporaryDirectory() as at:
        path = Path(at) / "x.csv"
        path.write_bytes(("id,name,state\n" + "\n".join(lines) + "\n").encode())
        con = duckdb.connect()
        table = read_folder(path, con).tables[0]
        kept = " ".join(cell or "" for row in cells_of(table, con) for cell in row)
        kept += " ".join(column.header_as_found for column in table.columns)
        kept += " ".join(str(one.value) for note in table.left_out for one in note.examples)
    for word in {"one", "two", "three", *(word for row in rows for word in row)}:
        assert word in kept


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)
ROW = '<row r="{0}"><c r="{1}{0}" t="str"><v>x</v></c></row>'
FAR = SHEET.format(f"<sheetData>{ROW.format(1, 'A')}{ROW.format(1048576, 'XFD')}</sheetData>")
ENTITIES = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "a" * 10}">' for n in range(10)
)
REPEATED = (
    '<table:table-row table:number-rows-repeated="4000"><table:table-cell '
    'office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p>'
    "</table:table-cell></table:table-row>"
)


def a_book_of(sheet: str, *, sheets: int = 1) -> bytes:
    """Pack a workbook whose first sheet is what is given, whatever it does to its reader."""
    book = Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    made, out = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            first = one.filename == "xl/worksheets/sheet1.xml" and sheet
            new.writestr(one.filename, sheet if first else old.read(one))
    return out.getvalue()


def an_open_document(body: str) -> bytes:
    names = ["office", "table", "text"]
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    text = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return a_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                  "META-INF/manifest.xml": manifest, "content.xml": text})  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("far.xlsx", a_book_of(FAR), "2 cells that span 17,179,869,184 places"),
        ("entities.xlsx", a_book_of(f"{ENTITIES}]>{FAR.replace('>x<', '>&e9;<', 1)}"), "span"),
        ("sheets.xlsx", a_book_of("", sheets=101), "101 sheets, more than the 100"),
        ("repeated.ods", an_open_document(REPEATED), "more memory or time to open"),
        ("zeros.zip", a_zip({"a.csv": "0,0\n" * 2**16}), "more than 20 times its size"),
        ("zeros.csv.gz", gzip.compress(b"0,0\n" * 2**16), "more than 20 times its size"),
        ("zeros.xlsx", a_book_of(SHEET.format(" " * 2**18)), "more than 20 times its size"),
        ("line.csv", b"case,due\n" + b"a" * 2**17, "a line of more than 0 MB"),
        ("wide.csv", b"case,due\nT1,x\n" + b"a," * 2**15, "32,769 columns"),
        ("line16.csv", ("case,due\n" + "a" * 2**16).encode("utf-16-le"), "a line of more than 0"),
    ],
    ids=lambda one: one if isinstance(one, str) and "." in one else "",
)  # fmt: skip
def test_files_that_would_fill_the_machine_are_refused_with_a_sentence(
    name: str, content: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small ones of their kind, against bounds that are small: the ratio is what tells."""
    monkeypatch.setattr(bounds, "MUCH", 2**17)
    monkeypatch.setattr(bounds, "MOST_RATIO", 20)
    monkeypatch.setattr(bounds, "LONGEST_LINE", 2**16)
    monkeypatch.setattr(bounds, "PROBE_MB", 400)
    reading = taken_in(name, content)
    (refused,) = reading.refused
    assert says in refused.what and reading.tables == ()
    assert refused.what.startswith(name.removesuffix(".zip")) and refused.what.endswith(".")


def test_names_that_lead_out_of_an_archive_and_out_of_a_folder_lead_nowhere(
    tmp_path: Path,
) -> None:
    """Links, a pipe, and a member that would climb; what is beside them is read."""
    (tmp_path / "elsewhere").mkdir()
    secret = tmp_path / "elsewhere" / "secret.csv"
    secret.write_text(PLAIN)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "linked.csv").symlink_to(secret)
    (folder / "lost.csv").symlink_to(tmp_path / "nowhere")
    (folder / "all").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / "pipe.csv")
    (folder / "climbs.zip").write_bytes(a_zip({"../../climbed.csv": PLAIN, "/etc/x.csv": PLAIN}))
    (folder / "nul.csv").write_bytes(PLAIN.replace("Clinic 1,", "Cli\0nic 1,").encode())
    (folder / "wide.csv").write_bytes(PLAIN.replace("Clinic", "Klinik").encode("utf-16"))
    reading = read_folder(folder, duckdb.connect())
    said = {note.examples[0].file: note.what for note in reading.refused}
    assert sorted(said) == ["all", "linked.csv", "lost.csv", "pipe.csv"]
    assert "is a link" in said["all"] and "is a link" in said["lost.csv"]
    assert "a pipe or a device" in said["pipe.csv"]
    assert [one.rows for one in reading.tables] == [28] * len(reading.tables)
    assert len(reading.tables) == 4, "both members of the archive, and the two texts"
    assert not (tmp_path / "climbed.csv").exists()
    assert read_folder(folder / "linked.csv", duckdb.connect()).tables, "named by hand, it is meant"
