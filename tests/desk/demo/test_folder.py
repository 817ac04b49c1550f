"""The folder: what is written, how, and that the same seed and Monday write the same again."""

import csv
import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from desk.demo.conftest import MONDAY, SEED, Demo
from house import ROOT
from wellkept.desk.demo.folder import truth_file, write_demo
from wellkept.desk.demo.recipe import RECIPE_NAME
from wellkept.desk.demo.writing import EXPORTS

FORMS = {export.name: export for export in EXPORTS}


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read one file as its system meant it."""
    form = FORMS[name]
    with (folder / name).open(encoding=form.encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=form.separator))


def test_the_same_monday_and_seed_write_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    again = tmp_path / demo.folder.name
    write_demo(again, monday=MONDAY, seed=SEED)
    for path in sorted(demo.folder.iterdir()):
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
    assert truth_file(again).read_bytes() == truth_file(demo.folder).read_bytes()


def test_another_seed_tells_the_same_story_of_other_cases(demo: Demo, tmp_path: Path) -> None:
    other = write_demo(tmp_path / "other", monday=date(2025, 3, 31), seed=8)
    assert other.kept != demo.truth.kept
    assert 0.83 < other.kept.share < 0.89
    assert other.kept.by_current / other.kept.due > 0.94
    assert other.worst[0].customer == "Clinic Nord"
    assert other.ownerless["North"].share > 5 * other.ownerless["West"].share


def test_a_day_that_is_no_monday_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2026-11-17 is not a Monday"):
        write_demo(tmp_path / "demo", monday=date(2026, 11, 17))
    assert not (tmp_path / "demo").exists()


def test_the_folder_holds_the_exports_and_the_recipe_and_nothing_else(demo: Demo) -> None:
    names = {path.name for path in demo.folder.iterdir()}
    assert names == {*FORMS, RECIPE_NAME}


def test_the_truth_lies_beside_the_folder_where_no_measure_reads(demo: Demo) -> None:
    file = truth_file(demo.folder)
    assert file.parent == demo.folder.parent
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(
        json.dumps(asdict(demo.truth))
    )


def test_every_row_has_as_many_cells_as_its_header(demo: Demo) -> None:
    for name, form in FORMS.items():
        with (demo.folder / name).open(encoding=form.encoding, newline="") as file:
            widths = Counter(map(len, csv.reader(file, delimiter=form.separator)))
        assert list(widths) == [len(form.header.split(", "))], name


def test_the_files_are_as_many_and_as_different_as_a_real_company_s(demo: Demo) -> None:
    separators = {form.separator for form in FORMS.values()}
    assert separators == {",", ";", "\t"}
    assert {form.line_end for form in FORMS.values()} == {"\n", "\r\n"}
    assert (demo.folder / "customers.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in (demo.folder / "assets.csv").read_bytes()
    assert rows(demo.folder, "cases.csv")[0]["reported at"].endswith("Z")
    assert rows(demo.folder, "downtimes.tsv")[0]["out of service"][-6] in "+-"
    assert date(2023, 1, 1) < day(rows(demo.folder, "maintenance_plan.csv")[0]["first due"])


def day(text: str) -> date:
    """Read a day as the planners write it."""
    number, month, year = map(int, text.split("/"))
    return date(year, month, number)


def test_the_files_hold_as_many_rows_as_the_truth_counts(demo: Demo) -> None:
    counts, twice = demo.truth.counts, 1
    written = {name: len(rows(demo.folder, name)) for name in FORMS}
    assert written["customers.csv"] == counts["customers"]
    assert written["sites.csv"] == counts["sites"]
    assert written["assets.csv"] == counts["assets"]
    assert written["cases.csv"] == counts["cases"]
    assert written["case_events.csv"] == counts["events"]
    assert written["downtimes.tsv"] == counts["downtimes"]
    assert written["maintenance_plan.csv"] == counts["maintenance promises"]
    promises = written["promises.csv"] + written["maintenance_plan.csv"] - twice
    assert promises == counts["promises"]
    assert written["promise_moves.csv"] + written["maintenance_moves.csv"] == demo.truth.moves.moves


def test_the_company_is_large_enough_to_hide_things_in(demo: Demo) -> None:
    counts = demo.truth.counts
    assert counts["customers"] >= 40
    assert counts["sites"] >= 120
    assert counts["zones"] == 3
    assert counts["assets"] >= 800
    assert counts["assets, software"] > 100
    assert counts["assets, component"] > 400
    assert counts["cases"] >= 6_000
    assert counts["events"] >= 30_000
    assert counts["promises"] >= 15_000


def test_the_blemishes_stand_where_the_truth_says(demo: Demo) -> None:
    found = demo.truth.blemishes
    promises = Counter(row["promise id"] for row in rows(demo.folder, "promises.csv"))
    assert [number for number, times in promises.items() if times > 1] == found[
        "promise whose row stands twice"
    ]
    cases = {row["case id"]: row for row in rows(demo.folder, "cases.csv")}
    odd = [number for number, row in cases.items() if "/" in row["closed at"]]
    assert odd == found["case closed on a date in another format"]
    assert day(cases[odd[0]]["closed at"].split()[0]).day > 12
    unresolved = [
        number
        for number, row in cases.items()
        if row["state"] == "Closed" and not row["resolved at"]
    ]
    assert unresolved == found["cases closed but never resolved"]
    owners = {row["promise id"]: row["owner"] for row in rows(demo.folder, "promises.csv")}
    assert {owners[number] for number in found["promises without their owner"]} == {""}


def test_the_tutorial_names_every_file_and_counts_as_the_truth_does(demo: Demo) -> None:
    page = (ROOT / "docs" / "tutorial" / "demo_company.md").read_text(encoding="utf-8")
    assert [name for name in (*FORMS, RECIPE_NAME) if f"`{name}`" not in page] == []
    counts = demo.truth.counts
    assert f"{counts['customers']} customers" in page
    assert f"{counts['sites']} sites" in page
    assert truth_file(Path("corvane")).name in page
