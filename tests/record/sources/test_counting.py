"""The independent count agrees with the parser, and finds where records begin."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.record.sources import counting
from wellkept.record.sources.counting import count_records

cells = st.text(st.sampled_from('ab," \n'), max_size=6)


@given(
    rows=st.lists(st.lists(cells, min_size=2, max_size=3), min_size=1, max_size=12),
    step=st.integers(1, 20),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_records_and_their_lines_are_found_whatever_the_chunks(
    rows: list[list[str]], step: int, end: str, last: bool
) -> None:
    out = io.StringIO()
    starts, line = [], 1
    for row in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerow(row)
        starts.append(line)
        line += text.getvalue().count("\n")
        out.write(text.getvalue())
    written = out.getvalue() if last else out.getvalue().removesuffix(end)
    before = counting.STEP
    counting.STEP = step
    try:
        with TemporaryDirectory() as at:
            path = Path(at) / "x.csv"
            path.write_bytes(written.encode())
            counted = count_records(path, '"', range(1, len(rows) + 1))
    finally:
        counting.STEP = before
    assert (counted.records, counted.blank, counted.lines) == (len(rows), 0, line - 1)
    assert [counted.starts[number] for number in range(1, len(rows) + 1)] == starts
    assert counted.straight == (line - 1 == len(rows))


@pytest.mark.parametrize("step", [1, 2, 3, 5, 100])
def test_blank_lines_are_no_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(counting, "STEP", step)
    path = tmp_path / "x.csv"
    path.write_bytes(b"a\r\n\r\n\r\nb\n\nc\r\n\r\n")
    counted = count_records(path, '"', [1, 2, 3, 4])
    assert (counted.records, counted.blank, counted.lines) == (3, 4, 7)
    assert counted.starts == {1: 1, 2: 4, 3: 6}
