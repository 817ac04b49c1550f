"""What a column looks like: counted over all rows, judged on values from the whole file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from record.sources.folders_made import a_folder, read
from wellkept.record.sources import sampling
from wellkept.record.sources.profile import ColumnProfile, profile
from wellkept.record.sources.reading import read_folder

STATES = ["New", "Active", "Resolved", "Closed", "?"]


def events(cases: int) -> str:
    """Five events for each case; its customer never changes, its state always does."""
    lines = ["case,customer,state,at,resolved,hours,note"]
    for case in range(cases):
        for step, state in enumerate(STATES):
            at = f"{case % 28 + 1}/{case % 12 + 1}/2024 {step:02d}:{case % 60:02d}"
            resolved = f"{case % 28 + 1}/{case % 12 + 1}/2024 02:{case % 60:02d}"
            note = "n/a" if step else f"text {case}"
            lines.append(f"C{case},Site {case % 40},{state},{at},{resolved},{step}.5,{note}")
    return "\n".join(lines) + "\n"


def profiled(at: Path, text: str) -> dict[str, ColumnProfile]:
    reading, con = read(at, {"events.csv": text})
    return {one.header: one for one in profile(reading.tables[0], con)}


@pytest.mark.parametrize("row_by_row", [True, False])
def test_counts_are_of_all_rows_whichever_way_they_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row_by_row: bool
) -> None:
    if not row_by_row:
        monkeypatch.setattr(sampling, "EVERY_ROW", 100)
        monkeypatch.setattr(sampling, "ENDS", 60)
    columns = profiled(tmp_path, events(900))
    assert {name: one.blank for name, one in columns.items()} == {
        **{"case": 0, "customer": 0, "state": 900, "at": 0, "resolved": 0, "hours": 0},
        "note": 3600,
    }
    assert (columns["customer"].distinct, columns["state"].distinct) == (40, 4)
    assert columns["case"].distinct == pytest.approx(900, rel=0.1)
    assert columns["state"].top[0] == ("Active", 900)
    assert [count for _, count in columns["state"].top] == [900] * 4
    assert {count for _, count in columns["case"].top} <= {5}
    assert all(one.rows == 4500 for one in columns.values())


def test_columns_that_belong_to_the_case_are_told_from_those_of_the_event(tmp_path: Path) -> None:
    columns = profiled(tmp_path, events(300))
    constant = {name for name, one in columns.items() if "c0" in one.constant_within}
    assert constant == {"customer", "resolved"}


def test_a_column_that_is_sometimes_empty_is_not_constant(tmp_path: Path) -> None:
    rows = "".join(f"C{n // 2},{'x' if n % 2 else ''},y\n" for n in range(200))
    columns = profiled(tmp_path, "case,part,site\n" + rows)
    assert not columns["part"].constant_within
    assert "c0" in columns["site"].constant_within


def test_moments_have_their_first_and_last(tmp_path: Path) -> None:
    columns = profiled(tmp_path, events(300))
    assert columns["at"].first == "2024-01-01T00:00:00+00:00"
    assert columns["at"].last is not None
    assert columns["at"].last.startswith("2024-12-")
    assert columns["customer"].first is None


def test_iso_texts_have_the_same_first_and_last_as_if_they_were_read(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-{n % 12 + 1:02d}-{n % 28 + 1:02d} 08:0{n % 10}\n" for n in range(90))
    columns = profiled(tmp_path, "case,at\n" + rows + "91,n/a\n92,later\n")
    assert columns["at"].first == "2024-01-01T08:00:00+00:00"
    assert columns["at"].last == "2024-12-28T08:03:00+00:00"  # not "later"


def test_the_order_of_day_and_month_is_sought_in_all_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "EVERY_ROW", 50)
    monkeypatch.setattr(sampling, "ENDS", 20)
    monkeypatch.setattr(sampling, "BLOCKS", 1)
    monkeypatch.setattr(sampling, "BLOCK", 5)
    rows = [f"{n},{n % 12 + 1}/{n % 11 + 1}/2024" for n in range(1000)]
    rows[700] = "700,3/25/2024"
    columns = profiled(tmp_path, "case,due\n" + "\n".join(rows) + "\n")
    assert (columns["due"].moments.ambiguous, columns["due"].moments.day_first) == (False, False)


def test_a_sibling_column_settles_the_order_within_a_table(tmp_path: Path) -> None:
    rows = "".join(f"{n},{n % 12 + 1}/{n % 11 + 1}/2024,2/{n % 28 + 1}/2024\n" for n in range(60))
    columns = profiled(tmp_path, "case,due,opened\n" + rows)
    assert columns["due"].moments.formats[0].pattern == "%m/%d/%Y"
    assert "opened" in (columns["due"].moments.ambiguity or "")
    assert not columns["due"].moments.ambiguous


def test_the_sample_is_spread_over_the_file_and_never_blank(tmp_path: Path) -> None:
    rows = "".join(f"{n},note {n}\n" for n in range(9000))
    sample = profiled(tmp_path, "case,note\n" + rows + "9001,?\n")["note"].sample
    assert len(sample) <= 500
    assert {"note 0", "note 8999"} <= set(sample)
    early = [int(value.split()[1]) for value in sample[:200]]
    assert max(early) > 8000
    assert "?" not in sample


def test_native_types_need_no_guessing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {})
    folder.mkdir()
    con = duckdb.connect()
    con.execute(
        "copy (select i as id, timestamp '2024-03-01 08:00' + to_hours(i) as at, "
        "timestamp '2024-03-01' + to_days(i::int) as midnight, date '2024-03-01' + i::int as day, "
        "i % 2 = 0 as kept, timestamptz '2024-03-01 00:00:00+02' + to_hours(i) as carried "
        f"from range(50) r(i)) to '{folder / 'x.parquet'}'"
    )
    columns = {one.header: one for one in profile(read_folder(folder, con).tables[0], con)}
    forms = {
        name: [(f.pattern, f.precision, f.zone) for f in one.moments.formats]
        for name, one in columns.items()
    }
    assert forms["at"] == [("native", "moment", None)]
    assert forms["midnight"] == forms["day"] == [("native", "day", None)]
    assert forms["carried"] == [("native", "moment", "+00:00")]
    assert (columns["id"].numbers.share, columns["id"].numbers.whole) == (1.0, True)
    assert columns["kept"].yes_no == 1.0
    assert columns["carried"].first == "2024-02-29T22:00:00+00:00"


def test_an_empty_table_has_profiles_of_nothing(tmp_path: Path) -> None:
    columns = profiled(tmp_path, "case,due\n")
    assert [(one.rows, one.blank, one.distinct, one.sample) for one in columns.values()] == [
        (0, 0, 0, ()),
        (0, 0, 0, ()),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Menge;Preis\n1,000;10,50\n2,000;3,25\n", 2.0),
        ("Menge;Teil\n1,000;A\n2,000;B\n", 2.0),
        ('qty,price\n"1,000",10.50\n"2,000",3.25\n', 2000.0),
        ('qty,part\n"1,000",A\n"2,000",B\n', 2000.0),
        ("Menge;Preis\n1.000;10,50\n2.000;3,25\n", 2000.0),
    ],
    ids=["beside decimals", "between semicolons", "beside points", "alone", "points of thousands"],
)
def test_a_thousand_or_a_one_with_decimals_is_told_by_the_other_columns(
    tmp_path: Path, text: str, read: float
) -> None:
    """SAP writes one piece as 1,000."""
    assert next(iter(profiled(tmp_path, text).values())).numbers.high == read
