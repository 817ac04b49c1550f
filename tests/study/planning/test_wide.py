"""Demand written wide: a column a month, a row a month, periods without dates."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from study.planning.folders import only, said
from wellkept.record.sources.plan_wide import month_of, wide_of
from wellkept.study.planning import run
from wellkept.study.planning.problem import Problem, gather
from wellkept.study.planning.reading import read_plan_folder

MONTHS = [f"{m:02}/2025" for m in range(1, 13)]
NOW = 1_800_000_000


def planned(path: Path) -> Problem:
    folder = read_plan_folder(path)
    return gather(folder, run.until_day(folder, None, NOW))


def day(text: str) -> float:
    return float(np.datetime64(text, "D").astype(np.int64))


def test_a_column_for_each_month_gives_a_request_for_each_cell(tmp_path: Path) -> None:
    rows = [
        "material;description;unit price;" + ";".join(MONTHS),
        "PS-7;pressure sensor;200;" + ";".join("010020000100"),
        "VS-20;vane set;300;" + ";".join("100000000000"),
    ]
    found = planned(only(tmp_path, {"usage.csv": "\n".join(rows)}))
    seen = found.past
    assert found.parts.numbers == ["PS-7", "VS-20"]
    assert sorted(zip(seen.part.tolist(), seen.pieces.tolist(), strict=True)) == [
        (0, 1.0), (0, 1.0), (0, 2.0), (1, 1.0),
    ]  # fmt: skip
    assert (seen.first_day, seen.until_day) == (day("2025-01-01"), day("2026-01-01"))
    assert found.supply.unit_cost.tolist() == [200, 300], "the same file is the list of parts"
    assert "demand by month" in said(found)


def test_a_row_for_each_month_is_turned_and_an_empty_cell_is_not_a_nought(tmp_path: Path) -> None:
    text = ["month," + ",".join(f"2102962{n}" for n in range(7, 10)) + ",A,B,C,D"]
    text += [f"2025-{m:02},{m % 3 == 0:d},{'' if m < 7 else 0},1,0,0,0,2" for m in range(1, 13)]
    found = planned(only(tmp_path, {"sales.csv": "\n".join(text)}))
    assert len(found.parts) == 7
    assert found.forecast.demands[:3].tolist() == [4, 0, 12]
    shut = [(part, first, last) for part, _, first, last in found.past.shut]
    assert shut == [(1, day("2025-01-01"), day("2025-07-01"))]


def test_periods_without_dates_are_months_up_to_where_the_recipe_ends(tmp_path: Path) -> None:
    head = "item," + ",".join(f"t{n}" for n in range(1, 13))
    files = {
        "auto.csv": "\n".join([head, "1,0,0,0,0,0,0,0,0,0,0,0,3", "2,1,0,0,0,0,0,0,0,0,0,0,0"])
    }
    found = planned(only(tmp_path, files, "until = 2026-01-01T00:00:00Z"))
    assert found.past.day.tolist() == [day("2025-01-15"), day("2025-12-15")]
    assert "do not say when they were" in said(found)


def test_what_is_no_number_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    rows = ["part," + ",".join(MONTHS), "PS-7," + "1," * 11 + "two", "VS-20," + "0," * 11 + "1"]
    told = said(planned(only(tmp_path, {"usage.csv": "\n".join(rows)})))
    assert "usage.csv:2 12/2025 two" in told


@pytest.mark.parametrize(
    ("text", "month"),
    [("Mär 24", date(2024, 3, 1)), ("2024.11", date(2024, 11, 1)),
     ("ottobre 2023", date(2023, 10, 1)), ("202402", date(2024, 2, 1)),
     ("2024-13", None), ("total", None), ("VS-20", None)],
)  # fmt: skip
def test_months_are_read_as_people_write_them(text: str, month: date | None) -> None:
    assert month_of(text) == (None if month is None else 12 * month.year + month.month - 1)


def test_a_table_with_few_months_or_uneven_ones_is_no_table_of_demand() -> None:
    assert wide_of(["part", *MONTHS[:4], "a", "b"], []) is None
    assert wide_of(["part", *MONTHS[:6], "03/2027"], []) is None
    assert wide_of(["customer name", *MONTHS], []) is None
