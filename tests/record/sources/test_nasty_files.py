"""Whatever lies in a folder gives tables or a sentence, never a stack trace."""

from __future__ import annotations

import bz2
import gzip
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from record.sources.folders_made import a_zip, cells_of
from wellkept.record.sources import delimited
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
